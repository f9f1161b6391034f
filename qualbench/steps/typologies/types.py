"""Types of participants: each has at most one in a typology, by a rule or by hand, and always with why.

A typology is an attribute of choices, so matrices, reports and files have it as they have every attribute
(Deterding & Waters 2021, stage 3).
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from qualbench import events
from qualbench.errors import BadDecision
from qualbench.events import Event
from qualbench.text import excerpt

LONGEST = 60


@dataclass(frozen=True, slots=True)
class Typology:
    """A typology as the study has it: its name and the types, in the order of tables."""

    name: str
    types: tuple[str, ...] = ()
    is_new: bool = False


@dataclass(frozen=True, slots=True)
class Typed:
    """A participant with their type in one typology, and why."""

    participant: str
    label: str
    typology: str
    value: str
    """The type; empty while there is none."""
    rule: str = ""
    """The rule that gave it; empty where it was given by hand."""
    reason: str = ""
    """Empty also where the viewer may not read it yet."""
    by: str = ""
    at: str = ""
    holds: bool | None = None
    """Whether the rule still fits; None where there is none, or it can not be followed any more."""

    @property
    def why(self) -> str:
        """The rule and the reason in words."""
        rule = f"rule: {self.rule}{' (fits no longer)' * (self.holds is False)}" if self.rule else ""
        return "; ".join(filter(None, (rule, self.reason)))


@dataclass(frozen=True, slots=True)
class Ruled:
    """What a rule does in a typology: who gets the type, who has it already, and who has another one."""

    given: tuple[str, ...]
    already: tuple[str, ...]
    others: tuple[tuple[str, str], ...]
    """Participants whom the rule fits and who are of another type, each with that; they keep it unless it is said."""


def ruled(fitting: Sequence[str], types: Collection[Typed], value: str, *, replace: bool = False) -> Ruled:
    """Who gets a type by a rule that fits these participants; nobody is of two types."""
    held = {one.participant: one.value for one in types}
    others = [(one, held[one]) for one in fitting if held.get(one) not in ("", None, value)]
    free = [one for one in fitting if not held.get(one)]
    given = [*free, *(one for one, _ in others)] if replace else free
    return Ruled(
        tuple(given), tuple(one for one in fitting if held.get(one) == value), () if replace else tuple(others)
    )


def give(
    typology: Typology, participants: Sequence[str], value: str, *, rule: str = "", reason: str = ""
) -> list[Event]:
    """These participants are of a type from now on, and no other; an empty type takes theirs away."""
    name, value = _named(typology.name, "typology"), " ".join(value.split())
    if not rule.strip() and not reason.strip():
        raise BadDecision("A type needs a rule or a reason.", "Say why this participant is of it.")
    if not participants:
        return []
    facts: list[Event] = []
    if value and (typology.is_new or _named(value, "type") not in typology.types):
        facts.append(events.AttributeDefined(name=name, kind="choice", choices=[*typology.types, value]))
    for one in participants:
        facts.append(events.AttributeSet(participant=one, name=name, value=value))
        facts.append(
            events.AttributeReasoned(
                participant=one, name=name, rule=rule.strip(), reason=events.seal(reason.strip()), value=value
            )
        )
    return facts


def _named(words: str, what: str) -> str:
    name = " ".join(words.split())
    if not name or len(name) > LONGEST:
        raise BadDecision(f"A {what} needs a name of 1 to {LONGEST} characters.")
    return name


@dataclass(frozen=True, slots=True)
class NegativeCase:
    """A participant whose interview speaks against a theme, a code or a type."""

    against: str
    """Its id."""
    told: str
    """What it is, in words."""
    participant: str
    label: str
    reason: str
    """How."""
    by: str
    at: str


TYPE = "type:"
"""What the id of a type begins with, before its typology and itself: `type:Stance=advocate`."""


def mark(against: str, participant: str, reason: str, *, marked: bool, known: Collection[str]) -> list[Event]:
    """An interview speaks against something, with how; or it is found not to."""
    if participant not in known:
        listed = ", ".join(excerpt(one, 40) for one in sorted(known)[:20])
        raise BadDecision(f"There is no participant called '{excerpt(participant, 60)}'.", f"Known are: {listed}")
    if not reason.strip():
        raise BadDecision("A negative case needs a reason.", "Say how the interview speaks against it, or why not.")
    return [
        events.NegativeCaseMarked(
            against=against, participant=participant, marked=marked, reason=events.seal(reason.strip())
        )
    ]
