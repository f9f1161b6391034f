"""What facts about memos that are not on a place do to the ordinary tables."""

from __future__ import annotations

import json

from qualbench import events as e
from qualbench.store.database import Connection
from qualbench.store.rules.entry import Entry


def note_written(db: Connection, entry: Entry, event: e.NoteWritten) -> str:
    held = db.execute("select author from note where id = ?", (event.note,)).fetchone()
    if held and held[0] != entry.actor:
        return "Somebody wrote in another person's memo; it stands."
    db.execute(
        'insert into note(id, kind, "on", about, places, author, at, body, seq) values (?, ?, ?, ?, ?, ?, ?, ?, ?)'
        " on conflict(id) do update set kind = excluded.kind, body = excluded.body, at = excluded.at",
        (
            event.note, event.kind, event.on, event.about, json.dumps(event.places), entry.actor, entry.at, event.body,
            entry.seq,
        ),
    )  # fmt: skip
    return ""


def note_removed(db: Connection, entry: Entry, event: e.NoteRemoved) -> str:
    done = db.execute("delete from note where id = ? and author = ?", (event.note, entry.actor))
    return "" if done.rowcount else "A memo was removed that is not there or is another person's."
