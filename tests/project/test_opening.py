"""Opening a study: one writer, readers beside it, sentences for what is no study, and copies kept."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from qualbench.errors import (
    BadTable,
    DamagedStudy,
    NewerStudy,
    NotAStudy,
    ReadOnlyStudy,
    StudyExists,
    StudyInUse,
)
from qualbench.project import Project
from qualbench.project import base as folders
from qualbench.steps.interchange.codings_csv import Line
from qualbench.store import backups, database, migrations
from tests.conftest import BOOK, code, spans
from tests.project.processes import at_work


def opened_for_writing(folder: Path) -> Project:
    return Project.open(folder, "ben", write=True)


def test_a_second_writer_is_told_who_writes(study: Project) -> None:
    folder = study.folder
    study.close()
    with at_work(lambda: opened_for_writing(folder)) as pid:
        with pytest.raises(StudyInUse, match=rf"open for writing elsewhere \(process {pid} on "):
            Project.open(folder, "ana", write=True, patience=0)
        with Project.open(folder, "ana") as reader:
            assert reader.transcripts()[0].name == "talk"
    with Project.open(folder, "ana", write=True, patience=0) as again:  # the first one was killed
        assert again.open_pass("talk").coder == "ana"


def test_whoever_can_not_write_may_look_and_is_told_why(study: Project) -> None:
    folder = study.folder
    study.close()
    with at_work(lambda: opened_for_writing(folder)) as pid, Project.open_or_look(folder, "ana") as project:
        assert not project.writable
        assert f"process {pid}" in project.readonly_because
        assert project.transcripts()[0].name == "talk"
        with pytest.raises(ReadOnlyStudy, match=f"process {pid}"):
            project.open_pass("talk")
    with Project.open_or_look(folder, "ana") as project:
        assert project.writable


def test_a_reader_sees_what_the_writer_has_done(study: Project) -> None:
    with Project.open(study.folder, "ana") as reader:
        code(study, "ana", ["TRUST", "HOPE", "", "FEAR"])
        assert [one.code for one in reader.codings()] == ["TRUST", "HOPE", "FEAR"]


def test_what_an_old_lock_file_says_does_no_harm(study: Project) -> None:
    study.close()
    (study.folder / "lock").write_text('{"pid": 1, "host": "elsewhere"}')
    with Project.open(study.folder, "ana", write=True, patience=0) as project:
        assert project.writable


WRITES: dict[str, Callable[[Project], object]] = {
    "a pass": lambda project: project.open_pass("talk"),
    "a theme": lambda project: project.create_theme("Coats"),
    "undo": lambda project: project.undo("themes", "themes"),
    "a codebook": lambda project: project.release_codebook("book.yaml", BOOK.replace("1.0", "2.0")),
    "codings": lambda project: project.import_codings("codings.csv", [Line("talk", 30, 40, "TRUST", "ana")]),
}


@pytest.mark.parametrize("what", WRITES)
def test_a_study_opened_to_look_takes_nothing(study: Project, what: str) -> None:
    before = study._db.execute("select count(*) from journal").fetchone()
    with Project.open(study.folder, "ana") as reader, pytest.raises(ReadOnlyStudy, match="opened to look only"):
        WRITES[what](reader)
    assert study._db.execute("select count(*) from journal").fetchone() == before
    assert list((study.folder / "backups").iterdir()) == []


def test_a_study_on_media_that_cannot_be_written_opens_to_look(study: Project, tmp_path: Path) -> None:
    code(study, "ana", ["TRUST", "", "", ""])
    study.close()
    place = tmp_path / "read-only"
    place.mkdir()
    bound = subprocess.run(["mount", "--bind", study.folder, place], capture_output=True, text=True)
    if bound.returncode:
        pytest.skip(f"nothing can be mounted here: {bound.stderr.strip()}")
    try:
        subprocess.run(["mount", "-o", "remount,bind,ro", place], check=True)
        with Project.open_or_look(place, "ana") as project:
            assert not project.writable
            assert "can not be written" in project.readonly_because
            assert [one.code for one in project.codings()] == ["TRUST"]
            assert [sentence for well, sentence in project.examine() if not well] == []
    finally:
        subprocess.run(["umount", "-l", place], check=True)


def test_a_folder_that_refuses_writing_opens_to_look(study: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same where nothing can be mounted: the lock can not be made, and SQLite needs to be told 'immutable'."""
    study.close()
    real = os.open

    def refusing(path: str | Path, flags: int, *rest: int) -> int:
        if str(path).endswith("lock"):
            raise PermissionError(13, "Permission denied")
        return real(path, flags, *rest)

    monkeypatch.setattr(os, "open", refusing)
    with Project.open_or_look(study.folder, "ana") as project:
        assert not project.writable
        assert project.transcripts()[0].name == "talk"


# --- what is no study, or not one for this program -------------------------------------------------------------


def test_a_folder_without_a_study_is_a_sentence(tmp_path: Path) -> None:
    for write in (False, True):
        with pytest.raises(NotAStudy):
            Project.open(tmp_path, "ana", write=write)


@pytest.mark.parametrize("write", [False, True])
@pytest.mark.parametrize("body", [b"", b"Minutes of a meeting. " * 300])
def test_a_file_that_is_no_study_is_a_sentence_and_stays_as_it_is(tmp_path: Path, body: bytes, write: bool) -> None:
    (tmp_path / "study.db").write_bytes(body)
    with pytest.raises((NotAStudy, DamagedStudy)):
        Project.open(tmp_path, "ana", write=write)
    if body:
        assert (tmp_path / "study.db").read_bytes() == body


@pytest.mark.parametrize("write", [False, True])
def test_a_study_of_a_newer_release_is_refused_and_not_held(study: Project, write: bool) -> None:
    study._db.execute(f"pragma user_version = {migrations.VERSION + 1}")
    study.close()
    with pytest.raises(NewerStudy):
        Project.open(study.folder, "ana", write=write)
    db = database.connect(study.folder / "study.db")
    db.execute(f"pragma user_version = {migrations.VERSION}")
    db.close()
    with Project.open(study.folder, "ana", write=True, patience=0) as project:  # the lock was given back
        assert project.writable


def test_before_a_migration_a_copy_is_made(study: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    study.close()
    monkeypatch.setattr(migrations, "VERSION", migrations.VERSION + 1)
    with pytest.raises(ReadOnlyStudy, match="brought up to date first"):
        Project.open(study.folder, "ana")
    with Project.open(study.folder, "ana", write=True) as project:
        assert project.transcripts()[0].name == "talk"
    assert [path.name[16:32] for path in backups.copies(study.folder)] == ["before-migration"]


def test_a_folder_that_holds_something_is_not_written_into(tmp_path: Path) -> None:
    (tmp_path / "thesis.docx").write_text("months of work")
    with pytest.raises(StudyExists):
        Project.create(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.docx"]


def test_a_study_that_could_not_be_made_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(migrations, "migrate", broken)
    with pytest.raises(OSError, match="No space"):
        Project.create(tmp_path / "study", viewer="ana")
    assert not (tmp_path / "study").exists()
    monkeypatch.undo()
    Project.create(tmp_path / "study", viewer="ana").close()


def test_no_path_of_this_machine_stands_in_a_study(study: Project) -> None:
    code(study, "ana", ["TRUST", "", "", ""])
    study.close()
    held = b"".join(path.read_bytes() for path in study.folder.rglob("*") if path.is_file())
    assert str(study.folder.parent).encode() not in held


def test_a_study_can_be_moved(study: Project, tmp_path: Path) -> None:
    code(study, "ana", ["TRUST", "", "", ""])
    study.close()
    moved = study.folder.rename(tmp_path / "else where")
    with Project.open(moved, "ana", write=True) as project:
        assert len(project.codings()) == 1
        assert [sentence for well, sentence in project.examine() if not well] == []


# --- copies ----------------------------------------------------------------------------------------------------


def test_before_codings_come_in_a_copy_is_made(study: Project) -> None:
    start, end = spans(study)[0]
    study.import_codings("codings.csv", [Line("talk", start, end, "TRUST", "ana")])
    (copy,) = backups.copies(study.folder)
    assert "before-import" in copy.name
    there = database.connect(copy, readonly=True)
    assert there.execute("select count(*) from coding").fetchone() == (0,)
    assert there.execute("select count(*) from transcript").fetchone() == (1,)


def test_a_table_that_is_refused_changes_nothing(study: Project) -> None:
    start, end = spans(study)[0]
    before = study._db.execute("select count(*) from journal").fetchone()
    with pytest.raises(BadTable):
        study.import_codings("codings.csv", [Line("talk", start, end, "TRUST", "ana"), Line("gone", 0, 1, "", "ana")])
    assert study._db.execute("select count(*) from journal").fetchone() == before
    assert study.passes() == ()


def test_a_copy_is_kept_when_it_is_due(study: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    study.clock = lambda: datetime.now(UTC)
    assert study.back_up("on-open", only_when_due=True) is not None
    study.create_theme("Coats")
    assert study.back_up("on-open", only_when_due=True) is None
    monkeypatch.setattr(backups, "is_due", lambda *_: True)
    assert study.back_up("on-open", only_when_due=True) is not None


def test_the_place_is_asked_for_its_risk(study: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(folders, "unsafe_place", lambda folder: f"{folder.name} is synced")
    assert study.place_warning() == "study is synced"
