"""The verbs matrix, query, prevalence and saturation, with everything they print and write."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from tests.cli.conftest import Verb, places, table


@pytest.fixture
def settled(team: Path, tmp_path: Path, verb: Verb) -> Path:
    """talk and call opened: Trust on both first segments, Hope on the first of call; nothing applies elsewhere."""
    rows: list[tuple[object, ...]] = []
    for coder in ("ana", "ben"):
        rows += [("talk", *places(team, "talk")[0], "TRUST", coder, "")]
        rows += [("call", *places(team, "call")[0], code, coder, "") for code in ("TRUST", "HOPE")]
    verb("codings", team, "import", table(tmp_path / "both.csv", rows))
    for coder in ("ana", "ben"):
        verb("submit", team, "--coder", coder, "--all", "--rest", "nothing")
    return team


def test_a_matrix_as_data(settled: Path, verb: Verb) -> None:
    data = verb("matrix", settled, "transcripts", "--json").data
    assert [one["label"] for one in data["rows"]] == ["Trust", "Hope and light", "Fear", "Shame"]
    assert [one["label"] for one in data["columns"]] == ["talk", "call"]
    assert data["cells"] == [[1, 1], [0, 1], [0, 0], [0, 0]]
    assert data["counts"] is True
    assert "1 transcript still blind" in data["left_out"]


def test_a_matrix_for_people_says_what_it_is_out_of(settled: Path, verb: Verb) -> None:
    ran = verb("matrix", settled, "transcripts")
    assert "Segments of each code, by transcript. Out of 2 participants" in ran.out
    assert "Trust                  1         1" in ran.out
    assert "1 transcript still blind and left out." in ran.err


def test_the_words_behind_a_cell(settled: Path, verb: Verb) -> None:
    (one,) = verb("matrix", settled, "transcripts", "--cell", "trust", "talk", "--json").data
    assert one["text"] == "I trusted her at once. She had been there."
    assert (one["transcript"], one["line"], one["codes"]) == ("talk", 2, ["TRUST"])
    assert "talk, line 2" in verb("matrix", settled, "transcripts", "--cell", "TRUST", "talk").out
    assert "no column called 'gone'" in verb("matrix", settled, "coders", "--cell", "TRUST", "gone", code=2).err


@pytest.mark.parametrize("suffix", [".csv", ".xlsx"])
def test_a_matrix_in_a_file(settled: Path, tmp_path: Path, suffix: str, verb: Verb) -> None:
    target = tmp_path / f"matrix{suffix}"
    verb("matrix", settled, "cooccurrence", "-o", target)
    if suffix == ".csv":
        rows: list[list[object]] = [list(row) for row in csv.reader(io.StringIO(target.read_text("utf-8")))]
    else:
        rows = CalamineWorkbook.from_path(target).get_sheet_by_name("matrix").to_python()
    assert [str(cell).removesuffix(".0") for cell in rows[1]] == ["TRUST", "Trust", "2", "1", "0", "0"]
    assert "exists already." in verb("matrix", settled, "coders", "-o", target, code=1).err
    verb("matrix", settled, "coders", "-o", target, "--force")


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (("attribute",), 2, "Name it with --by NAME."),
        (("coders", "--by", "site"), 2, "Name it with --by NAME."),
        (("attribute", "--by", "site"), 2, "site"),
        (("coders", "--count", "coefficient"), 2, "Ask for the matrix cooccurrence."),
        (("coders", "--where", "site"), 2, "can not be read (character 5)"),
        (("coders", "-o", "matrix.pdf"), 2, "Name the file .csv or .xlsx."),
    ],
)
def test_what_is_not_meant_like_this(settled: Path, words: tuple[str, ...], code: int, told: str, verb: Verb) -> None:
    assert told in verb("matrix", settled, *words, code=code).err


def test_a_query_saved_asked_listed_and_dropped(settled: Path, verb: Verb) -> None:
    assert verb("query", settled, "--json").data == []
    ran = verb("query", settled, "Trust and Hope", code=2)
    assert "no code called 'Hope'" in ran.err
    data = verb("query", settled, 'Trust and "hope and light"', "--save", "Both", "--json").data
    assert [(one["codes"], one["transcript"]) for one in data["found"]] == [(["TRUST", "HOPE"], "call")]
    (kept,) = verb("query", settled, "--json").data
    assert (kept["name"], kept["query"]) == ("Both", "TRUST and HOPE")
    assert "Found: 1 segment." in verb("query", settled, "--saved", "both").out
    assert verb("query", settled, "--drop", "Both", "--json").data["done"]
    assert "No query is saved yet." in verb("query", settled).err
    verb("undo", settled, "--of", "themes")
    assert len(verb("query", settled, "--json").data) == 1
    assert "One thing at a time" in verb("query", settled, "Trust", "--saved", "Both", code=2).err
    assert "no saved query called 'Other'" in verb("query", settled, "--saved", "Other", code=1).err


def test_prevalence_with_its_denominator_and_its_words(settled: Path, verb: Verb) -> None:
    data = verb("prevalence", settled, "--json").data
    assert data["participants"] == 2
    first = data["rows"][0]
    assert (first["label"], first["participants"], first["of"], first["share"], first["frequency"]) == (
        "Trust", 2, 2, 1.0, None,
    )  # fmt: skip
    ran = verb("prevalence", settled)
    assert "Out of 2 participants" in ran.out
    assert [one["transcript"] for one in verb("prevalence", settled, "--row", "TRUST", "--json").data] == [
        "talk",
        "call",
    ]


def test_consensual_research_has_labels_with_their_rule(files: Path, tmp_path: Path, verb: Verb) -> None:
    study = tmp_path / "cqr"
    verb("init", study, "--method", "cqr", "--coders", "1", "--codebook", files / "book.yaml")
    verb("import", study, files / "talk.txt", "--yes")
    verb("codings", study, "apply", "talk", places(study, "talk")[0][0], "TRUST", "--coder", "ana")
    verb("submit", study, "--coder", "ana", "--all", "--rest", "nothing")
    assert verb("prevalence", study, "--json").data["rows"][0]["frequency"] == "other"
    assert "Hill et al. 2005" in verb("prevalence", study).out
    assert "fixes the number of cases" in verb("saturation", study, code=1).err


def test_saturation_interview_by_interview(settled: Path, verb: Verb) -> None:
    data = verb("saturation", settled, "--base", "1", "--run", "1", "--threshold", "1", "--random", "5", "--json").data
    assert data["reached"] == 1
    assert [(one["transcript"], one["new"], one["first_used"]) for one in data["interviews"]] == [
        ("talk", 1, ["Trust"]), ("call", 1, ["Hope and light"]),
    ]  # fmt: skip
    assert data["interviews"][0]["ratio_of_the_run_after"] == 1.0
    assert data["random"].startswith("In 5 random orders")
    assert "Too few interviews to say" in verb("saturation", settled).out


def test_a_reflexive_study_has_places_and_no_numbers(files: Path, tmp_path: Path, verb: Verb) -> None:
    study = tmp_path / "own"
    verb("init", study, "--method", "reflexive-ta", "--coders", "1", "--codebook", files / "book.yaml")
    verb("import", study, files / "talk.txt", "--yes")
    verb("codings", study, "apply", "talk", places(study, "talk")[0][0], "TRUST", "--coder", "ana")
    verb("submit", study, "--coder", "ana", "--all", "--rest", "nothing")
    ran = verb("matrix", study, "transcripts")
    assert "does not count" in ran.out
    assert "Trust              x" in ran.out
    assert "does not count" in verb("prevalence", study, code=1).err
    assert "Found" not in verb("query", study, "Trust").out
    assert "does not count" in verb("matrix", study, "coders", "--count", "segments", code=1).err
