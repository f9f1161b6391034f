"""A whole transcript as one widget that draws its own lines: a hundred thousand segments scroll like ten.

No child widgets: rows are wrapped once, lines found by bisection, drawn lines kept. It owns no keys; the
screen's commands call `move`, `page`, `to_first`, `to_last`, `choose` and the `select_...` methods.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual.message import Message

from qualbench.tui.widgets.choosing import RowChooser
from qualbench.tui.widgets.heights import Heights
from qualbench.tui.widgets.hues import readable
from qualbench.tui.widgets.marks import Listed, Mark, Row, Rows, Texts, legend
from qualbench.tui.widgets.stripes import Ink, columns_for, draw_row, fitted

__all__ = ["Listed", "Mark", "Row", "Rows", "TranscriptView"]

EMPTY = "There is no text here yet."


class TranscriptView(RowChooser, can_focus=True):
    """Segments with their state, speakers, words, code lanes and labels, and a cursor on one of them."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "transcript--cursor",
        "transcript--interviewer",
        "transcript--speaker",
        "transcript--mark",
        "transcript--lane",
        "transcript--label",
        "transcript--active",
    }
    DEFAULT_CSS = """
    TranscriptView > .transcript--cursor { background: $primary 25%; }
    TranscriptView > .transcript--interviewer { text-style: dim; }
    TranscriptView > .transcript--speaker { text-style: bold; }
    TranscriptView > .transcript--mark { text-style: bold; }
    TranscriptView > .transcript--lane { text-style: bold; color: $text-accent; }
    TranscriptView > .transcript--label { text-style: dim; }
    TranscriptView > .transcript--active { background: $secondary 35%; text-style: italic; }
    """

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
        self._measures = (0, 2)
        self._inks: tuple[Ink, Ink] | None = None
        self._active = ""

    # --- what it shows ----------------------------------------------------------------------------------

    def load(self, rows: Sequence[Row], cursor: int = 0) -> None:
        """Show these rows with the cursor on one of them; no message is posted."""
        self._rows = rows if isinstance(rows, Rows) else Listed(rows)
        self._texts = Texts(self._rows)
        self._held = self._chosen = self._pressed = None
        self._measures = self._rows.measures
        self.set_reactive(TranscriptView.cursor, self.validate_cursor(cursor))
        self._lay_out()
        self._show_cursor()
        self.refresh()

    def in_place(self, load: Callable[[], object]) -> None:
        """Let rows be loaded anew that nobody here asked for: where their words are the same, whoever reads or selects
        stays at the same ones.
        """
        rows, held, chosen = self._rows, self._held, self._chosen

        def is_same() -> bool:
            load()
            same = [*rows.lengths] == [*self._rows.lengths]
            if same:
                self._held, self._chosen = held, chosen
            return same

        self._keep_place(is_same)

    def redraw(self, first: int, end: int) -> None:
        """The codes on these rows changed, their texts did not: draw them again, and nothing else."""
        if self._rows.measures != self._measures:
            self._measures = self._rows.measures
            self._keep_place(self._lay_out)
        self._touch_rows(max(0, first), min(end, len(self._rows)))

    @property
    def rows(self) -> Rows:
        """The rows as they are shown."""
        return self._rows

    def show_code(self, code: str | None) -> None:
        """Put a background behind the words of this code alone, wherever they stand; None behind no words."""
        if self._active != (code or ""):
            self._active = code or ""
            self._drawn.clear()
            self.refresh()

    @property
    def shown_code(self) -> str | None:
        """The code whose words have a background."""
        return self._active or None

    def in_window(self) -> list[Row]:
        """The rows of which a line is in the window now."""
        if not self._heights.total:
            return []
        top = self.scroll_offset.y
        first, last = self._heights.at(top)[0], self._heights.at(top + max(1, self._window) - 1)[0]
        return self._rows[first : last + 1]

    def legend(self) -> list[tuple[str, str, str]]:
        """Key, label and colour (#rrggbb, or empty) of every code in the window, as readable as they are drawn."""
        behind = self._ink(False).background
        return [
            (key, label, readable(colour, behind) if colour else "") for key, label, colour in legend(self.in_window())
        ]

    # --- moving -----------------------------------------------------------------------------------------

    def move(self, steps: int) -> None:
        """The cursor some rows on or back; in a row taller than the window one step first scrolls a line."""
        if abs(steps) != 1 or not self._scrolled_inside(self.cursor, steps):
            self.cursor += steps

    def page(self, pages: int) -> None:
        """Scroll by whole windows, one line overlapping, and take the cursor along."""
        if not len(self._rows) or not self._window:
            return
        before = self.scroll_offset.y
        self._scroll(before + pages * max(1, self._window - 1))
        top = self.scroll_offset.y
        row, line = self._heights.at(top)
        if line and row + 1 < len(self._rows) and self._heights.top(row + 2) <= top + self._window:
            row += 1
        if top == before:
            row = len(self._rows) - 1 if pages > 0 else 0
        self._go(row, reveals=False)

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
        if len(self._rows):
            self.post_message(self.Chosen(self.cursor))

    def validate_cursor(self, cursor: int) -> int:
        """The nearest row there is."""
        return max(0, min(cursor, len(self._rows) - 1))

    def watch_cursor(self, old: int, new: int) -> None:
        """Draw the two rows again, show the new one, tell the screen and the screen reader."""
        if old == new or not len(self._rows):
            return
        if not self._keeps:
            self._held = None
            self._choose(None)
        self._settle(new)
        self._touch(old)
        self._touch(new)
        if self._reveals:
            self._reveal(new, from_below=new == old - 1)
        self._lead_screen_reader()
        self.post_message(self.Moved(new))

    def on_focus(self) -> None:
        """Screen readers follow to the cursor."""
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
        heights = Heights(self._texts, self._columns.text, self._rows.lengths)
        heights.settle(self.cursor, 2 * max(25, self._window))
        return heights

    # --- drawing ----------------------------------------------------------------------------------------

    def notify_style_update(self) -> None:
        """Forget the styles; the new ones are not there yet: they are taken when a line is drawn."""
        super().notify_style_update()
        self._inks = None

    def _pieces(self, row: int) -> list[list[Segment]]:
        at_cursor = row == self.cursor
        ink = self._ink(at_cursor)
        return draw_row(self._rows[row], self._columns, ink, at_cursor, self._part(row), self._active)

    def _below(self, y: int) -> list[Segment]:
        sentence = f" {EMPTY}" if y == 0 and not len(self._rows) else ""
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

        behind = base.bgcolor.triplet.hex if base.bgcolor and base.bgcolor.triplet else "#000000"
        quiet, speaker, mark, lane, label = map(on_base, ("interviewer", "speaker", "mark", "lane", "label"))
        return Ink(base, quiet, speaker, mark, lane, label, self._behind_words(), behind)

    def _behind_words(self) -> Style:
        """The background of the code that is looked at, without the colour of the words on it."""
        style = self.get_component_rich_style("transcript--active")
        return Style(bgcolor=style.bgcolor, italic=True)
