"""Where lines break and which line belongs to which row: the arithmetic under the transcript view.

Works on `text.shown` text, whose offsets are those of the original. Nothing is ever cut inside a character
that a reader sees as one.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate, groupby

from rich.cells import cell_len

from qualbench.text import clusters

HANGING = " \u240a"
"""What may stand over the edge at the end of a line, because it is not drawn: blanks and line ends."""

# A code point outside these blocks may be two cells wide or none, and is measured; all inside take one cell.
# Curly quotes and dashes are inside: measuring them would make an ordinary transcript seven times slower.
_NOT_SIMPLE = re.compile("[^\x20-\x7e\u00a1-\u00ac\u00ae-\u02ff\u0370-\u0482\u2010-\u2027\u2030-\u205e]").search


def simple(text: str) -> bool:
    """Whether every character of this shown text takes exactly one cell and stands alone."""
    return _NOT_SIMPLE(text) is None


def wrap_offsets(text: str, width: int) -> list[int]:
    """Where each line after the first begins, in code points; `width` is in cells, at least 1."""
    offsets: list[int] = []
    start = 0
    while start < len(text):
        end = _line_end(text, start)
        paragraph = text[start:end].removesuffix("\u240a")
        breaks = _simple_breaks if simple(paragraph) else _measured_breaks
        offsets.extend(start + offset for offset in breaks(paragraph, width))
        offsets.append(end)
        start = end
    return offsets[:-1]


def _line_end(text: str, start: int) -> int:
    """Behind the next line end that no combining mark has been put on, or the end of the text."""
    while (start := text.find("\u240a", start) + 1) and start < len(text):
        if clusters(text[start - 1 : start + 1])[0] == "\u240a":
            return start
    return len(text)


def _simple_breaks(text: str, width: int) -> Iterator[int]:
    start, length = 0, len(text)
    while length - start > width:
        blank = text.rfind(" ", start, start + width + 1)
        start = start + width if blank < start else blank + 1
        while start < length and blank >= 0 and text[start] == " ":
            start += 1
        if start < length:
            yield start


def _measured_breaks(text: str, width: int) -> Iterator[int]:
    used = position = 0
    for blank, group in groupby(clusters(text), key=" ".__eq__):
        word = [(len(cluster), cell_len(cluster)) for cluster in group]
        cells = sum(wide for _, wide in word)
        if not blank and used and used + cells > width:
            yield position
            used = 0
        for length, wide in word:
            if not blank and used and used + wide > width:
                yield position
                used = 0
            used += wide
            position += length


BLOCK = 256
"""So many rows are added up by themselves, so that a changed height costs nothing in a transcript of any length."""


class HeightIndex:
    """How many lines each row takes, and so which row a line of the whole transcript belongs to."""

    def __init__(self, heights: Sequence[int]) -> None:
        self.heights = list(heights)
        self._sums = [sum(self.heights[start : start + BLOCK]) for start in range(0, len(self.heights), BLOCK)]
        self._tops: dict[int, list[int]] = {}
        self._add_up()

    def _add_up(self) -> None:
        self._starts = [0, *accumulate(self._sums)]

    def change(self, heights: Iterable[tuple[int, int]]) -> None:
        """Give some rows another height each."""
        for row, height in heights:
            self._sums[row // BLOCK] += height - self.heights[row]
            self.heights[row] = height
        self._tops.clear()
        self._add_up()

    @property
    def total(self) -> int:
        """Lines of the whole transcript."""
        return self._starts[-1]

    def top(self, row: int) -> int:
        """The line at which a row begins; behind the last row the number of all lines."""
        if row >= len(self.heights):
            return self.total
        return self._tops_of(row // BLOCK)[row % BLOCK]

    def at(self, line: int) -> tuple[int, int]:
        """The row that a line belongs to, and its number within that row; clamped at both ends."""
        line = max(0, min(line, self.total - 1))
        block = min(bisect_right(self._starts, line), len(self._sums)) - 1
        tops = self._tops_of(block)
        row = min(bisect_right(tops, line), len(tops) - 1) - 1
        return block * BLOCK + row, line - tops[row]

    def _tops_of(self, block: int) -> list[int]:
        tops = self._tops.get(block)
        if tops is None:
            heights = self.heights[block * BLOCK : (block + 1) * BLOCK]
            tops = self._tops[block] = [*accumulate(heights, initial=self._starts[block])]
        return tops
