"""OpenDocument texts (.odt): the final text of the body, read by hand as Word documents are.

They come from strangers: any DOCTYPE is refused, entities are off, and the zip is read by name and bounded.
"""

import re
from collections import Counter
from typing import TYPE_CHECKING

from qualbench.errors import UnreadableFile
from qualbench.steps.ingest.archive import member
from qualbench.steps.ingest.odf import Walk, name_of, paragraphs, styles_of
from qualbench.steps.ingest.reading import File, Reading
from qualbench.steps.ingest.safe_xml import parse
from qualbench.steps.ingest.written import Sheet, reading_of, tallied

if TYPE_CHECKING:
    from lxml.etree import _Element

_CONTENT = re.compile(r"content\.xml")
_STYLES = re.compile(r"styles\.xml")
_LIST = re.compile(r"META-INF/manifest\.xml")
_ENCRYPTED = re.compile(r"encrypted-package")
_KIND = "OpenDocument text"
_KINDS = {
    "speaker tables": (
        "table",
        "tables",
        "with speakers and words, written as 'Speaker: words' lines without heading row",
    ),
    "tables": ("table", "tables", "kept in place, cells apart by tabs"),
    "boxes": ("text box", "text boxes", "kept after the paragraph they belong to"),
    "insertions": ("tracked insertion", "tracked insertions", "kept, as if accepted"),
    "deletions": ("tracked deletion", "tracked deletions", "left out, as if accepted"),
    "hidden": ("stretch of hidden text", "stretches of hidden text", "left out"),
    "numbers": ("item of a list", "items of lists", "their numbers and bullets are not part of the text"),
    "footnotes": ("footnote or endnote", "footnotes and endnotes", "left out"),
    "comments": ("comment", "comments", "left out"),
    "headers": ("header or footer", "headers and footers", "left out"),
    "pictures": ("picture", "pictures", "left out"),
    "objects": ("embedded object", "embedded objects", "left out"),
}


def read_odt(file: File) -> Reading:
    """An .odt as a transcript: paragraphs joined by line feeds, tables in place."""
    content = _content(file)
    root = parse(file.source, content, _KIND)
    body = next((text for text in root.iter("{*}text") if name_of(text) == "office:text"), None)
    if body is None:
        raise UnreadableFile(file.source, "it holds no text document.", "Open it in LibreOffice and save it as .odt.")
    common = member(file.source, file.data, _STYLES)
    styles = parse(file.source, common, _KIND) if common else None
    known = styles_of(styles) if styles is not None else {}
    walk = Walk({**known, **styles_of(root)}, Counter())
    walk.tally["headers"] += _headers(styles)
    sheet = Sheet()
    for paragraph in paragraphs(body, walk):
        sheet.add(paragraph.text, paragraph.bold)
    return reading_of(file, "odt", sheet, tallied(file.source, walk.tally, _KINDS))


def _content(file: File) -> bytes:
    """The bytes of the document's text; raises UnreadableFile when there is none or it is encrypted."""
    listed = member(file.source, file.data, _LIST) or b""
    if b"encryption-data" in listed or member(file.source, file.data, _ENCRYPTED) is not None:
        raise UnreadableFile(file.source, "it is protected by a password.", "Save it without one and try again.")
    content = member(file.source, file.data, _CONTENT)
    if content is None:
        raise UnreadableFile(file.source, "it holds no text.", "Open it in LibreOffice and save it as .odt.")
    return content


def _headers(styles: "_Element | None") -> int:
    """How many headers and footers hold words."""
    if styles is None:
        return 0
    kinds = ("{*}header", "{*}footer", "{*}header-left", "{*}footer-left", "{*}header-first", "{*}footer-first")
    parts = [part for part in styles.iter(*kinds) if name_of(part).startswith("style:")]
    return len([part for part in parts if any(str(words).strip() for words in part.itertext())])
