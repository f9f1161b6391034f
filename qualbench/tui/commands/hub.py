"""The commands of the screen on which a study meets its hub."""

from __future__ import annotations

from qualbench.tui.commands.command import LIST, Command

HUB = (
    Command("hub.sync", "s", "Sync", "Give the hub what it lacks now, and take what came.", writes=True),
    Command("hub.seal", "e", "Seal", "Say that your coding of what you submitted is finished.", writes=True),
    Command("hub.open", "o", "Open", "Let everybody read the transcript under the bar.", writes=True),
    Command("hub.password", "p", "Password", "Type your password on the hub; it is kept nowhere.", writes=True),
    Command("hub.card", "c", "Your card", "Show the line that the lead needs to let you in."),
    Command("hub.packages", "v", "Packages", "Exchange packages, without the hub."),
    *LIST,
)
