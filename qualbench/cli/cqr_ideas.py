"""The verbs of core ideas: each judge's own, then the team's."""

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
    case_id,
    domain_id,
    domain_option,
    ids,
    named,
    nothing_option,
)
from qualbench.project import Project
from qualbench.text import excerpt


@click.group("ideas", cls=Inner, invoke_without_command=True)
@click.option("--case", default="", metavar="NAME", help="Only those of this case.")
@domain_option
@agreed_option
@output.json_option
@as_option
@click.pass_context
def ideas(ctx: click.Context, case: str, domain: str, agreed: bool, as_json: bool, viewer: str) -> None:
    """List the core ideas that you may read, write your own, or agree on the team's."""
    if ctx.invoked_subcommand is not None:
        return
    with Project.open(ctx.obj, viewer) as project:
        found = project.core_ideas(case_id(project, case), domain_id(project, domain), agreed=agreed)
        labels = dict(project.case_labels())
    if as_json:
        output.data([
            {
                "idea": one.id, "case": one.case, "domain": one.domain, "judge": one.judge or None,
                "words": one.words, "places": list(one.places), "sources": list(one.sources),
            }
            for one in found
        ])  # fmt: skip
        return
    rows = [
        (one.id[-SHORT:], labels.get(one.case, one.case), one.domain, one.judge or "the team", excerpt(one.words, 60))
        for one in found
    ]
    output.table(("idea", "case", "domain", "judge", "words"), rows)
    if not found:
        output.say("No core idea that you may read.")


def _place_option(command: Callable[..., Any]) -> Callable[..., Any]:
    told = "A passage it rests on, as TRANSCRIPT:START:END; say it for each."
    return click.option("--place", "places", multiple=True, help=told)(command)


@ideas.command("write")
@click.argument("case")
@click.argument("domain")
@click.argument("words")
@_place_option
@anew_option
@as_option
@output.answers
@click.pass_obj
def write(
    folder: Path, case: str, domain: str, words: str, places: tuple[str, ...], anew: str, viewer: str
) -> None:  # fmt: skip
    """Write a core idea of your own, in few words and near to the speaker's."""
    with Project.open(folder, viewer, write=True) as project:
        id_ = named(project.core_ideas(), anew, "core idea").id if anew else ""
        project.write_idea(case_id(project, case), domain_id(project, domain), words, places, id_)
    output.say("Core idea kept.")


@ideas.command("remove")
@click.argument("idea")
@as_option
@output.answers
@click.pass_obj
def remove(folder: Path, idea: str, viewer: str) -> None:
    """Take one of your core ideas away."""
    with Project.open(folder, viewer, write=True) as project:
        project.remove_idea(named(project.core_ideas(), idea, "core idea").id)
    output.say("Core idea removed.")


@ideas.command("submit")
@click.argument("case")
@nothing_option
@as_option
@output.answers
@click.pass_obj
def submit(folder: Path, case: str, nothing: bool, viewer: str) -> None:
    """Hand in your core ideas of a case for good; others read them when every judge has."""
    with Project.open(folder, viewer, write=True) as project:
        id_ = case_id(project, case)
        project.submit_ideas(id_, nothing=nothing)
        held = project.judging(id_)
    waits = ", ".join(one for one in held.judges if one not in held.handed_in) if held and not held.opened else ""
    output.say(f"Handed in. {f'Still to come: {waits}.' if waits else 'Every judge has handed in.'}")


@ideas.command("agree")
@click.argument("case")
@click.argument("domain")
@click.argument("words")
@_place_option
@click.option("--from", "sources", multiple=True, metavar="ID", help="A judge's core idea it came from.")
@anew_option
@as_option
@output.answers
@click.pass_obj
def agree(
    folder: Path, case: str, domain: str, words: str, places: tuple[str, ...], sources: tuple[str, ...], anew: str,
    viewer: str,
) -> None:  # fmt: skip
    """Keep the team's core idea; what the judges wrote stays beside it."""
    with Project.open(folder, viewer, write=True) as project:
        from_ = ids(project.core_ideas(), sources, "core idea")
        id_ = named(project.core_ideas(agreed=True), anew, "core idea").id if anew else ""
        project.agree_idea(case_id(project, case), domain_id(project, domain), words, places, from_, id_)
    output.say("Agreed.")


@ideas.command("drop")
@click.argument("idea")
@click.option("--reason", required=True, help="Why the team gives it up.")
@as_option
@output.answers
@click.pass_obj
def drop(folder: Path, idea: str, reason: str, viewer: str) -> None:
    """Give a core idea of the team's up."""
    with Project.open(folder, viewer, write=True) as project:
        project.drop_idea(named(project.core_ideas(agreed=True), idea, "core idea").id, reason)
    output.say("Dropped; undo --of cqr brings it back.")
