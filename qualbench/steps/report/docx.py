"""The report as a Word document with real styles, tables whose header repeats, and the same bytes every time.

python-docx stamps the clock into the file, so it is packed again with a fixed one.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from qualbench.formats.docx import without_clock
from qualbench.steps.report import docx_tables
from qualbench.steps.report.blocks import Block, Bullets, Heading, Outline, Paragraph, Quotation, Section, Table
from qualbench.steps.report.content import Report
from qualbench.steps.report.docx_styles import QUOTE_INDENT, Styles, opened
from qualbench.steps.report.look import Look
from qualbench.steps.report.outline import outline
from qualbench.steps.report.words import Language
from qualbench.text import printable

if TYPE_CHECKING:
    from docx.document import Document
    from docx.section import Section as Page

_SHORT, _LONG, _MARGIN = 210, 297, 20
"""A4 in millimetres."""
_REGIONS = {Language.ENGLISH: "en-GB", Language.SPANISH: "es-ES", Language.GERMAN: "de-DE", Language.FRENCH: "fr-FR"}
"""What Word checks the spelling by."""


def render(report: Report, look: Look | None = None) -> bytes:
    """The bytes of a .docx file; its dates are the report's, its author is left empty."""
    look = look or Look()
    page = outline(report, look)
    document = opened(look.template)
    writer = _Writer(document, Styles(document, look.styles))
    _describe(document, page, report.date, _REGIONS[look.language])
    if look.template is None:
        _set_up(document)
    writer.say("Title", page.title)
    writer.say("Subtitle", page.subtitle)
    for section in page.sections:
        writer.section(section)
    out = io.BytesIO()
    document.save(out)
    return without_clock(out.getvalue())


def _describe(document: Document, page: Outline, date: str, region: str) -> None:
    """Properties and language; who made the template is not who made the report."""
    moment = datetime.fromisoformat(date)
    moment = moment.astimezone(UTC).replace(tzinfo=None) if moment.tzinfo else moment
    properties = document.core_properties
    properties.title = printable(page.title)[:255]
    properties.author = properties.last_modified_by = properties.comments = ""
    properties.created = properties.modified = moment.replace(microsecond=0)
    properties.language = region
    defaults = document.styles.element.find(".//{*}docDefaults/{*}rPrDefault/{*}rPr")
    if defaults is not None:
        for old in defaults.findall("{*}lang"):
            defaults.remove(old)
        docx_tables.under(defaults, "w:lang", val=region)


def _set_up(document: Document) -> None:
    """Paper, page numbers and a calm look, where no template says otherwise."""
    from docx.shared import Mm, Pt, RGBColor

    paper = document.sections[0]
    paper.page_width, paper.page_height = Mm(_SHORT), Mm(_LONG)
    paper.left_margin = paper.right_margin = paper.top_margin = paper.bottom_margin = Mm(_MARGIN)
    _number_pages(paper)
    styles = document.styles
    styles["Quote"].paragraph_format.left_indent = QUOTE_INDENT
    styles["Caption"].paragraph_format.keep_with_next = True
    styles["Caption"].paragraph_format.space_before = Pt(10)
    for name in ("Title", "Subtitle", "Heading 1", "Heading 2", "Heading 3", "Caption"):
        styles[name].font.color.rgb = RGBColor(0x1F, 0x2F, 0x3F)


def _number_pages(paper: Page) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH

    line = paper.footer.paragraphs[0]
    line.alignment = WD_ALIGN_PARAGRAPH.CENTER
    docx_tables.under(line._p, "w:fldSimple", instr="PAGE")


# --- blocks ------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Writer:
    """Puts the blocks of a report at the end of a document, each in the style of its role."""

    document: Document
    styles: Styles

    def section(self, section: Section) -> None:
        if section.wide:
            self._turn_paper()
        self.say("Heading 1", section.title)
        for block in section.blocks:
            self._block(block)

    def say(self, role: str, text: str) -> Any:
        """A paragraph's element; its style is set by id, because python-docx reads every style to set one by name."""
        paragraph = self._paragraph(role)
        docx_tables.add_text(paragraph, text)
        return paragraph

    def _paragraph(self, role: str) -> Any:
        paragraph = self.document.add_paragraph()._p
        paragraph.style = self.styles.id(role)
        return paragraph

    def _block(self, block: Block) -> None:
        writers: dict[str, Callable[[Any], None]] = {
            Heading.kind: lambda one: self.say(f"Heading {one.level - 1}", one.text),
            Paragraph.kind: self._plain,
            Bullets.kind: self._bullets,
            Quotation.kind: self._quotation,
            Table.kind: self._table,
        }
        writers[block.kind](block)

    def _plain(self, block: Paragraph) -> None:
        paragraph = self._paragraph("Normal")
        for text, is_marked in block.parts:
            docx_tables.add_text(paragraph, text, marked=is_marked)

    def _bullets(self, block: Bullets) -> None:
        has_bullets = self.styles.has("List Bullet")
        for item in block.items:
            self.say("List Bullet" if has_bullets else "Normal", item if has_bullets else f"• {item}")

    def _quotation(self, block: Quotation) -> None:
        from docx.oxml.ns import qn

        words = self.say("Quote", block.text)
        shape = words.get_or_add_pPr()
        shape.get_or_add_keepNext()
        shape.get_or_add_spacing().set(qn("w:after"), "0")  # its source stands right under it
        source = self._paragraph("Quote")
        docx_tables.add_text(source, block.source, upright=True)

    def _table(self, block: Table) -> None:
        paper = self.document.sections[-1]
        room = (paper.page_width or 0) - (paper.left_margin or 0) - (paper.right_margin or 0)
        self.say("Caption", block.caption)
        table = docx_tables.made(block, room // 635, self.styles.id("Table Grid"), self.styles.id("Table Text"))
        self.document.element.body.insert_element_before(table, "w:sectPr")
        self._paragraph("Table Text")

    def _turn_paper(self) -> None:
        """The paper on its side from here on, unless it lies so already."""
        from docx.enum.section import WD_ORIENT, WD_SECTION

        before = self.document.sections[-1]
        height, width = before.page_height or 0, before.page_width or 0
        if width >= height:
            return
        paper = self.document.add_section(WD_SECTION.NEW_PAGE)
        paper.orientation = WD_ORIENT.LANDSCAPE
        paper.page_width, paper.page_height = height, width
