"""Home: numbers come at once in a small study, and one after the other in a big one."""

from __future__ import annotations

import gc
import weakref

import pytest

from qualbench.model import Outcome, Reason
from qualbench.project import Project
from qualbench.tui.screens import home_counts
from qualbench.tui.screens.home import Home
from tests.conftest import code, spans
from tests.tui.conftest import Person, press, screen_text, until


@pytest.fixture
def compared(study: Project) -> Project:
    """Two of four segments are coded differently, and one of them is decided."""
    code(study, "ana", ["TRUST", "HOPE", "FEAR", ""])
    code(study, "ben", ["TRUST", "FEAR", "HOPE", ""])
    study.decide(study.items()[0], Outcome.FIRST, reason=Reason.SLIP)
    return study


async def test_a_small_study_is_counted_before_it_is_shown(person: Person, compared: Project) -> None:
    async with person(compared) as pilot:
        shown = screen_text(pilot)
        assert "2 disagreements, 1 decided." in shown
        assert "1 disagreement to settle" in shown
        assert "…" not in shown


async def test_a_big_study_is_shown_before_it_is_counted(
    person: Person, compared: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(home_counts, "SMALL", -1)
    count_on = Home._count_on
    monkeypatch.setattr(Home, "_count_on", lambda _: None)  # the counting waits until the first picture was looked at
    async with person(compared) as pilot:
        home = pilot.app.screen
        assert isinstance(home, Home)
        assert "Disagreements are being counted." in screen_text(pilot)
        monkeypatch.setattr(Home, "_count_on", count_on)
        home.read_again()
        await until(pilot, lambda: "1 disagreement to settle" in screen_text(pilot))
        assert "2 disagreements, 1 decided." in screen_text(pilot)
        assert "1 disagreement to settle" in screen_text(pilot)


async def test_the_pass_that_goes_on_is_named_before_it_is_counted(
    person: Person, study: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    code(study, "ana", ["TRUST", "HOPE", "FEAR", ""], submit=False)
    pass_ = study.own_passes()[0]
    study.mark_nothing(pass_.id, *spans(study)[-1])  # taken back: one segment is left
    monkeypatch.setattr(home_counts, "SMALL", -1)
    count_on = Home._count_on
    monkeypatch.setattr(Home, "_count_on", lambda _: None)  # the counting waits until the first picture was looked at
    async with person(study) as pilot:
        home = pilot.app.screen
        assert isinstance(home, Home)
        assert "Go on with talk." in screen_text(pilot)
        monkeypatch.setattr(Home, "_count_on", count_on)
        home.read_again()
        await until(pilot, lambda: "1 segment" in screen_text(pilot))
        assert "Go on with talk: 1 segment to decide." in screen_text(pilot)
        assert "3 of 4" in screen_text(pilot)


async def test_home_under_the_screen_that_was_asked_for_is_read_when_it_is_seen(
    person: Person, compared: Project
) -> None:
    async with person(compared, screen="agreement") as pilot:
        home = next(one for one in pilot.app.screen_stack if isinstance(one, Home))
        assert home._rows == ()
        await press(pilot, "escape")
        assert pilot.app.screen is home
        assert "2 disagreements, 1 decided." in screen_text(pilot)


@pytest.mark.parametrize("key", ["enter", "a", "c", "t", "b"])
async def test_a_screen_that_was_left_is_let_go_of(person: Person, compared: Project, key: str) -> None:
    """Its words would stay in memory as often as it was opened."""
    async with person(compared) as pilot:
        await press(pilot, key)
        left = weakref.ref(pilot.app.screen)
        assert not isinstance(left(), Home)
        await press(pilot, "escape")
        assert isinstance(pilot.app.screen, Home)
        for _ in range(100):  # timers of the screen come by once more
            await pilot.pause(0.1)
            gc.unfreeze()
            gc.collect()
            if left() is None:
                break
        assert left() is None
