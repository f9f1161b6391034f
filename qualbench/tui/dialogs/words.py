"""Asking for words: a memo, the name of a theme, what a theme says."""

from __future__ import annotations

from textual import events
from textual.app import ComposeResult, SuspendNotSupported
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from qualbench.errors import QualbenchError
from qualbench.text import canonical, shown
from qualbench.tui.dialogs.dialog import Dialog, Words
from qualbench.tui.dialogs.editor import edited


class AskWords(Dialog[str]):
    """A field with a title; a single line is kept with Enter, more lines with Ctrl+S."""

    def __init__(self, title: str, words: str = "", *, one_line: bool = False, hint: str = "") -> None:
        super().__init__()
        self._title_words, self._before, self._one_line = title, words, one_line
        self._keeps = ("enter", "ctrl+s") if one_line else ("ctrl+s",)
        self._keep_key = keep = "Enter" if one_line else "Ctrl+S"
        self._is_asked = False
        outside = "" if one_line else ", Ctrl+O opens your editor"
        self._hint_words = f"{hint + '  ' if hint else ''}{keep} keeps it{outside}, Escape leaves it as it was."

    def compose(self) -> ComposeResult:
        """Title, field, hint."""
        with Vertical():
            yield Static(Content.styled(shown(self._title_words), "bold"), markup=False)
            yield Words(self._before, one_line=self._one_line)
            yield Static(Content.styled(shown(self._hint_words), "dim"), id="hint", markup=False)

    @property
    def _field(self) -> Words:
        return self.query_one(Words)

    def begin(self) -> None:
        """The field has the keys, with the cursor after its last character."""
        self._field.focus()
        self._field.move_cursor(self._field.document.end)

    def may_leave(self) -> bool:
        """The first Escape asks when words would be lost; the second one leaves."""
        if self._is_asked or self._field.text == canonical(self._before):
            return True
        self._is_asked = True
        asks = f"Escape again throws these words away; {self._keep_key} keeps them."
        self.query_one("#hint", Static).update(Content.styled(asks, "bold"))
        return False

    def press(self, event: events.Key | events.Paste) -> None:
        """Words typed ahead go into the field."""
        if isinstance(event, events.Key) and event.key in self._keeps:
            self.dismiss(self._field.text)
        elif isinstance(event, events.Key) and event.key == "ctrl+o" and not self._one_line:
            self._write_outside()
        else:
            self._field.type_in(event)

    def _write_outside(self) -> None:
        """The words go through the person's own editor, and come back into the field."""
        try:
            words = edited(self._field.text, self.app.suspend)
        except (QualbenchError, SuspendNotSupported) as error:
            is_ours = isinstance(error, QualbenchError)
            why = str(error) if is_ours else "This terminal can not be left for an editor."
            self.query_one("#hint", Static).update(Content.styled(shown(why), "bold"))
            return
        self._field.load_text(words)
        self._field.move_cursor(self._field.document.end)
        self.app.refresh()
