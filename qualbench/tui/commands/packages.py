"""The commands of the screen on which machines exchange packages."""

from __future__ import annotations

from qualbench.tui.commands.command import LIST, Command

PACKAGES = (
    Command("packages.merge", "m", "Take in", "Look at a package, and take it in after a yes.", writes=True),
    Command("packages.hand-in", "h", "Hand in", "Write what you have submitted, sealed to the keeper.", writes=True),
    Command("packages.send", "s", "Send", "Write the study for a coder on another machine.", writes=True),
    Command("packages.recognise", "w", "Who is it", "Say which person a key belongs to.", writes=True),
    Command("packages.open", "o", "Open early", "Open what waits although somebody is missing.", writes=True),
    Command("packages.take-back", "t", "Take back", "Take the merging of a package back.", writes=True),
    Command("packages.card", "c", "Your card", "Show the line that the lead needs to send you the study."),
    *LIST,
)
