"""XML from strangers, parsed so that it can neither grow nor reach out: no DOCTYPE, no entities, no network."""

from typing import TYPE_CHECKING

from qualbench.errors import UnreadableFile

if TYPE_CHECKING:
    from lxml.etree import _Element


def parse(source: str, content: bytes, kind: str) -> "_Element":
    """The root of the document; a DOCTYPE is looked for before and after, as it may hide in another encoding.

    `kind` is what the file should be, as in "OpenDocument text".
    """
    from lxml import etree

    refused = UnreadableFile(source, f"it declares a DOCTYPE, which no {kind} does; refused.")
    if b"<!DOCTYPE" in content:
        raise refused
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError):
        raise UnreadableFile(source, "its text is damaged.", "Open it, save it anew and try again.") from None
    if root.getroottree().docinfo.internalDTD is not None:
        raise refused
    return root
