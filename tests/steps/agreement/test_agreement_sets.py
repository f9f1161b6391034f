"""Alpha over whole code sets: distances by definition, worked by hand, undefined, and the faults of other programs."""

import math

import pytest

from qualbench.model import Unit
from qualbench.steps.agreement.labelled.sets import DISTANCES, other_sets, set_alpha, set_alphas, set_distance
from tests.steps.agreement.oracles import alpha_over_pairs
from tests.steps.agreement.written import coded

# --- distances ----------------------------------------------------------------------------------------------

# Passonneau (2006) LREC, MASI by definition; the first is also the doctest of nltk's masi_distance.
MASI = [
    ("ab", "abcd", 1 - 2 / 4 * 2 / 3),
    ("ab", "bc", 1 - 1 / 3 * 1 / 3),
    ("a", "b", 1),
    ("", "", 0),
    ("", "a", 1),
    ("abc", "ab", 1 - 2 / 3 * 2 / 3),
    ("abc", "abc", 0),
]


@pytest.mark.parametrize(("x", "y", "expected"), MASI)
def test_masi_by_definition(x, y, expected):
    assert set_distance(frozenset(x), frozenset(y)) == pytest.approx(expected, abs=1e-12)
    assert set_distance(frozenset(y), frozenset(x)) == pytest.approx(expected, abs=1e-12)


@pytest.mark.parametrize(
    ("x", "y", "jaccard", "dice"),
    [
        ("ab", "bc", 2 / 3, 1 / 2),
        ("ab", "abcd", 1 / 2, 1 / 3),
        ("a", "b", 1, 1),
        ("", "", 0, 0),
        ("", "a", 1, 1),
        ("ab", "ab", 0, 0),
    ],
)
def test_jaccard_and_dice_by_definition(x, y, jaccard, dice):
    """1 - shared/union and 1 - 2 shared/(sum of the sizes); two empty sets are the same set."""
    assert set_distance(frozenset(x), frozenset(y), "jaccard") == pytest.approx(jaccard)
    assert set_distance(frozenset(x), frozenset(y), "dice") == pytest.approx(dice)


@pytest.mark.parametrize(
    ("x", "y", "expected"),
    [("ab", "ab", 0), ("a", "ab", 1 / 3), ("", "ab", 1 / 3), ("ab", "bc", 2 / 3), ("a", "b", 1), ("", "", 0)],
)
def test_monotonic_by_definition(x, y, expected):
    """Passonneau (2004), with the empty set as a part of every other, as DKPro Agreement reads it."""
    assert set_distance(frozenset(x), frozenset(y), "monotonic") == expected
    assert set_distance(frozenset(y), frozenset(x), "monotonic") == expected


# --- alpha --------------------------------------------------------------------------------------------------


def test_two_units_worked_by_hand():
    """{a} against {a, b}, {b} against {b}; masi({a}, {a, b}) = 1 - 1/2 * 2/3 = 2/3.

    Do = 2 * 2/3 / 4 = 1/3. Of the six pairs of the four readings, a-ab is 2/3, a-b twice 1, ab-b twice 2/3,
    b-b 0, in all 4: De = 2 * 4 / (4 * 3) = 2/3. Alpha = 1 - 1/2.
    """
    assert set_alpha(coded("a|ab", "b|b")).value == pytest.approx(0.5)


def test_three_coders_weigh_the_pairs_of_a_unit():
    """Units a|a|b and b|b|. with any distance 1 between a and b; 5 readings, 2 of a, 3 of b.

    Do = (1/5) * 4/2 = 2/5 (four ordered pairs differ, m - 1 = 2); De = 2 * 2 * 3 / (5 * 4) = 3/5.
    """
    assert set_alpha(coded("a|a|b", "b|b|.")).value == pytest.approx(1 - (2 / 5) / (3 / 5))


# The set example of DKPro Agreement (Meyer et al. 2014), nine units; alpha by definition of each distance.
DKPRO = ("-|-", "A|-", "A|A", "A|B", "AB|A", "AB|AC", "ABC|ABC", "C|AC", "C|AC")


@pytest.mark.parametrize(
    ("distance", "expected"),
    [("masi", 0.2730806608357629), ("jaccard", 0.3156199677938807), ("dice", 0.36021505376344065)],
)
def test_the_set_example_of_dkpro(distance, expected):
    result = set_alpha(coded(*DKPRO), distance)
    assert result.value == pytest.approx(expected, abs=1e-9)
    assert (result.distance, result.why) == (distance, "")


@pytest.mark.parametrize("measure", [*DISTANCES, "multi-valued"])
def test_full_agreement_is_one(measure):
    assert set_alpha(coded("ab|ab", "-|-", "c|c"), measure).value == 1


def test_jaccard_dice_and_multi_valued_stand_beside_masi():
    units = coded(*DKPRO)
    beside = other_sets(units)
    assert [one.distance for one in beside] == ["jaccard", "dice", "multi-valued"]
    assert set_alphas(units, ("masi", "dice")) == (set_alpha(units), beside[1])
    assert beside[2] == set_alpha(units, "multi-valued")
    assert (beside[2].interval, beside[2].no_interval) == (None, "no variance formula is published for it")


@pytest.mark.parametrize("units", [(), ("ab|.",), ("a|.", ".|a")])
def test_without_a_unit_that_two_coders_read_it_is_undefined(units):
    result = set_alpha(coded(*units))
    assert result.value is None
    assert result.why == "undefined (no units): no unit was coded by two coders"


@pytest.mark.parametrize("units", [("ab|ab", "ab|ab"), ("-|-", "-|-", "a|."), ("a|a",)])
def test_when_every_reading_is_the_same_it_is_undefined(units):
    result = set_alpha(coded(*units))
    assert result.value is None
    assert result.why == "undefined (no variation): every reading is the same set of codes"


def test_a_set_too_large_for_its_subsets_is_compared_pair_by_pair():
    """Two sets of 40 and 41 codes with 39 shared, and the empty set: jaccard distances 1 - 39/42 and 1.

    Units x|y and -|-: Do = 2 * 3/42 / 4 = 1/28; De = 2 * (3/42 + 4 * 1) / 12 = 57/84.
    """
    x = frozenset(f"c{n}" for n in range(40))
    y = frozenset(f"c{n}" for n in range(1, 42))
    readings = [{"ana": x, "ben": y}, {"ana": frozenset(), "ben": frozenset()}]
    result = set_alpha([Unit("t1", n, n + 1, said) for n, said in enumerate(readings)], "jaccard")
    assert result.value == pytest.approx(1 - (1 / 28) / (57 / 84))


# --- limits ---------------------------------------------------------------------------------------------------


def test_limits_over_transcripts_worked_by_hand():
    """Three transcripts of one code: t1 a|a, a|b; t2 b|b, b|b; t3 a|b, a|a. Readings: 6 of a, 6 of b.

    Any distance between {a} and {b} is 1: n = 12, sum D = 2 + 2 = 4, every reading is 6 from the pool, sum E = 72,
    alpha = 1 - 11 * 4 / 72 = 7/18. A unit's influence on log(1 - alpha) is 2/12 + D/4 - 2 * 12/72, so the
    transcripts have 1/6, -1/3, 1/6: the error is sqrt(3/2 * (1/36 + 4/36 + 1/36)) = 1/2. t with 2 df is 4.302653.
    """
    units = coded("a|a", "a|b", "b|b", "b|b", "a|b", "a|a", transcripts=("t1", "t1", "t2", "t2", "t3", "t3"))
    found = set_alpha(units)
    assert found.value == pytest.approx(7 / 18)
    reach = 4.302652729911275 / 2
    assert found.interval.high == pytest.approx(1 - 11 / 18 * math.exp(-reach))
    assert found.interval.low == -1  # 1 - 11/18 e^reach is below what the alpha of a population can be
    assert found.interval.clusters == 3
    assert found.interval.warnings == (
        "the interval rests on 3 transcripts, and with fewer than 6 it is unsure",
        "the coders differ on 2 units, and with fewer than 5 no interval is safe",
    )
    assert found.no_interval == ""


@pytest.mark.parametrize(
    ("transcripts", "units", "why"),
    [
        (("t1", "t1"), ("a|b", "b|b"), "an interval needs at least 3 transcripts, and there are 1"),
        (("t1", "t2"), ("a|b", "b|b"), "an interval needs at least 3 transcripts, and there are 2"),
        (("t1", "t2", "t3"), ("a|b", "b|b", "a|."), "an interval needs at least 3 transcripts, and there are 2"),
        (("t1", "t2", "t3"), ("a|a", "b|b", "b|b"), "nobody disagreed, so how far alpha varies is open"),
        (
            ("t1", "t2", "t3"),
            ("a|b", "a|b", "b|a"),
            "all transcripts have the same disagreement, so how far alpha varies is open",
        ),
        (
            ("t1", "t2", "t3"),
            ("a|a", "a|a", "a|a"),
            "alpha is undefined (no variation): every reading is the same set of codes",
        ),
        (("t1", "t2", "t3"), ("a|.", ".|a", "b|."), "alpha is undefined (no units): no unit was coded by two coders"),
    ],
)
def test_there_are_no_limits_where_nothing_tells_how_far_alpha_varies(transcripts, units, why):
    found = set_alpha(coded(*units, transcripts=transcripts))
    assert (found.interval, found.no_interval) == (None, why)


# --- faults of other programs that are not shared ---------------------------------------------------------------


@pytest.mark.parametrize("distance", DISTANCES)
def test_two_empty_sets_are_the_same_set(distance):
    """masi_distance and jaccard_distance of nltk 3.10.4 raise ZeroDivisionError here, and so does its alpha."""
    assert set_distance(frozenset(), frozenset(), distance) == 0
    assert set_alpha(coded("-|-", "a|a", "b|a"), distance).value is not None


def masi_of_dkpro(x, y):
    """Jaccard distance times 0, 1/3, 2/3 or 1, which is what DKPro Agreement (git f7f4f89) calls MASI."""
    union = len(x | y)
    jaccard = 1 - len(x & y) / union if union else 0
    return jaccard * (0 if x == y else 1 / 3 if x <= y or y <= x else 2 / 3 if x & y else 1)


def test_masi_is_not_the_jaccard_distance_times_a_step():
    """.252947 is what DKPro prints for its own example; {A} against {A, B} is .167 there and .667 here."""
    units = coded(*DKPRO)
    assert alpha_over_pairs(units, masi_of_dkpro) == pytest.approx(0.252947, abs=5e-7)
    assert set_alpha(units).value == pytest.approx(0.273081, abs=5e-7)
    assert masi_of_dkpro(frozenset("A"), frozenset("AB")) == pytest.approx(0.167, abs=0.0005)
    assert set_distance(frozenset("A"), frozenset("AB")) == pytest.approx(0.667, abs=0.0005)


def test_the_weights_of_masi_are_thirds_and_not_rounded():
    """nltk of 2024 and older had .67 and .33: .665 and .89 for these two."""
    assert abs(set_distance(frozenset("ab"), frozenset("abcd")) - 2 / 3) < 1e-12
    assert abs(set_distance(frozenset("ab"), frozenset("bc")) - 8 / 9) < 1e-12
