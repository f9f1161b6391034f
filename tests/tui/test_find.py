"""Find: a query from anywhere, results with their words, and the place one key away."""

from __future__ import annotations

import pytest
from textual import events

from qualbench.project import Project
from qualbench.tui.screens.coding import Coding
from qualbench.tui.screens.find import first_place
from tests.conftest import add_interview
from tests.tui.conftest import SIZES, Person, press, screen_text, type_words, until


@pytest.mark.parametrize("screen", ["home", "coding", "find"])
async def test_slash_asks_and_shows_what_holds_the_words(study: Project, person: Person, screen: str) -> None:
    async with person(study, screen=screen) as pilot:
        await press(pilot, "slash")
        await type_words(pilot, "afraid")
        await press(pilot, "enter")
        page = screen_text(pilot)
    assert "Find: afraid" in page
    assert "1 turn" in page
    assert "Were you afraid?" in page


@pytest.mark.parametrize("size", SIZES, ids=str)
async def test_a_result_opens_at_its_place(study: Project, person: Person, size: tuple[int, int]) -> None:
    add_interview(study, "other.txt", "I: Well?\nP2: Nothing.\nI: And?\nP2: Every day of the week.\n")
    async with person(study, size=size) as pilot:
        await press(pilot, "slash")
        await type_words(pilot, "every day")
        await press(pilot, "enter")
        lines = [line for line in screen_text(pilot).splitlines() if "Every day" in line]
        assert [line[1:].split()[:3] for line in lines] == [["talk", "6", "P1"], ["other", "4", "P2"]]
        await press(pilot, "j", "enter")
        assert isinstance(pilot.app.screen, Coding)
        assert "other" in screen_text(pilot).splitlines()[0]
        assert ["▸", "P2", "Every", "day"] in [line.split()[:4] for line in screen_text(pilot).splitlines()]
        await press(pilot, "escape")
        assert "Find: every day" in screen_text(pilot)
    assert study.passes() == (), "looking at a place begins nothing"


async def test_filters_narrow_it_down(study: Project, person: Person) -> None:
    async with person(study) as pilot:
        await press(pilot, "slash", "r", "o", "l", "e", "colon")
        await type_words(pilot, "interviewer")
        await press(pilot, "enter")
        assert "4 turns" in screen_text(pilot)
        await press(pilot, "slash", "ctrl+u", "x", "colon", "y", "enter")
        assert "There is no filter called 'x'." in screen_text(pilot)
        await press(pilot, "slash", "ctrl+u")
        await type_words(pilot, "nobody said this")
        await press(pilot, "enter", "enter")
        assert "0 turns" in screen_text(pilot)


async def test_word_forms_are_found_when_they_are_wanted(study: Project, person: Person) -> None:
    """'get' is never said; 'got' is."""
    async with person(study) as pilot:
        await press(pilot, "slash", "g", "e", "t", "enter")
        assert "0 turns" in screen_text(pilot)
        await press(pilot, "l")
        await pilot.app.workers.wait_for_complete()
        await pilot.pause()
        page = screen_text(pilot)
        assert "1 turn · every form of a word" in page
        assert "Then it got better, slowly." in page
        await press(pilot, "l")
        assert "0 turns" in screen_text(pilot)
        await press(pilot, "l")
        assert "1 turn " in screen_text(pilot)


async def test_letters_typed_ahead_are_the_query_and_no_commands(study: Project, person: Person) -> None:
    async with person(study) as pilot:
        for key in ("slash", "a", "f", "r", "a", "i", "d", "enter"):
            pilot.app.post_message(events.Key(key, key if len(key) == 1 else None))
        await until(pilot, lambda: "Find: afraid" in screen_text(pilot))


async def test_what_is_said_of_a_wrong_filter_is_not_cut(study: Project, person: Person) -> None:
    async with person(study) as pilot:
        await press(pilot, "slash", "x", "colon", "y", "enter")
        said = " ".join(screen_text(pilot).split())
    assert "There is no filter called 'x'." in said
    assert "put them into quotes" in said


async def test_words_that_go_on_end_in_dots(study: Project, person: Person) -> None:
    add_interview(study, "long.txt", "I: Well?\nP2: Rain " + "and more rain " * 40 + ".\nI: And?\nP2: No.\n")
    async with person(study) as pilot:
        await press(pilot, "slash")
        await type_words(pilot, "rain")
        await press(pilot, "enter")
        (line,) = (line for line in screen_text(pilot).splitlines() if "Rain" in line)
    assert line.endswith("…")


def test_the_word_that_is_shown_is_the_one_that_was_looked_for() -> None:
    assert first_place("Zoë was there.", {"zoe"}) == (0, 3)
    assert first_place("Nobody.", {"zoe"}) == (0, 0)
