"""A sealed text and the layers that stand over it: speakers, turns, segments."""

from bisect import bisect_left, bisect_right
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
    EXCHANGE = "exchange"
    """An interviewer's questions with all answers up to the next one."""
    HAND = "hand"
    """Split and merged one by one, whatever rule there was before."""


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
    """One unit that is coded: words of one turn, or of the turns of one exchange."""

    start: int
    end: int
    turn: int
    """Whose words they count as; of several turns the first one of a participant."""


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
    version: int = 1
    """Which correction of the text this is; 1 is what was sealed first."""
    all_count: bool = False
    """Interviewers' speech counts like participants'."""

    def speaker_of(self, turn: int) -> Speaker | None:
        """Who speaks in this turn, if anybody could be named."""
        index = self.turns[turn].speaker
        return self.speakers[index] if index >= 0 else None

    def speaker_at(self, position: int) -> Speaker | None:
        """Who is heard in the segment that begins here, or who speaks at a position of the text."""
        at = bisect_left(self.segments, position, key=lambda segment: segment.start)
        if at < len(self.segments) and self.segments[at].start == position:
            return self.speaker_of(self.segments[at].turn)
        turn = bisect_right(self.turns, position, key=lambda turn: turn.start) - 1
        return self.speaker_of(turn) if turn >= 0 else None

    def counts(self, segment: Segment) -> bool:
        """Whether a segment belongs to the denominators: interviewers' speech does not, unless it is chosen."""
        speaker = self.speaker_of(segment.turn)
        return self.all_count or speaker is None or speaker.role is Role.PARTICIPANT


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
    version: int = 1
    reviewers: int | None = None
    """How many people read it after names were replaced and before it was sealed; None where none were replaced."""
    replaced: int = 0
    """How many places were replaced."""


@dataclass(frozen=True, slots=True)
class Version:
    """One text of a transcript; the newest is in force."""

    number: int
    text: str
    reason: str
    actor: str
    at: str


@dataclass(frozen=True, slots=True)
class Doubt:
    """A place in a corrected text that a coding may no longer fit."""

    transcript: str
    name: str
    pass_id: str
    coder: str
    start: int
    end: int
    codes: tuple[str, ...]
    """The codes on it; none where nothing applies."""
    words: str


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
