"""Scrolling over rows of wrapped text: the arithmetic and the fast drawing under the transcript view.

Its lines go to the screen as they are, past Textual's style cache, which would make each of them anew for each
frame and so lose what was computed for it. Hence no border, padding or tint on such a widget, only on its parent.
"""

from collections.abc import Callable, Sequence

from rich.cells import cell_len
from rich.segment import Segment
from textual.cache import LRUCache
from textual.color import Color
from textual.filter import LineFilter
from textual.geometry import Region, Size
from textual.scroll_view import ScrollView
from textual.strip import Strip

from qualbench.tui.widgets.heights import Heights
from qualbench.tui.widgets.marks import Span
from qualbench.tui.widgets.stripes import Line


class RowScroll(ScrollView, inherit_bindings=False):
    """Rows of different heights, drawn line by line; a subclass says how rows wrap and how one is drawn."""

    ALLOW_SELECT = False
    DEFAULT_CSS = """
    RowScroll {
        height: 1fr; width: 1fr; overflow-x: hidden; overflow-y: scroll; scrollbar-size-vertical: 1;
    }
    """

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002  (Textual's own word)
        super().__init__(id=id)
        self._heights = Heights([], 80)
        self._window = 0
        self._drawn: LRUCache[int, list[Strip]] = LRUCache(512)
        self._look: tuple[Sequence[LineFilter], Color, int] | None = None

    def _wrapped(self) -> Heights:
        """The heights of all rows at the present width."""
        raise NotImplementedError

    def _pieces(self, row: int) -> list[list[Segment]]:
        """The lines of one row."""
        raise NotImplementedError

    def _below(self, y: int) -> list[Segment]:
        """The line at `y` of the window, where that is below the last row."""
        raise NotImplementedError

    # --- layout -----------------------------------------------------------------------------------------

    @property
    def _width(self) -> int:
        return self.scrollable_content_region.width

    def _lay_out(self) -> None:
        """Find every row's height for the present width."""
        self._drawn.clear()
        self._look = None
        self._heights = self._wrapped() if self._width else Heights([], 80)
        self.virtual_size = Size(self._width, self._heights.total)

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Make the heights exact that are about to be seen."""
        super().watch_scroll_y(old_value, new_value)
        if self._heights.total:
            self._settle(self._heights.at(round(new_value))[0])

    def _settle(self, row: int) -> None:
        def settle() -> bool:
            return self._heights.settle(row, 2 * max(25, self._window))

        self._keep_place(settle)

    def _keep_place(self, change: Callable[[], object]) -> None:
        """Let heights change, and keep the words at the top of the window where they are."""
        if not self._heights.total:
            change()
            return
        row, line = self._heights.at(self.scroll_offset.y)
        position = self._heights.cuts(row)[line]
        if change() is False or not self._heights.total:
            return
        self._heights.settle(row, 2 * self._window)
        self.virtual_size = Size(self._width, self._heights.total)
        self._scroll(self._heights.line_of(row, position))
        self.refresh()

    def _scroll(self, line: int) -> None:
        self.scroll_to(y=line, animate=False, force=True)

    def _in_window(self, row: int) -> bool:
        top, end = self._span_of(row)
        first = self.scroll_offset.y
        return top < first + self._window and end > first

    def _span_of(self, row: int) -> Span:
        """The lines of a row in the whole transcript, half-open."""
        if row >= len(self._heights.heights):
            return 0, 0
        return self._heights.top(row), self._heights.top(row + 1)

    def _reveal(self, row: int, *, from_below: bool = False) -> None:
        """Scroll as little as shows the row; of one taller than the window, the end one comes from."""
        (top, end), first = self._span_of(row), self.scroll_offset.y
        if end - top > self._window:
            self._scroll(end - self._window if from_below else top)
        elif top < first:
            self._scroll(top)
        elif end > first + self._window:
            self._scroll(end - self._window)

    def _reveal_line(self, line: int) -> None:
        """Scroll as little as shows the line."""
        first = self.scroll_offset.y
        if line < first:
            self._scroll(line)
        elif line >= first + self._window > first:
            self._scroll(line - self._window + 1)

    def _scrolled_inside(self, row: int, step: int) -> bool:
        """Scroll inside a row that is taller than the window; whether there was still something to scroll to."""
        (top, end), first = self._span_of(row), self.scroll_offset.y
        more = end > first + self._window if step > 0 else top < first
        if end - top <= self._window or not self._in_window(row) or not more:
            return False
        self._scroll(first + step)
        return True

    # --- drawing ----------------------------------------------------------------------------------------

    def notify_style_update(self) -> None:
        """Forget every drawn line."""
        super().notify_style_update()
        self._drawn.clear()
        self._look = None

    def render_line(self, y: int) -> Strip:
        """The line at `y` of the window."""
        line = self.scroll_offset.y + y
        if line < self._heights.total:
            row, number = self._heights.at(line)
            strips = self._strips(row)
            if number < len(strips):
                return strips[number]
        return self._line(self._below(y))

    def render_lines(self, crop: Region) -> list[Strip]:
        """The same lines as Textual's own way gives, but the same objects each time, with their caches."""
        strips = [self.render_line(y) for y in crop.line_range]
        first, last = crop.column_span
        if (first, last) == (0, self.size.width):
            return strips
        return [strip.crop(first, last) for strip in strips]

    def _strips(self, row: int) -> list[Strip]:
        strips = self._drawn.get(row)
        if strips is None:
            strips = self._drawn[row] = [self._line(pieces) for pieces in self._pieces(row)]
        return strips

    def _line(self, pieces: list[Segment]) -> Strip:
        """A line ready for the terminal: filters (no colour, dim) are applied once and not at every frame."""
        if self._look is None:  # each walks through all ancestors: asked once, never line by line
            self._look = (self.get_line_filters(), self.background_colors[1], self._width)
        filters, background, width = self._look
        for line_filter in filters:
            pieces = line_filter.apply(pieces, background)
        line = Line(pieces, sum(cell_len(piece.text) for piece in pieces))
        if line.cell_length == width:
            return line
        return line.adjust_cell_length(width, pieces[-1].style if pieces else None)

    def _touch(self, row: int) -> None:
        """Draw a row again."""
        self._drawn.discard(row)
        top, end = self._span_of(row)
        self.refresh_lines(top, end - top)

    def _touch_rows(self, first: int, end: int) -> None:
        """Draw several rows again."""
        if end - first > 64:
            self._drawn.clear()
            self.refresh()
            return
        for row in range(first, end):
            self._touch(row)
