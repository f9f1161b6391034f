"""The power goes at any moment: a study is whole afterwards, and every decision that was acknowledged is in it.

A kill can not show this, since what was written lives on in the machine's memory. Here whatever was not synced is lost
by chance, sector by sector. With the syncs left out the same test must fail, or it would prove nothing.
"""

from __future__ import annotations

import os
import random
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace

import pytest

from qualbench.errors import QualbenchError
from qualbench.project import Project
from qualbench.steps import ingest
from qualbench.store import backups
from qualbench.store.database import Error
from tests.durability.conftest import complaints, done, place
from tests.durability.disk import Disk, Recorder, on

WORK = 150
"""Codings in a day's work."""
WITHOUT_SYNC = {"pragma synchronous = full": "pragma synchronous = off"}
WITH_FEW_SYNCS = {"pragma synchronous = full": "pragma synchronous = normal"}


@pytest.fixture
def told_of_copies(monkeypatch: pytest.MonkeyPatch) -> Callable[[Recorder], None]:
    """Lets a recorder see what the program does to copies without SQLite: syncs and new names."""

    def tell(recorder: Recorder) -> None:
        rename = os.replace

        def renaming(old: Path, new: Path) -> None:
            recorder("rename", str(old), str(new))
            rename(old, new)

        monkeypatch.setattr(backups, "_sync", lambda path: recorder("sync", str(path)))
        monkeypatch.setattr(backups, "os", SimpleNamespace(**{**vars(os), "replace": renaming}))

    return tell


def recorded(folder: Path, tell: Callable[[Recorder], None], instead: dict[str, str] | None = None) -> Recorder:
    """A day's work on a disk that writes down everything: codings, undo and redo, memos, imports, copies."""
    recorder = Recorder(folder)
    tell(recorder)
    chance = random.Random(3)
    with on(Disk(recorder), instead), Project.open(folder, "ana", write=True) as project:
        pass_, talk = project.open_pass("talk").id, project.transcript("talk").id
        for n in range(WORK):
            project.apply_code(pass_, "TRUST", *place(n))
            recorder.acknowledge(n + 1)
            if chance.random() < 0.2:
                recorder.acknowledge(n)
                project.undo(talk, "coding")
                project.redo(talk, "coding")
                recorder.acknowledge(n + 1)
            if chance.random() < 0.1:
                project.write_memo(pass_, *place(n), "Hm. " * chance.randrange(2000))
            if n % 50 == 20:
                data = f"I: Interview {n}?\nP1: {'And so on. ' * chance.randrange(2000)}\n".encode()
                project.import_transcript(ingest.read(f"more-{n}.txt", data), data)
            if n % 50 == 40:
                backups.back_up(project._db, folder, "by-hand", project.clock())
    return recorder


@dataclass(frozen=True, slots=True)
class After:
    """What so many power cuts did."""

    damaged: int
    lost: int
    replayed: int
    """How often there was a log to be read when the study was opened again."""
    copies: int
    """Backups that were there and whole, in all."""


def cut(recorder: Recorder, cuts: int) -> After:
    """Cut the power so often, each time at a moment of its own, and open what is left."""
    first = next(n for n, (what, *_) in enumerate(recorder.log) if what == "acknowledged")
    moments = [(random.Random(k).randrange(first, len(recorder.log)), random.Random(-k)) for k in range(cuts)]
    damaged = lost = replayed = copies = 0
    for acknowledged, files in recorder.after_cuts(moments):
        _lay_down(recorder.folder, files)
        replayed += any(path.endswith("-wal") and body for path, body in files.items())
        try:
            found = done(recorder.folder)
            assert complaints(recorder.folder) == []
            kept = backups.copies(recorder.folder)
            assert all(backups.is_whole(path) for path in kept)
        except (AssertionError, Error, QualbenchError):
            damaged += 1
            continue
        copies += len(kept)
        lost += not acknowledged <= found <= acknowledged + 1
    return After(damaged, lost, replayed, copies)


def _lay_down(folder: Path, files: dict[str, bytearray]) -> None:
    shutil.rmtree(folder)
    for path, body in files.items():
        Path(path).parent.mkdir(parents=True, exist_ok=True)
        Path(path).write_bytes(body)


@pytest.mark.parametrize("cuts", [100, pytest.param(400, marks=[pytest.mark.soak, pytest.mark.timeout(3600)])])
def test_power_cuts_lose_nothing(
    folder: Path, told_of_copies: Callable[[Recorder], None], cuts: int, figures: Callable[[str], None]
) -> None:
    after = cut(recorded(folder, told_of_copies), cuts)
    figures(
        f"{cuts} power cuts: studies damaged {after.damaged}, acknowledged work lost {after.lost};"
        f" {after.replayed} logs were read again, {after.copies} copies were there and whole"
    )
    assert (after.damaged, after.lost) == (0, 0)
    assert after.replayed > cuts / 2, "most cuts came when there was nothing to lose"
    assert after.copies > cuts / 2


def test_without_syncs_power_cuts_do_damage(folder: Path, told_of_copies: Callable[[Recorder], None]) -> None:
    after = cut(recorded(folder, told_of_copies, WITHOUT_SYNC), 20)
    assert after.damaged > 10


def test_with_fewer_syncs_power_cuts_lose_work(folder: Path, told_of_copies: Callable[[Recorder], None]) -> None:
    """The usual advice, `synchronous=NORMAL`: the study stays whole, and what was acknowledged last is gone."""
    after = cut(recorded(folder, told_of_copies, WITH_FEW_SYNCS), 20)
    assert after.damaged == 0
    assert after.lost >= 3
