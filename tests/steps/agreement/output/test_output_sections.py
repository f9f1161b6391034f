"""What the report says: every item an agreement report must contain, in every format, and why a figure is missing."""

import io
import re
from dataclasses import replace

import pytest
from docx import Document
from python_calamine import CalamineWorkbook

from qualbench.errors import UsageError
from qualbench.model import Interval, Overall, SetAlpha
from qualbench.steps.agreement.output import Contents, render, sections
from tests.steps.agreement.output.written_study import BOOK, COST, RUN, TRANSPORT, WAITING, bare, made, three


def in_document(contents: Contents) -> str:
    """All text of the Word document, a line for a paragraph and for a row of a table."""
    document = Document(io.BytesIO(render(contents, ".docx")))
    rows = [" | ".join(cell.text for cell in row.cells) for table in document.tables for row in table.rows]
    return "\n".join([*(one.text for one in document.paragraphs), *rows])


def in_markdown(contents: Contents) -> str:
    """The Markdown with its escapes taken out again."""
    return re.sub(r"\\(.)", r"\1", render(contents, ".md").decode())


def in_workbook(contents: Contents) -> str:
    """All cells of the workbook, a line for a row."""
    book = CalamineWorkbook.from_filelike(io.BytesIO(render(contents, ".xlsx")))
    rows = [row for name in book.sheet_names for row in book.get_sheet_by_name(name).to_python()]
    return "\n".join(" | ".join(map(str, row)) for row in rows)


READERS = {".docx": in_document, ".md": in_markdown, ".xlsx": in_workbook}

ITEMS = {
    "unit": "Unit: turn.",
    "how the unit was set": "cut by rule before coding, and every coder judged the same ones",
    "which transcripts": "01-clinic, 02-school, 03-home and 04-late",
    "how they were chosen": "4 of 16 transcripts were drawn at random with seed 20260.",
    "share of all data": "Share of all data that is double-coded: 25%.",
    "coders": "Coders: Ada and Bo.",
    "training": "both were trained on two pilot interviews.",
    "independence": "a pass is frozen when it is submitted, and nobody could see another's coding",
    "before consensus": "computed before any consensus",
    "codebook version and number of codes": "Codebook: version 1.1 of 'Ways to care', with 4 codes in version 1.1; "
    "3 codes compared.",
    "missing rule": "Missing readings: a segment a coder skipped is missing and left out for that coder",
    "the interval's method": "Intervals: linearised, clustered by transcript, t with G-1 df, on -log(1 - alpha), 95 %.",
    "undefined, with the reason": "undefined (no variation): neither coder applied it",
    "the interval's warning": "the interval rests on 4 transcripts, and with fewer than 6 it is unsure",
    "why no interval": "no interval: an interval needs at least 3 transcripts, and there are 2",
    "the benchmark's source": "Krippendorff 2004, Content Analysis, 2nd ed.",
    "what happened to disagreements": "Of 11 disagreements, 5 decided, 1 deferred, 2 kept apart and 3 open.",
    "the consensus log": "the log is in consensus-log.csv.",
    "a series": "a later round never replaces an earlier one",
    "codebook changes between rounds": "Round 2 (codebook 1.1) after Round 1 (codebook 1.0): Waiting was added. "
    "The definition of Cost changed.",
    "software version": "Software: qualbench 0.1.0.",
    "seed": "Seed: 20260.",
    "the check": "computed a second time by the krippendorff package 0.9.0",
    "QualCoder's figure": "QualCoder prints a figure that it calls kappa and that is not Cohen's",
    "notes": "Two transcripts are not opened yet and are left out.",
}


@pytest.fixture(scope="module")
def printed() -> dict[str, str]:
    """The whole report in every format of sentences."""
    return {suffix: read(made()) for suffix, read in READERS.items()}


@pytest.mark.parametrize("suffix", READERS)
@pytest.mark.parametrize("item", ITEMS)
def test_every_item_of_an_agreement_report_is_there(item: str, suffix: str, printed: dict[str, str]) -> None:
    assert ITEMS[item] in printed[suffix]


ROWS = {
    "counts and prevalence": "Access › Transport | 4 | 1 | 1 | 14 | 0.250 | 0.250 | -0.500 | 0.000",
    "figures of the pair": "Access › Transport | 0.900 | 0.800 | 0.933 | 0.733 | 0.733 | 0.800 | 0.840 |",
    "undefined figures": "Access › Cost | 1.000 | undefined | 1.000 | undefined | undefined | 1.000 | 1.000 | undef",
    "alpha, interval, bootstrap": "Access › Transport | 0.740 | 0.310 | 0.902 | 0.450 | 0.950 | 4 | unreliable,",
    "alpha without interval": "Waiting | -0.026 | none | none | none | none | none | unreliable, on the point |",
    "set alpha": "Alpha over code sets (MASI distance) | 0.652 | 0.400 | 0.810 | 4 |",
    "mean": "Mean of the codes' alphas, each code the same weight | 0.357",
    "minimum": "Lowest alpha of a code | -0.026",
    "pooled": "Pooled over codes (de Vries et al. 2008) | 0.610",
    "codes left out of the mean": "Codes without an alpha, in none of the above | 1",
    "a cause": "another code | 1 | 0.250",
    "a confusion": "Access › Transport | Waiting | 7",
    "outcome": "kept apart: both readings stand | 2",
    "an earlier round": "Round 1 | 2026-02-01 | 1.0 | 20 | 0.410 | none | none | 0.500 | 0.500 | 1 | no interval:",
    "a code's series": "Access › Transport | Round 1 | 2026-02-01 | 0.500 | 0.100 | 0.700",
    "QualCoder beside Cohen": "Access › Transport | 0.213 | 0.733 | 0.740",
}


@pytest.mark.parametrize("row", ROWS)
def test_the_figures_stand_in_the_tables(row: str, printed: dict[str, str]) -> None:
    assert ROWS[row] in printed[".docx"]
    assert ROWS[row].replace("|  ", "| ") in printed[".md"]


def test_the_headline_names_the_limits_and_the_span_of_the_codes(printed: dict[str, str]) -> None:
    assert (
        "Alpha over code sets (MASI distance) is 0.652 (95 % limits 0.400 to 0.810). "
        "Code by code alpha lies between -0.026 (Waiting) and 0.740 (Access › Transport)."
    ) in printed[".docx"]


def test_what_is_not_known_is_said_and_not_left_out() -> None:
    said = in_document(bare())
    for sentence in (
        "How the transcripts were chosen is not recorded.",
        "Who the coders are and how they were trained is not recorded.",
        "The share of all data that is double-coded is not known.",
        "No benchmark was chosen, so no word is put on the figures.",
        "No difference between the coders is listed.",
        "No disagreement is on record.",
        "There is no series of rounds to show.",
        "These are live figures, not checked against a second implementation.",
        "Software: not recorded. Seed: 1.",
    ):
        assert sentence in said
    assert "QualCoder" not in said


def test_every_undefined_figure_has_a_reason_in_its_row() -> None:
    """Also where an earlier run kept no reason, and where the codes together have no figure."""
    silent = replace(COST, why="", no_interval="")
    lost = replace(TRANSPORT, interval=None, pi=None)
    drawn = replace(TRANSPORT, code="waiting", bootstrap=None, interval=Interval(0.5, 0.9, 9))
    run = replace(RUN, codes=(silent, lost, drawn), set_alpha=SetAlpha("masi", None), other_sets=(), overall=Overall())
    for section in sections(made(agreement=run, trend=(), qualcoder=None)):
        for table in section.tables:
            for row in table.printed():
                if "undefined" in row or "none" in row:
                    assert row[-1], (section.heading, row)
    assert "this run holds no value of Positive, Kappa, Pi, Alpha" in in_document(made(agreement=run))


def test_three_coders_are_named_and_the_pair_is_told() -> None:
    said = in_document(three())
    assert "A is Ada, B is Bo and C is Cy." in said
    assert "The counts and the figures of the pair compare Ada and Bo; alpha takes all 3 coders." in said
    assert "Coders: Ada, Bo and Cy." in said


def test_parents_scope_and_a_round_without_change_are_told() -> None:
    run = replace(RUN, recipe=replace(RUN.recipe, level="parents", scope=("only 01-clinic", "without interviewers")))
    rounds = (made().trend[0], replace(made().trend[1], changes=()))
    said = in_document(made(agreement=run, trend=rounds))
    assert "a parent counts as applied when any code under it is" in said
    assert "Chosen for this run: only 01-clinic; without interviewers." in said
    assert "Round 2 (codebook 1.1) after Round 1 (codebook 1.0): the codebook was not changed." in said


def test_a_code_the_codebook_no_longer_has_keeps_its_id() -> None:
    run = replace(RUN, codes=(replace(WAITING, code="gone"),))
    assert "gone | -0.026" in in_document(made(agreement=run))
    assert BOOK.get("gone") is None


@pytest.mark.parametrize("suffix", [".pdf", "", "docx"])
def test_other_endings_are_refused_with_the_known_ones(suffix: str) -> None:
    with pytest.raises(UsageError, match=r"\.csv, \.xlsx, \.md, \.docx"):
        render(made(), suffix)
