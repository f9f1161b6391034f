"""A filled checklist as a Word document: a table for each section, its header repeated, and the same bytes every time.

python-docx stamps the clock into the file, so it is packed again with a fixed one.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import datetime
from itertools import groupby
from typing import TYPE_CHECKING

from qualbench.formats.docx import without_clock
from qualbench.text import printable

if TYPE_CHECKING:
    from docx.document import Document

Row = tuple[str, str, str, str]
HEADER: Row = ("No.", "What is asked", "State", "What the log shows, and answers")
_WIDTHS = (13, 52, 36, 69)
"""Of the columns, in millimetres; together what A4 leaves between margins of 20."""


def render(title: str, opening: str, rows: Sequence[tuple[str, Row]], date: str) -> bytes:
    """The bytes of a .docx file; each row has its section before it, `date` is an ISO day."""
    from docx import Document

    document = Document()
    _set_up(document, title, date)
    document.add_paragraph(printable(title), style="Title")
    document.add_paragraph(printable(opening))
    for section, those in groupby(rows, key=lambda row: row[0]):
        document.add_paragraph(section, style="Heading 1")
        _add_table(document, [row for _, row in those])
    out = io.BytesIO()
    document.save(out)
    return without_clock(out.getvalue())


def _set_up(document: Document, title: str, date: str) -> None:
    from docx.shared import Mm, Pt

    properties = document.core_properties
    properties.title = printable(title)[:255]
    properties.author = properties.last_modified_by = properties.comments = ""
    properties.created = properties.modified = datetime.fromisoformat(date)
    paper = document.sections[0]
    paper.page_width, paper.page_height = Mm(210), Mm(297)
    paper.left_margin = paper.right_margin = paper.top_margin = paper.bottom_margin = Mm(20)
    document.styles["Normal"].font.size = Pt(10)


def _add_table(document: Document, rows: Sequence[Row]) -> None:
    from docx.oxml import OxmlElement
    from docx.shared import Mm

    table = document.add_table(1 + len(rows), len(HEADER), style="Table Grid")
    for column, width in zip(table.columns, _WIDTHS, strict=True):
        column.width = Mm(width)
    for row, texts in zip(table.rows, (HEADER, *rows), strict=True):
        for cell, width, text in zip(row.cells, _WIDTHS, texts, strict=True):
            cell.width = Mm(width)
            cell.paragraphs[0].add_run(printable(text)).bold = texts is HEADER
    table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
