"""What the screen of earlier extracts shows, as pure functions; and the two lines of them beside the palette."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from textual.content import Content

from qualbench.errors import QualbenchError
from qualbench.model import Code
from qualbench.project.noted import Extract
from qualbench.steps import comparing
from qualbench.text import excerpt, shown, shown_lines
from qualbench.tui.widgets.lines import cells

if TYPE_CHECKING:
    from qualbench.project import Project

LEAD, REST = 120, 400
"""How much of the text is shown before and after an extract, in code points."""
LONGEST = 4_000
"""So many characters of an extract are shown."""

ORDERS: Mapping[str, str] = {
    "newest": "the newest first", "typical": "the most typical first", "edge": "the least typical first",
}  # fmt: skip
RANKS: Mapping[str, Callable[[Sequence[Extract], int], tuple[Extract, ...]]] = {
    "newest": comparing.newest, "typical": comparing.typical, "edge": comparing.edge,
}  # fmt: skip


def beside(project: Project, code: str, n: int = 2) -> list[str]:
    """The newest `n` extracts of a code, the viewer's own, a short safe line each; none where nothing can be read."""
    try:
        found = project.earlier(code, most=n + 10)[:n]  # some may be of a first coding that stays out of sight
    except QualbenchError:
        return []
    return [excerpt(f"{one.place}: {one.text[:LONGEST]}", 120) for one in found]


def place_of(place: str) -> tuple[str, int, int] | None:
    """A transcript's id with start and end, as one text says it.

    >>> place_of("talk:25:30"), place_of("talk")
    (('talk', 25, 30), None)
    """
    name, *numbers = place.rsplit(":", 2)
    if len(numbers) != 2 or not all(number.isdecimal() for number in numbers):
        return None
    return name, int(numbers[0]), int(numbers[1])


def line(one: Extract, width: int, *, marked: bool, tied: bool) -> Content:
    """Signs, when it was coded, where it stands, and its first words."""
    signs = ("✓" if marked else " ") + ("≈" if tied else " ")
    place = f"{cells(one.at[:10], 11)}{cells(one.name, width)} {cells(str(one.line), 6, right=True)}"
    return Content(f"{signs} {place} {excerpt(one.text[:LONGEST], 200)}")


def around(text: str, one: Extract) -> Content:
    """An extract within the words around it."""
    low, high = max(0, one.start - LEAD), min(len(text), one.end + REST)
    before, after = (shown_lines(text[a:b]) for a, b in ((low, one.start), (one.end, high)))
    words = Content.styled(shown_lines(one.text[:LONGEST]), "reverse")
    return Content.assemble("…" if low else "", before, words, after, "…" if high < len(text) else "")


def definition(code: Code) -> Content:
    """What a code means, a field a line."""
    fields = (
        ("", code.definition or code.definition_short), ("use  ", code.include), ("not  ", code.exclude),
        ("for instance  ", " | ".join(code.examples)), ("looks like it, is not  ", code.near_miss),
    )  # fmt: skip
    lines = [Content.assemble((name, "bold"), shown(words)) for name, words in fields if words]
    return Content("\n").join(lines) if lines else Content("It has no definition.")
