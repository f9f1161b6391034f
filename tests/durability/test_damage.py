"""Damage anywhere: the doctor never falls over, says what is whole, names the last good copy, and repairs nothing."""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path

import pytest

from qualbench.errors import QualbenchError
from qualbench.project import Project, checkup
from qualbench.store import backups, doctor
from qualbench.store.database import connect
from tests.durability.conftest import complaints, done, place
from tests.store.conftest import everything

PAGE = 4096


def code_to(folder: Path, end: int, why: str = "") -> None:
    """Code on up to the n-th place, and keep a copy if a reason is given."""
    begin = done(folder)
    with Project.open(folder, "ana", write=True) as project:
        for n in range(begin, end):
            project.apply_code(project.open_pass("talk").id, "TRUST", *place(n))
        if why:
            project.back_up(why)


def settle(folder: Path) -> Path:
    """One file, and nothing in a log beside it."""
    db = connect(folder / "study.db")
    db.execute("pragma wal_checkpoint(truncate)")
    db.close()
    return folder / "study.db"


def flipped(whole: bytes, used: list[int], chance: random.Random) -> bytes:
    """One bit somewhere else where something is written; every fourth time in the first page, where all begins."""
    body = bytearray(whole)
    body[chance.choice(used[:1000] if chance.random() < 0.25 else used)] ^= 1 << chance.randrange(8)
    return bytes(body)


def told(path: Path) -> dict[str, list[tuple[object, ...]]]:
    """Everything that stands in a study, without when its tables were made and the words that are searched.

    Of the words for the search, what the doctor compares is in `findings`.
    """
    with closing(connect(path, readonly=True)) as db:
        rows = everything(db, but=("_sqlite_migrations",))
        return {name: one for name, one in rows.items() if not name.startswith("turn_words")}


@pytest.mark.parametrize("flips", [60, pytest.param(4000, marks=[pytest.mark.soak, pytest.mark.timeout(3600)])])
def test_bit_flips_never_bring_the_doctor_down(folder: Path, flips: int, figures: Callable[[str], None]) -> None:
    code_to(folder, 30)
    path = settle(folder)
    whole, before, chance, found = path.read_bytes(), told(path), random.Random(5), 0
    used = [at for at, byte in enumerate(whole) if byte]
    for number in range(flips):
        body = flipped(whole, used, chance)
        path.write_bytes(body)
        findings = doctor.examine(path)
        assert all(sentence.endswith(".") and "Traceback" not in sentence for _, sentence in findings)
        if all(well for well, _ in findings):
            assert told(path) == before, "something is another, and the doctor has not noticed"
        else:
            found += 1
        if number % 5 == 0:
            with suppress(QualbenchError):
                checkup.check_up(folder)
        assert path.read_bytes() == body, "it was changed by looking at it"
    figures(
        f"{flips} bits flipped, one at a time: the doctor fell over 0 times and found {found / flips:.0%};"
        " the others had changed nothing that can be read"
    )
    assert found > flips / 2


def tear(path: Path) -> None:
    """Zeros where most of the study was."""
    body = bytearray(path.read_bytes())
    body[PAGE : 30 * PAGE] = bytes(29 * PAGE)
    path.write_bytes(body)


DAMAGES: dict[str, Callable[[Path], object]] = {
    "torn pages": tear,
    "no database any more": lambda path: path.write_bytes(b"Minutes of a meeting. " * 3000),
    "half of it": lambda path: path.write_bytes(path.read_bytes()[: path.stat().st_size // 2 // PAGE * PAGE]),
    "an empty file": lambda path: path.write_bytes(b""),
    "gone": lambda path: path.unlink(),
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_the_last_good_copy_is_named_and_can_be_gone_back_to(folder: Path, damage: str) -> None:
    code_to(folder, 10, "by-hand")
    code_to(folder, 20, "by-hand")
    code_to(folder, 30, "by-hand")
    code_to(folder, 35)
    first, second, third = backups.copies(folder)
    tear(third)
    path = settle(folder)
    DAMAGES[damage](path)
    before = path.read_bytes() if path.exists() else None
    found = checkup.check_up(folder)
    assert found.bad
    assert found.last_good is not None
    assert found.last_good.path == second, "the newest is torn itself, and another is newer than the first"
    assert (path.read_bytes() if path.exists() else None) == before
    went = checkup.go_back(folder, second.name)
    assert done(folder) == 20
    assert complaints(folder) == []
    if before is None:
        assert went.aside is None
    else:
        assert went.aside is not None
        assert (went.aside / "study.db").read_bytes() == before
    code_to(folder, 25)
    assert {path.name for path in backups.copies(folder)} >= {first.name, second.name, third.name}


def test_what_is_in_the_log_goes_aside_with_the_file(folder: Path) -> None:
    """A study that was cut off has its newest work beside the file; it must not be read into the copy."""
    code_to(folder, 10, "by-hand")
    (copy,) = backups.copies(folder)
    with Project.open(folder, "ana", write=True) as project:
        for n in range(10, 20):
            project.apply_code(project.open_pass("talk").id, "TRUST", *place(n))
        cut_off = Path(shutil.copytree(folder, folder.with_name("cut-off")))
    assert (cut_off / "study.db-wal").stat().st_size > 0
    went = checkup.go_back(cut_off, copy.name)
    assert done(cut_off) == 10
    assert went.aside is not None
    set_aside = Path(shutil.copytree(went.aside, folder.with_name("looked-at")))
    assert done(set_aside) == 20, "what was set aside is not whole"


def test_after_going_back_copies_are_made_again(folder: Path) -> None:
    """Another history of the same length is not what the copies hold already."""
    code_to(folder, 10, "by-hand")
    code_to(folder, 20, "by-hand")
    first, second = backups.copies(folder)
    checkup.go_back(folder, first.name)
    code_to(folder, 20, "by-hand")
    third = backups.copies(folder)[-1]
    assert third.name[-12:] == second.name[-12:]
    assert third not in (first, second)
    checkup.go_back(folder, second.name)
    assert done(folder) == 20


def test_going_back_twice_keeps_both_files(folder: Path) -> None:
    code_to(folder, 10, "by-hand")
    (copy,) = backups.copies(folder)
    asides = []
    for end in (12, 14):
        code_to(folder, end)
        asides.append(checkup.go_back(folder, copy.name).aside)
    assert [done(aside) for aside in asides if aside] == [12, 14]


def test_a_copy_that_is_not_whole_is_refused(folder: Path) -> None:
    code_to(folder, 10, "by-hand")
    (copy,) = backups.copies(folder)
    tear(copy)
    for name, sentence in ((copy.name, "is not whole itself"), ("gone.db", "There is no copy 'gone.db'")):
        with pytest.raises(QualbenchError, match=sentence):
            checkup.go_back(folder, name)
    assert done(folder) == 10
    assert not list(folder.glob("set-aside*"))


def test_a_study_that_is_open_elsewhere_is_left_alone(folder: Path) -> None:
    code_to(folder, 10, "by-hand")
    (copy,) = backups.copies(folder)
    with Project.open(folder, "ana", write=True), pytest.raises(QualbenchError, match="open for writing elsewhere"):
        checkup.go_back(folder, copy.name)
    assert done(folder) == 10


def test_a_table_whose_name_is_no_text_any_more(folder: Path) -> None:
    """SQLite says which table it can not read, and what it says can not be read either."""
    path = settle(folder)
    whole = path.read_bytes()
    path.write_bytes(whole.replace(b"tablejournaljournal", b"tablejourn\xf4ljournal"))
    assert path.read_bytes() != whole
    findings = doctor.examine(path)
    assert not findings[0][0]
    with pytest.raises(QualbenchError):
        Project.open(folder, "ana").close()
