"""Codes that overlap stay readable: pictures with none to six of them, in three widths, and styles in both themes."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest
from rich.segment import Segment
from textual.app import App, ComposeResult

from qualbench.tui.widgets.hues import CONTRAST, HUES, contrast, is_colour, readable
from qualbench.tui.widgets.marks import Mark, Row, legend
from qualbench.tui.widgets.transcript import TranscriptView

GOLDEN = Path(__file__).parent / "golden"
SAID = "When people first came to the clinic nobody asked them what they needed or why they came, and so they left."
CODES = [("A1", "Trust", "orange"), ("A2", "Waiting", "sky"), ("B1", "Being asked", "green"),
         ("B2", "Leaving", "yellow"), ("C1", "Needs", "blue"), ("C2", "First contact", "#663399")]  # fmt: skip
WORDS = ["people first came to the clinic", "to the clinic nobody asked", "asked them what they needed or why",
         "the clinic nobody asked them", "nobody asked them what they needed", SAID]  # fmt: skip


def overlapping(count: int) -> Row:
    marks = []
    for (key, label, colour), words in zip(CODES[:count], WORDS, strict=False):
        start = SAID.index(words)
        marks.append(Mark(start, start + len(words), key, label, key.lower(), colour))
    return Row(0, len(SAID), SAID, f"P{count}", True, True, "coded" if count else "", tuple(marks))


class Overlaps(App[None]):
    def __init__(self, rows: list[Row], theme: str = "textual-dark") -> None:
        super().__init__()
        self.rows, self.wanted = rows, theme

    def compose(self) -> ComposeResult:
        yield TranscriptView()

    def on_mount(self) -> None:
        self.theme = self.wanted
        self.view.load(self.rows)
        self.view.focus()

    @property
    def view(self) -> TranscriptView:
        return self.query_one(TranscriptView)

    def lines(self) -> list[str]:
        return ["".join(piece.text for piece in line) for line in self.screen._compositor.render_strips()]

    def pieces(self) -> list[Segment]:
        return [piece for line in self.screen._compositor.render_strips() for piece in line]


@pytest.mark.parametrize("width", [60, 80, 140])
async def test_none_to_six_overlapping_codes_as_they_were_looked_at(width: int) -> None:
    app = Overlaps([overlapping(count) for count in range(7)])
    async with app.run_test(size=(width, 30)) as pilot:
        await pilot.pause()
        text = "\n".join(re.sub(r"[▁▂▃▄▅▆▇█ ]+$", "", line) for line in app.lines()).rstrip() + "\n"
    golden = GOLDEN / f"overlaps-{width}.txt"
    if os.environ.get("QUALBENCH_ACCEPT"):
        golden.write_text(text)
    assert text == golden.read_text()


@pytest.mark.parametrize("width", [60, 80, 140])
@pytest.mark.parametrize("count", range(7))
async def test_every_code_has_its_key_or_is_counted(width: int, count: int) -> None:
    app = Overlaps([overlapping(count)])
    async with app.run_test(size=(width, 30)) as pilot:
        await pilot.pause()
        drawn = " ".join(line[: width - 28] if width >= 110 else line for line in app.lines())
        keys = [key for key, *_ in CODES if key in drawn]
        assert all(drawn.count(key) == 1 for key in keys)
        assert len(keys) == count or ("+" in drawn and len(keys) >= 3 and count > 4)


@pytest.mark.parametrize("theme", ["textual-dark", "textual-light"])
async def test_a_hue_is_on_stripes_and_keys_only_and_readable_there(theme: str) -> None:
    app = Overlaps([overlapping(4), overlapping(6)], theme)
    async with app.run_test(size=(140, 30)) as pilot:
        await pilot.pause()
        view = app.view
        plain = {view._ink(at_cursor).words.color for at_cursor in (False, True)}
        keys = [key for key, *_ in CODES]
        seen = set()
        for row, behind in ((0, view._ink(True).background), (1, view._ink(False).background)):
            for piece in (piece for strip in view._strips(row) for piece in strip):
                assert piece.style
                assert piece.style.color
                if piece.text.strip() in (*keys, "┃", "╹"):
                    colour = piece.style.color.get_truecolor()
                    assert contrast((colour.red, colour.green, colour.blue), _rgb(behind)) >= CONTRAST
                    seen.add(piece.style.color)
                elif any(word in piece.text for word in ("nobody", "asked", "clinic", "needed")):
                    assert piece.style.color in plain
        assert len(seen) >= 4


@pytest.mark.parametrize("theme", ["textual-dark", "textual-light"])
async def test_one_code_is_lit_and_no_other_and_its_words_stay_readable(theme: str) -> None:
    app = Overlaps([overlapping(0), overlapping(3)], theme)
    async with app.run_test(size=(60, 30)) as pilot:
        await pilot.pause()
        before = [(piece.text, piece.style) for piece in app.pieces()]
        behind = app.view._ink(False).background
        app.view.show_code("a2")
        await pilot.pause()
        lit = [piece for piece in app.pieces() if piece.style and piece.style.italic]
        assert " ".join("".join(piece.text for piece in lit).split()) == "to the clinicnobody asked"
        for piece in lit:
            assert piece.style
            assert piece.style.color
            assert piece.style.bgcolor
            words, under = piece.style.color.get_truecolor(), piece.style.bgcolor.get_truecolor()
            assert under.hex != behind
            assert contrast((words.red, words.green, words.blue), (under.red, under.green, under.blue)) >= CONTRAST
        assert [line[51:59].strip() for line in app.lines()[3:6]] == ["A1A2", "B1█", "╹"]
        assert app.view.shown_code == "a2"
        app.view.show_code(None)
        await pilot.pause()
        assert [(piece.text, piece.style) for piece in app.pieces()] == before


async def test_a_code_over_several_rows_is_named_on_each_and_ends_once() -> None:
    tall = "word " * 30
    over = [
        Row(0, 150, tall, "P1", True, True, "coded", (Mark(60, 150, "A1", "Trust", "a", goes_on=True),)),
        Row(150, 300, tall, "P1", False, True, "coded", (Mark(0, 150, "A1", "Trust", "a", "", True, True),)),
        Row(300, 450, tall, "P1", False, True, "coded", (Mark(0, 150, "A1", "Trust", "a", went_on=True),)),
    ]
    app = Overlaps(over)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        gutter = [line[71:79].strip() for line in app.lines() if line.strip()]
        assert gutter == ["", "A1", "┃", "A1", "┃", "┃", "A1", "┃", "╹"]


async def test_the_legend_names_what_is_in_the_window() -> None:
    app = Overlaps([overlapping(2), *[overlapping(0)] * 40, overlapping(4)])
    async with app.run_test(size=(80, 10)) as pilot:
        await pilot.pause()
        assert [(key, label) for key, label, _ in app.view.legend()] == [("A1", "Trust"), ("A2", "Waiting")]
        assert all(re.fullmatch("#[0-9a-f]{6}", colour) for *_, colour in app.view.legend())
        app.view.to_last()
        await pilot.pause()
        assert [key for key, *_ in app.view.legend()] == ["A1", "A2", "B1", "B2"]
    assert legend([overlapping(3), overlapping(2)]) == CODES[:3]


# --- colours ------------------------------------------------------------------------------------------------------


def _rgb(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


@pytest.mark.parametrize("background", ["#000000", "#121212", "#1e1e1e", "#e0e0e0", "#f5f5f5", "#ffffff", "#808080"])
def test_every_hue_is_readable_on_every_background(background: str) -> None:
    made = [readable(colour, background) for colour in (*HUES, "#000000", "#ffffff", "rebeccapurple")]
    assert all(contrast(_rgb(colour), _rgb(background)) >= CONTRAST for colour in made)


@pytest.mark.parametrize("background", ["#121212", "#e0e0e0", "#ffffff"])
def test_the_hues_stay_different_from_one_another(background: str) -> None:
    made = [_rgb(readable(colour, background)) for colour in HUES]
    apart = [sum(abs(a - b) for a, b in zip(one, other, strict=True)) for one in made for other in made if one != other]
    assert len(set(made)) == len(HUES)
    assert min(apart) > 30


def test_contrast_is_that_of_the_standard() -> None:
    """WCAG 2.2: black on white is 21:1; #777777 on white is 4.48:1, the known near miss."""
    assert contrast((0, 0, 0), (255, 255, 255)) == pytest.approx(21)
    assert contrast((0x77, 0x77, 0x77), (255, 255, 255)) == pytest.approx(4.48, abs=0.005)


def test_what_names_a_colour() -> None:
    named = ("orange", " Sky ", "#abc", "#AABBCC", "red")
    assert [is_colour(words) for words in named] == [True] * 5
    assert [is_colour(words) for words in ("", "like the sea", "#12", "auto", "[red]", "\x1b[31m")] == [False] * 6
