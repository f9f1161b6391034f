"""Disks that behave badly, under the store's own code.

SQLite asks these for every write, sync and open. The store's driver brings an SQLite of its own, which can not be given
a disk; so the connection is one of apsw's in the shape of the driver's, and everything above it is the program itself:
its pragmas, its journal, its transactions, its migrations, its sentences.
"""

from __future__ import annotations

import os
import random
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from itertools import count
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import apsw
import pytest
from sqlcipher3 import dbapi2

from qualbench.store import database

SECTOR = 512
"""What a disk writes whole or not at all, in bytes."""
_NUMBERS = count(1)


class Disk(apsw.VFS):
    """A disk that tells what SQLite asks of it, before it is done; whoever is told may refuse by raising."""

    def __init__(self, told: Callable[..., None]) -> None:
        self.name = f"disk-{next(_NUMBERS)}"
        self.told = told
        super().__init__(self.name, "")

    def xOpen(self, name: apsw.URIFilename | str | None, flags: list[int]) -> apsw.VFSFile:  # noqa: N802  # SQLite's names
        path = name.filename() if isinstance(name, apsw.URIFilename) else name or ""
        self.told("open", path)
        return File(self, path, name, flags)

    def xDelete(self, path: str, sync: bool) -> None:  # noqa: N802
        self.told("delete", path)
        super().xDelete(path, sync)


class File(apsw.VFSFile):
    """A file on such a disk."""

    def __init__(self, disk: Disk, path: str, name: apsw.URIFilename | str | None, flags: list[int]) -> None:
        self.disk, self.path = disk, path
        super().__init__("", name, flags)  # type: ignore[arg-type]  # a temporary file has no name

    def xWrite(self, data: bytes, offset: int) -> None:  # noqa: N802
        self.disk.told("write", self.path, offset, bytes(data))
        super().xWrite(data, offset)

    def xTruncate(self, size: int) -> None:  # noqa: N802
        self.disk.told("truncate", self.path, size)
        super().xTruncate(size)

    def xSync(self, flags: int) -> None:  # noqa: N802
        self.disk.told("sync", self.path)  # what a sync keeps is known from the telling; the machine's disk may rest


# --- an apsw connection as the store's driver makes them -------------------------------------------------------


@contextmanager
def _as_the_driver_says() -> Iterator[None]:
    try:
        yield
    except apsw.ConstraintError as error:
        raise dbapi2.IntegrityError(str(error)) from error
    except (apsw.CorruptError, apsw.NotADBError) as error:
        raise dbapi2.DatabaseError(str(error)) from error
    except apsw.Error as error:
        raise dbapi2.OperationalError(str(error)) from error


class Rows:
    """What a statement answers."""

    def __init__(self, db: apsw.Connection) -> None:
        names: list[str] = []  # not this object: the cursor must go at once when nobody holds it any more
        self._cursor, self._names = db.cursor(), names
        self._cursor.exec_trace = lambda cursor, *_: names.extend(name for name, _ in cursor.get_description()) is None
        self.rowcount = -1

    @property
    def description(self) -> tuple[tuple[str], ...] | None:
        return tuple((name,) for name in self._names) or None

    @property
    def lastrowid(self) -> int:
        return self._cursor.connection.last_insert_rowid()

    def execute(self, sql: str, values: Any = ()) -> Rows:
        with _as_the_driver_says():
            self._cursor.execute(sql, values)
        self.rowcount = -1 if self.description else self._cursor.connection.changes()
        return self

    def executemany(self, sql: str, values: Iterable[Sequence[Any]]) -> Rows:
        with _as_the_driver_says():
            self._cursor.executemany(sql, values)
        return self

    def fetchone(self) -> Any:
        with _as_the_driver_says():
            return self._cursor.fetchone()

    def fetchall(self) -> list[Any]:
        with _as_the_driver_says():
            return self._cursor.fetchall()

    def __iter__(self) -> Iterator[Any]:
        while (row := self.fetchone()) is not None:
            yield row


class Connection:
    """A connection over a disk of ours."""

    isolation_level = None

    def __init__(self, path: str, disk: Disk, instead: dict[str, str]) -> None:
        how = apsw.SQLITE_OPEN_READWRITE | apsw.SQLITE_OPEN_CREATE | apsw.SQLITE_OPEN_URI
        with _as_the_driver_says():
            self._db = apsw.Connection(path, flags=how, vfs=disk.name)
            self._db.execute("pragma locking_mode = exclusive")  # a log without shared memory, which apsw can not give
            self._db.set_wal_hook(_checkpoint)
        self._instead = instead

    @property
    def in_transaction(self) -> bool:
        return self._db.in_transaction

    def cursor(self) -> Rows:
        return Rows(self._db)

    def execute(self, sql: str, values: Any = ()) -> Rows:
        return Rows(self._db).execute(self._instead.get(sql, sql), values)

    def executemany(self, sql: str, values: Iterable[Sequence[Any]]) -> Rows:
        return Rows(self._db).executemany(sql, values)

    executescript = execute

    def close(self) -> None:
        with suppress(apsw.Error):  # SQLite lets what fails at the end be done at the next opening
            self._db.close()


CHECKPOINT = 40
"""Pages in the log; fewer than usual, for many checkpoints in a short test."""


def _checkpoint(db: apsw.Connection, name: str, pages: int) -> int:
    """After a commit, as SQLite does it: when it fails the commit stands, and the next one tries again.

    SQLite's own would be told of the failure here as well, but apsw would raise what the disk said once more.
    """
    if pages >= CHECKPOINT:
        with suppress(apsw.Error):
            db.wal_checkpoint(name, apsw.SQLITE_CHECKPOINT_PASSIVE)
    return apsw.SQLITE_OK


@contextmanager
def on(disk: Disk, instead: dict[str, str] | None = None) -> Iterator[None]:
    """Let the store work on this disk; `instead` says which of its statements is replaced by another."""
    driver = SimpleNamespace(**{name: getattr(dbapi2, name) for name in dir(dbapi2) if not name.startswith("__")})
    driver.connect = lambda path, **_: Connection(str(path), disk, instead or {})
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(database, "dbapi2", driver)
        yield


# --- a power cut -----------------------------------------------------------------------------------------------


class Recorder:
    """Everything that was asked of a disk, in order, and what may be left of it when the power goes."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.log: list[tuple[Any, ...]] = []
        self.before = {str(path): path.read_bytes() for path in folder.rglob("*") if path.is_file()}

    def __call__(self, *what: object) -> None:
        self.log.append(what)

    def acknowledge(self, number: int) -> None:
        """The program has said that so much is safe."""
        self.log.append(("acknowledged", number))

    def after_cuts(self, moments: Iterable[tuple[int, random.Random]]) -> Iterator[tuple[int, dict[str, bytearray]]]:
        """What was acknowledged and what the disk holds when the power goes before each of these entries of the log."""
        state = Left({path: bytearray(body) for path, body in self.before.items()})
        acknowledged = gone = 0
        for moment, chance in sorted(moments, key=lambda one: one[0]):
            for what, *about in self.log[gone:moment]:
                if what == "acknowledged":
                    acknowledged = about[0]
                else:
                    state.asked(what, *about)
            gone = moment
            yield acknowledged, state.after_a_cut(chance)


class Left:
    """What is safe on a disk, and what still waits to become so."""

    def __init__(self, safe: dict[str, bytearray]) -> None:
        self.safe = safe
        self.waiting: dict[str, list[tuple[Any, ...]]] = {}
        self.renamed: list[tuple[str, str]] = []

    def asked(self, what: str, path: str, *about: Any) -> None:
        """One thing more was asked of the disk."""
        if what in ("write", "truncate"):
            self.waiting.setdefault(path, []).append((what, *about))
        elif what == "sync":
            if path in self.waiting:
                _apply(self.safe.setdefault(path, bytearray()), self.waiting.pop(path), lambda: True)
            for one in [one for one in self.renamed if os.path.dirname(one[1]) == path]:
                self.renamed.remove(one)
                self._rename(*one)
        elif what == "delete":
            self.safe.pop(path, None)
            self.waiting.pop(path, None)
        elif what == "rename":
            self.renamed.append((path, about[0]))

    def _rename(self, old: str, new: str) -> None:
        for held in (self.safe, self.waiting):
            if old in held:
                held[new] = held.pop(old)  # type: ignore[index]  # each keeps its own kind

    def after_a_cut(self, chance: random.Random) -> dict[str, bytearray]:
        """What was synced is there; of the rest, each sector and each new name is there or not, by chance."""
        left = {path: bytearray(body) for path, body in self.safe.items()}
        for path, asked in self.waiting.items():
            _apply(left.setdefault(path, bytearray()), asked, lambda: chance.random() < 0.5)
        for old, new in self.renamed:
            if old in left and chance.random() < 0.5:
                left[new] = left.pop(old)
        return left


def _apply(body: bytearray, asked: Iterable[tuple[Any, ...]], happens: Callable[[], bool]) -> None:
    """Do to a file what was asked, sector by sector, as far as it happens."""
    for what, *about in asked:
        if what == "truncate":
            if happens():
                del body[about[0] :]
            continue
        offset, data = about
        begin = 0
        while begin < len(data):
            end = min(len(data), begin + SECTOR - (offset + begin) % SECTOR)
            if happens():
                body.extend(bytes(max(0, offset + end - len(body))))
                body[offset + begin : offset + end] = data[begin:end]
            begin = end
