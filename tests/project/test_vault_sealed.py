"""A sealed vault: no original name in any of its files at any moment, a passphrase of its own, and always whole."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

import pytest

from qualbench.errors import QualbenchError
from qualbench.project import Project, encrypting
from qualbench.project.deidentify import vault_file, vault_locks
from qualbench.project.deidentify.vault_file import Kept, VaultChanged, VaultFile, VaultLocked, vault_of
from qualbench.project.deidentify.vault_locks import VaultPlain, WrongVaultPassphrase
from qualbench.steps.deidentify import Action, Decision, Kind, Vault, with_decisions
from qualbench.store import envelope, keys, unlocking
from qualbench.store.keys import Cost, WrongRecoveryKey
from tests.project.deidentified import FIRST, NAMES, SECOND, draft, read_all, review, take_all
from tests.project.processes import all_of, in_child, kill

WORDS, OTHER = "words of the vault", "entirely other words"


@pytest.fixture(autouse=True)
def cheap(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A guess costs next to nothing, and this process knows no key yet."""
    monkeypatch.setattr(keys, "COST", Cost(memory=32, passes=1, lanes=1))
    unlocking.forget()
    yield
    unlocking.forget()


def kept(*names: str) -> Kept:
    decisions = [Decision(name, Kind.PERSON, Action.REPLACE, f"Person {n}") for n, name in enumerate(names)]
    return Kept(with_decisions(Vault(), decisions, "ana"), "seed")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A sealed vault that two names went into, one after the other, so that it has a copy."""
    place = tmp_path / "vaults" / "v.json"
    vault_locks.seal(VaultFile(place), encrypting.new_key(WORDS))
    VaultFile(place).write(kept("Tessa Lundqvist"))
    VaultFile(place).write(kept("Tessa Lundqvist", "Okonjo"))
    return place


def holding(folder: Path) -> set[str]:
    """The files in which an original name can be read."""
    found = set()
    for one in folder.rglob("*"):
        body = one.read_bytes().lower() if one.is_file() else b""
        if any(name.encode(code) in body for name in NAMES for code in ("utf-8", "utf-16-le")):
            found.add(one.name)
    return found


def names_in(place: Path) -> set[str]:
    return {one.original for one in VaultFile(place).read().vault.decisions}


def locked(place: Path) -> VaultFile:
    unlocking.forget()
    return VaultFile(place)


# --- nothing can be read ---------------------------------------------------------------------------------------


def test_from_the_first_answer_to_the_import_no_name_is_plain(
    tmp_path: Path, clock: Callable[[], datetime], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The whole walk in an encrypted study, with every file of the study, the vault and its copies looked at."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    made = encrypting.new_key("four words and more")
    with Project.create(tmp_path / "study", viewer="ana", clock=clock, key=made) as project:
        with pytest.raises(VaultLocked):
            vault_of(project).write(kept("Tessa"))
        assert not vault_of(project).is_there
        vault_locks.seal(vault_of(project), encrypting.new_key(WORDS))
        for number, one in enumerate((FIRST, SECOND)):
            work = review(project, draft(f"talk {number}.txt", one))
            for asked in work.undecided:
                take_all(work)
                assert work.decision(asked)
                assert holding(tmp_path) == set()
            read_all(work, "ana")
            assert holding(tmp_path) == set()
        place = vault_of(project).path
    assert sorted(one.name for one in place.parent.iterdir()) == [place.name, f"{place.name}.bak"]
    assert all(envelope.is_sealed(one.read_bytes()) for one in place.parent.iterdir())
    assert {"Okonjo", "Brumleby"} <= names_in(place)


def test_a_plain_vault_that_is_sealed_leaves_no_name_behind(tmp_path: Path) -> None:
    """The files that it was in are overwritten too, as far as the program can reach them."""
    place = tmp_path / "v.json"
    VaultFile(place).write(kept("Tessa Lundqvist"))
    VaultFile(place).write(kept("Tessa Lundqvist", "Okonjo"))
    vault_file._part_of(place).write_text("Okonjo")
    assert holding(tmp_path) == {"v.json", "v.json.bak", ".v.json.part"}
    before = [(tmp_path / name).open("rb") for name in ("v.json", "v.json.bak", ".v.json.part")]
    vault_locks.seal(VaultFile(place), encrypting.new_key(WORDS))
    assert holding(tmp_path) == set()
    assert [set(file.read()) for file in before] == [{0}, {0}, {0}]
    for file in before:
        file.close()
    assert names_in(place) == {"Tessa Lundqvist", "Okonjo"}
    place.with_name("v.json.bak").replace(place)
    assert names_in(place) == {"Tessa Lundqvist"}


def test_it_is_never_the_same_bytes_twice(path: Path) -> None:
    """A nonce that came twice under one key would give the names away."""
    seen = {path.read_bytes()}
    for number in range(20):
        VaultFile(path).write(kept("Okonjo", *["Tessa"] * (number % 2)))
        seen.add(path.read_bytes())
    assert len(seen) == 21


# --- its passphrase --------------------------------------------------------------------------------------------


def test_a_wrong_passphrase_is_a_sentence_and_changes_nothing(path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    before = {one: one.read_bytes() for one in path.parent.iterdir()}
    file = locked(path)
    assert file.is_locked
    with pytest.raises(WrongVaultPassphrase, match="This is not the passphrase of the vault"):
        vault_locks.unlock(file, OTHER)
    for refused in (file.read, lambda: file.write(kept("Tessa"))):
        with pytest.raises(VaultLocked, match="nobody is here"):
            refused()
    assert {one: one.read_bytes() for one in path.parent.iterdir()} == before
    assert capfd.readouterr() == ("", "")
    vault_locks.unlock(file, WORDS)
    assert names_in(path) == {"Tessa Lundqvist", "Okonjo"}


def test_another_passphrase_holds_for_the_copy_too(path: Path) -> None:
    vault_locks.change_passphrase(VaultFile(path), OTHER)
    for one in (path, path.with_name("v.json.bak")):
        with pytest.raises(WrongVaultPassphrase):
            vault_locks.unlock(locked(one), WORDS)
        vault_locks.unlock(locked(one), OTHER)
        assert "Tessa Lundqvist" in names_in(one)
    with pytest.raises(encrypting.WeakPassphrase):
        vault_locks.change_passphrase(VaultFile(path), "short")


def test_its_recovery_key_opens_it_and_no_other_does(tmp_path: Path) -> None:
    path, made = tmp_path / "v.json", encrypting.new_key(WORDS)
    vault_locks.seal(VaultFile(path), made)
    VaultFile(path).write(kept("Okonjo"))
    file = locked(path)
    with pytest.raises(WrongRecoveryKey):
        vault_locks.unlock_by_recovery(file, encrypting.new_key("four words and more").recovery)
    vault_locks.unlock_by_recovery(file, made.recovery)
    again = vault_locks.change_passphrase(file, OTHER, renew=True)
    vault_locks.unlock(locked(path), OTHER)
    assert names_in(path) == {"Okonjo"}
    with pytest.raises(WrongRecoveryKey):
        vault_locks.unlock_by_recovery(locked(path), made.recovery)
    vault_locks.unlock_by_recovery(locked(path), again)


def test_a_plain_one_has_no_passphrase(tmp_path: Path) -> None:
    file = VaultFile(tmp_path / "v.json")
    for refused in (lambda: vault_locks.unlock(file, WORDS), lambda: vault_locks.change_passphrase(file, WORDS)):
        with pytest.raises(VaultPlain):
            refused()


def test_what_somebody_else_changed_is_left_alone(path: Path) -> None:
    ours = VaultFile(path)
    VaultFile(path).write(kept("Brumleby"))
    for refused in (lambda: ours.write(kept("Tessa")), lambda: vault_locks.change_passphrase(ours, OTHER)):
        with pytest.raises(VaultChanged):
            refused()
    assert names_in(path) == {"Brumleby"}


# --- damage and kills ------------------------------------------------------------------------------------------


def test_every_flipped_bit_is_noticed(path: Path) -> None:
    """Also in the wrapped key, which is bound to what it encrypts."""
    body = path.read_bytes()
    key_file = envelope.key_file(body)
    for at in range(0, len(body), 7):
        flipped = bytearray(body)
        flipped[at] ^= 1 << at % 8
        path.write_bytes(flipped)
        with pytest.raises(QualbenchError) as error:
            VaultFile(path).read()
        assert str(error.value).endswith(".")
    for cut in range(0, len(body), 31):
        path.write_bytes(body[:cut])
        if cut:
            with pytest.raises(QualbenchError):
                VaultFile(path).read()
    path.write_bytes(envelope.sealed(encrypting.new_key(WORDS).body, bytes(32), b"{}"))
    with pytest.raises(VaultLocked):
        VaultFile(path).read()
    path.write_bytes(body)
    assert envelope.key_file(body) == key_file
    assert names_in(path) == {"Tessa Lundqvist", "Okonjo"}


def test_killed_at_any_moment_it_is_whole_and_nothing_in_it_is_plain(path: Path) -> None:
    def write(tell: int) -> None:
        file = VaultFile(path)
        for number in range(100_000):
            file.write(kept("Tessa Lundqvist", "Okonjo", *(f"Kindred {n}" for n in range(number % 300))))
            os.write(tell, b"1")

    for round_ in range(10):
        pid, told = in_child(write)
        for _ in range(1 + round_ % 4):
            os.read(told, 1)
        assert kill(pid)
        os.close(told)
        assert holding(path.parent) == set()
        assert names_in(path) >= {"Tessa Lundqvist", "Okonjo"}


CALLS = ("os.open", "os.fsync", "os.fdopen", "pathlib.Path.replace", "pathlib.Path.unlink", "pathlib.Path.open")


def test_cut_short_while_it_is_sealed_it_is_the_plain_one_or_the_sealed_one(tmp_path: Path) -> None:
    """Killed before the N-th step of the disk, for N = 1 until it succeeds: never sealed beside a plain copy."""
    sealed = plain = 0
    for n in range(1, 60):
        place = tmp_path / f"{n}" / "v.json"
        VaultFile(place).write(kept("Tessa Lundqvist"))
        VaultFile(place).write(kept("Tessa Lundqvist", "Okonjo"))
        pid, told = in_child(lambda tell, n=n, place=place: _sealed_and_killed(place, n, tell))
        finished = all_of(told) == b"1"
        os.waitpid(pid, 0)
        unlocking.forget()
        file = VaultFile(place)
        if file.key_file:
            sealed += 1
            vault_locks.unlock(file, WORDS)
            assert holding(place.parent) == set()
        else:
            plain += 1
            vault_locks.seal(file, encrypting.new_key(OTHER))
            assert holding(place.parent) == set()
        assert names_in(place) == {"Tessa Lundqvist", "Okonjo"}
        if finished:
            break
    assert finished
    assert plain > 3
    assert sealed > 1


def _sealed_and_killed(place: Path, n: int, tell: int) -> None:
    count, made, file = 0, encrypting.new_key(WORDS), VaultFile(place)

    def counted(real: Callable[..., object]) -> Callable[..., object]:
        def call(*given: object, **more: object) -> object:
            nonlocal count
            count += 1
            if count == n:
                os.kill(os.getpid(), signal.SIGKILL)
            return real(*given, **more)

        return call

    owners = {"os": os, "pathlib.Path": Path}
    for name in CALLS:
        where, _, last = name.rpartition(".")
        setattr(owners[where], last, counted(getattr(owners[where], last)))
    vault_locks.seal(file, made)
    os.write(tell, b"1")
    os._exit(0)
