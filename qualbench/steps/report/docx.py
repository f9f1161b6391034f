"""The report as a Word document with real styles, tables whose header repeats, and the same bytes every time.

python-docx stamps the clock into the file, so it is packed again with a fixed one.
"""

import io
import zipfile
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from qualbench.steps.report.blocks import (
    Block,
    Bullets,
    Heading,
    Outline,
    Paragraph,
    Quotation,
    Section,
    Table,
)
from qualbench.steps.report.content import Report
from qualbench.steps.report.outline import outline
from qualbench.text import printable

if TYPE_CHECKING:
    from docx.document import Document
    from docx.section import Section as Page
    from docx.table import Table as WordTable
    from docx.text.paragraph import Paragraph as WordParagraph

_SHORT, _LONG, _MARGIN = 210, 297, 20
"""A4 in millimetres."""
_EPOCH = (1980, 1, 1, 0, 0, 0)
_CELL_STYLE = "Table Text"


def render(report: Report) -> bytes:
    """The bytes of a .docx file; its dates are the report's, its author is left empty."""
    from docx import Document

    page = outline(report)
    document = Document()
    _set_up(document, page, report.date)
    _say(document, "Title", page.title)
    _say(document, "Subtitle", page.subtitle)
    for section in page.sections:
        _add_section(document, section)
    out = io.BytesIO()
    document.save(out)
    return _same_every_time(out.getvalue())


def _set_up(document: "Document", page: Outline, date: str) -> None:
    """Properties, paper, page numbers and the one style that Word does not bring along."""
    from docx.enum.style import WD_STYLE_TYPE
    from docx.shared import Mm, Pt

    moment = datetime.fromisoformat(date)
    moment = moment.astimezone(UTC).replace(tzinfo=None) if moment.tzinfo else moment
    properties = document.core_properties
    properties.title = printable(page.title)[:255]
    properties.author = properties.last_modified_by = properties.comments = ""
    properties.created = properties.modified = moment.replace(microsecond=0)
    paper = document.sections[0]
    paper.page_width, paper.page_height = Mm(_SHORT), Mm(_LONG)
    paper.left_margin = paper.right_margin = paper.top_margin = paper.bottom_margin = Mm(_MARGIN)
    _number_pages(paper)
    cell = document.styles.add_style(_CELL_STYLE, WD_STYLE_TYPE.PARAGRAPH)
    cell.base_style = document.styles["Normal"]
    cell.font.size = Pt(9)
    cell.paragraph_format.space_after = Pt(2)
    document.styles["Quote"].paragraph_format.left_indent = Mm(10)
    document.styles["Caption"].paragraph_format.keep_with_next = True


def _number_pages(paper: "Page") -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    line = paper.footer.paragraphs[0]
    line.alignment = WD_ALIGN_PARAGRAPH.CENTER
    number = OxmlElement("w:fldSimple")
    number.set(qn("w:instr"), "PAGE")
    line._p.append(number)


def _say(document: "Document", style: str, text: str) -> "WordParagraph":
    """A paragraph; its style is set by id, because python-docx reads every style anew to set one by name."""
    paragraph = document.add_paragraph(printable(text))
    paragraph._p.style = document.styles[style].style_id
    return paragraph


def _add_section(document: "Document", section: Section) -> None:
    if section.wide and not _turned(document):
        _turn_paper(document)
    _say(document, "Heading 1", section.title)
    for block in section.blocks:
        _add_block(document, block)


def _turned(document: "Document") -> bool:
    from docx.enum.section import WD_ORIENT

    return document.sections[-1].orientation == WD_ORIENT.LANDSCAPE


def _turn_paper(document: "Document") -> None:
    from docx.enum.section import WD_ORIENT, WD_SECTION
    from docx.shared import Mm

    paper = document.add_section(WD_SECTION.NEW_PAGE)
    paper.orientation = WD_ORIENT.LANDSCAPE
    paper.page_width, paper.page_height = Mm(_LONG), Mm(_SHORT)


def _add_block(document: "Document", block: Block) -> None:
    match block:
        case Heading(text):
            _say(document, "Heading 2", text)
        case Paragraph(text):
            _say(document, "Normal", text)
        case Bullets(items):
            for item in items:
                _say(document, "List Bullet", item)
        case Quotation(text, source):
            _say(document, "Quote", text).paragraph_format.keep_with_next = True
            _say(document, "Quote", source).runs[0].italic = False
        case Table():
            _add_table(document, block)


# --- tables ------------------------------------------------------------------------------------------------


def _add_table(document: "Document", block: Table) -> None:
    _say(document, "Caption", block.caption)
    table = document.add_table(1 + len(block.rows), len(block.header), style="Table Grid")
    _fill(document, table, block)
    _repeat_header(table)
    _say(document, _CELL_STYLE, "")


def _fill(document: "Document", table: "WordTable", block: Table) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Mm

    room = (_LONG if _turned(document) else _SHORT) - 2 * _MARGIN
    widths = [Mm(room * width / sum(block.widths)) for width in block.widths]
    style = document.styles[_CELL_STYLE].style_id
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
    for row, texts in zip(table.rows, (block.header, *block.rows), strict=True):
        for number, (cell, text) in enumerate(zip(row.cells, texts, strict=True)):
            paragraph = cell.paragraphs[0]
            paragraph._p.style = style
            paragraph.add_run(printable(text))
            if number in block.numeric:
                paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT


def _repeat_header(table: "WordTable") -> None:
    from docx.oxml import OxmlElement

    header = table.rows[0]
    header._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    for cell in header.cells:
        for run in cell.paragraphs[0].runs:
            run.bold = True


# --- bytes -------------------------------------------------------------------------------------------------


def _same_every_time(data: bytes) -> bytes:
    """The same package with the clock taken out of its members."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as before,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as after,
    ):
        for name in before.namelist():
            member = zipfile.ZipInfo(name, _EPOCH)
            member.compress_type = zipfile.ZIP_DEFLATED
            member.create_system = 0
            after.writestr(member, before.read(name))
    return out.getvalue()
