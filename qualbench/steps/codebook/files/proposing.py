"""What each column of a table may be: by its header, by what it holds, and by what stands to its left."""

import re
from collections.abc import Sequence

from qualbench.steps.codebook.files.fields import SEVERAL, Field, meaning
from qualbench.steps.codebook.reading import ID, KINDS
from qualbench.text import folded

NUMBER = re.compile(r"[-+]?[\d\s.,]+%?")
_COUNTED = frozenset({"extensao", "level", "nivel", "niveau", "ebene", "groups", "grupos", "gruppen", "groupes"})
"""Headings under which some programs write words and others numbers."""


def proposed_fields(headings: Sequence[str], body: Sequence[Sequence[str]]) -> list[Field]:
    """What each column may be: by its header, by what it holds, and by what stands to its left."""
    said = [meaning(heading) or (Field.LEFT_OUT, 0) for heading in headings]
    fields = [field for field, _ in said]
    for index, field in enumerate(fields):
        if folded(headings[index]) in _COUNTED and is_counts(body, index):
            fields[index] = Field.COUNT
        elif field in (Field.LEVEL, Field.KIND) and _values(body, index) <= set(KINDS):
            fields[index] = Field.KIND
        elif field is Field.KIND:
            fields[index] = Field.NOTES
    _choose_label(fields, [rank for _, rank in said], body)
    _place_definitions(fields)
    for index, field in enumerate(fields):
        if field not in SEVERAL and field in fields[:index]:
            fields[index] = Field.NOTES
    return fields


def _choose_label(fields: list[Field], ranks: Sequence[int], body: Sequence[Sequence[str]]) -> None:
    """One column is the name: of several the clearest, of none the lowest level; beside it a short one is the id."""
    names = [index for index, field in enumerate(fields) if field is Field.LABEL]
    if not names and Field.LEVEL in fields:
        lowest = max(index for index, field in enumerate(fields) if field is Field.LEVEL)
        fields[lowest] = Field.LABEL
    if len(names) < 2:
        return
    best = min(names, key=lambda index: ranks[index])
    for index in names:
        if index != best:
            unique = len(_values(body, index)) == sum(1 for row in body if cell_of(row, index).strip())
            is_id = unique and all(map(ID.fullmatch, _values(body, index))) and Field.ID not in fields
            fields[index] = Field.ID if is_id else Field.NOTES


def _place_definitions(fields: list[Field]) -> None:
    """A definition is of what stands to its left: of the code, or of a level above it."""
    for index, field in enumerate(fields):
        if field is Field.DEFINITION:
            left = next((one for one in reversed(fields[:index]) if one in (Field.LABEL, Field.LEVEL)), None)
            fields[index] = Field.LEVEL_DEFINITION if left is Field.LEVEL else Field.DEFINITION
    if Field.DEFINITION not in fields and fields.count(Field.LEVEL_DEFINITION) == 1:
        at = fields.index(Field.LEVEL_DEFINITION)
        if not any(one is Field.LABEL for one in fields[at:]):
            fields[at] = Field.DEFINITION


def _values(body: Sequence[Sequence[str]], index: int) -> set[str]:
    return {folded(cell) if cell.isalpha() else cell.strip() for row in body if (cell := cell_of(row, index)).strip()}


def is_counts(body: Sequence[Sequence[str]], index: int) -> bool:
    """Whether a column holds numbers and nothing else."""
    cells = [cell for row in body if (cell := cell_of(row, index).strip())]
    return bool(cells) and all(map(NUMBER.fullmatch, cells))


def cell_of(row: Sequence[str], index: int) -> str:
    """The text of a cell; empty beyond the row's end."""
    return row[index] if index < len(row) else ""
