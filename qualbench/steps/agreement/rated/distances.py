"""How far two ratings are apart at each level of measurement, as blocks of the table of all values by all.

A block at a time is held, so that a table with many different values fits into memory.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING, Literal

from qualbench.steps.agreement.labelled.sets import DISTANCES, Distance
from qualbench.steps.agreement.rated.ratings import Level, Ratings, numbers

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Indexes = NDArray[np.intp]
    Block = Callable[[slice], Floats]
    """For a slice of the values, a row each: their distances (or nearness) to all values."""

Weights = Literal["identity", "linear", "quadratic", "ordinal", "ratio"]

WEIGHTS_OF: dict[Level, Weights] = {
    "nominal": "identity",
    "ordinal": "ordinal",
    "interval": "quadratic",
    "ratio": "ratio",
    "set": "identity",
}
"""The weights that fit a level, after Gwet (2014); for sets only equal ones count as the same."""

CELLS = 1 << 21
"""How many cells of the table are held at once."""


def distances(ratings: Ratings, counts: "Floats", distance: Distance = "masi") -> "Block":
    """The distances of Krippendorff's alpha (2011) at the level of the ratings.

    `counts` says how often each value was given in pairable units, on which ordinal distances depend.
    """
    import numpy as np

    if ratings.level == "nominal":
        return _unequal(len(ratings.values))
    if ratings.level == "set":
        return _between_sets(ratings, distance)
    if ratings.level == "ratio":
        return _ratio(np.array(numbers(ratings)))
    if ratings.level == "ordinal":
        return _squared(midranks(counts))
    return _squared(np.array(numbers(ratings)))


def midranks(counts: "Floats") -> "Floats":
    """The middle rank of each value, by which the ordinal distance is (rank - rank)^2 (Krippendorff 2011).

    What lies between two values, the counts from one to the other less half of both, is how far the middles
    of their ranks are apart.
    """
    import numpy as np

    ranks: Floats = np.cumsum(counts) - counts / 2
    return ranks


def nearness(ratings: Ratings, weights: Weights) -> "Block":
    """Weights of agreement, 1 for the same value and 0 for the two farthest apart (Gwet 2014)."""
    import numpy as np

    size = len(ratings.values)
    if weights == "identity" or size < 2:
        apart, farthest = _unequal(size), 1.0
    elif weights == "ordinal":
        apart, farthest = _between_ranks(size), size * (size - 1) / 2
    else:
        scale = np.array(numbers(ratings))
        low, high = scale[0], scale[-1]
        if weights == "ratio":
            apart, farthest = _ratio(scale), ((high - low) / (high + low)) ** 2
        elif weights == "linear":
            apart, farthest = (lambda rows: np.abs(scale[rows, None] - scale)), high - low
        else:
            apart, farthest = _squared(scale), (high - low) ** 2
    return lambda rows: 1 - apart(rows) / farthest


def sweep(block: "Block", size: int, pairs: "tuple[Indexes, Indexes]", vectors: "Floats") -> "tuple[Floats, Floats]":
    """The table of all values read once: its entry for each pair, and its product with each vector (a column)."""
    import numpy as np

    first, second = pairs
    entries = np.empty(len(first))
    products = np.empty((size, vectors.shape[1]))
    step = max(1, CELLS // max(1, size))
    for start in range(0, size, step):
        rows = slice(start, min(size, start + step))
        table = block(rows)
        here = np.flatnonzero((first >= rows.start) & (first < rows.stop))
        entries[here] = table[first[here] - start, second[here]]
        products[rows] = table @ vectors
    return entries, products


def _unequal(size: int) -> "Block":
    import numpy as np

    index = np.arange(size)
    return lambda rows: (index[rows, None] != index).astype(np.float64)


def _squared(scale: "Floats") -> "Block":
    def block(rows: slice) -> "Floats":
        squares: Floats = (scale[rows, None] - scale) ** 2
        return squares

    return block


def _ratio(scale: "Floats") -> "Block":
    """((a - b) / (a + b))^2, and 0 between two zeros."""
    import numpy as np

    def block(rows: slice) -> "Floats":
        sums = scale[rows, None] + scale
        shares: Floats = np.divide(scale[rows, None] - scale, sums, out=np.zeros_like(sums), where=sums != 0)
        squares: Floats = shares**2
        return squares

    return block


def _between_ranks(size: int) -> "Block":
    """Pairs of ranks that can be drawn from one rank to the other, both included (Gwet 2014)."""
    import numpy as np

    index = np.arange(size, dtype=np.float64)

    def block(rows: slice) -> "Floats":
        steps = np.abs(index[rows, None] - index)
        pairs: Floats = steps * (steps + 1) / 2
        return pairs

    return block


def _between_sets(ratings: Ratings, distance: Distance) -> "Block":
    """Set distances, which depend only on the sizes of the two sets and on how much they share."""
    import numpy as np

    sets = [value if isinstance(value, frozenset) else frozenset() for value in ratings.values]
    column = {code: number for number, code in enumerate(sorted(set().union(*sets)))}
    holds = np.zeros((len(sets), len(column)), dtype=np.float32)
    for row, held in enumerate(sets):
        holds[row, [column[code] for code in held]] = 1
    sizes, kind = np.unique([len(held) for held in sets], return_inverse=True)
    apart = DISTANCES[distance]
    known = np.zeros((len(sizes), len(sizes), int(sizes.max(initial=0)) + 1))
    for a, x in enumerate(sizes.tolist()):
        for b, y in enumerate(sizes.tolist()):
            known[a, b, : min(x, y) + 1] = [apart(x, y, shared) for shared in range(min(x, y) + 1)]

    def block(rows: slice) -> "Floats":
        shared = (holds[rows] @ holds.T).astype(np.intp)
        found: Floats = known[kind[rows, None], kind, shared]
        return found

    return block
