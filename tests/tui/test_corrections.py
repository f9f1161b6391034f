"""The corrections screen: doubtful places with their words now and before, each worked off with a key."""

from __future__ import annotations

import re

import pytest
from textual.widgets import Static

from qualbench.project import Project
from qualbench.tui.screens.coding import Coding
from tests.conftest import add_interview, code, spans
from tests.tui.conftest import SIZES, Person, press, screen_text, type_words


@pytest.fixture
def doubtful(study: Project) -> Project:
    """Ana has coded all four answers; a correction changed the second and took the third's second sentence away."""
    code(study, "ana", ["TRUST", "HOPE", "FEAR", ""], submit=False)
    text = study.transcript("talk").text
    study.correct("talk", text.replace("slowly", "quickly").replace(" But less and less.", ""), "a member check")
    return study


@pytest.mark.parametrize("size", SIZES, ids=str)
async def test_a_place_shows_its_words_now_and_before(doubtful: Project, person: Person, size: tuple[int, int]) -> None:
    async with person(doubtful, screen="corrections", size=size) as pilot:
        page = " ".join(screen_text(pilot).split())
        assert "2 doubtful places · 1 transcript corrected" in page
        assert "Now: Hope" in page
        assert "Then it got better, quickly." in page
        assert "Then it got better, slowly." in page
        await press(pilot, "j")
        page = " ".join(screen_text(pilot).split())
        assert "Now: Fear" in page
        assert "Every day. But less and less." in page


async def test_what_was_changed_stands_out_in_both_texts(doubtful: Project, person: Person) -> None:
    async with person(doubtful, screen="corrections") as pilot:
        assert "›Then it got better, quickly.‹" in screen_text(pilot)
        reverse = {
            name: [str(w.visual)[span.start : span.end] for span in w.visual.spans if span.style == "reverse"]
            for name in ("now", "before")
            if (w := pilot.app.screen.query_one(f"#{name}", Static))
        }
    assert reverse == {"now": ["quickly"], "before": ["slowly"]}


async def test_long_words_are_read_on_and_back(study: Project, person: Person) -> None:
    words = " ".join(f"word{n}" for n in range(400))
    add_interview(study, "long.txt", f"I: So?\nP1: {words}\nI: And?\nP1: No.\n")
    code(study, "ana", ["TRUST", ""], "long", submit=False)
    study.correct("long", study.transcript("long").text.replace("word399", "the end"), "heard again")
    async with person(study, screen="corrections") as pilot:
        assert "word0 " in screen_text(pilot)
        await press(pilot, *["space"] * 20)
        page = screen_text(pilot)
        assert "the end‹" in page
        assert "word399" in page
        await press(pilot, *["b"] * 20)
        assert "word0 " in screen_text(pilot)


@pytest.mark.parametrize("key", ["enter", "y"])
async def test_it_still_fits(doubtful: Project, person: Person, key: str) -> None:
    async with person(doubtful, screen="corrections") as pilot:
        await press(pilot, key)
        assert "1 doubtful place " in screen_text(pilot)
        await press(pilot, key)
        assert "Nothing is doubtful" in screen_text(pilot)
        await press(pilot, key, "s", "t", "e")
    assert doubtful.doubts() == ()
    assert {(one.start, one.end) for one in doubtful.codings()} == set(spans(doubtful)[:3])


async def test_it_stands_on_other_words(doubtful: Project, person: Person) -> None:
    async with person(doubtful, screen="corrections") as pilot:
        await press(pilot, "s", "ctrl+u")
        await type_words(pilot, "not there")
        await press(pilot, "ctrl+s")
        assert "does not stand near this place" in screen_text(pilot)
        assert len(doubtful.doubts()) == 2
        await press(pilot, "s", "ctrl+u")
        await type_words(pilot, "got better")
        await press(pilot, "ctrl+s")
    text = doubtful.transcript("talk").text
    assert [text[c.start : c.end] for c in doubtful.codings() if c.code == "HOPE"] == ["got better"]


async def test_t_goes_to_the_place(doubtful: Project, person: Person) -> None:
    async with person(doubtful, screen="corrections") as pilot:
        await press(pilot, "j", "t")
        assert isinstance(pilot.app.screen, Coding)
        assert re.search(r"▸✓ P1 +Every day\.", screen_text(pilot))
        await press(pilot, "escape")
        assert "Corrections" in screen_text(pilot).splitlines()[0]


async def test_e_corrects_the_turn_once_more_with_a_reason(doubtful: Project, person: Person) -> None:
    async with person(doubtful, screen="corrections") as pilot:
        await press(pilot, "e")
        assert "Correct these words in talk" in screen_text(pilot)
        await type_words(pilot, " yes")
        await press(pilot, "ctrl+s")
        assert "Why is it corrected?" in " ".join(screen_text(pilot).split())
        await press(pilot, "enter")
        assert "needs a reason" in screen_text(pilot)
        assert doubtful.transcript("talk").version == 2
        await press(pilot, "e")
        await type_words(pilot, " yes")
        await press(pilot, "ctrl+s")
        await type_words(pilot, "heard again")
        await press(pilot, "enter")
        assert "Version 3 is sealed." in screen_text(pilot)
    assert "Then it got better, quickly. yes\n" in doubtful.transcript("talk").text
    assert doubtful.versions("talk")[-1].reason == "heard again"


async def test_the_words_of_a_turn_are_corrected_while_coding(study: Project, person: Person) -> None:
    code(study, "ana", ["TRUST", "HOPE", "", ""], submit=False)
    async with person(study, screen="coding") as pilot:
        await press(pilot, "g", "j", "E", "home", "right", "right")
        await type_words(pilot, "never ")
        await press(pilot, "ctrl+s")
        page = " ".join(screen_text(pilot).split())
        assert "Where nothing was: 'never'." in page
        assert "1 coded place" in page
        await type_words(pilot, "heard")
        await press(pilot, "enter")
        page = screen_text(pilot)
        assert "Version 2 is sealed. 1 doubtful place to look at" in " ".join(page.split())
        assert "I never trusted her" in page
    assert "P1: I never trusted her" in study.transcript("talk").text


async def test_words_left_as_they_were_make_no_version(study: Project, person: Person) -> None:
    async with person(study, screen="coding") as pilot:
        await press(pilot, "E", "ctrl+s")
        await press(pilot, "E", "x", "escape", "escape")
    assert study.transcript("talk").version == 1


async def test_a_submitted_pass_does_not_keep_its_text_from_being_corrected(study: Project, person: Person) -> None:
    code(study, "ana", ["TRUST", "", "", ""])
    async with person(study, screen="coding") as pilot:
        await press(pilot, "E")
        assert "Correct these words" in screen_text(pilot)


async def test_rare_line_ends_are_not_changed_by_the_field(study: Project, person: Person) -> None:
    """A field for words would turn them into line feeds, and nobody would have asked for that."""
    text = study.transcript("talk").text
    study.correct("talk", text.replace("How did", "How\u2028did"), "a test")
    async with person(study, screen="coding") as pilot:
        await press(pilot, "g", "E")
        assert "rare line ends" in screen_text(pilot)


async def test_reading_only_corrects_nothing(doubtful: Project, person: Person) -> None:
    doubtful.readonly_because = "process 7 writes to it"
    async with person(doubtful, screen="corrections") as pilot:
        await press(pilot, "y", "enter", "s", "e")
        assert "Corrections" in screen_text(pilot).splitlines()[0]
    assert len(doubtful.doubts()) == 2


async def test_others_doubts_stay_blind(doubtful: Project, person: Person) -> None:
    doubtful.viewer = "ben"
    async with person(doubtful, screen="corrections") as pilot:
        assert "Nothing is doubtful" in screen_text(pilot)
    async with person(doubtful) as pilot:
        assert "doubtful" not in screen_text(pilot)
        doubtful.viewer = "ana"
        await press(pilot, "e", "escape")
        assert "2 doubtful places after a correction (press e)" in screen_text(pilot)
