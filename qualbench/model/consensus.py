"""Disagreements and what was decided about them."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Outcome(StrEnum):
    """What a consensus session decided about one disagreement."""

    FIRST = "a"
    SECOND = "b"
    BOTH = "both"
    NEW = "new"
    NOTHING = "nothing"
    DEFERRED = "deferred"
    APART = "apart"


OUTCOME_NAMES: Mapping[Outcome, str] = {
    Outcome.FIRST: "the first reading",
    Outcome.SECOND: "the second reading",
    Outcome.BOTH: "both readings",
    Outcome.NEW: "a new set",
    Outcome.NOTHING: "nothing applies",
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

    @property
    def state(self) -> str:
        """open, deferred or decided."""
        if self.decision is None:
            return "open"
        return "deferred" if self.decision.outcome is Outcome.DEFERRED else "decided"
