"""Filling a checklist: what the log shows, what authors answered, and what is missing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from qualbench.errors import UsageError
from qualbench.steps.checklists.braun_clarke import BRAUN_CLARKE
from qualbench.steps.checklists.coreq import COREQ
from qualbench.steps.checklists.items import Answer, Checklist, Fill, Filled, Item, Line, Shown, State
from qualbench.steps.checklists.jars import JARS
from qualbench.steps.checklists.log import Log
from qualbench.steps.checklists.oconnor_joffe import OCONNOR_JOFFE
from qualbench.steps.checklists.srqr import SRQR

CHECKLISTS: tuple[Checklist, ...] = (COREQ, SRQR, JARS, OCONNOR_JOFFE, BRAUN_CLARKE)


class UnknownChecklist(UsageError):
    def __init__(self, name: str) -> None:
        known = ", ".join(one.id for one in CHECKLISTS)
        super().__init__(f"There is no checklist called '{name}'.", f"Known are: {known}.")


def checklist(name: str) -> Checklist:
    """One checklist by its id."""
    for one in CHECKLISTS:
        if one.id == name:
            return one
    raise UnknownChecklist(name)


def fill(of: Checklist, log: Log, answers: Iterable[Answer], study: str, date: str) -> Filled:
    """The checklist as this study fills it; what neither log nor authors say stays open."""
    given = list(answers)
    lines = (_line(of, item, log, given) for item in of.items)
    return Filled(of, study, date, tuple(lines))


def _line(of: Checklist, item: Item, log: Log, answers: Sequence[Answer]) -> Line:
    by_evidence = [evidence(log) for evidence in item.evidence]
    shown = tuple(fact for facts in by_evidence for fact in facts)
    answer = _answer(of, item, answers)
    state = _state(item, bool(by_evidence and by_evidence[0]), shown, answer)
    own = answer is None or (answer.checklist, answer.item) == (of.id, item.number)
    return Line(item, state, shown, answer, "" if own or not answer else _called(answer))


def _called(answer: Answer) -> str:
    return f"{checklist(answer.checklist).name} {answer.item}"


def _state(item: Item, decisive: bool, shown: Sequence[Shown], answer: Answer | None) -> State:
    if item.fill is Fill.LOG and decisive and all(fact.holds for fact in shown):
        return State.SHOWN
    if answer is not None:
        return State.ANSWERED
    if item.fill is Fill.LOG:
        return State.NOTHING if all(fact.holds for fact in shown) else State.OTHERWISE
    return State.ASKED if item.fill is Fill.ASKED else State.AUTHORS


def _answer(of: Checklist, item: Item, answers: Sequence[Answer]) -> Answer | None:
    """What was said to this very item, else the newest answer to one that asks the same elsewhere."""
    same = _same(item)
    own = [one for one in answers if (one.checklist, one.item) == (of.id, item.number)]
    elsewhere = [one for one in answers if (one.checklist, one.item) in same]
    return next(iter([*reversed(own), *reversed(elsewhere)]), None)


def _same(item: Item) -> frozenset[tuple[str, str]]:
    if not item.topic:
        return frozenset()
    return frozenset((of.id, one.number) for of in CHECKLISTS for one in of.items if one.topic == item.topic)
