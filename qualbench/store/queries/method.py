"""Reads of the method: its changes, the phases a team said it was in, and the numbers that show how far each is.

Memos are counted as far as whoever asks may read them, codings under the one rule of `codings`.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence

from qualbench.model import CaseState
from qualbench.store.database import Connection
from qualbench.store.queries.codings import VISIBLE
from qualbench.store.queries.notes import READABLE
from qualbench.store.queries.study import words

_NOTHING = hashlib.sha256(b"").hexdigest()
"""What empty words are sealed as."""


def changes(db: Connection) -> tuple[tuple[str, str, str, str, str], ...]:
    """Every change of the method, oldest first: before, after, why, by whom, when."""
    rows = db.execute("select before, method, reason, actor, at from method_change order by seq").fetchall()
    return tuple((before, method, words(db, reason), actor, at) for before, method, reason, actor, at in rows)


def phases(db: Connection) -> tuple[tuple[str, str, str, str], ...]:
    """Every phase the team said it works in, oldest first: phase, note, by whom, when."""
    rows = db.execute("select phase, note, actor, at from phase order by seq").fetchall()
    return tuple((phase, words(db, note), actor, at) for phase, note, actor, at in rows)


def memos(db: Connection, viewer: str, kind: str) -> tuple[int, int, int]:
    """Memos of a kind that this viewer may read: how many, by how many people, on how many transcripts."""
    row = db.execute(
        "select count(*), count(distinct who), count(distinct nullif(place, '')) from ("
        "select author as who, case when \"on\" = 'transcript' then about else '' end as place from note"
        f" where kind = :kind and {READABLE}"
        f" union all select coder, transcript from memo where kind = :kind and {VISIBLE})",
        {"viewer": viewer, "kind": kind},
    ).fetchone()
    return int(row[0]), int(row[1]), int(row[2])


def board(db: Connection) -> tuple[int, int, int, int, int, int, int, int]:
    """The theme board in numbers: themes, codes gathered, held against extracts, against the data, defined, reported,
    quotes, themes with a narrative."""
    ever = "exists (select 1 from theme_state s where s.theme = theme.id and s.state {})"
    on_extracts, on_data = ever.format("in ('extracts', 'data')"), ever.format("= 'data'")
    row = db.execute(
        "select count(*), (select count(*) from gathered where theme in (select id from theme where how = '')),"
        f" sum(state <> 'candidate' and {on_extracts}),"
        f" sum(state not in ('candidate', 'extracts') and {on_data}),"
        " sum(state in ('defined', 'reported')), sum(state = 'reported'),"
        " (select count(*) from quote where theme in (select id from theme where how = '')),"
        " sum(coalesce(narrative, '') not in ('', ?)) from theme where how = ''",
        (_NOTHING,),
    ).fetchone()
    return tuple(int(number or 0) for number in row)  # type: ignore[return-value]  # eight columns are asked for


def sessions(db: Connection) -> tuple[tuple[str, str], ...]:
    """The consensus sessions, oldest first: of which round, and how each stands."""
    return tuple(db.execute("select round, state from session order by seq").fetchall())


# --- consensual qualitative research --------------------------------------------------------------------------------


def cases(db: Connection) -> int:
    """How many cases there are, as the study counts them: transcripts, or participants who were named."""
    by = db.execute("select cases from study").fetchone()
    table = "transcript" if by and by[0] == "transcript" else "participant"
    return int(db.execute(f"select count(*) from {table}").fetchone()[0])


def case_states(db: Connection) -> list[CaseState]:
    """How far each case has come that anything was said of."""
    rows = db.execute('select state, max(seq) from case_state group by "case"').fetchall()
    return [CaseState(state) for state, _ in rows if state in set(CaseState)]


def agreed(db: Connection) -> tuple[int, int, int, int]:
    """Core ideas and categories of the team; auditors' comments on the cross-analysis, and those not settled."""
    row = db.execute(
        "select (select count(*) from agreed_idea), (select count(*) from agreed_category), count(*),"
        " coalesce(sum(state <> 'settled'), 0) from comment where \"on\" in ('category', 'domain')"
    ).fetchone()
    return int(row[0]), int(row[1]), int(row[2]), int(row[3])


# --- flexible coding ------------------------------------------------------------------------------------------------


def described(db: Connection) -> tuple[int, int]:
    """How many participants there are, and of how many any attribute is known."""
    row = db.execute(
        "select count(*), coalesce(sum(exists (select 1 from attribute a where a.participant = p.id and a.value <> '')"
        "), 0) from participant p"
    ).fetchone()
    return int(row[0]), int(row[1])


def coded_with(db: Connection, viewer: str, codes: Sequence[str]) -> int:
    """How many transcripts have any of these codes, as far as this viewer may see it."""
    row = db.execute(
        "select count(*) from transcript t where exists (select 1 from coding where transcript = t.id"
        f" and code in (select value from json_each(:codes)) and {VISIBLE})",
        {"viewer": viewer, "codes": json.dumps(list(codes))},
    ).fetchone()
    return int(row[0])


def work_lists(db: Connection) -> frozenset[str]:
    """The rounds that are bound to what a query found, by id."""
    return frozenset(row[0] for row in db.execute("select distinct round from work_list"))


def typed(db: Connection) -> tuple[int, int]:
    """How many participants have a type by a rule or a reason, and how many negative cases are marked."""
    row = db.execute(
        "select (select count(distinct participant) from attribute_reason), (select count(*) from negative_case)"
    ).fetchone()
    return int(row[0]), int(row[1])
