"""Reads of codings, decisions that nothing applies, and memos. Blindness is one rule, here.

A viewer sees their own coding always, and other people's once the transcript is opened: every pass on it in that round
is submitted, and there are as many as the round or the study asks for. Nobody is excepted, and no count is exempt.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from qualbench.model import Coding, Memo, Nothing, Pass, PassState, Round, SegmentRule, Star
from qualbench.store.database import Connection
from qualbench.store.queries.study import words

VISIBLE = (
    "(coder = :viewer or pass in (select id from pass join opened using (transcript, round) where state = 'submitted'))"
)
"""The rule: put into every read of what coders did."""


def opened(db: Connection, round_: str = "") -> frozenset[str]:
    """The transcripts whose first passes (those of one round, by id) anybody may read; coding again opens nothing."""
    found = db.execute("select transcript from opened where not recode and (round = ?1 or ?1 = '')", (round_,))
    return frozenset(row[0] for row in found)


def doubts(db: Connection, viewer: str) -> tuple[tuple[str, str, str, int, int, str], ...]:
    """Places in corrected texts that codings of the viewer, or opened ones, may no longer fit: each with one code."""
    found = db.execute(
        f'select transcript, pass, coder, start, "end", code from coding where doubtful and {VISIBLE}'
        " union all select transcript, pass, coder, start, \"end\", '' from nothing_applies"
        f" where doubtful and {VISIBLE}"
        " order by 1, 4, 5, 3, 2, 6",
        {"viewer": viewer},
    )
    return tuple(tuple(row) for row in found)


def readable(db: Connection) -> frozenset[str]:
    """The passes that anybody may read and that came in time, by id."""
    found = db.execute(
        "select id from pass join opened using (transcript, round) where state = 'submitted' and not late"
    )
    return frozenset(row[0] for row in found)


def rounds(db: Connection) -> tuple[Round, ...]:
    """The rounds that are planned, in that order."""
    assigned: dict[str, dict[str, list[str]]] = {}
    for round_, transcript, coder in db.execute("select round, transcript, coder from assignment order by rowid"):
        assigned.setdefault(round_, {}).setdefault(transcript, []).append(coder)
    bound = dict(db.execute("select distinct round, query from work_list").fetchall())
    found = db.execute("select id, name, codebook, recode, drawn, seed, planned from round order by seq").fetchall()
    return tuple(
        Round(
            id_, name, book, {t: tuple(c) for t, c in assigned.get(id_, {}).items()}, bool(again), drawn, seed, at,
            bound.get(id_, ""),
        )
        for id_, name, book, again, drawn, seed, at in found
    )  # fmt: skip


def passes(db: Connection, transcript: str = "", coder: str = "") -> tuple[Pass, ...]:
    """Which passes there are and their states; that somebody codes is no secret, what they code is."""
    found = db.execute(
        "select id, transcript, coder, codebook, rule, state, round, late from pass where (transcript = ?1 or ?1 = '')"
        " and (coder = ?2 or ?2 = '') order by opened, coder, id",
        (transcript, coder),
    )
    return tuple(_pass(row) for row in found)


def get_pass(db: Connection, pass_id: str) -> Pass | None:
    """One pass by its id."""
    row = db.execute(
        "select id, transcript, coder, codebook, rule, state, round, late from pass where id = ?", (pass_id,)
    ).fetchone()
    return _pass(row) if row else None


def _pass(row: Sequence[Any]) -> Pass:
    id_, transcript, coder, codebook, rule, state, round_, late = row
    return Pass(id_, transcript, coder, codebook, SegmentRule(rule), PassState(state), round_, bool(late))


def _memo(db: Connection, row: Sequence[Any]) -> Memo:
    *place, key, kind = row
    id_, pass_id, transcript, coder, start, end = place
    return Memo(id_, pass_id, transcript, coder, start, end, words(db, key), kind or "")


_STANDS = "({0} = '' or {0} in (select hash from content))"
"""What was said on words that were withdrawn went with them."""


def _only(transcript: str, coder: str) -> str:
    """Conditions that an index can serve: only what is asked for is asked of the database."""
    return " and transcript = :transcript" * bool(transcript) + " and coder = :coder" * bool(coder)


def codings(db: Connection, viewer: str, transcript: str = "", coder: str = "") -> tuple[Coding, ...]:
    """The codings that this viewer may see, by place."""
    found = db.execute(
        'select id, pass, transcript, coder, code, start, "end" from coding'
        f" where {VISIBLE}{_only(transcript, coder)}"
        ' order by transcript, start, "end", coder, n',
        {"viewer": viewer, "transcript": transcript, "coder": coder},
    )
    return tuple(Coding(*row) for row in found)


def codings_of(db: Connection, viewer: str, code: str) -> tuple[Coding, ...]:
    """The viewer's own codings with one code, the oldest first."""
    found = db.execute(
        'select id, pass, transcript, coder, code, start, "end" from coding where coder = ? and code = ? order by n',
        (viewer, code),
    )
    return tuple(Coding(*row) for row in found)


def nothings(db: Connection, viewer: str, transcript: str = "", coder: str = "") -> tuple[Nothing, ...]:
    """The decisions that nothing applies which this viewer may see, by place."""
    found = db.execute(
        'select pass, transcript, coder, start, "end" from nothing_applies'
        f" where {VISIBLE}{_only(transcript, coder)}"
        ' order by transcript, start, "end", coder',
        {"viewer": viewer, "transcript": transcript, "coder": coder},
    )
    return tuple(Nothing(*row) for row in found)


def memos(db: Connection, viewer: str, transcript: str = "", coder: str = "") -> tuple[Memo, ...]:
    """The memos that this viewer may read, by place."""
    found = db.execute(
        'select id, pass, transcript, coder, start, "end", body, kind from memo'
        f" where {VISIBLE}{_only(transcript, coder)} and {_STANDS.format('body')}"
        " order by transcript, start, id",
        {"viewer": viewer, "transcript": transcript, "coder": coder},
    ).fetchall()
    return tuple(_memo(db, row) for row in found)


def stars(db: Connection, viewer: str, transcript: str = "", coder: str = "") -> tuple[Star, ...]:
    """The extracts starred while coding that this viewer may see, by place."""
    found = db.execute(
        'select id, pass, transcript, coder, start, "end", note from star'
        f' where {VISIBLE}{_only(transcript, coder)} and start < "end" and {_STANDS.format("note")}'
        ' order by transcript, start, "end", coder, n',
        {"viewer": viewer, "transcript": transcript, "coder": coder},
    ).fetchall()
    return tuple(
        Star(id_, pass_id, transcript, coder, start, end, words(db, key))
        for id_, pass_id, transcript, coder, start, end, key in found
    )


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
    found = [
        db.execute(f"select {columns} from {table} {_touching(table)}", span).fetchall()
        for columns, table in (
            ('id, pass, transcript, coder, code, start, "end"', "coding"),
            ('pass, transcript, coder, start, "end"', "nothing_applies"),
            ('id, pass, transcript, coder, start, "end", body, kind', "memo"),
        )
    ]
    return (
        tuple(Coding(*row) for row in found[0]),
        tuple(Nothing(*row) for row in found[1]),
        tuple(_memo(db, row) for row in found[2]),
    )


LONG = 4_000
"""Code points; spans longer than this are few, and are found by their length instead of their place."""


def _touching(table: str) -> str:
    """The spans of a pass that share a character with one; none begins further back than the longest is long.

    A single coding on a whole transcript would make that no limit at all, so such long ones are looked up apart.
    """
    longest = f'(select coalesce(max("end" - start), 0) from {table} where pass = :pass)'
    shared = f'select rowid from {table} where pass = :pass and start < :end and "end" > :start'
    return (
        f"where rowid in ({shared} and start > :start - min({LONG}, {longest})"
        f' union {shared} and "end" - start >= {LONG}) and {VISIBLE} order by start, rowid'
    )


def decided_spans(db: Connection, viewer: str, pass_id: str) -> list[tuple[int, int]]:
    """Where a pass has codes or says that nothing applies, as far as the viewer may see it, by place.

    Of spans that begin together only the longest is given: enough to know which segments are decided.
    """
    longest = f'select start, max("end") from {{}} where pass = :pass and {VISIBLE} group by start'
    found = db.execute(
        f"{longest.format('coding')} union all {longest.format('nothing_applies')} order by 1",
        {"viewer": viewer, "pass": pass_id},
    )
    return found.fetchall()


def decided_since(db: Connection, viewer: str, pass_id: str, since: str, until: str = "9") -> int:
    """How many places of a pass were decided between two moments, as far as the viewer may see it."""
    recent = "select min(seq) from (select seq, at from journal order by seq desc limit 5000) where at >= ? and at <= ?"
    first = db.execute(recent, (since, until)).fetchone()[0]
    found = f"select start from {{}} where +pass = :pass and n >= :first and {VISIBLE}"  # by entry: a pass is long
    counted = f"select count(distinct start) from ({found.format('coding')} union {found.format('nothing_applies')})"
    row = db.execute(counted, {"viewer": viewer, "pass": pass_id, "first": first or 2**62}).fetchone()
    return int(row[0])


def spans_by_id(db: Connection, viewer: str, ids: Sequence[str]) -> list[tuple[int, int]]:
    """Where these codings and memos stand, as far as the viewer may see them."""
    found = f'select start, "end" from {{}} where id in (select value from json_each(:ids)) and {VISIBLE}'
    return db.execute(
        f"{found.format('coding')} union all {found.format('memo')}", {"viewer": viewer, "ids": json.dumps(list(ids))}
    ).fetchall()
