"""Typed attributes of participants: what may stand in each, and how it is written so that it can be counted."""

import math
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum

from qualbench.steps.participants.values import Ambiguous, day_of, number_of
from qualbench.text import excerpt, folded


class AttributeKind(StrEnum):
    """What an attribute holds."""

    CHOICE = "choice"
    NUMBER = "number"
    DATE = "date"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class Attribute:
    """Something that is known of participants, such as their age or their site."""

    name: str
    kind: AttributeKind = AttributeKind.TEXT
    choices: tuple[str, ...] = ()
    """What may be chosen, in the order of tables; empty while anything may."""


@dataclass(frozen=True, slots=True)
class BadValue:
    """A value that an attribute can not take, with the reason and what to write instead."""

    attribute: str
    text: str
    message: str

    def __str__(self) -> str:
        return f"{excerpt(self.attribute, 60)}: {self.message}"


UNKNOWN = ""
"""The value of what is not known."""

_NOT_SAID = frozenset(("-", "–", "—", "?", ".", "n/a", "na", "n.a.", "k.a.", "k. a.", "nan", "null", "none", "unknown"))
"""What people write for a number or a day that they do not know; among choices these may be answers."""
_MOST = 0.8
"""The share of a column that makes its kind; the rest are faults to be seen."""
_FEW, _SHORT = 12, 40
"""Choices are not more than these, and not longer."""


def checked(attribute: Attribute, text: str) -> str | BadValue:
    """The value as it is kept, empty for unknown: days in ISO, choices in their known spelling, numbers as written."""
    said = _trimmed(text)
    if not said or (attribute.kind in (AttributeKind.NUMBER, AttributeKind.DATE) and _is_not_said(said)):
        return UNKNOWN
    try:
        return _KEPT[attribute.kind](attribute, said)
    except ValueError as error:
        return BadValue(attribute.name, text, str(error))


def alike(attribute: Attribute, one: str, other: str) -> bool:
    """Whether two kept values say the same: 3 and 3.0, Leeds and leeds as a choice."""
    return value_key(attribute, one) == value_key(attribute, other)


def value_key(attribute: Attribute, value: str) -> tuple[float, str]:
    """What a kept value is compared and sorted by: numbers as numbers, choices without case, unknown first."""
    if value == UNKNOWN:
        return -math.inf, ""
    if attribute.kind is AttributeKind.NUMBER:
        try:
            return number_of(value), ""
        except ValueError:
            return 0.0, value
    return 0.0, folded(value) if attribute.kind is AttributeKind.CHOICE else value


def guess_kind(values: Iterable[str]) -> AttributeKind:
    """What a column holds, by its values: a guess for the mapping screen, never the last word."""
    said = [one for value in values if (one := _trimmed(value)) and not _is_not_said(one)]
    for kind, looks in ((AttributeKind.NUMBER, _looks_number), (AttributeKind.DATE, _looks_day)):
        if said and sum(map(looks, said)) >= _MOST * len(said):
            return kind
    different = len({folded(one) for one in said})
    few = different < len(said) and different <= min(_FEW, max(2, len(said) // 2))
    return AttributeKind.CHOICE if few and max(map(len, said)) <= _SHORT else AttributeKind.TEXT


def choices_of(values: Iterable[str]) -> tuple[str, ...]:
    """The choices that a column holds, each in its commonest spelling, in the order of first use."""
    spellings: dict[str, Counter[str]] = {}
    for value in values:
        if said := _one_line(value):
            spellings.setdefault(folded(said), Counter())[said] += 1
    return tuple(counter.most_common(1)[0][0] for counter in spellings.values())


def _choice(attribute: Attribute, said: str) -> str:
    said = _one_line(said)
    if not attribute.choices or said in attribute.choices:
        return said
    near = [choice for choice in attribute.choices if folded(choice) == folded(said)]
    if len(near) == 1:
        return near[0]
    known = ", ".join(excerpt(choice, _SHORT) for choice in near or attribute.choices[:20])
    why = "can be several of the choices" if near else "is none of the choices"
    raise ValueError(f"'{excerpt(said, _SHORT)}' {why} ({known})")


def _number(_: Attribute, said: str) -> str:
    number_of(said)
    return said


def _date(_: Attribute, said: str) -> str:
    return day_of(said).isoformat()


def _text(_: Attribute, said: str) -> str:
    return said


_KEPT: dict[AttributeKind, Callable[[Attribute, str], str]] = {
    AttributeKind.CHOICE: _choice,
    AttributeKind.NUMBER: _number,
    AttributeKind.DATE: _date,
    AttributeKind.TEXT: _text,
}


def _looks_number(said: str) -> bool:
    """Codes such as 01234 are no numbers: nobody counts with them."""
    if len(said) > 1 and said[0] == "0" and said.isdecimal():
        return False
    return _readable(number_of, said)


def _looks_day(said: str) -> bool:
    return _readable(day_of, said)


def _readable(read: Callable[[str], object], said: str) -> bool:
    try:
        read(said)
    except Ambiguous:
        return True
    except ValueError:
        return False
    return True


def _trimmed(text: str) -> str:
    return text.strip("\ufeff \t\r\n").strip()


def _one_line(text: str) -> str:
    return " ".join(_trimmed(text).split())


def _is_not_said(said: str) -> bool:
    return said.casefold() in _NOT_SAID
