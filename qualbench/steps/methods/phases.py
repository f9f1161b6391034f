"""Where a study stands in its method: each phase with its state and what shows it, and what comes next.

No order is forced: a team says which phase it works in and may go back; what the study shows stands beside it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from qualbench import events
from qualbench.errors import UsageError
from qualbench.events import Event
from qualbench.model import METHOD_NAMES, Method
from qualbench.steps.methods.evidence import PhaseState
from qualbench.steps.methods.facts import Facts
from qualbench.steps.methods.stages import COURSES
from qualbench.text import folded


@dataclass(frozen=True, slots=True)
class Phase:
    """A phase of the method with how far it is."""

    id: str
    number: int
    word: str
    """phase, stage or step."""
    name: str
    before: str
    """What it was called in 2006; empty where it has one name."""
    asks: str
    state: PhaseState
    shows: tuple[str, ...]
    """What shows it, in sentences."""
    entered: str = ""
    """When the team entered it last; empty where it never said so."""
    is_here: bool = False
    """The study stands here."""

    @property
    def title(self) -> str:
        """Its word, number and name."""
        return f"{self.word.capitalize()} {self.number}: {self.name}"


@dataclass(frozen=True, slots=True)
class PhaseTurn:
    """A moment at which the team said which phase it works in."""

    phase: str
    note: str
    by: str
    at: str


class UnknownPhase(UsageError):
    """No phase of the study's method has this name."""

    def __init__(self, name: str, method: Method) -> None:
        course = COURSES[method]
        known = ", ".join(one.id for one in course.stages)
        super().__init__(
            f"{METHOD_NAMES[method].capitalize()} has no {course.word} called '{name}'.", f"It has: {known}."
        )


def phases(method: Method, facts: Facts, turns: Sequence[PhaseTurn] = ()) -> tuple[Phase, ...]:
    """The phases in their order; the study stands where the team said last, else where its own data are."""
    course = COURSES[method]
    found = [one.seen(facts) for one in course.stages]
    ids = [one.id for one in course.stages]
    entered: Mapping[str, str] = {turn.phase: turn.at for turn in turns}
    said = [turn.phase for turn in turns if turn.phase in ids]
    at = ids.index(said[-1]) if said else _stands([one.state for one in found], goes_round=course.goes_round)
    return tuple(
        Phase(
            stage.id, course.first + n, course.word, stage.name, stage.before, stage.asks, here.state, here.shows,
            entered.get(stage.id, ""), n == at,
        )
        for n, (stage, here) in enumerate(zip(course.stages, found, strict=True))
    )  # fmt: skip


def _stands(states: Sequence[PhaseState], *, goes_round: bool) -> int:
    """In a course that goes round, the first step that is not done.

    Else the last phase that is begun without a gap before it, or the one after it where it is done: quotes that are
    picked early do not make a study of phase 2 one of phase 6.
    """
    left = [n for n, state in enumerate(states) if state is not PhaseState.DONE]
    if goes_round:
        return left[0] if left else len(states) - 1
    begun = [n for n, state in enumerate(states) if state is not PhaseState.NOT_BEGUN]
    at = begun[0] if begun else 0
    while at + 1 < len(states) and at + 1 in begun:
        at += 1
    return min(at + 1, len(states) - 1) if states[at] is PhaseState.DONE else at


def here(found: Sequence[Phase]) -> Phase:
    """The phase in which the study stands."""
    return next(one for one in found if one.is_here)


def next_step(found: Sequence[Phase]) -> str:
    """What the method asks for next, in a sentence: this phase while it is not done, then the one after it."""
    at = here(found)
    if at.state is not PhaseState.DONE:
        return at.asks
    after = found[found.index(at) + 1 :]
    later = next((one for one in after if one.state is not PhaseState.DONE), None)
    if later is not None:
        return f"{later.title}. {later.asks}"
    return f"Every {at.word} shows what the method asks for; go back to any of them when you need to."


def find(name: str, method: Method) -> str:
    """The id of a phase, by its id, its name of any year, or its number."""
    course = COURSES[method]
    for n, one in enumerate(course.stages, start=course.first):
        if folded(name) in {folded(one.id), folded(one.name), folded(one.before), str(n)} - {""}:
            return one.id
    raise UnknownPhase(name, method)


def enter(name: str, method: Method, note: str = "") -> list[Event]:
    """The team works in this phase from now on; going back is as good as going on."""
    return [events.PhaseEntered(phase=find(name, method), note=events.seal(note.strip()))]
