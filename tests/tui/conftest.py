"""What tests of the screens share: a person at the keyboard, and the screen as text."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import TypeAlias

import pytest
from textual import _wait, events
from textual.pilot import Pilot

from qualbench.project import Project
from qualbench.tui.app import Workbench

_wait.SLEEP_GRANULARITY = 1 / 100
"""After each key the tests wait until the program rests, and look whether it does in steps of this length."""

Person: TypeAlias = Callable[..., AbstractAsyncContextManager[Pilot[None]]]
SIZES = [(80, 24), (140, 45)]


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
