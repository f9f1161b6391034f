"""What a session looks at: the disagreements, the agreements that were drawn, their order, and who speaks first."""

import random
from collections.abc import Iterable, Mapping, Sequence

from qualbench.errors import UnknownItem
from qualbench.model import AgendaSort, Cause, Decision, Difference, Item, Session, Unit, item_id


def items(
    units: Iterable[Unit],
    decisions: Sequence[Decision],
    names: Mapping[str, str],
    order: Sequence[str],
    causes: Mapping[str, str] | None = None,
) -> tuple[Item, ...]:
    """The disagreements by transcript and place, each with its newest decision; `order` is the codebook's.

    A unit on which all readings are alike, when there is one among them, is an agreement that is looked at as well.
    `causes` says by item why its readings differ.
    """
    rank = {code: number for number, code in enumerate(order)}
    newest = {(decision.transcript, decision.start): decision for decision in decisions}
    place = {transcript: number for number, transcript in enumerate(names)}
    causes = causes or {}
    found = [
        Item(
            id=(id_ := item_id(unit.transcript, unit.start)),
            transcript=unit.transcript,
            name=names[unit.transcript],
            start=unit.start,
            end=unit.end,
            readings={
                coder: tuple(sorted(codes, key=lambda code: (rank.get(code, len(rank)), code)))
                for coder, codes in sorted(unit.readings.items())
            },
            decision=newest.get((unit.transcript, unit.start)),
            cause=causes.get(id_, ""),
            agreed=len(set(unit.readings.values())) == 1,
        )
        for unit in units
    ]
    return tuple(sorted(found, key=lambda item: (place[item.transcript], item.start)))


def find(items_: Iterable[Item], name: str) -> Item:
    """The disagreement with this name."""
    for item in items_:
        if item.id == name:
            return item
    raise UnknownItem(name)


def same_kind(item: Item, among: Iterable[Item]) -> tuple[Item, ...]:
    """The open items whose coders said of them what they said of this one."""
    said = _said(item)
    return tuple(one for one in among if one.state == "open" and _said(one) == said)


def _said(item: Item) -> dict[str, frozenset[str]]:
    return {coder: frozenset(codes) for coder, codes in item.readings.items()}


# --- an agenda -------------------------------------------------------------------------------------------------


def agreements(units: Iterable[Unit]) -> tuple[Unit, ...]:
    """The units of which two coders or more said the same; that nothing applies is something to agree on too."""
    return tuple(one for one in units if len(one.readings) > 1 and len(set(one.readings.values())) == 1)


def sample(units: Sequence[Unit], number: int, seed: int) -> tuple[str, ...]:
    """So many agreements as items, drawn at random; the same seed and units draw the same again."""
    ids = [item_id(unit.transcript, unit.start) for unit in agreements(units)]
    chance = random.Random(seed)  # noqa: S311 - a draw that can be repeated, no secret
    drawn = frozenset(sorted(ids, key=lambda _: chance.random())[: max(0, number)])
    return tuple(id_ for id_ in ids if id_ in drawn)


def causes(differences: Iterable[Difference]) -> dict[str, str]:
    """By item, why its readings differ: of several causes, the first in the order of `Cause`."""
    order = list(Cause)
    found: dict[str, Cause] = {}
    for one in differences:
        id_ = item_id(one.transcript, one.start)
        found[id_] = min(found.get(id_, one.cause), one.cause, key=order.index)
    return {id_: str(cause) for id_, cause in found.items()}


def arranged(found: Sequence[Item], sort: AgendaSort, order: Sequence[str]) -> tuple[Item, ...]:
    """The items in the order of an agenda; those that sort alike stay by transcript and place, agreements last."""
    if sort is AgendaSort.TRANSCRIPT:
        return tuple(found)
    if sort is AgendaSort.CODE:
        rank = {code: number for number, code in enumerate(order)}
        last = len(rank)
        first = {one.id: min((rank.get(c, last) for c in differing(one)), default=last + 1) for one in found}
        return tuple(sorted(found, key=lambda one: first[one.id]))
    place = {str(cause): number for number, cause in enumerate(Cause)}
    return tuple(sorted(found, key=lambda one: place.get(one.cause, len(place))))


def differing(item: Item) -> frozenset[str]:
    """The codes that some readings of an item have and others have not."""
    readings = [frozenset(codes) for codes in item.readings.values()]
    return frozenset[str]().union(*readings).difference(frozenset.intersection(*readings)) if readings else frozenset()


# --- who speaks first ------------------------------------------------------------------------------------------


def speaking_order(people: Sequence[str], standing: str, position: int) -> tuple[str, ...]:
    """Who speaks in which order on the item at this position: each begins in turn.

    The person of most standing never begins, unless nobody else is there (methods of consensual research).
    """
    first = [one for one in people if one != standing] or list(people)
    if not first:
        return ()
    at = people.index(first[position % len(first)])
    return (*people[at:], *people[:at])


def called(session: Session | None, item: Item) -> dict[str, str]:
    """What each coder's reading of an item is called: by name or, in a session that hides names, by number."""
    if session is None or not session.hidden or (item.decision is not None and item.state == "decided"):
        return {coder: coder for coder in item.readings}
    return {coder: f"reading {number}" for number, coder in enumerate(item.readings, start=1)}
