"""Choosing a code by typing a few letters of it, without ever choosing another one.

An overlay on its own layer of the screen it belongs to: always there, shown and hidden with `display`.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from rich.cells import cell_len
from textual import events
from textual.app import App, ComposeResult
from textual.containers import Container, Vertical
from textual.content import Content
from textual.geometry import Offset
from textual.message import Message
from textual.timer import Timer
from textual.widgets import Static

from qualbench.text import clusters, shown
from qualbench.tui.widgets.entries import Entry, code_line, definition, entries_of
from qualbench.tui.widgets.matcher import CodeFinder, Found

__all__ = ["CodePalette", "Entry", "entries_of", "route"]

WIDE = 100
"""From this width in cells on, the definition stands beside the list."""
TALL = 36
"""From this height in cells on, a wide palette has room for more than the definition."""
PAUSE = 0.15
"""Seconds without a key, after which the palette shows more than what a key needs."""
LIMIT = 50
"""So many codes are listed for a query; without one, all of them."""
_Result = TypeVar("_Result")
_PASSED = {"ctrl+c", "ctrl+q"}


def route(app: App[_Result], event: events.Key | events.Paste) -> bool:
    """Give a key or a paste that reached the app to the open palette of its screen; whether there was one."""
    for palette in app.screen.query(CodePalette):
        if palette.is_open:
            return palette.feed(event)
    return False


class CodePalette(Vertical):
    """A query, the codes that fit, and what the code under the bar means.

    Keys typed ahead. A terminal may deliver `c`, six letters and Enter in one read. Textual then hands all of them
    to the widget that had the focus when they were read, and a palette with an input of its own would get them
    late, out of order or never: the wrong code. So this palette never takes the focus. While it is open every key
    goes the one way it always goes (focused widget, its parents, app), in order, and the app hands it over:

        class Workbench(App[None]):
            def on_key(self, event: events.Key) -> None:
                route(self, event)

            def on_paste(self, event: events.Paste) -> None:
                route(self, event)

    The screen declares the layer (`layers: base palette`), keeps the focus on a widget that leaves keys alone (a
    TranscriptView does, an Input does not), gives no key that can be typed a priority binding, and opens the
    palette inside the action itself, not later. `then` is called inside the very key that picks, so that whatever
    was typed after Enter finds the code applied; the message `Picked` follows a moment later, for those who need
    no order.

    Enter picks nothing when nothing fits, or when nothing was typed and no code is recent. A paste is only text:
    a line end in it is not Enter.
    """

    DEFAULT_CSS = """
    CodePalette {
        layer: palette; dock: bottom; display: none; height: auto; width: 100%;
        background: $surface; color: $foreground; border: round $accent; padding: 0 1;
    }
    CodePalette Static { width: 100%; height: 1; background: $surface; }
    CodePalette #palette-body { height: auto; width: 100%; layout: vertical; }
    CodePalette #palette-list { height: 8; text-wrap: nowrap; }
    CodePalette #palette-definition { height: 5; text-wrap: nowrap; text-overflow: ellipsis; }
    CodePalette.-wide #palette-body { layout: horizontal; }
    CodePalette.-wide #palette-list { width: 55%; height: 14; }
    CodePalette.-wide #palette-definition { width: 45%; height: 14; text-wrap: wrap; padding: 0 0 0 2; }
    """

    @dataclass
    class Picked(Message):
        """The coder picked this code."""

        code_id: str

    @dataclass
    class Closed(Message):
        """The palette was left without a pick."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002  (Textual's own word)
        super().__init__(id=id)
        self._entries: Sequence[Entry] = ()
        self._finder = CodeFinder(())
        self._recent: Sequence[str] = ()
        self._already: frozenset[str] = frozenset()
        self._then: Callable[[str], None] | None = None
        self._query = ""
        self._heading = "Code"
        self._found: list[Found] = []
        self._bar = 0
        self._moved = False
        self._open = False
        self._by_id: dict[str, Entry] = {}
        self._first = 0
        self._rows, self._cells = 8, 76
        self._beside: Callable[[str], Sequence[str]] | None = None
        self._pause: Timer | None = None

    def compose(self) -> ComposeResult:
        """A query line, and under it the list with the definition."""
        yield Static(id="palette-query", markup=False)
        with Container(id="palette-body"):
            yield Static(id="palette-list", markup=False)
            yield Static(id="palette-definition", markup=False)

    @property
    def is_open(self) -> bool:
        """Whether keys belong to the palette now."""
        return self._open

    @property
    def asked(self) -> str:
        """What was typed so far."""
        return self._query

    @property
    def highlighted(self) -> str:
        """The id of the code that Enter would pick; empty when it would pick none."""
        if not self._found or not (self._query.strip() or self._moved or self._recent):
            return ""
        return self._found[self._bar].id

    def open(
        self,
        entries: Sequence[Entry],
        recent: Sequence[str] = (),
        already: Sequence[str] = (),
        then: Callable[[str], None] | None = None,
        title: str = "Code",
        beside: Callable[[str], Sequence[str]] | None = None,
    ) -> None:
        """Show the palette; `recent` are ids, last used first, `already` those the segment has (with a tick).

        `beside` gives lines to show under the definition of the code at the bar, such as what it was given to before;
        it is asked once the keys pause, so that no key waits for it.
        """
        self._beside = beside
        self._heading = title
        if entries is not self._entries:
            self._finder = CodeFinder([(entry.id, entry.label) for entry in entries])
            self._entries = entries
        self._by_id = {entry.id: entry for entry in entries}
        self._recent = [code for code in recent if code in self._by_id]
        self._already = frozenset(already)
        self._then = then
        self._open = True
        self._fit()
        self.display = True
        self._ask("")

    def close(self) -> None:
        """Hide the palette without a pick."""
        if self._open:
            self._hide()
            self.post_message(self.Closed())

    def feed(self, event: events.Key | events.Paste) -> bool:
        """Take a key or a paste, when open; whether it was taken (keys that end the program are not)."""
        if not self._open or (isinstance(event, events.Key) and event.key in _PASSED):
            return False
        event.stop()
        event.prevent_default()
        if isinstance(event, events.Paste):
            self._ask(self._query + " ".join(event.text.split()))
        else:
            self._press(event)
        return True

    def on_resize(self) -> None:
        """Fit the list again."""
        if self._open:
            self._fit()
            self._draw()

    def on_click(self, event: events.Click) -> None:
        """A click on a code picks it."""
        at = event.get_content_offset(self.query_one("#palette-list")) if self._open else None
        if at is not None and self._first + at.y < len(self._found):
            self._bar, self._moved = self._first + at.y, True
            self._pick()

    # --- keys -------------------------------------------------------------------------------------------

    def _press(self, event: events.Key) -> None:
        steps = {
            "up": -1,
            "ctrl+p": -1,
            "down": 1,
            "ctrl+n": 1,
            "pageup": -self._rows,
            "pagedown": self._rows,
        }
        if event.key == "enter":
            self._pick()
        elif event.key == "escape":
            self.close()
        elif event.key in steps:
            self._step(steps[event.key])
        elif event.key == "backspace":
            self._ask("".join(clusters(self._query)[:-1]))
        elif event.key == "ctrl+w":
            self._ask(" ".join(self._query.split()[:-1]))
        elif event.key == "ctrl+u":
            self._ask("")
        elif event.is_printable and event.character:
            self._ask(self._query + event.character)

    def _ask(self, query: str) -> None:
        self._query = query
        limit = LIMIT if query.strip() else len(self._entries)
        self._found = self._finder.search(query, limit, self._recent)
        self._bar, self._moved = 0, False
        self._draw()

    def _step(self, steps: int) -> None:
        if self._found:
            bar = self._bar + steps if self.highlighted else 0
            self._bar = max(0, min(bar, len(self._found) - 1))
            self._moved = True
            self._draw()

    def _pick(self) -> None:
        code_id = self.highlighted
        if not code_id:
            return
        then = self._then
        self._hide()
        if then is not None:
            then(code_id)
        self.post_message(self.Picked(code_id))

    def _hide(self) -> None:
        self._open = False
        self._then = None
        self._beside = None
        self._wait(False)
        self.display = False

    # --- drawing ----------------------------------------------------------------------------------------

    def _fit(self) -> None:
        """Take the room there is: beside each other when wide, one above the other and smaller when not."""
        width, height = self.screen.size
        wide = width >= WIDE
        self.set_class(wide, "-wide")
        more = (2 if not wide else 4 if height >= TALL else 0) * (self._beside is not None)
        self._rows = max(3, min(14 + more, height - 8) if wide else min(8, height - 11) - more)
        self.query_one("#palette-definition").styles.height = (14 if wide else 5) + more
        self._cells = (width - 4) * 55 // 100 - 1 if wide else width - 4
        self.query_one("#palette-list").styles.height = self._rows

    def _draw(self) -> None:
        self._first = max(0, min(self._bar - self._rows // 2, len(self._found) - self._rows))
        parts = {
            "query": self._query_line(),
            "list": Content("\n").join(self._code_line(n) for n in range(self._first, self._last)),
            "definition": definition(self._by_id.get(self.highlighted)),
        }
        for name, content in parts.items():
            self.query_one(f"#palette-{name}", Static).update(content, layout=False)
        self._wait(self._beside is not None and bool(self.highlighted))
        self.call_after_refresh(self._lead_screen_reader)

    def _wait(self, waits: bool) -> None:
        """Ask for what belongs beside the definition after a pause, or no more."""
        if self._pause is not None:
            self._pause.stop()
        self._pause = self.set_timer(PAUSE, self._draw_beside) if waits else None

    def _draw_beside(self) -> None:
        code = self.highlighted
        if self._open and self._beside is not None and code:
            lines = [Content.assemble(("Before: ", "bold"), (shown(line), "italic")) for line in self._beside(code)]
            if lines:
                whole = Content("\n").join([definition(self._by_id.get(code)), *lines])
                self.query_one("#palette-definition", Static).update(whole, layout=False)

    @property
    def _last(self) -> int:
        return min(self._first + self._rows, len(self._found))

    def _query_line(self) -> Content:
        more = "+" if self._query.strip() and len(self._found) == LIMIT else ""
        count = f"{len(self._found)}{more} of {len(self._entries)}"
        note = count if self._found else "nothing fits: Backspace, or Escape to leave"
        return Content.assemble(
            (f"{shown(self._heading)} ", "bold"), shown(self._query), ("▏", "bold"), "  ", (note, "dim")
        )

    def _code_line(self, number: int) -> Content:
        found = self._found[number]
        at_bar = number == self._bar and bool(self.highlighted)
        return code_line(found, self._cells, at_bar=at_bar, ticked=found.id in self._already)

    def _lead_screen_reader(self) -> None:
        if self._open:
            place = self.query_one("#palette-query").content_region.offset
            self.app.cursor_position = place + Offset(
                cell_len(shown(self._heading)) + 1 + cell_len(shown(self._query)), 0
            )
