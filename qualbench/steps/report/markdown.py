"""The report as Markdown: what people said stays what they said, whatever it would mean as markup."""

import re
from collections.abc import Callable, Iterable
from typing import Any

from qualbench.steps.report.blocks import Table
from qualbench.steps.report.content import Report
from qualbench.steps.report.look import Look
from qualbench.steps.report.outline import outline
from qualbench.steps.report.templating import rendered
from qualbench.text import printable

_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
_ACTING = re.compile(r"[\\`*_{}\[\]#|~^$&<>]")
_LINE_START = re.compile(r"^([ \t]*)(\d+(?=[.)](?:[ \t]|$)))?([-+=:.)]?)")


class Ready(str):
    """Markdown that is meant as Markdown."""

    __slots__ = ()


def render(report: Report, look: Look | None = None) -> bytes:
    """UTF-8 Markdown (CommonMark with tables), made by the team's own template where there is one."""
    look = look or Look()
    filters: dict[str, Callable[..., Any]] = {
        "lines": _lines,
        "line": _line,
        "marked": _marked,
        "rows": _table,
        "as_is": Ready,
    }
    values = {"page": outline(report, look)}
    return printable(rendered("report.md", look.files, values, finalize=_escaped, filters=filters)).encode()


def _escaped(value: Any) -> str:
    """What a template puts in, made to stand for itself unless a filter has done so."""
    return value if isinstance(value, Ready) else _lines(str(value))


def _line(text: str) -> Ready:
    """Text that must stay on one line: in a heading, a caption."""
    return Ready(_cell(text))


def _lines(text: str, indent: str = "") -> Ready:
    """Escaped lines that stay lines: two spaces at the end of a line are a line break."""
    return Ready(f"  \n{indent}".join(escape(line) for line in text.split("\n")))


def _marked(parts: Iterable[tuple[str, bool]]) -> Ready:
    """The parts of a paragraph, those that are still to be written in bold."""
    whole = "".join(f"\x02{printable(text)}\x03" if mark else printable(text) for text, mark in parts)
    return Ready(_lines(whole).replace("\x02", "**").replace("\x03", "**"))


def _table(table: Table) -> Ready:
    rules = ("---:" if column in table.numeric else "---" for column in range(len(table.header)))
    lines = [_row(map(_cell, table.header)), _row(rules), *(_row(map(_cell, row)) for row in table.rows)]
    return Ready("\n".join(lines))


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _cell(text: str) -> str:
    return "<br>".join(escape(line) for line in text.split("\n"))


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
