"""How a verb ends: 0 ok, 1 failure, 2 usage, 3 needs a yes, 4 problems found, 130 interrupted. Real programs."""

from __future__ import annotations

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import click
import pytest

from qualbench import cli
from qualbench.store.lock import WriteLock
from tests.cli.conftest import Verb, entries, places, program, table


def test_0_when_it_is_done(team: Path) -> None:
    ran = program("status", team)
    assert "talk" in ran.out
    assert ran.err == ""


def test_1_when_it_can_not_be_done(tmp_path: Path) -> None:
    ran = program("status", tmp_path / "nowhere", code=1)
    assert ran.out == ""
    assert "nowhere is not a Qualbench study." in ran.err


@pytest.mark.parametrize(
    "words",
    [
        ("frobnicate",),
        ("status",),
        ("status", "{team}", "--jsn"),
        ("init", "{new}", "--method", "astrology"),
        ("init", "{new}", "--coders", "0"),
        ("import", "{team}"),
        ("consensus", "{team}", "decide", "x:1", "--outcome", "c", "--reason", "slip"),
        ("export", "{team}", "themes", "-o", "themes.pdf"),
        ("submit", "{team}", "--coder", "ana"),
        ("codings", "{team}", "apply", "talk", "first", "TRUST", "--coder", "ana"),
        ("codings", "{team}", "apply", "talk", "1", "TRUST"),
        ("codings", "{team}"),
    ],
    ids=lambda words: " ".join(words[:2]),
)
def test_2_when_it_was_not_meant_like_this(words: tuple[str, ...], team: Path, tmp_path: Path) -> None:
    program(*(word.format(team=team, new=tmp_path / "new") for word in words), code=2, cwd=tmp_path)
    assert not (tmp_path / "new").exists()
    assert not (tmp_path / "themes.pdf").exists()


def test_3_when_nobody_can_say_yes(team: Path, tmp_path: Path, verb: Verb) -> None:
    new = tmp_path / "new.txt"
    new.write_text("I: Hello?\nP9: Hello to you.\n")
    before = entries(team)
    ran = program("import", team, new, tmp_path / "missing.txt", code=3)
    assert "Nothing was sealed yet" in ran.err
    assert "missing.txt: it can not be read" in ran.err, "who is asked must know of the bad file"
    verb("themes", team, "new", "One")
    assert "Nothing was dropped." in program("themes", team, "drop", "One", "--reason", "thin", code=3).err
    assert entries(team) == before + 1


def test_3_when_segments_are_undecided(team: Path, verb: Verb) -> None:
    start, _ = places(team, "talk")[0]
    verb("codings", team, "apply", "talk", start, "TRUST", "--coder", "ana")
    ran = program("submit", team, "--coder", "ana", "--all", code=3)
    assert "ana has not decided 3 segments in talk." in ran.err
    assert verb("status", team, "--json").data["transcripts"][0]["passes"] == {"ana": "open"}
    program("submit", team, "--coder", "ana", "--all", "--rest", "nothing")
    assert verb("status", team, "--json").data["transcripts"][0]["passes"] == {"ana": "submitted"}


def damaged(folder: Path, statement: str) -> None:
    """Change a study behind the program's back."""
    with sqlite3.connect(folder / "study.db") as db:
        for (trigger,) in db.execute("select name from sqlite_master where type = 'trigger'").fetchall():
            db.execute(f"drop trigger {trigger}")
        assert db.execute(statement).rowcount > 0


@pytest.mark.parametrize(
    ("statement", "finding"),
    [
        (
            "update journal set actor = 'mallory' where seq = (select seq from journal order by seq limit 1 offset 2)",
            "The journal was changed",
        ),
        (
            "delete from journal where seq = (select seq from journal order by seq limit 1 offset 2)",
            "The journal was changed",
        ),
        (
            "update content set body = body || 'x' where hash = (select text from transcript limit 1)",
            "stored texts differ",
        ),
        ("delete from coding", "differs from the journal in: coding"),
    ],
)
def test_4_when_the_doctor_finds_problems(statement: str, finding: str, team: Path, tmp_path: Path, verb: Verb) -> None:
    start, _ = places(team, "talk")[0]
    verb("codings", team, "apply", "talk", start, "TRUST", "--coder", "ana")
    copy = Path(shutil.copytree(team, tmp_path / "copy"))
    damaged(copy, statement)
    ran = program("doctor", copy, code=4)
    assert finding in ran.out
    assert "checks found problems." in ran.err
    bad = [one["finding"] for one in verb("doctor", copy, "--json", code=4).data if not one["well"]]
    assert any(finding in sentence for sentence in bad)
    verb("doctor", team)


def test_130_when_it_is_interrupted(team: Path) -> None:
    """A verb that waits for a study that is open elsewhere is stopped at the keyboard."""
    import fcntl

    with (team / "lock").open("a") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        words = [sys.executable, "-m", "qualbench", "themes", str(team), "new", "One"]
        waiting = subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, stdin=subprocess.DEVNULL)
        # it sleeps in its wait for the lock once it has the file open
        until = time.monotonic() + 90
        lock = os.path.realpath(team / "lock")
        while time.monotonic() < until and lock not in _open_files(waiting.pid):
            time.sleep(0.02)
        waiting.send_signal(signal.SIGINT)
        out, err = waiting.communicate(timeout=90)
    assert waiting.returncode == 130
    assert out == b""
    assert err.decode().strip() == "Interrupted; what was done before stays."


def _open_files(pid: int) -> set[str]:
    place = Path(f"/proc/{pid}/fd")
    return {os.path.realpath(file) for file in place.iterdir()} if place.is_dir() else set()


def test_130_when_a_question_is_broken_off(verb: Verb, team: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken_off(*_: object, **__: object) -> bool:
        raise click.Abort

    verb("themes", team, "new", "One")
    monkeypatch.setattr(cli.output, "asks", lambda: True)
    monkeypatch.setattr(click, "confirm", broken_off)
    ran = verb("themes", team, "drop", "One", "--reason", "thin", code=130)
    assert "Interrupted" in ran.err
    assert len(verb("themes", team, "list", "--json").data) == 1


def test_a_study_open_elsewhere_is_a_failure_and_can_be_read(
    team: Path, verb: Verb, monkeypatch: pytest.MonkeyPatch
) -> None:
    import fcntl

    patient = WriteLock.acquire
    monkeypatch.setattr(WriteLock, "acquire", lambda lock, patience=0.0: patient(lock, patience / 50))
    with (team / "lock").open("a") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        assert "open for writing elsewhere" in verb("themes", team, "new", "One", code=1).err
        assert verb("status", team, "--json").data["study"] == "study"


def test_a_full_disk_behind_stdout_is_a_failure_in_words(team: Path, tmp_path: Path, verb: Verb) -> None:
    rows = [("talk", *span, "TRUST", "ana", "") for span in places(team, "talk")]
    verb("codings", team, "import", table(tmp_path / "ana.csv", rows))
    for words in (("status", team), ("codings", team, "export", "--coder", "ana"), ("status", team, "--json")):
        with open("/dev/full", "wb") as full:
            ran = program(*words, code=1, capture_output=False, stdout=full, stderr=subprocess.PIPE)
        assert ran.err.strip() == "The output can not be read or written: No space left on device."


def test_a_reader_that_goes_away_is_no_drama(demo_folder: Path) -> None:
    words = f"{sys.executable} -m qualbench codings {demo_folder} export --json | head -c 10"
    done = subprocess.run(["/bin/sh", "-c", words], capture_output=True, timeout=60)
    assert len(done.stdout) == 10
    assert b"Traceback" not in done.stderr
    assert b"Exception" not in done.stderr


def test_an_output_that_has_no_such_characters_is_a_failure_in_words(team: Path) -> None:
    ran = program("status", team, code=1, env={**os.environ, "PYTHONIOENCODING": "iso8859-5"})
    assert ran.err == "The output's encoding, iso8859-5, can not show this. Set PYTHONUTF8=1.\n"
