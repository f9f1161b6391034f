"""The text layer of a PDF, page by page: a program of its own, for the library is large and files come from strangers.

A file made to fill the memory, to run for ever or to break the library ends this process and nothing else. It reads the
PDF from its input and writes JSON; it is run by its path and imports nothing of this package.
"""

import contextlib
import json
import sys
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument, PdfTextPage

PAGES = 5_000
"""Pages that are still read."""
CHARACTERS = 50_000_000
"""Characters of text that are still read."""
MEMORY = 500_000_000
"""Bytes of address space beside three times the file's; three hundred pages take less than half of it."""
SECONDS = 20
"""Time of the processor."""
PASSWORD, DAMAGED, TOO_LARGE = "password", "damaged", "too large"
_NEEDS_PASSWORD = 4
_LOOKED_AT = 5
"""Pages on which columns are looked for."""


def pages_in(data: bytes) -> dict[str, Any]:
    """The `texts` of the pages and whether they look as if set in two `columns`; else what is wrong as `fault`."""
    import pypdfium2

    try:
        with pypdfium2.PdfDocument(data) as document:
            return _texts(document)
    except pypdfium2.PdfiumError as error:
        return {"fault": PASSWORD if getattr(error, "err_code", None) == _NEEDS_PASSWORD else DAMAGED}


def _texts(document: "PdfDocument") -> dict[str, Any]:
    count = len(document)
    texts, size, columns = list[str](), 0, 0
    for number in range(min(count, PAGES + 1)):
        page = document[number]
        layer = page.get_textpage()
        size += layer.count_chars()
        if number >= PAGES or size > CHARACTERS:
            return {"fault": TOO_LARGE}
        texts.append(layer.get_text_range())
        columns += number < _LOOKED_AT and _has_columns(layer, page.get_width())
        layer.close()
        page.close()
    return {"texts": texts, "columns": columns > min(count, _LOOKED_AT) // 2}


def _has_columns(layer: "PdfTextPage", width: float) -> bool:
    """Whether nearly all lines of a page end left of its middle or begin right of it, and many do each."""
    boxes = [layer.get_rect(index) for index in range(min(layer.count_rects(), 400))]
    left = sum(1 for box in boxes if box[2] <= width * 0.52)
    right = sum(1 for box in boxes if box[0] >= width * 0.48)
    return min(left, right) >= 5 and left + right >= 0.9 * len(boxes) and min(left, right) >= 0.3 * len(boxes)


def _within_limits(size: int) -> None:
    """Let the system end this process when it takes more than a transcript needs; some systems can not."""
    with contextlib.suppress(ImportError, OSError, ValueError):
        import resource

        resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY + 3 * size, MEMORY + 3 * size))


if __name__ == "__main__":
    whole = sys.stdin.buffer.read()
    _within_limits(len(whole))
    sys.stdout.write(json.dumps(pages_in(whole)))
