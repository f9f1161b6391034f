"""A matrix as a value: what is counted, in which rows and columns, out of how many; every cell opens its places."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol, TypeAlias

from qualbench.steps.matrices.conditions import Condition, UnknownName, told_conditions
from qualbench.steps.matrices.evidence import CONSENSUS, Evidence, Place
from qualbench.text import many

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from qualbench.steps.matrices.evidence import Numbers

    Cells: TypeAlias = NDArray[np.int64] | NDArray[np.float64]


class Count(StrEnum):
    """What a cell holds."""

    PRESENCE = "presence"
    """1 where there is any place, 0 elsewhere."""
    SEGMENTS = "segments"
    PARTICIPANTS = "participants"


class Rows(StrEnum):
    """What a matrix has a row for."""

    CODES = "codes"
    THEMES = "themes"


@dataclass(frozen=True, slots=True)
class View:
    """Which coding is looked at, and what the rows are."""

    layer: str = CONSENSUS
    rows: Rows = Rows.CODES
    rolled_up: bool = False
    """A code's row includes the places of all codes under it."""
    where: tuple[Condition, ...] = ()


@dataclass(frozen=True, slots=True)
class Head:
    """What a row or a column is."""

    id: str
    label: str
    of: int | None = None
    """How many participants it could have at most; None where that is no question."""


class Behind(Protocol):
    """What lies behind the cells of a matrix."""

    def places(self, row: int, column: int) -> Numbers:
        """The places (by index) behind a cell, in any order."""

    def kept(self, rows: Numbers, columns: Numbers) -> Behind:
        """The same for a matrix with these rows and columns only, by their old index."""


@dataclass(frozen=True, slots=True, eq=False)
class Entries:
    """Places, each with a row and a column; a place may lie behind several cells."""

    row: Numbers
    column: Numbers
    place: Numbers

    def places(self, row: int, column: int) -> Numbers:
        """The places behind a cell."""
        found: Numbers = self.place[(self.row == row) & (self.column == column)]
        return found

    def kept(self, rows: Numbers, columns: Numbers) -> Entries:
        """The same with these rows and columns only."""
        return Entries(renumbered(rows, self.row), renumbered(columns, self.column), self.place)


@dataclass(frozen=True, slots=True, eq=False)
class Matrix:
    """Numbers by rows and columns, with the sentence that says what they are out of."""

    what: str
    rows: tuple[Head, ...]
    columns: tuple[Head, ...]
    cells: Cells
    """Whole numbers, or coefficients with NaN where there is none."""
    denominator: str
    evidence: Evidence
    behind: Behind


def places(matrix: Matrix, row: str, column: str) -> tuple[Place, ...]:
    """The places behind a cell, in the order of the study; row and column by id."""
    import numpy as np

    found = matrix.behind.places(_index(matrix.rows, row, "row"), _index(matrix.columns, column, "column"))
    return tuple(matrix.evidence.places[at] for at in np.unique(found).tolist())


def renumbered(kept: Numbers, old: Numbers) -> Numbers:
    """Each old index as its place among those that are kept; others, and -1, are -1."""
    import numpy as np

    new = np.full(int(max(kept.max(initial=-1), old.max(initial=-1))) + 2, -1, dtype=np.int64)
    new[kept] = np.arange(len(kept))
    return new[old]


def _index(heads: Sequence[Head], id_: str, what: str) -> int:
    for at, head in enumerate(heads):
        if head.id == id_:
            return at
    raise UnknownName(what, id_, [head.label for head in heads])


def said(view: View, participants: int, *, layer: str = "", nobody: bool = False) -> str:
    """What the numbers of a matrix are out of, in sentences."""
    narrowed = f", with {told_conditions(view.where)}" if view.where else ""
    layer = layer or ("the consensus" if view.layer == CONSENSUS else f"{view.layer}'s coding")
    return (
        f"Out of {many(participants, 'participant')} with speech decided in {layer}{narrowed} "
        "('nothing applies' is a decision); interviewers' speech is left out. "
        + ("Speech that no participant is known for counts in segments only. " if nobody else "")
        + _of_rows(view)
    )


def _of_rows(view: View) -> str:
    under = "includes the codes under" if view.rolled_up else "leaves out the codes under"
    if view.rows is Rows.THEMES:
        return f"A theme includes its sub-themes and {under} the codes gathered."
    return f"The row of a code {under} it."
