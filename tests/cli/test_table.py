"""`agree --table`: the figures of a spreadsheet, for people who have no study."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Verb, program

KEYS = [
    "alpha", "ci", "kappa", "pi", "fleiss", "conger", "bp", "ac1", "percent", "n_units", "n_pairable", "why",
]  # fmt: skip

# Krippendorff (2011) sec. C: four coders, twelve units, gaps
FOUR_CODERS = """a,b,c,d
1,1,,1
2,2,3,2
3,3,3,3
3,3,3,3
2,2,2,2
1,2,3,4
4,4,4,4
1,1,2,1
2,2,2,2
,5,5,5
,,1,1
,,3,
"""

# DKPro's example of sets (Meyer et al. 2014); alpha with MASI distance by definition
SETS = "ana,ben\n-,{}\nA,-\nA,A\nA,B\nA;B,A\nA;B,A;C\nC;B;A,A;B;C\nC,A;C\nC,A; C\n"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "ratings.csv"
    path.write_text(FOUR_CODERS)
    return path


@pytest.mark.parametrize(
    ("level", "alpha"), [("nominal", 0.743), ("ordinal", 0.815), ("interval", 0.849), ("ratio", 0.797)]
)
def test_published_alpha_at_every_level_under_stable_keys(level: str, alpha: float, file: Path, verb: Verb) -> None:
    found = verb("agree", "--table", file, "--level", level, "--units", "rows", "--json").data
    assert list(found) == KEYS
    assert found["alpha"] == pytest.approx(alpha, abs=0.0005)
    low, high = found["ci"]
    assert low < found["alpha"] < high
    assert (found["n_units"], found["n_pairable"]) == (12, 11)
    assert set(found["why"]) == {"kappa", "pi"}
    assert found["kappa"] is found["pi"] is None


def test_the_other_published_figures_of_the_table(file: Path, verb: Verb) -> None:
    """Gwet (2014), benchmark table of irrCAC."""
    found = verb("agree", "--table", file, "--level", "nominal", "--json").data
    printed = {"percent": 0.81818, "ac1": 0.77544, "fleiss": 0.76117, "conger": 0.76282, "bp": 0.77273}
    assert {key: found[key] for key in printed} == pytest.approx(printed, abs=0.00001)


def test_sets(tmp_path: Path, verb: Verb) -> None:
    path = tmp_path / "sets.csv"
    path.write_text(SETS)
    found = verb("agree", "--table", path, "--level", "set", "--json").data
    assert found["alpha"] == pytest.approx(0.2730806608357629, abs=1e-9)
    assert found["percent"] == pytest.approx(3 / 9)
    assert {key for key in KEYS if found[key] is None} == set(found["why"])


def test_transcripts_are_what_the_interval_counts(tmp_path: Path, verb: Verb) -> None:
    body = ["x,x", "y,y", "x,y", "y,y", "x,x", "y,x", "x,x"] * 4 + ["x,y", "y,y", "x,x"]
    for transcripts, warned in ((2, ""), (4, "4 transcripts, and with fewer than 6"), (6, "")):
        path = tmp_path / f"{transcripts}.csv"
        lines = [f"t{n % transcripts},{cells}" for n, cells in enumerate(body)]
        path.write_text("\n".join(["transcript,ana,ben", *lines]))
        ran = verb("agree", "--table", path, "--level", "nominal", "--json")
        assert (ran.data["ci"] is None) == (transcripts < 3)
        assert ("with fewer than 6" in ran.err) == bool(warned)
        assert warned in ran.err
        if transcripts == 2:
            assert ran.data["why"] == {"ci": "an interval needs at least 3 transcripts, and there are 2"}


def test_people_read_a_table_with_reasons(tmp_path: Path, verb: Verb) -> None:
    path = tmp_path / "same.csv"
    path.write_text("ana,ben\nno,no\nno,no\n")
    page = verb("agree", "--table", path, "--level", "nominal").out
    assert "2 units, 2 rated by two or more coders, nominal level, coders ana, ben" in page
    assert page.count("undefined (no variation): every rating that can be compared is the same") == 8
    assert "percent      1.000" in page


@pytest.mark.parametrize(
    "words",
    [
        ("--table", "{file}", "--level", "cardinal"),
        ("--table", "{file}", "--level", "nominal", "--units", "columns"),
        ("--table", "{file}"),
        ("--table", "{file}", "--level", "nominal", "--keep"),
        ("--table", "{file}", "--level", "nominal", "--pair", "a", "b"),
        ("{team}", "--table", "{file}", "--level", "nominal"),
        ("{team}", "--level", "nominal"),
        ("--table", "{file}.not", "--level", "nominal"),
        ("--json",),
    ],
    ids=" ".join,
)
def test_2_when_it_was_not_meant_like_this(words: tuple[str, ...], file: Path, team: Path, verb: Verb) -> None:
    ran = verb("agree", *(word.format(file=file, team=team) for word in words), code=2)
    assert ran.out == ""
    assert ran.err.strip().endswith(".") or "--level with one of: nominal" in ran.err


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("ana,ben\n1,2\n1,high\n", "ratings.csv, line 3: ben: 'high' is not a number."),
        ("ana,ben\n1,2,3\n", "ratings.csv, line 2: 3 cells where the first line has 2."),
        ("ana\n1\n", "ratings.csv, line 1: agreement needs two coders"),
        ("", "ratings.csv: the table is empty."),
        (b"ana,ben\n\xff,\xfe\n", "ratings.csv is not UTF-8 text."),
        ("ana,\x1b[31mben\n1,x\n", "line 2"),
    ],
)
def test_1_with_file_and_line_when_the_table_can_not_be_read(
    text: str | bytes, told: str, file: Path, verb: Verb
) -> None:
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    ran = verb("agree", "--table", file, "--level", "interval", "--json", code=1)
    assert ran.out == ""
    assert told in ran.err


def test_it_is_a_program_that_needs_no_study(file: Path, tmp_path: Path) -> None:
    before = sorted(tmp_path.iterdir())
    ran = program("agree", "--table", file.name, "--level", "ordinal", "--json", cwd=tmp_path)
    assert ran.data["alpha"] == pytest.approx(0.815, abs=0.0005)
    assert sorted(tmp_path.iterdir()) == before


def test_the_example_of_the_documentation_is_what_is_printed(tmp_path: Path, verb: Verb) -> None:
    page = (Path(__file__).parents[2] / "docs/agreement-of-a-table.md").read_text("utf-8")
    table, printed = (page.split(f"```{kind}\n")[1].split("```")[0] for kind in ("csv", "json"))
    path = tmp_path / "moods.csv"
    path.write_text(table)
    found = verb("agree", "--table", path, "--level", "ordinal", "--json").data
    for key, value in json.loads(printed).items():
        assert found[key] == (value if key == "why" else pytest.approx(value)), key
