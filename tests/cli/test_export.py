"""The verb export: the forms it had stay, the pack and its parts are new files, and nothing is half there."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from qualbench.cli import INTERRUPTED
from qualbench.cli import export as verbs
from tests.cli.conftest import Verb

FILES = {"xlsx": "t.xlsx", "sqlite": "t.sqlite"}


def test_the_pack_says_what_it_makes_and_where_it_is(opened: Path, tmp_path: Path, verb: Verb) -> None:
    ran = verb("export", opened, "report", "-o", tmp_path / "pack")
    assert ran.out == ""
    assert "report.docx ..." in ran.err
    assert f"files are in {tmp_path / 'pack'}." in ran.err
    there = {path.relative_to(tmp_path / "pack").as_posix() for path in (tmp_path / "pack").rglob("*")}
    assert {"report.docx", "report.html", "report.md", "tables.xlsx", "analysis.sqlite", "README.txt", "SHA256SUMS",
            "tidy/datapackage.json", "tidy/segments.csv", "figures/saturation.png"} <= there  # fmt: skip


def test_a_folder_that_is_there_is_replaced_only_when_that_is_said(opened: Path, tmp_path: Path, verb: Verb) -> None:
    words = ("export", opened, "tidy", "-o", tmp_path / "out")
    verb(*words)
    assert "exists already" in verb(*words, code=1).err
    verb(*words, "--force")
    (tmp_path / "out/mine.txt").write_text("mine")
    assert "'mine.txt', which no export wrote" in verb(*words, "--force", code=1).err


def test_the_folder_of_a_study_is_never_replaced(opened: Path, tmp_path: Path, verb: Verb) -> None:
    verb("export", opened, "tidy", "-o", opened, "--force", code=1)
    verb("export", opened, "report", "-o", tmp_path, "--force", code=1)
    assert (opened / "study.db").is_file()


@pytest.mark.parametrize("what", FILES)
def test_each_part_alone(what: str, opened: Path, tmp_path: Path, verb: Verb) -> None:
    target = tmp_path / FILES[what]
    assert verb("export", opened, what, "-o", target, "--json").data == {
        "done": True, "said": [f"{target} is written."],
    }  # fmt: skip
    assert target.stat().st_size > 5_000
    verb("export", opened, what, "-o", target, code=1)
    verb("export", opened, what, "-o", target, "--force")


def test_only_some_tables_and_a_mark_for_excel(opened: Path, tmp_path: Path, verb: Verb) -> None:
    verb("export", opened, "tidy", "-o", tmp_path / "out", "--only", "segments", "--only", "codes", "--bom")
    names = {path.name for path in (tmp_path / "out").iterdir()}
    assert names == {"codes.csv", "segments.csv", "datapackage.json", "README.txt", "SHA256SUMS"}
    body = (tmp_path / "out/segments.csv").read_bytes()
    assert body.startswith(b"\xef\xbb\xbf")
    assert {row["coder"] for row in csv.DictReader(body.decode("utf-8-sig").splitlines())} == {"ana", "ben"}


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("figures", "--bom"), "--bom is for CSV files, not for figures."),
        (("xlsx", "--attribute", "site"), "--attribute and --without-marks are for reports, not for xlsx."),
        (("themes", "--only", "codes"), "--only chooses among tables; themes has none."),
        (("tidy", "--only", "nope"), "There is no table called 'nope'."),
        (("xlsx",), "Name it with the ending .xlsx."),
        (("everything",), "'everything' is not one of"),
    ],
)
def test_what_does_not_fit_is_refused(
    words: tuple[str, ...], told: str, opened: Path, tmp_path: Path, verb: Verb
) -> None:
    what, *more = words
    ran = verb("export", opened, what, "-o", tmp_path / "out.csv", *more, code=2)
    assert told in ran.err
    assert list(tmp_path.glob("out*")) == []


@pytest.mark.parametrize(("what", "library", "name"), [("pdf", "typst", "x.pdf"), ("spss", "pyreadstat", "x.sav"),
                                                       ("stata", "pyreadstat", "x.dta"),
                                                       ("figures", "matplotlib", "x")])  # fmt: skip
def test_what_is_not_installed_is_said_with_the_way_to_it(
    what: str, library: str, name: str, opened: Path, tmp_path: Path, verb: Verb, monkeypatch: pytest.MonkeyPatch
) -> None:
    import importlib.util
    import sys

    find = importlib.util.find_spec
    monkeypatch.setitem(sys.modules, library, None)
    monkeypatch.setattr(importlib.util, "find_spec", lambda one: None if one == library else find(one))
    ran = verb("export", opened, what, "-o", tmp_path / name, code=1)
    assert "not installed" in ran.err
    assert "pip install 'qualbench-workbench[" in ran.err
    verb("export", opened, "report", "-o", tmp_path / "pack")
    assert "Left out: " in (tmp_path / "pack/README.txt").read_text("utf-8"), "the pack goes on without it and says so"


def test_calling_it_off_leaves_nothing(
    opened: Path, tmp_path: Path, verb: Verb, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = tmp_path / "place"
    place.mkdir()

    def stop(words: str) -> None:
        if words.startswith("tables.xlsx"):
            raise KeyboardInterrupt

    monkeypatch.setattr(verbs, "_progress", stop)
    assert "Interrupted" in verb("export", opened, "report", "-o", place / "pack", code=INTERRUPTED).err
    assert list(place.iterdir()) == []


def test_a_place_that_can_not_be_written_is_named(opened: Path, tmp_path: Path, verb: Verb) -> None:
    assert "can not be written" in verb("export", opened, "tidy", "-o", tmp_path / "gone/out", code=1).err
    assert "File name too long" in verb("export", opened, "tidy", "-o", tmp_path / ("x" * 300), code=1).err


def test_a_blind_study_says_so_and_hands_over_no_row(team: Path, tmp_path: Path, verb: Verb) -> None:
    verb("export", team, "tidy", "-o", tmp_path / "out")
    assert (tmp_path / "out/segments.csv").read_text("utf-8").count("\n") == 1
    verb("export", team, "figures", "-o", tmp_path / "figures", code=1)
    assert not (tmp_path / "figures").exists()
