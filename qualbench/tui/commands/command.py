"""What a command is, and the commands that many screens share."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from textual.binding import Binding


@dataclass(frozen=True, slots=True)
class Command:
    """One action: `coding.nothing` is done by the method `action_do_nothing` of the screen that has it."""

    id: str
    key: str
    """Textual's name of the key; several are separated by commas."""
    label: str
    sentence: str
    writes: bool = False
    """Not allowed in a study that is open for reading only."""
    footer: bool = True
    """Whether the footer has room for it; the help screen has all."""
    listed: bool = True
    """Whether the help screen and the docs give it a line of its own."""
    argument: str = ""
    """What one method does in several ways: `coding.recent-1` is done by `action_do_recent("1")`."""

    @property
    def action(self) -> str:
        """The name of the method, as Textual knows it."""
        name = self.id.split(".")[1].removesuffix(f"-{self.argument}" if self.argument else "")
        return "do_" + name.replace("-", "_")

    @property
    def call(self) -> str:
        """The method with its argument."""
        return f"{self.action}({self.argument!r})" if self.argument else self.action

    @property
    def binding(self) -> Binding:
        """The key as Textual wants it."""
        return Binding(self.key, self.call, self.label, id=self.id, show=self.footer)

    @property
    def key_name(self) -> str:
        """The key as a person reads it."""
        if self.id == "coding.recent-1":
            return "1-9"
        return " ".join(KEY_NAMES.get(key, key.upper() if _shifted(key) else key) for key in self.key.split(","))


def _shifted(key: str) -> bool:
    return len(key) == 1 and key.isupper()


KEY_NAMES: Mapping[str, str] = {
    "question_mark": "?", "full_stop": ".", "ctrl+p": "^p", "ctrl+s": "^s", "ctrl+t": "^t", "ctrl+z": "^z",
    "ctrl+y": "^y", "escape": "Esc", "enter": "Enter", "space": "Space", "pagedown": "PgDn", "pageup": "PgUp",
    "up": "↑", "down": "↓", "ctrl+left": "^←", "ctrl+right": "^→", "alt+left": "Alt←", "alt+right": "Alt→",
    "shift+left": "Shift←", "shift+right": "Shift→", "ctrl+shift+left": "^Shift←",
    "ctrl+shift+right": "^Shift→", "left": "←", "right": "→", "shift+up": "Shift↑",
    "shift+down": "Shift↓", "tab": "Tab", "shift+tab": "ShiftTab",
    "home": "Home", "end": "End", "asterisk": "*", "slash": "/", "minus": "-",
}  # fmt: skip


EVERYWHERE = (
    Command("app.help", "question_mark", "Help", "Show every key that works here."),
    Command("app.commands", "ctrl+p", "Commands", "Find a command by a few letters.", footer=False),
    Command("app.theme", "ctrl+t", "Light/dark", "Change between the light and the dark theme.", footer=False),
    Command("app.back", "escape", "Back", "Leave this screen; what was done is kept already."),
)


LIST = (
    Command("list.next", "j", "Next line", "Go to the next line.", footer=False),
    Command("list.previous", "k", "Line before", "Go to the line before.", footer=False),
)


MOVE = (
    Command("text.next", "j,down", "Next", "Go to the next segment.", footer=False),
    Command("text.previous", "k,up", "Before", "Go to the segment before.", footer=False),
    Command("text.page-down", "pagedown,space", "Page on", "Scroll one page on.", footer=False),
    Command("text.page-up", "pageup", "Page back", "Scroll one page back.", footer=False),
    Command("text.first", "home,g", "First", "Go to the first segment.", footer=False),
    Command("text.last", "end,G", "Last", "Go to the last segment.", footer=False),
)
