"""The audit trail on the screen: every key of it, blind where coding is blind, and how a theme came about."""

from __future__ import annotations

from pathlib import Path

import pytest

from qualbench.model import ThemeState
from qualbench.project import Project
from qualbench.tui.dialogs.page import Page
from tests.conftest import code, spans
from tests.tui.conftest import SIZES, Person, press, screen_text, type_words


@pytest.fixture
def built(study: Project) -> Project:
    """talk, coded by both, with a theme that went through two states; ana looks at it."""
    for coder in ("ana", "ben"):
        code(study, coder, ["TRUST", "HOPE", "", ""])
    study.viewer = "ana"
    study.create_theme("What holds")
    study.gather_codes(study.themes()[0], ["TRUST"])
    study.pick_quote(study.themes()[0], "talk", *spans(study)[0])
    study.state_theme(study.themes()[0], ThemeState.EXTRACTS, "The extracts fit.")
    study.create_theme("Passing")
    study.drop_theme(study.theme("Passing"), "Too thin.")
    return study


@pytest.mark.parametrize("size", SIZES, ids=str)
async def test_lines_are_opened_filtered_and_found(built: Project, person: Person, size: tuple[int, int]) -> None:
    async with person(built, size=size) as pilot:
        await press(pilot, "h")
        text = screen_text(pilot)
        assert "Audit trail  newest first" in text
        assert "dropped the theme 'Passing' - Too thin." in text
        assert ("reconstruction" in text) == (size[0] > 100)
        await press(pilot, "j", "j", "enter")
        assert isinstance(pilot.app.screen, Page)
        text = " ".join(screen_text(pilot).replace("│", " ").split())
        assert "took 'What holds' to the state: held against its extracts." in text
        assert "Why: The extracts fit." in text
        await press(pilot, "escape", "c", "4")
        assert "only: reconstruction and synthesis · 6 lines here" in screen_text(pilot)
        await press(pilot, "a", "p", "2")
        assert "by ana" in screen_text(pilot)
        await press(pilot, "a", "slash")
        await type_words(pilot, "hope")
        await press(pilot, "enter")
        text = screen_text(pilot)
        assert "with: hope · 2 lines here" in text
        await press(pilot, "o", "2")
        assert "about Hope" in screen_text(pilot)
        await press(pilot, "slash", *["backspace"] * 4, "z", "enter")
        assert "Nothing here. Press a for everything" in screen_text(pilot)
        await press(pilot, "a", "t")
        assert "▸What holds" in screen_text(pilot)
        assert "Passing" in screen_text(pilot)
        await press(pilot, "enter")
        text = screen_text(pilot)
        assert "how 'What holds' came about, oldest first" in text
        assert text.index("used Trust for the first time") < text.index("gathered Trust under 'What holds'")
        assert "Hope" not in text
        await press(pilot, "t")
        assert "newest first" in screen_text(pilot)


async def test_it_goes_to_the_things_and_writes_files(built: Project, person: Person) -> None:
    async with person(built, screen="trail") as pilot:
        await press(pilot, "w", *["backspace"] * 4, *"txt", "enter")
        written = Path(built.folder / "exports" / "trail.txt")
        assert "took 'What holds' to the state" in written.read_text("utf-8")
        await press(pilot, "j", "j", "j", "g", "2")
        assert "how 'What holds' came about" in screen_text(pilot)
        await press(pilot, "a", "j", "j", "j", "g", "1")
        assert "Trust" in screen_text(pilot).split("\n", 2)[1] or "talk" in screen_text(pilot).split("\n")[0]


async def test_pages_go_back_and_forth(study: Project, person: Person) -> None:
    for n in range(130):
        study.create_theme(f"Number {n}")
    async with person(study, screen="trail") as pilot:
        assert "made the theme 'Number 129'" in screen_text(pilot)
        await press(pilot, "b")
        assert "100 lines here" in screen_text(pilot)
        await press(pilot, "n")
        assert "made the theme 'Number 29'" in screen_text(pilot)
        await press(pilot, "n", "b")
        assert "made the theme 'Number 129'" in screen_text(pilot)


async def test_of_a_blind_pass_only_that_there_is_one(study: Project, person: Person) -> None:
    code(study, "ben", ["TRUST", "HOPE+FEAR", "", ""], submit=False)
    study.viewer = "ana"
    async with person(study, screen="trail", size=(140, 45)) as pilot:
        text = screen_text(pilot)
        assert "coded in talk" in text
        assert [text.count(what) for what in ("coded", "began to code talk")] == [1, 1]
        assert not any(word in text for word in ("Trust", "Hope", "Fear", "TRUST", "nothing applies"))
        await press(pilot, "enter")
        assert "is not shown before it is opened to you" in " ".join(screen_text(pilot).replace("│", " ").split())
