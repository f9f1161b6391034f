"""A report as PDF, set by Typst; every word goes in as a string, so that nothing a participant said acts as markup."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any, Protocol

from qualbench.errors import QualbenchError
from qualbench.text import one_line, printable

MISSING = "A PDF needs typst, which is not installed."
INSTALL = "Install it: pip install 'qualbench-workbench[pdf-out]'"

_STYLE = """#set page(paper: "a4", margin: 2.2cm, numbering: "1")
#set text(size: 10pt)
#set par(justify: false, leading: 0.65em)
#set heading(numbering: none)
#set table(stroke: 0.4pt + luma(150), inset: 4pt)
#show table: set text(size: 8pt)
#show figure: set block(breakable: true)
"""


class Section(Protocol):
    """A part with its title and blocks; `wide` ones stand on pages turned on their side."""

    @property
    def title(self) -> str: ...
    @property
    def blocks(self) -> Sequence[Any]: ...
    @property
    def wide(self) -> bool: ...


class Page(Protocol):
    """A whole report in reading order, its blocks told apart by their `kind`."""

    @property
    def title(self) -> str: ...
    @property
    def subtitle(self) -> str: ...
    @property
    def sections(self) -> Sequence[Section]: ...
    @property
    def language(self) -> str: ...
    @property
    def contents(self) -> str: ...


def pdf(page: Page, date: str) -> bytes:
    """The bytes of a tagged PDF, dated as the study is."""
    try:
        import typst
    except ImportError:
        raise QualbenchError(MISSING, INSTALL) from None
    body: bytes = typst.compile(source(page, date).encode())
    return body


def source(page: Page, date: str) -> str:
    """What Typst is given."""
    day = datetime.fromisoformat((date or "1970-01-01")[:10])
    title = _said(one_line(page.title))
    parts = [
        f"#set document(title: {title}, date: datetime(year: {day.year}, month: {day.month}, day: {day.day}))",
        _STYLE,
        f"#set text(lang: {_said(page.language)})",
        f'#text(size: 18pt, weight: "bold", {title})\n',
        f"#text(fill: luma(80), {_said(page.subtitle)})\n",
        f"#outline(title: {_said(page.contents)}, depth: 2)",
    ]
    for section in page.sections:
        inside = [f"#heading(level: 1, {_said(one_line(section.title))})"]
        inside += ["\n".join(_block(block)) for block in section.blocks]
        whole = "\n\n".join(inside)
        parts.append(f"#page(flipped: true)[\n{whole}\n]" if section.wide else whole)
    return "\n".join([*parts, ""])


def _block(block: Any) -> Iterator[str]:
    kind = block.kind
    if kind == "heading":
        yield f"#heading(level: {block.level - 1}, {_said(one_line(block.text))})"
    elif kind == "paragraph":
        said = (f"#highlight[{_lines(words)}]" if marked else _lines(words) for words, marked in block.parts)
        yield f"#par[{''.join(said)}]"
    elif kind == "bullets":
        yield f"#list({', '.join(f'[{_lines(item)}]' for item in block.items)})"
    elif kind == "quotation":
        yield f"#quote(block: true)[{_lines(block.text)} #linebreak() #emph({_said(block.source)})]"
    elif kind == "table":
        yield from _table(block)
    else:
        raise QualbenchError(f"A PDF has no way to show the {kind} of this report.", "Write it as .docx or .html.")


def _table(table: Any) -> Iterator[str]:
    widths = ", ".join(f"{wide}fr" for wide in table.widths)
    sides = ", ".join("right" if at in table.numeric else "left" for at in range(len(table.header)))
    yield f"#strong({_said(table.caption)})"
    yield f"#table(columns: ({widths},), align: ({sides},),"
    yield f"  table.header({_cells(table.header, 'strong')}),"
    yield from (f"  {_cells(row)}," for row in table.rows)
    yield ")"


def _cells(texts: Iterable[str], inside: str = "") -> str:
    return ", ".join(f"[#{inside}[{_lines(text)}]]" if inside else f"[{_lines(text)}]" for text in texts)


def _lines(text: str) -> str:
    """Lines that stay lines."""
    return "#linebreak()".join(f"#{_said(line)}" for line in text.split("\n"))


def _said(text: str) -> str:
    r"""A string in which nothing acts.

    >>> print(_said('say "#x" \\ $y'))
    "say \"#x\" \\ $y"
    """
    escaped = re.sub(r'[\\"]', r"\\\g<0>", printable(text))
    return '"' + escaped.replace("\n", "\\n").replace("\t", "\\t") + '"'
