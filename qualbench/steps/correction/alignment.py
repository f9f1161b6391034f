"""Which items of two sequences are the same ones, in order: a longest common subsequence where it can be afforded.

Similar sequences are aligned by Myers' greedy method (An O(ND) Difference Algorithm, Algorithmica 1, 1986). Long ones
are first cut where something stands that is unique in both (Cohen's patience diff), and what is too different
stays unaligned: the steps taken grow with the length, not with its square.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from math import isqrt

Run = tuple[int, int, int]
"""Where it begins in the old sequence, where in the new one, and how many items are the same."""
Aligner = Callable[[Sequence[int], Sequence[int]], Iterable[Run]]

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


def ends(old: Sequence[Hashable], new: Sequence[Hashable]) -> Iterator[Run]:
    """What both sequences begin with and end with."""
    head = common_head(old, new)
    tail = common_tail(old[head:], new[head:])
    if head:
        yield 0, 0, head
    if tail:
        yield len(old) - tail, len(new) - tail, tail


def align_unique(old: Sequence[int], new: Sequence[int]) -> Iterator[Run]:
    """The runs around the items that are unique in both sequences; what merely recurs is not taken for the same."""
    return _between(old, new, unique_pairs(old, new, 1), ends)


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


def _align_inner(old: Sequence[int], new: Sequence[int], depth: int) -> Iterator[Run]:
    """Small parts at once; a large or very different one is cut at what is unique in it, as long as that helps."""
    small = len(old) + len(new) <= _SMALL
    runs = shortest(old, new) if small else None
    if runs is None and depth < _DEEPEST:
        pairs = unique_pairs(old, new, _SHINGLE) or unique_pairs(old, new, 1)
        if pairs:
            return _between(old, new, pairs, lambda one, other: align(one, other, depth + 1))
    if runs is None and not small:
        runs = shortest(old, new)
    return iter(runs or [])


def _between(old: Sequence[int], new: Sequence[int], pairs: Sequence[tuple[int, int]], fill: Aligner) -> Iterator[Run]:
    """The pairs as runs of one item, with what `fill` finds before, between and after them."""
    i = j = 0
    for x, y in [*pairs, (len(old), len(new))]:
        if i < x and j < y:
            for at, to, length in fill(old[i:x], new[j:y]):
                yield i + at, j + to, length
        if x < len(old):
            yield x, y, 1
        i, j = x + 1, y + 1


def unique_pairs(old: Sequence[int], new: Sequence[int], size: int) -> list[tuple[int, int]]:
    """Where runs of `size` items stand that occur once in each sequence, as many as keep their order."""
    ours: list[Hashable] = list(zip(*(old[k:] for k in range(size)), strict=False))
    theirs: list[Hashable] = list(zip(*(new[k:] for k in range(size)), strict=False))
    in_ours, in_theirs = Counter(ours), Counter(theirs)
    places = {item: j for j, item in enumerate(theirs) if in_theirs[item] == 1}
    return _rising([(i, places[item]) for i, item in enumerate(ours) if in_ours[item] == 1 and item in places])


def _rising(pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest selection in which the second numbers rise too, by patience sorting."""
    tops: list[int] = []
    holders: list[int] = []
    before: list[int] = []
    for index, (_, j) in enumerate(pairs):
        pile = bisect_left(tops, j)
        before.append(holders[pile - 1] if pile else -1)
        tops[pile : pile + 1] = [j]
        holders[pile : pile + 1] = [index]
    chosen = []
    index = holders[-1] if holders else -1
    while index >= 0:
        chosen.append(pairs[index])
        index = before[index]
    return chosen[::-1]


# --- Myers' greedy method --------------------------------------------------------------------------------------


def shortest(old: Sequence[int], new: Sequence[int]) -> list[Run] | None:
    """The runs that leave the fewest items over; None when the sequences differ too much for their length."""
    rows, columns = len(old), len(new)
    most = min(_MOST_EDITS, isqrt(2 * _STEPS * (rows + columns)) + 1)
    if abs(rows - columns) > most:
        return None
    zero = most + 1
    reach = [0] * (2 * zero + 1)
    trail: list[list[int]] = []
    for edits in range(most + 1):
        trail.append(reach[zero - edits - 1 : zero + edits + 2])
        for diagonal in range(-edits, edits + 1, 2):
            at = zero + diagonal
            falls = diagonal == -edits or (diagonal != edits and reach[at - 1] < reach[at + 1])
            row = reach[at + 1] if falls else reach[at - 1] + 1
            column = row - diagonal
            if row < rows and column < columns and old[row] == new[column]:
                row += common_head(old, new, row, column)
            reach[at] = row
            if row >= rows and row - diagonal >= columns:
                return _walked(trail, rows, columns)
    return None


def _walked(trail: Sequence[Sequence[int]], rows: int, columns: int) -> list[Run]:
    """The way back from the end to the beginning, as the runs it passes."""
    runs = []
    row, column = rows, columns
    for edits in range(len(trail) - 1, -1, -1):
        reach, diagonal = trail[edits], row - column
        at = edits + 1 + diagonal
        falls = diagonal == -edits or (diagonal != edits and reach[at - 1] < reach[at + 1])
        last = reach[at + 1] if falls else reach[at - 1]
        begin = last if falls else last + 1
        if row > begin:
            runs.append((begin, begin - diagonal, row - begin))
        row, column = last, last - (diagonal + 1 if falls else diagonal - 1)
    return runs[::-1]
