"""The commands of consensus sessions."""

from __future__ import annotations

from collections.abc import Mapping

from qualbench.model import OUTCOME_NAMES, Outcome
from qualbench.tui.commands.command import Command

_OUTCOME_KEYS = (
    (Outcome.FIRST, "a"), (Outcome.SECOND, "b"), (Outcome.BOTH, "o"), (Outcome.NEW, "w"), (Outcome.NOTHING, "n"),
    (Outcome.DEFERRED, "d"), (Outcome.APART, "p"),
)  # fmt: skip


_OUTCOME_LABELS: Mapping[Outcome, str] = {
    Outcome.FIRST: "A's", Outcome.SECOND: "B's", Outcome.BOTH: "Both", Outcome.NEW: "New set",
    Outcome.NOTHING: "Nothing", Outcome.DEFERRED: "Defer", Outcome.APART: "Apart",
}  # fmt: skip


CONSENSUS = (
    *(
        Command(
            f"consensus.outcome-{outcome}", key, _OUTCOME_LABELS[outcome],
            f"Decide: {OUTCOME_NAMES[outcome]}.", writes=True, argument=str(outcome),
        )
        for outcome, key in _OUTCOME_KEYS
    ),
    Command("consensus.undecided", "tab", "Next open", "Go to the next disagreement that is not decided."),
    Command("consensus.next", "j,down", "Next", "Go to the next disagreement.", footer=False),
    Command("consensus.previous", "k,up", "Before", "Go to the disagreement before.", footer=False),
    Command("consensus.page-down", "pagedown,space", "Read on", "Scroll the text on.", footer=False),
    Command("consensus.page-up", "pageup", "Read back", "Scroll the text back.", footer=False),
    Command("consensus.undo", "u", "Undo", "Undo your newest decision, wherever it was.", writes=True, footer=False),
    Command("consensus.redo", "r", "Redo", "Redo the decision you undid last.", writes=True, footer=False),
    Command("consensus.all", "f", "All codes", "Show the disagreements on every code again.", footer=False),
)  # fmt: skip
