"""The report as Markdown: what people said stays what they said, whatever it would mean as markup."""

import re
from collections.abc import Iterable, Iterator

from qualbench.steps.report.blocks import Block, Bullets, Heading, Paragraph, Quotation, Table
from qualbench.steps.report.content import Report
from qualbench.steps.report.outline import outline
from qualbench.text import printable

_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
_ACTING = re.compile(r"[\\`*_{}\[\]#|~^$&<>]")
_LINE_START = re.compile(r"^([ \t]*)(\d+(?=[.)](?:[ \t]|$)))?([-+=:.)]?)")


def render(report: Report) -> bytes:
    """UTF-8 Markdown (CommonMark with tables)."""
    page = outline(report)
    parts = [f"# {escape(page.title)}", escape(page.subtitle)]
    for section in page.sections:
        parts.append(f"## {escape(section.title)}")
        parts.extend("\n".join(_block(block)) for block in section.blocks)
    return printable("\n\n".join(parts) + "\n").encode()


def _block(block: Block) -> Iterator[str]:
    match block:
        case Heading(text):
            yield f"### {escape(text)}"
        case Paragraph(text):
            yield _lines(text)
        case Bullets(items):
            yield from (f"- {_lines(item, indent='  ')}" for item in items)
        case Quotation(text, source):
            yield f"> {_lines(text, indent='> ')}"
            yield ">"
            yield f"> {_lines(source, indent='> ')}"
        case Table():
            yield from _table(block)


def _table(table: Table) -> Iterator[str]:
    rules = ("---:" if column in table.numeric else "---" for column in range(len(table.header)))
    yield f"**{_cell(table.caption)}**"
    yield ""
    yield _row(map(_cell, table.header))
    yield _row(rules)
    yield from (_row(map(_cell, row)) for row in table.rows)


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _cell(text: str) -> str:
    return "<br>".join(escape(line) for line in text.split("\n"))


def _lines(text: str, indent: str = "") -> str:
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
