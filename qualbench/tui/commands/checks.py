"""The commands of the screen of checks with participants."""

from __future__ import annotations

from qualbench.tui.commands.command import LIST, Command

CHECKS = (
    Command("checks.prepare", "p", "Prepare", "Write a packet: their words, or the findings.", writes=True),
    Command("checks.send", "s", "Sent", "Say how it was sent, and by when an answer is asked for.", writes=True),
    Command("checks.reply", "r", "Reply", "Write down what they answered, or that nothing came.", writes=True),
    Command("checks.apply", "a", "Apply", "Take in what they corrected or added.", writes=True),
    Command("checks.close", "c", "Close", "Say that the check is done.", writes=True),
    Command("checks.withdraw", "w", "Withdraw", "Destroy their words for good, after a question.", writes=True),
    Command("checks.undo", "u", "Undo", "Undo your newest step here.", writes=True),
    Command("checks.redo", "y", "Redo", "Redo the step you undid last.", writes=True, footer=False),
    Command("checks.page-on", "space", "Read on", "Scroll what happened on.", footer=False),
    Command("checks.page-back", "b", "Read back", "Scroll what happened back.", footer=False),
    *LIST,
)
