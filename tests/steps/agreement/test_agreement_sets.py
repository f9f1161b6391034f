"""Alpha over whole code sets: distances by definition, worked by hand, and against two independent oracles.

A unit is written as the coders' sets parted by bars, a letter a code: "ab|b" is {a, b} against {b}, "-" the
empty set and "." a skipped unit.
"""

import itertools

import krippendorff
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qualbench.model import Unit
from qualbench.steps.agreement import overlaps, set_alpha, set_distance


def coded(*written):
    return [
        Unit(
            "t1",
            number,
            number + 1,
            {f"coder {n}": frozenset(s.strip("-")) for n, s in enumerate(unit.split("|")) if s != "."},
        )
        for number, unit in enumerate(written)
    ]


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


def test_full_agreement_is_one():
    assert set_alpha(coded("ab|ab", "-|-", "c|c")).value == 1


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


# --- oracles ------------------------------------------------------------------------------------------------


def apart(x, y, distance):
    """The distances again, from the sets themselves."""
    if x == y:
        return 0.0
    if distance == "dice":
        return len(x ^ y) / (len(x) + len(y))
    jaccard = len(x & y) / len(x | y)
    if distance == "jaccard":
        return 1 - jaccard
    return 1 - jaccard * (2 / 3 if x < y or y < x else 1 / 3 if x & y else 0)


def all_pairs(units, distance):
    """Alpha by comparing every reading with every other."""
    pairable = [list(unit.readings.values()) for unit in units if len(unit.readings) > 1]
    pool = [x for readings in pairable for x in readings]
    observed = sum(
        apart(x, y, distance) / (len(readings) - 1)
        for readings in pairable
        for x, y in itertools.permutations(readings, 2)
    ) / max(1, len(pool))
    pairs = [apart(x, y, distance) for x, y in itertools.permutations(pool, 2)]
    return 1 - observed / (sum(pairs) / len(pairs)) if any(pairs) else None


distances = st.sampled_from(["masi", "jaccard", "dice"])
readings = st.one_of(st.none(), st.frozensets(st.sampled_from("abcdef"), max_size=5))
unit = st.lists(readings, min_size=3, max_size=3).map(
    lambda sets: Unit("t1", 0, 1, {f"coder {n}": s for n, s in enumerate(sets) if s is not None})
)
studies = st.lists(unit, max_size=14)


@given(studies, distances)
def test_alpha_equals_comparing_all_pairs(study, distance):
    assert set_alpha(study, distance).value == pytest.approx(all_pairs(study, distance), abs=1e-12)


@given(studies, distances)
@settings(max_examples=40)
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


@given(
    st.dictionaries(st.frozensets(st.sampled_from("abcdefgh")), st.integers(1, 5), min_size=1, max_size=12),
    st.sampled_from([0, 1, 16, 64, 1 << 20]),
)
def test_overlaps_are_the_same_however_many_sets_are_counted_by_their_subsets(pool, limit):
    expected = {}
    for x, y in itertools.product(pool, repeat=2):
        key = (*sorted((len(x), len(y))), len(x & y))
        expected[key] = expected.get(key, 0) + pool[x] * pool[y]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(overlaps, "MOST_SUBSETS", limit)
        found = overlaps.overlaps(pool)
    either_order = {}
    for (x, y, shared), count in found.items():
        key = (*sorted((x, y)), shared)
        either_order[key] = either_order.get(key, 0) + count
    assert either_order == expected
