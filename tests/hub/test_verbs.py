"""The guide's way with verbs: begin, invite, join, code, sync, seal, open, and what each of them says."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest

from qualbench import cli
from tests.hub.machines import Team
from tests.hub.servers import Server


def test_the_way_with_verbs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, clock: Callable[[], datetime], server: Server,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    team = Team(tmp_path, monkeypatch, clock, server, ("ana", "ben"))
    lead, ana = team["lead"], team["ana"]
    team.begin("one", "two")
    cleo = team.machines["cleo"] = type(lead)(tmp_path, "cleo", monkeypatch, clock)

    def verb(machine: str, *words: str, code: int = 0) -> str:
        with team[machine].at():
            assert cli.run(["hub", str(team[machine].folder), *words]) == code
        said = capsys.readouterr()
        return said.out + said.err

    told = verb("lead", "invite", team.admin, "--to", "cleo", "--card", cleo.card().line(),
                "--login", team.login("cleo"), "--as", "lead")  # fmt: skip
    assert "shown this once" in told
    address = told.rpartition("join ")[2].strip()
    assert address == team.address("cleo")
    assert "You are cleo in" in verb("cleo", "join", address)
    assert "nothing waiting" in verb("cleo", "--as", "cleo").lower()
    team.codes("ana", ["TRUST", "HOPE", "", "FEAR"], "one")
    assert "facts waiting" in verb("ana", "status", "--as", "ana")
    assert json.loads(verb("ana", "sync", "--json", "--as", "ana"))["waiting"] == 0
    assert "Seal: qualbench hub" in verb("ana", "--as", "ana")
    assert "Sealed: one." in verb("ana", "seal", "--as", "ana")
    refused = verb("lead", "open", "one", "--as", "lead", code=1)
    assert "Awaited on one: ben." in refused
    assert "Opened: one." in verb("lead", "open", "one", "--reason", "Ben is ill.", "--as", "lead")
    assert "only the lead" in verb("ana", "open", "one", "--as", "ana", code=1)
    assert ana.folder.joinpath("qualbench.toml").read_text().count("[hub]") == 1
