"""Studies of every release open after a copy was kept, and once only; those of a newer release are refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from qualbench.errors import NewerStudy
from qualbench.project import Project
from qualbench.store import backups
from qualbench.store.database import connect
from qualbench.store.migrations import VERSION, migrate
from tests.durability.conftest import complaints
from tests.project.test_first_schema import turn_back
from tests.store.test_golden import load


@pytest.fixture
def released(tmp_path: Path) -> Path:
    """The study of release 0.1.0 that is kept for ever, in the tables of that release."""
    folder = tmp_path / "released"
    (folder / "backups").mkdir(parents=True)
    db = connect(folder / "study.db")
    migrate(db)
    load(db, "0.1.0")
    turn_back(db)
    db.close()
    return folder


def test_a_study_of_the_first_release_opens_after_a_copy_of_it_was_kept(released: Path) -> None:
    before = connect(released / "study.db")
    told = before.execute("select id, kind, data from journal order by seq").fetchall()
    before.close()
    with Project.open(released, "ana", write=True) as project:
        assert project.attention() == ()
        assert project._db.execute("select id, kind, data from journal order by seq").fetchall() == told
    (copy,) = backups.copies(released)
    assert "before-migration" in copy.name
    old = connect(copy, readonly=True)
    assert old.execute("pragma user_version").fetchone() == (1,)
    assert old.execute("select count(*) from journal").fetchone() == (len(told),)
    old.close()
    assert complaints(released) == []
    after = (released / "study.db").read_bytes()
    Project.open(released, "ana", write=True).close()
    assert (released / "study.db").read_bytes() == after, "the second time there was something to do"


def test_a_study_of_a_newer_release_is_refused_and_stays_as_it_is(folder: Path) -> None:
    db = connect(folder / "study.db")
    db.execute(f"pragma user_version = {VERSION + 1}")
    db.execute("pragma wal_checkpoint(truncate)")
    db.close()
    before = (folder / "study.db").read_bytes()
    for write in (False, True):
        with pytest.raises(NewerStudy, match=r"newer Qualbench than this one.*nothing was changed"):
            Project.open(folder, "ana", write=write)
    assert (folder / "study.db").read_bytes() == before
    assert backups.copies(folder) == []
