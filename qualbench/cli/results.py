"""The verb consensus: disagreements, and what the team decides about them."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click

from qualbench.cli import as_option, folder_argument, open_screens, output
from qualbench.model import OUTCOME_NAMES, REASON_NAMES, Item, Outcome, Reason
from qualbench.project import Project
from qualbench.text import counted, excerpt, folded


class Words(click.Choice[str]):
    """A choice that may also be said in full, in any case: `B`, `kept apart`, `Definition unclear`."""

    def __init__(self, names: Mapping[Outcome, str] | Mapping[Reason, str]) -> None:
        super().__init__([str(key) for key in names])
        self._keys = {folded(words.removeprefix("a ")): str(key) for key, words in names.items()}

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The choice that was meant."""
        said = folded(str(value)).replace("-", " ").removeprefix("a ") if len(str(value)) > 1 else folded(str(value))
        return super().convert(self._keys.get(said, folded(str(value))), param, ctx)


OUTCOMES = Words(OUTCOME_NAMES)
REASONS = Words(REASON_NAMES)


@click.group(invoke_without_command=True)
@folder_argument
@as_option
@click.pass_context
def consensus(ctx: click.Context, folder: Path, viewer: str) -> None:
    """Settle disagreements: on the screen, or with list, decide and log."""
    ctx.obj = folder
    if ctx.invoked_subcommand is None:
        open_screens(folder, viewer, screen="consensus")


@consensus.command("list")
@output.json_option
@as_option
@click.pass_obj
def list_items(folder: Path, as_json: bool, viewer: str) -> None:
    """List the disagreements and where each stands."""
    with Project.open(folder, viewer) as project:
        items, opened = project.items(), project.opened()
    if as_json:
        output.data([_item(item) for item in items])
        return
    output.table(
        ("item", "transcript", "state", "readings"),
        [
            (
                item.id,
                item.name,
                item.state,
                " | ".join(f"{c}: {', '.join(k) or '-'}" for c, k in item.readings.items()),
            )
            for item in items
        ],
    )
    settled = sum(item.state == "decided" for item in items)
    if opened:
        output.say(f"{settled} of {counted(len(items), 'disagreement')} decided.")
    else:
        output.say("Nothing is opened yet: a transcript opens when every coder's pass on it is submitted.")


def _item(item: Item) -> dict[str, Any]:
    decision = item.decision
    return {
        "item": item.id,
        "transcript": item.name,
        "start": item.start,
        "end": item.end,
        "readings": {coder: list(codes) for coder, codes in item.readings.items()},
        "state": item.state,
        "decision": None
        if decision is None
        else {
            "outcome": str(decision.outcome),
            "codes": list(decision.codes),
            "reason": str(decision.reason),
            "note": decision.note,
            "yielded": decision.yielded or None,
            "by": decision.actor,
            "at": decision.at,
        },
    }


@consensus.command("decide")
@click.argument("item")
@click.option("--outcome", type=OUTCOMES, required=True, help="Whose reading stands, or what else was decided.")
@click.option("--reason", type=REASONS, required=True, help="Why the readings differed.")
@click.option("--note", default="", help="In your own words.")
@click.option("--codes", default="", help="The new set, with commas; only for the outcome new.")
@click.option("--yielded", default="", help="Who gave way.")
@output.json_option
@as_option
@click.pass_obj
def decide(
    folder: Path, item: str, outcome: str, reason: str, note: str, codes: str, yielded: str, as_json: bool, viewer: str
) -> None:
    """Settle one disagreement; the passes stay as they are, and a later decision supersedes this one."""
    from qualbench.steps import codebook as codebooks
    from qualbench.steps import consensus as steps

    with Project.open(folder, viewer, write=True) as project:
        found = steps.find(project.items(), item)
        book = project.codebook()
        names = [codebooks.find(book, name.strip()).id for name in codes.split(",") if name.strip()]
        project.decide(found, Outcome(outcome), reason=Reason(reason), note=note, codes=names, yielded=yielded)
        decided = steps.find(project.items(), item)
    if as_json:
        output.data(_item(decided))
    output.say(f"Decided: {OUTCOME_NAMES[Outcome(outcome)]}, because of {REASON_NAMES[Reason(reason)]}.")


@consensus.command("log")
@output.json_option
@as_option
@click.pass_obj
def log(folder: Path, as_json: bool, viewer: str) -> None:
    """Every decision ever taken, superseded ones too."""
    with Project.open(folder, viewer) as project:
        decisions = project.decisions(superseded=True)
    rows = [
        {
            "item": d.item,
            "at": d.at,
            "by": d.actor,
            "outcome": str(d.outcome),
            "codes": list(d.codes),
            "reason": str(d.reason),
            "yielded": d.yielded or None,
            "note": d.note,
        }
        for d in decisions
    ]
    if as_json:
        output.data(rows)
    else:
        output.table(
            ("item", "at", "by", "outcome", "codes", "reason", "note"),
            [
                (d.item, d.at[:16], d.actor, d.outcome, ", ".join(d.codes), d.reason, excerpt(d.note, 60))
                for d in decisions
            ],
        )
