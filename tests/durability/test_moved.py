"""Things that happen around an open study: its folder goes, the clock goes back, somebody else opens it."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from qualbench.errors import QualbenchError
from qualbench.project import Project
from qualbench.store import backups, doctor
from qualbench.store.database import StudyMoved
from tests.conftest import BOOK
from tests.durability.conftest import complaints, done, place
from tests.project.processes import all_of, in_child
from tests.project.test_packages import Machine, coded

NOON = datetime(2026, 1, 5, 12, 0, tzinfo=UTC)


def everything_in(folder: Path) -> dict[str, bytes]:
    """Every file there is, with what it holds."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


# --- the folder ------------------------------------------------------------------------------------------------


def goes(folder: Path) -> None:
    shutil.rmtree(folder)


def moves(folder: Path) -> None:
    folder.rename(folder.with_name("elsewhere"))


def is_replaced(folder: Path) -> None:
    """As when a folder is unpacked or brought back over the one that is open."""
    copy = shutil.copytree(folder, folder.with_name("copy"))
    shutil.rmtree(folder)
    Path(copy).rename(folder)


def is_another_study(folder: Path) -> None:
    folder.rename(folder.with_name("elsewhere"))
    with Project.create(folder, viewer="zoe") as project:
        project.release_codebook("book.yaml", BOOK)


WRITES: dict[str, Callable[[Project], object]] = {
    "a coding": lambda project: project.apply_code(project.own_passes()[0].id, "TRUST", *place(1)),
    "undo": lambda project: project.undo(project.transcript("talk").id, "coding"),
    "a copy": lambda project: project.back_up("by-hand"),
}


@pytest.mark.parametrize("what", WRITES)
@pytest.mark.parametrize("happens", [goes, moves, is_replaced, is_another_study])
def test_when_the_folder_goes_while_it_is_open_nothing_is_written_any_more(
    folder: Path, happens: Callable[[Path], None], what: str
) -> None:
    with Project.open(folder, "ana", write=True) as project:
        project.apply_code(project.own_passes()[0].id, "TRUST", *place(0))
        happens(folder)
        there = everything_in(folder) if folder.exists() else None
        with pytest.raises(StudyMoved, match="moved, removed or replaced while it was open"):
            WRITES[what](project)
        assert (everything_in(folder) if folder.exists() else None) == there
    for place_ in (folder, folder.with_name("elsewhere")):
        if place_.exists():
            assert complaints(place_) == []
    assert happens is not moves or done(folder.with_name("elsewhere")) == 1


def test_packages_are_not_merged_into_a_study_that_was_replaced(begun: dict[str, Machine], tmp_path: Path) -> None:
    parcels = [coded(begun["ana"], "one"), coded(begun["ben"], "one")]
    with begun["lead"].open() as project:
        is_replaced(project.folder)
        there = everything_in(project.folder)
        with pytest.raises(StudyMoved):
            project.merge(parcels)
        assert everything_in(project.folder) == there


# --- who else --------------------------------------------------------------------------------------------------


def test_in_a_folder_that_can_not_be_written_it_is_looked_at_only(folder: Path, tmp_path: Path) -> None:
    """Tried as somebody who is not root, whom no permission stops."""
    with Project.open(folder, "ana", write=True) as project:
        project.apply_code(project.own_passes()[0].id, "TRUST", *place(0))
    for path in folder.rglob("*"):
        path.chmod(0o555 if path.is_dir() else 0o444)
    folder.chmod(0o555)
    ours = [path for path in folder.parents if path.stat().st_uid == os.getuid() and path != Path("/")]
    modes = {path: path.stat().st_mode for path in ours}

    def look(tell: int) -> None:
        if os.getuid() == 0:
            os.setgid(65534)
            os.setuid(65534)
        with Project.open_or_look(folder, "ana") as project:
            findings = [sentence for well, sentence in project.examine() if not well]
            said = f"{project.writable} {len(project.codings())} {findings} {project.readonly_because}"
        os.write(tell, said.encode())

    try:
        for path in ours:
            path.chmod(0o755)
        pid, told = in_child(look)
        said = all_of(told).decode()
        os.waitpid(pid, 0)
    finally:
        for path, mode in modes.items():
            path.chmod(mode)
        folder.chmod(0o755)
    assert said == "False 1 [] its folder can not be written"


def test_two_processes_do_not_write_at_the_same_time(folder: Path) -> None:
    """Twenty at once: whoever gets the study codes one place, the others are told who has it."""
    children = []
    for _ in range(20):

        def code_one(tell: int) -> None:
            try:
                with Project.open(folder, "ana", write=True, patience=20) as project:
                    pass_ = project.open_pass("talk")
                    project.apply_code(pass_.id, "TRUST", *place(len(project.codings())))
                    os.write(tell, b"1")
            except QualbenchError as error:
                os.write(tell, str(error).encode())

        children.append(in_child(code_one))
    words = [all_of(told) for _, told in children]
    for pid, _ in children:
        os.waitpid(pid, 0)
    coded_ = sum(word == b"1" for word in words)
    assert all(word == b"1" or b"open for writing elsewhere" in word for word in words)
    assert done(folder) == coded_ > 0
    assert complaints(folder) == []


# --- the clock -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("back", [timedelta(hours=1), timedelta(days=1)])
def test_a_clock_that_is_set_back_changes_no_order(folder: Path, back: timedelta) -> None:
    """What is newest is what was done last, whatever the clock said."""
    for moment in (NOON, NOON - back):
        with Project.open(folder, "ana", write=True, clock=lambda moment=moment: moment) as project:  # type: ignore[misc] # a default
            pass_ = project.open_pass("talk").id
            for n in range(len(project.codings()), len(project.codings()) + 3):
                project.apply_code(pass_, "TRUST", *place(n))
            project.write_memo(pass_, *place(0), f"Memo of {moment}.")
    with Project.open(folder, "ana", write=True, clock=lambda: NOON - 2 * back) as project:
        seqs = project._db.execute("select seq, at from journal order by seq").fetchall()
        assert [seq for seq, _ in seqs] == sorted(seq for seq, _ in seqs)
        assert seqs[-1][1] < seqs[-5][1], "the clock was not set back in this test"
        talk = project.transcript("talk").id
        project.undo(talk, "coding")
        assert [memo.body for memo in project.memos()] == [f"Memo of {NOON}."]
        project.undo(talk, "coding")
        project.redo(talk, "coding")
    assert done(folder) == 6
    assert complaints(folder) == []


@pytest.mark.parametrize("back", [timedelta(hours=1), timedelta(days=1)])
def test_copies_made_after_the_clock_was_set_back_are_the_newest_and_stay(folder: Path, back: timedelta) -> None:
    made: list[Path] = []
    for number in range(20):
        moment = NOON + timedelta(minutes=number) - (back if number > 9 else timedelta(0))
        with Project.open(folder, "ana", write=True, clock=lambda moment=moment: moment) as project:  # type: ignore[misc] # a default
            project.apply_code(project.open_pass("talk").id, "TRUST", *place(number))
            path = project.back_up("hourly")
        assert path is not None
        made.append(path)
    assert backups.copies(folder) == made[-backups.KEEP :]
    good = doctor.last_good(folder)
    assert good is not None
    assert good.path == made[-1]


def test_a_copy_is_due_when_the_clock_was_set_back(folder: Path) -> None:
    """Otherwise there would be none until the clock is again where it was."""
    with Project.open(folder, "ana", write=True) as project:
        made = project.back_up("on-open")
    assert made is not None
    now = datetime.fromtimestamp(made.stat().st_mtime, UTC)
    assert not backups.is_due(folder, now + timedelta(minutes=59))
    assert backups.is_due(folder, now - timedelta(hours=1))
    assert backups.is_due(folder, now - timedelta(days=1))


def test_two_machines_a_day_apart_give_the_same_study(begun: dict[str, Machine], tmp_path: Path) -> None:
    """Ben's clock is a day behind: his work comes after what he had from the lead all the same."""
    for name in ("lead", "ana"):
        begun[name].clock = lambda: NOON
    begun["ben"].clock = lambda: NOON - timedelta(days=1)
    parcels = [coded(begun["ana"], "one", "two"), coded(begun["ben"], "one", "two")]
    with begun["lead"].open() as project:
        project.merge(parcels)
        assert len(project.passes()) == 4
        assert [sentence for well, sentence in project.examine() if not well] == []


# --- files of somebody else's in the folder --------------------------------------------------------------------


def test_a_copy_that_somebody_made_by_hand_is_no_trouble(folder: Path) -> None:
    (folder / "backups" / "before the holidays.db").write_bytes((folder / "study.db").read_bytes())
    for number in range(15):
        with Project.open(folder, "ana", write=True) as project:
            project.apply_code(project.open_pass("talk").id, "TRUST", *place(number))
            assert project.back_up("by-hand")
    kept = [path.name for path in backups.copies(folder)]
    assert "before the holidays.db" in kept
    assert len(kept) == backups.KEEP + 1
