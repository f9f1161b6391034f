"""The gutter beside the text: a lane for each of several codes that overlap, with the code's key and a stripe."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from qualbench.text import shown
from qualbench.tui.widgets.marks import Mark, Span


@dataclass(frozen=True, slots=True)
class Lane:
    """What stands in one lane of one line."""

    sign: str = ""
    mark: Mark | None = None
    """None where nothing stands, or where the sign only counts the codes that have no lane."""
    is_key: bool = False


FREE = Lane()


def lanes(marks: Sequence[Mark], spans: Sequence[Span], cuts: Sequence[int], count: int) -> list[list[Lane]]:
    """What stands in each lane of each line: a code's key where it begins, then a stripe; `+n` where lanes run out.

    A code that comes over from the row before has its key here too, so that no stripe on the screen is nameless.
    """
    grid = [[FREE] * count for _ in pairwise(cuts)]
    if not count:
        return grid
    ends = [-1] * count
    hidden = [0] * len(grid)
    for mark, span in sorted(zip(marks, spans, strict=True), key=_in_order):
        first, last = _lines_of(span, cuts)
        free = next((lane for lane, end in enumerate(ends) if end < first), ends.index(min(ends)))
        begin = max(first, ends[free] + 1)  # what finds no lane at first may find one on a later line
        for line in range(first, min(begin, last + 1)):
            hidden[line] += 1
        if begin <= last:
            ends[free] = last
        for line in range(begin, last + 1):
            grid[line][free] = _lane(mark, line, begin, last)
    for line, number in enumerate(hidden):
        if number:
            covered = grid[line][-1] is not FREE
            grid[line][-1] = Lane(f"+{number + covered}")
    return grid


def _in_order(pair: tuple[Mark, Span]) -> tuple[bool, int, int]:
    """Those that come over first, so that they keep the lanes nearest the text; then by place, longer ones first."""
    mark, (start, end) = pair
    return not mark.went_on, start, -end


def _lane(mark: Mark, line: int, first: int, last: int) -> Lane:
    if line == first:
        return Lane(shown(mark.key), mark, is_key=True)
    return Lane("╹" if line == last and not mark.goes_on else "┃", mark)


def _lines_of(span: Span, cuts: Sequence[int]) -> Span:
    inner = (1, len(cuts) - 1)
    first = bisect_right(cuts, span[0], *inner) - 1
    return first, max(first, bisect_left(cuts, span[1], *inner) - 1)
