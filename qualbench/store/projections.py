"""The ordinary tables, kept up with the journal or made anew from it.

Projections are total: a fact that does not fit changes nothing and is listed under "needs attention". Replaying
never raises, whatever stands in the journal; only the disk can stop it.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Any

from sqlcipher3 import dbapi2

from qualbench import events as e
from qualbench.store import rules, steps
from qualbench.store.database import Connection
from qualbench.store.rules import Entry, coding, people

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
        "method_change",
        "phase",
        "run",
        "work_list",
        "attribute_reason",
    ),
    "people": ("device", "known", "keeper"),
    "codebook": ("codebook", "draft"),
    "transcript": ("transcript", "version", "speaker", "turn", "segment", "erased"),
    "coding": (
        "pass",
        "joined_pass",
        "opening",
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
    "consensus": ("decision", "decision_action"),
    "sessions": ("session", "session_state"),
    "cqr": (
        "judging",
        "judged",
        "case_state",
        "core_idea",
        "agreed_idea",
        "proposed_category",
        "agreed_category",
        "comment",
        "comment_turn",
    ),
    "members": ("member_check", "member_reply", "member_applied"),
    "papers": ("checklist_answer",),
    "themes": ("saved_query", "theme", "theme_state", "gathered", "quote", "star_aside", "negative_case"),
}
"""Which tables each area of history is projected into."""

BY_TRANSCRIPT = {"coding": "transcript", "consensus": "transcript"}

_Rule = Callable[[Connection, Entry, e.Event], object]


def known(db: Connection, entry: Entry) -> Entry:
    """The entry, with the name that the team knows its writer by."""
    person = people.person_of(db, entry.device, entry.actor)
    return entry if person == entry.actor else replace(entry, actor=person)


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


def note_unknown(db: Connection, entry: str, kind: str) -> None:
    """List an entry that this release can not read."""
    known = kind in e.KINDS
    said = _BROKEN.format(kind) if known else f"An entry of a kind this Qualbench does not know: {kind}."
    db.execute("insert or replace into attention(entry, sentence) values (?, ?)", (entry, said))


def _list(db: Connection, entry: Entry, sentence: str) -> None:
    db.execute("insert or replace into attention(entry, sentence) values (?, ?)", (entry.id, sentence))


COUNTS = "package not in (select id from arrival where taken_back)"
"""Entries that came in a package count unless its merging was taken back."""

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
        "select journal.seq, id, device, journal.step, journal.subject, journal.actor, at, kind, data"
        f" {history} and undone is null and {COUNTS} order by journal.seq",
        (area, subject, *kinds),
    ).fetchall()
    _replay(db, rows)


def rebuild(db: Connection) -> None:
    """Project all history from nothing."""
    for table in (*(table for tables in AREA_TABLES.values() for table in tables), "turn_words", "step", "attention"):
        db.execute(f"delete from {table}")
    rows = db.execute(
        f"select seq, id, device, step, subject, actor, at, kind, data from journal where {COUNTS} order by seq"
    ).fetchall()
    _replay(db, (row for row in rows if _area(row[7]) == "people"))  # names come first: they hold for all entries
    for *row, data in rows:
        event = decode(row[7], data)
        if event is not None:
            _whole_or_listed(db, known(db, Entry(*row)), event, note_step)
    undone = {tuple(row) for row in db.execute("select step, subject, area from step where undone is not null")}
    rest = (row for row in rows if _area(row[7]) != "people")
    _replay(db, (row for row in rest if (row[3], row[4], _area(row[7])) not in undone))


def _area(kind: str) -> str:
    return e.KINDS[kind].AREA if kind in e.KINDS else ""


def _replay(db: Connection, rows: Iterable[Any]) -> None:
    for *row, data in rows:
        entry = known(db, Entry(*row))
        event = decode(entry.kind, data)
        if event is not None:
            _whole_or_listed(db, entry, event, project)
        else:
            note_unknown(db, entry.id, entry.kind)


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
