"""A study written before there were rounds is brought up to date when it is opened, and reads as it did."""

from __future__ import annotations

import pytest

from qualbench.errors import ReadOnlyStudy
from qualbench.model import Benchmark, Outcome, Reason
from qualbench.project import Project
from qualbench.store.database import Connection, connect
from qualbench.store.migrations import VERSION, migrate
from tests.conftest import code, spans
from tests.project.conftest import plan

FIRST_TABLES = """
drop view opened;
drop table round;
drop table assignment;
alter table pass rename to later_pass;
drop index idx_pass_transcript_coder_round;
create table "pass" (
  "id" text primary key, "transcript" text, "coder" text, "codebook" text, "rule" text, "state" text, "opened" text,
  "submitted" text
);
create unique index "idx_pass_transcript_coder" on "pass" ("transcript", "coder");
insert into pass select id, transcript, coder, codebook, rule, state, opened, submitted from later_pass;
drop table later_pass;
alter table study rename to later_study;
create table "study" ("id" text primary key, "name" text, "method" text, "coders" integer, "created" text);
insert into study select id, name, method, coders, created from later_study;
drop table later_study;
create view opened as select transcript from pass group by transcript
  having sum(state <> 'submitted') = 0 and count(*) >= (select coders from study);
delete from _sqlite_migrations where name <> 'm001_the_whole_path';
pragma user_version = 1;
"""
"""Turns the tables of today into those of the first release: no rounds, no benchmark."""

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
    db.executescript(FIRST_TABLES)
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


def test_the_journal_and_the_words_are_untouched(before: tuple[Project, dict[str, object]]) -> None:
    folder = before[0].folder
    db = connect(folder / "study.db")
    history = rows(db, "journal", "content", "step", "attention")
    db.close()
    with Project.open(folder, "ana", write=True) as project:
        assert rows(project._db, "journal", "content", "step", "attention") == history


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
