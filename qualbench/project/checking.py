"""Checks with participants: where each stands, what they are given, and what becomes of what they say."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from qualbench import events
from qualbench.errors import BadDecision
from qualbench.events import Event
from qualbench.model import Changes, CheckKind, CheckState, MemberCheck, Reply, Role, Transcript
from qualbench.project.base import write_file
from qualbench.project.moments import moments
from qualbench.project.typologies import Typologies
from qualbench.steps import members as steps
from qualbench.store.queries import members
from qualbench.store.queries import study as studies
from qualbench.store.queries import themes as board

if TYPE_CHECKING:
    from qualbench.steps.care import Finding
    from qualbench.steps.members import Moment, Packet, Response

CHECK = "check"
"""What a packet for a participant is called where it is asked whether it may leave."""


class Checking(Typologies):
    """What participants are given, and what they say."""

    # --- where each check stands -------------------------------------------------------------------------------

    def checks(self) -> tuple[MemberCheck, ...]:
        """The check with each participant who speaks, was asked, or withdrew."""
        moments = self._moments()
        asked = {one.participant for one in moments} | {one.participant for one in self.withdrawn()}
        speaking = {one.participant for those in self.speakers().values() for one in those}
        people = [one for one in self.participants() if one.id in asked | speaking]
        return steps.checks(people, moments)

    def check(self, participant: str) -> MemberCheck:
        """The check with one participant, by id or label."""
        for one in steps.checks(self.participants(), self._moments()):
            if participant in (one.participant, one.label):
                return one
        raise BadDecision(f"There is no participant called '{participant}'.", "See: qualbench participants FOLDER")

    def _moments(self) -> list[Moment]:
        return moments(self._db)

    def today(self) -> str:
        """The day on which answers are due or overdue."""
        return self.clock().date().isoformat()

    def withdrew(self, participant: str) -> str:
        """When a participant withdrew; empty while they take part."""
        return next((one.at for one in self.withdrawn() if one.participant == participant), "")

    def state_check(
        self, participant: str, to: CheckState, *, kind: CheckKind | None = None, channel: str = "", due: str = "",
        note: str = "",
    ) -> Changes:  # fmt: skip
        """The check with a participant came to a state."""
        check = self.check(participant)
        gone = self.withdrew(check.participant)
        return self._record(steps.state(check, to, kind=kind, channel=channel, due=due, note=note, withdrew=gone))

    def reply(self, participant: str, said: Reply, words: str = "") -> Changes:
        """What a participant answered; a withdrawal is written down here and done with `withdraw`."""
        check = self.check(participant)
        return self._record(steps.reply(check, said, words, withdrew=self.withdrew(check.participant)))

    def response_rate(self) -> tuple[Response, ...]:
        """How many were asked and how many answered, for each way of asking."""
        return steps.responses(self._moments())

    # --- what becomes of a reply -------------------------------------------------------------------------------

    def apply_reply(self, participant: str, name: str, text: str | None = None) -> Changes:
        """A transcript was corrected as a participant asked: by this text, or already, by its newest version."""
        check = self.check(participant)
        transcript = self._theirs(check, name)
        version = transcript.version + (text is not None)
        facts = steps.apply(check, transcript.id, version, withdrew=self.withdrew(check.participant))
        if version == 1:
            raise BadDecision(
                f"'{transcript.name}' has not been corrected since it was sealed.", "Give the corrected file."
            )
        changed = Changes()
        if text is not None:
            changed = self.correct(transcript.id, text, f"Corrections by {check.label} (check with participants)")
        applied = self._record(facts)
        return Changes(changed.subjects | applied.subjects, changed.kinds | applied.kinds)

    def add_reply(self, participant: str, source: str, data: bytes) -> str:
        """What a participant added is a new document of theirs, marked as an addition; its name in the study.

        A file in which nobody is named is taken as theirs from the first word to the last.
        """
        from qualbench.steps import ingest

        check = self.check(participant)
        gone = self.withdrew(check.participant)
        steps.apply(check, "", 1, withdrew=gone)  # refused before anything is sealed
        draft = ingest.read(source, data)
        if not any(one.role is Role.PARTICIPANT for one in draft.speakers):
            draft = ingest.read(source, data, replace(ingest.AS_FOUND, one_speaker=True))
        name = self.import_transcript(draft, data)
        transcript = self.transcript(name)
        speaking = [n for n, one in enumerate(transcript.speakers) if one.role is Role.PARTICIPANT]
        whose: list[Event] = [
            events.SpeakerSet(
                transcript=transcript.id, speaker=n, role=str(Role.PARTICIPANT), participant=check.participant
            )
            for n in speaking
        ]
        self._record([*whose, *steps.apply(check, transcript.id, 1, withdrew=gone)])
        self._kept = None
        return name

    def additions(self) -> frozenset[str]:
        """The documents, by id, that hold what participants added."""
        return members.additions(self._db)

    def _theirs(self, check: MemberCheck, name: str) -> Transcript:
        transcript = self.transcript(name)
        if check.participant not in {one.participant for one in transcript.speakers}:
            raise BadDecision(f"{check.label} does not speak in '{transcript.name}'.")
        return transcript

    # --- what they are given -----------------------------------------------------------------------------------

    def packet(self, participant: str, kind: CheckKind, suffix: str, *, questions: bool = True) -> bytes:
        """A clean packet for one participant: their own words with line numbers, or the findings with own quotes."""
        steps.known(suffix)
        return steps.render(self._packet(participant, kind, questions=questions), suffix)

    def packet_text(self, participant: str, kind: CheckKind) -> str:
        """A packet in plain words, to be looked at before it leaves."""
        return steps.render(self._packet(participant, kind), ".md").decode()

    def packet_findings(self, participant: str, kind: CheckKind) -> tuple[Finding, ...]:
        """Which original names can still be read in a packet; nothing is written."""
        words = [(f"The packet for {participant}", self.packet_text(participant, kind))]
        return self.care(CHECK, words=words)

    def write_packet(
        self, participant: str, kind: CheckKind, target: Path, *, questions: bool = True, force: bool = False
    ) -> str:
        """Write a packet; the ending of the file says how."""
        write_file(target, self.packet(participant, kind, target.suffix, questions=questions), force=force)
        return f"The packet for {participant} is in {target}."

    def _packet(self, participant: str, kind: CheckKind, *, questions: bool = True) -> Packet:
        check = self.check(participant)
        if self.withdrew(check.participant):
            raise BadDecision(f"{check.label} withdrew: there is nothing to give them.")
        date = studies.newest(self._db)[1][:10]
        own = self._spoken_in(check)
        if kind in steps.ON_FINDINGS:
            texts = {one.id: one for one in own if one.id in self.opened()}
            packet = steps.Packet(
                check.label, kind, date, findings=steps.findings(board.themes(self._db), texts, check.participant)
            )
        else:
            parts = tuple(steps.interview(one, check.participant, questions=questions) for one in own)
            packet = steps.Packet(check.label, kind, date, parts)
        if not (packet.parts or packet.findings):
            raise BadDecision(f"There is nothing yet that {check.label} could be given.")
        return packet

    def _spoken_in(self, check: MemberCheck) -> list[Transcript]:
        speakers = self.speakers().items()
        return [self.transcript(id_) for id_, those in speakers if check.participant in {o.participant for o in those}]
