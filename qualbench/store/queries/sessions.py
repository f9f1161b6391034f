"""Reads of consensus sessions: who sits, what became of a session, and which changes of the codebook came of it."""

from __future__ import annotations

import json

from qualbench.model import AgendaSort, Session, SessionState, SessionTurn
from qualbench.store.database import Connection
from qualbench.store.queries.study import words


def sessions(db: Connection) -> tuple[Session, ...]:
    """Every session, in the order they were opened."""
    rows = db.execute(
        "select id, round, people, chair, scribe, standing, hidden, sort, sample, codebook, state, actor, at"
        " from session order by seq"
    ).fetchall()
    return tuple(
        Session(
            id_, round_, tuple(json.loads(people)), chair, scribe, standing, bool(hidden), AgendaSort(sort),
            tuple(json.loads(sample)), codebook, SessionState(state), actor, at,
        )
        for id_, round_, people, chair, scribe, standing, hidden, sort, sample, codebook, state, actor, at in rows
    )  # fmt: skip


def turns(db: Connection, session: str) -> tuple[SessionTurn, ...]:
    """When a session was broken off, taken up again and closed, in order."""
    rows = db.execute(
        "select state, people, note, actor, at from session_state where session = ? order by seq", (session,)
    ).fetchall()
    return tuple(
        SessionTurn(SessionState(state), tuple(json.loads(people)), words(db, note), actor, at)
        for state, people, note, actor, at in rows
    )


def linked_steps(db: Connection) -> dict[str, tuple[str, ...]]:
    """By decision, the steps of the codebook's draft that came of it; those that were undone are left out."""
    rows = db.execute(
        "select decision, value from decision_action, json_each(steps) where not exists"
        " (select 1 from step where step.step = value and step.area = 'codebook' and step.undone is not null)"
        " order by seq, key"
    ).fetchall()
    found: dict[str, dict[str, None]] = {}
    for decision, step in rows:
        found.setdefault(decision, {})[step] = None
    return {decision: tuple(steps) for decision, steps in found.items()}


def draft_steps(db: Connection) -> tuple[str, ...]:
    """The steps that the codebook's draft consists of, oldest first."""
    rows = db.execute(
        "select step from draft join journal on journal.seq = draft.seq group by step order by min(draft.seq)"
    ).fetchall()
    return tuple(step for (step,) in rows)
