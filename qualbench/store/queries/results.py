"""Reads of what the team settled: decisions, agreement runs, and what a correction made doubtful."""

from __future__ import annotations

import json

from qualbench.model import Decision, Outcome, Reason, item_id
from qualbench.store.database import Connection
from qualbench.store.queries.study import words


def decisions(db: Connection, *, superseded: bool = False) -> tuple[Decision, ...]:
    """The decisions in the order they were taken; superseded ones too when asked."""
    found = db.execute(
        'select id, transcript, start, "end", outcome, codes, reason, note, yielded, actor, at from decision d'
        " where :all or seq = (select max(seq) from decision e where e.transcript = d.transcript"
        " and e.start = d.start) order by seq",
        {"all": superseded},
    ).fetchall()
    return tuple(
        Decision(
            row[0],
            item_id(row[1], row[2]),
            row[1],
            row[2],
            row[3],
            Outcome(row[4]),
            tuple(json.loads(row[5])),
            Reason(row[6]),
            words(db, row[7]),
            row[8],
            row[9],
            row[10],
        )
        for row in found
    )


def outcomes(db: Connection) -> dict[str, dict[int, Outcome]]:
    """What was decided last about each disagreement, by transcript and by where its segment starts."""
    found: dict[str, dict[int, Outcome]] = {}
    rows = db.execute("select transcript, start, outcome, max(seq) from decision group by transcript, start")
    for transcript, start, outcome, _ in rows:  # the outcome is that of the row with the highest number
        found.setdefault(transcript, {})[start] = Outcome(outcome)
    return found


def runs(db: Connection) -> tuple[tuple[str, str, str], ...]:
    """Every agreement run ever kept: when, by whom, and the sealed figures."""
    found = db.execute("select at, actor, result from agreement_run order by seq").fetchall()
    return tuple((at, actor, words(db, result)) for at, actor, result in found)


def doubtful(db: Connection) -> tuple[tuple[str, str, int], ...]:
    """Quotes and decisions whose words a correction changed: what it is, its transcript's name, its place."""
    found = db.execute(
        "select 'quote', t.name, q.start from quote q join transcript t on t.id = q.transcript where q.doubtful"
        " and q.theme in (select id from theme where how = '')"
        " union all select 'decision', t.name, d.start from decision d join transcript t on t.id = d.transcript"
        " where d.doubtful and d.seq = (select max(seq) from decision e where e.transcript = d.transcript"
        " and e.start = d.start) order by 1 desc, 2, 3"
    ).fetchall()
    return tuple((what, name, start) for what, name, start in found)
