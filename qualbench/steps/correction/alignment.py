"""Which items of two sequences are the same ones, in order: a longest common subsequence where it can be afforded.

Similar sequences are aligned by Myers' greedy method (An O(ND) Difference Algorithm, Algorithmica 1, 1986). Long ones
are first cut where something stands that is unique in both (Cohen's patience diff), and what is too different
stays unaligned: the steps taken grow with the length, not with its square.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Hashable, Iterator, Sequence
from math import isqrt

Run = tuple[int, int, int]
"""Where it begins in the old sequence, where in the new one, and how many items are the same."""

_SMALL = 200
"""Items of both sequences together that are aligned at once, without looking for what is unique."""
_DEEPEST = 6
"""How often a part is cut anew."""
_SHINGLE = 6
"""Items in a row that are looked for first; single ones are unique by chance more often."""
_MOST_EDITS = 1_500
_STEPS = 16
"""Steps taken at most for each item; half the square of the number of edits is the number of steps."""


def common_head(old: Sequence[Hashable], new: Sequence[Hashable], at: int = 0, to: int = 0) -> int:
    """How many items are the same from `at` in the old sequence and `to` in the new one on.

    >>> common_head("interview", "interval")
    6
    """
    same, step = 0, 8
    most = min(len(old) - at, len(new) - to)
    while same < most and old[at + same : at + same + step] == new[to + same : to + same + step]:
        same, step = same + step, 2 * step
    while step > 1 and same < most:
        step //= 2
        if old[at + same : at + same + step] == new[to + same : to + same + step]:
            same += step
    return min(same, most)


def common_tail(old: Sequence[Hashable], new: Sequence[Hashable]) -> int:
    """How many items at the ends of both sequences are the same."""
    return common_head(old[::-1], new[::-1])


def align(old: Sequence[int], new: Sequence[int], depth: int = 0) -> Iterator[Run]:
    """The runs of items that both sequences share, in order."""
    head = common_head(old, new)
    tail = common_tail(old[head:], new[head:])
    if head:
        yield 0, 0, head
    inner, other = old[head : len(old) - tail], new[head : len(new) - tail]
    if inner and other:
        for i, j, length in _align_inner(inner, other, depth):
            yield head + i, head + j, length
    if tail:
        yield len(old) - tail, len(new) - tail, tail


def align_unique(old: Sequence[int], new: Sequence[int]) -> Iterator[Run]:
    """The runs around the items that are unique in both sequences; what merely recurs is not taken for the same."""
    head = common_head(old, new)
    tail = common_tail(old[head:], new[head:])
    begin, to, stop, end = head, head, len(old) - tail, len(new) - tail
    if head:
        yield 0, 0, head
    for i, j in unique_pairs(old[head:stop], new[head:end], 1):
        at = i + head
        if at < begin:
            continue
        back = common_tail(old[begin:at], new[to : j + head])
        ahead = common_head(old[:stop], new[:end], at, j + head) if back < at - begin or True else 0
        yield at - back, j + head - back, back + ahead
        begin, to = at + ahead, j + head + ahead
    if tail:
        yield len(old) - tail, len(new) - tail, tail
