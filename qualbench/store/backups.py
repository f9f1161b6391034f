"""Copies of a study that are whole: made by SQLite itself, opened to be sure, kept in rotation."""

from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Lock

from qualbench.errors import DiskTrouble, QualbenchError
from qualbench.store.database import Connection, Error, connect
from qualbench.store.unlocking import put_beside_copies

KEEP = 12
"""How many copies are kept; older ones go."""
_ONE_AT_A_TIME = Lock()
"""A copy clears away what others have left unfinished, so none may be at work meanwhile in another thread."""


def back_up(db: Connection, folder: Path, why: str, now: datetime) -> Path | None:
    """Write a copy into `backups/` and check it by opening it; None when nothing changed since the newest one."""
    seq: int = db.execute("select count(*) from journal").fetchone()[0]
    place = folder / "backups"
    if any(path.name.endswith(f"-{seq:09d}.db") for path in copies(folder)):
        return None
    try:
        with _ONE_AT_A_TIME:
            place.mkdir(exist_ok=True)
            put_beside_copies(folder)
            target = _copy(db, place, f"{now.astimezone(UTC):%Y%m%dT%H%M%S}-{why}-{seq:09d}")
    except (Error, OSError) as error:
        raise DiskTrouble(f"no copy could be made in {place} ({error})") from error
    for old in _surplus(copies(folder)):
        old.unlink(missing_ok=True)
    return target


def _copy(db: Connection, place: Path, name: str) -> Path:
    _clear(place)
    part, target = place / f"{name}.part", place / f"{name}.db"
    try:
        db.execute("vacuum into ?", (str(part),))
        if not is_whole(part):
            raise DiskTrouble("the copy that was made is not whole")
        _sync(part)
        os.replace(part, target)
    finally:
        _clear(place)
    _sync(place)
    return target


def _surplus(kept: list[Path]) -> list[Path]:
    """What may go: not the newest twelve, and never the newest of its kind (before a migration, an import ...)."""
    newest_of_kind = {path.name.split("-", 1)[1].rsplit("-", 1)[0]: path for path in kept}
    return [path for path in kept[:-KEEP] if path not in newest_of_kind.values()]


def _clear(place: Path) -> None:
    """Take away what a copy that was cut short has left behind."""
    for part in place.glob("*.part*"):
        part.unlink(missing_ok=True)


def copies(folder: Path) -> list[Path]:
    """The copies there are, oldest first."""
    return sorted((folder / "backups").glob("*.db"))


def is_due(folder: Path, now: datetime) -> bool:
    """Whether the newest copy is more than an hour old."""
    newest = copies(folder)
    if not newest:
        return True
    made = datetime.fromtimestamp(newest[-1].stat().st_mtime, UTC)
    return now.astimezone(UTC) - made > timedelta(hours=1)


def is_whole(path: Path) -> bool:
    """Whether a copy opens and SQLite finds nothing wrong with it."""
    try:
        db = connect(path, readonly=True)
        result: str = db.execute("pragma quick_check").fetchone()[0]
        db.close()
    except (Error, QualbenchError):
        return False
    for extra in ("-wal", "-shm"):
        path.with_name(path.name + extra).unlink(missing_ok=True)
    return result == "ok"


def _sync(path: Path) -> None:
    file = os.open(path, os.O_RDONLY)
    try:
        os.fsync(file)
    finally:
        os.close(file)
