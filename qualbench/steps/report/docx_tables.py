"""Tables of a Word document, written as elements at once: row by row through python-docx takes ten times as long."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from qualbench.steps.report.blocks import Table
from qualbench.text import printable

_LONG_ROW = 1500
"""Characters from which a row may be broken over pages: it would leave half a page empty."""
_MARGIN = 80
"""Room beside the text of a cell, in twentieths of a point."""


def made(block: Table, room: int, table_style: str, cell_style: str) -> Any:
    """The element of a table that is `room` twentieths of a point wide; its header comes again on every page."""
    from docx.oxml import OxmlElement

    table = OxmlElement("w:tbl")
    widths = [room * width // sum(block.widths) for width in block.widths]
    table.append(_properties(table_style, sum(widths), block.caption))
    grid = under(table, "w:tblGrid")
    for width in widths:
        under(grid, "w:gridCol", w=str(width))
    for number, texts in enumerate((block.header, *block.rows)):
        table.append(_row(texts, widths, block.numeric, cell_style, is_header=not number))
    return table


def _properties(style: str, width: int, caption: str) -> Any:
    from docx.oxml import OxmlElement

    properties = OxmlElement("w:tblPr")
    under(properties, "w:tblStyle", val=style)
    under(properties, "w:tblW", w=str(width), type="dxa")
    under(properties, "w:tblLayout", type="fixed")
    margins = under(properties, "w:tblCellMar")
    for side in ("w:left", "w:right"):
        under(margins, side, w=str(_MARGIN), type="dxa")
    under(properties, "w:tblLook", val="04A0", firstRow="1", firstColumn="1", noHBand="0", noVBand="1")
    under(properties, "w:tblCaption", val=printable(caption)[:255])
    return properties


def _row(texts: Sequence[str], widths: Sequence[int], numeric: frozenset[int], style: str, *, is_header: bool) -> Any:
    from docx.oxml import OxmlElement

    row = OxmlElement("w:tr")
    properties = under(row, "w:trPr")
    if is_header or sum(map(len, texts)) < _LONG_ROW:
        under(properties, "w:cantSplit")
    if is_header:
        under(properties, "w:tblHeader")
    for number, (text, width) in enumerate(zip(texts, widths, strict=True)):
        cell = under(row, "w:tc")
        under(under(cell, "w:tcPr"), "w:tcW", w=str(width), type="dxa")
        paragraph = under(cell, "w:p")
        shape = under(paragraph, "w:pPr")
        under(shape, "w:pStyle", val=style)
        if number in numeric:
            under(shape, "w:jc", val="right")
        add_text(paragraph, text, bold=is_header)
    return row


def add_text(paragraph: Any, text: str, *, bold: bool = False, marked: bool = False, upright: bool = False) -> None:
    """A run of text at the end of a paragraph's element; line ends and tabs stay."""
    run = paragraph.add_r()
    if bold or marked or upright:
        properties = under(run, "w:rPr")
        if bold:
            under(properties, "w:b")
        if upright:
            under(properties, "w:i", val="0")
        if marked:
            under(properties, "w:highlight", val="yellow")
    run.text = printable(text)


def under(parent: Any, tag: str, **values: str) -> Any:
    """A new element at the end of another, with its attributes in Word's own namespace."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    element = OxmlElement(tag)
    for name, value in values.items():
        element.set(qn(f"w:{name}"), value)
    parent.append(element)
    return element
