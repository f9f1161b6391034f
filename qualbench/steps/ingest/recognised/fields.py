"""The fields of a recogniser's file, whatever their type: what does not fit is a problem, never a crash.

Places are named as a reader of the file would count: "segment 12" is the twelfth.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from qualbench.errors import Problem
from qualbench.steps.ingest.labels import seconds as clock

_NUMBER = re.compile(r"(\d{1,12}(?:\.\d{0,12})?)s?")
_CLOCK = re.compile(r"\d{1,3}:\d\d(?::\d\d)?(?:[.,]\d{1,6})?")
_LONGEST_NAME = 80
_HIGHEST = 999_999
"""A speaker's number."""
_LATEST = 1e12
"""Seconds or milliseconds; NaN and infinity are not below it."""
_BLANKS = re.compile(r"\s+")

Object = Mapping[str, object]


@dataclass(slots=True)
class Notes:
    """What was found wrong on the way."""

    source: str
    problems: list[Problem] = field(default_factory=list)

    def add(self, message: str) -> None:
        """Write down one fault."""
        self.problems.append(Problem(self.source, 0, message))


def objects(value: object, name: str, notes: Notes) -> Iterator[tuple[str, Object]]:
    """The objects of a list with the place of each; what is neither is noted. `name` is as in "segment"."""
    if value is None:
        return
    if not isinstance(value, list):
        notes.add(f"{name}s: no list; left out")
        return
    for number, item in enumerate(value, 1):
        if isinstance(item, dict):
            yield f"{name} {number}", item
        else:
            notes.add(f"{name} {number} is no object; left out")


def first(value: object) -> Object:
    """The first object of a list; an empty one when there is none."""
    return value[0] if isinstance(value, list) and value and isinstance(value[0], dict) else {}


def inside(value: object, key: str) -> object:
    """What an object holds under a key; None when it is no object or has no such key."""
    return value.get(key) if isinstance(value, dict) else None


def words_in(item: Object, keys: Sequence[str], place: str, notes: Notes) -> str:
    """The words under the first of the keys that is there; "" when they can not be read, which is noted."""
    value = _under(item, keys)
    if isinstance(value, str):
        return value
    notes.add(f"{place} has no words that can be read; left out")
    return ""


def seconds_in(item: Object, keys: Sequence[str], place: str, notes: Notes, per_second: int = 1) -> float | None:
    """The time under the first of the keys that is there, in seconds; None when there is none or it can not be read."""
    value = _under(item, keys)
    if value is None:
        return None
    number = _number(value)
    if number is None:
        notes.add(f"the time of {place} can not be read; its words are kept")
        return None
    return round(number / per_second, 3)


def label_in(item: Object, keys: Sequence[str], place: str, notes: Notes) -> str:
    """Who speaks: a name as it is, a number or a single letter as "Speaker 1"; "" when nobody is named."""
    value = _under(item, keys)
    if value is None or value == "":
        return ""
    known = isinstance(value, str) and len(value) <= _LONGEST_NAME
    if known or (isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= _HIGHEST):
        return _label(str(value))
    notes.add(f"the speaker of {place} can not be read; its words are nobody's")
    return ""


def _under(item: Object, keys: Sequence[str]) -> object:
    for key in keys:
        value = item.get(key)
        if value is not None:
            return value
    return None


def _number(value: object) -> float | None:
    """A number, or one in a string, a clock time, or seconds and nanoseconds apart; None for anything else."""
    if isinstance(value, dict):
        whole, part = _number(value.get("seconds", 0)), _number(value.get("nanos", 0))
        return None if whole is None or part is None else whole + part / 1e9
    if isinstance(value, str):
        match = _NUMBER.fullmatch(value)
        return float(match[1]) if match else clock(value) if _CLOCK.fullmatch(value) else None
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return float(value) if 0 <= value < _LATEST else None


@lru_cache(maxsize=1024)
def _label(name: str) -> str:
    name = _BLANKS.sub(" ", name).strip("\ufeff\u00a0 :：*_")
    return f"Speaker {name}" if name.isdecimal() or len(name) == 1 else name
