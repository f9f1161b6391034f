"""The fast figures of all codes against the same figures worked out unit by unit, straight from the definitions."""

import math
import random
from itertools import permutations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualbench.model import Interval, Unit
from qualbench.steps.agreement import alpha
from qualbench.steps.agreement.rated import intervals, ratings
from qualbench.steps.agreement.tables import count
from qualbench.steps.agreement.tally import sums, tally

CODES = ("stress", "work", "pay")
CODERS = ("ana", "ben", "cid", "dee")

answers = st.one_of(st.none(), st.frozensets(st.sampled_from(CODES)))
rows = st.tuples(st.sampled_from(["t1", "t2", "t3", "t4"]), st.lists(answers, min_size=2, max_size=4))
studies = st.lists(rows, max_size=25)


def built(listed):
    """Units from rows: the transcript, then what each coder said; None is a skipped unit."""
    return [
        Unit(transcript, n, n + 1, {c: held for c, held in zip(CODERS, said, strict=False) if held is not None})
        for n, (transcript, said) in enumerate(listed)
    ]


# --- the definitions, in plain loops --------------------------------------------------------------------------


def pairable(units, code):
    """The readings of each unit that two coders read, as 0 and 1, with its transcript."""
    return [
        (unit.transcript, [int(code in held) for held in unit.readings.values()])
        for unit in units
        if len(unit.readings) > 1
    ]


def plain_parts(said):
    """For each unit: ratings, observed and expected disagreement, each counted pair by pair."""
    pool = [value for _, values in said for value in values]
    return [
        (
            len(values),
            sum(a != b for a, b in permutations(values, 2)) / (len(values) - 1),
            sum(a != b for a in values for b in pool),
        )
        for _, values in said
    ]


def plain_alpha(said):
    """1 - Do/De of agreement.md 2, or nan when nothing varies."""
    parts = plain_parts(said)
    n = sum(m for m, _, _ in parts)
    expected = sum(e for _, _, e in parts)
    return 1 - (sum(d for _, d, _ in parts) / n) / (expected / (n * (n - 1))) if expected else math.nan


def plain_error(said):
    """The linearised error of log(1 - alpha) over transcripts, every unit's influence written out."""
    parts = plain_parts(said)
    n, observed, expected = (sum(part[place] for part in parts) for place in range(3))
    clusters: dict[str, float] = {}
    for (transcript, _), (m, d, e) in zip(said, parts, strict=True):
        clusters[transcript] = clusters.get(transcript, 0) + m / n + d / observed - 2 * e / expected
    many = len(clusters)
    return math.sqrt(many / (many - 1) * sum(total**2 for total in clusters.values()))


def same(found, expected):
    return found == pytest.approx(expected, rel=1e-9, abs=1e-9, nan_ok=True)


# --- against the definitions ----------------------------------------------------------------------------------


@given(studies)
def test_alpha_of_every_code_is_that_of_the_definition(listed):
    units = built(listed)
    found = alpha.alphas(sums(tally(units, CODES)))
    assert same(found.tolist(), [plain_alpha(pairable(units, code)) for code in CODES])


@given(studies)
def test_errors_are_those_of_influence_values_written_out(listed):
    units = built(listed)
    parts = sums(tally(units, CODES))
    for code, error, value in zip(CODES, alpha.errors(parts), alpha.alphas(parts), strict=True):
        said = pairable(units, code)
        if not math.isnan(value) and value != 1 and len({transcript for transcript, _ in said}) > 1:
            assert same(error, plain_error(said))


@given(studies)
def test_limits_are_those_of_a_table_of_ratings(listed):
    """The way through ratings takes any level of measurement and counts no sums over transcripts."""
    units = [unit for unit in built(listed) if len(unit.readings) > 1]
    for code, found in zip(CODES, alpha.intervals(sums(tally(units, CODES))), strict=True):
        cells = [[str(code in u.readings[c]) if c in u.readings else None for c in CODERS] for u in units]
        table = ratings.of("nominal", cells, clusters=[u.transcript for u in units], clustered_by="transcript")
        expected = intervals.interval(table)
        assert type(found) is type(expected)
        if isinstance(found, Interval):
            assert same([found.low, found.high], [expected.low, expected.high])
            assert found.warnings[: len(expected.warnings)] == expected.warnings
        else:
            assert found == expected


@given(studies, st.permutations(CODERS))
def test_the_two_by_two_counts_are_those_of_counting(listed, order):
    units = built(listed)
    a, b = order[:2]
    for code, table in zip(CODES, count(tally(units, CODES, order)), strict=True):
        said = [(code in u.readings[a], code in u.readings[b]) for u in units if a in u.readings and b in u.readings]
        assert list(table) == [
            said.count(cell) for cell in ((True, True), (True, False), (False, True), (False, False))
        ]


@given(studies)
def test_the_counts_behind_the_warnings_are_those_of_counting(listed):
    units = built(listed)
    found = sums(tally(units, CODES))
    for place, code in enumerate(CODES):
        said = [values for _, values in pairable(units, code)]
        assert found.differing[place] == sum(len(set(values)) == 2 for values in said)
        assert found.together[place] == sum(values.count(1) >= 2 for values in said)
        assert found.without[place] == sum(values.count(0) >= 2 for values in said)


def simulated(transcripts, units, seed, coders=2):
    """Coders who see the truth most of the time, in transcripts that differ in how often a code applies."""
    chance = random.Random(seed)
    listed = []
    for number in range(transcripts):
        often = [chance.uniform(0.1, 0.6) for _ in CODES]
        for _ in range(units):
            truth = {code for code, share in zip(CODES, often, strict=True) if chance.random() < share}
            said = [truth ^ {chance.choice(CODES)} if chance.random() < 0.25 else truth for _ in range(coders)]
            listed.append((f"t{number:02}", [frozenset(held) for held in said]))
    return built(listed)


def test_bootstrap_limits_are_percentiles_of_alpha_over_drawn_transcripts():
    """26 draws, so that the limits of 90 % are the second lowest and the second highest alpha."""
    units = simulated(5, 6, seed=3, coders=3)
    parts = sums(tally(units, CODES))
    (drawn,) = alpha._drawn(5, seed=4, draws=26)
    lows, highs = alpha.bootstraps(parts, seed=4, draws=26, confidence=0.9)
    assert (drawn.sum(axis=1) == 5).all()
    for place, code in enumerate(CODES):
        said = pairable(units, code)
        values = sorted(
            plain_alpha([one for one in said for _ in range(int(times[int(one[0][1:])]))]) for times in drawn
        )
        assert same([lows[place], highs[place]], [values[1], values[-2]])


def test_draws_are_as_many_as_asked_for_however_they_are_cut(monkeypatch):
    parts = sums(tally(simulated(7, 5, seed=3), CODES))
    monkeypatch.setattr(alpha, "BLOCK", 70)
    blocks = list(alpha._drawn(7, seed=4, draws=26))
    assert [len(block) for block in blocks] == [10, 10, 6]
    assert all((block.sum(axis=1) == 7).all() for block in blocks)
    lows, highs = alpha.bootstraps(parts, seed=4, draws=26)
    assert (lows < highs).all()


def test_draws_without_the_code_are_left_out_of_the_bootstrap():
    """Only t0 has the code, so eight draws in 27 have no alpha; nobody gave the other code."""
    yes, no = frozenset({"pay"}), frozenset()
    listed = [("t0", [yes, yes]), ("t0", [yes, no]), ("t0", [no, no]), ("t1", [no, no]), ("t2", [no, no])]
    parts = sums(tally(built(listed), ["pay", "work"]))
    lows, highs = alpha.bootstraps(parts, seed=1, draws=200)
    assert 0 < lows[0] <= highs[0] < 1
    assert np.isnan([lows[1], highs[1]]).all()


# --- bootstrap and linearised -----------------------------------------------------------------------------------


def test_on_many_transcripts_both_kinds_of_limits_are_alike():
    parts = sums(tally(simulated(60, 40, seed=6), CODES))
    for one in alpha.estimates(parts, seed=1, draws=1000):
        assert one.bootstrap == pytest.approx((one.interval.low, one.interval.high), abs=0.01)
        assert one.interval.warnings == ()


def test_a_bootstrap_is_repeated_by_its_seed():
    parts = sums(tally(simulated(12, 10, seed=6), CODES))
    first, again, other = (list(alpha.estimates(parts, seed=seed, draws=100)) for seed in (5, 5, 6))
    assert first == again
    assert [one.bootstrap for one in first] != [one.bootstrap for one in other]


# --- what must not matter ---------------------------------------------------------------------------------------


def figures(units, codes=CODES):
    counted = tally(units, codes)
    return dict(zip(counted.codes, alpha.estimates(sums(counted), seed=1, draws=50), strict=True))


@given(studies, st.permutations(CODERS))
def test_the_names_of_the_coders_do_not_matter(listed, order):
    name = dict(zip(CODERS, order, strict=True))
    units = built(listed)
    renamed = [
        Unit(u.transcript, u.start, u.end, {name[coder]: held for coder, held in u.readings.items()}) for u in units
    ]
    assert figures(renamed) == figures(units)


@given(studies, st.randoms(use_true_random=False))
def test_the_order_of_the_units_does_not_matter(listed, order):
    units = built(listed)
    assert figures(order.sample(units, len(units))) == figures(units)


@given(studies, answers)
def test_a_unit_that_one_coder_read_changes_nothing(listed, held):
    lonely = Unit("t9", 0, 1, {} if held is None else {"ana": held})
    assert figures([*built(listed), lonely]) == figures(built(listed))


@given(studies)
def test_the_names_and_the_order_of_the_codes_do_not_matter(listed):
    units = built(listed)
    renamed = [
        Unit(
            u.transcript,
            u.start,
            u.end,
            {c: frozenset(code.upper() for code in held) for c, held in u.readings.items()},
        )
        for u in units
    ]
    found = figures(renamed, [code.upper() for code in reversed(CODES)])
    assert {code.lower(): one for code, one in found.items()} == figures(units)


@given(studies)
def test_a_study_taken_twice_has_the_same_percent_and_twice_the_counts(listed):
    units = built(listed)
    once, twice = count(tally(units, CODES, CODERS)), count(tally(units * 2, CODES, CODERS))
    assert [[2 * cell for cell in table] for table in once] == [list(table) for table in twice]


# --- corners ----------------------------------------------------------------------------------------------------


def test_codes_nobody_listed_come_last_and_a_code_listed_twice_once():
    units = built([("t1", [frozenset({"pay", "zeal"}), frozenset({"awe"})])])
    assert tally(units, ["stress", "pay", "stress"]).codes == ("stress", "pay", "awe", "zeal")


def test_nothing_applies_is_an_answer_and_a_skipped_unit_is_none():
    """Three read the first unit, two the second; five readings, of which one has the code."""
    listed = [("t1", [frozenset({"pay"}), frozenset(), frozenset()]), ("t1", [frozenset(), None, frozenset()])]
    found = sums(tally(built(listed), ["pay"]))
    assert (found.readings.tolist(), found.yes.tolist(), found.split.tolist()) == ([5], [[1]], [[1]])


def test_a_few_coders_can_be_counted_alone():
    """Cid is left out, and with him the unit that only he and ana read."""
    pay, none = frozenset({"pay"}), frozenset()
    counted = tally(
        built([("t1", [pay, pay, none]), ("t1", [none, none, pay]), ("t2", [pay, None, pay])]), [], CODERS[:2]
    )
    assert (counted.units, counted.transcripts) == (2, ("t1",))
    assert alpha.alphas(sums(counted)).tolist() == [1]


@pytest.mark.parametrize("units", [[], built([("t1", [frozenset(), None])])])
@pytest.mark.parametrize("codes", [(), CODES])
def test_without_units_there_are_no_figures(units, codes):
    counted = tally(units, codes)
    found = list(alpha.estimates(sums(counted), seed=1, draws=10))
    assert found == [alpha.Estimate(None, None, None, "alpha is undefined")] * len(codes)
    assert count(counted) == [(0, 0, 0, 0)] * len(codes)
