"""The guide's page "Coding on a hub, step by step", followed to the letter on three computers and a server."""

from __future__ import annotations

import re
import shlex
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import click
import pytest
from psycopg import sql

from qualbench.cli import output, run
from qualbench.project import Project
from tests.conftest import BOOK, INTERVIEW, code
from tests.hub.secured import free_port
from tests.hub.servers import Server, from_wheel

PAGE = Path(__file__).parents[2] / "docs" / "hub.md"
ADMIN = "the administrator's own"
CODED = {"ana": {"interview-1": ["TRUST", "HOPE", "", "FEAR"], "interview-2": ["TRUST", "", "", ""]},
         "ben": {"interview-1": ["TRUST", "TRUST+HOPE", "", ""]}}  # fmt: skip
"""Ben falls ill before the second."""


@dataclass
class Desks:
    """A computer for each of the three, who type passwords when they are asked; Ben has his in a file."""

    place: Path
    patch: pytest.MonkeyPatch
    capsys: pytest.CaptureFixture[str]
    port: int
    passwords: dict[str, str] = field(default_factory=lambda: {"admin on the server": ADMIN})
    asked: list[str] = field(default_factory=list)

    def at(self, who: str) -> Path:
        """Sit down at somebody's computer."""
        desk = self.place / who
        desk.mkdir(exist_ok=True)
        self.patch.chdir(desk)
        for name, folder in (("HOME", desk), ("XDG_DATA_HOME", desk / ".data"), ("XDG_STATE_HOME", desk / ".state")):
            self.patch.setenv(name, str(folder))
        return desk

    def types(self, question: str, **_: Any) -> str:
        """What somebody types when the program asks."""
        self.asked.append(question)
        return self.passwords[question.removeprefix("Password of ")]

    def does(self, who: str, line: str, ends: int = 0) -> str:
        """What the program says to a line of the page."""
        self.at(who)
        assert run(shlex.split(self.real(line))[1:]) == ends, (line, self.capsys.readouterr())
        said = " ".join(self.capsys.readouterr())
        for login, password in re.findall(r"The password of (\w+), shown this once: (\S+)", said):
            self.passwords[f"{login} on the hub"] = password
        return said

    def real(self, words: str) -> str:
        """What the page says, with the server that is there."""
        place = f"127.0.0.1:{self.port}"
        return words.replace("hub.example.org:5432", place).replace("hub.example.org", place)

    def codes(self, who: str) -> None:
        self.at(who)
        with Project.open(self.place / who / "shelter", who, write=True) as study:
            for name, codes in CODED[who].items():
                code(study, who, codes, name)

    def reads(self, who: str) -> list[tuple[object, ...]]:
        """All codings that somebody may read."""
        self.at(who)
        with Project.open(self.place / who / "shelter", who) as study:
            assert [sentence for well, sentence in study.examine() if not well] == []
            return sorted((c.coder, c.code, c.transcript, c.start, c.end) for c in study.codings())


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    """A server as its page has it set up: it asks everybody for a password."""
    try:
        found = from_wheel(ADMIN, free_port())
    except Exception as error:  # noqa: BLE001 - whatever keeps it from starting, the sentence says so
        pytest.skip(f"No PostgreSQL of our own for the guide: {error}.")
    yield found
    found.end()


@pytest.fixture
def desks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], server: Server
) -> Iterator[Desks]:
    """An empty database for the study; on Lena's computer lie the interviews and the codebook."""
    for name in ("PGPASSWORD", "PGPASSFILE", "PGSSLMODE"):
        monkeypatch.delenv(name, raising=False)
    _as_admin(
        server,
        sql.SQL("create role admin superuser login password {}").format(sql.Literal(ADMIN)),
        sql.SQL("create database shelter"),
    )
    team = Desks(tmp_path, monkeypatch, capsys, int(server.listens.rpartition(" ")[2]))
    desk = team.at("lena")
    (desk / "codebook.yaml").write_text(BOOK)
    for number in (1, 2):
        (desk / f"interview-{number}.txt").write_text(f"{INTERVIEW}I: That was interview {number}.\n")
    monkeypatch.setattr(output, "asks", lambda: True)
    monkeypatch.setattr(click, "prompt", team.types)
    yield team
    _as_admin(
        server, sql.SQL("drop database shelter with (force)"), sql.SQL("drop role if exists admin, lena, ana, ben")
    )


def _as_admin(server: Server, *queries: sql.SQL | sql.Composed) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PGPASSWORD", ADMIN)
        for query in queries:
            server.ask(query)


def told() -> tuple[list[tuple[str, list[str]]], str]:
    """Every block of the page (on whose computer, and the lines), and the line for the file with the password."""
    page = PAGE.read_text("utf-8")
    blocks = re.findall(r"On (\w+)'s computer:\n\n```sh\n(.*?)```", page, re.DOTALL)
    assert len(blocks) == page.count("```sh"), "every line says on whose computer it is"
    (line,) = re.findall(r"```text\n(.*?)\n```", page, re.DOTALL)
    return [(who.lower(), lines.strip().splitlines()) for who, lines in blocks], line


def test_the_page_can_be_followed_to_the_letter(desks: Desks) -> None:
    blocks, pass_line = told()
    said: dict[str, str] = {}
    for who, lines in blocks:
        if "join" in lines[0]:
            _prepare(desks, who, pass_line)
        if "hub shelter seal" in lines[0]:
            desks.codes(who)
        for line in lines:
            if "--reason" in line:
                refused = desks.does(who, line.partition(" --reason")[0], ends=1)
                assert "Awaited on interview-2: ben." in refused
            said[line] = desks.does(who, line)
        for card in (desks.place / who).glob("*.card"):
            if who != "lena":
                shutil.copy(card, desks.at("lena"))
        if who == "ben" and "seal" in lines[0]:
            desks.does("ben", "qualbench hub shelter sync --as ben")
            assert {coder for coder, *_ in desks.reads("ben")} == {"ben"}, "blind until it is opened"
    key = re.search(r"key (\S+)\.", said["qualbench whoami --as ana -o ana.card"])
    (invited,) = (words for line, words in said.items() if "invite" in line and "--to ana" in line)
    assert key is not None
    assert f"ana is let in as ana, with the key {key[1]}." in invited
    opened = [words for line, words in said.items() if "hub shelter open" in line]
    assert "Opened: interview-1." in opened[0]
    assert "Opened: interview-2." in opened[1]
    assert "Nothing waiting, synced " in said["qualbench hub shelter sync --as ana"]
    assert "coders ana, ben" in said["qualbench agree shelter"]
    assert (desks.place / "lena" / "report" / "report.docx").exists()
    assert set(desks.asked) == {f"Password of {one}" for one in ("admin on the server", "lena on the hub",
                                                                 "ana on the hub")}  # fmt: skip
    desks.does("ben", "qualbench hub shelter sync --as ben")
    assert desks.reads("ana") == desks.reads("ben") == desks.reads("lena") != []


def _prepare(desks: Desks, who: str, pass_line: str) -> None:
    """Ben does not want to type his password, and writes the line that the page shows."""
    if who == "ben":
        line = desks.real(pass_line.replace(":ana:", ":ben:")).replace("PASSWORD", desks.passwords["ben on the hub"])
        file = desks.at("ben") / ".pgpass"
        file.write_text(f"{line}\n")
        file.chmod(0o600)


def test_a_new_password_is_shown_though_the_meeting_after_it_fails(desks: Desks) -> None:
    blocks, _ = told()
    for who, lines in blocks[:2]:
        desks.does(who, lines[0])
        shutil.copy(desks.place / who / f"{who}.card", desks.at("lena"))
    *before, invite, _ = blocks[2][1]
    for line in before:
        desks.does("lena", line)
    right = desks.passwords["lena on the hub"]
    desks.passwords["lena on the hub"] = "a slip of the finger"
    said = desks.does("lena", invite, ends=1)
    assert "The password of ana, shown this once: " in said
    assert "ana has to wait until you have synced" in said
    assert "The hub does not let you in: the password is wrong." in said
    (join,) = re.findall("They join with: (.*)", said)
    desks.passwords["lena on the hub"] = right
    desks.does("lena", "qualbench hub shelter sync --as lena")
    assert "You are ana in 'Shelter interviews'" in desks.does("ana", join)
