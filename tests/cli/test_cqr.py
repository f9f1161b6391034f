"""A study by consensual qualitative research, done by verbs: from who judges to the table, with an auditor."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Verb
from tests.project.cqr import cqr_study


@pytest.fixture
def cqr(tmp_path: Path, clock: Callable[[], datetime]) -> Path:
    """Six settled interviews with the domains help and harm."""
    folder = tmp_path / "study"
    cqr_study(folder, clock).close()
    return folder


def ideas_of(verb: Verb, folder: Path, *more: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = verb("cqr", folder, "ideas", *more, "--json").data
    return found


def judge(verb: Verb, folder: Path, case: str) -> str:
    """Two judges write a core idea of help each and hand in, the team agrees; answers with its id."""
    place = verb("cqr", folder, "raw", case, "Help", "--json").data[0]["place"]
    verb("cqr", folder, "judges", case, "ana", "ben")
    for who in ("ana", "ben"):
        verb("cqr", folder, "ideas", "write", case, "Help", f"{case}, says {who}.", "--place", place, "--as", who)
        verb("cqr", folder, "ideas", "submit", case, "--as", who)
    own = [one["idea"] for one in ideas_of(verb, folder, "--case", case)]
    sources = [word for id_ in own for word in ("--from", id_[-8:])]
    verb("cqr", folder, "ideas", "agree", case, "HELP", f"{case} had a friend.", *sources)
    (made,) = ideas_of(verb, folder, "--case", case, "--agreed")
    assert made["sources"] == own
    assert made["places"] == [place]
    return str(made["idea"])


def test_from_judges_to_the_table_and_its_auditor(cqr: Path, tmp_path: Path, verb: Verb) -> None:
    verb("cqr", cqr, "count", "participant", "--reason", "Each person was asked alone.")
    verb("cqr", cqr, "roles", "dora", "auditor")
    ideas = [judge(verb, cqr, f"P{number}") for number in range(1, 7)]
    listed = verb("cqr", cqr, "cases", "--json").data
    assert listed["one_case_is"] == "participant"
    assert [one["opened"] for one in listed["cases"]] == [True] * 6
    assert listed["cases"][0]["passages"] == {"HELP": 2, "HARM": 1}

    verb("cqr", cqr, "judges", "HELP", "ana", "ben")
    for who in ("ana", "ben"):
        verb("cqr", cqr, "categories", "propose", "Help", f"{who}'s", "--idea", ideas[0], "--as", who)
        verb("cqr", cqr, "categories", "submit", "Help", "--as", who)
    inside = [word for id_ in ideas[:4] for word in ("--idea", id_)]
    verb("cqr", cqr, "categories", "agree", "Help", "Friends", *inside)
    (top,) = verb("cqr", cqr, "categories", "--agreed", "--json").data
    verb("cqr", cqr, "categories", "agree", "Help", "Near", "--under", top["category"])
    near = verb("cqr", cqr, "categories", "--agreed", "--json").data[1]["category"]
    verb("cqr", cqr, "categories", "place", ideas[4], near)

    found = verb("cqr", cqr, "table", "--json").data
    assert [(row["name"], row["label"], len(row["cases"])) for row in found["rows"]] == [
        ("Friends", "general", 5), ("Near", "other", 1),
    ]  # fmt: skip
    assert verb("cqr", cqr, "table", "--rule", "1997", "--json").data["rows"][0]["label"] == "typical"
    said = verb("cqr", cqr, "table", "-o", tmp_path / "table.csv").err
    assert said == f"The table of categories is in {tmp_path / 'table.csv'}.\n"
    with (tmp_path / "table.csv").open(newline="") as file:
        assert [row[:5] for row in csv.reader(file)][1:] == [["Help", "Friends", "general", "5", "6"]]

    verb("cqr", cqr, "comments", "make", "category", near, "One case is none.", "--as", "dora")
    assert "has no answer" in verb("cqr", cqr, "categories", "drop", near, "--reason", "Thin.", code=2).err
    (comment,) = verb("cqr", cqr, "comments", "--json").data
    verb("cqr", cqr, "comments", "answer", comment["comment"][-6:], "--accept", "--reason", "Dropped.", "--as", "ben")
    verb("cqr", cqr, "categories", "drop", near, "--reason", "Thin.")
    verb("cqr", cqr, "comments", "see", comment["comment"], "--settled", "--as", "dora")
    assert verb("cqr", cqr, "comments", "--state", "settled", "--json").data[0]["turns"][0]["by"] == "ben"
    log = tmp_path / "log.md"
    verb("cqr", cqr, "table", "-o", log, "--part", "log")
    assert "One case is none." in log.read_text()

    verb("cqr", cqr, "stability", "--leave-out", "P1", "P2", "--keep")
    (kept,) = verb("cqr", cqr, "stability", "--kept", "--json").data
    assert (kept["left_out"], kept["rows"][0]["without"]) == (["P1", "P2"], "variant")
    verb("doctor", cqr)


def test_a_drop_is_undone_by_a_verb(cqr: Path, verb: Verb) -> None:
    id_ = judge(verb, cqr, "P1")
    verb("cqr", cqr, "ideas", "drop", id_, "--reason", "Twice.", "--as", "ana")
    assert ideas_of(verb, cqr, "--agreed") == []
    verb("undo", cqr, "--of", "cqr", "--as", "ana")
    assert [one["idea"] for one in ideas_of(verb, cqr, "--agreed")] == [id_]


def test_submitting_says_who_is_still_to_come(cqr: Path, verb: Verb) -> None:
    verb("cqr", cqr, "judges", "P1", "ana", "ben")
    assert "Still to come: ben." in verb("cqr", cqr, "ideas", "submit", "P1", "--nothing", "--as", "ana").err
    assert "Every judge has handed in." in verb("cqr", cqr, "ideas", "submit", "P1", "--nothing", "--as", "ben").err


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("ideas", "write", "P9", "Help", "x"), "There is no case called 'P9'."),
        (("ideas", "write", "P1", "Nowhere", "x"), "There is no domain called 'Nowhere'."),
        (("ideas", "write", "P1", "Help", "x"), "is no judge of 'P1'."),
        (("ideas", "remove", "abc"), "There is no core idea 'abc'"),
        (("judges", "P9", "ana"), "There is no domain called 'P9'."),
        (("roles", "dora", "judge"), "There is no role called 'judge'."),
        (("comments", "make", "case", "P1", "x"), "is none."),
        (("stability",), "Two cases are left out, and only 0"),
        (("compare", "age"), "age"),
    ],
)
def test_what_is_wrong_is_told(cqr: Path, verb: Verb, words: tuple[str, ...], said: str) -> None:
    assert said in verb("cqr", cqr, *words, code=None).err


def test_the_lists_are_tables_for_people(cqr: Path, verb: Verb) -> None:
    judge(verb, cqr, "P1")
    verb("cqr", cqr, "state", "P1", "core-ideas", "--note", "Early.", "--as", "ana")
    assert re.search(r"P1 +core ideas, each judge alone +3 +ana, ben +ana, ben", verb("cqr", cqr, "cases").out)
    assert "Early." in verb("cqr", cqr, "history", "P1").out
    assert "Of 1 case:" in verb("cqr", cqr, "table").out
    assert "the team" in verb("cqr", cqr, "ideas", "--agreed").out
