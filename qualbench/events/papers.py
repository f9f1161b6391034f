"""What authors say for their papers."""

from dataclasses import dataclass

from qualbench.events.fact import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class ChecklistAnswered(Event):
    """What the authors say to an item of a reporting checklist; empty words take an answer back."""

    KIND, AREA, UNDOABLE = "checklist_answered", "papers", True
    checklist: str
    item: str
    words: str
    """The answer, sealed."""
