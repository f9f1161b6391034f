"""Pictures of the coding: bars of participants, heat maps with their numbers in the cells, the curve of saturation."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeAlias

from qualbench.formats.drawing import BLUE, GREY, ORANGE, axis_label, drawn
from qualbench.steps.pack.tidy import rows_of

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure as Sheet

Data: TypeAlias = Sequence[Sequence[str]]
"""Rows of text, the first of them the header."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure in two formats, the data it shows, and what it shows in words."""

    name: str
    """How its files begin, without an ending."""
    title: str
    svg: bytes = field(repr=False)
    png: bytes = field(repr=False)
    csv: bytes = field(repr=False)
    alt: str


@dataclass(frozen=True, slots=True)
class Bar:
    """A code with how many participants have it, out of how many, and what is printed at its end."""

    label: str
    value: int
    of: int
    told: str


@dataclass(frozen=True, slots=True)
class Heat:
    """Numbers by rows and columns; None where there is none, and 1 or 0 where nothing is counted."""

    rows: Sequence[str]
    columns: Sequence[str]
    cells: Sequence[Sequence[float | None]] = field(repr=False)
    unit: str
    """What the cells hold, beside the scale."""
    is_share: bool = False
    """Coefficients from 0 to 1, printed with two decimals."""
    is_presence: bool = False
    is_square: bool = False
    """Codes by codes: the lower half is drawn, the upper one would only say it again."""


@dataclass(frozen=True, slots=True)
class Curve:
    """New and cumulative codes by interview, in order; `reached` interviews come before the first quiet run."""

    interviews: Sequence[str]
    new: Sequence[int]
    cumulative: Sequence[int]
    reached: int | None = None


def bars(name: str, title: str, found: Sequence[Bar], *, data: Data, alt: str) -> Figure:
    """A horizontal bar for each code, with its number at the end."""

    def draw(sheet: Sheet) -> None:
        axes = sheet.add_subplot()
        places = range(len(found))
        axes.barh(places, [one.value for one in found], color=BLUE, edgecolor="black", linewidth=0.6, height=0.7)
        for place, one in zip(places, found, strict=True):
            axes.text(one.value, place, f" {one.told}", va="center", fontsize=8)
        axes.set_yticks(places, [axis_label(one.label) for one in found], parse_math=False)
        axes.set_ylim(len(found) - 0.4, -0.6)
        most = max([1, *(one.of for one in found)])
        axes.set_xlim(0, most * 1.18)
        axes.set_xticks(sorted({0, most // 2, most}))
        axes.set_xlabel(f"Participants (of {most})")
        axes.set_title(axis_label(title, 80), loc="left", parse_math=False)

    svg, png = drawn((8.0, 1.4 + 0.28 * len(found)), draw, title=title, alt=alt)
    return Figure(name, title, svg, png, _csv(data), alt)


def heat_map(name: str, title: str, heat: Heat, *, data: Data, alt: str) -> Figure:
    """Cells from dark to light as their numbers grow, each with its number in it."""
    rows, columns, cells = _drawn_part(heat)
    largest = max([0.0, *(cell for line in cells for cell in line if cell is not None)])
    scale = largest if heat.is_share and largest else max(1.0, largest)

    def draw(sheet: Sheet) -> None:
        axes = sheet.add_subplot()
        grid = [[float("nan") if cell is None else cell for cell in line] for line in cells]
        image = axes.imshow(grid, cmap="cividis", vmin=0, vmax=scale, aspect="auto")
        _numbers(axes, heat, cells, scale)
        axes.set_xticks(range(len(columns)), [axis_label(one, 24) for one in columns], parse_math=False, **_ASLANT)
        axes.set_yticks(range(len(rows)), [axis_label(one) for one in rows], parse_math=False)
        axes.set_title(axis_label(title, 80), loc="left", parse_math=False)
        if not heat.is_presence:
            half = round(scale / 2, 2) if heat.is_share else int(scale) // 2
            sheet.colorbar(image, ax=axes, shrink=0.7, label=heat.unit, ticks=sorted({0, half, scale}), format="%.4g")

    size = (3.6 + 0.38 * max(4, len(columns)), 1.8 + 0.3 * max(3, len(rows)))
    svg, png = drawn(size, draw, title=title, alt=alt)
    return Figure(name, title, svg, png, _csv(data), alt)


_ASLANT: Mapping[str, Any] = {"rotation": 45, "ha": "right", "rotation_mode": "anchor"}


def _drawn_part(heat: Heat) -> tuple[Sequence[str], Sequence[str], Sequence[Sequence[float | None]]]:
    """Rows, columns and cells as they are drawn: of a square only what is under the diagonal."""
    if not heat.is_square:
        return heat.rows, heat.columns, heat.cells
    size = len(heat.rows)
    cells = [
        [heat.cells[row][column] if column < row else None for column in range(size - 1)] for row in range(1, size)
    ]
    return heat.rows[1:], heat.columns[:-1], cells


def _numbers(axes: Axes, heat: Heat, cells: Sequence[Sequence[float | None]], scale: float) -> None:
    for row, line in enumerate(cells):
        for column, cell in enumerate(line):
            if cell is not None:
                ink = "black" if cell > LIGHT * scale else "white"
                axes.text(column, row, _printed(heat, cell), ha="center", va="center", color=ink, fontsize=7)


LIGHT = 0.45
"""The share of the scale from which cividis is so light that black stands out more than white."""


def _printed(heat: Heat, cell: float) -> str:
    if heat.is_presence:
        return "x" if cell else "·"
    return f"{cell:.2f}" if heat.is_share and cell else f"{cell:.0f}"


def curve(name: str, title: str, found: Curve, *, data: Data, alt: str) -> Figure:
    """Hatched bars of new codes and a stepped line of all codes so far, interview by interview."""
    places = range(1, len(found.interviews) + 1)

    def draw(sheet: Sheet) -> None:
        axes = sheet.add_subplot()
        axes.bar(places, found.new, color="white", edgecolor=ORANGE, hatch="////", width=0.6, label="new codes")
        axes.plot(
            places, found.cumulative, color=BLUE, drawstyle="steps-mid", linewidth=2, marker="o", markersize=4,
            label="codes so far",
        )  # fmt: skip
        _values(axes, found)
        names = [axis_label(one, 18) for one in found.interviews]
        step = -(-len(names) // 60)
        axes.set_xticks(places[::step], names[::step], parse_math=False, **_ASLANT)
        most = max([1, *found.cumulative])
        axes.set_yticks(sorted({0, most // 2, most}))
        axes.set_ylim(0, most * 1.25)
        axes.set_ylabel("Codes")
        axes.set_title(axis_label(title, 80), loc="left", parse_math=False)
        axes.legend(loc="center right", frameon=False)

    size = (min(24.0, 4.0 + 0.3 * len(found.interviews)), 4.2)
    svg, png = drawn(size, draw, title=title, alt=alt)
    return Figure(name, title, svg, png, _csv(data), alt)


def _values(axes: Axes, found: Curve) -> None:
    """The number of new codes in each bar, of all codes over the line, and where saturation is reached."""
    paper = {"facecolor": "white", "edgecolor": "none", "pad": 0.8}
    for place, (new, total) in enumerate(zip(found.new, found.cumulative, strict=True), start=1):
        axes.annotate(str(total), (place, total), (0, 5), textcoords="offset points", ha="center", fontsize=7)
        if new:
            axes.text(place, new / 2, str(new), ha="center", va="center", fontsize=7, bbox=paper)
    if found.reached is not None:
        axes.axvline(found.reached + 0.5, color=GREY, linestyle="--", linewidth=1)
        axes.text(found.reached + 0.55, 1.0, "reached", transform=axes.get_xaxis_transform(), va="top", fontsize=8)


def _csv(data: Data) -> bytes:
    head, *rows = data
    return rows_of(head, rows)
