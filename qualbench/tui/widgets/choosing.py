"""The cursor and the selection of a transcript view: with the keyboard or the mouse, over any number of rows.

Textual's own selection counts code points for cells and knows no keyboard; here an end is a row and a code point,
and what is selected is always whole characters as a person sees them.
"""

from __future__ import annotations

from rich.cells import cell_len
from textual import events
from textual.geometry import Offset
from textual.reactive import reactive
from textual.timer import Timer

from qualbench.text import clusters, shown
from qualbench.tui.widgets.marks import Listed, Rows, Span, Texts
from qualbench.tui.widgets.rolling import RowScroll
from qualbench.tui.widgets.selecting import Place, Unit, first_anchor, moved, moved_rows, tight, unit_at, whole_rows
from qualbench.tui.widgets.stripes import Columns, Selected, columns_for
from qualbench.tui.widgets.wrap import HANGING

SIGNS = 3
"""Cells of the signs at the beginning of each line."""
TICK = 1 / 30
"""Seconds between two lines while the mouse pulls at the edge of the window."""


class RowChooser(RowScroll):
    """Rows with a cursor on one of them, and a selection that may go over several."""

    cursor = reactive(0, repaint=False)
    """Index of the row the coder is at."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002  (Textual's own word)
        super().__init__(id=id)
        self._rows: Rows = Listed(())
        self._texts = Texts(self._rows)
        self._columns: Columns = columns_for(80, 0, 2)
        self._reveals = True
        self._held: tuple[Place, Place] | None = None
        self._chosen: tuple[Place, Place] | None = None
        self._keeps = False
        self._pressed: tuple[int, int, int] | None = None
        self._dragged = False
        self._pull = 0
        self._pulling: Timer | None = None

    # --- what is selected --------------------------------------------------------------------------------------

    @property
    def selection(self) -> tuple[Place, Place] | None:
        """Where the selection begins and ends, each a row and a code point in its text; whole characters only."""
        return self._chosen

    def selected_span(self) -> Span | None:
        """The selection in the transcript's own offsets."""
        if self._chosen is None:
            return None
        (first, start), (last, end) = self._chosen
        return self._rows[first].start + start, self._rows[last].start + end

    def select_extend(self, unit: Unit, direction: int) -> None:
        """Move the end of the selection by a word, a character or a sentence, over row borders too."""
        if not len(self._rows):
            return
        if self._held is None:
            start = (self.cursor, first_anchor(self._texts[self.cursor], unit, direction))
            self._held = (start, start)
        anchor, head = self._held
        self._hold(anchor, moved(self._texts, anchor, head, unit, direction))

    def select_anchor(self, unit: Unit, direction: int) -> None:
        """Move the other end of the selection, so that it can begin in the middle of a row."""
        if self._held is not None:
            anchor, head = self._held
            self._hold(moved(self._texts, head, anchor, unit, direction), head)

    def select_rows(self, direction: int) -> None:
        """Select whole rows: first the one under the cursor with the next one (or the one before), then more."""
        if len(self._rows):
            here = (self.cursor, 0)
            self._hold(*moved_rows(self._texts, *(self._held or (here, here)), direction))

    def select_row(self) -> None:
        """Select the whole row under the cursor."""
        if len(self._rows):
            self._hold(*whole_rows(self._texts, self.cursor, self.cursor))

    def select_span(self, start: int, end: int) -> None:
        """Select this stretch of the row under the cursor."""
        if len(self._rows):
            self._hold((self.cursor, start), (self.cursor, end))

    def select_clear(self) -> None:
        """Select nothing, which means the whole row under the cursor."""
        self._held = None
        self._choose(None)
        self._touch(self.cursor)

    def _hold(self, anchor: Place, head: Place, *, reveals: bool = True) -> None:
        """Select from one place to another; the cursor goes with the end that moves."""
        self._held = (anchor, head) if anchor != head else None
        self._choose(tight(self._texts, anchor, head))
        self._go(head[0], keeps=True, reveals=reveals)
        if reveals and self._heights.total:
            self._reveal_line(self._heights.line_of(*head))
        self._lead_screen_reader()

    def _choose(self, chosen: tuple[Place, Place] | None) -> None:
        """Draw again what became selected and what is so no longer."""
        before, self._chosen = self._chosen, chosen
        ends = [end for one in (before, chosen) if one for end in one]
        if ends:
            self._touch_rows(min(ends)[0], max(ends)[0] + 1)

    def _go(self, row: int, *, keeps: bool = False, reveals: bool = True) -> None:
        """The cursor to a row, with the selection as it is or without it."""
        self._keeps, self._reveals = keeps, reveals
        self.cursor = row
        self._keeps, self._reveals = False, True

    def _part(self, row: int) -> Selected | None:
        """The selected part of a row."""
        if self._chosen is None:
            return None
        (first, start), (last, end) = self._chosen
        if not first <= row <= last:
            return None
        return Selected(
            start if row == first else 0, end if row == last else len(self._texts[row]), row == first, row == last
        )

    # --- the mouse ---------------------------------------------------------------------------------------------

    def hit(self, x: int, y: int) -> tuple[int, int, int]:
        """The row and the character at a cell of the window, as code points; behind a line's end there is none."""
        row, number = self._heights.at(self.scroll_offset.y + y)
        text = shown(self._texts[row])
        cuts = [*self._heights.cuts(row), len(text)]
        low, high = cuts[min(number, len(cuts) - 2)], cuts[min(number + 1, len(cuts) - 1)]
        cell, position = SIGNS + self._columns.speaker + 1, low
        for cluster in clusters(text[low:high].rstrip(HANGING)):
            cell += cell_len(cluster)
            if x < cell:
                return row, position, position + len(cluster)
            position += len(cluster)
        return row, position, position

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """The cursor to the row under the mouse; with Shift, the selection up to there."""
        if event.button > 1 or not len(self._rows):
            return
        row, start, end = self._pressed = self.hit(event.x, event.y)
        self._dragged = False
        if event.shift:
            anchor = self._held[0] if self._held else (self.cursor, 0)
            self._pressed = (*anchor, anchor[1])
            self._hold(anchor, (row, end if anchor <= (row, start) else start), reveals=False)
        else:
            self.select_clear()
            self._go(row, reveals=False)
        self.capture_mouse()

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """While the button is down: select from where it went down; beyond the edge the text comes along."""
        if self._pressed is None:
            return
        self._drag_to(event.x, event.y)
        self._pull = -1 if event.y < 0 else 1 if event.y >= self._window else 0
        if self._pull and self._pulling is None:
            self._pulling = self.set_interval(TICK, lambda: self._pull_on(event.x))
        elif not self._pull:
            self._let_go()

    def _pull_on(self, x: int) -> None:
        self._scroll(self.scroll_offset.y + self._pull)
        self._drag_to(x, 0 if self._pull < 0 else self._window - 1)

    def _drag_to(self, x: int, y: int) -> None:
        if self._pressed is None:
            return
        row, start, end = here = self.hit(x, max(0, min(y, self._window - 1)))
        if here == self._pressed and not self._dragged:
            return
        self._dragged = True
        first, low, high = self._pressed
        if (row, start) >= (first, low):
            self._hold((first, low), (row, end), reveals=False)
        else:
            self._hold((first, high), (row, start), reveals=False)

    def _let_go(self) -> None:
        if self._pulling is not None:
            self._pulling.stop()
            self._pulling = None

    def on_mouse_up(self) -> None:
        """What is selected stays so."""
        self._let_go()
        if self._pressed is not None:
            self._pressed = None
            self.release_mouse()

    def on_click(self, event: events.Click) -> None:
        """Twice selects the word, three times the row."""
        if self._dragged or event.chain < 2 or not len(self._rows):
            return
        row, position, _ = self.hit(event.x, event.y)
        span = unit_at(self._texts[row], position, "word") if event.chain == 2 else (0, len(self._texts[row]))
        self._hold((row, span[0]), (row, span[1]), reveals=False)

    # --- for those who do not see it ---------------------------------------------------------------------------

    def _lead_screen_reader(self) -> None:
        """Put the terminal's cursor where the coder is: braille displays and screen readers follow it."""
        if not self._heights.total or not self.has_focus:
            return
        row, position = self._held[1] if self._held else (self.cursor, 0)
        line = self._heights.line_of(row, position) - self.scroll_offset.y
        place = Offset(SIGNS + 1 + self._columns.speaker, max(0, min(line, self._window - 1)))
        self.app.cursor_position = self.content_region.offset + place
