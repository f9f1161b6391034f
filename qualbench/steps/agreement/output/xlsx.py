"""The report as a workbook: one sheet for each table, numbers as numbers, text as text and never as a formula.

An empty figure is undefined and the column beside it says why. Text longer than a cell holds goes on another sheet.
"""

import io
from collections.abc import Iterable
from typing import TYPE_CHECKING

from qualbench.steps.agreement.output import tables
from qualbench.steps.agreement.output.blocks import Cell, Column, Table
from qualbench.steps.agreement.output.code_tables import tidy_table
from qualbench.steps.agreement.output.content import Contents
from qualbench.steps.agreement.output.outline import headline, sections
from qualbench.steps.agreement.output.wording import moment_of
from qualbench.text import printable

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

CELL = 32_767
"""Characters that a cell holds at most."""
LONG_TEXT = "long text"
_GOES_ON = " … (the rest is on the sheet 'long text', number {})"
_PART = 32_000


def render(contents: Contents) -> bytes:
    """The bytes of an .xlsx file; its date is the study's."""
    from xlsxwriter import Workbook

    out = io.BytesIO()
    with Workbook(out, {"in_memory": True}) as book:
        book.set_properties({"title": printable(contents.title)[:255], "created": moment_of(contents.date)})
        spilled: list[str] = []
        for table in sheets(contents):
            _add_sheet(book, table, spilled)
        if spilled:
            _add_sheet(book, _long_text(spilled), [])
    return out.getvalue()


def sheets(contents: Contents) -> tuple[Table, ...]:
    """Every table of the workbook, and on the last sheet the sentences of the report."""
    return (
        tidy_table(contents),
        tables.overall_table(contents),
        tables.causes_table(contents),
        tables.confusion_table(contents),
        tables.trend_table(contents),
        tables.rounds_table(contents),
        tables.settled_table(contents),
        tables.bands_table(contents),
        tables.recipe_table(contents),
        _report(contents),
    )


def _report(contents: Contents) -> Table:
    columns = (Column("section", "Section", 4), Column("sentence", "What it says", 20))
    said = ((part.heading, sentence) for part in sections(contents) for sentence in part.paragraphs)
    return Table("report", "Report", columns, ((contents.title, headline(contents)), *said))


def _add_sheet(book: "Workbook", table: Table, spilled: list[str]) -> None:
    bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
    rounded = book.add_format({"num_format": "0.000", "valign": "top"})
    plain = book.add_format({"valign": "top", "text_wrap": True})
    sheet = book.add_worksheet(table.name)
    sheet.freeze_panes(1, 0)
    for place, column in enumerate(table.columns):
        sheet.set_column(place, place, 4 * column.width)
        _write(sheet, (0, place), column.heading, bold, spilled)
    for number, row in enumerate(table.rows, 1):
        for place, cell in enumerate(row):
            _write(sheet, (number, place), cell, rounded if isinstance(cell, float) else plain, spilled)


def _write(sheet: "Worksheet", at: tuple[int, int], cell: Cell, look: "Format", spilled: list[str]) -> None:
    if cell is None or cell == "":
        return
    if isinstance(cell, str):
        sheet.write_string(*at, _fitting(printable(cell), spilled), look)
    else:
        sheet.write_number(*at, cell, look)


def _fitting(text: str, spilled: list[str]) -> str:
    """The text, or its beginning and where the whole of it stands."""
    if _length(text) <= CELL:
        return text
    spilled.append(text)
    return _cut(text, _PART) + _GOES_ON.format(len(spilled))


def _long_text(spilled: Iterable[str]) -> Table:
    """Each text too long for a cell, whole, in as many rows as it needs."""
    columns = (Column("number", "Number", 2), Column("part", "Part", 2), Column("text", "Text", 24))
    rows: list[tuple[Cell, ...]] = []
    for number, text in enumerate(spilled, 1):
        part = 0
        while text:
            piece, part = _cut(text, _PART), part + 1
            rows.append((number, part, piece))
            text = text[len(piece) :]
    return Table(LONG_TEXT, "Long text", columns, tuple(rows))


def _length(text: str) -> int:
    """Characters as a spreadsheet counts them: in UTF-16."""
    return len(text.encode("utf-16-le")) // 2


def _cut(text: str, most: int) -> str:
    """The longest beginning of the text that has at most this many characters of UTF-16."""
    piece = text[:most]
    while _length(piece) > most:
        piece = piece[: len(piece) - (_length(piece) - most + 1) // 2]
    return piece
