"""Opening a study's database: one driver for plain and encrypted studies, durable to the last key press.

The driver brings a current SQLite whatever this Python was built with. `synchronous=FULL` costs one fsync for each
decision a person takes; without it a power cut loses decisions that were already on the screen.
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

from qualbench.errors import DamagedStudy, DiskTrouble

if TYPE_CHECKING:
    from sqlite3 import Connection as Connection  # the driver has the same interface and no types of its own
    from sqlite3 import Error as Error
else:
    Connection, Error = dbapi2.Connection, dbapi2.Error

# sqlite-utils looks for a module of this name first; so it uses the same driver when it is imported later
sys.modules.setdefault("pysqlite3", sqlcipher3)
sys.modules.setdefault("pysqlite3.dbapi2", dbapi2)


def connect(path: Path | str, *, readonly: bool = False) -> Connection:
    """A connection that commits durably; a read-only one refuses every write and works on read-only media."""
    try:
        return _opened(str(path), readonly)
    except dbapi2.OperationalError as error:
        if readonly and Path(path).exists() and not os.access(Path(path).parent, os.W_OK):
            return _immutable(Path(path), error)
        raise DiskTrouble(str(error)) from error
    except dbapi2.DatabaseError as error:
        raise DamagedStudy(path, str(error)) from error


def _opened(path: str, readonly: bool) -> Connection:
    db: Connection = dbapi2.connect(path, isolation_level=None, check_same_thread=False, timeout=5, uri=True)
    db.execute("pragma cipher_log_level = NONE")  # its log goes to stderr and would wreck the screen
    db.execute("select count(*) from sqlite_master").fetchone()
    db.execute("pragma journal_mode = wal")
    db.execute("pragma synchronous = full")
    db.execute("pragma foreign_keys = on")
    if readonly:
        db.execute("pragma query_only = on")
    return db


def _immutable(path: Path, error: Exception) -> Connection:
    try:
        db: Connection = dbapi2.connect(
            f"{path.resolve().as_uri()}?immutable=1", uri=True, isolation_level=None, check_same_thread=False
        )
        db.execute("select count(*) from sqlite_master").fetchone()
    except dbapi2.DatabaseError as second:
        raise DamagedStudy(path, str(second)) from error
    return db


def attach(db: Connection, path: str, name: str) -> None:
    """Put a study beside this one, to read only, on read-only media too."""
    uri = Path(path).resolve().as_uri()
    for how in ("mode=ro", "immutable=1"):
        try:
            db.execute(f"attach database ? as {name}", (f"{uri}?{how}",))
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
