"""A search request as a value: words and phrases, and by whom they were said.

    speaker:P01 role:participant site:"north side" been there "peer support"

Words are found in any form if the reader asks for it; a phrase in quotes is found as it is written. Filters of one
name add up (P01 or P02), those of different names narrow down.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from qualbench.errors import UsageError
from qualbench.model import Hit
from qualbench.steps.participants.attributes import UNKNOWN, Attribute, AttributeKind, BadValue, checked, value_key
from qualbench.steps.participants.headers import role_of
from qualbench.steps.participants.mapping import bare_name
from qualbench.text import excerpt, folded


class Field(StrEnum):
    """What a filter looks at; everything else is an attribute of the participant."""

    SPEAKER = "speaker"
    """The label in the transcript, or the participant's."""
    PARTICIPANT = "participant"
    ROLE = "role"
    TRANSCRIPT = "transcript"


@dataclass(frozen=True, slots=True)
class Filter:
    """One condition; an empty value asks for what is not known."""

    of: Field | Attribute
    value: str
    """A label, a role, a transcript's name, or a kept value, or two kept values as a range: 30..49, 50.., ..29."""

    @property
    def name(self) -> str:
        """What stands before the colon."""
        return self.of.name if isinstance(self.of, Attribute) else str(self.of)


@dataclass(frozen=True, slots=True)
class Query:
    """What is looked for: every word, every phrase, and all the filters."""

    words: tuple[str, ...] = ()
    phrases: tuple[str, ...] = ()
    filters: tuple[Filter, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.words or self.phrases or self.filters)


class UnknownFilter(UsageError):
    def __init__(self, name: str, attributes: Sequence[Attribute]) -> None:
        names = ", ".join([*Field, *(excerpt(attribute.name, 40) for attribute in attributes)])
        super().__init__(
            f"There is no filter called '{excerpt(name, 40)}'.",
            f"Known are: {names}. To find such words themselves, put them into quotes.",
        )


class BadFilter(UsageError):
    def __init__(self, name: str, why: str) -> None:
        super().__init__(f"The filter '{excerpt(name, 40)}' can not be used: {why}.")


_PLAIN_NAME = r'[^\W\d_][^\s":=]*'
_PLAIN_VALUE = r'(?!//)[^\s"]+'
_NAME = rf'"(?P<quoted_name>[^"]+)"|(?P<name>{_PLAIN_NAME})'
_VALUE = rf'"(?P<quoted_value>[^"]*)"?|(?P<value>{_PLAIN_VALUE})'
_PART = re.compile(rf'(?:{_NAME})[:=](?:{_VALUE})|"(?P<phrase>[^"]*)"?|(?P<word>[^\s"]+)')
"""A time (17:30) and an address (http://) are words."""
_QUOTES = str.maketrans({"“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "\x00": " "})
_RANGED = (AttributeKind.NUMBER, AttributeKind.DATE)
_RANGE = ".."


def parsed(text: str, attributes: Sequence[Attribute] = ()) -> Query:
    """What a person typed, as a query over the study's attributes; an unknown filter is refused with a sentence."""
    words: list[str] = []
    phrases: list[str] = []
    filters: list[Filter] = []
    for part in _PART.finditer(text.translate(_QUOTES)):
        name = part["quoted_name"] or part["name"]
        if name:
            value = part["quoted_value"] if part["value"] is None else part["value"]
            filters.append(_filter(name, " ".join(value.split()), attributes))
        elif part["word"] is None:
            phrases += [" ".join(part["phrase"].split())] if _says(part["phrase"]) else []
        else:
            words += [part["word"]] if _says(part["word"]) else []
    return Query(tuple(words), tuple(phrases), tuple(filters))


def written(query: Query) -> str:
    """The query as a person would type it, for a title or to be kept; parsed again it is the same query."""
    filters = [f"{_quoted(one.name, _PLAIN_NAME)}:{_quoted(one.value, _PLAIN_VALUE)}" for one in query.filters]
    return " ".join([*filters, *query.words, *(f'"{phrase}"' for phrase in query.phrases)])


def admits(query: Query, hit: Hit, attributes: Mapping[str, Mapping[str, str]]) -> bool:
    """Whether a place fulfils the filters; `attributes` holds each participant's values by name."""
    values = attributes.get(hit.participant, {})
    fulfilled: dict[Field | Attribute, bool] = {}
    for one in query.filters:
        fulfilled[one.of] = fulfilled.get(one.of, False) or _fits(one, hit, values)
    return all(fulfilled.values())


# --- reading a filter ------------------------------------------------------------------------------------------


def _filter(name: str, value: str, attributes: Sequence[Attribute]) -> Filter:
    """A role that is none may be the value of an attribute that is called role as well."""
    near = [one for one in attributes if folded(one.name) == folded(name)]
    attribute = next((one for one in near if one.name == name), near[0] if near else None)
    field = next((field for field in Field if field == folded(name)), None)
    if field is Field.ROLE and value:
        role = role_of(value)
        if role is None and attribute is None:
            raise BadFilter(name, f"'{excerpt(value, 40)}' is not a role")
        return Filter(field, str(role)) if role else _by_attribute(attributes, attribute, name, value)
    return Filter(field, value) if field else _by_attribute(attributes, attribute, name, value)


def _by_attribute(attributes: Sequence[Attribute], attribute: Attribute | None, name: str, value: str) -> Filter:
    if attribute is None:
        raise UnknownFilter(name, attributes)
    if attribute.kind not in _RANGED or _RANGE not in value:
        return Filter(attribute, _checked(attribute, value))
    low, _, high = value.partition(_RANGE)
    ends = _checked(attribute, low), _checked(attribute, high)
    if not any(ends) or (all(ends) and value_key(attribute, ends[0]) > value_key(attribute, ends[1])):
        raise BadFilter(name, f"'{excerpt(value, 40)}' is not a range: write the lower end first, as in LOW..HIGH")
    return Filter(attribute, _RANGE.join(ends))


def _checked(attribute: Attribute, value: str) -> str:
    kept = checked(attribute, value)
    if isinstance(kept, BadValue):
        raise BadFilter(attribute.name, kept.message)
    return kept


# --- applying one ----------------------------------------------------------------------------------------------


def _fits(one: Filter, hit: Hit, values: Mapping[str, str]) -> bool:
    if isinstance(one.of, Attribute):
        return _holds(one.of, one.value, values.get(one.of.name, UNKNOWN))
    if one.of is Field.ROLE:
        return one.value == (str(hit.role) if hit.role else UNKNOWN)
    if one.of is Field.TRANSCRIPT:
        return bare_name(one.value) in (bare_name(hit.name), bare_name(hit.transcript))
    names = {folded(hit.participant)} if one.of is Field.PARTICIPANT else {folded(hit.speaker), folded(hit.participant)}
    return folded(one.value) in (names - {UNKNOWN} or {UNKNOWN})


def _holds(attribute: Attribute, wanted: str, value: str) -> bool:
    kept = checked(attribute, value)
    kept = UNKNOWN if isinstance(kept, BadValue) else kept
    if attribute.kind is AttributeKind.TEXT:
        return folded(kept) == folded(wanted)
    if attribute.kind not in _RANGED or _RANGE not in wanted or not kept:
        return value_key(attribute, kept) == value_key(attribute, wanted)
    low, _, high = wanted.partition(_RANGE)
    key = value_key(attribute, kept)
    return (not low or value_key(attribute, low) <= key) and (not high or key <= value_key(attribute, high))


def _says(part: str) -> bool:
    return any(letter.isalnum() for letter in part)


def _quoted(text: str, plain: str) -> str:
    return text if re.fullmatch(plain, text) else f'"{text}"'
