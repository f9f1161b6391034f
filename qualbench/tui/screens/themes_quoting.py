"""Editing a quote: its words as they were said, the field where […] and [words] may be written, and whether it fits."""

from __future__ import annotations

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Static, TextArea

from qualbench.errors import QualbenchError
from qualbench.model import Quote
from qualbench.steps.themes import read_edits
from qualbench.text import counted, shown, shown_lines
from qualbench.tui.dialogs.dialog import Dialog, Words


class EditQuote(Dialog[str]):
    """Only what equals the transcript apart from brackets is kept; anything else is refused and stays on the screen."""

    DEFAULT_CSS = """
    EditQuote VerticalScroll { height: auto; max-height: 7; background: $surface; margin-bottom: 1; }
    EditQuote Words { height: 9; }
    """

    def __init__(self, quote: Quote) -> None:
        super().__init__()
        self._quote = quote
        self._is_asked = False

    def compose(self) -> ComposeResult:
        """The words as they were said, the field, and the verdict."""
        with Vertical():
            yield Static(Content.styled(f"As {shown(self._quote.participant) or 'it was'} said it:", "bold"))
            with VerticalScroll():
                yield Static(Content(shown_lines(self._quote.text)), markup=False)
            yield Words(self._quote.words)
            yield Static(id="verdict", markup=False)
            how = "[…] or [...] stands for what is left out, [words] for what you put in. Ctrl+S keeps it."
            yield Static(Content.styled(how, "dim"), markup=False)

    @property
    def _field(self) -> Words:
        return self.query_one(Words)

    def begin(self) -> None:
        """The field has the keys."""
        self._field.focus()
        self._field.move_cursor(self._field.document.end)
        self._judge()

    def on_text_area_changed(self, event: TextArea.Changed) -> None:
        """Say at once whether it still fits."""
        event.stop()
        self._is_asked = False
        self._judge()

    def _judge(self) -> str:
        """Show whether the words fit; answers with why they do not."""
        why = ""
        try:
            found = read_edits(self._quote, self._field.text)
            told = f"{counted(len(found.cuts), 'cut')}, {counted(len(found.insertions), 'insertion')}: it fits."
        except QualbenchError as error:
            why = told = error.message
        self.query_one("#verdict", Static).update(Content.styled(told, "bold" if why else ""))
        return why

    def may_leave(self) -> bool:
        """The first Escape asks when words would be lost; the second one leaves."""
        if self._is_asked or self._field.text == self._quote.words:
            return True
        self._is_asked = True
        asks = "Escape again throws these words away; Ctrl+S keeps them."
        self.query_one("#verdict", Static).update(Content.styled(asks, "bold"))
        return False

    def press(self, event: events.Key | events.Paste) -> None:
        """Keep what fits; everything else goes into the field."""
        if isinstance(event, events.Key) and event.key == "ctrl+s":
            if not self._judge():
                self.dismiss(self._field.text)
        else:
            self._field.type_in(event)
