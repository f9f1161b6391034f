"""Reads of lists of work, of why participants have their types, of negative cases, and of runs that were kept.

Why somebody is of a type, or speaks against a code, is a reading: as with memos on cases, others read it when no pass
of whoever wrote it is still blind. That a participant has a value is known to all.
"""

from __future__ import annotations

import json
from typing import Any

from qualbench.store.database import Connection
from qualbench.store.queries.study import words

WRITTEN = (
    "(actor = :viewer or not exists (select 1 from pass p where p.coder = actor and not exists"
    " (select 1 from opened o where o.transcript = p.transcript and o.round = p.round)))"
)
"""The rule: put into every read of what somebody thought of a case."""


def work_list(db: Connection, round_: str, transcript: str = "") -> tuple[tuple[str, int, int], ...]:
    """The spans that a round asks about, in one transcript or in all, by place; none where it asks about everything."""
    found = db.execute(
        "select transcript, start, \"end\" from work_list where round = ?1 and (transcript = ?2 or ?2 = '')"
        " order by transcript, start",
        (round_, transcript),
    )
    return tuple(tuple(row) for row in found)


def bound(db: Connection, transcript: str = "") -> dict[str, str]:
    """The rounds that have a list of work (in one transcript), by id, each with the query it was found with."""
    found = db.execute(
        "select distinct round, query from work_list where transcript = ?1 or ?1 = ''", (transcript,)
    ).fetchall()
    return dict(found)


def reasons(db: Connection, viewer: str) -> tuple[tuple[str, str, str, str, str, str, str], ...]:
    """Why participants have their types: participant, attribute, value, rule, reason, by whom, when; as it was said."""
    found = db.execute(
        f"select participant, name, value, rule, case when {WRITTEN} then reason else '' end, actor, at"
        " from attribute_reason order by name, participant",
        {"viewer": viewer},
    ).fetchall()
    return tuple((*row[:4], words(db, row[4]), *row[5:]) for row in found)


def negative_cases(db: Connection, viewer: str, against: str = "") -> tuple[tuple[str, str, str, str, str], ...]:
    """What negative cases speak against, the participant, how, by whom, when; as far as the viewer may know of them."""
    found = db.execute(
        f"select against, participant, reason, actor, at from negative_case where {WRITTEN}"
        " and (against = :against or :against = '') order by against, participant",
        {"viewer": viewer, "against": against},
    ).fetchall()
    return tuple((of, who, words(db, key), actor, at) for of, who, key, actor, at in found)


def runs(db: Connection, what: str) -> tuple[tuple[str, str, str, dict[str, Any]], ...]:
    """The runs of one sort that were kept, oldest first: id, by whom, when, and everything about them as data."""
    found = db.execute("select id, actor, at, result from run where what = ? order by seq", (what,)).fetchall()
    return tuple((id_, actor, at, json.loads(words(db, key))) for id_, actor, at, key in found)
