"""Consensus: each disagreement with all its readings and the text around it; one key for the outcome, one for why."""

from __future__ import annotations

from qualbench.events import Event
from qualbench.model import item_id
from qualbench.tui.commands import Command
from qualbench.tui.dialogs.page import Page
from qualbench.tui.screens import consensus_views as views
from qualbench.tui.screens.consensus_outcomes import OutcomesPage, balance, outcomes
from qualbench.tui.screens.consensus_session import Sits


class Consensus(Sits):
    """The text with its disagreements, the readings of one, what was decided, and the session over them."""

    def allows(self, command: Command) -> bool:
        """Keys of the agenda need it, keys of an item need one."""
        name = command.id.removeprefix("consensus.")
        if name in ("only-open", "sort", "open"):
            return self._has_agenda
        if name == "all":
            return bool(self._code)
        if name in ("undecided", "context", "readings-on", "readings-back", "agenda") and self._item is None:
            return False
        return super().allows(command)

    # --- pages -------------------------------------------------------------------------------------------------

    def action_do_definitions(self) -> None:
        if self._item is not None:
            self.app.push_screen(Page("The codes of these readings", views.definitions(self._item, self._book)))

    def action_do_history(self) -> None:
        item = self._item
        if item is not None:
            called = views.names(item, self._session)
            told = views.history(self.project.decision_history(item), self._book, called)
            self.app.push_screen(Page(f"What was decided: {item.name}, item {self._at + 1}", told))

    def action_do_outcomes(self) -> None:
        session = self._sitting
        found = self.project.outcomes(session=session.id if session else "")
        title = "What comes out of this session" if session else "What comes out of all decisions"
        page = OutcomesPage(title, outcomes(found, self._book, len(self._items)), balance(found.gave_way))
        self.app.push_screen(page)

    # --- undo --------------------------------------------------------------------------------------------------

    def action_do_undo(self) -> None:
        self._switch(undo=True)

    def action_do_redo(self) -> None:
        self._switch(undo=False)

    def _switch(self, *, undo: bool) -> None:
        """Undo or redo the newest own decision wherever it was, go there, and say so."""
        facts = self.project.newest_step("", "consensus", undo=undo)
        which = self.project.undo if undo else self.project.redo
        if self.write(lambda: which("", "consensus")):
            places = {item_id(fact.subject, getattr(fact, "start", -1)) for fact in facts}
            index = next((n for n, item in enumerate(self._items) if item.id in places), self._at)
            self._go(index)
            self.say(_told(facts, undo=undo))


def _told(facts: list[Event], *, undo: bool) -> str:
    if any(fact.KIND == "action_linked" for fact in facts):
        return "Undone: the link to the codebook." if undo else "Done again: the link to the codebook."
    if len(facts) > 1:
        return f"Undone: {len(facts)} decisions at once." if undo else f"Done again: {len(facts)} decisions."
    return "Undone: the decision on this disagreement." if undo else "Done again: this decision."
