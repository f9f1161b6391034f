"""How high each row of a transcript is at one width: exact, or at first estimated when there are very many.

Estimates become exact around every place before it is seen, so that what is on the screen is never a guess.
"""

from bisect import bisect_right
from collections.abc import Sequence

from qualbench.text import shown
from qualbench.tui.widgets.wrap import HeightIndex, wrap_offsets

EXACT_ROWS = 20_000
"""Up to here every row is wrapped at once, which takes less than a blink."""


class Heights(HeightIndex):
    """The heights of rows of text at one width in cells; long transcripts need their texts' lengths only."""

    def __init__(self, texts: Sequence[str], width: int, lengths: Sequence[int] | None = None) -> None:
        self._texts = texts
        self._width = width
        few = len(texts) <= EXACT_ROWS
        self._exact = bytearray(b"\x01" if few else b"\x00") * len(texts)
        if few:
            super().__init__([self._lines(text) for text in texts])
        else:
            per = 20 * width  # lines break between words, so that about a twentieth of each stays empty
            super().__init__([1 + 21 * length // per for length in lengths or list(map(len, texts))])

    def cuts(self, row: int) -> list[int]:
        """The code point each line of a row begins with."""
        return [0, *wrap_offsets(shown(self._texts[row]), self._width)]

    def line_of(self, row: int, position: int) -> int:
        """The line of the whole transcript on which this code point of a row stands."""
        line = bisect_right(self.cuts(row), position) - 1
        return self.top(row) + max(0, min(line, self.heights[row] - 1))

    def settle(self, row: int, lines: int) -> bool:
        """Make the heights exact for so many lines before and after a row; whether any had been wrong."""
        changed: dict[int, int] = {}
        for step in (1, -1):
            seen, index = 0, row
            while seen < lines and 0 <= index < len(self.heights):
                height = self._exactly(index)
                if height != self.heights[index]:
                    changed[index] = height
                seen += height
                index += step
        if changed:
            self.change(changed.items())
        return bool(changed)

    def _exactly(self, row: int) -> int:
        if self._exact[row]:
            return self.heights[row]
        self._exact[row] = 1
        return self._lines(self._texts[row])

    def _lines(self, text: str) -> int:
        # No character takes more than two cells: a short text is one line unless it holds a line end.
        if len(text) * 2 <= self._width and "\n" not in text and "\u240a" not in text:
            return 1
        return len(wrap_offsets(shown(text), self._width)) + 1
