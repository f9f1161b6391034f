"""Alpha over whole code sets and its limits, against loops over every pair and the package; what changes nothing."""

import itertools
import math
import random
from dataclasses import replace

import krippendorff
import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from qualbench.model import Unit
from qualbench.steps.agreement.labelled import overlaps
from qualbench.steps.agreement.labelled.sets import DISTANCES, set_alpha, set_alphas
from tests.steps.agreement.oracles import (
    T_975,
    alpha_over_pairs,
    apart,
    error_over_transcripts,
    pairable,
    studies,
)

MEASURES = (*DISTANCES, "multi-valued")
quick = settings(deadline=None, max_examples=60)
"""The first example loads numpy, so that no example has a time limit of its own."""


def far(distance):
    return lambda x, y: apart(x, y, distance)


# --- oracles ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("distance", DISTANCES)
@quick
@given(study=studies(most=14))
def test_alpha_equals_comparing_all_pairs(distance, study):
    assert set_alpha(study, distance).value == pytest.approx(alpha_over_pairs(study, far(distance)), abs=1e-12)


@pytest.mark.parametrize("distance", DISTANCES)
@quick
@given(study=studies())
def test_limits_follow_from_moving_the_weight_of_each_transcript(distance, study):
    found = set_alpha(study, distance)
    assume(found.interval is not None)
    names = {unit.transcript for unit in pairable(study)}
    error = error_over_transcripts(study, far(distance))
    assume(error < 2)  # beyond, the limits are all there is
    middle, reach = -math.log(1 - found.value), T_975[len(names) - 1] * error
    assert found.interval.low == pytest.approx(max(-1, 1 - math.exp(reach - middle)), abs=1e-5)
    assert found.interval.high == pytest.approx(1 - math.exp(-reach - middle), abs=1e-5)
    differing = sum(len(set(unit.readings.values())) > 1 for unit in pairable(study))
    assert len(found.interval.warnings) == 1 + (differing < 5)  # five transcripts at most are few


@given(studies(codes="abcdef", most=14), st.sampled_from(list(DISTANCES)))
@settings(max_examples=40, deadline=None)
def test_alpha_equals_the_krippendorff_package_with_the_same_distance(study, distance):
    domain = sorted({s for u in study for s in u.readings.values()}, key=sorted)
    counts = [[list(u.readings.values()).count(s) for s in domain] for u in study]
    value = set_alpha(study, distance).value
    if value is None:
        return
    table = np.array([[apart(x, y, distance) for y in domain] for x in domain])

    def metric(v1, v2, i1, i2, n_v, dtype):
        return table[i1, i2]

    theirs = krippendorff.alpha(value_counts=counts, level_of_measurement=metric)
    assert value == pytest.approx(theirs, abs=1e-9)


# --- counted by subsets or pair by pair -------------------------------------------------------------------------


@pytest.fixture(scope="module")
def many_sets():
    """180 of the 256 sets of eight codes with how often each was given, and 20 sets of up to thirty codes."""
    chance = random.Random(11)
    every = [frozenset(held) for size in range(9) for held in itertools.combinations("abcdefgh", size)]
    large = [frozenset(chance.sample([*"abcdefgh", *map(str, range(40))], chance.randint(9, 30))) for _ in range(20)]
    sets = [*chance.sample(every, 180), *large]
    chance.shuffle(sets)
    return sets, [chance.randint(1, 9) for _ in sets]


@pytest.mark.parametrize(("subsets", "largest"), [(0, 16), (1, 16), (500, 16), (1 << 20, 4), (1 << 20, 16)])
def test_it_does_not_matter_which_sets_are_counted_by_their_subsets(many_sets, monkeypatch, subsets, largest):
    sets, times = many_sets
    monkeypatch.setattr(overlaps, "MOST_SUBSETS", subsets)
    monkeypatch.setattr(overlaps, "LARGEST", largest)
    found = overlaps.to_all(sets, np.array(times), list(DISTANCES.values()))
    expected = [
        [sum(n * apart(x, y, name) for y, n in zip(sets, times, strict=True)) for name in DISTANCES] for x in sets
    ]
    assert found == pytest.approx(np.array(expected), rel=1e-13)


def test_the_many_subsets_of_large_sets_lose_no_digits():
    """60 sets of 12 to 14 of 16 codes, which share most of their 8,192 subsets."""
    chance = random.Random(2)
    sets = list({frozenset(chance.sample("abcdefghijklmnop", chance.randint(12, 14))) for _ in range(60)})
    times = [chance.randint(1, 1000) for _ in sets]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(overlaps, "_few", lambda pool: len(pool.size))  # it would compare so few sets in pairs
        found = overlaps.to_all(sets, np.array(times), list(DISTANCES.values()))
    expected = [
        [sum(n * apart(x, y, name) for y, n in zip(sets, times, strict=True)) for name in DISTANCES] for x in sets
    ]
    assert found == pytest.approx(np.array(expected), rel=1e-11)


# --- what must not change a figure -----------------------------------------------------------------------------


def same(one, other):
    for before, after in zip(set_alphas(one, MEASURES), set_alphas(other, MEASURES), strict=True):
        assert after.value == pytest.approx(before.value, abs=1e-9)
        assert (after.why, after.no_interval) == (before.why, before.no_interval)
        assert (after.interval is None) == (before.interval is None)
        if before.interval and after.interval:
            assert after.interval.warnings == before.interval.warnings
            assert after.interval.low == pytest.approx(before.interval.low, abs=1e-9)
            assert after.interval.high == pytest.approx(before.interval.high, abs=1e-9)


@quick
@given(studies(), st.randoms(use_true_random=False))
def test_the_order_of_units_and_of_coders_changes_nothing(study, order):
    def turned(readings):
        return dict(order.sample(list(readings.items()), len(readings)))

    same(study, [replace(unit, readings=turned(unit.readings)) for unit in order.sample(study, len(study))])


@quick
@given(studies(), st.permutations(range(4)), st.permutations("abcde"))
def test_the_names_of_coders_and_codes_change_nothing(study, coders, codes):
    who = {f"coder {n}": f"z{other}" for n, other in enumerate(coders)}
    what = dict(zip("abcde", codes, strict=True))
    same(
        study,
        [
            replace(u, readings={who[c]: frozenset(what[code] for code in s) for c, s in u.readings.items()})
            for u in study
        ],
    )


@quick
@given(studies(), st.frozensets(st.sampled_from("abcxyz")))
def test_a_unit_that_can_not_be_compared_changes_nothing(study, held):
    same(study, [*study, Unit("t9", 99, 100, {"coder 1": held}), Unit("t9", 100, 101, {})])


@quick
@given(studies())
def test_figures_stay_in_their_range_and_what_is_missing_says_why(study):
    for found in set_alphas(study, MEASURES):
        assert (found.value is None) == bool(found.why)
        assert (found.interval is None) == bool(found.no_interval)
        assert found.value is None or found.value <= 1
        if found.interval:
            assert -1 <= found.interval.low <= found.interval.high <= 1
            assert found.value <= found.interval.high
