"""The passphrase of a vault: given, set, changed, and recovered. It is never that of the study by itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qualbench.errors import QualbenchError
from qualbench.project.encrypting import strong
from qualbench.store import keys, unlocking

if TYPE_CHECKING:
    from qualbench.project.deidentify.vault_file import VaultFile
    from qualbench.store.keys import NewKey


class WrongVaultPassphrase(QualbenchError):
    def __init__(self, path: object) -> None:
        super().__init__(
            f"This is not the passphrase of the vault {path}.",
            "Nothing was changed. If it is lost, its recovery key sets a new one: qualbench vault FOLDER recover",
        )


class VaultPlain(QualbenchError):
    def __init__(self, path: object) -> None:
        super().__init__(f"The vault {path} is not sealed.", "Seal it with: qualbench vault FOLDER seal")


def unlock(file: VaultFile, passphrase: str) -> None:
    """Open a sealed vault; until the process ends it is not asked for again."""
    must_be_sealed(file)
    try:
        key = keys.unlocked(file.key_file, passphrase)
    except keys.WrongPassphrase as error:
        raise WrongVaultPassphrase(file.path) from error
    unlocking.keep(file.key_file, key)


def seal(file: VaultFile, made: NewKey) -> None:
    """Seal a vault and its copy with a key of its own; one that is not there yet is made, with nothing in it."""
    from qualbench.project.deidentify.vault_file import Kept

    unlocking.keep(made.body, made.key)
    file.wrap(made.body)
    if not file.is_there:
        file.write(Kept())


def change_passphrase(file: VaultFile, passphrase: str, *, renew: bool = False) -> str:
    """Set another passphrase of an open vault; with `renew`, answers with a new recovery key."""
    must_be_sealed(file)
    key = unlocking.known(file.key_file)
    if key is None:
        raise WrongVaultPassphrase(file.path)
    body, recovery = keys.with_new_recovery(file.key_file, key) if renew else (file.key_file, "")
    file.wrap(keys.with_passphrase(body, key, strong(passphrase)))
    return recovery


def unlock_by_recovery(file: VaultFile, recovery: str) -> None:
    """Open a vault by its recovery key; one with a typing error, or of something else, is refused."""
    must_be_sealed(file)
    unlocking.keep(file.key_file, keys.recovered(file.key_file, recovery))


def must_be_sealed(file: VaultFile) -> None:
    """Refuse a vault that has no passphrase."""
    if not file.key_file:
        raise VaultPlain(file.path)
