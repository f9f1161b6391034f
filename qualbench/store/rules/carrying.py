"""Spans over a text that was corrected go to their places in the new one."""

from __future__ import annotations

import json

from qualbench import events as e
from qualbench.store.database import Connection


def carry(
    db: Connection, table: str, event: e.CodingsCarried | e.DecisionsCarried | e.QuotesCarried, doubts: bool = True
) -> None:
    """Move the spans of a table; where two come to stand on one place that may hold one, the first stays."""
    only = "and pass in (select value from json_each(?))" if getattr(event, "passes", None) else ""
    values = (event.transcript, *([json.dumps(getattr(event, "passes", None))] if only else []))
    found = db.execute(
        f'select rowid, start, "end" from {table} where transcript = ? {only} order by rowid', values
    ).fetchall()
    to = {(old, end): (start, stop, doubtful) for old, end, start, stop, doubtful in event.spans}
    moved = [(*to[start, end], row) for row, start, end in found if (start, end) in to]
    # on their way, spans pass through places that others still hold
    db.executemany(
        f'update {table} set start = -1 - start, "end" = -1 - "end" where rowid = ?', [(m[3],) for m in moved]
    )
    for start, end, doubtful, row in moved:
        mark = f", doubtful = {int(bool(doubtful))} or coalesce(doubtful, 0)" if doubts else ""
        done = db.execute(f'update or ignore {table} set start = ?, "end" = ?{mark} where rowid = ?', (start, end, row))
        if not done.rowcount:
            db.execute(f"delete from {table} where rowid = ?", (row,))
