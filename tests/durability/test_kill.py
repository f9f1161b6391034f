"""Killed at any moment: what was acknowledged is there, nothing is half done, and the next start needs no help."""

from __future__ import annotations

import os
import random
import shutil
import signal
import struct
import time
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from qualbench.model import PassState
from qualbench.project import Project
from qualbench.steps import ingest
from qualbench.store import backups
from qualbench.store.database import connect
from tests.conftest import BOOK
from tests.durability.conftest import PLACES, complaints, done, place
from tests.project.processes import all_of, in_child, kill
from tests.project.test_first_schema import turn_back
from tests.project.test_packages import OTHER, Machine, coded

FAST = {"coding": 20, "undo": 10, "import": 10, "migration": 7, "backup": 7, "merge": 6}
"""60 kills."""
SOAK = {"coding": 5000, "undo": 2000, "import": 1000, "migration": 500, "backup": 1000, "merge": 500}
"""10,000 kills."""
LIFE = 100
"""Kills that one study lives through."""


def kills(what: str) -> pytest.MarkDecorator:
    """As many as the ordinary suite bears, and as many as the long one is to show."""
    return pytest.mark.parametrize("kills", [FAST[what], pytest.param(SOAK[what], marks=SOAKING)])


Figures = Callable[[str], None]
SOAKING = [pytest.mark.soak, pytest.mark.timeout(7200)]


WHEN_DONE = float("inf")
HALFWAY = float("-inf")
"""By its own hand, in the middle of the transaction: with delays alone a busy machine kills always too late."""


def killed(work: Callable[[int], None], delay: float) -> list[int]:
    """Let a child work, kill it so long after it has begun; answers with the numbers it had told by then."""
    pid, told = in_child(work)
    words = b""
    if delay >= 0:  # else it is killed while it opens the study, too
        words = os.read(told, 8)
    if delay == WHEN_DONE:
        words += os.read(told, 8)
    elif delay == HALFWAY:
        words += all_of(told)
    else:
        time.sleep(abs(delay))
    assert kill(pid), "the child came to an end by itself"
    words += b"" if delay == HALFWAY else all_of(told)
    return [number for (number,) in struct.iter_unpack("q", words[: len(words) // 8 * 8])]


def tell(to: int, number: int) -> None:
    """Say that so much is done."""
    os.write(to, struct.pack("q", number))


def seldom_early(chance: random.Random, longest: float) -> float:
    """How long after its first word a child is killed; one in five does not come so far."""
    delay = longest * chance.random() ** 2
    return -delay if chance.random() < 0.2 else delay


# --- coding, and taking it back --------------------------------------------------------------------------------


def code_on(folder: Path, to: int) -> None:
    """Code from where it stopped, and say of each coding that it was acknowledged."""
    begin = done(folder)
    with Project.open(folder, "ana", write=True) as project:
        pass_ = project.open_pass("talk")
        for n in range(begin, PLACES):
            project.apply_code(pass_.id, "TRUST", *place(n))
            tell(to, n + 1)
    time.sleep(60)


@kills("coding")
def test_kills_while_coding(folder: Path, kills: int, figures: Figures) -> None:
    chance = random.Random(20260105)
    fresh = Path(shutil.copytree(folder, folder.with_name("fresh")))
    before = interrupted = codings = 0
    for number in range(kills):
        acknowledged = killed(lambda to: code_on(folder, to), seldom_early(chance, 0.03))
        after = done(folder)
        assert max(acknowledged, default=before) <= after <= max(acknowledged, default=before) + 1
        interrupted += after > before
        codings += after - before
        before = after
        if number % LIFE == LIFE - 1 or number == kills - 1:
            assert complaints(folder) == []
            shutil.rmtree(folder)
            shutil.copytree(fresh, folder)
            before = 0
    figures(
        f"{kills} kills during coding: acknowledged work lost 0, half done 0; "
        f"{codings} codings acknowledged or committed"
    )
    assert interrupted > kills / 4, "most children were killed before they had coded anything"


ACTIONS = ("apply", "undo", "redo")


def entries(folder: Path) -> int:
    """How many entries the journal has."""
    db = connect(folder / "study.db", readonly=True)
    count: int = db.execute("select count(*) from journal").fetchone()[0]
    db.close()
    return count


def go_back_and_forth(folder: Path, first: int, to: int) -> None:
    """Code, undo, redo, and again; each adds one entry to the journal, which says where it stopped."""
    done_ = entries(folder) - first
    with Project.open(folder, "ana", write=True) as project:
        pass_, talk = project.open_pass("talk").id, project.transcript("talk").id
        for n in range(done_, PLACES):
            match ACTIONS[n % 3]:
                case "apply":
                    project.apply_code(pass_, "TRUST", *place(n // 3))
                case "undo":
                    assert project.undo(talk, "coding")
                case _:
                    assert project.redo(talk, "coding")
            tell(to, n + 1)
    time.sleep(60)


@kills("undo")
def test_kills_while_undoing_and_redoing(folder: Path, kills: int, figures: Figures) -> None:
    chance = random.Random(20260106)
    fresh = Path(shutil.copytree(folder, folder.with_name("fresh")))
    first = entries(folder)
    before = 0
    seen: Counter[str] = Counter()
    for number in range(kills):
        acknowledged = killed(lambda to: go_back_and_forth(folder, first, to), seldom_early(chance, 0.03))
        after = entries(folder) - first
        assert max(acknowledged, default=before) <= after <= max(acknowledged, default=before) + 1
        assert done(folder) == after // 3 + (after % 3 == 1), "what is shown is not what the journal says"
        seen[ACTIONS[after % 3]] += 1
        before = after
        if number % LIFE == LIFE - 1 or number == kills - 1:
            assert complaints(folder) == []
            shutil.rmtree(folder)
            shutil.copytree(fresh, folder)
            before = 0
    figures(f"{kills} kills during undo and redo: acknowledged work lost 0, half done 0; killed before {dict(seen)}")


# --- things that are done whole or not at all ------------------------------------------------------------------


def moments(kills: int, usual: float, seed: int) -> list[float]:
    """When to kill: once when it is done, and else at any moment of the work or a little after it."""
    chance = random.Random(seed)
    return [WHEN_DONE, *(usual * 1.1 * chance.random() for _ in range(kills - 1))]


def dies_halfway(project: Project) -> None:
    """Let the process kill itself while the facts of its next step are being written, at the sixth of them."""
    written: list[str] = []

    def looks_at(statement: str) -> None:
        written.extend([statement] if statement.startswith("insert into journal") else [])
        if len(written) == 6:
            os.kill(os.getpid(), signal.SIGKILL)

    project._db.set_trace_callback(looks_at)


def timed(work: Callable[[], object]) -> float:
    """How long it takes when nobody kills it."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def again(template: Path, folder: Path) -> Path:
    """A fresh copy of a study that nothing has happened to."""
    shutil.rmtree(folder, ignore_errors=True)
    return Path(shutil.copytree(template, folder))


FILES = 12


def many() -> list[tuple[ingest.Draft, bytes]]:
    """A batch of interviews."""
    found = []
    for number in range(FILES):
        data = f"I: How was day {number}?\nP1: {'We went on. ' * 400}\nI: And?\nP1: So.\n".encode()
        found.append((ingest.read(f"day-{number}.txt", data), data))
    return found


@kills("import")
def test_kills_while_files_come_in(tmp_path: Path, kills: int, figures: Figures) -> None:
    batch, template = many(), tmp_path / "template"
    Project.create(template, viewer="ana").close()

    def take_in(folder: Path, to: int = -1, *, dies: bool = False) -> None:
        with Project.open(folder, "ana", write=True) as project:
            if dies:
                dies_halfway(project)
            if to >= 0:
                tell(to, 1)
            project.import_transcripts(batch)
            if to >= 0:
                tell(to, 2)
                time.sleep(60)

    usual = timed(lambda: take_in(again(template, tmp_path / "usual")))
    seen: Counter[int] = Counter()
    for delay in [HALFWAY, *moments(kills - 1, usual, 20261122)]:
        folder, dies = again(template, tmp_path / "study"), delay == HALFWAY
        acknowledged = killed(lambda to, folder=folder, dies=dies: take_in(folder, to, dies=dies), delay)  # type: ignore[misc] # defaults
        assert complaints(folder) == []
        with Project.open(folder, "ana", write=True) as project:
            names = [row.name for row in project.transcripts()]
            assert names in ([], [f"day-{n}" for n in range(FILES)])
            assert names or 2 not in acknowledged
        seen[len(names)] += 1
    figures(
        f"{kills} kills during import: acknowledged work lost 0, half done 0; "
        f"files in the study afterwards: {dict(seen)}"
    )
    assert set(seen) == {0, FILES}


@pytest.fixture
def old(folder: Path) -> Path:
    """The study with some codings, as the first release would have left it."""
    with Project.open(folder, "ana", write=True) as project:
        for n in range(200):
            project.apply_code(project.open_pass("talk").id, "TRUST", *place(n))
    db = connect(folder / "study.db")
    turn_back(db)
    db.execute("pragma wal_checkpoint(truncate)")
    db.close()
    return folder


def version(path: Path) -> int:
    """Which tables a study has."""
    db = connect(path, readonly=True)
    found: int = db.execute("pragma user_version").fetchone()[0]
    db.close()
    return found


@kills("migration")
def test_kills_while_an_old_study_is_brought_up_to_date(
    old: Path, tmp_path: Path, kills: int, figures: Figures
) -> None:
    def bring_up(folder: Path, to: int = -1) -> None:
        if to >= 0:
            tell(to, 1)
        Project.open(folder, "ana", write=True).close()
        if to >= 0:
            tell(to, 2)
            time.sleep(60)

    usual = timed(lambda: bring_up(again(old, tmp_path / "usual")))
    seen: Counter[str] = Counter()
    for delay in moments(kills, usual, 20261123):
        folder = again(old, tmp_path / "killed")
        acknowledged = killed(lambda to, folder=folder: bring_up(folder, to), delay)  # type: ignore[misc] # a default
        found = version(folder / "study.db")
        assert found in (1, version(tmp_path / "usual" / "study.db"))
        assert found > 1 or 2 not in acknowledged
        copies = backups.copies(folder)
        assert found == 1 or copies, "it was changed before a copy was made"
        assert all(version(path) == 1 and backups.is_whole(path) for path in copies)
        seen["old" if found == 1 else "new"] += 1
        assert complaints(folder) == []
        assert done(folder) == 200
        there = entries(folder)
        Project.open(folder, "ana", write=True).close()
        assert entries(folder) == there, "the second time there was something to do"
        assert len(backups.copies(folder)) == 1
    figures(
        f"{kills} kills during migration: acknowledged work lost 0, half done 0; "
        f"the tables were {dict(seen)} afterwards"
    )
    assert seen["new"] >= 1


# --- copies ----------------------------------------------------------------------------------------------------


def code_and_copy(folder: Path, to: int) -> None:
    """Code, keep a copy, and say how many codings are in a copy."""
    begin = done(folder)
    with Project.open(folder, "ana", write=True) as project:
        pass_ = project.open_pass("talk")
        for n in range(begin, PLACES):
            project.apply_code(pass_.id, "TRUST", *place(n))
            project.back_up("by-hand")
            tell(to, n + 1)
    time.sleep(60)


def in_copy(path: Path) -> int:
    """How many codings a copy holds."""
    db = connect(path, readonly=True)
    count: int = db.execute("select count(*) from coding").fetchone()[0]
    db.close()
    return count


@kills("backup")
def test_kills_while_copies_are_made(folder: Path, kills: int, figures: Figures) -> None:
    chance = random.Random(20260107)
    fresh = Path(shutil.copytree(folder, folder.with_name("fresh")))
    copied = cut_short = 0
    for number in range(kills):
        acknowledged = killed(lambda to: code_and_copy(folder, to), seldom_early(chance, 0.06))
        cut_short += bool(list((folder / "backups").glob("*.part*")))
        kept = backups.copies(folder)
        assert all(backups.is_whole(path) for path in kept)
        copied = max(in_copy(kept[-1]) if kept else 0, copied)
        assert max(acknowledged, default=0) <= copied <= done(folder)
        if number % LIFE == LIFE - 1 or number == kills - 1:
            assert complaints(folder) == []
            assert len(kept) <= backups.KEEP
            with Project.open(folder, "ana", write=True) as project:
                project.write_memo(project.open_pass("talk").id, *place(0), "Hm.")
                assert project.back_up("by-hand")
            assert not list((folder / "backups").glob("*.part*")), "what was cut short was not cleared away"
            shutil.rmtree(folder)
            shutil.copytree(fresh, folder)
            copied = 0
    figures(
        f"{kills} kills during copying: acknowledged work lost 0, half done 0; "
        f"{cut_short} copies were cut short and none was taken for whole"
    )


# --- packages of several machines ------------------------------------------------------------------------------


@kills("merge")
def test_kills_while_packages_are_merged(
    begun: dict[str, Machine],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    kills: int,
    figures: Figures,
) -> None:
    lead = begun["lead"]
    parcels = [coded(begun["ana"], "one", "two"), coded(begun["ben"], "one", "two", codes=OTHER)]
    template = Path(shutil.copytree(lead.folder, tmp_path / "template"))
    for name, kind in (("XDG_DATA_HOME", "data"), ("XDG_STATE_HOME", "state")):
        monkeypatch.setenv(name, str(lead.home / kind))

    def put_together(folder: Path, to: int = -1) -> None:
        with Project.open(folder, "lead", write=True) as project:
            if to >= 0:
                tell(to, 1)
            project.merge(parcels)
            if to >= 0:
                tell(to, 2)
                time.sleep(60)

    def passes(folder: Path) -> int:
        with Project.open(folder, "lead") as project:
            assert all(one.state is PassState.SUBMITTED for one in project.passes())
            assert not project.passes() or len(project.items()) == 4
            return len(project.passes())

    usual = timed(lambda: put_together(again(template, tmp_path / "usual")))
    seen: Counter[int] = Counter()
    for delay in moments(kills, usual, 20261124):
        folder = again(template, tmp_path / "killed")
        acknowledged = killed(lambda to, folder=folder: put_together(folder, to), delay)  # type: ignore[misc] # a default
        assert complaints(folder) == []
        there = passes(folder)
        assert there in (0, 4)
        assert there == 4 or 2 not in acknowledged
        seen[there] += 1
        put_together(folder)
        assert passes(folder) == 4
        assert complaints(folder) == []
    figures(
        f"{kills} kills during merging: acknowledged work lost 0, half done 0; "
        f"passes in the study afterwards: {dict(seen)}"
    )
    assert 4 in seen


# --- a study that was never finished ---------------------------------------------------------------------------


def test_a_folder_whose_making_was_killed_can_be_made_again(tmp_path: Path) -> None:
    moment = datetime(2026, 1, 5, tzinfo=UTC)

    def make(folder: Path, to: int = -1) -> None:
        if to >= 0:
            tell(to, 1)
        Project.create(folder, viewer="ana", clock=lambda: moment).close()
        if to >= 0:
            tell(to, 2)
            time.sleep(60)

    usual = timed(lambda: make(tmp_path / "usual"))
    for number, delay in enumerate(moments(12, usual, 20261125)):
        folder = tmp_path / f"study-{number}"
        killed(lambda to, folder=folder: make(folder, to), delay)  # type: ignore[misc] # a default
        if not (folder / "study.db").exists():
            make(folder)
        with Project.open(folder, "ana", write=True) as project:
            project.release_codebook("book.yaml", BOOK)
        assert complaints(folder) == []
