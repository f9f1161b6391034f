"""Standard errors beside coefficients, against what irrCAC prints and against Efron's infinitesimal jackknife."""

import math
import random

import pytest

from qualbench.steps.agreement.rated import coefficients, ratings, standard_errors
from qualbench.steps.agreement.rated.disagreement import disagreement
from qualbench.steps.agreement.rated.ratings import Undefined
from tests.steps.agreement.published import read

FAMILY = ("fleiss", "conger", "brennan_prediger", "gwet")

# What irrCAC-py 0.4.4 prints as se of fleiss, conger, Brennan-Prediger, AC1 or AC2, and alpha, with the weights that
# fit the level. At the ordinal level alpha has weights of its own, which irrCAC does not know.
PRINTED = [
    ("kripp_4x12", "interval", (0.14603, 0.14367, 0.11089, 0.10396, 0.12913)),
    ("kripp_4x12", "ordinal", (0.14704, 0.1441, 0.11391, 0.1069)),
    ("hayes2007", "nominal", (0.0696, 0.06878, 0.06615, 0.06544, 0.06755)),
    ("hayes2007", "interval", (0.05178, 0.05075, 0.02963, 0.02793, 0.04884)),
    ("hayes2007", "ordinal", (0.05571, 0.05471, 0.03448, 0.03293)),
    ("wikipedia_alpha", "nominal", (0.18015, 0.17659, 0.16795, 0.16474, 0.17135)),
    ("wikipedia_alpha", "ratio", (0.18006, 0.18471, 0.19591, 0.17249, 0.17189)),
    ("irr_anxiety", "nominal", (0.04741, 0.04458, 0.04565, 0.04668, 0.04741)),
    ("irr_anxiety", "ratio", (0.10599, 0.09286, 0.11935, 0.11416, 0.10599)),
]


@pytest.mark.parametrize(("data", "level", "printed"), PRINTED)
def test_errors_with_gaps_and_weights_are_those_of_the_handbook(data, level, printed):
    found = [getattr(standard_errors, name)(read(data, level)) for name in (*FAMILY, "alpha")]
    assert found[: len(printed)] == pytest.approx(printed, abs=0.00001)


# --- an oracle that knows no formula ------------------------------------------------------------------------


def table(seed, coders=3, units=25):
    """Three categories; each coder sees the right one in six of ten units and guesses in the others."""
    chance = random.Random(seed)
    right = [chance.choice("abc") for _ in range(units)]
    return [[said if chance.random() < 0.6 else chance.choice("aabc") for _ in range(coders)] for said in right]


def jackknifed(figure, rows, copies=20):
    """The error of a figure from how it moves when one unit weighs a little more or less, without any formula."""
    many = rows * copies

    def moved(unit):
        more = figure(ratings.of("nominal", [*many, rows[unit]]))
        less = figure(ratings.of("nominal", many[:unit] + many[unit + 1 :]))
        return (more - less) / 2 * copies * len(rows)

    moves = [moved(unit) for unit in range(len(rows))]
    mean = math.fsum(moves) / len(rows)
    return math.sqrt(math.fsum((move - mean) ** 2 for move in moves) / (len(rows) - 1) / len(rows))


@pytest.mark.parametrize("name", ["percent", *FAMILY])
@pytest.mark.parametrize("coders", [2, 3])
def test_the_error_is_what_the_infinitesimal_jackknife_finds(name, coders):
    rows = table(coders, coders)
    error = getattr(standard_errors, name)(ratings.of("nominal", rows))
    assert error == pytest.approx(jackknifed(getattr(coefficients, name), rows), rel=0.005)


def test_the_error_of_alpha_is_what_the_infinitesimal_jackknife_finds():
    rows = table(5)
    error = standard_errors.alpha(ratings.of("nominal", rows))
    assert error == pytest.approx(jackknifed(lambda told: disagreement(told).alpha, rows), rel=0.005)


def test_the_error_of_cohens_kappa_is_that_of_1969():
    """Fleiss, Cohen & Everitt: A + B - C, written out for the table 20 5 / 10 15."""
    p = [[0.4, 0.1], [0.2, 0.3]]
    rows, columns, observed, chance = (0.5, 0.5), (0.6, 0.4), 0.7, 0.5
    kappa = (observed - chance) / (1 - chance)
    a = sum(p[i][i] * (1 - (rows[i] + columns[i]) * (1 - kappa)) ** 2 for i in (0, 1))
    b = (1 - kappa) ** 2 * (p[0][1] * (columns[0] + rows[1]) ** 2 + p[1][0] * (columns[1] + rows[0]) ** 2)
    c = (kappa - chance * (1 - kappa)) ** 2
    told = [["y", "y"]] * 20 + [["y", "n"]] * 5 + [["n", "y"]] * 10 + [["n", "n"]] * 15
    both = ratings.of("nominal", told)
    assert standard_errors.cohen(both) == pytest.approx(math.sqrt((a + b - c) / 50) / (1 - chance))
    gaps = ratings.of("nominal", [*told, ["y", None], [None, "n"]])
    assert standard_errors.cohen(gaps) == pytest.approx(standard_errors.cohen(both))


def test_two_coders_have_the_same_error_by_cohen_and_conger_but_for_n_minus_1():
    told = ratings.of("nominal", table(7, 2))
    assert standard_errors.cohen(told) == pytest.approx(standard_errors.conger(told) * math.sqrt(24 / 25))


def test_a_coder_who_rated_nothing_changes_nothing():
    rows = table(8)
    alone, beside = ratings.of("nominal", rows), ratings.of("nominal", [[*row, None] for row in rows])
    for name in (*FAMILY, "alpha", "percent"):
        assert getattr(standard_errors, name)(alone) == pytest.approx(getattr(standard_errors, name)(beside))


# --- kappa of 0 -----------------------------------------------------------------------------------------------


def test_under_chance_z_spreads_like_a_normal_one():
    """2,000 tables of pure chance: z has mean 0 and a standard deviation of 1, within four standard errors."""
    chance = random.Random(11)
    draws = [
        standard_errors.fleiss_z(ratings.of("nominal", [[chance.choice("aab") for _ in range(3)] for _ in range(60)]))
        for _ in range(2000)
    ]
    mean = math.fsum(draws) / len(draws)
    spread = math.sqrt(math.fsum((z - mean) ** 2 for z in draws) / len(draws))
    assert abs(mean) < 4 / math.sqrt(2000) + 0.02  # kappa of a table is a little below 0 on average
    assert abs(spread - 1) < 4 / math.sqrt(4000)


def test_the_test_of_no_agreement_needs_equally_many_ratings():
    told = standard_errors.fleiss_z(read("kripp_4x12"))
    assert isinstance(told, Undefined)
    assert "same number of ratings" in told.why


# --- undefined ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", [*FAMILY, "cohen", "alpha", "fleiss_z"])
@pytest.mark.parametrize("rows", [[["a", "a"]] * 6, [["a", None]], []])
def test_what_is_undefined_has_no_error_for_the_same_reason(name, rows):
    told = ratings.of("nominal", rows, coders=("ana", "ben"))
    value = getattr(coefficients, name.removesuffix("_z"))(told)
    assert isinstance(value, Undefined)
    assert getattr(standard_errors, name)(told) == value


@pytest.mark.parametrize("name", ["percent", *FAMILY, "cohen", "alpha"])
def test_an_error_of_nothing_is_no_certainty(name):
    agreed = getattr(standard_errors, name)(ratings.of("nominal", [["a", "a"], ["b", "b"]] * 5))
    alike = getattr(standard_errors, name)(ratings.of("nominal", [["a", "b"], ["b", "a"]] * 5))
    once = getattr(standard_errors, name)(ratings.of("nominal", [["a", "b"]]))
    assert [one.why for one in (agreed, alike, once)] == [
        "nobody disagreed, so how far the figure varies is open",
        "all units have the same disagreement, so how far the figure varies is open",
        "one unit does not show how far the figure varies",
    ]
