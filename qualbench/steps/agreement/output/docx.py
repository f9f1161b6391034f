"""The report as a Word document with real headings, tables whose header repeats, and the same bytes every time.

python-docx stamps the clock into the package, so it is packed again with a fixed one.
"""

import io
from typing import TYPE_CHECKING

from qualbench.formats.docx import without_clock
from qualbench.steps.agreement.output.blocks import Section, Table
from qualbench.steps.agreement.output.content import Contents
from qualbench.steps.agreement.output.outline import headline, sections
from qualbench.steps.agreement.output.wording import moment_of
from qualbench.text import printable

if TYPE_CHECKING:
    from docx.document import Document
    from docx.table import Table as WordTable

_SHORT, _LONG, _MARGIN = 210, 297, 20
"""A4 in millimetres."""
_CELL_STYLE = "Table Text"


def render(contents: Contents) -> bytes:
    """The bytes of a .docx file; its dates are the study's, its author is left empty."""
    from docx import Document

    document = Document()
    _set_up(document, contents)
    _say(document, "Title", contents.title)
    _say(document, "Subtitle", contents.date[:10])
    _say(document, "Normal", headline(contents))
    for section in sections(contents):
        _add_section(document, section)
    out = io.BytesIO()
    document.save(out)
    return without_clock(out.getvalue())


def _set_up(document: "Document", contents: Contents) -> None:
    """Properties, paper, page numbers and the one style that Word does not bring along."""
    from docx.enum.style import WD_STYLE_TYPE
    from docx.shared import Mm, Pt

    properties = document.core_properties
    properties.title = printable(contents.title)[:255]
    properties.author = properties.last_modified_by = properties.comments = ""
    properties.created = properties.modified = moment_of(contents.date)
    paper = document.sections[0]
    paper.page_width, paper.page_height = Mm(_SHORT), Mm(_LONG)
    paper.left_margin = paper.right_margin = paper.top_margin = paper.bottom_margin = Mm(_MARGIN)
    _number_pages(document)
    cell = document.styles.add_style(_CELL_STYLE, WD_STYLE_TYPE.PARAGRAPH)
    cell.base_style = document.styles["Normal"]
    cell.font.size = Pt(8)
    cell.paragraph_format.space_after = Pt(1)
    document.styles["Caption"].paragraph_format.keep_with_next = True


def _number_pages(document: "Document") -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    line = document.sections[0].footer.paragraphs[0]
    line.alignment = WD_ALIGN_PARAGRAPH.CENTER
    number = OxmlElement("w:fldSimple")
    number.set(qn("w:instr"), "PAGE")
    line._p.append(number)


def _say(document: "Document", style: str, text: str) -> None:
    """A paragraph; its style is set by id, because python-docx reads every style anew to set one by name."""
    document.add_paragraph(printable(text))._p.style = document.styles[style].style_id


def _add_section(document: "Document", section: Section) -> None:
    _turn_paper(document, wide=section.wide)
    _say(document, "Heading 1", section.heading)
    for paragraph in section.paragraphs:
        _say(document, "Normal", paragraph)
    for table in section.tables:
        _add_table(document, table)


def _turn_paper(document: "Document", *, wide: bool) -> None:
    """The page on its side for what is wide, upright again for what is not."""
    from docx.enum.section import WD_ORIENT, WD_SECTION
    from docx.shared import Mm

    wanted = WD_ORIENT.LANDSCAPE if wide else WD_ORIENT.PORTRAIT
    if document.sections[-1].orientation == wanted:
        return
    paper = document.add_section(WD_SECTION.NEW_PAGE)
    paper.orientation = wanted
    paper.page_width, paper.page_height = (Mm(_LONG), Mm(_SHORT)) if wide else (Mm(_SHORT), Mm(_LONG))


# --- tables ----------------------------------------------------------------------------------------------------


def _add_table(document: "Document", table: Table) -> None:
    _say(document, "Caption", table.caption)
    made = document.add_table(1 + len(table.rows), len(table.columns), style="Table Grid")
    made.autofit = False
    _fill(document, made, table)
    _repeat_header(made)
    _say(document, _CELL_STYLE, "")


def _fill(document: "Document", made: "WordTable", table: Table) -> None:
    from docx.enum.section import WD_ORIENT
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Mm

    wide = document.sections[-1].orientation == WD_ORIENT.LANDSCAPE
    room = (_LONG if wide else _SHORT) - 2 * _MARGIN
    total = sum(column.width for column in table.columns)
    widths = [Mm(room * column.width / total) for column in table.columns]
    style = document.styles[_CELL_STYLE].style_id
    for place, width in enumerate(widths):
        made.columns[place].width = width
    headings = tuple(column.heading for column in table.columns)
    for row, texts in zip(made.rows, (headings, *table.printed()), strict=True):
        for cell, text, column, width in zip(row.cells, texts, table.columns, widths, strict=True):
            cell.width = width
            paragraph = cell.paragraphs[0]
            paragraph._p.style = style
            paragraph.add_run(printable(text))
            if column.numeric:
                paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT


def _repeat_header(made: "WordTable") -> None:
    from docx.oxml import OxmlElement

    for row in made.rows:
        row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
    header = made.rows[0]
    header._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    for cell in header.cells:
        for run in cell.paragraphs[0].runs:
            run.bold = True
