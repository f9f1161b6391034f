"""Encryption from the command line: the passphrase is asked for once, never named, and refused in one calm sentence."""

from __future__ import annotations

import os
import pty
import re
import select
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from qualbench.cli import output, passphrases
from qualbench.project import encrypting
from qualbench.store import backups, keys, unlocking
from qualbench.store.keys import Cost
from tests.cli.conftest import Verb, program

WORDS, OTHER = "four words and more", "entirely other words"
RECOVERY = re.compile(r"Recovery key: ((?:[2-9A-Z]{4}-){6}[2-9A-Z]{4})\n")


@pytest.fixture(autouse=True)
def cheap(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A guess costs next to nothing, and this process knows no key yet."""
    monkeypatch.setattr(keys, "COST", Cost(memory=32, passes=1, lanes=1))
    unlocking.forget()
    yield
    unlocking.forget()
    passphrases.prepare(None)


@pytest.fixture
def given(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QUALBENCH_PASSPHRASE", WORDS)


@pytest.fixture
def sealed(tmp_path: Path, files: Path, verb: Verb, given: None) -> Path:
    """An encrypted study with one interview."""
    verb("init", tmp_path / "sealed", "--encrypt", "--codebook", files / "book.yaml")
    verb("import", tmp_path / "sealed", files / "talk.txt", "--yes")
    return tmp_path / "sealed"


def test_a_study_is_encrypted_from_the_beginning(tmp_path: Path, files: Path, verb: Verb, given: None) -> None:
    begun = verb("init", tmp_path / "study", "--encrypt", "--json")
    assert any(RECOVERY.match(f"{sentence}\n") for sentence in begun.data["said"])
    assert encrypting.is_encrypted(tmp_path / "study")
    verb("import", tmp_path / "study", files / "talk.txt", "--yes")
    assert verb("status", tmp_path / "study", "--json").data["transcripts"][0]["transcript"] == "talk"
    assert verb("doctor", tmp_path / "study").err == "The study is whole.\n"
    bodies = [path.read_bytes() for path in (tmp_path / "study").rglob("*") if path.is_file()]
    assert not any(b"trusted" in body for body in bodies)


def test_nothing_is_begun_without_a_passphrase(tmp_path: Path, verb: Verb, monkeypatch: pytest.MonkeyPatch) -> None:
    assert verb("init", tmp_path / "study", "--encrypt", code=2).err.startswith("A passphrase is needed.\n")
    monkeypatch.setenv("QUALBENCH_PASSPHRASE", "short")
    assert "shorter than 8" in verb("init", tmp_path / "study", "--encrypt", code=1).err
    assert not (tmp_path / "study").exists()
    (tmp_path / "study").mkdir()
    (tmp_path / "study" / "mine.txt").write_text("mine")
    monkeypatch.setenv("QUALBENCH_PASSPHRASE", WORDS)
    ran = verb("init", tmp_path / "study", "--encrypt", code=1)
    assert "already holds something" in ran.err
    assert "Recovery" not in ran.err


def test_a_wrong_passphrase_is_one_calm_answer_of_a_program(sealed: Path) -> None:
    told = "This is not the passphrase.\n"
    for words in (("status", sealed), ("doctor", sealed), ("undo", sealed), ("themes", sealed, "list")):
        ran = program(*words, code=1, env={**os.environ, "QUALBENCH_PASSPHRASE": OTHER})
        assert (ran.out, ran.err.startswith(told), len(ran.err.splitlines())) == ("", True, 2)
        assert OTHER not in ran.err


def test_with_nobody_to_ask_it_is_said_how_to_give_one(sealed: Path) -> None:
    without = {name: value for name, value in os.environ.items() if name != "QUALBENCH_PASSPHRASE"}
    ran = program("status", sealed, code=3, env=without)
    assert ran.err.splitlines() == [
        f"{sealed} is encrypted, and nobody is here to give the passphrase.",
        "Set QUALBENCH_PASSPHRASE, or say: qualbench --passphrase-file FILE ...",
    ]


def test_a_missing_key_file_is_said_and_where_there_is_another(sealed: Path, verb: Verb) -> None:
    (sealed / "study.key").rename(sealed / "elsewhere.key")
    ran = program("status", sealed, code=1)
    assert ran.out == ""
    first, second = ran.err.splitlines()
    assert first == f"{sealed}/study.db is encrypted, and its key file study.key is not beside it."
    assert "backups/" in second
    assert "recovery key" in second


def test_a_file_may_hold_the_passphrase(
    sealed: Path, tmp_path: Path, verb: Verb, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("QUALBENCH_PASSPHRASE")
    (tmp_path / "secret").write_bytes(f"{WORDS}\r\nmore\n".encode())
    (tmp_path / "empty").write_bytes(b"\n")
    for name, code in (("empty", 2), ("gone", 2), ("secret", 0)):
        unlocking.forget()
        ran = verb("--passphrase-file", tmp_path / name, "status", sealed, code=code)
        assert WORDS not in ran.err
    unlocking.forget()
    assert verb("status", sealed, code=3).err


def test_the_passphrase_changes_and_the_old_one_ends(
    sealed: Path, tmp_path: Path, verb: Verb, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = (sealed / "study.db").read_bytes()
    assert "A passphrase is needed." in verb("passphrase", sealed, code=2).err
    (tmp_path / "new").write_text(OTHER)
    ran = verb("passphrase", sealed, "--new-passphrase-file", tmp_path / "new", "--new-recovery-key")
    assert RECOVERY.match(ran.err)
    assert (sealed / "study.db").read_bytes() == before
    unlocking.forget()
    assert verb("status", sealed, code=1).err.startswith("This is not the passphrase.")
    monkeypatch.setenv("QUALBENCH_PASSPHRASE", OTHER)
    verb("status", sealed)


def test_the_recovery_key_opens_what_the_passphrase_opened(
    tmp_path: Path, verb: Verb, monkeypatch: pytest.MonkeyPatch, given: None
) -> None:
    folder = tmp_path / "study"
    found = RECOVERY.search(verb("init", folder, "--encrypt").err)
    assert found
    monkeypatch.delenv("QUALBENCH_PASSPHRASE")
    unlocking.forget()
    assert "recovery key is needed" in verb("recover", folder, code=2).err
    monkeypatch.setenv("QUALBENCH_NEW_PASSPHRASE", OTHER)
    typed = found[1]
    wrong = typed[:-1] + keys.LETTERS[keys.LETTERS.index(typed[-1]) - 1]
    for key, told in ((wrong, "has a typing error"), (keys.grouped(keys.new_recovery()), "of something else")):
        monkeypatch.setenv("QUALBENCH_RECOVERY_KEY", key)
        assert told in verb("recover", folder, code=1).err
    monkeypatch.setenv("QUALBENCH_RECOVERY_KEY", typed.lower())
    assert "has a new passphrase" in verb("recover", folder).err
    monkeypatch.setenv("QUALBENCH_PASSPHRASE", OTHER)
    unlocking.forget()
    verb("status", folder)


@pytest.mark.parametrize(("way", "left"), [("encrypt", "sealed"), ("delete", "none"), ("keep", "plain")])
def test_a_study_that_is_there_is_encrypted_with_its_backups_as_one_says(
    way: str, left: str, team: Path, verb: Verb, given: None
) -> None:
    before = verb("status", team, "--json").data
    assert backups.copies(team)
    asked = verb("encrypt", team, code=3).err
    assert asked.splitlines() == ["There are backups that are not encrypted.", "Say --backups encrypt, delete, keep."]
    assert not encrypting.is_encrypted(team)
    (team / "exports" / "report.md").write_text("# Report")
    ran = verb("encrypt", team, "--backups", way)
    assert RECOVERY.match(ran.err)
    assert "1 file in " in ran.err
    assert verb("status", team, "--json").data == before
    plain, kept = encrypting.plain_copies(team), backups.copies(team)
    looked = verb("doctor", team, code=4 if plain else 0)
    if plain:
        assert "BAD 1 backup is not encrypted: whoever has the folder can read the study there." in looked.out
        assert looked.err.splitlines()[-1] == f"Encrypt or destroy these backups: qualbench encrypt {team}"
        assert "--restore" not in looked.err
    assert ("none" if not kept else "plain" if plain else "sealed") == left
    again = verb("encrypt", team, "--backups", "encrypt").err
    assert "is encrypted already." in again
    assert "Recovery key" not in again
    assert encrypting.plain_copies(team) == []
    verb("doctor", team)


def test_joining_a_study_that_a_package_holds_encrypts_it(
    team: Path, tmp_path: Path, verb: Verb, given: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    card = tmp_path / "card"
    verb("whoami", "-o", card, "--as", "ben")
    verb("send", team, "--to", "ben", "--card", card, "-o", tmp_path / "ben.qbp", "--as", "cleo")
    ran = verb("join", tmp_path / "ben.qbp", tmp_path / "mine", "--encrypt")
    assert RECOVERY.match(ran.err)
    assert encrypting.is_encrypted(tmp_path / "mine")
    assert len(verb("status", tmp_path / "mine", "--json").data["transcripts"]) == 3
    again = verb("join", tmp_path / "ben.qbp", tmp_path / "mine", "--encrypt", code=1)
    assert "Recovery" not in again.err


def test_what_is_not_encrypted_has_no_passphrase(team: Path, verb: Verb) -> None:
    for name in ("passphrase", "recover"):
        assert verb(name, team, code=1).err.splitlines()[0] == f"{team} is not encrypted."


def test_who_has_not_written_the_recovery_key_down_encrypts_nothing(
    team: Path, verb: Verb, monkeypatch: pytest.MonkeyPatch
) -> None:
    typed = iter([WORDS, OTHER, WORDS, WORDS, WORDS, WORDS])
    monkeypatch.setattr(output, "asks", lambda: True)
    monkeypatch.setattr("getpass.getpass", lambda _: next(typed))
    monkeypatch.setattr("click.confirm", lambda *_, **__: False)
    assert "are not the same" in verb("encrypt", team, "--backups", "keep", code=2).err
    assert "Nothing was encrypted." in verb("encrypt", team, "--backups", "keep", code=3).err
    assert not encrypting.is_encrypted(team)
    monkeypatch.setattr("click.confirm", lambda *_, **__: True)
    verb("encrypt", team, "--backups", "keep")
    assert encrypting.is_encrypted(team)


@pytest.mark.parametrize(("typed", "code", "told"), [(WORDS, 0, "talk"), (OTHER, 1, "This is not the passphrase.")])
def test_in_a_terminal_it_is_asked_for_and_not_shown(sealed: Path, typed: str, code: int, told: str) -> None:
    pid, terminal = pty.fork()
    if pid == 0:
        os.environ.pop("QUALBENCH_PASSPHRASE", None)
        os.environ.pop("CI", None)
        os.execv(sys.executable, [sys.executable, "-m", "qualbench", "status", str(sealed)])
    seen = b""
    while b"Passphrase of " not in seen and select.select([terminal], [], [], 90)[0]:
        seen += os.read(terminal, 4096)
    os.write(terminal, f"{typed}\n".encode())
    try:
        while select.select([terminal], [], [], 90)[0]:
            seen += os.read(terminal, 4096)
    except OSError:
        pass  # the other end is closed
    assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == code
    os.close(terminal)
    assert told in seen.decode()
    assert typed not in seen.decode()
