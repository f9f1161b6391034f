"""The verbs that decide what coders read differently, one item or several, and link what the codebook got of it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import click

from qualbench.cli import as_option, consensus_told, output
from qualbench.errors import UnknownItem, UsageError
from qualbench.model import (
    CODEBOOK_ACTION_NAMES,
    OUTCOME_NAMES,
    REASON_NAMES,
    CodebookAction,
    Item,
    Outcome,
    Reason,
    SessionState,
)
from qualbench.project import Project
from qualbench.text import counted, excerpt, folded

OUTSIDE = "none"
"""Said as a session, it means: outside of any."""


class Words(click.Choice[str]):
    """A choice that may also be said in full, in any case: `B`, `kept apart`, `Definition unclear`."""

    def __init__(self, names: Mapping[Any, str]) -> None:
        super().__init__([str(key) for key in names])
        self._keys = {folded(words.removeprefix("a ")): str(key) for key, words in names.items()}

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The choice that was meant."""
        said = folded(str(value)).replace("-", " ").removeprefix("a ") if len(str(value)) > 1 else folded(str(value))
        return super().convert(self._keys.get(said, folded(str(value))), param, ctx)


OUTCOMES, REASONS, ACTIONS = Words(OUTCOME_NAMES), Words(REASON_NAMES), Words(CODEBOOK_ACTION_NAMES)


def _deciding(command: Any) -> Any:
    """The options of every verb that decides."""
    for option in reversed((
        click.option("--outcome", type=OUTCOMES, default=None, help="Whose reading stands, or what else was decided."),
        click.option("--reason", type=REASONS, required=True, help="Why the readings differed."),
        click.option("--note", default="", help="In your own words."),
        click.option("--codes", default="", help="The new set, with commas; only for the outcome new."),
        click.option("--stands", default="", help="Whose reading stands; only for the outcome one."),
        click.option("--yielded", default="", help="Who gave way."),
        click.option("--action", type=ACTIONS, default=None, help="What it asks of the codebook."),
        click.option("--session", "session_", default="", help="In which session; the open one if you say nothing, "
                     f"'{OUTSIDE}' for outside of any."),
        click.option("--seconds", type=click.IntRange(0, 10**6), default=0, help="How long it was talked about."),
    )):  # fmt: skip
        command = option(command)
    return command


@click.command("decide")
@click.argument("item")
@click.argument("said", metavar="[OUTCOME]", type=OUTCOMES, required=False)
@_deciding
@click.option(
    "--part",
    "parts",
    multiple=True,
    metavar="START-END:CODES",
    help="A part of the segment with its codes, with commas, or none; only for the outcome split.",
)
@output.json_option
@as_option
@click.pass_obj
def decide(
    folder: Path, item: str, said: str | None, outcome: str | None, reason: str, note: str, codes: str, stands: str,
    yielded: str, action: str | None, session_: str, seconds: int, parts: tuple[str, ...], as_json: bool, viewer: str,
) -> None:  # fmt: skip
    """Settle one item; the passes stay as they are, and a later decision supersedes this one."""
    chosen = _outcome(said, outcome)
    with Project.open(folder, viewer, write=True) as project:
        found = item_named(project, item)
        project.decide(
            found, chosen, reason=Reason(reason), note=note, codes=_codes(project, codes), yielded=yielded,
            stands=stands, parts=[_part(project, one) for one in parts],
            session=_session_of(project, session_, [found]), seconds=seconds, action=_action(action),
        )  # fmt: skip
        decided = item_named(project, item)
    if as_json:
        output.data(consensus_told.item(decided))
    output.say(f"Decided: {OUTCOME_NAMES[chosen]}, because of {REASON_NAMES[Reason(reason)]}.")


@click.command("together")
@click.argument("items", metavar="ITEM...", nargs=-1, required=True)
@click.option("--same", is_flag=True, help="Also every open item with the same readings as the first.")
@_deciding
@output.json_option
@as_option
@click.pass_obj
def together(
    folder: Path, items: tuple[str, ...], same: bool, outcome: str | None, reason: str, note: str, codes: str,
    stands: str, yielded: str, action: str | None, session_: str, seconds: int, as_json: bool, viewer: str,
) -> None:  # fmt: skip
    """Settle several items at once, each with a record of its own; one undo takes all of them back."""
    chosen = _outcome(None, outcome)
    with Project.open(folder, viewer, write=True) as project:
        found = [item_named(project, one) for one in items]
        ids = {one.id for one in found}
        found += [one for one in project.same_kind(found[0]) if one.id not in ids] if same else []
        project.decide_together(
            found, chosen, reason=Reason(reason), note=note, codes=_codes(project, codes), yielded=yielded,
            stands=stands, session=_session_of(project, session_, found), seconds=seconds, action=_action(action),
        )  # fmt: skip
        told = [consensus_told.item(item_named(project, one.id)) for one in found] if as_json else []
    if as_json:
        output.data(told)
    output.say(f"{counted(len(found), 'item')} decided: {OUTCOME_NAMES[chosen]}.")


@click.command("link")
@click.argument("item")
@click.argument("steps", metavar="[STEP]...", nargs=-1)
@as_option
@output.answers
@click.pass_obj
def link(folder: Path, item: str, steps: tuple[str, ...], viewer: str) -> None:
    """Note which changes of the codebook's draft came of the decision on an item; the newest one if none is named."""
    with Project.open(folder, viewer, write=True) as project:
        taken = project.decision_history(item)
        if not taken:
            raise UsageError(f"Nothing was decided on '{item}' yet.", "See: qualbench consensus FOLDER decide --help")
        project.link_action(taken[-1].id, steps or project.codebook_steps()[-1:])
    output.say("Linked.")


def _outcome(said: str | None, outcome: str | None) -> Outcome:
    if said is None and outcome is None:
        raise UsageError("No outcome is named.", f"Say one with --outcome: {', '.join(OUTCOME_NAMES)}")
    if said and outcome and said != outcome:
        raise UsageError(f"Two outcomes are named: {said} and {outcome}.")
    return Outcome(outcome or said or "")


def _action(said: str | None) -> CodebookAction:
    return CodebookAction(said) if said else CodebookAction.NONE


def _codes(project: Project, said: str) -> list[str]:
    from qualbench.steps import codebook as codebooks

    names = [name.strip() for name in said.split(",") if name.strip()]
    return [codebooks.find(project.codebook(), name).id for name in names]


def _part(project: Project, said: str) -> tuple[int, int, Sequence[str]]:
    shape = re.fullmatch(r"([0-9]{1,9})-([0-9]{1,9}):(.*)", said.strip(), re.DOTALL)
    if shape is None:
        raise UsageError(f"'{excerpt(said, 60)}' is no part.", "Write START-END:CODES, for instance 120-148:TRUST,HOPE")
    return int(shape[1]), int(shape[2]), _codes(project, shape[3])


def _session_of(project: Project, said: str, items: Sequence[Item]) -> str:
    """In which session these are decided: the one that is named, else an open one that has them all."""
    if said:
        return "" if said == OUTSIDE else project.session(said).id
    wanted = {item.id for item in items}
    for one in project.sessions():
        if one.state is SessionState.OPEN and wanted <= {item.id for item in project.agenda(one)}:
            return one.id
    return ""


def item_named(project: Project, name: str) -> Item:
    """An item by its name: a disagreement, or an agreement that an open session looks at."""
    agendas = [None, *(one for one in project.sessions() if one.sample and one.state is not SessionState.CLOSED)]
    for one in agendas:
        for item in project.agenda(one):
            if item.id == name:
                return item
    raise UnknownItem(name)
