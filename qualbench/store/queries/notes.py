"""Reads of memos that are not on a place in a pass.

Others read them when they can not break independence any more: a memo on a transcript when it is opened, any other
when no pass of its author is still blind. Biases are written alone: others' can be read by who wrote their own, and by
everybody once there is something opened.
"""

from __future__ import annotations

import json

from qualbench.model import Note
from qualbench.store.database import Connection
from qualbench.store.queries.study import words

READABLE = (
    "(author = :viewer or (kind <> 'bias' or exists (select 1 from opened)"
    " or exists (select 1 from note own where own.kind = 'bias' and own.author = :viewer))"
    " and case when \"on\" = 'transcript'"
    " then about in (select transcript from opened where not recode) and not exists (select 1 from pass p join round r"
    " on r.id = p.round where p.coder = author and p.transcript = about and not r.recode and not exists"
    " (select 1 from opened o where o.transcript = p.transcript and o.round = p.round))"
    " else not exists (select 1 from pass p where p.coder = author and not exists"
    " (select 1 from opened o where o.transcript = p.transcript and o.round = p.round)) end)"
)


def notes(db: Connection, viewer: str, on: str = "", about: str = "") -> tuple[Note, ...]:
    """The memos that this viewer may read, oldest first; only those on one thing when it is said."""
    rows = db.execute(
        'select id, kind, "on", about, places, author, at, body from note'
        f" where {READABLE} and (\"on\" = :on or :on = '') and (about = :about or :about = '')"
        " and body in (select hash from content) order by seq",
        {"viewer": viewer, "on": on, "about": about},
    ).fetchall()
    return tuple(
        Note(id_, kind, place, of, tuple(json.loads(places)), author, at, words(db, body))
        for id_, kind, place, of, places, author, at, body in rows
    )
