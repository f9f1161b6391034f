"""The verbs of the cross-analysis: categories proposed alone, then the team's."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from qualbench.cli import as_option, output
from qualbench.cli.cqr_names import (
    SHORT,
    Inner,
    agreed_option,
    anew_option,
    domain_id,
    domain_option,
    ids,
    named,
    nothing_option,
)
from qualbench.project import Project
from qualbench.text import excerpt


@click.group("categories", cls=Inner, invoke_without_command=True)
@domain_option
@agreed_option
@output.json_option
@as_option
@click.pass_context
def categories(ctx: click.Context, domain: str, agreed: bool, as_json: bool, viewer: str) -> None:
    """List the categories that you may read, propose your own, or agree on the team's."""
    if ctx.invoked_subcommand is not None:
        return
    with Project.open(ctx.obj, viewer) as project:
        found = project.categories(domain_id(project, domain), agreed=agreed)
    if as_json:
        output.data([
            {
                "category": one.id, "domain": one.domain, "name": one.name, "judge": one.judge or None,
                "under": one.parent or None, "ideas": list(one.ideas), "sources": list(one.sources),
            }
            for one in found
        ])  # fmt: skip
        return
    rows = [
        (one.id[-SHORT:], one.domain, one.judge or "the team", len(one.ideas), one.parent[-SHORT:] or "-",
         excerpt(one.name, 60))
        for one in found
    ]  # fmt: skip
    output.table(("category", "domain", "judge", "ideas", "under", "name"), rows, right=(3,))
    if not found:
        output.say("No category that you may read.")


def _idea_option(command: Callable[..., Any]) -> Callable[..., Any]:
    told = "A core idea of the team's in it; say it for each."
    return click.option("--idea", "held", multiple=True, metavar="ID", help=told)(command)


@categories.command("propose")
@click.argument("domain")
@click.argument("name")
@_idea_option
@anew_option
@as_option
@output.answers
@click.pass_obj
def propose(folder: Path, domain: str, name: str, held: tuple[str, ...], anew: str, viewer: str) -> None:
    """Propose a category of your own."""
    with Project.open(folder, viewer, write=True) as project:
        inside = ids(project.core_ideas(agreed=True), held, "core idea")
        id_ = named(project.categories(), anew, "category").id if anew else ""
        project.propose_category(domain_id(project, domain), name, inside, id_)
    output.say("Category kept.")


@categories.command("withdraw")
@click.argument("category")
@as_option
@output.answers
@click.pass_obj
def withdraw(folder: Path, category: str, viewer: str) -> None:
    """Take one of your categories away."""
    with Project.open(folder, viewer, write=True) as project:
        project.withdraw_category(named(project.categories(), category, "category").id)
    output.say("Category removed.")


@categories.command("submit")
@click.argument("domain")
@nothing_option
@as_option
@output.answers
@click.pass_obj
def submit(folder: Path, domain: str, nothing: bool, viewer: str) -> None:
    """Hand in your categories of a domain for good; others read them when every judge has."""
    with Project.open(folder, viewer, write=True) as project:
        project.submit_categories(domain_id(project, domain), nothing=nothing)
    output.say("Handed in.")


@categories.command("agree")
@click.argument("domain")
@click.argument("name")
@_idea_option
@click.option("--under", default="", metavar="ID", help="The category it is part of.")
@click.option("--from", "sources", multiple=True, metavar="ID", help="A judge's category it came from.")
@anew_option
@as_option
@output.answers
@click.pass_obj
def agree(
    folder: Path, domain: str, name: str, held: tuple[str, ...], under: str, sources: tuple[str, ...], anew: str,
    viewer: str,
) -> None:  # fmt: skip
    """Keep the team's category; what the judges proposed stays beside it."""
    with Project.open(folder, viewer, write=True) as project:
        known = project.categories(agreed=True)
        inside = ids(project.core_ideas(agreed=True), held, "core idea")
        from_ = ids(project.categories(), sources, "category")
        parent = named(known, under, "category").id if under else ""
        id_ = named(known, anew, "category").id if anew else ""
        project.agree_category(domain_id(project, domain), name, inside, parent, from_, id_)
    output.say("Agreed.")


@categories.command("place")
@click.argument("idea")
@click.argument("category")
@click.option("--out", is_flag=True, help="Take it out instead of putting it in.")
@as_option
@output.answers
@click.pass_obj
def place(folder: Path, idea: str, category: str, out: bool, viewer: str) -> None:
    """Put a core idea of the team's into a category of the team's; it may be in several, or in none."""
    with Project.open(folder, viewer, write=True) as project:
        held = named(project.core_ideas(agreed=True), idea, "core idea")
        into = named(project.categories(agreed=True), category, "category")
        project.place_idea(held.id, into.id, not out)
    output.say("Taken out." if out else "Put in.")


@categories.command("drop")
@click.argument("category")
@click.option("--reason", required=True, help="Why the team gives it up.")
@as_option
@output.answers
@click.pass_obj
def drop(folder: Path, category: str, reason: str, viewer: str) -> None:
    """Give a category of the team's up; its sub-categories stand by themselves."""
    with Project.open(folder, viewer, write=True) as project:
        project.drop_category(named(project.categories(agreed=True), category, "category").id, reason)
    output.say("Dropped; undo --of cqr brings it back.")
