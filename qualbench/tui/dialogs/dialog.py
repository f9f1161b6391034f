"""What all dialogs share: keys typed before a dialog was ready reach it, in order, and nothing else."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Generic, TypeVar, cast

from rich.text import Text
from textual import events
from textual.await_complete import AwaitComplete
from textual.message import Message
from textual.screen import ModalScreen, Screen
from textual.widgets import TextArea

from qualbench.text import canonical, shown

Answer = TypeVar("Answer")


class Dialog(ModalScreen[Answer | None], Generic[Answer]):
    """A question over a screen. Escape leaves it without an answer.

    Keys that a terminal delivered in one go with the key that opened the dialog still travel through the screen
    below, while later ones come here straight away. So the dialog collects keys until a message that it sent after
    the first kind has come all the way up to the app; then it answers them in the order they were typed.
    """

    @dataclass
    class CaughtUp(Message):
        """Everything typed before the dialog was on top has arrived."""

        dialog: Dialog[object]

    AUTO_FOCUS = ""
    ANSWERS: ClassVar[frozenset[str]] = frozenset({"escape", "enter", "ctrl+s", "ctrl+o"})
    """Keys that mean the same whatever has the focus."""
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
        self._is_answered = False
        self._met: events.Event | None = None
        self._below: Screen[object] | None = None

    def on_mount(self) -> None:
        """Send word after the keys that still travel through the screen below."""
        self._below = below = self.app.screen_stack[-2]
        (below.focused or below).post_message(self.CaughtUp(cast("Dialog[object]", self)))

    def begin(self) -> None:
        """Say which field has the keys."""

    def catch_up(self) -> None:
        """Answer what was typed ahead, in its order; from now on keys are answered as they come."""
        self.begin()
        self._is_ready = True
        early, self._early = sorted(self._early, key=lambda event: event.time), []
        for event in early:
            self.feed(event)

    def dismiss(self, result: Answer | None = None) -> AwaitComplete:
        """Answer; keys that come after the answer are for the screen below."""
        self._is_answered = True
        return super().dismiss(result)

    def _give_back(self, event: events.Key | events.Paste) -> None:
        """A key after the answer goes to the screen below, once that screen has heard the answer."""
        again = event if isinstance(event, events.Paste) else events.Key(event.key, event.character)
        if self._below is not None:
            self._below.call_later(self.app.post_message, again)

    def feed(self, event: events.Key | events.Paste) -> None:
        """Take a key or a paste that reached the app while this dialog is on top."""
        event.stop()
        event.prevent_default()
        if not self._is_ready:
            self._early.append(event)
        elif self._is_answered:
            self._give_back(event)
        elif isinstance(event, events.Key) and event.key == "escape":
            if self.may_leave():
                self.dismiss(None)
        else:
            self.press(event)

    def may_leave(self) -> bool:
        """Whether Escape may leave now; words that were typed are worth a second Escape."""
        return True

    def press(self, event: events.Key | events.Paste) -> None:
        """What a key does here; each dialog has its own answer."""

    def on_key(self, event: events.Key) -> None:
        """Keys that no field took: letters are answers, the others may be bindings of a field."""
        self._met = event
        if self.focused is None or event.is_printable or self._is_answered or event.key in self.ANSWERS:
            self.feed(event)

    @property
    def is_answered(self) -> bool:
        """Whether the answer was given, though the dialog may still be on the screen."""
        return self._is_answered

    def has_met(self, event: events.Key | events.Paste) -> bool:
        """Whether a key came through this dialog, and not through the screen below it."""
        return event is self._met


class Words(TextArea):
    """A field for words; what would drive the terminal is drawn as visible characters."""

    DEFAULT_CSS = """
    Words { height: 8; border: tall $accent; }
    Words.-line { height: 3; }
    """

    def __init__(self, text: str = "", *, one_line: bool = False) -> None:
        super().__init__(canonical(text), soft_wrap=not one_line, show_line_numbers=False, tab_behavior="focus")
        self.one_line = one_line
        self.set_class(one_line, "-line")

    def on_key(self, event: events.Key) -> None:
        """Keys that end the words go to the dialog at once: the next key must find the question answered."""
        dialog = self.screen
        ends = event.key in ("escape", "ctrl+s", "ctrl+o") or (event.key == "enter" and self.one_line)
        if isinstance(dialog, Dialog) and (ends or dialog.is_answered):
            dialog.feed(event)

    def on_paste(self, event: events.Paste) -> None:
        """Pasted words go in once: without this they would come back by way of the app, which hands them on again."""
        event.stop()
        event.prevent_default()
        dialog = self.screen
        if isinstance(dialog, Dialog) and dialog.is_answered:
            dialog.feed(event)
        else:
            self.type_in(event)

    def get_line(self, line_index: int) -> Text:
        """A line as it is drawn; the words themselves keep every character."""
        line = super().get_line(line_index)
        return Text(shown(line.plain), end="", no_wrap=True)

    def type_in(self, event: events.Key | events.Paste) -> None:
        """Take a key that was typed ahead, or a paste; one line stays one line."""
        if isinstance(event, events.Paste):
            words = canonical(event.text)
            self.insert(" ".join(words.splitlines()) if self.one_line else words)
        elif event.key == "backspace":
            self.action_delete_left()
        elif event.key == "enter" and not self.one_line:
            self.insert("\n")
        elif event.is_printable and event.character:
            self.insert(event.character)
