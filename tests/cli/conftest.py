"""What tests of the verbs share: running a verb in this process or as a program, and a small study of three files."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from qualbench.cli import run

BOOK = """
format: qualbench-codebook/1
title: A little codebook
version: "1.0"
codes:
  - {id: TRUST, label: Trust, definition: They trust., exclude: Not for hope., examples: ["I trust her."]}
  - {id: HOPE, label: Hope and light, definition: They hope., exclude: Not for trust., examples: ["It gets better."]}
  - {id: FEAR, label: Fear, definition: They fear., exclude: Not for hope., examples: ["I was afraid."]}
  - {id: SHAME, label: Shame, definition: They are ashamed., exclude: Not for fear., examples: ["I hid."]}
"""

TALK = """I: How did it begin?
P1: I trusted her at once. She had been there.
I: And then?
P1: Then it got better, slowly.
I: Were you afraid?
P1: Every day. But less and less.
I: Thank you.
P1: Thank you for asking.
"""

CALL = """WEBVTT

1
00:00:01.000 --> 00:00:03.000
Interviewer: What was the call like?

2
00:00:04.000 --> 00:00:08.000
Mara Lind: I trusted them, and I hoped.

3
00:00:09.000 --> 00:00:10.000
Interviewer: And the weather?

4
00:00:11.000 --> 00:00:12.000
Mara Lind: It rained.

5
00:00:13.000 --> 00:00:14.000
Interviewer: What came next?

6
00:00:15.000 --> 00:00:18.000
Mara Lind: A room of my own.

7
00:00:19.000 --> 00:00:20.000
Interviewer: And now?

8
00:00:21.000 --> 00:00:24.000
Mara Lind: We shall see.
"""

MEETING = [
    "I: Who was there?",
    "P3: Nobody I knew, and that frightened me.",
    "I: Did you stay?",
    "P3: By the door.",
    "I: Until the end?",
    "P3: I counted the minutes.",
    "I: Would you go again?",
    "P3: With her, perhaps.",
]

RAW_CONTROL = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")
"""What must never reach a terminal: every control character but the line feed, and what turns text around."""


@dataclass(frozen=True, slots=True)
class Ran:
    """How a verb ended and what it said."""

    code: int
    out: str
    err: str

    @property
    def data(self) -> Any:
        """What it printed for programs: the whole of stdout is one JSON value."""
        return json.loads(self.out)


Verb = Callable[..., Ran]


@pytest.fixture(autouse=True)
def no_work_is_long(monkeypatch: pytest.MonkeyPatch) -> None:
    """On a busy machine every work is long enough to be talked about; a test that is about this says so."""
    monkeypatch.setattr("qualbench.cli.pace.PACE", 3600.0)
    monkeypatch.setattr("qualbench.cli.material.PACE", 3600.0)


@pytest.fixture
def verb(capsys: pytest.CaptureFixture[str]) -> Verb:
    """Run a verb in this process; it must end with `code`, and no raw control character may leave it."""

    def call(*words: object, code: int | None = 0) -> Ran:
        capsys.readouterr()
        ended = run([str(word) for word in words])
        out, err = capsys.readouterr()
        assert code is None or ended == code, (words, ended, err)
        for stream in (out, err):
            found = RAW_CONTROL.search(stream)
            assert found is None, (words, stream[max(0, found.start() - 40) : found.start() + 40])
        return Ran(ended, out, err)

    return call


def program(*words: object, code: int = 0, **more: Any) -> Ran:
    """Run a verb as a program of its own, with real streams, nobody to ask, and a real exit code."""
    done = subprocess.run(
        [sys.executable, "-m", "qualbench", *map(str, words)],
        **{"capture_output": True, "stdin": subprocess.DEVNULL, "timeout": 300, **more},
    )
    out, err = ((stream or b"").decode() for stream in (done.stdout, done.stderr))
    assert done.returncode == code, (words, done.returncode, err)
    assert "Traceback" not in err, err
    return Ran(done.returncode, out, err)


@pytest.fixture(scope="session")
def files_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A codebook and three interviews of four counted segments each: plain text, a recording's captions, Word."""
    from docx import Document

    place = tmp_path_factory.mktemp("files")
    (place / "book.yaml").write_text(BOOK)
    (place / "talk.txt").write_text(TALK)
    (place / "call.vtt").write_text(CALL)
    document = Document()
    for line in MEETING:
        document.add_paragraph(line)
    document.save(str(place / "meeting.docx"))
    return place


@pytest.fixture
def files(files_once: Path, tmp_path: Path) -> Path:
    """The codebook and the three interviews, to do with as one likes."""
    return Path(shutil.copytree(files_once, tmp_path / "files"))


@pytest.fixture(scope="session")
def team_once(files_once: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A study with the codebook and the three interviews, and no coding yet; tests take copies."""
    folder = tmp_path_factory.mktemp("team") / "study"
    assert run(["init", str(folder), "--codebook", str(files_once / "book.yaml"), "--as", "cleo"]) == 0
    sources = [str(files_once / name) for name in ("talk.txt", "call.vtt", "meeting.docx")]
    assert run(["import", str(folder), *sources, "--yes", "--as", "cleo"]) == 0
    return folder


@pytest.fixture
def team(team_once: Path, tmp_path: Path) -> Path:
    """A study with the codebook and the three interviews, and no coding yet."""
    return Path(shutil.copytree(team_once, tmp_path / "team"))


@pytest.fixture(scope="session")
def opened_once(team_once: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The study with `talk` opened by ana and ben, and one theme."""
    place = tmp_path_factory.mktemp("opened")
    folder = Path(shutil.copytree(team_once, place / "study"))
    rows = [("talk", *span, "TRUST", coder, "") for span in places(folder, "talk") for coder in ("ana", "ben")]
    for words in (
        ["codings", folder, "import", table(place / "both.csv", rows)],
        ["submit", folder, "--coder", "ana", "--all"],
        ["submit", folder, "--coder", "ben", "--all"],
        ["themes", folder, "new", "One"],
    ):
        assert run([str(word) for word in words]) == 0
    return folder


@pytest.fixture
def opened(opened_once: Path, tmp_path: Path) -> Path:
    """A copy of the study with `talk` opened."""
    return Path(shutil.copytree(opened_once, tmp_path / "opened"))


def places(folder: Path, transcript: str) -> list[tuple[int, int]]:
    """The counted segments of a transcript as spans, in order."""
    from qualbench.project import Project

    with Project.open(folder) as project:
        text = project.transcript(transcript)
    return [(s.start, s.end) for s in text.segments if text.counts(s)]


def entries(folder: Path) -> int:
    """How many facts the journal holds."""
    from contextlib import closing

    from qualbench.store.database import connect  # another SQLite in this process would loosen the locks of this one

    with closing(connect(folder / "study.db", readonly=True)) as db:
        count: int = db.execute("select count(*) from journal").fetchone()[0]
    return count


def table(path: Path, rows: list[tuple[object, ...]]) -> Path:
    """A codings table in a file."""
    import csv

    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([("transcript", "start", "end", "code", "coder", "memo"), *rows])
    return path
