"""The theme map: the same board as DOT, Mermaid and SVG, safe whatever it is called."""

from __future__ import annotations

import shutil
import subprocess

import pytest
from lxml import etree

from qualbench.errors import UsageError
from qualbench.model import Theme, ThemeState
from qualbench.steps import themes
from qualbench.steps.themes import Overlap, ThemeMap

NASTY = 'a"b]c</text><script>x</script>&amp; \x1b[2J {d} \\n; 漢字 e\u0301 '
BOARD = (
    Theme("a", "Lent", "", ("HELP",), state=ThemeState.DEFINED),
    Theme("a1", "Kept", "", ("KEEP", "COAT"), parent="a"),
    Theme("b", "Rain", "", ()),
)
LABELS = {"HELP": "Help", "KEEP": "Keeping", "COAT": "Coats"}
CLOSE, FAR = Overlap("a", "b", 3, 6, 9, ()), Overlap("a1", "b", 1, 20, 30, ())


def board(**more: object) -> ThemeMap:
    return themes.theme_map("Rain", BOARD, LABELS, [CLOSE, FAR], **more)  # type: ignore[arg-type]  # one bool


def drawn(made: ThemeMap, suffix: str) -> str:
    return themes.draw(made, suffix).decode()


def test_only_close_themes_are_tied() -> None:
    """c = 3 / (6 + 9 - 3) = 0.25 is drawn; c = 1 / (20 + 30 - 1) = 0.02 is not."""
    assert [(tie.first, tie.second, tie.label) for tie in board().ties] == [("t-a", "t-b", "3")]
    assert [tie.label for tie in board(counts=False).ties] == [""]


def test_the_map_in_words_names_every_theme_with_its_codes() -> None:
    assert board().alt == (
        "Rain. 3 themes. Lent (defined): Help. Kept, under Lent (candidate): Keeping, Coats. "
        "Rain (candidate): no codes. Lent and Rain share segments."
    )


def test_dot_has_a_node_for_everything_and_an_edge_for_every_place() -> None:
    text = drawn(board(), ".dot")
    assert text.count("shape=box") == 6
    assert [line.strip() for line in text.splitlines() if " -- " in line and "dashed" not in line] == [
        "n0 -- n1;", "n0 -- n2;", "n2 -- n3;", "n2 -- n4;",
    ]  # fmt: skip
    assert 'n0 -- n5 [style=dashed, constraint=false, label="3"];' in text


def test_mermaid_has_the_same() -> None:
    text = drawn(board(), ".mmd")
    assert text.startswith("flowchart LR\n")
    assert '  n2["Kept<br>candidate"]' in text
    assert "  n2 --- n3\n" in text
    assert '  n0 -.-|"3"| n5\n' in text


def test_svg_has_a_title_a_description_and_every_name() -> None:
    root = etree.fromstring(themes.draw(board(), ".svg"))
    name = "{http://www.w3.org/2000/svg}"
    assert root.get("role") == "img"
    assert root.findtext(f"{name}desc") == board().alt
    texts = [one.text for one in root.iter(f"{name}text")]
    assert set(texts) >= {"Lent", "Help", "Kept", "Keeping", "Coats", "Rain", "defined", "candidate", "3"}


def test_no_two_boxes_of_the_svg_stand_on_one_another() -> None:
    many = tuple(
        Theme(f"t{n}", f"Theme {n} " + "with a long name " * (n % 4), "", (f"C{n}", f"D{n}")) for n in range(9)
    )
    under = tuple(Theme(f"u{n}", f"Under {n}", "", (), parent=f"t{n}") for n in range(0, 9, 2))
    root = etree.fromstring(themes.draw(themes.theme_map("Many", (*many, *under), {}), ".svg"))
    boxes = [
        tuple(int(one.get(key)) for key in ("x", "y", "width", "height"))
        for one in root.iter("{http://www.w3.org/2000/svg}rect") if one.get("x")
    ]  # fmt: skip
    assert len(boxes) == 9 + 18 + 5
    for number, (x, y, wide, high) in enumerate(boxes):
        assert x + wide <= int(root.get("width"))
        assert y + high <= int(root.get("height"))
        for left, top, width, height in boxes[number + 1 :]:
            assert x + wide <= left or left + width <= x or y + high <= top or top + height <= y


@pytest.mark.parametrize("suffix", [".dot", ".mmd", ".svg"])
def test_hostile_names_are_only_names(suffix: str) -> None:
    made = themes.theme_map(NASTY, [Theme("a", NASTY, "", ("X",)), Theme("b", "x" * 5000, "", ())], {"X": NASTY})
    text = drawn(made, suffix)
    assert "\x1b" not in text
    assert suffix == ".dot" or "<script>" not in text  # in quotes, DOT has no tags
    if suffix == ".svg":
        assert len(list(etree.fromstring(text.encode()).iter("{http://www.w3.org/2000/svg}script"))) == 0


@pytest.mark.skipif(shutil.which("dot") is None, reason="Graphviz is not here")
def test_graphviz_reads_the_map() -> None:
    for made in (board(), themes.theme_map(NASTY, [Theme("a", NASTY, "", ())], {})):
        subprocess.run(["dot", "-Tsvg"], input=themes.draw(made, ".dot"), check=True, capture_output=True)


def test_an_empty_board_is_drawn_and_an_unknown_ending_refused() -> None:
    assert b"0 themes" in themes.draw(themes.theme_map("Rain", (), {}), ".svg")
    with pytest.raises(UsageError, match=r"\.png"):
        themes.draw(board(), ".png")
