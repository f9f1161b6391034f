"""The footer: the keys that work now, as many as there is room for, and what the program has to say."""

from __future__ import annotations

from collections.abc import Iterable

from rich.cells import cell_len
from textual.content import Content
from textual.timer import Timer
from textual.widgets import Static

from qualbench.text import shown


class KeyBar(Static):
    """One line of keys and labels; the last one is always the way to help."""

    DEFAULT_CSS = """
    KeyBar { dock: bottom; height: 1; width: 100%; background: $panel; color: $foreground; }
    """

    def __init__(self) -> None:
        super().__init__(markup=False)
        self._keys: list[tuple[str, str]] = []

    def show_keys(self, keys: Iterable[tuple[str, str]]) -> None:
        """Show these keys and labels from now on."""
        self._keys = [(shown(key), shown(label)) for key, label in keys]
        self._draw()

    def on_resize(self) -> None:
        """Fit again."""
        self._draw()

    def _draw(self) -> None:
        *most, last = self._keys or [("", "")]
        room = self.size.width - len(last[0]) - len(last[1]) - 2
        parts: list[tuple[str, str]] = []
        for key, label in most:
            room -= len(key) + len(label) + 3
            if room >= 0:
                parts.append((key, label))
        pieces = [Content.assemble((f" {key}", "bold"), f" {label} ") for key, label in (*parts, last)]
        self.update(Content("").join(pieces), layout=False)


class Says(Static):
    """What the program has to say: a line or two above the footer, which go by themselves."""

    DEFAULT_CSS = """
    Says {
        layer: palette; dock: bottom; margin-bottom: 1; height: auto; max-height: 4; width: 100%;
        padding: 0 1; display: none; background: $accent; color: $text;
    }
    Says.-warning { background: $warning; }
    """
    SECONDS = 6.0

    def __init__(self) -> None:
        super().__init__(markup=False)
        self._hide_at: Timer | None = None
        self._is_going = False

    def say(self, words: str, *, warning: bool = False) -> None:
        """Show a sentence for some seconds; a warning is marked by a sign too."""
        if self._hide_at is not None:
            self._hide_at.stop()
        said = ("! " if warning else "") + shown(words)
        is_as_high = self.display and self.size.height == 1 and cell_len(said) <= self.content_size.width
        self.set_class(warning, "-warning")
        self.update(Content(said), layout=not is_as_high)
        self._is_going, self.display = False, True
        self._hide_at = self.set_timer(self.SECONDS, self.hush)

    def hush(self) -> None:
        """Say nothing, unless there is something else to say at once: to go and come back lays out the whole screen."""
        if self.display:
            self._is_going = True
            self.call_later(self._go)

    def _go(self) -> None:
        if self._is_going:
            self.display = False
