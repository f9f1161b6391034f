"""The tables as CSV files with a datapackage.json that says what every column is (Frictionless Data Package).

UTF-8, line feeds inside quotes stay, dates in ISO, a point for decimals whatever the machine's language is. No cell
acts as a formula: text that begins with = + - @ has an apostrophe before it.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
from collections.abc import Iterable, Sequence
from typing import Any

from qualbench.steps.pack.blocks import Cell, Column, File, Kind, Table
from qualbench.text import defused, one_line, printable

GUARD = (
    "Text that begins with = + - @ or a tab has an apostrophe before it, so that no spreadsheet takes it for a formula."
)
DESCRIPTOR = "datapackage.json"
_MARK = b"\xef\xbb\xbf"


def files(
    tables: Sequence[Table], *, title: str, date: str, notes: Sequence[str] = (), bom: bool = False
) -> list[File]:
    """The CSV files in order, and last the descriptor; with `bom` each begins with a byte-order mark, for Excel."""
    written = [File(f"{table.name}.csv", table.told, _MARK * bom + body(table)) for table in tables]
    package = {
        "name": _slug(title),
        "title": _plain(title),
        "description": " ".join(map(_plain, ["Qualitative coding as tables.", GUARD, *notes])),
        "created": date,
        "profile": "tabular-data-package",
        "resources": [_resource(table, file.body) for table, file in zip(tables, written, strict=True)],
    }
    text = json.dumps(package, ensure_ascii=False, indent=2)
    return [*written, File(DESCRIPTOR, "what every file, column and link is (Frictionless)", f"{text}\n".encode())]


def body(table: Table) -> bytes:
    """One table as CSV, a header first."""
    return rows_of([column.name for column in table.columns], table.rows)


def rows_of(header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """Rows as UTF-8 CSV in which no text acts as a formula."""
    safe = _Safe()
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow([safe[name] for name in header])
    writer.writerows([safe[cell] if type(cell) is str else cell for cell in row] for row in rows)
    return out.getvalue().encode()


class _Safe(dict[str, str]):
    """Each text with no formula in it; most texts of a table come many times."""

    def __missing__(self, text: str) -> str:
        found = self[text] = defused(text)
        return found


def _resource(table: Table, written: bytes) -> dict[str, Any]:
    schema: dict[str, Any] = {"fields": [_field(column) for column in table.columns], "missingValues": [""]}
    if table.key:
        schema["primaryKey"] = list(table.key)
    if table.links:
        schema["foreignKeys"] = [
            # the empty name is the table itself
            {"fields": link.column,
             "reference": {"resource": "" if link.table == table.name else link.table, "fields": link.to}}
            for link in table.links
        ]  # fmt: skip
    return {
        "name": table.name,
        "path": f"{table.name}.csv",
        "profile": "tabular-data-resource",
        "description": _plain(table.told),
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": len(written),
        "hash": f"sha256:{hashlib.sha256(written).hexdigest()}",
        "schema": schema,
    }


def _field(column: Column) -> dict[str, str]:
    more = {"format": "any"} if column.kind is Kind.MOMENT else {}
    return {"name": defused(column.name), "type": str(column.kind), **more, "description": _plain(column.told)}


def _plain(words: str) -> str:
    return one_line(printable(words))


def _slug(title: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", title.casefold()).strip("-")[:100] or "study"
