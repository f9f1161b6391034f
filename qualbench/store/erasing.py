"""Words that were destroyed in the tables are destroyed on the disk too: in free pages, the index, the log, copies.

What a disk keeps of files that were deleted is out of this program's reach.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection
from contextlib import closing
from pathlib import Path

from qualbench.errors import QualbenchError
from qualbench.store import backups
from qualbench.store.database import Connection, Error, connect, transaction

_HASH = re.compile(r"\b[0-9a-f]{64}\b")
_ONLY_COMPARE = ("code_applied", "codings_carried", "doubt_settled", "words_erased")
"""Kinds whose hashes are there to be compared with: nothing is read by them."""


def named_later(db: Connection, seq: int, hashes: Collection[str]) -> set[str]:
    """Those of the destroyed texts that somebody wrote again, by chance word for word, after they were destroyed."""
    holes = ", ".join("?" * len(_ONLY_COMPARE))
    later = db.execute(f"select data from journal where seq > ? and kind not in ({holes})", (seq, *_ONLY_COMPARE))
    wanted = set(hashes)
    return {key for (data,) in later for key in _HASH.findall(data) if key in wanted}


def destroyed(db: Connection) -> set[str]:
    """Every text that was destroyed because whoever said it withdrew, by its SHA-256."""
    gone: set[str] = set()
    for seq, data in db.execute("select seq, hashes from erased order by seq").fetchall():
        hashes = set(json.loads(data))
        gone |= hashes - named_later(db, seq, hashes)
    return gone


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
