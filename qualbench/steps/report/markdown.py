"""The report as Markdown: what people said stays what they said, whatever it would mean as markup."""

from collections.abc import Callable, Iterable
from typing import Any

from qualbench.formats.markdown import escape
from qualbench.steps.report.blocks import Table
from qualbench.steps.report.content import Report
from qualbench.steps.report.look import Look
from qualbench.steps.report.outline import outline
from qualbench.steps.report.templating import rendered
from qualbench.text import printable


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
