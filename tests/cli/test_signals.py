"""Told to end in the middle of a verb: the right exit code, one sentence at most, nothing half done, no lock left."""

from __future__ import annotations

import os
import signal
import socket
import struct
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path

import pytest

from qualbench.project import Project
from qualbench.store import database, syncing
from tests.conftest import BOOK, INTERVIEW, add_interview

ENDINGS = {signal.SIGINT: 130, signal.SIGTERM: 143, signal.SIGHUP: 129}
SENTENCE = "Interrupted; what was done before stays."
HELD = """
import os, sys, time
import {module} as held

there, name, at = int(sys.argv.pop(1)), "{name}", {at}
real, calls = getattr(held, name), []
def so_far(*given, **more):
    calls.append(1)
    if len(calls) == at:
        os.write(there, b"HERE")
        time.sleep(100)
    return real(*given, **more)
setattr(held, name, so_far)
from qualbench.cli import main
main(sys.argv[1:])
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A study with one interview."""
    with Project.create(tmp_path / "study", viewer="ana") as study:
        study.release_codebook("book.yaml", BOOK)
        add_interview(study, "talk.txt", INTERVIEW)
    return tmp_path / "study"


def held(script: str, *words: object) -> subprocess.Popen[str]:
    """A verb that has come to where the script holds it."""
    reader, writer = os.pipe()
    running = subprocess.Popen(
        [sys.executable, "-c", script, str(writer), *map(str, words)], pass_fds=[writer],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    os.close(writer)
    assert os.read(reader, 4) == b"HERE"
    os.close(reader)
    return running


def _ends(running: subprocess.Popen[str], number: signal.Signals) -> None:
    running.send_signal(number)
    out, err = running.communicate(timeout=90)
    assert running.returncode == ENDINGS[number], err
    assert "Traceback" not in out + err
    assert err.splitlines()[-1:] == [SENTENCE] * (number != signal.SIGHUP)


def goes_on(folder: Path) -> int:
    """The study can be written to at once and is whole; how many transcripts it has."""
    with Project.open(folder, "ana", write=True, patience=0) as study:
        assert [sentence for well, sentence in study.examine() if not well] == []
        return len(study.transcripts())


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_an_import_of_many_files_is_all_or_nothing(folder: Path, tmp_path: Path, number: signal.Signals) -> None:
    files = [tmp_path / f"more{n}.txt" for n in range(6)]
    for one in files:
        one.write_text(f"{INTERVIEW}I: That was {one.stem}.\n")
    script = HELD.format(module="qualbench.store.journal", name="_chained", at=8)
    _ends(held(script, "import", folder, *files, "--yes", "--as", "ana"), number)
    assert goes_on(folder) == 1


def test_an_export_leaves_no_part_of_a_file(folder: Path, tmp_path: Path) -> None:
    script = HELD.format(module="os", name="replace", at=1)
    _ends(held(script, "export", folder, "qdpx", "-o", tmp_path / "out.qdpx", "--as", "ana"), signal.SIGINT)
    assert [path.name for path in tmp_path.iterdir() if "out" in path.name] == []
    goes_on(folder)


def test_an_ending_that_is_ignored_stays_ignored(folder: Path) -> None:
    """As with nohup: a closed terminal does not end what was begun to go on without one."""
    script = "import signal\nsignal.signal(signal.SIGHUP, signal.SIG_IGN)\n" + HELD.format(
        module="qualbench.store.journal", name="_chained", at=1
    ).replace("time.sleep(100)", "sys.stdin.readline()")
    running = held(script, "themes", folder, "new", "One", "--as", "ana")
    running.send_signal(signal.SIGHUP)
    _, err = running.communicate("\n", timeout=90)
    assert running.returncode == 0, err


# --- a hub that hangs ------------------------------------------------------------------------------------------------


class Hanging:
    """Lets everybody in as PostgreSQL does, and never answers the first question."""

    def __init__(self) -> None:
        self.listening = socket.create_server(("127.0.0.1", 0))
        self.port: int = self.listening.getsockname()[1]
        self.asked = threading.Event()
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self) -> None:
        with suppress(OSError, struct.error):
            while True:
                came, _ = self.listening.accept()
                threading.Thread(target=self._hang, args=(came,), daemon=True).start()

    def _hang(self, came: socket.socket) -> None:
        with suppress(OSError, struct.error), closing(came):
            size, what = struct.unpack(">ii", came.recv(8))
            while what in (80877103, 80877104):
                came.sendall(b"N")
                size, what = struct.unpack(">ii", came.recv(8))
            came.recv(size - 8)
            encoding = b"client_encoding\0UTF8\0"
            came.sendall(
                b"R" + struct.pack(">ii", 8, 0) + b"S" + struct.pack(">i", 4 + len(encoding)) + encoding
                + b"K" + struct.pack(">iii", 12, 1, 1) + b"Z" + struct.pack(">i", 5) + b"I"
            )  # fmt: skip
            came.recv(1)
            self.asked.set()
            while came.recv(4096):
                pass


@pytest.fixture
def hanging() -> Iterator[Hanging]:
    server = Hanging()
    yield server
    server.listening.close()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_sync_with_a_hub_that_hangs(folder: Path, hanging: Hanging, number: signal.Signals) -> None:
    with closing(database.connect(folder / "study.db")) as db, database.transaction(db):
        syncing.keep_state(db, syncing.State("ana", "ana", False, "", "life", ""))
    url = f"postgresql://ana@127.0.0.1:{hanging.port}/shelter"
    (folder / "qualbench.toml").write_text(f'[hub]\nurl = "{url}"\n')
    words = [sys.executable, "-m", "qualbench", "hub", str(folder), "sync", "--as", "ana"]
    running = subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert hanging.asked.wait(90)
    _ends(running, number)
    assert goes_on(folder) == 1
