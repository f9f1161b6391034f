"""What is read from the database of another program: rows by table, and their values as what they should be."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from qualbench.errors import UnreadableFile
from qualbench.steps.interchange.refi import Bundle, Choice, Convention
from qualbench.steps.interchange.refi.choosing import Selection, choose
from qualbench.steps.interchange.refi.positions import Words

Row: TypeAlias = Mapping[str, object]
Rows: TypeAlias = Mapping[str, Sequence[Row]]
"""The rows of each table that is there, by column; columns that are not there are missing."""


@dataclass(frozen=True, slots=True)
class Found:
    """What a project of another program holds, and what there is to say of it."""

    bundle: Bundle
    lines: tuple[str, ...]


def text(row: Row, column: str) -> str:
    """A value as text; empty where there is none.

    >>> text({"name": "Trust", "memo": None}, "name"), text({"memo": None}, "memo"), text({}, "memo")
    ('Trust', '', '')
    """
    value = row.get(column)
    return value if isinstance(value, str) else "" if value is None else str(value)


def number(row: Row, column: str) -> int:
    """A value as a whole number; -1 where it is none.

    >>> number({"id": 3}, "id"), number({"id": "3"}, "id"), number({"id": "x"}, "id"), number({}, "id")
    (3, 3, -1, -1)
    """
    value = row.get(column)
    try:
        return int(value) if isinstance(value, (int, float, str)) else -1
    except (ValueError, OverflowError):
        return -1


def need(name: str, rows: Rows, *tables: str) -> None:
    """Refuse a database that lacks a table without which it is nothing."""
    missing = [table for table in tables if table not in rows]
    if missing:
        raise UnreadableFile(name, f"it has no table '{missing[0]}', so it is no whole project.")


@dataclass(frozen=True, slots=True)
class Mark:
    """A place as a program counts it, with the words that it keeps for it."""

    source: int
    start: int
    end: int
    quote: str


def placed(
    name: str, words: Mapping[int, Words], marks: Sequence[Mark], convention: Convention | None = None
) -> tuple[list[tuple[int, int] | None], Choice]:
    """Where marks stand in the canonical texts, by the way of counting that their words speak for; None for nowhere."""
    known = [one for one in marks if one.source in words]
    selections = [Selection(words[one.source], one.start, one.end, one.quote) for one in known]
    choice = Choice(convention, "it was asked for") if convention else choose(name, selections)
    spans: list[tuple[int, int] | None] = []
    for one in marks:
        held = words.get(one.source)
        span = (-1, -1)
        if held is not None:
            span = held.place(one.start, choice.convention), held.place(one.end, choice.convention)
        good = held is not None and 0 <= span[0] < span[1] <= len(held.text)
        spans.append(span if good else None)
    return spans, choice


def counts(said: Iterable[tuple[str, int]]) -> tuple[str, ...]:
    """Sentences of what happened how often; nothing is not mentioned."""
    return tuple(f"{what}: {count:,}." for what, count in said if count)


def differing(quotes: Iterable[tuple[str, str]]) -> int:
    """How many places hold other words than the program keeps for them, blanks apart."""
    return sum("".join(kept.split()) != "".join(there.split()) for kept, there in quotes if kept)
