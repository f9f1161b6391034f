"""Which columns of a table say who a participant is and which are attributes: suggested here, confirmed by a person."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from qualbench.model import Participant, Speaker
from qualbench.steps.participants.attributes import Attribute, AttributeKind, guess_kind
from qualbench.steps.participants.headers import Target, meaning, names_people, role_of
from qualbench.text import folded

Rows: TypeAlias = Sequence[tuple[int, Sequence[str]]]
"""The rows of a table: the number a spreadsheet shows beside each, and its cells."""


@dataclass(frozen=True, slots=True)
class ColumnMapping:
    """What each column of a table says; a column that is not named is left out."""

    participant: str = ""
    """The column with the participant's label; empty when the transcripts say who it is."""
    columns: tuple[tuple[str, str, AttributeKind], ...] = ()
    """Column, the attribute it fills, and what that holds."""
    transcript: str = ""
    speaker: str = ""
    role: str = ""

    @property
    def used(self) -> tuple[str, ...]:
        """The columns that are read."""
        targets = (self.participant, self.transcript, self.speaker, self.role)
        return (*(column for column in targets if column), *(column for column, _, _ in self.columns))


@dataclass(frozen=True, slots=True)
class Known:
    """What the study holds already."""

    participants: tuple[Participant, ...] = ()
    attributes: tuple[Attribute, ...] = ()
    transcripts: Mapping[str, str] = field(default_factory=dict)
    """Every name that a transcript goes by, with its id."""
    speakers: Mapping[str, Sequence[Speaker]] = field(default_factory=dict)
    """The speakers of each transcript, by its id."""

    def attribute(self, name: str) -> Attribute | None:
        """The attribute with this name, else the only one that differs by case and accents alone."""
        near = [one for one in self.attributes if folded(one.name) == folded(name)]
        exact = [one for one in near if one.name == name]
        return exact[0] if exact else near[0] if len(near) == 1 else None


def suggested(columns: Sequence[str], rows: Rows, known: Known) -> ColumnMapping:
    """A mapping to begin with: by headers, by values the study knows, and the rest as attributes of a guessed kind.

    Left out are columns without values and those that hold names or addresses of people.
    """
    values = {column: column_values(columns, rows, column) for column in columns}
    taken: dict[Target, str] = {}
    for target in (Target.TRANSCRIPT, Target.ROLE, Target.PARTICIPANT, Target.SPEAKER):
        free = {column: cells for column, cells in values.items() if column not in taken.values()}
        if column := _column_for(target, free, known):
            taken[target] = column
    attributes = [
        _as_attribute(column, cells, known)
        for column, cells in values.items()
        if column not in taken.values() and cells and not names_people(column)
    ]
    return ColumnMapping(
        participant=taken.get(Target.PARTICIPANT, ""),
        columns=tuple(attributes),
        transcript=taken.get(Target.TRANSCRIPT, ""),
        speaker=taken.get(Target.SPEAKER, "") if Target.TRANSCRIPT in taken else "",
        role=taken.get(Target.ROLE, "") if Target.TRANSCRIPT in taken else "",
    )


def column_values(columns: Sequence[str], rows: Rows, column: str) -> list[str]:
    """The cells of a column that are not empty, in their order."""
    at = columns.index(column)
    return [cells[at].strip() for _, cells in rows if at < len(cells) and cells[at].strip()]


def bare_name(name: str) -> str:
    """A transcript's name as it is compared: folded, and without the ending of a file's name.

    >>> bare_name("Interview 3.DOCX")
    'interview 3'
    """
    return re.sub(r"\.[a-z]{2,5}[0-9]?$", "", folded(name))


def _column_for(target: Target, values: Mapping[str, Sequence[str]], known: Known) -> str:
    """The column that most clearly says it by its header and its values; empty when none does."""
    scores = {column: _score(target, column, cells, known) for column, cells in values.items()}
    best = max(scores, key=lambda column: scores[column], default="")
    return best if best and scores[best] > 0 else ""


def _score(target: Target, column: str, values: Sequence[str], known: Known) -> float:
    """0 to 3: up to 1 for the header and 2 for values that the study knows; a header that says another target is 0."""
    said, clearly = meaning(column) or (None, 0.0)
    if said is not None and said is not target:
        return 0
    if target is Target.ROLE:
        return clearly if values and all(role_of(value) for value in values) else 0
    fitting = {_comparable(target, name) for name in _names(target, known)}
    different = {_comparable(target, value) for value in values}
    share = len(different & fitting) / len(different) if different else 0.0
    if target is Target.PARTICIPANT:
        return clearly + 2 * share if said or share >= 0.5 else 0
    enough = share > 0 or not fitting if said else share >= 0.5
    return clearly + 2 * share if enough else 0


def _names(target: Target, known: Known) -> Iterable[str]:
    if target is Target.TRANSCRIPT:
        return known.transcripts
    if target is Target.SPEAKER:
        return (speaker.label for speakers in known.speakers.values() for speaker in speakers)
    return (name for participant in known.participants for name in (participant.id, participant.label))


def _comparable(target: Target, value: str) -> str:
    return bare_name(value) if target is Target.TRANSCRIPT else folded(value)


def _as_attribute(column: str, values: Sequence[str], known: Known) -> tuple[str, str, AttributeKind]:
    found = known.attribute(column)
    return (column, found.name, found.kind) if found else (column, column, guess_kind(values))
