"""The stability check of 1997: two cases are left out, labels worked out of the rest, and the two put back."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from random import Random
from typing import Any

from qualbench.errors import BadDecision
from qualbench.model import Frequency, FrequencyRule
from qualbench.steps.cqr.frequency import Sample, table
from qualbench.text import counted

LEFT_OUT = 2
"""Cases that are left out (Hill, Thompson & Williams 1997)."""


@dataclass(frozen=True, slots=True)
class Steadiness:
    """A category's label without the two cases and with them."""

    domain: str
    category: str
    name: str
    without: Frequency
    cases_without: int
    whole: Frequency
    cases_whole: int

    @property
    def is_new(self) -> bool:
        """Whether only the cases that were put back have it."""
        return not self.cases_without and bool(self.cases_whole)

    @property
    def changed(self) -> bool:
        """Whether its label changed when the cases were put back."""
        return self.without is not self.whole


@dataclass(frozen=True, slots=True)
class Stability:
    """What two cases change: categories that only they have, and labels that change with them."""

    left_out: tuple[tuple[str, str], ...]
    """Id and label of the two cases."""
    seed: int
    """What they were drawn with; of no meaning when they were named."""
    drawn: bool
    of: int
    """N with all cases."""
    rule: str
    rule_without: str
    rows: tuple[Steadiness, ...]
    inputs: str
    """SHA-256 of cases, core ideas in categories, and rule."""

    @property
    def new(self) -> tuple[Steadiness, ...]:
        """Categories that only the two cases have."""
        return tuple(row for row in self.rows if row.is_new)

    @property
    def changed(self) -> tuple[Steadiness, ...]:
        """Categories whose label changed."""
        return tuple(row for row in self.rows if row.changed)

    @property
    def told(self) -> str:
        """What came out, in a sentence."""
        names = " and ".join(label for _, label in self.left_out)
        return (
            f"Without {names}, {len(self.changed)} of {counted(len(self.rows), 'label')} would be another; categories"
            f" that no other case has: {len(self.new)}."
        )


def check(
    sample: Sample, leave_out: tuple[str, str] | None = None, seed: int = 0, rule: FrequencyRule | None = None
) -> Stability:
    """Leave two cases out (drawn with the seed when none are named), work the labels out anew, put them back."""
    out = _left_out(sample, leave_out, seed)
    fewer = replace(sample, cases=tuple(one for one in sample.cases if one[0] not in out))
    whole, without = table(sample, rule), table(fewer, rule)
    rows = [
        Steadiness(row.domain, row.category, row.name, before.label, len(before.cases), row.label, len(row.cases))
        for before, row in zip(without.rows, whole.rows, strict=True)
    ]
    labels = dict(sample.cases)
    return Stability(
        tuple((id_, labels[id_]) for id_ in out), seed, leave_out is None, whole.of, whole.rule, without.rule,
        tuple(rows), digest(sample, rule),
    )  # fmt: skip


def _left_out(sample: Sample, leave_out: tuple[str, str] | None, seed: int) -> tuple[str, ...]:
    ids = [id_ for id_, _ in sample.cases]
    if len(ids) <= LEFT_OUT:
        raise BadDecision(f"Two cases are left out, and only {len(ids)} have core ideas that are agreed.")
    if leave_out is None:
        chance = Random(seed)  # noqa: S311 - a draw that can be repeated, no secret
        return tuple(chance.sample(sorted(ids), LEFT_OUT))
    if len(set(leave_out)) != LEFT_OUT:
        raise BadDecision("Two different cases are left out.")
    missing = [id_ for id_ in leave_out if id_ not in ids]
    if missing:
        raise BadDecision(f"'{missing[0]}' is not among the cases that are counted.")
    return tuple(leave_out)


def digest(sample: Sample, rule: FrequencyRule | None = None) -> str:
    """SHA-256 of everything that the labels are worked out of; the same inputs give the same digest."""
    placed = [[one.id, one.domain, one.parent, sorted(one.ideas)] for one in sample.categories]
    ideas = [[one.id, one.case, one.domain] for one in sample.ideas]
    made = [[id_ for id_, _ in sample.cases], sorted(ideas), sorted(placed), asdict(rule or FrequencyRule())]
    return hashlib.sha256(json.dumps(made, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def to_data(found: Stability) -> dict[str, Any]:
    """The check as data that is kept."""
    return asdict(found)


def from_data(data: Mapping[str, Any]) -> Stability:
    """A check that was kept."""
    rows = tuple(
        Steadiness(**(row | {"without": Frequency(row["without"]), "whole": Frequency(row["whole"])}))
        for row in data["rows"]
    )
    names = {"left_out": tuple((id_, label) for id_, label in data["left_out"]), "rows": rows}
    known = Stability.__dataclass_fields__
    return Stability(**({key: value for key, value in data.items() if key in known} | names))
