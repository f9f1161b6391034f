"""Asking for a secret: a passphrase, a recovery key. What is typed stands nowhere but in the answer."""

from __future__ import annotations

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from qualbench.text import canonical, clusters, shown
from qualbench.tui.dialogs.dialog import Dialog

DOT = "•"
_WIDEST = 60


class AskSecret(Dialog[str]):
    """One line that shows a dot for each character; Enter answers, Escape leaves at once without an answer.

    The words are no field's: a field can be selected and copied from, and remembers what was undone.
    """

    ANSWERS = Dialog.ANSWERS | {"backspace", "ctrl+u"}
    DEFAULT_CSS = """
    AskSecret #secret { height: 3; border: tall $accent; padding: 0 1; }
    """

    def __init__(self, title: str, hint: str = "") -> None:
        super().__init__()
        self._asked_for, self._typed = title, ""
        self._how = f"{hint + '  ' if hint else ''}Enter answers, Ctrl+U begins again, Escape leaves."

    def compose(self) -> ComposeResult:
        """Title, dots, hint."""
        with Vertical():
            yield Static(Content.styled(shown(self._asked_for), "bold"), markup=False)
            yield Static(self._dots(), id="secret", markup=False)
            yield Static(Content.styled(shown(self._how), "dim"), id="hint", markup=False)

    def _dots(self) -> Content:
        """As many as characters, whatever their width; of very many the last."""
        dots = DOT * min(len(clusters(self._typed)), _WIDEST)
        return Content.assemble(dots, (" ", "reverse"))

    def on_paste(self, event: events.Paste) -> None:
        """Pasted words go in once: without this they would come back by way of the app, which hands them on again."""
        self.feed(event)

    def press(self, event: events.Key | events.Paste) -> None:
        """Enter answers; everything else is a part of the secret or takes from it."""
        if isinstance(event, events.Paste):
            self._typed += " ".join(canonical(event.text).splitlines())
        elif event.key == "enter":
            secret, self._typed = self._typed, ""
            self.dismiss(secret)
            return
        elif event.key == "backspace":
            self._typed = "".join(clusters(self._typed)[:-1])
        elif event.key == "ctrl+u":
            self._typed = ""
        elif event.is_printable and event.character:
            self._typed += event.character
        self.query_one("#secret", Static).update(self._dots())
