"""What may go wrong between a study and its hub, and that nothing is lost by it."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import psycopg
import pytest

from qualbench import hub
from qualbench.errors import QualbenchError
from tests.conftest import code
from tests.hub.machines import Machine, Team, seen
from tests.hub.servers import Server

READING = ["TRUST", "HOPE", "", "FEAR"]
OTHER = ["TRUST", "TRUST+HOPE", "", ""]


@pytest.fixture
def team(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, clock: Callable[[], datetime], server: Server) -> Team:
    return Team(tmp_path, monkeypatch, clock, server).begin("one", "two")


def whole(team: Team) -> None:
    """The hub has every entry of every device once, without a hole, in whole chains."""
    with psycopg.connect(team.admin) as db:
        tight = db.execute(
            "select bool_and(n = head and m = head) from hub.head"
            " join (select audience, count(*) n, max(pos) m from hub.event group by 1) e using (audience)"
        ).fetchone()
        assert tight == (True,)
        there = {row[0] for row in db.execute("select ev_id from hub.event").fetchall()}
        twice = db.execute("select count(*) from hub.event group by audience, ev_id having count(*) > 1").fetchall()
        assert twice == []
    for name in team.machines:
        with team[name].open() as study:
            own = {row[0] for row in study._db.execute("select id from journal where device = ?", (study._device,))}
            assert own <= there, name
            assert [sentence for well, sentence in study.examine() if not well] == []


def halved(team: Team) -> None:
    """The hub as it stood when it had half of its entries, as after a backup was brought back."""
    with psycopg.connect(team.admin) as db:
        for audience, head in db.execute("select audience, head from hub.head").fetchall():
            keep = head // 2 if audience != "*" else head - 1
            db.execute("delete from hub.event where audience = %s and pos > %s", (audience, keep))
            db.execute("delete from hub.word where audience = %s and pos > %s", (audience, keep))
            db.execute("update hub.head set head = %s where audience = %s", (keep, audience))
        db.execute("delete from hub.chain")
        db.execute(
            "insert into hub.chain select distinct on (device, subject, lane) device, subject, lane, seq, hash"
            " from hub.event order by device, subject, lane, seq desc"
        )
        db.execute("delete from hub.lane l where not exists (select 1 from hub.event e where e.lane = l.lane)")
        db.execute("update hub.gate set state = 'blind', passes = '{}'")
        db.execute("delete from hub.sealed")
        db.execute("delete from hub.doc_key")
        db.execute("update hub.study set generation = gen_random_uuid()")


def test_a_hub_that_was_set_back_gets_everything_again(team: Team) -> None:
    """Clients give again what it lost, by themselves; what was sealed and opened is so again."""
    team.codes("ana", READING, "one", "two")
    team.codes("ben", OTHER, "one", "two")
    team.sync()
    team.seal("ana", "ben")
    with team["lead"].open() as study:
        study.open_on_hub("one", round_=study.rounds()[0].id)
    team.sync("ana", "ben")
    before = {name: seen(team[name]) for name in team.machines}
    halved(team)
    for _ in range(2):
        team.sync("ana", "ben", "lead")
    team.sync("ana", "ben")
    whole(team)
    assert {name: seen(team[name]) for name in team.machines} == before
    with psycopg.connect(team.admin) as db:
        assert db.execute("select count(*) from hub.gate where state = 'open'").fetchone() == (1,)
        assert db.execute("select count(distinct doc) from hub.doc_key").fetchone() == (3,)


def test_a_new_laptop_of_a_coder_gets_their_own_blind_work(team: Team) -> None:
    team.codes("ana", READING, "one", submit=False)
    team.sync("ana")
    second = Machine(team.place / "elsewhere", "ana", team.patch, team.clock)
    with team["lead"].open() as study:
        study.invite(team.admin, second.card(), "ana", team.login("ana"))
        study.sync()
    team.join("ana", second)
    with second.open() as study:
        assert len(study.codings()) == 3
        study.submit(["one"])
        study.sync()
    team.sync("ana")
    with team["ana"].open() as study:
        assert [str(one.state) for one in study.passes()] == ["submitted"]


def test_two_copies_of_one_folder_are_told_apart(team: Team) -> None:
    """Somebody brings back an old copy of their folder and works on: both can not be kept, and that is said."""
    import shutil

    copy = team.place / "copy"
    shutil.copytree(team["ana"].folder, copy)
    team.codes("ana", READING, "one")
    team.sync("ana")
    shutil.rmtree(team["ana"].folder)
    copy.rename(team["ana"].folder)
    team.codes("ana", OTHER, "one")
    with team["ana"].open() as study, pytest.raises(QualbenchError, match="Two copies"):
        study.sync()


def test_an_old_copy_on_which_nothing_was_done_catches_up(team: Team) -> None:
    import shutil

    copy = team.place / "copy"
    shutil.copytree(team["ana"].folder, copy)
    team.codes("ana", READING, "one")
    team.sync("ana")
    shutil.rmtree(team["ana"].folder)
    copy.rename(team["ana"].folder)
    with team["ana"].open() as study:
        study.sync()
        assert len(study.codings()) == 3


def test_a_server_that_stops_at_once_loses_nothing_that_it_took(team: Team) -> None:
    if team.server.data is None:
        pytest.skip("Only the server from the wheel is ours to stop.")
    team.codes("ana", READING, "one")
    team.sync("ana")
    team.server.stop()
    with team["ana"].open() as study:
        code(study, "ana", OTHER, "two", submit=False)
        with pytest.raises(hub.HubAway):
            study.sync()
    team.server.start()
    team.sync("ana")
    whole(team)


CLIENT = """
import sys
from pathlib import Path
from qualbench.hub import link
from qualbench.project import Project

link.MOST_ROWS = 3
with Project.open(Path(sys.argv[1]), "ana", write=True) as study:
    print("begun", flush=True)
    study.sync()
"""


def begun(team: Team) -> subprocess.Popen[str]:
    """A client of ana's that has begun to sync, a few entries at a time."""
    env = {**os.environ, "XDG_DATA_HOME": str(team["ana"].home / "data"),
           "XDG_STATE_HOME": str(team["ana"].home / "state")}  # fmt: skip
    command = [sys.executable, "-W", "ignore", "-c", CLIENT, str(team["ana"].folder)]
    running = subprocess.Popen(command, env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert running.stdout is not None
    assert running.stdout.readline() == "begun\n"
    return running


def killed_in_the_middle(team: Team, after: float) -> bool:
    """A client is killed so many seconds after it began to sync; whether it was still at it."""
    process = begun(team)
    time.sleep(after)
    process.kill()
    process.communicate()
    assert process.returncode in (0, -signal.SIGKILL)
    return process.returncode != 0


def kills(team: Team, times: int) -> int:
    chance = random.Random(1)
    caught = 0
    for n in range(times):
        with team["ana"].open() as study:
            study.viewer = "ana"
            for m in range(20):
                study.write_note(f"memo {n} {m}", on="study")
        caught += killed_in_the_middle(team, chance.uniform(0.0, 0.25) if n else 0.0)
    team.sync("ana")
    whole(team)
    with team["ana"].open() as study:
        assert study.hub_status().waiting == 0
    return caught


def test_a_client_that_is_killed_while_it_gives_loses_nothing(team: Team) -> None:
    assert kills(team, 5) > 0


@pytest.mark.soak
@pytest.mark.timeout(1800)
def test_a_client_that_is_killed_334_times(team: Team) -> None:
    assert kills(team, 334) > 100


def stops(team: Team, times: int) -> None:
    """The server stops at once, as when the power is cut, while somebody gives; nothing that it took is lost."""
    if team.server.data is None:
        pytest.skip("Only the server from the wheel is ours to stop.")
    for n in range(times):
        with team["ana"].open() as study:
            for m in range(20):
                study.write_note(f"memo {n} {m}", on="study")
        running = begun(team)
        team.server.crash()
        running.communicate(timeout=60)
        whole_server(team)
    team.sync("ana")
    whole(team)
    with team["ana"].open() as study:
        assert study.hub_status().waiting == 0


def whole_server(team: Team) -> None:
    """Everything that the server acknowledged is there after it starts again: no head without its entries."""
    with psycopg.connect(team.admin) as db:
        heads = db.execute(
            "select bool_and(head = (select count(*) from hub.event e where e.audience = h.audience)) from hub.head h"
        )
        assert heads.fetchone() == (True,)


def test_a_server_that_stops_while_somebody_gives(team: Team) -> None:
    stops(team, 1)


@pytest.mark.soak
@pytest.mark.timeout(1800)
def test_a_server_that_stops_twelve_times(team: Team) -> None:
    stops(team, 12)


PLANTED = ("trusted her at once", "A PLANTED MEMO", "PLANTED REASON")


def copied(db: psycopg.Connection, table: str) -> bytes:
    with db.cursor().copy(f"copy hub.{table} to stdout") as copy:
        return b"".join(bytes(part) for part in copy)


def test_words_are_never_on_the_server_in_plain(team: Team) -> None:
    team.codes("ana", READING, "one")
    with team["ana"].open() as study:
        study.write_note("A PLANTED MEMO", on="study")
    team.seal("ana")
    with team["lead"].open() as study:
        study.open_on_hub("one", "PLANTED REASON of the lead", study.rounds()[0].id)
    team.sync()
    with psycopg.connect(team.admin) as db:
        tables = db.execute("select tablename from pg_tables where schemaname = 'hub'").fetchall()
        dump = b"".join(copied(db, table) for (table,) in tables)
    assert b"pass_opened" in dump
    for words in PLANTED:
        assert words.encode() not in dump
        assert words.encode().hex().encode() not in dump


def test_words_that_were_destroyed_are_gone_from_the_hub_and_everybodys_disk(team: Team) -> None:
    with team["lead"].open() as study:
        before = set(study._db.execute("select doc, id from hub_key").fetchall())
        text = study.transcript("one")
        held = study._db.execute("select text from transcript where id = ?", (text.id,)).fetchone()[0]
        from qualbench import events

        study._record([events.WordsErased(transcript=text.id, hashes=[held], reason=events.seal("withdrawn"))])
        study.sync()
        after = set(study._db.execute("select doc, id from hub_key").fetchall())
        assert {doc for doc, _ in before - after} == {text.id}, "its key is another one"
    team.sync("ana")
    with team["ana"].open() as study:
        assert study._db.execute("select 1 from content where hash = ?", (held,)).fetchone() is None
        keys = set(study._db.execute("select doc, id from hub_key").fetchall())
    assert keys == after
    with psycopg.connect(team.admin) as db:
        assert db.execute("select count(*) from hub.word where hash = %s", (held,)).fetchone() == (0,)
        assert db.execute("select count(distinct key) from hub.doc_key where doc = %s", (text.id,)).fetchone() == (1,)
    team.codes("ana", READING, "two")
    team.sync("ana")


def test_a_key_that_the_lead_did_not_sign_is_not_taken(team: Team) -> None:
    """Whoever runs the server could put a key there that they know; nobody seals words with it."""
    with team["ana"].open() as study:
        before = study._db.execute("select doc, id from hub_key order by doc").fetchall()
        forged = hub.wrapped(os.urandom(32) + os.urandom(64), [study.card().recipient])
        with psycopg.connect(team.admin) as db:
            db.execute("update hub.doc_key set key = gen_random_uuid(), wrapped = %s", (forged,))
        study.sync()
        assert study._db.execute("select doc, id from hub_key order by doc").fetchall() == before


# --- many at once ----------------------------------------------------------------------------------------------


def many(server: Server, clients: int, each: int, batch: int = 1000) -> float:
    """So many clients give so many entries each at once, all for everybody and in one audience; seconds."""
    import threading

    from tests.hub.attacks import PUSH, Writer, arrays

    admin = server.database()
    name = server.made[-1]
    hub.make(admin, hub.Founding("study", "Study", 2, {}, [], []), ("lena", "lena"))
    batches = {}
    for n in range(clients):
        hub.invite(admin, f"many{n}", f"many{n}")
        writer = Writer(f"many{n}")
        rows = [writer.entry("person_added", "study", {"name": "somebody", "roles": []}) for _ in range(each)]
        batches[n] = [arrays(*rows[at : at + batch]) for at in range(0, each, batch)]
    lines = {n: psycopg.connect(server.address(name, f"many{n}"), autocommit=True) for n in batches}

    def give(n: int) -> None:
        for one in batches[n]:
            lines[n].execute(PUSH, one)

    threads = [threading.Thread(target=give, args=(n,)) for n in batches]
    began = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    took = time.perf_counter() - began
    for line in lines.values():
        line.close()
    with psycopg.connect(admin) as db:
        found = db.execute("select count(*), max(pos), min(pos) from hub.event").fetchone()
        assert found == (clients * each, clients * each, 1)
    return took


def test_eight_clients_at_once_leave_no_hole(server: Server) -> None:
    many(server, 8, 500, 50)


@pytest.mark.soak
@pytest.mark.timeout(600)
def test_a_million_entries_of_eight_clients(server: Server) -> None:
    took = many(server, 8, 125_000)
    sys.stdout.write(f"1,000,000 entries of 8 clients: {took:.1f} s\n")
    assert took < 40
