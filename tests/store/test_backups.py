"""Copies: whole, made only when something changed, twelve at most, and no trouble when the disk is full."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from qualbench.errors import DiskTrouble
from qualbench.store import backups, doctor
from qualbench.store.database import Connection, connect
from tests.store.conftest import COAT, applied, codings, everything, record

NOON = datetime(2026, 1, 5, 12, 0, tzinfo=UTC)


def names(folder: Path) -> list[str]:
    return [path.name for path in backups.copies(folder)]


def test_a_copy_holds_everything_and_is_sound(db: Connection, tmp_path: Path) -> None:
    record(db, "ana", applied("ana", "c1", "HELP", COAT))
    target = backups.back_up(db, tmp_path, "on-open", NOON)
    assert target is not None
    assert target.name == "20260105T120000-on-open-000000006.db"  # six entries are in the journal
    assert everything(connect(target)) == everything(db)
    assert [sentence for well, sentence in doctor.examine(target) if not well] == []


def test_a_copy_is_one_file(db: Connection, tmp_path: Path) -> None:
    """A copy that needed a second file beside it would be lost by whoever moves it."""
    target = backups.back_up(db, tmp_path, "on-open", NOON)
    assert target is not None
    assert list((tmp_path / "backups").iterdir()) == [target]


def test_when_nothing_changed_there_is_no_second_copy(db: Connection, tmp_path: Path) -> None:
    assert backups.back_up(db, tmp_path, "on-open", NOON)
    assert backups.back_up(db, tmp_path, "hourly", NOON + timedelta(hours=1)) is None
    assert len(names(tmp_path)) == 1
    record(db, "ana", applied("ana", "c1", "HELP", COAT))
    assert backups.back_up(db, tmp_path, "hourly", NOON + timedelta(hours=2))


def test_the_twelve_newest_are_kept(db: Connection, tmp_path: Path) -> None:
    for hour in range(15):
        record(db, "ana", applied("ana", f"c{hour}", "HELP", (hour, hour + 1)))
        assert backups.back_up(db, tmp_path, "hourly", NOON + timedelta(hours=hour))
    kept = names(tmp_path)
    assert len(kept) == backups.KEEP == 12
    assert kept[0].startswith("20260105T150000")
    assert kept[-1].startswith("20260106T020000")
    assert len(codings(connect(backups.copies(tmp_path)[-1]))) == 15


def test_what_a_copy_that_was_cut_short_left_is_no_copy_and_goes(db: Connection, tmp_path: Path) -> None:
    (tmp_path / "backups").mkdir()
    for left in ("20260104T120000-hourly-000000004.part", "20260104T120000-hourly-000000004.part-wal"):
        (tmp_path / "backups" / left).write_bytes(b"half a stu")
    assert names(tmp_path) == []
    target = backups.back_up(db, tmp_path, "on-open", NOON)
    assert list((tmp_path / "backups").iterdir()) == [target]


def test_a_copy_is_due_after_an_hour(db: Connection, tmp_path: Path) -> None:
    assert backups.is_due(tmp_path, NOON)
    target = backups.back_up(db, tmp_path, "on-open", NOON)
    assert target is not None
    os.utime(target, (NOON.timestamp(), NOON.timestamp()))
    assert not backups.is_due(tmp_path, NOON + timedelta(minutes=59))
    assert backups.is_due(tmp_path, NOON + timedelta(minutes=61))


def test_a_copy_that_is_not_whole_is_not_kept(db: Connection, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(backups, "is_whole", lambda _: False)
    with pytest.raises(DiskTrouble, match="not whole"):
        backups.back_up(db, tmp_path, "on-open", NOON)
    assert list((tmp_path / "backups").iterdir()) == []


def test_a_damaged_file_is_not_whole(path: Path, db: Connection, tmp_path: Path) -> None:
    db.execute("pragma wal_checkpoint(truncate)")
    whole = tmp_path / "whole.db"
    whole.write_bytes(path.read_bytes())
    assert backups.is_whole(whole)
    torn = bytearray(path.read_bytes())
    torn[4096:40960] = bytes(36864)
    for body in (bytes(torn), b"This is no database at all. " * 400, path.read_bytes()[:6000]):
        (tmp_path / "torn.db").write_bytes(body)
        assert not backups.is_whole(tmp_path / "torn.db")


def test_a_copy_that_finds_no_room_is_a_sentence_and_leaves_nothing(
    db: Connection, tmp_path: Path, small_disk: Path
) -> None:
    (tmp_path / "backups").symlink_to(small_disk)
    record(db, "ana", applied("ana", "c1", "HELP", COAT))
    with pytest.raises(DiskTrouble, match=r"no copy could be made in .*backups"):
        backups.back_up(db, tmp_path, "on-open", NOON)
    assert list(small_disk.iterdir()) == []
    assert codings(db) == [("ana", "HELP", *COAT)]


def test_a_place_that_can_not_hold_copies_is_a_sentence(db: Connection, tmp_path: Path) -> None:
    (tmp_path / "backups").write_text("a file where the folder should be")
    with pytest.raises(DiskTrouble):
        backups.back_up(db, tmp_path, "on-open", NOON)


def test_two_threads_copy_one_after_the_other(db: Connection, tmp_path: Path) -> None:
    """Each clears away what is left unfinished, which must not be what the other is writing."""
    record(db, "ana", applied("ana", "c1", "HELP", COAT))
    file = db.execute("pragma database_list").fetchone()[2]

    def copy(number: int) -> Path | None:
        return backups.back_up(connect(Path(file)), tmp_path / str(number % 2), f"thread-{number}", NOON)

    (tmp_path / "0").mkdir()
    (tmp_path / "1").mkdir()
    with ThreadPoolExecutor(6) as pool:
        made = list(pool.map(copy, range(6)))
    assert all(path is None or backups.is_whole(path) for path in made)
    assert sum(path is not None for path in made) >= 2
