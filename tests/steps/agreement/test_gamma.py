"""Gamma: figures of other programs by name, the exact alignment against trying everything, and what is refused."""

import json
import random
from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualbench.errors import UsageError
from qualbench.steps.agreement.drawn import alignment
from qualbench.steps.agreement.drawn.alignment import TooMuchToAlign, least_disorder
from qualbench.steps.agreement.drawn.continua import Spans
from qualbench.steps.agreement.drawn.gamma import Costs, dissimilarity, gamma, observed_disorder, shuffled
from qualbench.steps.agreement.rated.ratings import Undefined

FILE = json.loads((Path(__file__).parent / "gamma_cases.json").read_text("utf-8"))


def published(name):
    data = FILE["datasets"][name]["data"]
    return Spans(data["begin"], data["end"], {c: [tuple(unit) for unit in u] for c, u in data["coders"].items()})


def named(coefficient):
    return [pytest.param(case, id=case["name"]) for case in FILE["cases"] if case["coefficient"] == coefficient]


def costs_of(case):
    return Costs(case["params"]["alpha"], case["params"]["beta"], case["params"]["delta_empty"])


@pytest.mark.parametrize("case", named("gamma_observed_disorder"))
def test_the_disorder_of_the_best_alignment_is_the_published_one(case):
    found = observed_disorder(published(case["data"]), costs_of(case))
    assert found == pytest.approx(case["expected"], abs=case["tolerance"]), case["source"]


@pytest.mark.parametrize("case", named("gamma"))
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_gamma_is_the_published_one(case, seed):
    assert case["params"]["sampler"] == "shuffle"
    found = gamma(published(case["data"]), costs_of(case), seed=seed, samples=1000)
    assert found.value == pytest.approx(case["expected"], abs=case["tolerance"]), case["source"]


# --- the alignment ------------------------------------------------------------------------------------------------

UNIT = st.builds(
    lambda start, length, code: (start, start + length, code),
    st.integers(0, 12),
    st.integers(1, 6),
    st.sampled_from("ab"),
)
CODERS = st.one_of(
    st.lists(st.lists(UNIT, max_size=4), min_size=2, max_size=2),
    st.lists(st.lists(UNIT, max_size=3), min_size=3, max_size=3),
    st.lists(st.lists(UNIT, max_size=2), min_size=4, max_size=4),
)
COSTS = st.builds(Costs, st.sampled_from([0, 0.2, 1, 3]), st.sampled_from([0, 1, 2]), st.sampled_from([0.5, 1]))


def tried_out(left, coders, costs):
    """The least disorder over every way to put units of different coders together."""
    if not left:
        return 0
    first, rest = left[0], left[1:]
    disorders = []
    for size in range(coders):
        for others in combinations(rest, size):
            together = (first, *others)
            if len({coder for coder, _ in together}) == len(together):
                remaining = [unit for unit in rest if unit not in others]
                disorders.append(unitary(together, coders, costs) + tried_out(remaining, coders, costs))
    return min(disorders)


def unitary(together, coders, costs):
    """The mean over pairs of coders; the formula of the paper, written anew."""
    total, pairs = 0, coders * (coders - 1) / 2
    for (_, (a, b, code)), (_, (c, d, other)) in combinations([(n, unit) for n, (_, *unit) in together], 2):
        place = ((abs(a - c) + abs(b - d)) / ((b - a) + (d - c))) ** 2
        total += costs.alpha * place * costs.delta_empty + costs.beta * costs.delta_empty * (code != other)
    missing = pairs - len(together) * (len(together) - 1) / 2
    return (total + missing * costs.delta_empty) / pairs


@given(CODERS, COSTS)
def test_no_alignment_has_less_disorder(coders, costs):
    everything = [(coder, (number, *unit)) for coder, units in enumerate(coders) for number, unit in enumerate(units)]
    found = least_disorder(coders, dissimilarity(costs), costs.delta_empty)
    assert found == pytest.approx(tried_out(everything, len(coders), costs))


@given(CODERS)
def test_the_order_of_coders_and_of_units_does_not_matter(coders):
    def disorder(of_coders):
        return least_disorder(of_coders, dissimilarity(Costs()), 1)

    assert disorder(coders) == pytest.approx(disorder([units[::-1] for units in coders[::-1]]))


def test_a_long_text_of_hundreds_of_units_is_aligned_exactly():
    """Every unit of the second coder begins one later than the first's: (2 / 20)^2 each."""
    first = [(place, place + 10, "a") for place in range(0, 6000, 20)]
    second = [(start + 1, end + 1, code) for start, end, code in first]
    assert least_disorder([first, second], dissimilarity(Costs()), 1) == pytest.approx(300 * 0.01)


# --- gamma --------------------------------------------------------------------------------------------------------


def test_coders_who_marked_the_same_have_a_gamma_of_1():
    units = [(3, 9, "a"), (20, 31, "b"), (40, 44, "a")]
    found = gamma(Spans(0, 60, {"ana": units, "ben": units, "cem": units}), seed=1, samples=20)
    assert (found.value, found.observed) == (1, 0)
    assert found.expected > 0


def test_units_drawn_at_random_have_a_gamma_near_0():
    """The mean over 40 pairs of coders who know nothing of each other."""
    chance = random.Random(5)

    def marked():
        starts = sorted(chance.sample(range(0, 200, 10), 8))
        return [(start, start + chance.randrange(3, 10), chance.choice("ab")) for start in starts]

    drawn = (Spans(0, 200, {"ana": marked(), "ben": marked()}) for _ in range(40))
    found = [gamma(spans, seed=seed, samples=20).value for seed, spans in enumerate(drawn)]
    assert abs(sum(found) / len(found)) < 0.06


def test_the_same_seed_gives_the_same_gamma_and_says_what_it_was_made_of():
    spans = published("pygamma_aps")
    one, again = (gamma(spans, Costs(3, 1, 1), seed=9, samples=30) for _ in range(2))
    assert one == again
    assert (one.costs, one.samples, one.seed) == (Costs(3, 1, 1), 30, 9)
    assert one != gamma(spans, Costs(3, 1, 1), seed=10, samples=30)


@given(st.integers(0, 1000))
def test_randomised_texts_keep_the_units_of_a_coder_and_move_them_as_one(seed):
    spans = published("pygamma_06")
    length, moves = 15, []
    for units in shuffled(spans, random.Random(seed)):
        assert all(0 <= start < length for start, _, _ in units)
        own = [unit for unit in spans.units.values() if [u[1] - u[0] for u in unit] == [u[1] - u[0] for u in units]]
        ((one, move),) = [
            (coder, (units[0][0] - coder[0][0]) % length)
            for coder in own
            if len({(new[0] - old[0]) % length for new, old in zip(units, coder, strict=True)}) == 1
        ]
        assert [code for _, _, code in units] == [code for _, _, code in one]
        moves.append(move)
    apart = abs(moves[0] - moves[1])
    assert min(apart, length - apart) >= 25 / 6 / 2  # the six units are 25 characters long together


# --- undefined and refused ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("spans", "why"),
    [
        (Spans(0, 20, {"ana": [(1, 3, "a")]}), "no text was read by two coders"),
        (Spans(0, 0, {"ana": [], "ben": []}), "no text was read by two coders"),
        (Spans(0, 20, {"ana": [], "ben": []}), "nobody marked anything"),
        (Spans(0, 20, {"ana": [(0, 20, "a")], "ben": [(0, 20, "a")]}), "the units agree however they are moved"),
    ],
)
def test_where_nothing_can_be_aligned_there_is_no_gamma(spans, why):
    found = gamma(spans, Costs(alpha=0), seed=1, samples=5)
    assert isinstance(found, Undefined)
    assert why in found.why


def test_a_coder_who_read_and_marked_nothing_counts():
    """Each of the three units is alone: a disorder of 1 each, over one and a half units a coder."""
    units = [(1, 3, "a"), (5, 7, "b"), (9, 12, "a")]
    assert observed_disorder(Spans(0, 20, {"ana": units, "ben": []})) == pytest.approx(3 / 1.5)
    assert gamma(Spans(0, 20, {"ana": units, "ben": []}), seed=1, samples=200).value < 0


@pytest.mark.parametrize("limit", ["MOST_UNITS", "MOST_TOGETHER", "MOST_STEPS"])
def test_beyond_its_size_gamma_is_refused_and_says_what_to_do(monkeypatch, limit):
    monkeypatch.setattr(alignment, limit, 3)
    with pytest.raises(TooMuchToAlign) as told:
        gamma(published("pygamma_aps"), seed=1, samples=1)
    assert "The best alignment of 16 units" in str(told.value)
    assert "u-alpha, which has no such limit" in str(told.value)


@pytest.mark.parametrize("costs", [(-1, 1, 1), (1, -1, 1), (1, 1, 0), (1, 1, float("nan"))])
def test_costs_that_reward_disorder_are_refused(costs):
    with pytest.raises(UsageError, match="costs can not be negative"):
        Costs(*costs)


def test_gamma_needs_a_randomised_text():
    with pytest.raises(UsageError, match="randomised texts"):
        gamma(published("pygamma_aps"), seed=1, samples=0)
