"""Codebooks as tables: CSV and a workbook of all fields, and the spreadsheets that MAXQDA and ATLAS.ti take in."""

import csv
import io
from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from qualbench.model import Code, Codebook
from qualbench.steps.codebook.codes import HEADINGS
from qualbench.steps.codebook.files.cells import plain
from qualbench.steps.codebook.files.names import CUT
from qualbench.steps.codebook.files.prose import composed, values
from qualbench.steps.codebook.files.qdc import HEX
from qualbench.steps.codebook.files.yaml_text import ORDER
from qualbench.steps.codebook.reading import LISTS
from qualbench.text import counted, defused, excerpt, printable

if TYPE_CHECKING:
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

_CELL = 32_767
"""Characters that a cell of a workbook holds at most."""
_WIDE = frozenset({"definition", "include", "exclude", "examples", "near_miss", "notes", "Memo", "Comment", "what"})
_EPOCH = datetime(2000, 1, 1)

Table = list[list[str]]


def write_csv(book: Codebook) -> tuple[bytes, list[str]]:
    """One row for each code with all its fields: UTF-8 with a byte-order mark, which Excel needs to see."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerows([[_defused(cell) for cell in row] for row in _table(book)])
    return out.getvalue().encode("utf-8-sig"), _left_behind(book, "A CSV file")


def write_xlsx(book: Codebook) -> tuple[bytes, list[str]]:
    """A workbook with one sheet of codes and one with what changed."""
    changes = [["version", "what"], *([book.version, line] for line in book.changelog)]
    changes += [[book.version, " ".join(filter(None, (one.code, one.change, one.note)))] for one in book.changes]
    return _workbook(book, {"codes": _table(book), "changelog": changes})


def write_maxqda(book: Codebook) -> tuple[bytes, list[str]]:
    """The list of codes that MAXQDA takes in: the path of names, and a memo."""
    rows = [[" > ".join(book.path(code.id)), composed(code)] for code in book.codes]
    data, warnings = _workbook(book, {"codes": [["Code", "Memo"], *rows]})
    long = [code.label for code in book.codes if len(code.label) > CUT]
    if long:
        cut = ", ".join(f"'{excerpt(label, 30)}'" for label in long[:5])
        warnings.append(f"MAXQDA cuts names at {CUT} characters, and {counted(len(long), 'name')} will be cut: {cut}.")
    signs = [code.label for code in book.codes if ">" in code.label or "\\" in code.label]
    if signs:
        warnings.append(f"MAXQDA takes > and \\ in a name for a path: {', '.join(map(repr, signs[:5]))}.")
    return data, warnings


def write_atlasti(book: Codebook) -> tuple[bytes, list[str]]:
    """The codebook that ATLAS.ti takes in: name, comment, groups; names say the tree, as in `Theme: Code`."""
    rows = [[": ".join(book.path(code.id)), composed(code), code.group] for code in book.codes]
    data, warnings = _workbook(book, {"codes": [["Code", "Comment", "Code Group 1"], *rows]})
    colons = [code.label for code in book.codes if ": " in code.label]
    if colons:
        warnings.append(f"ATLAS.ti takes a colon in a name for a path: {', '.join(map(repr, colons[:5]))}.")
    return data, warnings


# --- what stands in the cells --------------------------------------------------------------------------------


def _table(book: Codebook) -> Table:
    return [list(ORDER), *([_cell(code, name) for name in ORDER] for code in book.codes)]


def _cell(code: Code, name: str) -> str:
    """A field as one cell; of a list each text begins with a bullet, ids stand apart by commas."""
    if name == "into":
        return ", ".join(code.into)
    if name not in LISTS:
        return str(getattr(code, name))
    texts = list(values(code, name))
    return "\n".join(f"• {text}" for text in texts) if len(texts) > 1 else "".join(texts)


def _defused(cell: str) -> str:
    """A cell that no spreadsheet computes; one that looks as if that had been done already gets one sign more."""
    return f"'{printable(cell)}" if cell.startswith("'") and plain(cell) != cell else defused(cell)


def _left_behind(book: Codebook, what: str) -> list[str]:
    lost = [name for name in ("version", "date", "changelog") if getattr(book, name)]
    return [f"{what} keeps the codes only, not the {', '.join(lost)} of the codebook."] if lost else []


# --- workbooks -----------------------------------------------------------------------------------------------


def _workbook(book: Codebook, tables: dict[str, Table]) -> tuple[bytes, list[str]]:
    from xlsxwriter import Workbook

    warnings: list[str] = []
    out = io.BytesIO()
    headings = [code.kind in HEADINGS for code in book.codes]
    with Workbook(out, {"in_memory": True}) as file:
        file.set_properties({"title": printable(book.title)[:255], "created": _moment(book.date)})
        for name, rows in tables.items():
            _add_sheet(file, name, rows, headings if name == "codes" else [], warnings)
    return out.getvalue(), warnings


def _moment(date: str) -> datetime:
    """The codebook's own date, so that the same codebook makes the same file."""
    try:
        return datetime.fromisoformat(date[:10])
    except ValueError:
        return _EPOCH


def _add_sheet(file: "Workbook", name: str, rows: Table, headings: Sequence[bool], warnings: list[str]) -> None:
    looks = _looks(file)
    sheet = file.add_worksheet(name)
    sheet.freeze_panes(1, 1)
    sheet.autofilter(0, 0, max(1, len(rows) - 1), len(rows[0]) - 1)
    for column, heading in enumerate(rows[0]):
        sheet.set_column(column, column, 50 if heading in _WIDE else 18)
    for number, row in enumerate(rows):
        look = looks["header"] if number == 0 else looks["plain"]
        if 0 < number <= len(headings) and headings[number - 1]:
            look = looks["heading"]
        for column, cell in enumerate(row):
            _write(sheet, (number, column), cell, look, warnings)
            if rows[0][column] == "colour" and HEX.fullmatch(cell) and len(cell) == 7:
                sheet.write_string(number, column, cell, file.add_format({"bg_color": cell, "valign": "top"}))


def _looks(file: "Workbook") -> dict[str, Any]:
    top = {"valign": "top", "text_wrap": True}
    return {
        "header": file.add_format(top | {"bold": True, "font_color": "#ffffff", "bg_color": "#30475e"}),
        "heading": file.add_format(top | {"bold": True, "bg_color": "#e8edf2"}),
        "plain": file.add_format(top),
    }


def _write(sheet: "Worksheet", at: tuple[int, int], cell: str, look: Any, warnings: list[str]) -> None:
    """A cell that is always text; longer than it can be it is cut, and that is said."""
    text = printable(cell)
    if len(text.encode("utf-16-le")) // 2 > _CELL:
        text = text.encode("utf-16-le")[: 2 * (_CELL - 1)].decode("utf-16-le", "ignore") + "…"
        warnings.append(f"Row {at[0] + 1} holds a text of over {_CELL:,} characters, the most a cell can: it was cut.")
    if text:
        sheet.write_string(*at, text, look)
    else:
        sheet.write_blank(*at, None, look)
