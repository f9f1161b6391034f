"""Verbs of the theme board: themes, where they stand, what they say, their codes."""

from __future__ import annotations

from pathlib import Path

import click

from qualbench.cli import Listing, as_option, folder_argument, open_screens, output, themes_quotes, themes_views
from qualbench.errors import NeedsConfirmation, UsageError
from qualbench.model import STATE_NAMES, ThemeField, ThemeState
from qualbench.project import Project
from qualbench.text import counted, shown


@click.group(cls=Listing, invoke_without_command=True)
@folder_argument
@as_option
@click.pass_context
def themes(ctx: click.Context, folder: Path, viewer: str) -> None:
    """Gather codes under themes: on the screen, or with the verbs below."""
    ctx.obj = folder
    if ctx.invoked_subcommand is None:
        open_screens(folder, viewer, screen="themes")


@themes.command("new")
@click.argument("name")
@click.option("--idea", default="", help="What the theme says.")
@click.option("--under", default="", help="The theme it is a sub-theme of.")
@as_option
@output.answers
@click.pass_obj
def new_theme(folder: Path, name: str, idea: str, under: str, viewer: str) -> None:
    """Make a candidate theme."""
    with Project.open(folder, viewer, write=True) as project:
        project.create_theme(name, idea, project.theme(under) if under else None)
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


@themes.command("write")
@click.argument("name")
@click.argument("field", type=click.Choice([str(field) for field in ThemeField]))
@click.argument("words")
@as_option
@output.answers
@click.pass_obj
def write(folder: Path, name: str, field: str, words: str, viewer: str) -> None:
    """Write the definition of a theme, what it is not, its narrative, or what it says for the question."""
    with Project.open(folder, viewer, write=True) as project:
        project.write_theme(project.theme(name), ThemeField(field), words)
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


@themes.command("state")
@click.argument("name")
@click.argument("state", type=click.Choice([str(state) for state in ThemeState]))
@click.option("--reason", default="", help="Why; needed to go back.")
@as_option
@output.answers
@click.pass_obj
def state_theme(folder: Path, name: str, state: str, reason: str, viewer: str) -> None:
    """Say how far a theme has come: held against its extracts, against the whole data, defined, reported."""
    with Project.open(folder, viewer, write=True) as project:
        theme = project.theme(name)
        project.state_theme(theme, ThemeState(state), reason)
    output.say(f"{theme.name}: {STATE_NAMES[ThemeState(state)]}.")


@themes.command("place")
@click.argument("name")
@click.option("--under", default="", help="The theme it goes under.")
@click.option("--top", is_flag=True, help="It goes to the top.")
@click.option("--after", default=None, help="The sister it follows; the last one if you say nothing.")
@click.option("--first", is_flag=True, help="It goes before its sisters.")
@as_option
@output.answers
@click.pass_obj
def place(folder: Path, name: str, under: str, top: bool, after: str | None, first: bool, viewer: str) -> None:
    """Put a theme under another one, to the top, or elsewhere among its sisters."""
    if (top and under) or (first and after is not None):
        raise UsageError("--under or --top, and --after or --first: one of each.")
    with Project.open(folder, viewer, write=True) as project:
        theme = project.theme(name)
        over = under or ("" if top else theme.parent)
        behind = "" if first else project.theme(after).id if after is not None else None
        project.place_theme(theme, project.theme(over) if over else None, behind)
    output.say("Kept.")


@themes.command("merge")
@click.argument("names", nargs=-1, required=True)
@click.option("--into", required=True, help="The theme that stays.")
@click.option("--reason", required=True, help="Why they are one theme.")
@as_option
@output.answers
@click.pass_obj
def merge(folder: Path, names: tuple[str, ...], into: str, reason: str, viewer: str) -> None:
    """Merge themes into one that stays, with codes, quotes and sub-themes."""
    with Project.open(folder, viewer, write=True) as project:
        project.merge_themes([project.theme(name) for name in names], project.theme(into), reason)
    output.say(f"Merged into {into}; undo takes them apart.")


@themes.command("split")
@click.argument("name")
@click.option("--part", "parts", multiple=True, required=True, help="NAME=CODE,CODE; say it for each part.")
@click.option("--reason", required=True, help="Why it is more than one theme.")
@as_option
@output.answers
@click.pass_obj
def split(folder: Path, name: str, parts: tuple[str, ...], reason: str, viewer: str) -> None:
    """Split a theme into parts that each take some of its codes; quotes go with the codes."""
    from qualbench.steps import codebook as codebooks

    with Project.open(folder, viewer, write=True) as project:
        book = project.codebook()
        told: dict[str, list[str]] = {}
        for part in parts:
            part_name, _, codes = part.partition("=")
            told[part_name] = [codebooks.find(book, code.strip()).id for code in codes.split(",") if code.strip()]
        project.split_theme(project.theme(name), told, reason)
    output.say(f"Split into {counted(len(told), 'theme')}; undo brings it back.")


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


for one in (*themes_quotes.VERBS, *themes_views.VERBS):
    themes.add_command(one)
