"""The tables of a Word document, such as the codebook that NVivo exports, as sheets."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from qualbench.errors import UnreadableFile
from qualbench.steps.codebook.files.opening import Grid, Opens

if TYPE_CHECKING:
    from lxml.etree import _Element

_BODY = r"word/document\d{0,2}\.xml"
_NOT_THERE = frozenset({"del", "moveFrom", "Fallback", "delText", "instrText"})
_SIGNS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}


def tables_of(name: str, data: bytes, opens: Opens) -> list[Grid]:
    """Every table with more than one row; tracked deletions are left out."""
    content = opens.member(name, data, _BODY)
    if content is None:
        raise UnreadableFile(name, "it holds no Word text.", "Open it in Word and save it as .docx.")
    root = opens.xml(name, content, "Word document")
    tables = [tuple(tuple(cells) for cells in _rows(table)) for table in _found(root, "tbl")]
    several = [rows for rows in tables if len(rows) > 1]
    if not several:
        raise UnreadableFile(
            name, "it has no table, and a codebook is read from a table.", "Export it as .xlsx or .csv."
        )
    return [Grid(f"table {number}" if len(several) > 1 else "", rows) for number, rows in enumerate(several, 1)]


def _found(element: "_Element", name: str) -> Iterator["_Element"]:
    """The elements of that name below another, those inside one of them left out."""
    for child in element:
        local = str(child.tag).rpartition("}")[2]
        if local == name:
            yield child
        elif local not in _NOT_THERE:
            yield from _found(child, name)


def _rows(table: "_Element") -> Iterator[list[str]]:
    for row in _found(table, "tr"):
        yield ["\n".join(_text(paragraph) for paragraph in _found(cell, "p")).strip() for cell in _found(row, "tc")]


def _text(element: "_Element") -> str:
    local = str(element.tag).rpartition("}")[2]
    if local in _NOT_THERE:
        return ""
    if local in ("t", *_SIGNS):
        return _SIGNS.get(local, element.text or "")
    return "".join(map(_text, element))
