"""The tables as a workbook: a sheet for each, text as text and never as a formula, the same bytes every time.

A text longer than a cell holds goes on in the same column of further rows, which is said in the cell and on the
first sheet.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, TypeAlias

from qualbench.steps.pack.blocks import Cell, Table
from qualbench.text import many, one_line, printable

if TYPE_CHECKING:
    from xlsxwriter.workbook import Workbook

CELL, ROWS, NAME = 32_767, 1_048_576, 31
"""What a cell (characters of UTF-16), a sheet (rows), and the name of a sheet hold at most."""
GOES_ON, COMES_FROM = " … (goes on in the next row)", "(goes on) … "
_PART = 32_000
_FORBIDDEN = re.compile(r"[\[\]:*?/\\\x00-\x1f]")

Row: TypeAlias = Sequence[Cell]


def render(tables: Sequence[Table], *, title: str, date: str, notes: Sequence[str] = ()) -> bytes:
    """The bytes of an .xlsx file, dated as the study is."""
    from xlsxwriter import Workbook

    taken = {"about"}
    sheets = [(sheet_name(part.name, taken), part) for table in tables for part in _parts(table)]
    out = io.BytesIO()
    with Workbook(out, {"in_memory": True}) as book:
        moment = datetime.fromisoformat((date or "1970-01-01")[:10])
        book.set_properties({"title": printable(one_line(title))[:255], "created": moment})
        about = book.add_worksheet("about")  # the first one, filled when it is known what is spilled
        spilled = {name: _add(book, name, table) for name, table in sheets}
        about.set_column(0, 0, 24)
        about.set_column(1, 1, 100)
        for at, line in enumerate(_about(title, date, notes, sheets, spilled)):
            for place, words in enumerate(line):
                about.write_string(at, place, _pieces(printable(words))[0])
    return out.getvalue()


def sheet_name(wanted: str, taken: set[str]) -> str:
    """A name that any spreadsheet takes and no other sheet has; it is put among those taken.

    >>> sheet_name("a/b: [c]?", set()), sheet_name("Codes", {"codes"}), sheet_name("'History", set())
    ('a_b_ _c__', 'Codes 2', 'History_')
    """
    plain = _FORBIDDEN.sub("_", printable(one_line(wanted))).strip("' ")
    plain = f"{plain}_" if plain.casefold() == "history" else plain  # a name that Excel keeps for itself
    name, number = _cut(plain, NAME) or "sheet", 1
    while name.casefold() in taken:
        number += 1
        name = f"{_cut(plain or 'sheet', NAME - len(str(number)) - 1)} {number}"
    taken.add(name.casefold())
    return name


def _about(
    title: str, date: str, notes: Sequence[str], sheets: Sequence[tuple[str, Table]], spilled: dict[str, int]
) -> Iterator[tuple[str, ...]]:
    yield (title, f"State of {date[:10]}" if date else "")
    for name, table in sheets:
        long = spilled[name]
        said = f" {many(long, 'text')} longer than a cell: the rest is in the rows below." if long else ""
        yield name, f"{table.told}.{said}".replace("..", ".")
    yield from (("", note) for note in notes)


def _parts(table: Table) -> Iterator[Table]:
    """The table, or as many as it needs that each fit a sheet with room for long texts."""
    from dataclasses import replace

    most = ROWS // 2
    if len(table.rows) <= most:
        yield table
        return
    for at in range(0, len(table.rows), most):
        yield replace(table, name=f"{table.name} {at // most + 1}", rows=table.rows[at : at + most])


def _add(book: Workbook, name: str, table: Table) -> int:
    """Write one sheet; answers with how many texts went on in further rows."""
    bold = book.add_format({"bold": True})
    sheet = book.add_worksheet(name)
    sheet.freeze_panes(1, 0)
    for place, column in enumerate(table.columns):
        sheet.write_string(0, place, _pieces(printable(column.name))[0], bold)
        sheet.set_column(place, place, 60 if column.name in ("text", "definition", "memo") else 14)
    at, long = 1, 0
    for row in table.rows:
        more: dict[int, list[str]] = {}
        for place, cell in enumerate(row):
            if type(cell) is str:
                if cell:
                    pieces = _pieces(printable(cell))
                    sheet.write_string(at, place, pieces[0])
                    if len(pieces) > 1:
                        more[place] = pieces[1:]
            elif cell is not None:
                sheet.write_number(at, place, cell)
        for place, pieces in more.items():
            for below, piece in enumerate(pieces, start=1):
                sheet.write_string(at + below, place, piece)
        at += 1 + max(map(len, more.values()), default=0)
        long += len(more)
    sheet.autofilter(0, 0, at - 1, len(table.columns) - 1)
    return long


def _pieces(text: str) -> list[str]:
    """The text in as many pieces as it needs, each said to go on or to come from the row before."""
    if len(text) <= CELL // 2 or _length(text) <= CELL:
        return [text]
    pieces = []
    while text:
        piece = _cut(text, _PART)
        pieces.append(piece)
        text = text[len(piece) :]
    first, *rest = pieces
    return [
        first + GOES_ON,
        *(f"{COMES_FROM}{one}{GOES_ON}" for one in rest[:-1]),
        f"{COMES_FROM}{rest[-1]}",
    ]


def _length(text: str) -> int:
    """Characters as a spreadsheet counts them: in UTF-16."""
    return len(text.encode("utf-16-le")) // 2


def _cut(text: str, most: int) -> str:
    """The longest beginning of the text that has at most this many characters of UTF-16."""
    piece = text[:most]
    while _length(piece) > most:
        piece = piece[: len(piece) - (_length(piece) - most + 1) // 2]
    return piece
