"""Which codes stand together: on the same segment, on overlapping words, or in the same turn.

The coefficient is that of ATLAS.ti: c = n12 / (n1 + n2 - n12), 0 where two codes never meet, 1 where they always do.
"""

from __future__ import annotations

from dataclasses import replace
from enum import StrEnum
from typing import TYPE_CHECKING

from qualbench.steps.matrices import axes
from qualbench.steps.matrices.crossing import counted, distinct, nobody_known, people
from qualbench.steps.matrices.evidence import Evidence
from qualbench.steps.matrices.matrix import Entries, Matrix, View, said

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from qualbench.steps.matrices.evidence import Numbers


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
    size = len(bands.heads)
    if together is Together.OVERLAP:
        cells, entries = _overlapping(evidence, row, place, size)
    else:
        unit = _turns(evidence) if together is Together.TURN else evidence.arrays.stretch
        cells, entries = _sharing(row, place, unit, size)
    under = " A code stands together with those under it wherever they are." if view.rolled_up else ""
    denominator = said(view, people(evidence, among), nobody=nobody_known(evidence, among))
    return Matrix(
        what=f"{str(view.rows).capitalize()} {together}",
        rows=bands.heads,
        columns=bands.heads,
        cells=cells,
        denominator=f"{denominator}{under} {_SENTENCES[together]}",
        evidence=evidence,
        entries=entries,
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


def _turns(evidence: Evidence) -> Numbers:
    """A number for every turn of every transcript."""
    arrays = evidence.arrays
    turns: NDArray[np.int64] = arrays.transcript * (int(arrays.turn.max(initial=0)) + 1) + arrays.turn
    return turns


def _sharing(row: Numbers, place: Numbers, unit: Numbers, size: int) -> tuple[Numbers, Entries]:
    """Cells that count units with both rows."""
    import numpy as np

    order = np.argsort(unit[place], kind="stable")
    row, place = row[order], place[order]
    units = unit[place]
    first, last = np.searchsorted(units, units), np.searchsorted(units, units, side="right")
    one, other = _runs(first, last)
    cells = distinct(row[one] * size + row[other], units[one], size * size).reshape(size, size)
    return cells, _both(row, place, one, other)


def _overlapping(evidence: Evidence, row: Numbers, place: Numbers, size: int) -> tuple[Numbers, Entries]:
    """Cells that count pairs of stretches that share words; the diagonal counts each stretch with itself."""
    import numpy as np

    starts, ends, unit = evidence.arrays.start, evidence.arrays.end, evidence.arrays.stretch
    order = np.lexsort((ends[place], starts[place]))
    row, place = row[order], place[order]
    # Of two in the order of their starts, the second begins inside the first exactly when they share words.
    later = np.searchsorted(starts[place], ends[place])
    here = np.arange(len(place))
    one, other = _runs(here, np.maximum(later, here + 1))
    one, other = np.concatenate([one, other]), np.concatenate([other, one])
    kept = (row[one] != row[other]) | (unit[place[one]] == unit[place[other]])
    one, other = one[kept], other[kept]
    pair = unit[place[one]] * (int(unit.max(initial=0)) + 1) + unit[place[other]]
    pair = np.unique(pair, return_inverse=True)[1]
    cells = distinct(row[one] * size + row[other], pair, size * size).reshape(size, size)
    return cells, _both(row, place, one, other)


def _runs(first: Numbers, last: Numbers) -> tuple[Numbers, Numbers]:
    """For every index the others from `first` up to `last`, as pairs."""
    import numpy as np

    times = last - first
    one = np.repeat(np.arange(len(first)), times)
    other = np.arange(len(one)) - np.repeat(np.cumsum(times) - times, times) + np.repeat(first, times)
    return one, other


def _both(row: Numbers, place: Numbers, one: Numbers, other: Numbers) -> Entries:
    """Behind a cell stand the places of both codes."""
    import numpy as np

    return Entries(
        row=np.concatenate([row[one], row[one]]),
        column=np.concatenate([row[other], row[other]]),
        place=np.concatenate([place[one], place[other]]),
    )
