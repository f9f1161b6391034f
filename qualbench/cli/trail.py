"""The verb trail: what was done, by whom, when and why, and how a theme came about; as files, and checked."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import Any

import click

from qualbench.cli import Listing, as_option, folder_argument, output
from qualbench.errors import ProblemsFound, QualbenchError, UnknownTheme, UsageError
from qualbench.model import Theme, TrailClass, TrailEntry
from qualbench.project import Project
from qualbench.project.trail import Wanted
from qualbench.text import counted, excerpt, folded

CLASSES = click.Choice([str(one) for one in TrailClass])


def wanted_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Which lines."""
    for option in (
        click.option("--search", "words", default="", metavar="WORDS", help="Only lines with all these words."),
        click.option("--by", "person", default="", metavar="PERSON", help="Only what one person did."),
        click.option("--transcript", default="", metavar="NAME", help="Only what is about one transcript."),
        click.option("--code", default="", metavar="NAME", help="Only what is about one code."),
        click.option("--theme", default="", metavar="NAME", help="How one theme came about, the oldest line first."),
        click.option("--class", "trail_class", type=CLASSES, help="Only one class of records."),
    ):
        command = option(command)
    return command


def _wanted(project: Project, said: dict[str, Any]) -> tuple[Wanted, Theme | None]:
    if said["code"] and said["transcript"]:
        raise UsageError("One thing at a time: --code or --transcript.")
    wanted = Wanted(TrailClass(said["trail_class"]) if said["trail_class"] else None, said["person"], "", said["words"])
    for kind in ("code", "transcript"):
        if said[kind]:
            wanted = replace(wanted, thing=project.trail_thing(kind, said[kind]).id)
    return wanted, _theme(project, said["theme"]) if said["theme"] else None


def _theme(project: Project, name: str) -> Theme:
    """A theme of the board, or one that was given up, by its name or id."""
    every = (*project.themes(), *(one.theme for one in project.past_themes()))
    found = [one for one in every if one.id == name or folded(one.name) == folded(name)]
    if not found:
        raise UnknownTheme(name)
    return found[0]


@click.group("trail", cls=Listing, invoke_without_command=True)
@folder_argument
@wanted_options
@click.option("--most", type=click.IntRange(1, 1_000_000), default=50, show_default=True, help="How many lines.")
@output.json_option
@as_option
@click.pass_context
def trail(ctx: click.Context, /, folder: Path, most: int, as_json: bool, viewer: str, **said: Any) -> None:
    """Show the audit trail, the newest line first, as far as you may know it; or how a theme came about."""
    ctx.obj = folder
    if ctx.invoked_subcommand is not None:
        return
    with Project.open(folder, viewer) as project:
        wanted, theme = _wanted(project, said)
        if theme is not None:
            lines: Iterable[TrailEntry] = (one for one in project.trail_of_theme(theme) if wanted.fits(one))
        else:
            lines = project.trail_lines(wanted)
        found = list(islice(lines, most + 1))
        _show(found[:most], as_json)
    if not found:
        output.say("There is no such line in the trail.")
    elif len(found) > most:
        output.say(f"{counted(most, 'line')} of more; --most shows others, export writes all.")


def _show(lines: list[TrailEntry], as_json: bool) -> None:
    if as_json:
        output.data([_data(one) for one in lines])
        return
    output.table(
        ("when (UTC)", "who", "class", "what", "why"),
        [
            (
                one.at[:16], one.who or "-", str(one.trail_class),
                excerpt(f"{'[undone] ' * one.undone}{one.what}", 70), excerpt(one.why, 40),
            )
            for one in lines
        ],
    )  # fmt: skip


def _data(one: TrailEntry) -> dict[str, Any]:
    return {
        "at": one.at, "who": one.who, "class": str(one.trail_class), "what": one.what, "why": one.why,
        "about": [{"kind": thing.kind, "id": thing.id, "label": thing.label} for thing in one.about],
        "undone": one.undone, "hidden": one.hidden, "step": one.step, "hash": one.hash,
    }  # fmt: skip


@trail.command("export")
@click.option(
    "-o", "--output", "target", type=click.Path(path_type=Path), required=True, help="Write .csv, .html or .txt."
)
@click.option("--force", is_flag=True, help="Write over a file that exists.")
@wanted_options
@as_option
@output.answers
@click.pass_obj
def export(folder: Path, /, target: Path, force: bool, viewer: str, **said: Any) -> None:
    """Write the trail, the oldest line first, to a file that is read without the program."""
    with Project.open(folder, viewer) as project:
        wanted, theme = _wanted(project, said)
        output.say(project.write_trail(target, wanted, theme, force=force))


@trail.command("check")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@output.json_option
@as_option
@click.pass_obj
def check(folder: Path, file: Path, as_json: bool, viewer: str) -> None:
    """Check that every hash of a trail that was written as .csv is in the journal of the study."""
    try:
        table = file.read_bytes()
    except OSError as error:
        raise QualbenchError(f"{file} can not be read: {error.strerror}.") from error
    with Project.open(folder, viewer) as project:
        number, missing = project.check_trail(table)
    if as_json:
        output.data({"hashes": number, "missing": list(missing)})
    if missing:
        raise ProblemsFound(
            f"{file}: of {number} hashes, {len(missing)} are not in the journal, the first is {missing[0]}.",
            "The file is of another study, or one of the two was changed.",
        )
    output.say(f"All {number} hashes are in the journal. Check the journal itself with: qualbench doctor")
