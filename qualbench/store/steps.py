"""The list of steps: what one action of a person stated, whether it still counts, and which pass it reached."""

from __future__ import annotations

from typing import Any

from qualbench import events as e
from qualbench.store.database import Connection
from qualbench.store.rules import Entry


def note(db: Connection, entry: Entry, event: e.Event) -> str:
    """Add a fact to its step, or switch a step; a sentence when that can not be."""
    if isinstance(event, e.StepUndone):
        return _switched(db, entry, event)
    db.execute(
        "insert into step(step, subject, area, actor, seq, undoable, pass, submits) values (?, ?, ?, ?, ?, ?, ?, ?)"
        " on conflict(step, subject, area) do update set undoable = undoable and excluded.undoable,"
        " seq = excluded.seq, submits = submits or excluded.submits,"
        " pass = case when pass = excluded.pass then pass else '' end",
        (
            entry.step, entry.subject, event.AREA, entry.actor, entry.seq, event.UNDOABLE,
            getattr(event, "pass_id", ""), isinstance(event, e.PassSubmitted),
        ),
    )  # fmt: skip
    return ""


def _switched(db: Connection, entry: Entry, event: e.StepUndone) -> str:
    if event.area == "coding" and submitted_pass(db, event.target, event.place, entry.seq):
        return "A step of a submitted pass was undone or redone; the pass stands."
    done = db.execute(
        "update step set undone = ? where step = ? and subject = ? and area = ? and undoable",
        (None if isinstance(event, e.StepRedone) else entry.seq, event.target, event.place, event.area),
    )
    return "" if done.rowcount else "A step was undone that is not there or can not be undone."


def submitted_pass(db: Connection, step: str, transcript: str, before: int = 2**62) -> str:
    """The pass that this step is part of, if it is handed in before that entry of the journal; empty otherwise."""
    reached = _passes(db, step, transcript)
    found = db.execute(
        "select step, pass from step where subject = ? and area = 'coding' and submits and seq < ?",
        (transcript, before),
    ).fetchall()
    submitted = {one for of_step, pass_ in found for one in ([pass_] if pass_ else _passes(db, of_step, transcript))}
    return max(reached & submitted, default="")


def _passes(db: Connection, step: str, transcript: str) -> set[str]:
    """The passes that a step stated something in."""
    row = db.execute(
        "select pass from step where step = ? and subject = ? and area = 'coding'", (step, transcript)
    ).fetchone()
    if row is None or row[0]:
        return {row[0]} if row else set()
    found = db.execute(
        "select distinct json_extract(data, '$.pass_id') from journal where step = ? and subject = ?",
        (step, transcript),
    )
    return {pass_ for (pass_,) in found if isinstance(pass_, str) and pass_}


def entries(db: Connection, step: str, subject: str, area: str) -> list[Any]:
    """What a step stated in one area of one subject, in order: sequence number first, data last."""
    kinds = [kind.KIND for kind in e.KINDS.values() if area == kind.AREA]
    return db.execute(
        "select seq, id, device, step, subject, actor, at, kind, data from journal where step = ? and subject = ?"
        f" and kind in ({', '.join('?' * len(kinds))}) order by seq",
        (step, subject, *kinds),
    ).fetchall()


def is_newest_in_its_pass(db: Connection, step: str, subject: str, area: str) -> bool:
    """Whether nothing that counts was stated after this step in the one pass it reached."""
    row = db.execute(
        "select pass, seq from step where step = ? and subject = ? and area = ?", (step, subject, area)
    ).fetchone()
    if row is None or not row[0] or db.execute("select 1 from joined_pass limit 1").fetchone():
        return False
    later = "select 1 from step where subject = ? and area = ? and pass = ? and seq > ? and undone is null limit 1"
    return not any(db.execute(later, (subject, area, pass_, row[1])).fetchone() for pass_ in (row[0], ""))
