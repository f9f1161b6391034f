"""Reporting checklists: what each asks in our own words, what the log shows of it, what only the authors can fill.

No item is marked as done where the log holds nothing.
"""

from qualbench.steps.checklists.filling import CHECKLISTS, UnknownChecklist, checklist, fill
from qualbench.steps.checklists.items import (
    DONE,
    STATE_WORDS,
    Answer,
    Checklist,
    Fill,
    Filled,
    Item,
    Line,
    Shown,
    State,
    UnknownItem,
)
from qualbench.steps.checklists.log import Asked, Board, Book, Coding, Log, People, Run, Settling, Transcripts
from qualbench.steps.checklists.writing import facts, known, opening, render, told_of

__all__ = [
    "CHECKLISTS",
    "DONE",
    "STATE_WORDS",
    "Answer",
    "Asked",
    "Board",
    "Book",
    "Checklist",
    "Coding",
    "Fill",
    "Filled",
    "Item",
    "Line",
    "Log",
    "People",
    "Run",
    "Settling",
    "Shown",
    "State",
    "Transcripts",
    "UnknownChecklist",
    "UnknownItem",
    "checklist",
    "facts",
    "fill",
    "known",
    "opening",
    "render",
    "told_of",
]
