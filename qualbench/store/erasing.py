"""Words that were destroyed in the tables are destroyed on the disk too: in free pages, the index, the log, copies.

What a disk keeps of files that were deleted is out of this program's reach.
"""

from __future__ import annotations

from collections.abc import Collection
from contextlib import closing
from pathlib import Path

from qualbench.errors import QualbenchError
from qualbench.store import backups
from qualbench.store.database import Connection, Error, connect, transaction


def overwrite(db: Connection) -> None:
    """From now on what is deleted is overwritten with zeros."""
    db.execute("pragma secure_delete = on")


def scrub(db: Connection, hashes: Collection[str]) -> bool:
    """Leave nothing of these texts in the database's files; whether nobody else who reads it stood in the way."""
    overwrite(db)
    with transaction(db):
        db.executemany("delete from content where hash = ?", [(one,) for one in hashes])
        db.execute("insert into turn_words(turn_words) values ('optimize')")  # deleted words wait in it for a merge
    db.execute("pragma wal_checkpoint(truncate)")
    db.execute("vacuum")
    busy: int = db.execute("pragma wal_checkpoint(truncate)").fetchone()[0]
    return not busy


def copies_with(folder: Path, hashes: Collection[str]) -> tuple[list[Path], list[Path]]:
    """The copies in `backups/` that hold any of these texts, and those that can not be opened to see."""
    holding, unreadable = [], []
    for path in backups.copies(folder):
        try:
            if _holds(path, hashes):
                holding.append(path)
        except (Error, QualbenchError):
            unreadable.append(path)
    return holding, unreadable


def _holds(path: Path, hashes: Collection[str]) -> bool:
    with closing(connect(path, readonly=True)) as db:
        found = any(db.execute("select 1 from content where hash = ?", (one,)).fetchone() for one in hashes)
    _beside(path)
    return found


def destroy(path: Path) -> None:
    """Write zeros over a copy, and delete it."""
    with path.open("r+b") as file:
        left = path.stat().st_size
        while left > 0:
            left -= file.write(bytes(min(left, 1 << 20)))
        file.flush()
    path.unlink()
    _beside(path)


def _beside(path: Path) -> None:
    for extra in ("-wal", "-shm"):
        path.with_name(path.name + extra).unlink(missing_ok=True)
