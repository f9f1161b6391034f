"""Figures: the numbers stand in the picture, it reads in grey and without red and green, and is the same twice."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any
from xml.etree import ElementTree

import numpy as np
import pytest

from qualbench.formats.drawing import BLUE, ORANGE
from qualbench.steps.pack import tracing
from qualbench.steps.pack.figures import LIGHT, Bar, Curve, Figure, Heat, bars, curve, heat_map
from qualbench.steps.themes import drawn
from tests.steps.pack.conftest import HOSTILE, read

SVG = "{http://www.w3.org/2000/svg}"
DATA = [("", "A"), ("x", "1")]
CELLS = ((0.0, 5.0, 10.0), (3.0, 7.0, 1.0))


def words(svg: bytes) -> list[str]:
    return ["".join(one.itertext()) for one in ElementTree.fromstring(svg).iter(f"{SVG}text")]


def pixels(png: bytes) -> Any:
    from PIL import Image

    return np.asarray(Image.open(io.BytesIO(png)).convert("RGB"), dtype=float) / 255


def luminance(colour: Sequence[float]) -> float:
    """Relative luminance of sRGB, 0 to 1 (WCAG 2)."""
    linear = [one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in colour]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: float, other: float) -> float:
    """Contrast of two luminances, 1 to 21 (WCAG 2)."""
    return (max(one, other) + 0.05) / (min(one, other) + 0.05)


def hexed(colour: str) -> list[float]:
    return [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]


def heat() -> Figure:
    shown = Heat(("Trust", "=Hope"), ("P1", "P2", "P3"), CELLS, "Segments")
    return heat_map("heat", "Codes by participants", shown, data=DATA, alt="In words.")


@pytest.fixture(scope="module")
def saturation() -> Figure:
    made = Curve(("one", "two", "three"), (14, 2, 0), (14, 16, 16), reached=2)
    return curve("saturation", "New codes", made, data=DATA, alt="In words.")


@pytest.fixture(scope="module")
def heated() -> Figure:
    return heat()


def test_every_cell_has_its_number_and_labels_are_words(heated: Figure) -> None:
    said = words(heated.svg)
    for number in ("0", "1", "3", "5", "7", "10"):
        assert number in said
    assert {"Trust", "=Hope", "P1", "Codes by participants"} <= set(said)


def test_a_heat_map_stays_in_order_when_it_is_printed_in_grey(heated: Figure) -> None:
    """The corner of each cell, away from its number, gets lighter as the number grows."""
    from matplotlib import colormaps

    scale = colormaps["cividis"]
    light = [luminance(scale(cell / 10)[:3]) for cell in sorted(cell for line in CELLS for cell in line)]
    assert light == sorted(light)
    picture = pixels(heated.png)
    for cell in (0.0, 10.0):
        wanted = np.array(scale(cell / 10)[:3])
        assert (np.abs(picture - wanted).max(axis=2) < 0.01).sum() > 1_000, "the colour is really on the page"


@pytest.mark.parametrize("share", [step / 20 for step in range(21)])
def test_numbers_stand_out_from_their_cells(share: float) -> None:
    from matplotlib import colormaps

    ink = 0.0 if share > LIGHT else 1.0
    assert contrast(luminance(colormaps["cividis"](share)[:3]), ink) >= 4.5, "WCAG 2 AA"


# Machado, Oliveira & Fernandes 2009, severity 1.0
BLIND = {
    "protanopia": [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
    "deuteranopia": [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]],
    "tritanopia": [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]],
}


@pytest.mark.parametrize("eye", BLIND)
def test_the_two_colours_differ_for_every_eye(eye: str) -> None:
    seen = [np.array(BLIND[eye]) @ np.array(hexed(colour)) for colour in (BLUE, ORANGE)]
    assert np.linalg.norm(seen[0] - seen[1]) > 0.3


def test_the_curve_is_told_apart_by_more_than_colour(saturation: Figure) -> None:
    assert b"<pattern" in saturation.svg, "new codes are hatched"
    assert saturation.svg.count(b"<use ") >= 3, "the line has marks"
    said = words(saturation.svg)
    assert {"new codes", "codes so far", "reached", "14", "16", "2"} <= set(said)


def test_bars_have_their_numbers_at_the_end() -> None:
    found = [Bar("Trust", 5, 9, "5 (55.6%)"), Bar("Hope", 1, 9, "1 (11.1%)")]
    said = [one.strip() for one in words(bars("bars", "Participants", found, data=DATA, alt="a").svg)]
    assert {"Trust", "5 (55.6%)", "1 (11.1%)", "Participants (of 9)"} <= set(said)


def test_of_codes_by_codes_the_lower_half_is_drawn_and_presence_has_no_number() -> None:
    cells = ((1.0, 0.25, 0.0), (0.25, 1.0, 0.5), (0.0, 0.5, 1.0))
    square = Heat(("A", "B", "C"), ("A", "B", "C"), cells, "c", is_share=True, is_square=True)
    said = words(heat_map("co", "Together", square, data=DATA, alt="a").svg)
    assert (said.count("0.25"), said.count("A"), said.count("C")) == (2, 1, 1), "once in a cell, once beside the scale"
    present = Heat(("A",), ("P1", "P2"), ((1.0, 0.0),), "", is_presence=True)
    assert {"x", "·"} <= set(words(heat_map("p", "Where", present, data=DATA, alt="a").svg))


def test_pictures_have_300_dots_to_the_inch_and_their_words_inside(heated: Figure) -> None:
    from PIL import Image

    assert Image.open(io.BytesIO(heated.png)).info["dpi"] == pytest.approx((300, 300), abs=0.1)
    assert b"In words." in heated.svg
    assert read(heated.csv) == [{"": "x", "A": "1"}]


def test_the_same_numbers_are_the_same_bytes(heated: Figure) -> None:
    again = heat()
    assert (again.svg, again.png) == (heated.svg, heated.png)


def test_hostile_labels_are_drawn_as_words() -> None:
    labels = tuple(HOSTILE.values())
    shown = Heat(labels, ("P1",), tuple((float(at),) for at in range(len(labels))), "Segments")
    made = heat_map("heat", HOSTILE["markup"], shown, data=[("", "P1"), *((one, "1") for one in labels)], alt="\x00")
    assert "- I said no." in words(made.svg)
    assert not [row for row in read(made.csv) if row[""].startswith(("=", "+", "-", "@"))]


def test_a_theme_map_is_traced_with_its_boxes_lines_and_words() -> None:
    nodes = [drawn.Node("t", "", "Trust", "defined"), drawn.Node("c", "t", "She was there", "", is_code=True)]
    svg = drawn.svg("Map", "In words", nodes, [])
    picture = pixels(tracing.png(svg.encode()))
    wide = int(ElementTree.fromstring(svg).get("width", "0"))
    assert picture.shape[1] == pytest.approx(wide / 96 * 300, rel=0.06), "as wide as the drawing, but for its margin"
    box = np.array(hexed("#e8eef4"))
    assert (np.abs(picture - box).max(axis=2) < 0.01).sum() > 10_000
    branch = np.array(hexed("#777777"))
    assert (np.abs(picture - branch).max(axis=2) < 0.03).sum() > 100
    assert tracing.png(svg.encode()) == tracing.png(svg.encode())


def test_a_map_higher_than_a_sheet_is_made_smaller() -> None:
    nodes = [drawn.Node(f"t{n}", "", f"Theme {n}", "") for n in range(300)]
    assert pixels(tracing.png(drawn.svg("Map", "alt", nodes, []).encode())).shape[0] <= 12_100
