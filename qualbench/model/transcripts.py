"""A sealed text and the layers that stand over it: speakers, turns, segments."""

from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """What a speaker is in the interview; only participants' speech is counted."""

    PARTICIPANT = "participant"
    INTERVIEWER = "interviewer"
    OTHER = "other"


class SegmentRule(StrEnum):
    """How a transcript is cut into the units that are coded."""

    TURN = "turn"
    SENTENCE = "sentence"
    PARAGRAPH = "paragraph"


@dataclass(frozen=True, slots=True)
class Turn:
    """One stretch of speech by one speaker; `start` is where its label begins, `body` where its words do."""

    start: int
    body: int
    end: int
    speaker: int
    """Index into the transcript's speakers; -1 when nobody could be named."""
    seconds: float | None = None
    """Time into the recording, where the file says it."""


@dataclass(frozen=True, slots=True)
class Speaker:
    label: str
    role: Role
    participant: str = ""
    """The participant's label; empty for interviewers and while nobody was assigned."""


@dataclass(frozen=True, slots=True)
class Segment:
    """One unit that is coded: words of one turn."""

    start: int
    end: int
    turn: int


@dataclass(frozen=True, slots=True)
class Transcript:
    """A sealed text and the stand-off layers over it."""

    id: str
    name: str
    text: str
    turns: tuple[Turn, ...]
    speakers: tuple[Speaker, ...]
    segments: tuple[Segment, ...]
    rule: SegmentRule

    def speaker_of(self, turn: int) -> Speaker | None:
        """Who speaks in this turn, if anybody could be named."""
        index = self.turns[turn].speaker
        return self.speakers[index] if index >= 0 else None

    def counts(self, segment: Segment) -> bool:
        """Whether a segment belongs to the denominators: interviewers' speech does not."""
        speaker = self.speaker_of(segment.turn)
        return speaker is None or speaker.role is Role.PARTICIPANT


@dataclass(frozen=True, slots=True)
class TranscriptRow:
    """A transcript as a line of a list."""

    id: str
    name: str
    words: int
    turns: int
    segments: int
    """Segments that count, interviewers' speech left out."""
    rule: SegmentRule
    opened: bool
    """Every pass on it is submitted, so its codings can be read and compared."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A place that a search found."""

    transcript: str
    name: str
    start: int
    end: int
    speaker: str
    """The label in the file."""
    role: Role | None
    text: str
    participant: str = ""
