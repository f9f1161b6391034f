"""Databases in the shapes that other programs give them, made by hand."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from typing import Any

from qualbench.steps.interchange.rows import Found
from qualbench.store import foreign

Table = tuple[str, Sequence[tuple[Any, ...]]]
"""Its columns with their types, and its rows."""


def database(tables: Mapping[str, Table]) -> bytes:
    """The bytes of a database with these tables."""
    with closing(sqlite3.connect(":memory:")) as db:
        for name, (columns, rows) in tables.items():
            db.execute(f"create table {name} ({columns})")
            for row in rows:
                db.execute(f"insert into {name} values ({', '.join('?' * len(row))})", row)
        db.commit()
        return db.serialize()


def read_by(reader: Any, data: bytes, name: str = "project") -> Found:
    """What a reader finds in a database."""
    read: Callable[..., Found] = reader.read
    with foreign.opened(name, data) as tables:
        return read(name, tables.rows(reader.TABLES))


def coded(found: Found) -> list[tuple[str, str, str, str]]:
    """The codings in words: text, who, code, and the words on which the code stands."""
    texts = {one.id: one for one in found.bundle.sources}
    codes = {one.id: one.name for one in found.bundle.codes}
    users = {one.id: one.name for one in found.bundle.users}
    return [
        (texts[one.source].name, users[one.user], codes[one.code], texts[one.source].text[one.start : one.end])
        for one in found.bundle.codings
    ]
