"""What is studied: transcripts, their speakers, and the codebook."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from qualbench import events, model
from qualbench.errors import (
    BadTable,
    NoCodebook,
    QualbenchError,
    SegmentationLocked,
    UnknownTranscript,
    UsageError,
)
from qualbench.events import Event
from qualbench.model import Changes, Code, Codebook, Pass, Role, Segment, SegmentRule, Speaker, Transcript
from qualbench.project.base import Folder
from qualbench.steps import codebook as codebooks
from qualbench.steps import study
from qualbench.store.queries import codings, transcripts
from qualbench.store.queries import study as studies

if TYPE_CHECKING:
    from qualbench.steps.study import SpeakerLine


class Material(Folder):
    """Reading and adding what is studied."""

    # --- people and participants -------------------------------------------------------------------------------

    def people(self) -> tuple[model.Person, ...]:
        """Everybody who works or worked here."""
        return studies.people(self._db)

    def participants(self) -> tuple[model.Participant, ...]:
        """The participants with their attributes."""
        return studies.participants(self._db)

    def assign_speakers(self, lines: Sequence[SpeakerLine], table: str = "participants") -> Changes:
        """Take roles, participants and attributes from a table (named for what is wrong in it), all or nothing."""
        ids = transcripts.known_as(self._db)
        speakers = {id_: self.transcript(id_).speakers for id_ in ids.values()}
        known = {participant.id for participant in self.participants()}
        facts, problems = study.assign_speakers(lines, speakers, ids, known)
        if problems:
            raise BadTable([replace(problem, path=table) for problem in problems])
        return self._record_speakers(facts)

    def _record_speakers(self, facts: Sequence[Event]) -> Changes:
        """Record who speaks; exchanges are known by roles, so they are cut anew where nobody codes yet."""
        roles: dict[str, dict[int, Role]] = {}
        for fact in facts:
            if isinstance(fact, events.SpeakerSet):
                roles.setdefault(fact.transcript, {})[fact.speaker] = Role(fact.role)
        exchanges = [row.id for row in self.transcripts() if row.id in roles and row.rule is SegmentRule.EXCHANGE]
        cut = [fact for id_ in exchanges if not self.passes(id_) for fact in self._exchanges(id_, roles[id_])]
        self._kept = None
        return self._record([*facts, *cut])

    def _exchanges(self, id_: str, roles: Mapping[int, Role]) -> list[Event]:
        """The exchanges of a transcript by new roles, when they are others."""
        from qualbench.steps import segment

        transcript = self.transcript(id_)
        speakers = [replace(one, role=roles.get(n, one.role)) for n, one in enumerate(transcript.speakers)]
        rule = SegmentRule.EXCHANGE
        cut = segment.cut(transcript.text, transcript.turns, rule, *segment.aside(speakers))
        return [] if cut == transcript.segments else [_segmented(id_, rule, cut)]

    def kept_exchanges(self, before: Mapping[str, Sequence[Speaker]]) -> str:
        """A sentence on the transcripts with other roles than before whose exchanges stay, because they are coded."""
        now = transcripts.speakers(self._db)
        rows = [row for row in self.transcripts() if row.rule is SegmentRule.EXCHANGE and self.passes(row.id)]
        names = [
            f"'{row.name}'"
            for row in rows
            if [one.role for one in now[row.id]] != [one.role for one in before.get(row.id, now[row.id])]
        ]
        if not names:
            return ""
        return f"Coding has begun on {', '.join(names)}: the segments there stay as the former roles cut them."

    # --- codebook ----------------------------------------------------------------------------------------------

    def codebook(self, version: str = "") -> Codebook:
        """One released version of the codebook, or the newest."""
        data = studies.codebook(self._db, version)
        if data is None:
            raise NoCodebook
        return codebooks.from_data(data)

    def applicable_codes(self, version: str = "") -> tuple[Code, ...]:
        """The codes that may be applied under a codebook version (the newest otherwise), in its order."""
        return codebooks.applicable(self.codebook(version))

    def has_codebook(self) -> bool:
        """Whether any version was released."""
        return bool(studies.codebook_versions(self._db))

    def codebook_versions(self) -> tuple[str, ...]:
        """The released versions, oldest first."""
        return studies.codebook_versions(self._db)

    def release_codebook(self, name: str, text: str) -> list[str]:
        """Release a codebook version for good; answers with what is doubtful in it."""
        book, doubts = codebooks.read(name, text)
        if book.version in self.codebook_versions():
            raise QualbenchError(
                f"Version {book.version} of the codebook is released already, and a released version never changes.",
                "Give the file another version.",
            )
        sealed = events.seal(json.dumps(codebooks.to_data(book), ensure_ascii=False, sort_keys=True))
        self._record(
            [events.CodebookReleased(version=book.version, title=book.title, codes=sealed, source=events.seal(text))]
        )
        return [str(doubt) for doubt in doubts]

    # --- transcripts -------------------------------------------------------------------------------------------

    def passes(self, transcript: str = "", coder: str = "") -> tuple[Pass, ...]:
        """Which passes there are; that somebody codes is no secret, what they code is."""
        return codings.passes(self._db, transcript, coder)

    def opened(self) -> frozenset[str]:
        """The transcripts whose passes anybody may read."""
        return codings.opened(self._db)

    def transcripts(self, *, with_counts: bool = True) -> tuple[model.TranscriptRow, ...]:
        """The transcripts in the order of import; without counts, as having no turns and no segments, at once."""
        return transcripts.rows(self._db, with_counts=with_counts)

    def units_in(self, transcript: str) -> int:
        """How many segments of a transcript count."""
        return transcripts.units(self._db, transcript)

    def transcript(self, name: str) -> Transcript:
        """One transcript, by name or id."""
        found = transcripts.load(self._db, name) or transcripts.load(
            self._db, transcripts.known_as(self._db).get(name, "")
        )
        if found is None:
            raise UnknownTranscript(name)
        self._kept = found
        return found

    _kept: Transcript | None = None
    """The transcript read last: its text never changes, so that coding need not read it at every key."""

    def without_marks(self, places: Sequence[tuple[str, int, int]]) -> list[str]:
        """The words from one place of a transcript to another, without times, sounds and signs of transcribers.

        What is unclear or redacted stays marked: there, words are missing.
        """
        from qualbench.steps.ingest.marks import Kind, marks, without

        texts = {id_: self.transcript(id_).text for id_ in dict.fromkeys(place[0] for place in places)}
        found = {id_: marks(text) for id_, text in texts.items()}
        kinds = (Kind.TIME, Kind.SOUND, Kind.SYMBOL)
        return [without(texts[id_], start, end, kinds, found[id_]).text.strip() for id_, start, end in places]

    # --- units -------------------------------------------------------------------------------------------------

    def segment(self, name: str, rule: SegmentRule) -> Changes:
        """Cut a transcript anew, as long as no pass on it is open."""
        from qualbench.steps import segment

        transcript = self._not_coded(name)
        if rule is SegmentRule.HAND:
            raise UsageError("By hand, segments are split and merged one by one.", "Split or merge them.")
        cut = segment.cut(transcript.text, transcript.turns, rule, *segment.aside(transcript.speakers))
        return self._cut(transcript, rule, cut)

    def split_segment(self, name: str, at: int) -> Changes:
        """Cut the segment around a place in two, as long as no pass on the transcript is open."""
        from qualbench.steps import segment

        transcript = self._not_coded(name)
        return self._cut(transcript, SegmentRule.HAND, segment.split(transcript, at))

    def merge_segments(self, name: str, first: int, last: int) -> Changes:
        """Make one segment of those from one index to another, as long as no pass on the transcript is open."""
        from qualbench.steps import segment

        transcript = self._not_coded(name)
        return self._cut(transcript, SegmentRule.HAND, segment.merge(transcript, first, last))

    def _not_coded(self, name: str) -> Transcript:
        transcript = self.transcript(name)
        if self.passes(transcript.id):
            raise SegmentationLocked(transcript.name)
        return transcript

    def _cut(self, transcript: Transcript, rule: SegmentRule, cut: Sequence[Segment]) -> Changes:
        self._kept = None
        return self._record([_segmented(transcript.id, rule, cut)])

    def count_interviewers(self, counted: bool) -> Changes:
        """Count interviewers' speech like participants' from now on, or leave it out of every denominator."""
        self.__dict__.pop("study", None)
        self._kept = None
        return self._record([events.SpeechCounted(interviewers=counted)])

    def interviewers_counted(self) -> bool:
        """Whether interviewers' speech counts like participants'."""
        return studies.interviewers(self._db)

    def search(self, text: str) -> tuple[model.Hit, ...]:
        """Where transcripts hold these words."""
        return transcripts.search(self._db, text)


def _segmented(id_: str, rule: SegmentRule, cut: Sequence[Segment]) -> Event:
    places = [[one.start, one.end, one.turn] for one in cut]
    return events.Segmented(transcript=id_, rule=str(rule), segments=places)
