"""Asking why readings differed: one key for the reason; a note, who gave way and the codebook only if wanted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from qualbench.model import CODEBOOK_ACTION_NAMES, REASON_NAMES, CodebookAction, Reason
from qualbench.text import excerpt, shown
from qualbench.tui.dialogs.dialog import Dialog, Words

LETTERS: Mapping[str, Reason] = {
    "s": Reason.SLIP, "d": Reason.DEFINITION, "o": Reason.OVERLAP, "m": Reason.MISSING_CODE, "b": Reason.BOUNDARY,
    "c": Reason.CONTEXT, "r": Reason.READING,
}  # fmt: skip
"""The key of each reason; its number does as well."""


@dataclass(frozen=True, slots=True)
class Why:
    """What is said of a decision beside its outcome."""

    reason: Reason
    note: str = ""
    yielded: str = ""
    action: CodebookAction = CodebookAction.NONE


class AskReason(Dialog[Why]):
    """The reason by its key, and a note that may stay empty; Enter keeps both.

    `gave_way` has whoever may have given way with what they are called here; it is asked only where there are some.
    """

    ANSWERS: ClassVar[frozenset[str]] = Dialog.ANSWERS | {"tab", "shift+tab"}

    def __init__(self, decision: str, gave_way: Sequence[tuple[str, str]] = ()) -> None:
        super().__init__()
        self._decision = decision
        self._reason: Reason | None = None
        self._people = [("", "not said"), *gave_way] if gave_way else []
        self._yielded = 0
        self._action = 0

    def compose(self) -> ComposeResult:
        """The decision, the reasons, the note, and what may be said besides."""
        with Vertical():
            yield Static(Content.styled(shown(self._decision), "bold"), markup=False)
            yield Static(self._reasons(), id="reasons", markup=False)
            yield Words(one_line=True)
            yield Static(self._besides(), id="besides", markup=False)
            how = "A key says why; then a note, if you like, and Enter. Escape decides nothing."
            yield Static(Content.styled(how, "dim"), id="how", markup=False)

    def _reasons(self) -> Content:
        lines = []
        for number, (letter, reason) in enumerate(LETTERS.items(), start=1):
            is_chosen = reason is self._reason
            lines.append(
                Content.assemble(
                    (f" {letter} ", "bold reverse"), (f" {number}", "dim"),
                    (f" {'✓' if is_chosen else ' '} {REASON_NAMES[reason]}", "bold" if is_chosen else ""),
                )
            )  # fmt: skip
        return Content("\n").join(lines)

    def _besides(self) -> Content:
        action = list(CODEBOOK_ACTION_NAMES.values())[self._action]
        lines = [Content.assemble((" Tab ", "bold reverse"), f" the codebook: {action}")]
        if self._people:
            who = excerpt(self._people[self._yielded][1], 40)
            lines.append(Content.assemble((" ShiftTab ", "bold reverse"), f" who gave way: {who}"))
        return Content("\n").join(lines)

    def begin(self) -> None:
        """The reason comes first: the note gets the keys after it."""
        self.set_focus(None)

    def press(self, event: events.Key | events.Paste) -> None:
        """First the key of a reason, then the words of the note; Tab says more at any time."""
        key = event.key if isinstance(event, events.Key) else ""
        if key in ("tab", "shift+tab"):
            self._say_more(key)
        elif self._reason is None:
            self._say_why(event.character if isinstance(event, events.Key) else None)
        elif key in ("enter", "ctrl+s"):
            self._answer(self._reason)
        else:
            self.query_one(Words).type_in(event)

    def _say_more(self, key: str) -> None:
        if key == "tab":
            self._action = (self._action + 1) % len(CODEBOOK_ACTION_NAMES)
        elif self._people:
            self._yielded = (self._yielded + 1) % len(self._people)
        self.query_one("#besides", Static).update(self._besides())

    def _say_why(self, letter: str | None) -> None:
        by_number = dict(zip("1234567", LETTERS.values(), strict=True))
        self._reason = {**LETTERS, **by_number}.get(letter or "")
        if self._reason is None:
            sentence = "One of the keys above, or its number, says why; that comes first."
            self.query_one("#how", Static).update(Content.styled(sentence, "bold"))
            return
        self.query_one("#reasons", Static).update(self._reasons())
        self.query_one(Words).focus()

    def _answer(self, reason: Reason) -> None:
        yielded = self._people[self._yielded][0] if self._people else ""
        action = list(CODEBOOK_ACTION_NAMES)[self._action]
        self.dismiss(Why(reason, self.query_one(Words).text.strip(), yielded, action))
