"""Killed at any moment while coding: every decision that was acknowledged is there, and at most one more."""

from __future__ import annotations

import os
import random
import resource
import select
import struct
import subprocess
import time
from pathlib import Path

import pytest

from qualbench.errors import DiskTrouble
from qualbench.project import Project
from qualbench.steps import ingest
from tests.conftest import BOOK, add_interview
from tests.project.processes import all_of, in_child, kill

KILLS = 200
LONG = "I: Tell me.\nP1: " + "We went on and on. " * 20_000 + "\n"
WIDTH = 3


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A study with one very long answer, and ana's pass open on it."""
    with Project.create(tmp_path / "study", viewer="ana") as project:
        project.release_codebook("book.yaml", BOOK)
        add_interview(project, "talk.txt", LONG)
        project.open_pass("talk")
    return tmp_path / "study"


def place(n: int) -> tuple[int, int]:
    """Where the n-th coding goes: side by side, so that none merges with another."""
    return 16 + n * WIDTH, 16 + n * WIDTH + WIDTH


def code_on(folder: Path, begin: int, tell: int) -> None:
    """Code from the n-th place on, and say of each coding that it was acknowledged."""
    with Project.open(folder, "ana", write=True) as project:
        pass_ = project.open_pass("talk")
        n = begin
        while True:
            project.apply_code(pass_.id, "TRUST", *place(n))
            n += 1
            os.write(tell, struct.pack("q", n))


def done(folder: Path) -> int:
    """How many codings are there, which must be the first ones without a gap."""
    with Project.open(folder, "ana") as project:
        found = [(one.start, one.end) for one in project.codings()]
    assert found == [place(n) for n in range(len(found))]
    return len(found)


def test_two_hundred_kills_lose_nothing_that_was_acknowledged(folder: Path) -> None:
    chance = random.Random(20260105)
    before, interrupted = 0, 0
    for _ in range(KILLS):
        pid, told = in_child(lambda tell, begin=before: code_on(folder, begin, tell))  # type: ignore[misc] # a default
        if chance.random() < 0.75:  # the others are killed while they open the study, too
            select.select([told], [], [], 5)
        time.sleep(0.03 * chance.random() ** 2)
        assert kill(pid), "the child came to an end by itself"
        words = all_of(told)
        acknowledged = struct.unpack_from("q", words, len(words) // 8 * 8 - 8)[0] if len(words) >= 8 else before
        after = done(folder)
        assert acknowledged <= after <= acknowledged + 1
        interrupted += after > before
        before = after
    assert interrupted > KILLS / 4, "most children were killed before they had coded anything"
    with Project.open(folder, "ana", write=True) as project:
        assert [sentence for well, sentence in project.examine() if not well] == []


def how_many_fit(project: Project, pass_id: str) -> int:
    """Code until the disk is full; answers with how many codings were acknowledged."""
    for n in range(100_000):
        try:
            project.apply_code(pass_id, "TRUST", *place(n))
        except DiskTrouble:
            return n
    raise AssertionError("the disk was never full")


def code_within(folder: Path, tell: int, limit: int) -> None:
    """Code while no file may grow beyond this limit, and say how many codings were acknowledged."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
    with Project.open(folder, "ana", write=True) as project:
        os.write(tell, struct.pack("q", how_many_fit(project, project.open_pass("talk").id)))


def test_a_file_that_may_not_grow_loses_nothing_that_was_acknowledged(folder: Path) -> None:
    """As with a quota: SQLite sees an I/O error, the coder a sentence."""
    limit = (folder / "study.db").stat().st_size + 200_000
    pid, told = in_child(lambda tell: code_within(folder, tell, limit))
    words = all_of(told)
    os.waitpid(pid, 0)
    assert words, "the child did not reach its limit as it should"
    assert done(folder) == struct.unpack("q", words)[0] > 0
    with Project.open(folder, "ana", write=True) as project:
        assert [sentence for well, sentence in project.examine() if not well] == []


def test_a_full_disk_loses_nothing_and_coding_goes_on_when_there_is_room(folder: Path, tmp_path: Path) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=5m", "tmpfs", disk]
    mounted = subprocess.run(mount, capture_output=True, text=True)
    if mounted.returncode:
        pytest.skip(f"nothing can be mounted here: {mounted.stderr.strip()}")
    try:
        subprocess.run(["cp", "-r", folder, disk], check=True)
        free = os.statvfs(disk)
        (disk / "hog").write_bytes(bytes(max(0, free.f_bavail * free.f_frsize - 300_000)))
        with Project.open(disk / "study", "ana", write=True) as project:
            pass_ = project.open_pass("talk")
            acknowledged = how_many_fit(project, pass_.id)
            assert len(project.codings()) == acknowledged > 0
            (disk / "hog").unlink()
            project.apply_code(pass_.id, "TRUST", *place(acknowledged))
            assert [sentence for well, sentence in project.examine() if not well] == []
        assert done(disk / "study") == acknowledged + 1
    finally:
        subprocess.run(["umount", "-l", disk], check=True)


# --- killed while files come in --------------------------------------------------------------------------------

FILES = 50
IMPORT_KILLS = 10


def many() -> list[tuple[ingest.Draft, bytes]]:
    """Fifty interviews, a batch."""
    found = []
    for number in range(FILES):
        data = f"I: How was day {number}?\nP1: {'We went on. ' * 400}\nI: And?\nP1: So.\n".encode()
        found.append((ingest.read(f"day-{number}.txt", data), data))
    return found


def test_an_import_of_fifty_files_that_is_killed_leaves_all_or_none(tmp_path: Path) -> None:
    chance = random.Random(20261122)
    batch = many()
    start = time.perf_counter()
    with Project.create(tmp_path / "whole", viewer="ana") as project:
        project.import_transcripts(batch)
    usual = time.perf_counter() - start
    seen: set[int] = set()
    for number in range(IMPORT_KILLS):
        folder = tmp_path / f"study-{number}"
        Project.create(folder, viewer="ana").close()

        def take_in(tell: int, folder: Path = folder) -> None:
            with Project.open(folder, "ana", write=True) as project:
                os.write(tell, b"1")
                project.import_transcripts(batch)
                os.write(tell, b"2")
                time.sleep(60)

        pid, told = in_child(take_in)
        words = os.read(told, 1)
        if number == 0:  # one that is surely whole, one that is surely not begun, and any moment in between
            words += os.read(told, 1)
        elif number > 1:
            time.sleep(usual * chance.random())
        assert kill(pid), "the child came to an end by itself"
        acknowledged = words + all_of(told) == b"12"
        with Project.open(folder, "ana", write=True) as project:
            names = [row.name for row in project.transcripts()]
            assert names in ([], [f"day-{n}" for n in range(FILES)])
            assert names or not acknowledged
            assert [sentence for well, sentence in project.examine() if not well] == []
        seen.add(len(names))
    assert seen == {0, FILES}
