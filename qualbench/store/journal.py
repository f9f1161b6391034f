"""The journal: all history in one append-only table, and the only way anything is ever written.

`record` appends facts and projects them in one transaction. Undo appends a fact too: the step is skipped when its
subject is projected again, so nothing is lost. Only the newest step of a pass is taken back without that.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields

from qualbench.events import KINDS, Event, PersonRecognised, StepRedone, StepUndone, new_id, seal
from qualbench.model import Changes
from qualbench.store import order, projections, steps
from qualbench.store.database import Connection, transaction
from qualbench.store.rules import Entry, people


@dataclass(frozen=True, slots=True)
class Writer:
    """Who writes, on which device, and when; the clock and the ids can be fixed for tests."""

    device: str
    actor: str
    at: str


def record(db: Connection, writer: Writer, events: Sequence[Event], *, step: str = "") -> Changes:
    """Append the facts of one user action and project them, all or nothing; durable when this returns."""
    if not events:
        return Changes()
    with transaction(db):
        append(db, writer, events, step or new_id())
    return Changes(frozenset(event.subject for event in events), frozenset(event.KIND for event in events))


def append(db: Connection, writer: Writer, events: Sequence[Event], step: str) -> None:
    """The inside of `record`, for several steps in one transaction."""
    heads: dict[tuple[str, str], str] = {}
    undone: list[StepUndone] = []
    count = order.count_of(newest(db))
    for event in events:
        count += 1
        if words := [(sealed, sealed.body) for sealed in event.sealed()]:
            db.executemany("insert or ignore into content(hash, body) values (?, ?)", words)
        entry = _chained(db, writer, event, (step, order.place(count, writer.device)), heads)
        projections.project(db, entry, event)
        if projections.note_step(db, entry, event) and isinstance(event, StepUndone):
            undone.append(event)
    for event in undone:
        projections.switched(db, event)
    if people.devices(db, [event.key for event in events if isinstance(event, PersonRecognised)]):
        projections.rebuild(db)  # a name holds for everything that its device ever wrote


def _chained(
    db: Connection, writer: Writer, event: Event, where: tuple[str, int], heads: dict[tuple[str, str], str]
) -> Entry:
    (step, seq), subject = where, event.subject
    lane = _lane(db, event) if isinstance(event, StepUndone) else event.lane
    chain = (subject, lane)
    prev = heads[chain] if chain in heads else head(db, writer.device, subject, lane)
    data = _FACT.encode(event.data())
    row = (new_id(), writer.device, step, subject, writer.actor, writer.at, event.KIND, data)
    heads[chain] = chain_hash(prev, (*row, lane, str(seq)))
    db.execute(
        "insert into journal(seq, id, device, step, subject, actor, at, kind, data, prev, hash, lane)"
        " values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (seq, *row, prev, heads[chain], lane),
    )
    return projections.known(db, Entry(seq, row[0], writer.device, step, subject, writer.actor, writer.at, event.KIND))


_FACT = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"))
_ROW = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


def _lane(db: Connection, event: StepUndone) -> str:
    """A switch of a step belongs to whatever the step belongs to."""
    row = db.execute(
        "select lane from journal where step = ? and subject = ? order by seq limit 1", (event.target, event.place)
    ).fetchone()
    return row[0] if row and row[0] else ""


def newest(db: Connection) -> int:
    """The place of the newest entry in the one order of all devices; 0 before the first."""
    seq: int = db.execute("select coalesce(max(seq), 0) from journal").fetchone()[0]
    return seq


def head(db: Connection, device: str, subject: str, lane: str) -> str:
    """The hash of the newest entry of this device about this subject in this lane; empty before the first."""
    row = db.execute(
        "select hash from journal where device = ? and subject = ? and coalesce(lane, '') = ?"
        " order by seq desc limit 1",
        (device, subject, lane),
    ).fetchone()
    return row[0] if row else ""


def chain_hash(prev: str, row: Sequence[str]) -> str:
    """SHA-256 over the previous hash and this entry: a changed or missing entry breaks every later one.

    An entry is its id, device, step, subject, actor, time, kind and data; since lanes, its lane and its place too.
    """
    return hashlib.sha256(f"{prev}{body(row)}".encode()).hexdigest()


def body(row: Sequence[str]) -> str:
    """An entry as the text that is hashed."""
    return _ROW.encode(list(row))


# --- undo ------------------------------------------------------------------------------------------------------


def undoable(db: Connection, actor: str, subject: str, area: str) -> str | None:
    """The newest own step here (anywhere in the area without a subject) that still counts and can be undone."""
    row = db.execute(
        f"select step from step where {_own(subject)} and undoable and undone is null order by seq desc limit 1",
        {"subject": subject, "area": area, "actor": actor},
    ).fetchone()
    return row[0] if row else None


def redoable(db: Connection, actor: str, subject: str, area: str) -> str | None:
    """The own step undone last, as long as nothing new was done after it was undone."""
    who = {"subject": subject, "area": area, "actor": actor}
    row = db.execute(
        f"select step, undone from step where {_own(subject)} and undone is not null order by undone desc limit 1", who
    ).fetchone()
    newest = db.execute(f"select max(seq) from step where {_own(subject)} and undone is null", who).fetchone()[0]
    return row[0] if row and (newest is None or newest < row[1]) else None


@dataclass(frozen=True, slots=True)
class Step:
    """One action of a person: when it was, what it stated, and whether it is undone."""

    at: str
    facts: tuple[Event, ...]
    undone: bool


def own_steps(db: Connection, actor: str, subject: str, area: str, most: int) -> Iterator[Step]:
    """A person's steps on a subject, the newest first."""
    rows = db.execute(
        f"select step, undone from step where {_own(subject)} and undoable order by seq desc limit :most",
        {"subject": subject, "area": area, "actor": actor, "most": most},
    ).fetchall()
    for step, undone in rows:
        at = db.execute("select at from journal where step = ? limit 1", (step,)).fetchone()[0]
        yield Step(at, tuple(facts_of(db, step)), undone is not None)


def _own(subject: str) -> str:
    """Which steps are within reach; of the codebook only those after its last release, which never changes."""
    return "subject = :subject and " * bool(subject) + (
        "area = :area and actor = :actor and (area <> 'codebook' or seq > (select coalesce(max(seq), 0) from codebook))"
    )


def submitted_pass(db: Connection, step: str) -> str:
    """A pass that is handed in and that this step is part of; empty when there is none."""
    places = db.execute("select subject from step where step = ? and area = 'coding'", (step,)).fetchall()
    return max((steps.submitted_pass(db, step, place) for (place,) in places), default="")


def facts_about(db: Connection, transcript: str, area: str) -> list[Event]:
    """Everything ever stated about a transcript in one area, undone or not, in order."""
    kinds = [
        kind.KIND
        for kind in KINDS.values()
        if area == kind.AREA and any(one.name == "transcript" for one in fields(kind))
    ]
    places = f"subject in (?, ?) and kind in ({', '.join('?' * len(kinds))})"
    rows = db.execute(
        f"select kind, data from journal where {places} order by seq", (transcript, area, *kinds)
    ).fetchall()
    facts = [event for event in (projections.decode(kind, data) for kind, data in rows) if event is not None]
    return [fact for fact in facts if getattr(fact, "transcript", "") == transcript]


def _names_transcript(kind: type[Event]) -> bool:
    return any(one.name == "transcript" for one in fields(kind))


def facts_of(db: Connection, step: str) -> list[Event]:
    """What a step stated."""
    rows = db.execute("select kind, data from journal where step = ? order by seq", (step,)).fetchall()
    return [event for event in (projections.decode(kind, data) for kind, data in rows) if event is not None]


def switch(db: Connection, writer: Writer, step: str, *, undo: bool, reason: str = "") -> Changes:
    """Undo a step, or redo it, wherever it reached."""
    kind = StepUndone if undo else StepRedone
    places = db.execute("select subject, area from step where step = ?", (step,)).fetchall()
    changes = record(
        db,
        writer,
        [kind(target=step, place=place, area=area, reason=seal(reason) if reason else "") for place, area in places],
    )
    kinds = {kind.KIND for kind in KINDS.values() if kind.AREA in {area for _, area in places}}
    return Changes(changes.subjects, changes.kinds | kinds)
