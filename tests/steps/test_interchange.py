"""Codings as a table: out and in again as they were, whatever stands in a cell, and faults by line."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualbench.errors import UnknownCode
from qualbench.steps.interchange import codings_csv
from qualbench.steps.interchange.codings_csv import Line, defused, plain

HOSTILE = [
    "=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "'", "''", "'=1", "'quoted'", "it's", '"', '""', 'a "b" c', "a,b",
    "a;b", "a\nb", "a\r\nb", "a\rb", "\n", "\r", "a\x00b", "\x1b]52;c;eA==\x07", "[/x]", "\u202eevil", "🙂🏽",
    "a\u2028b", "a\x85b", "\ufeffx", "=HYPERLINK(\"http://x\",\"y\")", "x" * 10_000,
]  # fmt: skip


def again(*lines: Line) -> list[Line]:
    """The lines as they come back, without the numbers they had in the file."""
    found, problems = codings_csv.read("t.csv", codings_csv.write(lines))
    assert problems == []
    return [Line(one.transcript, one.start, one.end, one.code, one.coder, one.memo) for one in found]


@pytest.mark.parametrize("cell", HOSTILE)
def test_a_hostile_memo_comes_back_as_it_was(cell: str) -> None:
    lines = [Line("talk", 0, 5, "HELP", "ana", cell), Line("talk", 5, 9, "", "ben")]
    assert again(*lines) == lines


@pytest.mark.parametrize("cell", [cell for cell in HOSTILE if cell == cell.strip()])
def test_a_hostile_name_comes_back_as_it_was(cell: str) -> None:
    line = Line(cell, 0, 5, cell, cell, "")
    assert again(line) == [line]


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_any_memo_comes_back_as_it_was(memo: str) -> None:
    line = Line("talk", 0, 5, "HELP", "ana", memo)
    assert again(line) == [line]


@given(st.text())
def test_a_defused_cell_is_no_formula_and_is_undone(cell: str) -> None:
    assert not defused(cell).startswith(("=", "+", "-", "@", "\t", "\r"))
    assert plain(defused(cell)) == cell


def test_no_cell_of_the_table_is_a_formula() -> None:
    table = codings_csv.write([Line(cell, 0, 5, cell, cell, cell) for cell in HOSTILE])
    cells = [cell for row in csv.reader(io.StringIO(table, newline="")) for cell in row]
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]


def test_the_table_reads_as_it_is_specified() -> None:
    table = codings_csv.write([Line("talk", 0, 5, "HELP", "ana", "Why, then?"), Line("talk", 5, 9, "", "ana")])
    assert table == 'transcript,start,end,code,coder,memo\ntalk,0,5,HELP,ana,"Why, then?"\ntalk,5,9,,ana,\n'


def test_columns_stand_in_any_order_and_the_memo_may_be_missing() -> None:
    text = "\ufeffCODE, coder ,transcript,end,start,other\nHELP,ana,talk,9,5,x\n\n , ,\n"
    assert codings_csv.read("t.csv", text) == ([Line("talk", 5, 9, "HELP", "ana", "", 2)], [])


def test_columns_that_are_missing_are_named() -> None:
    lines, problems = codings_csv.read("t.csv", "transcript,start,code\ntalk,0,HELP\n")
    assert lines == []
    assert [str(one) for one in problems] == ["t.csv, line 1: the columns end, coder are missing"]
    assert codings_csv.read("t.csv", "")[1][0].message.startswith("the columns transcript, start")


def test_faults_are_told_by_line_and_the_good_lines_are_kept() -> None:
    text = (
        "transcript,start,end,code,coder,memo\n"
        'talk,0,5,HELP,ana,"two\nlines"\n'
        "talk,zero,5,HELP,ana,\n"
        "talk,5,5,HELP,ana,\n"
        "talk,-1,5,HELP,ana,\n"
        "talk,0,5,HELP,,\n"
        "talk,1.5,5,HELP,ana,\n"
        "talk\n"
        "talk,0,6,HELP,ana,\n"
    )
    lines, problems = codings_csv.read("t.csv", text)
    assert [(one.end, one.number) for one in lines] == [(5, 3), (6, 10)]
    assert [(one.line, one.message) for one in problems] == [
        (4, "start and end must be whole numbers"),
        (5, "5 to 5 is not a span"),
        (6, "-1 to 5 is not a span"),
        (7, "the coder is missing"),
        (8, "start and end must be whole numbers"),
        (9, "start and end must be whole numbers"),
    ]


def test_a_cell_that_is_far_too_long_is_a_fault_of_its_line() -> None:
    text = f"transcript,start,end,code,coder,memo\ntalk,0,5,HELP,ana,{'x' * 200_000}\n"
    _, problems = codings_csv.read("t.csv", text)
    assert [(one.path, one.line) for one in problems] == [("t.csv", 2)]


# --- what a table asks for -------------------------------------------------------------------------------------

KNOWN = {"talk": ("t1", 100), "talk.txt": ("t1", 100), "other": ("t2", 10)}


def code_id(name: str) -> str:
    if name not in ("HELP", "LEARN"):
        raise UnknownCode(name)
    return name


def test_lines_are_gathered_by_transcript_and_coder() -> None:
    lines = [
        Line("talk", 0, 5, "HELP", "ana", "Why?"), Line("talk.txt", 5, 9, "LEARN", "ana"),
        Line("talk", 9, 12, "", "ana"), Line("talk", 0, 5, "HELP", "ben"),
        Line("other", 0, 10, "", "ana", "All of it."),
    ]  # fmt: skip
    found, problems = codings_csv.group("t.csv", lines, KNOWN, code_id)
    assert problems == []
    assert set(found) == {("t1", "ana"), ("t1", "ben"), ("t2", "ana")}
    first = found["t1", "ana"]
    assert first.codes == [("HELP", 0, 5), ("LEARN", 5, 9)]
    assert (first.nothings, first.memos) == ([(9, 12)], [(0, 5, "Why?")])
    assert found["t2", "ana"].memos == [(0, 10, "All of it.")]


def test_lines_that_fit_nothing_are_problems_by_line() -> None:
    lines = [
        Line("gone", 0, 5, "HELP", "ana", number=2), Line("other", 0, 11, "HELP", "ana", number=3),
        Line("talk", 0, 5, "HOPE", "ana", number=4),
    ]  # fmt: skip
    found, problems = codings_csv.group("t.csv", lines, KNOWN, code_id)
    assert [str(one) for one in problems] == [
        "t.csv, line 2: there is no transcript called 'gone'",
        "t.csv, line 3: 0 to 11 is not in 'other', which has 10 characters",
        "t.csv, line 4: The codebook has no code called 'HOPE'.",
    ]
    assert all(not asked.codes for asked in found.values())
