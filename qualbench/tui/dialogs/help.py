"""Every key that works on a screen, with a sentence for each."""

from __future__ import annotations

from collections.abc import Sequence

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from qualbench.tui.commands import Command
from qualbench.tui.dialogs.dialog import Dialog


class Help(Dialog[str]):
    """The key table of one screen; any key that does not scroll leaves it."""

    DEFAULT_CSS = """
    Help VerticalScroll { height: auto; max-height: 100%; background: $surface; }
    """

    def __init__(self, title: str, commands: Sequence[Command]) -> None:
        super().__init__()
        self._heading, self._commands = title, commands

    def compose(self) -> ComposeResult:
        """The table, which scrolls where it is longer than the screen."""
        lines = [
            Content.assemble((f"{command.key_name:>12}  ", "bold"), command.sentence)
            for command in self._commands
            if command.listed
        ]
        with Vertical():
            yield Static(Content.styled(f"Keys: {self._heading}", "bold"), markup=False)
            with VerticalScroll():
                yield Static(Content("\n").join(lines), markup=False)
            yield Static(Content.styled("↑ ↓ PgUp PgDn scroll; Escape goes back.", "dim"), markup=False)

    def begin(self) -> None:
        """The table has the keys."""
        self.query_one(VerticalScroll).focus()

    def press(self, event: events.Key | events.Paste) -> None:
        """Leave, unless the key scrolls."""
        if isinstance(event, events.Key) and event.key in ("q", "question_mark", "enter"):
            self.dismiss(None)
