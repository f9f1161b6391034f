"""The tables: made once, brought up to date once, and never touched by an older program than the one that made them."""

from __future__ import annotations

from pathlib import Path

import pytest

from qualbench.errors import NewerStudy, NotAStudy
from qualbench.store import migrations
from qualbench.store.database import Connection, connect
from tests.store.conftest import everything


def test_a_fresh_database_is_at_the_newest_version(empty: Connection, path: Path) -> None:
    assert empty.execute("pragma user_version").fetchone() == (migrations.VERSION,)
    assert not migrations.pending(empty, path)


def test_the_version_counts_the_steps() -> None:
    """A step that is added without its version would never run on a study that is there."""
    assert len([name for name in vars(migrations) if name.startswith("m0")]) == migrations.VERSION


def test_migrating_twice_changes_nothing(db: Connection) -> None:
    schema = db.execute("select sql from sqlite_master order by name").fetchall()
    before = everything(db)
    migrations.migrate(db)
    assert everything(db) == before
    assert db.execute("select sql from sqlite_master order by name").fetchall() == schema


def test_a_migration_cut_short_before_its_version_was_noted_is_taken_up_again(db: Connection, path: Path) -> None:
    before = everything(db)
    db.execute("pragma user_version = 0")
    migrations.migrate(db)
    assert everything(db) == before
    assert not migrations.pending(db, path)


def test_a_step_that_fails_leaves_no_half_of_it(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_: object) -> None:
        raise RuntimeError("the step has a fault")

    monkeypatch.setattr(migrations, "_results", broken)
    db = connect(path)
    with pytest.raises(RuntimeError):
        migrations.migrate(db)
    assert [name for name in everything(db) if not name.startswith(("_sqlite", "sqlite"))] == []
    assert db.execute("pragma user_version").fetchone() == (0,)


def test_an_older_study_waits_for_its_migration(db: Connection, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(migrations, "VERSION", migrations.VERSION + 1)
    assert migrations.pending(db, path)


def test_a_newer_study_is_refused(db: Connection, path: Path) -> None:
    db.execute(f"pragma user_version = {migrations.VERSION + 1}")
    with pytest.raises(NewerStudy, match=r"study\.db was written by a newer Qualbench.*nothing was changed"):
        migrations.pending(db, path)


def test_a_database_of_something_else_is_not_taken_for_a_study(path: Path) -> None:
    db = connect(path)
    db.execute("create table recipes(name)")
    with pytest.raises(NotAStudy):
        migrations.pending(db, path)
