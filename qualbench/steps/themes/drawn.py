"""The theme map as SVG: a tree from left to right in boxes, dashed lines on the left between themes that overlap.

Nothing is measured: boxes are as wide as their column and as high as their lines, so the same map is the same bytes.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from unicodedata import east_asian_width

from qualbench.text import clusters

WIDE, GAP, LINE, PAD, BETWEEN, MARGIN, LANE = 230, 50, 17, 8, 10, 20, 18
"""Width of a box, of the space between columns, height of a line, padding, space between boxes, margin, tie's lane."""
LETTERS = 27
"""Letters of a line in a box, wide ones counted twice."""


@dataclass(frozen=True, slots=True)
class Node:
    """A theme or a code, under another one or at the top."""

    id: str
    parent: str
    name: str
    note: str
    is_code: bool = False
    is_settled: bool = True


@dataclass(frozen=True, slots=True)
class Tie:
    """Two themes that share segments, and on how many."""

    first: str
    second: str
    label: str = ""


@dataclass(frozen=True, slots=True)
class _Box:
    node: Node
    x: int
    y: int
    lines: tuple[str, ...]

    @property
    def high(self) -> int:
        return 2 * PAD + LINE * (len(self.lines) + bool(self.node.note))

    @property
    def middle(self) -> int:
        return self.y + self.high // 2


def svg(title: str, alt: str, nodes: Sequence[Node], ties: Sequence[Tie]) -> str:
    """The drawing, with its title and a description for whoever does not see it."""
    left = MARGIN + LANE * len(ties) + (LANE if ties else 0)
    boxes = _boxes(nodes, left, MARGIN + 2 * LINE)
    wide = max([400, *(box.x + WIDE + MARGIN for box in boxes.values())])
    high = max([4 * LINE, *(box.y + box.high + MARGIN for box in boxes.values())])
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{wide}" height="{high}" viewBox="0 0 {wide} {high}"'
        ' role="img" aria-labelledby="title desc" font-family="Helvetica, Arial, sans-serif" font-size="13">',
        f'<title id="title">{escape(title)}</title>',
        f'<desc id="desc">{escape(alt)}</desc>',
        f'<rect width="{wide}" height="{high}" fill="#ffffff"/>',
        _text(MARGIN, MARGIN + LINE // 2, title, 'font-size="15" font-weight="bold"'),
        *(_branch(boxes[box.node.parent], box) for box in boxes.values() if box.node.parent in boxes),
        *(_tie(number, tie, boxes) for number, tie in enumerate(ties, start=1)),
        *(_drawn(box) for box in boxes.values()),
        "</svg>",
    ]
    return "\n".join([*parts, ""])


# --- where boxes stand -----------------------------------------------------------------------------------------


def _boxes(nodes: Sequence[Node], left: int, top: int) -> Mapping[str, _Box]:
    """Every box: what is under a theme stands one column on, the theme beside the middle of it."""
    known = {node.id for node in nodes}
    under: dict[str, list[Node]] = {}
    for node in nodes:
        under.setdefault(node.parent if node.parent in known else "", []).append(node)
    found: dict[str, _Box] = {}

    def put(node: Node, column: int, y: int) -> int:
        box = _Box(node, left + column * (WIDE + GAP), y, tuple(_wrapped(node.name)))
        bottom = y
        for child in under.get(node.id, ()):
            bottom = put(child, column + 1, bottom)
        spare = max(0, (bottom - BETWEEN - y - box.high) // 2)
        found[node.id] = _Box(node, box.x, y + spare, box.lines)
        return max(bottom, y + box.high + BETWEEN)

    y = top
    for node in under.get("", ()):
        y = put(node, 0, y) + BETWEEN
    return {node.id: found[node.id] for node in nodes}


def _wrapped(name: str) -> list[str]:
    """The name in lines that fit a box; a word longer than a line is cut."""
    lines, line = [], ""
    for word in name.split() or ["?"]:
        for piece in _cut(word):
            joined = f"{line} {piece}".strip()
            if line and _letters(joined) > LETTERS:
                lines.append(line)
                line = piece
            else:
                line = joined
    return [*lines, line][:MOST] if len(lines) < MOST else [*lines[: MOST - 1], lines[MOST - 1] + "…"]


MOST = 6
"""Lines of a box; the rest of a longer name is left out here and stands in the description."""


def _cut(word: str) -> list[str]:
    pieces, piece = [], ""
    for cluster in clusters(word):
        if _letters(piece + cluster) > LETTERS:
            pieces.append(piece)
            piece = ""
        piece += cluster
    return [*pieces, piece]


def _letters(text: str) -> int:
    return sum(2 if east_asian_width(char) in "WF" else 1 for char in text)


# --- drawing ---------------------------------------------------------------------------------------------------


def _drawn(box: _Box) -> str:
    node = box.node
    rounded = 'rx="14" fill="#ffffff" stroke="#555555"' if node.is_code else 'rx="2" fill="#e8eef4" stroke="#1b3a57"'
    dashed = "" if node.is_settled else ' stroke-dasharray="5 3"'
    stroke = "1" if node.is_code else "2"
    weight = "" if node.is_code else 'font-weight="bold"'
    x, y = box.x + PAD + 2, box.y + PAD + LINE - 5
    lines = [_text(x, y + LINE * n, line, weight) for n, line in enumerate(box.lines)]
    if node.note:
        lines.append(_text(x, y + LINE * len(box.lines), node.note, 'font-size="11" fill="#333333"'))
    frame = f'<rect x="{box.x}" y="{box.y}" width="{WIDE}" height="{box.high}" {rounded}{dashed}'
    return "\n".join([f'{frame} stroke-width="{stroke}"/>', *lines])


def _branch(over: _Box, under: _Box) -> str:
    x, half = over.x + WIDE, over.x + WIDE + GAP // 2
    return (
        f'<path d="M{x} {over.middle} H{half} V{under.middle} H{under.x}" fill="none" stroke="#777777"'
        ' stroke-width="1"/>'
    )


def _tie(number: int, tie: Tie, boxes: Mapping[str, _Box]) -> str:
    """A dashed line from theme to theme in a lane of its own, left of all boxes."""
    first, second = boxes[tie.first], boxes[tie.second]
    x, y = MARGIN + LANE * (number - 1), (first.middle + second.middle) // 2
    shift = 3 * (number % 3)
    line = f"M{first.x} {first.middle + shift} H{x} V{second.middle - shift} H{second.x}"
    path = f'<path d="{line}" fill="none" stroke="#8a4b00" stroke-width="1.5" stroke-dasharray="4 4"/>'
    if not tie.label:
        return path
    wide = 8 * len(tie.label) + 4
    back = f'<rect x="{x - wide // 2}" y="{y - 9}" width="{wide}" height="16" fill="#ffffff"/>'
    return "\n".join([path, back, _text(x - wide // 2 + 2, y + 3, tie.label, 'font-size="12" fill="#8a4b00"')])


def _text(x: int, y: int, words: str, style: str = "") -> str:
    return f'<text x="{x}" y="{y}"{" " + style if style else ""}>{escape(words)}</text>'
