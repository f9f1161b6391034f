"""A matrix as a file: rows and columns with their names, and in a workbook what the numbers are out of."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import TYPE_CHECKING

from qualbench.errors import UsageError
from qualbench.steps.matrices.matrix import Matrix
from qualbench.text import defused, printable

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

CELL, COLUMNS = 32_767, 16_384
"""What a cell (characters of UTF-16) and a sheet hold at most."""
_CUT = " … (cut: a cell holds no more)"

Value = str | float | None


def known(suffix: str) -> None:
    """Refuse an ending that says no kind of file."""
    if suffix not in (".csv", ".xlsx"):
        raise UsageError(f"A matrix can not be written as '{suffix}'.", "Name the file .csv or .xlsx.")


def render(matrix: Matrix, suffix: str, date: str, left_out: str = "") -> bytes:
    """The bytes of a .csv or .xlsx file; `date` is the study's, so that the same study gives the same file."""
    known(suffix)
    return _csv(matrix) if suffix == ".csv" else _workbook(matrix, date, left_out)


def rows(matrix: Matrix) -> Iterator[list[Value]]:
    """A header, and for each row its id, its label and its cells; a coefficient that does not exist is empty."""
    yield ["id", "label", *(head.label for head in matrix.columns)]
    for head, cells in zip(matrix.rows, matrix.cells.tolist(), strict=True):
        yield [head.id, head.label, *(None if cell != cell else cell for cell in cells)]


def _csv(matrix: Matrix) -> bytes:
    out = io.StringIO(newline="")
    lines = ([defused(cell) if isinstance(cell, str) else cell for cell in row] for row in rows(matrix))
    csv.writer(out).writerows(lines)
    return out.getvalue().encode()


def _workbook(matrix: Matrix, date: str, left_out: str) -> bytes:
    """One sheet with the matrix, one that says what is counted and out of how many."""
    from xlsxwriter import Workbook

    if len(matrix.columns) + 2 > COLUMNS:
        raise UsageError(f"A sheet has no room for {len(matrix.columns):,} columns.", "Write it as .csv.")
    about: list[list[Value]] = [["what", matrix.what], ["out of", matrix.denominator]]
    about += [["left out", left_out]] if left_out else []
    about += [[f"participants: {head.label}", head.of] for head in matrix.columns if head.of is not None]
    moment = datetime.fromisoformat(date or "1970-01-01")
    out = io.BytesIO()
    with Workbook(out, {"in_memory": True}) as book:
        book.set_properties({"title": printable(matrix.what)[:255], "created": moment})
        for name, lines, frozen in (("matrix", rows(matrix), (1, 2)), ("about", iter(about), (0, 1))):
            sheet = book.add_worksheet(name)
            sheet.freeze_panes(*frozen)
            _fill(sheet, lines)
    return out.getvalue()


def _fill(sheet: Worksheet, lines: Iterable[list[Value]]) -> None:
    for at, line in enumerate(lines):
        for place, value in enumerate(line):
            if isinstance(value, str):
                sheet.write_string(at, place, _fitting(printable(value)))
            elif value is not None:
                sheet.write_number(at, place, value)


def _fitting(text: str) -> str:
    """The text, or as much of it as a cell holds and a word that says so."""
    body = text.encode("utf-16-le")
    if len(body) <= 2 * CELL:
        return text
    return body[: 2 * (CELL - len(_CUT))].decode("utf-16-le", "ignore") + _CUT
