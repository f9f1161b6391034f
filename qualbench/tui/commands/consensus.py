"""The commands of consensus sessions."""

from __future__ import annotations

from collections.abc import Mapping

from qualbench.model import OUTCOME_NAMES, Outcome
from qualbench.tui.commands.command import Command

OUTCOME_KEYS = (
    (Outcome.FIRST, "a"), (Outcome.SECOND, "b"), (Outcome.BOTH, "o"), (Outcome.NEW, "w"), (Outcome.NOTHING, "n"),
    (Outcome.DEFERRED, "d"), (Outcome.APART, "p"), (Outcome.SPLIT, "i"),
)  # fmt: skip
"""The key of each outcome, in the order of the footer."""

OUTCOME_LABELS: Mapping[Outcome, str] = {
    Outcome.FIRST: "A's", Outcome.SECOND: "B's", Outcome.BOTH: "Both", Outcome.NEW: "New set",
    Outcome.NOTHING: "Nothing", Outcome.DEFERRED: "Defer", Outcome.APART: "Apart", Outcome.SPLIT: "Split",
}  # fmt: skip


def _reading(number: int) -> Command:
    return Command(
        f"consensus.reading-{number}", str(number), f"Reading {number}",
        "Decide: the reading with this number, 1 to 9, where there are more than two.", writes=True, footer=False,
        listed=number == 1, argument=str(number),
    )  # fmt: skip


CONSENSUS = (
    Command("consensus.reopen", "e", "Open again", "Decide anew what was decided; the earlier decision is kept.",
            writes=True),
    *(
        Command(
            f"consensus.outcome-{outcome}", key, OUTCOME_LABELS[outcome],
            f"Decide: {OUTCOME_NAMES[outcome]}.", writes=True, argument=str(outcome),
        )
        for outcome, key in OUTCOME_KEYS
    ),
    *(_reading(number) for number in range(1, 10)),
    Command("consensus.undecided", "tab", "Next open", "Go to the next disagreement that is not decided."),
    Command("consensus.session", "S", "Session", "Open a session, or go on with one that was broken off.",
            writes=True),
    Command("consensus.pause", "P", "Break off", "Break the session off, to go on with it another day.", writes=True,
            footer=False),
    Command("consensus.close", "Q", "Close", "Close the session for good.", writes=True, footer=False),
    Command("consensus.agenda", "l", "Agenda", "List everything there is to settle; again: leave the list."),
    Command("consensus.open", "enter", "Go there", "In the list: go to the item, or fold and unfold a heading."),
    Command("consensus.only-open", "t", "Only open", "List only what is still to be settled, or everything."),
    Command("consensus.sort", "s", "Order", "List by transcript, by code, or by cause."),
    Command("consensus.context", "m", "More text", "Give the text more room, then all of it, then some.",
            footer=False),
    Command("consensus.definitions", "v", "Definitions", "Read what the codes of these readings mean.",
            footer=False),
    Command("consensus.together", "K", "Same kind", "Decide all open items with the same readings at once.",
            writes=True, footer=False),
    Command("consensus.history", "h", "History", "Show every decision about this item.", footer=False),
    Command("consensus.outcomes", "y", "What came out", "Show what the decisions come to.", footer=False),
    Command("consensus.next", "j,down", "Next", "Go to the next disagreement.", footer=False),
    Command("consensus.previous", "k,up", "Before", "Go to the disagreement before.", footer=False),
    Command("consensus.page-down", "pagedown,space", "Read on", "Scroll the text on.", footer=False),
    Command("consensus.page-up", "pageup", "Read back", "Scroll the text back.", footer=False),
    Command("consensus.readings-on", "shift+down", "Readings on", "Scroll the readings on.", footer=False),
    Command("consensus.readings-back", "shift+up", "Readings back", "Scroll the readings back.", footer=False),
    Command("consensus.undo", "u", "Undo", "Undo your newest decision, wherever it was.", writes=True, footer=False),
    Command("consensus.redo", "r", "Redo", "Redo the decision you undid last.", writes=True, footer=False),
    Command("consensus.all", "f", "All codes", "Show the disagreements on every code again.", footer=False),
)  # fmt: skip
