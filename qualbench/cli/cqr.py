"""The verb cqr: cases, who judges them, core ideas, categories, the table, and the auditor's comments."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from qualbench.cli import (
    Listing,
    as_option,
    cqr_categories,
    cqr_ideas,
    cqr_results,
    folder_argument,
    open_screens,
    output,
)
from qualbench.cli.cqr_names import about_id, case_id, domain_id
from qualbench.model import CASE_STATE_NAMES, CaseState, Judging, JudgingMode
from qualbench.project import Project
from qualbench.text import excerpt

if TYPE_CHECKING:
    from qualbench.steps.cqr import Case

STATES = click.Choice([str(state) for state in CaseState])


@click.group("cqr", cls=Listing, invoke_without_command=True)
@folder_argument
@as_option
@click.pass_context
def cqr(ctx: click.Context, folder: Path, viewer: str) -> None:
    """Work by consensual qualitative research: on the screen, or with the verbs below."""
    ctx.obj = folder
    if ctx.invoked_subcommand is None:
        open_screens(folder, viewer, screen="cqr")


@cqr.command("cases")
@output.json_option
@as_option
@click.pass_obj
def list_cases(folder: Path, as_json: bool, viewer: str) -> None:
    """List the cases: how far each is, who judges it, who has handed in."""
    with Project.open(folder, viewer) as project:
        cases, rule, reason = project.cases(), project.case_rule(), project.case_reason()
        domains = [(one.id, one.label, project.judging(one.id)) for one in project.domains()]
    if as_json:
        output.data({
            "one_case_is": rule, "reason": reason, "cases": [_case(one) for one in cases],
            "domains": [{"domain": id_, "label": label, **_judging(held)} for id_, label, held in domains],
        })  # fmt: skip
        return
    output.table(
        ("case", "state", "passages", "judges", "handed in"),
        [
            (
                one.label, CASE_STATE_NAMES[one.state] if one.state else "-", sum(number for _, number in one.domains),
                *_told(one.judging),
            )
            for one in cases
        ],
        right=(2,),
    )  # fmt: skip
    output.table(("domain", "label", "judges", "handed in"), [(id_, label, *_told(h)) for id_, label, h in domains])
    output.say(f"One case is one {rule}{f': {reason}' if reason else '.'}")


def _told(held: Judging | None) -> tuple[str, str]:
    if held is None:
        return "-", "-"
    how = " (drafted by the first)" if held.mode is JudgingMode.DRAFTED else ""
    return ", ".join(held.judges) + how, ", ".join(held.handed_in) or "-"


def _judging(held: Judging | None) -> dict[str, Any]:
    return {
        "judges": list(held.judges) if held else [],
        "mode": str(held.mode) if held else None,
        "handed_in": list(held.handed_in) if held else [],
        "opened": bool(held and held.opened),
    }


def _case(one: Case) -> dict[str, Any]:
    return {
        "case": one.id, "label": one.label, "transcripts": list(one.transcripts),
        "state": str(one.state) if one.state else None, **_judging(one.judging), "passages": dict(one.domains),
    }  # fmt: skip


@cqr.command("count")
@click.argument("by", type=click.Choice(["participant", "transcript"]))
@click.option("--reason", required=True, help="Why; the report repeats it.")
@as_option
@output.answers
@click.pass_obj
def count(folder: Path, by: str, reason: str, viewer: str) -> None:
    """Say what one case is: a participant, or a transcript with the group that speaks in it."""
    with Project.open(folder, viewer, write=True) as project:
        project.count_cases(by, reason)
    output.say(f"One case is one {by}.")


@cqr.command("roles")
@click.argument("person")
@click.argument("roles", nargs=-1, required=True)
@as_option
@output.answers
@click.pass_obj
def roles(folder: Path, person: str, roles: tuple[str, ...], viewer: str) -> None:
    """Say what a person is: coder, lead, auditor. An inside auditor is auditor and something else."""
    with Project.open(folder, viewer, write=True) as project:
        project.give_roles(person, roles)
    output.say(f"{person} is {' and '.join(roles)}.")


@cqr.command("judges")
@click.argument("about", metavar="CASE|DOMAIN")
@click.argument("judges", nargs=-1, required=True)
@click.option("--drafted", is_flag=True, help="The first one drafts, and the others review.")
@as_option
@output.answers
@click.pass_obj
def judges(folder: Path, about: str, judges: tuple[str, ...], drafted: bool, viewer: str) -> None:
    """Name who judges a case, or a domain in the cross-analysis."""
    mode = JudgingMode.DRAFTED if drafted else JudgingMode.ALONE
    with Project.open(folder, viewer, write=True) as project:
        project.name_judges(about_id(project, about), judges, mode)
    output.say(f"{about} is judged by {', '.join(judges)}.")


@cqr.command("state")
@click.argument("case")
@click.argument("state", type=STATES)
@click.option("--note", default="", help="What is to be said about it.")
@as_option
@output.answers
@click.pass_obj
def state(folder: Path, case: str, state: str, note: str, viewer: str) -> None:
    """Say how far a case has come; the order is yours."""
    with Project.open(folder, viewer, write=True) as project:
        project.state_case(case, CaseState(state), note)
    output.say(f"{case}: {CASE_STATE_NAMES[CaseState(state)]}.")


@cqr.command("history")
@click.argument("case")
@output.json_option
@as_option
@click.pass_obj
def history(folder: Path, case: str, as_json: bool, viewer: str) -> None:
    """Show every state that a case came to."""
    with Project.open(folder, viewer) as project:
        turns = project.case_history(case_id(project, case))
    if as_json:
        output.data([{"state": str(one.state), "note": one.note, "by": one.actor, "at": one.at} for one in turns])
        return
    rows = [(one.at[:16], CASE_STATE_NAMES[one.state], one.actor, excerpt(one.note, 60)) for one in turns]
    output.table(("at", "state", "by", "note"), rows)


@cqr.command("raw")
@click.argument("case")
@click.argument("domain")
@output.json_option
@as_option
@click.pass_obj
def raw(folder: Path, case: str, domain: str, as_json: bool, viewer: str) -> None:
    """Show the settled text of a case in a domain, with the place that a core idea names."""
    with Project.open(folder, viewer) as project:
        found = project.raw(case_id(project, case), domain_id(project, domain))
    if as_json:
        output.data([
            {"place": one.place, "transcript": one.name, "speaker": one.speaker, "text": one.text} for one in found
        ])  # fmt: skip
        return
    output.table(("place", "speaker", "words"), [(one.place, one.speaker, excerpt(one.text, 80)) for one in found])
    if not found:
        output.say("Nothing is settled here yet.")


@cqr.command("biases")
@output.json_option
@as_option
@click.pass_obj
def biases(folder: Path, as_json: bool, viewer: str) -> None:
    """Show what members wrote about their biases and expectations, as far as you may read it."""
    with Project.open(folder, viewer) as project:
        found = project.biases()
    if as_json:
        output.data([{"author": one.author, "at": one.at, "body": one.body} for one in found])
        return
    output.table(("author", "at", "words"), [(one.author, one.at[:10], excerpt(one.body, 80)) for one in found])
    if not found:
        output.say("None that you may read. Write yours: qualbench memo FOLDER write WORDS --kind bias")


for one in (cqr_ideas.ideas, cqr_categories.categories, *cqr_results.VERBS):
    cqr.add_command(one)
