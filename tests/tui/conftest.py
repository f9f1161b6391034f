"""What tests of the screens share: a person at the keyboard, and the screen as text."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import TypeAlias

import pytest
from textual import events
from textual.app import App
from textual.pilot import Pilot

from qualbench.project import Project
from qualbench.tui.app import Workbench
from qualbench.tui.screens import importing_reading
from qualbench.tui.widgets import palette
from qualbench.tui.widgets.keybar import Says
from tests.tui.resting import wait_by_rest

wait_by_rest()

Person: TypeAlias = Callable[..., AbstractAsyncContextManager[Pilot[None]]]
SIZES = [(80, 24), (140, 45)]


@pytest.fixture(autouse=True)
def nothing_goes_by_the_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the program does when a person has paused, or has waited long, does not come because a machine is busy."""
    monkeypatch.setattr(palette, "PAUSE", 3600.0)
    monkeypatch.setattr(Says, "SECONDS", 3600.0)
    monkeypatch.setattr(importing_reading, "AT_ONCE", 60.0)
    monkeypatch.setattr(App, "CLICK_CHAIN_TIME_THRESHOLD", 60.0)


@pytest.fixture
def person() -> Person:
    """Somebody who sits down at a study: `async with person(project, screen="coding") as pilot`."""

    @asynccontextmanager
    async def sit_down(
        project: Project, *, size: tuple[int, int] = (80, 24), screen: str = "home", transcript: str = ""
    ) -> AsyncIterator[Pilot[None]]:
        app = Workbench(project, screen=screen, transcript=transcript)
        async with app.run_test(size=size) as pilot:
            await pilot.pause()
            yield pilot

    return sit_down


def screen_text(pilot: Pilot[None]) -> str:
    """What is on the screen, line by line, without colours."""
    strips = pilot.app.screen._compositor.render_strips()
    return "\n".join("".join(segment.text for segment in strip).rstrip() for strip in strips)


async def until(pilot: Pilot[None], what: Callable[[], object]) -> None:
    """Wait until something is so that a timer or a thread brings about."""
    end = time.monotonic() + 60
    while not what():
        assert time.monotonic() < end, screen_text(pilot)
        await pilot.pause(0.01)


async def press(pilot: Pilot[None], *keys: str) -> None:
    """Press keys one after the other and wait until the screen answers."""
    for key in keys:
        await pilot.press(key)
        await pilot.pause()


async def type_words(pilot: Pilot[None], words: str) -> None:
    """Put words into a field at once, as a terminal sends what is pasted: letter by letter takes long."""
    assert pilot.app._driver is not None
    pilot.app._driver.send_message(events.Paste(words))
    await pilot.pause()
    await pilot.pause()


Step: TypeAlias = Callable[[Pilot[None]], Awaitable[None]]
