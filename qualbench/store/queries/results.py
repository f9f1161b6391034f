"""Reads of what the team settled: decisions, agreement runs, and what a correction made doubtful."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from qualbench.model import CodebookAction, Decision, Outcome, Reason, item_id
from qualbench.store.database import Connection
from qualbench.store.queries import sessions
from qualbench.store.queries.study import as_words, words

_NEWEST = "seq = (select max(seq) from decision e where e.transcript = d.transcript and e.start = d.start)"


def decisions(db: Connection, *, superseded: bool = False, at: tuple[str, int] | None = None) -> tuple[Decision, ...]:
    """The decisions in the order they were taken; superseded ones too when asked, or those about one place."""
    found = db.execute(
        "select id, transcript, start, \"end\", outcome, codes, reason, case note when '' then x'' else"
        " (select body from content where hash = note) end, yielded, actor, at, readings, session, stands, parts,"
        ' part_codes, "order", seconds, codebook, action, together from decision d'
        f" where (:all or {_NEWEST}) and (:here is null or (transcript = :here and start = :start)) order by seq",
        {"all": superseded, "here": at and at[0], "start": at and at[1]},
    ).fetchall()
    steps = sessions.linked_steps(db)
    return tuple(_decision(row, steps.get(row[0], ())) for row in found)


def _decision(row: Sequence[Any], steps: tuple[str, ...]) -> Decision:
    id_, transcript, start, end, outcome, codes, reason, note, yielded, actor, at, readings, session, stands = row[:14]
    parts, part_codes, order, seconds, codebook, action, together = row[14:]
    return Decision(
        id_, item_id(transcript, start), transcript, start, end, Outcome(outcome), tuple(json.loads(codes)),
        Reason(reason), as_words(note), yielded, actor, at,
        readings={coder: tuple(said) for coder, said in json.loads(readings).items()},
        session=session, stands=stands, parts=_parts(parts, part_codes), order=_listed(order), seconds=seconds,
        codebook=codebook, action=_action(action), steps=steps, together=together,
    )  # fmt: skip


def _listed(words_: str) -> tuple[str, ...]:
    return () if words_ == "[]" else tuple(json.loads(words_))


def _parts(spans: str, codes: str) -> tuple[tuple[int, int, tuple[str, ...]], ...]:
    if spans == "[]":
        return ()
    return tuple((*span[:2], tuple(of)) for span, of in zip(json.loads(spans), json.loads(codes), strict=False))


def _action(word: str) -> CodebookAction:
    """What is asked of the codebook; a word of a later release asks nothing that is known here."""
    return _ACTIONS.get(word, CodebookAction.NONE)


_ACTIONS = {str(one): one for one in CodebookAction}


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
        f" where d.doubtful and d.{_NEWEST} order by 1 desc, 2, 3"
    ).fetchall()
    return tuple((what, name, start) for what, name, start in found)
