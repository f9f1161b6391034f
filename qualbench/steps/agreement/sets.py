"""Krippendorff's alpha over whole code sets: near misses (one code more, one less) count in part.

The distances depend only on the sizes of two sets and of their overlap, which is what makes alpha fast.
"""

import math
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from itertools import chain, combinations
from typing import Literal

from qualbench.model import SetAlpha, Unit
from qualbench.steps.agreement.overlaps import Overlaps, overlaps

Distance = Literal["masi", "jaccard", "dice"]


def set_alpha(units: Sequence[Unit], distance: Distance = "masi") -> SetAlpha:
    """Alpha (at most 1) over any number of coders' code sets (Passonneau 2006; Artstein & Poesio 2008)."""
    compared = [tuple(unit.readings.values()) for unit in units if len(unit.readings) > 1]
    pool = Counter(chain.from_iterable(compared))
    if not pool:
        return SetAlpha(distance, None, "undefined (no units): no unit was coded by two coders")
    if len(pool) == 1:
        return SetAlpha(distance, None, "undefined (no variation): every reading is the same set of codes")
    n = pool.total()
    observed = math.fsum(_total(pairs, distance) / (read - 1) for read, pairs in _within(compared).items()) / n
    expected = _total(overlaps(pool), distance) / (n * (n - 1))
    return SetAlpha(distance, 1 - observed / expected)


def set_distance(x: frozenset[str], y: frozenset[str], distance: Distance = "masi") -> float:
    """How far two code sets are apart, 0 (the same, also two empty ones) to 1 (nothing shared).

    >>> set_distance(frozenset("ab"), frozenset("abcd"), "jaccard")
    0.5
    """
    return DISTANCES[distance](len(x), len(y), len(x & y))


def _within(compared: Sequence[tuple[frozenset[str], ...]]) -> Mapping[int, Overlaps]:
    """How the readings of one unit overlap, over all units, by the number of readings in the unit."""
    within: dict[int, Overlaps] = {}
    for readings in compared:
        pairs = within.setdefault(len(readings), Counter())
        for x, y in combinations(readings, 2):
            pairs[len(x), len(y), len(x & y)] += 2  # alpha counts both orders
    return within


def _total(pairs: Overlaps, distance: Distance) -> float:
    apart = DISTANCES[distance]
    return math.fsum(count * apart(*sizes) for sizes, count in pairs.items())


def _masi(x: int, y: int, shared: int) -> float:
    """1 - Jaccard x monotonicity: 1 for equal sets, 2/3 when one contains the other, 1/3 for an overlap."""
    if x == y == shared:
        return 0.0
    if not shared:
        return 1.0
    return 1 - shared / (x + y - shared) * (2 if shared == min(x, y) else 1) / 3


def _jaccard(x: int, y: int, shared: int) -> float:
    return 1 - shared / (x + y - shared) if x or y else 0.0


def _dice(x: int, y: int, shared: int) -> float:
    return 1 - 2 * shared / (x + y) if x or y else 0.0


DISTANCES: Mapping[Distance, Callable[[int, int, int], float]] = {
    "masi": _masi,
    "jaccard": _jaccard,
    "dice": _dice,
}
