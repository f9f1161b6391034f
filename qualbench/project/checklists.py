"""Reporting checklists: filled from the log, answered by the authors, written as files."""

from __future__ import annotations

from pathlib import Path

from qualbench import events
from qualbench.errors import BadDecision
from qualbench.model import Changes
from qualbench.project.base import write_file
from qualbench.project.logged import Logged
from qualbench.steps import checklists as steps
from qualbench.steps.checklists import Answer, Filled, Item
from qualbench.store.queries import papers
from qualbench.store.queries import study as studies


class Checklists(Logged):
    """What journals ask, and what this study says to it."""

    def checklist(self, name: str) -> Filled:
        """One checklist with what is known of each item; nothing is marked that neither log nor authors say."""
        found = steps.checklist(name)
        date = studies.newest(self._db)[1][:10]
        return steps.fill(found, self.log(), self.checklist_answers(), self.study.name, date)

    def checklist_answers(self) -> tuple[Answer, ...]:
        """Every answer of the authors that stands."""
        return tuple(Answer(*row) for row in papers.answers(self._db))

    def answer_item(self, name: str, number: str, words: str) -> Changes:
        """The authors' answer to an item, in place of one before; empty words take it back."""
        found = steps.checklist(name)
        item = found.item(number)
        words = words.strip()
        held = self._own_answer(name, item)
        if not words and held is None:
            raise BadDecision(f"Item {item.number} of {found.name} has no answer of its own to take back.")
        if held is not None and held.words == words:
            return Changes()
        return self._record([events.ChecklistAnswered(checklist=name, item=item.number, words=events.seal(words))])

    def _own_answer(self, name: str, item: Item) -> Answer | None:
        answers = self.checklist_answers()
        return next((one for one in answers if (one.checklist, one.item) == (name, item.number)), None)

    def write_checklist(self, name: str, target: Path, *, gaps: bool = False, force: bool = False) -> str:
        """Write a filled checklist; the ending of the file says how: .md, .docx, .csv."""
        steps.known(target.suffix)
        filled = self.checklist(name)
        write_file(target, steps.render(filled, target.suffix, gaps=gaps), force=force)
        return f"{filled.checklist.name} is in {target}."
