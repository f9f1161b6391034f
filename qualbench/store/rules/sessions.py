"""What facts about consensus sessions do to the ordinary tables."""

from __future__ import annotations

import json

from qualbench import events as e
from qualbench.store.database import Connection
from qualbench.store.rules.entry import Entry


def session_opened(db: Connection, entry: Entry, event: e.SessionOpened) -> str:
    done = db.execute(
        "insert or ignore into session(id, round, people, chair, scribe, standing, hidden, sort, sample, codebook,"
        " state, actor, at, seq) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'open', ?, ?, ?)",
        (
            event.session, event.round, _json(event.people), event.chair, event.scribe, event.standing, event.hidden,
            event.sort, _json(event.sample), event.codebook, entry.actor, entry.at, entry.seq,
        ),
    )  # fmt: skip
    return "" if done.rowcount else "A session was opened twice; it goes on as it was opened first."


def session_stated(db: Connection, entry: Entry, event: e.SessionStated) -> str:
    held = db.execute("select state from session where id = ?", (event.session,)).fetchone()
    if held is None:
        return "A session was broken off or taken up that is not there."
    if held[0] == "closed":
        return "A session was taken up again after it was closed; it stays closed."
    db.execute(
        "update session set state = ?, people = ? where id = ?", (event.state, _json(event.people), event.session)
    )
    db.execute(
        "insert into session_state(seq, session, state, people, note, actor, at) values (?, ?, ?, ?, ?, ?, ?)",
        (entry.seq, event.session, event.state, _json(event.people), event.note, entry.actor, entry.at),
    )
    return ""


def action_linked(db: Connection, entry: Entry, event: e.ActionLinked) -> str:
    if not db.execute("select 1 from decision where id = ?", (event.decision,)).fetchone():
        return "A change of the codebook was linked to a decision that is not there."
    db.execute(
        "insert into decision_action(seq, transcript, decision, steps) values (?, ?, ?, ?)",
        (entry.seq, event.transcript, event.decision, _json(event.steps)),
    )
    return ""


def _json(words: list[str]) -> str:
    return json.dumps(words, ensure_ascii=False)
