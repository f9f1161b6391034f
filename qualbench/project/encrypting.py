"""Encrypting a study that is there, and its passphrase: kept apart from `Project`, because nothing of it is a fact."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from qualbench.errors import NotAStudy, QualbenchError, StudyInUse
from qualbench.project.base import DATABASE
from qualbench.store import erasing, keys, remembering, sealing, unlocking
from qualbench.store.keys import NewKey
from qualbench.store.lock import WriteLock

SHORTEST = 8
"""Characters of a passphrase: as few as NIST SP 800-63B allows; length is what helps."""


class WeakPassphrase(QualbenchError):
    def __init__(self) -> None:
        super().__init__(
            f"The passphrase is shorter than {SHORTEST} characters.", "Take four or more words that nobody would guess."
        )


class NotEncrypted(QualbenchError):
    def __init__(self, folder: Path) -> None:
        super().__init__(f"{folder} is not encrypted.", f"Encrypt it with: qualbench encrypt {folder}")


def new_key(passphrase: str) -> NewKey:
    """A new key for a study, opened by this passphrase and by its recovery key."""
    return keys.new(strong(passphrase))


def is_encrypted(folder: Path) -> bool:
    """Whether the study in a folder is encrypted."""
    if not (folder / DATABASE).is_file():
        raise NotAStudy(folder)
    return unlocking.key_file(folder / DATABASE) is not None


def encrypt(folder: Path, made: NewKey) -> None:
    """Encrypt the study in a folder; whoever else has it open must close it first."""
    with WriteLock(folder) as lock:
        if not lock.acquire():
            raise StudyInUse(lock.holder())
        sealing.encrypt(folder / DATABASE, made)


def plain_copies(folder: Path) -> list[Path]:
    """The copies of an encrypted study that were made before, and can be read by anybody who has the folder."""
    return sealing.plain_copies(folder)


def encrypt_copies(folder: Path) -> int:
    """Encrypt the copies too, with the key of the study; answers with how many there were."""
    unlocking.unlock(folder / DATABASE)
    key, found = unlocking.key_for(folder / DATABASE), sealing.plain_copies(folder)
    if key is None:
        raise NotEncrypted(folder)
    for copy in found:
        sealing.encrypt_copy(copy, key)
    return len(found)


def destroy_copies(folder: Path) -> int:
    """Destroy the copies that are not encrypted; answers with how many there were."""
    found = sealing.plain_copies(folder)
    for copy in found:
        erasing.destroy(copy)
    return len(found)


def change_passphrase(folder: Path, passphrase: str, *, renew: bool = False) -> str:
    """Set another passphrase, the one of today being known; with `renew`, answers with a new recovery key.

    The database is not touched, so whoever once had the key itself has it still.
    """
    unlocking.unlock(folder / DATABASE, may_remember=False)
    body, key = _body(folder), unlocking.key_for(folder / DATABASE)
    if key is None:
        raise NotEncrypted(folder)
    body, recovery = keys.with_new_recovery(body, key) if renew else (body, "")
    _keep(folder, keys.with_passphrase(body, key, strong(passphrase)))
    return recovery


def recover(folder: Path, recovery: str, passphrase: str) -> None:
    """Set another passphrase by the recovery key."""
    body = _body(folder)
    key = keys.recovered(body, recovery)
    _keep(folder, keys.with_passphrase(body, key, strong(passphrase)))
    unlocking.keep(body, key)


def check_recovery(folder: Path, recovery: str) -> None:
    """Refuse a recovery key that has a typing error or belongs to something else."""
    keys.recovered(_body(folder), recovery)


def remember(folder: Path, ask: Callable[[Path], str]) -> None:
    """Keep the passphrase in the keyring of this computer, so that it is not asked for; it is asked for once more."""
    body = _body(folder)
    remembering.check()
    remembering.remember(body, ask(folder))


def is_remembered(folder: Path) -> bool:
    """Whether the passphrase of a study is kept in the keyring of this computer."""
    return remembering.is_remembered(_body(folder))


def forget(folder: Path) -> bool:
    """Take the passphrase out of the keyring; whether it was there."""
    return remembering.forget(_body(folder))


def _body(folder: Path) -> bytes:
    if not is_encrypted(folder):
        raise NotEncrypted(folder)
    return (folder / unlocking.KEY_FILE).read_bytes()


def _keep(folder: Path, body: bytes) -> None:
    unlocking.put(folder / unlocking.KEY_FILE, body)
    unlocking.put_beside_copies(folder)


def strong(passphrase: str) -> str:
    """A passphrase that is long enough; another one is refused."""
    if len(passphrase) < SHORTEST:
        raise WeakPassphrase
    return passphrase
