"""The report as Markdown: names stay what they are, whatever they would mean as markup."""

import re
from collections.abc import Iterable, Iterator

from qualbench.steps.agreement.output.blocks import Table
from qualbench.steps.agreement.output.content import Contents
from qualbench.steps.agreement.output.outline import headline, sections
from qualbench.text import printable

_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
_ACTING = re.compile(r"[\\`*_{}\[\]#|~^$&<>]")
_LINE_START = re.compile(r"^([ \t]*)(\d+(?=[.)](?:[ \t]|$)))?([-+=:.)]?)")


def render(contents: Contents) -> bytes:
    """UTF-8 Markdown (CommonMark with tables)."""
    parts = [f"# {escape(contents.title)}", escape(contents.date[:10]), _lines(headline(contents))]
    for section in sections(contents):
        parts.append(f"## {escape(section.heading)}")
        parts.extend(map(_lines, section.paragraphs))
        parts.extend("\n".join(_table(table)) for table in section.tables)
    return printable("\n\n".join(parts) + "\n").encode()


def _table(table: Table) -> Iterator[str]:
    yield f"**{_cell(table.caption)}**"
    yield ""
    yield _row(_cell(column.heading) for column in table.columns)
    yield _row("---:" if column.numeric else "---" for column in table.columns)
    yield from (_row(map(_cell, row)) for row in table.printed())


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _cell(text: str) -> str:
    return "<br>".join(escape(line) for line in text.split("\n"))


def _lines(text: str) -> str:
    """Escaped lines that stay lines: two spaces at the end of a line are a line break."""
    return "  \n".join(escape(line) for line in text.split("\n"))


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
