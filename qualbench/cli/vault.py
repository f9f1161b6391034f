"""The verb of the vault's own passphrase: seal it, change the passphrase, recover it; and who is asked for it."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from qualbench.cli import Listing, folder_argument, output, passphrases
from qualbench.cli.encryption import new_passphrase_option, print_recovery, printed
from qualbench.errors import QualbenchError
from qualbench.project import Project

if TYPE_CHECKING:
    from qualbench.project.deidentify.vault_file import VaultFile

THE_VAULT = "the vault"

place_option = click.option(
    "--vault", "place", type=click.Path(path_type=Path), default=None, help="Where it is, if it is at another place."
)


@click.group(cls=Listing, invoke_without_command=True)
@folder_argument
@place_option
@output.json_option
@click.pass_context
def vault(ctx: click.Context, folder: Path, place: Path | None, as_json: bool) -> None:
    """Show whether the vault of original names is sealed, or seal it, change its passphrase, recover it."""
    ctx.obj = folder
    if ctx.invoked_subcommand is None:
        _say_status(_file(folder, place), as_json)


def _file(folder: Path, place: Path | None) -> VaultFile:
    from qualbench.project.deidentify.vault_file import vault_of

    with Project.open(folder) as project:
        return vault_of(project, place)


@vault.command()
@place_option
@output.json_option
@click.pass_obj
def status(folder: Path, place: Path | None, as_json: bool) -> None:
    """Show where the vault is, and whether it is sealed."""
    _say_status(_file(folder, place), as_json)


def _say_status(file: VaultFile, as_json: bool) -> None:
    if as_json:
        output.data({"path": str(file.path), "there": file.is_there, "sealed": bool(file.key_file)})
    elif not file.is_there:
        output.text(f"There is no vault at {file.path} yet.")
    else:
        how = (
            "sealed: it opens with its own passphrase" if file.key_file else "plain: who can read the file can read it"
        )
        output.text(f"The vault {file.path} is {how}.")


@vault.command()
@place_option
@click.option("--yes", is_flag=True, help="Go on without asking whether the recovery key is written down.")
@output.answers
@click.pass_obj
def seal(folder: Path, place: Path | None, yes: bool) -> None:
    """Seal the vault with a passphrase of its own; its recovery key is printed once."""
    file = _file(folder, place)
    if file.key_file:
        output.say(f"The vault {file.path} is sealed already.")
        return
    if not file.is_there:
        raise QualbenchError(f"There is no vault at {file.path} yet.", "Of an encrypted study it is made sealed.")
    file.read()  # what is no vault is not sealed
    _give_a_key(file, yes=yes)
    output.say(f"The vault {file.path} is sealed, and so is its copy. Copies elsewhere are as they were.")


@vault.command()
@place_option
@new_passphrase_option
@click.option("--new-recovery-key", "renew", is_flag=True, help="Print a new recovery key too; the old one ends.")
@output.answers
@click.pass_obj
def passphrase(folder: Path, place: Path | None, file: Path | None, renew: bool) -> None:
    """Change the passphrase of the vault."""
    from qualbench.project.deidentify import vault_locks

    found = opened(_file(folder, place))
    if recovery := vault_locks.change_passphrase(found, passphrases.instead(file), renew=renew):
        print_recovery(recovery, THE_VAULT)
    output.say(f"The vault {found.path} has a new passphrase. Copies of it elsewhere have the old one.")


@vault.command()
@place_option
@new_passphrase_option
@output.answers
@click.pass_obj
def recover(folder: Path, place: Path | None, file: Path | None) -> None:
    """Set a new passphrase of the vault by its recovery key, when the old one is lost."""
    from qualbench.project.deidentify import vault_locks

    found = _file(folder, place)
    vault_locks.must_be_sealed(found)
    vault_locks.unlock_by_recovery(found, passphrases.recovery_key())
    vault_locks.change_passphrase(found, passphrases.instead(file))
    output.say(f"The vault {found.path} has a new passphrase. Its recovery key stays what it is.")


def opened(file: VaultFile, variable: str = passphrases.VAULT) -> VaultFile:
    """A vault that can be read: whoever is there is asked for the passphrase of a sealed one."""
    from qualbench.project.deidentify import vault_locks

    if file.is_locked:
        vault_locks.unlock(file, passphrases.of_vault(file.path, variable))
    return file


def ready(file: VaultFile) -> VaultFile:
    """A vault that can be written: one that is to be made sealed is given its passphrase and its recovery key."""
    if file.waits_for_a_key:
        output.say("The study is encrypted, so the vault of original names is sealed too, with its own passphrase.")
        _give_a_key(file)
    return opened(file)


def of(project: Project, path: Path | None = None, outside: Iterable[Path] = (), *, to_write: bool = True) -> VaultFile:
    """The vault of a study, or the one at a place, open."""
    from qualbench.project.deidentify.vault_file import vault_of

    file = vault_of(project, path, outside)
    return ready(file) if to_write else opened(file)


def _give_a_key(file: VaultFile, *, yes: bool = False) -> None:
    from qualbench.project import encrypting
    from qualbench.project.deidentify import vault_locks

    made = encrypting.new_key(passphrases.for_a_new_vault())
    vault_locks.seal(file, printed(made, yes=yes, what=THE_VAULT))
