"""One row a case for programs of statistics: names they take, labels that fit, dates of the study."""

from __future__ import annotations

import re

import pytest

from qualbench.errors import QualbenchError
from qualbench.model import Code, Method, Study
from qualbench.steps.pack import columns
from qualbench.steps.pack.gathered import AttributeLine, CaseLine, Crossed, Gathered


def gathered(no_counts: str = "") -> Gathered:
    codes = ("TRUST", "trust", "1st / ünïcode", "x" * 90)
    return Gathered(
        Study("s", "S", Method.CODEBOOK, 2, "2026-01-05"),
        "2026-01-05",
        no_counts,
        codes=tuple(Code(code, f"Label of {code}") for code in codes),
        cases=(
            CaseLine("p1", "P1", {"age": "34", "site": "north"}),
            CaseLine("p2", "P2", {}),
            CaseLine("p3", "never heard", {}),
            CaseLine("g", "talk", {}, is_group=True),
        ),
        attributes=(AttributeLine("age", is_number=True), AttributeLine("site")),
        crossed=Crossed(codes, ("p1", "p2"), ((2, 0), (0, 1), (0, 0), (3, 3))),
    )


def test_a_case_a_row_and_for_each_code_whether_and_how_often() -> None:
    found = {one.label: one for one in columns.variables(gathered(), longest=64)}
    assert found["Case"].values == ["P1", "P2"]
    assert found["age"].values == [34.0, None]
    assert found["site"].values == ["north", ""]
    assert found["Label of TRUST"].values == [1, 0]
    assert found["Label of TRUST (segments)"].values == [2, 0]


def test_where_nothing_is_counted_there_is_only_presence() -> None:
    found = columns.variables(gathered("It does not count."), longest=64)
    assert not [one for one in found if one.label.endswith("(segments)")]
    assert [one.values for one in found if one.is_yes_no] == [[1, 0], [0, 1], [0, 0], [1, 1]]


@pytest.mark.parametrize("longest", [32, 64])
def test_names_are_what_both_programs_take(longest: int) -> None:
    names = [one.name for one in columns.variables(gathered(), longest=longest)]
    assert len({name.casefold() for name in names}) == len(names)
    assert all(re.fullmatch(r"[A-Za-z][A-Za-z0-9_]*", name) and len(name) <= longest for name in names)
    assert {"c_TRUST", "n_TRUST", "c_trust_2"} <= set(names)


def test_what_is_too_long_is_cut_at_a_letter_and_says_so() -> None:
    assert columns.fitted("ééé", 6) == "ééé"
    assert columns.fitted("éééé", 6) == "é…"
    assert len(columns.fitted("😀" * 100, 80).encode()) <= 80


def test_files_of_another_form_are_refused_and_not_dated() -> None:
    with pytest.raises(QualbenchError, match="not written as expected"):
        columns.dated_spss(b"something else", "2026-01-05")
    with pytest.raises(QualbenchError, match="not written as expected"):
        columns.dated_stata(b"something else", "2026-01-05")
