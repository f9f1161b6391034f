"""People at their own computers, and a study on a hub that they share."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest

from qualbench.project import Project
from tests.conftest import BOOK, INTERVIEW, add_interview, code
from tests.hub.servers import Server
from tests.machines import Machine
from tests.project.conftest import plan


class Team:
    """A lead and coders with a computer each, and one hub."""

    def __init__(
        self, place: Path, patch: pytest.MonkeyPatch, clock: Callable[[], datetime], server: Server,
        coders: tuple[str, ...] = ("ana", "ben"),
    ) -> None:  # fmt: skip
        self.server, self.patch, self.clock, self.place = server, patch, clock, place
        self.admin = server.database()
        self.database = server.made[-1]
        self.mark = uuid.uuid4().hex[:6]
        self.coders = coders
        self.machines = {name: Machine(place, name, patch, clock) for name in ("lead", *coders)}

    def __getitem__(self, name: str) -> Machine:
        return self.machines[name]

    def login(self, name: str) -> str:
        """Logins belong to the whole server, so each team has its own."""
        return f"{name}_{self.mark}"

    def address(self, name: str) -> str:
        return self.server.address(self.database, self.login(name))

    def begin(self, *interviews: str) -> Team:
        """The lead makes a study, puts it on the hub and lets the coders in; they join."""
        lead = self["lead"]
        with lead.at(), Project.create(lead.folder, viewer="lead", clock=self.clock) as study:
            study.release_codebook("book.yaml", BOOK)
            for name in interviews:
                add_interview(study, f"{name}.txt", f"{INTERVIEW}I: That was interview {name}.\n")
            plan(study, "First", {name: " ".join(self.coders) for name in interviews})
            study.init_hub(self.admin, self.login("lead"))
            for coder in self.coders:
                study.invite(self.admin, self[coder].card(), coder, self.login(coder))
            study.sync()
        for coder in self.coders:
            self.join(coder)
        return self

    def join(self, name: str, machine: Machine | None = None) -> None:
        machine = machine or self[name]
        with machine.at():
            Project.join_hub(self.address(name), machine.folder, clock=self.clock).close()

    def codes(self, coder: str, codes: list[str], *interviews: str, submit: bool = True) -> None:
        with self[coder].open() as study:
            for name in interviews:
                code(study, coder, codes, name, submit=submit)

    def sync(self, *names: str) -> None:
        for name in names or tuple(self.machines):
            with self[name].open() as study:
                study.sync()

    def seal(self, *names: str) -> None:
        for name in names:
            with self[name].open() as study:
                study.seal()


def seen(machine: Machine) -> dict[str, object]:
    """What everybody may read of a study, without what each machine knows of itself."""
    with machine.open() as study:
        return {
            "transcripts": [(row.name, row.opened) for row in study.transcripts()],
            "codings": sorted((c.coder, c.transcript, c.code, c.start, c.end) for c in study.codings()),
            "nothing": sorted((n.coder, n.transcript, n.start, n.end) for n in study.nothings()),
            "items": [(item.id, dict(item.readings)) for item in study.items()],
            "passes": sorted((p.coder, p.transcript, str(p.state), p.late) for p in study.passes()),
            "alpha": study.agreement().codes if study.opened() else None,
        }
