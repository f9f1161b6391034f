"""The same of an encrypted study: killed, damaged, gone back to a copy, and on a disk that can not be written."""

from __future__ import annotations

import os
import random
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from qualbench.errors import DamagedStudy, QualbenchError
from qualbench.project import Project, checkup, encrypting
from qualbench.store import backups, database, unlocking
from tests.cheap_keys import WORDS, cheap
from tests.conftest import BOOK, INTERVIEW, add_interview
from tests.durability.conftest import LONG, complaints, done
from tests.durability.test_damage import PAGE, code_to, settle
from tests.durability.test_kill import code_and_copy, code_on, in_copy, killed, seldom_early

__all__ = ["cheap"]

PLANTED = (b"went on and on", b"trust each other", b"trust")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An encrypted study with one long answer, and ana's pass open on it."""
    with Project.create(tmp_path / "study", viewer="ana", key=encrypting.new_key(WORDS)) as project:
        project.release_codebook("book.yaml", BOOK)
        add_interview(project, "talk.txt", LONG)
        project.open_pass("talk")
    unlocking.forget()
    return tmp_path / "study"


def can_be_read(folder: Path) -> set[str]:
    """The files in which words of the study stand as they are; settings hold none of them."""
    bodies = {path.name: path.read_bytes().lower() for path in folder.rglob("*") if path.is_file()}
    return {name for name, body in bodies.items() if any(word in body for word in PLANTED)}


def test_kills_while_coding(folder: Path) -> None:
    chance, before = random.Random(20261122), 0
    for _ in range(5):
        acknowledged = killed(lambda to: code_on(folder, to), seldom_early(chance, 0.03))
        assert can_be_read(folder) == set(), "also in the log that was cut off"
        unlocking.forget()
        after = done(folder)
        assert max(acknowledged, default=before) <= after <= max(acknowledged, default=before) + 1
        before = after
    assert complaints(folder) == []
    assert before > 0


def test_kills_while_copies_are_made(folder: Path) -> None:
    chance, copied = random.Random(20261123), 0
    for _ in range(4):
        acknowledged = killed(lambda to: code_and_copy(folder, to), seldom_early(chance, 0.06))
        assert can_be_read(folder) == set(), "also in the copy that was cut off"
        unlocking.forget()
        found = done(folder)
        kept = backups.copies(folder)
        assert all(backups.is_whole(path) for path in kept)
        copied = max(in_copy(kept[-1]) if kept else 0, copied)
        assert max(acknowledged, default=0) <= copied <= found
    assert complaints(folder) == []
    assert encrypting.plain_copies(folder) == []


def torn(body: bytearray) -> None:
    body[5 * PAGE + 100] ^= 1


def gone(body: bytearray) -> None:
    body[:PAGE] = bytes(PAGE)


@pytest.mark.parametrize("damage", [torn, gone])
def test_one_damaged_page_is_found_and_a_copy_can_be_gone_back_to(
    folder: Path, damage: Callable[[bytearray], None]
) -> None:
    code_to(folder, 10, "by-hand")
    code_to(folder, 15)
    path, (copy,) = settle(folder), backups.copies(folder)
    body = bytearray(path.read_bytes())
    damage(body)
    path.write_bytes(body)
    unlocking.forget()
    found = checkup.check_up(folder)
    assert found.bad
    assert not found.is_whole
    assert found.last_good is not None
    assert found.last_good.path == copy
    went = checkup.go_back(folder, copy.name)
    assert (done(folder), complaints(folder)) == (10, [])
    assert went.aside is not None
    assert (went.aside / "study.db").read_bytes() == bytes(body)
    assert can_be_read(folder) == set()


def test_a_copy_from_before_it_was_encrypted_is_not_gone_back_to(tmp_path: Path) -> None:
    folder = tmp_path / "study"
    with Project.create(folder, viewer="ana") as project:
        project.release_codebook("book.yaml", BOOK)
        add_interview(project, "talk.txt", INTERVIEW)
        project.back_up("by-hand")
    encrypting.encrypt(folder, encrypting.new_key(WORDS))
    (copy,) = backups.copies(folder)
    unlocking.forget()
    found = checkup.check_up(folder)
    assert [told for well, told in found.findings if not well] == [
        "1 backup is not encrypted: whoever has the folder can read the study there."
    ]
    assert found.is_whole
    with pytest.raises(QualbenchError, match="before the study was encrypted"):
        checkup.go_back(folder, copy.name)
    encrypting.encrypt_copies(folder)
    checkup.go_back(folder, copy.name)
    assert can_be_read(folder) == set()


def test_in_a_folder_that_refuses_writing_it_can_be_read(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever runs the tests may write everywhere, so it is the system's answers that say no."""
    code_to(folder, 3, "by-hand")
    settle(folder)
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    unlocking.forget()
    real = os.open

    def refusing(path: str | Path, flags: int, *rest: int) -> int:
        if flags & (os.O_WRONLY | os.O_RDWR) and str(path).startswith(str(folder)):
            raise PermissionError(13, "Permission denied")
        return real(path, flags, *rest)

    monkeypatch.setattr(os, "open", refusing)
    monkeypatch.setattr(database, "_opened", lambda *_: (_ for _ in ()).throw(database.dbapi2.OperationalError("no")))
    monkeypatch.setattr(os, "access", lambda *_: False)
    with Project.open_or_look(folder, "ana") as project:
        assert not project.writable
        assert len(project.codings()) == 3
        assert project.search("went on")
    monkeypatch.undo()
    assert {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == before


def test_a_key_file_that_is_cut_short_is_a_sentence_and_its_copy_opens_it(folder: Path) -> None:
    code_to(folder, 3, "by-hand")
    whole = (folder / "study.key").read_bytes()
    for left in (b"", whole[:100], whole[:-1] + b"x"):
        (folder / "study.key").write_bytes(left)
        unlocking.forget()
        with pytest.raises((QualbenchError, DamagedStudy)) as error:
            Project.open(folder)
        assert "key file can not be read" in str(error.value)
    shutil.copy(folder / "backups" / "study.key", folder / "study.key")
    assert done(folder) == 3
