"""The checklists screen, every key of it, and the question before a report with findings leaves."""

from __future__ import annotations

import pytest

from qualbench.project import Project
from qualbench.tui.dialogs.allowing import AskAllow
from qualbench.tui.dialogs.words import AskWords
from tests.conftest import code, spans
from tests.tui.conftest import SIZES, Person, press, screen_text, type_words


@pytest.fixture
def coded(study: Project) -> Project:
    """talk, coded alike by ana and ben, with a theme that quotes P1."""
    for coder in ("ana", "ben"):
        code(study, coder, ["TRUST", "HOPE", "", ""])
    study.viewer = "ana"
    study.create_theme("What holds")
    study.gather_codes(study.themes()[0], ["TRUST"])
    study.pick_quote(study.themes()[0], "talk", *spans(study)[0])
    return study


@pytest.mark.parametrize("size", SIZES, ids=str)
async def test_home_opens_it_and_the_item_under_the_bar_is_told(
    coded: Project, person: Person, size: tuple[int, int]
) -> None:
    async with person(coded, size=size) as pilot:
        await press(pilot, "l")
        text = screen_text(pilot)
        assert "COREQ · 8 of 32 items shown or answered · 24 missing" in text
        assert "▸1    to be answered once      Who held the interviews or groups." in text
        await press(pilot, *["j"] * 23)
        text = screen_text(pilot)
        assert "24. How many people coded.  (shown by the log)" in text
        assert "Log: 2 coders (ana, ben) handed in 2 passes on 1 transcript. (passes of" in " ".join(text.split())
        await press(pilot, "k")
        assert "23. Whether transcripts went back" in screen_text(pilot)


async def test_only_what_is_missing(coded: Project, person: Person) -> None:
    async with person(coded, screen="checklists") as pilot:
        await press(pilot, "f")
        text = screen_text(pilot)
        assert "only the 24 missing" in text
        assert "shown by the log " not in text
        await press(pilot, "f")
        assert "· 24 missing" in screen_text(pilot)


async def test_enter_answers_and_the_answer_serves_the_other_checklists(coded: Project, person: Person) -> None:
    async with person(coded, screen="checklists") as pilot:
        await press(pilot, *["j"] * 13, "enter")
        assert isinstance(pilot.app.screen, AskWords)
        await type_words(pilot, "A library")
        await press(pilot, "ctrl+s")
        text = screen_text(pilot)
        assert "▸14   answered" in text
        assert "Authors: A library (ana, 2026-01-05)" in text
        await press(pilot, "v")
        assert "SRQR" in screen_text(pilot).split("\n")[0]
        await press(pilot, *["j"] * 6)
        assert "Authors: A library (ana, 2026-01-05, to COREQ 14)" in screen_text(pilot)
        await press(pilot, "u")
        assert "Undone: your newest answer to a checklist." in screen_text(pilot)
        assert coded.checklist_answers() == ()
        await press(pilot, "r")
        assert [one.words for one in coded.checklist_answers()] == ["A library"]


async def test_an_answer_is_changed_and_taken_back(coded: Project, person: Person) -> None:
    coded.answer_item("coreq", "1", "Ana")
    async with person(coded, screen="checklists") as pilot:
        await press(pilot, "enter")
        assert "Nothing written takes the answer back." in screen_text(pilot)
        await type_words(pilot, " and Ben")
        await press(pilot, "ctrl+s")
        assert [one.words for one in coded.checklist_answers()] == ["Ana and Ben"]
        await press(pilot, "enter", *["backspace"] * 11, "ctrl+s")
        assert coded.checklist_answers() == ()
        await press(pilot, "enter", "ctrl+s")
        assert "▸1    to be answered once" in screen_text(pilot)


async def test_a_checklist_is_chosen_turned_and_written(coded: Project, person: Person) -> None:
    async with person(coded, screen="checklists") as pilot:
        await press(pilot, "c", "5")
        assert "Braun & Clarke" in screen_text(pilot).split("\n")[0]
        assert "Point numbers are those" in screen_text(pilot) or "point numbers are those" in screen_text(pilot)
        await press(pilot, "tab")
        assert "COREQ" in screen_text(pilot).split("\n")[0]
        await press(pilot, "w", "enter")
        assert "COREQ is in" in screen_text(pilot)
    assert (coded.folder / "exports" / "coreq.docx").stat().st_size > 5_000


async def test_what_is_known_of_an_item_is_scrolled(coded: Project, person: Person) -> None:
    coded.answer_item("coreq", "1", "\n".join(f"line {n}" for n in range(40)))
    async with person(coded, screen="checklists") as pilot:
        assert "line 39" not in screen_text(pilot)
        await press(pilot, *["space"] * 10)
        assert "line 39" in screen_text(pilot)
        await press(pilot, *["b"] * 10)
        assert "1. Who held" in screen_text(pilot)


async def test_a_study_to_look_at_shows_items_and_asks_nothing(coded: Project, person: Person) -> None:
    with Project.open(coded.folder, "ben") as project:
        async with person(project, screen="checklists") as pilot:
            await press(pilot, "enter", "u", "r")
            assert not isinstance(pilot.app.screen, AskWords)
            assert "reading only" in screen_text(pilot)


# --- before it leaves ----------------------------------------------------------------------------------------------


async def test_a_report_without_findings_asks_only_where_it_goes(coded: Project, person: Person) -> None:
    async with person(coded, screen="themes") as pilot:
        await press(pilot, "w")
        assert isinstance(pilot.app.screen, AskWords)
        await press(pilot, "enter")
    assert (coded.folder / "exports" / "themes.docx").is_file()
    assert coded.allowed_exports() == ()


@pytest.mark.parametrize("size", SIZES, ids=str)
async def test_findings_are_shown_and_only_a_reason_goes_on(
    coded: Project, person: Person, size: tuple[int, int]
) -> None:
    coded.withdraw_participant("P1", "moved")
    async with person(coded, screen="themes", size=size) as pilot:
        await press(pilot, "w")
        assert isinstance(pilot.app.screen, AskAllow)
        text = screen_text(pilot)
        assert "Before it leaves: 2 findings" in text
        assert "Theme 1, quote 1 ('talk', line 2): words of P1, who" in text
        await press(pilot, "enter")
        assert "A reason is needed; Escape writes nothing." in screen_text(pilot)
        await press(pilot, "escape")
        assert not isinstance(pilot.app.screen, AskAllow | AskWords)
        assert coded.allowed_exports() == ()
        await press(pilot, "w")
        await type_words(pilot, "P1 agreed")
        await press(pilot, "enter")
        assert isinstance(pilot.app.screen, AskWords)
        await press(pilot, "enter")
        (answer,) = coded.allowed_exports()
        assert (answer.what, answer.reason, answer.by) == ("themes", "P1 agreed", "ana")
        await press(pilot, "w")
        assert isinstance(pilot.app.screen, AskWords), "the same findings are answered for already"
    assert (coded.folder / "exports" / "themes.docx").is_file()


async def test_who_only_looks_can_let_nothing_leave_that_has_findings(coded: Project, person: Person) -> None:
    coded.withdraw_participant("P1")
    with Project.open(coded.folder, "ben") as project:
        async with person(project, screen="themes") as pilot:
            await press(pilot, "w")
            await type_words(pilot, "because")
            await press(pilot, "enter")
            assert not isinstance(pilot.app.screen, AskWords)
            assert "reading only" in screen_text(pilot)
    assert list((coded.folder / "exports").iterdir()) == []
