"""The verb agree on a study: everything `--show` shows, as a table and as data, what is compared, kept and written.

Two transcripts are opened, one is blind:

    talk    ana     ben     ana later      call    ana     ben
    1       TRUST   TRUST   TRUST          1       TRUST   TRUST
    2       HOPE    TRUST   TRUST          2       -       -
    3       -       -       -              3       FEAR    FEAR
    4       FEAR    FEAR    FEAR           4       -       -

Alpha of TRUST by hand is 1 - unlike (n - 1) / (yes (n - yes)) for n readings: talk 1 - 7 / (3 x 5) = 8/15, both
1 - 15 / (5 x 11) = 8/11, and ana beside ana later 8/15 again.
"""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from qualbench.cli import run
from qualbench.cli.agreement import VIEWS
from qualbench.steps.agreement import SOURCES
from tests.cli.conftest import BOOK, Verb, entries, places, program, table

TRUST, TALK = 8 / 11, 8 / 15
SAID = {
    "ana": {"talk": ("TRUST", "HOPE", "", "FEAR"), "call": ("TRUST", "", "FEAR", "")},
    "ben": {"talk": ("TRUST", "TRUST", "", "FEAR"), "call": ("TRUST", "", "FEAR", "")},
}
RUN = {
    "unit", "coders", "transcripts", "units", "codebook", "codes", "set_alpha", "set_alphas", "overall", "recipe",
    "checked",
}  # fmt: skip
SPANS = {
    "u", "binary", "coding", "boundary", "codes", "mean", "defined", "undefined", "transcripts", "characters",
    "window", "why",
}  # fmt: skip


def done(*words: object) -> None:
    assert run([str(word) for word in words]) == 0, words


@pytest.fixture(scope="module")
def coded_once(team_once: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("agree")
    folder = Path(shutil.copytree(team_once, place / "study"))
    both = ("--coder", "ana", "--coder", "ben", "--yes")
    done("round", folder, "plan", "R1", *both, "--transcript", "talk")
    (place / "second.yaml").write_text(BOOK.replace('"1.0"', '"2.0"').replace("They fear.", "They fear it."))
    done("codebook", folder, place / "second.yaml")
    done("round", folder, "plan", "R2", *both, "--transcript", "call")
    for coder, said in SAID.items():
        rows = [(name, *span, code, coder, "") for name, codes in said.items()
                for span, code in zip(places(folder, name), codes, strict=True)]  # fmt: skip
        done("codings", folder, "import", table(place / f"{coder}.csv", rows))
        done("submit", folder, "--coder", coder, "--all")
    done("round", folder, "plan", "Later", "--coder", "ana", "--recode", "--transcript", "talk", "--yes")
    later = zip(places(folder, "talk"), SAID["ben"]["talk"], strict=True)
    rows = [("talk", *span, code, "ana", "") for span, code in later]
    done("codings", folder, "import", table(place / "later.csv", rows))
    done("submit", folder, "--coder", "ana", "--all")
    return folder


@pytest.fixture
def coded(coded_once: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(coded_once, tmp_path / "coded"))


def alphas(found: dict[str, Any]) -> dict[str, float | None]:
    return {one["code"]: one["alpha"] for one in found["codes"]}


# --- views -----------------------------------------------------------------------------------------------------


def test_every_view_has_its_keys_and_no_word_beside_them(coded: Path, verb: Verb) -> None:
    keys = {
        "codes": RUN | {"benchmark"}, "transcripts": {"transcripts"}, "pairs": {"pairs"},
        "causes": {"causes", "differences"}, "confusion": {"confusions"}, "trend": {"rounds", "changes"},
        "spans": SPANS, "again": {"coders"},
    }  # fmt: skip
    assert set(keys) == set(VIEWS)
    for view, expected in keys.items():
        more = ["--round", "Later"] if view == "again" else []
        ran = verb("agree", coded, "--show", view, *more, "--json")
        assert set(ran.data) == expected, view
        assert ran.err == "1 transcript still blind and left out.\n"


@pytest.mark.parametrize("view", VIEWS)
def test_every_view_is_a_table_too(coded: Path, verb: Verb, view: str) -> None:
    ran = verb("agree", coded, "--show", view, *(["--round", "Later"] if view == "again" else []))
    expected = {
        "codes": ("alpha", "Trust", f"{TRUST:.3f}", "judged"), "transcripts": ("talk", "call", "alpha over sets"),
        "pairs": ("ana and ben",), "causes": ("another code", "boundary only", "Hope and light"),
        "confusion": ("Trust", "Hope and light", "the other gave instead"),
        "trend": ("R1", "R2", f"{TALK:.3f}", "Fear: its definition changed."),
        "spans": ("u-alpha", "coverage", "Trust"), "again": ("ana", "coder"),
    }[view]  # fmt: skip
    for words in expected:
        assert words in ran.out
    with pytest.raises(json.JSONDecodeError):
        json.loads(ran.out)


def test_the_figures_are_those_by_hand(coded: Path, verb: Verb) -> None:
    def shown(*words: str) -> Any:
        return verb("agree", coded, *words, "--json").data

    assert alphas(shown())["TRUST"] == pytest.approx(TRUST)
    by_transcript = shown("--show", "transcripts")["transcripts"]
    assert {name: alphas(one)["TRUST"] for name, one in by_transcript.items()} == pytest.approx(
        {"talk": TALK, "call": 1.0}
    )
    (pair,) = shown("--show", "pairs")["pairs"].items()
    assert (pair[0], alphas(pair[1])["TRUST"]) == ("ana and ben", pytest.approx(TRUST))
    trend = shown("--show", "trend")
    assert {name: alphas(one)["TRUST"] for name, one in trend["rounds"].items()} == pytest.approx(
        {"R1": TALK, "R2": 1.0}
    )
    assert trend["changes"] == {"R1": [], "R2": ["Fear: its definition changed."]}
    again = shown("--show", "again", "--round", "Later")["coders"]
    assert {name: alphas(one)["TRUST"] for name, one in again.items()} == pytest.approx({"ana": TALK})
    assert again["ana"]["coders"] == ["ana", "ana again"]


def test_differences_are_told_with_their_cause(coded: Path, verb: Verb) -> None:
    found = verb("agree", coded, "--show", "causes", "--json").data
    assert found["causes"] == {"missed": 0, "other-code": 1, "related": 0, "boundary": 1, "granularity": 0}
    start, end = places(coded, "talk")[1]
    here = {"transcript": "talk", "start": start, "end": end}
    assert sorted(found["differences"], key=lambda one: one["code"]) == [
        {**here, "code": "HOPE", "by": ["ana"], "without": ["ben"], "instead": ["TRUST"], "cause": "other-code"},
        {**here, "code": "TRUST", "by": ["ben"], "without": ["ana"], "instead": ["HOPE"], "cause": "boundary"},
    ]
    confused = verb("agree", coded, "--show", "confusion", "--json").data
    assert confused == {"confusions": [{"code": "TRUST", "other": "HOPE", "count": 1}]}
    assert verb("agree", coded, "--show", "confusion", "--round", "R2", "--json").data == {"confusions": []}


# --- what is compared ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "units", "trust", "told"),
    [
        (("--round", "R1"), 4, TALK, {"round": "R1"}),
        (("--transcript", "call"), 4, 1.0, {"scope": ["transcript call"]}),
        (("--transcript", "call", "--transcript", "talk.txt"), 8, TRUST, {"codebooks": ["1.0", "2.0"]}),
        (("--code", "trust"), 8, TRUST, {"scope": ["code TRUST"]}),
        (("--pair", "ben", "ana"), 8, TRUST, {"scope": ["coders ben and ana"]}),
        (("--parents",), 8, TRUST, {"level": "parents"}),
        (("--round", "R2", "--pair", "ana", "ben", "--parents"), 4, 1.0, {"round": "R2", "level": "parents"}),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else "",
)
def test_only_what_is_asked_for_is_compared(
    coded: Path, verb: Verb, words: tuple[str, ...], units: int, trust: float, told: dict[str, object]
) -> None:
    found = verb("agree", coded, *words, "--json").data
    assert found["units"] == units
    assert alphas(found)["TRUST"] == pytest.approx(trust)
    assert told.items() <= found["recipe"].items()
    assert "--code" not in words or list(alphas(found)) == ["TRUST"]


def test_figures_are_held_against_the_benchmark_that_is_said(coded: Path, verb: Verb) -> None:
    for benchmark, source in SOURCES.items():
        ran = verb("agree", coded, "--benchmark", benchmark)
        assert ("judged on the lower limit" in ran.out) == bool(source)
        assert source in ran.out
        found = verb("agree", coded, "--benchmark", benchmark, "--json").data
        assert (found["benchmark"], alphas(found)["TRUST"]) == (str(benchmark), pytest.approx(TRUST))
    assert verb("agree", coded, "--json").data["benchmark"] == "krippendorff", "nothing of it is kept"


def test_qualcoders_figure_stands_beside_cohens(coded: Path, verb: Verb) -> None:
    found = verb("agree", coded, "--qualcoder", "--json").data
    assert set(found) == RUN | {"benchmark", "qualcoder"}
    assert set(found["qualcoder"]) == {"codes", "why"}
    assert set(found["qualcoder"]["codes"]) == set(alphas(found))
    ran = verb("agree", coded, "--qualcoder")
    assert "QualCoder's figure" in ran.out
    assert found["qualcoder"]["why"][:60] in " ".join(ran.out.split())


# --- kept and written ------------------------------------------------------------------------------------------


def test_a_run_is_kept_only_when_it_is_said(coded: Path, verb: Verb) -> None:
    from qualbench.project import Project

    before = entries(coded)
    for view in VIEWS:
        verb("agree", coded, "--show", view, *(["--round", "Later"] if view == "again" else ["--qualcoder"]))
    assert entries(coded) == before
    for _ in range(2):
        ran = verb("agree", coded, "--round", "R1", "--keep", "--as", "cleo", "--json")
        assert "The run is kept for good, with its recipe." in ran.err
    assert entries(coded) == before + 2
    with Project.open(coded) as project:
        assert [(by, run_.recipe.round) for _, by, run_ in project.kept_runs()] == [("cleo", "R1")] * 2


def test_a_report_is_written_in_every_way(coded: Path, tmp_path: Path, verb: Verb) -> None:
    place = tmp_path / "out"
    place.mkdir()
    for ending in (".json", ".csv", ".xlsx", ".md", ".docx"):
        target = place / f"report{ending}"
        ran = verb("agree", coded, "-o", target, "--json")
        assert f"The agreement report is in {target}." in ran.err.replace("\n", " ")
        assert set(ran.data) == RUN | {"benchmark"}
        before = target.read_bytes()
        assert f"{target} exists already." in verb("agree", coded, "-o", target, code=1).err
        assert target.read_bytes() == before
        verb("agree", coded, "-o", target, "--force", "--round", "R1")
        assert target.read_bytes() != before
    assert "ends in '.pdf'" in verb("agree", coded, "-o", place / "report.pdf", code=2).err
    assert len(list(place.iterdir())) == 5


def test_figures_are_written_into_a_folder(coded: Path, tmp_path: Path, verb: Verb) -> None:
    ran = verb("agree", coded, "--figures", tmp_path / "figures", "--json")
    written = sorted(path.name for path in (tmp_path / "figures").iterdir())
    assert {Path(name).suffix for name in written} == {".svg", ".png", ".csv", ".txt"}
    for name in written:
        assert (str(tmp_path / "figures" / name) in ran.err) == name.endswith(".svg")
    assert "exists already." in verb("agree", coded, "--figures", tmp_path / "figures", code=1).err


def test_a_program_reads_data_and_nothing_else(coded: Path) -> None:
    ran = program("agree", coded, "--show", "trend", "--json")
    assert set(json.loads(ran.out)) == {"rounds", "changes"}
    assert ran.err == "1 transcript still blind and left out.\n"


# --- what can not be shown -------------------------------------------------------------------------------------


def test_what_can_not_be_compared_is_told_in_a_sentence(coded: Path, verb: Verb) -> None:
    for words, code, sentence in (
        (("--show", "again"), 2, "name it with --round NAME."),
        (("--show", "again", "--round", "R1"), 2, "In the round 'R1' nobody codes again what they coded before."),
        (("--round", "Later"), 1, "Only ana has coded what is opened; agreement needs two coders."),
        (("--transcript", "meeting"), 1, "Nothing can be compared yet"),
        (("--table", "x.csv"), 2, "'x.csv' does not exist."),
    ):
        ran = verb("agree", coded, *words, code=code)
        assert sentence in ran.err
        assert ran.out == ""


def test_a_reflexive_study_shows_differences_and_says_why_no_figures(files: Path, tmp_path: Path, verb: Verb) -> None:
    study = tmp_path / "reflexive"
    verb("init", study, "--method", "reflexive-ta", "--codebook", files / "book.yaml")
    verb("import", study, files / "talk.txt", "--yes")
    rows = [("talk", *places(study, "talk")[0], code, who, "") for who, code in (("ana", "TRUST"), ("ben", "HOPE"))]
    verb("codings", study, "import", table(files / "both.csv", rows))
    for coder in ("ana", "ben"):
        verb("submit", study, "--coder", coder, "--all")
    for words in ((), ("--show", "spans"), ("--show", "pairs"), ("--qualcoder",), ("-o", study / "x.md")):
        assert "Reflexive thematic analysis does not measure agreement" in verb("agree", study, *words, code=1).err
    assert verb("agree", study, "--show", "causes", "--json").data["causes"]["other-code"] == 2
    assert "Trust" in verb("agree", study, "--show", "confusion").out
