"""Where something stands in a transcript: its line, its turn, and who is heard there."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from qualbench.model import Role, Transcript
from qualbench.model.layers import column


@dataclass(frozen=True, slots=True)
class Voice:
    """Who is heard in a turn, and when it begins."""

    seconds: float | None = None
    speaker: str = ""
    role: str = ""
    case: str = ""
    """The label of the case; empty for interviewers."""


@dataclass(frozen=True, slots=True)
class Page:
    """A transcript with what is asked of it thousands of times worked out before."""

    transcript: Transcript
    breaks: Sequence[int]
    """Where its lines end."""
    starts: Sequence[int]
    """Where its turns begin."""
    voices: Sequence[Voice]
    """One a turn."""
    turns: Mapping[int, int]
    """For each place where a segment begins, the turn whose words it counts as."""

    @property
    def name(self) -> str:
        """What the transcript is called."""
        return self.transcript.name

    def line(self, at: int) -> int:
        """The 1-based line of a place."""
        return bisect_left(self.breaks, at) + 1

    def voice(self, at: int) -> Voice:
        """Who is heard in the segment that begins here, or who speaks here."""
        turn = self.turns.get(at)
        if turn is None:
            turn = bisect_right(self.starts, at) - 1
        return self.voices[turn] if turn >= 0 else Voice()

    def id(self, start: int, end: int) -> str:
        """What a segment is called in every table."""
        return f"{self.name}:{start}-{end}"

    def words(self, start: int, end: int) -> str:
        """What is said there."""
        return self.transcript.text[start:end]


def page(transcript: Transcript, labels: Mapping[str, str]) -> Page:
    """The transcript made ready; `labels` are those of the cases by id."""
    text = transcript.text
    speakers = [_speaker(transcript, at, labels) for at in range(len(transcript.speakers))]
    of_turns = zip(column(transcript.turns, "seconds"), column(transcript.turns, "speaker"), strict=True)
    voices = [Voice(seconds, *(speakers[who] if who >= 0 else ())) for seconds, who in of_turns]
    segments = transcript.segments
    return Page(
        transcript,
        [found.start() for found in re.finditer("\n", text)],
        list(column(transcript.turns, "start")),
        voices,
        dict(zip(column(segments, "start"), column(segments, "turn"), strict=True)),
    )


def case_id(transcript: str, label: str, participant: str) -> str:
    """The case a participant's label is: the participant, or one that stands in while nobody was named."""
    return participant or f"{transcript}:{label}"


def _speaker(transcript: Transcript, at: int, labels: Mapping[str, str]) -> tuple[str, str, str]:
    one = transcript.speakers[at]
    if one.role is not Role.PARTICIPANT:
        return one.label, str(one.role), ""
    case = case_id(transcript.id, one.label, one.participant)
    return one.label, str(one.role), labels.get(case, case)
