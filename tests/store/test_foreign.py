"""Databases of strangers: nothing of theirs is run, whatever they hold."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest

from qualbench.errors import UnreadableFile
from qualbench.store import foreign

WANTED = {"source": ("id", "name", "gone"), "tags": ("id",), "missing": ("id",)}


def made(*statements: str) -> bytes:
    with closing(sqlite3.connect(":memory:")) as db:
        for statement in statements:
            db.execute(statement)
        db.commit()
        return db.serialize()


def rows(data: bytes) -> dict[str, list[dict[str, object]]]:
    with foreign.opened("x.qda", data) as tables:
        return tables.rows(WANTED)


def test_the_tables_and_columns_that_are_there_are_read() -> None:
    data = made("create table source(id, name, other)", "insert into source values (1, 'talk', x'00')")
    assert rows(data) == {"source": [{"id": 1, "name": "talk"}]}


def test_a_database_that_was_left_in_write_ahead_mode_opens() -> None:
    data = bytearray(made("create table source(id)", "insert into source values (1)"))
    data[18:20] = b"\x02\x02"
    assert rows(bytes(data)) == {"source": [{"id": 1}]}


def test_views_and_virtual_tables_are_no_tables() -> None:
    endless = "with recursive n(i) as (select 1 union all select i + 1 from n) select i as id, i as name from n"
    data = made(f"create view source as {endless}", "create virtual table tags using fts5(id)")
    assert rows(data) == {}


def test_columns_that_compute_are_not_read() -> None:
    heavy = "length(replace(hex(zeroblob(100000)), '0', 'xx'))"
    data = made(f"create table source(id, name as ({heavy}))", "insert into source(id) values (1)")
    assert rows(data) == {"source": [{"id": 1}]}


def test_a_table_without_an_end_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(foreign, "_MOST", 1)
    monkeypatch.setattr(foreign, "_STEPS", 1_000)
    data = made("create table source(id)", *(f"insert into source values ({n})" for n in range(30_000)))
    with pytest.raises(UnreadableFile):
        rows(data)


def test_text_that_is_no_utf8_is_read_with_signs_in_its_place() -> None:
    data = made("create table source(id, name)", "insert into source values (1, cast(x'416EFF' as text))")
    assert rows(data)["source"][0]["name"] == "An\ufffd"


@pytest.mark.parametrize("cut", [16, 100, 5_000])
def test_a_broken_database_is_told_in_a_sentence(cut: int) -> None:
    data = made("create table source(id, name)", *(f"insert into source values ({n}, 'x')" for n in range(900)))
    with pytest.raises(UnreadableFile, match=r"x\.qda: its database is damaged\."):
        rows(data[:cut] + b"\xa5" * (len(data) - cut))
