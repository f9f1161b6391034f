"""What of the history is private, and from when on a viewer may read it: one rule for each kind of work.

Coding goes by the rule of all reads of coding, memos by that of memos, core ideas and categories are opened when all
judges have handed in, and decisions are read where their transcript is opened.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from qualbench import events as e
from qualbench.events.coding import InPass
from qualbench.model import Hidden
from qualbench.store.database import Connection
from qualbench.store.queries.codings import VISIBLE
from qualbench.store.queries.notes import READABLE

OPENLY: Mapping[str, str] = {
    **dict.fromkeys(("pass_opened", "pass_submitted", "pass_updated"), "coding"),
    "core_ideas_submitted": "core ideas",
    "categories_submitted": "categories",
}
"""That somebody codes, and how far they are, is no secret; it is told apart from what the same step hides."""
PRIVATE: Mapping[str, str] = {
    **{kind: "coding" for kind, one in e.KINDS.items() if issubclass(one, InPass) and kind not in OPENLY},
    **dict.fromkeys(("note_written", "note_removed"), "memos"),
    **dict.fromkeys(("core_idea_written", "core_idea_removed"), "core ideas"),
    **dict.fromkeys(("category_proposed", "category_withdrawn"), "categories"),
    **dict.fromkeys(("item_decided", "decisions_carried", "action_linked"), "consensus"),
    "star_put_aside": "stars",
}
"""The kinds that are somebody's own until they are opened, with what they are called; `step_undone` follows its step.

A test has every kind there is stand here or in its own list of kinds that everybody may read.
"""


def hides(db: Connection, viewer: str, kind: str, fact: Mapping[str, Any], person: str) -> Hidden | None:
    """What of somebody's is hidden from the viewer in a fact that this person stated; None when nothing is."""
    what = PRIVATE.get(kind) or OPENLY.get(kind)
    return _RULES[what](db, viewer, fact, person) if what else None


def _of_pass(db: Connection, viewer: str, pass_id: str, transcript: str, person: str) -> Hidden | None:
    row = db.execute(
        f"select coder, {VISIBLE} from (select id as pass, coder from pass where id ="
        " coalesce((select into_pass from joined_pass where id = :pass), :pass))",
        {"viewer": viewer, "pass": pass_id},
    ).fetchone()
    coder, readable = row or (person, person == viewer)
    return None if readable else Hidden("coding", coder, transcript)


def _coding(db: Connection, viewer: str, fact: Mapping[str, Any], person: str) -> Hidden | None:
    return _of_pass(db, viewer, str(fact.get("pass_id", "")), str(fact.get("transcript", "")), person)


def _star(db: Connection, viewer: str, fact: Mapping[str, Any], person: str) -> Hidden | None:
    found = [
        db.execute(
            f"select pass, transcript from {table} where id = ? limit 1", (str(fact.get("star", "")),)
        ).fetchone()
        for table in ("star", "gone_star")
    ]
    held = next((row for row in found if row), None)
    if held is None:
        return None if person == viewer else Hidden("stars", person)
    return Hidden("stars", person) if _of_pass(db, viewer, held[0], held[1], person) else None


def _memo(db: Connection, viewer: str, fact: Mapping[str, Any], person: str) -> Hidden | None:
    """By what the memo is on, which only the entry that wrote it says."""
    if person == viewer:
        return None
    first = db.execute(
        "select json_extract(data, '$.on'), json_extract(data, '$.about'), json_extract(data, '$.kind') from journal"
        " where subject = 'notes'"
        " and kind = 'note_written' and json_valid(data) and json_extract(data, '$.note') = ? order by seq limit 1",
        (str(fact.get("note", "")),),
    ).fetchone()
    on, about, kind = first or ("", "", "")
    may = db.execute(
        f'select {READABLE} from (select :author as author, :on as "on", :about as about, :kind as kind)',
        {"viewer": viewer, "author": person, "on": on, "about": about, "kind": kind},
    ).fetchone()
    return None if may[0] else Hidden("memos", person)


def _judging(db: Connection, viewer: str, fact: Mapping[str, Any], person: str) -> Hidden | None:
    judge, about = str(fact.get("judge", person)), str(fact.get("about", ""))
    if judge == viewer or db.execute("select 1 from judged_openly where about = ?", (about,)).fetchone():
        return None
    return Hidden("core ideas" if "idea" in fact else "categories", judge, about)


def _deciding(db: Connection, _: str, fact: Mapping[str, Any], person: str) -> Hidden | None:
    transcript = str(fact.get("transcript", ""))
    if db.execute("select 1 from opened where transcript = ? and not recode", (transcript,)).fetchone():
        return None
    return Hidden("consensus", person, transcript)


_RULES: Mapping[str, Callable[[Connection, str, Mapping[str, Any], str], Hidden | None]] = {
    "coding": _coding,
    "stars": _star,
    "memos": _memo,
    "core ideas": _judging,
    "categories": _judging,
    "consensus": _deciding,
}
