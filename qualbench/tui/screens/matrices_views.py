"""What the matrices screen shows, as lines, tables and sentences; figures and shades carry it, never colour alone."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual.content import Content

from qualbench.model import Codebook, Method
from qualbench.project.asked import Asked, Cells, Kind, SavedQuery
from qualbench.text import many, percent
from qualbench.tui.screens.rows import code_keys
from qualbench.tui.widgets.grid import EMPTY, Table
from qualbench.tui.widgets.lines import cells

if TYPE_CHECKING:
    from qualbench.steps.matrices import Grid, Matrix, Prevalence, Saturation

Line = tuple[str, Content]
Shown = tuple[str, list[Line]]
"""What stands over the columns, and the lines."""

SHADES = "░▒▓█"
MARK = "×"
"""What stands in a cell where the method has no numbers."""


# --- matrices --------------------------------------------------------------------------------------------------


def table_of(made: Matrix, *, counts: bool) -> Table:
    """A matrix as a table: each figure with a shade for its share of the highest one."""
    largest = _largest(made)
    figures = made.cells.tolist()
    square = made.rows == made.columns

    def cell(row: int, column: int) -> str:
        value = figures[row][column]
        if value != value:
            return "-"
        if not value:
            return EMPTY + " " * counts
        if not counts:
            return MARK
        shade = " " if square and row == column else shade_of(value, largest)
        return figure(value) + shade

    widest = len(figure(largest)) + 1 if counts else 1
    rows, columns = (
        [head.label for head in made.rows],
        [_headed(made, at, counts=counts) for at in range(len(made.columns))],
    )
    if square:
        keys = _keys(made)
        rows, columns = [f"{key} {label}" for key, label in zip(keys, rows, strict=True)], keys
    return Table(rows, columns, cell, max(widest, _diagonal(made) + 1 if square and counts else 1))


def _headed(made: Matrix, at: int, *, counts: bool) -> str:
    head = made.columns[at]
    return head.label if head.of is None or not counts else f"{head.label} /{head.of}"


def figure(value: float) -> str:
    """A count, or a coefficient without its leading nought."""
    return f"{value:.2f}".removeprefix("0") if isinstance(value, float) else str(value)


def shade_of(value: float, largest: float) -> str:
    """One of four shades for a share of the largest; anything above nothing has one.

    >>> [shade_of(value, 8) for value in (1, 2, 3, 8)]
    ['░', '░', '▒', '█']
    """
    return SHADES[max(0, min(4, math.ceil(4 * value / largest)) - 1)] if largest else SHADES[0]


def _largest(made: Matrix) -> float:
    """The highest cell; that a code stands with itself is no part of it."""
    looked_at = made.cells.copy()
    looked_at[looked_at != looked_at] = 0
    if made.rows == made.columns:
        every = range(len(made.rows))
        looked_at[every, every] = 0
    return looked_at.max().item() if looked_at.size else 0


def _diagonal(made: Matrix) -> int:
    """Characters of the widest figure on the diagonal."""
    return max((len(figure(made.cells[at, at].item())) for at in range(len(made.rows))), default=1)


def _keys(made: Matrix) -> list[str]:
    """Short names for the columns of a square matrix: keys of codes, numbers of themes."""
    keys = code_keys(Codebook("", "", made.evidence.codes))
    return [keys.get(head.id, f"T{number}") for number, head in enumerate(made.rows, 1)]


def cell_told(made: Matrix, at: tuple[int, int], asked: Asked, *, counts: bool) -> str:
    """The cell under the bar in a sentence, with what it is out of."""
    (row, column), value = at, made.cells[at].item()
    what, of = made.rows[row].label, made.columns[column]
    if made.rows == made.columns:
        return _together_told(made, at, asked, counts=counts)
    if not counts or asked.count is Cells.PRESENCE:
        return f"'{what}' {'stands' if value else 'does not stand'} in {_column(asked, of.label)}."
    if asked.count is Cells.PARTICIPANTS or (asked.kind is Kind.ATTRIBUTE and not asked.count):
        share = f" ({percent(value / of.of)})" if of.of else ""
        out_of = many(of.of or 0, "participant") if of.of is not None else "this participant"
        return f"'{what}', {_column(asked, of.label)}: {value:,} of {out_of}{share}."
    speak = f", where {many(of.of, 'participant')} speak{'s' * (of.of == 1)}" if of.of is not None else ""
    return f"'{what}', {_column(asked, of.label)}: {many(value, 'segment')}{speak}."


def _column(asked: Asked, label: str) -> str:
    said = {
        Kind.PARTICIPANTS: f"what {label} says", Kind.GROUPS: f"what the group {label} says",
        Kind.ATTRIBUTE: f"{asked.by} {label}", Kind.TRANSCRIPTS: label, Kind.ROUNDS: f"the round {label}",
        Kind.CODERS: f"{label}'s coding",
    }  # fmt: skip
    return said[asked.kind]


_UNITS = {"segment": "segment", "overlap": "pair of segments", "turn": "turn"}


def _together_told(made: Matrix, at: tuple[int, int], asked: Asked, *, counts: bool) -> str:
    (row, column), value = at, made.cells[at].item()
    one, other = made.rows[row].label, made.columns[column].label
    if not counts or asked.count is Cells.PRESENCE:
        verb = "stand" if value else "never stand"
        return f"'{one}' stands somewhere." if row == column else f"'{one}' and '{other}' {verb} together."
    if asked.count is Cells.COEFFICIENT:
        told = "there is no coefficient" if value != value else f"c = {value:.3f}"
        return f"'{one}' and '{other}': {told} (0 never together, 1 always)."
    alone = [made.cells[n, n].item() for n in (row, column)]
    unit = _UNITS[asked.together]
    if row == column:
        return f"'{one}' stands on {many(value, 'turn' if asked.together == 'turn' else 'segment')}."
    shared = many(value, unit) if unit != "pair of segments" else f"{value:,} pair{'s' * (value != 1)} of segments"
    return f"'{one}' and '{other}' stand together on {shared}; '{one}' on {alone[0]:,}, '{other}' on {alone[1]:,}."


# --- prevalence ----------------------------------------------------------------------------------------------------


def prevalence(rows: Sequence[Prevalence], labels: Sequence[str], what: str, width: int) -> Shown:
    """Participants first, out of how many, with a bar; then segments and transcripts."""
    label = max(16, min(40, width - 52))
    bar = max(0, min(30, width - label - 46))
    named = any(labels)
    head = cells(what, label) + "  participants" + " " * (bar + 9) + " segments  transcripts" + "  label" * named
    lines = []
    for row, name in zip(rows, labels, strict=True):
        share = row.share or 0
        told = f"{row.participants:>4} of {row.of:<4} {'-' if row.share is None else percent(row.share):>6} "
        drawn = ("█" * round(share * bar)).ljust(bar)
        figures = f" {row.segments:8,} {row.transcripts:12,}  {name}"
        lines.append((row.id, Content(cells(row.label, label) + " " + told + drawn + figures.rstrip())))
    return head, lines


def prevalence_told(row: Prevalence | None, method: Method) -> str:
    """The line under the bar, as a report of the method says it."""
    from qualbench.steps.matrices import told

    return f"'{row.label}': {told(row, method)}." if row else ""


# --- queries -------------------------------------------------------------------------------------------------------


def saved(found: Sequence[SavedQuery], width: int) -> Shown:
    """The saved queries, as they are typed."""
    name = max(12, min(30, width // 3))
    return cells("name", name) + "  query", [
        (one.name, Content(cells(one.name, name) + "  " + cells(one.words, max(10, width - name - 3)).rstrip()))
        for one in found
    ]


# --- saturation ----------------------------------------------------------------------------------------------------


def saturation(grid: Grid, found: Saturation, width: int) -> Shown:
    """Interview by interview: what is new, what there is by then, and the ratio of the run that follows."""
    ratios = {step.after: step.ratio for step in found.steps}
    label = max(12, min(30, width // 3))
    bar = max(4, width - label - 34)
    total = max(1, found.cumulative[-1] if found.cumulative else 1)
    head = cells("  # interview", label + 4) + "  new  sum  " + cells("codes by then", bar) + " run after"
    lines = []
    for at, source in enumerate(grid.interviews):
        new, by_then = found.new[at], found.cumulative[at]
        before = round((by_then - new) / total * bar)
        drawn = ("█" * before + "▒" * (round(by_then / total * bar) - before)).ljust(bar)
        after = at + 1
        ratio = ratios.get(after)
        told = "" if ratio is None else percent(ratio)
        reached = " ← reached" if after == found.reached else ""
        line = f"{after:3} {cells(source.name, label)} {new:4} {by_then:4}  {drawn} {told}{reached}"
        lines.append((source.id, Content(line.rstrip())))
    return head, lines


def first_used(grid: Grid, found: Saturation, at: str) -> str:
    """What is new in the interview under the bar."""
    number = next((n for n, source in enumerate(grid.interviews) if source.id == at), -1)
    if number < 0:
        return "No interview is opened yet."
    new = [idea.label for idea, first in zip(grid.ideas, grid.first, strict=True) if first == number]
    told = f"New in {grid.interviews[number].name}: {', '.join(new) or 'nothing'}."
    step = next((step for step in found.steps if step.after == number + 1), None)
    if step is None or step.ratio is None:
        return told
    return f"{told} The run after it brings {step.new} new to {found.base} of the base ({percent(step.ratio)})."
