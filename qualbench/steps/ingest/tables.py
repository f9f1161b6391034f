"""A table of answers (.csv, .tsv, .xlsx) as named columns of text, each row known by its number in the file.

Names are as the file gives them; blank and repeated ones are told apart, and what was made of them is said.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePath

from qualbench.errors import Problem, UnreadableFile
from qualbench.steps.ingest.csv_rows import csv_rows
from qualbench.steps.ingest.decoding import control_warnings, decode
from qualbench.steps.ingest.reading import File, capped
from qualbench.text import counted, folded

SHEETS = (".xlsx",)
_IMPORT_ID = re.compile(r'\s*\{\s*"ImportId"')
CELLS = 3_000_000
"""Cells of a table that are still read, empty ones between filled ones counted."""
_TOP = 20
"""Rows by which the header is known."""
_FULL = 0.6
"""Share of the cells that are usual which a header has at least; a title above it has one."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row; `number` is the one that a spreadsheet shows beside it."""

    number: int
    cells: tuple[str, ...]

    def cell(self, column: int) -> str:
        """The text of a cell; empty beyond the row's end."""
        return self.cells[column] if column < len(self.cells) else ""


@dataclass(frozen=True, slots=True)
class Table:
    """Named columns and the rows below them, blank rows left out."""

    names: tuple[str, ...]
    """Unique, not empty."""
    headings: tuple[str, ...]
    """What was asked in each column; its name where the file does not say it apart."""
    rows: tuple[Row, ...]
    encoding: str = ""
    sheet: str = ""
    warnings: tuple[Problem, ...] = ()


def table_of(file: File, sheet: str = "") -> Table:
    """The table that a file holds, its first full row the header; raises UnreadableFile."""
    if PurePath(file.source).suffix.lower() in SHEETS:
        from qualbench.steps.ingest.workbook import sheet_of

        found = sheet_of(file.source, file.data, sheet)
        return _named(file.source, found.rows, list(found.problems), "", found.name)
    if sheet:
        raise UnreadableFile(file.source, "it is a CSV file, which has no sheets.", "Leave out the sheet's name.")
    text, encoding = decode(file)
    rows, problems = csv_rows(file.source, text)
    return _named(file.source, rows, [*problems, *control_warnings(file.source, text)], encoding, "")


def column_of(source: str, table: Table, wanted: str) -> int:
    """The index of a column by its name, else by its name without case and blanks, else by its letter."""
    if wanted in table.names:
        return table.names.index(wanted)
    alike = [index for index, name in enumerate(table.names) if folded(name) == folded(wanted)]
    if len(alike) == 1:
        return alike[0]
    letters = [letter(index) for index in range(len(table.names))]
    if not alike and wanted in letters:
        return letters.index(wanted)
    names = ", ".join(f"'{name}'" for name in table.names[:20])
    raise UnreadableFile(source, f"it has no column '{wanted}'.", f"Its columns are: {names}.")


def letter(column: int) -> str:
    """A column's letters as a spreadsheet shows them.

    >>> letter(0), letter(25), letter(26)
    ('A', 'Z', 'AA')
    """
    letters, number = "", column + 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


# --- the header ------------------------------------------------------------------------------------------------


def _named(source: str, rows: Sequence[Sequence[str]], problems: list[Problem], encoding: str, sheet: str) -> Table:
    at = _header(rows)
    if at < 0:
        raise UnreadableFile(source, "there is no row with anything in it.", "Check that it is the right file.")
    above = [number for number, row in enumerate(rows[:at], 1) if _filled(row)]
    if above:
        problems.append(Problem(source, above[0], f"{counted(len(above), 'row')} above the header: left out"))
    body = [Row(number, tuple(row)) for number, row in enumerate(rows[at + 1 :], at + 2) if _filled(row)]
    width = max([_width(rows[at]), *(_width(row.cells) for row in body)])
    if width * len(body) > CELLS:
        raise UnreadableFile(source, f"its rows and columns span over {CELLS:,} cells; refused.")
    names = _names(source, rows[at], width, at + 1, problems)
    headings, body = _questions(source, names, body, problems)
    problems += [
        Problem(source, row.number, f"has more cells than the header ({_width(row.cells)}, not {_width(rows[at])})")
        for row in body
        if _width(row.cells) > _width(rows[at])
    ]
    return Table(names, headings, tuple(body), encoding, sheet, capped(problems, source))


def _header(rows: Sequence[Sequence[str]]) -> int:
    """The index of the header: the first row about as full as most rows near the top, so not a title; -1 for none."""
    filled = [count for row in rows[: 5 * _TOP] if (count := _filled(row))][:_TOP]
    enough = _FULL * sorted(filled)[len(filled) // 2] if filled else 1
    return next((index for index, row in enumerate(rows) if _filled(row) >= max(1, enough)), -1)


def _names(source: str, header: Sequence[str], width: int, line: int, problems: list[Problem]) -> tuple[str, ...]:
    """A name for each column: a blank one is called by its letter, a repeated one gets a number."""
    cells = [_one_line(cell) for cell in header[:width]] + [""] * (width - len(header))
    given = [name or f"column {letter(index)}" for index, name in enumerate(cells)]
    blank = [name for name, cell in zip(given, cells, strict=True) if not cell]
    if blank:
        shown = ", ".join(blank[:5])
        problems.append(Problem(source, line, f"{counted(len(blank), 'column')} without a name, called {shown}"))
    taken, seen, names = set(given), Counter[str](), list[str]()
    for name in given:
        seen[name] += 1
        unique = name
        while seen[name] > 1 and unique in taken:
            unique = f"{name} ({seen[name]})"
            seen[name] += unique in taken
        taken.add(unique)
        names.append(unique)
    repeated = [name for name in dict.fromkeys(given) if seen[name] > 1]
    if repeated:
        shown = ", ".join(f"'{name}'" for name in repeated[:5])
        problems.append(Problem(source, line, f"names used for several columns, told apart by numbers: {shown}"))
    return tuple(names)


def _questions(
    source: str, names: tuple[str, ...], body: list[Row], problems: list[Problem]
) -> tuple[tuple[str, ...], list[Row]]:
    """What each column asks, and the rows of answers: Qualtrics writes the questions and its own ids in two more rows.

    Its ids are JSON that begins with "ImportId", which nobody answers.
    """
    if len(body) < 2 or not any(_IMPORT_ID.match(cell[:40]) for cell in body[1].cells):
        return names, body
    problems.append(Problem(source, body[0].number, "questions and Qualtrics' own ids below the header: no answers"))
    asked = (_one_line(body[0].cell(index)) or name for index, name in enumerate(names))
    return tuple(asked), body[2:]


def _one_line(cell: str) -> str:
    return " ".join(cell.replace("\ufeff", "").split())


def _filled(row: Sequence[str]) -> int:
    return sum(1 for cell in row if cell.strip())


def _width(cells: Sequence[str]) -> int:
    return next((index for index in range(len(cells), 0, -1) if cells[index - 1].strip()), 0)
