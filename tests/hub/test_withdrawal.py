"""A participant withdraws from a study on a hub: their words go from the server and from every member's disk."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import psycopg
import pytest
from psycopg import sql

from qualbench import hub
from qualbench.model import Role
from tests.conftest import spans
from tests.hub.machines import Team
from tests.hub.servers import Server
from tests.hub.test_trouble import READING, copied, halved, whole

PLANTED = b"That was interview one"
"""Words of the interview with P1, in which nobody else speaks."""


@pytest.fixture
def team(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, clock: Callable[[], datetime], server: Server) -> Team:
    """P1 speaks in one; ana has coded it and given it to the hub, ben has begun and was not on line since."""
    made = Team(tmp_path, monkeypatch, clock, server).begin("one", "two")
    with made["lead"].open() as study:
        study.assign_speaker("one", "P1", Role.PARTICIPANT, "P1")
        study.assign_speaker("two", "P1", Role.PARTICIPANT, "P2")
    made.sync()
    made.codes("ana", READING, "one")
    made.sync("ana")
    with made["ben"].open() as study:
        pass_ = study.open_pass("one")
        study.apply_code(pass_.id, "HOPE", *spans(study, "one")[1])
        study.write_memo(pass_.id, *spans(study, "one")[1], "What ben wrote without a line")
    for name in made.machines:
        with made[name].open() as study:
            study.back_up("before")
    return made


def withdraws(team: Team) -> set[str]:
    """The lead does it and syncs; the hashes of what is to be gone."""
    with team["lead"].open() as study:
        study.withdraw("P1", "They asked for it.")
        study.sync()
        gone = study._db.execute("select value from erased, json_each(hashes)").fetchall()
    assert gone
    return {digest for (digest,) in gone}


def keys_anywhere(team: Team) -> list[bytes]:
    """Every key that any member still has."""
    found = set()
    for name in team.machines:
        with team[name].open() as study:
            found |= {row[0] for row in study._db.execute("select secret from hub_key")}
    return sorted(found)


def nothing_on_the_hub(team: Team, gone: set[str], keys: list[bytes]) -> None:
    """The whole dump and all these keys together give none of the words."""
    with psycopg.connect(team.admin) as db:
        tables = db.execute("select tablename from pg_tables where schemaname = 'hub'").fetchall()
        dump = b"".join(copied(db, table) for (table,) in tables)
        held = db.execute("select hash, cipher from hub.word").fetchall()
    assert not gone & {digest for digest, _ in held}
    bodies = [body for digest, cipher in held for key in keys if (body := hub.opened(key, digest, cipher)) is not None]
    assert bodies, "other words are there and can be opened"
    assert PLANTED not in dump
    assert not any(PLANTED in body for body in bodies)


def nothing_on_the_disk(team: Team, name: str, *, there: bool = False) -> None:
    """No file of a member's study has the words: not the database, its log, nor a backup."""
    files = {path.name: path.read_bytes() for path in team[name].folder.rglob("*") if path.is_file()}
    assert len(files) > 2
    assert any(PLANTED in body for body in files.values()) == there, name


def test_words_go_from_the_hub_at_once_and_from_each_disk_at_the_next_meeting(team: Team) -> None:
    old = keys_anywhere(team)
    gone = withdraws(team)
    nothing_on_the_hub(team, gone, [*old, *keys_anywhere(team)])
    nothing_on_the_disk(team, "lead")
    nothing_on_the_disk(team, "ben", there=True)
    team.sync("ana", "ben")
    for name in team.machines:
        nothing_on_the_disk(team, name)
    assert not set(keys_anywhere(team)) - set(_current(team)), "nobody has the key that is destroyed"
    team.sync("lead", "ana")
    nothing_on_the_hub(team, gone, [*old, *keys_anywhere(team)])
    whole(team)
    with team["ben"].open() as study:
        assert study.hub_status().refused == ()
        assert study.hub_status().waiting == 0
        assert len(study.codings()) == 1, "his coding is kept"


def _current(team: Team) -> list[bytes]:
    with team["lead"].open() as study:
        return [row[0] for row in study._db.execute("select secret from hub_key")]


def test_words_that_somebody_still_gives_are_not_taken(team: Team) -> None:
    gone = withdraws(team)
    with team["ana"].at(), hub.reach(team.address("ana")) as link:
        link.put_words(
            [hub.Word("", digest, "study", "0" * 8 + "-0000-4000-8000-" + "0" * 12, b"x") for digest in gone]
        )
    with psycopg.connect(team.admin) as db:
        assert db.execute("select count(*) from hub.word where hash = any(%s)", (list(gone),)).fetchone() == (0,)


@pytest.mark.parametrize("first", ["lead", "ana"])
def test_a_backup_of_the_hub_does_not_bring_them_back(team: Team, first: str) -> None:
    """Words, keys and all are there again as before the withdrawal; whoever comes first, they go again."""
    kept = f"{team.database}_kept"
    copy = sql.SQL("create database {} template {}")
    team.server.ask(copy.format(sql.Identifier(kept), sql.Identifier(team.database)))
    gone = withdraws(team)
    team.sync("ana")
    team.server.drop(team.database)
    team.server.ask(copy.format(sql.Identifier(team.database), sql.Identifier(kept)))
    team.server.ask(sql.SQL("drop database {}").format(sql.Identifier(kept)))
    team.server.made.append(team.database)
    with psycopg.connect(team.admin) as db:
        assert db.execute("select count(*) from hub.word where hash = any(%s)", (list(gone),)).fetchone() != (0,)
        db.execute("update hub.study set generation = gen_random_uuid()")
    team.sync(first)
    nothing_on_the_disk(team, first)
    team.sync()
    team.sync()
    nothing_on_the_hub(team, gone, keys_anywhere(team))
    for name in team.machines:
        nothing_on_the_disk(team, name)
    whole(team)
    with psycopg.connect(team.admin) as db:
        held = db.execute("select hash, cipher from hub.word").fetchall()
    keys = _current(team)
    assert {digest for digest, _ in held} == {
        digest for digest, cipher in held if any(hub.opened(key, digest, cipher) is not None for key in keys)
    }, "what is left can be read by all who come"


def test_half_a_hub_does_not_bring_them_back(team: Team) -> None:
    gone = withdraws(team)
    halved(team)
    with psycopg.connect(team.admin) as db:
        db.execute("delete from hub.erased")
    team.sync("ana", "ben", "lead")
    team.sync()
    nothing_on_the_hub(team, gone, keys_anywhere(team))
    for name in team.machines:
        nothing_on_the_disk(team, name)
    whole(team)
