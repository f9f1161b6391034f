"""What verbs do with a study on several machines: send it, join it, hand in, put together, and say who is who."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from qualbench.cli import Listing, as_option, folder_argument, output
from qualbench.cli.encryption import encrypt_option, key_of_new
from qualbench.project import Project
from qualbench.text import counted

if TYPE_CHECKING:
    from collections.abc import Mapping

    from qualbench.project.merged import Merge
    from qualbench.steps.packages import Awaited


@click.command()
@click.option("-o", "target", type=click.Path(path_type=Path), help="Write the card to a file, to send it.")
@click.option("--force", is_flag=True, help="Replace a file that is there.")
@output.json_option
@as_option
def whoami(target: Path | None, force: bool, as_json: bool, viewer: str) -> None:
    """Print your card: the line that the lead of a study needs to send it to you."""
    from qualbench.project.identities import identity

    card = identity().card(viewer)
    if target is not None:
        from qualbench.project.base import write_file

        write_file(target, f"{card.line()}\n".encode(), force=force)
    if as_json:
        output.data({"name": card.name, "key": card.fingerprint, "card": card.line()})
        return
    if target is not None:
        output.say(f"You are {card.name}, key {card.fingerprint}. Your card is in {target}: send it to the lead.")
        return
    output.say(f"You are {card.name}, key {card.fingerprint}. Send this line to the lead:")
    output.text(card.line())


@click.command()
@folder_argument
@click.option("--to", "person", required=True, help="Who it is for: the name that rounds call them by.")
@click.option("--card", "line", default="", help="Their card: the line, or the file that it is in.")
@click.option("-o", "target", type=click.Path(path_type=Path), required=True, help="The package to write (.qbp).")
@click.option("--force", is_flag=True, help="Replace a file that is there.")
@output.answers
@as_option
def send(folder: Path, person: str, line: str, target: Path, force: bool, viewer: str) -> None:
    """Write the study for a coder, sealed to them: texts, codebook, rounds, and what is opened."""
    from qualbench.errors import UsageError
    from qualbench.steps.packages import Card, read_card

    with Project.open(folder, viewer, write=True) as project:
        held = [one for one in project.known_people() if one.person == person]
        if not line and not held:
            raise UsageError(
                f"{person}'s card is not known yet.", "Ask for it (they run qualbench whoami), and give it with --card."
            )
        card = read_card(_line(line)) if line else Card(held[-1].key, held[-1].recipient, person)
        sent = project.send(card, person, target, force=force)
    output.say(f"{counted(sent.transcripts, 'transcript')} for {person} (key {sent.fingerprint}) in {target}.")
    output.say("Nobody else can open it. They take it in with: qualbench join FILE FOLDER")


def _line(words: str) -> str:
    """A card as it was typed, or as it stands in a file."""
    try:
        path = Path(words)
        return path.read_text("utf-8") if path.is_file() else words
    except (OSError, ValueError):
        return words


@click.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.argument("folder", type=click.Path(path_type=Path))
@encrypt_option
@output.answers
def join(file: Path, folder: Path, encrypt: bool) -> None:
    """Make a study folder from the package that the lead sent you."""
    with Project.join(file, folder, key=key_of_new(folder) if encrypt else None) as project:
        count = len(project.transcripts())
        output.say(f"You are {project.viewer} in '{project.study.name}': {counted(count, 'transcript')} in {folder}.")
        output.say(f"Code: qualbench open {folder} --as {project.viewer}")


@click.command("hand-in")
@folder_argument
@click.option("-o", "target", type=click.Path(path_type=Path), required=True, help="The package to write (.qbp).")
@click.option("--also", multiple=True, metavar="NAME", help="Another name you worked under here; it becomes yours.")
@click.option("--force", is_flag=True, help="Replace a file that is there.")
@output.answers
@as_option
def hand_in(folder: Path, target: Path, also: tuple[str, ...], force: bool, viewer: str) -> None:
    """Write what you have submitted for the keeper, sealed until everybody has handed in."""
    with Project.open(folder, viewer, write=True) as project:
        sent = project.hand_in(target, also=also, force=force)
    output.say(f"{_passes(sent.transcripts)} in {target}, sealed to the keeper.")


@click.command()
@folder_argument
@click.argument("files", nargs=-1, type=click.Path(path_type=Path, dir_okay=False))
@click.option("--dry-run", is_flag=True, help="Show what it would do, and keep nothing.")
@click.option("--reason", default="", help="Open although somebody has not handed in; the reason is kept.")
@click.option("--carry", is_flag=True, help="Carry work on an earlier version of a text over to the newest one.")
@click.option("--take-back", "package", default="", metavar="PACKAGE", help="Take the merging of a package back.")
@output.json_option
@as_option
def merge(
    folder: Path, files: tuple[Path, ...], dry_run: bool, reason: str, carry: bool, package: str, as_json: bool,
    viewer: str,
) -> None:  # fmt: skip
    """Take packages in; coders' packages wait sealed until all are in. Without files, look at those that wait."""
    with Project.open(folder, viewer, write=True) as project:
        if package:
            project.take_back(package)
            output.say(f"The package {package} counts no longer. Nothing of it is deleted: merge its file to redo it.")
        names = {row.id: row.name for row in project.transcripts(with_counts=False)}
        made = project.merge(files, reason=reason, carry=carry, dry_run=dry_run)
        arrived = project.arrivals()
    if as_json:
        output.data(_as_data(made, names, arrived, package))
        return
    _say(made, names, would=dry_run)
    if not files:
        headers = ("package", "from", "kind", "merged", "")
        output.table(headers, [(a[0], a[2], a[3], a[5][:16], "taken back" if a[6] else "") for a in arrived])


def _say(made: Merge, names: Mapping[str, str], *, would: bool) -> None:
    for one in made.taken:
        news = f"{counted(one.new, 'fact')} new, {one.known} known" if one.new else "nothing new"
        output.say(f"{one.name} from {one.person}: {news}, {_passes(one.passes)}.")
        if one.late:
            output.say(f"Late, kept and left out of agreement: {', '.join(one.late)}.")
    for sentence in made.attention:
        output.say(f"Needs attention: {sentence}")
    if made.opened:
        output.say(f"{'Would open' if would else 'Opened'}: {', '.join(made.opened)}.")
    for header in made.sealed:
        output.say(f"{header.name}'s package waits, sealed: {_passes(len(header.passes))}.")
    for awaited in made.awaited:
        output.say(f"Awaited on {names.get(awaited.transcript, awaited.transcript)}: {_who(awaited)}.")


def _passes(number: int) -> str:
    return "1 pass" if number == 1 else f"{number} passes"


def _who(awaited: Awaited) -> str:
    return ", ".join(awaited.coders) or counted(awaited.more, "more coder")


def _as_data(made: Merge, names: Mapping[str, str], arrived: list[Any], package: str) -> dict[str, Any]:
    return {
        "taken": [
            {
                "file": one.name, "person": one.person, "kind": one.kind, "new": one.new, "known": one.known,
                "passes": one.passes, "late": list(one.late),
            }
            for one in made.taken
        ],
        "sealed": [{"from": one.name, "passes": len(one.passes), "made": one.made} for one in made.sealed],
        "awaited": [
            {"transcript": names.get(one.transcript, one.transcript), "coders": list(one.coders), "more": one.more}
            for one in made.awaited
        ],
        "opened": list(made.opened),
        "attention": list(made.attention),
        "taken_back": package,
        "arrived": [
            {"package": a[0], "from": a[2], "kind": a[3], "made": a[4], "merged": a[5], "taken_back": a[6]}
            for a in arrived
        ],
    }  # fmt: skip


# --- who is who ----------------------------------------------------------------------------------------------------


@click.group(cls=Listing, invoke_without_command=True)
@folder_argument
@output.json_option
@click.pass_context
def people(ctx: click.Context, folder: Path, as_json: bool) -> None:
    """List the keys that the study knows and whose they are, or say whose one is."""
    from qualbench.steps.packages import Card

    ctx.obj = folder
    if ctx.invoked_subcommand is not None:
        return
    with Project.open(folder) as project:
        known = project.known_people()
    rows = [(Card(one.key, "", "").fingerprint, one.person, one.names, len(one.devices)) for one in known]
    if as_json:
        told = [{"key": key, "person": who, "called": list(names), "devices": n} for key, who, names, n in rows]
        output.data(told)
        return
    output.table(
        ("key", "person", "calls themselves", "devices"),
        [(key, who or "not said yet", ", ".join(names), n) for key, who, names, n in rows],
        right=(3,),
    )
    if not rows:
        output.say("Nothing has come from another machine, and nothing was sent to one.")


@people.command("recognise")
@click.argument("key")
@click.argument("person")
@click.option("--reason", default="", help="How you know; it is kept.")
@output.answers
@as_option
@click.pass_obj
def recognise(folder: Path, key: str, person: str, reason: str, viewer: str) -> None:
    """Say which person of the study a key belongs to: from then on all that it wrote is theirs."""
    with Project.open(folder, viewer, write=True) as project:
        project.recognise(key, person, reason)
    output.say(f"The key {key} belongs to {person}.")
