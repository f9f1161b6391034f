"""The method: what the log shows is said in the past tense, what it does not show is a gap, and nothing is made up."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from qualbench.model import Method
from qualbench.steps.report import History, Language, Look, Report
from qualbench.steps.report.blocks import Heading, Paragraph
from qualbench.steps.report.outline import outline
from tests.steps.report.report_study import CLINIC, HISTORY, LATE, SCHOOL, row

Maker = Callable[..., Report]


def drafted(report: Report, look: Look | None = None) -> dict[str, Paragraph]:
    """The paragraphs of the method by their headings."""
    blocks = outline(report, look).sections[2].blocks
    found = {}
    for heading, paragraph in zip(blocks[::2], blocks[1::2], strict=True):
        assert isinstance(heading, Heading)
        assert isinstance(paragraph, Paragraph)
        found[heading.text] = paragraph
    return found


def gaps(paragraph: Paragraph) -> list[str]:
    return [text.removeprefix("[to be filled by the authors: ").removesuffix("]") for text in paragraph.marked]


def test_what_the_log_shows_is_said(make: Maker) -> None:
    """7 segments of the opened transcripts, 6 of all 8 read by both; codebook 1.2 has four codes."""
    method = drafted(make())
    assert "The study followed negotiated agreement." in method["Approach"].text
    assert "The coding was done in Qualbench 9.9." in method["Approach"].text
    material = method["Participants and material"].text
    assert "The analysis rested on 2 transcripts with " in material
    assert "in which 3 participants spoke. 1 of them was a focus group." in material
    coding = method["Coding"].text
    assert "The texts were cut by rule into 7 segments before they were coded (unit: turn)." in coding
    assert "coded by 2 coders independently (Ada and Bo)" in coding
    assert "Two and more coders read 6 of 8 segments (75%)." in coding
    assert "Coding went in 2 rounds: Round 1 and Round 2." in coding
    assert "The codebook had 4 codes in version 1.2, released on 2025-02-01." in coding
    assert "It went through 2 versions: 1.0 (2025-01-10) and 1.2 (2025-02-01)." in coding
    assert "No coder had codes suggested by the program." in coding
    assert "The coders wrote 4 memos on the transcripts." in coding


def test_a_decision_that_was_put_off_settled_nothing(make: Maker) -> None:
    """D1 (deferred) was replaced by D2 (the first reading); D3 keeps both readings; one more item is open."""
    text = drafted(make())["Agreement and consensus"].text
    assert "2 disagreements were settled in consensus between 2025-03-02 and 2025-03-03" in text
    assert "(by outcome: the first reading 1, kept apart 1)" in text
    assert "1 disagreement was still open." in text


def test_every_gap_is_named_in_brackets_and_marked(make: Maker) -> None:
    method = drafted(make(history=History()))
    assert gaps(method["Participants and material"]) == [
        "how participants were chosen and approached, and how many refused",
        "who interviewed, with which guide, where, when, and for how long",
        "how the interviews were recorded and transcribed, and who checked the transcripts",
        "whether and how names and details were replaced",
        "ethics approval and consent",
    ]
    for paragraph in method.values():
        assert all(mark in paragraph.text for mark in paragraph.marked)
        assert paragraph.text.count("[to be filled by the authors: ") == len(paragraph.marked) > 0
        assert "".join(text for text, _ in paragraph.parts) == paragraph.text


def test_the_reader_is_told_how_many_gaps_there_are(make: Maker) -> None:
    report = make()
    count = sum(len(one.marked) for one in drafted(report).values())
    [notes] = [
        block for block in outline(report).sections[0].blocks if "gaps" in repr(block) or "to fill" in repr(block)
    ]
    assert f"The method has {count} places for the authors to fill; they are in brackets." in repr(notes)


@pytest.mark.parametrize(
    ("first", "second", "said"),
    [
        (2, 2, "in 2 of 2 transcripts (100%) before they were sealed. 2 transcripts were each reviewed by 2 people."),
        (None, 1, "in 1 of 2 transcripts (50%) before they were sealed. 1 transcript was reviewed by 1 person."),
        (
            3,
            0,
            "in 2 of 2 transcripts (100%) before they were sealed. 1 transcript was reviewed by 3 people. "
            "1 transcript was reviewed by nobody.",
        ),
    ],
)
def test_the_method_says_how_many_texts_had_their_names_replaced(
    make: Maker, first: int | None, second: int | None, said: str
) -> None:
    """LATE is not opened, so that it is no transcript of this report, whoever reviewed it."""
    rows = (
        replace(row(CLINIC), reviewers=first),
        replace(row(SCHOOL), reviewers=second),
        replace(row(LATE, opened=False), reviewers=5),
    )
    text = drafted(make(rows=rows))["Participants and material"].text
    assert f"Names and details were replaced {said}" in text
    assert "anonym" not in text.lower()


def test_corrections_and_suggestions_are_said(make: Maker) -> None:
    method = drafted(make(history=replace(HISTORY, corrected=1, suggestions={"Bo": (5, 2)})))
    assert (
        "The text of 1 transcript was corrected after the coding had begun" in method["Participants and material"].text
    )
    assert "Suggestions of codes by the program were on for Bo (5 taken, 2 refused)." in method["Coding"].text


def test_without_agreement_the_gap_says_so(make: Maker) -> None:
    paragraph = drafted(make(agreement=None))["Agreement and consensus"]
    assert "No agreement was computed." in paragraph.text
    assert "whether and how agreement was assessed, or why it was not" in gaps(paragraph)


@pytest.mark.parametrize("language", list(Language))
def test_a_reflexive_method_measures_nothing(make: Maker, language: Language) -> None:
    method = drafted(make(Method.REFLEXIVE), Look(language))
    text = " ".join([*method, *(one.text for one in method.values())]).lower()
    for word in ("reliab", "fiabil", "fidélité", "kappa", "krippendorff", "%"):
        assert word not in text
    if language is Language.ENGLISH:
        assert "presuppose one right coding" in text
        assert "2 differences of reading were talked over" in text


def test_consensual_research_asks_for_biases_and_the_auditor(make: Maker) -> None:
    method = drafted(make(Method.CQR))
    assert any("biases and expectations" in gap for gap in gaps(method["Approach"]))
    assert any("audited the analysis" in gap for gap in gaps(method["Agreement and consensus"]))
    assert not any("enough interviews" in gap for gap in gaps(method["From codes to themes"]))  # N is fixed before


def test_a_study_on_its_first_day_has_a_method_of_gaps(empty: Report) -> None:
    method = drafted(empty)
    assert "No theme had been made when this report was written." in method["From codes to themes"].text
    assert "was to be coded by 2 coders independently" in method["Coding"].text
