"""Settled coding: the codes a segment carries in the report, and why some segments carry none yet.

Original readings stay as they are; this is a view over them and over the decisions of the consensus sessions.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeAlias

from qualbench.model import Decision, Outcome, Unit

Place: TypeAlias = tuple[str, int, int]
"""Transcript id, start and end of a unit."""


class Gap(StrEnum):
    """Why a unit is not settled, in the words the report uses."""

    SKIPPED = "not coded by every coder"
    OPEN = "on which the coders differ and nothing is decided yet"
    DEFERRED = "whose decision is deferred"
    APART = "whose readings are kept apart"


@dataclass(frozen=True, slots=True)
class Settled:
    """Settled codes place by place (the empty set is 'nothing applies') and the number of units left out.

    The places are the units in their order, and in place of one that was split its parts.
    """

    codes: Mapping[Place, frozenset[str]] = field(default_factory=dict)
    gaps: Mapping[Gap, int] = field(default_factory=dict)
    incomplete: frozenset[str] = frozenset()
    """Transcripts in which units are left out."""


def settled(units: Iterable[Unit], decisions_by_item: Mapping[str, Decision]) -> Settled:
    """What each unit settles on: the set all its transcript's coders share, or else the decision in force."""
    units = list(units)
    decisions = {(one.transcript, one.start, one.end): one for one in decisions_by_item.values()}
    coders: dict[str, set[str]] = {}
    for unit in units:
        coders.setdefault(unit.transcript, set()).update(unit.readings)
    codes: dict[Place, frozenset[str]] = {}
    gaps: Counter[Gap] = Counter()
    incomplete: set[str] = set()
    for unit in units:
        place = (unit.transcript, unit.start, unit.end)
        verdict = _verdict(unit, coders[unit.transcript], decisions.get(place))
        if isinstance(verdict, Gap):
            gaps[verdict] += 1
            incomplete.add(unit.transcript)
        elif isinstance(verdict, Decision):
            codes |= {(unit.transcript, start, end): frozenset(of) for start, end, of in verdict.parts if start < end}
        else:
            codes[place] = verdict
    return Settled(codes, dict(gaps), frozenset(incomplete))


def _verdict(unit: Unit, coders: set[str], decision: Decision | None) -> frozenset[str] | Decision | Gap:
    """The codes of a unit, the decision that splits it, or why it is not settled."""
    readings = set(unit.readings.values())
    if len(readings) == 1 and coders == set(unit.readings) and not _decided_all_the_same(unit, decision):
        return readings.pop()
    if decision is None:
        return Gap.OPEN if len(readings) > 1 else Gap.SKIPPED
    if decision.outcome is Outcome.DEFERRED:
        return Gap.DEFERRED
    if decision.outcome is Outcome.APART:
        return Gap.APART
    return decision if decision.outcome is Outcome.SPLIT else frozenset(decision.codes)


def _decided_all_the_same(unit: Unit, decision: Decision | None) -> bool:
    """Whether the team looked at this very agreement and decided; an answer to a later release comes after that."""
    return decision is not None and unit.readings == {
        coder: frozenset(codes) for coder, codes in decision.readings.items()
    }
