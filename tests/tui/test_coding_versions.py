"""A later version of the codebook, passes that take no key, and odd transcripts, on the coding screen."""

from __future__ import annotations

from pathlib import Path

import pytest

from qualbench.model import Change
from qualbench.project import Project
from qualbench.tui.screens.coding import Coding
from tests.conftest import BOOK, INTERVIEW, add_interview, code
from tests.tui.at_coding import FIRST, SECOND, THIRD, below, heading, nothings, page, stands
from tests.tui.conftest import SIZES, Person, press, screen_text

# --- a later version of the codebook ---------------------------------------------------------------------------------


@pytest.fixture
def released(study: Project) -> Project:
    """Ana coded trust, trust, fear under 1.0, and 2.0 narrows trust and splits fear; her pass is open."""
    code(study, "ana", ["TRUST", "TRUST", "FEAR", ""], submit=False)
    study.split_code("FEAR", ["Fear for oneself", "Fear for others"])
    study.draft_code("TRUST", definition="They trust each other for a reason.")
    study.release_draft(changes={"TRUST": Change.NARROWED}, incomplete=True)
    return study


async def test_looking_again_after_a_new_version(released: Project, person: Person) -> None:
    """Going on with the version is asked; then each place: keep, none, a part of the split code, another code."""
    async with person(released, screen="coding") as pilot:
        assert "3 to look at again (d)" in heading(pilot)
        await press(pilot, "U")
        assert "Your pass is under version 1.0 of the codebook. Go on with 2.0?" in page(pilot)
        await press(pilot, "1", "f", "6")
        assert "only to look at again: 3" in heading(pilot)
        await press(pilot, "g", "d")
        assert "Version 2.0: Trust was narrowed. (3 segments to look at again)" in page(pilot)
        assert "1 Trust stands here 2 Trust does not stand here 3 Another code stands here instead" in page(pilot)
        assert below(pilot)[0].startswith("2/8")
        await press(pilot, "1")
        assert "(2 segments to look at again)" in page(pilot)
        await press(pilot, "3", *"hope", "enter")
        assert "Version 2.0: Fear was split. (1 segment to look at again)" in page(pilot)
        assert "1 Fear for oneself 2 Fear for others 3 Fear does not stand here 4 Another" in page(pilot)
        await press(pilot, "2")
        assert "to look at again (d)" not in heading(pilot)
        await press(pilot, "d", "U")
        assert "Go on with" not in page(pilot)
    assert stands(released) == [f"{FIRST} = Trust", f"{SECOND} = Hope", f"{THIRD} = Fear for others"]
    assert released.debts() == ()


async def test_what_no_longer_stands_comes_back_with_undo(released: Project, person: Person) -> None:
    released.update_pass("talk")
    async with person(released, screen="coding") as pilot:
        await press(pilot, "d", "2", "escape")
        assert stands(released) == [f"{SECOND} = Trust", f"{THIRD} = Fear"]
        assert "3 of 4 decided" in heading(pilot)
        await press(pilot, "u")
        assert "Undone: a segment looked at again." in page(pilot)
        assert "3 to look at again (d)" in heading(pilot)
    assert stands(released) == [f"{FIRST} = Trust", f"{SECOND} = Trust", f"{THIRD} = Fear"]


# --- what is not allowed ---------------------------------------------------------------------------------------------

WRITES = ["c", "n", "1", "full_stop", "x", "u", "r", "C", "w", "a", "v", "m", "y", "z", "s", "U", "d"]


async def test_a_submitted_pass_takes_no_key(study: Project, person: Person) -> None:
    code(study, "ana", ["TRUST", "HOPE", "FEAR", ""])
    before = (stands(study), nothings(study), study.memos())
    async with person(study, screen="coding") as pilot:
        assert "submitted: it never changes" in heading(pilot)
        for key in WRITES:
            await press(pilot, "g", "j", key)
            assert isinstance(pilot.app.screen, Coding)
        assert "codes:" not in page(pilot)
    assert (stands(study), nothings(study), study.memos()) == before


async def test_reading_only_takes_no_key(study: Project, tmp_path: Path, person: Person) -> None:
    code(study, "ana", ["TRUST", "HOPE", "FEAR", ""], submit=False)
    before = (stands(study), nothings(study), study.favourites(), study.suggesting())
    study.close()
    with Project.open(tmp_path / "study", "ana") as looking:
        async with person(looking, screen="coding") as pilot:
            for key in [*WRITES, "p", "asterisk"]:
                await press(pilot, "g", "j", key)
                assert isinstance(pilot.app.screen, Coding)
                await press(pilot, "g")
            assert "codes:" not in page(pilot)
        assert (stands(looking), nothings(looking), looking.favourites(), looking.suggesting()) == before


async def test_reading_all_of_it_and_coding_nothing_is_a_pass_too(study: Project, person: Person) -> None:
    async with person(study, screen="coding") as pilot:
        await press(pilot, "s", "2")
        assert "Submitted." in page(pilot)
        assert "submitted: it never changes" in heading(pilot)
    assert stands(study) == []


# --- odd transcripts -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("size", SIZES, ids=str)
async def test_hostile_labels_and_words_are_only_words(tmp_path: Path, person: Person, size: tuple[int, int]) -> None:
    book = BOOK.replace("label: Trust", 'label: "[/x] [red]Trust"').replace("They trust each other.", '"[/y]"')
    talk = INTERVIEW.replace("I trusted", "\x1b[31m[/z] I trusted").replace("slowly", "[@click=app.exit]\u202eslowly")
    with Project.create(tmp_path / "study", viewer="ana") as study:
        study.release_codebook("book.yaml", book)
        add_interview(study, "talk.txt", talk)
        async with person(study, screen="coding", size=size) as pilot:
            texts = []
            for key in ["c", *"[/x]", "enter", "shift+right", "v", "enter", "l", "escape", "o", "h", "escape", "x",
                        "escape", "C", "1", "escape", "asterisk", "enter", "escape", "f", "3", *"[/x]", "enter",
                        "escape", "e", "escape", "t", "escape", "m", "[", "slash", "x", "]", "ctrl+s"]:  # fmt: skip
                await press(
                    pilot, {"[": "left_square_bracket", "]": "right_square_bracket", "/": "slash"}.get(key, key)
                )
                texts.append(screen_text(pilot))
            assert pilot.app.is_running
            assert all("\x1b" not in text and "\u202e" not in text for text in texts)
            assert any("[/x] [red]Trust" in text for text in texts)
        assert [memo.body for memo in study.memos()] == ["[/x]"]


async def test_a_transcript_of_one_segment(study: Project, person: Person) -> None:
    add_interview(study, "one.txt", "All of it.\n")
    async with person(study, screen="coding", transcript="one") as pilot:
        await press(pilot, "shift+down", "j", "k", "tab", "shift+tab", "pagedown", "c", *"fear", "enter")
        assert "1 of 1 decided" in heading(pilot)
        await press(pilot, "s", "1")
    assert stands(study, "one") == ["All of it. = Fear"]
