"""How much text the units of coders take and share: the lengths of which the u-alpha family is made.

Continua of the same coders are laid one behind the other, and every code on a strip of its own, so that all codes
are measured at once.
"""

from collections import defaultdict
from collections.abc import Sequence
from itertools import accumulate, combinations
from typing import TYPE_CHECKING, NamedTuple

from qualbench.steps.agreement.drawn.continua import Marked, Spans

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Ints = NDArray[np.int64]
    Floats = NDArray[np.float64]


class Places(NamedTuple):
    """Units in order, none overlapping another."""

    start: "Ints"
    end: "Ints"


class Pool(NamedTuple):
    """Continua read by the same coders, one behind the other."""

    coders: tuple[str, ...]
    text: int
    """How long the continua are together."""
    limits: "Ints"
    """Where they begin and end."""
    strip: int
    """How far a code's units are moved behind those of the code before."""
    coded: tuple[Places, ...]
    """Each coder's units, every code on its own strip."""
    marked: tuple[Places, ...]
    """Each coder's units whatever their code, those that overlap as one; all on the first strip."""


class Taken(NamedTuple):
    """What the units of one code take, or all units whatever their code."""

    length: float
    """l_c., over all coders."""
    same: float
    """l_cc, what both of a pair took: 2/(m - 1) of it for each pair of the m coders."""
    squares: float
    """S_c, the squared lengths of the units, which keep a unit from being compared with itself."""


class Lengths(NamedTuple):
    """Sums over all continua in the words of Krippendorff et al. 2016; arrays have a place for each code."""

    text: float
    """l.., the length of the continuum times its coders."""
    taken: "Floats"
    """l_c."""
    same: "Floats"
    """l_cc"""
    squares: "Floats"
    """S_c"""
    met: "Floats"
    """The length coded c that met anything another coder marked: the mean over the other coders, not their union."""
    met_squares: "Floats"
    """The squares of what met, unit by unit."""
    marked: Taken
    """Any code."""

    @property
    def overlapping(self) -> bool:
        """Whether some coder gave several codes to the same text."""
        return bool(self.taken.sum() != self.marked.length)

    @property
    def agreed(self) -> float:
        """Sum of l_cc with the gap: where both of a pair have the same code, or none."""
        return float(self.same.sum()) + self.neither(self.marked)

    def neither(self, taken: Taken) -> float:
        """The length that neither of a pair took."""
        return self.text - 2 * taken.length + taken.same

    def code(self, at: int) -> Taken:
        """What the units of one code take."""
        return Taken(float(self.taken[at]), float(self.same[at]), float(self.squares[at]))


def pools(continua: Sequence[Spans], codes: Sequence[str], apart: int = 1) -> list[Pool]:
    """The continua that two coders read, those of the same coders together, with `apart` places between them."""
    groups: dict[tuple[str, ...], list[Spans]] = defaultdict(list)
    for spans in continua:
        if spans.read_by_two:
            groups[tuple(sorted(spans.units))].append(spans)
    strips = {code: number for number, code in enumerate(codes)}
    return [_pool(coders, group, strips, apart) for coders, group in groups.items()]


def measure(continua: Sequence[Spans], codes: Sequence[str]) -> Lengths:
    """What the units take and share, by code; the codes must be all that occur."""
    import numpy as np

    own, same = np.zeros((4, len(codes))), np.zeros(len(codes))
    text = marked = marked_same = marked_squares = 0.0
    for pool in pools(continua, codes):
        others = len(pool.coders) - 1
        text += pool.text * len(pool.coders)
        for mine, places in enumerate(pool.marked):
            length = places.end - places.start
            marked, marked_squares = marked + float(length.sum()), marked_squares + float((length**2).sum())
            own += _own(pool, mine, len(codes))
        for one, other in combinations(range(len(pool.coders)), 2):
            both = shared(pool.coded[one], pool.coded[other])
            same += 2 * _sums(pool, pool.coded[one], len(codes), both) / others
            marked_same += 2 * float(shared(pool.marked[one], pool.marked[other]).sum()) / others
    taken, squares, met, met_squares = own
    return Lengths(text, taken, same, squares, met, met_squares, Taken(marked, marked_same, marked_squares))


def shared(units: Places, others: Places) -> "Ints":
    """How much of each unit lies inside any of the others."""
    return _covered(others, units.end) - _covered(others, units.start)


def units_of(spans: Spans, coder: str, code: str) -> list[tuple[int, int]]:
    """A coder's units of one code in order, as far as they lie on the continuum; those that overlap as one."""
    places = _merged(_on_continuum([unit for unit in spans.units[coder] if unit[2] == code], spans, 0))
    return list(zip((places.start + spans.begin).tolist(), (places.end + spans.begin).tolist(), strict=True))


def taken(pool: Pool, coder: int, codes: int) -> "Floats":
    """The length one coder of a pool gave each code."""
    units = pool.coded[coder]
    return _sums(pool, units, codes, units.end - units.start)


def _pool(coders: tuple[str, ...], group: Sequence[Spans], strips: dict[str, int], apart: int) -> Pool:
    import numpy as np

    sizes = [spans.end - spans.begin for spans in group]
    starts = [0, *accumulate(size + apart for size in sizes)]
    strip = starts.pop()
    coded, marked = [], []
    for coder in coders:
        parts = [_on_continuum(s.units[coder], s, at) for s, at in zip(group, starts, strict=True)]
        places = Places(np.concatenate([one.start for one in parts]), np.concatenate([one.end for one in parts]))
        own = [strips[code] for spans in group for _, _, code in spans.units[coder]]
        moved = np.array(own, dtype=np.int64) * strip
        coded.append(_merged(Places(places.start + moved, places.end + moved)))
        marked.append(_merged(places))
    limits = np.array([(at, at + size) for at, size in zip(starts, sizes, strict=True)], dtype=np.int64).ravel()
    return Pool(coders, sum(sizes), limits, strip, tuple(coded), tuple(marked))


def _on_continuum(units: Sequence[Marked], spans: Spans, at: int) -> Places:
    """The units cut to a continuum that begins at the place `at`."""
    import numpy as np

    start = np.array([unit[0] for unit in units], dtype=np.int64)
    end = np.array([unit[1] for unit in units], dtype=np.int64)
    return Places(*(np.clip(one, spans.begin, spans.end) - spans.begin + at for one in (start, end)))


def _merged(places: Places) -> Places:
    """The units in order, empty ones left out and those that overlap made one."""
    import numpy as np

    kept = places.start < places.end
    start, end = places.start[kept], places.end[kept]
    order = np.lexsort((end, start))
    start, end = start[order], end[order]
    reach = np.maximum.accumulate(end)
    first = np.flatnonzero(np.append(start[:1] >= 0, start[1:] >= reach[:-1]))
    return Places(start[first], np.maximum.reduceat(end, first) if len(first) else end)


def _covered(units: Places, points: "Ints") -> "Ints":
    """How much of the units lies before each point."""
    import numpy as np

    before = np.searchsorted(units.start, points, side="right")
    length = np.append(0, np.cumsum(units.end - units.start))
    end = np.append(0, units.end)  # before the first unit nothing is open
    return length[before] - np.maximum(end[before] - points, 0)


def _own(pool: Pool, mine: int, codes: int) -> "Floats":
    """One coder's lengths and what of them met others', both plain and squared unit by unit, code by code."""
    import numpy as np

    units = pool.coded[mine]
    length = units.end - units.start
    moved = units.start // pool.strip * pool.strip
    here = Places(units.start - moved, units.end - moved)
    met = np.zeros(len(length))
    for other, places in enumerate(pool.marked):
        if other != mine:
            met += shared(here, places)
    met /= len(pool.coders) - 1
    return np.array([_sums(pool, units, codes, figure) for figure in (length, length**2, met, met**2)])


def _sums(pool: Pool, units: Places, codes: int, weights: "Ints | Floats") -> "Floats":
    import numpy as np

    return np.bincount(units.start // pool.strip, weights=weights, minlength=codes).astype(np.float64)
