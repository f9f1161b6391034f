"""A whole transcript as one widget that draws its own lines: a hundred thousand segments scroll like ten.

No child widgets: rows are wrapped once, lines found by bisection, drawn lines kept. It owns no keys; the
screen's commands call `move`, `page`, `to_first`, `to_last`, `choose` and the `select_...` methods.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.geometry import Offset
from textual.message import Message
from textual.reactive import reactive

from qualbench.text import shown, snap
from qualbench.tui.widgets.heights import Heights
from qualbench.tui.widgets.rolling import RowScroll
from qualbench.tui.widgets.selecting import Unit, first_anchor, moved_head
from qualbench.tui.widgets.stripes import Ink, Mark, Row, Span, columns_for, draw_row, fitted

__all__ = ["Mark", "Row", "TranscriptView"]

EMPTY = "There is no text here yet."


class TranscriptView(RowScroll, can_focus=True):
    """Segments with their state, speakers, words, code lanes and labels, and a cursor on one of them."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "transcript--cursor",
        "transcript--interviewer",
        "transcript--speaker",
        "transcript--mark",
        "transcript--lane",
        "transcript--label",
    }
    DEFAULT_CSS = """
    TranscriptView > .transcript--cursor { background: $primary 25%; }
    TranscriptView > .transcript--interviewer { text-style: dim; }
    TranscriptView > .transcript--speaker { text-style: bold; }
    TranscriptView > .transcript--mark { text-style: bold; }
    TranscriptView > .transcript--lane { text-style: bold; color: $text-accent; }
    TranscriptView > .transcript--label { text-style: dim; }
    """

    cursor = reactive(0, repaint=False)
    """Index of the row the coder is at."""

    @dataclass
    class Moved(Message):
        """The cursor is at another row."""

        index: int

    @dataclass
    class Chosen(Message):
        """The coder wants to do something with this row."""

        index: int

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002  (Textual's own word)
        super().__init__(id=id)
        self._rows: list[Row] = []
        self._measures = (0, 2)
        self._columns = columns_for(80, *self._measures)
        self._inks: tuple[Ink, Ink] | None = None
        self._reveals = True
        self._held: Span | None = None

    # --- what it shows ----------------------------------------------------------------------------------

    def load(self, rows: Sequence[Row], cursor: int = 0) -> None:
        """Show these rows with the cursor on one of them; no message is posted."""
        self._rows = list(rows)
        self._held = None
        self._measures = _measures(rows)
        self.set_reactive(TranscriptView.cursor, self.validate_cursor(cursor))
        self._lay_out()
        self._show_cursor()
        self.refresh()

    def replace(self, index: int, row: Row) -> None:
        """Show a changed row in its place; only that row is drawn again, unless its size became another."""
        old, self._rows[index] = self._rows[index], row
        speaker, key = self._measures
        widest = max(key, _measures([row])[1])
        if widest > key or row.text != old.text:
            self._measures = (speaker, widest)
            self._keep_place(self._lay_out)
        self._touch(index)

    @property
    def rows(self) -> Sequence[Row]:
        """The rows as they are shown."""
        return self._rows

    # --- moving -----------------------------------------------------------------------------------------

    def move(self, steps: int) -> None:
        """The cursor some rows on or back; in a row taller than the window one step first scrolls a line."""
        if abs(steps) != 1 or not self._scrolled_inside(self.cursor, steps):
            self.cursor += steps

    def page(self, pages: int) -> None:
        """Scroll by whole windows, one line overlapping, and take the cursor along."""
        if not self._rows or not self._window:
            return
        before = self.scroll_offset.y
        self._scroll(before + pages * max(1, self._window - 1))
        top = self.scroll_offset.y
        row, line = self._heights.at(top)
        if line and row + 1 < len(self._rows) and self._heights.tops[row + 2] <= top + self._window:
            row += 1
        if top == before:
            row = len(self._rows) - 1 if pages > 0 else 0
        self._reveals = False
        self.cursor = row
        self._reveals = True

    def to_first(self) -> None:
        """The cursor to the first row."""
        self.cursor = 0
        self._scroll(0)

    def to_last(self) -> None:
        """The cursor to the last row."""
        self.cursor = len(self._rows) - 1
        self._scroll(self._heights.total)

    def choose(self) -> None:
        """Tell the screen that the coder wants the row under the cursor."""
        if self._rows:
            self.post_message(self.Chosen(self.cursor))

    def validate_cursor(self, cursor: int) -> int:
        """The nearest row there is."""
        return max(0, min(cursor, len(self._rows) - 1))

    def watch_cursor(self, old: int, new: int) -> None:
        """Draw the two rows again, show the new one, tell the screen and the screen reader."""
        if old == new or not self._rows:
            return
        self._held = None
        self._settle(new)
        self._touch(old)
        self._touch(new)
        if self._reveals:
            self._reveal(new, from_below=new == old - 1)
        self._lead_screen_reader()
        self.post_message(self.Moved(new))

    def on_click(self, event: events.Click) -> None:
        """The cursor to the row that was clicked."""
        if self._rows:
            self._reveals = False
            self.cursor = self._heights.at(self.scroll_offset.y + event.y)[0]
            self._reveals = True

    def on_focus(self) -> None:
        """Screen readers follow to the cursor."""
        self._lead_screen_reader()

    # --- a selection inside the row under the cursor ----------------------------------------------------

    @property
    def selection(self) -> Span | None:
        """The selected stretch of the row under the cursor: code points, whole characters only."""
        if self._held is None or self._held[0] == self._held[1]:
            return None
        low, high = sorted(self._held)
        return snap(self._rows[self.cursor].text, low, high)

    def select_extend(self, unit: Unit, direction: int) -> None:
        """Grow (or shrink) the selection by a word or a character; the first step selects the first one."""
        if not self._rows:
            return
        text = self._rows[self.cursor].text
        if self._held is None:
            anchor = first_anchor(text, unit, direction)
            self._held = (anchor, anchor)
        anchor, head = self._held
        self._select(anchor, moved_head(text, anchor, head, unit, direction))

    def select_anchor(self, unit: Unit, direction: int) -> None:
        """Move the other end of the selection, so that it can begin in the middle of a segment."""
        if self._held is not None:
            anchor, head = self._held
            self._select(moved_head(self._rows[self.cursor].text, head, anchor, unit, direction), head)

    def select_span(self, start: int, end: int) -> None:
        """Select this stretch of the row under the cursor."""
        if self._rows:
            self._select(start, end)

    def select_clear(self) -> None:
        """Select nothing, which means the whole segment."""
        self._held = None
        self._touch(self.cursor)

    def _select(self, anchor: int, head: int) -> None:
        self._held = (anchor, head) if anchor != head else None
        self._touch(self.cursor)
        self._lead_screen_reader()

    # --- layout -----------------------------------------------------------------------------------------

    def on_resize(self) -> None:
        """Wrap again when the width changed; the place stays, and the cursor if it was in the window."""
        seen = self._in_window(self.cursor)
        self._window = self.size.height
        if len(self._heights.heights) != len(self._rows):
            self._lay_out()
            self._show_cursor()
        elif self._columns != columns_for(self._width, *self._measures):
            self._keep_place(self._lay_out)
        if seen:
            self._reveal(self.cursor)
        self._lead_screen_reader()

    def _show_cursor(self) -> None:
        """Bring the cursor into the window with something of what was said before."""
        if self._heights.total:
            self._scroll(self._span_of(self.cursor)[0] - self._window // 3)
            self._reveal(self.cursor)

    def _wrapped(self) -> Heights:
        self._columns = columns_for(self._width, *self._measures)
        heights = Heights([row.text for row in self._rows], self._columns.text)
        heights.settle(self.cursor, 2 * max(25, self._window))
        return heights

    def _lead_screen_reader(self) -> None:
        """Put the terminal's cursor where the coder is: braille displays and screen readers follow it."""
        if not self._heights.total or not self.has_focus:
            return
        head = self._held[1] if self._held else 0
        line = self._heights.line_of(self.cursor, head) - self.scroll_offset.y
        place = Offset(4 + self._columns.speaker, max(0, min(line, self._window - 1)))
        self.app.cursor_position = self.content_region.offset + place

    # --- drawing ----------------------------------------------------------------------------------------

    def notify_style_update(self) -> None:
        """Forget the styles; the new ones are not there yet: they are taken when a line is drawn."""
        super().notify_style_update()
        self._inks = None

    def _pieces(self, row: int) -> list[list[Segment]]:
        at_cursor = row == self.cursor
        selection = self.selection if at_cursor else None
        return draw_row(self._rows[row], self._columns, self._ink(at_cursor), at_cursor, selection)

    def _below(self, y: int) -> list[Segment]:
        sentence = f" {EMPTY}" if y == 0 and not self._rows else ""
        return [Segment(fitted(sentence, self._width), self._ink(False).quiet)]

    def _ink(self, at_cursor: bool) -> Ink:
        if self._inks is None:  # a style walks through all ancestors: taken once, never line by line
            base = self.rich_style
            self._inks = (
                self._make_ink(base),
                self._make_ink(self.get_component_rich_style("transcript--cursor")),
            )
        return self._inks[at_cursor]

    def _make_ink(self, base: Style) -> Ink:
        def on_base(part: str) -> Style:
            return base + self.get_component_rich_style(f"transcript--{part}", partial=True)

        quiet, rest = on_base("interviewer"), ("speaker", "mark", "lane", "label")
        return Ink(base, quiet, *map(on_base, rest))


def _measures(rows: Sequence[Row]) -> tuple[int, int]:
    """Cells of the longest speaker label, and of the longest code key between 2 and 4."""
    names = {row.speaker for row in rows}
    keys = {mark.key for row in rows for mark in row.marks}
    widest = max((cell_len(shown(key)) for key in keys), default=2)
    return max((cell_len(shown(name)) for name in names), default=0), max(2, min(4, widest))
