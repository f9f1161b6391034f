"""The verb method: what the study's method asks for, where the study stands, and changing it with a reason."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from qualbench.cli import Listing, as_option, folder_argument, output
from qualbench.model import METHOD_NAMES
from qualbench.project import Project
from qualbench.text import percent

if TYPE_CHECKING:
    from qualbench.steps.methods import Week


@click.group("method", cls=Listing, invoke_without_command=True)
@folder_argument
@output.json_option
@as_option
@click.pass_context
def method(ctx: click.Context, folder: Path, as_json: bool, viewer: str) -> None:
    """Show what the method asks for and where the study stands, or change it."""
    ctx.obj = folder
    if ctx.invoked_subcommand is not None:
        return
    with Project.open(folder, viewer) as project:
        told = _told(project)
    if as_json:
        output.data(told)
        return
    for sentence in told["statement"]:
        output.text(sentence)
    output.table(
        ("here", "phase", "state", "what shows it"),
        [
            ("here" if one["here"] else "", f"{one['number']} {one['name']}", one["state"], " ".join(one["shows"]))
            for one in told["phases"]
        ],
    )
    output.text(f"Next: {told['next']}")


def _told(project: Project) -> dict[str, Any]:
    from qualbench.steps.methods import next_step

    phases = project.phases()
    return {
        "method": str(project.study.method),
        "name": METHOD_NAMES[project.study.method],
        "profile": dict(project.profile().rows),
        "phases": [
            {
                "id": one.id, "number": one.number, "name": one.name, "name_2006": one.before, "asks": one.asks,
                "state": str(one.state), "shows": list(one.shows), "entered": one.entered, "here": one.is_here,
            }
            for one in phases
        ],
        "next": next_step(phases),
        "changes": [
            {"before": str(one.before), "method": str(one.method), "reason": one.reason, "by": one.by, "at": one.at}
            for one in project.method_changes()
        ],
        "entered": [
            {"phase": one.phase, "note": one.note, "by": one.by, "at": one.at} for one in project.phase_turns()
        ],
        "statement": list(project.statement()),
    }  # fmt: skip


@method.command("change")
@click.argument("name", metavar="METHOD")
@click.option("--reason", required=True, help="Why; the method statement and the report repeat it.")
@as_option
@output.answers
@click.pass_obj
def change(folder: Path, name: str, reason: str, viewer: str) -> None:
    """Follow another method from now on."""
    with Project.open(folder, viewer, write=True) as project:
        project.change_method(name, reason)
        output.say(f"The study follows {METHOD_NAMES[project.study.method]} now.")


@method.command("phase")
@click.argument("phase")
@click.option("--note", default="", help="What the team says about it.")
@as_option
@output.answers
@click.pass_obj
def phase_(folder: Path, phase: str, note: str, viewer: str) -> None:
    """Say which phase the team works in now, by its id or number; going back is as good as going on."""
    with Project.open(folder, viewer, write=True) as project:
        project.enter_phase(phase, note)
        here = next(one for one in project.phases() if one.is_here)
    output.say(f"The team works in {here.word} {here.number} now: {here.name}.")


@method.command("cycle")
@output.json_option
@as_option
@click.pass_obj
def cycle(folder: Path, as_json: bool, viewer: str) -> None:
    """Show the weekly cycle round by round: agreement before negotiation, and after it."""
    from qualbench.steps.methods import stands

    with Project.open(folder, viewer) as project:
        weeks, target = project.cycle(), project.target()
    if as_json:
        output.data({"target": target, "weeks": [_week(one) for one in weeks]})
        return
    output.table(
        (
            "round", "codebook", "passes", "alpha before", "agreed before", "after negotiation", "session", "next",
            "to look at",
        ),
        [
            (
                one.round or "everything", one.codebook, f"{one.passes} of {one.asked}",
                "-" if one.alpha is None else f"{one.alpha:.3f}", _share(one.settlement.before),
                _share(one.settlement.after), one.session or "none", one.next_version or "-", one.debt,
            )
            for one in weeks
        ],
    )  # fmt: skip
    for one in weeks[-1:]:
        output.text(stands(one))
    output.text(target)


def _share(value: float | None) -> str:
    return "-" if value is None else percent(value)


def _week(one: Week) -> dict[str, Any]:
    here = one.settlement
    return {
        "round": one.round, "planned": one.planned, "codebook": one.codebook, "transcripts": list(one.transcripts),
        "passes": one.passes, "asked": one.asked,
        "before": {"alpha": one.alpha, "judged": one.judged, "percent": here.before, "target_reached": one.reached},
        "session": one.session or None,
        "after": {
            "percent": here.after, "segments": here.units, "alike": here.alike, "settled": here.settled,
            "deferred": here.deferred, "apart": here.apart, "left": here.left,
        },
        "next_version": one.next_version or None,
        "to_look_at_again": one.debt,
    }  # fmt: skip
