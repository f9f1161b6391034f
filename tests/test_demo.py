"""The demo study: what it holds, that its figures are the planted ones worked out by hand, and that it says what it is.

The counts are read from the planted table and counted once more from the planted codings; the figures are worked out
here from the counts, with fractions, by the formulas beside the table.
"""

from __future__ import annotations

import csv
import json
import re
import zipfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from qualbench.cli import run

SOURCES = Path(__file__).parent.parent / "projects" / "demo"
N = 130
DOUBLE = {
    "01-outreach-worker": 21, "02-case-manager": 23, "03-clinic-counsellor": 20, "04-peer-coordinator": 19,
    "05-shelter-director": 21, "07-focus-group-advocates": 26,
}  # fmt: skip
"""The six transcripts both coders finished, with their units."""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo study as the verb makes it."""
    folder = tmp_path_factory.mktemp("made") / "demo"
    assert run(["demo", str(folder), "--no-open"]) == 0
    return folder


@pytest.fixture
def asked(made: Path, capsys: pytest.CaptureFixture[str]) -> Any:
    """Ask the demo study for data."""

    def ask(verb: str, *words: str) -> Any:
        capsys.readouterr()
        assert run([verb, str(made), *words, "--json"]) == 0
        return json.loads(capsys.readouterr().out)

    return ask


# --- what is planted -------------------------------------------------------------------------------------------


def tables(text: str) -> Iterator[tuple[list[str], list[list[str]]]]:
    """Every table of a Markdown page: its header and its rows."""
    for block in re.findall(r"(?:^\|.*\n)+", text, re.MULTILINE):
        header, _, *rows = [[cell.strip() for cell in line.strip("|\n").split("|")] for line in block.splitlines()]
        yield header, rows


def planted_counts() -> dict[str, tuple[int, int, int, int]]:
    """The table of counts: both, only Ana, only Ben, neither."""
    wanted = ["code", "both (a)", "only Ana (b)", "only Ben (c)", "neither (d)"]
    (rows,) = (rows for header, rows in tables((SOURCES / "planted.md").read_text("utf-8")) if header == wanted)
    return {row[0]: (int(row[1]), int(row[2]), int(row[3]), int(row[4])) for row in rows}


def readings() -> list[tuple[str, frozenset[str], frozenset[str]]]:
    """Both coders' sets of codes on each turn, from the planted codings."""
    with (SOURCES / "planted.csv").open(encoding="utf-8", newline="") as file:
        return [(row["transcript"], _codes(row["ana"]), _codes(row["ben"])) for row in csv.DictReader(file)]


def _codes(cell: str) -> frozenset[str]:
    return frozenset(code for code in cell.split(";") if code)


COUNTS = planted_counts()


def test_the_planted_codings_give_the_planted_counts() -> None:
    units = readings()
    assert Counter(transcript for transcript, *_ in units) == DOUBLE
    counted = {}
    for code in COUNTS:
        cells = Counter((code in ana, code in ben) for _, ana, ben in units)
        counted[code] = (cells[True, True], cells[True, False], cells[False, True], cells[False, False])
    assert counted == COUNTS
    assert {code for _, ana, ben in units for code in ana | ben} <= set(COUNTS)
    assert all(sum(counts) == N for counts in COUNTS.values())
    assert sum(ana != ben for _, ana, ben in units) == 42


def ratio(over: int, under: int) -> Fraction | None:
    """A share, or nothing where there is nothing to share."""
    return Fraction(over, under) if under else None


def figures(both: int, ana: int, ben: int, neither: int) -> dict[str, Fraction | None]:
    """The five figures of a two-by-two table, by the formulas of planted.md."""
    n = both + ana + ben + neither
    observed = Fraction(both + neither, n)
    by_chance = Fraction((both + ana) * (both + ben) + (ben + neither) * (ana + neither), n * n)
    ones = 2 * both + ana + ben
    zeros = 2 * n - ones
    varies = ones > 0 and zeros > 0
    return {
        "percent": observed,
        "positive": ratio(2 * both, ones),
        "negative": ratio(2 * neither, 2 * neither + ana + ben),
        "kappa": (observed - by_chance) / (1 - by_chance) if varies else None,
        "alpha": 1 - Fraction((2 * n - 1) * (ana + ben), ones * zeros) if varies else None,
    }


PRINTED = {"percent agreement": "percent", "positive agreement": "positive", "negative agreement": "negative"}


def test_the_page_of_planted_figures_is_right() -> None:
    """The fractions printed on the page are the ones that its formulas give."""
    checked = 0
    for header, rows in tables((SOURCES / "planted.md").read_text("utf-8")):
        for column, name in enumerate(header):
            key = PRINTED.get(name, name)
            for row in rows if key in ("percent", "positive", "negative", "kappa", "alpha") else []:
                printed = row[column].split(" = ")[0]
                value = None if printed.startswith("undefined") else Fraction(printed)
                assert value == figures(*COUNTS[row[0]])[key], (row[0], key)
                checked += 1
    assert checked == 5 * len(COUNTS)


# --- what the program says -------------------------------------------------------------------------------------


def test_the_program_gives_the_planted_figures(asked: Any) -> None:
    agreement = asked("agree")
    assert (agreement["unit"], agreement["coders"], agreement["units"]) == ("turn", ["ana", "ben"], N)
    assert [code["code"] for code in agreement["codes"]] == list(COUNTS)
    for code in agreement["codes"]:
        both, ana, ben, neither = COUNTS[code["code"]]
        assert code["table"] == [[both, ana], [ben, neither]], code["code"]
        for key, value in figures(both, ana, ben, neither).items():
            assert code[key] == (None if value is None else pytest.approx(float(value), abs=1e-12)), (code["code"], key)
    (silent,) = (code for code in agreement["codes"] if code["code"] == "CONFIDENTIALITY")
    assert silent["why"].startswith("undefined (no variation)")


def masi(x: frozenset[str], y: frozenset[str]) -> Fraction:
    """MASI distance: 1 - Jaccard x monotonicity (Passonneau 2006)."""
    if x == y:
        return Fraction(0)
    shared = len(x & y)
    monotonic = Fraction(2, 3) if x <= y or y <= x else Fraction(1, 3)
    return 1 - Fraction(shared, len(x | y)) * (monotonic if shared else 0)


def test_the_program_gives_the_alpha_over_sets_of_the_planted_codings(asked: Any) -> None:
    """Observed over the 130 turns, expected over all pairs of the 260 readings (Krippendorff 2018)."""
    units = readings()
    observed = sum((masi(ana, ben) for _, ana, ben in units), Fraction(0)) / len(units)
    pool = Counter(codes for _, *pair in units for codes in pair)
    n = pool.total()
    apart = sum((masi(x, y) * pool[x] * pool[y] for x in pool for y in pool), Fraction(0))
    alpha = 1 - observed / (apart / (n * (n - 1)))
    assert asked("agree")["set_alpha"] == {"masi": pytest.approx(float(alpha), abs=1e-12)}


def test_two_passes_are_finished_on_six_transcripts_and_one_is_open(asked: Any) -> None:
    rows = {row["transcript"]: row for row in asked("status", "--as", "ana")["transcripts"]}
    assert len(rows) == 8
    for name, units in DOUBLE.items():
        assert rows[name]["passes"] == {"ana": "submitted", "ben": "submitted"}
        assert (rows[name]["opened"], rows[name]["segments"]) == (True, units)
    open_one = rows["06-harm-reduction-nurse"]
    assert (open_one["passes"], open_one["opened"]) == ({"ana": "open"}, False)
    with (SOURCES / "open-pass.csv").open(encoding="utf-8", newline="") as file:
        decided = len(list(csv.DictReader(file)))
    assert 0 < open_one["decided"] == decided < open_one["segments"]
    assert rows["08-focus-group-evening"]["passes"] == {}


def test_every_planted_coding_is_in_the_study_and_no_other(asked: Any) -> None:
    held = asked("codings", "export")
    with_code = Counter((row["transcript"], row["coder"], row["code"]) for row in held if row["code"])
    planted = Counter(
        (transcript, coder, code)
        for transcript, ana, ben in readings()
        for coder, codes in (("ana", ana), ("ben", ben))
        for code in codes
    )
    assert with_code == planted
    assert sum(not row["code"] for row in held) == sum((not ana) + (not ben) for _, ana, ben in readings())


def test_the_words_and_turns_are_the_ones_the_readme_counts(asked: Any) -> None:
    (rows,) = (rows for header, rows in tables((SOURCES / "README.md").read_text("utf-8")) if "words" in header)
    counted = {
        row[0].strip("`").rpartition(".")[0]: tuple(int(cell.strip("*").replace(",", "")) for cell in row[2:])
        for row in rows[:-1]
    }
    found = {row["transcript"]: (row["turns"], row["segments"], row["words"]) for row in asked("status")["transcripts"]}
    assert found == counted


def test_an_agreement_run_is_kept(made: Path, asked: Any) -> None:
    from qualbench.project import Project
    from qualbench.steps.agreement import to_data

    with Project.open(made) as project:
        kept = project.kept_agreement()
    assert kept is not None
    assert kept[1].checked.startswith("krippendorff")
    assert to_data(replace(kept[1], checked="")) | {"benchmark": "krippendorff"} == asked("agree")


def test_half_of_the_consensus_is_decided(asked: Any) -> None:
    items = asked("consensus", "list")
    assert len(items) == 42
    with (SOURCES / "decisions.csv").open(encoding="utf-8", newline="") as file:
        planned = list(csv.DictReader(file))
    taken = [item for item in items if item["decision"]]
    assert len(taken) == len(planned) == 21
    told = Counter((i["transcript"], i["decision"]["outcome"], i["decision"]["reason"]) for i in taken)
    assert told == Counter((row["transcript"], row["outcome"], row["reason"]) for row in planned)
    assert {item["state"] for item in items} == {"open", "decided", "deferred"}
    assert all(item["decision"]["note"].strip() for item in taken)


def test_themes_have_codes_ideas_and_quotes(made: Path, asked: Any) -> None:
    from qualbench.project import Project

    themes = asked("themes", "list")
    assert len(themes) >= 3
    for theme in themes:
        assert theme["idea"]
        assert theme["codes"]
        assert theme["quotes"]
    with Project.open(made) as project:
        texts = {row.id: project.transcript(row.id).text for row in project.transcripts()}
    for theme in themes:
        for quote in theme["quotes"]:
            assert texts[quote["transcript"]][quote["start"] : quote["end"]] == quote["text"]


def test_participants_have_their_attributes_and_interviewers_none(asked: Any) -> None:
    rows = asked("participants")
    for row in rows:
        if row["role"] == "participant":
            assert row["participant"]
            assert {"site", "position"} <= set(row["attributes"])
        else:
            assert row["attributes"] == {}


def test_the_demo_study_is_whole_and_needs_no_attention(asked: Any) -> None:
    assert all(finding["well"] for finding in asked("doctor"))
    assert asked("status")["attention"] == []


# --- making it -------------------------------------------------------------------------------------------------


def test_asking_again_opens_the_same_study(made: Path, capsys: pytest.CaptureFixture[str]) -> None:
    def state() -> dict[str, bytes]:
        return {str(path.relative_to(made)): path.read_bytes() for path in made.rglob("*") if path.is_file()}

    assert run(["themes", str(made), "new", "Mine", "--as", "ana"]) == 0
    before = state()
    assert run(["demo", str(made), "--no-open"]) == 0
    assert state() == before
    assert "Making" not in capsys.readouterr().err
    assert run(["undo", str(made), "--of", "themes", "--as", "ana"]) == 0


def test_two_demos_tell_the_same_story(made: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["demo", str(tmp_path / "again"), "--no-open"]) == 0
    for words in (["codings", "export"], ["agree", "--json"], ["consensus", "log"], ["participants", "--json"]):
        told = []
        for folder in (made, tmp_path / "again"):
            capsys.readouterr()
            assert run([words[0], str(folder), *words[1:]]) == 0
            told.append(re.sub(r'"[0-9a-f]{8}-[0-9a-f-]{27}"', "an id", capsys.readouterr().out))
        assert told[0] == told[1], words


def test_a_folder_that_holds_something_else_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "notes.txt").write_text("precious")
    assert run(["demo", str(tmp_path / "mine"), "--no-open"]) == 1
    assert [path.name for path in tmp_path.rglob("*")] == ["mine", "notes.txt"]


def test_a_break_while_it_is_made_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from qualbench.project import demo

    def broken_off(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(demo, "_decide", broken_off)
    assert run(["demo", str(tmp_path / "demo"), "--no-open"]) == 130
    assert list(tmp_path.iterdir()) == []


# --- what it says of itself ------------------------------------------------------------------------------------


def words_of(path: Path) -> str:
    """The words of a source, whatever its format."""
    if path.suffix == ".docx":
        with zipfile.ZipFile(path) as file:
            return " ".join(
                re.sub("<[^>]+>", " ", file.read(name).decode()) for name in file.namelist() if "xml" in name
            )
    return path.read_text("utf-8-sig")


@pytest.mark.parametrize("name", [*sorted(path.name for path in SOURCES.glob("0*")), "README.md", "planted.md"])
def test_every_page_says_that_it_is_synthetic(name: str) -> None:
    words = words_of(SOURCES / name).casefold()
    assert "synthetic" in words
    assert "nobody" in words or "no one" in words
    assert "cc0" in words


def test_the_study_itself_is_called_a_demo(made: Path, asked: Any) -> None:
    assert "(demo)" in asked("status")["study"]
