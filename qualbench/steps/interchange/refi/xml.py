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
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        remove_comments=True,
        remove_pis=True,
        remove_blank_text=True,  # between elements only; it would take as much room as the codings
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
    return str(element.tag).rpartition("}")[2]


def children(element: "_Element | None", *names: str) -> "Iterator[_Element]":
    """The children that have one of these names, whatever their namespace; of no element none."""
    return iter(()) if element is None or not names else element.iterchildren(*[_any(name) for name in names])


def child(element: "_Element | None", name: str) -> "_Element | None":
    """The first child of this name."""
    return next(children(element, name), None)


def within(element: "_Element", name: str) -> int:
    """How many elements of this name there are in an element, at any depth, itself included."""
    return sum(1 for _ in element.iter(_any(name)))


def words(element: "_Element | None", name: str) -> str:
    """The text of the first child of this name; empty when there is none."""
    found = child(element, name)
    return "" if found is None else (found.text or "")


def _any(name: str) -> str:
    return "{*}" + name
