"""A packet as a Word document with the same bytes every time.

python-docx stamps the clock into the file, so it is packed again with a fixed one.
"""

from __future__ import annotations

import io
from datetime import datetime
from typing import TYPE_CHECKING

from qualbench.formats.docx import without_clock
from qualbench.steps.members.packets import OWN, Finding, Packet, Part
from qualbench.steps.members.writing import called, cited, heading, opening, title
from qualbench.text import printable

if TYPE_CHECKING:
    from docx.document import Document

_WIDTHS = (14, 156)
"""Of the line numbers and the words, in millimetres; together what A4 leaves between margins of 20."""


def render(packet: Packet) -> bytes:
    """The bytes of a .docx file."""
    from docx import Document

    document = Document()
    _set_up(document, packet)
    document.add_paragraph(printable(title(packet)), style="Title")
    for words in opening(packet):
        document.add_paragraph(printable(words))
    for part in packet.parts:
        document.add_paragraph(printable(heading(part)), style="Heading 1")
        _add_lines(document, part)
    for finding in packet.findings:
        _add_finding(document, finding)
    out = io.BytesIO()
    document.save(out)
    return without_clock(out.getvalue())


def _set_up(document: Document, packet: Packet) -> None:
    from docx.shared import Mm, Pt

    properties = document.core_properties
    properties.title = printable(title(packet))[:255]
    properties.author = properties.last_modified_by = properties.comments = ""
    properties.created = properties.modified = datetime.fromisoformat(packet.date)
    paper = document.sections[0]
    paper.page_width, paper.page_height = Mm(210), Mm(297)
    paper.left_margin = paper.right_margin = paper.top_margin = paper.bottom_margin = Mm(20)
    document.styles["Normal"].font.size = Pt(11)


def _add_lines(document: Document, part: Part) -> None:
    from docx.shared import Mm

    if not part.lines:
        return
    table = document.add_table(len(part.lines), len(_WIDTHS))
    for column, width in zip(table.columns, _WIDTHS, strict=True):
        column.width = Mm(width)
    cells = iter(table._cells)  # asked for one by one, every cell makes all of them anew
    for line in part.lines:
        number, words = next(cells), next(cells)
        number.paragraphs[0].add_run(str(line.number))
        words.paragraphs[0].add_run(called(line))
        words.paragraphs[0].add_run(printable(line.words)).italic = line.who != OWN


def _add_finding(document: Document, finding: Finding) -> None:
    document.add_paragraph(printable(finding.name), style=f"Heading {min(9, 1 + finding.depth)}")
    if finding.idea.strip():
        document.add_paragraph(printable(finding.idea))
    for quote in finding.quotes:
        words, where = cited(quote)
        document.add_paragraph(printable(f"{words} ({where})"), style="Quote")
