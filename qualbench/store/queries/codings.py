"""Reads of codings, decisions that nothing applies, and memos. Blindness is one rule, here.

A viewer sees their own coding always, and other people's on a transcript once it is opened: every pass on it is
submitted, and there are as many as the study asks for. Nobody is excepted, and no count is exempt.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from qualbench.model import Coding, Memo, Nothing, Pass, PassState, SegmentRule
from qualbench.store.database import Connection
from qualbench.store.queries.study import words

VISIBLE = "(coder = :viewer or transcript in (select transcript from opened))"
"""The rule: put into every read of what coders did."""


def opened(db: Connection) -> frozenset[str]:
    """The transcripts whose passes anybody may read."""
    return frozenset(row[0] for row in db.execute("select transcript from opened"))


def passes(db: Connection, transcript: str = "", coder: str = "") -> tuple[Pass, ...]:
    """Which passes there are and their states; that somebody codes is no secret, what they code is."""
    found = db.execute(
        "select id, transcript, coder, codebook, rule, state from pass where (transcript = ?1 or ?1 = '')"
        " and (coder = ?2 or ?2 = '') order by opened, coder, id",
        (transcript, coder),
    )
    return tuple(_pass(row) for row in found)


def get_pass(db: Connection, pass_id: str) -> Pass | None:
    """One pass by its id."""
    row = db.execute(
        "select id, transcript, coder, codebook, rule, state from pass where id = ?", (pass_id,)
    ).fetchone()
    return _pass(row) if row else None


def _pass(row: Sequence[Any]) -> Pass:
    id_, transcript, coder, codebook, rule, state = row
    return Pass(id_, transcript, coder, codebook, SegmentRule(rule), PassState(state))


def _memo(db: Connection, row: Sequence[Any]) -> Memo:
    *place, key = row
    id_, pass_id, transcript, coder, start, end = place
    return Memo(id_, pass_id, transcript, coder, start, end, words(db, key))


def codings(db: Connection, viewer: str, transcript: str = "", coder: str = "") -> tuple[Coding, ...]:
    """The codings that this viewer may see, by place."""
    found = db.execute(
        'select id, pass, transcript, coder, code, start, "end" from coding'
        f" where {VISIBLE} and (:transcript = '' or transcript = :transcript) and (:coder = '' or coder = :coder)"
        ' order by transcript, start, "end", coder, n',
        {"viewer": viewer, "transcript": transcript, "coder": coder},
    )
    return tuple(Coding(*row) for row in found)


def nothings(db: Connection, viewer: str, transcript: str = "", coder: str = "") -> tuple[Nothing, ...]:
    """The decisions that nothing applies which this viewer may see, by place."""
    found = db.execute(
        'select pass, transcript, coder, start, "end" from nothing_applies'
        f" where {VISIBLE} and (:transcript = '' or transcript = :transcript) and (:coder = '' or coder = :coder)"
        ' order by transcript, start, "end", coder',
        {"viewer": viewer, "transcript": transcript, "coder": coder},
    )
    return tuple(Nothing(*row) for row in found)


def memos(db: Connection, viewer: str, transcript: str = "", coder: str = "") -> tuple[Memo, ...]:
    """The memos that this viewer may read, by place."""
    found = db.execute(
        'select id, pass, transcript, coder, start, "end", body from memo'
        f" where {VISIBLE} and (:transcript = '' or transcript = :transcript) and (:coder = '' or coder = :coder)"
        " order by transcript, start, id",
        {"viewer": viewer, "transcript": transcript, "coder": coder},
    ).fetchall()
    return tuple(_memo(db, row) for row in found)


def code_counts(db: Connection, viewer: str) -> dict[str, int]:
    """How many codings each code has among those this viewer may see."""
    found = db.execute(f"select code, count(*) from coding where {VISIBLE} group by code", {"viewer": viewer})
    return dict(found.fetchall())


def recent_codes(db: Connection, viewer: str, limit: int = 9) -> tuple[str, ...]:
    """The viewer's own codes, the one used last first."""
    found = db.execute(
        "select code from (select code, max(n) as newest from (select code, n from coding where coder = ?"
        " order by n desc limit 200) group by code) order by newest desc limit ?",
        (viewer, limit),
    )
    return tuple(row[0] for row in found)


def at(
    db: Connection, viewer: str, pass_id: str, start: int, end: int
) -> tuple[tuple[Coding, ...], tuple[Nothing, ...], tuple[Memo, ...]]:
    """What stands on a span in one pass: codings, decisions that nothing applies, memos."""
    span = {"viewer": viewer, "pass": pass_id, "start": start, "end": end}
    touching = f'where pass = :pass and start < :end and "end" > :start and {VISIBLE} order by start'
    codings_ = db.execute(f'select id, pass, transcript, coder, code, start, "end" from coding {touching}, n', span)
    nothings_ = db.execute(f'select pass, transcript, coder, start, "end" from nothing_applies {touching}', span)
    memos_ = db.execute(f'select id, pass, transcript, coder, start, "end", body from memo {touching}', span)
    return (
        tuple(Coding(*row) for row in codings_.fetchall()),
        tuple(Nothing(*row) for row in nothings_.fetchall()),
        tuple(_memo(db, row) for row in memos_.fetchall()),
    )
