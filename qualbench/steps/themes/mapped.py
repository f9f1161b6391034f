"""The theme map: themes, sub-themes and codes as a tree, with lines between themes that share segments.

The same study draws the same map, byte for byte.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from qualbench.errors import UsageError
from qualbench.model import STATE_NAMES, Theme, ThemeState
from qualbench.steps.themes.board import children
from qualbench.steps.themes.drawn import Node, Tie, svg
from qualbench.steps.themes.overlap import Overlap
from qualbench.text import counted, one_line, printable

CLOSE_ENOUGH = 0.1
"""The c-coefficient from which on a line is drawn between two themes."""


@dataclass(frozen=True, slots=True)
class ThemeMap:
    """What a map shows, whatever draws it."""

    title: str
    nodes: tuple[Node, ...]
    """Every theme and code, each before what is under it."""
    ties: tuple[Tie, ...]

    @property
    def alt(self) -> str:
        """The map in words."""
        names = {node.id: node.name for node in self.nodes}
        tops = [node for node in self.nodes if not node.is_code]
        told = [f"{self.title}. {counted(len(tops), 'theme')}."]
        for node in tops:
            codes = [one.name for one in self.nodes if one.parent == node.id and one.is_code]
            under = f", under {names[node.parent]}" if node.parent else ""
            told.append(f"{node.name}{under} ({node.note}): {', '.join(codes) or 'no codes'}.")
        told += [f"{names[tie.first]} and {names[tie.second]} share segments." for tie in self.ties]
        return " ".join(told)


def theme_map(
    title: str,
    themes: Sequence[Theme],
    labels: Mapping[str, str],
    overlaps: Sequence[Overlap] = (),
    *,
    counts: bool = True,
) -> ThemeMap:
    """The map of a board; `labels` are the codes by id. Without `counts` lines have no number."""
    nodes = [node for theme in children(themes, "") for node in _nodes(theme, themes, labels)]
    ties = [
        Tie(f"t-{one.first}", f"t-{one.second}", str(one.both) if counts else "")
        for one in overlaps
        if one.c >= CLOSE_ENOUGH
    ]
    return ThemeMap(one_line(printable(title)), tuple(nodes), tuple(ties))


def _nodes(theme: Theme, themes: Sequence[Theme], labels: Mapping[str, str]) -> list[Node]:
    over = f"t-{theme.parent}" if theme.parent else ""
    settled = theme.state is not ThemeState.CANDIDATE
    found = [Node(f"t-{theme.id}", over, _plain(theme.name), STATE_NAMES[theme.state], is_settled=settled)]
    found += [
        Node(f"c-{code}", f"t-{theme.id}", _plain(labels.get(code, code)), "", is_code=True) for code in theme.codes
    ]
    return [*found, *(node for child in children(themes, theme.id) for node in _nodes(child, themes, labels))]


def _plain(name: str) -> str:
    return one_line(printable(name))


# --- as text ---------------------------------------------------------------------------------------------------


def dot(board: ThemeMap) -> str:
    """The map for Graphviz."""
    number = {node.id: f"n{n}" for n, node in enumerate(board.nodes)}
    lines = [
        "graph themes {",
        f"  graph [label={_dot(board.title)}, labelloc=t, rankdir=LR, fontname=Helvetica, tooltip={_dot(board.alt)}];",
        "  node [fontname=Helvetica, fontsize=11];",
    ]
    for node in board.nodes:
        shape = 'shape=box, style="rounded"' if node.is_code else "shape=box, penwidth=2"
        note = f"\n{node.note}" if node.note else ""
        lines.append(f"  {number[node.id]} [label={_dot(node.name + note)}, {shape}];")
    lines += [f"  {number[node.parent]} -- {number[node.id]};" for node in board.nodes if node.parent]
    for tie in board.ties:
        label = f", label={_dot(tie.label)}" if tie.label else ""
        lines.append(f"  {number[tie.first]} -- {number[tie.second]} [style=dashed, constraint=false{label}];")
    return "\n".join([*lines, "}", ""])


def _dot(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'


def mermaid(board: ThemeMap) -> str:
    """The map for Mermaid, as it stands in a Markdown file between fences."""
    number = {node.id: f"n{n}" for n, node in enumerate(board.nodes)}
    lines = ["flowchart LR", f"  accTitle: {_line(board.title)}", f"  accDescr: {_line(board.alt)}"]
    for node in board.nodes:
        opens, closes = ("(", ")") if node.is_code else ("[", "]")
        note = f"<br>{_mermaid(node.note)}" if node.note else ""
        lines.append(f'  {number[node.id]}{opens}"{_mermaid(node.name)}{note}"{closes}')
    lines += [f"  {number[node.parent]} --- {number[node.id]}" for node in board.nodes if node.parent]
    for tie in board.ties:
        label = f'|"{_mermaid(tie.label)}"|' if tie.label else ""
        lines.append(f"  {number[tie.first]} -.-{label} {number[tie.second]}")
    return "\n".join([*lines, ""])


def _mermaid(text: str) -> str:
    """Everything that Mermaid, or HTML in it, could take for its own is written as its number."""
    return "".join(char if char.isalnum() or char in " .,-–—…’()" else f"#{ord(char)};" for char in text)


def _line(text: str) -> str:
    return "".join(char if char not in ";{}<>#%" else " " for char in text)


def _svg(board: ThemeMap) -> str:
    return svg(board.title, board.alt, board.nodes, board.ties)


ENDINGS: Mapping[str, Callable[[ThemeMap], str]] = {".dot": dot, ".mmd": mermaid, ".svg": _svg}


def draw(board: ThemeMap, suffix: str) -> bytes:
    """The map as the bytes of a file that ends in `suffix`, for instance '.svg'."""
    drawing = ENDINGS.get(suffix.lower())
    if drawing is None:
        what = f"as a file that ends in '{suffix}'" if suffix else "to a file without an ending"
        raise UsageError(f"The theme map can not be written {what}.", f"Known endings are: {', '.join(ENDINGS)}")
    return drawing(board).encode()
