"""What facts about saved queries do to the ordinary tables."""

from __future__ import annotations

from qualbench import events as e
from qualbench.store.database import Connection
from qualbench.store.rules.entry import Entry


def query_saved(db: Connection, entry: Entry, event: e.QuerySaved) -> str:
    db.execute(
        "insert into saved_query(name, query, actor, at, seq) values (?, ?, ?, ?, ?) on conflict(name) do update"
        " set query = excluded.query, actor = excluded.actor, at = excluded.at",
        (event.name, event.query, entry.actor, entry.at, entry.seq),
    )
    return ""


def query_dropped(db: Connection, _: Entry, event: e.QueryDropped) -> str:
    done = db.execute("delete from saved_query where name = ?", (event.name,))
    return "" if done.rowcount else "A query was dropped that is not there."
