"""What the screen of de-identification shows, as pure functions: the queue, places in context, the text to be read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from textual.content import Content

from qualbench.project.deidentify.queue import Asked, Place, Where
from qualbench.project.deidentify.review import Review
from qualbench.steps.deidentify import Action, Decision
from qualbench.text import counted, excerpt, shown
from qualbench.tui.widgets.lines import cells
from qualbench.tui.widgets.transcript import Mark, Row

PLACES = 3
"""How many places of a string are shown."""
_WHERE = {Where.NAME: "in the file's name: ", Where.BESIDE: "beside the text: "}
_BESIDE = 29
"""Cells of the columns beside the two wide ones."""


def heading(width: int) -> str:
    """The names of the columns, as wide as the screen."""
    wide = _wide(width)
    return f"   {cells('string', wide)} {cells('kind', 13)}{cells('places', 7)}{cells('texts', 6)}becomes"


def line(review: Review, asked: Asked, width: int) -> Content:
    """One string of the queue; what is decided has a tick and what it becomes, words and no colour alone."""
    wide = _wide(width)
    decision = review.decision(asked)
    columns = (
        " ✓ " if decision else "   ",
        cells(asked.text, wide),
        " ",
        cells(str(asked.candidate.kind), 13),
        cells(str(len(asked.places)), 6, right=True),
        cells(str(asked.files), 6, right=True),
        " ",
        cells(becomes(decision) if decision else "", max(8, width - wide - _BESIDE - 2)),
    )
    return Content.styled("".join(columns), "" if decision else "bold")


def _wide(width: int) -> int:
    return max(16, (width - _BESIDE) * 3 // 5)


def becomes(decision: Decision) -> str:
    """What a decision makes of its string, in a word or two."""
    return "stays" if decision.action is Action.KEEP else decision.replacement


def question(review: Review, asked: Asked, width: int) -> Content:
    """What is known of a string: why it is asked, what Enter does, and the first places in their context."""
    decision, suggestion = review.decision(asked), review.suggestion(asked)
    why = ", ".join(str(one) for one in asked.candidate.why)
    where = f"{counted(len(asked.places), 'place')} in {counted(asked.files, 'text')}"
    if decision:
        told = f"Decided: {'it stays' if decision.action is Action.KEEP else decision.replacement}"
    else:
        told = f"Enter makes it {becomes(suggestion)}"
    first = Content.assemble((excerpt(asked.text, 40), "bold"), f"  {why}, {where}. ", (shown(told), "bold"))
    lines = [first, *(in_context(review, place, width) for place in asked.places[:PLACES])]
    more = len(asked.places) - PLACES
    if more > 0:
        lines.append(Content.styled(f"and {more} more", "dim"))
    return Content("\n").join(lines)


def in_context(review: Review, place: Place, width: int) -> Content:
    """One place with the words around it on a line; the string is marked by brackets too, not by a style alone."""
    text, where = review.words_at(place), _WHERE.get(place.where, "")
    if place.where is Where.BESIDE:  # a line each: the others are about somebody else, or something else
        begin = text.rfind("\n", 0, place.start) + 1
        text = text[begin : (text + "\n").index("\n", place.end)]
        place = replace(place, start=place.start - begin, end=place.end - begin)
    room = max(8, (width - len(where) - (place.end - place.start) - 4) // 2)
    before = " ".join(shown(text[max(0, place.start - room) : place.start]).split("␊"))
    after = " ".join(shown(text[place.end : place.end + room]).split("␊"))
    here = excerpt(text[place.start : place.end], max(8, width // 2))
    return Content.assemble((where, "dim"), before[-room:], (f"›{here}‹", "reverse"), after[:room])


def rows(text: str, left: Sequence[Asked]) -> list[Row]:
    """Every line of a text that has words, with what should be looked at again marked on it."""
    marks = sorted(
        (place.start, place.end, str(asked.candidate.why[0])) for asked in left for place in asked.places
    )  # fmt: skip
    return [
        Row(start, end, text[start:end], "", False, True, "read", tuple(_marks(marks, start, end)))
        for start, end in _lines(text)
    ]


def _lines(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for piece in text.split("\n"):
        if piece.strip():
            yield start, start + len(piece)
        start += len(piece) + 1


def _marks(marks: Sequence[tuple[int, int, str]], start: int, end: int) -> Iterator[Mark]:
    for low, high, why in marks:
        if low < end and high > start:
            yield Mark(max(low, start) - start, min(high, end) - start, "?", why)


def row_at(rows_: Sequence[Row], offset: int) -> int:
    """The row in which an offset of the text stands."""
    return next((number for number, row in enumerate(rows_) if offset < row.end), max(0, len(rows_) - 1))
