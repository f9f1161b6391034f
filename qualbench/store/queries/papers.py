"""Reads of what authors answered to checklists, who withdrew, what was allowed to leave, and days of the log."""

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


# --- days ------------------------------------------------------------------------------------------------------


def days(db: Connection, *kinds: str) -> tuple[str, str]:
    """The first and the last day on which facts of these kinds were stated; empty when none was."""
    holes = ", ".join("?" * len(kinds))
    first, last = db.execute(f"select min(at), max(at) from journal where kind in ({holes})", kinds).fetchone()
    return (first or "")[:10], (last or "")[:10]


def pass_days(db: Connection) -> dict[str, tuple[str, str]]:
    """The days on which each pass was opened and handed in."""
    rows = db.execute("select id, opened, submitted from pass").fetchall()
    return {id_: ((opened or "")[:10], (submitted or "")[:10]) for id_, opened, submitted in rows}


def last_times(db: Connection) -> tuple[float, ...]:
    """The last time stamp of each transcript that has any, in seconds."""
    rows = db.execute("select max(seconds) from turn where seconds is not null group by transcript").fetchall()
    return tuple(seconds for (seconds,) in rows)


def run_ids(db: Connection) -> tuple[str, ...]:
    """The ids of the agreement runs that were kept, oldest first."""
    return tuple(id_ for (id_,) in db.execute("select id from agreement_run order by seq"))
