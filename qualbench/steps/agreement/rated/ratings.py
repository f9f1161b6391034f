"""A table of ratings, units by coders, as people keep it in a spreadsheet, and how it is read from CSV.

A missing rating is not a value and not an empty set: only what is missing may be left out of a figure.
"""

import csv
import io
import math
import re
from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, cast, get_args

from qualbench.errors import BadTable, Problem
from qualbench.text import excerpt

Level = Literal["nominal", "ordinal", "interval", "ratio", "set"]
LEVELS: tuple[Level, ...] = get_args(Level)

Value = str | float | frozenset[str]
"""One rating: a category, a number, or a set of codes."""

ABSENT = -1
"""The index of a missing rating."""

CLUSTER_HEADERS = ("unit", "transcript")
EMPTY_SET = ("-", "{}")
LARGEST = 1e100
"""Numbers beyond it have squares that a computer can not hold."""

_NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d{1,3})?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Ratings:
    """What each coder said of each unit, at one level of measurement."""

    level: Level
    coders: tuple[str, ...]
    values: tuple[Value, ...]
    """The different ratings that occur, or could have, in order."""
    cells: tuple[tuple[int, ...], ...]
    """Units by coders: where the rating stands in `values`, or ABSENT."""
    clusters: tuple[str, ...] | None = None
    """What each unit belongs to; None when every unit stands for itself."""
    clustered_by: str = "unit"
    """What a cluster is: a unit or a transcript."""


@dataclass(frozen=True, slots=True)
class Undefined:
    """A figure that does not exist, with the reason."""

    why: str


def of(
    level: Level,
    rows: Sequence[Sequence[Value | None]],
    coders: Sequence[str] = (),
    clusters: Sequence[str] | None = None,
    clustered_by: str = "unit",
    categories: Sequence[Value] = (),
) -> Ratings:
    """Ratings from units by coders; None is missing, and no number of a ratio scale is below 0.

    `categories` are values that could have been given; those that nobody gave count where chance is 1/q.
    """
    found = {value for row in rows for value in row if value is not None}.union(categories)
    values = tuple(sorted(found, key=_order))
    index: Mapping[Hashable, int] = {value: number for number, value in enumerate(values)}
    width = max((len(row) for row in rows), default=0)
    return Ratings(
        level=level,
        coders=tuple(coders) or tuple(f"coder {number + 1}" for number in range(width)),
        values=values,
        cells=tuple(tuple(ABSENT if value is None else index[value] for value in row) for row in rows),
        clusters=None if clusters is None else tuple(clusters),
        clustered_by=clustered_by,
    )


def read(name: str, text: str, level: Level) -> Ratings:
    """The ratings of a CSV file: rows are units, columns are coders; every fault is told with its line."""
    problems: list[Problem] = []
    lines = list(_lines(name, text, problems))
    if not lines and not problems:
        problems.append(Problem(name, 0, "the table is empty"))
    if problems:
        raise BadTable(problems)
    (first, header), *body = lines
    lead = _leading(header)
    coders, by = header[lead:], "transcript" if "transcript" in _folded(header[:lead]) else "unit"
    problems += [Problem(name, first, why) for why in _header_faults(header, coders)]
    rows: list[list[Value | None]] = []
    clusters: list[str] = []
    for line, cells in body:
        if lead and not any(cells):
            continue
        told = dict(zip(_folded(header[:lead]), cells, strict=False))
        read_cells = [_rating(cell, level) for cell in cells[lead:]]
        faults = [*_row_faults(cells, header, told), *_rating_faults(coders, read_cells)]
        problems += [Problem(name, line, why) for why in faults]
        rows.append([None if isinstance(got, Undefined) else got for got in read_cells])
        clusters.append(told.get(by, ""))
    if problems:
        raise BadTable(problems)
    return of(level, rows, coders, clusters if lead else None, by)


def _lines(name: str, text: str, problems: list[Problem]) -> Iterator[tuple[int, list[str]]]:
    """The lines that are not blank, their cells stripped, with their numbers."""
    rows = csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""), strict=True)
    try:
        for row in rows:
            cells = [cell.strip() for cell in row]
            if len(cells) > 1 or any(cells):
                yield rows.line_num, cells
    except csv.Error as error:
        problems.append(Problem(name, rows.line_num, str(error)))


def _leading(header: Sequence[str]) -> int:
    """How many columns before the coders say which unit or transcript a row is."""
    return next((n for n, cell in enumerate(_folded(header)) if cell not in CLUSTER_HEADERS), len(header))


def _folded(header: Sequence[str]) -> list[str]:
    return [cell.casefold() for cell in header]


def _header_faults(header: Sequence[str], coders: Sequence[str]) -> Iterator[str]:
    if len(coders) < 2:
        yield "agreement needs two coders: a column for each, with commas between and the names in the first line"
    if not all(header):
        yield f"column {header.index('') + 1} has no name"
    for twice in sorted({cell for cell in header if cell and header.count(cell) > 1}):
        yield f"two columns are called '{excerpt(twice, 40)}'"
    for late in (coder for coder in coders if coder.casefold() in CLUSTER_HEADERS):
        yield f"the column '{late}' must stand before the coders"


def _row_faults(cells: Sequence[str], header: Sequence[str], told: Mapping[str, str]) -> Iterator[str]:
    if len(cells) != len(header):
        yield f"{len(cells)} cells where the first line has {len(header)}"
    for column in (column for column, cell in told.items() if not cell):
        yield f"the {column} has no name"


def _rating_faults(coders: Sequence[str], cells: Sequence[Value | Undefined | None]) -> Iterator[str]:
    for coder, cell in zip(coders, cells, strict=False):
        if isinstance(cell, Undefined):
            yield f"{excerpt(coder, 40)}: {cell.why}"


def _rating(cell: str, level: Level) -> Value | Undefined | None:
    if not cell:
        return None
    if level == "nominal":
        return cell
    return _set(cell) if level == "set" else _number(cell, level)


def _set(cell: str) -> frozenset[str] | Undefined:
    if cell in EMPTY_SET:
        return frozenset()
    codes = frozenset(code.strip() for code in cell.split(";") if code.strip())
    return codes or Undefined(f"'{excerpt(cell, 40)}' names no code; the empty set is written -")


def _number(cell: str, level: Level) -> float | Undefined:
    if not _NUMBER.fullmatch(cell):
        return Undefined(f"'{excerpt(cell, 40)}' is not a number")
    number = float(cell)
    if abs(number) > LARGEST:
        return Undefined(f"'{excerpt(cell, 40)}' is too large")
    if level == "ratio" and number < 0:
        return Undefined(f"'{excerpt(cell, 40)}' is below 0, which a ratio scale does not have")
    return number


def _order(value: Value) -> tuple[float, list[str]]:
    if isinstance(value, frozenset):
        return len(value), sorted(value)
    return (0.0, [value]) if isinstance(value, str) else (value, [])


def paired(ratings: Ratings) -> list[int]:
    """Which units at least two coders rated."""
    return [unit for unit, row in enumerate(ratings.cells) if sum(cell != ABSENT for cell in row) > 1]


def numbers(ratings: Ratings) -> tuple[float, ...]:
    """The values of a numeric level, divided by the largest: no coefficient depends on the unit of measurement."""
    values = cast("tuple[float, ...]", ratings.values)
    largest = max((abs(value) for value in values), default=0.0)
    return tuple(value / largest for value in values) if largest and math.isfinite(largest) else values
