"""What a report says: counts worked out by hand (see report_study), quotes checked, decisions kept, gaps said."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from qualbench.errors import QuoteDiffers
from qualbench.model import (
    Decision,
    Method,
    Outcome,
    Reason,
    Role,
    Segment,
    SegmentRule,
    Speaker,
    Theme,
    Transcript,
    Turn,
    Unit,
)
from qualbench.steps.report import Gap, Report, Settled, settled
from qualbench.steps.report.counting import counted_units
from tests.steps.report.report_study import (
    BEN,
    CLINIC,
    CODING,
    D1,
    D2,
    D3,
    ITEMS,
    LATE,
    SCHOOL,
    THEMES,
    decision,
    item,
    quote,
    row,
)

Maker = Callable[..., Report]


def test_participants_are_counted_once_and_before_segments(make: Maker) -> None:
    """P01 speaks in both transcripts and counts once; Ben, whom nobody assigned, is a case of his own."""
    getting, losing = make().themes
    assert (getting.participants, getting.segments) == (2, 4)
    assert getting.transcripts == ("01-clinic", "02-school")
    assert (losing.participants, losing.segments, losing.transcripts) == (1, 1, ("01-clinic",))
    assert make().participants == 3


def test_the_interviewer_is_never_counted(make: Maker) -> None:
    """Line 1 of 01-clinic carries 'cost' in the coding; with Ben an 'other' speaker, 'cost' has nobody left."""
    speakers = tuple(replace(one, role=Role.OTHER) if one == BEN else one for one in CLINIC.speakers)
    report = make(
        transcripts=(replace(CLINIC, speakers=speakers), SCHOOL), themes=(Theme("t", "Money", "", ("cost",)),)
    )
    assert (report.themes[0].participants, report.themes[0].segments) == (0, 0)
    assert report.participants == 2


def test_the_same_label_in_two_transcripts_is_two_cases_until_somebody_is_assigned(make: Maker) -> None:
    """Ben speaks in 01-clinic and, in place of Ana, in 02-school: P01, P02 and twice 'Ben'."""
    school = replace(SCHOOL, speakers=(BEN, *SCHOOL.speakers[1:]))
    assert make(transcripts=(CLINIC, school)).participants == 4


def test_speech_of_nobody_in_particular_counts_as_one_case_for_its_transcript(make: Maker) -> None:
    turns = tuple(replace(turn, speaker=-1) for turn in SCHOOL.turns)
    report = make(transcripts=(CLINIC, replace(SCHOOL, turns=turns)))
    assert report.participants == 3  # P01 and Ben of 01-clinic, whoever wrote 02-school
    assert report.themes[0].participants == 3


def test_a_quote_says_who_and_where(make: Maker) -> None:
    first, second = make().themes[0].quotes
    assert first.text == "The bus never came."
    assert (first.participant, first.transcript, first.line) == ("P01, service user", "01-clinic", 2)
    assert CLINIC.text[first.start : first.end] == first.text
    assert (second.participant, second.line) == ("Ben", 3)


def test_attributes_are_told_only_when_chosen(make: Maker) -> None:
    assert make(attributes=()).themes[0].quotes[0].participant == "P01"
    assert make(attributes=("age", "town", "role")).themes[0].quotes[0].participant == "P01, 34, service user"


@pytest.mark.parametrize(
    ("change", "text"),
    [(0, "The bus never came!"), (1, "The bus never came."), (-len(CLINIC.text), "The bus never came.")],
)
def test_a_quote_that_differs_is_refused(make: Maker, change: int, text: str) -> None:
    picked = quote(CLINIC, 2)
    wrong = replace(picked, start=picked.start + change, end=picked.end + change, text=text)
    with pytest.raises(QuoteDiffers, match="01-clinic"):
        make(themes=(replace(THEMES[0], quotes=(wrong,)),))


def test_transcripts_not_opened_are_left_out_with_their_quotes_and_it_is_said(make: Maker) -> None:
    picked = replace(THEMES[0], quotes=(quote(CLINIC, 2), quote(LATE, 1)))
    report = make(transcripts=(CLINIC, SCHOOL, LATE), themes=(picked,))
    assert [line.name for line in report.transcripts] == ["01-clinic", "02-school"]
    assert [line.text for line in report.themes[0].quotes] == ["The bus never came."]
    assert "1 of 3 transcripts is not opened yet and is left out." in report.notes
    assert any(note.startswith("1 picked quote comes from a transcript") for note in report.notes)


def test_gaps_of_the_coding_are_said(make: Maker) -> None:
    report = make(coding=replace(CODING, gaps={Gap.APART: 1, Gap.OPEN: 2, Gap.DEFERRED: 0}))
    assert "1 segment whose readings are kept apart is not counted." in report.notes
    assert "2 segments on which the coders differ and nothing is decided yet are not counted." in report.notes
    assert not any("deferred" in note for note in report.notes)
    assert any(note.startswith("1 speaker is not assigned") for note in report.notes)


def test_decisions_keep_both_readings_and_superseded_ones_stay_listed(make: Maker) -> None:
    first, second, third = make().decisions
    assert (first.superseded, second.superseded, third.superseded) == (True, False, False)
    assert second.readings == (("Ada", ("Transport",)), ("Bo", ()))
    assert (second.outcome, second.codes, second.reason) == ("the first reading", ("Transport",), "a slip")
    assert (second.transcript, second.place, second.yielded) == ("02-school", "line 1", "Bo")
    assert (second.actor, second.date) == ("Lea", "2025-03-02")
    assert third.readings[1] == ("Bo", ("Cost", "Access"))
    assert make().open_items == 1


def test_without_a_log_the_decisions_in_force_are_listed(make: Maker) -> None:
    assert [line.date for line in make(decisions=()).decisions] == ["2025-03-02", "2025-03-03"]


def test_a_deferred_disagreement_is_still_open(make: Maker) -> None:
    assert make(items=(replace(ITEMS[0], decision=D1), *ITEMS[1:])).open_items == 2


def test_codes_are_called_by_their_labels(make: Maker) -> None:
    report = make()
    assert report.themes[0].codes == ("Transport", "Cost")
    assert report.agreement is not None
    assert [one.code for one in report.agreement.codes] == ["Transport", "Cost", "Waiting"]
    assert report.agreement.transcripts == ("01-clinic", "02-school")


def test_a_reflexive_study_has_no_agreement_and_says_why(make: Maker) -> None:
    report = make(Method.REFLEXIVE)
    assert report.agreement is None
    assert "presuppose one right coding" in report.method
    assert not any("counted" in note for note in report.notes)


@pytest.mark.parametrize(
    ("idea", "warned"), [("Themes emerged from fear.", True), ("An emergency.", False), ("Emerging care.", True)]
)
def test_a_reflexive_study_is_warned_about_emerging_themes(make: Maker, idea: str, warned: bool) -> None:
    themes = (replace(THEMES[1], idea=idea),)
    assert any("themes are made" in note for note in make(Method.REFLEXIVE, themes=themes).notes) is warned
    assert not any("themes are made" in note for note in make(themes=themes).notes)


# --- settled ---------------------------------------------------------------------------------------------------

A, B, NONE = frozenset("a"), frozenset("b"), frozenset[str]()


def unit(line: int, **readings: frozenset[str]) -> Unit:
    segment = SCHOOL.segments[line - 1]
    return Unit("t2", segment.start, segment.end, readings)


def of(line: int, outcome: Outcome, *codes: str) -> dict[str, Decision]:
    return {"i": decision(1, line, outcome, codes, Reason.SLIP)}


@pytest.mark.parametrize(
    ("readings", "decisions", "codes", "gap"),
    [
        ({"Ada": A, "Bo": A}, {}, A, None),
        ({"Ada": NONE, "Bo": NONE}, {}, NONE, None),
        ({"Ada": A, "Bo": B}, {}, None, Gap.OPEN),
        ({"Ada": A}, {}, None, Gap.SKIPPED),
        ({}, {}, None, Gap.SKIPPED),
        ({"Ada": A, "Bo": B}, of(1, Outcome.SECOND, "b"), B, None),
        ({"Ada": A, "Bo": B}, of(1, Outcome.BOTH, "a", "b"), A | B, None),
        ({"Ada": A, "Bo": B}, of(1, Outcome.NEW, "c"), frozenset("c"), None),
        ({"Ada": A, "Bo": B}, of(1, Outcome.NOTHING), NONE, None),
        ({"Ada": A, "Bo": B}, of(1, Outcome.DEFERRED), None, Gap.DEFERRED),
        ({"Ada": A, "Bo": B}, of(1, Outcome.APART), None, Gap.APART),
        ({"Ada": A, "Bo": B}, of(2, Outcome.FIRST, "a"), None, Gap.OPEN),
    ],
)
def test_a_unit_is_settled_by_equal_sets_or_by_its_decision(
    readings: dict[str, frozenset[str]], decisions: dict[str, Decision], codes: frozenset[str] | None, gap: Gap | None
) -> None:
    """Line 3, on which both coders agree, tells that the transcript has two coders."""
    both = unit(3, Ada=B, Bo=B)
    one = unit(1, **readings)
    result = settled([one, both], decisions)
    assert result.codes.get((one.transcript, one.start, one.end)) == codes
    assert result.codes[both.transcript, both.start, both.end] == B
    assert result.gaps == ({gap: 1} if gap else {})


def test_one_coder_alone_settles_what_they_read() -> None:
    one = unit(1, Ada=A)
    assert settled([one], {}) == Settled({("t2", one.start, one.end): A}, {})


def test_counts_follow_the_settled_coding_end_to_end(make: Maker) -> None:
    """D2 gives line 1 'transport', D3 keeps line 3 apart, line 2 is open: one settled segment, of P01."""
    units = [
        unit(1, Ada=frozenset({"transport"}), Bo=NONE),
        unit(2, Ada=NONE, Bo=frozenset({"cost"})),
        unit(3, Ada=frozenset({"waiting"}), Bo=frozenset({"cost", "access"})),
    ]
    coding = settled(units, {one.item: one for one in (D1, D2, D3)})
    section = make(coding=coding, rows=(row(CLINIC), row(SCHOOL)), items=(item(1, D2),)).themes[0]
    assert (section.participants, section.segments, section.transcripts) == (1, 1, ("02-school",))
    assert coding.gaps == {Gap.OPEN: 1, Gap.APART: 1}


def test_a_question_with_its_answers_counts_for_who_answers():
    """A segment over two turns begins with the interviewer's words and belongs to the participant."""
    text = Transcript(
        "t", "talk", "I: Why?\nP1: Because.\n", (Turn(0, 3, 7, 0), Turn(8, 12, 20, 1)),
        (Speaker("I", Role.INTERVIEWER), Speaker("P1", Role.PARTICIPANT, "P01")), (Segment(3, 20, 1),),
        SegmentRule.EXCHANGE,
    )  # fmt: skip
    found = counted_units(Settled({("t", 3, 20): frozenset({"A"})}, {}), {"t": text})
    assert found == [(("", "P01"), "t", frozenset({"A"}))]


@pytest.mark.parametrize(
    ("first", "second", "sentence"),
    [
        (None, None, ""),
        (
            2,
            2,
            "Names and details were replaced in 2 of 2 transcripts before they were sealed; "
            "each was reviewed by two people.",
        ),
        (
            None,
            1,
            "Names and details were replaced in 1 of 2 transcripts before it was sealed; "
            "it was reviewed by one person.",
        ),
        (
            3,
            0,
            "Names and details were replaced in 2 of 2 transcripts before they were sealed; "
            "1 of these was reviewed by three people, 1 by nobody.",
        ),
    ],
)
def test_the_method_says_how_many_texts_had_their_names_replaced(
    make: Maker, first: int | None, second: int | None, sentence: str
) -> None:
    """LATE is not opened, so that it is no transcript of this report, whoever reviewed it."""
    rows = (
        replace(row(CLINIC), reviewers=first),
        replace(row(SCHOOL), reviewers=second),
        replace(row(LATE, opened=False), reviewers=5),
    )
    method, bare = make(rows=rows).method, make().method
    assert method == f"{bare} {sentence}".strip()
    assert "anonym" not in method.lower()
