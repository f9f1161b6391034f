"""The bar of a list: seen without colour, in a column of its own, and hollow where another list has the keys."""

from __future__ import annotations

import pytest

from qualbench.project import Project
from qualbench.tui.widgets.lines import HERE, WAITS
from tests.tui.conftest import SIZES, Person, press, screen_text


def signed(text: str, sign: str) -> list[str]:
    """The lines that begin with a sign."""
    return [line for line in text.splitlines() if line.startswith(sign)]


@pytest.mark.parametrize("size", SIZES, ids=str)
@pytest.mark.parametrize("screen", ["home", "agreement", "participants", "find"])
async def test_one_line_has_the_sign_and_it_goes_with_the_bar(
    demo: Project, person: Person, screen: str, size: tuple[int, int]
) -> None:
    async with person(demo, screen="home" if screen == "find" else screen, size=size) as pilot:
        if screen == "find":
            await press(pilot, "slash", *"peer", "enter")
        (first,) = signed(screen_text(pilot), HERE)
        await press(pilot, "j")
        (second,) = signed(screen_text(pilot), HERE)
        assert second[1:] != first[1:]
        assert f" {first[1:]}" in screen_text(pilot), "no text moves when the bar does"
        await press(pilot, "k")
        assert signed(screen_text(pilot), HERE) == [first]


async def test_the_list_without_the_keys_has_a_hollow_sign(demo: Project, person: Person) -> None:
    async with person(demo, screen="themes") as pilot:
        await press(pilot, "j")
        board, side = screen_text(pilot).split("▔", 1)
        assert HERE in board
        assert WAITS in side
        await press(pilot, "tab")
        board, side = screen_text(pilot).split("▔", 1)
        assert WAITS in board
        assert HERE in side
