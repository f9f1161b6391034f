"""A study from a hub: whole or nothing, made again after a kill, and encrypted from its first byte."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest

from qualbench.errors import QualbenchError
from qualbench.project import Project, encrypting
from qualbench.store import unlocking
from tests.cheap_keys import WORDS, cheap
from tests.hub.machines import Team
from tests.hub.servers import Server
from tests.project.processes import all_of, in_child

__all__ = ["cheap"]

PLANTED = (b"trusted her", b"was afraid", b"trust each other")


@pytest.fixture
def team(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, clock: Callable[[], datetime], server: Server) -> Team:
    return Team(tmp_path, monkeypatch, clock, server, ("ana",)).begin("one")


def plain_words(folder: Path) -> set[str]:
    bodies = {path.name: path.read_bytes().lower() for path in folder.rglob("*") if path.is_file()}
    return {name for name, body in bodies.items() if any(word in body for word in PLANTED)}


def test_it_is_encrypted_from_the_first_byte_and_made_again_after_a_kill(team: Team, tmp_path: Path) -> None:
    ana, folder, made = team["ana"], tmp_path / "again", encrypting.new_key(WORDS)
    assert plain_words(ana.folder), "so the search below can fail"

    def join(tell: int = -1) -> Project:
        if tell >= 0:
            real = Project._first_time

            def dies(self: Project, link: object) -> None:
                real(self, link)  # type: ignore[arg-type] # the link of this hub
                os.write(tell, b"1")
                os.kill(os.getpid(), signal.SIGKILL)

            Project._first_time = dies  # type: ignore[method-assign] # in a process of its own
        return Project.join_hub(team.address("ana"), folder, clock=ana.clock, key=made)

    with ana.at():
        pid, told = in_child(lambda tell: join(tell) and None)
        assert all_of(told) == b"1"
        os.waitpid(pid, 0)
        assert plain_words(folder) == set()
        with pytest.raises(QualbenchError, match="is not a Qualbench study"):
            Project.open(folder)
        with join() as study:
            assert [row.name for row in study.transcripts()] == ["one"]
            study.sync()
            assert study.hub_address() == team.address("ana")
            assert plain_words(folder) == set()
        unlocking.forget()
        with Project.open(folder, "ana", write=True) as study:
            assert study.on_hub
    assert encrypting.is_encrypted(folder)
    assert plain_words(folder) == set()
    assert {path.name for path in folder.iterdir()} == {
        "backups", "exports", "lock", "qualbench.toml", "study.db", "study.key",
    }  # fmt: skip


def test_where_the_hub_is_away_no_folder_is_left(team: Team, tmp_path: Path) -> None:
    with team["ana"].at(), pytest.raises(QualbenchError):
        Project.join_hub("postgresql://nobody@127.0.0.1:1/none", tmp_path / "new", key=encrypting.new_key(WORDS))
    assert not (tmp_path / "new").exists()
