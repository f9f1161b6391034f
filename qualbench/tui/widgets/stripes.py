"""How one segment of a transcript is drawn: its state, its speaker, its words and the lanes of its codes.

Pure: a row, the columns and the styles go in, styled pieces of text come out. A code is never told by colour
alone: its key stands in its lane, and coded words are underlined (once for one code, twice for more).
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.cache import FIFOCache
from textual.strip import Strip

from qualbench.text import clusters, shown, snap
from qualbench.tui.widgets.hues import readable
from qualbench.tui.widgets.lanes import Lane, lanes
from qualbench.tui.widgets.marks import Row, Span
from qualbench.tui.widgets.wrap import HANGING, simple, wrap_offsets

NARROW, LABELLED = 99, 109
"""Cells without the scrollbar: below the first all is squeezed, from the second on labels have room."""

_QUIET = Style(dim=True)
_ONE = Style(underline=True)
_MORE = Style(underline2=True, bold=True)
_SELECTED = Style(reverse=True)
_EDGE = Style(bold=True)
_NEXT_KEY = Style(reverse=True)
_COMES_OVER = Style(bold=False)
_ACTIVE_STRIPE = "█"


class Selected(NamedTuple):
    """The selected part of one row, and whether the selection begins and ends in it."""

    start: int
    end: int
    begins: bool = True
    ends: bool = True


@dataclass(frozen=True, slots=True)
class Columns:
    """How many cells each column has; one blank stands on each side of the text."""

    speaker: int
    text: int
    lanes: int
    """How many lanes there are."""
    lane: int
    """Cells of one lane."""
    labels: int


@dataclass(frozen=True, slots=True)
class Ink:
    """The styles of one kind of row (under the cursor or not)."""

    words: Style
    quiet: Style
    speaker: Style
    mark: Style
    lane: Style
    label: Style
    active: Style
    """Behind the words of the one code that is looked at."""
    background: str
    """As #rrggbb: what the colours of codes are made readable on."""


class Line(Strip):
    """A strip that frees itself at once.

    Textual's own keeps itself in its `divide` cache, so that every line ever drawn waits for the garbage
    collector, which then stops the typing for a tenth of a second; and it makes seven caches at once.
    """

    __slots__ = ()

    def __init__(self, segments: list[Segment], cell_length: int) -> None:
        self._segments = segments
        self._cell_length = cell_length
        self._render_cache = self._link_ids = self._cell_count = None

    def __getattr__(self, name: str) -> FIFOCache[object, object]:
        if not name.endswith("_cache"):
            raise AttributeError(name)
        cache: FIFOCache[object, object] = FIFOCache(4)
        setattr(self, name, cache)
        return cache

    def divide(self, cuts: Iterable[int]) -> Sequence[Strip]:
        """The line cut at these cells; the usual cut, at its end only, is the line itself."""
        inside = [cut for cut in cuts if cut <= self.cell_length]
        return [self] if inside == [self.cell_length] else super().divide(inside)


def columns_for(width: int, speaker: int, key: int) -> Columns:
    """The columns in `width` cells, for the longest speaker label and the longest code key, in cells."""
    narrow = width < NARROW
    if width < 40:
        return Columns(speaker=0, text=max(1, width - 5), lanes=0, lane=0, labels=0)
    name = 6 if narrow else max(8, min(14, speaker))
    lane = key if narrow else key + 1
    count = 3 if narrow and key > 2 else 4
    labels = 0 if width < LABELLED else min(40, width // 5)
    return Columns(name, width - 5 - name - count * lane - labels, count, lane, labels)


def draw_row(
    row: Row, columns: Columns, ink: Ink, at_cursor: bool, selected: Selected | None, active: str = ""
) -> list[list[Segment]]:
    """The lines of one row, each as styled pieces; there is always at least one line. `active` is a code's id."""
    text = shown(row.text)
    cuts = [0, *wrap_offsets(text, columns.text), len(text)]
    spans = [_within(text, mark.start, mark.end) for mark in row.marks]
    lit = [span for mark, span in zip(row.marks, spans, strict=True) if active and mark.code == active]
    gutter = lanes(row.marks, spans, cuts, columns.lanes)
    plain = ink.words if row.counts else ink.quiet
    layers = _Layers(spans, row.quiet, lit, selected, plain, ink.active)
    lines = []
    for number, (low, high) in enumerate(pairwise(cuts)):
        line = [Segment(_signs(row, at_cursor) if number == 0 else "   ", ink.mark)]
        name = row.speaker if number == 0 and row.first_of_turn else ""
        line.append(Segment(fitted(shown(name), columns.speaker), ink.speaker))
        words = _words(text, (low, high), layers)
        used = sum(cell_len(piece.text) for piece in words)
        line += words
        line.append(Segment(" " * max(0, columns.text + 2 - used), plain))
        line += _gutter(gutter[number], columns, ink, active)
        line.append(Segment(_labels(row, columns.labels) if number == 0 else " " * columns.labels, ink.label))
        lines.append([piece for piece in line if piece.text])
    return lines


def fitted(text: str, width: int) -> str:
    """The text in exactly `width` cells, ended by an ellipsis when it is too long."""
    cells = cell_len(text)
    if cells <= width:
        return text + " " * (width - cells)
    kept, used = "", 0
    for cluster in clusters(text):
        wide = cell_len(cluster)
        if used + wide > width - 1:
            break
        kept += cluster
        used += wide
    return (kept + "…").ljust(len(kept) + width - used) if width else ""


def _within(text: str, start: int, end: int) -> Span:
    low = max(0, min(start, len(text)))
    high = max(low, min(end, len(text)))
    return (low, high) if simple(text) else snap(text, low, high)


def _signs(row: Row, at_cursor: bool) -> str:
    if row.differs:
        state = "≠"
    elif not row.counts:
        state = "·"
    else:
        state = {"coded": "✓", "nothing": "∅"}.get(row.state, " ")
    return ("▸" if at_cursor else " ") + state + ("✎" if row.memo else " ")


class _Layers(NamedTuple):
    """What lies over the words of a row."""

    codes: Sequence[Span]
    quiet: Sequence[Span]
    lit: Sequence[Span]
    selected: Selected | None
    plain: Style
    active: Style


def _inside(spans: Sequence[Span], low: int, high: int) -> Sequence[Span]:
    """The stretches that have a part in a line, of stretches in order that do not overlap."""
    first = bisect_right(spans, low, key=lambda span: span[1])
    return spans[first : bisect_left(spans, high, key=lambda span: span[0])]


def _words(text: str, line: Span, layers: _Layers) -> list[Segment]:
    low, high = line
    high = low + len(text[low:high].rstrip(HANGING))
    cells = [" ", *text[low:high], " "]
    quiet, plain, selected = _inside(layers.quiet, low, high), layers.plain, layers.selected
    edges = [*layers.codes, *quiet, *([(selected.start, selected.end)] if selected else [])]
    points = sorted({low, high, *(point for span in edges for point in span if low < point < high)})
    if selected:
        _bracket(cells, low, high, selected)
    pieces = [Segment(cells[0], plain + _EDGE if cells[0] != " " else plain)]
    for start, end in pairwise(points):
        codes = sum(a <= start < b for a, b in layers.codes)
        style = plain if not codes else plain + (_ONE if codes == 1 else _MORE)
        if any(a <= start < b for a, b in layers.lit):
            style += layers.active
        if any(a <= start < b for a, b in quiet):
            style += _QUIET
        if selected and selected.start <= start < selected.end:
            style += _SELECTED
        pieces.append(Segment("".join(cells[start - low + 1 : end - low + 1]), style))
    return [*pieces, Segment(cells[-1], plain + _EDGE if cells[-1] != " " else plain)]


def _bracket(cells: list[str], low: int, high: int, selected: Selected) -> None:
    """Put brackets into the blanks around the selection; where there is none there is no bracket."""
    start, end, begins, ends = selected
    if begins and low <= start < high and cells[start - low] == " ":
        cells[start - low] = "["
    if ends and low < end <= high and cells[end - low + 1] == " ":
        cells[end - low + 1] = "]"


def _gutter(line: Sequence[Lane], columns: Columns, ink: Ink, active: str) -> list[Segment]:
    """The lanes of one line, each code in its colour; keys without a blank between them are set apart by reverse."""
    if not any(lane.sign for lane in line):
        return [Segment(" " * columns.lanes * columns.lane, ink.lane)]
    pieces, touches = [], False
    for lane in line:
        sign, style = lane.sign, ink.lane
        if lane.mark is not None:
            is_active = bool(active) and lane.mark.code == active
            sign = _ACTIVE_STRIPE if is_active and not lane.is_key else sign
            comes_over = lane.is_key and lane.mark.went_on and not is_active
            style = _on_lane(ink.lane, lane.mark.colour, ink.background, comes_over)
        if touches and sign.strip():
            style += _NEXT_KEY
        touches = not touches and cell_len(sign) >= columns.lane
        pieces.append(Segment(fitted(sign, columns.lane), style))
    return pieces


@lru_cache(maxsize=1024)
def _on_lane(lane: Style, colour: str, background: str, comes_over: bool) -> Style:
    style = lane + Style(color=readable(colour, background)) if colour else lane
    return style + _COMES_OVER if comes_over else style


def _labels(row: Row, width: int) -> str:
    if not width:
        return ""
    return fitted(" · ".join(dict.fromkeys(shown(mark.label) for mark in row.marks)), width)
