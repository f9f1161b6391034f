"""A study on a hub: many who give at once, a new laptop, a large opening while somebody types, and both screens.

The server is PostgreSQL from the wheel, on this machine, with its durable settings; all computers share its processors.
"""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from multiprocessing import get_context
from multiprocessing.synchronize import Barrier
from pathlib import Path
from statistics import median

from qualbench import events
from qualbench.project import Project
from qualbench.project.identities import identity
from qualbench.steps.packages import Card
from qualbench.store import database
from tests.bench import hub_screens, studies
from tests.bench.rows import Bench, Row, timed

CLIENTS, BATCH = 8, 1000
GIVEN, JOINED, KEY_WAITS, IDLE = 40, 10, 200, 30
"""Limits: seconds of a million entries, seconds of a join, milliseconds a key waits, milliseconds of a meeting."""


def measure(bench: Bench) -> Iterator[Row]:
    """All of it on one server, which is gone afterwards."""
    try:
        from tests.hub.servers import from_wheel

        server = from_wheel()
    except ImportError as error:
        yield Row("a study on a hub", None, "", note=f"no PostgreSQL to measure with: {error}")
        return
    try:
        for setting in ("fsync", "full_page_writes", "autovacuum"):
            server.ask(f"alter system set {setting} = on")
        server.ask("select pg_reload_conf()")
        yield _given(20_000 if bench.sizes.quick else 1_000_000)
        yield from _new_laptop(Team(bench.folder / "joining", server), 5_000 if bench.sizes.quick else 125_000)
        for count in (200,) if bench.sizes.quick else (2_000, 20_000):
            yield _taken_in(Team(bench.folder / f"taking-{count}", server), count)
        yield from hub_screens.measure(bench, Team(bench.folder / "screens", server))
    finally:
        server.end()


# --- many at once ----------------------------------------------------------------------------------------------


def _given(count: int) -> Row:
    """Eight processes, each with a device, chains and a line of its own, all for everybody and in one audience."""
    import psycopg

    from qualbench import hub
    from tests.hub.servers import from_wheel

    server = from_wheel()
    try:
        server.ask("alter system set fsync = on")
        server.ask("select pg_reload_conf()")
        admin = server.database()
        hub.make(admin, hub.Founding("study", "Study", 2, {}, [], []), ("lena", "lena"))
        context = get_context("spawn")
        ready = context.Barrier(CLIENTS + 1)
        clients = []
        for n in range(CLIENTS):
            hub.invite(admin, f"many{n}", f"many{n}")
            address = server.address(server.made[-1], f"many{n}")
            clients.append(context.Process(target=give, args=(address, f"many{n}", count // CLIENTS, ready)))
            clients[-1].start()
        ready.wait(600)
        seconds, _ = timed(lambda: [one.join() for one in clients])
        with psycopg.connect(admin) as db:
            found = db.execute("select count(*), max(pos), min(pos) from hub.event").fetchone()
    finally:
        server.end()
    if found != (count, count, 1):
        raise RuntimeError(f"the hub has {found} of {count} entries")
    note = f"batches of {BATCH}; every position from 1 to {count:,} is there once; {count / seconds:,.0f} a second"
    return Row(f"{count:,} entries given by {CLIENTS} clients at once", seconds, "s", GIVEN, note=note)


def give(address: str, login: str, count: int, ready: Barrier) -> None:
    """One client: make the entries, wait for the others, give them."""
    import psycopg

    from tests.hub.attacks import PUSH, Writer, arrays

    writer = Writer(login)
    rows = [writer.entry("person_added", "study", {"name": "somebody", "roles": []}) for _ in range(count)]
    batches = [arrays(*rows[at : at + BATCH]) for at in range(0, count, BATCH)]
    with psycopg.connect(address, autocommit=True) as line:
        ready.wait(600)
        for one in batches:
            line.execute(PUSH, one)


# --- people at their own computers -----------------------------------------------------------------------------


@dataclass
class Team:
    """Two people with a computer each, and a hub for their study."""

    place: Path
    server: hub_screens.HasHubs
    url: str = field(init=False)

    def __post_init__(self) -> None:
        self.place.mkdir()
        self.url = self.server.database()

    def folder(self, name: str) -> Path:
        """Somebody's copy of the study."""
        return self.place / name / "study"

    @contextmanager
    def at(self, name: str) -> Iterator[None]:
        """Whatever is done inside is done on somebody's own computer."""
        (self.place / name).mkdir(exist_ok=True)
        before = {key: os.environ.get(key, "") for key in ("XDG_DATA_HOME", "XDG_STATE_HOME", "QUALBENCH_AS")}
        os.environ.update({key: str(self.place / name / key) for key in before}, QUALBENCH_AS=name)
        try:
            yield
        finally:
            os.environ.update(before)

    def begin(self, project: Project) -> None:
        """Put ana's study on the hub and let ben in."""
        card = self._card("ben")
        login = f"ana_{self.place.name.replace('-', '_')}"
        project.init_hub(self.url, login)
        project.invite(self.url, card, "ben", login.replace("ana", "ben"))
        project.sync()

    def _card(self, name: str) -> Card:
        with self.at(name):
            return identity().card(name)

    def join(self) -> Project:
        """Ben's copy, open."""
        login = f"ben_{self.place.name.replace('-', '_')}"
        return Project.join_hub(self.server.address(self.server.made[-1], login), self.folder("ben"))


def _new_laptop(team: Team, codings: int) -> Iterator[Row]:
    names = [f"talk-{number:02}" for number in range(max(2, codings // 4_000))]
    with team.at("ana"), studies.two_coders(team.folder("ana"), codings, names, min(1_334, codings)) as project:
        seconds, _ = timed(lambda: team.begin(project))
        count = project._db.execute("select count(*) from journal").fetchone()[0]
        yield Row(f"a study of {count:,} facts put on a hub", seconds, "s", note="its lead waits for this once")
        yield _idle(project, count)
    with team.at("ben"):
        begun = time.process_time()
        seconds, joined = timed(team.join)
        note = f"a new laptop; {time.process_time() - begun:.1f} s of its own processor time"
        joined.close()
    yield Row(f"join a study of {count:,} facts", seconds, "s", JOINED, note=note)


def _idle(project: Project, count: int) -> Row:
    """What a meeting with nothing to give and to take costs whoever codes meanwhile."""
    times = []
    for _ in range(11):
        begun = time.process_time()
        project.sync()
        times.append((time.process_time() - begun) * 1e3)
    note = f"processor time; median of 11, slowest {max(times):.1f} ms"
    return Row(f"a meeting with nothing to do, {count:,} facts", median(times), "ms", IDLE, note=note)


def _taken_in(team: Team, count: int) -> Row:
    """Transcripts are opened, and what was coded in them comes to somebody who writes at that moment."""
    names = [f"talk-{number}" for number in range(max(1, count // 2_000))]
    each = count // len(names)
    with team.at("ana"):
        with studies.create(team.folder("ana")) as project:
            for seed, name in enumerate(names):
                studies.add(project, name, studies.interview(each, seed))
            team.begin(project)
        with team.at("ben"):
            team.join().close()
        with Project.open(team.folder("ana"), "ana", write=True) as project:
            for name in names:
                _coded(project, name, each)
            project.seal()
            for name in names:
                project.open_on_hub(name, "to measure")
    with (
        team.at("ben"),
        Project.open(team.folder("ben"), "ben", write=True) as project,
        _somebody_types(team.folder("ben")) as waits,
    ):
        seconds, came = timed(project.sync)
    note = f"the longest of {len(waits)} waits; {came.taken:,} facts, taken in within {seconds:.2f} s"
    return Row(f"a key waits while {count:,} facts come", max(waits) * 1e3, "ms", KEY_WAITS, note=note)


def _coded(project: Project, name: str, count: int) -> None:
    """So many codes in one step, and the pass is submitted."""
    transcript, pass_ = project.transcript(name), project.open_pass(name)
    counted = [segment for segment in transcript.segments if transcript.counts(segment)]
    project._record([
        events.CodeApplied(
            transcript=transcript.id, pass_id=pass_.id, coding=events.new_id(), start=one.start, end=one.end,
            code=studies.CODES[n // len(counted)], quote=str(events.seal(transcript.text[one.start : one.end])),
        )
        for n in range(count) for one in (counted[n % len(counted)],)
    ])  # fmt: skip
    project.submit([name], "nothing")


@contextmanager
def _somebody_types(folder: Path) -> Iterator[Sequence[float]]:
    """Beside what is done inside, a key is pressed every ten milliseconds; how long each waited for the study."""
    waits: list[float] = []
    ended = threading.Event()

    def type_on() -> None:
        db = database.connect(folder / "study.db")
        while not ended.wait(0.01):
            begun = time.perf_counter()
            with suppress(database.Error):
                db.execute("begin immediate")
            waits.append(time.perf_counter() - begun)
            with suppress(database.Error):
                db.execute("rollback")
        db.close()

    thread = threading.Thread(target=type_on)
    thread.start()
    try:
        yield waits
    finally:
        ended.set()
        thread.join()
