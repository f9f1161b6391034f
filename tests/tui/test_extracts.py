"""Earlier extracts: a coder's own places of one code, in three orders, compared two by two."""

from __future__ import annotations

import pytest

from qualbench.project import Project
from qualbench.tui.app import Workbench
from qualbench.tui.screens import extracts
from qualbench.tui.screens.coding import Coding
from qualbench.tui.screens.extracts import Extracts, beside
from tests.conftest import add_interview, code
from tests.tui.conftest import SIZES, Person, press, screen_text, type_words

FEARS = "I: Well?\nP1: Fear, the fear.\nI: And?\nP1: Fear at night.\nI: So?\nP1: Coats.\nI: Last?\nP1: Fear of coats.\n"


@pytest.fixture
def feared(study: Project) -> Project:
    """Ana has FEAR on four answers of one interview; the third shares a word with the fourth only."""
    add_interview(study, "fears.txt", FEARS)
    code(study, "ana", ["FEAR", "FEAR", "FEAR", "FEAR"], "fears", submit=False)
    return study


def place(project: Project, words: str) -> str:
    """The place of some words of the interview, as the coding screen says it."""
    text = project.transcript("fears")
    start = text.text.index(words)
    return f"{text.id}:{start}:{start + len(words)}"


def listed(text: str) -> list[str]:
    """The words of each line of the list."""
    return [" ".join(line[1:].replace("≈", "").replace("✓", "").split()[3:]) for line in text.splitlines()[2:8]]


async def opened(pilot: object, **what: str) -> None:
    app = pilot.app  # type: ignore[attr-defined]  # a Pilot
    assert isinstance(app, Workbench)
    app.show_step("extracts", **what)
    await pilot.pause()  # type: ignore[attr-defined]  # likewise


@pytest.mark.parametrize("size", SIZES, ids=str)
async def test_three_orders_with_one_key(feared: Project, person: Person, size: tuple[int, int]) -> None:
    async with person(feared, size=size) as pilot:
        await opened(pilot, code="FEAR")
        page = screen_text(pilot)
        assert "Fear · 4 extracts · the newest first" in page
        assert listed(page)[:4] == ["Fear of coats.", "Coats.", "Fear at night.", "Fear, the fear."]
        assert "2026-01-05 fears" in " ".join(page.split())
        await press(pilot, "v")
        page = screen_text(pilot)
        assert "the most typical first" in page
        assert listed(page)[0] == "Fear of coats.", "it shares a word with each of the others"
        await press(pilot, "tab")
        assert listed(screen_text(pilot))[0] == "Coats."
        await press(pilot, "v")
        assert "the newest first" in screen_text(pilot)


async def test_the_place_one_came_from_stands_beside_and_is_no_earlier_one(feared: Project, person: Person) -> None:
    async with person(feared) as pilot:
        await opened(pilot, code="FEAR", place=place(feared, "Fear at night."))
        page = screen_text(pilot)
        assert "here: fears, line 4" in page
        assert listed(page)[:3] == ["Fear of coats.", "Coats.", "Fear, the fear."]
        await press(pilot, "j", "m")
        assert "Fear: fears, line 4 and fears, line 6" in screen_text(pilot)
        await type_words(pilot, "Night is not cold.")
        await press(pilot, "ctrl+s")
        assert "ties the two extracts together" in screen_text(pilot)
        page = " ".join(screen_text(pilot).split())
        assert page.count("≈ ana, 2026-01-05") == 2, "beside both extracts"
    (note,) = feared.notes("comparison", "FEAR")
    assert (note.kind, note.body) == ("comparison", "Night is not cold.")
    texts = {one.coding: one.text for one in feared.earlier("FEAR")}
    assert [texts[id_] for id_ in note.places] == ["Fear at night.", "Coats."]


async def test_a_marked_extract_is_compared_with_another(feared: Project, person: Person) -> None:
    async with person(feared) as pilot:
        await opened(pilot, code="FEAR")
        await press(pilot, "m")
        assert "Mark one extract with Space" in screen_text(pilot)
        await press(pilot, "space", "m")
        assert "Mark one extract with Space" in screen_text(pilot), "one with itself is no comparison"
        await press(pilot, "j", "j")
        assert "✓ fears, line 8" in screen_text(pilot)
        await press(pilot, "m", "x", "ctrl+s")
        await press(pilot, "k", "k", "space")
        assert "Space marks an extract" in screen_text(pilot)
    assert len(feared.notes("comparison")) == 1


async def test_a_place_without_a_code_can_not_be_tied_yet(study: Project, person: Person) -> None:
    code(study, "ana", ["FEAR", "", "", ""], submit=False)
    text = study.transcript("talk")
    start = text.text.index("Then it got")
    async with person(study) as pilot:
        await opened(pilot, code="FEAR", place=f"{text.id}:{start}:{start + 4}")
        assert "here: talk, line 4" in screen_text(pilot)
        await press(pilot, "m")
        assert "has no code yet" in screen_text(pilot)
    assert study.notes() == ()


async def test_words_around_the_definition_and_the_place(feared: Project, person: Person) -> None:
    async with person(feared) as pilot:
        await opened(pilot, code="FEAR")
        await press(pilot, "j")
        assert "Last?" not in screen_text(pilot)
        await press(pilot, "w")
        assert "I: Last?" in screen_text(pilot)
        await press(pilot, "w", "d")
        page = screen_text(pilot)
        assert "They fear." in page
        assert "Not for hope." in page
        await press(pilot, "escape", "enter")
        assert isinstance(pilot.app.screen, Coding)
        here = next(line for line in screen_text(pilot).splitlines() if line.startswith("▸"))
        assert "Coats." in here


async def test_very_many_extracts_are_compared_beside_the_screen(
    feared: Project, person: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(extracts, "FEW", 2)
    async with person(feared) as pilot:
        await opened(pilot, code="FEAR")
        assert listed(screen_text(pilot))[0] == "Fear of coats."
        await press(pilot, "v", "v")
        await pilot.app.workers.wait_for_complete()
        await pilot.pause()
        page = screen_text(pilot)
        assert "the least typical first" in page
        assert listed(page)[0] == "Coats."
        await press(pilot, "v", "v", "escape")
        await pilot.app.workers.wait_for_complete()
        assert not isinstance(pilot.app.screen, Extracts)
    assert feared.notes() == ()


async def test_a_comparison_that_fails_is_said(
    feared: Project, person: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object) -> tuple[()]:
        raise RuntimeError

    monkeypatch.setattr(extracts, "FEW", 2)
    monkeypatch.setattr(extracts, "RANKS", {**extracts.RANKS, "typical": fails})
    async with person(feared) as pilot:
        await opened(pilot, code="FEAR")
        await press(pilot, "v")
        while not all(worker.is_finished for worker in pilot.app.workers if worker.name == "typical"):
            await pilot.pause()
        await pilot.pause()
        assert "The extracts could not be compared." in screen_text(pilot)
        await press(pilot, "v", "v")
        assert listed(screen_text(pilot))[0] == "Fear of coats."


async def test_nobody_sees_another_coders_extracts(feared: Project, person: Person) -> None:
    feared.submit(["fears"])
    code(feared, "ben", ["", "", "", "FEAR"], "fears")
    async with person(feared) as pilot:
        await opened(pilot, code="FEAR")
        page = screen_text(pilot)
        assert "Fear · 1 extract ·" in page
        assert "Fear at night." not in page
        await press(pilot, "escape")
        await opened(pilot, code="HOPE")
        assert "You have coded nothing else with Hope." in screen_text(pilot)


async def test_reading_only_shows_extracts_and_writes_no_memo(feared: Project, person: Person) -> None:
    with Project.open(feared.folder, "ana") as project:
        async with person(project, screen="extracts") as pilot:
            await press(pilot, "space", "j", "m", "x", "ctrl+s")
            assert "Fear · 4 extracts" in screen_text(pilot), "without a code named, the one used last"
        assert project.notes() == ()


def test_two_lines_of_the_newest_beside_the_palette(feared: Project) -> None:
    assert beside(feared, "FEAR") == ["fears, line 8: Fear of coats.", "fears, line 6: Coats."]
    assert beside(feared, "FEAR", 1) == ["fears, line 8: Fear of coats."]
    assert beside(feared, "NOWHERE") == beside(feared, "HOPE") == []
    add_interview(feared, "evil\x1b.txt", f"I: Well?\nP1: \x1b[2J [/x] {'long ' * 5_000}\n")
    code(feared, "ana", ["FEAR"], feared.transcripts()[-1].name, submit=False)
    (line,) = beside(feared, "FEAR", 1)
    assert len(line) <= 120
    assert line.startswith("evil␛, line 2: ␛[2J [/x] long")
    feared.viewer = "ben"
    assert beside(feared, "FEAR") == []
