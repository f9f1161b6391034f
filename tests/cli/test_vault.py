"""The vault's own passphrase from the command line: asked for where names are needed, and never the study's."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from qualbench.cli import output, passphrases
from qualbench.project.deidentify.vault_file import VaultFile
from qualbench.store import envelope, keys, unlocking
from qualbench.store.keys import Cost
from tests.cli.conftest import Verb
from tests.cli.test_deidentify_vault import TEXT, vault

WORDS, STUDY, OTHER = "words of the vault", "four words and more", "entirely other words"
RECOVERY = re.compile(r"Recovery key of the vault: ((?:[2-9A-Z]{4}-){6}[2-9A-Z]{4})\n")


@pytest.fixture(autouse=True)
def cheap(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A guess costs next to nothing, and this process knows no key yet."""
    monkeypatch.setattr(keys, "COST", Cost(memory=32, passes=1, lanes=1))
    unlocking.forget()
    yield
    unlocking.forget()
    passphrases.prepare(None)


def without_keys() -> None:
    unlocking.forget()


@pytest.fixture
def folder(tmp_path: Path, verb: Verb) -> Path:
    """A study with one transcript that still has its names."""
    (tmp_path / "talk.txt").write_text(TEXT)
    verb("init", tmp_path / "study")
    verb("import", tmp_path / "study", tmp_path / "talk.txt", "--yes")
    return tmp_path / "study"


@pytest.fixture
def names(folder: Path, tmp_path: Path, verb: Verb, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A vault of this study that is sealed, and nobody has its passphrase yet."""
    place = vault(tmp_path / "v.json", Mirela="Wanda")
    monkeypatch.setenv("QUALBENCH_VAULT_PASSPHRASE", WORDS)
    verb("vault", folder, "seal", "--vault", place)
    monkeypatch.delenv("QUALBENCH_VAULT_PASSPHRASE")
    without_keys()
    return place


def test_the_vault_of_an_encrypted_study_is_sealed_when_it_is_made(
    tmp_path: Path, verb: Verb, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "talk.txt").write_text(TEXT)
    (tmp_path / "answers.csv").write_text("string,action,replacement\nMirela,replace,Wanda\n")
    study = tmp_path / "study"
    monkeypatch.setenv("QUALBENCH_PASSPHRASE", STUDY)
    verb("init", study, "--encrypt")
    said = ("deidentify", study, tmp_path / "talk.txt", "--own", "Mirela", "--vault", tmp_path / "v.json")
    without = verb(*said, "--answers", tmp_path / "answers.csv", code=3)
    assert without.err.splitlines()[-2:] == [
        "A passphrase of its own is needed for the vault of original names.",
        "Set QUALBENCH_VAULT_PASSPHRASE.",
    ]
    assert not (tmp_path / "v.json").exists()
    assert verb(*said, "--dry-run").out, "looking needs no vault"
    monkeypatch.setenv("QUALBENCH_VAULT_PASSPHRASE", WORDS)
    ran = verb(*said, "--answers", tmp_path / "answers.csv", code=3)
    assert RECOVERY.search(ran.err)
    held = {path: path.read_bytes() for path in tmp_path.glob("v.json*")}
    assert held
    assert all(envelope.is_sealed(body) and b"Mirela" not in body for body in held.values())
    without_keys()
    again = verb(*said, "--answers", tmp_path / "answers.csv", code=3)
    assert "Recovery" not in again.err
    status = verb("vault", study, "--vault", tmp_path / "v.json", "--json").data
    assert status == {"path": str(tmp_path / "v.json"), "there": True, "sealed": True}
    for line in (ran.err, again.err):
        assert WORDS not in line


def test_without_its_passphrase_nothing_that_needs_the_names_is_done(
    folder: Path, names: Path, tmp_path: Path, verb: Verb, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = names.read_bytes()
    monkeypatch.setenv("QUALBENCH_PASSPHRASE", WORDS)
    needs = (
        ("deidentify", folder, "--check", "--vault", names),
        ("deidentify", folder, tmp_path / "talk.txt", "--dry-run", "--vault", names),
        ("export", folder, "themes", "-o", tmp_path / "themes.md", "--vault", names),
        ("vault", folder, "passphrase", "--vault", names),
    )
    for words in needs:
        ran = verb(*words, code=3)
        assert ran.err.splitlines()[-2] == f"The vault {names} is sealed, and nobody is here to give its passphrase."
        assert "QUALBENCH_VAULT_PASSPHRASE" in ran.err
    monkeypatch.setenv("QUALBENCH_VAULT_PASSPHRASE", STUDY)
    for words in needs:
        ran = verb(*words, code=1)
        assert f"This is not the passphrase of the vault {names}." in ran.err
        assert (ran.out, STUDY in ran.err) == ("", False)
    assert names.read_bytes() == before
    assert not (tmp_path / "themes.md").exists()
    monkeypatch.setenv("QUALBENCH_VAULT_PASSPHRASE", WORDS)
    assert "3 places (2 person, 1 mail)" in verb(*needs[0], code=4).err
    assert verb("vault", folder, "--vault", names).out == (
        f"The vault {names} is sealed: it opens with its own passphrase.\n"
    )


def test_its_passphrase_is_changed_and_recovered(
    folder: Path, tmp_path: Path, verb: Verb, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = vault(tmp_path / "v.json", Mirela="Wanda")
    said = ("--vault", place)
    assert verb("vault", folder, *said).out.endswith("is plain: who can read the file can read it.\n")
    assert "is not sealed." in verb("vault", folder, "recover", *said, code=1).err
    assert "of its own is needed" in verb("vault", folder, "seal", *said, code=3).err
    monkeypatch.setenv("QUALBENCH_VAULT_PASSPHRASE", WORDS)
    found = RECOVERY.search(verb("vault", folder, "seal", *said).err)
    assert found
    assert "sealed already" in verb("vault", folder, "seal", *said).err
    monkeypatch.setenv("QUALBENCH_NEW_PASSPHRASE", OTHER)
    without_keys()
    verb("vault", folder, "passphrase", *said)
    without_keys()
    assert "not the passphrase" in verb("vault", folder, "passphrase", *said, code=1).err
    monkeypatch.setenv("QUALBENCH_NEW_PASSPHRASE", WORDS)
    monkeypatch.setenv("QUALBENCH_RECOVERY_KEY", keys.grouped(keys.new_recovery()))
    assert "of something else" in verb("vault", folder, "recover", *said, code=1).err
    monkeypatch.setenv("QUALBENCH_RECOVERY_KEY", found[1])
    verb("vault", folder, "recover", *said)
    without_keys()
    assert RECOVERY.search(verb("vault", folder, "passphrase", *said, "--new-recovery-key").err)
    assert "of something else" in verb("vault", folder, "recover", *said, code=1).err
    assert [one.original for one in VaultFile(place).read().vault.decisions] == ["Mirela"]


def test_the_other_persons_vault_has_a_passphrase_of_its_own(
    folder: Path, names: Path, tmp_path: Path, verb: Verb, monkeypatch: pytest.MonkeyPatch
) -> None:
    mine = vault(tmp_path / "mine.json", Brumleby="Stad")
    said = ("deidentify", folder, "--merge-vault", names, "--vault", mine)
    assert "QUALBENCH_OTHER_VAULT_PASSPHRASE" in verb(*said, code=3).err
    monkeypatch.setenv("QUALBENCH_OTHER_VAULT_PASSPHRASE", WORDS)
    before = names.read_bytes()
    verb(*said)
    assert names.read_bytes() == before
    assert {one.original for one in VaultFile(mine).read().vault.decisions} == {"Mirela", "Brumleby"}


def test_in_a_terminal_it_is_asked_for_unseen_and_a_new_one_twice(
    folder: Path, tmp_path: Path, verb: Verb, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = vault(tmp_path / "v.json", Mirela="Wanda")
    asked: list[str] = []
    typed = iter([WORDS, OTHER, WORDS, WORDS, WORDS, WORDS, WORDS])
    monkeypatch.setattr(output, "asks", lambda: True)
    monkeypatch.setattr("getpass.getpass", lambda prompt: asked.append(prompt) or next(typed))
    monkeypatch.setattr("click.confirm", lambda *_, **__: False)
    said = ("vault", folder, "seal", "--vault", place)
    assert "are not the same" in verb(*said, code=2).err
    assert "Nothing was encrypted." in verb(*said, code=3).err
    assert b"Mirela" in place.read_bytes()
    monkeypatch.setattr("click.confirm", lambda *_, **__: True)
    verb(*said)
    without_keys()
    verb("deidentify", folder, "--check", "--vault", place, code=4)
    assert asked == ["New passphrase of the vault: ", "The same again: "] * 3 + [f"Passphrase of the vault {place}: "]


def test_a_study_that_is_encrypted_later_is_told_of_its_plain_vault(
    folder: Path, verb: Verb, monkeypatch: pytest.MonkeyPatch
) -> None:
    from qualbench.project import Project
    from qualbench.project.deidentify.vault_file import default_vault

    with Project.open(folder) as project:
        vault(default_vault(project.study.id), Mirela="Wanda")
    monkeypatch.setenv("QUALBENCH_PASSPHRASE", STUDY)
    told = f"The vault of original names is not sealed. Seal it: qualbench vault {folder} seal"
    assert told in verb("encrypt", folder, "--backups", "delete").err
