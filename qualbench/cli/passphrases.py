"""Passphrases, from whoever is at the terminal, from a file, or from the environment; never from the command itself."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

from qualbench.cli import output
from qualbench.errors import NeedsConfirmation, UsageError
from qualbench.store.unlocking import PASSPHRASE, Locked

NEW_PASSPHRASE = "QUALBENCH_NEW_PASSPHRASE"  # noqa: S105 - the names of variables, not what they hold
RECOVERY = "QUALBENCH_RECOVERY_KEY"
VAULT = "QUALBENCH_VAULT_PASSPHRASE"
OTHER_VAULT = "QUALBENCH_OTHER_VAULT_PASSPHRASE"

_file: Path | None = None


def prepare(file: Path | None) -> None:
    """Whoever opens an encrypted study in this process is asked here; a file that was named goes before all else."""
    from qualbench.store.unlocking import ask_with

    global _file
    _file = file
    ask_with(of_today)


def of_today(folder: Path) -> str:
    """The passphrase of a study."""
    if _file:
        return read(_file)
    if said := os.environ.get(PASSPHRASE):
        return said
    if not output.asks():
        raise Locked(folder)
    return _typed(f"Passphrase of {folder}: ")


def of_vault(path: Path, variable: str) -> str:
    """The passphrase of a vault, which is never taken to be the study's."""
    if said := os.environ.get(variable):
        return said
    if not output.asks():
        from qualbench.project.deidentify.vault_file import VaultLocked

        raise VaultLocked(path, variable)
    return _typed(f"Passphrase of the vault {path}: ")


def for_a_new_vault() -> str:
    """The passphrase that a vault is to have; in a terminal it is typed twice."""
    if not (os.environ.get(VAULT) or output.asks()):
        raise NeedsConfirmation("A passphrase of its own is needed for the vault of original names.", f"Set {VAULT}.")
    return _new(VAULT, "", "the vault")


def for_a_new_key() -> str:
    """The passphrase that a study is to have from now on; in a terminal it is typed twice."""
    if _file:
        return read(_file)
    return _new(PASSPHRASE, "qualbench --passphrase-file FILE ...")


def instead(file: Path | None) -> str:
    """The passphrase that takes the place of another one."""
    return read(file) if file else _new(NEW_PASSPHRASE, "--new-passphrase-file FILE")


def recovery_key() -> str:
    """A recovery key as somebody types it; it is seen meanwhile, because nobody types it unseen without a fault."""
    import click

    if said := os.environ.get(RECOVERY):
        return said
    if not output.asks():
        raise UsageError("The recovery key is needed.", f"Set {RECOVERY}.")
    return str(click.prompt("Recovery key", err=True))


def read(file: Path) -> str:
    """The passphrase in a file: its first line."""
    try:
        line = file.read_bytes().split(b"\n", 1)[0].rstrip(b"\r")
    except OSError as error:
        raise UsageError(f"{file} can not be read: {error.strerror}.") from error
    if not line:
        raise UsageError(f"{file} has no passphrase on its first line.")
    return line.decode("utf-8", "surrogateescape")


def _new(variable: str, other: str, what: str = "") -> str:
    if said := os.environ.get(variable):
        return said
    if not output.asks():
        raise UsageError("A passphrase is needed.", f"Set {variable}, or say: {other}")
    first = _typed(f"New passphrase{f' of {what}' if what else ''}: ")
    if _typed("The same again: ") != first:
        raise UsageError("The two are not the same; nothing was changed.")
    return first


def _typed(prompt: str) -> str:
    from getpass import getpass

    from qualbench.text import shown

    ask: Callable[[str], str] = getpass
    return ask(shown(prompt))
