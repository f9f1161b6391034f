"""Opening a study's database: one driver for plain and encrypted studies, durable to the last key press.

The driver brings a current SQLite whatever this Python was built with. `synchronous=FULL` costs one fsync for each
decision a person takes; without it a power cut loses decisions that were already on the screen. A database with a key
file beside it is opened with that key.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

import sqlcipher3
from sqlcipher3 import dbapi2

from qualbench.errors import DamagedStudy, DiskTrouble, QualbenchError
from qualbench.store.unlocking import KEY_FILE, KeyFileMissing, key_for, looks_encrypted

if TYPE_CHECKING:
    from sqlite3 import Connection as _Connection  # the driver has the same interface and no types of its own
    from sqlite3 import Error as Error
else:
    _Connection, Error = dbapi2.Connection, dbapi2.Error


class Connection(_Connection):
    """A connection that knows which file it opened, by device and inode; nothing when it has none."""

    file: tuple[str, int, int] | None = None
    rested: int | None = None
    """How many rows had been written when the log was last moved into the file; None when it moves by itself."""


class StudyMoved(QualbenchError):
    """The folder went away, or another one came in its place, while the study was open."""

    def __init__(self, path: str) -> None:
        super().__init__(
            f"{path} was moved, removed or replaced while it was open, and the last change was not saved.",
            "Everything before it is wherever that file is now. Leave the study, and open it again there.",
        )


# sqlite-utils looks for a module of this name first; so it uses the same driver when it is imported later
sys.modules.setdefault("pysqlite3", sqlcipher3)
sys.modules.setdefault("pysqlite3.dbapi2", dbapi2)


def connect(path: Path | str, *, readonly: bool = False) -> Connection:
    """A connection that commits durably; a read-only one refuses every write and works on read-only media."""
    key = key_for(path)
    try:
        return _opened(str(path), readonly, key)
    except dbapi2.OperationalError as error:
        if readonly and Path(path).exists() and not os.access(Path(path).parent, os.W_OK):
            return _immutable(Path(path), key, error)
        raise DiskTrouble(str(error)) from error
    except dbapi2.DatabaseError as error:
        raise _refused(Path(path), key, error) from error
    except UnicodeDecodeError as error:  # SQLite names a table whose name is damaged, and the driver can not read that
        raise DamagedStudy(Path(path), "its list of tables is damaged") from error


def _refused(path: Path, key: bytes | None, error: Exception) -> QualbenchError:
    """What is the matter with a file that can not be read, as far as it can be told."""
    if key and "not a database" in str(error):
        return DamagedStudy(path, f"its first page is damaged, or {KEY_FILE} is the key of something else")
    return KeyFileMissing(path) if not key and looks_encrypted(path) else DamagedStudy(path, str(error))


PATIENCE = 60
"""Seconds a key waits for the study: what a large opening or a rename brings from a hub is taken in all at once."""


def _opened(path: str, readonly: bool, key: bytes | None) -> Connection:
    db: Connection = dbapi2.connect(
        path, isolation_level=None, check_same_thread=False, timeout=PATIENCE, uri=True, factory=Connection
    )
    _unlock(db, key)
    db.execute("pragma temp_store = memory")
    db.execute("select count(*) from sqlite_master").fetchone()  # a wrong key shows only here
    if not readonly:
        db.execute("pragma journal_mode = wal")  # a file remembers it; to look at one must not change it
    db.execute("pragma synchronous = full")
    db.execute("pragma foreign_keys = on")
    if readonly:
        db.execute("pragma query_only = on")
    db.file = _file_at(os.path.abspath(path)) if path != ":memory:" else None
    return db


def _file_at(path: str) -> tuple[str, int, int] | None:
    with suppress(OSError):
        found = os.stat(path)
        return path, found.st_dev, found.st_ino
    return None


def in_place(db: Connection) -> None:
    """Refuse to go on with a study whose file is no longer the one at its path: SQLite would write and lose it."""
    if db.file is not None and _file_at(db.file[0]) != db.file:
        raise StudyMoved(db.file[0])


PAGES = 10_000
"""So long the log may become (40 MB) when no pause comes; then whatever is written next moves it."""
ROWS = 150
"""What is worth a pause: about fifty decisions."""


def rest(db: Connection) -> None:
    """In a pause: move what was written from the log into the file, so that no key press has to wait for that.

    SQLite does it by itself after every thousand pages; from the first pause on, pauses do. All is on disk before.
    """
    written = db.total_changes
    if db.rested is not None and written - db.rested < ROWS:
        return
    with suppress(Error):  # a disk that is in the way is met, and told of, by the next decision
        db.execute(f"pragma wal_autocheckpoint = {PAGES}")
        db.execute("pragma wal_checkpoint(passive)")
        db.rested = written


def _unlock(db: Connection, key: bytes | None) -> None:
    db.execute("pragma cipher_log_level = NONE")  # its log goes to stderr and would wreck the screen
    if key:
        db.execute(f'pragma key = "{raw(key)}"')


def raw(key: bytes) -> str:
    """A key as the driver takes it to use it as it is, without stretching it once more."""
    return f"x'{key.hex()}'"


def is_encrypted(db: Connection) -> bool:
    """Whether what is written goes to the disk encrypted."""
    return bool(db.execute("pragma cipher_status").fetchone() == ("1",))


def _immutable(path: Path, key: bytes | None, error: Exception) -> Connection:
    try:
        db: Connection = dbapi2.connect(
            f"{path.resolve().as_uri()}?immutable=1", uri=True, isolation_level=None, check_same_thread=False
        )
        _unlock(db, key)
        db.execute("select count(*) from sqlite_master").fetchone()
    except dbapi2.DatabaseError as second:
        raise DamagedStudy(path, str(second)) from error
    return db


def attach(db: Connection, path: str, name: str) -> None:
    """Put a study beside this one, to read only, on read-only media too."""
    uri, key = Path(path).resolve().as_uri(), key_for(path)
    for how in ("mode=ro", "immutable=1"):
        try:
            db.execute(f"attach database ? as {name} key ?", (f"{uri}?{how}", raw(key) if key else ""))
            db.execute(f"select count(*) from {name}.sqlite_master").fetchone()
            return
        except dbapi2.OperationalError:
            if how == "immutable=1":
                raise
            with suppress(dbapi2.OperationalError):
                db.execute(f"detach database {name}")


DISK_TROUBLES = ("disk is full", "disk I/O error", "readonly database", "is locked", "unable to open")
"""What SQLite says when it is the disk that stands in the way, not the program."""


@contextmanager
def transaction(db: Connection) -> Iterator[None]:
    """All of it or none of it, on disk when it is left; a full disk becomes a sentence."""
    in_place(db)
    try:
        db.execute("begin immediate")
        yield
        db.execute("commit")
    except dbapi2.OperationalError as error:
        _roll_back(db)
        if any(trouble in str(error) for trouble in DISK_TROUBLES):
            raise DiskTrouble(str(error)) from error
        raise
    except BaseException:
        _roll_back(db)
        raise


def _roll_back(db: Connection) -> None:
    if db.in_transaction:
        db.execute("rollback")
