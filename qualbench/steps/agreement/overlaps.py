"""How all readings of a study overlap, counted exactly without comparing every set of codes with every other.

Let F_c(T) be the number of readings of size c that contain the codes T. The sum of F_c(T) F_k(T) over all T
of size j counts a pair of readings that share i codes C(i, j) times, so inclusion and exclusion gives the
pairs that share exactly i. The work grows with the subsets of the sets used, not with their number squared.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from math import comb
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

Overlaps = Counter[tuple[int, int, int]]
"""(size of one set, size of the other, codes they share) to ordered pairs of readings."""

MOST_SUBSETS = 1 << 23
"""How many subsets may be held at once; sets beyond it are compared pair by pair."""


class _Pool(NamedTuple):
    """The distinct sets, smallest first: how often each was given, its size, and its codes as numbers."""

    given: "NDArray[np.float64]"
    size: "NDArray[np.intp]"
    start: "NDArray[np.intp]"
    """Where each set begins in `codes`."""
    codes: "NDArray[np.intp]"
    """The codes of every set, one set after the other."""
    known: int
    """How many different codes there are."""


def overlaps(readings: Mapping[frozenset[str], int]) -> Overlaps:
    """The ordered pairs of readings, each also with itself, by both sizes and the number of shared codes."""
    pool = _pool(readings)
    few = _few(pool)
    return _by_subsets(_head(pool, few)) + _by_pairs(pool, few)


def _pool(readings: Mapping[frozenset[str], int]) -> _Pool:
    import numpy as np

    sets = sorted(readings, key=len)
    number = {code: index for index, code in enumerate({code for held in sets for code in held})}
    size = np.array([len(held) for held in sets], dtype=np.intp)
    return _Pool(
        given=np.array([readings[held] for held in sets], dtype=np.float64),
        size=size,
        start=np.cumsum(size) - size,
        codes=np.array([index for held in sets for index in sorted(map(number.__getitem__, held))], dtype=np.intp),
        known=len(number),
    )


def _few(pool: _Pool) -> int:
    """How many of the sets, smallest first, have no more subsets than there are sets to compare them with."""
    import numpy as np

    subsets = np.exp2(np.minimum(pool.size, 64))
    return int(((subsets <= len(pool.size)) & (np.cumsum(subsets) <= MOST_SUBSETS)).sum())


def _head(pool: _Pool, few: int) -> _Pool:
    return pool._replace(given=pool.given[:few], size=pool.size[:few], start=pool.start[:few])


def _by_subsets(pool: _Pool) -> Overlaps:
    import numpy as np

    sizes, kind = np.unique(pool.size, return_inverse=True)
    containing = list(_containing(pool, kind, len(sizes)))
    pairs: Overlaps = Counter()
    for a, x in enumerate(sizes.tolist()):
        for b, y in enumerate(sizes.tolist()):
            for shared in range(min(x, y) + 1):
                larger = range(shared, min(x, y) + 1)
                count = sum((-1) ** (j - shared) * comb(j, shared) * int(containing[j][a, b]) for j in larger)
                if count:
                    pairs[x, y, shared] = count
    return pairs


def _containing(pool: _Pool, kind: "NDArray[np.intp]", kinds: int) -> Iterator["NDArray[np.float64]"]:
    """For subsets of 0, 1, 2 ... codes, the sum of F_c F_k over them, by the two sizes c and k.

    Each round grows every subset by one later code of its set; equal subsets get equal numbers. The sums are
    whole numbers well below 2**53, so floats hold them exactly.
    """
    import numpy as np

    owner = np.arange(len(pool.size))
    last = np.full(len(pool.size), -1)
    subset = np.zeros(len(pool.size), dtype=np.intp)
    while len(owner):
        cells = (int(subset.max()) + 1) * kinds
        weight = np.bincount(subset * kinds + kind[owner], weights=pool.given[owner], minlength=cells)
        table = weight.astype(np.float64).reshape(-1, kinds)
        yield table.T @ table
        room = pool.size[owner] - 1 - last
        grown = np.repeat(np.arange(len(owner)), room)
        last = last[grown] + 1 + np.arange(len(grown)) - np.repeat(np.cumsum(room) - room, room)
        owner = owner[grown]
        key = subset[grown] * pool.known + pool.codes[pool.start[owner] + last]
        subset = np.unique(key, return_inverse=True)[1]


def _by_pairs(pool: _Pool, few: int, rows: int = 32) -> Overlaps:
    """The pairs in which at least one set comes after the first `few`, compared one by one."""
    import numpy as np

    pairs: Overlaps = Counter()
    total = len(pool.size)
    if few == total:
        return pairs
    holds = np.zeros((total, pool.known), dtype=np.float32)
    holds[np.repeat(np.arange(total), pool.size), pool.codes] = 1
    sizes, kind = np.unique(pool.size, return_inverse=True)
    deep = int(sizes[-1]) + 1
    found = np.zeros((len(sizes), len(sizes) * deep))
    both_orders = pool.given * np.where(np.arange(total) < few, 2, 1)
    for row in range(few, total, rows):
        cells = (holds[row : row + rows] @ holds.T).astype(np.intp) + kind * deep
        for own, line in enumerate(cells, start=row):
            weights = pool.given[own] * both_orders
            found[kind[own]] += np.bincount(line, weights=weights, minlength=found.shape[1])
    table = found.reshape(len(sizes), len(sizes), deep)
    for a, b, shared in np.argwhere(table).tolist():
        pairs[int(sizes[a]), int(sizes[b]), shared] = int(table[a, b, shared])
    return pairs
