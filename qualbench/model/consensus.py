"""Disagreements and what was decided about them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Outcome(StrEnum):
    """What a consensus session decided about one disagreement."""

    FIRST = "a"
    SECOND = "b"
    BOTH = "both"
    NEW = "new"
    NOTHING = "nothing"
    ONE = "one"
    """One coder's reading, where there are more than two."""
    SPLIT = "split"
    """The segment is two or more, each with its own codes."""
    DEFERRED = "deferred"
    APART = "apart"


OUTCOME_NAMES: Mapping[Outcome, str] = {
    Outcome.FIRST: "the first reading",
    Outcome.SECOND: "the second reading",
    Outcome.BOTH: "both readings",
    Outcome.NEW: "a new set",
    Outcome.NOTHING: "nothing applies",
    Outcome.ONE: "one coder's reading",
    Outcome.SPLIT: "the segment is split",
    Outcome.DEFERRED: "deferred",
    Outcome.APART: "kept apart",
}


class Reason(StrEnum):
    """Why two readings differed."""

    SLIP = "slip"
    DEFINITION = "definition"
    OVERLAP = "overlap"
    MISSING_CODE = "missing-code"
    BOUNDARY = "boundary"
    CONTEXT = "context"
    READING = "reading"


REASON_NAMES: Mapping[Reason, str] = {
    Reason.SLIP: "a slip",
    Reason.DEFINITION: "definition unclear",
    Reason.OVERLAP: "codes overlap",
    Reason.MISSING_CODE: "a code is missing",
    Reason.BOUNDARY: "unit boundary",
    Reason.CONTEXT: "context needed",
    Reason.READING: "true difference of reading",
}


class CodebookAction(StrEnum):
    """What a decision asks of the codebook."""

    NONE = "none"
    EDIT = "edit"
    NEW = "new"
    MERGE = "merge"
    SPLIT = "split"


CODEBOOK_ACTION_NAMES: Mapping[CodebookAction, str] = {
    CodebookAction.NONE: "nothing to change",
    CodebookAction.EDIT: "a definition to edit",
    CodebookAction.NEW: "a new code",
    CodebookAction.MERGE: "codes to merge",
    CodebookAction.SPLIT: "a code to split",
}


class SessionState(StrEnum):
    """Whether a team sits, has broken off, or is done."""

    OPEN = "open"
    PAUSED = "paused"
    CLOSED = "closed"


class AgendaSort(StrEnum):
    """The order of an agenda."""

    TRANSCRIPT = "transcript"
    CODE = "code"
    CAUSE = "cause"


@dataclass(frozen=True, slots=True)
class Session:
    """A team that settles the disagreements of a round."""

    id: str
    round: str
    """Empty for everything that is opened."""
    people: tuple[str, ...]
    """Who is there now, in the order in which they speak first."""
    chair: str
    scribe: str
    standing: str
    """The person of most standing, who never speaks first; empty when nobody is."""
    hidden: bool
    """Whose reading is whose is not shown before the decision."""
    sort: AgendaSort
    sample: tuple[str, ...]
    """Items on which the coders agree and that are looked at all the same."""
    codebook: str
    state: SessionState
    actor: str
    at: str


@dataclass(frozen=True, slots=True)
class SessionTurn:
    """A moment at which a session was broken off, taken up again or closed."""

    state: SessionState
    people: tuple[str, ...]
    note: str
    actor: str
    at: str


@dataclass(frozen=True, slots=True)
class Decision:
    """What was decided about one disagreement; later ones supersede earlier ones, none is deleted."""

    id: str
    item: str
    transcript: str
    start: int
    end: int
    outcome: Outcome
    codes: tuple[str, ...]
    """The settled codes; for `apart` and `deferred` there are none."""
    reason: Reason
    note: str
    yielded: str
    """Who gave way; empty when nobody did."""
    actor: str
    at: str
    readings: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """What each coder had said, as it was decided upon."""
    session: str = ""
    stands: str = ""
    """Whose reading stands, for the outcome `one`."""
    parts: tuple[tuple[int, int, tuple[str, ...]], ...] = ()
    """Start, end and codes of each part of a segment that was split."""
    order: tuple[str, ...] = ()
    """Who spoke in which order."""
    seconds: int = 0
    """How long it was talked about; 0 when nobody measured."""
    codebook: str = ""
    """The version of the codebook then."""
    action: CodebookAction = CodebookAction.NONE
    steps: tuple[str, ...] = ()
    """The steps of the codebook's draft that came of it."""
    together: str = ""
    """What decisions that were taken at once have in common."""

    @property
    def settles(self) -> bool:
        """Whether it settles the segment: what is deferred or kept apart is not settled."""
        return self.outcome not in (Outcome.DEFERRED, Outcome.APART)

    @property
    def upon_agreement(self) -> bool:
        """Whether it was taken where all readings were alike."""
        return len({frozenset(codes) for codes in self.readings.values()}) == 1


def item_id(transcript: str, start: int) -> str:
    """The name of a disagreement: its transcript and where its segment starts."""
    return f"{transcript}:{start}"


@dataclass(frozen=True, slots=True)
class Item:
    """One disagreement: a segment on which the coders' sets differ, and the decision if there is one."""

    id: str
    transcript: str
    name: str
    """The transcript's name."""
    start: int
    end: int
    readings: Mapping[str, tuple[str, ...]]
    decision: Decision | None = None
    cause: str = ""
    """Why the readings differ, as the coding itself shows it; of several causes the first in the order of `Cause`."""
    agreed: bool = False
    """The coders agree here, and it is looked at all the same."""

    @property
    def state(self) -> str:
        """open, deferred or decided."""
        if self.decision is None:
            return "open"
        return "deferred" if self.decision.outcome is Outcome.DEFERRED else "decided"
