"""Kupper & Hafner (1989) and Mezzich et al. (1981): worked by hand, chance by listing, and what is undefined."""

import itertools
from statistics import fmean

import pytest
from hypothesis import given, settings

from qualbench.steps.agreement.labelled.kupper_hafner import (
    ALL_APPLIED,
    NOTHING_APPLIED,
    TWO_CODERS,
    kupper_hafner,
    mezzich,
)
from qualbench.steps.agreement.labelled.set_readings import NO_UNITS, NO_VARIATION
from qualbench.steps.agreement.rated.ratings import Undefined
from tests.steps.agreement.oracles import apart, pairable, studies
from tests.steps.agreement.written import coded

FOUR = ("ab|ab", "ab|a", "a|b", "a|-")

# --- Kupper & Hafner ----------------------------------------------------------------------------------------


def test_four_units_worked_by_hand():
    """Of five codes: overlaps 1, 1/2, 0, 0 by the larger set, mean .375; chance (2 + 1 + 1 + 0) / (4 * 5) = .2."""
    assert kupper_hafner(coded(*FOUR), 5) == pytest.approx((0.375 - 0.2) / 0.8)


def test_codes_that_nobody_used_count():
    """The package kupper-hafner 0.1.0 takes the codes seen, here two, so that chance is .5."""
    found = kupper_hafner(coded(*FOUR), 5)
    assert found != pytest.approx((0.375 - 0.5) / 0.5)
    assert kupper_hafner(coded(*FOUR), 2) == pytest.approx((0.375 - 0.5) / 0.5)
    assert kupper_hafner(coded(*FOUR), 1) == Undefined("the codebook is said to have 1 codes, and 2 were applied")


def test_a_unit_that_both_left_empty_changes_nothing():
    """The package kupper-hafner 0.1.0 divides by zero here."""
    assert kupper_hafner(coded(*FOUR, "-|-", "-|-"), 5) == kupper_hafner(coded(*FOUR), 5)


@given(studies(codes="abc", most=6))
@settings(deadline=None, max_examples=60)
def test_chance_is_what_sets_of_the_same_sizes_from_all_codes_give(study):
    """The mean over every two sets of the sizes found, from the three codes and one that nobody used."""
    pairs = [
        (u.readings["coder 0"], u.readings["coder 1"]) for u in study if {"coder 0", "coder 1"} <= u.readings.keys()
    ]
    pairs = [(x, y) for x, y in pairs if x or y]
    if not pairs:
        return

    def overlap(x, y):
        return len(set(x) & set(y)) / max(len(x), len(y))

    observed = fmean(overlap(x, y) for x, y in pairs)
    chance = fmean(
        fmean(overlap(*both) for both in itertools.product(*(itertools.combinations("abcd", len(s)) for s in pair)))
        for pair in pairs
    )
    found = kupper_hafner(study, 4, ("coder 0", "coder 1"))
    assert found == pytest.approx((observed - chance) / (1 - chance))


def test_it_is_for_two_coders_and_takes_the_pair_that_is_named():
    units = coded("ab|ab|a", "ab|a|b", "a|b|-", "a|-|ab")
    assert kupper_hafner(units, 5) == TWO_CODERS
    assert kupper_hafner(units, 5, ("coder 0", "coder 1")) == kupper_hafner(coded(*FOUR), 5)
    assert kupper_hafner(units, 5, ("coder 1", "coder 0")) == kupper_hafner(coded(*FOUR), 5)


@pytest.mark.parametrize(
    ("written", "why"),
    [
        (("-|-", "-|-"), NOTHING_APPLIED),
        (("ab|ab", "ab|ab"), ALL_APPLIED),
        (("a|.", ".|b"), Undefined(NO_UNITS)),
        ((), TWO_CODERS),
    ],
)
def test_where_it_is_undefined_it_says_why(written, why):
    assert kupper_hafner(coded(*written), 2) == why


# --- Mezzich et al. -----------------------------------------------------------------------------------------


def test_mezzich_of_two_units_worked_by_hand():
    """{a}|{a,b} and two empty sets: overlaps 1/2 and 1 in the units; of the six pairs in the pool one is 1/2, one 1.

    (3/4 - 1/4) / (3/4).
    """
    assert mezzich(coded("a|ab", "-|-")) == pytest.approx(2 / 3)


@given(studies())
@settings(deadline=None, max_examples=60)
def test_mezzich_equals_comparing_all_pairs(study):
    readings = [list(unit.readings.values()) for unit in pairable(study)]
    pool = [x for unit in readings for x in unit]
    if len(set(pool)) < 2:
        assert mezzich(study) == Undefined(NO_VARIATION if pool else NO_UNITS)
        return

    def overlap(sets):
        return fmean(1 - apart(x, y, "jaccard") for x, y in itertools.combinations(sets, 2))

    chance = overlap(pool)
    assert mezzich(study) == pytest.approx((fmean(map(overlap, readings)) - chance) / (1 - chance))
