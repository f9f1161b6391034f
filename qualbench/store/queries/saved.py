"""Reads of the queries that were saved by name."""

from __future__ import annotations

from qualbench.store.database import Connection
from qualbench.store.queries.study import words


def queries(db: Connection) -> tuple[tuple[str, str, str, str], ...]:
    """The saved queries in the order they were first saved: name, words, by whom and when they were saved last."""
    found = db.execute("select name, query, actor, at from saved_query order by seq").fetchall()
    return tuple((name, words(db, key), actor, at) for name, key, actor, at in found)
