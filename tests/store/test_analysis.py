"""The database that is handed over: opened by sqlite-utils, its keys hold, its views read, its words are found."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from qualbench.steps.pack.blocks import Cell, Column, Kind, Link, Table
from qualbench.store import analysis, database
from tests.steps.pack.conftest import HOSTILE, hostile_table


def opened(body: bytes, tmp_path: Path) -> Any:
    import sqlite_utils

    target = tmp_path / "analysis.sqlite"
    target.write_bytes(body)
    assert database.dbapi2, "sqlite-utils then uses the driver of the program"
    return sqlite_utils.Database(target)


def table(name: str, columns: Sequence[str], rows: Sequence[tuple[Cell, ...]], **more: Any) -> Table:
    return Table(name, f"About {name}", tuple(Column(one, f"The {one}") for one in columns), rows, **more)


CODES = table(
    "codes",
    ("code_id", "label", "code_path", "definition", "include", "exclude", "examples", "near_miss", "status", "parent"),
    [("A", "Trust", "Trust", "", "", "", "", "", "active", ""), ("B", "Hope", "Trust > Hope", *[""] * 6, "A")],
    key=("code_id",),
    links=(Link("parent", "codes", "code_id"),),
)
MATRIX = Table(
    "case_code_matrix", "", (Column("case", ""), Column("code_id", ""), Column("present", "", Kind.WHOLE)),
    [("P1", "A", 1), ("P1", "B", 0)], ("case", "code_id"), (Link("code_id", "codes", "code_id"),),
)  # fmt: skip
THEMES = table("themes", ("theme_id", "name"), [("t", "Together")], key=("theme_id",))
HOMES = table("theme_codes", ("theme_id", "code_id"), [("t", "B"), ("t", "A")])
QUOTES = table("quotes", ("quote_id", "theme_id"), [("q", "t")])


def test_hostile_words_come_back(tmp_path: Path) -> None:
    db = opened(analysis.database([hostile_table()]), tmp_path)
    told = {row["id"]: row["text"] for row in db["words"].rows}
    for key in ("formula", "minus", "emoji", "rtl", "quotes", "markup", "long"):
        assert told[key] == HOSTILE[key], "a database runs no formula, so nothing is put before it"
    assert told["nul"] == "a␀b␛[2J"
    assert told["surrogate"] == "half � of one"


def test_keys_and_links_are_there_and_hold(tmp_path: Path) -> None:
    db = opened(analysis.database([CODES, MATRIX]), tmp_path)
    assert db["codes"].pks == ["code_id"]
    assert {(one.column, one.other_table, one.other_column) for one in db["case_code_matrix"].foreign_keys} == {
        ("code_id", "codes", "code_id")
    }
    assert db.execute("pragma foreign_key_check").fetchall() == []
    assert db.execute("pragma integrity_check").fetchone()[0] == "ok"
    assert db["codes"].get("A")["parent"] is None, "what links to nothing is no value"


def test_a_view_reads_as_people_do(tmp_path: Path) -> None:
    db = opened(analysis.database([CODES, MATRIX, THEMES, HOMES, QUOTES]), tmp_path)
    assert db.view_names() == ["v_case_code", "v_codebook", "v_themes"]
    assert [(row["case"], row["code"]) for row in db["v_case_code"].rows] == [("P1", "Trust")]
    assert [row["code"] for row in db["v_codebook"].rows] == ["Trust", "Trust > Hope"]
    assert [(row["name"], row["codes"], row["quotes"]) for row in db["v_themes"].rows] == [
        ("Together", "Hope; Trust", 1)
    ]


def test_words_are_found(tmp_path: Path) -> None:
    db = opened(analysis.database([hostile_table()]), tmp_path)
    assert db["words"].detect_fts() == "words_fts"
    assert [row["id"] for row in db["words"].search("twice")] == ["quotes"]
    assert [row["id"] for row in db["words"].search("שלום")] == ["rtl"]


def test_every_table_and_column_is_explained(tmp_path: Path) -> None:
    db = opened(analysis.database([CODES], about=[("study", "Mine")]), tmp_path)
    told = {row["what"]: row["told"] for row in db["about"].rows}
    assert told["study"] == "Mine"
    assert told["codes"] == "About codes"
    assert told["codes.label"] == "The label"


@pytest.mark.parametrize("names", [("Site", "site", "SITE 2"), ('a"b', "a b", ""), ("x" * 2_000, "rowid", "select")])
def test_columns_that_differ_in_case_only_or_are_called_like_anything(names: tuple[str, ...], tmp_path: Path) -> None:
    db = opened(analysis.database([table("cases", names, [tuple("123")])]), tmp_path)
    (row,) = db.query('select * from "cases"')
    assert list(row.values()) == ["1", "2", "3"]


def test_the_same_rows_are_the_same_bytes() -> None:
    assert analysis.database([CODES, hostile_table()]) == analysis.database([CODES, hostile_table()])
