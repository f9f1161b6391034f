"""Intervals of alpha: printed t values, worked by hand, how often they cover the truth, and when there is none."""

import math
import random
from dataclasses import replace

import pytest

from qualbench import model
from qualbench.steps.agreement import limits
from qualbench.steps.agreement.rated import ratings
from qualbench.steps.agreement.rated.disagreement import disagreement
from qualbench.steps.agreement.rated.intervals import Interval, bootstrap, interval, t_quantile
from qualbench.steps.agreement.rated.ratings import Undefined
from tests.steps.agreement.published import read

# Fisher & Yates' table of t, as printed in any textbook: df, then 0.95, 0.975 and 0.995 of it below.
PRINTED = [
    (1, 6.314, 12.706, 63.657),
    (2, 2.920, 4.303, 9.925),
    (3, 2.353, 3.182, 5.841),
    (4, 2.132, 2.776, 4.604),
    (5, 2.015, 2.571, 4.032),
    (10, 1.812, 2.228, 3.169),
    (11, 1.796, 2.201, 3.106),
    (20, 1.725, 2.086, 2.845),
    (30, 1.697, 2.042, 2.750),
    (60, 1.671, 2.000, 2.660),
    (120, 1.658, 1.980, 2.617),
    (500, 1.648, 1.965, 2.586),
    (1000, 1.646, 1.962, 2.581),
    (100_000, 1.645, 1.960, 2.576),
]


@pytest.mark.parametrize(("df", "p95", "p975", "p995"), PRINTED)
def test_t_is_what_tables_print(df, p95, p975, p995):
    found = [t_quantile(probability, df) for probability in (0.95, 0.975, 0.995)]
    assert found == pytest.approx([p95, p975, p995], abs=0.00051)


def test_both_ways_to_t_meet():
    assert limits._far_quantile(0.975, 200) == pytest.approx(t_quantile(0.975, 200), abs=1e-8)


# --- the limits ---------------------------------------------------------------------------------------------


def yes_no(rows, **more):
    return ratings.of("nominal", [["yes" if said else "no" for said in row] for row in rows], **more)


def error(table):
    """The standard error of log(1 - alpha) that the upper limit was made of."""
    found, alpha = interval(table), disagreement(table).alpha
    return (math.log(1 - alpha) - math.log(1 - found.high)) / t_quantile(0.975, found.clusters - 1)


def test_limits_worked_by_hand():
    """Units 11, 00, 10: n = 6, yes 3, no 3. D is 0, 0, 2 of 2; a yes is 3 from the pool, a no 3: E is 6, 6, 6 of 18.

    Influence m/n + D/2 - 2E/18: 1/3 - 2/3 = -1/3, -1/3 and 1/3 + 1 - 2/3 = 2/3; squares add to 2/3; by 3/2: 1.
    Alpha = 1 - 5 * 2 / 18 = 4/9; with t of two degrees 4.302653: 1 - 5/9 exp(4.302653 * 1) is under -1.
    """
    table = yes_no([(1, 1), (0, 0), (1, 0)])
    found = interval(table)
    assert disagreement(table).alpha == pytest.approx(4 / 9)
    assert found.low == -1
    assert found.high == pytest.approx(1 - 5 / 9 * math.exp(-4.302653), abs=1e-7)


def test_limits_stand_around_alpha_and_below_one():
    chance = random.Random(8)
    for _ in range(50):
        rows = [[chance.random() < 0.4 or chance.random() < 0.3 for _ in range(2)] for _ in range(20)]
        table = yes_no(rows)
        found, alpha = interval(table), disagreement(table).alpha
        if isinstance(found, Interval):
            assert found.low < alpha < found.high < 1


def test_the_spread_of_the_table_of_krippendorff_2011():
    """.135 is the plain linearised error of alpha (4 coders, 12 units, gaps), before the factor 11/10 of its units."""
    table = read("kripp_4x12")
    plain = error(table) * (1 - disagreement(table).alpha) / math.sqrt(11 / 10)
    assert plain == pytest.approx(0.135, abs=0.0005)


def test_a_cluster_is_one_witness_however_often_it_speaks():
    """Every unit copied ten times into its transcript says nothing new: the error is that of the single units."""
    rows = [(1, 1), (0, 0), (1, 0), (1, 1), (0, 0), (0, 1), (1, 1), (0, 0)]
    single = error(yes_no(rows))
    names = [f"t{number}" for number in range(8)]
    copied = yes_no(rows * 10, clusters=names * 10, clustered_by="transcript")
    assert error(copied) == pytest.approx(single)
    assert error(replace(copied, clusters=None)) < single / 2


def test_linearised_and_bootstrap_limits_are_alike():
    chance = random.Random(3)
    truth = [chance.randrange(4) for _ in range(300)]
    rows = [[float(t if chance.random() < 0.8 else chance.randrange(4)) for _ in range(3)] for t in truth]
    for level in ("nominal", "ordinal", "interval"):
        table = ratings.of(level, [[str(v) for v in row] for row in rows] if level == "nominal" else rows)
        found, (low, high) = interval(table), bootstrap(table, seed=1, draws=400)
        assert found.low == pytest.approx(low, abs=0.02)
        assert found.high == pytest.approx(high, abs=0.02)


def test_a_bootstrap_can_be_repeated_by_its_seed():
    table = read("hayes2007", "ordinal")
    assert bootstrap(table, seed=5, draws=50) == bootstrap(table, seed=5, draws=50)
    assert bootstrap(table, seed=5, draws=50) != bootstrap(table, seed=6, draws=50)


def test_there_is_one_kind_of_interval():
    assert Interval is model.Interval


# --- when there is none -------------------------------------------------------------------------------------

MIXED = [(1, 1), (0, 0), (1, 0), (0, 0), (1, 1), (0, 1), (1, 1)] * 4 + [(1, 0), (0, 0), (1, 1)]


def by_transcript(count):
    return yes_no(MIXED, clusters=[f"t{n % count}" for n in range(len(MIXED))], clustered_by="transcript")


@pytest.mark.parametrize("count", [1, 2])
def test_under_three_transcripts_there_is_no_interval(count):
    expected = Undefined(f"an interval needs at least 3 transcripts, and there are {count}")
    assert interval(by_transcript(count)) == expected
    assert bootstrap(by_transcript(count), seed=1) == expected


@pytest.mark.parametrize(("count", "warned"), [(4, True), (5, True), (8, False)])
def test_under_six_transcripts_it_comes_with_a_warning(count, warned):
    found = interval(by_transcript(count))
    assert found.clusters == count
    assert (
        f"the interval rests on {count} transcripts, and with fewer than 6 it is unsure" in found.warnings
    ) == warned


def test_a_transcript_that_only_one_coder_read_does_not_count():
    table = ratings.of(
        "nominal",
        [["a", "a"], ["a", "b"], ["b", "b"], ["a", None]],
        clusters=["t1", "t1", "t2", "t3"],
        clustered_by="transcript",
    )
    assert interval(table) == Undefined("an interval needs at least 3 transcripts, and there are 2")


@pytest.mark.parametrize(("differing", "warned"), [(4, True), (5, False)])
def test_few_disagreements_are_warned_of(differing, warned):
    found = interval(yes_no([(1, 1), (0, 0)] * 10 + [(1, 0)] * differing))
    assert any(f"differ on {differing} units" in warning for warning in found.warnings) == warned


@pytest.mark.parametrize(
    ("rows", "why"),
    [
        ([], "alpha is undefined"),
        ([(1, 1)] * 9, "alpha is undefined"),
        ([(1, 1), (0, 0)] * 9, "nobody disagreed"),
        ([(1, 0)] * 9, "all units have the same disagreement"),
    ],
)
def test_without_spread_there_is_no_interval(rows, why):
    found = interval(yes_no(rows))
    assert isinstance(found, Undefined)
    assert found.why.startswith(why)


# --- how often it covers the truth ----------------------------------------------------------------------------


def two_coders(chance, units, prevalence, alpha):
    """Two coders who both see the truth with probability `alpha` and otherwise both guess: alpha is as given."""
    for _ in range(units):
        truth, guess = chance.random() < prevalence, chance.random() >= alpha
        yield [chance.random() < prevalence for _ in range(2)] if guess else [truth, truth]


def test_95_percent_limits_cover_the_truth_in_92_to_97_percent_of_studies():
    """Two coders, 200 independent segments, prevalence .2, alpha .8."""
    chance, studies = random.Random(20), 1000
    found = [interval(yes_no(two_coders(chance, 200, 0.2, 0.8))) for _ in range(studies)]
    covered = sum(one.low <= 0.8 <= one.high for one in found)
    assert 0.92 <= covered / studies <= 0.97


def study_of_transcripts(chance, transcripts, units):
    """Transcripts that differ in how often the code applies (about .3) and in how hard they are (alpha about .75)."""
    rows = []
    for _ in range(transcripts):
        prevalence, alpha = chance.betavariate(3, 7), chance.betavariate(7.5, 2.5)
        rows += two_coders(chance, units, prevalence, alpha)
    names = [f"t{number // units}" for number in range(len(rows))]
    return yes_no(rows, clusters=names, clustered_by="transcript")


def test_limits_over_transcripts_cover_where_limits_over_segments_do_not():
    """12 transcripts of 50 segments; the truth is the alpha of 4,000 such transcripts."""
    chance, studies = random.Random(21), 400
    truth = disagreement(study_of_transcripts(chance, 4000, 50)).alpha
    drawn = [study_of_transcripts(chance, 12, 50) for _ in range(studies)]
    over_transcripts = [interval(one) for one in drawn]
    over_segments = [interval(replace(one, clusters=None)) for one in drawn]
    covered = [
        sum(one.low <= truth <= one.high for one in kind) / studies for kind in (over_transcripts, over_segments)
    ]
    assert 0.9 <= covered[0] <= 0.97
    assert covered[1] < 0.85
