"""How far two sets of codes are apart, by their sizes and by how many codes they share."""

from collections.abc import Callable, Mapping
from typing import Literal

Distance = Literal["masi", "jaccard", "dice", "monotonic"]

Apart = Callable[[int, int, int], float]
"""The distance of two sets, 0 to 1, from the size of one, the size of the other and the codes they share."""


def set_distance(x: frozenset[str], y: frozenset[str], distance: Distance = "masi") -> float:
    """How far two code sets are apart, 0 (the same, also two empty ones) to 1 (nothing shared).

    >>> set_distance(frozenset("ab"), frozenset("abcd"), "jaccard")
    0.5
    """
    return DISTANCES[distance](len(x), len(y), len(x & y))


def masi(x: int, y: int, shared: int) -> float:
    """1 - Jaccard x monotonicity: 1 for equal sets, 2/3 when one contains the other, 1/3 for an overlap.

    Passonneau 2006. An empty set shares nothing with another.
    """
    if x == y == shared:
        return 0.0
    if not shared:
        return 1.0
    return 1 - shared / (x + y - shared) * (2 if shared == min(x, y) else 1) / 3


def jaccard(x: int, y: int, shared: int) -> float:
    """The share of the codes of either set that are not in both."""
    return 1 - shared / (x + y - shared) if x or y else 0.0


def dice(x: int, y: int, shared: int) -> float:
    """1 - twice the shared codes by both sizes together (Dice 1945)."""
    return 1 - 2 * shared / (x + y) if x or y else 0.0


def monotonic(x: int, y: int, shared: int) -> float:
    """0 equal, 1/3 one contains the other, 2/3 overlap, 1 nothing shared (Passonneau 2004).

    The empty set is contained in every other, as DKPro Agreement has it.
    """
    if x == y == shared:
        return 0.0
    if shared == min(x, y):
        return 1 / 3
    return 2 / 3 if shared else 1.0


DISTANCES: Mapping[Distance, Apart] = {"masi": masi, "jaccard": jaccard, "dice": dice, "monotonic": monotonic}
