"""The verb consensus: what there is to settle, what the team decides about it, and what comes of that."""

from __future__ import annotations

from pathlib import Path

import click

from qualbench.cli import as_option, consensus_told, folder_argument, open_screens, output
from qualbench.cli.consensus_deciding import decide, item_named, link, together
from qualbench.cli.consensus_session import session
from qualbench.project import Project
from qualbench.text import counted, excerpt


@click.group(invoke_without_command=True)
@folder_argument
@as_option
@click.pass_context
def consensus(ctx: click.Context, folder: Path, viewer: str) -> None:
    """Settle disagreements: on the screen, or with the verbs below."""
    ctx.obj = folder
    if ctx.invoked_subcommand is None:
        open_screens(folder, viewer, screen="consensus")


for verb in (decide, together, link, session):
    consensus.add_command(verb)


# --- what there is to settle ---------------------------------------------------------------------------------------


@consensus.command("list")
@output.json_option
@as_option
@click.pass_obj
def list_items(folder: Path, as_json: bool, viewer: str) -> None:
    """List the disagreements and where each stands."""
    with Project.open(folder, viewer) as project:
        items, opened = project.agenda(), project.opened()
        not_sought = project.profile().consensus_said
    if as_json:
        output.data([consensus_told.item(item) for item in items])
        return
    output.table(
        ("item", "transcript", "state", "readings"),
        [(item.id, item.name, item.state, consensus_told.readings(item)) for item in items],
    )
    settled = sum(item.state == "decided" for item in items)
    if opened:
        output.say(f"{settled} of {counted(len(items), 'disagreement')} decided.")
    else:
        output.say(
            "Nothing is opened yet: a transcript opens when every coder's pass on it is submitted, and on a hub sealed."
        )
    if not_sought:
        output.say(not_sought)


@consensus.command("agenda")
@click.option("--session", "session_", default="", help="Of this session; the one that is open if you say nothing.")
@output.json_option
@as_option
@click.pass_obj
def agenda(folder: Path, session_: str, as_json: bool, viewer: str) -> None:
    """List what a session looks at, in its order, with who speaks first; hidden names stay hidden until a decision."""
    from qualbench.steps.consensus import called

    with Project.open(folder, viewer) as project:
        held = project.session(session_) if session_ else project.sitting()
        items, aside = project.agenda(held), project.folded(held)
        orders = [project.speaking_order(held, item) if held else () for item in items]
    if as_json:
        told = [consensus_told.item(i) | {"order": list(o)} for i, o in zip(items, orders, strict=True)]
        output.data({"session": held.id if held else None, "items": told, "folded": list(aside)})
        return
    output.table(
        ("item", "transcript", "state", "cause", "speaks first", "readings"),
        [
            (i.id, i.name, i.state, i.cause or "agreed", order[0] if order else "-",
             consensus_told.readings(i, called(held, i)))
            for i, order in zip(items, orders, strict=True)
        ],
    )  # fmt: skip
    if aside:
        output.say(f"Nothing to settle in: {', '.join(aside)}.")
    if held is None:
        output.say("No session is open: these are all disagreements. Open one: qualbench consensus FOLDER session open")


@consensus.command("show")
@click.argument("item")
@output.json_option
@as_option
@click.pass_obj
def show(folder: Path, item: str, as_json: bool, viewer: str) -> None:
    """Show one item: its words, every reading with its memos, and what was decided."""
    from qualbench.steps.consensus import called

    with Project.open(folder, viewer) as project:
        found, held = item_named(project, item), project.sitting()
        words = project.transcript(found.transcript).text[found.start : found.end]
        memos = [m for m in project.memos(found.transcript) if m.start < found.end and m.end > found.start]
    if as_json:
        told = [{"coder": memo.coder, "memo": memo.body} for memo in memos]
        output.data(consensus_told.item(found) | {"text": words, "memos": told})
    else:
        consensus_told.show(found, words, memos, called(held, found))


@consensus.command("history")
@click.argument("item")
@output.json_option
@as_option
@click.pass_obj
def history(folder: Path, item: str, as_json: bool, viewer: str) -> None:
    """Every decision ever taken on one item, the newest last."""
    with Project.open(folder, viewer) as project:
        decisions = project.decision_history(item)
    if as_json:
        output.data([consensus_told.decision(one) for one in decisions])
        return
    for one in decisions:
        consensus_told.decided(one)
    if not decisions:
        output.say("Nothing was decided on it yet.")


@consensus.command("log")
@output.json_option
@as_option
@click.pass_obj
def log(folder: Path, as_json: bool, viewer: str) -> None:
    """Every decision ever taken, superseded ones too."""
    with Project.open(folder, viewer) as project:
        decisions = project.decisions(superseded=True)
    if as_json:
        output.data([consensus_told.decision(one) for one in decisions])
        return
    output.table(
        ("item", "at", "by", "outcome", "codes", "reason", "note"),
        [
            (d.item, d.at[:16], d.actor, d.outcome, consensus_told.settled(d), d.reason, excerpt(d.note, 60))
            for d in decisions
        ],
    )


# --- what comes of it ----------------------------------------------------------------------------------------------


@consensus.command("outcomes")
@click.option("--session", "session_", default="", help="Of this session only.")
@click.option("--round", "round_", default="", help="Of this round only.")
@click.option("--yield", "with_yield", is_flag=True, help="Also who gave way how often; for the team.")
@output.json_option
@as_option
@click.pass_obj
def outcomes(folder: Path, session_: str, round_: str, with_yield: bool, as_json: bool, viewer: str) -> None:
    """Show what the decisions come to: reasons by code, what is left open, and what the codebook still needs."""
    with Project.open(folder, viewer) as project:
        found = project.outcomes(session_, round_)
    if as_json:
        output.data(consensus_told.outcomes(found, with_yield=with_yield))
        return
    consensus_told.tell_outcomes(found, with_yield=with_yield)
    if found.unlinked:
        output.say(
            f"{counted(len(found.unlinked), 'decision')} ask for a change of the codebook that is not linked yet: "
            "qualbench consensus FOLDER link ITEM"
        )
