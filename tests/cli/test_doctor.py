"""The doctor's verb: names the last good copy, goes back to it after a yes, and keeps what was there."""

from __future__ import annotations

from pathlib import Path

import pytest

from qualbench.project import Project
from qualbench.store import backups
from tests.cli.conftest import Verb


@pytest.fixture
def torn(team: Path) -> tuple[Path, str]:
    """A study with a copy, worked on, and then damaged; and the copy's name."""
    with Project.open(team, "ana", write=True) as project:
        copy = project.back_up("by-hand")
        project.create_theme("After the copy")
    assert copy is not None
    body = bytearray((team / "study.db").read_bytes())
    body[4096:81920] = bytes(77824)
    (team / "study.db").write_bytes(body)
    return team, copy.name


def test_it_names_the_last_good_copy_and_repairs_nothing(torn: tuple[Path, str], verb: Verb) -> None:
    folder, copy = torn
    before = (folder / "study.db").read_bytes()
    ran = verb("doctor", folder, code=4)
    assert "BAD The database file is damaged" in ran.out
    assert f"The newest copy that is whole is {copy}: everything up to" in ran.err
    assert f"--restore {copy}" in ran.err
    assert (folder / "study.db").read_bytes() == before


def test_without_a_yes_nothing_is_done(torn: tuple[Path, str], verb: Verb) -> None:
    folder, copy = torn
    ran = verb("doctor", folder, "--restore", copy, code=3)
    assert f"The study would go back to {copy}" in ran.err
    assert not list(folder.glob(f"{backups.ASIDE}*"))


def test_after_a_yes_it_is_whole_again_and_the_damaged_file_is_kept(torn: tuple[Path, str], verb: Verb) -> None:
    folder, copy = torn
    before = (folder / "study.db").read_bytes()
    told = verb("doctor", folder, "--restore", copy, "--yes", "--json").data
    assert told["copy"] == copy
    assert (folder / told["set_aside"] / "study.db").read_bytes() == before
    verb("doctor", folder)
    with Project.open(folder, "ana") as project:
        assert project.themes() == ()


def test_a_name_that_is_no_copy_is_a_sentence(team: Path, verb: Verb) -> None:
    assert "There is no copy 'gone.db'" in verb("doctor", team, "--restore", "gone.db", code=1).err


def test_where_no_copy_is_whole_it_says_so(torn: tuple[Path, str], verb: Verb) -> None:
    folder, copy = torn
    for path in backups.copies(folder):
        path.write_bytes(b"no copy")
    assert "No copy in" in verb("doctor", folder, code=4).err
    assert "is not whole itself" in verb("doctor", folder, "--restore", copy, code=1).err
