"""A disk that fills up: a sentence, nothing lost, and coding goes on when there is room again."""

from __future__ import annotations

import os
import resource
import struct
import subprocess
from pathlib import Path

import apsw
import pytest

from qualbench.errors import DiskTrouble
from qualbench.project import Project
from tests.durability.conftest import PLACES, complaints, done, place
from tests.durability.disk import Disk, on
from tests.project.processes import all_of, in_child


def how_many_fit(project: Project, pass_id: str) -> int:
    """Code until the disk is full; answers with how many codings were acknowledged."""
    for n in range(PLACES):
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
    assert complaints(folder) == []


class Small:
    """A disk on which files grow only so far, until there is room."""

    def __init__(self, limit: int) -> None:
        self.limit = limit

    def __call__(self, what: str, _: str, *about: object) -> None:
        if what == "write":
            offset, data = about
            assert isinstance(offset, int)
            assert isinstance(data, bytes)
            if offset + len(data) > self.limit:
                raise apsw.FullError("database or disk is full")


def test_on_a_full_disk_coding_waits_and_goes_on_when_there_is_room(folder: Path) -> None:
    small = Small((folder / "study.db").stat().st_size + 100_000)
    with on(Disk(small)), Project.open(folder, "ana", write=True) as project:
        pass_ = project.open_pass("talk")
        acknowledged = how_many_fit(project, pass_.id)
        assert len(project.codings()) == acknowledged > 0
        small.limit *= 10
        project.apply_code(pass_.id, "TRUST", *place(acknowledged))
    assert done(folder) == acknowledged + 1
    assert complaints(folder) == []


def test_the_same_on_a_real_disk(folder: Path, tmp_path: Path) -> None:
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
        assert done(disk / "study") == acknowledged + 1
        assert complaints(disk / "study") == []
    finally:
        subprocess.run(["umount", "-l", disk], check=True)
