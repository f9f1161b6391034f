"""The tidy table, read back with the standard library, and the choice of a renderer by the file's ending."""

import csv
import io
from collections.abc import Callable
from dataclasses import replace

import pytest

from qualbench.errors import UsageError
from qualbench.model import METHOD_NAMES, Method
from qualbench.steps.report import RENDERERS, Report, render
from qualbench.text import defused
from tests.steps.report.report_study import AGREEMENT, THEMES

Maker = Callable[..., Report]


def read(report: Report) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(render(report, ".csv").decode("utf-8"), newline="")))


def test_one_row_for_each_quote_and_one_for_a_theme_without(make: Maker) -> None:
    """'The bus never came.' begins behind 'Int: How do you get here?\\n' (26) and 'Ana: ' (5): 31 to 50."""
    rows = read(make())
    assert [row["theme"] for row in rows] == ["Getting there", "Getting there", "Losing time"]
    assert rows[0] == {
        "theme": "Getting there",
        "idea": "The way decides.",
        "participants": "2",
        "segments": "4",
        "quote": "The bus never came.",
        "participant": "P01, service user",
        "transcript": "01-clinic",
        "start": "31",
        "end": "50",
        "parent": "",
        "use": "",
        "line": "2",
    }
    assert list(rows[2].values()) == ["Losing time", "", "1", "1", *[""] * 8]


@pytest.mark.parametrize("start", list("=+-@\t\r"))
def test_formula_cells_are_defused(make: Maker, start: str) -> None:
    assert defused(f"{start}1+1").startswith("'")
    row = read(make(themes=(replace(THEMES[1], name=f"{start}SUM(A1)", idea=f"{start}x"),)))[0]
    assert row["theme"].startswith("'")
    assert row["idea"].startswith("'")


def test_ordinary_cells_are_left_alone() -> None:
    assert defused("a = b") == "a = b"
    assert defused("") == ""


def test_hostile_text_stays_in_its_cell(hostile: Report, spoken: str) -> None:
    rows = read(hostile)
    assert len(rows) == 1
    assert rows[0]["participants"] == "2"
    said = rows[0]["quote"].removeprefix("'")
    assert len(said) == len(spoken)
    assert all(there == here for here, there in zip(spoken, said, strict=True) if here.isprintable() or here in "\n\t")
    assert b"\x1b" not in render(hostile, ".csv")
    assert b"\x00" not in render(hostile, ".csv")


def test_an_empty_study_is_a_header(empty: Report) -> None:
    assert read(empty) == []
    assert render(empty, ".csv").startswith(b"theme,idea,participants,segments,quote,")


def test_a_reflexive_table_counts_nothing(make: Maker) -> None:
    assert {(row["participants"], row["segments"]) for row in read(make(Method.REFLEXIVE))} == {("", "")}


# --- every ending ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("suffix", [".html", ".md", ".csv"])
def test_a_reflexive_study_never_speaks_of_reliability(make: Maker, suffix: str) -> None:
    assert b"reliability" not in render(make(Method.REFLEXIVE), suffix).lower()
    if suffix != ".csv":
        assert b"reliability" in render(make(Method.RELIABILITY), suffix).lower()


@pytest.mark.parametrize("suffix", [".html", ".md"])
@pytest.mark.parametrize("method", list(Method))
def test_every_method_is_named(make: Maker, method: Method, suffix: str) -> None:
    text = render(make(method), suffix).decode()
    assert f"The study followed {METHOD_NAMES[method]}." in text
    assert ("Appendix B. Agreement before consensus" in text) is (method is not Method.REFLEXIVE)


@pytest.mark.parametrize("suffix", list(RENDERERS))
def test_rendering_twice_gives_the_same_bytes(make: Maker, suffix: str) -> None:
    assert render(make(), suffix) == render(make(), suffix)
    assert render(make(), suffix.upper()) == render(make(), suffix)


@pytest.mark.parametrize("suffix", [".pdf", "", "docx"])
def test_an_unknown_ending_is_refused_with_the_known_ones(make: Maker, suffix: str) -> None:
    with pytest.raises(UsageError, match=r"\.docx, \.md, \.html, \.csv"):
        render(make(), suffix)


def test_one_coder_has_no_agreement_to_speak_of(make: Maker) -> None:
    report = make(agreement=None)
    report = replace(report, study=replace(report.study, coders=1))
    assert "One coder codes each transcript, so there is no agreement" in render(report, ".md").decode()


def test_a_run_without_units_is_undefined_and_calm(make: Maker) -> None:
    whole = replace(AGREEMENT.set_alpha, value=None, why="no units")
    text = render(make(agreement=replace(AGREEMENT, codes=(), units=0, set_alpha=whole)), ".md").decode()
    assert "Krippendorff's alpha over whole sets of codes (MASI): no unit was coded by two coders." in text
