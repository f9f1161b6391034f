"""What a decision must say, and what each outcome settles. The passes never change; a decision stands beside them."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from qualbench import events
from qualbench.errors import BadDecision, UnknownCode
from qualbench.events import Event, ItemDecided
from qualbench.model import CodebookAction, Item, Outcome, Reason

Part = tuple[int, int, Sequence[str]]
"""Start, end and codes of a part of a segment."""


@dataclass(frozen=True, slots=True)
class Sitting:
    """The circumstances in which a decision is taken."""

    session: str = ""
    """Empty outside of any."""
    order: tuple[str, ...] = ()
    """Who spoke in which order."""
    seconds: int = 0
    """How long it was talked about; 0 when nobody measured."""
    codebook: str = ""
    """The version of the codebook."""
    together: str = ""


def decide(
    item: Item,
    outcome: Outcome,
    *,
    reason: Reason,
    note: str = "",
    codes: Sequence[str] = (),
    yielded: str = "",
    applicable: Collection[str] = (),
    stands: str = "",
    parts: Sequence[Part] = (),
    action: CodebookAction = CodebookAction.NONE,
    sitting: Sitting | None = None,
) -> list[Event]:
    """The team's answer to an item, with every reading kept beside it.

    `codes` belong to the outcome "new", `stands` to "one" and `parts` to "split", each to no other; `yielded` names
    the coder who gave way, if one did.
    """
    if item.agreed and outcome is Outcome.APART:
        raise BadDecision("The coders agree here: there are no readings to keep apart.")
    _only_of(Outcome.NEW, outcome, codes, "codes")
    _only_of(Outcome.ONE, outcome, stands, "coder whose reading stands")
    _only_of(Outcome.SPLIT, outcome, parts, "parts")
    settled_parts = _parts(item, parts, applicable) if outcome is Outcome.SPLIT else []
    said = sitting or Sitting()
    return [
        ItemDecided(
            transcript=item.transcript,
            decision=events.new_id(),
            start=item.start,
            end=item.end,
            readings={coder: list(codes_) for coder, codes_ in item.readings.items()},
            outcome=str(outcome),
            codes=_settled(item, outcome, codes, applicable, stands, settled_parts),
            reason=str(reason),
            note=events.seal(note),
            yielded=_yielded(item, outcome, stands, yielded),
            session=said.session,
            stands=stands,
            parts=[[start, end] for start, end, _ in settled_parts],
            part_codes=[list(codes_) for _, _, codes_ in settled_parts],
            order=list(said.order),
            seconds=max(0, said.seconds),
            codebook=said.codebook,
            action="" if action is CodebookAction.NONE else str(action),
            together=said.together,
        )
    ]


def decide_together(
    items: Sequence[Item],
    outcome: Outcome,
    *,
    reason: Reason,
    note: str = "",
    codes: Sequence[str] = (),
    yielded: str = "",
    applicable: Collection[str] = (),
    stands: str = "",
    action: CodebookAction = CodebookAction.NONE,
    sittings: Mapping[str, Sitting] | None = None,
) -> list[Event]:
    """One answer to several items: each has its own record, and all of them stand or none.

    `sittings` has the circumstances of each item by its id; the time that was talked is shared out among them.
    """
    if not items:
        raise BadDecision("No item is named.", "Name those that are to be decided together.")
    if outcome is Outcome.SPLIT:
        raise BadDecision("A segment is split by itself: each has borders of its own.")
    each = {item.id: item for item in items}
    together = events.new_id() if len(each) > 1 else ""
    facts: list[Event] = []
    for item in each.values():
        said = (sittings or {}).get(item.id, Sitting())
        shared = max(1, round(said.seconds / len(each))) if said.seconds > 0 else 0
        facts += decide(
            item, outcome, reason=reason, note=note, codes=codes, yielded=yielded, applicable=applicable,
            stands=stands, action=action, sitting=replace(said, seconds=shared, together=together),
        )  # fmt: skip
    return facts


def link(transcript: str, decision: str, steps: Sequence[str], draft: Collection[str]) -> list[Event]:
    """What was done to the draft of the codebook because of a decision; `draft` are the steps it consists of."""
    if not steps:
        raise BadDecision("No change of the codebook is named.", "Change its draft first: qualbench codebook FOLDER")
    for step in steps:
        if step not in draft:
            raise BadDecision(f"The draft of the codebook has no change called '{step}'.")
    return [events.ActionLinked(transcript=transcript, decision=decision, steps=list(dict.fromkeys(steps)))]


# --- what an outcome settles -----------------------------------------------------------------------------------


def _only_of(belongs: Outcome, outcome: Outcome, given: object, what: str) -> None:
    if given and outcome is not belongs:
        raise BadDecision(f"The outcome '{outcome}' takes no {what}.", f"That belongs to the outcome: {belongs}")


def _settled(
    item: Item, outcome: Outcome, codes: Sequence[str], applicable: Collection[str], stands: str, parts: Sequence[Part]
) -> list[str]:
    readings = list(item.readings.values())
    if outcome is Outcome.NEW:
        if not codes:
            raise BadDecision("A new set needs its codes.", "Name them with --codes A,B; for none, decide: nothing")
        return _known(codes, applicable)
    if outcome is Outcome.ONE:
        return list(_reading_of(item, stands))
    if outcome is Outcome.SPLIT:
        return list(dict.fromkeys(code for _, _, codes_ in parts for code in codes_))
    if outcome is Outcome.BOTH:
        return list(dict.fromkeys(code for reading in readings for code in reading))
    place = _PLACES.get(outcome)
    return [] if place is None else list(readings[place])


_PLACES = {Outcome.FIRST: 0, Outcome.SECOND: 1}


def _known(codes: Sequence[str], applicable: Collection[str]) -> list[str]:
    for code in codes:
        if code not in applicable:
            raise UnknownCode(code)
    return list(dict.fromkeys(codes))


def _reading_of(item: Item, coder: str) -> Sequence[str]:
    if not coder:
        raise BadDecision("It is not said whose reading stands.", f"Coders: {', '.join(item.readings)}")
    if coder not in item.readings:
        raise BadDecision(f"'{coder}' has no reading here.", f"Coders: {', '.join(item.readings)}")
    return item.readings[coder]


def _parts(item: Item, parts: Sequence[Part], applicable: Collection[str]) -> list[Part]:
    """The parts in the order of the text; together they are the segment, no more and no less."""
    if len(parts) < 2:
        raise BadDecision("A split needs at least two parts.", "Say for each where it begins and ends.")
    found = [(start, end, _known(codes, applicable)) for start, end, codes in sorted(parts, key=lambda part: part[:2])]
    if any(start >= end for start, end, _ in found):
        raise BadDecision("A part has no words in it.", "Each part ends behind its beginning.")
    for before, after in pairwise(found):
        if before[1] != after[0]:
            between = "overlap" if before[1] > after[0] else "leave a gap"
            raise BadDecision(
                f"The parts {before[0]} to {before[1]} and {after[0]} to {after[1]} {between}.",
                "Each part begins where the one before it ends.",
            )
    if (found[0][0], found[-1][1]) != (item.start, item.end):
        raise BadDecision(
            f"The parts go from {found[0][0]} to {found[-1][1]}, the segment from {item.start} to {item.end}.",
            "The parts together are the whole segment.",
        )
    return [*found]


# --- who gave way ----------------------------------------------------------------------------------------------


def _yielded(item: Item, outcome: Outcome, stands: str, yielded: str) -> str:
    if not yielded:
        return _gave_way(item, outcome)
    if yielded not in item.readings:
        raise BadDecision(f"'{yielded}' has no reading here.", f"Coders: {', '.join(item.readings)}")
    place = _PLACES.get(outcome)
    if yielded == (stands if place is None else list(item.readings)[place]):
        raise BadDecision(f"{yielded}'s reading stands, so {yielded} did not give way.")
    return yielded


def _gave_way(item: Item, outcome: Outcome) -> str:
    """With two coders who differ, taking one reading means that the other gave way."""
    coders, place = list(item.readings), _PLACES.get(outcome)
    if place is None or len(coders) != 2 or len({frozenset(codes) for codes in item.readings.values()}) == 1:
        return ""
    return coders[1 - place]
