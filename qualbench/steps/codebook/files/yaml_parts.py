"""The text of a codebook file cut into its parts: each code and each field with its own lines and the comments above.

Put together again the parts are the text, so that what did not change stays as somebody wrote it, sign by sign.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from qualbench.steps.codebook.reading import BOOK_FIELDS, CODE_FIELDS
from qualbench.steps.codebook.yaml_tree import Node
from qualbench.text import canonical


class Unfit(Exception):
    """The text is laid out in a way that can not be cut into parts."""


@dataclass(slots=True)
class Part:
    """A field, or an item of a list, with its lines."""

    name: str
    """Which field it is, empty for one that is not known; of a code its id."""
    key: str
    """What the field is called in the file."""
    value: Node
    column: int
    above: list[str]
    """Comments and blank lines above it."""
    lines: list[str]
    tail: list[str]
    """Comments and blank lines behind its value that belong to nothing below."""
    comment: str = ""
    """The comment at the end of its line."""
    fields: list["Part"] = field(default_factory=list)
    """Of a code that is written in lines."""
    items: list["Part"] = field(default_factory=list)
    """Of a list that is written in lines."""
    loose: list[str] = field(default_factory=list)
    """Comments between its lines."""

    @property
    def own(self) -> list[str]:
        """Its lines with those behind its value."""
        return [*self.lines, *self.tail]


@dataclass(slots=True)
class Parts:
    """A whole file."""

    begin: list[str]
    """Everything above the first field."""
    fields: list[Part]
    end: list[str]


def ended(text: str) -> str:
    """The text with one line feed at its end, as it is parsed and cut."""
    return canonical(text).rstrip("\n") + "\n"


def cut(root: Node, text: str) -> Parts:
    """The parts of a codebook file with its tree; raises Unfit."""
    lines = text.split("\n")[:-1]
    if root.shape != "mapping" or root.flow or not root.items or root.column:
        raise Unfit
    stop = len(lines) + 1
    while stop > 1 and (not lines[stop - 2].strip() or lines[stop - 2].startswith(("#", "..."))):
        stop -= 1
    first = root.items[0].line
    fields = _Cutter(lines).fields(root, first, stop, BOOK_FIELDS)
    return Parts(lines[: first - 1], fields, lines[stop - 1 :])


@dataclass(slots=True)
class _Cutter:
    lines: list[str]

    def fields(self, node: Node, start: int, stop: int, known: dict[str, str]) -> list[Part]:
        """The fields of a mapping that is written in lines, from one line of the file up to another."""
        pairs = node.pairs()
        if any(key.shape != "text" or key.column != node.column for key, _ in pairs):
            raise Unfit
        parts = []
        spans = self._spans([key.line for key, _ in pairs], node.column, start, stop)
        for (key, value), (begin, end, above) in zip(pairs, spans, strict=True):
            part = self._part(known.get(key.value, ""), value, (begin, end), node.column, above)
            part.lines[0] = " " * node.column + part.lines[0][node.column :]
            part.key = part.lines[0][node.column : key.end[1]]
            if _in_lines(value):
                part.items = list(self._items(value, begin + 1, end))
            if part.name in ("codes", "children"):
                part.items = [self._code(item) for item in part.items]
            parts.append(part)
        return parts

    def _code(self, part: Part) -> Part:
        """An item that is a code, cut into its fields where it is written in lines."""
        node = part.value
        part.name = next((value.value for key, value in node.pairs() if CODE_FIELDS.get(key.value) == "id"), "")
        part.name = part.name.strip()
        if node.shape != "mapping":
            raise Unfit
        if not node.flow:
            part.fields = self.fields(node, node.line, node.line + len(part.own), CODE_FIELDS)
        return part

    def _items(self, node: Node, first: int, stop: int) -> Iterator[Part]:
        """The items of a list that is written in lines, each with its dash."""
        starts = [item.line for item in node.items]
        if any(self.lines[line - 1][node.column : node.column + 1] != "-" for line in starts):
            raise Unfit
        spans = self._spans(starts, node.column, first, stop)
        for item, (begin, end, above) in zip(node.items, spans, strict=True):
            yield self._part("", item, (begin, end), node.column, above)

    def _spans(self, starts: Sequence[int], column: int, first: int, stop: int) -> Iterator[tuple[int, int, list[str]]]:
        """For each entry that begins on a line its lines up to the next one's comments, and the comments above it."""
        if sorted(set(starts)) != list(starts):
            raise Unfit
        tops = [first]
        for before, start in pairwise(starts):
            top = start
            while top - 1 > before and self._is_above(self.lines[top - 2], column):
                top -= 1
            tops.append(top)
        for start, top, end in zip(starts, tops, [*tops[1:], stop], strict=True):
            yield start, end, self.lines[top - 1 : start - 1]

    def _is_above(self, line: str, column: int) -> bool:
        words = line.lstrip(" ")
        return not words.strip() or (words.startswith("#") and len(line) - len(words) <= column)

    def _part(self, name: str, value: Node, span: tuple[int, int], column: int, above: list[str]) -> Part:
        begin, end = span
        nothing = value.plain and not value.value
        last = begin if nothing else max(begin, min(_last_line(value), end - 1))
        covered = {line for text in _texts(value) for line in range(text.line, _last_line(text) + 1)}
        inside = [self.lines[line - 1].strip() for line in range(begin + 1, last + 1) if line not in covered]
        return Part(
            name=name,
            key="",
            value=value,
            column=column,
            above=above,
            lines=self.lines[begin - 1 : last],
            tail=self.lines[last : end - 1],
            comment=self._comment(value, begin),
            loose=[line for line in inside if line.startswith("#")],
        )

    def _comment(self, value: Node, begin: int) -> str:
        """The comment at the end of a text's last line, or behind the sign that begins a block."""
        if value.shape != "text" and not value.flow:
            return ""
        is_block = not value.end[1]
        line, column = (value.line, value.column) if is_block else value.end
        rest = self.lines[max(begin, line) - 1][column:]
        before, sign, comment = rest.partition(" #")
        return f"#{comment}" if sign and (is_block or not before.strip()) else ""


def _in_lines(node: Node) -> bool:
    return node.shape == "list" and not node.flow and bool(node.items)


def _texts(node: Node) -> Iterator[Node]:
    """All texts in a node, itself among them."""
    if node.shape == "text":
        yield node
    for item in node.items:
        yield from _texts(item)


def _last_line(node: Node) -> int:
    """The last line (1-based) on which something of a node stands."""
    if node.shape == "text" or node.flow or not node.items:
        line, column = node.end
        return line if column else line - 1
    return max(_last_line(item) for item in node.items)
