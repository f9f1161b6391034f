"""Verbs of who speaks, and of finding what was said: participants, search."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from qualbench.cli import Listing, as_option, folder_argument, output
from qualbench.cli.care import withdraw
from qualbench.errors import UsageError
from qualbench.model import Role
from qualbench.project import Project
from qualbench.project.participants import FOUND
from qualbench.text import counted, excerpt, shown

KINDS = click.Choice(["choice", "number", "date", "text"])


@click.group(cls=Listing, invoke_without_command=True)
@folder_argument
@output.json_option
@click.pass_context
def participants(ctx: click.Context, folder: Path, as_json: bool) -> None:
    """Show who the speakers are, or set it by hand or from a table."""
    ctx.obj = folder
    if ctx.invoked_subcommand is not None:
        return
    with Project.open(folder) as project:
        attributes = {p.id: dict(p.attributes) for p in project.participants()}
        rows: list[dict[str, Any]] = [
            {
                "transcript": row.name,
                "speaker": speaker.label,
                "role": str(speaker.role),
                "participant": speaker.participant,
                "attributes": attributes.get(speaker.participant, {}),
            }
            for row in project.transcripts()
            for speaker in project.transcript(row.id).speakers
        ]
        groups, withdrawn = project.groups(), project.withdrawn()
    if as_json:
        output.data(rows)
        return
    output.table(
        ("transcript", "speaker", "role", "participant", "attributes"),
        [(*list(row.values())[:4], ", ".join(f"{k}: {v}" for k, v in row["attributes"].items())) for row in rows],
    )
    for group in groups:
        unknown = f"; nobody yet: {', '.join(group.unassigned)}" if group.unassigned else ""
        output.text(f"Focus group {group.transcript}: {', '.join(group.members)}{unknown}")
    for one in withdrawn:
        output.text(f"Withdrew on {one.at[:10]}: {one.participant}")


participants.add_command(withdraw)


# --- from a table ----------------------------------------------------------------------------------------------


@participants.command("import")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option(
    "--map", "maps", multiple=True, metavar="COLUMN=WHAT",
    help="What a column is: participant, transcript, speaker, role, - (left out), or attribute:KIND with the kind "
    "choice, number, date or text.",
)  # fmt: skip
@click.option("--add", is_flag=True, help="Rows about people who speak in no transcript yet bring them in.")
@click.option("--sheet", default="", help="Which sheet of a workbook; the first one otherwise.")
@click.option("--encoding", default=None, help="How a CSV file is encoded, where it is not UTF-8.")
@click.option("--yes", is_flag=True, help="Take it in as suggested, without asking.")
@click.option("--dry-run", is_flag=True, help="Look only.")
@output.json_option
@as_option
@click.pass_obj
def import_participants(
    folder: Path, file: Path, maps: tuple[str, ...], add: bool, sheet: str, encoding: str | None, yes: bool,
    dry_run: bool, as_json: bool, viewer: str,
) -> None:  # fmt: skip
    """Take roles, participants and attributes from a table (.csv, .tsv, .xlsx).

    A table with the columns transcript, speaker, role and participant, and one more for each attribute, is taken as it
    is. For any other, a mapping is suggested and asked about, or given with --map.
    """
    from qualbench.cli.participants_table import Asked, take_plain, take_table
    from qualbench.steps.study import SPEAKER_COLUMNS

    asked = Asked(file.name, maps, add=add, yes=yes, dry_run=dry_run, as_json=as_json)
    with Project.open(folder, viewer, write=not dry_run) as project:
        table = _table(file, sheet, encoding)
        is_plain = not maps and not dry_run and set(SPEAKER_COLUMNS) <= set(table.names)
        (take_plain if is_plain else take_table)(project, table, asked)


def _table(file: Path, sheet: str, encoding: str | None) -> Any:
    from qualbench.steps.ingest import Answers
    from qualbench.steps.ingest.reading import File
    from qualbench.steps.ingest.tables import table_of

    name = file.name.encode("utf-8", "replace").decode()  # a file's name need not be text
    return table_of(File(name, file.read_bytes(), Answers(encoding=encoding)), sheet)


# --- by hand ---------------------------------------------------------------------------------------------------


@participants.command("set")
@click.argument("transcript")
@click.argument("speaker")
@click.option("--role", type=click.Choice([str(role) for role in Role]), required=True)
@click.option("--participant", default="", help="The label a report uses, for instance P07.")
@as_option
@output.answers
@click.pass_obj
def set_participant(folder: Path, transcript: str, speaker: str, role: str, participant: str, viewer: str) -> None:
    """Say who one speaker is."""
    with Project.open(folder, viewer, write=True) as project:
        before = project.speakers()
        project.assign_speaker(transcript, speaker, Role(role), participant)
        kept = project.kept_exchanges(before)
    output.say(f"{speaker} is {participant or role}. {kept}".strip())


@participants.command("attributes")
@click.option("--name", default="", help="The attribute to define; without it all are listed.")
@click.option("--kind", type=KINDS, default=None, help="What it holds.")
@click.option("--choice", "choices", multiple=True, help="One of its choices, in the order of tables; repeat it.")
@output.json_option
@as_option
@click.pass_obj
def attributes(folder: Path, name: str, kind: str | None, choices: tuple[str, ...], as_json: bool, viewer: str) -> None:
    """List the attributes of participants, or say what kind of values one has."""
    from qualbench.steps.participants import Attribute, AttributeKind

    if bool(name.strip()) != bool(kind):
        raise UsageError("To define an attribute, say both --name and --kind.")
    with Project.open(folder, viewer, write=bool(kind)) as project:
        if kind:
            project.define_attribute(Attribute(name.strip(), AttributeKind(kind), choices))
        found = project.attributes()
        people = project.participants()
    rows = [(one, sum(one.name in dict(p.attributes) for p in people)) for one in found]
    if as_json:
        output.data(
            [
                {"attribute": one.name, "kind": str(one.kind), "choices": list(one.choices), "participants": known}
                for one, known in rows
            ]
        )
        return
    output.table(
        ("attribute", "kind", "known of", "choices"),
        [(one.name, one.kind, f"{known} of {len(people)}", ", ".join(one.choices)) for one, known in rows],
    )


@participants.command("value")
@click.argument("participant")
@click.argument("attribute")
@click.argument("value")
@as_option
@output.answers
@click.pass_obj
def value(folder: Path, participant: str, attribute: str, value: str, viewer: str) -> None:
    """Say what is known of one participant; an empty value says that it is not known."""
    with Project.open(folder, viewer, write=True) as project:
        project.set_attribute(participant, attribute, value)
        name = project.attribute(attribute).name
        kept = next(dict(p.attributes).get(name, "") for p in project.participants() if p.id == participant)
    output.say(f"{name} of {participant} is {kept or 'not known'}.")


# --- who is covered --------------------------------------------------------------------------------------------


@participants.command("coverage")
@click.option("--by", multiple=True, required=True, metavar="ATTRIBUTE", help="An attribute to count by; repeat it.")
@click.option("--band", "bands", multiple=True, metavar="ATTRIBUTE=LIMITS", help="Bands, such as age=30,40,50.")
@output.json_option
@click.pass_obj
def coverage(folder: Path, by: tuple[str, ...], bands: tuple[str, ...], as_json: bool) -> None:
    """Count participants and interviews for each combination of attributes, the empty ones too."""
    from qualbench.steps.participants import table

    with Project.open(folder) as project:
        found = project.coverage(by, dict(_band(one) for one in bands))
    header, rows = table(found)
    if as_json:
        cells = [*found.cells, *found.unknown]
        output.data(
            {
                "by": list(found.by),
                "cells": [
                    {"values": list(c.values), "participants": list(c.participants), "transcripts": list(c.transcripts)}
                    for c in cells
                ],
                "participants": found.total.count,
                "interviews": found.total.interviews,
            }
        )
        return
    output.table([shown(name) for name in header], rows, right=(len(header) - 2, len(header) - 1))
    output.say(f"{counted(len(found.empty), 'combination')} that nobody has.")


def _band(words: str) -> tuple[str, list[str]]:
    name, equals, limits = words.rpartition("=")
    if not equals or not name:
        raise UsageError(f"'{excerpt(words, 40)}' is no band.", "Say ATTRIBUTE=LIMITS, such as age=30,40,50.")
    return name, [limit.strip() for limit in limits.split(",")]


@participants.command("same")
@output.json_option
@click.pass_obj
def same(folder: Path, as_json: bool) -> None:
    """Suggest which speakers of several transcripts may be one person; nothing is set."""
    with Project.open(folder) as project:
        found = project.same_people()
    if as_json:
        output.data(
            [
                {
                    "why": str(one.why),
                    "participant": one.participant or None,
                    "speakers": [
                        {"transcript": p.transcript, "speaker": p.label, "participant": p.participant or None}
                        for p in one.places
                    ],
                }
                for one in found
            ]
        )
        return
    rows = [
        (one.why if n == 0 else "", p.transcript, p.label, p.participant or "-")
        for one in found
        for n, p in enumerate(one.places)
    ]
    output.table(("why", "transcript", "speaker", "participant"), rows)
    output.say("Say who is who with: qualbench participants FOLDER set" if found else "Nobody seems to speak twice.")


# --- finding ---------------------------------------------------------------------------------------------------


@click.command()
@folder_argument
@click.argument("text")
@click.option("--lemma", is_flag=True, help="Find every form of the words: go finds went.")
@output.json_option
def search(folder: Path, text: str, lemma: bool, as_json: bool) -> None:
    """Find turns that hold all the words, or a "phrase in quotes".

    Filters narrow it down: speaker:P01, participant:P01, role:participant, transcript:NAME, and every attribute, such
    as site:north or age:30..49.
    """
    with Project.open(folder) as project:
        hits = project.find(text, lemma=lemma)
    if as_json:
        output.data(
            [
                {
                    "transcript": hit.name,
                    "start": hit.start,
                    "end": hit.end,
                    "speaker": hit.speaker,
                    "participant": hit.participant or None,
                    "role": str(hit.role) if hit.role else None,
                    "text": hit.text,
                }
                for hit in hits
            ]
        )
        return
    output.table(
        ("transcript", "place", "speaker", "words"),
        [
            (hit.name, f"{hit.start}-{hit.end}", hit.participant or hit.speaker or "-", excerpt(hit.text, 80))
            for hit in hits
        ],
    )
    more = "; there may be more" if len(hits) == FOUND else ""
    output.say(f"{counted(len(hits), 'turn')} found{more}.")
