"""The table of the cross-analysis: a pure function of cases, core ideas in categories, and the rule."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from qualbench.model import Category, CoreIdea, Frequency, FrequencyRule, frequency


@dataclass(frozen=True, slots=True)
class Sample:
    """What the table is made of: cases and domains in order, with the team's core ideas and categories."""

    cases: tuple[tuple[str, str], ...]
    """Id and label of each case in the sample: those for which the team has agreed on core ideas."""
    domains: tuple[tuple[str, str], ...]
    ideas: tuple[CoreIdea, ...]
    categories: tuple[Category, ...]
    waiting: tuple[str, ...] = ()
    """Labels of the cases for which nothing is agreed yet, which are not counted."""


@dataclass(frozen=True, slots=True)
class Row:
    """A category of a domain with the cases that have it, its sub-categories' included."""

    domain: str
    domain_label: str
    category: str
    name: str
    parent: str
    depth: int
    """0 for a category of its own, 1 for one that is part of it, and so on."""
    cases: tuple[str, ...]
    of: int
    """N, the cases in the sample."""
    label: Frequency
    example: str = ""
    """A core idea in it."""
    example_case: str = ""
    """The label of the case that the example is from."""

    @property
    def share(self) -> float:
        """Cases with the category out of all, 0 to 1."""
        return len(self.cases) / self.of if self.of else 0.0

    @property
    def is_reported(self) -> bool:
        """Whether a report prints it: single cases and none are left out."""
        return self.label not in (Frequency.OTHER, Frequency.NONE)


@dataclass(frozen=True, slots=True)
class Table:
    """Every category with its label, and the rule in words with its numbers."""

    of: int
    rule: str
    cases: tuple[tuple[str, str], ...] = ()
    rows: tuple[Row, ...] = ()
    waiting: tuple[str, ...] = ()
    """Labels of the cases that are not counted, because nothing is agreed for them yet."""
    unplaced: tuple[CoreIdea, ...] = field(default=())
    """Core ideas of counted cases that are in no category."""

    @property
    def reported(self) -> tuple[Row, ...]:
        """The rows that a report prints."""
        return tuple(row for row in self.rows if row.is_reported)


def table(sample: Sample, rule: FrequencyRule | None = None) -> Table:
    """Each category of each domain with its cases, label and an example; sub-categories behind their category."""
    labels = dict(sample.cases)
    of, ideas = len(labels), {one.id: one for one in sample.ideas if one.case in labels}
    rows = [
        _row(one, depth, (domain, called), sample, ideas, rule)
        for domain, called in sample.domains
        for one, depth in in_order([c for c in sample.categories if c.domain == domain])
    ]
    placed = {idea for one in sample.categories for idea in one.ideas}
    left = tuple(one for one in sample.ideas if one.id in ideas and one.id not in placed)
    return Table(of, frequency.told_rule(of, rule), sample.cases, tuple(rows), sample.waiting, left)


def in_order(categories: Sequence[Category]) -> list[tuple[Category, int]]:
    """Each category before its sub-categories, with how far down it stands; one whose parent is gone is at the top."""
    known = {one.id for one in categories}
    found: list[tuple[Category, int]] = []
    left = list(categories)

    def under(parent: str, depth: int) -> None:
        for one in categories:
            if one in left and (one.parent if one.parent in known else "") == parent:
                left.remove(one)
                found.append((one, depth))
                under(one.id, depth + 1)

    under("", 0)
    return [*found, *((one, 0) for one in left)]  # in a circle that concurrent devices made


def _row(
    one: Category, depth: int, domain: tuple[str, str], sample: Sample, ideas: Mapping[str, CoreIdea],
    rule: FrequencyRule | None,
) -> Row:  # fmt: skip
    held = [ideas[id_] for id_ in ideas_of(one, sample.categories) if id_ in ideas]
    cases = tuple(id_ for id_, _ in sample.cases if any(idea.case == id_ for idea in held))
    order = {id_: at for at, (id_, _) in enumerate(sample.cases)}
    example = min(held, key=lambda idea: order[idea.case], default=None)
    return Row(
        *domain, one.id, one.name, one.parent, depth, cases, len(sample.cases),
        frequency.label(len(cases), len(sample.cases), rule),
        example.words if example else "",
        dict(sample.cases)[example.case] if example else "",
    )  # fmt: skip


def ideas_of(category: Category, categories: Iterable[Category]) -> tuple[str, ...]:
    """The core ideas in a category and in its sub-categories, its own first."""
    categories = tuple(categories)
    found, fresh = list(category.ideas), {category.id}
    seen = {category.id}
    while fresh:
        those = [one for one in categories if one.parent in fresh and one.id not in seen]
        found += [idea for one in those for idea in one.ideas]
        fresh = {one.id for one in those}
        seen |= fresh
    return tuple(dict.fromkeys(found))
