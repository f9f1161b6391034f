"""What is studied: transcripts, their speakers, and the codebook."""

from __future__ import annotations

import json
from collections.abc import Sequence
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
from qualbench.model import Changes, Code, Codebook, Pass, Segment, SegmentRule, Transcript
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
        return self._record(facts)

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

    def transcripts(self) -> tuple[model.TranscriptRow, ...]:
        """The transcripts in the order of import."""
        return transcripts.rows(self._db)

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
        places = [[one.start, one.end, one.turn] for one in cut]
        return self._record([events.Segmented(transcript=transcript.id, rule=str(rule), segments=places)])

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
