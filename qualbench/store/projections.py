"""The ordinary tables, kept up with the journal or made anew from it.

Projections are total: a fact that does not fit changes nothing and is listed under "needs attention". Replaying
never raises, whatever stands in the journal; only the disk can stop it.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from sqlcipher3 import dbapi2

from qualbench import events as e
from qualbench.store import rules, steps
from qualbench.store.database import Connection
from qualbench.store.rules import Entry, coding

AREA_TABLES: Mapping[str, tuple[str, ...]] = {
    "study": (
        "study",
        "person",
        "participant",
        "attribute",
        "attribute_kind",
        "profile",
        "agreement_run",
        "round",
        "assignment",
        "favourite",
        "suggesting",
        "withdrawn",
        "export_allowed",
    ),
    "codebook": ("codebook", "draft"),
    "transcript": ("transcript", "version", "speaker", "turn", "segment"),
    "coding": (
        "pass",
        "pass_version",
        "skipped",
        "coding",
        "nothing_applies",
        "memo",
        "proposal",
        "recheck",
        "answered",
        "star",
        "gone_coding",
        "gone_nothing_applies",
        "gone_memo",
        "gone_star",
    ),
    "notes": ("note",),
    "consensus": ("decision",),
    "papers": ("checklist_answer",),
    "themes": ("saved_query", "theme", "theme_state", "gathered", "quote", "star_aside"),
}
"""Which tables each area of history is projected into."""

BY_TRANSCRIPT = {"coding": "transcript", "consensus": "transcript"}

_Rule = Callable[[Connection, Entry, e.Event], object]


def project(db: Connection, entry: Entry, event: e.Event) -> None:
    """Bring the tables up to one more fact."""
    problem = rules.outcome_of(db, entry, event)
    if problem:
        _list(db, entry, problem)


def note_step(db: Connection, entry: Entry, event: e.Event) -> bool:
    """Keep the list of steps, from which undo and redo choose; whether the fact fits there."""
    problem = steps.note(db, entry, event)
    if problem:
        _list(db, entry, problem)
    return not problem


def _list(db: Connection, entry: Entry, sentence: str) -> None:
    db.execute("insert or replace into attention(entry, sentence) values (?, ?)", (entry.id, sentence))


# --- replaying -------------------------------------------------------------------------------------------------


def switched(db: Connection, event: e.StepUndone) -> None:
    """Bring the tables up to a step that was undone or redone; the newest one of a pass needs no replay."""
    rows = steps.entries(db, event.target, event.place, event.area)
    if not steps.is_newest_in_its_pass(db, event.target, event.place, event.area):
        reproject(db, event.place, event.area)
    elif isinstance(event, e.StepRedone):
        _replay(db, rows)
    else:
        db.executemany("delete from attention where entry = ?", [(row[1],) for row in rows])
        for row in reversed(rows):
            coding.take_back(db, row[0])


def reproject(db: Connection, subject: str, area: str) -> None:
    """Project one area of one subject anew, without the steps that are undone."""
    column = BY_TRANSCRIPT.get(area)
    for table in AREA_TABLES[area]:
        db.execute(f"delete from {table}" + (f" where {column} = ?" if column else ""), (subject,) * bool(column))
    kinds = [kind.KIND for kind in e.KINDS.values() if area == kind.AREA]
    history = (
        "from journal join step on step.step = journal.step and step.subject = journal.subject and step.area = ?"
        f" where journal.subject = ? and kind in ({', '.join('?' * len(kinds))})"
    )
    db.execute(f"delete from attention where entry in (select id {history})", (area, subject, *kinds))
    rows = db.execute(
        "select journal.seq, id, journal.step, journal.subject, journal.actor, at, kind, data"
        f" {history} and undone is null order by journal.seq",
        (area, subject, *kinds),
    ).fetchall()
    _replay(db, rows)


def rebuild(db: Connection) -> None:
    """Project all history from nothing."""
    for table in (*(table for tables in AREA_TABLES.values() for table in tables), "turn_words", "step", "attention"):
        db.execute(f"delete from {table}")
    rows = db.execute("select seq, id, step, subject, actor, at, kind, data from journal order by seq").fetchall()
    for *row, data in rows:
        event = decode(row[6], data)
        if event is not None:
            _whole_or_listed(db, Entry(*row), event, note_step)
    undone = {tuple(row) for row in db.execute("select step, subject, area from step where undone is not null")}
    _replay(db, (row for row in rows if (row[2], row[3], _area(row[6])) not in undone))


def _area(kind: str) -> str:
    return e.KINDS[kind].AREA if kind in e.KINDS else ""


def _replay(db: Connection, rows: Iterable[Any]) -> None:
    for *row, data in rows:
        entry = Entry(*row)
        event = decode(entry.kind, data)
        if event is not None:
            _whole_or_listed(db, entry, event, project)
        elif entry.kind in e.KINDS:
            _list(db, entry, _BROKEN.format(entry.kind))
        else:
            _list(db, entry, f"An entry of a kind this Qualbench does not know: {entry.kind}.")


_BROKEN = "The data of an entry can not be read: {}."

_DATA_FAULTS = (
    dbapi2.DataError, dbapi2.IntegrityError, dbapi2.InterfaceError, dbapi2.ProgrammingError,
    ArithmeticError, AttributeError, LookupError, TypeError, ValueError,
)  # fmt: skip
"""What broken data raises; a full disk is none of these and stops a replay."""


def _whole_or_listed(db: Connection, entry: Entry, event: e.Event, rule: _Rule) -> None:
    db.execute("savepoint entry")
    try:
        rule(db, entry, event)
    except _DATA_FAULTS:
        db.execute("rollback to entry")
        _list(db, entry, _BROKEN.format(entry.kind))
    db.execute("release entry")


def decode(kind: str, data: str) -> e.Event | None:
    """The fact in a line of the journal; None when this release can not read it."""
    try:
        return e.KINDS[kind].of(json.loads(data))
    except (AttributeError, LookupError, RecursionError, TypeError, ValueError):
        return None
