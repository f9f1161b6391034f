"""Every key that works on a screen, with a sentence for each."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content

from qualbench.tui.commands import Command
from qualbench.tui.dialogs.page import Page


class Help(Page):
    """The key table of one screen."""

    def __init__(self, title: str, commands: Sequence[Command]) -> None:
        lines = [
            Content.assemble((f"{command.key_name:>12}  ", "bold"), command.sentence)
            for command in commands
            if command.listed
        ]
        super().__init__(f"Keys: {title}", Content("\n").join(lines))
