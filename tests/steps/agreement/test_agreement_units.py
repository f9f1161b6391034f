"""Units: which segments are compared, and what each coder is taken to have said of them."""

import itertools

from hypothesis import given
from hypothesis import strategies as st

from qualbench.model import Coding, Nothing, Role, Segment, SegmentRule, Speaker, Transcript, Turn, Unit
from qualbench.steps.agreement import PassReadings, disagreements, units

NONE = frozenset()


def sets(**readings):
    return {coder: frozenset(codes.split()) for coder, codes in readings.items()}


def test_each_turn_of_a_participant_is_a_unit_with_every_coders_set(interview):
    """
    P: I never sleep.  | ana: stress, sleep | ben: stress
    I: Why is that?    | ana: stress        | ben: -
    P: The ward.       | ana: -             | ben: work
    """
    first, second = units(interview.transcript, interview.passes)
    assert first == Unit("t1", 3, 17, sets(ana="stress sleep", ben="stress"))
    assert second.readings == sets(ana="", ben="work")


def test_nothing_applies_is_an_answer_and_a_skipped_turn_is_none(interview):
    """
    P: Hello.    | ana: -
    P: Goodbye.  | ana: - | ben: -
    P: Hm.       | ben: work
    """
    found = units(interview.transcript, interview.passes)
    assert [unit.readings for unit in found] == [sets(ana=""), sets(ana="", ben=""), sets(ben="work")]


def test_a_turn_nobody_read_is_a_unit_without_readings(interview):
    """
    P: Hello.    | ana: work
    P: Goodbye.  | ben: -
    """
    only_ana = [reading for reading in interview.passes if reading.coder == "ana"]
    assert [unit.readings for unit in units(interview.transcript, only_ana)] == [sets(ana="work"), {}]


def test_interviewers_count_only_when_asked_for(interview):
    """
    I: Why?       | ana: probe
    P: The ward.  | ana: work
    """
    asked = units(interview.transcript, interview.passes, include_interviewer=True)
    assert [unit.readings for unit in asked] == [sets(ana="probe"), sets(ana="work")]
    assert units(interview.transcript, interview.passes) == asked[1:]


def test_disagreements_are_units_on_which_two_coders_differ(interview):
    """
    P: One.    | ana: work      | ben: work
    P: Two.    | ana: work      | ben: -
    P: Three.  | ana: a, b      | ben: b, a
    P: Four.   | ana: work
    P: Five.   | ana: work      | ben: work, pay
    P: Six.    | ana: a | ben: a | cid: b
    """
    found = disagreements(units(interview.transcript, interview.passes))
    assert [interview.transcript.text[unit.start : unit.end] for unit in found] == ["Two.", "Five.", "Six."]


# Two segments, [0, 10) and [10, 20), with a gap before a third, [25, 30).
TEXT = Transcript(
    "t1",
    "t1",
    "x" * 30,
    (Turn(0, 0, 30, 0),),
    (Speaker("P", Role.PARTICIPANT),),
    (Segment(0, 10, 0), Segment(10, 20, 0), Segment(25, 30, 0)),
    SegmentRule.SENTENCE,
)


def ana(*spans, transcript="t1", code="work"):
    return PassReadings("ana", tuple(Coding("c", "p", transcript, "ana", code, *span) for span in spans))


def touched(*passes):
    return [number for number, unit in enumerate(units(TEXT, passes)) if "ana" in unit.readings]


def test_a_coding_touches_every_segment_it_shares_a_character_with():
    assert touched(ana((9, 11))) == [0, 1]
    assert touched(ana((0, 30))) == [0, 1, 2]


def test_a_coding_that_ends_where_a_segment_begins_does_not_touch_it():
    assert touched(ana((0, 10))) == [0]
    assert touched(ana((20, 25))) == []
    assert touched(ana((5, 5))) == []


def test_the_same_code_twice_on_a_segment_is_one():
    assert units(TEXT, [ana((0, 3), (5, 9))])[0].readings == sets(ana="work")


def test_codes_beside_nothing_applies_are_what_counts():
    both = PassReadings("ana", ana((0, 3)).codings, (Nothing("p", "t1", "ana", 0, 20),))
    assert [unit.readings for unit in units(TEXT, [both])] == [sets(ana="work"), sets(ana=""), {}]


def test_codings_of_another_transcript_touch_nothing():
    assert touched(ana((0, 30), transcript="t2")) == []


def test_two_passes_of_one_coder_are_one_reading():
    found = units(TEXT, [ana((0, 3)), ana((0, 3), code="pay")])
    assert found[0].readings == sets(ana="work pay")


spans = st.tuples(st.integers(0, 31), st.integers(0, 31)).map(sorted)


@given(st.lists(st.integers(0, 30), unique=True, min_size=2, max_size=9).map(sorted), st.lists(spans, max_size=6))
def test_touching_is_sharing_a_character_for_any_cut_of_the_text(cuts, spans):
    segments = tuple(Segment(*pair, 0) for pair in itertools.pairwise(cuts))
    text = Transcript("t1", "t1", "", TEXT.turns, TEXT.speakers, segments, SegmentRule.SENTENCE)
    codes = [str(number) for number in range(len(spans))]
    codings = tuple(Coding("c", "p", "t1", "ana", code, *span) for code, span in zip(codes, spans, strict=True))
    for segment, unit in zip(segments, units(text, [PassReadings("ana", codings)]), strict=True):
        place = set(range(segment.start, segment.end))
        expected = {code for code, span in zip(codes, spans, strict=True) if place & set(range(*span))}
        assert unit.readings.get("ana", NONE) == expected
        assert ("ana" in unit.readings) is bool(expected)
