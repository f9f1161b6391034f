"""Several computers in one test: whose keys and whose study folder it is depends on where one sits."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

import pytest

from qualbench.project import Project
from qualbench.project.identities import identity
from qualbench.steps.packages import Card


class Machine:
    """A person's own computer: a place for their keys and their device, and a folder for the study."""

    def __init__(self, place: Path, name: str, patch: pytest.MonkeyPatch, clock: Callable[[], datetime]) -> None:
        self.home, self.name, self.patch, self.clock = place / name, name, patch, clock
        self.home.mkdir(parents=True)
        self.folder = self.home / "study"

    @contextmanager
    def at(self) -> Iterator[Machine]:
        """Whatever is done inside is done on this machine."""
        with self.patch.context() as patch:
            patch.setenv("XDG_DATA_HOME", str(self.home / "data"))
            patch.setenv("XDG_STATE_HOME", str(self.home / "state"))
            yield self

    @contextmanager
    def open(self, viewer: str = "") -> Iterator[Project]:
        with self.at(), Project.open(self.folder, viewer or self.name, write=True, clock=self.clock) as project:
            yield project

    def card(self) -> Card:
        with self.at():
            return identity().card(self.name)

    def card_line(self) -> str:
        return self.card().line()
