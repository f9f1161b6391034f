"""Consensus: what there is to settle, what a decision must say, and what is settled.

The passes never change. A decision stands beside both readings; a later one supersedes it, and none is deleted.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence

from qualbench import events
from qualbench.errors import BadDecision, UnknownCode, UnknownItem
from qualbench.events import Event
from qualbench.model import Decision, Item, Outcome, Reason, Unit, item_id


def items(
    differing: Iterable[Unit], decisions: Sequence[Decision], names: Mapping[str, str], order: Sequence[str]
) -> tuple[Item, ...]:
    """The disagreements by transcript and place, each with its newest decision; `order` is the codebook's."""
    rank = {code: number for number, code in enumerate(order)}
    newest = {(decision.transcript, decision.start): decision for decision in decisions}
    place = {transcript: number for number, transcript in enumerate(names)}
    found = [
        Item(
            id=item_id(unit.transcript, unit.start),
            transcript=unit.transcript,
            name=names[unit.transcript],
            start=unit.start,
            end=unit.end,
            readings={
                coder: tuple(sorted(codes, key=lambda code: (rank.get(code, len(rank)), code)))
                for coder, codes in sorted(unit.readings.items())
            },
            decision=newest.get((unit.transcript, unit.start)),
        )
        for unit in differing
    ]
    return tuple(sorted(found, key=lambda item: (place[item.transcript], item.start)))


def find(items_: Iterable[Item], name: str) -> Item:
    """The disagreement with this name."""
    for item in items_:
        if item.id == name:
            return item
    raise UnknownItem(name)


def decide(
    item: Item,
    outcome: Outcome,
    *,
    reason: Reason,
    note: str = "",
    codes: Sequence[str] = (),
    yielded: str = "",
    applicable: Collection[str] = (),
) -> list[Event]:
    """The team's answer to a disagreement, with both readings kept beside it.

    `codes` belong to the outcome "new" and to no other; `yielded` names the coder who gave way, if one did.
    """
    if yielded and yielded not in item.readings:
        raise BadDecision(f"'{yielded}' has no reading here.", f"Coders: {', '.join(item.readings)}")
    if yielded and yielded == _stands(item, outcome):
        raise BadDecision(f"{yielded}'s reading stands, so {yielded} did not give way.")
    settled_codes = _settled(item, outcome, codes, applicable)
    return [
        events.ItemDecided(
            transcript=item.transcript,
            decision=events.new_id(),
            start=item.start,
            end=item.end,
            readings={coder: list(codes_) for coder, codes_ in item.readings.items()},
            outcome=str(outcome),
            codes=settled_codes,
            reason=str(reason),
            note=events.seal(note),
            yielded=yielded or _gave_way(item, outcome),
        )
    ]


def _settled(item: Item, outcome: Outcome, codes: Sequence[str], applicable: Collection[str]) -> list[str]:
    if outcome is Outcome.NEW:
        if not codes:
            raise BadDecision("A new set needs its codes.", "Name them with --codes A,B; for none, decide: nothing")
        for code in codes:
            if code not in applicable:
                raise UnknownCode(code)
        return list(dict.fromkeys(codes))
    if codes:
        raise BadDecision(f"The outcome '{outcome}' takes no codes.", "Codes belong to the outcome: new")
    readings = list(item.readings.values())
    if outcome is Outcome.FIRST:
        return list(readings[0])
    if outcome is Outcome.SECOND:
        return list(readings[1])
    if outcome is Outcome.BOTH:
        return list(dict.fromkeys(code for reading in readings for code in reading))
    return []


def _stands(item: Item, outcome: Outcome) -> str:
    """Whose reading the outcome is, when it is one coder's."""
    place = {Outcome.FIRST: 0, Outcome.SECOND: 1}.get(outcome, -1)
    return list(item.readings)[place] if place >= 0 else ""


def _gave_way(item: Item, outcome: Outcome) -> str:
    """With two coders, taking one reading means that the other gave way."""
    coders = list(item.readings)
    if len(coders) != 2:
        return ""
    return {Outcome.FIRST: coders[1], Outcome.SECOND: coders[0]}.get(outcome, "")
