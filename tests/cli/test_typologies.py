"""The verbs of flexible coding: lists of work, types, negative cases, lives of codes, kept saturation runs."""

from __future__ import annotations

from pathlib import Path

import pytest

from qualbench.project import Project
from tests.cli.conftest import Verb


@pytest.fixture
def analysed(demo_folder: Path, verb: Verb) -> Path:
    """The demo with a list of work: what is settled about trust."""
    verb("query", demo_folder, '"Building trust" or "Trust grows over time"', "--save", "Trust")
    verb("round", demo_folder, "plan", "Deep", "--query", "Trust", "--coder", "ana", "--coder", "ben", "--yes")
    return demo_folder


def test_a_round_over_a_query(analysed: Path, verb: Verb) -> None:
    deep = next(one for one in verb("round", analysed, "--json").data if one["round"] == "Deep")
    assert deep["query"] == "Trust"
    assert "Only what the query 'Trust' found." in verb("round", analysed).out
    with Project.open(analysed) as project:
        found = {(one.transcript, one.start) for one in project.ask(project.saved_query("Trust").words).passages}
        assert {place[:2] for place in project.work_list("Deep")} == found
    told = verb("round", analysed, "uncoded", "Deep")
    assert f"0 of {len(found)} of the work list looked at" in told.err
    verb("query", analysed, '"Having been there"', "--save", "There")
    assert "found by 'There'" in verb("round", analysed, "bind", "Deep", "--query", "There").err
    both = ("--query", "Trust", "--recode", "--coder", "ana", "--yes")
    assert "say --query alone" in verb("round", analysed, "plan", "X", *both, code=2).err
    assert "has no list of work" in verb("round", analysed, "uncoded", "Round 1", code=2).err


def test_types_by_hand_and_by_rule(demo_folder: Path, verb: Verb) -> None:
    assert "There is no typology yet" in verb("types", demo_folder).err
    rule = "attribute:years_in_field >= 11 and not attribute:years_in_field > 11"
    shown = verb("types", demo_folder, "rule", "Stance", "seasoned", rule, "--dry-run")
    assert "P02" in shown.out
    assert verb("types", demo_folder, "list", "--json").data == [], "nothing was given"
    asks = verb("types", demo_folder, "rule", "Stance", "seasoned", rule, code=3)
    assert "waits for a yes" in asks.err
    done = verb("types", demo_folder, "rule", "Stance", "seasoned", rule, "--yes", "--json").data
    assert done["done"]
    assert "P02" in done["given"]
    verb("types", demo_folder, "assign", "P01", "Stance", "new", "--reason", "Says so.", "--as", "ana")
    held = {one["label"]: one for one in verb("types", demo_folder, "--of", "stance", "--json", "--as", "ana").data}
    assert (held["P01"]["value"], held["P01"]["by"]) == ("new", "ana")
    assert (held["P02"]["value"], held["P02"]["holds"]) == ("seasoned", True)
    columns = verb("matrix", demo_folder, "attribute", "--by", "Stance", "--json").out
    assert "seasoned" in columns
    assert "The rule can not be followed" in verb("types", demo_folder, "rule", "S", "t", "code:Gone", code=2).err


def test_negative_cases(demo_folder: Path, verb: Verb) -> None:
    words = ("Building trust", "--participant", "P02", "--reason", "None needed.", "--as", "lead")
    assert "P02 is a negative case." in verb("types", demo_folder, "negative", *words).err
    (case,) = verb("types", demo_folder, "negative", "--json").data
    assert (case["told"], case["label"], case["reason"]) == ("the code Building trust", "P02", "None needed.")
    assert verb("types", demo_folder, "negative", *words, "--not", "--json").data == []
    assert "Say what the interview" in verb("types", demo_folder, "negative", "--participant", "P02", code=2).err


def test_the_life_of_a_code_and_what_is_open(demo_folder: Path, tmp_path: Path, verb: Verb) -> None:
    for kind, words in (("property", "pace: from at once to years"), ("question", "Who never trusts?")):
        verb(
            "memo",
            demo_folder,
            "write",
            words,
            "--on",
            "code",
            "--about",
            "BUILDING_TRUST",
            "--kind",
            kind,
            "--as",
            "lead",
        )
    (asked,) = verb("memo", demo_folder, "--kind", "question", "--json").data
    assert asked["body"] == "Who never trusts?"
    verb("codebook", demo_folder, "biography", "Building trust", "-o", tmp_path / "life.md")
    page = (tmp_path / "life.md").read_text()
    assert "- pace: from at once to years (lead," in page
    assert "lead asked about it: Who never trusts?" in page
    assert (
        "exists" in verb("codebook", demo_folder, "biography", "Building trust", "-o", tmp_path / "life.md", code=1).err
    )


def test_a_saturation_run_is_kept(demo_folder: Path, verb: Verb) -> None:
    assert "No run is kept yet" in verb("saturation", demo_folder, "--kept").err
    verb("saturation", demo_folder, "--base", "3", "--random", "10", "--seed", "4", "--keep", "--as", "ana")
    (kept,) = verb("saturation", demo_folder, "--kept", "--json").data
    assert (kept["base"], kept["by"], kept["random"]["seed"], kept["codebook"]) == (3, "ana", 4, "1.0")
    assert sum(kept["new"]) == kept["cumulative"][-1] == len(kept["ideas"])
