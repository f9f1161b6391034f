"""The ordinary tables, kept up with the journal or made anew from it.

Projections are total: a fact that does not fit changes nothing and is listed under "needs attention". Replaying
never raises, whatever stands in the journal; only the disk can stop it.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import islice
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

Rule = Callable[[Connection, Entry, e.Event | None], object]
"""What is done with an entry; the fact is None where this release can not read it."""


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
        each(db, rows, _shown)
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
    each(db, rows, _shown, say_names=area == "people")


def rebuild(db: Connection) -> None:
    """Project all history from nothing."""
    for table in (*(table for tables in AREA_TABLES.values() for table in tables), "turn_words", "step", "attention"):
        db.execute(f"delete from {table}")
    rows = f"select seq, id, device, step, subject, actor, at, kind, data from journal where {COUNTS} {{}} order by seq"
    naming = ", ".join(f"'{kind}'" for kind in e.KINDS if _area(kind) == "people")
    first = db.execute(rows.format(f"and kind in ({naming})")).fetchall()
    each(db, first, _shown, say_names=True)  # names hold for all entries
    told = list(_told(db, db.execute(rows.format("")), people.names(db)))  # read once, for decoding costs most
    _in_parts(db, told, _noted, PART)
    undone = {tuple(row) for row in db.execute("select step, subject, area from step where undone is not null")}
    rest = ((entry, event) for entry, event in told if (area := _area(entry.kind)) != "people"
            and (entry.step, entry.subject, area) not in undone)  # fmt: skip
    _in_parts(db, rest, _shown, PART)


def _area(kind: str) -> str:
    return e.KINDS[kind].AREA if kind in e.KINDS else ""


def _noted(db: Connection, entry: Entry, event: e.Event | None) -> None:
    if event is not None:
        note_step(db, entry, event)


def _shown(db: Connection, entry: Entry, event: e.Event | None) -> None:
    if event is not None:
        project(db, entry, event)
    else:
        note_unknown(db, entry.id, entry.kind)


def each(db: Connection, rows: Iterable[Any], rule: Rule, *, say_names: bool = False) -> None:
    """Let a rule bring the tables up to entries; of one whose data is broken nothing is kept, and it is listed.

    Entries that say themselves what somebody is called are taken one after the other.
    """
    told = _told(db, rows, None if say_names else people.names(db))
    _in_parts(db, told, rule, 1 if say_names else PART)


def _in_parts(db: Connection, told: Iterable[_Told], rule: Rule, most: int) -> None:
    rest = iter(told)
    while part := list(islice(rest, most)):
        if not _whole(db, part, rule):
            for one in part:
                if not _whole(db, [one], rule):
                    _list(db, one[0], _BROKEN.format(one[0].kind))


PART = 500
"""Entries that are projected under one savepoint; when one of them breaks, each gets its own."""
_Told = tuple[Entry, e.Event | None]


def _told(db: Connection, rows: Iterable[Any], names: Mapping[tuple[str, str], str] | None) -> Iterator[_Told]:
    """Entries with the names that the team knows their writers by, and what they state."""
    for *row, data in rows:
        entry = Entry(*row)
        person = names.get((entry.device, entry.actor), entry.actor) if names is not None else None
        if person is None:
            entry = known(db, entry)
        elif person != entry.actor:
            entry = replace(entry, actor=person)
        yield entry, decode(entry.kind, data)


def _whole(db: Connection, part: Sequence[_Told], rule: Rule) -> bool:
    """Bring the tables up to all of these or to none; whether they are."""
    db.execute("savepoint part")
    try:
        for entry, event in part:
            rule(db, entry, event)
    except _DATA_FAULTS:
        db.execute("rollback to part")
        return False
    finally:
        db.execute("release part")
    return True


_BROKEN = "The data of an entry can not be read: {}."

_DATA_FAULTS = (
    dbapi2.DataError, dbapi2.IntegrityError, dbapi2.InterfaceError, dbapi2.ProgrammingError,
    ArithmeticError, AttributeError, LookupError, TypeError, ValueError,
)  # fmt: skip
"""What broken data raises; a full disk is none of these and stops a replay."""


def decode(kind: str, data: str) -> e.Event | None:
    """The fact in a line of the journal; None when this release can not read it."""
    try:
        told = json.loads(data)
        if "\\u" in data:
            json.dumps(told, ensure_ascii=False).encode()  # half a character can not be kept
        return e.KINDS[kind].of(told)
    except (AttributeError, LookupError, RecursionError, TypeError, ValueError):
        return None
