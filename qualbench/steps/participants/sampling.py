"""Purposive sampling as a table: who is covered, which combinations of attributes nobody has yet, and which few have.

Counts are of participants and of transcripts (interviews and groups), never of mentions.
"""

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import TypeAlias

from qualbench.errors import UsageError
from qualbench.model import Participant, Speaker
from qualbench.steps.participants.attributes import UNKNOWN, Attribute, AttributeKind, BadValue, checked, value_key
from qualbench.steps.participants.bands import Bands
from qualbench.steps.participants.groups import transcripts_of
from qualbench.text import excerpt

MOST_CELLS = 2_000
"""A table of more combinations is read by nobody."""
_NO_BANDS: Mapping[str, Bands] = {}
_Where: TypeAlias = Mapping[str, Sequence[str]]
"""The transcripts in which each participant speaks."""


class UnknownAttribute(UsageError):
    def __init__(self, name: str, known: Sequence[str]) -> None:
        names = ", ".join(excerpt(one, 40) for one in known) or "none yet"
        super().__init__(f"There is no attribute called '{excerpt(name, 60)}'.", f"Known are: {names}")


class TooManyCells(UsageError):
    def __init__(self, cells: int) -> None:
        super().__init__(
            f"These attributes have {cells:,} combinations, and a table shows at most {MOST_CELLS:,}.",
            "Choose fewer attributes, or put numbers and dates into bands.",
        )


@dataclass(frozen=True, slots=True)
class Cell:
    """A combination of values, who has it, and where they speak."""

    values: tuple[str, ...]
    """In the order of the attributes; empty for unknown."""
    participants: tuple[str, ...] = ()
    transcripts: tuple[str, ...] = ()
    """Each once, though several of them may speak in it."""

    @property
    def count(self) -> int:
        """How many participants have it."""
        return len(self.participants)

    @property
    def interviews(self) -> int:
        """In how many transcripts they speak; a focus group is one, and is in the cells of all its members."""
        return len(self.transcripts)


@dataclass(frozen=True, slots=True)
class Coverage:
    """Who is covered, by some attributes."""

    by: tuple[str, ...]
    cells: tuple[Cell, ...]
    """Every combination of known values in order, the empty ones too."""
    unknown: tuple[Cell, ...]
    """Combinations in which a value is not known, or can not be read."""
    totals: tuple[tuple[Cell, ...], ...]
    """For each attribute its values alone, with its unknowns at the end where there are any."""
    total: Cell
    """Everybody. Transcripts of the cells may add up to more, because groups stand in several."""

    @property
    def empty(self) -> tuple[Cell, ...]:
        """The combinations that nobody has: whom to look for next."""
        return tuple(cell for cell in self.cells if not cell.count)


def coverage(
    participants: Sequence[Participant],
    attributes: Sequence[Attribute],
    by: Sequence[str],
    transcripts: Mapping[str, Sequence[Speaker]],
    bands: Mapping[str, Bands] = _NO_BANDS,
) -> Coverage:
    """How many participants and interviews there are for each combination of the attributes named in `by`.

    All choices of an attribute and all its bands are shown; of other attributes the values that somebody has.
    """
    axes = [_axis(_named(name, attributes), bands.get(name), participants) for name in dict.fromkeys(by)]
    if (cells := math.prod(len(axis.values) for axis in axes)) > MOST_CELLS:
        raise TooManyCells(cells)
    held = _held(participants, axes)
    where = transcripts_of(transcripts)
    everybody = [participant.id for participant in participants]
    return Coverage(
        by=tuple(axis.attribute.name for axis in axes),
        cells=tuple(_cell(values, held, where) for values in product(*(axis.values for axis in axes))),
        unknown=tuple(_cell(values, held, where) for values in sorted(held) if UNKNOWN in values),
        totals=tuple(_totals(axis, participants, where) for axis in axes),
        total=_cell((), {(): everybody}, where),
    )


def rare(
    participants: Sequence[Participant],
    by: Sequence[str],
    fewer_than: int = 3,
    *,
    attributes: Sequence[Attribute] = (),
    bands: Mapping[str, Bands] = _NO_BANDS,
) -> tuple[Cell, ...]:
    """Combinations that somebody has and fewer than `fewer_than` people: few enough to be recognised by.

    Who lacks one of the values is in none. An attribute without a type is compared as a choice.
    """
    typed = {attribute.name: attribute for attribute in attributes}
    types = [typed.get(name) or Attribute(name, AttributeKind.CHOICE) for name in dict.fromkeys(by)]
    held = _held(participants, [_axis(one, bands.get(one.name), participants) for one in types])
    few = [
        Cell(values, tuple(those))
        for values, those in held.items()
        if len(those) < fewer_than and UNKNOWN not in values
    ]
    return tuple(sorted(few, key=lambda cell: (cell.count, cell.values)))


def table(found: Coverage) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]:
    """The coverage as a header and rows of text: every cell, the unknowns, and the total last."""
    header = (*found.by, "participants", "interviews")
    cells = [
        (*(value or "unknown" for value in cell.values), str(cell.count), str(cell.interviews))
        for cell in (*found.cells, *found.unknown)
    ]
    if not found.by:
        return header, ((str(found.total.count), str(found.total.interviews)),)
    blank = ("",) * (len(found.by) - 1)
    return header, (*cells, ("total", *blank, str(found.total.count), str(found.total.interviews)))


@dataclass(frozen=True, slots=True)
class _Axis:
    """One attribute of a table, with the values that are told apart in it."""

    attribute: Attribute
    bands: Bands | None
    spelt: Mapping[tuple[float, str], str]
    """Each value in the table's order, by what it is compared by."""

    @property
    def values(self) -> tuple[str, ...]:
        return self.bands.labels if self.bands else tuple(self.spelt.values())

    def value_of(self, participant: Participant) -> str:
        """The value under which a participant is counted; unknown for what the attribute can not hold."""
        value = _kept(self.attribute, participant)
        if not value:
            return UNKNOWN
        return self.bands.label(value) if self.bands else self.spelt[value_key(self.attribute, value)]


def _axis(attribute: Attribute, bands: Bands | None, participants: Sequence[Participant]) -> _Axis:
    """Bands and choices in their own order, other values sorted; those that say the same are one, spelt as most are."""
    there = Counter(value for participant in participants if (value := _kept(attribute, participant)))
    spelt = {value_key(attribute, choice): choice for choice in attribute.choices}
    for value in sorted(there, key=lambda value: (value_key(attribute, value), -there[value], value)):
        spelt.setdefault(value_key(attribute, value), value)
    return _Axis(attribute, bands, spelt)


def _kept(attribute: Attribute, participant: Participant) -> str:
    value = checked(attribute, dict(participant.attributes).get(attribute.name, UNKNOWN))
    return UNKNOWN if isinstance(value, BadValue) else value


def _held(participants: Sequence[Participant], axes: Sequence[_Axis]) -> dict[tuple[str, ...], list[str]]:
    """Who has each combination that anybody has."""
    found: dict[tuple[str, ...], list[str]] = {}
    for participant in participants:
        found.setdefault(tuple(axis.value_of(participant) for axis in axes), []).append(participant.id)
    return found


def _totals(axis: _Axis, participants: Sequence[Participant], where: _Where) -> tuple[Cell, ...]:
    held = _held(participants, [axis])
    values = [*axis.values, *([UNKNOWN] if (UNKNOWN,) in held else [])]
    return tuple(_cell((value,), held, where) for value in values)


def _cell(values: tuple[str, ...], held: Mapping[tuple[str, ...], Sequence[str]], where: _Where) -> Cell:
    those = held.get(values, ())
    transcripts = dict.fromkeys(name for participant in those for name in where.get(participant, ()))
    return Cell(values, tuple(those), tuple(transcripts))


def _named(name: str, attributes: Sequence[Attribute]) -> Attribute:
    for attribute in attributes:
        if attribute.name == name:
            return attribute
    raise UnknownAttribute(name, [attribute.name for attribute in attributes])
