"""A study made from a package: whole or nothing, made again after a kill, and encrypted from its first byte."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from pathlib import Path

import pytest

from qualbench.errors import StudyExists
from qualbench.project import Project, base, encrypting
from qualbench.store import database, keys, unlocking
from tests.cheap_keys import WORDS, cheap
from tests.project.processes import all_of, in_child
from tests.project.test_packages import Machine, begun, machines

__all__ = ["begun", "cheap", "machines"]
PLANTED = (b"trusted her", b"was afraid", b"trust each other")


def plain_words(folder: Path) -> set[str]:
    bodies = {path.name: path.read_bytes().lower() for path in folder.rglob("*") if path.is_file()}
    return {name for name, body in bodies.items() if any(word in body for word in PLANTED)}


def test_a_package_becomes_an_encrypted_study(begun: dict[str, Machine], tmp_path: Path) -> None:
    ana, package = begun["ana"], begun["lead"].home / "for-ana.qbp"
    assert plain_words(ana.folder) == {"study.db"}, "so the search below can fail"
    with ana.at(), Project.join(package, tmp_path / "new", clock=ana.clock, key=encrypting.new_key(WORDS)) as study:
        assert [row.name for row in study.transcripts()] == ["one", "two"]
        study.open_pass("one")
        assert plain_words(tmp_path / "new") == set()
        study.back_up("by-hand")
    unlocking.forget()
    with ana.at(), Project.open(tmp_path / "new", "ana") as study:
        assert all(well for well, _ in study.examine())
    assert plain_words(tmp_path / "new") == set()


STEPS = (
    (Path, "mkdir"), (Path, "touch"), (Path, "write_text"), (os, "replace"), (base.unlocking, "put"),
    (database, "connect"),
)  # fmt: skip


@pytest.mark.parametrize(("encrypts", "every"), [(False, 4), (True, 1)])
def test_cut_short_anywhere_it_can_be_made_again(
    begun: dict[str, Machine], tmp_path: Path, encrypts: bool, every: int
) -> None:
    ana, package = begun["ana"], begun["lead"].home / "for-ana.qbp"
    made = encrypting.new_key(WORDS) if encrypts else None
    again = 0
    for n in range(1, 60, every):
        folder = tmp_path / f"{n}"
        with ana.at():
            pid, told = in_child(lambda tell, n=n, folder=folder: _joined_and_killed(package, folder, made, n, tell))
            finished = all_of(told) == b"1"
            os.waitpid(pid, 0)
            unlocking.forget()
            assert not encrypts or plain_words(folder) == set()
            if (folder / "study.db").exists():
                with pytest.raises(StudyExists):
                    Project.join(package, folder, key=made)
            else:
                again += 1
                Project.join(package, folder, clock=ana.clock, key=made).close()
            with Project.open(folder, "ana", write=True) as study:
                assert len(study.transcripts()) == 2
        assert encrypting.is_encrypted(folder) is encrypts
        if finished:
            break
    assert finished
    assert again >= 8 // every


def _joined_and_killed(package: Path, folder: Path, made: keys.NewKey | None, n: int, tell: int) -> None:
    count = 0

    def counted(real: Callable[..., object]) -> Callable[..., object]:
        def call(*given: object, **more: object) -> object:
            nonlocal count
            count += 1
            if count == n:
                os.kill(os.getpid(), signal.SIGKILL)
            return real(*given, **more)

        return call

    for owner, name in STEPS:
        setattr(owner, name, counted(getattr(owner, name)))
    Project.join(package, folder, key=made).close()
    os.write(tell, b"1")
    os._exit(0)


def test_what_is_refused_leaves_no_folder(begun: dict[str, Machine], tmp_path: Path) -> None:
    from qualbench.store import merging

    ana = begun["ana"]
    with pytest.MonkeyPatch.context() as patch, ana.at():

        def full(*_: object) -> None:
            raise OSError(28, "No space left on device")

        patch.setattr(merging, "vouch", full)
        with pytest.raises(OSError, match="No space"):
            Project.join(begun["lead"].home / "for-ana.qbp", tmp_path / "new", key=encrypting.new_key(WORDS))
    assert not (tmp_path / "new").exists()
