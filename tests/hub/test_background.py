"""Keeping in touch with the hub while people work: what travels by itself, when the hub is away, and what is asked."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import datetime
from pathlib import Path
from typing import TypeVar

import platformdirs
import psycopg
import pytest

from qualbench import hub
from qualbench.errors import QualbenchError
from qualbench.hub import Link
from qualbench.model import Changes
from qualbench.project import courier
from qualbench.project.courier import Courier, News, Touch
from qualbench.project.gates import Gated, GateState
from tests.conftest import BOOK, code
from tests.hub.machines import Team, seen
from tests.hub.servers import Server

T = TypeVar("T")
READING = ["TRUST", "HOPE", "", "FEAR"]
OTHER = ["TRUST", "TRUST+HOPE", "", ""]
PRIVATE = Changes(frozenset({"one"}), frozenset({"code_applied"}))
SHARED = Changes(frozenset({"codebook"}), frozenset({"codebook_released"}))
PATIENCE = 20.0
"""Seconds that a test waits for news; fewer than those after which the hub would be looked at without a ring."""


class Desk:
    """Somebody at work: their study is open, and their courier keeps in touch."""

    def __init__(self, team: Team, name: str, homes: dict[str, Path], stack: ExitStack) -> None:
        self.study = stack.enter_context(team[name].open())
        assert self.study._device, "the computer is known from now on"
        self.news: queue.SimpleQueue[News] = queue.SimpleQueue()
        self.courier = Courier(self.study, self.news.put)
        self.courier._thread.name = f"courier of {name}"
        homes[self.courier._thread.name] = team[name].home

    def begin(self) -> Desk:
        self.courier.start()
        self.hears(lambda news: news.touch is Touch.IN_TOUCH)
        return self

    def hears(self, what: Callable[[News], object]) -> News:
        """The next news that is so."""
        while not what(news := self.news.get(timeout=PATIENCE)):
            pass
        return news

    def codes(self, codes: list[str], *names: str, submit: bool = True) -> None:
        for name in names:
            code(self.study, self.study.viewer, codes, name, submit=submit)
        self.courier.wrote(PRIVATE)

    def asks(self, act: Callable[[Gated, Link], T]) -> T | QualbenchError:
        """What the hub answers."""
        answers: queue.SimpleQueue[T | QualbenchError] = queue.SimpleQueue()
        self.courier.ask(act, answers.put)
        return answers.get(timeout=PATIENCE)

    @property
    def waiting(self) -> int:
        return self.study.hub_status().waiting


@pytest.fixture
def team(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, clock: Callable[[], datetime], server: Server) -> Team:
    monkeypatch.setattr(courier, "RESTS", 0.1)
    return Team(tmp_path, monkeypatch, clock, server).begin("one", "two")


@pytest.fixture
def homes(monkeypatch: pytest.MonkeyPatch) -> dict[str, Path]:
    """Each courier's thread is on a computer of its own; all else happens where one sits."""
    found: dict[str, Path] = {}

    def at_home(real: Callable[[str], Path], folder: str) -> Callable[[str], Path]:
        def place(program: str) -> Path:
            home = found.get(threading.current_thread().name)
            return home / folder / program if home else real(program)

        return place

    for name, folder in (("user_data_path", "data"), ("user_state_path", "state")):
        monkeypatch.setattr(platformdirs, name, at_home(getattr(platformdirs, name), folder))
    return found


@contextmanager
def at_work(team: Team, homes: dict[str, Path], *names: str) -> Iterator[list[Desk]]:
    """These people at their desks, in touch with the hub; in the end each courier gives the rest."""
    with ExitStack() as stack:
        desks = [Desk(team, name, homes, stack).begin() for name in names]
        try:
            yield desks
        finally:
            ended = [desk.courier.stop(PATIENCE) for desk in desks]
        assert all(ended)


def cut(team: Team, name: str) -> None:
    """The line between somebody and the hub is gone."""
    with psycopg.connect(team.server.admin, autocommit=True) as db:
        db.execute("select pg_terminate_backend(pid) from pg_stat_activity where usename = %s", (team.login(name),))


def test_what_one_shares_is_told_to_the_other_at_once(team: Team, homes: dict[str, Path]) -> None:
    with at_work(team, homes, "lead", "ana") as (lead, ana):
        with team["lead"].at():
            book = BOOK.replace('"1.0"', '"2.0"').replace("They hope.", "They do hope.")
            lead.study.release_codebook("book.yaml", book)
        lead.courier.wrote(SHARED)
        news = ana.hears(lambda news: news.synced is not None and news.synced.taken)
        assert news.synced is not None
        assert news.synced.changes.subjects == {"codebook"}
        assert "codebook_released" in news.synced.changes.kinds
        ana.study.look_again()
        assert ana.study.codebook().version == "2.0"


def test_private_work_travels_when_its_author_rests(team: Team, homes: dict[str, Path]) -> None:
    with at_work(team, homes, "ana") as (ana,):
        ana.codes(READING, "one", submit=False)
        ana.hears(lambda news: news.synced is not None and news.synced.given)
        assert ana.waiting == 0
    team.sync("ben")
    with team["ben"].open() as study:
        assert study.passes() == (), "it is on the hub, and it is hers"


def test_the_hub_goes_away_and_comes_back_and_nothing_is_lost(team: Team, homes: dict[str, Path]) -> None:
    with at_work(team, homes, "ana") as (ana,):
        settings = ana.study.folder / "qualbench.toml"
        here = settings.read_text()
        settings.write_text(here.replace(team.database, "nowhere"))
        cut(team, "ana")
        away = ana.hears(lambda news: news.touch is Touch.AWAY)
        assert "can not be reached" in away.why
        ana.codes(READING, "one")
        assert ana.waiting > 0
        answer = ana.asks(lambda study, link: study.seal_with(link))
        assert isinstance(answer, QualbenchError)
        assert "can not be reached" in answer.message
        again = ana.hears(lambda news: news.touch is Touch.AWAY)
        assert again.since == away.since, "it has been away since then"
        with pytest.raises(queue.Empty):  # somebody asked once, and it was tried once
            ana.news.get(timeout=0.3)
        settings.write_text(here)
        ana.courier.meet()
        back = ana.hears(lambda news: news.touch is Touch.IN_TOUCH)
        assert back.since != away.since
        assert ana.waiting == 0


def test_a_server_that_crashed_is_reached_again(team: Team, homes: dict[str, Path]) -> None:
    if team.server.data is None:
        pytest.skip("Only the server from the wheel is ours to stop.")
    with at_work(team, homes, "ana", "ben") as (ana, ben):
        team.server.crash()
        for desk in (ana, ben):
            desk.hears(lambda news: news.touch is Touch.AWAY)
            desk.courier.meet()
            desk.hears(lambda news: news.touch is Touch.IN_TOUCH)


def test_a_password_is_asked_for_once(team: Team, homes: dict[str, Path], monkeypatch: pytest.MonkeyPatch) -> None:
    real = hub.reach

    @contextmanager
    def reach(url: str, password: str = "") -> Iterator[Link]:
        if password != "right":
            raise hub.WantsPassword("the password is wrong")
        with real(url) as link:
            yield link

    monkeypatch.setattr(hub, "reach", reach)
    with ExitStack() as stack:
        ana = Desk(team, "ana", homes, stack)
        ana.courier.start()
        assert ana.hears(lambda news: news.touch is not Touch.REACHING).touch is Touch.ASKS
        ana.courier.meet("wrong")
        news = ana.hears(lambda _: True)
        assert (news.touch, news.needs) == (Touch.ASKS, "the hub asks for your password")
        ana.courier.meet("right")
        assert ana.hears(lambda _: True).touch is Touch.IN_TOUCH
        assert ana.courier.stop(PATIENCE)


def test_leaving_gives_the_rest(team: Team, homes: dict[str, Path], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(courier, "RESTS", 3600.0)
    with at_work(team, homes, "ana") as (ana,):
        ana.codes(READING, "one")
        before = ana.waiting
    assert before > 0
    with team["ana"].open() as study:
        assert study.hub_status().waiting == 0


def test_coded_sealed_and_opened_in_the_background_all_hold_the_same(team: Team, homes: dict[str, Path]) -> None:
    with at_work(team, homes, "lead", "ana", "ben") as (lead, ana, ben):
        (round_,) = lead.study.rounds()

        def opens(name: str, reason: str = "") -> object:
            return lead.asks(lambda study, link: study.open_with(link, name, reason, round_.id))

        ana.codes(READING, "one", "two")
        ben.codes(OTHER, "one", submit=False)
        assert ana.asks(lambda study, link: study.seal_with(link, ["one"])) == ("one",)
        assert {gate.name: gate.state for gate in ana.study.gates()} == {
            "one": GateState.SEALED, "two": GateState.SUBMITTED
        }  # fmt: skip
        refused = opens("one")
        assert isinstance(refused, hub.NotAsked)
        assert refused.awaited == ("ben",)
        ben.study.submit(["one"])
        ben.courier.wrote(PRIVATE)
        assert ben.asks(lambda study, link: study.seal_with(link)) == ("one",)
        assert isinstance(ben.asks(lambda study, link: study.open_with(link, "one")), QualbenchError)
        assert ana.asks(lambda study, link: study.seal_with(link)) == ("two",)
        assert opens("one") is None
        for desk in (lead, ana, ben):  # the lead's own program says it in the journal, and tells it like news of others
            told = desk.hears(lambda news: news.synced is not None and "transcript_opened" in news.synced.changes.kinds)
            assert told.synced is not None
            assert desk.study.transcript("one").id in told.synced.changes.subjects
            assert "one" in {row.name for row in desk.study.transcripts() if row.opened}
        ben.codes(OTHER, "two", submit=False)
        assert opens("two", "Ben is ill.") is None
        ben.hears(lambda news: news.synced is not None and "two" in news.synced.opened)
        ben.study.submit(["two"])
        ben.courier.wrote(PRIVATE)
        ana.hears(lambda news: news.synced is not None and "pass_submitted" in news.synced.changes.kinds)
        lead.hears(lambda news: news.synced is not None and "pass_submitted" in news.synced.changes.kinds)
        states = {gate.name: (gate.state, gate.late) for gate in lead.study.gates()}
        assert states == {"one": (GateState.OPENED, ()), "two": (GateState.OPENED, ("ben",))}
        assert {gate.name: gate.state for gate in ben.study.gates()}["two"] is GateState.LATE
    told_all = [seen(team[name]) for name in ("lead", "ana", "ben")]
    assert told_all[0] == told_all[1] == told_all[2]
    assert told_all[0]["transcripts"] == [("one", True), ("two", True)]
