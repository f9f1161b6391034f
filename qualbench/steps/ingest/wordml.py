"""The paragraphs of a WordprocessingML body as a reader of the final document sees them.

Tracked insertions and moved-in text count, deletions and hidden text do not; whatever else stands in content controls,
smart tags, links and fields is text. What is left out is tallied, so that the preview can say so.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from qualbench.steps.ingest.word_tables import table_lines

if TYPE_CHECKING:
    from lxml.etree import _Element

_SIGNS = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
_LEFT_OUT = {"del": "deletions", "moveFrom": "moves", "comment": "comments"}
_NOT_TEXT = frozenset({
    *("pPr", "rPr", "sdtPr", "sdtEndPr", "tblPr", "tblGrid", "trPr", "tcPr", "sectPr", "smartTagPr", "customXmlPr"),
    *("delText", "instrText", "delInstrText", "rt", "fldData", "annotationRef"),
})  # fmt: skip
_COUNTED = {
    "footnoteReference": "footnotes",
    "endnoteReference": "footnotes",
    "commentReference": "comments",
    "ins": "insertions",
    "moveTo": "moves",
    "sym": "symbols",
    "blip": "pictures",
    "object": "objects",
}
_OFF = frozenset({"0", "false", "off", "none"})


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph; `bold` of its characters at the beginning are bold."""

    text: str
    bold: int = 0
    joins: bool = False
    """Its end was deleted, so the next paragraph goes on in it."""


@dataclass(slots=True)
class _Line:
    """A paragraph while it is being read."""

    runs: list[tuple[str, bool]] = field(default_factory=list)
    boxes: list[Paragraph] = field(default_factory=list)


def paragraphs(body: "_Element", tally: Counter[str]) -> list[Paragraph]:
    """The paragraphs of the body in reading order; `tally` counts what was met on the way."""
    merged: list[Paragraph] = []
    for paragraph in _blocks(body, tally):
        if merged and merged[-1].joins:
            before = merged.pop()
            merged.append(Paragraph(before.text + paragraph.text, before.bold, paragraph.joins))
        else:
            merged.append(paragraph)
    return merged


def _local(element: "_Element") -> str:
    """The element's name without its namespace: Word has used two for the same words."""
    return str(element.tag).rpartition("}")[2]


def _blocks(element: "_Element", tally: Counter[str]) -> list[Paragraph]:
    found: list[Paragraph] = []
    for child in _present(element, tally):
        name = _local(child)
        if name == "p":
            found += _paragraph(child, tally)
        elif name == "tbl":
            found += _table(child, tally)
        else:
            found += _blocks(child, tally)
    return found


def _present(element: "_Element", tally: Counter[str]) -> Iterator["_Element"]:
    """The children that are part of the final document; of alternative contents the first one."""
    chosen = False
    for child in element:
        name = _local(child)
        if name in _LEFT_OUT:
            tally[_LEFT_OUT[name]] += 1
        elif name in _NOT_TEXT or (name == "Fallback" and chosen):
            continue
        else:
            chosen = chosen or name == "Choice"
            tally[_COUNTED.get(name, "")] += name in _COUNTED
            yield child


def _paragraph(element: "_Element", tally: Counter[str]) -> list[Paragraph]:
    properties = _child(element, "pPr")
    marks = _child(properties, "rPr")
    tally["numbers"] += _child(properties, "numPr") is not None
    line = _Line()
    _inline(element, line, tally)
    text = "".join(words for words, _ in line.runs)
    joins = _child(marks, "del") is not None or _child(marks, "moveFrom") is not None
    return [Paragraph(text, _bold_start(line.runs), joins), *line.boxes]


def _bold_start(runs: Iterable[tuple[str, bool]]) -> int:
    """How many characters at the beginning are bold; blanks between bold runs count as bold."""
    length = end = 0
    for words, bold in runs:
        if not bold and words.strip():
            break
        length += len(words)
        end = length if bold else end
    return end


def _inline(element: "_Element", line: _Line, tally: Counter[str]) -> None:
    for child in _present(element, tally):
        name = _local(child)
        if name == "r":
            _run(child, line, tally)
        elif name == "txbxContent":
            tally["boxes"] += 1
            line.boxes += _blocks(child, tally)
        else:
            _inline(child, line, tally)


def _run(element: "_Element", line: _Line, tally: Counter[str]) -> None:
    properties = _child(element, "rPr")
    if _is_on(properties, "vanish"):
        tally["hidden"] += any(True for _ in element.iter("{*}t"))
        return
    bold = _is_on(properties, "b") or _style(properties) == "Strong"
    for child in _present(element, tally):
        name = _local(child)
        if name == "t":
            line.runs.append(((child.text or "").replace("\r", " ").replace("\n", " "), bold))
        elif name in _SIGNS:
            line.runs.append((_SIGNS[name], bold))
        else:
            _inline(child, line, tally)


def _table(element: "_Element", tally: Counter[str]) -> list[Paragraph]:
    rows = [[_cell(cell, tally) for cell in _within(row, "tc", tally)] for row in _rows(element, tally)]
    lines, spoken = table_lines([row for row in rows if row])
    tally["speaker tables" if spoken else "tables"] += 1
    return [Paragraph(line) for line in lines]


def _rows(element: "_Element", tally: Counter[str]) -> Iterator["_Element"]:
    for row in _within(element, "tr", tally):
        if _child(_child(row, "trPr"), "del") is not None:
            tally["deletions"] += 1
        else:
            yield row


def _within(element: "_Element", wanted: str, tally: Counter[str]) -> Iterator["_Element"]:
    """The rows of a table or cells of a row, those inside content controls too."""
    for child in _present(element, tally):
        if _local(child) == wanted:
            yield child
        else:
            yield from _within(child, wanted, tally)


def _cell(element: "_Element", tally: Counter[str]) -> str:
    return "\n".join(paragraph.text for paragraph in _blocks(element, tally)).strip("\n")


def _child(element: "_Element | None", name: str) -> "_Element | None":
    if element is None:
        return None
    return next((child for child in element if _local(child) == name), None)


def _is_on(properties: "_Element | None", name: str) -> bool:
    switch = _child(properties, name)
    return switch is not None and _value(switch) not in _OFF


def _style(properties: "_Element | None") -> str:
    style = _child(properties, "rStyle")
    return _value(style) if style is not None else ""


def _value(element: "_Element") -> str:
    return next((str(value) for key, value in element.attrib.items() if str(key).rpartition("}")[2] == "val"), "")
