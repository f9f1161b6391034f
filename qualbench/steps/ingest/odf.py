"""The paragraphs of an OpenDocument text as a reader of the final document sees them.

Blanks are as the format has them: runs of blanks are one, and `text:s`, `text:tab` and `text:line-break` are signs.
What is left out is tallied, so that the preview can say so.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING

from qualbench.steps.ingest.word_tables import table_lines
from qualbench.steps.ingest.written import bold_start

if TYPE_CHECKING:
    from lxml.etree import _Element

_LEFT_OUT = {
    "text:note": "footnotes",
    "office:annotation": "comments",
    "drawing:image": "pictures",
    "drawing:object": "objects",
    "drawing:object-ole": "objects",
    "drawing:plugin": "objects",
}
_NOT_TEXT = frozenset({
    *("text:ruby-text", "text:script", "text:sequence-decls", "text:variable-decls", "text:user-field-decls"),
    *("svg-compatible:title", "svg-compatible:desc", "office:forms", "office:event-listeners", "table:shapes"),
    *("text:list-label", "text:number", "text:table-of-content-source", "text:alphabetical-index-source"),
})  # fmt: skip
_BLOCKS = frozenset({"text:p", "text:h", "text:list", "table:table"})
_BLANKS = re.compile(r"[ \t\r\n]+")
_MOST_BLANKS = 1_000
"""Blanks that one `text:s` may stand for: a document that asks for more wants memory, not layout."""
_HEAVY = 600


@dataclass(frozen=True, slots=True)
class Style:
    """What a named style says about its text; None where it says nothing."""

    bold: bool | None = None
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph; `bold` of its characters at the beginning are bold."""

    text: str
    bold: int = 0


@dataclass(slots=True)
class _Line:
    """A paragraph while it is being read; `blank` while one more blank would be one too many."""

    runs: list[tuple[str, bool]] = field(default_factory=list)
    boxes: list[Paragraph] = field(default_factory=list)
    blank: bool = True


@dataclass(frozen=True, slots=True)
class Walk:
    """What is known while walking: the styles by name, and the tally of what was met."""

    styles: Mapping[str, Style]
    tally: Counter[str]


def paragraphs(element: "_Element", walk: Walk) -> list[Paragraph]:
    """The paragraphs of the element in reading order, tables in place."""
    found: list[Paragraph] = []
    for child in _present(element, walk):
        name = name_of(child)
        if name in ("text:p", "text:h"):
            found += _paragraph(child, walk)
        elif name == "table:table":
            found += _table(child, walk)
        else:
            walk.tally["numbers"] += name == "text:list-item"
            found += paragraphs(child, walk)
    return found


def styles_of(root: "_Element") -> dict[str, Style]:
    """The styles of text and paragraphs, by their names."""
    return {
        _value(style, "name"): _style(style)
        for style in root.iter("{*}style")
        if _value(style, "family") in ("text", "paragraph")
    }


def name_of(element: "_Element") -> str:
    """The element's name with the last part of its namespace, such as `text:p`."""
    return _short(str(element.tag))


@lru_cache(maxsize=1024)
def _short(tag: str) -> str:
    space, _, local = tag.rpartition("}")
    return f"{space.removesuffix(':1.0').rpartition(':')[2]}:{local}"


def _value(element: "_Element", name: str) -> str:
    return next((str(value) for key, value in element.attrib.items() if str(key).rpartition("}")[2] == name), "")


def _style(style: "_Element") -> Style:
    properties = next((child for child in style if name_of(child) == "style:text-properties"), None)
    weight = _value(properties, "font-weight") if properties is not None else ""
    hidden = properties is not None and _value(properties, "display") == "none"
    strong = "Strong" in (_value(style, "name") + _value(style, "parent-style-name"))
    heavy = weight == "bold" or (weight.isdecimal() and len(weight) < 5 and int(weight) >= _HEAVY)
    return Style(heavy if weight else (True if strong else None), hidden)


def _present(element: "_Element", walk: Walk) -> Iterator["_Element"]:
    """The children that are part of the final document."""
    for child in element:
        if _is_left_out(child, name_of(child), walk.tally):
            continue
        yield child


def _is_left_out(element: "_Element", name: str, tally: Counter[str]) -> bool:
    if name in _LEFT_OUT:
        tally[_LEFT_OUT[name]] += 1
    elif name == "text:tracked-changes":
        tally["deletions"] += sum(1 for _ in element.iter("{*}deletion"))
        tally["insertions"] += sum(1 for _ in element.iter("{*}insertion"))
    elif _is_hidden(element, name):
        tally["hidden"] += 1
    else:
        return name in _NOT_TEXT
    return True


def _is_hidden(element: "_Element", name: str) -> bool:
    if name in ("text:hidden-text", "text:hidden-paragraph"):
        return _value(element, "is-hidden") == "true"
    return name == "text:section" and _value(element, "display") == "none"


def _paragraph(element: "_Element", walk: Walk) -> list[Paragraph]:
    style = walk.styles.get(_value(element, "style-name"), Style())
    line = _Line()
    if any(name_of(child) == "text:hidden-paragraph" and _is_hidden(child, name_of(child)) for child in element):
        walk.tally["hidden"] += 1
        return []
    _inline(element, line, walk, style)
    return [Paragraph("".join(words for words, _ in line.runs), bold_start(line.runs)), *line.boxes]


def _inline(element: "_Element", line: _Line, walk: Walk, style: Style) -> None:
    """The words of an element and of those inside it; hidden ones are tallied once for each stretch."""
    if style.hidden:
        walk.tally["hidden"] += 1
        return
    _words(line, element.text, style)
    for child in element:
        name = name_of(child)
        if not _is_left_out(child, name, walk.tally):
            _child(child, name, line, walk, style)
        _words(line, child.tail, style)


def _child(child: "_Element", name: str, line: _Line, walk: Walk, style: Style) -> None:
    if name == "text:s":
        _sign(line, " " * _count(child), style)
    elif name in ("text:tab", "text:line-break"):
        _sign(line, "\t" if name == "text:tab" else "\n", style)
    elif name == "drawing:text-box":
        walk.tally["boxes"] += 1
        line.boxes += paragraphs(child, walk)
    elif name in _BLOCKS:
        line.boxes += _paragraph(child, walk) if name in ("text:p", "text:h") else paragraphs(child, walk)
    else:
        own = walk.styles.get(_value(child, "style-name")) if name == "text:span" else None
        _inline(child, line, walk, _over(style, own))


def _over(outer: Style, own: Style | None) -> Style:
    """What holds inside a span: what its own style says, else what holds around it."""
    if own is None:
        return outer
    return Style(outer.bold if own.bold is None else own.bold, own.hidden)


def _words(line: _Line, raw: str | None, style: Style) -> None:
    if not raw:
        return
    words = _BLANKS.sub(" ", raw)
    if line.blank:
        words = words.removeprefix(" ")
    if words:
        line.runs.append((words, bool(style.bold)))
        line.blank = words.endswith(" ")


def _sign(line: _Line, sign: str, style: Style) -> None:
    line.runs.append((sign, bool(style.bold)))
    line.blank = False


def _count(element: "_Element") -> int:
    """How many blanks a `text:s` stands for: one when it does not say."""
    number = _value(element, "c")
    return min(int(number[:9]), _MOST_BLANKS) if number.isascii() and number.isdecimal() else 1


# --- tables ----------------------------------------------------------------------------------------------------


def _table(element: "_Element", walk: Walk) -> list[Paragraph]:
    rows = [[_cell(cell, walk) for cell in _cells(row)] for row in _rows(element)]
    lines, spoken = table_lines([row for row in rows if row])
    walk.tally["speaker tables" if spoken else "tables"] += 1
    return [Paragraph(line) for line in lines]


def _rows(element: "_Element") -> Iterator["_Element"]:
    for child in element:
        name = name_of(child)
        if name == "table:table-row":
            yield child
        elif name in ("table:table-header-rows", "table:table-rows", "table:table-row-group"):
            yield from _rows(child)


def _cells(row: "_Element") -> Iterator["_Element"]:
    return (cell for cell in row if name_of(cell) in ("table:table-cell", "table:covered-table-cell"))


def _cell(cell: "_Element", walk: Walk) -> str:
    return "\n".join(paragraph.text for paragraph in paragraphs(cell, walk)).strip("\n")
