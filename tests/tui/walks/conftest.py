"""What the walks share: somebody who sits down at a folder, and keys and words as a hand gives them."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

import pytest
from textual import events
from textual.keys import Keys
from textual.pilot import Pilot

from qualbench.project import Project
from tests.tui.conftest import Person, screen_text


@dataclass(frozen=True, slots=True)
class Desk:
    """One person at the study: the keys they press, and what they see."""

    pilot: Pilot[None]
    project: Project

    async def keys(self, *keys: str) -> None:
        """Press keys, each when the one before was answered; several letters are pressed one by one."""
        each = [key for some in keys for key in ([some] if some in NAMED else some)]
        await self.pilot.press(*each)
        await self.pilot.pause()

    async def says(self, words: str, *then: str) -> None:
        """Put words into the field that is open, in one go as a terminal pastes them, and press keys."""
        self.pilot.app.post_message(events.Paste(words))
        await self.pilot.pause()
        await self.keys(*then)

    @property
    def page(self) -> str:
        """What is on the screen, as one line without borders."""
        return " ".join(screen_text(self.pilot).replace("▕", " ").replace("│", " ").split())

    def sees(self, *words: str) -> None:
        """All of these words stand on the screen."""
        missing = [one for one in words if one not in self.page]
        assert not missing, f"{missing} not on:\n{screen_text(self.pilot)}"


NAMED = frozenset(key.value for key in Keys)
"""Keys that have a name; other words of several letters are typed letter by letter."""

SitDown: TypeAlias = Callable[..., AbstractAsyncContextManager[Desk]]


@pytest.fixture
def sit_down(person: Person) -> SitDown:
    """A new program on the folder, under somebody's name: `async with sit_down(folder, "ana") as desk`."""

    @asynccontextmanager
    async def sit(folder: Path, who: str, *, size: tuple[int, int] = (80, 24)) -> AsyncIterator[Desk]:
        with Project.open(folder, who, write=True) as project:
            async with person(project, size=size) as pilot:
                yield Desk(pilot, project)

    return sit
