"""The guide's page "Coding with a colleague, step by step", followed to the letter on three computers."""

from __future__ import annotations

import re
import shlex
import shutil
from pathlib import Path

import pytest

from qualbench.cli import run
from qualbench.project import Project
from tests.conftest import BOOK, INTERVIEW, code

PAGE = Path(__file__).parents[2] / "docs" / "packages.md"
CODES = {"ana": ["TRUST", "HOPE", "", "FEAR"], "ben": ["TRUST", "TRUST+HOPE", "", ""]}


def told() -> list[tuple[str, list[str]]]:
    """Every block of the page: on whose computer, and the commands."""
    blocks = re.findall(r"On (\w+)'s computer:\n\n```sh\n(.*?)```", PAGE.read_text("utf-8"), re.DOTALL)
    return [(who.lower(), commands.strip().splitlines()) for who, commands in blocks]


@pytest.fixture
def computers(tmp_path: Path) -> dict[str, Path]:
    """A desk for each of the three; on Lena's lie the interviews and the codebook."""
    desks = {name: tmp_path / name for name in ("lena", "ana", "ben")}
    for desk in desks.values():
        desk.mkdir()
    (desks["lena"] / "codebook.yaml").write_text(BOOK)
    for number in (1, 2):
        words = f"{INTERVIEW}I: That was interview {number}.\n"
        (desks["lena"] / f"interview-{number}.txt").write_text(words)
    return desks


def at(who: str, desk: Path, patch: pytest.MonkeyPatch) -> None:
    patch.chdir(desk)
    patch.setenv("XDG_DATA_HOME", str(desk / ".data"))
    patch.setenv("XDG_STATE_HOME", str(desk / ".state"))


def send_everything(desks: dict[str, Path]) -> None:
    """Cards and packages go to everybody, as by mail."""
    for desk in desks.values():
        for file in (*desk.glob("*.card"), *desk.glob("*.qbp")):
            for other in desks.values():
                if not (other / file.name).exists():
                    shutil.copy(file, other / file.name)


def test_the_page_can_be_followed_to_the_letter(
    computers: dict[str, Path], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    blocks = told()
    assert [who for who, _ in blocks] == [
        "ana",
        "ben",
        "lena",
        "ana",
        "ben",
        "ana",
        "ben",
        "lena",
        "lena",
        "ana",
        "ben",
    ]
    said: list[str] = []
    for who, commands in blocks:
        at(who, computers[who], monkeypatch)
        if commands[0].startswith("qualbench hand-in"):
            with Project.open(computers[who] / "shelter", who, write=True) as study:
                for row in study.transcripts():
                    code(study, who, CODES[who], row.name)
        for command in commands:
            assert run(shlex.split(command)[1:]) == 0, command
        said.append(" ".join(capsys.readouterr()))
        send_everything(computers)
    first, second = said[7].split("Opened:")
    assert "ana's package waits, sealed: 2 passes." in first
    assert "Awaited on interview-1: ben." in first
    assert second.startswith(" interview-1, interview-2.")
    shown = []
    for who, desk in computers.items():
        at(who, desk, monkeypatch)
        with Project.open(desk / "shelter", who) as study:
            shown.append(sorted((c.coder, c.code, c.transcript, c.start, c.end) for c in study.codings()))
            assert [sentence for well, sentence in study.examine() if not well] == []
    assert shown[0] == shown[1] == shown[2] != []
