"""How many segments to double-code: published figures by name, and a simulation of what they buy."""

import math
import random
from statistics import NormalDist

import pytest

from qualbench.errors import UsageError
from qualbench.steps.agreement.rounds.sample_size import (
    half_width,
    units_for_alpha,
    units_for_half_width,
    units_for_kappa,
)

# --- published --------------------------------------------------------------------------------------------------

Z_1645 = 1 - NormalDist().cdf(1.645)


@pytest.mark.parametrize(
    ("least", "printed"), [pytest.param(0.8, 139, id="n_alpha_800"), pytest.param(0.667, 81, id="n_alpha_667")]
)
def test_krippendorffs_number_after_bloch_and_kraemer(least, printed):
    """ATLAS.ti manual v22: two coders, a category of a quarter of the segments, z 1.645."""
    assert units_for_alpha(least, 0.25, coders=2, significance=Z_1645) == printed


def test_more_coders_need_more_segments():
    """Four coders need twice as much as two: 2 x 138.55 is 277.1."""
    assert units_for_alpha(0.8, 0.25, coders=4, significance=Z_1645) == 278


def test_n_cohen_cantor():
    """R irr N.cohen.kappa(0.5, 0.5, 0.7, 0.85) = 96; its fourth argument is the value under the null hypothesis."""
    assert units_for_kappa(0.5, 0.5, null=0.85, true=0.7) == 96


PREVALENCES = (0.5, 0.2, 0.1, 0.05, 0.02)


@pytest.mark.parametrize(("alpha", "table"), [(0.8, (139, 222, 401, 768, 1873)), (0.7, (196, 314, 569, 1091, 2662))])
def test_the_table_of_the_planner(alpha, table):
    assert tuple(units_for_half_width(alpha, prevalence) for prevalence in PREVALENCES) == table


# --- half widths ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("prevalence", PREVALENCES)
def test_a_number_of_segments_buys_the_half_width_it_was_asked_for_and_one_less_does_not(prevalence):
    needed = units_for_half_width(0.75, prevalence, 0.08, 0.90)
    assert half_width(needed, 0.75, prevalence, 0.90) <= 0.08 < half_width(needed - 1, 0.75, prevalence, 0.90)


def test_segments_of_one_transcript_count_for_less():
    """20 segments a transcript that correlate by .05: 1 + 19 x .05 = 1.95 times 138.3 is 269.7."""
    assert units_for_half_width(0.8, 0.5, size=20, icc=0.05) == 270
    assert units_for_half_width(0.8, 0.5, size=20, icc=0.0) == 139
    assert half_width(270, 0.8, 0.5, size=20, icc=0.05) == pytest.approx(0.10, abs=0.0005)
    assert half_width(100, 0.8, 0.5, size=20, icc=1.0) == pytest.approx(half_width(5, 0.8, 0.5))


def test_alpha_spreads_over_studies_as_far_as_planned():
    """2,000 studies of 400 segments, alpha .7 at a prevalence of .3: pi from the counts, without any formula.

    Both coders see the same in a share of .7 of the segments and each for themselves in the others.
    """
    chance = random.Random(3)
    both, neither = 0.7 * 0.3 + 0.3 * 0.09, 0.7 * 0.7 + 0.3 * 0.49
    found = []
    for _ in range(2000):
        cells = chance.choices("bnd", (both, neither, 1 - both - neither), k=400)
        p = (2 * cells.count("b") + cells.count("d")) / 800
        found.append(1 - cells.count("d") / 400 / (2 * p * (1 - p)))
    mean = math.fsum(found) / len(found)
    spread = math.sqrt(math.fsum((value - mean) ** 2 for value in found) / len(found))
    assert NormalDist().inv_cdf(0.975) * spread == pytest.approx(half_width(400, 0.7, 0.3), rel=0.06)


# --- what can not be ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        (lambda: units_for_half_width(1.0, 0.2), "The alpha can not be 1. Give a number between 0 and 1."),
        (lambda: units_for_half_width(0.8, 0.0), "The prevalence can not be 0."),
        (lambda: units_for_half_width(0.8, 0.2, math.nan), "The half width can not be nan."),
        (lambda: units_for_half_width(0.8, 0.2, confidence=95), "The confidence can not be 95."),
        (lambda: units_for_half_width(0.8, 0.2, size=0), "Transcripts of 0 segments"),
        (lambda: units_for_half_width(0.8, 0.2, icc=1.5), "that correlate by 1.5 can not be"),
        (lambda: half_width(0, 0.8, 0.2), "An interval needs segments."),
        (lambda: units_for_alpha(0.8, 0.25, coders=1), "Agreement needs two coders."),
        (lambda: units_for_kappa(0.5, 0.5, null=0.7, true=0.7), "No test tells a kappa from itself."),
        (lambda: units_for_kappa(0.1, 0.9, null=0.7, true=0.8), "Kappa can not be 0.7 when the coders apply the code"),
    ],
)
def test_what_can_not_be_is_told_in_a_sentence(asked, sentence):
    with pytest.raises(UsageError) as told:
        asked()
    assert sentence in str(told.value)
