"""Taking back and doing again, and the list of what one did."""

from __future__ import annotations

from qualbench import events
from qualbench.errors import CodeInUse, NothingToUndo, PassSubmitted, ReadOnlyStudy
from qualbench.events import Event
from qualbench.model import Changes, PassState
from qualbench.project.tables import Tables
from qualbench.store import journal
from qualbench.store.journal import Step
from qualbench.store.queries import codings


class Undoing(Tables):
    """Undo and redo without limit, across restarts."""

    def newest_step(self, subject: str, area: str, *, undo: bool = True) -> list[Event]:
        """What `undo` (or `redo`) would take back (or do again) here; nothing when there is nothing."""
        step = (journal.undoable if undo else journal.redoable)(self._db, self.viewer, subject, area)
        return journal.facts_of(self._db, step) if step else []

    def own_steps(self, subject: str, most: int = 200) -> tuple[Step, ...]:
        """What the viewer did in the coding of a transcript, the newest first."""
        return tuple(journal.own_steps(self._db, self.viewer, subject, "coding", most))

    def undo(self, subject: str, area: str) -> Changes:
        """The viewer's newest step on this subject (anywhere in the area without one) counts no longer."""
        return self._switch(subject, area, undo=True)

    def redo(self, subject: str, area: str) -> Changes:
        """The step undone last counts again."""
        return self._switch(subject, area, undo=False)

    def _switch(self, subject: str, area: str, *, undo: bool) -> Changes:
        if not self.writable:
            raise ReadOnlyStudy(self.readonly_because)
        if area == "coding" and subject:
            held = self.own_pass(subject)
            if held is not None and held.state is PassState.SUBMITTED:
                raise PassSubmitted(self.viewer, self.transcript(subject).name)
        choose = journal.undoable if undo else journal.redoable
        step = choose(self._db, self.viewer, subject, area)
        if step is None:
            raise NothingToUndo("undo" if undo else "redo")
        if handed_in := codings.get_pass(self._db, journal.submitted_pass(self._db, step)):
            if subject and (own := self.own_pass(subject)) is not None and own.id != handed_in.id:
                raise NothingToUndo("undo" if undo else "redo")  # all that is left is of a pass before this one
            raise PassSubmitted(handed_in.coder, self.transcript(handed_in.transcript).name)
        if undo:
            self._keep_named(step)
        return journal.switch(self._db, self._writer, step, undo=undo)

    def _keep_named(self, step: str) -> None:
        """A code that was made in this step is not taken back while it stands elsewhere: nobody could read it there."""
        facts = journal.facts_of(self._db, step)
        own = {fact.coding for fact in facts if isinstance(fact, events.CodeApplied)}
        for fact in facts:
            if isinstance(fact, events.CodeProposed):
                uses = [one for one in codings.codings_of(self._db, self.viewer, fact.code) if one.id not in own]
                if uses:
                    raise CodeInUse(len(uses))
