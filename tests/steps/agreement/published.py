"""Published data sets with their printed figures, as ratings."""

import json
from pathlib import Path

from qualbench.model import Unit
from qualbench.steps.agreement.rated import ratings

FILE = json.loads((Path(__file__).parent / "cases.json").read_text("utf-8"))
CASES = FILE["cases"]


def rows(data):
    """Units by coders, whatever shape the source printed."""
    kind, cells = FILE["datasets"][data]["kind"], FILE["datasets"][data]["data"]
    if kind == "table":
        return [(a, b) for a, row in enumerate(cells) for b, times in enumerate(row) for _ in range(times)]
    if kind == "counts":
        return [[value for value, times in enumerate(row) for _ in range(times)] for row in cells]
    if kind == "sets":
        return [[None if held is None else frozenset(held) for held in row] for row in cells]
    return cells


def categories(data):
    """The categories the coders could choose, where the source tells them."""
    kind, cells = FILE["datasets"][data]["kind"], FILE["datasets"][data]["data"]
    return list(range(len(cells[0]))) if kind in ("table", "counts") else []


def read(data, level="nominal"):
    """A data set as ratings of a level."""
    if level == "set":
        return ratings.of(level, rows(data))
    shaped = str if level == "nominal" else float
    cells = [[None if cell is None else shaped(cell) for cell in row] for row in rows(data)]
    return ratings.of(level, cells, categories=[shaped(value) for value in categories(data)])


def units(data):
    """A data set of sets as units, which have coders by name and lack those who said nothing."""
    return [
        Unit("t1", number, number + 1, {f"coder {n}": held for n, held in enumerate(row) if held is not None})
        for number, row in enumerate(rows(data))
    ]
