"""Taking a table of participants in: the plain one as it is, any other under a mapping that somebody confirms."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import click

from qualbench.cli import output
from qualbench.errors import BadTable, NeedsConfirmation
from qualbench.text import counted, excerpt

if TYPE_CHECKING:
    from qualbench.project import Project
    from qualbench.steps.ingest.tables import Table
    from qualbench.steps.participants import Column, Intake


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked of a table."""

    source: str
    maps: tuple[str, ...]
    add: bool
    yes: bool
    dry_run: bool
    as_json: bool


def take_plain(project: Project, table: Table, asked: Asked) -> None:
    """Take a table in whose columns say themselves what they are."""
    from qualbench.steps.study import speaker_line

    lines = [speaker_line(dict(_row(table.names, row.cells))) for row in table.rows]
    before = project.speakers()
    try:
        project.assign_speakers(lines, asked.source)
    except BadTable as error:
        # lines were counted from the first row below the header, without blank ones
        raise BadTable([replace(one, line=table.rows[one.line - 2].number) for one in error.problems]) from None
    said = f"{counted(len(lines), 'speaker')} set. {project.kept_exchanges(before)}".strip()
    if asked.as_json:
        output.data({"done": True, "said": [said]})
    output.say(said)


def _row(names: Sequence[str], cells: Sequence[str]) -> list[tuple[str, str]]:
    return [(name, cells[at].strip() if at < len(cells) else "") for at, name in enumerate(names)]


def take_table(project: Project, table: Table, asked: Asked) -> None:
    """Take a table in under the mapping that was said, or under the one that is suggested after a yes."""
    from qualbench.steps import participants

    rows = [(row.number, row.cells) for row in table.rows]
    known = project.known()
    if asked.maps:
        columns = participants.said(asked.maps, table.names, known)
    else:
        columns = participants.columns_of(participants.suggested(table.names, rows, known), table.names)
    mapping = participants.mapping_of(columns)
    intake = project.participants_in(table.names, rows, mapping, asked.source, add=asked.add)
    values = participants.shown_values(table.names, rows)
    if not asked.as_json:
        _show(columns, values, intake)
    for warning in table.warnings:
        output.say(f"{warning}.")
    before = project.speakers()
    taken = not asked.dry_run and _take(project, intake, asked)
    if asked.as_json:
        output.data({"done": taken, **_data(columns, values, intake)})
    if taken:
        output.say(f"Taken in: {_sum(intake)}. {project.kept_exchanges(before)}".strip())


def _take(project: Project, intake: Intake, asked: Asked) -> bool:
    """Ask where a mapping was only suggested, and take the table in, all or nothing."""
    if intake.problems:
        raise BadTable(list(intake.problems))
    if not (asked.yes or asked.maps):
        if not output.asks():
            raise NeedsConfirmation(
                "Nothing was taken in yet: the mapping of the columns waits for a yes.",
                "Say --yes, give your own with --map, or look with --dry-run.",
            )
        if not click.confirm("Take the table in under this mapping?", default=False, err=True):
            raise NeedsConfirmation("Nothing was taken in.")
    project.take_in_participants(intake)
    return True


def _sum(intake: Intake) -> str:
    parts = [
        counted(len(intake.new_participants), "new participant"),
        counted(len(intake.new_attributes), "new attribute"),
        counted(len(intake.changes), "value"),
        counted(len(intake.assignments), "speaker"),
    ]
    return ", ".join(parts)


def _show(columns: Sequence[Column], values: Any, intake: Intake) -> None:
    output.table(
        ("column", "is", "for instance"), [(excerpt(c.name, 30), excerpt(c.said, 40), values[c.name]) for c in columns]
    )
    output.text(f"\nIt would bring {_sum(intake)}.")
    for problem in (*intake.problems, *intake.notes):
        output.text(f"  {problem}")


def _data(columns: Sequence[Column], values: Any, intake: Intake) -> dict[str, Any]:
    return {
        "columns": [{"column": c.name, "is": c.said, "values": values[c.name]} for c in columns],
        "map": [f"{c.name}={c.said}" for c in columns],
        "problems": [str(problem) for problem in intake.problems],
        "notes": [str(note) for note in intake.notes],
        "new_participants": list(intake.new_participants),
        "new_attributes": [
            {"attribute": one.name, "kind": str(one.kind), "choices": list(one.choices)}
            for one in intake.new_attributes
        ],
        "changes": [
            {"participant": c.participant, "attribute": c.attribute, "before": c.before, "after": c.after}
            for c in intake.changes
        ],
        "speakers": [
            {"transcript": a.transcript, "speaker": a.speaker, "before": list(a.before), "after": list(a.after)}
            for a in intake.assignments
        ],
    }
