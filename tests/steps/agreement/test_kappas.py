"""Light's kappa, the largest kappa the margins allow, and Fleiss' kappa of one category."""

from itertools import permutations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from qualbench.steps.agreement.rated import coefficients, kappas, ratings
from qualbench.steps.agreement.rated.coefficients import NO_CATEGORIES, NO_VARIATION
from qualbench.steps.agreement.rated.ratings import Undefined
from tests.steps.agreement.published import read


def of(*columns):
    return ratings.of("nominal", list(zip(*columns, strict=True)), coders=("ana", "ben", "cem")[: len(columns)])


# --- Light ----------------------------------------------------------------------------------------------------


def test_light_is_the_mean_over_the_pairs_that_have_a_kappa_and_says_which_have_none():
    """Ana and ben never vary; with cem, who does, their kappa is 0: po is what chance gives."""
    told = kappas.light(of("aaaaaa", "aaaaaa", "aababa"))
    assert told.value == pytest.approx(0, abs=1e-12)
    assert told.pairs == 2
    assert told.left_out == {("ana", "ben"): NO_VARIATION.why}


def test_each_pair_is_compared_over_the_units_that_both_rated():
    """Cem skipped the unit on which ana and ben differ, and agrees with both elsewhere: .6, 1 and 1."""
    told = kappas.pairwise(of("aabbb", "aabba", ("a", "a", "b", "b", None)))
    assert told == {
        ("ana", "ben"): pytest.approx((0.8 - 0.48) / 0.52),
        ("ana", "cem"): 1,
        ("ben", "cem"): 1,
    }


def test_without_any_pair_light_says_why():
    assert kappas.light(of("aaa", "aaa", "aaa")) == NO_VARIATION
    assert kappas.light(of("ab")) == kappas.NO_PAIR
    assert kappas.light(of("aa", "aa", (None, None))) == kappas.NO_PAIR
    assert kappas.light(read("dkpro_sets", "set")) == NO_CATEGORIES


def test_light_can_count_near_misses_in_part():
    told = read("irr_anxiety", "interval")
    pairs = kappas.pairwise(told, "quadratic")
    assert pairs[told.coders[0], told.coders[1]] == pytest.approx(0.297, abs=0.0005)  # R irr, kappa2(anxiety[, 1:2])
    assert kappas.light(told, "quadratic").value == pytest.approx(sum(pairs.values()) / 3)


# --- the largest ------------------------------------------------------------------------------------------------

TWO = st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from("abc")), min_size=1, max_size=6)


@given(TWO)
def test_no_other_order_of_a_coders_ratings_gives_a_larger_kappa(pairs):
    first, second = zip(*pairs, strict=True)
    most = kappas.cohen_max(of(first, second))
    assume(not isinstance(most, Undefined))
    tried = [coefficients.cohen(of(first, other)) for other in set(permutations(second))]
    assert max(kappa for kappa in tried if not isinstance(kappa, Undefined)) == pytest.approx(most)


def test_the_largest_kappa_is_undefined_where_kappa_is():
    assert kappas.cohen_max(of("aaa", "aaa")) == NO_VARIATION
    assert kappas.cohen_max(of("ab", "ab", "ab")) == coefficients.TWO_FOR_KAPPA


# --- one category -------------------------------------------------------------------------------------------------


def test_the_kappa_of_one_category_is_fleiss_of_1971():
    """[S - N n p (1 + (n - 1) p)] / [N n (n - 1) p q] with S the sum of squares: b is told in 3, 1 and 0 of 3."""
    told = of("bac", "bba", "bcc")
    units, each, p, squares = 3, 3, 4 / 9, 9 + 1 + 0
    by_hand = (squares - units * each * p * (1 + (each - 1) * p)) / (units * each * (each - 1) * p * (1 - p))
    assert kappas.fleiss_category(told, "b") == pytest.approx(by_hand)


def test_kappa_is_the_mean_of_the_categories_weighed_by_their_scatter():
    """Fleiss 1971: sum of p q kappa over sum of p q."""
    told = read("fleiss1971")
    shares = [sum(row.count(value) for row in told.cells) / 180 for value in range(5)]
    scatter = [p * (1 - p) for p in shares]
    single = [kappas.fleiss_category(told, value) for value in told.values]
    weighed = sum(p * kappa for p, kappa in zip(scatter, single, strict=True)) / sum(scatter)
    assert weighed == pytest.approx(coefficients.fleiss(told))


def test_a_category_nobody_could_choose_has_no_kappa():
    told = of("ab", "ab")
    assert kappas.fleiss_category(told, "z") == Undefined("undefined: 'z' is no category of these ratings")
    declared = ratings.of("nominal", [["a", "b"], ["b", "b"]], categories=["a", "b", "c"])
    assert kappas.fleiss_category(declared, "c") == NO_VARIATION
