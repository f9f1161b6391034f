"""Where coders drew the edges of their units: boundary similarity, which sees a unit that was split.

The u-alpha family does not: a unit cut into seven pieces covers the same text with the same code.
"""

from collections import defaultdict
from collections.abc import Sequence
from itertools import combinations
from typing import TYPE_CHECKING, NamedTuple

from qualbench.steps.agreement.drawn.continua import Spans, codes_in
from qualbench.steps.agreement.drawn.lengths import Places, Pool, pools
from qualbench.steps.agreement.rated.ratings import Undefined

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Ints = NDArray[np.int64]
    Floats = NDArray[np.float64]

WINDOW = 2
"""n_t, how many places a near miss spans at most; 2 is an edge drawn one character beside the other's."""

NO_EDGES = Undefined("undefined (no boundaries): no coder drew a boundary inside the text")


class Similarities(NamedTuple):
    """Boundary similarity of all units whatever their code, and of the units of each code."""

    marked: float | Undefined
    codes: tuple[float | Undefined, ...]


def boundary_similarity(continua: Sequence[Spans], window: int = WINDOW) -> float | Undefined:
    """How far coders drew the same edges, 0 to 1: B of Fournier 2013 (ACL), the mean over the pairs of coders.

    B = 1 - (additions + sum of the near misses' weights) / (matches + additions + near misses). An edge only
    one coder drew is an addition and weighs 1; a near miss, two edges fewer than `window` places apart, weighs
    their distance / `window`. All edges are of one kind, whatever the codes; where the text begins and ends is
    none. Edits and edges of a pair add up over their continua. Not corrected for chance.
    """
    return boundary_similarities(continua, codes_in(continua), window).marked


def boundary_similarities(continua: Sequence[Spans], codes: Sequence[str], window: int = WINDOW) -> Similarities:
    """Boundary similarity of everything marked and code by code; the codes must be all that occur."""
    import numpy as np

    edits: dict[tuple[str, str], Floats] = defaultdict(lambda: np.zeros((2, len(codes) + 1)))
    for pool in pools(continua, codes, apart=window):
        edges = [_edges(pool, places) for places in pool.coded]
        for one, other in combinations(range(len(pool.coders)), 2):
            edits[pool.coders[one], pool.coders[other]] += np.column_stack(
                (
                    _edits(np.unique(edges[one] % pool.strip), np.unique(edges[other] % pool.strip), window, pool, 1),
                    _edits(edges[one], edges[other], window, pool, len(codes)),
                )
            )
    marked, *by_code = (_mean([pair[:, layer] for pair in edits.values()]) for layer in range(len(codes) + 1))
    return Similarities(marked, tuple(by_code))


def _edges(pool: Pool, places: Places) -> "Ints":
    """Where units start and end, every place once, without the limits of the continua."""
    import numpy as np

    edges = np.unique(np.concatenate(places))
    return edges[~np.isin(edges % pool.strip, pool.limits)]


def _edits(one: "Ints", other: "Ints", window: int, pool: Pool, strips: int) -> "Floats":
    """The weighed edits, and all edits and matches, strip by strip."""
    import numpy as np

    missed = np.setxor1d(one, other, assume_unique=True)
    near, weights = _near_misses(missed, np.isin(missed, one, assume_unique=True), window)

    def count(edges: "Ints", weight: "Floats | None" = None) -> "Floats":
        return np.bincount(edges // pool.strip, weights=weight, minlength=strips).astype(np.float64)

    matches = count(np.intersect1d(one, other, assume_unique=True))
    additions = count(missed) - 2 * count(near)
    return np.array((additions + count(near, weights), additions + count(near) + matches))


def _near_misses(missed: "Ints", by_one: "NDArray[np.bool_]", window: int) -> "tuple[Ints, Floats]":
    """Pairs of edges of two coders that lie fewer than `window` places apart: the first edge, and the weight.

    The nearest are paired first, from the beginning of the text on, and every edge once.
    """
    import numpy as np

    free = np.ones(len(missed), dtype=bool)
    near: list[int] = []
    weights: list[float] = []
    for distance in range(1, window):
        partner = np.minimum(np.searchsorted(missed, missed + distance), max(len(missed) - 1, 0))
        fits = (missed[partner] == missed + distance) & (by_one[partner] != by_one) & free & free[partner]
        for first in np.flatnonzero(fits).tolist():
            second = partner[first]
            if free[first] and free[second]:
                free[[first, second]] = False
                near.append(int(missed[first]))
                weights.append(distance / window)
    return np.array(near, dtype=np.int64), np.array(weights)


def _mean(pairs: Sequence["Floats"]) -> float | Undefined:
    """The mean similarity of the pairs who drew any edge."""
    values = [float(1 - edits / edges) for edits, edges in pairs if edges]
    return sum(values) / len(values) if values else NO_EDGES
