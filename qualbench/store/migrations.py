"""The tables, as numbered steps that run once; studies of every release are brought up to date here.

Only the journal and the content table hold what can not be made again. Every other table is projected from them, so a
step that changes one drops them all and projects the history anew. Only the newest step does: it makes the tables as
they are today, whatever the steps before it had changed.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, cast

from qualbench.errors import NewerStudy, NotAStudy
from qualbench.store import projections
from qualbench.store.database import Connection
from qualbench.store.order import place

if TYPE_CHECKING:
    from sqlite_utils import Database, Migrations

VERSION = 6
"""The newest step; it stands in the database as `user_version`, so that an up-to-date study needs no more work."""


def pending(db: Connection, path: object) -> bool:
    """Whether the study is older than this program; a newer one is refused, and so is what never was a study."""
    version: int = db.execute("pragma user_version").fetchone()[0]
    if version > VERSION:
        raise NewerStudy(path)
    if version == 0:
        raise NotAStudy(path)
    return version < VERSION


def migrate(db: Connection) -> None:
    """Bring the tables up to date."""
    with _without("numpy", "pandas"):  # it would load both where they are, and half a second would go for nothing
        from sqlite_utils import Database

    _steps().apply(Database(db))
    db.execute(f"pragma user_version = {VERSION}")


@contextmanager
def _without(*names: str) -> Iterator[None]:
    """What is imported meanwhile finds none of these modules, unless they are loaded already."""
    hidden = [name for name in names if name not in sys.modules]
    for name in hidden:
        sys.modules[name] = None  # type: ignore[assignment] # how Python marks what can not be imported
    try:
        yield
    finally:
        for name in hidden:
            del sys.modules[name]


def _steps() -> Migrations:
    from sqlite_utils import Migrations

    steps = Migrations("qualbench")
    steps()(m001_the_whole_path)
    steps()(m002_rounds_and_versions)
    steps()(m003_drafts_and_notes)
    steps()(m004_themes_and_queries)
    steps()(m005_papers_and_care)
    steps()(m006_one_order_of_all_devices)
    return steps


def m001_the_whole_path(db: Database) -> None:
    """Journal and content, and what is projected from them."""
    _journal(db)
    _projected(db)


def m002_rounds_and_versions(_: Database) -> None:
    """Passes belong to rounds, transcripts have versions, attributes have kinds."""


def m003_drafts_and_notes(_: Database) -> None:
    """Codebooks have drafts, memos stand on everything, and the newest step of a pass is taken back at once."""


def m004_themes_and_queries(_: Database) -> None:
    """Themes have sub-themes, states and texts, quotes their use and edits, and queries are saved by name."""


def m005_papers_and_care(_: Database) -> None:
    """Authors answer checklists, participants withdraw, and what leaves the study is answered for."""


def m006_one_order_of_all_devices(db: Database) -> None:
    """Entries have a place in one order of all devices, and private lanes; sessions, cases and checks have tables."""
    db.execute("alter table journal rename to journal_before")
    _journal(db)
    rows = db.execute("select seq, id, device, step, subject, actor, at, kind, data, prev, hash from journal_before")
    db.conn.executemany(
        "insert into journal(seq, id, device, step, subject, actor, at, kind, data, prev, hash)"
        " values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        ((place(clock, device), id_, device, *row) for clock, id_, device, *row in rows.fetchall()),
    )
    db.execute("drop table journal_before")
    _project_anew(db)


def _project_anew(db: Database) -> None:
    """Make every projected table as it is today, and fill it from the journal."""
    for view in ("opened", "judged_openly"):
        db.execute(f"drop view if exists {view}")
    for table in (*(table for tables in projections.AREA_TABLES.values() for table in tables), *_BESIDE):
        db.execute(f"drop table if exists {table}")
    _projected(db)
    projections.rebuild(cast("Connection", db.conn))  # it is one of ours


_BESIDE = ("turn_words", "step", "attention")
"""Projected tables that belong to no area of history."""


def _projected(db: Database) -> None:
    _steps_taken(db)
    _transcripts(db)
    _codebook(db)
    _coding(db)
    _results(db)
    _sessions(db)
    _cqr(db)
    _papers(db)


def _journal(db: Database) -> None:
    db.execute(
        "create table journal(seq integer primary key autoincrement, id text not null unique, device text not null,"
        " step text not null, subject text not null, actor text not null, at text not null, kind text not null,"
        " data text not null, prev text not null, hash text not null, lane text, package text not null default '')"
    )
    for name in ("journal_subject", "journal_step", "journal_chain"):
        db.execute(f"drop index if exists {name}")
    db.execute("create index journal_subject on journal(subject, seq)")
    db.execute("create index journal_step on journal(step)")
    db.execute("create index journal_chain on journal(device, subject, coalesce(lane, ''), seq)")
    for verb in ("update", "delete"):
        db.execute(f"drop trigger if exists journal_no_{verb}")
        db.execute(
            f"create trigger journal_no_{verb} before {verb} on journal"
            " begin select raise(abort, 'the journal is append-only'); end"
        )
    db.execute(
        "create table if not exists arrival(id text primary key, sender text not null, name text not null,"
        " kind text not null, made text not null, at text not null, taken_back integer not null default 0)"
    )
    db.execute(
        "create table if not exists vouched(device text, subject text, lane text, hash text not null,"
        " signature text not null, primary key(device, subject, lane, hash)) without rowid"
    )
    db.execute("create table if not exists content(hash text primary key, body blob not null) without rowid")
    _hub(db)


def _hub(db: Database) -> None:
    """What this machine knows of the study's hub; nothing of it is projected, and none of it travels."""
    for table in (
        "hub_state(login text not null, person text not null, lead integer not null, lead_key text not null,"
        " generation text not null, synced text not null, given integer not null)",
        "hub_cursor(audience text primary key, pos integer not null)",
        "hub_chain(device text, subject text, lane text, seq integer not null, primary key(device, subject, lane))",
        "hub_refused(device text, subject text, lane text, why text not null, primary key(device, subject, lane))",
        "hub_key(doc text primary key, id text not null, secret blob not null, since integer not null)",
        "hub_lacking(doc text primary key)",
        "hub_sealed(transcript text, round text, primary key(transcript, round))",
    ):
        db.execute(f"create table if not exists {table}")


def _steps_taken(db: Database) -> None:
    db.execute(
        "create table step(step text, subject text, area text, actor text not null, seq integer not null,"
        " undoable integer not null, undone integer, pass text not null, submits integer not null,"
        " primary key(step, subject, area)) without rowid"
    )
    db.execute("create index step_own on step(subject, area, actor, seq)")
    db.execute("create index step_pass on step(subject, area, pass, seq)")
    db.execute("create index step_submits on step(subject, area) where submits")
    db.table("attention").create({"entry": str, "sentence": str}, pk="entry")


def _transcripts(db: Database) -> None:
    db.table("study").create(
        {
            "id": str,
            "name": str,
            "method": str,
            "coders": int,
            "created": str,
            "benchmark": str,
            "interviewers": int,
            "cases": str,
            "cases_reason": str,
        },
        pk="id",
    )
    db.table("person").create({"name": str, "roles": str}, pk="name")
    said = {"actor": str, "at": str}
    db.table("method_change").create({"seq": int, "before": str, "method": str, "reason": str, **said}, pk="seq")
    db.table("phase").create({"seq": int, "phase": str, "note": str, **said}, pk="seq")
    db.table("run").create({"id": str, "what": str, "result": str, **said, "seq": int}, pk="id")
    db.table("attribute_reason").create(
        {"participant": str, "name": str, "value": str, "rule": str, "reason": str, **said, "seq": int},
        pk=("participant", "name"),
    )
    db.table("erased").create({"seq": int, "transcript": str, "hashes": str, "reason": str, **said}, pk="seq")
    known = {"key": str, "recipient": str}
    db.table("device").create({"device": str, **known, "name": str, "at": str, "seq": int}, pk=("device", "name"))
    db.table("known").create({"key": str, "person": str, "recipient": str, "reason": str, **said, "seq": int}, pk="key")
    db.table("keeper").create({"seq": int, **known, **said}, pk="seq")
    db.table("participant").create({"id": str, "label": str}, pk="id")
    db.table("attribute").create({"participant": str, "name": str, "value": str}, pk=("participant", "name"))
    db.table("attribute_kind").create({"name": str, "kind": str, "choices": str}, pk="name")
    db.table("profile").create({"name": str, "profile": str, "seq": int}, pk="name")
    db.table("transcript").create(
        {
            "id": str, "name": str, "source": str, "original": str, "text": str, "layout": str, "reader": str,
            "encoding": str, "words": int, "rule": str, "version": int, "reviewers": int, "replaced": int, "seq": int,
        },
        pk="id",
    )  # fmt: skip
    db.table("transcript").create_index(["name"], unique=True)
    db.table("version").create(
        {
            "transcript": str, "n": int, "text": str, "layout": str, "reason": str, "actor": str, "at": str, "seq": int,
        },
        pk=("transcript", "n"),
    )  # fmt: skip
    db.table("speaker").create(
        {"transcript": str, "n": int, "label": str, "role": str, "participant": str}, pk=("transcript", "n")
    )
    db.table("turn").create(
        {
            "id": int, "transcript": str, "n": int, "start": int, "body": int, "end": int, "speaker": int,
            "seconds": float,
        },
        pk="id",
    )  # fmt: skip
    db.table("turn").create_index(["transcript", "n"])
    db.table("segment").create(
        {"transcript": str, "n": int, "start": int, "end": int, "turn": int}, pk=("transcript", "n")
    )
    db.execute(
        "create virtual table turn_words using fts5(body, content='', contentless_delete=1,"
        ' tokenize="unicode61 remove_diacritics 2")'
    )


def _codebook(db: Database) -> None:
    db.table("codebook").create(
        {"version": str, "title": str, "codes": str, "source": str, "released": str, "actor": str, "seq": int},
        pk="version",
    )
    db.table("draft").create({"seq": int, "kind": str, "data": str, "actor": str, "at": str}, pk="seq")
    db.table("favourite").create({"person": str, "key": str, "code": str}, pk=("person", "key"))
    db.table("suggesting").create({"person": str, "at": str, "on": int, "seq": int}, pk="seq")
    db.table("note").create(
        {
            "id": str, "kind": str, "on": str, "about": str, "places": str, "author": str, "at": str, "body": str,
            "seq": int,
        },
        pk="id",
    )  # fmt: skip


def _coding(db: Database) -> None:
    db.table("pass").create(
        {
            "id": str, "transcript": str, "coder": str, "codebook": str, "rule": str, "round": str, "state": str,
            "opened": str, "submitted": str, "device": str, "late": int, "on_version": int,
        },
        pk="id",
    )  # fmt: skip
    db.table("joined_pass").create({"id": str, "transcript": str, "into_pass": str}, pk="id")
    db.table("opening").create(
        {"transcript": str, "round": str, "passes": str, "reason": str, "actor": str, "at": str, "seq": int},
        pk=("transcript", "round"),
    )
    db.table("work_list").create({"round": str, "query": str, "transcript": str, "start": int, "end": int})
    db.table("work_list").create_index(["round", "transcript", "start"])
    db.table("pass").create_index(["transcript", "coder", "round"], unique=True)
    db.table("pass_version").create({"n": int, "pass": str, "transcript": str, "codebook": str}, pk="n")
    db.table("round").create(
        {
            "id": str, "name": str, "codebook": str, "recode": int, "drawn": str, "seed": int, "planned": str,
            "seq": int,
        },
        pk="id",
    )  # fmt: skip
    db.table("assignment").create({"round": str, "transcript": str, "coder": str}, pk=("round", "transcript", "coder"))
    db.table("assignment").create_index(["transcript", "coder"])
    span = {"pass": str, "transcript": str, "coder": str, "start": int, "end": int}
    db.table("skipped").create({"pass": str, "transcript": str, "start": int, "end": int}, pk=("pass", "start"))
    placed = {
        "coding": {"id": str, **span, "code": str, "quote": str, "doubtful": int},
        "nothing_applies": {**span, "doubtful": int},
        "memo": {"id": str, **span, "body": str, "kind": str},
        "star": {"id": str, **span, "note": str},
    }
    for table, columns in placed.items():
        alone = None if table == "nothing_applies" else "n"  # one entry may say it of many places
        db.table(table).create({"n": int, **columns}, pk=alone)
        db.table(f"gone_{table}").create({"n": int, **columns, "by": int}, pk=alone)
        if alone is None:
            db.table(table).create_index(["n"])
        db.table(f"gone_{table}").create_index(["by"])
    for table in ("coding", "memo", "star"):
        db.table(table).create_index(["id"], unique=True)
        db.table(table).create_index(["pass", "start"])
    db.table("coding").create_index(["transcript", "coder", "code"])
    db.table("nothing_applies").create_index(["pass", "start", "end"], unique=True)
    for table in placed:
        db.execute(f'create index {table}_length on {table}(pass, "end" - start)')
    db.table("proposal").create({"n": int, "code": str, **span, "label": str}, pk="n")
    db.table("proposal").create_index(["code"], unique=True)
    db.table("recheck").create({"n": int, **span, "code": str, "version": str, "codes": str}, pk="n")
    db.table("recheck").create_index(["pass"])
    db.table("answered").create({"n": int, **span, "code": str, "accepted": int}, pk="n")
    db.table("answered").create_index(["pass"])
    db.execute(
        "create view opened as select transcript, round, round in (select id from round where recode) as recode"
        " from pass p where not late group by transcript, round"
        " having sum(state <> 'submitted') = 0 and count(*) >= coalesce("
        " (select nullif(count(*), 0) from assignment a where a.round = p.round and a.transcript = p.transcript),"
        " (select coders from study))"
        " union select transcript, round, round in (select id from round where recode) from opening"
    )


def _results(db: Database) -> None:
    db.table("decision").create(
        {
            "id": str, "transcript": str, "start": int, "end": int, "readings": str, "outcome": str, "codes": str,
            "reason": str, "note": str, "yielded": str, "session": str, "stands": str, "parts": str,
            "part_codes": str, "order": str, "seconds": int, "codebook": str, "action": str, "together": str,
            "actor": str, "at": str, "doubtful": int, "seq": int,
        },
        pk="id",
    )  # fmt: skip
    db.table("decision").create_index(["transcript", "start"])
    _themes(db)
    db.table("saved_query").create({"name": str, "query": str, "actor": str, "at": str, "seq": int}, pk="name")
    db.table("agreement_run").create({"id": str, "result": str, "actor": str, "at": str, "seq": int}, pk="id")


def _sessions(db: Database) -> None:
    said = {"actor": str, "at": str}
    db.table("session").create(
        {
            "id": str, "round": str, "people": str, "chair": str, "scribe": str, "standing": str, "hidden": int,
            "sort": str, "sample": str, "codebook": str, "state": str, **said, "seq": int,
        },
        pk="id",
    )  # fmt: skip
    db.table("session_state").create(
        {"seq": int, "session": str, "state": str, "people": str, "note": str, **said}, pk="seq"
    )
    db.table("decision_action").create({"seq": int, "transcript": str, "decision": str, "steps": str}, pk="seq")
    checked = {"seq": int, "participant": str}
    db.table("member_check").create(
        {**checked, "kind": str, "state": str, "channel": str, "due": str, "note": str, **said}, pk="seq"
    )
    db.table("member_reply").create({**checked, "reply": str, "words": str, **said}, pk="seq")
    db.table("member_applied").create({**checked, "transcript": str, "version": int, **said}, pk="seq")


def _cqr(db: Database) -> None:
    said, seq = {"actor": str, "at": str}, {"seq": int}
    db.table("judging").create({"about": str, "judge": str, "mode": str, **seq}, pk=("about", "judge"))
    db.table("judged").create({"about": str, "judge": str, "at": str, **seq}, pk=("about", "judge"))
    db.table("case_state").create({**seq, "case": str, "state": str, "note": str, **said}, pk="seq")
    idea = {"id": str, "case": str, "domain": str, "words": str, "places": str}
    db.table("core_idea").create({**idea, "judge": str, "at": str, **seq}, pk="id")
    db.table("agreed_idea").create({**idea, "sources": str, **said, **seq}, pk="id")
    category = {"id": str, "domain": str, "name": str, "ideas": str}
    db.table("proposed_category").create({**category, "judge": str, "at": str, **seq}, pk="id")
    db.table("agreed_category").create({**category, "parent": str, "sources": str, **said, **seq}, pk="id")
    db.table("comment").create(
        {"id": str, "on": str, "about": str, "words": str, "author": str, "at": str, "state": str, **seq}, pk="id"
    )
    db.table("comment_turn").create({**seq, "comment": str, "state": str, "words": str, **said}, pk="seq")
    db.execute(
        "create view judged_openly as select about from judging group by about having case when max(mode) = 'drafted'"
        " then (select judge from judging j where j.about = judging.about order by rowid limit 1)"
        " in (select judge from judged d where d.about = judging.about)"
        " else count(*) = (select count(*) from judged d where d.about = judging.about and d.judge in"
        " (select judge from judging j where j.about = d.about)) end"
    )


def _papers(db: Database) -> None:
    said = {"actor": str, "at": str, "seq": int}
    db.table("checklist_answer").create({"checklist": str, "item": str, "words": str, **said}, pk=("checklist", "item"))
    db.table("withdrawn").create({"participant": str, "reason": str, **said}, pk="participant")
    db.table("export_allowed").create({"what": str, "findings": str, "reason": str, **said}, pk="seq")


def _themes(db: Database) -> None:
    written = {"idea": str, "definition": str, "is_not": str, "narrative": str, "question": str}
    ended = {"how": str, "reason": str, "went": str, "codes": str, "actor": str, "at": str, "ended": int}
    placed = {"parent": str, "position": int, "state": str}
    db.table("theme").create({"id": str, "name": str, **written, **placed, **ended, "seq": int}, pk="id")
    db.table("theme_state").create(
        {"seq": int, "theme": str, "state": str, "reason": str, "actor": str, "at": str}, pk="seq"
    )
    db.table("gathered").create({"code": str, "theme": str, "seq": int}, pk="code")
    edited = {"use": str, "edits": str, "edited_at": int, "position": int}
    span = {"transcript": str, "start": int, "end": int}
    db.table("quote").create(
        {"id": str, "theme": str, **span, "words": str, **edited, "seq": int, "doubtful": int}, pk="id"
    )
    db.table("negative_case").create(
        {"against": str, "participant": str, "reason": str, "actor": str, "at": str, "seq": int},
        pk=("against", "participant"),
    )
    db.table("star_aside").create({"star": str, "seq": int}, pk="star")
