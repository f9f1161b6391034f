"""What the agreement screen can show, each view as lines with an id; shapes and words carry it, never colour alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from textual.content import Content

from qualbench.model import (
    CAUSE_NAMES,
    Agreement,
    Benchmark,
    Cause,
    CodeAgreement,
    Codebook,
    Difference,
    Round,
)
from qualbench.steps.agreement import verdict
from qualbench.steps.agreement.output.bars import heat, interval_bar, trend_line
from qualbench.tui.screens.rows import code_keys
from qualbench.tui.widgets.lines import cells

Line = tuple[str, Content]
Shown = tuple[str, list[Line]]
"""What stands over the columns, and the lines."""

FIGURES: Mapping[str, str] = {
    "percent": "agree", "positive": "pos.", "negative": "neg.", "kappa": "kappa", "pi": "pi", "pabak": "pabak",
    "ac1": "AC1", "alpha": "alpha",
}  # fmt: skip
"""The figures of a code, with what stands over their columns."""

NARROW = ("percent", "positive", "kappa", "alpha")
"""Those for which a small screen has room; the others are in the line's explanation."""


def figure(value: float | None, width: int = 7) -> str:
    """A figure in a column."""
    return cells("undef" if value is None else f"{value:.3f}", width, right=True)


def columns(width: int) -> list[str]:
    """The figures there is room for."""
    return list(FIGURES) if width >= 110 else list(NARROW)


def codes(run: Agreement, book: Codebook, width: int, chosen: str, benchmark: Benchmark) -> Shown:
    """The counts and figures of each code; the figure that `e` explains stands between brackets."""
    kept = columns(width)
    label = max(14, min(44, width - 34 - 7 * len(kept)))
    head = cells("code", label) + " both   A   B none"
    for name in kept:
        over = FIGURES[name]
        head += cells(f"[{over}]" if name == chosen else over, 7, right=True)
    head += " judged"
    return head, [(one.code, _code_line(one, book, label, kept, benchmark)) for one in run.codes]


def _code_line(one: CodeAgreement, book: Codebook, label: int, kept: Sequence[str], benchmark: Benchmark) -> Content:
    counts = f"{one.both:5}{one.only_a:4}{one.only_b:4}{one.neither:5}"
    figures = "".join(figure(getattr(one, name)) for name in kept)
    return Content(cells(book.label(one.code), label) + counts + figures + " " + verdict(one, benchmark).word)


def bars(run: Agreement, book: Codebook, width: int) -> Shown:
    """Alpha of each code with its 95 % limits, drawn from 0 to 1; on a wide screen those of the bootstrap beside it."""
    label = max(16, min(36, width // 3))
    wide = width >= 110
    bar = width - label - 27 - 16 * wide
    head = cells("code", label) + "  alpha  " + _scale(bar) + "  95 % limits" + "     bootstrap" * wide
    lines = []
    for one in run.codes:
        low, high = (one.interval.low, one.interval.high) if one.interval else (None, None)
        told = f"{low:.2f} to {high:.2f}" if low is not None and high is not None else "no limits"
        told += " !" if one.interval and one.interval.warnings else ""
        again = f"{one.bootstrap[0]:.2f} to {one.bootstrap[1]:.2f}" if one.bootstrap else ""
        drawn = interval_bar(low, one.alpha, high, bar)
        line = f"{cells(book.label(one.code), label)}{figure(one.alpha)}  {drawn}  " + cells(told, 16) + again * wide
        lines.append((one.code, Content(line.rstrip())))
    return head, lines


def _scale(bar: int) -> str:
    """0, .5, .8 and 1 over the places where they stand in a bar."""
    places = [" "] * bar
    for mark, value in (("0", 0.0), (".5", 0.5), (".8", 0.8), ("1", 1.0)):
        at = round(value * (bar - 1))
        places[at : at + len(mark)] = mark
    return "".join(places)[:bar]


def transcripts(runs: Mapping[str, Agreement], names: Mapping[str, str], width: int) -> Shown:
    """Each transcript by itself: alpha over code sets and over its codes."""
    label = max(16, width - 50)
    head = cells("transcript", label) + "  units  sets (MASI)  mean of codes  undefined"
    return head, [
        (
            id_,
            Content(
                cells(names[id_], label)
                + f"{run.units:7}  {figure(run.set_alpha.value, 11)}  {figure(run.overall.mean, 13)}"
                + f"  {run.overall.undefined:9}"
            ),
        )
        for id_, run in runs.items()
    ]


def causes(found: Sequence[Difference], book: Codebook, width: int) -> Shown:
    """Every difference with its cause; the sums stand above."""
    sums = Counter(one.cause for one in found)
    label = max(14, (width - 32) // 2)
    head = ", ".join(f"{_CAUSES[cause]} {sums[cause]}" for cause in Cause)
    lines = []
    for one in found:
        instead = ", ".join(book.label(code) for code in one.instead) or "-"
        by = f"{', '.join(one.by)} not {', '.join(one.without)}"
        line = f"{cells(_CAUSES[one.cause], 15)} {cells(book.label(one.code), label)} {cells(by, 14)} {instead}"
        lines.append((f"{one.transcript}:{one.start}:{one.code}", Content(cells(line, width - 2))))
    return head, lines


_CAUSES: Mapping[Cause, str] = {**CAUSE_NAMES, Cause.BOUNDARY: "boundary", Cause.GRANULARITY: "stretch"}


def confusion(matrix: Sequence[Sequence[int]], listed: Sequence[str], book: Codebook, width: int) -> Shown:
    """How often which code stands where the other coder has another; the values stand in the cells."""
    keys = code_keys(book)
    off = [value for n, row in enumerate(matrix) for m, value in enumerate(row) if n != m and n < len(listed)]
    largest = max(off, default=0)
    cell = max(4, len(str(largest)) + 2)
    room = max(1, (width - 26) // cell - 2)
    busy = sorted(range(len(listed)), key=lambda n: -sum(matrix[n]) + matrix[n][n])[:room]
    shown = sorted(busy)
    head = cells("one gave ↓, the other →", 26) + "".join(
        cells(keys.get(listed[n], "?"), cell, right=True) for n in shown
    ) + cells("none", cell + 1, right=True)  # fmt: skip
    lines = []
    for n in shown:
        label = f"{keys.get(listed[n], '?')} {book.label(listed[n])}"
        row = "".join(
            cells("=" if n == m else _cell(matrix[n][m], largest), cell, right=True) for m in shown
        )  # fmt: skip
        none = cells(_cell(matrix[n][-1], largest), cell + 1, right=True)
        lines.append((listed[n], Content(cells(label, 26) + row + none)))
    return head, lines


def _cell(count: int, largest: int) -> str:
    return heat(count, largest).strip() if count else "·"


def trend(rounds: Sequence[tuple[Round, Agreement, tuple[str, ...]]], book: Codebook, width: int) -> Shown:
    """Alpha of each code from round to round; what changed in the codebook stands below."""
    label = max(16, min(36, width // 3))
    room = max(1, (width - label - len(rounds) - 4) // 8)
    last = rounds[-room:]
    head = cells("alpha of", label) + "".join(cells(one.name, 8, right=True) for one, _, _ in last)
    by_round = [{code.code: code.alpha for code in run.codes} for _, run, _ in rounds]
    lines: list[Line] = []
    for code in dict.fromkeys(code for run in by_round for code in run):
        values = [run.get(code) for run in by_round]
        told = "".join(figure(value, 8) for value in values[-room:])
        lines.append((code, Content(cells(book.label(code), label) + told + "  " + trend_line(values, len(values)))))
    sets = [run.set_alpha.value for _, run, _ in rounds]
    whole = "".join(figure(value, 8) for value in sets[-room:])
    lines.insert(0, ("", Content(cells("whole code sets", label) + whole + "  " + trend_line(sets, len(sets)))))
    for one, _, changes in rounds:
        lines += [("", Content.styled(f"{one.name}: {change}", "dim")) for change in changes]
    return head, lines
