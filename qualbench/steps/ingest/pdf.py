"""PDF files by their text layer: lossy by nature, so every result says that the Word or text file is better.

A PDF knows where letters stand and not what a line, a paragraph or a turn is. What is put together again here (lines of
a paragraph, broken words) and what is taken out (running heads, page numbers) is said.
"""

import json
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from typing import Any

from qualbench.errors import Problem, UnreadableFile
from qualbench.steps.ingest import pdf_pages
from qualbench.steps.ingest.decoding import control_warnings
from qualbench.steps.ingest.dialogue import find
from qualbench.steps.ingest.page_lines import Flow, flowed, lines_of, without_furniture
from qualbench.steps.ingest.plain import as_reading
from qualbench.steps.ingest.reading import File, Reading
from qualbench.text import canonical, counted

_LOSSY = "a PDF does not say what is a line, a paragraph or a turn: check the text, or import the Word file instead"
_PATIENCE = 60
"""Seconds until the process that reads a file is ended."""
_SAVE = "Import the file it was made from, or save the PDF anew."
_FAULTS = {
    pdf_pages.PASSWORD: ("it is protected by a password.", "Save it without one and try again."),
    pdf_pages.DAMAGED: ("it is damaged.", _SAVE),
    pdf_pages.TOO_LARGE: ("reading it takes more memory or time than a transcript does; stopped.", _SAVE),
}
_HALF_CHARACTERS = dict.fromkeys(range(0xD800, 0xE000), 0xFFFD)


@dataclass(frozen=True, slots=True)
class _Pages:
    texts: list[str]
    two_columns: bool


def read_pdf(file: File) -> Reading:
    """A .pdf as a transcript; raises UnreadableFile when it is locked, damaged or a picture of text."""
    pages = _pages(file)
    if not any(text.strip() for text in pages.texts):
        raise UnreadableFile(
            file.source,
            "it is a picture of text: it holds no letters.",
            "Import the file it was made from, or type it.",
        )
    kept, furniture = without_furniture([lines_of(text) for text in pages.texts])
    flow = flowed(kept)
    lines = flow.lines
    warnings = [*_warnings(file.source, pages, furniture, flow), *control_warnings(file.source, "\n".join(lines))]
    dialogue = None if file.answers.one_speaker else find(lines, answers=file.answers)
    return as_reading("pdf", file, lines, dialogue, warnings)


def _warnings(source: str, pages: _Pages, furniture: Sequence[str], flow: Flow) -> Iterator[Problem]:
    yield Problem(source, 0, _LOSSY)
    bare = [number for number, text in enumerate(pages.texts, 1) if not text.strip()]
    if bare:
        shown = ", ".join(str(number) for number in bare[:10]) + ("..." if len(bare) > 10 else "")
        yield Problem(source, 0, f"{counted(len(bare), 'page')} without text, perhaps pictures: {shown}")
    if pages.two_columns:
        yield Problem(source, 0, "it looks as if it had two columns: check that the lines are in their order")
    if furniture:
        shown = ", ".join(f"'{line}'" for line in furniture[:5])
        yield Problem(source, 0, f"running heads and page numbers left out, such as {shown}")
    if flow.joined:
        yield Problem(source, 0, f"{counted(flow.joined, 'line end')} inside paragraphs made a space")
    if flow.mended:
        shown = ", ".join(flow.mended[:5])
        yield Problem(source, 0, f"{counted(len(flow.mended), 'word')} broken at a line's end joined, such as {shown}")
    if flow.gaps:
        yield Problem(source, 0, f"TABs or double spaces between words made single in {counted(flow.gaps, 'line')}")


# --- the library -----------------------------------------------------------------------------------------------


def _pages(file: File) -> _Pages:
    if find_spec("pypdfium2") is None:
        raise UnreadableFile(
            file.source,
            "reading a PDF needs an extra that is not installed.",
            "Install the extra: pip install 'qualbench-workbench[pdf]', or import the Word file it was made from.",
        )
    if b"%PDF-" not in file.data[:1024]:
        raise UnreadableFile(file.source, "it is not a PDF, whatever its name says.")
    found = read_apart(file.data)
    if "fault" in found:
        raise UnreadableFile(file.source, *_FAULTS[found["fault"]])
    texts = [canonical(text).translate(_HALF_CHARACTERS) for text in found["texts"]]
    return _Pages(texts, found["columns"])


def read_apart(data: bytes) -> dict[str, Any]:
    """What `pdf_pages` finds, in a process of its own that is ended when it takes too much."""
    command = [sys.executable, "-I", pdf_pages.__file__]
    try:
        done = subprocess.run(command, input=data, capture_output=True, timeout=_PATIENCE, check=True)  # noqa: S603 - our own file
        found: dict[str, Any] = json.loads(done.stdout)
    except (subprocess.SubprocessError, ValueError):
        return {"fault": pdf_pages.TOO_LARGE}
    return found
