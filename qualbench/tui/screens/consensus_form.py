"""Asking how a session begins: who is there, chair, scribe, standing, hidden names, order, sample; Enter begins it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from qualbench.model import AgendaSort
from qualbench.text import excerpt, shown
from qualbench.tui.dialogs.dialog import Dialog

NEW = "somebody else"
FIELDS = ("round", "chair", "scribe", "standing", "hidden", "sort", "sample")
LABELS: Mapping[str, str] = {
    "round": "over", "chair": "chair", "scribe": "scribe", "standing": "most standing", "hidden": "names hidden",
    "sort": "agenda", "sample": "agreements too",
}  # fmt: skip
SORTS: Mapping[AgendaSort, str] = {
    AgendaSort.TRANSCRIPT: "transcript by transcript", AgendaSort.CODE: "code by code", AgendaSort.CAUSE: "by cause",
}  # fmt: skip
MOST_SAMPLE = 999
Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class Sitting:
    """How a session is to begin, as far as it is answered."""

    known: tuple[str, ...]
    """Everybody on the list."""
    there: frozenset[str]
    round: str = ""
    chair: str = ""
    scribe: str = ""
    standing: str = ""
    """Who has most standing; nobody as long as nobody says so."""
    hidden: bool = False
    sort: AgendaSort = AgendaSort.TRANSCRIPT
    sample: int = 0

    @property
    def people(self) -> tuple[str, ...]:
        """Who is there, in the order of the list."""
        return tuple(one for one in self.known if one in self.there)


def toggled(sitting: Sitting, person: str) -> Sitting:
    """Somebody comes or goes; whoever goes holds no office."""
    there = sitting.there ^ {person}
    chair, scribe, standing = (one if one in there else "" for one in (sitting.chair, sitting.scribe, sitting.standing))
    return replace(sitting, there=there, chair=chair, scribe=scribe, standing=standing)


def joined(sitting: Sitting, name: str) -> Sitting:
    """Somebody who was not on the list is there."""
    known = sitting.known if name in sitting.known else (*sitting.known, name)
    return replace(sitting, known=known, there=sitting.there | {name})


def turned(sitting: Sitting, field: str, step: int, rounds: Mapping[str, Sequence[str]]) -> Sitting:
    """A field at its next or previous value; another round brings its coders."""
    if field == "hidden":
        return replace(sitting, hidden=not sitting.hidden)
    if field == "sample":
        return replace(sitting, sample=max(0, min(MOST_SAMPLE, sitting.sample + step)))
    if field == "sort":
        return replace(sitting, sort=_after(list(AgendaSort), sitting.sort, step))
    if field == "round":
        name = _after(list(rounds), sitting.round, step)
        coders = tuple(rounds[name])
        known = (*coders, *(one for one in sitting.known if one not in coders))
        guests = sitting.there - set(rounds[sitting.round])
        return replace(sitting, known=known, there=guests | set(coders), round=name, chair="", scribe="", standing="")
    people = ["", *sitting.people]
    if field == "chair":
        return replace(sitting, chair=_after(people, sitting.chair, step))
    if field == "scribe":
        return replace(sitting, scribe=_after(people, sitting.scribe, step))
    return replace(sitting, standing=_after(people, sitting.standing, step))


def _after(every: Sequence[Value], now: Value, step: int) -> Value:
    return every[(every.index(now) + step) % len(every)]


class AskSitting(Dialog[Sitting]):
    """A line for each person and each question; Enter accepts all as it stands.

    `rounds` has the coders of each round by its name, "" for everything; a session that goes on has none and asks
    for people only.
    """

    def __init__(self, title: str, sitting: Sitting, rounds: Mapping[str, Sequence[str]]) -> None:
        super().__init__()
        self._asks, self._sitting, self._rounds = title, sitting, rounds
        self._bar = 0
        self._typed = ""

    def compose(self) -> ComposeResult:
        """The lines and their keys."""
        hint = "↑ ↓ go to a line, Space or ← → change it; type a name for somebody else. Enter begins, Escape does not."
        with Vertical():
            yield Static(Content.styled(shown(self._asks), "bold"), markup=False)
            yield Static(id="lines", markup=False)
            yield Static(Content.styled(hint, "dim"), markup=False)

    def begin(self) -> None:
        """No field has the keys: every line is changed in place."""
        self._draw()

    @property
    def _fields(self) -> tuple[str, ...]:
        return FIELDS if self._rounds else ()

    @property
    def _lines(self) -> list[str]:
        return [*self._sitting.known, NEW, *self._fields]

    @property
    def _at_name(self) -> bool:
        return self._bar == len(self._sitting.known)

    def press(self, event: events.Key | events.Paste) -> None:
        """Move, change, type a name, or begin."""
        if isinstance(event, events.Paste):
            self._type(" ".join(event.text.split()))
        elif event.key in ("up", "down", "tab", "shift+tab"):
            step = 1 if event.key in ("down", "tab") else -1
            self._bar = (self._bar + step) % len(self._lines)
        elif event.key == "enter":
            self._enter()
        elif event.key == "backspace":
            self._typed = self._typed[:-1]
        elif event.key in ("left", "right") or (event.key == "space" and not self._typed):
            self._change(-1 if event.key == "left" else 1)
        elif event.is_printable and event.character:
            self._type(event.character)
        if not self.is_answered:
            self._draw()

    def _type(self, words: str) -> None:
        """Letters are a name wherever the bar is; digits at the sample are its number."""
        at = self._lines[self._bar] if self._bar > len(self._sitting.known) else ""
        if at == "sample" and words.isdecimal() and not self._typed:
            self._sitting = replace(self._sitting, sample=min(MOST_SAMPLE, self._sitting.sample * 10 + int(words)))
            return
        self._typed += words
        self._bar = len(self._sitting.known)

    def _change(self, step: int) -> None:
        if self._bar < len(self._sitting.known):
            self._sitting = toggled(self._sitting, self._sitting.known[self._bar])
        elif not self._at_name:
            self._sitting = turned(self._sitting, self._lines[self._bar], step, self._rounds)

    def _enter(self) -> None:
        """A name that was typed joins first; then Enter begins."""
        name = " ".join(self._typed.split())
        if name:
            self._sitting = joined(self._sitting, name)
            self._typed, self._bar = "", len(self._sitting.known)
        elif self._sitting.people:
            self.dismiss(self._sitting)

    # --- drawing -----------------------------------------------------------------------------------------------

    def _draw(self) -> None:
        lines = [self._line(number) for number in range(len(self._lines))]
        room = max(5, self.app.size.height * 9 // 10 - 7)
        first = max(0, min(self._bar - room // 2, len(lines) - room))
        self.query_one("#lines", Static).update(Content("\n").join(lines[first : first + room]))

    def _line(self, number: int) -> Content:
        sitting, name = self._sitting, self._lines[number]
        if number < len(sitting.known):
            words = f"[{'x' if name in sitting.there else ' '}] {excerpt(name, 50)}"
        elif number == len(sitting.known):
            words = f"[+] {excerpt(self._typed, 50) + '▏' if self._typed else NEW + ' (type the name)'}"
        else:
            words = f"{LABELS[name]:15} {excerpt(_told(sitting, name), 50)}"
        is_here = number == self._bar
        return Content.styled(f"{'▸' if is_here else ' '} {words}", "bold" if is_here else "")


def _told(sitting: Sitting, field: str) -> str:
    if field == "round":
        return sitting.round or "everything that is opened"
    if field == "hidden":
        return "yes, until each decision" if sitting.hidden else "no"
    if field == "sort":
        return SORTS[sitting.sort]
    if field == "sample":
        return str(sitting.sample) if sitting.sample else "none"
    return getattr(sitting, field) or "nobody"
