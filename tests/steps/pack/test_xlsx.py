"""The workbook, read back by another program: names, numbers, long texts, and no formula anywhere."""

from __future__ import annotations

import io
import zipfile
from typing import Any

import pytest

from qualbench.steps.pack import xlsx
from qualbench.steps.pack.blocks import Column, Table
from tests.steps.pack.conftest import HOSTILE, hostile_table


def sheets(body: bytes) -> dict[str, list[list[Any]]]:
    from python_calamine import CalamineWorkbook

    book = CalamineWorkbook.from_filelike(io.BytesIO(body))
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


def made(*tables: Table) -> bytes:
    return xlsx.render(tables, title="A study", date="2026-01-05T09:00:00Z", notes=["Two are left out."])


def test_text_is_text_and_numbers_are_numbers() -> None:
    head, *rows = sheets(made(hostile_table()))["words"]
    told = {row[0]: row[2] for row in rows if row[0]}
    assert head == ["id", "n", "text"]
    for key in ("formula", "plus", "minus", "at", "emoji", "quotes", "markup", "last"):
        assert told[key] == HOSTILE[key]
    assert told["nul"] == "a␀b␛[2J"
    assert rows[2][1] == 2.0


def test_there_is_no_formula_and_no_link() -> None:
    with zipfile.ZipFile(io.BytesIO(made(hostile_table()))) as archive:
        whole = b"".join(archive.read(name) for name in archive.namelist())
    assert b"<f>" not in whole
    assert b"<hyperlink" not in whole


def test_a_text_too_long_for_a_cell_goes_on_in_the_next_row_and_says_so() -> None:
    book = sheets(made(hostile_table()))
    rows = book["words"]
    at = next(at for at, row in enumerate(rows) if row[0] == "long")
    first, second = rows[at][2], rows[at + 1][2]
    assert rows[at + 1][:2] == ["", ""]
    assert first.removesuffix(xlsx.GOES_ON) + second.removeprefix(xlsx.COMES_FROM) == HOSTILE["long"]
    assert rows[at + 2][2] == "an end"
    assert ["words", "Words. 1 text longer than a cell: the rest is in the rows below."] in book["about"]
    assert ["", "Two are left out."] in book["about"]


@pytest.mark.parametrize("words", ["x" * 32_767, "x" * 32_768, "😀" * 16_384, "😀" * 40_000])
def test_no_cell_holds_more_than_a_cell_can_and_nothing_is_lost(words: str) -> None:
    table = Table("t", "T", (Column("text", "Words"),), [(words,)])
    cells = [row[0] for row in sheets(made(table))["t"][1:]]
    assert all(len(cell.encode("utf-16-le")) // 2 <= 32_767 for cell in cells)
    assert "".join(cell.removesuffix(xlsx.GOES_ON).removeprefix(xlsx.COMES_FROM) for cell in cells) == words
    assert (len(cells) > 1) == (len(words.encode("utf-16-le")) // 2 > 32_767)


def test_names_of_sheets_are_what_spreadsheets_take_and_differ() -> None:
    taken: set[str] = set()
    wanted = ["a/b:c*d?[e]\\f", "x" * 40, "x" * 50, "X" * 40, "", "'quoted'", "CON", "history"]
    names = [xlsx.sheet_name(one, taken) for one in wanted]
    assert len({name.casefold() for name in names}) == len(names)
    for name in names:
        assert 0 < len(name) <= 31
        assert not set(name) & set(":\\/?*[]")
        assert not name.startswith("'")
        assert not name.endswith("'")
    assert names[-1].casefold() != "history"
    assert next(iter(sheets(made(*(hostile_table(one) for one in wanted[:6]))))) == "about"


def test_the_same_tables_are_the_same_bytes(monkeypatch: pytest.MonkeyPatch) -> None:
    first = made(hostile_table())
    monkeypatch.setenv("TZ", "Pacific/Auckland")
    assert made(hostile_table()) == first
    with zipfile.ZipFile(io.BytesIO(first)) as archive:
        assert b"2026-01-05T00:00:00Z" in archive.read("docProps/core.xml")
