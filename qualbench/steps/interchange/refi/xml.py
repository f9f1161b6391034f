"""The project's XML, parsed so that it can neither grow nor reach out, and looked at by local names.

Programs write the namespace in several ways, so only local names count.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from qualbench.errors import UnreadableFile

if TYPE_CHECKING:
    from lxml.etree import _Element

NAMESPACE = "urn:QDA-XML:project:1.0"


def parsed(source: str, content: bytes) -> "_Element":
    """The root of the document; a DOCTYPE is looked for before and after, as it may hide in another encoding."""
    from lxml import etree

    refused = UnreadableFile(source, "it declares a DOCTYPE, which no project does; refused.")
    if b"<!DOCTYPE" in content:
        raise refused
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError):
        raise UnreadableFile(source, "its project part is damaged.", "Export it anew and try again.") from None
    if root.getroottree().docinfo.internalDTD is not None:
        raise refused
    return root


def local(element: "_Element") -> str:
    """The name of an element without its namespace."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def children(element: "_Element | None", *names: str) -> Iterator["_Element"]:
    """The children that have one of these names; of no element none."""
    if element is not None:
        for child in element:
            if local(child) in names:
                yield child


def child(element: "_Element | None", name: str) -> "_Element | None":
    """The first child of this name."""
    return next(children(element, name), None)


def words(element: "_Element | None", name: str) -> str:
    """The text of the first child of this name; empty when there is none."""
    found = child(element, name)
    return "" if found is None else (found.text or "")
