"""Labels of consensual qualitative research: one rule for the table of categories and for prevalence."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualbench.model import FREQUENCY_RULES, Frequency, FrequencyRule
from qualbench.model.frequency import label, spans, told_rule

G, T, V, R, S, N = (Frequency(one) for one in ("general", "typical", "variant", "rare", "other", "none"))

# From 0 cases up to N, worked out by hand from Hill et al. 2005: general all or all but one; typical more than half;
# variant 2 (with more than 15 cases 4) up to half; rare 2 and 3 with more than 15 cases.
BY_HAND = {
    6: [N, S, V, V, T, G, G],
    7: [N, S, V, V, T, T, G, G],
    8: [N, S, V, V, V, T, T, G, G],
    9: [N, S, V, V, V, T, T, T, G, G],
    10: [N, S, V, V, V, V, T, T, T, G, G],
    11: [N, S, V, V, V, V, T, T, T, T, G, G],
    12: [N, S, V, V, V, V, V, T, T, T, T, G, G],
    13: [N, S, V, V, V, V, V, T, T, T, T, T, G, G],
    14: [N, S, V, V, V, V, V, V, T, T, T, T, T, G, G],
    15: [N, S, V, V, V, V, V, V, T, T, T, T, T, T, G, G],
    16: [N, S, R, R, V, V, V, V, V, T, T, T, T, T, T, G, G],
    17: [N, S, R, R, V, V, V, V, V, T, T, T, T, T, T, T, G, G],
    18: [N, S, R, R, V, V, V, V, V, V, T, T, T, T, T, T, T, G, G],
    19: [N, S, R, R, V, V, V, V, V, V, T, T, T, T, T, T, T, T, G, G],
    20: [N, S, R, R, V, V, V, V, V, V, V, T, T, T, T, T, T, T, T, G, G],
}


@pytest.mark.parametrize("of", BY_HAND)
def test_labels_by_hand(of: int) -> None:
    assert [label(cases, of) for cases in range(of + 1)] == BY_HAND[of]


def test_the_text_of_1997_asks_for_all() -> None:
    rule = FrequencyRule(general_short_of=0)
    assert [label(cases, 6, rule) for cases in range(7)] == [N, S, V, V, T, T, G]


def test_very_few_cases_have_fewer_labels() -> None:
    assert [label(cases, 2) for cases in range(3)] == [N, S, G]
    assert [label(cases, 3) for cases in range(4)] == [N, S, G, G]
    assert [label(cases, 4) for cases in range(5)] == [N, S, V, G, G]


def test_more_cases_than_there_are_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="7 of 6"):
        label(7, 6)


def test_the_rule_is_printed_with_its_numbers() -> None:
    assert told_rule(12) == (
        "Of 12 cases: general 11 to 12, typical 7 to 10, variant 2 to 6; single cases are not reported "
        "(Hill et al. 2005)."
    )
    assert "typical 4, variant 2 to 3;" in told_rule(6)
    assert "variant 4 to 8, rare 2 to 3;" in told_rule(16)
    assert "limits changed" in told_rule(12, FrequencyRule(rare_above=11))


# The table of Hill et al. as it is printed, for the sizes it names: general, typical, variant, rare.
PRINTED = {
    6: ["5-6", "4", "2-3", "-"],
    8: ["7-8", "5-6", "2-4", "-"],
    10: ["9-10", "6-8", "2-5", "-"],
    12: ["11-12", "7-10", "2-6", "-"],
    13: ["12-13", "7-11", "2-6", "-"],
    15: ["14-15", "8-13", "2-7", "-"],
    16: ["15-16", "9-14", "4-8", "2-3"],
    20: ["19-20", "11-18", "4-10", "2-3"],
}


@pytest.mark.parametrize("of", PRINTED)
def test_the_printed_table(of: int) -> None:
    found = spans(of)
    words = []
    for name in (G, T, V, R):
        low, high = found.get(name, (0, 0))
        words.append("-" if not low else f"{low}" if low == high else f"{low}-{high}")
    assert words == PRINTED[of]


@given(st.integers(0, 200), st.data())
def test_more_cases_never_make_a_category_less_frequent(of: int, data: st.DataObject) -> None:
    order = [N, S, R, V, T, G]
    few = data.draw(st.integers(0, of))
    many = data.draw(st.integers(few, of))
    for rule in FREQUENCY_RULES.values():
        assert order.index(label(few, of, rule)) <= order.index(label(many, of, rule))


def test_both_texts_say_their_source() -> None:
    assert "(Hill et al. 2005)" in told_rule(10, FREQUENCY_RULES["2005"])
    assert "general 10," in told_rule(10, FREQUENCY_RULES["1997"])
    assert "1997" in told_rule(10, FREQUENCY_RULES["1997"])
