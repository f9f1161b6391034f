"""The appendix as Markdown: what people said stays what they said, whatever it would mean as markup."""

from collections.abc import Iterable

from qualbench.formats.markdown import escape
from qualbench.model import Codebook
from qualbench.steps.codebook.files.appendix import Entry, entries
from qualbench.text import printable


def write_markdown(book: Codebook) -> tuple[bytes, list[str]]:
    """UTF-8 Markdown (CommonMark)."""
    return as_markdown(entries(book)), []


def as_markdown(of: Iterable[Entry]) -> bytes:
    """Paragraphs as UTF-8 Markdown."""
    return printable("\n\n".join(map(_entry, of)) + "\n").encode()


def _entry(entry: Entry) -> str:
    called = f"**{entry.called}:** " if entry.called else ""
    match entry.style:
        case "title":
            return f"# {escape(entry.text)}"
        case "heading":
            return f"{'#' * (entry.level + 1)} {escape(entry.text)}"
        case "quote":
            return f"> {called}{_lines(entry.text, '> ')}"
        case "bullet":
            return f"- {_lines(entry.text, '  ')}"
    return f"{called}{_lines(entry.text, '')}"


def _lines(text: str, indent: str) -> str:
    """Escaped lines that stay lines: two spaces at the end of a line are a line break."""
    return f"  \n{indent}".join(escape(line) for line in text.split("\n"))
