"""The figures of every code as a tidy table: one row a code, stable headers, unrounded numbers.

An empty figure is undefined and `why` says why; the recipe stands in every row, so that no row loses it.
"""

import csv
import io
from collections.abc import Iterable

from qualbench.steps.agreement.output.blocks import Cell, Table
from qualbench.steps.agreement.output.code_tables import tidy_table
from qualbench.steps.agreement.output.content import Contents
from qualbench.steps.agreement.output.tables import recipe_table
from qualbench.text import defused

RECIPE = ("round", "unit", "units", "coders", "codebook", "missing", "level", "interval", "seed", "software", "checked")


def render(contents: Contents) -> bytes:
    """UTF-8 with a header row and no byte-order mark."""
    table = tidy_table(contents)
    recipe = {str(key): value for key, _, value in recipe_table(contents).rows}
    header = [*(column.key for column in table.columns), *RECIPE]
    same = [recipe[key] for key in RECIPE]
    return written([header, *([*row, *same] for row in table.rows)])


def table_bytes(table: Table) -> bytes:
    """One table as the bytes of a CSV file, its columns by their stable names."""
    return written([[column.key for column in table.columns], *table.rows])


def written(rows: Iterable[Iterable[Cell]]) -> bytes:
    """Rows as UTF-8 CSV in which no text acts as a formula."""
    out = io.StringIO(newline="")
    csv.writer(out).writerows([defused(cell) if isinstance(cell, str) else cell for cell in row] for row in rows)
    return out.getvalue().encode()
