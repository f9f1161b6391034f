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
    Theme,
    Unit,
)
from qualbench.steps.report import Gap, Report, Settled, settled
from qualbench.steps.report.tables import decisions_table
from qualbench.steps.report.words import Words
from tests.steps.report.report_study import (
    BEN,
    CLINIC,
    D1,
    D2,
    D3,
    ITEMS,
    LATE,
    SCHOOL,
    THEMES,
    decision,
    quote,
)

Maker = Callable[..., Report]


def told(report: Report) -> list[str]:
    """The notes of a report, in English."""
    return [Words().tell(note) for note in report.notes]


def test_a_theme_carries_what_was_counted_for_it(make: Maker) -> None:
    getting, losing = make().themes
    assert (getting.participants, getting.segments, getting.transcripts) == (2, 4, ("01-clinic", "02-school"))
    assert (losing.participants, losing.segments, losing.transcripts) == (1, 1, ("01-clinic",))


def test_a_theme_that_nothing_was_counted_for_reaches_nobody(make: Maker) -> None:
    report = make(themes=(*THEMES, Theme("th3", "Later", "", ())))
    assert (report.themes[2].participants, report.themes[2].segments) == (0, 0)


def test_participants_are_everybody_who_speaks_but_interviewers(make: Maker) -> None:
    """P01 speaks in both transcripts and is one, with P02 and Ben; as another speaker Ben is none."""
    assert make().participants == 3
    speakers = tuple(replace(one, role=Role.OTHER) if one == BEN else one for one in CLINIC.speakers)
    assert make(transcripts=(replace(CLINIC, speakers=speakers), SCHOOL)).participants == 2


def test_the_same_label_in_two_transcripts_is_two_cases_until_somebody_is_assigned(make: Maker) -> None:
    """Ben speaks in 01-clinic and, in place of Ana, in 02-school: P01, P02 and twice 'Ben'."""
    school = replace(SCHOOL, speakers=(BEN, *SCHOOL.speakers[1:]))
    assert make(transcripts=(CLINIC, school)).participants == 4


def test_speech_of_nobody_in_particular_is_one_case_for_its_transcript(make: Maker) -> None:
    turns = tuple(replace(turn, speaker=-1) for turn in SCHOOL.turns)
    assert make(transcripts=(CLINIC, replace(SCHOOL, turns=turns))).participants == 3  # P01, Ben, who wrote 02-school


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
    assert "1 of 3 transcripts is not opened yet and is left out." in told(report)
    assert any(note.startswith("1 picked quote comes from a transcript") for note in told(report))


def test_gaps_of_the_coding_are_said(make: Maker) -> None:
    report = make(coding=Settled({}, {Gap.APART: 1, Gap.OPEN: 2, Gap.DEFERRED: 0}))
    assert "1 segment whose readings are kept apart is not counted." in told(report)
    assert "2 segments on which the coders differ and nothing is decided yet are not counted." in told(report)
    assert not any("deferred" in note for note in told(report))
    assert any(note.startswith("1 speaker is not assigned") for note in told(report))


def test_decisions_keep_both_readings_and_superseded_ones_stay_listed(make: Maker) -> None:
    first, second, third = make().decisions
    assert (first.superseded, second.superseded, third.superseded) == (True, False, False)
    assert second.readings == (("Ada", ("Transport",)), ("Bo", ()))
    assert (second.outcome, second.codes, second.reason) == (Outcome.FIRST, ("Transport",), Reason.SLIP)
    assert (second.transcript, second.line, second.yielded) == ("02-school", 1, "Bo")
    assert (second.actor, second.date) == ("Lea", "2025-03-02")
    assert third.readings[1] == ("Bo", ("Cost", "Access"))
    assert make().open_items == 1


def test_one_reading_that_stands_and_the_parts_of_a_split_are_told(make: Maker) -> None:
    heard = {"Ada": ("transport",), "Bo": ("cost",)}
    one = replace(D2, outcome=Outcome.ONE, stands="Bo", codes=("cost",), readings=heard)
    split = replace(D3, outcome=Outcome.SPLIT, codes=("cost",), parts=((0, 4, ("cost",)), (4, 9, ())), readings=heard)
    table = decisions_table(make(decisions=(one, split)).decisions, Words(), yielded=False)
    assert [row[1:4] for row in table.rows] == [
        ("Ada: Transport\nBo: Cost", "one coder's reading (Bo)", "Cost"),
        ("Ada: Transport\nBo: Cost", "the segment is split", "part 1: Cost\npart 2: nothing applies"),
    ]


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
    assert not any("counted" in note for note in told(report))


@pytest.mark.parametrize(
    ("written", "warned"),
    [
        ("Themes emerged from fear.", True),
        ("An emergency.", False),
        ("Emerging care.", True),
        ("El miedo emergió en todas.", True),
        ("Eine Emergenzklinik.", False),
        ("Un thème a émergé.", True),
    ],
)
@pytest.mark.parametrize("field", ["name", "idea", "definition", "is_not", "question", "narrative"])
def test_a_reflexive_study_is_warned_about_emerging_themes(make: Maker, field: str, written: str, warned: bool) -> None:
    themes = (replace(THEMES[1], **{field: written}),)
    assert any("themes are made" in note for note in told(make(Method.REFLEXIVE, themes=themes))) is warned
    assert not any("themes are made" in note for note in told(make(themes=themes)))


def test_a_reflexive_study_is_warned_about_measuring_coders_in_other_words(make: Maker) -> None:
    themes = (replace(THEMES[1], narrative="The intercoder reliability was good."),)
    [note] = [one for one in told(make(Method.REFLEXIVE, themes=themes)) if "measuring" in one]
    assert "narrative of 'Losing time'" in note
    assert "reliability" not in note


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


def test_the_parts_of_a_split_segment_are_settled_in_its_place() -> None:
    one, both = unit(1, Ada=A, Bo=B), unit(3, Ada=B, Bo=B)
    middle = one.start + 2
    split = replace(of(1, Outcome.SPLIT, "a", "b")["i"], parts=((one.start, middle, ("a",)), (middle, one.end, ())))
    result = settled([one, both], {"i": split})
    assert list(result.codes.items()) == [
        (("t2", one.start, middle), A), (("t2", middle, one.end), NONE), (("t2", both.start, both.end), B),
    ]  # fmt: skip
    assert (result.gaps, result.incomplete) == ({}, frozenset())


def test_a_part_that_lost_its_words_in_a_correction_is_nowhere() -> None:
    one = unit(1, Ada=A, Bo=B)
    split = replace(
        of(1, Outcome.SPLIT, "a")["i"], parts=((one.start, one.start, ("b",)), (one.start, one.end, ("a",)))
    )
    assert settled([one], {"i": split}).codes == {("t2", one.start, one.end): A}


def test_an_agreement_that_was_looked_at_is_what_was_decided_until_it_is_read_otherwise() -> None:
    one, later = unit(1, Ada=A, Bo=A), unit(1, Ada=NONE, Bo=NONE)
    looked = {"i": replace(of(1, Outcome.NEW, "c")["i"], readings={"Ada": ("a",), "Bo": ("a",)})}
    place = ("t2", one.start, one.end)
    assert settled([one], looked).codes[place] == frozenset("c")
    assert settled([later], looked).codes[place] == NONE


def test_a_transcript_is_incomplete_while_a_unit_of_it_is_open() -> None:
    assert settled([unit(1, Ada=A, Bo=B)], {}).incomplete == {"t2"}


def test_one_coder_alone_settles_what_they_read() -> None:
    one = unit(1, Ada=A)
    assert settled([one], {}) == Settled({("t2", one.start, one.end): A}, {})
