"""What the cross-analysis shows, as pure functions: core ideas of all cases, and the categories they stand in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence, Set

from textual.content import Content

from qualbench.model import Category, Code, CoreIdea
from qualbench.steps.cqr import in_order
from qualbench.text import counted, one_line, shown
from qualbench.tui.screens.cqr_case_views import Line, heading
from qualbench.tui.widgets.lines import cells


def domains(book: Sequence[Code], agreed: Sequence[CoreIdea], width: int) -> list[Line]:
    """Each domain with the number of the team's core ideas in it, over all cases."""
    label, numbers = max(6, width - 6), Counter(one.domain for one in agreed)
    lines = [heading(f"{cells('domain', label)} ideas")] if book else []
    lines += [(code.id, Content(f"{cells(code.label, label)}{numbers[code.id]:6}")) for code in book]
    return lines


def ideas(
    agreed: Sequence[CoreIdea], cases: Mapping[str, str], at: Category | None, categories: Sequence[Category]
) -> list[Line]:
    """The team's core ideas of a domain, case by case; ● stands in the category under the bar, ○ in another."""
    inside = set(at.ideas) if at else set()
    elsewhere = {idea for one in _same_hand(categories, at) for idea in one.ideas}
    order = {case: number for number, case in enumerate(cases)}
    lines = []
    for one in sorted(agreed, key=lambda idea: order.get(idea.case, len(order))):
        sign = "●" if one.id in inside else "○" if one.id in elsewhere else " "
        lines.append((one.id, Content(shown(f"{sign} {cases.get(one.case, one.case)}: {one_line(one.words)}"))))
    return lines


def _same_hand(categories: Sequence[Category], at: Category | None) -> list[Category]:
    """The categories of whoever the one under the bar is of."""
    return [one for one in categories if at is None or one.judge == at.judge]


def categories(
    own: Sequence[Category], agreed: Sequence[Category], told: Mapping[str, str], marked: Set[str], *, opened: bool
) -> list[Line]:
    """The team's categories with their labels, parts below what they are part of; then those of the judges."""
    lines: list[Line] = []
    if agreed:
        lines.append(heading("the team's"))
    for one, depth in in_order(agreed):
        lines.append((one.id, Content(shown(f"= {'  ' * depth}{one.name}: {told[one.id]}"))))
    if own:
        used = {source for one in agreed for source in one.sources}
        lines += _of_judges(own, marked, used, opened=opened)
    return lines or [("", Content("none yet"))]


def _of_judges(own: Sequence[Category], marked: Set[str], used: Set[str], *, opened: bool) -> list[Line]:
    lines: list[Line] = []
    for judge in dict.fromkeys(one.judge for one in own):
        lines.append(heading(f"{judge}'s" if opened else "yours, while everybody works alone"))
        for one in own:
            if one.judge == judge:
                sign = "✓" if one.id in marked else "·" if one.id in used else " "
                lines.append((one.id, Content(shown(f"{sign} {one.name}: {counted(len(one.ideas), 'core idea')}"))))
    return lines


def gathered(marked: Sequence[Category]) -> tuple[str, ...]:
    """Every core idea that stands in one of the marked categories, once."""
    return tuple(dict.fromkeys(idea for one in marked for idea in one.ideas))


def whole(one: Category, label: str, agreed: Sequence[CoreIdea], cases: Mapping[str, str]) -> Content:
    """A category with its core ideas, case by case."""
    whose = f"{one.judge}'s" if one.judge else "the team's"
    lines = [Content.styled(shown(" · ".join(piece for piece in (whose, label) if piece)), "dim")]
    lines += [
        Content.assemble((shown(f"{cases.get(idea.case, idea.case)}  "), "bold"), shown(one_line(idea.words)))
        for idea in agreed if idea.id in one.ideas
    ]  # fmt: skip
    return Content("\n").join(lines if len(lines) > 1 else [*lines, Content("No core idea stands in it.")])
