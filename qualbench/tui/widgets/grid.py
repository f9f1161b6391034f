"""A table that scrolls both ways under a head and beside labels that stay; only what is seen is drawn.

It owns no keys but those of the mouse: the screen's commands call `move`, `page` and `go_to`. The cell under the bar
stands between brackets, so that no colour is needed to see it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from textwrap import wrap
from typing import ClassVar

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.geometry import Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from qualbench.text import shown
from qualbench.tui.widgets.lines import HERE, cells

LABEL, HEAD = 16, 12
"""Cells that a row's label and a column's head have at least, when they need them."""
LINES = 3
"""So many lines a head has whose label is longer."""


@dataclass(frozen=True, slots=True)
class Table:
    """Labels, heads, and a function that tells what stands in a cell; empty cells are told by a single sign."""

    rows: Sequence[str] = ()
    columns: Sequence[str] = ()
    cell: Callable[[int, int], str] = lambda _row, _column: ""
    widest: int = 1
    """Characters of the longest cell."""
    corner: str = ""
    """What stands over the labels."""


EMPTY = "·"


class Grid(ScrollView, can_focus=True, inherit_bindings=False):
    """The table with a bar on one of its cells."""

    ALLOW_SELECT = False
    COMPONENT_CLASSES: ClassVar[set[str]] = {"grid--head", "grid--empty", "grid--bar", "grid--row"}
    DEFAULT_CSS = """
    Grid { height: 1fr; width: 1fr; background: $background; scrollbar-size-vertical: 1; scrollbar-size-horizontal: 1; }
    Grid > .grid--head { text-style: dim; }
    Grid > .grid--empty { text-style: dim; }
    Grid > .grid--bar { text-style: bold reverse; }
    Grid > .grid--row { background: $primary 20%; }
    """

    @dataclass
    class Moved(Message):
        """The bar is on another cell."""

    @dataclass
    class Chosen(Message):
        """The cell under the bar was clicked once more."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002  (Textual's own word)
        super().__init__(id=id)
        self._table = Table()
        self._at = (0, 0)
        self._label = self._each = self._high = 1

    @property
    def at(self) -> tuple[int, int]:
        """Row and column under the bar, counted from 0."""
        return self._at

    def show_table(self, table: Table) -> None:
        """Show this table; the bar stays at its place as far as there is one."""
        self._table = table
        self._lay_out()
        self.go_to(*self._at)

    # --- moving --------------------------------------------------------------------------------------------------

    def move(self, rows: int, columns: int) -> None:
        """Move the bar by so many rows and columns."""
        self.go_to(self._at[0] + rows, self._at[1] + columns)

    def page(self, pages: int) -> None:
        """Move the bar by a window's rows."""
        self.move(pages * max(1, self._window[0] - 1), 0)

    def go_to(self, row: int, column: int) -> None:
        """Move the bar to a cell, or to the nearest one there is."""
        kept_row = max(0, min(row, len(self._table.rows) - 1))
        kept_column = max(0, min(column, len(self._table.columns) - 1))
        self._at = (kept_row, kept_column)
        self._reveal()
        self.refresh()
        self.post_message(self.Moved())

    def on_mouse_up(self, event: events.MouseUp) -> None:
        """A click moves the bar to the cell; one on the cell under the bar chooses it."""
        row, column = (
            self.scroll_offset.y + event.y - self._high,
            self._first + (event.x - self._label - 2) // self._each,
        )
        inside = event.y >= self._high and event.x >= self._label + 2
        if not inside or row >= len(self._table.rows) or column >= len(self._table.columns):
            return
        if (row, column) == self._at:
            self.post_message(self.Chosen())
        else:
            self.go_to(row, column)

    # --- layout --------------------------------------------------------------------------------------------------

    def on_resize(self) -> None:
        """Fit labels and columns again."""
        self._lay_out()
        self._reveal()

    def _lay_out(self) -> None:
        table, width = self._table, self.scrollable_content_region.width
        count = max(1, len(table.columns))
        wanted = max((cell_len(one) for one in table.columns), default=1)
        least = max(table.widest, min(wanted, HEAD)) + 1
        longest = max((cell_len(one) for one in table.rows), default=1)
        self._label = min(longest, max(LABEL, width // 3, width - 3 - count * least))
        spare = (width - self._label - 3) // count - 1
        self._each = max(table.widest, min(wanted, max(HEAD, spare))) + 1
        self._high = 1 if wanted < self._each else LINES
        self.virtual_size = Size(self._label + 3 + count * self._each, len(table.rows) + self._high)

    @property
    def _window(self) -> tuple[int, int]:
        """How many rows and columns are seen at once."""
        region = self.scrollable_content_region
        return max(1, region.height - self._high), max(1, (region.width - self._label - 3) // self._each)

    @property
    def _first(self) -> int:
        """The first column that is seen: columns are never cut by the labels."""
        return -(-self.scroll_offset.x // self._each)

    def _reveal(self) -> None:
        """Scroll as little as shows the bar."""
        (row, column), (rows, columns) = self._at, self._window
        top, first = self.scroll_offset.y, self._first
        top = row if row < top else max(top, row - rows + 1)
        first = column if column < first else max(first, column - columns + 1)
        self.scroll_to(x=first * self._each, y=top, animate=False, force=True)

    # --- drawing -------------------------------------------------------------------------------------------------

    def render_line(self, y: int) -> Strip:
        """The head, or a row as far as it is seen."""
        base, width = self.rich_style, self.scrollable_content_region.width
        row = self.scroll_offset.y + y - self._high
        if y < self._high:
            pieces = self._head(y, base)
        elif row < len(self._table.rows):
            pieces = self._row(row, base)
        else:
            pieces = []
        return Strip(pieces).adjust_cell_length(width, base)

    @property
    def _seen(self) -> range:
        """The columns that are seen."""
        return range(self._first, min(len(self._table.columns), self._first + self._window[1]))

    def _head(self, line: int, base: Style) -> list[Segment]:
        dim, bar = base + self.get_component_rich_style("grid--head"), base + Style(bold=True)
        pieces = [Segment(" " + cells(self._table.corner if line == self._high - 1 else "", self._label), dim)]
        for column in self._seen:
            words = _wrapped(self._table.columns[column], self._each - 1, self._high)[line]
            label = " " + cells(words, self._each - 1, right=True)
            pieces.append(Segment(label, bar if column == self._at[1] else dim))
        return pieces

    def _row(self, row: int, base: Style) -> list[Segment]:
        is_here, seen = row == self._at[0], self._seen
        look = base + self.get_component_rich_style("grid--row") if is_here else base
        dim, bar = look + self.get_component_rich_style("grid--empty"), self.get_component_rich_style("grid--bar")
        label = (HERE if is_here else " ") + cells(self._table.rows[row], self._label)
        pieces = [Segment(label, look + Style(bold=True) if is_here else look)]
        for column in seen:
            words = self._table.cell(row, column)
            under = is_here and column == self._at[1]
            before = "[" if under else "]" if is_here and column - 1 == self._at[1] and column != seen[0] else " "
            pieces.append(Segment(before, look))
            pieces.append(
                Segment(
                    cells(words, self._each - 1, right=True),
                    look + bar if under else dim if words.strip() == EMPTY else look,
                )
            )
        if is_here and seen and seen[-1] == self._at[1]:
            pieces.append(Segment("]", look))
        return pieces


@lru_cache(4096)
def _wrapped(label: str, width: int, lines: int) -> list[str]:
    """A label over so many lines, the last ones filled first.

    >>> _wrapped("Bridgewater Night Line", 12, 3)
    ['', 'Bridgewater', 'Night Line']
    """
    if lines == 1:
        return [label]
    kept = wrap(shown(label[: 4 * width * lines]), width, max_lines=lines, placeholder="…") or [""]
    return [""] * (lines - len(kept)) + kept
