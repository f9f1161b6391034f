"""What the screen of comments shows, as pure functions: a line for each, and one with its turns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from textual.content import Content

from qualbench.model import Category, Code, Comment, CoreIdea
from qualbench.steps.cqr import UNANSWERED
from qualbench.text import excerpt, one_line, shown, shown_lines
from qualbench.tui.screens.cqr_case_views import Line
from qualbench.tui.widgets.lines import cells

STATE_NAMES: Mapping[str, str] = {
    "open": "open", "accepted": "accepted", "rejected": "rejected", "settled": "settled",
    "raised-again": "raised again",
}  # fmt: skip
ON_NAMES: Mapping[str, str] = {"case": "case", "idea": "core idea", "category": "category", "domain": "domain"}


def subjects(
    cases: Mapping[str, str], domains: Sequence[Code], ideas: Sequence[CoreIdea], categories: Sequence[Category]
) -> dict[str, str]:
    """What comments can be on, in words, by id; `cases` has the label of each."""
    named = {code.id: code.label for code in domains} | {one.id: one.name for one in categories}
    return named | dict(cases) | {one.id: f"{cases.get(one.case, one.case)}: {one_line(one.words)}" for one in ideas}


def subject(one: Comment, names: Mapping[str, str]) -> str:
    """What a comment is on, in words."""
    return names.get(one.about, f"a {ON_NAMES.get(one.on, one.on)} that is gone")


def head(width: int) -> str:
    """What stands over the comments."""
    return f" {cells('state', 13)}{cells('on', 10)}{cells('which', _which(width))} {cells('auditor', 9)}words"


def _which(width: int) -> int:
    return max(12, (width - 36) // 2)


def line(one: Comment, names: Mapping[str, str], width: int) -> Line:
    """How a comment stands, what it is on, who made it, and its first words."""
    state = cells(STATE_NAMES.get(one.state, one.state), 13)
    on, which = cells(ON_NAMES.get(one.on, one.on), 10), cells(subject(one, names), _which(width))
    return one.id, Content(f"{state}{on}{which} {cells(one.author, 8)} {excerpt(one.words, 120)}")


def whole(one: Comment, names: Mapping[str, str]) -> Content:
    """A comment with what was said to it, in turns."""
    on = f"On the {ON_NAMES.get(one.on, one.on)} '{subject(one, names)}'"
    blocks = [
        Content.styled(shown(on), "bold"), Content.styled(shown(f"{one.author}, {one.at[:10]}"), "dim"),
        Content(shown_lines(one.words)),
    ]  # fmt: skip
    for turn in one.turns:
        said = f"{STATE_NAMES.get(turn.state, turn.state)} by {turn.actor}, {turn.at[:10]}"
        blocks += [
            Content(""),
            Content.styled(shown(said), "dim"),
            *([Content(shown_lines(turn.words))] if turn.words else []),
        ]
    return Content("\n").join([*blocks, Content(""), Content(_next(one))])


def _next(one: Comment) -> str:
    """Who does what next."""
    if one.state in UNANSWERED:
        return "The team answers next."
    return "" if one.state == "settled" else shown(f"{one.author} says next whether that settles it.")


NO_COMMENTS = "No auditor has commented yet. Auditors comment on a case, a core idea, a domain or a category, there."
