"""What coders do in their passes."""

from dataclasses import dataclass, field

from qualbench.events.fact import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class InPass(Event):
    """A fact of one pass: private to its coder until the transcript is opened."""

    transcript: str
    pass_id: str

    @property
    def lane(self) -> str:
        """The pass."""
        return self.pass_id


@dataclass(frozen=True, slots=True, kw_only=True)
class PassOpened(InPass):
    KIND, AREA = "pass_opened", "coding"
    coder: str
    codebook: str
    rule: str
    round: str = ""
    """The round it belongs to; empty for a pass outside of any."""
    version: int = 0
    """The version of the text that lay before the coder; 0 where nobody said, and it is the newest one then."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeApplied(InPass):
    KIND, AREA, UNDOABLE = "code_applied", "coding", True
    coding: str
    code: str
    start: int
    end: int
    quote: str
    """SHA-256 of the words, to notice a span that no longer fits its text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeRemoved(InPass):
    KIND, AREA, UNDOABLE = "code_removed", "coding", True
    coding: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NothingMarked(InPass):
    KIND, AREA, UNDOABLE = "nothing_marked", "coding", True
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RestMarked(InPass):
    """Nothing applies to any of these segments: said at once of all that was left when a pass was handed in."""

    KIND, AREA, UNDOABLE = "rest_marked", "coding", True
    spans: list[list[int]]


@dataclass(frozen=True, slots=True, kw_only=True)
class NothingCleared(InPass):
    KIND, AREA, UNDOABLE = "nothing_cleared", "coding", True
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MemoWritten(InPass):
    """A memo was written, or written anew under the same id."""

    KIND, AREA, UNDOABLE = "memo_written", "coding", True
    memo: str
    start: int
    end: int
    body: str
    kind: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MemoRemoved(InPass):
    KIND, AREA, UNDOABLE = "memo_removed", "coding", True
    memo: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PassSubmitted(InPass):
    KIND, AREA = "pass_submitted", "coding"
    skipped: list[list[int]]
    """Spans the coder did not decide on purpose: missing data, not empty sets."""
    version: int = 0
    """The version of the text that the coder had before them; 0 where nobody said."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CodingsCarried(Event):
    """Where the spans of codings stand in the corrected text."""

    KIND, AREA = "codings_carried", "coding"
    transcript: str
    spans: list[list[int]]
    """Old start and end, new start and end, and 1 where somebody must look whether it still fits."""
    quotes: list[str]
    """SHA-256 of the words at each new place."""
    passes: list[str] = field(default_factory=list)
    """The passes it moves: those that were there; empty where it moves all that was known then."""
    version: int = 0
    """The version of the text that the new places are in; 0 where nobody said."""

    @property
    def lane(self) -> str:
        """Where one pass was coded is as private as what was coded."""
        return self.passes[0] if len(self.passes) == 1 else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DoubtSettled(InPass):
    """Somebody looked at what a correction had made doubtful, and said where it stands."""

    KIND, AREA = "doubt_settled", "coding"
    start: int
    end: int
    new_start: int
    new_end: int
    quote: str
    """SHA-256 of the words there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeProposed(InPass):
    """A coder made a code for what no code of the codebook says."""

    KIND, AREA, UNDOABLE = "code_proposed", "coding", True
    code: str
    label: str
    """What it is called, sealed."""
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PassUpdated(InPass):
    """An open pass goes on with a later version of the codebook."""

    KIND, AREA = "pass_updated", "coding"
    codebook: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Rechecked(InPass):
    """A coder looked at a segment again for a code that a release changed."""

    KIND, AREA, UNDOABLE = "rechecked", "coding", True
    start: int
    end: int
    code: str
    version: str
    codes: list[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class SuggestionAnswered(InPass):
    """A coder took or refused a code that the program had suggested for a span."""

    KIND, AREA, UNDOABLE = "suggestion_answered", "coding", True
    code: str
    start: int
    end: int
    accepted: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ExtractStarred(InPass):
    """A coder marked words as a quote to come; it waits on the theme board."""

    KIND, AREA, UNDOABLE = "extract_starred", "coding", True
    star: str
    start: int
    end: int
    note: str
    """What for, sealed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ExtractUnstarred(InPass):
    KIND, AREA, UNDOABLE = "extract_unstarred", "coding", True
    star: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TranscriptOpened(Event):
    """The passes named here are read from now on; what is handed in on the transcript later is late."""

    KIND, AREA = "transcript_opened", "coding"
    transcript: str
    round: str
    passes: list[str]
    reason: str
    """Why it was opened before everybody had handed in, sealed; empty words when nobody was missing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OpeningTakenBack(Event):
    """A package that had opened a transcript was taken back, and so was the opening."""

    KIND, AREA = "opening_taken_back", "coding"
    transcript: str
    round: str
