"""Rows of an Excel workbook (.xlsx): what each cell shows, as text.

Workbooks come from strangers. The library that reads cells takes sizes on trust, so every part is first unpacked within
bounds and measured, and the library is handed a workbook of our own making that holds only the parts with cells.
"""

import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING

from qualbench.errors import Problem, UnreadableFile
from qualbench.steps.ingest.archive import members
from qualbench.steps.ingest.measured import Extent, measure, shared_lengths
from qualbench.steps.ingest.tables import CELLS
from qualbench.text import canonical, counted

if TYPE_CHECKING:
    from python_calamine import CalamineWorkbook

CHARACTERS = 100_000_000
"""Characters of one sheet that are still read; a text that many cells share counts each time."""

_WANTED = re.compile(
    r"\[Content_Types\]\.xml|_rels/\.rels|xl/(?:workbook|sharedStrings|styles)\.xml|xl/_rels/workbook\.xml\.rels|"
    r"xl/worksheets/[\w .-]{1,80}\.xml",
    re.IGNORECASE,
)
_SHARED = "xl/sharedstrings.xml"
_SHEET = "xl/worksheets/"
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_SAVE = "Open it in Excel or LibreOffice, save it anew as .xlsx, and try again."


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet, as text; the row at index 0 is the sheet's row 1."""

    name: str
    rows: list[list[str]]
    others: tuple[str, ...]
    """The workbook's other sheets that hold anything."""
    problems: tuple[Problem, ...]


def sheet_of(source: str, data: bytes, wanted: str = "") -> Sheet:
    """The sheet of that name, else the first one that holds rows; raises UnreadableFile."""
    parts = members(source, data, _WANTED)
    extents = _extents(source, parts)
    book = _opened(source, parts)
    sheets = {name: _rows(source, book, name) for name in _visible_first(book)}
    filled = [name for name, rows in sheets.items() if any(any(row) for row in rows)]
    if wanted and wanted not in sheets:
        names = ", ".join(f"'{name}'" for name in list(sheets)[:20])
        raise UnreadableFile(source, f"it has no sheet '{wanted}'.", f"Its sheets are: {names}.")
    if not filled:
        raise UnreadableFile(source, "none of its sheets holds anything.", "Check that it is the right file.")
    name = wanted or filled[0]
    others = tuple(other for other in filled if other != name)
    return Sheet(name, sheets[name], others, tuple(_problems(source, name, others, not wanted, extents)))


def _problems(
    source: str, name: str, others: Sequence[str], first: bool, extents: Sequence[Extent]
) -> Iterator[Problem]:
    if others:
        rest = ", ".join(f"'{other}'" for other in others[:20])
        why = "the first one with rows" if first else "as chosen"
        yield Problem(source, 0, f"sheet '{name}' is read, {why}; not read: {rest}")
    errors = sum(extent.errors for extent in extents)
    if errors:
        yield Problem(source, 0, f"{counted(errors, 'cell')} of the workbook hold a formula's error; read as empty")
    hidden = sum(extent.hidden for extent in extents)
    if hidden:
        yield Problem(
            source, 0, f"{counted(hidden, 'row')} of the workbook hidden, by a filter perhaps; read all the same"
        )


# --- the parts -------------------------------------------------------------------------------------------------


def _extents(source: str, parts: dict[str, bytes]) -> list[Extent]:
    """The measure of every sheet; raises UnreadableFile when a part is no workbook's or a sheet is too large."""
    lower = [name.lower() for name in parts]
    if len(set(lower)) < len(lower) or "xl/workbook.xml" not in lower:
        raise UnreadableFile(source, "it is not an Excel workbook, whatever its name says.", _SAVE)
    strings = next((content for name, content in parts.items() if name.lower() == _SHARED), b"<sst/>")
    lengths = shared_lengths(source, strings)
    extents = []
    for content in parts.values():
        extents.append(measure(source, content, lengths, CHARACTERS))
        if sum(one.area for one in extents) > CELLS:
            raise UnreadableFile(source, f"its sheets span over {CELLS:,} cells; refused.")
    return extents


def _opened(source: str, parts: dict[str, bytes]) -> "CalamineWorkbook":
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError

    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    packed.seek(0)
    try:
        return CalamineWorkbook.from_object(packed)
    except (CalamineError, PasswordError, OSError, ValueError):
        raise UnreadableFile(source, "its workbook is damaged.", _SAVE) from None


def _visible_first(book: "CalamineWorkbook") -> list[str]:
    """The names of the sheets, those that a person sees before hidden ones."""
    from python_calamine import SheetVisibleEnum

    hidden = {sheet.name: sheet.visible != SheetVisibleEnum.Visible for sheet in book.sheets_metadata}
    return sorted(book.sheet_names, key=lambda name: hidden.get(name, False))


def _rows(source: str, book: "CalamineWorkbook", name: str) -> list[list[str]]:
    """The rows of one sheet as text, from its first row on; a sheet of charts has none."""
    from python_calamine import CalamineError, SheetTypeEnum

    kinds = {sheet.name: sheet.typ for sheet in book.sheets_metadata}
    if kinds.get(name) != SheetTypeEnum.WorkSheet:
        return []
    try:
        cells = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
    except (CalamineError, OSError, ValueError):
        raise UnreadableFile(source, f"its sheet '{name}' is damaged.", _SAVE) from None
    return [[as_shown(cell) for cell in row] for row in cells]


# --- one cell --------------------------------------------------------------------------------------------------


def as_shown(cell: object) -> str:
    """What a person sees in a cell: 3 and not 3.0, TRUE, 2026-01-05, 14:30:00; a share is 0.5, never 50%.

    >>> as_shown(3.0), as_shown(0.1 + 0.2), as_shown(True), as_shown(timedelta(hours=36))
    ('3', '0.3', 'TRUE', '36:00:00')
    """
    if isinstance(cell, str):
        return _unescaped(canonical(cell))
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, int | float):
        return _number(float(cell))
    if isinstance(cell, datetime):
        return cell.isoformat(" ", "seconds" if cell.second else "minutes")
    if isinstance(cell, time):
        return cell.isoformat("seconds")
    return _duration(cell) if isinstance(cell, timedelta) else str(cell)


def _number(value: float) -> str:
    """The number with the 15 digits that Excel keeps, written out where that takes no more than 21 characters."""
    shown = f"{value:.15g}"
    return f"{value:.0f}" if "e+" in shown and abs(value) < 1e21 else shown


def _duration(value: timedelta) -> str:
    minutes, seconds = divmod(round(value.total_seconds()), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{seconds:02}"


def _unescaped(text: str) -> str:
    """The text with the signs that Excel writes as `_x000D_` and the like; half characters stay as they are written."""
    if "_x" not in text:
        return text
    return canonical(_ESCAPED.sub(_sign, text))


def _sign(match: re.Match[str]) -> str:
    code = int(match[1], 16)
    return match[0] if 0xD800 <= code <= 0xDFFF else chr(code)
