"""The REFI-QDA codebook (.qdc), out: valid by the standard's schema, and as the programs that read it want it.

Ids of the same code are the same in every file, so that a program can tell which codes it has already.
"""

import re
from collections import Counter
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid5

from qualbench.errors import QualbenchError
from qualbench.model import Code, Codebook
from qualbench.steps.codebook.codes import HEADINGS
from qualbench.steps.codebook.files.prose import composed
from qualbench.text import counted, excerpt, folded, printable

if TYPE_CHECKING:
    from lxml.etree import _Element

NAMESPACE = "urn:QDA-XML:codebook:1.0"
ORIGIN = "Qualbench"
HEX = re.compile(r"#(?:[0-9a-fA-F]{6}|[0-9a-fA-F]{3})")
_CODES = UUID("5b1f0c1e-6a57-4d0e-9c55-0d7b8f6f2a11")
"""The name space of this program's ids; never changes."""
_GROUPS = UUID("0f9f4a3a-1d0f-4b8e-8d0a-6a2f3c9f7e42")
NAMED = {
    "red": "#d9383a", "orange": "#e8820c", "yellow": "#d9b310", "green": "#3a9d3a", "teal": "#1f9e9e",
    "blue": "#2f6fd0", "purple": "#7d4cc2", "pink": "#d64f96", "brown": "#8a5a33", "grey": "#808080",
}  # fmt: skip
"""What colours with a name look like."""


def guid_of(code_id: str) -> str:
    """The id that a code has in every REFI-QDA file: lower case, without braces."""
    return str(uuid5(_CODES, code_id))


def write_qdc(book: Codebook) -> tuple[bytes, list[str]]:
    """The bytes of a .qdc file, and what other programs will make of it that one should know."""
    from lxml import etree

    if not book.codes:
        raise QualbenchError("A REFI-QDA codebook must have a code, and this one has none.", "Add a code first.")
    namespaces: Any = {None: NAMESPACE}  # the stubs know of no default namespace
    root = etree.Element(_tag("CodeBook"), {"origin": ORIGIN}, nsmap=namespaces)
    parents = {code.parent for code in book.codes}
    elements = {"": etree.SubElement(root, _tag("Codes"))}
    for code in book.codes:
        above = elements.get(code.parent, elements[""])
        elements[code.id] = _add_code(above, code, code.kind in HEADINGS and code.id in parents)
    _add_sets(root, book)
    data = etree.tostring(root, xml_declaration=True, encoding="utf-8", pretty_print=True)
    return data, _warnings(book)


def _tag(name: str) -> str:
    return f"{{{NAMESPACE}}}{name}"


def _add_code(above: "_Element", code: Code, is_heading: bool) -> "_Element":
    from lxml import etree

    element = etree.SubElement(above, _tag("Code"))
    element.set("guid", guid_of(code.id))
    element.set("name", printable(code.label))
    element.set("isCodable", "false" if is_heading else "true")
    colour = NAMED.get(code.colour, code.colour)
    if HEX.fullmatch(colour):
        element.set("color", colour)
    description = etree.SubElement(element, _tag("Description"))
    description.text = printable(composed(code, facts=True))
    return element


def _add_sets(root: "_Element", book: Codebook) -> None:
    """Each group as a set; where there is none the element is left out, which the schema asks for."""
    from lxml import etree

    groups = list(dict.fromkeys(code.group for code in book.codes if code.group))
    if not groups:
        return
    sets = etree.SubElement(root, _tag("Sets"))
    for group in groups:
        one = etree.SubElement(sets, _tag("Set"), guid=str(uuid5(_GROUPS, group)), name=printable(group))
        etree.SubElement(one, _tag("Description")).text = "Codes of this group exclude each other."
        for code in book.codes:
            if code.group == group:
                etree.SubElement(one, _tag("MemberCode"), guid=guid_of(code.id))


def _warnings(book: Codebook) -> list[str]:
    names = Counter(folded(code.label) for code in book.codes)
    twice = [code.label for code in book.codes if names[folded(code.label)] > 1]
    said = []
    if twice:
        shown = ", ".join(f"'{excerpt(label, 40)}'" for label in dict.fromkeys(twice))
        said.append(f"Codes share a name ({shown}); QualCoder keeps only one of them. Rename them first.")
    lost = [code for code in book.codes if code.colour and not HEX.fullmatch(NAMED.get(code.colour, code.colour))]
    if lost:
        said.append(f"{counted(len(lost), 'code')} with a colour that the format does not know: left without one.")
    return said
