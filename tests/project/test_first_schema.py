"""A study written before there were rounds is brought up to date when it is opened, and reads as it did."""

from __future__ import annotations

import hashlib
import json

import pytest

from qualbench.errors import ReadOnlyStudy
from qualbench.model import Benchmark, Outcome, Reason
from qualbench.project import Project
from qualbench.store.database import Connection, connect
from qualbench.store.migrations import VERSION, migrate
from tests.conftest import code, spans
from tests.project.conftest import plan

FIRST_TABLES = """
create table step(step text, subject text, area text, actor text not null, seq integer not null,
  undoable integer not null, undone integer, primary key(step, subject, area)) without rowid;
create index step_own on step(subject, area, actor, seq);
create table attention (entry text primary key, sentence text);
create table study (id text primary key, name text, method text, coders integer, created text);
create table person (name text primary key, roles text);
create table participant (id text primary key, label text);
create table attribute (participant text, name text, value text, primary key (participant, name));
create table codebook (version text primary key, title text, codes text, source text, released text, seq integer);
create table transcript (id text primary key, name text, source text, original text, text text, layout text,
  reader text, encoding text, words integer, rule text, seq integer);
create unique index idx_transcript_name on transcript (name);
create table speaker (transcript text, n integer, label text, role text, participant text,
  primary key (transcript, n));
create table turn (id integer primary key, transcript text, n integer, start integer, body integer, "end" integer,
  speaker integer, seconds real);
create index idx_turn_transcript_n on turn (transcript, n);
create table segment (transcript text, n integer, start integer, "end" integer, turn integer,
  primary key (transcript, n));
create table pass (id text primary key, transcript text, coder text, codebook text, rule text, state text,
  opened text, submitted text);
create unique index idx_pass_transcript_coder on pass (transcript, coder);
create table skipped (pass text, transcript text, start integer, "end" integer, primary key (pass, start));
create table coding (n integer primary key, id text, pass text, transcript text, coder text, start integer,
  "end" integer, code text, quote text);
create unique index idx_coding_id on coding (id);
create index idx_coding_pass_start on coding (pass, start);
create index idx_coding_transcript_coder_code on coding (transcript, coder, code);
create table nothing_applies (pass text, transcript text, coder text, start integer, "end" integer,
  primary key (pass, start, "end"));
create table memo (id text primary key, pass text, transcript text, coder text, start integer, "end" integer,
  body text);
create index idx_memo_pass_start on memo (pass, start);
create index coding_length on coding(pass, "end" - start);
create index nothing_applies_length on nothing_applies(pass, "end" - start);
create index memo_length on memo(pass, "end" - start);
create view opened as select transcript from pass group by transcript
  having sum(state <> 'submitted') = 0 and count(*) >= (select coders from study);
create table decision (id text primary key, transcript text, start integer, "end" integer, readings text,
  outcome text, codes text, reason text, note text, yielded text, actor text, at text, seq integer);
create index idx_decision_transcript_start on decision (transcript, start);
create table theme (id text primary key, name text, idea text, seq integer);
create table gathered (code text primary key, theme text, seq integer);
create table quote (id text primary key, theme text, transcript text, start integer, "end" integer, words text,
  seq integer);
create table agreement_run (id text primary key, result text, actor text, at text, seq integer);
"""
"""The projected tables of the first release: no rounds, no benchmark."""

KEPT = ("journal", "content", "_sqlite_migrations")
"""What later releases leave as it is (the words for the search too)."""


FIRST_JOURNAL = """
create table journal(seq integer primary key autoincrement, id text not null unique, device text not null,
  step text not null, subject text not null, actor text not null, at text not null, kind text not null,
  data text not null, prev text not null, hash text not null);
create index journal_subject on journal(subject, seq);
create index journal_step on journal(step);
create index journal_chain on journal(device, subject, seq);
create trigger journal_no_update before update on journal
  begin select raise(abort, 'the journal is append-only'); end;
create trigger journal_no_delete before delete on journal
  begin select raise(abort, 'the journal is append-only'); end;
"""


def first_journal(db: Connection) -> None:
    """The same history as the first release wrote it: counted from 1, one chain for each device and subject."""
    entries = db.execute(f"select {STATED} from journal order by seq").fetchall()
    db.execute("drop table journal")
    db.executescript(FIRST_JOURNAL)
    heads: dict[tuple[str, str], str] = {}
    for number, entry in enumerate(entries, start=1):
        prev = heads.get((entry[1], entry[3]), "")
        said = prev + json.dumps(list(entry), ensure_ascii=False, separators=(",", ":"))
        digest = heads[entry[1], entry[3]] = hashlib.sha256(said.encode()).hexdigest()
        db.execute("insert into journal values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", (number, *entry, prev, digest))


STATED = "id, device, step, subject, actor, at, kind, data"


def turn_back(db: Connection) -> None:
    """Give a study the tables that the first release would have given it, with what that release knew in them."""
    for view in ("opened", "judged_openly"):
        db.execute(f"drop view {view}")
    first_journal(db)
    held = {}
    for (name,) in db.execute("select name from sqlite_master where type = 'table'").fetchall():
        if name not in KEPT and not name.startswith(("sqlite_", "turn_words")):
            columns = [row[1] for row in db.execute(f'pragma table_info("{name}")')]
            held[name] = [dict(zip(columns, row, strict=True)) for row in db.execute(f'select * from "{name}"')]
            db.execute(f'drop table "{name}"')
    db.executescript(FIRST_TABLES)
    for name, lines in held.items():
        columns = [row[1] for row in db.execute(f'pragma table_info("{name}")')]
        names = ", ".join(f'"{column}"' for column in columns)
        for line in lines if columns else ():
            values = [line[column] for column in columns]
            db.execute(f'insert into "{name}"({names}) values ({", ".join("?" * len(columns))})', values)
    db.execute("delete from _sqlite_migrations where name <> 'm001_the_whole_path'")
    db.execute("pragma user_version = 1")


READING = ["TRUST", "HOPE", "", "FEAR"]
OTHER = ["TRUST", "TRUST+HOPE", "", ""]


def reads(project: Project) -> dict[str, object]:
    """What everybody is shown, everybody by themselves."""
    found: dict[str, object] = {}
    for viewer in ("ana", "ben", "lead", ""):
        project.viewer = viewer
        found[viewer] = (
            project.study, project.people(), project.participants(), project.transcripts(), project.rounds(),
            project.passes(), project.opened(), project.codings(), project.nothings(), project.memos(),
            project.recent_codes(), project.progress(), project.units(), project.agreement(), project.items(),
            project.decisions(superseded=True), project.settled(), project.themes(), project.kept_runs(),
            project.export_codings(), project.attention(), project.search("trusted"),
            [project.transcript(row.id) for row in project.transcripts()],
        )  # fmt: skip
    return found


def rows(db: Connection, *tables: str) -> list[list[object]]:
    return [db.execute(f"select * from {table}").fetchall() for table in tables]


@pytest.fixture
def before(interviews: Project) -> tuple[Project, dict[str, object]]:
    """A study with something of everything the first release knew, in its tables, and what it showed."""
    code(interviews, "ana", READING, "talk")
    code(interviews, "ben", OTHER, "talk")
    code(interviews, "ana", READING, "one", submit=False)
    interviews.write_memo(interviews.passes(coder="ana")[1].id, *spans(interviews, "one")[0], "Hm.")
    interviews.undo(interviews.transcript("one").id, "coding")
    code(interviews, "ben", OTHER, "two")
    interviews.decide(interviews.items()[0], Outcome.BOTH, reason=Reason.READING, note="Both fit.")
    interviews.keep_agreement()
    interviews.create_theme("Trust")
    interviews.gather_codes(interviews.theme("Trust"), ["TRUST"])
    told = reads(interviews)
    interviews.close()
    db = connect(interviews.folder / "study.db")
    turn_back(db)
    db.close()
    return interviews, told


def test_the_tables_of_the_first_release_are_told_from_todays(before: tuple[Project, dict[str, object]]) -> None:
    db = connect(before[0].folder / "study.db")
    assert db.execute("pragma user_version").fetchone() == (1,)
    assert [row[1] for row in db.execute("pragma table_info(pass)")].count("round") == 0
    assert db.execute("select count(*) from opened").fetchone() == (1,)
    db.close()


def test_it_reads_as_it_did(before: tuple[Project, dict[str, object]]) -> None:
    old, told = before
    with Project.open(old.folder, "ana", write=True, clock=old.clock) as project:
        assert reads(project) == told
        assert project.rounds() == ()
        assert {one.round for one in project.passes()} == {""}
        assert project.study.benchmark is Benchmark.KRIPPENDORFF
        assert [sentence for well, sentence in project.examine() if not well] == []


STEPS = "select step, subject, area, actor, undoable, undone is null from step order by seq, subject, area"
STATED_IN_ORDER = f"select {STATED}, prev, hash from journal order by seq"


def test_the_journal_and_the_words_are_untouched(before: tuple[Project, dict[str, object]]) -> None:
    folder = before[0].folder
    db = connect(folder / "study.db")
    history = [*rows(db, "content", "attention"), db.execute(STATED_IN_ORDER).fetchall()]
    steps = db.execute(STEPS).fetchall()
    db.close()
    with Project.open(folder, "ana", write=True) as project:
        now = project._db
        assert [*rows(now, "content", "attention"), now.execute(STATED_IN_ORDER).fetchall()] == history
        assert now.execute(STEPS).fetchall() == steps


def test_its_tables_are_then_those_of_a_new_study(before: tuple[Project, dict[str, object]]) -> None:
    def schema(db: Connection) -> list[object]:
        return db.execute("select type, name, sql from sqlite_master order by type, name").fetchall()

    new = connect(":memory:")
    migrate(new)
    with Project.open(before[0].folder, "ana", write=True) as project:
        assert schema(project._db) == schema(new)
        assert project._db.execute("pragma user_version").fetchone() == (VERSION,)
    new.close()


def test_a_copy_is_kept_first_and_looking_only_has_to_wait(before: tuple[Project, dict[str, object]]) -> None:
    folder = before[0].folder
    with pytest.raises(ReadOnlyStudy, match="brought up to date first"):
        Project.open(folder, "ana")
    Project.open(folder, "ana", write=True).close()
    (kept,) = (folder / "backups").glob("*before-migration*")
    copy = connect(kept, readonly=True)
    assert copy.execute("pragma user_version").fetchone() == (1,)
    copy.close()
    Project.open(folder, "ana").close()


def test_work_goes_on_in_rounds(before: tuple[Project, dict[str, object]]) -> None:
    old, _ = before
    with Project.open(old.folder, "ana", write=True, clock=old.clock) as project:
        project.redo(project.transcript("one").id, "coding")
        assert [one.body for one in project.memos(coder="ana")] == ["Hm."]
        plan(project, "R1", {"three": "ana"})
        plan(project, "Later", {"talk": "ana"}, recode=True)
        figures = project.agreement()
        code(project, "ana", READING, "three")
        code(project, "ana", OTHER, "talk")
        assert project.agreement() == figures
        assert [one.percent for one in project.steadiness("Later")["ana"].codes] == [0.75, 1.0, 0.75]
        assert [sentence for well, sentence in project.examine() if not well] == []
