"""The doctor: says that a sound study is sound, finds every damage that is planted, and changes nothing."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from qualbench import events as e
from qualbench.store import doctor, journal
from qualbench.store.database import Connection, connect
from tests.store.conftest import COAT, applied, attention, record, writer


@pytest.fixture
def damaged(demo_folder: Path) -> Connection:
    """The demo study, open for mischief: the triggers that guard the journal are gone."""
    db = connect(demo_folder / "study.db")
    for verb in ("update", "delete"):
        db.execute(f"drop trigger journal_no_{verb}")
    return db


def complaints(path: Path) -> list[str]:
    return [sentence for well, sentence in doctor.examine(path) if not well]


def test_a_sound_study_is_called_sound(demo_folder: Path) -> None:
    findings = doctor.examine(demo_folder / "study.db")
    assert [well for well, _ in findings] == [True] * 7
    assert findings[2][1] == "The journal's entries are linked without a gap."


def test_a_study_with_undone_steps_is_sound(db: Connection, path: Path) -> None:
    record(db, "ana", applied("ana", "c1", "HELP", COAT), step="s1")
    for undo in (True, False, True):
        journal.switch(db, writer(), "s1", undo=undo)
    assert complaints(path) == []


FORTIETH = "(select seq from journal order by seq limit 1 offset 39)"
EDITED = "The journal was changed or is not complete at entry"
THIRD = "(select n from coding order by n limit 1 offset 2)"
SHOWN = "What is shown differs from the journal in"

DAMAGES: dict[str, tuple[str, str]] = {
    "an edited entry": (
        "update journal set data = replace(data, 'code', 'cope') where seq = (select seq from journal"
        " where kind = 'code_applied' limit 1)", EDITED,
    ),
    "another actor": (f"update journal set actor = 'mallory' where seq = {FORTIETH}", f"{EDITED} 40."),
    "another time": (f"update journal set at = '2020-01-01T00:00:00.000000Z' where seq = {FORTIETH}", f"{EDITED} 40."),
    "an entry taken out": (f"delete from journal where seq = {FORTIETH}", EDITED),
    "the newest entry taken out": ("delete from journal where seq = (select max(seq) from journal)", SHOWN),
    "changed words": (
        "update content set body = cast(replace(cast(body as text), 'I ', 'we ') as blob)"
        " where hash = (select text from transcript limit 1)", "1 stored texts differ from what was sealed.",
    ),
    "words of another type": (
        "update content set body = 'text' where hash = (select text from transcript limit 1)",
        "1 stored texts differ from what was sealed.",
    ),
    "a layout that is no JSON": (
        "update content set body = x'ff00' where hash = (select layout from transcript limit 1)",
        "1 stored texts differ from what was sealed.",
    ),
    "words taken out": (
        "delete from content where hash = (select idea from theme limit 1)",
        "1 texts that the journal names are not there.",
    ),
    "a code changed where it is shown": (
        f"update coding set code = 'ELSEWHERE' where n = {THIRD}", f"{SHOWN}: coding.",
    ),
    "a place changed where it is shown": ("update nothing_applies set start = start + 1", f"{SHOWN}: nothing_applies."),
    "a coding taken out": (f"delete from coding where n = {THIRD}", f"{SHOWN}: coding."),
    "a coding put in": (
        "insert into coding select n + 100000, 'new', pass, transcript, coder, start, \"end\", code, quote, 0 from"
        " coding limit 1", f"{SHOWN}: coding.",
    ),
    "a pass opened again": ("update pass set state = 'open' where state = 'submitted'", f"{SHOWN}: pass."),
    "a decision changed": ("update decision set outcome = 'both' where outcome <> 'both'", f"{SHOWN}: decision."),
    "a speaker's role changed": ("update speaker set role = 'other'", f"{SHOWN}: speaker."),
    "a theme renamed": ("update theme set name = name || '!'", f"{SHOWN}: theme."),
    "a step called undone": ("update step set undone = 1 where undoable", f"{SHOWN}: step."),
    "a coding that does not fit": (
        f"update coding set start = start + 1 where n = {THIRD}",
        "1 codings or quotes no longer fit the text at their place.",
    ),
    "an entry that needs attention": (
        "insert into attention values ('x', 'A pass was submitted that is not open.')",
        "1 entries need attention: A pass was submitted that is not open.",
    ),
}  # fmt: skip


@pytest.mark.parametrize("what", DAMAGES)
def test_a_planted_damage_is_found_and_said_plainly(damaged: Connection, demo_folder: Path, what: str) -> None:
    damage, sentence = DAMAGES[what]
    assert damaged.execute(damage).rowcount != 0
    damaged.close()
    found = complaints(demo_folder / "study.db")
    assert any(sentence in complaint for complaint in found), found


def test_words_that_only_history_names_are_missed_too(db: Connection, path: Path) -> None:
    """A memo that was written anew: undo would need the first words."""
    for body in ("First.", "Second."):
        record(
            db, "ana", e.MemoWritten(transcript="rain", pass_id="pass-ana", memo="m", start=0, end=5, body=e.seal(body))
        )
    db.execute("delete from content where hash = ?", (hashlib.sha256(b"First.").hexdigest(),))
    assert complaints(path) == ["1 texts that the journal names are not there."]


def test_an_entry_that_no_longer_fits_is_told(db: Connection, path: Path) -> None:
    record(db, "ana", e.CodeRemoved(transcript="rain", pass_id="gone", coding="c"))
    assert attention(db) != []
    assert complaints(path) == ["1 entries need attention: A code was removed in a pass that is not open."]


@pytest.mark.parametrize(
    "needle",
    [
        "select substr(cast(body as text), 3000, 12) from content join transcript on text = hash limit 1",
        "select substr(cast(body as text), 40, 12) from content join codebook on codes = hash",
        f"select hash from journal where seq = {FORTIETH}",
        "select quote from coding order by n limit 1 offset 4",
        "select id from coding order by n limit 1 offset 4",
    ],
)
def test_one_flipped_bit_in_the_file_is_found(demo_folder: Path, needle: str) -> None:
    path = demo_folder / "study.db"
    db = connect(path)
    db.execute("pragma wal_checkpoint(truncate)")
    body = db.execute(needle).fetchone()[0].encode()
    db.close()
    flipped = bytes([*body[:4], body[4] ^ 0x01, *body[5:]])
    path.write_bytes(path.read_bytes().replace(body, flipped))  # everywhere: pages keep remains of what was moved
    assert complaints(path) != []


def test_a_torn_page_is_found(demo_folder: Path) -> None:
    path = demo_folder / "study.db"
    db = connect(path)
    db.execute("pragma wal_checkpoint(truncate)")
    root = db.execute("select rootpage from sqlite_master where name = 'coding'").fetchone()[0]
    db.close()
    raw = bytearray(path.read_bytes())
    raw[(root - 1) * 4096 : root * 4096] = bytes(4096)
    path.write_bytes(raw)
    found = complaints(path)
    assert found[0].startswith("The database file is damaged:")
    assert all(sentence.endswith(".") and "Traceback" not in sentence for sentence in found)


@pytest.mark.parametrize("plant", ["nothing", "update coding set code = 'X' where n = 1"])
def test_the_doctor_changes_nothing(demo_folder: Path, plant: str) -> None:
    path = demo_folder / "study.db"
    db = connect(path)
    if plant != "nothing":
        db.execute(plant)
    db.close()
    before = path.read_bytes()
    doctor.examine(path)
    assert path.read_bytes() == before
    assert not list(demo_folder.glob("*.part*"))


def test_it_examines_while_somebody_writes(demo_folder: Path) -> None:
    writing = connect(demo_folder / "study.db")
    writing.execute("begin immediate")
    writing.execute("insert into content values ('h', x'00')")
    assert complaints(demo_folder / "study.db") == []
    writing.execute("rollback")


def test_it_examines_a_study_that_cannot_be_written(demo_folder: Path, read_only: Callable[[Path], Path]) -> None:
    db = connect(demo_folder / "study.db")
    db.execute("pragma wal_checkpoint(truncate)")
    db.close()
    assert complaints(read_only(demo_folder) / "study.db") == []


def test_a_backup_is_a_sound_study(demo_folder: Path, tmp_path: Path) -> None:
    db = connect(demo_folder / "study.db")
    db.execute("vacuum into ?", (str(tmp_path / "copy.db"),))
    assert complaints(tmp_path / "copy.db") == []
    shutil.rmtree(demo_folder)
    assert complaints(tmp_path / "copy.db") == []
