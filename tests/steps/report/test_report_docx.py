"""The Word document, read back with python-docx."""

import io
import time
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

import pytest
from docx import Document
from docx.document import Document as Word
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn

from qualbench.model import Interval, Method
from qualbench.steps.report import Look, Report, render
from tests.steps.report.report_study import AGREEMENT, HOSTILE, LONG

Maker = Callable[..., Report]


def read(report: Report, look: Look | None = None) -> Word:
    return Document(io.BytesIO(render(report, ".docx", look)))


def styled(document: Word, style: str) -> list[str]:
    return [one.text for one in document.paragraphs if one.style is not None and one.style.name == style]


def table(document: Word, *heads: str) -> list[list[str]]:
    """The first table that begins with the first of these heads and has the others."""
    cells = [(one, [cell.text for cell in one.rows[0].cells]) for one in document.tables]
    found = [one for one, texts in cells if texts[0] == heads[0] and set(heads) <= set(texts)]
    return [[cell.text for cell in row.cells] for row in found[0].rows]


def test_headings_stand_in_reading_order(make: Maker) -> None:
    document = read(make())
    headings = [
        (one.style.name, one.text)
        for one in document.paragraphs
        if one.style is not None and one.style.name in ("Title", "Heading 1", "Heading 2")
    ]
    assert headings == [
        ("Title", "Ways to care: themes"),
        ("Heading 1", "About the study"),
        ("Heading 2", "What to know when reading"),
        ("Heading 1", "Themes"),
        ("Heading 2", "Getting there"),
        ("Heading 2", "Losing time"),
        ("Heading 1", "Method, drafted from the study's log"),
        ("Heading 2", "Approach"),
        ("Heading 2", "Participants and material"),
        ("Heading 2", "Coding"),
        ("Heading 2", "Agreement and consensus"),
        ("Heading 2", "From codes to themes"),
        ("Heading 1", "Appendix A. Codebook"),
        ("Heading 2", "Changes by version"),
        ("Heading 1", "Appendix B. Agreement before consensus"),
        ("Heading 2", "How to read the table"),
        ("Heading 2", "How agreement was assessed"),
        ("Heading 1", "Appendix C. Decision log"),
    ]


def test_quotes_are_block_quotes_with_their_source(make: Maker) -> None:
    assert styled(read(make()), "Quote") == [
        "The bus never came.",
        "(P01, service user; 01-clinic, line 2)",
        "Too dear for me.",
        "(Ben; 01-clinic, line 3)",
    ]


def test_themes_say_participants_first(make: Maker) -> None:
    document = read(make())
    assert table(document, "Theme") == [
        ["Theme", "Central idea", "Codes", "Participants (N = 3)", "Segments"],
        ["Getting there", "The way decides.", "Transport, Cost", "2 (66.7%)", "4"],
        ["Losing time", "", "Waiting", "1 (33.3%)", "1"],
    ]
    text = [one.text for one in document.paragraphs]
    assert "2 of 3 participants (66.7%); 4 segments. In: 01-clinic, 02-school." in text


def test_appendix_a_is_the_codebook(make: Maker) -> None:
    rows = table(read(make()), "Code")
    assert rows[0] == ["Code", "Definition", "When to use", "When not to use", "Examples"]
    assert rows[3] == ["Access › Cost", "", "", "Lost pay: use Waiting.", "Too dear\n=2+2"]
    assert rows[4][0] == "Waiting (retired)"
    assert rows[4][3] == "Near miss: Waiting for a bus: Transport."


def test_appendix_b_gives_every_figure_and_says_what_is_undefined(make: Maker) -> None:
    """Transport has limits; Cost was applied by nobody, so its figures are not 1 but none."""
    run = replace(AGREEMENT, codes=(replace(AGREEMENT.codes[0], interval=Interval(0.1, 0.9, 6)), *AGREEMENT.codes[1:]))
    document = read(make(agreement=run))
    rows = table(document, "Code", "Percent")
    figures = ["83.3%", "0.857", "0.800", "0.667", "0.686", "0.100 – 0.900"]
    assert rows[1] == ["Transport", "3 / 1 / 0 / 2", "66.7% / 50%", *figures]
    assert rows[2] == ["Cost", "0 / 0 / 0 / 6", "0% / 0%", "100%", "–", "1.000", "–", "–", "–"]
    assert rows[3][-2:] == ["0.000", "–"]
    legend = styled(document, "List Bullet")
    assert "Cost: undefined, because neither coder applied it." in legend
    assert "Coders: A is Ada, B is Bo." in legend
    for figure in ("Percent", "Positive", "Negative", "Kappa", "Alpha"):
        assert sum(line.startswith(figure) for line in legend) == 1
    assert (
        "Krippendorff's alpha over whole sets of codes (MASI) is 0.61. "
        "Code by code alpha lies between 0.00 (Waiting) and 0.69 (Transport)."
    ) in [one.text for one in document.paragraphs]


def test_appendix_b_says_what_a_report_of_agreement_has_to(make: Maker) -> None:
    """O'Connor & Joffe 2020: why, share and choice, unit, coders, independence, when, measure, threshold."""
    text = "\n".join(one.text for one in read(make()).paragraphs)
    _, _, how = text.partition("How agreement was assessed")
    assert "[to be filled by the authors: why agreement was assessed]" in how
    assert "Unit: turn, cut before the coding; 6 units in 2 transcripts (01-clinic and 02-school)." in how
    assert "Double-coded: 6 of 8 segments (75%)" in how
    assert "Round 1: Drawn at random (seed 7). Round 2: Drawn by hand." in how
    assert "before consensus" in how
    assert "The coders worked independently" in how
    assert "Krippendorff (2004)" in how
    assert "[to be filled by the authors: the threshold that was set beforehand" in how
    assert table(read(make()), "Round")[1:] == [
        ["Round 1", "2025-01-20", "1.0", "3", "0.500", "0.100 – 0.800"],
        ["Round 2", "2025-02-20", "1.2", "3", "–", "–"],
    ]


def test_appendix_c_is_the_decision_log(make: Maker) -> None:
    """D1 was replaced by D2, so two decisions are counted: one first reading, one kept apart."""
    document = read(make())
    rows = table(document, "Place")
    assert rows[1][2] == "deferred (replaced later)"
    assert rows[2] == [
        "02-school, line 1",
        "Ada: Transport\nBo: nothing applies",
        "the first reading",
        "Transport",
        "a slip",
        "=clear",
        "Lea, 2025-03-02",
    ]
    assert rows[3][3] == "–"
    legend = styled(document, "List Bullet")
    assert "By outcome: the first reading 1, kept apart 1." in legend
    assert "By reason: a slip 1, true difference of reading 1." in legend
    text = [one.text for one in document.paragraphs]
    assert "2 disagreements have a decision on record." in text
    assert "1 disagreement is open or deferred." in text


def test_who_gave_way_is_told_only_when_chosen(make: Maker) -> None:
    plain, chosen = read(make()), read(make(), Look(yielded=True))
    assert "Gave way" not in table(plain, "Place")[0]
    assert [row[6] for row in table(chosen, "Place")] == ["Gave way", "nobody", "Bo", "nobody"]


def test_every_table_repeats_its_header_and_fits_the_paper(make: Maker) -> None:
    document = read(make())
    assert len(document.tables) == 9
    for one in document.tables:
        assert one.style is not None
        assert one.style.name == "Table Grid"
        properties = one.rows[0]._tr.trPr
        assert properties is not None
        assert properties.find(qn("w:tblHeader")) is not None
        assert 168 < sum(cell.width.mm for cell in one.rows[0].cells if cell.width) < 258
    assert [section.orientation for section in document.sections] == [WD_ORIENT.PORTRAIT, WD_ORIENT.LANDSCAPE]


def test_properties_name_the_study_and_no_author(make: Maker) -> None:
    properties = read(make()).core_properties
    assert properties.title == "Ways to care: themes"
    assert (properties.author, properties.last_modified_by, properties.comments) == ("", "", "")
    assert properties.created is not None
    assert properties.created.replace(tzinfo=None) == datetime(2025, 3, 4, 12, 30)
    assert properties.modified == properties.created


def test_the_same_report_is_the_same_bytes(make: Maker, monkeypatch: pytest.MonkeyPatch) -> None:
    first = render(make(), ".docx")
    later = time.struct_time((2031, 5, 6, 7, 8, 10, 1, 126, 0))
    monkeypatch.setattr(time, "localtime", lambda *_: later)
    assert render(make(), ".docx") == first
    with zipfile.ZipFile(io.BytesIO(first)) as package:
        assert {member.date_time for member in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_hostile_text_is_kept_and_breaks_nothing(hostile: Report, spoken: str) -> None:
    document = read(hostile)
    said = styled(document, "Quote")[0]
    assert len(said) == len(spoken)
    assert all(there == here for here, there in zip(spoken, said, strict=True) if here.isprintable() or here in "\n\t")
    if spoken is HOSTILE:
        assert "<script>alert(1)</script> [/x] *a*" in said
        assert "␀␛]52;c;eA␇\ufffd31m␋␌\ufffd" in said
        assert "👩‍👩‍👧 e\u0301\tend" in said
    if spoken is LONG:
        assert said == LONG


def test_an_empty_study_is_a_calm_document(empty: Report) -> None:
    document = read(empty)
    text = [one.text for one in document.paragraphs]
    assert "No theme has been made yet." in text
    assert "The study has no codebook yet." in text
    assert "Agreement has not been computed yet." in text
    assert "No disagreement has been decided yet." in text
    assert document.tables == []


def test_a_reflexive_report_counts_nothing(make: Maker) -> None:
    document = read(make(Method.REFLEXIVE))
    assert table(document, "Theme")[0] == ["Theme", "Central idea", "Codes"]
    assert styled(document, "Heading 1")[3:] == ["Appendix A. Codebook", "Appendix B. Decision log"]
    assert not any("of 3 participants" in one.text or "%" in one.text for one in document.paragraphs)
    with zipfile.ZipFile(io.BytesIO(render(make(Method.REFLEXIVE), ".docx"))) as package:
        assert not any(b"reliability" in package.read(name).lower() for name in package.namelist())
