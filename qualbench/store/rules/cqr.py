"""What facts about judges, core ideas, categories and comments do to the ordinary tables."""

from __future__ import annotations

import json

from qualbench import events as e
from qualbench.store.database import Connection
from qualbench.store.rules.entry import Entry


def judges_named(db: Connection, entry: Entry, event: e.JudgesNamed) -> str:
    gone = db.execute("select judge from judged where about = ?", (event.case,)).fetchall()
    if {judge for (judge,) in gone} - set(event.judges):
        return "A judge who has handed in was left out of a case; the judges stay as they were."
    opened = db.execute("select 1 from judged_openly where about = ?", (event.case,)).fetchone()
    held = {judge for (judge,) in db.execute("select judge from judging where about = ?", (event.case,))}
    if opened and set(event.judges) - held:
        return "A judge was added to a case whose judges' work can be read already; the judges stay as they were."
    db.execute("delete from judging where about = ?", (event.case,))
    db.executemany(
        "insert into judging(about, judge, mode, seq) values (?, ?, ?, ?)",
        [(event.case, judge, event.mode, entry.seq) for judge in dict.fromkeys(event.judges)],
    )
    return ""


def case_stated(db: Connection, entry: Entry, event: e.CaseStated) -> str:
    db.execute(
        'insert into case_state(seq, "case", state, note, actor, at) values (?, ?, ?, ?, ?, ?)',
        (entry.seq, event.case, event.state, event.note, entry.actor, entry.at),
    )
    return ""


def _refused(db: Connection, event: e.ByJudge, table: str, id_: str) -> str:
    """Why a judge's work stays as it is: they have handed in, or it is another's."""
    if db.execute("select 1 from judged where about = ? and judge = ?", (event.about, event.judge)).fetchone():
        return f"{event.judge} changed work on a case or domain that they have handed in; it stands."
    held = db.execute(f"select judge from {table} where id = ?", (id_,)).fetchone()
    if held and held[0] != event.judge:
        return f"{event.judge} changed another judge's work; it stands."
    return ""


def core_idea_written(db: Connection, entry: Entry, event: e.CoreIdeaWritten) -> str:
    if refused := _refused(db, event, "core_idea", event.idea):
        return refused
    db.execute(
        'insert or replace into core_idea(id, "case", judge, domain, words, places, at, seq)'
        " values (?, ?, ?, ?, ?, ?, ?, ?)",
        (
            event.idea, event.about, event.judge, event.domain, event.words, json.dumps(event.places), entry.at,
            entry.seq,
        ),
    )  # fmt: skip
    return ""


def core_idea_removed(db: Connection, _: Entry, event: e.CoreIdeaRemoved) -> str:
    if refused := _refused(db, event, "core_idea", event.idea):
        return refused
    done = db.execute("delete from core_idea where id = ?", (event.idea,))
    return "" if done.rowcount else "A core idea was removed that is not there."


def category_proposed(db: Connection, entry: Entry, event: e.CategoryProposed) -> str:
    if refused := _refused(db, event, "proposed_category", event.category):
        return refused
    db.execute(
        "insert or replace into proposed_category(id, domain, judge, name, ideas, at, seq)"
        " values (?, ?, ?, ?, ?, ?, ?)",
        (event.category, event.about, event.judge, event.name, json.dumps(event.ideas), entry.at, entry.seq),
    )
    return ""


def category_withdrawn(db: Connection, _: Entry, event: e.CategoryWithdrawn) -> str:
    if refused := _refused(db, event, "proposed_category", event.category):
        return refused
    done = db.execute("delete from proposed_category where id = ?", (event.category,))
    return "" if done.rowcount else "A category was withdrawn that is not there."


def handed_in(db: Connection, entry: Entry, event: e.CoreIdeasSubmitted | e.CategoriesSubmitted) -> str:
    done = db.execute(
        "insert or ignore into judged(about, judge, at, seq) values (?, ?, ?, ?)",
        (event.about, event.judge, entry.at, entry.seq),
    )
    return "" if done.rowcount else f"{event.judge} handed in twice; the first time stands."


def core_idea_agreed(db: Connection, entry: Entry, event: e.CoreIdeaAgreed) -> str:
    db.execute(
        'insert or replace into agreed_idea(id, "case", domain, words, places, sources, actor, at, seq)'
        " values (?, ?, ?, ?, ?, ?, ?, ?, coalesce((select seq from agreed_idea where id = ?), ?))",
        (
            event.agreed, event.case, event.domain, event.words, json.dumps(event.places), json.dumps(event.sources),
            entry.actor, entry.at, event.agreed, entry.seq,
        ),
    )  # fmt: skip
    return ""


def core_idea_dropped(db: Connection, _: Entry, event: e.CoreIdeaDropped) -> str:
    done = db.execute("delete from agreed_idea where id = ?", (event.agreed,))
    return "" if done.rowcount else "A core idea was dropped that is not there."


def category_agreed(db: Connection, entry: Entry, event: e.CategoryAgreed) -> str:
    db.execute(
        "insert or replace into agreed_category(id, domain, parent, name, ideas, sources, actor, at, seq)"
        " values (?, ?, ?, ?, ?, ?, ?, ?, coalesce((select seq from agreed_category where id = ?), ?))",
        (
            event.category, event.domain, event.parent, event.name, json.dumps(event.ideas),
            json.dumps(event.sources), entry.actor, entry.at, event.category, entry.seq,
        ),
    )  # fmt: skip
    return ""


def category_dropped(db: Connection, _: Entry, event: e.CategoryDropped) -> str:
    done = db.execute("delete from agreed_category where id = ?", (event.category,))
    db.execute("update agreed_category set parent = '' where parent = ?", (event.category,))
    return "" if done.rowcount else "A category was dropped that is not there."


def comment_made(db: Connection, entry: Entry, event: e.CommentMade) -> str:
    db.execute(
        'insert or ignore into comment(id, "on", about, words, author, at, state, seq)'
        " values (?, ?, ?, ?, ?, ?, 'open', ?)",
        (event.comment, event.on, event.about, event.words, entry.actor, entry.at, entry.seq),
    )
    return ""


def comment_answered(db: Connection, entry: Entry, event: e.CommentAnswered) -> str:
    state = "accepted" if event.accepted else "rejected"
    done = db.execute("update comment set state = ? where id = ?", (state, event.comment))
    return _turn(db, entry, event.comment, state, event.reason) if done.rowcount else _NO_COMMENT


def comment_seen(db: Connection, entry: Entry, event: e.CommentSeen) -> str:
    state = "settled" if event.settled else "raised-again"
    done = db.execute(
        "update comment set state = ? where id = ? and state in ('accepted', 'rejected')", (state, event.comment)
    )
    return _turn(db, entry, event.comment, state, event.words) if done.rowcount else _NO_COMMENT


_NO_COMMENT = "A comment was answered that is not there, or settled before it was answered."


def _turn(db: Connection, entry: Entry, comment: str, state: str, words: str) -> str:
    db.execute(
        "insert into comment_turn(seq, comment, state, words, actor, at) values (?, ?, ?, ?, ?, ?)",
        (entry.seq, comment, state, words, entry.actor, entry.at),
    )
    return ""
