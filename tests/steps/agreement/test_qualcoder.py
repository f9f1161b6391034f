"""The kappa of QualCoder's comparison report, worked out by hand and character by character."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualbench.steps.agreement.drawn.continua import Spans
from qualbench.steps.agreement.drawn.older_spans import char_kappa
from qualbench.steps.agreement.drawn.qualcoder import NOBODY_CODED, WHY_IT_DIFFERS, qualcoder_kappa


def test_it_is_not_cohens():
    """100 characters, 10 and 15 coded, 5 of them by both.

    QualCoder: u = 20, Po = 5/20, Pe = (10/20)(15/20) x (10/20)(5/20) = .046875, (.25 - .046875) / .953125 = .2131.
    Cohen: po = .85, pe = .1 x .15 + .9 x .85 = .78, .07 / .22 = .318.
    """
    ana, ben = [(0, 10)], [(5, 20)]
    assert qualcoder_kappa(ana, ben) == 0.2131
    cohen = char_kappa([Spans(0, 100, {"ana": [(0, 10, "x")], "ben": [(5, 20, "x")]})])
    assert cohen == pytest.approx(0.318, abs=0.0005)
    for difference in ("nobody coded", "product", "overlapping"):
        assert difference in WHY_IT_DIFFERS


def test_two_spans_of_one_coder_on_the_same_text_pass_for_agreement():
    """ben coded nothing; ana's second span makes u = 20 + 0 - 10 = 10, Po = 10/10, Pe = 2 x 0 x ... = 0."""
    assert qualcoder_kappa([(0, 10)], []) == 0
    assert qualcoder_kappa([(0, 10), (0, 10)], []) == 1


def test_text_under_three_spans_is_coded_by_nobody_both():
    """a = 20, b = 10, nothing under exactly two: u = 30, Po = 0, Pe = (2/3)(1/3) x (1/3)(2/3) = 4/81: -4/77."""
    assert qualcoder_kappa([(0, 10), (0, 10)], [(0, 10)]) == round(-4 / 77, 4)


def test_the_same_spans_are_one_and_different_ones_less_than_nothing():
    """Nothing shared, 10 and 10: u = 20, Po = 0, Pe = (1/2)^4 = 1/16: -1/15."""
    assert qualcoder_kappa([(3, 8), (20, 30)], [(3, 8), (20, 30)]) == 1
    assert qualcoder_kappa([(0, 10)], [(10, 20)]) == round(-1 / 15, 4)


def test_without_a_coding_it_prints_no_number():
    assert qualcoder_kappa([], []) is NOBODY_CODED
    assert qualcoder_kappa([(4, 4)], []) is NOBODY_CODED


SPANS = st.lists(st.tuples(st.integers(0, 20), st.integers(0, 20)).map(sorted).map(tuple), max_size=5)


@given(SPANS, SPANS)
def test_it_is_the_count_over_a_list_of_characters(first, second):
    """As the report does it: one is added to every character under every span."""
    characters = [0] * 20
    for start, end in (*first, *second):
        for place in range(start, end):
            characters[place] += 1
    a, b = (sum(end - start for start, end in spans) for spans in (first, second))
    both = characters.count(2)
    unique = a + b - both
    if not unique:
        assert qualcoder_kappa(first, second) is NOBODY_CODED
        return
    chance = a / unique * b / unique * (unique - a) / unique * (unique - b) / unique
    assert qualcoder_kappa(first, second) == pytest.approx((both / unique - chance) / (1 - chance), abs=0.00006)
