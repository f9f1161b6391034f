"""Which codes stand together: on the same segment, on overlapping words, or in the same turn.

The coefficient is that of ATLAS.ti: c = n12 / (n1 + n2 - n12), 0 where two codes never meet, 1 where they always do.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from qualbench.steps.matrices import axes
from qualbench.steps.matrices.crossing import counted, nobody_known, people
from qualbench.steps.matrices.evidence import Arrays, Evidence
from qualbench.steps.matrices.matrix import Matrix, View, renumbered, said
from qualbench.steps.matrices.meeting import meets

if TYPE_CHECKING:
    from qualbench.steps.matrices.evidence import Numbers


@dataclass(frozen=True, slots=True, eq=False)
class Pairs:
    """Places by row; behind a cell stand the places of both its codes where they stand together."""

    arrays: Arrays
    row: Numbers
    place: Numbers
    unit: Numbers | None
    """For every place of the study what both must share; None where they must share words."""

    def places(self, row: int, column: int) -> Numbers:
        """The places behind a cell."""
        import numpy as np

        one: Numbers = self.place[self.row == row]
        other: Numbers = self.place[self.row == column]
        if row == column:
            return one
        if self.unit is None:
            return np.concatenate([one[meets(self.arrays, one, other)], other[meets(self.arrays, other, one)]])
        shared = np.intersect1d(self.unit[one], self.unit[other])
        both = np.concatenate([one, other])
        found: Numbers = both[np.isin(self.unit[both], shared)]
        return found

    def kept(self, rows: Numbers, columns: Numbers) -> Pairs:  # noqa: ARG002 - a square matrix keeps what its rows are
        """The same with these rows and columns only."""
        return replace(self, row=renumbered(rows, self.row))


class Together(StrEnum):
    """What it means that two codes stand together."""

    SEGMENT = "on the same segment"
    OVERLAP = "on overlapping words"
    TURN = "in the same turn"


_SENTENCES = {
    Together.SEGMENT: "A cell counts segments (the same first and last character) with both codes.",
    Together.OVERLAP: "A cell counts pairs of segments, one with each code, that share words; one segment may be in "
    "several pairs, so c can pass 1.",
    Together.TURN: "A cell counts turns with both codes.",
}


def cooccurrence(evidence: Evidence, view: View | None = None, together: Together = Together.SEGMENT) -> Matrix:
    """How often each code (or theme) stands together with each other; the diagonal says how often it stands at all."""
    view = view or View()
    among = counted(evidence, view)
    bands = axes.rows(evidence, view)
    row, place = axes.banded(evidence, bands, among[evidence.arrays.code[among] >= 0])
    pairs = Pairs(evidence.arrays, row, place, _units(evidence, together))
    under = " A code stands together with those under it wherever they are." if view.rolled_up else ""
    denominator = said(view, people(evidence, among), nobody=nobody_known(evidence, among))
    return Matrix(
        what=f"{str(view.rows).capitalize()} {together}",
        rows=bands.heads,
        columns=bands.heads,
        cells=_counts(pairs, len(bands.heads)),
        denominator=f"{denominator}{under} {_SENTENCES[together]}",
        evidence=evidence,
        behind=pairs,
    )


def coefficients(counts: Matrix) -> Matrix:
    """The co-occurrence counts as c-coefficients; NaN where neither code stands anywhere, and where c has no value."""
    import numpy as np

    single = np.diagonal(counts.cells)
    either = single[:, None] + single[None, :] - counts.cells
    cells = np.full(counts.cells.shape, np.nan)
    np.divide(counts.cells, either, out=cells, where=either > 0)
    sentence = "c = n12 / (n1 + n2 - n12), as in ATLAS.ti; there is none where the lower part is not above 0."
    return replace(
        counts, what=f"{counts.what}, c-coefficient", cells=cells, denominator=f"{counts.denominator} {sentence}"
    )


def _units(evidence: Evidence, together: Together) -> Numbers | None:
    """A number for what two codes must share: the segment or the turn; None where they share words."""
    arrays = evidence.arrays
    if together is Together.OVERLAP:
        return None
    if together is Together.SEGMENT:
        return arrays.stretch
    turns: Numbers = arrays.transcript * (int(arrays.turn.max(initial=0)) + 1) + arrays.turn
    return turns


def _counts(pairs: Pairs, size: int) -> Numbers:
    """Cells that count units with both rows, or pairs of segments that share words; a unit stands once in a row."""
    import numpy as np

    unit = pairs.arrays.stretch if pairs.unit is None else pairs.unit
    of_place = unit[pairs.place]
    wide = int(unit.max(initial=0)) + 1
    once = np.unique(pairs.row * wide + of_place, return_index=True)[1]
    row, place = pairs.row[once], pairs.place[once]
    one, other = _overlapping(pairs.arrays, row, place) if pairs.unit is None else _sharing(row, of_place[once])
    upper = np.bincount(one * size + other, minlength=size * size).reshape(size, size)
    cells = upper + upper.T
    np.fill_diagonal(cells, np.bincount(row, minlength=size))
    return cells


def _sharing(row: Numbers, unit: Numbers) -> tuple[Numbers, Numbers]:
    """The rows of every two that stand in one unit."""
    import numpy as np

    order = np.argsort(unit, kind="stable")
    row, unit = row[order], unit[order]
    one, other = _after(np.searchsorted(unit, unit, side="right"))
    return row[one], row[other]


def _overlapping(arrays: Arrays, row: Numbers, place: Numbers) -> tuple[Numbers, Numbers]:
    """The rows of every two places that share words."""
    import numpy as np

    order = np.argsort(arrays.start[place], kind="stable")
    row, place = row[order], place[order]
    # Of two in the order of their starts, the second begins inside the first exactly when they share words.
    one, other = _after(np.searchsorted(arrays.start[place], arrays.end[place]))
    return row[one], row[other]


def _after(last: Numbers) -> tuple[Numbers, Numbers]:
    """Every index with each later one before `last`, as pairs."""
    import numpy as np

    first = np.arange(1, len(last) + 1)
    times = np.maximum(last - first, 0)
    one = np.repeat(first - 1, times)
    other = np.arange(len(one)) - np.repeat(np.cumsum(times) - times, times) + np.repeat(first, times)
    return one, other
