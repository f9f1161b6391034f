"""The figures of an agreement report, each with the data behind it and its words.

Alpha by code with its limits, alpha by round code by code, and which codes are taken for one another.
"""

import math
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from qualbench.formats.drawing import BLUE, GREY, ORANGE, axis_label
from qualbench.model import CodeAgreement
from qualbench.steps.agreement.benchmarks import BANDS, SOURCES
from qualbench.steps.agreement.output import csv, tables
from qualbench.steps.agreement.output.blocks import Cell, Column, Table, said
from qualbench.steps.agreement.output.code_tables import codes_table
from qualbench.steps.agreement.output.content import Contents, RoundFigures
from qualbench.steps.agreement.output.drawing import Figure, benchmark_lines, drawn
from qualbench.text import many

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure as Sheet

MOST_CODES, MOST_PANELS, MOST_CELLS = 100, 30, 30
"""What a figure can show and be read; the alt text says what is left out, the CSV has all."""

Series = Sequence[tuple[RoundFigures, CodeAgreement]]


def figures(contents: Contents) -> tuple[Figure, ...]:
    """The figures there is data for: alpha by code, agreement by round, confusion of codes."""
    found = []
    if contents.agreement.codes:
        found.append(alpha_by_code(contents))
    if contents.trend and tables.code_series(contents):
        found.append(agreement_by_round(contents))
    if contents.confusions:
        found.append(confusion(contents))
    return tuple(found)


def _short(contents: Contents, code: str, width: int = 42) -> str:
    """A code's label as an axis has room for it: with the codes above it where they fit, otherwise its own."""
    whole = contents.label(code)
    return axis_label(whole if len(whole) <= width else contents.codebook.label(code), width)


# --- alpha by code ---------------------------------------------------------------------------------------------


def alpha_by_code(contents: Contents) -> Figure:
    """A dot for each code's alpha with a whisker for its limits, and lines where benchmark bands begin."""
    shown = contents.agreement.codes[:MOST_CODES]
    table = codes_table(contents).only("", "code", "label", "alpha", "alpha_low", "alpha_high", "remarks")

    def draw(sheet: "Sheet") -> None:
        axes = sheet.add_subplot()
        for place, one in enumerate(shown):
            _dot_and_whisker(axes, one, place)
        axes.set_yticks(range(len(shown)), [_short(contents, one.code) for one in shown], parse_math=False)
        axes.set_ylim(len(shown) - 0.5, -0.7)
        axes.set_xlim(_floor(shown), 1.02)
        axes.axvline(0, color=GREY, linewidth=0.8)
        axes.set_xlabel("Krippendorff's alpha, with 95 % limits (hollow: the limits are unsure, or there are none)")
        _bands_above(axes, contents)

    size = (8.0, 1.6 + 0.28 * len(shown))
    return drawn("alpha-by-code", size, draw, csv=csv.table_bytes(table), alt=_alpha_alt(contents, shown))


def _dot_and_whisker(axes: "Axes", one: CodeAgreement, place: int) -> None:
    if one.alpha is None:
        axes.text(0.01, place, "undefined", va="center", style="italic", color=GREY, fontsize=8)
        return
    sure = one.interval is not None and not one.interval.warnings
    if one.interval:
        axes.plot(
            [one.interval.low, one.interval.high],
            [place, place],
            color=BLUE if sure else GREY,
            linestyle="-" if sure else ":",
            linewidth=1.6,
            marker="|",
            markersize=7,
        )
    colour = BLUE if sure else "white"
    axes.plot(one.alpha, place, "o", markersize=6, markerfacecolor=colour, markeredgecolor=BLUE if sure else GREY)


def _bands_above(axes: "Axes", contents: Contents) -> None:
    limits = _limits(contents)
    benchmark_lines(axes, limits, upright=True)
    if limits:
        above = axes.secondary_xaxis("top")
        above.set_xticks(limits, [f"{limit:g}" for limit in limits])
        above.set_xlabel(f"Benchmark: {SOURCES[contents.benchmark].split(',')[0]}", parse_math=False)


def _limits(contents: Contents) -> tuple[float, ...]:
    return tuple(sorted(band.least for band in BANDS[contents.benchmark] if 0 < band.least < 1))


def _floor(codes: Sequence[CodeAgreement]) -> float:
    """Where the axis begins: at 0, or below what is lowest."""
    lows = [one.alpha for one in codes if one.alpha is not None]
    lows += [one.interval.low for one in codes if one.interval]
    return min(-0.02, min(lows, default=0.0) - 0.05)


def _alpha_alt(contents: Contents, shown: Sequence[CodeAgreement]) -> str:
    values = "; ".join(_code_words(contents, one) for one in shown)
    rest = len(contents.agreement.codes) - len(shown)
    cut = f" {many(rest, 'more code')} only in the data." if rest else ""
    return f"Krippendorff's alpha of {many(len(shown), 'code')} with 95 % limits. {values}.{cut}"


def _code_words(contents: Contents, one: CodeAgreement) -> str:
    name = _short(contents, one.code)
    if one.alpha is None:
        return f"{name} undefined"
    limits = f" ({said(one.interval.low)} to {said(one.interval.high)})" if one.interval else " (no limits)"
    return f"{name} {said(one.alpha)}{limits}"


# --- agreement by round ----------------------------------------------------------------------------------------


def agreement_by_round(contents: Contents) -> Figure:
    """A small panel for each code, rounds from left to right: a dot with its limits, joined by slope lines."""
    series = tables.code_series(contents)
    shown = _least_agreed(series)
    rows = -(-len(shown) // 3)

    def draw(sheet: "Sheet") -> None:
        panels = list(sheet.subplots(rows, min(3, len(shown)), sharey=True, squeeze=False).flat)
        floor = min(_floor([one for _, one in line]) for line in shown.values())
        for panel, (code, line) in zip(panels, shown.items(), strict=False):
            _slopes(panel, contents, line)
            panel.set_title(_short(contents, code, 30), fontsize=8, loc="left", parse_math=False)
            panel.set_ylim(floor, 1.05)
            benchmark_lines(panel, _limits(contents), upright=False)
        for panel in panels[len(shown) :]:
            panel.set_axis_off()
        sheet.supylabel("Krippendorff's alpha, with 95 % limits", fontsize=9)

    size = (8.0, 0.8 + 1.9 * rows)
    data = csv.table_bytes(tables.trend_table(contents))
    return drawn("agreement-by-round", size, draw, csv=data, alt=_rounds_alt(contents, shown, len(series)))


def _least_agreed(series: Mapping[str, Series]) -> Mapping[str, Series]:
    """The codes there are panels for: those with the lowest alpha in their last round, in the order they had."""

    def last(code: str) -> float:
        alpha = series[code][-1][1].alpha
        return math.inf if alpha is None else alpha

    chosen = set(sorted(series, key=last)[:MOST_PANELS])
    return {code: line for code, line in series.items() if code in chosen}


def _slopes(panel: "Axes", contents: Contents, line: Series) -> None:
    names = [one.name for one in contents.trend]
    places = {id(one): place for place, one in enumerate(contents.trend)}
    for (left, before), (right, now) in pairwise(line):
        ends = (places[id(left)], places[id(right)])
        if before.alpha is not None and now.alpha is not None and ends[1] - ends[0] == 1:
            panel.plot(ends, (before.alpha, now.alpha), color=ORANGE, linewidth=1.2, zorder=1)
    for one, found in line:
        if found.interval:
            limits = (found.interval.low, found.interval.high)
            panel.plot([places[id(one)]] * 2, limits, color=BLUE, linewidth=1.2, marker="_", markersize=6, zorder=2)
        if found.alpha is not None:
            panel.plot(places[id(one)], found.alpha, "o", color=BLUE, markersize=5, zorder=3)
    panel.set_xticks(range(len(names)), [axis_label(name, 12) for name in names], parse_math=False, fontsize=7)
    panel.set_xlim(-0.5, len(names) - 0.5)


def _rounds_alt(contents: Contents, shown: Mapping[str, Series], total: int) -> str:
    words = "; ".join(
        f"{_short(contents, code)} {', '.join(_round_words(one, found) for one, found in line)}"
        for code, line in shown.items()
    )
    cut = (
        f" {many(total - len(shown), 'more code')} with a higher last alpha or none only in the data."
        if total > len(shown)
        else ""
    )
    return f"Krippendorff's alpha by round, code by code. {words}.{cut}"


def _round_words(one: RoundFigures, found: CodeAgreement) -> str:
    return f"{said(found.alpha, 'undefined')} in {axis_label(one.name)}"


# --- confusion -------------------------------------------------------------------------------------------------


def confusion(contents: Contents) -> Figure:
    """A heat map of pairs of codes taken for one another, with the count printed in each cell."""
    pairs = tables.paired(contents)
    codes = _confused(contents, pairs)
    cells = {frozenset(pair): count for pair, count in pairs.items() if set(pair) <= set(codes)}
    largest = max(cells.values(), default=0)

    def draw(sheet: "Sheet") -> None:
        axes = sheet.add_subplot()
        grid = [[_cell(cells, row, column, codes) for column in codes[:-1]] for row in codes[1:]]
        image = axes.imshow(grid, cmap="cividis", vmin=0, vmax=max(1, largest))
        for row, line in enumerate(grid):
            for column, count in enumerate(line[: row + 1]):
                ink = "black" if count > 0.45 * largest else "white"
                axes.text(column, row, f"{count:.0f}", ha="center", va="center", color=ink, fontsize=8)
        names = [_short(contents, code, 30) for code in codes]
        axes.set_xticks(
            range(len(codes) - 1), names[:-1], rotation=45, ha="right", rotation_mode="anchor", parse_math=False
        )
        axes.set_yticks(range(len(codes) - 1), names[1:], parse_math=False)
        steps = sorted({0, largest // 2, largest})
        sheet.colorbar(image, ax=axes, shrink=0.7, label="Segments", ticks=steps)

    side = 2.8 + 0.45 * len(codes)
    data = csv.table_bytes(_pairs_table(contents, pairs))
    alt = _confusion_alt(contents, pairs, codes)
    return drawn("code-confusion", (side + 0.8, side), draw, csv=data, alt=alt)


def _confused(contents: Contents, pairs: dict[tuple[str, str], int]) -> list[str]:
    """The codes most often taken for another, in the order of the codebook."""
    times: dict[str, int] = {}
    for pair, count in pairs.items():
        for code in pair:
            times[code] = times.get(code, 0) + count
    order = {one.id: place for place, one in enumerate(contents.codebook.codes)}
    most = sorted(times, key=lambda code: -times[code])[:MOST_CELLS]
    return sorted(most, key=lambda code: (order.get(code, len(order)), code))


def _cell(cells: dict[frozenset[str], int], row: str, column: str, codes: Sequence[str]) -> float:
    """The count of a pair in the lower half; the upper half would only say it again."""
    return cells.get(frozenset((row, column)), 0) if codes.index(row) > codes.index(column) else float("nan")


def _pairs_table(contents: Contents, pairs: dict[tuple[str, str], int]) -> Table:
    keys = ("code", "label", "other", "other_label", "count")
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (code, contents.label(code), other, contents.label(other), count) for (code, other), count in pairs.items()
    )
    return Table("confusion", "", tuple(Column(key, key) for key in keys), rows)


def _confusion_alt(contents: Contents, pairs: dict[tuple[str, str], int], codes: Sequence[str]) -> str:
    shown = {pair: count for pair, count in pairs.items() if set(pair) <= set(codes)}
    words = "; ".join(
        f"{_short(contents, code)} and {_short(contents, other)} {count}"
        for (code, other), count in list(shown.items())[:20]
    )
    cut = f" {many(len(pairs) - 20, 'more pair')} in the data." if len(pairs) > 20 else ""
    return f"How often one coder gave a code where another gave the other, in segments: {words}.{cut}"
