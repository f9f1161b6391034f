"""Encrypted studies: no planted word in any file at any step, whole wherever encrypting is cut short, calm refusals."""

from __future__ import annotations

import os
import shutil
import signal
import struct
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import datetime
from pathlib import Path

import pytest

from qualbench.errors import DamagedStudy, QualbenchError, StudyInUse
from qualbench.model import Outcome, Reason
from qualbench.project import Project, encrypting
from qualbench.store import backups, database, doctor, keys, migrations, sealing, unlocking
from qualbench.store.keys import NewKey, WrongPassphrase, WrongRecoveryKey
from qualbench.store.unlocking import KeyFileMissing, Locked
from tests.cheap_keys import WORDS, cheap
from tests.conftest import BOOK, INTERVIEW, add_interview, spans
from tests.project.processes import all_of, at_work, in_child, kill

__all__ = ["cheap"]

PLANTED = ("xylograph", "zymurgy", "quokka", "bergamot", "oubliette", "kumquat", "marzipan", "gallimaufry")
"""Words for a text, a definition, a memo, a note, a theme, its idea, a decision and a name."""
TEXT = INTERVIEW.replace("at once", PLANTED[0])


@pytest.fixture
def made() -> NewKey:
    return encrypting.new_key(WORDS)


def begun(folder: Path, clock: Callable[[], datetime], key: NewKey | None) -> Iterator[Project]:
    """A study's life, step by step, with a planted word in everything that people write."""
    with Project.create(folder, name=PLANTED[7], viewer="ana", clock=clock, key=key) as project:
        yield project
        project.release_codebook("book.yaml", BOOK.replace("They trust each other.", f"As in {PLANTED[1]}."))
        add_interview(project, "talk.txt", TEXT)
        yield project
        for coder, codes in (("ana", ("TRUST", "HOPE")), ("ben", ("TRUST", "FEAR"))):
            project.viewer = coder
            pass_ = project.open_pass("talk")
            for (start, end), one in zip(spans(project), (*codes, *codes), strict=True):
                project.apply_code(pass_.id, one, start, end)
            start, end = spans(project)[0]
            project.write_memo(pass_.id, start, end, f"like a {PLANTED[2]}")
            project.star(pass_.id, start, end, f"with {PLANTED[3]}")
            yield project
            subject = project.transcript("talk").id
            project.undo(subject, "coding")
            project.redo(subject, "coding")
            project.submit(["talk"])
        yield project
        item = project.agenda()[0]
        project.decide(item, Outcome.BOTH, reason=Reason.SLIP, note=f"a {PLANTED[6]}")
        project.create_theme(PLANTED[4], f"an idea of {PLANTED[5]}")
        theme = project.theme(PLANTED[4])
        project.gather_codes(theme, ["TRUST"])
        project.pick_quote(theme, project.transcript("talk").id, *spans(project)[0])
        yield project
        project.back_up("by-hand")
        assert all(well for well, _ in project.examine())
        assert project.search(PLANTED[0])
        yield project


def holding(folder: Path) -> set[str]:
    """The files in a folder in which a planted word can be read."""
    found = set()
    for path in folder.rglob("*"):
        body = path.read_bytes().lower() if path.is_file() else b""
        if any(word.encode(code) in body for word in PLANTED for code in ("utf-8", "utf-16-le")):
            found.add(path.relative_to(folder).parts[0])
    return found


def counts(folder: Path) -> tuple[int, int]:
    """How many turns hold the planted word, and how many facts there are."""
    with Project.open(folder, "ana") as project:
        facts: int = project._db.execute("select count(*) from journal").fetchone()[0]
        return len(project.search(PLANTED[0])), facts


@pytest.fixture
def plain(tmp_path: Path, clock: Callable[[], datetime]) -> Path:
    """A study that was lived through and is not encrypted."""
    for _ in begun(tmp_path / "plain", clock, None):
        pass
    return tmp_path / "plain"


@pytest.fixture
def sealed(tmp_path: Path, clock: Callable[[], datetime], made: NewKey) -> Path:
    """A study that was encrypted from the beginning and lived through."""
    for _ in begun(tmp_path / "sealed", clock, made):
        pass
    return tmp_path / "sealed"


# --- nothing can be read ---------------------------------------------------------------------------------------


def test_no_planted_word_is_in_any_file_at_any_step(
    tmp_path: Path, clock: Callable[[], datetime], made: NewKey
) -> None:
    steps = 0
    for project in begun(tmp_path / "study", clock, made):
        names = {path.name for path in project.folder.iterdir()}
        assert {"study.db", "study.db-wal", "study.key"} <= names
        assert holding(tmp_path) == set()
        steps += 1
    assert steps == 7
    assert len(backups.copies(tmp_path / "study")) == 1
    assert holding(tmp_path) == set()


def test_in_a_study_that_is_not_encrypted_every_one_of_them_is_found(
    tmp_path: Path, clock: Callable[[], datetime]
) -> None:
    """So the search above can fail: database, log and copy all hold them."""
    life = begun(tmp_path / "study", clock, None)
    for _ in range(3):
        next(life)
    assert holding(tmp_path / "study") >= {"study.db-wal"}
    for _ in life:
        pass
    assert holding(tmp_path / "study") == {"study.db", "backups"}
    body = (tmp_path / "study" / "study.db").read_bytes().lower()
    assert [word for word in PLANTED if word.encode() not in body] == []


def test_what_is_sorted_or_checked_is_never_put_on_the_disk(sealed: Path, tmp_path: Path) -> None:
    """Doctor copies the whole study beside itself, and the vocabulary is read through a table: in memory, both."""
    opened: list[str] = []
    with Project.open(sealed, "ana", write=True) as project:
        assert project._db.execute("pragma temp_store").fetchone() == (2,)
        sys.addaudithook(lambda event, given: opened.append(str(given[0])) if event == "open" else None)
        project.examine()
        list(project._db.execute("select body from content order by hex(body) desc"))
        held = {os.path.realpath(f"/proc/self/fd/{number}") for number in os.listdir("/proc/self/fd")}
    assert {Path(one).name for one in held if str(sealed) in one} <= {
        "study.db",
        "study.db-wal",
        "study.db-shm",
        "lock",
    }
    assert not [one for one in opened if "etilqs" in one]


def test_a_fault_of_the_program_shows_no_key_and_no_passphrase(sealed: Path, tmp_path: Path) -> None:
    import subprocess

    code = (
        "import sys\nfrom pathlib import Path\nfrom qualbench.cli import run\nfrom qualbench.project import Project\n"
        "def broken(self): raise AssertionError('a fault')\nProject.transcripts = broken\n"
        f"run(['status', {str(sealed)!r}])\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60)
    key = unlocking.key_for(sealed / "study.db")
    assert key is not None
    assert "AssertionError: a fault" in done.stderr
    for secret in (WORDS, key.hex(), *PLANTED):
        assert secret not in done.stderr + done.stdout


# --- opening ---------------------------------------------------------------------------------------------------


def test_a_wrong_passphrase_is_a_sentence_and_changes_nothing(
    sealed: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    before = {path: path.read_bytes() for path in sealed.rglob("*") if path.is_file()}
    unlocking.forget()
    monkeypatch.setenv(unlocking.PASSPHRASE, "not these")
    for write in (False, True):
        with pytest.raises(WrongPassphrase):
            Project.open(sealed, "ana", write=write)
    monkeypatch.delenv(unlocking.PASSPHRASE)
    with pytest.raises(Locked, match="nobody is here"):
        Project.open(sealed, "ana")
    with pytest.raises(Locked):
        database.connect(sealed / "study.db")
    assert capfd.readouterr() == ("", "")
    assert {path: path.read_bytes() for path in sealed.rglob("*") if path.is_file()} == before
    monkeypatch.setenv(unlocking.PASSPHRASE, WORDS)
    assert counts(sealed)[0] == 1


def test_the_passphrase_is_asked_for_once_in_a_process(sealed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[Path] = []
    monkeypatch.setattr(unlocking, "_asked", lambda folder: asked.append(folder) or WORDS)
    for _ in range(3):
        counts(sealed)
    assert asked == []
    unlocking.forget()
    for _ in range(3):
        counts(sealed)
    assert asked == [sealed]


def test_without_its_key_file_a_study_is_said_to_need_it(
    sealed: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    (sealed / "study.key").rename(tmp_path / "kept.key")
    with pytest.raises(KeyFileMissing, match=r"its key file study\.key is not beside it") as error:
        Project.open(sealed, "ana")
    assert "backups/" in error.value.hint
    shutil.copy(sealed / "backups" / "study.key", sealed / "study.key")
    assert counts(sealed)[0] == 1
    assert capfd.readouterr() == ("", "")


def test_the_key_file_of_another_study_does_not_open_it(sealed: Path, capfd: pytest.CaptureFixture[str]) -> None:
    (sealed / "study.key").write_bytes(keys.new(WORDS).body)
    with pytest.raises(DamagedStudy, match=r"study\.key is the key of something else"):
        Project.open(sealed, "ana")
    assert capfd.readouterr() == ("", "")


def test_a_study_with_a_damaged_key_file_is_a_sentence(sealed: Path) -> None:
    (sealed / "study.key").write_bytes(b"{}")
    with pytest.raises(keys.BadKeyFile):
        Project.open(sealed, "ana")


def test_a_backup_opens_alone_with_the_passphrase(sealed: Path, tmp_path: Path) -> None:
    shutil.copytree(sealed / "backups", tmp_path / "away")
    (tmp_path / "again").mkdir()
    copy = backups.copies(sealed)[0]
    shutil.rmtree(sealed)
    shutil.copy(tmp_path / "away" / copy.name, tmp_path / "again" / "study.db")
    shutil.copy(tmp_path / "away" / "study.key", tmp_path / "again" / "study.key")
    unlocking.forget()
    assert counts(tmp_path / "again")[0] == 1


# --- the passphrase --------------------------------------------------------------------------------------------


def test_another_passphrase_rewrites_nothing_but_the_key_files(
    sealed: Path, monkeypatch: pytest.MonkeyPatch, made: NewKey
) -> None:
    before = {path: path.read_bytes() for path in sealed.rglob("*") if path.is_file()}
    encrypting.change_passphrase(sealed, "entirely other words")
    changed = {path for path, body in before.items() if path.read_bytes() != body}
    assert changed == {sealed / "study.key", sealed / "backups" / "study.key"}
    unlocking.forget()
    with pytest.raises(WrongPassphrase):
        Project.open(sealed)
    monkeypatch.setenv(unlocking.PASSPHRASE, "entirely other words")
    assert counts(sealed)[0] == 1
    with pytest.raises(encrypting.WeakPassphrase):
        encrypting.change_passphrase(sealed, "short")


def test_the_recovery_key_sets_a_new_passphrase(sealed: Path, made: NewKey, monkeypatch: pytest.MonkeyPatch) -> None:
    unlocking.forget()
    before = (sealed / "study.db").read_bytes()
    with pytest.raises(WrongRecoveryKey):
        encrypting.recover(sealed, keys.grouped(keys.new_recovery()), "entirely other words")
    encrypting.recover(sealed, made.recovery, "entirely other words")
    assert (sealed / "study.db").read_bytes() == before
    unlocking.forget()
    monkeypatch.setenv(unlocking.PASSPHRASE, "entirely other words")
    assert counts(sealed)[0] == 1
    again = encrypting.change_passphrase(sealed, WORDS, renew=True)
    with pytest.raises(WrongRecoveryKey):
        encrypting.check_recovery(sealed, made.recovery)
    encrypting.check_recovery(sealed, again)


def test_a_study_that_is_open_goes_on_while_its_passphrase_is_changed(sealed: Path) -> None:
    with Project.open(sealed, "ana", write=True) as project:
        encrypting.change_passphrase(sealed, "entirely other words")
        project.create_theme("another", "")
        project.back_up("after")
        assert all(well for well, _ in project.examine())


# --- damage ----------------------------------------------------------------------------------------------------


def test_every_page_with_one_flipped_bit_is_noticed(sealed: Path) -> None:
    path = sealed / "study.db"
    body = path.read_bytes()
    assert all(well for well, _ in doctor.examine(path))
    pages, not_opened = len(body) // 4096, 0
    assert pages > 20
    for page in range(pages):
        flipped = bytearray(body)
        flipped[page * 4096 + (page * 97) % 4096] ^= 1 << page % 8
        path.write_bytes(flipped)
        try:
            with closing(database.connect(path, readonly=True)) as db:
                is_well, told = doctor._database(db)
        except DamagedStudy:
            not_opened += 1
        else:
            assert not is_well, page
            assert "damaged in 1 encrypted page" in told
    assert 0 < not_opened < 10, "the pages that say what tables there are"
    path.write_bytes(body)
    assert all(well for well, _ in doctor.examine(path))


def test_a_copy_that_is_damaged_does_not_count(sealed: Path) -> None:
    copy = backups.copies(sealed)[0]
    assert backups.is_whole(copy)
    body = bytearray(copy.read_bytes())
    body[100] ^= 1
    copy.write_bytes(body)
    assert not backups.is_whole(copy)


# --- two processes, kills, migrations --------------------------------------------------------------------------


def test_two_processes_share_an_encrypted_study(sealed: Path) -> None:
    def opened() -> Project:
        unlocking.forget()
        return Project.open(sealed, "ben", write=True)

    with at_work(opened):
        with pytest.raises(StudyInUse):
            Project.open(sealed, "ana", write=True, patience=0)
        assert counts(sealed)[0] == 1
    with Project.open(sealed, "ana", write=True, patience=0) as project:
        project.create_theme("another", "")


def test_what_was_acknowledged_before_a_kill_is_there(sealed: Path) -> None:
    def write(tell: int) -> None:
        with Project.open(sealed, "ana", write=True) as project:
            for n in range(10_000):
                project.create_theme(f"theme {n}", PLANTED[0])
                os.write(tell, struct.pack("q", n))

    pid, told = in_child(write)
    for _ in range(20):
        os.read(told, 8)
    assert kill(pid)
    rest = all_of(told)
    acknowledged = 20 + len(rest) // 8
    assert holding(sealed) == set()
    with Project.open(sealed, "ana", write=True) as project:
        found = sum(theme.name.startswith("theme ") for theme in project.themes())
        assert acknowledged <= found <= acknowledged + 1
        assert all(well for well, _ in project.examine())


def test_an_older_encrypted_study_is_backed_up_and_brought_up_to_date(
    sealed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Project.open(sealed, "ana", write=True) as project:
        project.create_theme("another", "")
    monkeypatch.setattr(migrations, "VERSION", migrations.VERSION + 1)
    with Project.open(sealed, "ana", write=True) as project:
        assert project.search(PLANTED[0])
    assert any("before-migration" in copy.name for copy in backups.copies(sealed))
    assert holding(sealed) == set()


# --- encrypting what is there ----------------------------------------------------------------------------------


def test_a_plain_study_becomes_an_encrypted_one_with_all_that_is_in_it(plain: Path, made: NewKey) -> None:
    before, copies = counts(plain), backups.copies(plain)
    times = [copy.stat().st_mtime_ns for copy in copies]
    encrypting.encrypt(plain, made)
    assert counts(plain) == before
    assert holding(plain) == {"backups"}
    assert encrypting.plain_copies(plain) == copies
    assert encrypting.encrypt_copies(plain) == len(copies) == 1
    assert encrypting.plain_copies(plain) == []
    assert holding(plain) == set()
    assert backups.copies(plain) == copies
    assert [copy.stat().st_mtime_ns for copy in copies] == times
    assert all(backups.is_whole(copy) for copy in copies)
    with Project.open(plain, "ana", write=True) as project:
        assert all(well for well, _ in project.examine())
        project.create_theme("another", "")
    assert sorted(path.name for path in plain.iterdir()) == [
        "backups", "exports", "lock", "qualbench.toml", "study.db", "study.key",
    ]  # fmt: skip


def test_plain_copies_can_be_destroyed_instead(plain: Path, made: NewKey) -> None:
    encrypting.encrypt(plain, made)
    assert encrypting.destroy_copies(plain) == 1
    assert backups.copies(plain) == []
    assert holding(plain) == set()


def test_while_anybody_reads_it_a_study_is_not_encrypted(
    plain: Path, made: NewKey, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = database.dbapi2.connect
    monkeypatch.setattr(database.dbapi2, "connect", lambda *a, **more: real(*a, **more | {"timeout": 0.1}))
    body = (plain / "study.db").read_bytes()
    for write, refused in ((False, sealing.ReadElsewhere), (True, StudyInUse)):
        with at_work(lambda write=write: Project.open(plain, "ben", write=write)), pytest.raises(refused):
            encrypting.encrypt(plain, made)
    assert not encrypting.is_encrypted(plain)
    assert counts(plain)[0] == 1
    assert len(body) == (plain / "study.db").stat().st_size
    assert not (plain / ".encrypting").exists()


@pytest.fixture
def in_memory(tmp_path: Path) -> Iterator[Path]:
    """A place where waiting for the disk takes no time, where there is one."""
    quick = Path("/dev/shm")
    with tempfile.TemporaryDirectory(dir=quick if quick.is_dir() else tmp_path) as place:
        yield Path(place)


CALLS = (
    "os.replace", "os.open", "os.fsync", "os.pwrite", "pathlib.Path.mkdir", "pathlib.Path.rmdir",
    "qualbench.store.sealing._export", "qualbench.store.sealing._told", "qualbench.store.sealing.put",
)  # fmt: skip


@pytest.mark.parametrize("how", ["fails", "is killed"])
def test_cut_short_anywhere_it_is_the_old_study_or_the_new_one(
    study: Project, made: NewKey, how: str, in_memory: Path
) -> None:
    """The N-th step of the disk fails, or the process is killed just before it, for N = 1 until it succeeds."""
    add_interview(study, "second.txt", TEXT)
    study.close()
    plain = study.folder
    before = counts(plain)
    ends: dict[bool, int] = {False: 0, True: 0}
    for n in range(1, 200):
        folder = Path(shutil.copytree(plain, in_memory / f"{n}"))
        pid, told = in_child(lambda tell, n=n, folder=folder: _cut_short(folder, made, n, how, tell))
        finished = all_of(told) == b"1"
        os.waitpid(pid, 0)
        unlocking.forget()
        assert counts(folder) == before, n
        is_new = encrypting.is_encrypted(folder)
        ends[is_new] += 1
        if is_new:
            assert "study.db" not in holding(folder)
        elif n % 4 == 0:
            unlocking.forget()
            encrypting.encrypt(folder, made)
            assert counts(folder) == before
            assert not (folder / ".encrypting").exists()
        shutil.rmtree(folder)
        if finished:
            break
    assert finished
    assert ends[False] > 3
    assert ends[True] > 3


def _cut_short(folder: Path, made: NewKey, n: int, how: str, tell: int) -> None:
    """In a process of its own: encrypt, and let the n-th step fail or be the last."""
    count = 0

    def counted(real: Callable[..., object]) -> Callable[..., object]:
        def call(*given: object, **more: object) -> object:
            nonlocal count
            count += 1
            if count == n and how == "is killed":
                os.kill(os.getpid(), signal.SIGKILL)
            if count == n:
                raise OSError(5, "Input/output error")
            return real(*given, **more)

        return call

    import importlib

    for name in CALLS:
        where, _, last = name.rpartition(".")
        module, _, _ = where.partition(".Path")
        owner = importlib.import_module(module)
        owner = owner.Path if where.endswith(".Path") else owner
        setattr(owner, last, counted(getattr(owner, last)))
    sealing.doctor.examine = lambda _: []  # it takes long and touches nothing
    try:
        encrypting.encrypt(folder, made)
    except OSError:
        os._exit(0)
    os.write(tell, b"1")
    os._exit(0)


def test_a_copy_that_is_not_the_same_is_never_put_in_place(
    plain: Path, made: NewKey, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = sealing._export

    def loses_a_row(db: database.Connection, target: Path, key: bytes) -> None:
        real(db, target, key)
        with closing(database.dbapi2.connect(str(target), isolation_level=None)) as other:
            other.execute(f'pragma key = "{database.raw(key)}"')
            other.execute("delete from theme")

    monkeypatch.setattr(sealing, "_export", loses_a_row)
    with pytest.raises(sealing.NotTheSame):
        encrypting.encrypt(plain, made)
    assert not encrypting.is_encrypted(plain)
    assert counts(plain)[0] == 1


def test_encrypting_is_for_studies(tmp_path: Path, made: NewKey, plain: Path) -> None:
    with pytest.raises(QualbenchError, match="is not a Qualbench study"):
        encrypting.is_encrypted(tmp_path)
    for refused in (lambda: encrypting.recover(plain, made.recovery, WORDS), lambda: encrypting.encrypt_copies(plain)):
        with pytest.raises(encrypting.NotEncrypted):
            refused()
    with pytest.raises(encrypting.NotEncrypted):
        encrypting.change_passphrase(plain, WORDS)
