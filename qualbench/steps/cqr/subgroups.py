"""Subgroups side by side: a difference is said by either of two rules, and both are shown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import combinations

from qualbench.model import Frequency, FrequencyRule
from qualbench.steps.cqr.frequency import Row, Sample, Table, table

STEPS = 2
"""Labels at least so far apart differ (Hill et al. 2005)."""
POINTS = 30
"""Proportions at least so many percentage points apart differ (Hill 2012)."""
RULES = (
    "Two steps: labels at least two apart, such as general and variant (Hill et al. 2005).",
    "Thirty points: proportions of cases at least 30 percentage points apart (Hill 2012).",
)


@dataclass(frozen=True, slots=True)
class Compared:
    """A category over the subgroups: one row of each group's table, and the pairs of groups that differ."""

    domain: str
    domain_label: str
    category: str
    name: str
    depth: int
    sides: tuple[Row, ...]
    """In the order of the groups."""
    two_steps: tuple[tuple[str, str], ...]
    """Pairs of groups whose labels are two steps apart."""
    thirty_points: tuple[tuple[str, str], ...]
    """Pairs of groups whose proportions are 30 points apart."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """Every category over the values of an attribute."""

    attribute: str
    groups: tuple[tuple[str, Table], ...]
    """Each value with its own table, labels by its own N."""
    rows: tuple[Compared, ...]
    rules: tuple[str, str] = RULES
    left_out: tuple[str, ...] = ()
    """Labels of cases that have no value, or members with several."""


def compare(sample: Sample, attribute: str, values: Mapping[str, str], rule: FrequencyRule | None = None) -> Comparison:
    """The table of each subgroup; `values` has the value of each case by its id, where it has one."""
    names = sorted({values[id_] for id_, _ in sample.cases if values.get(id_)})
    groups = tuple((name, table(_only(sample, values, name), rule)) for name in names)
    rows = [_compared(those, names) for those in zip(*(one.rows for _, one in groups), strict=True)]
    left = tuple(label for id_, label in sample.cases if not values.get(id_))
    return Comparison(attribute, groups, tuple(rows), left_out=left)


def _only(sample: Sample, values: Mapping[str, str], name: str) -> Sample:
    return replace(sample, cases=tuple(one for one in sample.cases if values.get(one[0]) == name), waiting=())


def _compared(sides: tuple[Row, ...], names: list[str]) -> Compared:
    first = sides[0]
    pairs = list(combinations(zip(names, sides, strict=True), 2))
    return Compared(
        first.domain, first.domain_label, first.category, first.name, first.depth, sides,
        tuple((a, b) for (a, one), (b, other) in pairs if steps_apart(one, other) >= STEPS),
        tuple((a, b) for (a, one), (b, other) in pairs if points_apart(one, other)),
    )  # fmt: skip


_LADDER = (Frequency.GENERAL, Frequency.TYPICAL, Frequency.VARIANT, Frequency.RARE, Frequency.OTHER)


def steps_apart(one: Row, other: Row) -> int:
    """How many labels lie between two rows; 'rare' is a step only where a group is large enough to have it."""
    has_rare = max(one.of, other.of) > FrequencyRule().rare_above
    ladder = [name for name in _LADDER if has_rare or name is not Frequency.RARE]
    at = [ladder.index(_reported(row.label)) for row in (one, other)]
    return abs(at[0] - at[1])


def _reported(label: Frequency) -> Frequency:
    return Frequency.OTHER if label is Frequency.NONE else label


def points_apart(one: Row, other: Row) -> bool:
    """Whether the proportions are at least 30 percentage points apart, reckoned in whole numbers."""
    if not one.of or not other.of:
        return False
    apart = abs(len(one.cases) * other.of - len(other.cases) * one.of)
    return apart * 100 >= POINTS * one.of * other.of
