"""What the trail screen shows, as lines and pages made of values."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from textual.content import Content

from qualbench.model import STATE_NAMES, TRAIL_CLASS_NAMES, PastTheme, Theme, TrailEntry
from qualbench.text import counted, shown, shown_lines
from qualbench.tui.widgets.lines import cells

_WHEN, _WHO, _CLASS = 16, 10, 14
WIDE = 110
"""From so many columns on there is room for the class."""


def heading(width: int) -> str:
    """What stands over the columns."""
    of_class = cells("class", _CLASS) + " " if width >= WIDE else ""
    return " " + cells("when (UTC)", _WHEN) + " " + cells("who", _WHO) + " " + of_class + "what"


def line(one: TrailEntry, width: int) -> Content:
    """One action; what is undone says so in words."""
    of_class = cells(str(one.trail_class), _CLASS) + " " if width >= WIDE else ""
    undone = "[undone] " if one.undone else ""
    room = max(10, width - _WHEN - _WHO - 5 - len(of_class))
    what = cells(f"{undone}{one.what}{f' - {one.why}' if one.why else ''}", room).rstrip()
    text = f"{cells(when(one), _WHEN)} {cells(one.who or '-', _WHO)} {of_class}{what}"
    return Content.styled(text, "dim") if one.undone or one.hidden else Content(text)


def when(one: TrailEntry) -> str:
    """Day and minute."""
    return one.at[:16].replace("T", " ")


def theme_lines(themes: Sequence[Theme], past: Sequence[PastTheme]) -> list[tuple[str, Content]]:
    """The themes of the board, and those that were given up."""
    now = [
        (one.id, Content(f"{'  ' * bool(one.parent)}{cells(one.name, 44)} {STATE_NAMES[one.state]}")) for one in themes
    ]
    gone = [(one.theme.id, Content(f"{cells(one.theme.name, 44)} {one.how}")) for one in past]
    return [*now, *gone]


def page(one: TrailEntry) -> Content:
    """Everything known of an action."""
    parts = [
        (shown_lines(one.sentence), ""),
        ("Undone since." if one.undone else "", "bold"),
        (f"Why: {shown_lines(one.why)}" if one.why else "", ""),
        ("About: " + "; ".join(f"{thing.kind} {shown(thing.label)}" for thing in one.about) if one.about else "", ""),
        (f"Class: {TRAIL_CLASS_NAMES[one.trail_class]}.", ""),
        ("What exactly was done is not shown before it is opened to you." if one.hidden else "", ""),
        (f"Step {one.step}\nHash {one.hash}" if one.hash else "", "dim"),
    ]
    return Content("\n\n").join(Content.styled(words, style) for words, style in parts if words)


def told(pieces: Iterable[str], number: int, reached: str) -> tuple[str, ...]:
    """The words on the first line: what is shown, how much, and how far back was looked."""
    back = f"looked back to {reached[:16].replace('T', ' ')}" if reached and not number else ""
    return (*pieces, counted(number, "line") + " here", back)
