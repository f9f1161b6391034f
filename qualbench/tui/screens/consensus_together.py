"""Asking what settles all items with the same readings at once: how many they are, which, and one key."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from qualbench.text import counted, excerpt, shown
from qualbench.tui.dialogs.dialog import Dialog


class AskTogether(Dialog[str]):
    """The items in a list, and an outcome for all of them by its key; the answer is the outcome."""

    DEFAULT_CSS = """
    AskTogether VerticalScroll { height: auto; max-height: 9; background: $surface; }
    """

    def __init__(self, readings: Content, items: Sequence[str], outcomes: Mapping[str, tuple[str, str]]) -> None:
        super().__init__()
        self._readings_shown, self._items_shown, self._outcomes = readings, items, outcomes

    def compose(self) -> ComposeResult:
        """How many, their readings, where they are, and the outcomes."""
        lines = [Content(excerpt(line, 70)) for line in self._items_shown]
        keys = [
            Content.assemble((f" {shown(key)} ", "bold reverse"), f" {shown(label)}  ")
            for key, (_, label) in self._outcomes.items()
        ]
        with Vertical():
            title = f"{counted(len(self._items_shown), 'open item')} have these readings. Decide all at once?"
            yield Static(Content.styled(title, "bold"), markup=False)
            yield Static(self._readings_shown, markup=False)
            with VerticalScroll(can_focus=False):
                yield Static(Content("\n").join(lines), markup=False)
            yield Static(Content("").join(keys), markup=False)
            hint = "One key decides each of them, with a record of its own. ↑ ↓ scroll; Escape decides nothing."
            yield Static(Content.styled(hint, "dim"), markup=False)

    def press(self, event: events.Key | events.Paste) -> None:
        """The outcome with this key, or a scroll."""
        if not isinstance(event, events.Key):
            return
        if event.key in ("up", "down", "pageup", "pagedown"):
            lines = {"up": -1, "down": 1, "pageup": -8, "pagedown": 8}[event.key]
            self.query_one(VerticalScroll).scroll_relative(y=lines, animate=False)
        elif event.character and event.character in self._outcomes:
            self.dismiss(self._outcomes[event.character][0])
