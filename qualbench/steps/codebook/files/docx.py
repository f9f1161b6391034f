"""The appendix as a Word document with real styles, and the same bytes every time.

python-docx stamps the clock into the file, so it is packed again with a fixed one.
"""

import io
from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING

from qualbench.formats.docx import without_clock
from qualbench.model import Codebook
from qualbench.steps.codebook.files.appendix import Entry, entries
from qualbench.text import printable

if TYPE_CHECKING:
    from docx.document import Document

_SHORT, _LONG, _MARGIN = 210, 297, 20
"""A4 in millimetres."""
_STYLES = {"title": "Title", "subtitle": "Subtitle", "field": "Normal", "quote": "Quote", "bullet": "List Bullet"}


def write_docx(book: Codebook) -> tuple[bytes, list[str]]:
    """The bytes of a .docx file; its dates are the codebook's, its author is left empty."""
    return as_docx(entries(book), book.title, book.date), []


def as_docx(of: Iterable[Entry], title: str, date: str) -> bytes:
    """Paragraphs as a Word document with this title among its properties; `date` begins with an ISO day."""
    from docx import Document
    from docx.shared import Mm

    document = Document()
    _set_up(document, title, date)
    paper = document.sections[0]
    paper.page_width, paper.page_height = Mm(_SHORT), Mm(_LONG)
    paper.left_margin = paper.right_margin = paper.top_margin = paper.bottom_margin = Mm(_MARGIN)
    document.styles["Quote"].paragraph_format.left_indent = Mm(10)
    for entry in of:
        _add(document, entry)
    out = io.BytesIO()
    document.save(out)
    return without_clock(out.getvalue())


def _set_up(document: "Document", title: str, date: str) -> None:
    properties = document.core_properties
    properties.title = printable(title)[:255]
    properties.author = properties.last_modified_by = properties.comments = ""
    try:
        moment = datetime.fromisoformat(date[:10])
    except ValueError:
        moment = datetime.fromisoformat("2000-01-01")
    properties.created = properties.modified = moment


def _add(document: "Document", entry: Entry) -> None:
    style = f"Heading {entry.level}" if entry.style == "heading" else _STYLES[entry.style]
    paragraph = document.add_paragraph()
    # by its id, because python-docx reads every style anew to set one by name
    paragraph._p.style = document.styles[style].style_id
    if entry.called:
        called = paragraph.add_run(f"{entry.called}: ")
        called.bold, called.italic = True, False
    paragraph.add_run(printable(entry.text))
