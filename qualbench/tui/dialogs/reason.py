"""Asking why two readings differed: one key for the reason class, then words if there are any."""

from __future__ import annotations

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from qualbench.model import REASON_NAMES, Reason
from qualbench.text import shown
from qualbench.tui.dialogs.dialog import Dialog, Words


class AskReason(Dialog[tuple[Reason, str]]):
    """The reason class by its number, and a note that may stay empty; Enter keeps both."""

    def __init__(self, decision: str) -> None:
        super().__init__()
        self._decision = decision
        self._reason: Reason | None = None

    def compose(self) -> ComposeResult:
        """The decision, the reasons, and the note."""
        with Vertical():
            yield Static(Content.styled(shown(self._decision), "bold"), markup=False)
            yield Static(self._reasons(), id="reasons", markup=False)
            yield Words(one_line=True)
            how = "A number says why; then a note, if you like, and Enter. Escape decides nothing."
            yield Static(Content.styled(how, "dim"), id="how", markup=False)

    def _reasons(self) -> Content:
        lines = []
        for number, (reason, name) in enumerate(REASON_NAMES.items(), start=1):
            chosen = reason is self._reason
            lines.append(
                Content.assemble(
                    (f" {number} ", "bold reverse"), (f" {'✓' if chosen else ' '} {name}", "bold" if chosen else "")
                )
            )
        return Content("\n").join(lines)

    def begin(self) -> None:
        """The reason comes first: the note gets the keys after it."""
        self.set_focus(None)

    def press(self, event: events.Key | events.Paste) -> None:
        """First the number of a reason, then the words of the note."""
        field = self.query_one(Words)
        if self._reason is None:
            number = event.character if isinstance(event, events.Key) else None
            reasons = list(REASON_NAMES)
            if number and number.isdigit() and 1 <= int(number) <= len(reasons):
                self._reason = reasons[int(number) - 1]
                self.query_one("#reasons", Static).update(self._reasons())
                field.focus()
            else:
                self.query_one("#how", Static).update(Content.styled("A number from 1 to 7 comes first.", "bold"))
        elif isinstance(event, events.Key) and event.key in ("enter", "ctrl+s"):
            self.dismiss((self._reason, field.text.strip()))
        else:
            field.type_in(event)
