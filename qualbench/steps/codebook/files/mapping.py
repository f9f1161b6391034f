"""What a person says of a table: the header's row, what each column is, and how names are to be read."""

from collections.abc import Sequence
from dataclasses import replace

from qualbench.errors import UsageError
from qualbench.steps.codebook.files.fields import SEVERAL, Field
from qualbench.steps.codebook.files.looking import Column, Sheet, TableMapping
from qualbench.steps.codebook.files.names import PATHS
from qualbench.text import excerpt, folded


def chosen(mapping: TableMapping, index: int, field: Field) -> TableMapping:
    """The mapping with one column as a field; another one that was it is left out, unless several can be."""
    fields = [
        Field.LEFT_OUT if one is field and field not in SEVERAL else one for one in mapping.fields
    ]  # fmt: skip
    fields[index] = field
    return replace(mapping, fields=tuple(fields))


def said(
    words: Sequence[str], sheet: Sheet, *, fill_down: bool = False, separator: str = "", ids_in_labels: bool = False
) -> TableMapping:
    """What a person says, such as `Theme=level` or `D=definition`; columns that nobody names stay as proposed.

    A column is named by its heading, by the name it has here, or by its letter.
    """
    if separator and separator not in PATHS:
        raise UsageError(f"'{excerpt(separator, 20)}' does not stand between names.", f"Use one of: {' '.join(PATHS)}")
    mapping = replace(
        sheet.mapping,
        fill_down=fill_down,
        separator=separator or sheet.mapping.separator,
        ids_in_labels=ids_in_labels,
    )
    named: set[int] = set()
    for one in words:
        name, equals, what = one.rpartition("=")
        if not equals or what.strip() not in set(Field):
            raise UsageError(
                f"'{excerpt(one, 60)}' does not say what the column is.",
                f"Say COLUMN= and one of: {', '.join(Field)}",
            )
        index = _column(name, sheet.columns)
        if index in named:
            raise UsageError(f"The column '{excerpt(name, 60)}' is named twice.", "Say once what it is.")
        named.add(index)
        mapping = chosen(mapping, index, Field(what.strip()))
    return mapping


def _column(wanted: str, columns: Sequence[Column]) -> int:
    """The position of the one column that is meant."""
    for attribute in ("name", "heading", "letter"):
        found = [index for index, one in enumerate(columns) if folded(getattr(one, attribute)) == folded(wanted)]
        if len(found) == 1:
            return found[0]
    known = ", ".join(f"{one.letter} {excerpt(one.name, 40)}" for one in columns[:30])
    raise UsageError(f"The table has no column '{excerpt(wanted, 60)}'.", f"Its columns are: {known}.")
