"""The named styles of a Word document: those of a team's template, and Word's own where it has none.

A style is found by its English name, which Word keeps in every language; a look may say another name.
"""

from __future__ import annotations

import copy
import io
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from qualbench.errors import UsageError
from qualbench.steps.report.look import ROLES, Look, WordTemplate

if TYPE_CHECKING:
    from docx.document import Document

_TYPES = "[Content_Types].xml"
_DOCUMENT = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_TEMPLATE = "application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml"
_ANOTHER = {"Quote": "Quotations", "Heading 4": "Heading 3"}
"""Names that LibreOffice gives, or the next best."""
_PLAIN = ("Normal", "List Bullet")
"""Roles for which a plain paragraph will do: a style of bullets is nothing without its numbering."""
_BROKEN = (
    *(ValueError, LookupError, TypeError, AttributeError, SyntaxError, RuntimeError, EOFError, OSError),
    *(zipfile.BadZipFile, zlib.error),
)
"""What the libraries that open a document raise when it is none; they check little of what they are given."""
QUOTE_INDENT = 360_000
"""One centimetre, in the units of Word's drawings."""


class NoTemplate(UsageError):
    """A file that can not be the template of a report."""

    def __init__(self, name: str, why: str) -> None:
        super().__init__(f"{name} can not be the template of a report: {why}.", "Save it in Word as .docx or .dotx.")


def opened(template: WordTemplate | None) -> Document:
    """An empty document with the template's styles, page, headers and footers, or with Word's own."""
    import docx

    if template is None:
        return docx.Document()
    try:
        document = docx.Document(io.BytesIO(_as_document(template)))
    except _BROKEN as error:
        raise NoTemplate(template.name, "it is not a Word document") from error
    body = document.element.body
    for element in list(body):
        if element is not body.sectPr:
            body.remove(element)
    return document


def _as_document(template: WordTemplate) -> bytes:
    """The bytes of a document: a .dotx says that it is a template, which is all that sets it apart."""
    with zipfile.ZipFile(io.BytesIO(template.body)) as package:
        types = package.read(_TYPES)
        if b"macroEnabled" in types:
            raise NoTemplate(template.name, "it holds macros, which would go out with every report")
        if _TEMPLATE.encode() not in types:
            return template.body
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as changed:
            for name in package.namelist():
                body = package.read(name)
                changed.writestr(
                    name, types.replace(_TEMPLATE.encode(), _DOCUMENT.encode()) if name == _TYPES else body
                )
        return out.getvalue()


@dataclass(frozen=True)
class Styles:
    """The style of each role in one document."""

    document: Document
    chosen: Mapping[str, str]
    """A team's own names for the roles."""

    def id(self, role: str) -> str:
        """The id of a role's style, which is what a paragraph or a table names."""
        return self._ids[role]

    @cached_property
    def _ids(self) -> dict[str, str]:
        return {role: self._found(role) or self._added(role) for role in [*ROLES, "Heading 4"]}

    def has(self, role: str) -> bool:
        """Whether the document had a style for a role before anything was added."""
        return bool(self._found(role))

    @cached_property
    def missing(self) -> dict[str, str]:
        """The roles for which the document has no style, or not the one that was chosen, with its name."""
        chosen = {
            role: name for role, name in self.chosen.items() if name.casefold() not in self._known[role == "Table Grid"]
        }
        return {role: chosen.get(role, role) for role in ROLES if role in chosen or not self._found(role)}

    def _found(self, role: str) -> str:
        """The id of the style under the name that was chosen, or else its own; empty when the document has none."""
        known = self._known[role == "Table Grid"]
        names = [self.chosen.get(role, ""), role, _ANOTHER.get(role, "")]
        return next((known[name.casefold()] for name in names if name.casefold() in known), "")

    @cached_property
    def _known(self) -> dict[bool, dict[str, str]]:
        """The document's own styles by name, those of tables and those of paragraphs."""
        from docx.enum.style import WD_STYLE_TYPE

        found: dict[bool, dict[str, str]] = {True: {}, False: {}}
        for style in self.document.styles:
            if style.name and style.type in (WD_STYLE_TYPE.TABLE, WD_STYLE_TYPE.PARAGRAPH):
                found[style.type == WD_STYLE_TYPE.TABLE][str(style.name).casefold()] = str(style.style_id)
        return found

    def _added(self, role: str) -> str:
        """A style like Word's own, standing on the document's plain paragraph."""
        import docx

        if role == "Table Text":
            return self._small()
        source = next((style for style in docx.Document().styles if style.name == role), None)
        if role in _PLAIN or source is None:
            return self._plain()
        element = copy.deepcopy(source.element)
        element.styleId = self._free(f"Report{role.replace(' ', '')}")
        for tag in ("basedOn", "link", "next", "uiPriority"):
            for child in element.findall(f"{{{element.nsmap['w']}}}{tag}"):
                element.remove(child)
        self.document.styles.element.append(element)
        if role == "Quote":
            added = next(style for style in self.document.styles if style.style_id == element.styleId)
            added.paragraph_format.left_indent = QUOTE_INDENT
        return str(element.styleId)

    def _small(self) -> str:
        from docx.enum.style import WD_STYLE_TYPE
        from docx.shared import Pt

        style = self.document.styles.add_style("Table Text", WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = self.document.styles.default(WD_STYLE_TYPE.PARAGRAPH)
        style.font.size = Pt(9)
        style.paragraph_format.space_before = style.paragraph_format.space_after = Pt(2)
        return str(style.style_id)

    def _plain(self) -> str:
        from docx.enum.style import WD_STYLE_TYPE

        default = self.document.styles.default(WD_STYLE_TYPE.PARAGRAPH)
        return str(default.style_id) if default is not None else "Normal"

    def _free(self, wanted: str) -> str:
        taken = {style.style_id for style in self.document.styles}
        return wanted if wanted not in taken else f"{wanted}{len(taken)}"


def missing_styles(look: Look) -> tuple[str, ...]:
    """What a template lacks, in sentences; nothing without a template."""
    if look.template is None:
        return ()
    styles = Styles(opened(look.template), look.styles)
    return tuple(
        f"{look.template.name} has no style '{name}'; {_instead(role, styles)} is used in its place."
        for role, name in styles.missing.items()
        if role != "Table Text" or role in look.styles
    )


def _instead(role: str, styles: Styles) -> str:
    if styles.has(role):
        return f"its style '{role}'"
    return "its plain paragraph" if role in _PLAIN else "one like Word's own"
