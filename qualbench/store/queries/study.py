"""Reads of the study itself: its people, participants, codebook versions and sealed words."""

from __future__ import annotations

import json
from typing import Any

from qualbench.errors import DamagedStudy
from qualbench.model import Benchmark, Method, Participant, Person, Study
from qualbench.store.database import Connection


def study(db: Connection) -> Study | None:
    """The study, once it is created."""
    row = db.execute("select id, name, method, coders, created, benchmark from study").fetchone()
    if row is None:
        return None
    *told, benchmark = row
    return Study(told[0], told[1], Method(told[2]), told[3], told[4], Benchmark(benchmark or Benchmark.KRIPPENDORFF))


def interviewers(db: Connection) -> bool:
    """Whether interviewers' speech counts like participants'."""
    row = db.execute("select interviewers from study").fetchone()
    return bool(row and row[0])


def people(db: Connection) -> tuple[Person, ...]:
    """Everybody who ever worked here, in order of joining."""
    rows = db.execute("select name, roles from person order by rowid").fetchall()
    return tuple(Person(name, tuple(json.loads(roles))) for name, roles in rows)


def participants(db: Connection) -> tuple[Participant, ...]:
    """The participants with their attributes, by label."""
    attributes: dict[str, list[tuple[str, str]]] = {}
    for participant, name, value in db.execute("select participant, name, value from attribute order by rowid"):
        attributes.setdefault(participant, []).append((name, value))
    rows = db.execute("select id, label from participant order by label").fetchall()
    return tuple(Participant(id_, label, tuple(attributes.get(id_, ()))) for id_, label in rows)


def attribute_kinds(db: Connection) -> tuple[tuple[str, str, tuple[str, ...]], ...]:
    """The attributes that were defined: name, kind, choices."""
    found = db.execute("select name, kind, choices from attribute_kind order by rowid").fetchall()
    return tuple((name, kind, tuple(json.loads(choices))) for name, kind, choices in found)


def profiles(db: Connection) -> dict[str, str]:
    """The import profiles by name, as they were sealed."""
    return {name: words(db, key) for name, key in db.execute("select name, profile from profile order by seq")}


def content(db: Connection, key: str) -> bytes | None:
    """Sealed words by their SHA-256; None when they were withdrawn."""
    row = db.execute("select body from content where hash = ?", (key,)).fetchone()
    return row[0] if row else None


def words(db: Connection, key: str) -> str:
    """Sealed words as text; a plain note where they were withdrawn."""
    return as_words(content(db, key) if key else b"")


def as_words(body: bytes | None) -> str:
    """The same of words that were read with what they belong to."""
    try:
        return "[withdrawn]" if body is None else body.decode()
    except UnicodeDecodeError:
        raise DamagedStudy("study.db", "a stored text is not what was sealed") from None


def codebook(db: Connection, version: str = "") -> dict[str, Any] | None:
    """The data of one released codebook version, or of the newest."""
    row = db.execute(
        "select codes from codebook where version = ? or ? = '' order by seq desc limit 1", (version, version)
    ).fetchone()
    body = content(db, row[0]) if row else None
    return json.loads(body) if body is not None else None


def codebook_versions(db: Connection) -> tuple[str, ...]:
    """The released versions, oldest first."""
    return tuple(row[0] for row in db.execute("select version from codebook order by seq"))


def attention(db: Connection) -> tuple[str, ...]:
    """What did not fit when the journal was projected."""
    return tuple(row[0] for row in db.execute("select sentence from attention order by rowid"))


def newest(db: Connection) -> tuple[int, str]:
    """Number and time of the newest entry in the journal: the state that a figure was computed from."""
    row = db.execute("select seq, at from journal order by seq desc limit 1").fetchone()
    return (row[0], row[1]) if row else (0, "")
