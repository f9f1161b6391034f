"""How one segment of a transcript is drawn: its state, its speaker, its words and the lanes of its codes.

Pure: a row, the columns and the styles go in, styled pieces of text come out. A code is never told by colour
alone: its key stands in its lane, and coded words are underlined (once for one code, twice for more).
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.cache import FIFOCache
from textual.strip import Strip

from qualbench.text import clusters, shown, snap
from qualbench.tui.widgets.wrap import HANGING, simple, wrap_offsets

Span = tuple[int, int]

NARROW, LABELLED = 99, 109
"""Cells without the scrollbar: below the first all is squeezed, from the second on labels have room."""

_QUIET = Style(dim=True)
_ONE = Style(underline=True)
_MORE = Style(underline2=True, bold=True)
_SELECTED = Style(reverse=True)
_EDGE = Style(bold=True)


@dataclass(frozen=True, slots=True)
class Mark:
    """A code on a stretch of a row; offsets count from the row's own text."""

    start: int
    end: int
    key: str
    """The code's short key, for instance A1."""
    label: str


@dataclass(frozen=True, slots=True)
class Row:
    """One segment as the transcript view shows it."""

    start: int
    end: int
    text: str
    speaker: str
    first_of_turn: bool
    counts: bool
    """False for interviewers' speech."""
    state: str = ""
    """Empty while undecided, `coded`, or `nothing` when nothing applies."""
    marks: tuple[Mark, ...] = ()
    memo: bool = False
    differs: bool = False
    quiet: tuple[Span, ...] = ()
    """Stretches that are not speech, such as times and sounds; offsets count from the row's own text, none overlap."""


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
    name = 8 if narrow else max(8, min(14, speaker))
    lanes, lane = (3, key) if narrow else (4, key + 1)
    labels = 0 if width < LABELLED else min(40, width // 5)
    return Columns(name, width - 5 - name - lanes * lane - labels, lanes, lane, labels)


def draw_row(row: Row, columns: Columns, ink: Ink, at_cursor: bool, selection: Span | None) -> list[list[Segment]]:
    """The lines of one row, each as styled pieces; there is always at least one line."""
    text = shown(row.text)
    cuts = [0, *wrap_offsets(text, columns.text), len(text)]
    spans = [_within(text, mark.start, mark.end) for mark in row.marks]
    lanes = _lanes(row.marks, spans, cuts, columns)
    plain = ink.words if row.counts else ink.quiet
    lines = []
    for number, (low, high) in enumerate(pairwise(cuts)):
        line = [Segment(_signs(row, at_cursor) if number == 0 else "   ", ink.mark)]
        name = row.speaker if number == 0 and row.first_of_turn else ""
        line.append(Segment(fitted(shown(name), columns.speaker), ink.speaker))
        words = _words(text, (low, high), spans, selection, plain, _inside(row.quiet, low, high))
        used = sum(cell_len(piece.text) for piece in words)
        line += words
        line.append(Segment(" " * max(0, columns.text + 2 - used), plain))
        line.append(Segment("".join(lanes[number]), ink.lane))
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


def _inside(quiet: Sequence[Span], low: int, high: int) -> Sequence[Span]:
    """The stretches that have a part in a line."""
    first = bisect_right(quiet, low, key=lambda span: span[1])
    return quiet[first : bisect_left(quiet, high, key=lambda span: span[0])]


def _words(
    text: str, line: Span, spans: Sequence[Span], selection: Span | None, plain: Style, quiet: Sequence[Span] = ()
) -> list[Segment]:
    low, high = line
    high = low + len(text[low:high].rstrip(HANGING))
    cells = [" ", *text[low:high], " "]
    edges = [*spans, *quiet, *([selection] if selection else [])]
    points = sorted({low, high, *(point for span in edges for point in span if low < point < high)})
    if selection:
        _bracket(cells, low, high, selection)
    pieces = [Segment(cells[0], plain + _EDGE if cells[0] != " " else plain)]
    for start, end in pairwise(points):
        codes = sum(a <= start < b for a, b in spans)
        style = plain if not codes else plain + (_ONE if codes == 1 else _MORE)
        if any(a <= start < b for a, b in quiet):
            style += _QUIET
        if selection and selection[0] <= start < selection[1]:
            style += _SELECTED
        pieces.append(Segment("".join(cells[start - low + 1 : end - low + 1]), style))
    return [*pieces, Segment(cells[-1], plain + _EDGE if cells[-1] != " " else plain)]


def _bracket(cells: list[str], low: int, high: int, selection: Span) -> None:
    """Put brackets into the blanks around the selection; where there is none there is no bracket."""
    start, end = selection
    if low <= start < high and cells[start - low] == " ":
        cells[start - low] = "["
    if low < end <= high and cells[end - low + 1] == " ":
        cells[end - low + 1] = "]"


def _lanes(marks: Sequence[Mark], spans: Sequence[Span], cuts: Sequence[int], columns: Columns) -> list[list[str]]:
    """The lane cells of each line: a code's key where it begins, then a stripe; `+n` where lanes run out."""
    grid = [[" " * columns.lane] * columns.lanes for _ in pairwise(cuts)]
    if not columns.lanes:
        return grid
    ends = [-1] * columns.lanes
    hidden = [0] * len(grid)
    for mark, span in sorted(zip(marks, spans, strict=True), key=lambda pair: (pair[1][0], -pair[1][1])):
        first, last = _lines_of(span, cuts)
        free = next((lane for lane, end in enumerate(ends) if end < first), None)
        if free is None:
            for line in range(first, last + 1):
                hidden[line] += 1
            continue
        ends[free] = last
        for line in range(first, last + 1):
            sign = shown(mark.key) if line == first else "╹" if line == last else "┃"
            grid[line][free] = fitted(sign, columns.lane)
    for line, count in enumerate(hidden):
        if count:
            covered = not grid[line][-1].isspace()
            grid[line][-1] = fitted(f"+{count + covered}", columns.lane)
    return grid


def _lines_of(span: Span, cuts: Sequence[int]) -> Span:
    inner = (1, len(cuts) - 1)
    first = bisect_right(cuts, span[0], *inner) - 1
    return first, max(first, bisect_left(cuts, span[1], *inner) - 1)


def _labels(row: Row, width: int) -> str:
    if not width:
        return ""
    return fitted(" · ".join(dict.fromkeys(shown(mark.label) for mark in row.marks)), width)
