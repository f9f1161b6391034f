"""A study at the level of facts: no project, no files to import, ids that can be read."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable, Collection, Iterator
from pathlib import Path

import pytest

from qualbench import events as e
from qualbench.store import journal
from qualbench.store.database import Connection, connect
from qualbench.store.migrations import migrate

TEXT = "I: How was it?\nP1: I came back wet. She lent me a coat.\nI: And now?\nP1: Now I bring two.\n"
RAIN = "rain"
WET, COAT, LENDING, TWO = (19, 35), (36, 55), (19, 55), (72, 88)
"""'I came back wet.', 'She lent me a coat.', the turn that holds both, and 'Now I bring two.'"""


def writer(actor: str = "ana", device: str = "device-a") -> journal.Writer:
    return journal.Writer(device, actor, "2026-01-05T09:00:00.000000Z")


def record(db: Connection, actor: str, *events: e.Event, step: str = "") -> None:
    journal.record(db, writer(actor), events, step=step)


def applied(coder: str, coding: str, code: str, span: tuple[int, int]) -> e.CodeApplied:
    quote = str(e.seal(TEXT[slice(*span)]))
    return e.CodeApplied(
        transcript=RAIN, pass_id=f"pass-{coder}", coding=coding, code=code, start=span[0], end=span[1], quote=quote
    )


def nothing(coder: str, span: tuple[int, int]) -> e.NothingMarked:
    return e.NothingMarked(transcript=RAIN, pass_id=f"pass-{coder}", start=span[0], end=span[1])


def opened(coder: str, transcript: str = RAIN) -> e.PassOpened:
    return e.PassOpened(transcript=transcript, pass_id=f"pass-{coder}", coder=coder, codebook="1.0", rule="turn")


def submitted(coder: str) -> e.PassSubmitted:
    return e.PassSubmitted(transcript=RAIN, pass_id=f"pass-{coder}", skipped=[])


def imported(transcript: str = RAIN, name: str = "01-rain", text: str = TEXT) -> e.TranscriptImported:
    layout = {
        "speakers": [["I", "interviewer"], ["P1", "participant"]],
        "turns": [[0, 3, 14, 0, None], [15, 19, 55, 1, 4.5], [56, 59, 67, 0, None], [68, 72, 88, 1, 9.0]],
    }
    return e.TranscriptImported(
        transcript=transcript, name=name, source=f"{name}.txt", original=e.seal(text), text=e.seal(text),
        layout=e.seal(json.dumps(layout)), reader="plain", encoding="utf-8", words=16,
    )  # fmt: skip


def codings(db: Connection) -> list[tuple[str, str, int, int]]:
    """Coder, code and place of every coding there is."""
    return db.execute('select coder, code, start, "end" from coding order by coder, start, code').fetchall()


def attention(db: Connection) -> list[str]:
    return [row[0] for row in db.execute("select sentence from attention order by rowid")]


def everything(db: Connection, but: Collection[str] = ()) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table but these, to see that nothing at all has changed."""
    names = [row[0] for row in db.execute("select name from sqlite_master where type = 'table'")]
    return {name: db.execute(f'select * from "{name}"').fetchall() for name in names if name not in but}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "study.db"


@pytest.fixture
def empty(path: Path) -> Iterator[Connection]:
    """A database with its tables and nothing in them."""
    db = connect(path)
    migrate(db)
    yield db
    db.close()


@pytest.fixture
def db(empty: Connection) -> Connection:
    """A study for two coders with one transcript, and an open pass of ana and of ben on it."""
    record(empty, "cleo", e.StudyCreated(study="study-1", name="Rain", method="codebook-ta", coders=2))
    record(
        empty, "cleo", imported(),
        e.Segmented(transcript=RAIN, rule="turn", segments=[[3, 14, 0], [19, 55, 1], [59, 67, 2], [72, 88, 3]]),
    )  # fmt: skip
    record(empty, "ana", opened("ana"))
    record(empty, "ben", opened("ben"))
    return empty


@pytest.fixture
def read_only(tmp_path: Path) -> Iterator[Callable[[Path], Path]]:
    """Shows a folder as it looks on media that cannot be written; needs the right to mount."""
    mounted: list[Path] = []

    def show(folder: Path) -> Path:
        place = tmp_path / "read-only"
        place.mkdir()
        bound = subprocess.run(["mount", "--bind", folder, place], capture_output=True, text=True)
        if bound.returncode:
            pytest.skip(f"nothing can be mounted here: {bound.stderr.strip()}")
        mounted.append(place)
        subprocess.run(["mount", "-o", "remount,bind,ro", place], check=True, capture_output=True)
        return place

    yield show
    for place in mounted:
        subprocess.run(["umount", "-l", place], check=True)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 100 kB; needs the right to mount."""
    place = tmp_path / "small-disk"
    place.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=100k", "tmpfs", place], capture_output=True, text=True
    )
    if mounted.returncode:
        pytest.skip(f"nothing can be mounted here: {mounted.stderr.strip()}")
    yield place
    subprocess.run(["umount", "-l", place], check=True)
