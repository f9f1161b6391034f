"""Benchmarks: the bands as their authors print them, with what happens on the borders."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualbench.model import Benchmark, CodeAgreement, Interval, SetAlpha
from qualbench.steps.agreement.benchmarks import BANDS, SOURCES, judged, verdict

KRIPPENDORFF, LANDIS_KOCH, FLEISS, NONE = Benchmark


def code(alpha, low=None):
    interval = None if low is None else Interval(low, 0.99, 12)
    return CodeAgreement("stress", 1, 1, 1, 1, (0.5, 0.5), 0.5, 0.5, 0.5, 0.5, alpha, interval=interval)


@pytest.mark.parametrize(
    ("value", "word"),
    [
        (1, "reliable"),
        (0.8, "reliable"),
        (0.7996, "tentative"),
        (0.667, "tentative"),
        (0.6669, "unreliable"),
        (0, "unreliable"),
        (-0.5, "unreliable"),
    ],
)
def test_krippendorff_relies_on_800_and_allows_tentative_conclusions_from_667(value, word):
    assert judged(value, KRIPPENDORFF) == word


@pytest.mark.parametrize(
    ("value", "word"),
    [
        (1, "almost perfect"),
        (0.81, "almost perfect"),
        (0.80, "substantial"),
        (0.61, "substantial"),
        (0.60, "moderate"),
        (0.41, "moderate"),
        (0.40, "fair"),
        (0.21, "fair"),
        (0.20, "slight"),
        (0.00, "slight"),
        (-0.01, "poor"),
    ],
)
def test_landis_and_kochs_classes_hold_both_of_their_printed_ends(value, word):
    assert judged(value, LANDIS_KOCH) == word


@pytest.mark.parametrize("border", [0.2, 0.4, 0.6, 0.8])
def test_what_lies_between_two_printed_classes_belongs_to_the_higher(border):
    assert judged(border + 0.005, LANDIS_KOCH) == judged(border + 0.01, LANDIS_KOCH) != judged(border, LANDIS_KOCH)


@pytest.mark.parametrize(
    ("value", "word"),
    [(0.76, "excellent"), (0.75, "fair to good"), (0.40, "fair to good"), (0.39, "poor"), (-1, "poor")],
)
def test_fleiss_calls_more_than_75_excellent_and_less_than_40_poor(value, word):
    assert judged(value, FLEISS) == word


def test_a_value_that_computers_round_is_judged_as_what_it_is():
    assert 0.1 * 3 * 2 > 0.6
    assert judged(0.1 * 3 * 2, LANDIS_KOCH) == "moderate"
    assert judged(1 - 0.2 - 1e-16, KRIPPENDORFF) == "reliable"


def test_undefined_has_no_word_and_no_benchmark_judges_nothing():
    assert judged(None, KRIPPENDORFF) == judged(math.nan, LANDIS_KOCH) == judged(0.9, NONE) == ""


def test_a_code_is_judged_on_the_lower_limit_where_there_is_one():
    found = verdict(code(0.85, low=0.70), KRIPPENDORFF)
    assert (found.word, found.on) == ("tentative", "lower limit")
    assert found.source.startswith("Krippendorff 2004")


def test_a_code_without_an_interval_is_judged_on_the_point_and_that_is_said():
    found = verdict(code(0.85), KRIPPENDORFF)
    assert (found.word, found.on) == ("reliable", "point")


def test_an_undefined_code_and_no_benchmark_have_no_verdict():
    assert (verdict(code(None), FLEISS).word, verdict(code(None), FLEISS).on) == ("", "")
    assert (verdict(code(0.9, low=0.8), NONE).word, verdict(code(0.9, low=0.8), NONE).on) == ("", "")


def test_code_sets_are_judged_like_codes():
    assert verdict(SetAlpha("masi", 0.85, interval=Interval(0.6, 0.9, 12)), LANDIS_KOCH).word == "moderate"
    assert verdict(SetAlpha("masi", None, "undefined"), LANDIS_KOCH).word == ""


def test_every_benchmark_but_none_has_bands_and_a_source():
    assert set(BANDS) == set(SOURCES) == set(Benchmark)
    assert [one for one in Benchmark if not BANDS[one] or not SOURCES[one]] == [NONE]


@given(st.floats(-1, 1), st.floats(-1, 1), st.sampled_from([KRIPPENDORFF, LANDIS_KOCH, FLEISS]))
def test_a_higher_value_is_never_judged_lower(one, other, benchmark):
    words = [band.word for band in BANDS[benchmark]]
    low, high = sorted((one, other))
    assert words.index(judged(high, benchmark)) <= words.index(judged(low, benchmark))
