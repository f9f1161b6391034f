"""The coefficients of a table against loops over every pair, and what must not change a figure."""

import itertools
from collections import Counter

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from qualbench.steps.agreement.rated import coefficients, ratings, spreadsheet
from qualbench.steps.agreement.rated.ratings import Undefined

properties = settings(deadline=None, max_examples=80)
"""The first example loads numpy, so that no example has a time limit of its own."""


def told(level, rows):
    return spreadsheet.to_data(spreadsheet.agreement(ratings.of(level, rows)))


# --- oracles ------------------------------------------------------------------------------------------------


def apart(level, a, b, counts):
    """The distances as Krippendorff (2011) prints them, and MASI as Passonneau (2006) does."""
    if a == b:
        return 0.0
    if level == "nominal":
        return 1.0
    if level == "ordinal":
        low, high = min(a, b), max(a, b)
        return (sum(n for v, n in counts.items() if low <= v <= high) - (counts[a] + counts[b]) / 2) ** 2
    if level == "interval":
        return (a - b) ** 2
    if level == "ratio":
        return ((a - b) / (a + b)) ** 2
    if not a & b:
        return 1.0
    return 1 - len(a & b) / len(a | b) * (2 / 3 if a <= b or b <= a else 1 / 3)


def by_hand(level, rows):
    """Alpha by looping over every pair; None when nothing varies."""
    units = [[value for value in row if value is not None] for row in rows]
    units = [unit for unit in units if len(unit) > 1]
    pool = [value for unit in units for value in unit]
    counts, n = Counter(pool), len(pool)
    if len(counts) < 2:
        return None
    observed = sum(
        sum(apart(level, a, b, counts) for a, b in itertools.permutations(unit, 2)) / (len(unit) - 1) for unit in units
    )
    expected = sum(apart(level, a, b, counts) for a, b in itertools.permutations(pool, 2))
    return 1 - (observed / n) / (expected / (n * (n - 1)))


VALUES = {
    "nominal": st.sampled_from("abcd"),
    "ordinal": st.sampled_from([1.0, 2.0, 3.0, 5.0, 9.0]),
    "interval": st.sampled_from([-3.0, -0.5, 0.0, 1.0, 2.0, 40.0]),
    "ratio": st.sampled_from([0.0, 0.5, 1.0, 2.0, 10.0]),
    "set": st.frozensets(st.sampled_from("abcd")),
}
LEVELS = list(VALUES)


@st.composite
def tables(draw, levels=LEVELS, coders=(2, 3, 4)):
    """A level with units by coders, some ratings missing."""
    level, width = draw(st.sampled_from(levels)), draw(st.sampled_from(coders))
    cell = st.none() | VALUES[level] | VALUES[level]
    return level, draw(st.lists(st.lists(cell, min_size=width, max_size=width), min_size=1, max_size=9))


def close(one, other):
    assert set(one) == set(other)
    for key, value in one.items():
        if isinstance(value, (float, list)):
            assert other[key] == pytest.approx(value, abs=1e-9), key
        else:
            assert other[key] == value, key


@properties
@given(tables())
def test_alpha_is_what_every_pair_by_hand_gives(drawn):
    level, rows = drawn
    found, expected = coefficients.alpha(ratings.of(level, rows)), by_hand(level, rows)
    if expected is None:
        assert isinstance(found, Undefined)
    else:
        assert found == pytest.approx(expected, abs=1e-9)


@properties
@given(tables(levels=["nominal"]))
def test_percent_and_fleiss_are_what_counting_by_hand_gives(drawn):
    """Gwet's rule: agreement over the units of two and more ratings, prevalence as the mean over all rated units."""
    _, rows = drawn
    units = [Counter(value for value in row if value is not None) for row in rows]
    compared = [unit for unit in units if unit.total() > 1]
    assume(len(set().union(*compared)) > 1)
    agreed = sum(
        sum(n * (n - 1) for n in unit.values()) / (unit.total() * (unit.total() - 1)) for unit in compared
    ) / len(compared)
    rated = [unit for unit in units if unit]
    chance = sum((sum(unit[v] / unit.total() for unit in rated) / len(rated)) ** 2 for v in "abcd")
    table = ratings.of("nominal", rows)
    assert coefficients.percent(table) == pytest.approx(agreed)
    assert coefficients.fleiss(table) == pytest.approx((agreed - chance) / (1 - chance))


@properties
@given(tables(levels=["nominal"], coders=(3,)))
def test_conger_takes_chance_from_every_pair_of_coders(drawn):
    _, rows = drawn
    whole = [row for row in rows if None not in row]
    assume(len({value for row in whole for value in row}) > 1)
    pairs = list(itertools.combinations(range(3), 2))
    agreed = sum(row[a] == row[b] for row in whole for a, b in pairs) / (3 * len(whole))
    used = [Counter(row[coder] for row in whole) for coder in range(3)]
    chance = sum(used[a][v] * used[b][v] for a, b in pairs for v in "abcd") / (3 * len(whole) ** 2)
    assert coefficients.conger(ratings.of("nominal", whole)) == pytest.approx((agreed - chance) / (1 - chance))


# --- what must not change a figure -----------------------------------------------------------------------------


@properties
@given(tables(), st.randoms(use_true_random=False))
def test_the_order_of_units_and_of_coders_changes_nothing(drawn, order):
    level, rows = drawn
    columns = order.sample(range(len(rows[0])), len(rows[0]))
    shuffled = [[row[column] for column in columns] for row in order.sample(rows, len(rows))]
    close(told(level, rows), told(level, shuffled))


@properties
@given(tables())
def test_a_unit_that_can_not_be_compared_changes_no_alpha_kappa_pi_or_percent(drawn):
    """Fleiss, Conger and AC1 take chance from every rating by Gwet's rule, so they may change."""
    level, rows = drawn
    first = next((value for row in rows for value in row if value is not None), None)
    assume(first is not None)
    more = [*rows, [first, *[None] * (len(rows[0]) - 1)], [None] * len(rows[0])]
    before, after = told(level, rows), told(level, more)
    assert after["n_units"] == before["n_units"] + 2
    keys = ("alpha", "ci", "kappa", "pi", "percent", "n_pairable")
    close({key: before[key] for key in keys}, {key: after[key] for key in keys})


@properties
@given(tables(levels=["nominal"]))
def test_the_names_of_categories_do_not_matter(drawn):
    level, rows = drawn
    names = dict(zip("abcd", ("zebra", "1", "yes", "-"), strict=True)) | {None: None}
    close(told(level, rows), told(level, [[names[value] for value in row] for row in rows]))


@properties
@given(tables(levels=["ordinal", "interval", "ratio"]), st.sampled_from([0.25, 3.0, 1e6]))
def test_the_unit_of_measurement_does_not_matter(drawn, factor):
    level, rows = drawn
    close(told(level, rows), told(level, [[v if v is None else v * factor for v in row] for row in rows]))


@properties
@given(tables(levels=["ordinal"]))
def test_only_the_order_of_ordinal_values_matters(drawn):
    level, rows = drawn
    close(told(level, rows), told(level, [[v if v is None else v**3 - 7 for v in row] for row in rows]))


@properties
@given(tables())
def test_figures_stay_in_their_range_and_every_null_says_why(drawn):
    found = told(*drawn)
    assert list(found) == [*spreadsheet.KEYS, "n_units", "n_pairable", "why"]
    assert {key for key in spreadsheet.KEYS if found[key] is None} == set(found["why"])
    assert all(why.strip() for why in found["why"].values())
    for key in spreadsheet.KEYS:
        for value in found[key] if key == "ci" and found[key] else [found[key]]:
            assert value is None or (isinstance(value, float) and -1e9 < value <= 1 + 1e-12), key
