"""The verb trail: the list, how a theme came about, files, and the check of their hashes."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from tests.cli.conftest import Verb


@pytest.fixture
def themed(opened: Path, verb: Verb) -> Path:
    verb("themes", opened, "new", "What holds", "--as", "ana")
    verb("themes", opened, "gather", "What holds", "TRUST", "--as", "ana")
    return opened


def test_it_lists_what_was_done_the_newest_first(themed: Path, verb: Verb) -> None:
    lines = verb("trail", themed, "--json", "--as", "ana").data
    assert [line["what"] for line in lines[:2]] == ["gathered Trust under 'What holds'", "made the theme 'What holds'"]
    assert {"kind": "code", "id": "TRUST", "label": "Trust"} in lines[0]["about"]
    assert lines[-1]["class"] == "intentions"
    assert "made the theme 'What holds'" in verb("trail", themed).out
    assert verb("trail", themed, "--most", "1").err == "1 line of more; --most shows others, export writes all.\n"


def test_only_some_lines(themed: Path, verb: Verb) -> None:
    def found(*words: str) -> list[str]:
        return [line["what"] for line in verb("trail", themed, "--json", *words).data]

    assert all("codebook" in what for what in found("--class", "instruments"))
    assert found("--code", "trust")[0] == "gathered Trust under 'What holds'"
    assert found("--transcript", "talk")[-1].startswith("imported")
    assert found("--by", "nobody") == []
    assert found("--theme", "what HOLDS")[-1] == "gathered Trust under 'What holds'"
    assert found("--search", "made HOLDS") == ["made the theme 'What holds'"]
    assert verb("trail", themed, "--by", "nobody").err == "There is no such line in the trail.\n"
    assert "no code called 'x'" in verb("trail", themed, "--code", "x", code=1).err
    assert "no theme called 'x'" in verb("trail", themed, "--theme", "x", code=1).err


def test_files_are_checked_against_the_journal(themed: Path, tmp_path: Path, verb: Verb) -> None:
    first, second = tmp_path / "one.csv", tmp_path / "two.csv"
    for target in (first, second):
        assert verb("trail", themed, "export", "-o", target).err == f"The trail is in {target}.\n"
    assert first.read_bytes() == second.read_bytes()
    verb("trail", themed, "export", "-o", first, code=1)
    verb("trail", themed, "export", "-o", first, "--force", "--json")
    with first.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert rows[-1]["what"] == "gathered Trust under 'What holds'"
    assert verb("trail", themed, "check", first, "--json").data == {"hashes": len(rows), "missing": []}
    first.write_text(first.read_text("utf-8").replace(rows[3]["hash"], "f" * 64), "utf-8")
    assert f"1 are not in the journal, the first is {'f' * 64}" in verb("trail", themed, "check", first, code=4).err
    assert "no column 'hash'" in verb("trail", themed, "check", __file__, code=1).err
    assert "can not be read" in verb("trail", themed, "check", tmp_path / "none.csv", code=1).err
    assert "is not written as '.pdf'" in verb("trail", themed, "export", "-o", tmp_path / "x.pdf", code=2).err
