"""The connection every study is opened with: durable, enforcing, one writer at a time, and plain about a bad disk."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from sqlcipher3 import dbapi2

from qualbench.errors import DamagedStudy, DiskTrouble
from qualbench.store.database import PAGES, ROWS, Connection, attach, connect, rest, transaction


def test_the_driver_has_an_sqlite_without_the_wal_reset_fault() -> None:
    """The fault that can lose commits of two connections was mended in 3.51.3."""
    assert tuple(int(part) for part in dbapi2.sqlite_version.split(".")) >= (3, 51, 3)


def test_every_connection_is_durable_and_keeps_foreign_keys(path: Path) -> None:
    connect(path).close()
    for readonly in (False, True):
        db = connect(path, readonly=readonly)
        pragmas = {name: db.execute(f"pragma {name}").fetchone()[0] for name in ("synchronous", "foreign_keys")}
        assert pragmas == {"synchronous": 2, "foreign_keys": 1}  # 2 is FULL
        assert db.execute("pragma journal_mode").fetchone()[0] == "wal"
        db.close()


def test_sqlite_utils_uses_the_same_driver() -> None:
    from sqlite_utils.utils import sqlite3

    assert sqlite3.sqlite_version == dbapi2.sqlite_version


def test_a_read_only_connection_writes_nothing(path: Path) -> None:
    connect(path).execute("create table t(n)")
    with pytest.raises(dbapi2.OperationalError, match="readonly"):
        connect(path, readonly=True).execute("insert into t values (1)")


def test_two_connections_that_read_and_then_write_wait_for_each_other(path: Path) -> None:
    """In a deferred transaction the second writer fails at once, whatever the timeout: 'database is locked'."""
    connect(path).execute("create table t(n)")
    failures: list[Exception] = []

    def count_up() -> None:
        db = connect(path)
        db.execute("pragma busy_timeout = 60000")  # a busy disk may let one of them go first many times
        try:
            for _ in range(25):
                with transaction(db):
                    (n,) = db.execute("select count(*) from t").fetchone()
                    time.sleep(0.001)
                    db.execute("insert into t values (?)", (n,))
        except dbapi2.Error as error:
            failures.append(error)

    threads = [threading.Thread(target=count_up) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert [row[0] for row in connect(path).execute("select n from t order by n")] == list(range(50))


def test_a_reader_goes_on_while_somebody_writes(path: Path) -> None:
    one = connect(path)
    one.execute("create table t(n)")
    with transaction(one):
        one.execute("insert into t values (1)")
        assert connect(path, readonly=True).execute("select count(*) from t").fetchone() == (0,)
    assert connect(path, readonly=True).execute("select count(*) from t").fetchone() == (1,)


def test_a_transaction_that_fails_leaves_nothing(path: Path) -> None:
    db = connect(path)
    db.execute("create table t(n integer not null)")
    with pytest.raises(dbapi2.IntegrityError), transaction(db):
        db.executemany("insert into t values (?)", [(1,), (2,), (None,)])
    assert db.execute("select count(*) from t").fetchone() == (0,)
    assert not db.in_transaction


def test_a_fault_of_the_program_is_not_called_a_fault_of_the_disk(path: Path) -> None:
    db = connect(path)
    with pytest.raises(dbapi2.OperationalError, match="no such table"), transaction(db):
        db.execute("insert into nowhere values (1)")


def test_a_disk_that_fills_up_is_a_sentence_and_the_connection_goes_on(path: Path) -> None:
    db = connect(path)
    db.execute("create table t(body)")
    pages = db.execute("pragma page_count").fetchone()[0]
    db.execute(f"pragma max_page_count = {pages + 2}")
    with transaction(db):
        db.execute("insert into t values ('small')")
    with pytest.raises(DiskTrouble, match=r"could not be saved.*full"), transaction(db):
        db.execute("insert into t values (?)", ("x" * 100_000,))
    with transaction(db):
        db.execute("insert into t values ('after')")
    assert [row[0] for row in db.execute("select body from t")] == ["small", "after"]


def test_a_file_that_is_no_database_is_called_damaged(path: Path) -> None:
    path.write_bytes(b"These are the minutes of a meeting. " * 200)
    for readonly in (False, True):
        with pytest.raises(DamagedStudy, match=r"study\.db can not be read"):
            connect(path, readonly=readonly)


def test_a_folder_that_is_not_there_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(DiskTrouble, match="unable to open"):
        connect(tmp_path / "gone" / "study.db")


def test_on_media_that_cannot_be_written_a_study_opens_as_it_stands(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """SQLite refuses a WAL database there even for reading, unless it is told that the file cannot change."""
    connect(path).execute("create table t(n)")
    real, tried = dbapi2.connect, []

    def refusing(database: str, **options: object) -> object:
        tried.append(database)
        if "immutable=1" not in database:
            raise dbapi2.OperationalError("unable to open database file")
        return real(database, **options)

    monkeypatch.setattr(dbapi2, "connect", refusing)
    with pytest.raises(DiskTrouble):
        connect(path, readonly=True)
    monkeypatch.setattr("os.access", lambda *_: False)
    tried.clear()
    db = connect(path, readonly=True)
    assert db.execute("select count(*) from t").fetchone() == (0,)
    assert len(tried) == 2
    with pytest.raises(DiskTrouble):
        connect(path)


def test_a_study_is_attached_to_be_read_only(path: Path, tmp_path: Path) -> None:
    connect(path).execute("create table t(n)")
    db = connect(tmp_path / "other file.db")
    attach(db, str(path), "beside")
    assert db.execute("select count(*) from beside.t").fetchone() == (0,)
    with pytest.raises(dbapi2.OperationalError, match="readonly"):
        db.execute("insert into beside.t values (1)")


# --- what pauses are for ---------------------------------------------------------------------------------------------


def _in_the_file(path: Path) -> int:
    """How many rows the file holds by itself, without its log."""
    alone = path.with_name("alone.db")
    alone.write_bytes(path.read_bytes())
    with closing(connect(alone, readonly=True)) as db:
        return int(db.execute("select count(*) from t").fetchone()[0])


def _write(db: Connection, rows: int, size: int = 20_000) -> None:
    db.execute("pragma synchronous = off")  # many writes in a short test; where they go is the same
    for _ in range(rows):
        with transaction(db):
            db.execute("insert into t values (randomblob(?))", (size,))


@pytest.fixture
def rested(path: Path) -> Iterator[Connection]:
    """A connection that has had its first pause, and room to write to."""
    with closing(connect(path)) as db:
        db.execute("create table t(words)")
        rest(db)
        yield db


def test_once_there_are_pauses_no_decision_has_to_move_the_log(rested: Connection, path: Path) -> None:
    _write(rested, 2 * ROWS)  # five pages each: SQLite by itself would have moved them after two hundred rows
    assert _in_the_file(path) == 0
    rest(rested)
    assert _in_the_file(path) == 2 * ROWS


def test_a_pause_after_a_few_decisions_is_left_in_peace(rested: Connection, path: Path) -> None:
    _write(rested, ROWS - 1)
    rest(rested)
    assert _in_the_file(path) == 0


def test_the_log_does_not_grow_for_ever_when_no_pause_comes(rested: Connection, path: Path) -> None:
    _write(rested, 150, size=400_000)  # a hundred pages each
    assert path.with_name(f"{path.name}-wal").stat().st_size < 1.1 * PAGES * 4_120
    assert _in_the_file(path) > 0


def test_a_disk_in_the_way_of_a_pause_is_left_to_the_next_decision(rested: Connection, path: Path) -> None:
    _write(rested, ROWS)
    rested.set_authorizer(lambda *_: dbapi2.SQLITE_DENY)
    rest(rested)
    rested.set_authorizer(None)
    assert _in_the_file(path) == 0
    rest(rested)
    assert _in_the_file(path) == ROWS
