"""What facts about papers and about what leaves the study do to the ordinary tables."""

from __future__ import annotations

from qualbench import events as e
from qualbench.store.database import Connection
from qualbench.store.rules.entry import Entry

_NOTHING = str(e.seal(""))


def checklist_answered(db: Connection, entry: Entry, event: e.ChecklistAnswered) -> str:
    """The answer stands in place of the one before; empty words take it away."""
    db.execute("delete from checklist_answer where checklist = ? and item = ?", (event.checklist, event.item))
    if event.words != _NOTHING:
        db.execute(
            "insert into checklist_answer(checklist, item, words, actor, at, seq) values (?, ?, ?, ?, ?, ?)",
            (event.checklist, event.item, event.words, entry.actor, entry.at, entry.seq),
        )
    return ""


def participant_withdrawn(db: Connection, entry: Entry, event: e.ParticipantWithdrawn) -> str:
    db.execute(
        "insert or ignore into withdrawn(participant, reason, actor, at, seq) values (?, ?, ?, ?, ?)",
        (event.participant, event.reason, entry.actor, entry.at, entry.seq),
    )
    return ""


def export_allowed(db: Connection, entry: Entry, event: e.ExportAllowed) -> str:
    db.execute(
        "insert into export_allowed(seq, what, findings, reason, actor, at) values (?, ?, ?, ?, ?, ?)",
        (entry.seq, event.what, event.findings, event.reason, entry.actor, entry.at),
    )
    return ""
