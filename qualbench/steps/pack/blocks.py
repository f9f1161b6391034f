"""What leaves a study as data: tables with typed columns, a key, and links from one to another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeAlias

Cell: TypeAlias = str | int | float | None


class Kind(StrEnum):
    """What a column holds, in the words of Frictionless."""

    TEXT = "string"
    WHOLE = "integer"
    NUMBER = "number"
    MOMENT = "datetime"


@dataclass(frozen=True, slots=True)
class Column:
    """A column and what it says."""

    name: str
    told: str
    kind: Kind = Kind.TEXT


@dataclass(frozen=True, slots=True)
class Link:
    """A column whose values are those of a column of another table, or nothing."""

    column: str
    table: str
    to: str


@dataclass(frozen=True, slots=True)
class Table:
    """Rows in an order that is always the same; an empty text is no value."""

    name: str
    told: str
    columns: tuple[Column, ...]
    rows: Sequence[tuple[Cell, ...]] = field(repr=False)
    key: tuple[str, ...] = ()
    """The columns whose values together name one row."""
    links: tuple[Link, ...] = ()
    words: str = ""
    """The column of words that somebody may want to search."""


@dataclass(frozen=True, slots=True)
class File:
    """A file of the pack: where it stands in it, what it is in a sentence, and its bytes."""

    path: str
    told: str
    body: bytes = field(repr=False)


def linked(tables: Sequence[Table]) -> dict[str, tuple[Link, ...]]:
    """The links of each table that lead to one of these tables."""
    there = {table.name for table in tables}
    return {table.name: tuple(link for link in table.links if link.table in there) for table in tables}
