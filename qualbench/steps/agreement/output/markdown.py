"""The report as Markdown: names stay what they are, whatever they would mean as markup."""

from collections.abc import Iterable, Iterator

from qualbench.formats.markdown import escape
from qualbench.steps.agreement.output.blocks import Table
from qualbench.steps.agreement.output.content import Contents
from qualbench.steps.agreement.output.outline import headline, sections
from qualbench.text import printable


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
