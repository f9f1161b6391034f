"""Reads of consensual qualitative research: judges, states, core ideas, categories, comments. Blindness is one rule.

A judge sees their own core ideas and categories always, and those of others once every judge who is named for the
case or the domain has handed in (of a drafted case, whoever drafts). Nobody is excepted.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from qualbench.model import CaseState, Category, Comment, CommentTurn, CoreIdea, Judging, JudgingMode
from qualbench.store.database import Connection
from qualbench.store.queries.study import words

VISIBLE = (
    "(judge = :viewer or exists (select 1 from judged join judged_openly using (about)"
    " where judged.about = {about} and judged.judge = {table}.judge))"
)
"""The rule: put into every read of what judges did alone; `about` is the case or the domain."""


def case_rule(db: Connection) -> tuple[str, str]:
    """What one case is, and why; empty while nobody said."""
    row = db.execute("select cases, cases_reason from study").fetchone()
    return (row[0] or "", words(db, row[1] or "")) if row else ("", "")


def judging(db: Connection) -> dict[str, Judging]:
    """Who judges each case and domain, and who has handed in; that somebody did is no secret, what they wrote is."""
    done: dict[str, list[str]] = {}
    for about, judge in db.execute("select about, judge from judged order by seq"):
        done.setdefault(about, []).append(judge)
    named: dict[str, tuple[list[str], JudgingMode]] = {}
    for about, judge, mode in db.execute("select about, judge, mode from judging order by rowid"):
        named.setdefault(about, ([], JudgingMode(mode)))[0].append(judge)
    return {
        about: Judging(about, tuple(judges), mode, tuple(done.get(about, ())))
        for about, (judges, mode) in named.items()
    }


def case_states(db: Connection, case: str = "") -> tuple[tuple[str, CaseState, str, str, str], ...]:
    """Every state that a case (or any) came to, the oldest first: case, state, note, by whom, when."""
    rows = db.execute(
        'select "case", state, note, actor, at from case_state where "case" = :case or :case = \'\' order by seq',
        {"case": case},
    ).fetchall()
    return tuple((id_, CaseState(state), words(db, note), actor, at) for id_, state, note, actor, at in rows)


# --- what each judge does alone ----------------------------------------------------------------------------------


def core_ideas(db: Connection, viewer: str, case: str = "", domain: str = "") -> tuple[CoreIdea, ...]:
    """The judges' core ideas that this viewer may read, in the order in which they were written."""
    visible = VISIBLE.format(about='core_idea."case"', table="core_idea")
    rows = db.execute(
        f'select id, "case", domain, words, places, judge from core_idea where {visible} {_OF_CASE} order by seq, id',
        {"viewer": viewer, "case": case, "domain": domain},
    ).fetchall()
    return tuple(_idea(db, row) for row in rows)


def proposed_categories(db: Connection, viewer: str, domain: str = "") -> tuple[Category, ...]:
    """The judges' categories that this viewer may read, in the order in which they were proposed."""
    visible = VISIBLE.format(about="proposed_category.domain", table="proposed_category")
    rows = db.execute(
        f"select id, domain, name, ideas, judge from proposed_category where {visible}"
        " and (domain = :domain or :domain = '') order by seq, id",
        {"viewer": viewer, "domain": domain},
    ).fetchall()
    return tuple(
        Category(id_, of, words(db, name), tuple(json.loads(ideas)), judge) for id_, of, name, ideas, judge in rows
    )


_OF_CASE = "and (\"case\" = :case or :case = '') and (domain = :domain or :domain = '')"


def _idea(db: Connection, row: Sequence[Any]) -> CoreIdea:
    id_, case, domain, key, places, judge, *sources = row
    from_ = tuple(json.loads(sources[0])) if sources else ()
    return CoreIdea(id_, case, domain, words(db, key), tuple(json.loads(places)), judge, from_)


# --- what the team agreed on -------------------------------------------------------------------------------------


def agreed_ideas(db: Connection, case: str = "", domain: str = "") -> tuple[CoreIdea, ...]:
    """The team's core ideas, in the order in which they were first agreed on."""
    rows = db.execute(
        f"select id, \"case\", domain, words, places, '', sources from agreed_idea where true {_OF_CASE}"
        " order by seq, id",
        {"case": case, "domain": domain},
    ).fetchall()
    return tuple(_idea(db, row) for row in rows)


def agreed_categories(db: Connection, domain: str = "") -> tuple[Category, ...]:
    """The team's categories, in the order in which they were first agreed on."""
    rows = db.execute(
        "select id, domain, name, ideas, parent, sources from agreed_category where domain = :domain or :domain = ''"
        " order by seq, id",
        {"domain": domain},
    ).fetchall()
    return tuple(
        Category(id_, of, words(db, name), tuple(json.loads(ideas)), "", parent, tuple(json.loads(sources)))
        for id_, of, name, ideas, parent, sources in rows
    )


# --- auditors ----------------------------------------------------------------------------------------------------


def comments(db: Connection, state: str = "") -> tuple[Comment, ...]:
    """The auditors' comments with everything that was answered, the oldest first; only those in a state."""
    turns: dict[str, list[CommentTurn]] = {}
    for comment, at_state, key, actor, at in db.execute(
        "select comment, state, words, actor, at from comment_turn order by seq"
    ).fetchall():
        turns.setdefault(comment, []).append(CommentTurn(at_state, words(db, key), actor, at))
    rows = db.execute(
        "select id, \"on\", about, words, author, at, state from comment where state = :state or :state = ''"
        " order by seq, id",
        {"state": state},
    ).fetchall()
    return tuple(
        Comment(id_, on, about, words(db, key), author, at, now, tuple(turns.get(id_, ())))
        for id_, on, about, key, author, at, now in rows
    )


def kept(db: Connection, what: str) -> tuple[tuple[str, str, str], ...]:
    """The runs of a kind that were kept, the oldest first: when, by whom, the result."""
    rows = db.execute("select at, actor, result from run where what = ? order by seq", (what,)).fetchall()
    return tuple((at, actor, words(db, key)) for at, actor, key in rows)
