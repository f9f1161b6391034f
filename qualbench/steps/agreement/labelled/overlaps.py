"""How far every set of codes is from all readings of a study, without comparing every set with every other.

A set distance depends only on the two sizes and on how many codes are shared. By Newton's forward differences
d(i) is the sum over j of C(i, j) times the j-th difference of d at no shared code, and C(i, j) counts the subsets of
j codes that two sets have in common. So with F_c(T), the number of readings of size c that contain the codes T,
the distances from a set to all readings are a sum over its own subsets: the work grows with the subsets of the
sets used, not with their number squared.
"""

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from qualbench.steps.agreement.labelled.set_distances import Apart

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Indexes = NDArray[np.intp]

MOST_SUBSETS = 1 << 24
"""How many subsets may be looked at in all; sets beyond it are compared pair by pair."""
LARGEST = 16
"""Codes in a set beyond which it is compared pair by pair."""


class _Pool(NamedTuple):
    """The distinct sets, smallest first: how often each was given, its size, and its codes as numbers."""

    given: "Floats"
    size: "Indexes"
    sizes: "Indexes"
    """The sizes that occur."""
    kind: "Indexes"
    """Where the size of each set stands among them."""
    start: "Indexes"
    """Where each set begins in `codes`."""
    codes: "Indexes"
    """The codes of every set in order, one set after the other."""
    known: int
    """How many different codes there are."""


def to_all(sets: Sequence[frozenset[str]], given: "Indexes", distances: Sequence[Apart]) -> "Floats":
    """The sum of the distances from each set to all readings, one column a distance; `given` counts the readings."""
    import numpy as np

    order = np.argsort([len(held) for held in sets], kind="stable")
    pool = _pool([sets[index] for index in order], given[order])
    few = _few(pool)
    sums = np.zeros((len(sets), len(distances)))
    _add_by_subsets(_head(pool, few), distances, sums)
    if few < len(sets):
        _add_by_pairs(pool, few, distances, sums)
    found = np.empty_like(sums)
    found[order] = sums
    return found


def _pool(sets: Sequence[frozenset[str]], given: "Indexes") -> _Pool:
    import numpy as np

    number = {code: index for index, code in enumerate(sorted(frozenset().union(*sets)))}
    size = np.array([len(held) for held in sets], dtype=np.intp)
    sizes, kind = np.unique(size, return_inverse=True)
    known = max(1, len(number))
    codes = np.array([number[code] for held in sets for code in held], dtype=np.intp)
    in_order = np.sort(np.repeat(np.arange(len(sets)), size) * known + codes) % known  # within each set
    return _Pool(
        given=given.astype(np.float64),
        size=size,
        sizes=sizes,
        kind=kind,
        start=np.cumsum(size) - size,
        codes=in_order,
        known=known,
    )


def _few(pool: _Pool) -> int:
    """How many of the sets, smallest first, have no more subsets than there are sets to compare them with."""
    import numpy as np

    subsets = np.exp2(np.minimum(pool.size, 64))
    worth = (pool.size <= LARGEST) & (subsets <= len(pool.size))
    return int((worth & (np.cumsum(subsets) <= MOST_SUBSETS)).sum())


def _head(pool: _Pool, few: int) -> _Pool:
    sizes = pool.sizes[: int(pool.kind[few - 1]) + 1] if few else pool.sizes[:0]
    return pool._replace(given=pool.given[:few], size=pool.size[:few], kind=pool.kind[:few], sizes=sizes)


def _add_by_subsets(pool: _Pool, distances: Sequence[Apart], sums: "Floats") -> None:
    """Adds the distances between the sets of the pool, which are the first rows of the sums."""
    import numpy as np

    differences = [_differences(apart, pool.sizes) for apart in distances]
    few = len(pool.size)
    for shared, (owner, subset, containing) in enumerate(_subsets(pool)):
        for column, difference in enumerate(differences):
            share = containing @ difference[shared]
            sums[:few, column] += np.bincount(owner, weights=share[subset, pool.kind[owner]], minlength=few)


def _subsets(pool: _Pool) -> "Iterator[tuple[Indexes, Indexes, Floats]]":
    """The subsets of 0, 1, 2 ... codes: the set each comes from, its number, and F: number by size of readings.

    Each round grows every subset by one code that stands later in its set; equal subsets get equal numbers.
    """
    import numpy as np

    kinds = len(pool.sizes)
    owner = np.arange(len(pool.size))
    last = np.full(len(pool.size), -1)
    subset = np.zeros(len(pool.size), dtype=np.intp)
    while len(owner):
        cells = (int(subset.max()) + 1) * kinds
        containing = np.bincount(subset * kinds + pool.kind[owner], weights=pool.given[owner], minlength=cells)
        yield owner, subset, containing.astype(np.float64, copy=False).reshape(-1, kinds)
        room = pool.size[owner] - 1 - last
        grown = np.repeat(np.arange(len(owner)), room)
        last = last[grown] + 1 + np.arange(len(grown)) - np.repeat(np.cumsum(room) - room, room)
        owner = owner[grown]
        key = subset[grown] * pool.known + pool.codes[pool.start[owner] + last]
        subset = np.unique(key, return_inverse=True)[1]


def _differences(apart: Apart, sizes: "Indexes") -> "Floats":
    """The differences of the distance at no shared code: by their order, the size of one set and of the other."""
    import numpy as np

    found = np.zeros((int(sizes.max(initial=0)) + 1, len(sizes), len(sizes)))
    for a, x in enumerate(sizes.tolist()):
        for b, y in enumerate(sizes.tolist()):
            # Differences of floats would lose what the many subsets of a large set need. A set distance is a
            # fraction with a denominator of at most 3 (x + y), which its float determines.
            row = [Fraction(apart(x, y, i)).limit_denominator(3 * (x + y) + 1) for i in range(min(x, y) + 1)]
            for order in range(min(x, y) + 1):
                found[order, b, a] = row[0]
                row = [after - before for before, after in pairwise(row)]
    return found


def _add_by_pairs(pool: _Pool, few: int, distances: Sequence[Apart], sums: "Floats", rows: int = 32) -> None:
    """Adds the distances of the pairs in which at least one set comes after the first `few`, one by one."""
    import numpy as np

    total = len(pool.size)
    holds = np.zeros((total, pool.known), dtype=np.float32)
    holds[np.repeat(np.arange(total), pool.size), pool.codes] = 1
    tables = [_table(apart, pool.sizes) for apart in distances]
    for row in range(few, total, rows):
        own = slice(row, min(total, row + rows))
        shared = (holds[own] @ holds.T).astype(np.intp)
        for column, table in enumerate(tables):
            apart = table[pool.kind[own, None], pool.kind, shared]
            sums[own, column] += apart @ pool.given
            sums[:few, column] += pool.given[own] @ apart[:, :few]


def _table(apart: Apart, sizes: "Indexes") -> "Floats":
    """The distance by the sizes of both sets and the codes they share."""
    import numpy as np

    found = np.zeros((len(sizes), len(sizes), int(sizes.max(initial=0)) + 1))
    for a, x in enumerate(sizes.tolist()):
        for b, y in enumerate(sizes.tolist()):
            found[a, b, : min(x, y) + 1] = [apart(x, y, shared) for shared in range(min(x, y) + 1)]
    return found
