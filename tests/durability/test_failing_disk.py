"""The first, second, third ... write, sync or open fails: a calm sentence or nothing, and a whole study after."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import chain, count
from pathlib import Path

import apsw
import pytest

from qualbench.errors import DiskTrouble, QualbenchError
from qualbench.project import Project
from qualbench.steps import ingest
from tests.durability.conftest import complaints, done, place
from tests.durability.disk import Disk, on

MORE = b"I: And you?\nP1: Me too, every day.\n"


class Failing:
    """Refuses the n-th of one kind of thing that SQLite asks for, and everything of that kind after it if told so."""

    def __init__(self, kind: str, number: int, error: type[apsw.Error], *, ever_after: bool) -> None:
        self.kind, self.number, self.error, self.ever_after = kind, number, error, ever_after
        self.asked = 0

    def __call__(self, kind: str, *_: object) -> None:
        if kind == self.kind:
            self.asked += 1
            if self.asked == self.number or (self.ever_after and self.asked > self.number):
                raise self.error(WORDS[self.error])

    @property
    def failed(self) -> bool:
        return self.asked >= self.number


WORDS = {
    apsw.IOError: "disk I/O error",
    apsw.FullError: "database or disk is full",
    apsw.CantOpenError: "unable to open database file",
}
"""What SQLite itself says."""


@dataclass
class Day:
    """What was acknowledged in a day's work, and what was said instead."""

    codings: int = 0
    imported: bool = False
    said: set[str] = field(default_factory=set)

    def tried(self, act: Callable[[], object]) -> None:
        """Do it; when the disk is in the way do it once more, as a person would."""
        try:
            act()
        except DiskTrouble as error:
            self.said.add(str(error))
            act()


def work(folder: Path, day: Day) -> None:
    """Open, code twice, undo and redo, import, close."""
    with Project.open(folder, "ana", write=True) as project:
        pass_, talk = project.open_pass("talk").id, project.transcript("talk").id
        day.tried(lambda: project.apply_code(pass_, "TRUST", *place(0)))
        day.codings = 1
        day.tried(lambda: project.apply_code(pass_, "TRUST", *place(1)))
        day.tried(lambda: project.undo(talk, "coding"))
        day.tried(lambda: project.redo(talk, "coding"))
        day.codings = 2
        day.tried(lambda: project.import_transcript(ingest.read("more.txt", MORE), MORE))
        day.imported = True


KINDS = {
    "write": apsw.IOError, "sync": apsw.IOError, "open": apsw.CantOpenError, "delete": apsw.IOError,
    "truncate": apsw.IOError, "write with no room": apsw.FullError,
}  # fmt: skip


def fails(folder: Path, disk: Failing, *, thoroughly: bool) -> set[str]:
    """Work on a disk that fails; answers with what was said, after a look at what is left."""
    day = Day()
    with on(Disk(disk)):
        try:
            work(folder, day)
        except QualbenchError as error:
            day.said.add(str(error))
    if thoroughly:
        assert complaints(folder) == []
    with Project.open(folder, "ana", write=True) as project:
        assert project._db.execute("pragma integrity_check").fetchone() == ("ok",)
        names = [row.name for row in project.transcripts()]
    assert day.codings <= done(folder) <= 2
    assert names == ["talk", "more"] if day.imported else names in (["talk"], ["talk", "more"])
    assert day.imported or day.said, "it stopped without a word"
    return day.said


@pytest.mark.parametrize("ever_after", [False, pytest.param(True, marks=[pytest.mark.soak, pytest.mark.timeout(3600)])])
@pytest.mark.parametrize("kind", KINDS)
def test_the_nth_failure_is_a_sentence_and_the_study_stays_whole(
    folder: Path, kind: str, ever_after: bool, figures: Callable[[str], None]
) -> None:
    kept = Path(shutil.copytree(folder, folder.with_name("kept")))
    said: set[str] = set()
    for number in chain(range(1, 31), count(31, 1 if ever_after else 7)):  # the long run tries every one
        shutil.rmtree(folder)
        shutil.copytree(kept, folder)
        disk = Failing(kind.split()[0], number, KINDS[kind], ever_after=ever_after)
        said |= fails(folder, disk, thoroughly=ever_after or number % 5 == 1)
        if not disk.failed:
            break
    later = " and every later one" * ever_after
    figures(f"the n-th {kind}{later} fails, n = 1 to {number - 1}: studies damaged 0, acknowledged work lost 0")
    assert number > 1
    assert said <= CALM


CALM = {str(DiskTrouble(words)) for words in WORDS.values()}
