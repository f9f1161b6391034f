"""Databases of other programs, looked at in a copy in memory: nothing of theirs is run, their file is not touched."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass

from qualbench.errors import UnreadableFile

LARGEST = 300_000_000
"""Bytes of a database that is looked at."""
_STEPS = 100_000
_MOST = 20_000
"""So many times so many steps of the database's machine are enough for any honest table."""
_WAL = slice(18, 20)
_PLAIN = b"\x01\x01"
_MAY = frozenset({sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ, sqlite3.SQLITE_PRAGMA})
_BROKEN = (sqlite3.Error, UnicodeDecodeError)
"""The second where the engine's own words on what is wrong quote a name that is not text."""
_DAMAGED = "its database is damaged."
_AGAIN = "Close the program that it belongs to, and copy the file anew."


@dataclass(slots=True)
class Tables:
    """The ordinary tables of a database; views and whatever else computes something are not looked at."""

    source: str
    db: sqlite3.Connection

    def names(self) -> frozenset[str]:
        """What the tables are called."""
        try:
            found = self.db.execute("select name, sql from sqlite_master where type = 'table'").fetchall()
        except _BROKEN as error:
            raise UnreadableFile(self.source, _DAMAGED, _AGAIN) from error
        return frozenset(name for name, sql in found if str(sql).lower().startswith("create table"))

    def rows(self, wanted: Mapping[str, Sequence[str]]) -> dict[str, list[dict[str, object]]]:
        """The rows of these tables, as far as they are there, with these columns, as far as they are there."""
        try:
            there = self.names()
            return {table: self._rows(table, columns) for table, columns in wanted.items() if table in there}
        except _BROKEN as error:
            raise UnreadableFile(self.source, _DAMAGED, _AGAIN) from error

    def _rows(self, table: str, columns: Sequence[str]) -> list[dict[str, object]]:
        has = {row[1] for row in self.db.execute(f"pragma table_info({table})")}
        kept = [column for column in columns if column in has]
        if not kept:
            return []
        listed = ", ".join(f'"{column}"' for column in kept)
        return [dict(zip(kept, row, strict=True)) for row in self.db.execute(f"select {listed} from {table}")]


@contextmanager
def opened(source: str, data: bytes) -> Iterator[Tables]:
    """The tables in the bytes of a database; raises UnreadableFile."""
    if len(data) > LARGEST:
        raise UnreadableFile(source, f"it is larger than {LARGEST:,} bytes; refused.")
    with closing(sqlite3.connect(":memory:")) as db:
        try:
            # what says that changes lie in a file beside it would keep a copy in memory from opening
            db.deserialize(data[: _WAL.start] + _PLAIN + data[_WAL.stop :])
            db.text_factory = lambda body: body.decode("utf-8", "replace")
            db.execute("pragma trusted_schema = off")
            db.execute("pragma query_only = on")
            db.set_authorizer(lambda action, *_: sqlite3.SQLITE_OK if action in _MAY else sqlite3.SQLITE_DENY)
            looks = iter(range(_MOST))
            db.set_progress_handler(lambda: next(looks, None) is None, _STEPS)
            db.execute("select name from sqlite_master").fetchone()
        except _BROKEN as error:
            raise UnreadableFile(source, _DAMAGED, _AGAIN) from error
        yield Tables(source, db)
