"""The verbs of a consensus session: open it, break it off, take it up again, close it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from qualbench.cli import as_option, consensus_told, output
from qualbench.errors import UsageError
from qualbench.model import AgendaSort, Session, SessionState
from qualbench.project import Project

_PEOPLE = click.option("--person", "people", multiple=True, help="Somebody who is there; say it for each.")
_WHICH = click.argument("session", default="", required=False)
_NOTE = click.option("--note", default="", help="What is to be remembered.")


@click.group("session", invoke_without_command=True)
@output.json_option
@as_option
@click.pass_context
def session(ctx: click.Context, as_json: bool, viewer: str) -> None:
    """Open, break off, take up and close sessions; alone, list them."""
    if ctx.invoked_subcommand is None:
        _list(ctx.obj, viewer, as_json=as_json)


@session.command("open")
@_PEOPLE
@click.option("--round", "round_", default="", help="Over this round; over everything that is opened otherwise.")
@click.option("--chair", default="", help="Who leads it.")
@click.option("--scribe", default="", help="Who writes down.")
@click.option("--standing", default="", help="The person of most standing, who never speaks first.")
@click.option("--hidden", is_flag=True, help="Whose reading is whose is not shown before the decision.")
@click.option("--sort", type=click.Choice([*map(str, AgendaSort)]), default="transcript", show_default=True,
              help="The order of the agenda.")  # fmt: skip
@click.option("--sample", type=click.IntRange(0, 10**6), default=0, help="How many agreements are looked at as well.")
@click.option("--seed", type=click.IntRange(0, 2**53), default=1, show_default=True,
              help="The same seed draws the same agreements again.")  # fmt: skip
@output.json_option
@as_option
@click.pass_obj
def open_(
    folder: Path, people: tuple[str, ...], round_: str, chair: str, scribe: str, standing: str, hidden: bool, sort: str,
    sample: int, seed: int, as_json: bool, viewer: str,
) -> None:  # fmt: skip
    """Sit down over a round, or over everything that is opened."""
    with Project.open(folder, viewer, write=True) as project:
        project.open_session(
            people=people, round=round_, chair=chair, scribe=scribe, standing=standing, hidden=hidden,
            sort=AgendaSort(sort), sample=sample, seed=seed,
        )  # fmt: skip
        opened = project.sessions()[-1]
        number = len(project.agenda(opened))
        told = _told(project, opened)
    if as_json:
        output.data(told)
    output.say(f"The session is open: {number} on the agenda. See: qualbench consensus FOLDER agenda")


@session.command("list")
@output.json_option
@as_option
@click.pass_obj
def list_(folder: Path, as_json: bool, viewer: str) -> None:
    """List every session with its number."""
    _list(folder, viewer, as_json=as_json)


def _list(folder: Path, viewer: str, *, as_json: bool) -> None:
    with Project.open(folder, viewer) as project:
        told = [_told(project, one) for one in project.sessions()]
    if as_json:
        output.data(told)
        return
    output.table(
        ("number", "at", "round", "state", "people"),
        [
            (one["number"], one["at"][:16], one["round"] or "everything", one["state"], ", ".join(one["people"]))
            for one in told
        ],
    )
    if not told:
        output.say("There was no session yet.")


@session.command("show")
@_WHICH
@output.json_option
@as_option
@click.pass_obj
def show(folder: Path, session: str, as_json: bool, viewer: str) -> None:
    """Show a session, by its number or id: who is there, in which roles, and when it was broken off."""
    with Project.open(folder, viewer) as project:
        told = _told(project, _which(project, session))
    if as_json:
        output.data(told)
        return
    output.text(f"Session {told['number']}, {told['state']}, over {told['round'] or 'everything that is opened'}")
    for name in ("people", "chair", "scribe", "standing"):
        said = told[name]
        output.text(f"{name}: {', '.join(said) if isinstance(said, list) else said or '-'}")
    output.text(f"sorted by {told['sort']}" + (", names hidden" if told["hidden"] else ""))
    if told["sample"]:
        output.text(f"agreements looked at: {', '.join(told['sample'])}")
    for turn in told["turns"]:
        output.text(f"{turn['at'][:16]} {turn['state']}: {', '.join(turn['people'])}  {turn['note']}")


@session.command("pause")
@_WHICH
@_NOTE
@as_option
@output.answers
@click.pass_obj
def pause(folder: Path, session: str, note: str, viewer: str) -> None:
    """Break a session off; it is taken up again whenever you like, on any machine."""
    _state(folder, viewer, session, SessionState.PAUSED, (), note)
    output.say("The session is paused. Take it up again: qualbench consensus FOLDER session resume")


@session.command("resume")
@_WHICH
@_PEOPLE
@_NOTE
@as_option
@output.answers
@click.pass_obj
def resume(folder: Path, session: str, people: tuple[str, ...], note: str, viewer: str) -> None:
    """Take a session up again, with the same people or with those you name."""
    _state(folder, viewer, session, SessionState.OPEN, people, note)
    output.say("The session goes on.")


@session.command("close")
@_WHICH
@_NOTE
@as_option
@output.answers
@click.pass_obj
def close(folder: Path, session: str, note: str, viewer: str) -> None:
    """Close a session for good."""
    _state(folder, viewer, session, SessionState.CLOSED, (), note)
    output.say("The session is closed. What came of it: qualbench consensus FOLDER outcomes")


def _state(folder: Path, viewer: str, name: str, state: SessionState, people: tuple[str, ...], note: str) -> None:
    with Project.open(folder, viewer, write=True) as project:
        project.state_session(_which(project, name), state, people=people or None, note=note)


def _which(project: Project, name: str) -> Session:
    """The session that is named, else the one that is open or was broken off last."""
    held = project.session(name) if name else project.sitting()
    if held is None:
        raise UsageError("No session is open or paused.", "See: qualbench consensus FOLDER session list")
    return held


def _told(project: Project, one: Session) -> dict[str, Any]:
    number = [other.id for other in project.sessions()].index(one.id) + 1
    round_ = project.round(one.round).name if one.round else ""
    return consensus_told.session(one, round_, project.session_turns(one.id), number)
