"""Verbs of the theme board: themes, what they say, their codes and quotes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from qualbench.cli import as_option, folder_argument, open_screens, output
from qualbench.errors import NeedsConfirmation
from qualbench.model import Theme
from qualbench.project import Project
from qualbench.text import counted, excerpt, shown


@click.group(invoke_without_command=True)
@folder_argument
@as_option
@click.pass_context
def themes(ctx: click.Context, folder: Path, viewer: str) -> None:
    """Gather codes under themes: on the screen, or with the verbs below."""
    ctx.obj = folder
    if ctx.invoked_subcommand is None:
        open_screens(folder, viewer, screen="themes")


def _theme(theme: Theme) -> dict[str, Any]:
    return {
        "theme": theme.name,
        "id": theme.id,
        "idea": theme.idea,
        "codes": list(theme.codes),
        "quotes": [
            {
                "quote": q.id,
                "transcript": q.transcript,
                "start": q.start,
                "end": q.end,
                "participant": q.participant,
                "text": q.text,
            }
            for q in theme.quotes
        ],
    }


@themes.command("list")
@output.json_option
@as_option
@click.pass_obj
def list_themes(folder: Path, as_json: bool, viewer: str) -> None:
    """List the themes with their codes and quotes."""
    with Project.open(folder, viewer) as project:
        board = project.themes()
    if as_json:
        output.data([_theme(theme) for theme in board])
        return
    output.table(
        ("theme", "codes", "quotes", "what it says"),
        [(t.name, ", ".join(t.codes), len(t.quotes), excerpt(t.idea, 60)) for t in board],
        right=(2,),
    )


@themes.command("new")
@click.argument("name")
@click.option("--idea", default="", help="What the theme says.")
@as_option
@output.answers
@click.pass_obj
def new_theme(folder: Path, name: str, idea: str, viewer: str) -> None:
    """Make a candidate theme."""
    with Project.open(folder, viewer, write=True) as project:
        project.create_theme(name, idea)
    output.say(f"Theme: {name}.")


@themes.command("describe")
@click.argument("name")
@click.argument("idea")
@as_option
@output.answers
@click.pass_obj
def describe(folder: Path, name: str, idea: str, viewer: str) -> None:
    """Write what a theme says."""
    with Project.open(folder, viewer, write=True) as project:
        project.describe_theme(project.theme(name), idea)
    output.say("Kept.")


@themes.command("rename")
@click.argument("name")
@click.argument("new_name")
@as_option
@output.answers
@click.pass_obj
def rename(folder: Path, name: str, new_name: str, viewer: str) -> None:
    """Give a theme another name."""
    with Project.open(folder, viewer, write=True) as project:
        project.rename_theme(project.theme(name), new_name)
    output.say("Kept.")


@themes.command("drop")
@click.argument("name")
@click.option("--reason", required=True, help="Why it is given up.")
@click.option("--yes", is_flag=True, help="Drop it without asking.")
@as_option
@output.answers
@click.pass_obj
def drop(folder: Path, name: str, reason: str, yes: bool, viewer: str) -> None:
    """Give a theme up; its codes have no home again."""
    with Project.open(folder, viewer, write=True) as project:
        theme = project.theme(name)
        if not yes and not (output.asks() and click.confirm(f"Drop '{shown(theme.name)}'?", err=True)):
            raise NeedsConfirmation("Nothing was dropped.", "Say --yes.")
        project.drop_theme(theme, reason)
    output.say("Dropped; undo brings it back.")


@themes.command("gather")
@click.argument("name")
@click.argument("codes", nargs=-1, required=True)
@as_option
@output.answers
@click.pass_obj
def gather(folder: Path, name: str, codes: tuple[str, ...], viewer: str) -> None:
    """Put codes under a theme; a code has one home."""
    from qualbench.steps import codebook as codebooks

    with Project.open(folder, viewer, write=True) as project:
        book = project.codebook()
        found = [codebooks.find(book, code).id for code in codes]
        project.gather_codes(project.theme(name), found)
    output.say(f"{counted(len(found), 'code')} under {name}.")


@themes.command("release")
@click.argument("name")
@click.argument("code_name", metavar="CODE")
@as_option
@output.answers
@click.pass_obj
def release(folder: Path, name: str, code_name: str, viewer: str) -> None:
    """Take a code out of a theme."""
    from qualbench.steps import codebook as codebooks

    with Project.open(folder, viewer, write=True) as project:
        project.release_code(project.theme(name), codebooks.find(project.codebook(), code_name).id)
    output.say("Released.")


@themes.command("quote")
@click.argument("name")
@click.argument("transcript")
@click.argument("start", type=int)
@click.argument("end", type=int)
@click.option("--words", default=None, help="The words; refused if the transcript says something else there.")
@as_option
@output.answers
@click.pass_obj
def quote(folder: Path, name: str, transcript: str, start: int, end: int, words: str | None, viewer: str) -> None:
    """Pick a quote by its place."""
    with Project.open(folder, viewer, write=True) as project:
        project.pick_quote(project.theme(name), transcript, start, end, words)
    output.say("Picked.")


@themes.command("unquote")
@click.argument("name")
@click.argument("quote_id", metavar="QUOTE")
@as_option
@output.answers
@click.pass_obj
def unquote(folder: Path, name: str, quote_id: str, viewer: str) -> None:
    """Drop a quote from a theme."""
    with Project.open(folder, viewer, write=True) as project:
        project.drop_quote(project.theme(name), quote_id)
    output.say("Dropped.")


@themes.command("extracts")
@click.argument("name")
@output.json_option
@as_option
@click.pass_obj
def extracts(folder: Path, name: str, as_json: bool, viewer: str) -> None:
    """List the settled segments under a theme."""
    with Project.open(folder, viewer) as project:
        found = project.extracts(project.theme(name).codes)
    if as_json:
        fields = ("name", "start", "end", "participant", "codes", "text")
        output.data([{"transcript" if f == "name" else f: getattr(one, f) for f in fields} for one in found])
        return
    output.table(
        ("transcript", "place", "participant", "codes", "words"),
        [(e.name, f"{e.start}-{e.end}", e.participant, ", ".join(e.codes), excerpt(e.text, 60)) for e in found],
    )
