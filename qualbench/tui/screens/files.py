"""Asking where a file goes, and whether one that is there may be written over."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from qualbench.errors import QualbenchError
from qualbench.tui.dialogs.choice import Choose
from qualbench.tui.dialogs.words import AskWords
from qualbench.tui.screens.step import StepScreen


def ask_file(screen: StepScreen, question: str, suggestion: Path, write: Callable[[Path], str]) -> None:
    """Ask for a file's name, write it, and say what `write` answers; a file that exists is written over after a yes."""

    def named(name: str | None) -> None:
        if not name:
            return
        try:
            target = Path(name.strip()).expanduser()
            is_there = target.exists()
        except (RuntimeError, OSError, ValueError):
            screen.say(f"'{name.strip()}' can not be the name of a file.", warning=True)
            return
        if not is_there:
            _write(screen, target, write)
            return
        answers = [("yes", "Write over it"), ("no", "Leave it")]
        screen.app.push_screen(
            Choose(f"{target.name} exists already. Write over it?", answers),
            lambda answer: _write(screen, target, write) if answer == "yes" else None,
        )

    screen.app.push_screen(AskWords(question, str(suggestion), one_line=True), named)


def _write(screen: StepScreen, target: Path, write: Callable[[Path], str]) -> None:
    try:
        screen.workplace.tell(write(target))
    except QualbenchError as error:
        screen.workplace.tell(f"{error.message} {error.hint}".strip(), warning=True)
