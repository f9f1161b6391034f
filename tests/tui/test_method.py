"""The screens of the method: phases walked by keys, the method changed with a reason, the weeks side by side."""

from __future__ import annotations

import pytest

from qualbench.model import Method, Outcome, Reason
from qualbench.project import Project
from qualbench.tui.screens import home_counts
from qualbench.tui.screens.cycle import Cycle
from qualbench.tui.screens.home import Home
from qualbench.tui.screens.method import Method as MethodScreen
from tests.conftest import code
from tests.project.conftest import plan
from tests.tui.conftest import Person, press, screen_text, type_words, until


@pytest.fixture
def weekly(study: Project) -> Project:
    """A negotiated round: two of four segments differ, one of them is settled."""
    study.change_method(Method.NEGOTIATED, "Weekly.")
    plan(study, "First", {"talk": "ana ben"})
    code(study, "ana", ["TRUST", "HOPE", "FEAR", ""])
    code(study, "ben", ["TRUST", "FEAR", "HOPE", ""])
    study.decide(study.items()[0], Outcome.FIRST, reason=Reason.SLIP)
    study.viewer = "ana"
    return study


async def test_home_says_where_the_study_stands(person: Person, weekly: Project) -> None:
    async with person(weekly) as pilot:
        lines = screen_text(pilot).split("\n")
        assert any(line.startswith(" Step 4 of 7: agreement before talk, under way.") for line in lines)
        assert not any("The method asks next" in line for line in lines), "a small screen has one line for it"
        assert next(n for n, line in enumerate(lines) if "talk" in line and "opened" in line) < 9
    async with person(weekly, size=(140, 45)) as pilot:
        page = screen_text(pilot)
        assert "✓ 1 codebook released  ✓ 2 transcripts drawn  ✓ 3 blind passes  ▸ 4 agreement before talk" in page
        assert "The method asks next: Compute agreement" in page


async def test_a_big_study_is_shown_before_its_phases_are_read(
    person: Person, weekly: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(home_counts, "SMALL", -1)
    count_on = Home._count_on
    monkeypatch.setattr(Home, "_count_on", lambda _: None)  # the counting waits until the first picture was looked at
    async with person(weekly) as pilot:
        home = pilot.app.screen
        assert isinstance(home, Home)
        assert "Where the study stands is being read." in screen_text(pilot)
        monkeypatch.setattr(Home, "_count_on", count_on)
        home.read_again()
        await until(pilot, lambda: "Step 4 of 7" in screen_text(pilot))


async def test_the_weeks_show_both_figures(person: Person, weekly: Project) -> None:
    """By hand: 2 of 4 alike before, 3 of 4 with one reading after."""
    async with person(weekly) as pilot:
        await press(pilot, "w")
        assert isinstance(pilot.app.screen, Cycle)
        page = screen_text(pilot)
        assert "1 of 2 disagreements left to settle" in page
        row = next(line for line in page.split("\n") if line.startswith("▸First"))
        assert "50%" in row
        assert "75%" in row
        assert "target (reliable) is not reached yet" in page
        await press(pilot, "pagedown", "pageup", "j", "k", "a")
        assert "Before negotiation; after it one reading of 3 of 4 segments (75%)." in screen_text(pilot)
        await press(pilot, "escape", "c", "escape", "b", "escape")
        assert isinstance(pilot.app.screen, Cycle)


async def test_the_method_is_walked_by_keys(person: Person, weekly: Project) -> None:
    async with person(weekly) as pilot:
        await press(pilot, "o")
        assert isinstance(pilot.app.screen, MethodScreen)
        page = screen_text(pilot)
        assert "▸here under way   Step 4: agreement before talk" in page
        assert "0 agreement runs kept since the round was planned." in page
        await press(pilot, "k", "enter")
        await type_words(pilot, "again")
        await press(pilot, "enter")
        assert "The team works in step 3 now." in screen_text(pilot)
        assert "▸here done        Step 3: blind passes" in screen_text(pilot)
        await press(pilot, "h")
        assert "blind passes (ana)" in screen_text(pilot)
        await press(pilot, "escape", "p")
        assert "before and after negotiation" in screen_text(pilot)
        await press(pilot, "escape", "w")
        assert isinstance(pilot.app.screen, Cycle)
        await press(pilot, "escape", "c", "1", "enter")
        assert "needs its reason" in " ".join(screen_text(pilot).split())
        await press(pilot, "c", "1")
        await type_words(pilot, "readings")
        await press(pilot, "enter", "s")
        page = " ".join(screen_text(pilot).replace("│", "").split())
        assert "to reflexive thematic analysis. The reason: readings." in page
        await press(pilot, "escape", "pagedown", "pageup")
        assert "Phase 3: generating initial themes" in screen_text(pilot)
        await press(pilot, "w")
        assert isinstance(pilot.app.screen, MethodScreen), "a method that does not go round has no weeks"
    assert weekly.study.method is Method.REFLEXIVE
    assert [turn.note for turn in weekly.phase_turns()] == ["again"]


async def test_reading_only_changes_nothing(person: Person, weekly: Project) -> None:
    with Project.open(weekly.folder, "ana") as project:
        async with person(project, screen="method") as pilot:
            await press(pilot, "enter", "c", "1")
            assert isinstance(pilot.app.screen, MethodScreen)
        assert project.phase_turns() == ()


async def test_hostile_reasons_and_notes_are_only_text(person: Person, weekly: Project) -> None:
    nasty = "[/x] \x1b]52;c;eA==\x07 " + "x" * 10_000
    weekly.enter_phase("passes", nasty)
    weekly.change_method(Method.CQR, nasty)
    async with person(weekly, screen="method") as pilot:
        for key in ("s", "h"):
            await press(pilot, key)
            page = screen_text(pilot)
            assert "[/x]" in page
            assert "\x1b" not in page
            await press(pilot, "escape")
