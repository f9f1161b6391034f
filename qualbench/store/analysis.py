"""A study's tables as a small database to ask: keys that link, views that read well, words that can be searched.

It is made in memory and handed over as bytes; nothing of the study's own database goes into it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Protocol

from qualbench.text import one_line, printable

if TYPE_CHECKING:
    from sqlite3 import Connection

MOST_COLUMNS = 1_900
"""A table of SQLite has at most 2,000."""

_KINDS = {"integer": "integer", "number": "real"}


class Column(Protocol):
    """A column; `kind` is integer, number, or anything else for text."""

    @property
    def name(self) -> str: ...
    @property
    def kind(self) -> str: ...
    @property
    def told(self) -> str: ...


class Link(Protocol):
    """A column whose values are those of a column of another table."""

    @property
    def column(self) -> str: ...
    @property
    def table(self) -> str: ...
    @property
    def to(self) -> str: ...


class Table(Protocol):
    """A table with its key, its links, and the column of words to search."""

    @property
    def name(self) -> str: ...
    @property
    def told(self) -> str: ...
    @property
    def columns(self) -> Sequence[Column]: ...
    @property
    def rows(self) -> Sequence[Sequence[Any]]: ...
    @property
    def key(self) -> Sequence[str]: ...
    @property
    def links(self) -> Sequence[Link]: ...
    @property
    def words(self) -> str: ...


VIEWS: Mapping[str, tuple[frozenset[str], str]] = {
    "v_segments": (
        frozenset({"segments"}),
        'select source, line, t_start, speaker, role, "case", coder, round, code_path as code, text, memo, segment_id,'
        " code_id from segments",
    ),
    "v_settled": (
        frozenset({"settled"}),
        'select source, line, t_start, speaker, role, "case", code_path as code, how, text, segment_id, code_id'
        " from settled",
    ),
    "v_case_code": (
        frozenset({"case_code_matrix", "codes"}),
        "select m.*, c.label as code, c.code_path from case_code_matrix m join codes c on c.code_id = m.code_id"
        " where m.present",
    ),
    "v_codebook": (
        frozenset({"codes"}),
        "select code_path as code, definition, include, exclude, examples, near_miss, status, code_id from codes",
    ),
    "v_themes": (
        frozenset({"themes", "theme_codes", "codes", "quotes"}),
        "select t.*, (select group_concat(label, '; ') from (select c.label from theme_codes h join codes c"
        " on c.code_id = h.code_id where h.theme_id = t.theme_id order by h.rowid)) as codes,"
        " (select count(*) from quotes q where q.theme_id = t.theme_id) as quotes from themes t",
    ),
}
"""Each view with the tables it reads; one whose tables are not all there is left out."""


def database(tables: Sequence[Table], *, about: Iterable[tuple[str, str]] = ()) -> bytes:
    """The bytes of a SQLite file with these tables, always the same for the same rows."""
    import sqlite3  # the study's own driver can not hand a database over as bytes

    db = sqlite3.connect(":memory:", isolation_level=None)
    try:
        db.execute("pragma page_size = 4096")
        db.execute("begin")
        for table in tables:
            _add(db, table)
        _add_about(db, tables, about)
        there = {table.name for table in tables}
        for name, (needed, select) in VIEWS.items():
            if needed <= there:
                db.execute(f"create view {name} as {select}")
        db.execute("commit")
        db.execute("vacuum")
        body: bytes = db.serialize()
    finally:
        db.close()
    return body


def _add(db: Connection, table: Table) -> None:
    columns = _distinct(column.name for column in table.columns[:MOST_COLUMNS])
    named = dict(zip((column.name for column in table.columns), columns, strict=False))
    parts = [
        f"{_quoted(name)} {_KINDS.get(str(column.kind), 'text')}"
        for name, column in zip(columns, table.columns, strict=False)
    ]
    parts += [f"primary key ({', '.join(_quoted(named[one]) for one in table.key)})"] if table.key else []
    parts += [
        f"foreign key ({_quoted(named[link.column])}) references {_quoted(link.table)}({_quoted(link.to)})"
        for link in table.links
    ]
    name = _quoted(table.name)
    db.execute(f"create table {name} ({', '.join(parts)})")
    places = ", ".join("?" * len(columns))
    db.executemany(f"insert into {name} values ({places})", _rows(table, len(columns)))
    for link in table.links:
        index = _quoted(f"{table.name}_{link.column}")
        db.execute(f"create index {index} on {name}({_quoted(named[link.column])})")
    if table.words:
        _add_search(db, table)


def _rows(table: Table, wide: int) -> Iterator[tuple[Any, ...]]:
    """The rows as they are kept: an empty text that links to nothing is no value."""
    linking = {link.column for link in table.links}
    empty = [None if column.name in linking else "" for column in table.columns]
    for row in table.rows:
        yield tuple((printable(cell) or empty[at]) if type(cell) is str else cell for at, cell in enumerate(row[:wide]))


def _add_search(db: Connection, table: Table) -> None:
    """An index of words beside a table; programs such as Datasette find it by its content table."""
    name, words = f"{table.name}_fts", _quoted(table.words)
    db.execute(f"create virtual table {_quoted(name)} using fts5({words}, content={_quoted(table.name)})")
    db.execute(f"insert into {_quoted(name)}({_quoted(name)}) values ('rebuild')")


def _add_about(db: Connection, tables: Sequence[Table], about: Iterable[tuple[str, str]]) -> None:
    db.execute("create table about (what text, told text)")
    told = [(table.name, table.told) for table in tables]
    told += [(f"{table.name}.{column.name}", column.told) for table in tables for column in table.columns]
    rows = [(printable(one_line(what)), printable(words)) for what, words in (*about, *told)]
    db.executemany("insert into about values (?, ?)", rows)


def _distinct(names: Iterable[str]) -> list[str]:
    """Names that differ in more than upper case, as columns must."""
    taken: set[str] = set()
    found = []
    for name in names:
        plain = first = re.sub(r"[\x00-\x1f]", " ", printable(one_line(name))) or "column"
        number = 1
        while plain.casefold() in taken:
            number += 1
            plain = f"{first} {number}"
        taken.add(plain.casefold())
        found.append(plain)
    return found


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
