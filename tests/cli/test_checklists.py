"""The verb checklist: how far each is, items with facts and where they stand, answers, files."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Verb, entries


def item(verb: Verb, study: Path, name: str, number: str) -> dict[str, object]:
    lines = verb("checklist", study, name, "--json").data["lines"]
    return next(dict(line) for line in lines if line["item"] == number)


def test_without_a_name_it_says_how_far_each_is(opened: Path, verb: Verb) -> None:
    rows = {row["checklist"]: row for row in verb("checklist", opened, "--json").data}
    assert [(name, row["items"]) for name, row in rows.items()] == [
        ("coreq", 32), ("srqr", 21), ("jars", 24), ("oconnor-joffe", 14), ("braun-clarke", 15),
    ]  # fmt: skip
    assert all(row["shown"] + row["answered"] + row["missing"] == row["items"] for row in rows.values())
    ran = verb("checklist", opened)
    assert "O'Brien et al. 2014" in ran.out


def test_an_item_shows_its_facts_with_where_they_stand(opened: Path, verb: Verb) -> None:
    found = item(verb, opened, "coreq", "24")
    assert found["state"] == "shown"
    (fact,) = found["shown"]  # type: ignore[misc] # JSON
    assert fact["fact"] == "2 coders (ana, ben) handed in 2 passes on 1 transcript."
    assert fact["where"].startswith("passes of 20")
    ran = verb("checklist", opened, "coreq")
    assert "  24  shown by the log: How many people coded." in ran.out
    assert "   1  to be answered once: Who held the interviews or groups." in ran.out
    assert ran.err.endswith("items left to the authors, of 32.\n")


def test_a_study_without_coding_shows_no_item_of_coding(team: Path, verb: Verb) -> None:
    assert verb("checklist", team, "oconnor-joffe", "--json").data["shown"] == 0
    assert len(verb("checklist", team, "oconnor-joffe", "--gaps", "--json").data["lines"]) == 14


def test_authors_answer_once_for_every_checklist_and_take_it_back(opened: Path, verb: Verb) -> None:
    words = "Rooms of the library."
    ran = verb("checklist", opened, "coreq", "answer", "14", words, "--as", "ana")
    assert ran.err == "Answered: item 14 of COREQ. Where the data were collected.\n"
    assert item(verb, opened, "coreq", "14")["state"] == "answered"
    elsewhere = item(verb, opened, "srqr", "S7")
    assert elsewhere["state"] == "answered"
    assert "Authors: Rooms of the library. (answer to COREQ 14)" in verb("checklist", opened, "srqr").out
    assert "14" not in {one["item"] for one in verb("checklist", opened, "coreq", "--gaps", "--json").data["lines"]}
    verb("undo", opened, "--of", "papers", "--as", "ana")
    assert item(verb, opened, "coreq", "14")["state"] == "asked"
    verb("redo", opened, "--of", "papers", "--as", "ana")
    ran = verb("checklist", opened, "coreq", "answer", "14", "", "--as", "ana")
    assert ran.err.startswith("The answer is taken back")
    assert item(verb, opened, "srqr", "S7")["state"] == "authors"


@pytest.mark.parametrize("suffix", [".md", ".docx", ".csv"])
def test_a_file_is_the_same_every_time_and_never_written_over(
    opened: Path, verb: Verb, tmp_path: Path, suffix: str
) -> None:
    first, second = tmp_path / f"a{suffix}", tmp_path / f"b{suffix}"
    for target in (first, second):
        assert verb("checklist", opened, "coreq", "-o", target).err == f"COREQ is in {target}.\n"
    assert first.read_bytes() == second.read_bytes()
    verb("checklist", opened, "coreq", "-o", first, code=1)
    verb("checklist", opened, "coreq", "-o", first, "--force")


def test_what_is_not_meant_is_said_and_nothing_written(opened: Path, verb: Verb, tmp_path: Path) -> None:
    before = entries(opened)
    assert "has no item '33'" in verb("checklist", opened, "coreq", "answer", "33", "x", code=2).err
    assert "answered with three words" in verb("checklist", opened, "coreq", "answer", "14", code=2).err
    assert "answered with three words" in verb("checklist", opened, "coreq", "14", "x", "y", code=2).err
    assert "Say which checklist." in verb("checklist", opened, "--gaps", code=2).err
    assert "ends in '.pdf'" in verb("checklist", opened, "coreq", "-o", tmp_path / "x.pdf", code=2).err
    verb("checklist", opened, "strobe", code=2)
    assert entries(opened) == before
