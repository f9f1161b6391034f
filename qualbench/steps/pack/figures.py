"""Pictures of the coding: bars of participants, heat maps with their numbers in the cells, the curve of saturation."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

from qualbench.steps.pack.drawing import BLUE, GREY, ORANGE, Figure, axis_label, drawn
from qualbench.steps.pack.tidy import rows_of

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure as Sheet

Data: TypeAlias = Sequence[Sequence[str]]
"""Rows of text, the first of them the header."""


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

    def draw(sheet: Sheet) -> None:
        axes = sheet.add_subplot()
        shown = [[_seen(heat, row, column) for column in range(len(heat.columns))] for row in range(len(heat.rows))]
        largest = max([0.0, *(cell for line in shown for cell in line if cell is not None)])
        scale = 1.0 if heat.is_share or heat.is_presence else max(1.0, largest)
        grid = [[float("nan") if cell is None else cell for cell in line] for line in shown]
        image = axes.imshow(grid, cmap="cividis", vmin=0, vmax=scale, aspect="auto")
        _numbers(axes, heat, shown, scale)
        columns = [axis_label(one, 24) for one in heat.columns]
        axes.set_xticks(range(len(columns)), columns, rotation=45, ha="right", rotation_mode="anchor", parse_math=False)
        axes.set_yticks(range(len(heat.rows)), [axis_label(one) for one in heat.rows], parse_math=False)
        axes.set_title(axis_label(title, 80), loc="left", parse_math=False)
        if not heat.is_presence:
            ticks = [0, 0.5, 1] if heat.is_share else sorted({0, int(largest) // 2, int(largest)})
            sheet.colorbar(image, ax=axes, shrink=0.7, label=heat.unit, ticks=ticks)

    size = (3.6 + 0.38 * max(4, len(heat.columns)), 1.8 + 0.3 * max(3, len(heat.rows)))
    svg, png = drawn(size, draw, title=title, alt=alt)
    return Figure(name, title, svg, png, _csv(data), alt)


def _seen(heat: Heat, row: int, column: int) -> float | None:
    """The number of a cell that is drawn; of a square only what is under the diagonal."""
    return None if heat.is_square and column >= row else heat.cells[row][column]


def _numbers(axes: Axes, heat: Heat, shown: Sequence[Sequence[float | None]], scale: float) -> None:
    for row, line in enumerate(shown):
        for column, cell in enumerate(line):
            if cell is not None:
                ink = "black" if cell > 0.5 * scale else "white"
                axes.text(column, row, _printed(heat, cell), ha="center", va="center", color=ink, fontsize=7)


def _printed(heat: Heat, cell: float) -> str:
    if heat.is_presence:
        return "x" if cell else "·"
    return f"{cell:.2f}" if heat.is_share else f"{cell:.0f}"


def curve(name: str, title: str, found: Curve, *, data: Data, alt: str) -> Figure:
    """Hatched bars of new codes and a stepped line of all codes so far, interview by interview."""

    def draw(sheet: Sheet) -> None:
        axes = sheet.add_subplot()
        places = range(1, len(found.interviews) + 1)
        axes.bar(places, found.new, color="white", edgecolor=ORANGE, hatch="////", width=0.6, label="new codes")
        axes.plot(
            places, found.cumulative, color=BLUE, drawstyle="steps-mid", linewidth=2, marker="o", markersize=4,
            label="codes so far",
        )  # fmt: skip
        for place, new in zip(places, found.new, strict=True):
            axes.text(place, new, str(new), ha="center", va="bottom", fontsize=7)
        if found.reached is not None:
            axes.axvline(found.reached + 0.5, color=GREY, linestyle="--", linewidth=1)
            axes.text(found.reached + 0.55, 0.98, "reached", transform=axes.get_xaxis_transform(), va="top", fontsize=8)
        names = [axis_label(one, 18) for one in found.interviews]
        step = -(-len(names) // 60)
        axes.set_xticks(list(places)[::step], names[::step], rotation=45, ha="right", rotation_mode="anchor",
                        parse_math=False)  # fmt: skip
        axes.set_ylim(0, max([1, *found.cumulative]) * 1.1)
        axes.set_ylabel("Codes")
        axes.set_title(axis_label(title, 80), loc="left", parse_math=False)
        axes.legend(loc="center right", frameon=False)

    size = (min(24.0, 4.0 + 0.3 * len(found.interviews)), 4.2)
    svg, png = drawn(size, draw, title=title, alt=alt)
    return Figure(name, title, svg, png, _csv(data), alt)


def _csv(data: Data) -> bytes:
    head, *rows = data
    return rows_of(head, rows)
