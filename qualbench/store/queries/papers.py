"""Reads of what authors answered to checklists, who withdrew, and what was allowed to leave."""

from __future__ import annotations

from qualbench.store.database import Connection
from qualbench.store.queries.study import words


def answers(db: Connection) -> tuple[tuple[str, str, str, str, str], ...]:
    """Every answer in force: checklist, item, words, by whom, when."""
    rows = db.execute("select checklist, item, words, actor, at from checklist_answer order by seq").fetchall()
    return tuple((checklist, item, words(db, key), actor, at) for checklist, item, key, actor, at in rows)


def withdrawn(db: Connection) -> tuple[tuple[str, str, str, str], ...]:
    """Who withdrew: participant, reason, who recorded it, when."""
    rows = db.execute("select participant, reason, actor, at from withdrawn order by seq").fetchall()
    return tuple((participant, words(db, reason), actor, at) for participant, reason, actor, at in rows)


def allowed(db: Connection) -> tuple[tuple[str, str, str, str, str], ...]:
    """What was allowed to leave: what, the findings as JSON, why, by whom, when."""
    rows = db.execute("select what, findings, reason, actor, at from export_allowed order by seq").fetchall()
    return tuple((what, words(db, found), words(db, reason), actor, at) for what, found, reason, actor, at in rows)
