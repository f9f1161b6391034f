"""Asking for a reason to let something leave although a check found something in it."""

from __future__ import annotations

from collections.abc import Sequence

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from qualbench.text import counted, shown
from qualbench.tui.dialogs.dialog import Dialog, Words

_TURNS = {"pagedown": 1, "pageup": -1, "down": 1, "up": -1}


class AskAllow(Dialog[str]):
    """What was found, sentence by sentence, and one line for the reason; the answer is the reason."""

    DEFAULT_CSS = """
    AskAllow VerticalScroll { height: auto; max-height: 12; background: $surface; }
    """

    def __init__(self, findings: Sequence[str]) -> None:
        super().__init__()
        self._findings = tuple(findings)

    def compose(self) -> ComposeResult:
        """The findings, the field, and how to leave."""
        title = f"Before it leaves: {counted(len(self._findings), 'finding')}"
        how = "Why may it leave all the same? Enter keeps the reason in the log and writes; Escape writes nothing."
        with Vertical():
            yield Static(Content.styled(title, "bold"), markup=False)
            with VerticalScroll(can_focus=False):
                yield Static(Content("\n").join(Content(shown(f"- {one}")) for one in self._findings), markup=False)
            yield Static(Content.styled("PgUp PgDn scroll.", "dim"), markup=False)
            yield Words(one_line=True)
            yield Static(Content.styled(how, "dim"), id="how", markup=False)

    def begin(self) -> None:
        """The field has the keys."""
        self.query_one(Words).focus()

    def on_key(self, event: events.Key) -> None:
        """Pages turn the findings; a line has no use for them."""
        if event.key in _TURNS and not self.is_answered:
            event.stop()
            event.prevent_default()
            self._turn(event.key)
        else:
            super().on_key(event)

    def _turn(self, key: str) -> None:
        page = self.query_one(VerticalScroll)
        (page.scroll_page_down if _TURNS[key] > 0 else page.scroll_page_up)(animate=False)

    def press(self, event: events.Key | events.Paste) -> None:
        """Words go into the field; Enter answers when there are any."""
        field = self.query_one(Words)
        if isinstance(event, events.Key) and event.key in _TURNS:
            self._turn(event.key)
        elif isinstance(event, events.Key) and event.key in ("enter", "ctrl+s"):
            if field.text.strip():
                self.dismiss(field.text.strip())
            else:
                self.query_one("#how", Static).update(
                    Content.styled("A reason is needed; Escape writes nothing.", "bold")
                )
        else:
            field.type_in(event)
