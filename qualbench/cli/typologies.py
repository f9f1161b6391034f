"""The verb types: types of participants with their reasons, by hand or by a rule, and negative cases."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import click

from qualbench.cli import Listing, as_option, folder_argument, output
from qualbench.errors import UsageError
from qualbench.project import Project
from qualbench.text import counted


@click.group("types", cls=Listing, invoke_without_command=True)
@folder_argument
@click.option("--of", "typology", default="", metavar="TYPOLOGY", help="Only this typology.")
@output.json_option
@as_option
@click.pass_context
def types_(ctx: click.Context, folder: Path, typology: str, as_json: bool, viewer: str) -> None:
    """List the participants with their types and why they have them; give types, and mark negative cases."""
    ctx.obj = folder
    if ctx.invoked_subcommand is not None:
        return
    _list(folder, typology, viewer, as_json=as_json)


@types_.command("list")
@click.option("--of", "typology", default="", metavar="TYPOLOGY", help="Only this typology.")
@output.json_option
@as_option
@click.pass_obj
def list_(folder: Path, typology: str, as_json: bool, viewer: str) -> None:
    """List the participants with their types and why they have them."""
    _list(folder, typology, viewer, as_json=as_json)


def _list(folder: Path, typology: str, viewer: str, *, as_json: bool) -> None:
    with Project.open(folder, viewer) as project:
        found = project.types(typology)
    if as_json:
        output.data([asdict(one) for one in found])
        return
    output.table(
        ("typology", "participant", "type", "why", "by"),
        [(one.typology, one.label, one.value or "-", one.why or "-", one.by or "-") for one in found],
    )
    if not found:
        output.say(
            "There is no typology yet. Give a type with: qualbench types FOLDER assign P01 TYPOLOGY TYPE --reason WHY"
        )


@types_.command("assign")
@click.argument("participant")
@click.argument("typology")
@click.argument("value", metavar="TYPE")
@click.option("--reason", required=True, help="Why this participant is of it.")
@as_option
@output.answers
@click.pass_obj
def assign(folder: Path, participant: str, typology: str, value: str, reason: str, viewer: str) -> None:
    """Say which type a participant is of, by hand; an empty type takes theirs away."""
    with Project.open(folder, viewer, write=True) as project:
        project.assign_type(participant, typology, value, reason=reason)
    output.say(f"{participant}: {typology} {value or 'not known any more'}.")


@types_.command("rule")
@click.argument("typology")
@click.argument("value", metavar="TYPE")
@click.argument("rule")
@click.option("--reason", default="", help="Why the rule makes this type.")
@click.option("--replace", is_flag=True, help="Also for those who are of another type.")
@click.option("--yes", is_flag=True, help="Give the type without asking.")
@click.option("--dry-run", is_flag=True, help="Show whom the rule fits only.")
@output.json_option
@as_option
@click.pass_obj
def rule(
    folder: Path, typology: str, value: str, rule: str, reason: str, replace: bool, yes: bool, dry_run: bool,
    as_json: bool, viewer: str,
) -> None:  # fmt: skip
    """Give a type to all whom a rule fits, such as 'code:TRUST and attribute:role = advocate'."""
    with Project.open(folder, viewer, write=not dry_run) as project:
        found = project.ruled(typology, value, rule, replace=replace)
        labels = {one.id: one.label for one in project.participants()}
        if not as_json:
            rows = [(labels[one], "gets the type") for one in found.given]
            rows += [(labels[one], "has it already") for one in found.already]
            rows += [(labels[one], f"stays {held}") for one, held in found.others]
            output.table(("participant", value), rows)
        if not dry_run and found.given:
            waits = "No type is given yet: it waits for a yes."
            output.confirm("Give the type as shown?", yes=yes, waits=waits, refused="No type was given.")
            project.type_by_rule(typology, value, rule, reason, replace=replace)
    if as_json:
        done = not dry_run and bool(found.given)
        output.data(
            {"given": found.given, "already": found.already, "others": [list(one) for one in found.others],
             "done": done}
        )  # fmt: skip
    else:
        fits = len(found.given) + len(found.already) + len(found.others)
        output.say(f"The rule fits {counted(fits, 'participant')}.")


@types_.command("negative")
@click.argument("against", default="", metavar="[THEME|CODE|TYPOLOGY=TYPE]")
@click.option("--participant", default="", help="Whose interview speaks against it; without one, cases are listed.")
@click.option("--reason", default="", help="How it speaks against it, or why it does not after all.")
@click.option("--not", "taken_back", is_flag=True, help="The participant is found to be no negative case.")
@output.json_option
@as_option
@click.pass_obj
def negative(
    folder: Path, against: str, participant: str, reason: str, taken_back: bool, as_json: bool, viewer: str
) -> None:
    """List negative cases, or mark a participant whose interview speaks against a theme, a code or a type."""
    if participant and not against:
        raise UsageError("Say what the interview speaks against: a theme, a code, or a type as in Stance=advocate.")
    with Project.open(folder, viewer, write=bool(participant)) as project:
        if participant:
            project.mark_negative(against, participant, reason, marked=not taken_back)
            output.say(f"{participant} is {'no' if taken_back else 'a'} negative case.")
        found = project.negative_cases(against)
    if as_json:
        output.data([asdict(one) for one in found])
        return
    output.table(
        ("participant", "speaks against", "how", "by", "when"),
        [(one.label, one.told, one.reason, one.by, one.at[:10]) for one in found],
    )
    if not found:
        output.say("No negative case is marked that you may know of.")
