"""A table looked at before it is taken in: where its header may be, what each column may say, what is odd about it.

Everything here is a proposal. A person confirms it or says it otherwise; filling down is offered and never assumed.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from qualbench.errors import Problem, UnreadableFile
from qualbench.steps.codebook.files.fields import Field, meaning
from qualbench.steps.codebook.files.names import PATHS, bare, numbered, path_of
from qualbench.steps.codebook.files.opening import Grid
from qualbench.steps.codebook.files.proposing import NUMBER, cell_of, is_counts, proposed_fields
from qualbench.text import counted, excerpt, folded

CELLS = 500_000
"""Cells of a table that are still looked at, empty ones between filled ones counted."""
_TOP = 30
"""Filled rows among which the header is looked for."""
_SAMPLES = 3
_WIDTH = 60
_ARROW = re.compile(r"-\s?>|→")
_MOST = 0.6
_NARROW = 2
"""Columns up to which a table may be a bare list of codes."""
_DATA = frozenset({"variable", "variable name", "variable label", "var", "value labels", "values", "value label"})
_PROPOSED_PATHS = (">", "\\")


@dataclass(frozen=True, slots=True)
class TableMapping:
    """What the rows and columns of a table say."""

    fields: tuple[Field, ...]
    """Of each column, by its position."""
    header: int = 1
    """The row of the header as a spreadsheet numbers it; 0 when there is none."""
    fill_down: bool = False
    """Whether an empty cell means what the last filled one above it says."""
    separator: str = ""
    """What stands between a parent's name and a child's, one of PATHS; empty when names are only names."""
    ids_in_labels: bool = False
    """Whether names begin with the code's id, as in `A.1. Trust`."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column, for a person who says what it is."""

    letter: str
    heading: str
    """As the file words it, on one line."""
    name: str
    """Unique, not empty: what the column is called here."""
    field: Field
    """What it may be."""
    samples: tuple[str, ...]
    """The first few different cells, shortened and safe to show."""
    filled: int
    gaps: int
    """Empty cells below a filled one, in rows that hold something."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet with what is proposed for it."""

    file: str
    name: str
    """Empty where the file has only one."""
    rows: tuple[tuple[str, ...], ...]
    columns: tuple[Column, ...]
    mapping: TableMapping
    """The proposal."""
    can_fill_down: int
    """Cells that filling down would fill; 0 when there is nothing to offer."""
    separators: tuple[str, ...]
    """What may stand between names of a path."""
    numbered: int
    """Names that begin with something like an id."""
    faults: tuple[Problem, ...]
    refused: str = ""
    """Why this is no codebook, in a sentence; empty when it may be one."""

    @property
    def source(self) -> str:
        """The file and its sheet: what problems are said of."""
        return source_of(self.file, self.name)

    @property
    def known(self) -> int:
        """How many columns say something that a codebook keeps; of several sheets the one with most is meant."""
        return sum(field not in (Field.COUNT, Field.LEFT_OUT) for field in self.mapping.fields)


def source_of(file: str, sheet: str) -> str:
    """What problems are said of."""
    return f"{file} (sheet '{sheet}')" if sheet else file


def looked_at(file: str, grid: Grid, header: int | None = None) -> Sheet:
    """A sheet with proposals; `header` is the row that a person chose (0 for none)."""
    rows = tuple(tuple(row) for row in grid.rows)
    at = _header(rows) if header is None else max(0, min(header, len(rows)))
    body = [row for row in rows[at:] if any(cell.strip() for cell in row)]
    width = max((_width(row) for row in (rows[at - 1 :] if at else rows)), default=0)
    if width * len(body) > CELLS:
        raise UnreadableFile(file, f"its rows and columns span over {CELLS:,} cells, more than a codebook has.")
    headings = [" ".join(cell_of(rows[at - 1], index).split()) if at else "" for index in range(width)]
    fields = proposed_fields(headings, body) if at else _without_header(body, width)
    labels = [bare(cell_of(row, fields.index(Field.LABEL))) for row in body] if Field.LABEL in fields else []
    columns = tuple(_columns(headings, fields, body))
    separators = tuple(sign for sign in PATHS if _is_path(labels, sign))
    proposed = next((sign for sign in _PROPOSED_PATHS if sign in separators and Field.PARENT not in fields), "")
    return Sheet(
        file=file,
        name=grid.name,
        rows=rows,
        columns=columns,
        mapping=TableMapping(tuple(fields), at, separator=proposed),
        can_fill_down=sum(one.gaps for one in columns if one.field in (Field.LEVEL, Field.LABEL)),
        separators=separators,
        numbered=sum(1 for label in labels if numbered(label)),
        faults=(*grid.problems, *_faults(source_of(file, grid.name), rows, at, columns)),
        refused=_refusal(body),
    )


def _width(row: Sequence[str]) -> int:
    return next((index for index in range(len(row), 0, -1) if row[index - 1].strip()), 0)


# --- the header ------------------------------------------------------------------------------------------------


def _header(rows: Sequence[Sequence[str]]) -> int:
    """The row that names most fields a codebook has, else the first that is about full; 0 when there is neither."""
    filled = [(number, row) for number, row in enumerate(rows, 1) if any(cell.strip() for cell in row)][:_TOP]
    scores = {number: _score(row) for number, row in filled}
    best = max(scores, key=lambda number: scores[number], default=0)
    widest = max((_width(row) for _, row in filled), default=0)
    if best and scores[best] >= (1 if widest <= _NARROW else 2):
        return best
    if widest <= _NARROW:
        return 0
    return next((number for number, row in filled if sum(map(bool, row)) >= _MOST * widest), 0)


def _score(row: Sequence[str]) -> int:
    """How many cells of a row name a field; 0 unless one of them names the code or a level."""
    found = [said[0] for cell in row if len(cell) < 80 and (said := meaning(cell))]
    return len(found) if {Field.LABEL, Field.LEVEL, Field.ID} & set(found) else 0


def _without_header(body: Sequence[Sequence[str]], width: int) -> list[Field]:
    fields = [Field.LABEL, Field.DEFINITION][:width] if width <= _NARROW else []
    fields += [Field.LEFT_OUT] * (width - len(fields))
    return [Field.COUNT if is_counts(body, index) else one for index, one in enumerate(fields)]


# --- the columns -----------------------------------------------------------------------------------------------


def _columns(headings: Sequence[str], fields: Sequence[Field], body: Sequence[Sequence[str]]) -> list[Column]:
    names = _names(headings)
    found = []
    for index, (heading, field) in enumerate(zip(headings, fields, strict=True)):
        cells = [cell_of(row, index).strip() for row in body]
        first = next((place for place, cell in enumerate(cells) if cell), len(cells))
        found.append(
            Column(
                letter=letter(index),
                heading=heading,
                name=names[index],
                field=field,
                samples=tuple(excerpt(cell, _WIDTH) for cell in list(dict.fromkeys(filter(None, cells)))[:_SAMPLES]),
                filled=sum(map(bool, cells)),
                gaps=sum(1 for cell in cells[first:] if not cell),
            )
        )
    return found


def _names(headings: Sequence[str]) -> list[str]:
    """A name for each column: a blank one is called by its letter, a repeated one gets a number."""
    given = [heading or f"column {letter(index)}" for index, heading in enumerate(headings)]
    keys = [folded(name) for name in given]
    taken, seen, names = set(keys), Counter[str](), list[str]()
    for name, key in zip(given, keys, strict=True):
        seen[key] += 1
        unique = name
        while seen[key] > 1 and folded(unique) in taken:
            unique = f"{name} ({seen[key]})"
            seen[key] += folded(unique) in taken
        taken.add(folded(unique))
        names.append(unique)
    return names


def letter(column: int) -> str:
    """A column's letters as a spreadsheet shows them.

    >>> letter(0), letter(26)
    ('A', 'AA')
    """
    letters, number = "", column + 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def _is_path(labels: Sequence[str], sign: str) -> bool:
    """Whether names hold paths: a beginning is a name of its own, or several names have it."""
    paths = [path for label in labels if len(path := path_of(label, sign)) > 1]
    begins = Counter(path[0] for path in paths)
    return any(count > 1 or begin in labels for begin, count in begins.items())


# --- what is odd -----------------------------------------------------------------------------------------------


def _faults(source: str, rows: Sequence[Sequence[str]], at: int, columns: Sequence[Column]) -> list[Problem]:
    say = partial(Problem, source, at)
    found = []
    above = [number for number, row in enumerate(rows[: max(0, at - 1)], 1) if any(cell.strip() for cell in row)]
    if above:
        found.append(Problem(source, above[0], f"{counted(len(above), 'row')} above the header: left out"))
    fields = [one.field for one in columns]
    if Field.LABEL not in fields:
        found.append(say("no column is known as the code's name (label): say which one is"))
    repeated = [one.name for one in columns if one.heading and one.name != one.heading]
    if repeated:
        found.append(say(f"names used for several columns, told apart by their places: {_listed(repeated)}"))
    counts = [one.name for one in columns if one.field is Field.COUNT]
    if counts:
        found.append(say(f"counts are no part of a codebook and are left out: {_listed(counts)}"))
    strange = [one.name for one in columns if one.field is Field.LEFT_OUT and one.filled]
    if strange:
        found.append(say(f"columns that are not known and would be left out: {_listed(strange)}"))
    if sum(folded(one.heading) in _DATA for one in columns) > 0:
        found.append(say("it looks like the description of a data set (variables and values), not like a codebook"))
    return found


def _listed(names: Sequence[str]) -> str:
    return ", ".join(f"'{excerpt(name, 40)}'" for name in names[:12])


def _refusal(body: Sequence[Sequence[str]]) -> str:
    """Why a table can be no codebook: it counts codes and says nothing about them."""
    two = [row for row in body if _width(row) == 2]
    arrows = sum(1 for row in two if _ARROW.search(row[0]) and NUMBER.fullmatch(row[1].strip()))
    if len(body) > 1 and arrows >= _MOST * len(body):
        return (
            "it is a list of counts (parent->child, number), which defines no code: "
            "give the codebook that the codes come from."
        )
    return ""
