"""What a reporting checklist is, and what is known of each of its items: from the log, from the authors, or nothing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from qualbench.errors import UsageError
from qualbench.steps.checklists.log import Log
from qualbench.text import folded


@dataclass(frozen=True, slots=True)
class Shown:
    """One fact of the log, and where it stands there."""

    words: str
    where: str
    holds: bool = True
    """Whether it is what the item asks for; a fact that speaks against it never makes an item done."""


Evidence = Callable[[Log], tuple[Shown, ...]]


class Fill(StrEnum):
    """Who can fill an item."""

    LOG = "log"
    """The log, when it holds the facts."""
    ASKED = "asked"
    """The authors, once: it is a fact about the study that nobody records while coding."""
    AUTHORS = "authors"
    """The authors, in the paper: it is about the text."""


class State(StrEnum):
    """How an item stands."""

    SHOWN = "shown"
    ANSWERED = "answered"
    OTHERWISE = "otherwise"
    NOTHING = "nothing"
    ASKED = "asked"
    AUTHORS = "authors"


STATE_WORDS = {
    State.SHOWN: "shown by the log",
    State.ANSWERED: "answered",
    State.OTHERWISE: "the log shows otherwise",
    State.NOTHING: "the log shows nothing",
    State.ASKED: "to be answered once",
    State.AUTHORS: "only the authors",
}
"""What each state is called; none of them rests on a colour or a sign."""
DONE = frozenset({State.SHOWN, State.ANSWERED})


@dataclass(frozen=True, slots=True)
class Item:
    """One item, asked in our own words."""

    number: str
    section: str
    asks: str
    fill: Fill
    evidence: tuple[Evidence, ...] = ()
    """What the log may show: the first decides whether the item is shown, the others add to it. For items that the
    log can not fill, what it holds beside them."""
    topic: str = ""
    """Items of several checklists with one topic are answered once."""


@dataclass(frozen=True, slots=True)
class Checklist:
    id: str
    name: str
    source: str
    about: str
    """What to know before it is used, in a sentence."""
    items: tuple[Item, ...]

    def item(self, number: str) -> Item:
        """One item by its number, whatever its case; `S5` may also be said as 5."""
        said = folded(number)
        for one in self.items:
            if said in (folded(one.number), folded(one.number).lstrip("abcdefghijklmnopqrstuvwxyz")):
                return one
        raise UnknownItem(self.name, number, [one.number for one in self.items])


@dataclass(frozen=True, slots=True)
class Answer:
    """What the authors said to an item."""

    checklist: str
    item: str
    words: str
    by: str
    at: str


@dataclass(frozen=True, slots=True)
class Line:
    """An item with what is known of it."""

    item: Item
    state: State
    shown: tuple[Shown, ...]
    answer: Answer | None = None
    """It may have been given to an item of another checklist that asks the same."""
    elsewhere: str = ""
    """That item, such as COREQ 14; empty where the answer is its own."""

    @property
    def is_gap(self) -> bool:
        """Whether somebody still has to fill it."""
        return self.state not in DONE


@dataclass(frozen=True, slots=True)
class Filled:
    """A checklist as the study fills it."""

    checklist: Checklist
    study: str
    date: str
    """Day of the newest entry in the log."""
    lines: tuple[Line, ...]

    @property
    def gaps(self) -> tuple[Line, ...]:
        """What is missing."""
        return tuple(line for line in self.lines if line.is_gap)


class UnknownItem(UsageError):
    def __init__(self, checklist: str, number: str, known: Sequence[str]) -> None:
        super().__init__(f"{checklist} has no item '{number}'.", f"Its items are {known[0]} to {known[-1]}.")
