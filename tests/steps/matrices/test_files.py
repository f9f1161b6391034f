"""A matrix as .csv and .xlsx: the same numbers, nothing a spreadsheet would run, the same bytes each time."""

from __future__ import annotations

import csv
import io
from dataclasses import replace

import pytest
from python_calamine import CalamineWorkbook

from qualbench.errors import UsageError
from qualbench.steps.matrices import Count, Head, by_attribute, by_participant, coefficients, cooccurrence, places
from qualbench.steps.matrices.files import CELL, COLUMNS, known, render
from qualbench.steps.matrices.narrowing import only
from tests.steps.matrices.studies import little


def sheets(body: bytes) -> dict[str, list[list[object]]]:
    book = CalamineWorkbook.from_filelike(io.BytesIO(body))
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


def test_a_table_has_ids_labels_and_cells() -> None:
    """Trust: P01 twice, P03 twice; Shelter: P02 twice, P03 twice; Fear: P01 and P02 once."""
    rows = list(csv.reader(io.StringIO(render(by_participant(little()), ".csv", "2026-01-05").decode())))
    assert rows[0] == ["id", "label", "P01", "P02", "P03", "P04"]
    assert rows[2] == ["TRUST", "Trust", "2", "0", "2", "0"]
    assert rows[4] == ["FEAR", "Fear", "1", "1", "0", "0"]


def test_a_workbook_says_what_its_numbers_are_out_of() -> None:
    found = sheets(render(by_attribute(little(), "site"), ".xlsx", "2026-01-05", "1 segment left out."))
    assert found["matrix"][0] == ["id", "label", "north", "south"]
    assert found["matrix"][2] == ["TRUST", "Trust", 2, 0]
    about = dict(row for row in found["about"])
    assert about["left out"] == "1 segment left out."
    assert about["participants: north"] == 2
    assert str(about["out of"]).startswith("Out of 4 participants")


def test_a_coefficient_that_does_not_exist_is_an_empty_cell() -> None:
    made = coefficients(cooccurrence(little()))
    rows = list(csv.reader(io.StringIO(render(made, ".csv", "").decode())))
    assert rows[1][:3] == ["SUPPORT", "Support", ""]
    assert sheets(render(made, ".xlsx", ""))["matrix"][1][2] == ""


def test_no_label_is_a_formula_and_a_long_one_is_cut_and_says_so() -> None:
    made = by_participant(little())
    odd = replace(made, rows=(Head("=1+1", "x" * 40_000), *made.rows[1:]))
    first = list(csv.reader(io.StringIO(render(odd, ".csv", "").decode())))[1]
    assert first[0] == "'=1+1"
    cells = sheets(render(odd, ".xlsx", ""))["matrix"][1]
    assert cells[0] == "=1+1", "a string in a workbook is no formula"
    assert len(str(cells[1])) == CELL
    assert str(cells[1]).endswith("(cut: a cell holds no more)")


def test_the_same_matrix_gives_the_same_bytes() -> None:
    once, again = (render(by_participant(little()), ".xlsx", "2026-01-05") for _ in range(2))
    assert once == again


def test_what_can_not_be_written_is_told() -> None:
    with pytest.raises(UsageError, match=r"can not be written as '\.pdf'"):
        known(".pdf")
    made = by_participant(little())
    wide = replace(made, columns=made.columns * (COLUMNS // len(made.columns)))
    with pytest.raises(UsageError, match="no room for 16,384 columns"):
        render(wide, ".xlsx", "")


def test_a_narrower_matrix_keeps_its_cells_and_what_is_behind_them() -> None:
    made = only(by_participant(little(), count=Count.SEGMENTS), {"FEAR", "TRUST"})
    assert [head.id for head in made.rows] == ["TRUST", "FEAR"]
    assert made.cells.tolist() == [[2, 0, 2, 0], [1, 1, 0, 0]]
    assert [place.turn for place in places(made, "TRUST", "p1")] == [0, 2]
    square = only(cooccurrence(little()), {"FEAR", "TRUST"})
    assert square.cells.tolist() == [[4, 1], [1, 2]]
    assert {place.code for place in places(square, "FEAR", "TRUST")} == {"FEAR", "TRUST"}
    assert only(square, {"FEAR", "TRUST"}) is square
