"""The verb that says what is the matter with a study, and goes back to a copy that is whole."""

from __future__ import annotations

from pathlib import Path

import click

from qualbench.cli import folder_argument, output
from qualbench.errors import ProblemsFound
from qualbench.project import checkup
from qualbench.store.backups import Copy


@click.command()
@folder_argument
@click.option("--restore", "backup", default="", metavar="BACKUP", help="Go back to this copy in backups/.")
@click.option("--yes", is_flag=True, help="Go back without being asked.")
@output.json_option
def doctor(folder: Path, backup: str, yes: bool, as_json: bool) -> None:
    """Check everything, and say what was found; nothing is repaired.

    With --restore, a copy takes the study's place. The file that was there is set aside and never deleted.
    """
    if backup:
        _go_back(folder, backup, yes=yes, as_json=as_json)
        return
    found = checkup.check_up(folder)
    if as_json:
        output.data([{"well": well, "finding": sentence} for well, sentence in found.findings])
    else:
        for well, sentence in found.findings:
            output.text(f"{'ok  ' if well else 'BAD '}{sentence}")
    if found.bad:
        raise ProblemsFound(
            f"{found.bad} of {len(found.findings)} checks found problems. Nothing was repaired.",
            f"Encrypt or destroy these backups: qualbench encrypt {folder}"
            if found.is_whole
            else _advice(folder, found.last_good),
        )
    output.say("The study is whole.")


def _advice(folder: Path, good: Copy | None) -> str:
    if good is None:
        return f"No copy in {folder / 'backups'} is whole. Keep the folder as it is: what is there may still be read."
    return (
        f"The newest copy that is whole is {_described(good)}.\n"
        f"To go back to it: qualbench doctor {folder} --restore {good.path.name}"
    )


def _described(copy: Copy) -> str:
    until = f"{copy.until[:10]} {copy.until[11:16]} UTC" if copy.until else "its beginning"
    return f"{copy.path.name}: everything up to {until}, {copy.entries} entries"


def _go_back(folder: Path, backup: str, *, yes: bool, as_json: bool) -> None:
    copy = checkup.copy_named(folder, backup)
    output.confirm(
        f"Go back to {_described(copy)}? What is there now is set aside.",
        yes=yes,
        waits=f"The study would go back to {_described(copy)}. What is there now would be set aside.",
        refused="Nothing was changed.",
    )
    went = checkup.go_back(folder, backup)
    if as_json:
        output.data(
            {
                "copy": went.copy.path.name,
                "entries": went.copy.entries,
                "until": went.copy.until,
                "set_aside": went.aside.name if went.aside else None,
            }
        )
    output.say(f"The study is again as in {_described(went.copy)}.")
    if went.aside:
        output.say(f"The file that was there is in {went.aside}. Keep it until you miss nothing.")
    output.say(f"See that all is well: qualbench doctor {folder}")
