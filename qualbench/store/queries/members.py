"""Reads of checks with participants, and of which words of whom are where in the history."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from qualbench.events import Event
from qualbench.store import projections
from qualbench.store.database import Connection
from qualbench.store.queries.study import words

Row = tuple[str, str, str, dict[str, str]]


def moments(db: Connection) -> list[Row]:
    """Every state, reply and reply applied in order: participant, when, by whom, and what it says by name."""
    found = [
        (seq, participant, at, actor, {"state": state, "kind": kind, "channel": channel, "due": due, "words": note})
        for seq, participant, kind, state, channel, due, note, actor, at in db.execute(
            "select seq, participant, kind, state, channel, due, note, actor, at from member_check"
        ).fetchall()
    ]
    found += [
        (seq, participant, at, actor, {"reply": reply, "words": said})
        for seq, participant, reply, said, actor, at in db.execute(
            "select seq, participant, reply, words, actor, at from member_reply"
        ).fetchall()
    ]
    found += [
        (seq, participant, at, actor, {"transcript": transcript, "name": name or transcript, "version": str(version)})
        for seq, participant, transcript, name, version, actor, at in db.execute(
            "select a.seq, participant, transcript, t.name, a.version, actor, at from member_applied a"
            " left join transcript t on t.id = a.transcript"
        ).fetchall()
    ]
    return [
        (participant, at, actor, {**told, "words": words(db, told.get("words", ""))})
        for _, participant, at, actor, told in sorted(found, key=lambda row: row[0])
    ]


def additions(db: Connection) -> frozenset[str]:
    """The documents, by id, that hold what participants added to what they had said."""
    rows = db.execute(
        "select transcript from member_applied where version = 1 and transcript in (select id from transcript)"
    )
    return frozenset(row[0] for row in rows)


# --- whose words are where -------------------------------------------------------------------------------------


def erased(db: Connection) -> tuple[tuple[str, str, frozenset[str]], ...]:
    """What was destroyed: transcript, when, and the hashes, in the order of the log."""
    rows = db.execute("select transcript, at, hashes from erased order by seq").fetchall()
    return tuple((transcript, at, frozenset(json.loads(hashes))) for transcript, at, hashes in rows)


def emptied(db: Connection) -> frozenset[str]:
    """The transcripts of which a withdrawal left nothing, by id; they count nowhere."""
    rows = db.execute(
        "select distinct e.transcript from erased e join transcript t on t.id = e.transcript where t.words = 0"
        " and not exists (select 1 from segment s where s.transcript = e.transcript)"
    )
    return frozenset(row[0] for row in rows)


def stated(db: Connection, *kinds: str) -> Iterator[Event]:
    """Every fact of these kinds, undone or not, in order."""
    holes = ", ".join("?" * len(kinds))
    for kind, data in db.execute(f"select kind, data from journal where kind in ({holes}) order by seq", kinds):
        event = projections.decode(kind, data)
        if event is not None:
            yield event


def naming(db: Connection, sealed: Mapping[str, tuple[str, ...]]) -> Counter[str]:
    """How many facts name each sealed text; `sealed` has the fields of each kind that do."""
    return Counter(key for fact in stated(db, *sealed) for key in named_by(fact, sealed))


def named_by(fact: Event, sealed: Mapping[str, tuple[str, ...]]) -> list[str]:
    """The sealed texts that a fact names."""
    return [key for field in sealed.get(fact.KIND, ()) if (key := getattr(fact, field))]


def standing(db: Connection) -> tuple[frozenset[str], frozenset[str]]:
    """The quotes, and the core ideas of the team, that are there now, by id."""
    quotes = frozenset(row[0] for row in db.execute("select id from quote"))
    ideas = frozenset(row[0] for row in db.execute("select id from agreed_idea"))
    return quotes, ideas


def board_words(db: Connection) -> list[tuple[str, str]]:
    """What everybody may read and no participant said: each text with what it is called."""
    fields: dict[str, tuple[str, Any]] = {
        "codebook_released": ("codes", lambda fact: f"version {fact.version} of the codebook"),
        "code_drafted": ("fields", lambda fact: f"the draft of code {fact.code}"),
        "theme_described": ("idea", lambda _: "the central idea of a theme"),
        "theme_written": ("words", lambda fact: f"the {fact.field} of a theme"),
        "checklist_answered": ("words", lambda fact: f"an answer to {fact.checklist} {fact.item}"),
    }
    return [
        (fields[fact.KIND][1](fact), words(db, getattr(fact, fields[fact.KIND][0]))) for fact in stated(db, *fields)
    ]
