"""Verbs of encryption at rest: encrypt, passphrase, recover."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from qualbench.cli import folder_argument, output, passphrases
from qualbench.errors import NeedsConfirmation, UsageError
from qualbench.text import counted

if TYPE_CHECKING:
    from qualbench.store.keys import NewKey

THE_STUDY = "the study"
WAYS = ("encrypt", "delete", "keep")

new_passphrase_option = click.option(
    "--new-passphrase-file", "file", type=click.Path(path_type=Path, dir_okay=False),
    help="Where the new passphrase is read from; asked for otherwise.",
)  # fmt: skip

encrypt_option = click.option(
    "--encrypt", is_flag=True, help="Encrypt it, with a passphrase; its recovery key is printed once."
)


@click.command()
@folder_argument
@click.option("--backups", type=click.Choice(WAYS), help="What becomes of the backups that are not encrypted.")
@click.option("--yes", is_flag=True, help="Go on without asking whether the recovery key is written down.")
@output.answers
def encrypt(folder: Path, backups: str | None, yes: bool) -> None:
    """Encrypt a study that is there, with a passphrase; its recovery key is printed once.

    The study must be open nowhere else. What is in its folder exports/ stays as it is.
    """
    from qualbench.project import Project, encrypting

    encrypted = encrypting.is_encrypted(folder)
    with Project.open(folder, write=True):
        pass  # what an earlier release wrote is brought up to date first
    found = bool(encrypting.plain_copies(folder))
    todo = _what_becomes_of(found, backups)
    if encrypted:
        output.say(f"The study {folder} is encrypted already.")
    else:
        made = printed(encrypting.new_key(passphrases.for_a_new_key()), yes=yes)
        encrypting.encrypt(folder, made)
        output.say(f"The study {folder} is encrypted.")
    _copies(folder, found, todo)
    _tell_of_vault(folder)
    if left := sum(path.is_file() for path in (folder / "exports").rglob("*")):
        output.say(f"{counted(left, 'file')} in {folder / 'exports'} can be read without the passphrase.")


@click.command()
@folder_argument
@new_passphrase_option
@click.option("--new-recovery-key", "renew", is_flag=True, help="Print a new recovery key too; the old one ends.")
@click.option("--remember", is_flag=True, help="Change nothing: keep it in the keyring of this computer.")
@click.option("--forget", is_flag=True, help="Change nothing: take it out of the keyring again.")
@output.answers
def passphrase(folder: Path, file: Path | None, renew: bool, remember: bool, forget: bool) -> None:
    """Change the passphrase of an encrypted study; the study itself is not written again."""
    from qualbench.project import encrypting
    from qualbench.store import unlocking

    if not encrypting.is_encrypted(folder):
        raise encrypting.NotEncrypted(folder)
    if remember or forget:
        if (remember and forget) or file or renew:
            raise UsageError("Say one thing to do.", "--remember and --forget stand alone.")
        _in_keyring(folder, remember=remember)
        return
    unlocking.unlock(folder / "study.db", may_remember=False)
    if recovery := encrypting.change_passphrase(folder, passphrases.instead(file), renew=renew):
        print_recovery(recovery)
    output.say(f"The study {folder} has a new passphrase. Copies of its file study.key elsewhere have the old one.")
    _tell_of_keyring(folder)


@click.command()
@folder_argument
@new_passphrase_option
@output.answers
def recover(folder: Path, file: Path | None) -> None:
    """Set a new passphrase by the recovery key, when the old one is lost."""
    from qualbench.project import encrypting

    if not encrypting.is_encrypted(folder):
        raise encrypting.NotEncrypted(folder)
    recovery = passphrases.recovery_key()
    encrypting.check_recovery(folder, recovery)
    encrypting.recover(folder, recovery, passphrases.instead(file))
    output.say(f"The study {folder} has a new passphrase. The recovery key stays what it is.")
    _tell_of_keyring(folder)


def _tell_of_keyring(folder: Path) -> None:
    from qualbench.project import encrypting

    if encrypting.is_remembered(folder):
        output.say(f"The keyring of this computer has the old one: qualbench passphrase {folder} --remember")


def _in_keyring(folder: Path, *, remember: bool) -> None:
    from qualbench.project import encrypting

    if remember:
        encrypting.remember(folder, passphrases.of_today)
        output.say("The passphrase is in the keyring of this computer, and is not asked for here any more.")
        output.say("Whoever uses this computer as you can open the study. Undo it with --forget.")
    elif encrypting.forget(folder):
        output.say("The passphrase is no longer in the keyring, and is asked for again.")
    else:
        output.say("The passphrase was not remembered here.")


def key_of_new(folder: Path) -> NewKey:
    """The key of a study that is begun, once the folder is known to be free."""
    from qualbench.project import encrypting
    from qualbench.project.base import check_free

    check_free(folder)
    return printed(encrypting.new_key(passphrases.for_a_new_key()))


def printed(made: NewKey, *, yes: bool = False, what: str = THE_STUDY) -> NewKey:
    """A new key whose recovery key has been shown; in a terminal, somebody says that it is written down."""
    print_recovery(made.recovery, what)
    if output.asks() and not yes and not click.confirm("Is it written down?", default=False, err=True):
        raise NeedsConfirmation("Nothing was encrypted.", "Write the recovery key down first; the next one is another.")
    return made


def print_recovery(recovery: str, what: str = THE_STUDY) -> None:
    """Show a recovery key, and what it is for."""
    output.say(f"Recovery key: {recovery}" if what == THE_STUDY else f"Recovery key of {what}: {recovery}")
    output.say(f"It is shown this once. Whoever loses both it and the passphrase has lost {what}.")


def _what_becomes_of(found: bool, said: str | None) -> str:
    """What is done with copies that are plain, known before anything is changed."""
    if not found or said:
        return said or "keep"
    if not output.asks():
        raise NeedsConfirmation("There are backups that are not encrypted.", f"Say --backups {', '.join(WAYS)}.")
    output.say("There are backups that are not encrypted: whoever has the folder can read them.")
    return str(click.prompt("What becomes of them", type=click.Choice(WAYS), default="encrypt", err=True))


def _tell_of_vault(folder: Path) -> None:
    from qualbench.project import Project
    from qualbench.project.deidentify.vault_file import vault_of

    with Project.open(folder) as project:
        file = vault_of(project)
    if file.is_there and not file.key_file:
        output.say(f"The vault of original names is not sealed. Seal it: qualbench vault {folder} seal")


def _copies(folder: Path, found: bool, todo: str) -> None:
    from qualbench.project import encrypting

    if not found:
        return
    if todo == "keep":
        output.say("The backups that were there can still be read without the passphrase.")
    elif todo == "delete":
        encrypting.destroy_copies(folder)
        output.say("The backups that were not encrypted are destroyed.")
    else:
        encrypting.encrypt_copies(folder)
        output.say("The backups are encrypted too.")
