"""The appendix as Markdown: what people said stays what they said, whatever it would mean as markup."""

import re
from collections.abc import Iterable

from qualbench.model import Codebook
from qualbench.steps.codebook.files.appendix import Entry, entries
from qualbench.text import printable

_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
_ACTING = re.compile(r"[\\`*_{}\[\]#|~^$&<>]")
_LINE_START = re.compile(r"^([ \t]*)(\d+(?=[.)](?:[ \t]|$)))?([-+=:.)]?)")


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


def escape(line: str) -> str:
    """One line with every character that could act as Markdown or HTML made to stand for itself.

    >>> escape("# *a* <b>")
    '\\\\# \\\\*a\\\\* &lt;b&gt;'
    """
    safe = _ACTING.sub(lambda match: _ENTITIES.get(match.group(), "\\" + match.group()), line)
    return _LINE_START.sub(_held, safe, count=1)


def _held(match: re.Match[str]) -> str:
    """White space and list marks at the start of a line, so that they begin neither a list nor a block."""
    space, number, mark = match.groups()
    held = "".join(f"&#{ord(character)};" for character in space)
    return held + (number or "") + (f"\\{mark}" if mark else "")
