"""What a mapped table would bring into the study, and every row of it that fits nothing; nothing is written here."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from qualbench.errors import Problem
from qualbench.steps.participants.attributes import UNKNOWN, Attribute, AttributeKind, alike, choices_of
from qualbench.steps.participants.mapping import ColumnMapping, Known, Rows, column_values
from qualbench.steps.participants.reading import Line, Reading
from qualbench.text import folded


@dataclass(frozen=True, slots=True)
class Change:
    """A value that would be another; `before` is empty where nothing was known."""

    participant: str
    attribute: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Assignment:
    """A speaker who would be another participant, or have another role."""

    transcript: str
    speaker: str
    before: tuple[str, str]
    """Participant and role."""
    after: tuple[str, str]


@dataclass(frozen=True, slots=True)
class Intake:
    """What a table would change, and what is wrong in it."""

    lines: tuple[Line, ...] = ()
    problems: tuple[Problem, ...] = ()
    """Each by its row; row 0 is the mapping itself."""
    notes: tuple[Problem, ...] = ()
    """What is left out of rows that are taken in."""
    left_out: tuple[str, ...] = ()
    """Columns that are not mapped."""
    new_participants: tuple[str, ...] = ()
    new_attributes: tuple[Attribute, ...] = ()
    changes: tuple[Change, ...] = ()
    assignments: tuple[Assignment, ...] = ()


def lines(
    mapping: ColumnMapping,
    columns: Sequence[str],
    rows: Rows,
    known: Known,
    *,
    add: bool = False,
    source: str = "participants",
) -> Intake:
    """What a table brings under a mapping, with every faulty row as a problem of the file `source`.

    A participant whom the study does not know is new where the row says as whom they speak in a transcript, or
    with `add`; otherwise it is a problem. An empty cell changes nothing.
    """
    left_out = tuple(column for column in columns if column not in mapping.used)
    if faults := _faults(mapping, columns, known):
        return Intake(problems=tuple(Problem(source, 0, fault) for fault in faults), left_out=left_out)
    attributes = _attributes(mapping, columns, rows, known)
    reading = Reading(mapping, columns, known, attributes, add)
    for number, cells in rows:
        reading.take(number, cells)
    here = {participant.id for participant in known.participants}
    named = dict.fromkeys(line.participant for line in reading.lines if line.participant)
    return Intake(
        lines=tuple(reading.lines),
        problems=tuple(Problem(source, row, message) for row, message in reading.problems),
        notes=tuple(Problem(source, row, message) for row, message in reading.notes),
        left_out=left_out,
        new_participants=tuple(name for name in named if name not in here),
        new_attributes=tuple(one for one in attributes.values() if known.attribute(one.name) is None),
        changes=_changes(reading.lines, known, attributes),
        assignments=_assignments(reading.lines, known),
    )


def _faults(mapping: ColumnMapping, columns: Sequence[str], known: Known) -> list[str]:
    """What is wrong with the mapping itself."""
    found = [f"there is no column '{column}'" for column in mapping.used if column not in columns]
    if not mapping.participant and not mapping.transcript:
        found.append("no column says who the participant is: choose one for the participant or for the transcript")
    if (mapping.speaker or mapping.role) and not mapping.transcript:
        found.append("a column for the speaker or the role needs one for the transcript")
    filled: set[str] = set()
    for column, name, kind in mapping.columns:
        there = known.attribute(name)
        if not name.strip():
            found.append(f"the column '{column}' needs a name for its attribute")
        elif folded(name) in filled:
            found.append(f"two columns fill the attribute '{name}': leave one out")
        elif there and there.kind is not kind:
            found.append(f"the attribute '{there.name}' is of the kind {there.kind} here, not {kind}")
        filled.add(folded(name))
    return found


def _attributes(mapping: ColumnMapping, columns: Sequence[str], rows: Rows, known: Known) -> dict[str, Attribute]:
    """The attribute that each column fills; without choices of its own it takes those of the study and the column."""
    found = {}
    for column, name, kind in mapping.columns:
        attribute = known.attribute(name) or Attribute(name.strip(), kind)
        if kind is AttributeKind.CHOICE and not attribute.choices:
            there = [dict(participant.attributes).get(attribute.name, UNKNOWN) for participant in known.participants]
            attribute = replace(attribute, choices=choices_of([*there, *column_values(columns, rows, column)]))
        found[column] = attribute
    return found


def _changes(found: Sequence[Line], known: Known, attributes: Mapping[str, Attribute]) -> tuple[Change, ...]:
    typed = {attribute.name: attribute for attribute in attributes.values()}
    before = {(p.id, name): value for p in known.participants for name, value in p.attributes}
    after: dict[tuple[str, str], str] = {}
    for line in found:
        for name, value in line.attributes:
            after.setdefault((line.participant, name), value)
    return tuple(
        Change(participant, name, before.get((participant, name), UNKNOWN), value)
        for (participant, name), value in after.items()
        if not alike(typed[name], before.get((participant, name), UNKNOWN), value)
    )


def _assignments(found: Sequence[Line], known: Known) -> tuple[Assignment, ...]:
    return tuple(
        Assignment(line.transcript, line.speaker, before, after)
        for line in found
        for speaker in known.speakers.get(line.transcript, ())
        for before, after in [((speaker.participant, str(speaker.role)), (line.participant, line.role))]
        if speaker.label == line.speaker and before != after
    )
