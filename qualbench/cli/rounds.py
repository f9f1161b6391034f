"""The verb round: plan which transcripts are coded by whom, and how many segments that takes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from qualbench.cli import Listing, as_option, folder_argument, output
from qualbench.cli.matrices import show_passages
from qualbench.errors import UsageError
from qualbench.model import Round
from qualbench.project import Project
from qualbench.text import counted

SHARE = click.FloatRange(0.0001, 0.9999)
"""A share of something that neither never nor always happens."""


@click.group("round", cls=Listing, invoke_without_command=True)
@folder_argument
@output.json_option
@click.pass_context
def round_(ctx: click.Context, folder: Path, as_json: bool) -> None:
    """List the rounds, plan one, or ask how many segments one needs."""
    ctx.obj = folder
    if ctx.invoked_subcommand is not None:
        return
    with Project.open(folder) as project:
        names = {row.id: row.name for row in project.transcripts()}
        rounds = [_told(one, names, _states(project, one)) for one in project.rounds()]
    if as_json:
        output.data(rounds)
        return
    for one in rounds:
        bound = f" Only what the query '{one['query']}' found." if one["query"] else ""
        output.text(
            f"\n{one['round']}: codebook {one['codebook']}, planned {one['planned'][:10]}. {one['drawn']}{bound}"
        )
        output.table(
            ("transcript", "coders", "passes"),
            [
                (
                    told["transcript"],
                    ", ".join(told["coders"]),
                    ", ".join(f"{c} {s}" for c, s in told["passes"].items()),
                )
                for told in one["assignments"]
            ],
        )
    if not rounds:
        output.say("There is no round yet: every coder codes every transcript.")


def _states(project: Project, one: Round) -> dict[tuple[str, str], str]:
    return {(p.transcript, p.coder): str(p.state) for p in project.passes() if p.round == one.id}


def _told(one: Round, names: dict[str, str], states: dict[tuple[str, str], str]) -> dict[str, Any]:
    return {
        "round": one.name,
        "codebook": one.codebook,
        "planned": one.planned,
        "drawn": one.drawn,
        "seed": one.seed,
        "recode": one.recode,
        "query": one.bound or None,
        "assignments": [
            {
                "transcript": names.get(id_, id_),
                "coders": list(coders),
                "passes": {coder: states.get((id_, coder), "not begun") for coder in coders},
            }
            for id_, coders in one.assignments.items()
        ],
    }


@round_.command("plan")
@click.argument("name")
@click.option("--coder", "coders", multiple=True, required=True, help="Somebody who codes in it; say it for each.")
@click.option("--share", type=float, default=1.0, show_default=True, help="Share of the segments that several code.")
@click.option("--each", type=int, default=2, show_default=True, help="How many coders code those.")
@click.option("--by", "attribute", default="", help="Draw within the values of this attribute.")
@click.option("--transcript", "only", multiple=True, help="Draw from these transcripts only.")
@click.option(
    "--seed", type=click.IntRange(0, 2**53), default=1, show_default=True, help="The same seed draws the same again."
)
@click.option(
    "--recode", is_flag=True, help="The coders code again what they coded before, to see how steady they are."
)
@click.option("--query", default="", metavar="NAME", help="Ask only about what this saved query finds now.")
@click.option("--yes", is_flag=True, help="Plan it without asking.")
@click.option("--dry-run", is_flag=True, help="Show the draw only.")
@output.json_option
@as_option
@click.pass_obj
def plan(
    folder: Path, name: str, coders: tuple[str, ...], share: float, each: int, attribute: str, only: tuple[str, ...],
    seed: int, recode: bool, query: str, yes: bool, dry_run: bool, as_json: bool, viewer: str,
) -> None:  # fmt: skip
    """Draw who codes which transcript, show it, and record it after a yes."""
    if query and (recode or only):
        raise UsageError("A round over a query has the transcripts that the query finds: say --query alone.")
    with Project.open(folder, viewer, write=not dry_run) as project:
        names = {row.id: row.name for row in project.transcripts()}
        if query:
            draw = project.draw_bound(query, coders, share=share, each=each, seed=seed, attribute=attribute)
        else:
            draw = project.draw(
                coders, share=share, each=each, seed=seed, attribute=attribute, recode=recode, only=only
            )  # fmt: skip
        if not as_json:
            output.text(draw.drawn)
            output.table(
                ("transcript", "coders"), [(names[id_], ", ".join(who)) for id_, who in draw.assignments.items()]
            )
        if not dry_run:
            waits = "The round is not planned yet: it waits for a yes."
            output.confirm("Plan it as shown?", yes=yes, waits=waits, refused="Nothing was planned.")
            if query:
                project.plan_bound(name, query, draw, seed=seed)
            else:
                project.plan_round(name, draw, seed=seed, recode=recode)
            output.say(f"The round '{name}' is planned.")
    if as_json:
        output.data({
            "round": name, "drawn": draw.drawn, "share": draw.share, "seed": seed, "planned": not dry_run,
            "assignments": {names[id_]: list(who) for id_, who in draw.assignments.items()},
        })  # fmt: skip


@round_.command("bind")
@click.argument("name")
@click.option("--query", required=True, metavar="NAME", help="The saved query whose finds are the list of work.")
@as_option
@output.answers
@click.pass_obj
def bind(folder: Path, name: str, query: str, viewer: str) -> None:
    """Bind a round in which nobody codes yet to what a saved query finds now; nothing else is asked."""
    with Project.open(folder, viewer, write=True) as project:
        project.bind_round(name, query)
        number = len(project.work_list(name))
    output.say(f"The round '{name}' asks about {counted(number, 'segment')}, found by '{query}'.")


@round_.command("uncoded")
@click.argument("name")
@output.json_option
@as_option
@click.pass_obj
def uncoded(folder: Path, name: str, as_json: bool, viewer: str) -> None:
    """Show what is on a round's list of work and got no code, to be read once more."""
    with Project.open(folder, viewer) as project:
        if not project.work_list(name):
            raise UsageError(f"The round '{name}' has no list of work.", "Bind it to a saved query first.")
        found, told = project.uncoded(name), project.list_coverage(name)
    show_passages(found, as_json)
    output.say(
        f"{told.looked_at} of {told.listed} of the work list looked at, {told.coded} with a code,"
        f" {len(found)} without, as far as you may know."
    )


@round_.command("withdraw")
@click.argument("name")
@click.option("--reason", required=True, help="Why it is given up.")
@as_option
@output.answers
@click.pass_obj
def withdraw(folder: Path, name: str, reason: str, viewer: str) -> None:
    """Give a round up in which nobody codes yet."""
    with Project.open(folder, viewer, write=True) as project:
        project.withdraw_round(name, reason)
    output.say(f"The round '{name}' is withdrawn.")


@round_.command("size")
@click.option("--alpha", type=float, default=0.8, show_default=True, help="The alpha you expect.")
@click.option("--prevalence", type=SHARE, required=True, help="Share of segments with the rarest code you care about.")
@click.option(
    "--half-width", type=SHARE, default=0.1, show_default=True, help="How far alpha may lie off, 95 of 100 times."
)
@click.option("--icc", type=float, default=0.05, show_default=True, help="How alike segments of one transcript are.")
@output.json_option
@click.pass_obj
def size(folder: Path, alpha: float, prevalence: float, half_width: float, icc: float, as_json: bool) -> None:
    """How many segments two coders must code for an interval this narrow, with this study's transcripts."""
    from qualbench.steps.agreement import units_for_half_width

    with Project.open(folder) as project:
        rows = project.transcripts()
    mean = sum(row.segments for row in rows) / len(rows) if rows else 1.0
    alone = units_for_half_width(alpha, prevalence, half_width)
    together = units_for_half_width(alpha, prevalence, half_width, size=max(1, round(mean)), icc=icc)
    have = sum(row.segments for row in rows)
    if as_json:
        output.data({
            "independent_segments": alone, "segments": together, "segments_in_study": have,
            "segments_a_transcript": mean, "transcripts": -(-together // max(1, round(mean))),
        })  # fmt: skip
        return
    output.text(
        f"{counted(alone, 'segment')} if each stood for itself; {together} because segments of one transcript are "
        f"alike ({mean:.0f} to a transcript, icc {icc:g})."
    )
    output.text(f"The study has {counted(have, 'segment')} in {counted(len(rows), 'transcript')}.")
