"""A decision on the way, from its key to the moment it is written down. Pure values and functions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from qualbench.model import OUTCOME_NAMES, Decision, Item, Outcome

Part = tuple[int, int, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Pending:
    """A decision on the way: what is known of it so far, about one item or several."""

    items: tuple[Item, ...]
    outcome: Outcome
    stands: str = ""
    codes: tuple[str, ...] = ()
    stretches: tuple[tuple[int, int], ...] = ()
    """The parts of a split that wait for their codes."""
    parts: tuple[Part, ...] = ()

    @property
    def standing(self) -> str:
        """Whose reading stands, when it is one coder's."""
        place = {Outcome.FIRST: 0, Outcome.SECOND: 1}.get(self.outcome, -1)
        return list(self.items[0].readings)[place] if place >= 0 else self.stands


def newer(item: Item, newest: Decision | None) -> Decision | None:
    """The newest decision on an item, where it is not the one that was there when the item was read."""
    known = item.decision.id if item.decision is not None else ""
    return newest if newest is not None and newest.id != known else None


def overtaken(pending: Pending, newest: Mapping[str, Decision | None]) -> dict[str, Decision]:
    """The items (by id) that somebody decided while this decision was on its way, with what they decided."""
    found = {item.id: newer(item, newest.get(item.id)) for item in pending.items}
    return {id_: decision for id_, decision in found.items() if decision is not None}


def asked_again(pending: Pending, theirs: Mapping[str, Decision]) -> tuple[str, list[tuple[str, str]]]:
    """The question that is asked before another's decision is superseded, and its answers."""
    actors = ", ".join(dict.fromkeys(one.actor for one in theirs.values()))
    if len(pending.items) == 1:
        (one,) = theirs.values()
        question = f"{actors} decided this while you did: {OUTCOME_NAMES[one.outcome]}. Does yours take its place?"
        return question, [("leave", "No: leave it as it was decided"), ("mine", "Yes: theirs stays in the history")]
    question = (
        f"{actors} decided {len(theirs)} of these {len(pending.items)} while you did. Does yours take their place?"
    )
    return question, [("leave", "No: decide only the others"), ("mine", "Yes: theirs stay in the history")]


def taking(items: tuple[Item, ...], coder: str) -> Pending:
    """The decision that one coder's reading stands."""
    place = list(items[0].readings).index(coder)
    if place < 2:
        return Pending(items, (Outcome.FIRST, Outcome.SECOND)[place])
    return Pending(items, Outcome.ONE, stands=coder)


def told(pending: Pending, called: Mapping[str, str]) -> str:
    """The outcome in words; while names are hidden a reading is its number."""
    coder = pending.standing
    if not coder:
        return OUTCOME_NAMES[pending.outcome]
    if called[coder] != coder:
        return called[coder].lower()
    return f"{coder}'s reading" if pending.outcome is Outcome.ONE else OUTCOME_NAMES[pending.outcome]


def may_have_yielded(pending: Pending, called: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """Whoever may have given way, with what they are called: nobody where it follows or nothing is settled.

    Whoever had said what stands did not give way.
    """
    item = pending.items[0]
    follows = bool(pending.standing) and len(item.readings) == 2
    if follows or item.agreed or pending.outcome in (Outcome.DEFERRED, Outcome.APART):
        return ()
    stands = set(item.readings[pending.standing]) if pending.standing else None
    return tuple(one for one in called.items() if set(item.readings[one[0]]) != stands)
