"""A study on a hub that nobody reaches, for tests of the screens: what the hub says is put in by the test."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from qualbench.errors import QualbenchError
from qualbench.model import Changes
from qualbench.project import Project
from qualbench.project.courier import News, Touch
from qualbench.project.synced import Synced
from qualbench.store import database, syncing
from qualbench.tui.app import Workbench

ADDRESS = "postgresql://ana@hub.example.org/shelter"


def put_on_hub(study: Project, *, lead: bool = False, synced: str = "") -> None:
    """The study knows of a hub at an address at which there is none."""
    with database.transaction(study._db):
        syncing.keep_state(study._db, syncing.State("ana", study.viewer, lead, "", "", synced or today(10, 31)))
    (study.folder / "qualbench.toml").write_text(f'[hub]\nurl = "{ADDRESS}"\n')


def today(hour: int, minute: int) -> str:
    """A time stamp of this day, as the clock on the wall has it."""
    return datetime.now().astimezone().replace(hour=hour, minute=minute, second=0, microsecond=0).isoformat()


class NoCourier:
    """Does nothing, and remembers what it was asked for."""

    def __init__(self, study: Project, told: Callable[[News], None]) -> None:
        self.study, self.told = study, told
        self.written: list[Changes] = []
        self.passwords: list[str] = []
        self.jobs: list[tuple[Callable[..., Any], Callable[[Any], object]]] = []

    def start(self) -> None: ...

    def wrote(self, changes: Changes) -> None:
        self.written.append(changes)

    def meet(self, password: str = "") -> None:
        self.passwords.append(password)

    def ask(self, act: Callable[..., Any], then: Callable[[Any], object]) -> None:
        self.jobs.append((act, then))

    def stop(self, patience: float) -> bool:
        return patience > 0

    def does(self, link: Any) -> None:
        """The oldest thing that was asked for, over this line; who asked hears the answer."""
        act, then = self.jobs.pop(0)
        try:
            answer = act(self.study, link)
        except QualbenchError as error:
            answer = error
        then(answer)


class AtHub(Workbench):
    """The program of somebody whose hub has said this."""

    def __init__(self, project: Project, news: News, screen: str = "hub") -> None:
        super().__init__(project, screen=screen)
        self.hub_news = news

    def _keep_in_touch(self) -> None:
        """Nobody is out there."""


IN_TOUCH = News(Touch.IN_TOUCH, synced=Synced(0, 0))
