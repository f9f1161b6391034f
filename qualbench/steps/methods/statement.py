"""The method statement: what the study follows, what that asks for, and every change of it with date and reason."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from qualbench import events
from qualbench.errors import BadDecision
from qualbench.events import Event
from qualbench.model import METHOD_NAMES, PROFILES, Method, Profile, Study
from qualbench.steps.methods.phases import PhaseTurn
from qualbench.steps.methods.stages import COURSES
from qualbench.text import one_line


@dataclass(frozen=True, slots=True)
class MethodTurn:
    """A change of the method."""

    before: Method
    method: Method
    reason: str
    by: str
    at: str


def change(study: Study, method: Method, reason: str) -> list[Event]:
    """The study follows another method from now on; the reason stands in the method statement."""
    if method is study.method:
        raise BadDecision(f"The study follows {METHOD_NAMES[method]} already.")
    if not reason.strip():
        raise BadDecision("A change of method needs its reason: the method statement and the report repeat it.")
    return [events.MethodChanged(method=str(method), reason=events.seal(reason.strip()))]


def statement(study: Study, changes: Sequence[MethodTurn], turns: Sequence[PhaseTurn]) -> tuple[str, ...]:
    """The method in sentences: what is followed and since when, what it asks for, and what was changed and why."""
    return (*_followed(study, changes), *asked_for(PROFILES[study.method]), *_worked(study.method, turns))


def _followed(study: Study, changes: Sequence[MethodTurn]) -> list[str]:
    name, begun = METHOD_NAMES[study.method], study.created[:10]
    if not changes:
        return [f"The study follows {name}, as it did from its beginning on {begun}."]
    first = METHOD_NAMES[changes[0].before]
    return [
        f"The study follows {name}. It was begun on {begun} as {first}.",
        *(
            f"On {one.at[:10]} {one.by or 'somebody'} changed the method from {METHOD_NAMES[one.before]} to "
            f"{METHOD_NAMES[one.method]}. The reason: {sentence(one.reason)}"
            for one in changes
        ),
    ]


def asked_for(profile: Profile) -> tuple[str, ...]:
    """The rows of the profile as sentences."""
    return tuple(f"{row[:1].upper()}{row[1:]}: {value}." for row, value in profile.rows)


def sentence(words: str) -> str:
    """Somebody's words in one line, with a full stop."""
    line = one_line(words)
    return line if line.endswith((".", "!", "?", "…")) else f"{line}."


def _worked(method: Method, turns: Sequence[PhaseTurn]) -> list[str]:
    """Which phases the team said it was in, going back included."""
    course = COURSES[method]
    names = {one.id: f"{course.word} {n} ({one.name})" for n, one in enumerate(course.stages, start=course.first)}
    told = [f"{names[turn.phase]} from {turn.at[:10]}" for turn in turns if turn.phase in names]
    if not told:
        return []
    back = "" if len({turn.phase for turn in turns}) == len(turns) else "; some were gone back to"
    return [f"The team worked in {', '.join(told)}{back}."]
