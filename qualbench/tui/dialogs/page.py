"""A page to read on top of a screen: an explanation, a definition, a list of keys."""

from __future__ import annotations

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from qualbench.text import shown
from qualbench.tui.dialogs.dialog import Dialog


class Page(Dialog[str]):
    """A heading and paragraphs; any key that does not scroll leaves it."""

    DEFAULT_CSS = """
    Page VerticalScroll { height: auto; max-height: 100%; background: $surface; }
    """

    def __init__(self, title: str, body: Content) -> None:
        super().__init__()
        self._heading, self._body = title, body

    def compose(self) -> ComposeResult:
        """The page, which scrolls where it is longer than the screen."""
        with Vertical():
            yield Static(Content.styled(shown(self._heading), "bold"), markup=False)
            with VerticalScroll():
                yield Static(self._body, markup=False)
            yield Static(Content.styled("↑ ↓ PgUp PgDn scroll; Escape goes back.", "dim"), markup=False)

    def begin(self) -> None:
        """The page has the keys."""
        self.query_one(VerticalScroll).focus()

    def press(self, event: events.Key | events.Paste) -> None:
        """Leave, unless the key scrolls."""
        if isinstance(event, events.Key) and event.key in ("q", "question_mark", "enter"):
            self.dismiss(None)
