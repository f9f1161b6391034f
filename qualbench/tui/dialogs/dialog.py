"""What all dialogs share: keys typed before a dialog was ready reach it, in order, and nothing else."""

from __future__ import annotations

from typing import Generic, TypeVar

from rich.text import Text
from textual import events
from textual.screen import ModalScreen
from textual.widgets import TextArea

from qualbench.text import canonical, shown

Answer = TypeVar("Answer")


class Dialog(ModalScreen[Answer | None], Generic[Answer]):
    """A question over a screen. Escape leaves it without an answer.

    Keys that a terminal delivered in one go with the key that opened the dialog still travel through the screen
    below; the app hands them to `feed`, so that they are never lost and never obeyed by that screen.
    """

    DEFAULT_CSS = """
    Dialog { align: center middle; background: $background 60%; }
    Dialog > Vertical {
        width: 76; max-width: 96%; height: auto; max-height: 90%;
        border: round $accent; background: $surface; padding: 0 1;
    }
    Dialog Static { width: 100%; height: auto; background: $surface; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._early: list[events.Key | events.Paste] = []
        self._is_ready = False

    def on_mount(self) -> None:
        """Take what was typed before the dialog was there."""
        self.begin()
        self.call_after_refresh(self._take_early)

    def begin(self) -> None:
        """Say which field has the keys."""

    def _take_early(self) -> None:
        self._is_ready = True
        early, self._early = self._early, []
        for event in early:
            self.feed(event)

    def feed(self, event: events.Key | events.Paste) -> None:
        """Take a key or a paste that reached the app while this dialog is on top."""
        event.stop()
        event.prevent_default()
        if not self._is_ready:
            self._early.append(event)
        elif isinstance(event, events.Key) and event.key == "escape":
            self.dismiss(None)
        else:
            self.press(event)

    def press(self, event: events.Key | events.Paste) -> None:
        """What a key does here; each dialog has its own answer."""

    def on_key(self, event: events.Key) -> None:
        """Keys that no field of the dialog took."""
        self.feed(event)

    AUTO_FOCUS = ""


class Words(TextArea):
    """A field for words; what would drive the terminal is drawn as visible characters."""

    DEFAULT_CSS = """
    Words { height: 8; border: tall $accent; }
    Words.-line { height: 3; }
    """

    def __init__(self, text: str = "", *, one_line: bool = False) -> None:
        super().__init__(canonical(text), soft_wrap=True, show_line_numbers=False, tab_behavior="focus")
        self.one_line = one_line
        self.set_class(one_line, "-line")

    def on_key(self, event: events.Key) -> None:
        """Enter ends a single line: it is left to the dialog."""
        if self.one_line and event.key == "enter":
            event.prevent_default()

    def get_line(self, line_index: int) -> Text:
        """A line as it is drawn; the words themselves keep every character."""
        line = super().get_line(line_index)
        return Text(shown(line.plain), end="", no_wrap=True)

    def type_in(self, event: events.Key | events.Paste) -> None:
        """Take a key that was typed ahead."""
        if isinstance(event, events.Paste):
            self.insert(canonical(event.text))
        elif event.key == "backspace":
            self.action_delete_left()
        elif event.key == "enter" and not self.one_line:
            self.insert("\n")
        elif event.is_printable and event.character:
            self.insert(event.character)
