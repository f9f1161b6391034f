"""What comes from the hub while others went on is taken in without projecting the whole study anew."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

import pytest

from qualbench.hub import Link
from qualbench.hub.link import Arrived
from qualbench.project import Project
from qualbench.store import projections
from tests.conftest import INTERVIEW, add_interview
from tests.hub.machines import Team
from tests.hub.servers import Server
from tests.project.conftest import plan


@pytest.fixture
def team(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, clock: Callable[[], datetime], server: Server) -> Team:
    return Team(tmp_path, monkeypatch, clock, server).begin("one", "two")


def whole(study: Project) -> None:
    assert [sentence for well, sentence in study.examine() if not well] == []


def test_what_the_lead_did_meanwhile_is_put_before_ones_own_work(team: Team, monkeypatch: pytest.MonkeyPatch) -> None:
    """The coder's entries stand after the lead's in the order of all devices: only what they touch is made anew."""
    team.codes("ana", ["TRUST", "HOPE", "", "FEAR"], "one", "two")
    with team["lead"].open() as study:
        study.create_theme("Ties")
        add_interview(study, "three.txt", f"{INTERVIEW}I: And the third.\n")
        plan(study, "Second", {"three": "ana ben"})
        study.sync()
    with team["ana"].open() as study:
        last = study._db.execute("select max(seq) from journal").fetchone()[0]
        with monkeypatch.context() as patch:
            patch.setattr(projections, "rebuild", None)
            assert study.sync().taken > 0
        came = study._db.execute("select min(seq) from journal where package = 'hub' and kind = 'theme_created'")
        assert came.fetchone()[0] < last, "they stand before what was here"
        assert [theme.name for theme in study.themes()] == ["Ties"]
        assert [row.name for row in study.transcripts()] == ["one", "two", "three"]
        assert len(study.codings()) == 6
        whole(study)


def test_the_lead_does_not_fetch_what_the_hub_began_with(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, clock: Callable[[], datetime], server: Server
) -> None:
    """A founding of a million entries would come back whole at the first meeting."""
    team = Team(tmp_path, monkeypatch, clock, server)
    fetched: list[Arrived] = []
    rows = Link.rows

    def counted(link: Link, audience: str, after: int) -> Iterator[list[Arrived]]:
        for page in rows(link, audience, after):
            fetched.extend(page)
            yield page

    monkeypatch.setattr(Link, "rows", counted)
    with team["lead"].at(), Project.create(team["lead"].folder, viewer="lead", clock=clock) as study:
        add_interview(study, "one.txt", INTERVIEW)
        study.init_hub(team.admin, team.login("lead"))
        study.sync()
        assert fetched == []
        study.create_theme("Ties")
        study.sync()
        assert len(fetched) == 1
