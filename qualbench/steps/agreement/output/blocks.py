"""What a printed agreement report is made of, whatever its format: sections of paragraphs and tables of values.

Cells stay numbers until a writer draws them, so that a spreadsheet gets the figure and a document its three decimals.
"""

from dataclasses import dataclass
from typing import TypeAlias

Cell: TypeAlias = str | int | float | None


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its stable name for programs, its heading for people."""

    key: str
    heading: str
    width: int = 3
    """How wide it is, relative to the others."""
    missing: str = ""
    """What stands for a value that does not exist; an empty word leaves the cell empty."""
    numeric: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table with a caption; every row has a cell for every column."""

    name: str
    """A short stable name, for instance of a sheet."""
    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]

    def only(self, caption: str, *keys: str) -> "Table":
        """The same rows with these columns, in this order."""
        places = {column.key: place for place, column in enumerate(self.columns)}
        chosen = [places[key] for key in keys]
        columns = tuple(self.columns[place] for place in chosen)
        rows = tuple(tuple(row[place] for place in chosen) for row in self.rows)
        return Table(self.name, caption, columns, rows)

    def printed(self) -> tuple[tuple[str, ...], ...]:
        """The rows as text, as every document prints them."""
        return tuple(
            tuple(said(cell, column.missing) for cell, column in zip(row, self.columns, strict=True))
            for row in self.rows
        )


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the report under its own heading; `wide` ones ask for a page on its side."""

    heading: str
    paragraphs: tuple[str, ...]
    tables: tuple[Table, ...] = ()
    wide: bool = False


def said(cell: Cell, missing: str = "") -> str:
    """A cell as a document prints it: three decimals, whole numbers with commas, never a minus zero.

    >>> said(0.7149), said(-0.0001), said(1200), said(None, "undefined")
    ('0.715', '0.000', '1,200', 'undefined')
    """
    if cell is None:
        return missing
    if isinstance(cell, float):
        return f"{round(cell, 3) + 0.0:.3f}"
    return f"{cell:,}" if isinstance(cell, int) else cell
