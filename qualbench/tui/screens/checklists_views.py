"""What the checklists screen shows: items with their state in words, and one item with all that is known of it."""

from __future__ import annotations

from textual.content import Content

from qualbench.steps.checklists import STATE_WORDS, Checklist, Filled, Line, facts
from qualbench.text import counted, shown, shown_lines
from qualbench.tui.widgets.lines import cells

_NUMBER, _STATE = 5, 25


def told(filled: Filled, *, gaps: bool) -> list[str]:
    """Which checklist, and how far it is filled."""
    left = len(filled.gaps)
    return [
        filled.checklist.name,
        f"{len(filled.lines) - left} of {counted(len(filled.lines), 'item')} shown or answered",
        f"only the {left} missing" if gaps else f"{left} missing",
    ]


def heading(width: int) -> str:
    """What stands over the columns."""
    return cells(f" {cells('item', _NUMBER)}{cells('state', _STATE)}what is asked", max(1, width))


def line(one: Line, width: int) -> Content:
    """An item: its number, its state in words, what is asked."""
    room = max(10, width - _NUMBER - _STATE - 3)
    number, state = cells(one.item.number, _NUMBER), cells(STATE_WORDS[one.state], _STATE)
    return Content.assemble(number, (state, "bold" if one.is_gap else ""), cells(one.item.asks, room))


def about(one: Line, of: Checklist) -> Content:
    """Everything that is known of an item; what the log shows comes with where it stands."""
    parts = [
        Content.assemble((f"{one.item.number}. {one.item.asks}", "bold"), f"  ({STATE_WORDS[one.state]})"),
        *(Content(shown(f"Log: {fact}")) for fact in facts(one)),
    ]
    if one.answer:
        said = f"{one.answer.by or 'somebody'}, {one.answer.at[:10]}"
        asked = f", to {one.elsewhere}" if one.elsewhere else ""
        parts.append(Content.assemble(("Authors: ", "bold"), shown_lines(one.answer.words), f" ({shown(said)}{asked})"))
    parts.append(Content.styled(f"{one.item.section}. {of.source}. {of.about}", "dim"))
    return Content("\n").join(parts)
