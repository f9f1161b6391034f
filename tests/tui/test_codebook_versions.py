"""The codebook screen: versions and their differences, releasing, and what that asks of coders."""

from __future__ import annotations

from pathlib import Path

import pytest

from qualbench.model import Change
from qualbench.project import Project
from qualbench.steps.codebook.differences import word_differences
from qualbench.tui.screens.codebook import Codebook
from qualbench.tui.screens.codebook_marked import marked
from qualbench.tui.screens.codebook_release import Release
from qualbench.tui.screens.coding import Coding
from tests.conftest import code
from tests.tui.codebooks import answer, at, coded, words
from tests.tui.conftest import SIZES, Person, press, screen_text

__all__ = ["coded"]

# --- versions and differences --------------------------------------------------------------------------------------


def test_what_went_and_what_came_is_marked_without_colour() -> None:
    told = [
        marked(word_differences(*texts)).plain.rstrip()
        for texts in (
            ("Said twice today.", "Said once today."), ("Not for hope.", "Not for hope. Or luck."),
            ("x cat y", "x category y"), ("", "new"), ("gone", ""), ("a\nb", "a b"),
        )
    ]  # fmt: skip
    assert told == [
        "Said [-twice-] {+once+} today.", "Not for hope. {+Or luck.+}", "x [-cat-] {+category+} y", "{+new+}",
        "[-gone-]", "Only blanks or line ends are different.",
    ]  # fmt: skip


@pytest.fixture
def versions(study: Project) -> Project:
    """1.0, then 1.0.1 with trust said better, then a draft without fear."""
    study.draft_code("TRUST", definition="They rely on each other.")
    study.release_draft("1.0.1", {"TRUST": Change.WORDING}, notes={"TRUST": "clearer"})
    study.set_code_status("FEAR", "retired")
    return study


@pytest.mark.parametrize("size", SIZES, ids=str)
async def test_versions_say_who_when_and_what(versions: Project, person: Person, size: tuple[int, int]) -> None:
    async with person(versions, screen="codebook", size=size) as pilot:
        await press(pilot, "2")
        assert "nobody codes with it" in screen_text(pilot)
        await press(pilot, "j")
        page = words(pilot)
        assert "2026-01-05 ana" in page
        assert "Released 2026-01-05 09:00 by ana; it never changes." in page
        assert "Trust: its definition changed." in page
        await press(pilot, "tab", "j", "j", "j", "k", "tab")
        assert "Trust: wording only - clearer" in page or size[0] > 100 or "wording" in words(pilot)
        await press(pilot, "o")
        assert "from 1.0 to 1.0.1" in screen_text(pilot)
        assert "They [-trust-] {+rely on+} each other." in words(pilot)
        await press(pilot, "enter")
        assert at(pilot) == "TRUST"
        await press(pilot, "2", "end", "enter")
        assert "there is none before it" in screen_text(pilot)


async def test_any_two_versions_are_compared(versions: Project, person: Person) -> None:
    async with person(versions, screen="codebook") as pilot:
        await press(pilot, "3")
        assert "from 1.0.1 to draft" in screen_text(pilot)
        assert "~ Fear" in screen_text(pilot)
        await press(pilot, "d", *"1.0", "down", "up", "enter", "enter")
        assert "from 1.0 to draft" in screen_text(pilot)
        assert "~ Trust  definition" in screen_text(pilot)
        await press(pilot, "d", *"draft", "enter", *"1.0.1", "enter")
        assert "from draft to 1.0.1" in screen_text(pilot)
        await press(pilot, "v")
        assert "There is nothing to look at again" in screen_text(pilot)
        await press(pilot, "v", "v", "1")
        assert "Fear (retired)" in screen_text(pilot)


async def test_the_life_of_a_code_is_a_page(coded: Project, person: Person) -> None:
    coded.draft_code("TRUST", exclude="Not for luck.")
    async with person(coded, screen="codebook", size=(140, 45)) as pilot:
        await press(pilot, "b")
        page = words(pilot)
    assert "The life of Trust" in page
    assert "Version 1.0: Trust was added." in page
    assert "ana used it for the first time, in 'talk'." in page
    assert "in the draft Trust: when not to use it changed." in page


# --- releasing -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("size", SIZES, ids=str)
async def test_each_kind_says_what_it_asks_of_whom(coded: Project, person: Person, size: tuple[int, int]) -> None:
    """Ana has trust on two of four answers, Ben on two; each decided all four."""
    coded.draft_code("TRUST", definition="They rely on each other.")
    async with person(coded, screen="codebook", size=size) as pilot:
        await press(pilot, "R")
        assert isinstance(pilot.app.screen, Release)
        page = words(pilot)
        assert "1 change to be named" in page
        assert "nobody has to look at anything again" in page
        assert page.count("2 segments of yours, 2 of ben's") == 2
        await press(pilot, "R")
        assert "Say first what kind of change it was: 1 code left." in screen_text(pilot)
        await press(pilot, "w")
        assert "the draft as 1.0.1" in screen_text(pilot)
        await press(pilot, "d")
        assert "the draft as 2.0" in screen_text(pilot)
        await press(pilot, "n", "R")
        assert "Release version 2.0 for good?" in words(pilot)
        await press(pilot, "n")
        assert coded.codebook_versions() == ("1.0",)
        await press(pilot, "R", "y")
        assert "Version 2.0 is released. You have 2 segments to look at again (4)." in words(pilot)
        assert "2.0 is in force; nothing is drafted · 2 to look at again (4)" in screen_text(pilot)
    assert [(one.code, one.change) for one in coded.codebook().changes] == [("TRUST", Change.NARROWED)]
    assert len(coded.debts()) == 2


async def test_what_is_blind_is_not_counted(study: Project, person: Person) -> None:
    """Ben is not done, so Ana's screen says nothing of his codes, in no count either."""
    code(study, "ana", ["TRUST", "TRUST+HOPE", "", "FEAR"])
    code(study, "ben", ["TRUST", "TRUST", "TRUST", "TRUST"], submit=False)
    study.viewer = "ana"
    study.draft_code("TRUST", definition="They rely on each other.")
    async with person(study, screen="codebook", size=(140, 45)) as pilot:
        await press(pilot, "R")
        assert "2 segments of yours." in words(pilot)
        assert "ben" not in screen_text(pilot)
        await press(pilot, "escape", "b")
        assert "ben" not in screen_text(pilot)


async def test_what_is_missing_is_said_and_may_be_released_as_incomplete(study: Project, person: Person) -> None:
    study.add_code("Doubt")
    async with person(study, screen="codebook") as pilot:
        await press(pilot, "R")
        assert "It is not said when not to use: Doubt." in words(pilot)
        await press(pilot, "o")
        await answer(pilot, "first seen in talk")
        assert "first seen in talk" in words(pilot)
        await press(pilot, "v")
        await answer(pilot, "pilot 2")
        assert "the draft as pilot 2" in screen_text(pilot)
        await press(pilot, "w", "R")
        assert "Release it as incomplete" in words(pilot)
        await press(pilot, "y")
    book = study.codebook()
    assert book.version == "pilot 2"
    assert [(one.change, one.note) for one in book.changes] == [(Change.NEW, "first seen in talk")]
    assert "Released without saying when not to use: Doubt." in book.changelog[-1]


async def test_answers_stay_until_the_code_changes_again(study: Project, person: Person) -> None:
    study.draft_code("TRUST", definition="They rely on each other.")
    study.draft_code("HOPE", definition="They look ahead.")
    async with person(study, screen="codebook") as pilot:
        await press(pilot, "R", "w")
        assert at(pilot) == "HOPE", "the next that is not named"
        await press(pilot, "n", "escape", "R")
        assert "R releases it" in screen_text(pilot)
        await press(pilot, "escape", "home", "e", "d")
        await answer(pilot, "They count on others.", line=False)
        await press(pilot, "R", "tab", "j", "k", "tab", "j", "k")
        assert "1 change to be named" in screen_text(pilot)
        assert at(pilot) == "TRUST"


async def test_merged_and_retired_codes_say_what_follows(coded: Project, person: Person) -> None:
    coded.merge_codes(["HOPE"], "TRUST")
    coded.set_code_status("FEAR", "retired")
    async with person(coded, screen="codebook", size=(140, 45)) as pilot:
        await press(pilot, "R")
        assert "Its uses are read as Trust's from then on" in words(pilot)
        await press(pilot, "w", "end")
        assert "another code, or none. As far as you may know: 1 segment of yours." in words(pilot)
        await press(pilot, "n", "R", "y")
    assert {one.code: one.change for one in coded.codebook().changes} == {
        "HOPE": Change.MERGED, "FEAR": Change.RETIRED,
    }  # fmt: skip


async def test_debt_leads_to_the_text(coded: Project, person: Person) -> None:
    coded.draft_code("FEAR", definition="They are afraid.")
    coded.release_draft(changes={"FEAR": Change.NARROWED})
    async with person(coded, screen="codebook", size=(140, 45)) as pilot:
        await press(pilot, "4")
        assert "narrowed in 2.0" in screen_text(pilot)
        assert "talk: 1 segment" in words(pilot)
        await press(pilot, "b")
        assert "The life of Fear" in screen_text(pilot)
        await press(pilot, "escape", "o")
        assert isinstance(pilot.app.screen, Coding)
        assert "8/8  C1 Fear" in screen_text(pilot), "the last of eight segments, with its code"


async def test_a_first_version_is_made_from_nothing(tmp_path: Path, person: Person) -> None:
    with Project.create(tmp_path / "new", viewer="ana") as empty:
        async with person(empty, screen="codebook") as pilot:
            assert "nothing is released yet" in screen_text(pilot)
            assert "n makes the first one" in words(pilot)
            await press(pilot, "R")
            assert "The draft has no codes" in screen_text(pilot)
            await press(pilot, "d", "n")
            await answer(pilot, "Care")
            await press(pilot, "e", "n")
            await answer(pilot, "Not for money", line=False)
            await press(pilot, "R")
            assert "The first version asks nobody" in words(pilot)
            await press(pilot, "R", "y")
            assert "1.0 is in force; nothing is drafted" in screen_text(pilot)
            await press(pilot, "R")
            assert "nothing to release" in screen_text(pilot)
        assert empty.codebook().label("CARE") == "Care"


async def test_reading_only_reads_everything_and_writes_nothing(versions: Project, person: Person) -> None:
    before = versions.draft()
    versions.readonly_because = "process 7 on desk writes to it"
    async with person(versions, screen="codebook", size=(140, 45)) as pilot:
        for command in pilot.app.screen.commands:  # type: ignore[attr-defined]  # a StepScreen
            if command.writes:
                await press(pilot, *command.key.split(","))
                assert isinstance(pilot.app.screen, Codebook), command.id
        await press(pilot, "2", "j", "o")
        assert "from 1.0 to 1.0.1" in screen_text(pilot)
    assert versions.draft() == before
