"""The verb consensus: what there is to settle, what the team decides about it, and what comes of that."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import click

from qualbench.cli import as_option, consensus_told, folder_argument, open_screens, output
from qualbench.cli.consensus_session import session
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


@click.group(invoke_without_command=True)
@folder_argument
@as_option
@click.pass_context
def consensus(ctx: click.Context, folder: Path, viewer: str) -> None:
    """Settle disagreements: on the screen, or with the verbs below."""
    ctx.obj = folder
    if ctx.invoked_subcommand is None:
        open_screens(folder, viewer, screen="consensus")


consensus.add_command(session)


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
        output.say("Nothing is opened yet: a transcript opens when every coder's pass on it is submitted.")
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
        found, held = _found(project, item), project.sitting()
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


# --- deciding ------------------------------------------------------------------------------------------------------


@consensus.command("decide")
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
        found = _found(project, item)
        project.decide(
            found, chosen, reason=Reason(reason), note=note, codes=_codes(project, codes), yielded=yielded,
            stands=stands, parts=[_part(project, one) for one in parts],
            session=_session_of(project, session_, [found]), seconds=seconds, action=_action(action),
        )  # fmt: skip
        decided = _found(project, item)
    if as_json:
        output.data(consensus_told.item(decided))
    output.say(f"Decided: {OUTCOME_NAMES[chosen]}, because of {REASON_NAMES[Reason(reason)]}.")


@consensus.command("together")
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
        found = [_found(project, one) for one in items]
        ids = {one.id for one in found}
        found += [one for one in project.same_kind(found[0]) if one.id not in ids] if same else []
        project.decide_together(
            found, chosen, reason=Reason(reason), note=note, codes=_codes(project, codes), yielded=yielded,
            stands=stands, session=_session_of(project, session_, found), seconds=seconds, action=_action(action),
        )  # fmt: skip
        told = [consensus_told.item(_found(project, one.id)) for one in found] if as_json else []
    if as_json:
        output.data(told)
    output.say(f"{counted(len(found), 'item')} decided: {OUTCOME_NAMES[chosen]}.")


@consensus.command("link")
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


def _found(project: Project, name: str) -> Item:
    """An item by its name: a disagreement, or an agreement that an open session looks at."""
    agendas = [None, *(one for one in project.sessions() if one.sample and one.state is not SessionState.CLOSED)]
    for one in agendas:
        for item in project.agenda(one):
            if item.id == name:
                return item
    raise UnknownItem(name)


def _session_of(project: Project, said: str, items: Sequence[Item]) -> str:
    """In which session these are decided: the one that is named, else an open one that has them all."""
    if said:
        return "" if said == OUTSIDE else project.session(said).id
    wanted = {item.id for item in items}
    for one in project.sessions():
        if one.state is SessionState.OPEN and wanted <= {item.id for item in project.agenda(one)}:
            return one.id
    return ""


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
