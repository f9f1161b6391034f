"""Asking where a segment is split: borders between its words, moved with the arrow keys."""

from __future__ import annotations

import re
from itertools import pairwise

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from qualbench.text import counted, shown, snap
from qualbench.tui.dialogs.dialog import Dialog

BORDER = " ┃ "


def word_starts(text: str) -> tuple[int, ...]:
    """Where every word but the first begins, in code points, never inside what a reader sees as one character."""
    found = [match.start() for match in re.finditer(r"\S+", text)]
    return tuple(place for place in found[1:] if snap(text, place, place + 1)[0] == place)


def parts(start: int, end: int, borders: tuple[int, ...]) -> tuple[tuple[int, int], ...]:
    """The stretches between the borders; borders are counted from `start`."""
    places = [start, *(start + border for border in sorted(set(borders))), end]
    return tuple(pairwise(places))


class AskBorders(Dialog[tuple[int, ...]]):
    """The segment's words with borders between them; the answer is where each later part begins."""

    DEFAULT_CSS = """
    AskBorders VerticalScroll { height: auto; max-height: 14; background: $surface; }
    """

    def __init__(self, text: str) -> None:
        super().__init__()
        self._words_of, self._places = text, word_starts(text)
        self._put: list[int] = []
        self._border = len(self._places) // 2

    def compose(self) -> ComposeResult:
        """The words, how many parts they make, and the keys."""
        how = "← → move the border by a word, Space puts it and begins another, Backspace takes the last back."
        with Vertical():
            yield Static(Content.styled("Where does the segment split?", "bold"), markup=False)
            with VerticalScroll(can_focus=False):
                yield Static(self._drawn(), id="words", markup=False)
            yield Static(id="told", markup=False)
            yield Static(
                Content.styled(f"{how} Enter goes on to the codes; Escape splits nothing.", "dim"), markup=False
            )

    def begin(self) -> None:
        """No field: every key is an answer."""
        self._draw()

    def press(self, event: events.Key | events.Paste) -> None:
        """Move, put and take borders; Enter answers."""
        key = event.key if isinstance(event, events.Key) else ""
        if key in ("left", "right", "h", "l", "up", "down"):
            step = {"left": -1, "h": -1, "up": -8, "down": 8}.get(key, 1)
            self._border = max(0, min(len(self._places) - 1, self._border + step))
        elif key == "space" and self._border not in self._put:
            self._put.append(self._border)
            self._border = min(len(self._places) - 1, self._border + 1)
        elif key == "backspace" and self._put:
            self._border = self._put.pop()
        elif key == "enter":
            self.dismiss(tuple(sorted({self._places[at] for at in (*self._put, self._border)})))
            return
        self._draw()

    def _draw(self) -> None:
        self.query_one("#words", Static).update(self._drawn())
        many = len({*self._put, self._border}) + 1
        self.query_one("#told", Static).update(Content.styled(counted(many, "part"), "bold"))
        self.call_after_refresh(self._show_border)

    def _drawn(self) -> Content:
        borders = {self._places[at]: at == self._border for at in sorted({*self._put, self._border})}
        pieces: list[str | tuple[str, str]] = []
        before = 0
        for place, is_here in borders.items():
            pieces += [shown(self._words_of[before:place]), (BORDER, "bold reverse" if is_here else "bold")]
            before = place
        return Content.assemble(*pieces, shown(self._words_of[before:]))

    def _show_border(self) -> None:
        """Scroll to the border where the segment is longer than the window."""
        share = self._places[self._border] / max(1, len(self._words_of))
        for scroll in self.query(VerticalScroll):
            scroll.scroll_to(y=share * scroll.virtual_size.height - scroll.size.height / 2, animate=False)
