"""Asking which: one key for each answer, and nothing to move to."""

from __future__ import annotations

from collections.abc import Sequence

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from qualbench.text import excerpt, shown_lines
from qualbench.tui.dialogs.dialog import Dialog

KEYS = "123456789abcdefghijklmnopqrstuvwxyz"


class Choose(Dialog[str]):
    """A question and its answers, each with a key; the answer is the id of the one chosen."""

    def __init__(self, question: str, answers: Sequence[tuple[str, str]], keys: str = KEYS) -> None:
        super().__init__()
        self._question = question
        self._answers = [(key, id_, label) for key, (id_, label) in zip(keys, answers, strict=False)]

    def compose(self) -> ComposeResult:
        """The question, a line for each answer, and the way out."""
        lines = [
            Content.assemble((f" {key} ", "bold reverse"), f" {excerpt(label, 68)}") for key, _, label in self._answers
        ]
        with Vertical():
            yield Static(Content.styled(shown_lines(self._question), "bold"), markup=False)
            yield Static(Content("\n").join(lines), markup=False)
            yield Static(Content.styled("One key answers; Escape leaves everything as it was.", "dim"), markup=False)

    def press(self, event: events.Key | events.Paste) -> None:
        """The answer with this key."""
        if isinstance(event, events.Key):
            for key, id_, _ in self._answers:
                if event.character == key:
                    self.dismiss(id_)
                    return
