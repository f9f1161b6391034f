"""What the frequency table shows, as pure functions: labels, groups beside each other, the stability check."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from textual.content import Content

from qualbench.model import CoreIdea, Frequency
from qualbench.steps.cqr import Compared, Comparison, Row, Stability, Table
from qualbench.text import counted, one_line, shown
from qualbench.tui.screens.cqr_case_views import Line
from qualbench.tui.widgets.lines import cells

_LABEL, _CASES = 9, 9
_BOTH = 12
"""Cells of the two columns that say whether groups differ."""


def told(row: Row) -> str:
    """The label of a category with the cases it rests on, for instance: typical, 5 of 8."""
    number = f"{len(row.cases)} of {row.of}"
    return f"{row.label}, {number}" if row.is_reported else f"not reported, {number}"


def labels(table: Table) -> dict[str, str]:
    """The label of each category by its id."""
    return {row.category: told(row) for row in table.rows}


def head(width: int) -> str:
    """What stands over the table."""
    domain, category = _widths(width)
    return (
        f" {cells('domain', domain)} {cells('category', category)} {cells('label', _LABEL)} k of N   example core idea"
    )


def _widths(width: int) -> tuple[int, int]:
    """Cells for domain and category."""
    room = max(30, width - _LABEL - _CASES - 6)
    return max(10, room // 5), max(14, room * 2 // 5)


def lines(table: Table, width: int) -> list[Line]:
    """A line for each category, its parts below it; the domain stands where it begins."""
    domain, category = _widths(width)
    before, made = "", []
    for row in table.rows:
        label = str(row.label) if row.is_reported else "-"
        of = f"{len(row.cases)} of {row.of}"
        named = row.domain_label if row.domain != before else ""
        before = row.domain
        line = (
            f"{cells(named, domain)} {cells('  ' * row.depth + row.name, category)} {cells(label, _LABEL)}"
            f" {cells(of, _CASES)}{shown(one_line(row.example))}"
        )
        made.append((row.category, Content(line)))
    return made


def below(table: Table) -> Content:
    """The rule in words, and what the table does not count."""
    said = [table.rule]
    if table.waiting:
        said.append(f"Not counted, because nothing is agreed yet: {', '.join(table.waiting)}.")
    if table.unplaced:
        said.append(f"{counted(len(table.unplaced), 'core idea')} in no category.")
    return Content("\n".join(shown(line) for line in said))


def of_row(row: Row, cases: Mapping[str, str], ideas: Sequence[CoreIdea]) -> Content:
    """A category with the cases that have it, and the core ideas that put them there."""
    lines = [Content(shown(f"{row.domain_label}: {told(row)}")), Content("")]
    for case in row.cases:
        lines += [
            Content.assemble((shown(f"{cases.get(case, case)}  "), "bold"), shown(one_line(idea.words)))
            for idea in ideas if idea.case == case
        ]  # fmt: skip
    without = [label for id_, label in cases.items() if id_ not in row.cases]
    if without:
        lines += [Content(""), Content(shown(f"Not in: {', '.join(without)}."))]
    return Content("\n").join(lines)


# --- groups ----------------------------------------------------------------------------------------------------------


def head_of_groups(found: Comparison, width: int) -> str:
    """What stands over the groups."""
    category, group = _group_widths(found, width)
    names = "".join(cells(f"{name} (N {one.of})", group) for name, one in found.groups)
    return f" {cells('category', category)}{names}{cells('two steps', _BOTH)}30 points"


def _group_widths(found: Comparison, width: int) -> tuple[int, int]:
    """Cells for a category and for each group."""
    number = max(1, len(found.groups))
    category = max(14, min(36, (width - 2 * _BOTH) // 3))
    return category, max(10, min(20, (width - category - 2 * _BOTH) // number))


def groups(found: Comparison, width: int) -> list[Line]:
    """A line for each category with its label in every group, and whether either rule calls it a difference."""
    category, group = _group_widths(found, width)
    made = []
    for row in found.rows:
        sides = "".join(cells(_side(one), group) for one in row.sides)
        says = cells(_differ(row.two_steps), _BOTH) + _differ(row.thirty_points)
        made.append((row.category, Content(f"{cells('  ' * row.depth + row.name, category)}{sides}{says}")))
    return made


def _side(row: Row) -> str:
    number = f"{len(row.cases)}/{row.of}"
    return f"{row.label} {number}" if row.is_reported else f"- {number}"


def _differ(pairs: Sequence[tuple[str, str]]) -> str:
    return "differ" if len(pairs) == 1 else f"{len(pairs)} pairs" if pairs else "-"


def below_groups(found: Comparison) -> Content:
    """Both rules, and the cases that have no value."""
    said = [*found.rules]
    if found.left_out:
        said.append(f"Without a value, so left out: {', '.join(found.left_out)}.")
    return Content("\n".join(shown(line) for line in said))


def of_compared(row: Compared, found: Comparison) -> Content:
    """A category over the groups, with the pairs that differ by each rule."""
    lines = [
        Content.assemble((shown(f"{name}  "), "bold"), f"{told(side)} ({side.share:.0%})")
        for (name, _), side in zip(found.groups, row.sides, strict=True)
    ]
    for rule, pairs in zip(found.rules, (row.two_steps, row.thirty_points), strict=True):
        differ = "; ".join(f"{one} and {other}" for one, other in pairs) or "no groups differ"
        lines += [Content(""), Content.styled(shown(rule), "dim"), Content(shown(f"By this rule: {differ}."))]
    return Content("\n").join(lines)


# --- stability -------------------------------------------------------------------------------------------------------


def stability(found: Stability) -> Content:
    """What two cases change: new categories, other labels, and the rule before and after."""
    lines = [Content(shown(found.told)), Content("")]
    new = {row.category for row in found.new}
    for row in found.rows:
        if row.changed or row.category in new:
            sign = "new      " if row.category in new else "changed  "
            lines.append(Content(shown(f"{sign}{row.name}: {_label(row.without)} without, {_label(row.whole)} with")))
    if not found.changed and not found.new:
        lines.append(Content("Every category stays as it was."))
    drawn = f"The cases were drawn with seed {found.seed}." if found.drawn else "The cases were named."
    return Content("\n").join(
        [*lines, Content(""), *(Content(shown(one)) for one in (drawn, found.rule, found.rule_without))]
    )


def _label(label: Frequency) -> str:
    return "not reported" if label is Frequency.OTHER else "in no case" if label is Frequency.NONE else str(label)
