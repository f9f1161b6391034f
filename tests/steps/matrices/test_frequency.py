"""Labels of consensual qualitative research, and which methods count at all."""

import pytest

from qualbench.model import Method
from qualbench.steps.matrices import (
    Counting,
    Frequency,
    FrequencyRule,
    counts_allowed,
    frequency,
    told_rule,
    why_no_counts,
)

G, T, V, R, S, N = (Frequency(one) for one in ("general", "typical", "variant", "rare", "single case", "none"))

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
    assert [frequency(cases, of) for cases in range(of + 1)] == BY_HAND[of]


def test_the_text_of_1997_asks_for_all() -> None:
    rule = FrequencyRule(general_short_of=0)
    assert [frequency(cases, 6, rule) for cases in range(7)] == [N, S, V, V, T, T, G]


def test_very_few_cases_have_fewer_labels() -> None:
    assert [frequency(cases, 2) for cases in range(3)] == [N, S, G]
    assert [frequency(cases, 3) for cases in range(4)] == [N, S, G, G]
    assert [frequency(cases, 4) for cases in range(5)] == [N, S, V, G, G]


def test_more_cases_than_there_are_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="7 of 6"):
        frequency(7, 6)


def test_the_rule_is_printed_with_its_numbers() -> None:
    assert told_rule(12) == (
        "Of 12 cases: general 11 to 12, typical 7 to 10, variant 2 to 6; single cases are not reported "
        "(Hill et al. 2005)."
    )
    assert "typical 4, variant 2 to 3;" in told_rule(6)
    assert "variant 4 to 8, rare 2 to 3;" in told_rule(16)
    assert "limits changed" in told_rule(12, FrequencyRule(rare_above=11))


def test_methods_count_in_their_own_way() -> None:
    assert counts_allowed(Method.REFLEXIVE) is Counting.NONE
    assert counts_allowed(Method.CQR) is Counting.LABELS
    assert {counts_allowed(one) for one in Method} - {Counting.NONE, Counting.LABELS} == {Counting.NUMBERS}
    assert why_no_counts(Method.REFLEXIVE).startswith("Reflexive thematic analysis does not count")
    assert not why_no_counts(Method.CQR)
