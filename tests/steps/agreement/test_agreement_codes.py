"""Agreement code by code: against hand-worked tables, published cases, and the properties figures must have.

Patterns say what the coders did on a unit, a character each: 1 applied the code, 0 did not, . skipped it.
"""

import dataclasses
import math
import random
import subprocess
import sys

import krippendorff
import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualbench.errors import UnknownCoder, UsageError
from qualbench.model import Overall, Recipe, Unit
from qualbench.steps.agreement import run, units
from tests.steps.agreement.published import CASES, rows

CODERS = ("ana", "ben", "cid", "dee")
ANSWERS = {"1": frozenset({"stress"}), "0": frozenset()}


def coded(patterns):
    """Units from patterns and how often each occurs."""
    listed = [pattern for pattern, times in patterns.items() for _ in range(times)]
    return [
        Unit("t1", 10 * n, 10 * n + 9, {c: ANSWERS[a] for c, a in zip(CODERS, p, strict=False) if a != "."})
        for n, p in enumerate(listed)
    ]


def agreement(units, codes=("stress",), **more):
    return run(units, codes=codes, unit="turn", codebook="1.0", **more)


def stress(patterns, **more):
    (code,) = agreement(coded(patterns), **more).codes
    return code


def table(code):
    return [code.both, code.only_a, code.only_b, code.neither]


# --- worked by hand -----------------------------------------------------------------------------------------


def test_figures_of_twenty_units():
    """Table 8, 2, 1, 9 (both, only ana, only ben, neither); N = 20.

    percent = 17/20; positive = 16/(16+2+1); negative = 18/(18+2+1); prevalence 10/20 and 9/20.
    kappa: chance = (10*9 + 10*11)/400 = .5, so (.85 - .5)/(1 - .5) = .7.
    alpha: 19 yes and 21 no among 40 readings: 1 - 39*3/(19*21) = 1 - 117/399.
    pi: chance = .475^2 + .525^2 = .50125; AC1: chance = 2*.475*.525 = .49875; PABAK: chance .5.
    """
    code = stress({"11": 8, "10": 2, "01": 1, "00": 9})
    assert table(code) == [8, 2, 1, 9]
    assert code.prevalence == (0.5, 0.45)
    assert code.percent == 0.85
    assert code.positive == pytest.approx(16 / 19)
    assert code.negative == pytest.approx(18 / 21)
    assert code.kappa == pytest.approx(0.7)
    assert code.alpha == pytest.approx(1 - 117 / 399)
    assert code.pi == pytest.approx((0.85 - 0.50125) / (1 - 0.50125))
    assert code.ac1 == pytest.approx((0.85 - 0.49875) / (1 - 0.49875))
    assert code.pabak == pytest.approx(0.7)
    assert code.prevalence_index == pytest.approx(-1 / 20)
    assert code.bias_index == pytest.approx(1 / 20)
    assert code.why == ""


def test_perfect_agreement_is_one():
    """Table 3, 0, 0, 2: nothing is split, so every figure is 1."""
    code = stress({"11": 3, "00": 2})
    assert (code.percent, code.positive, code.negative, code.kappa, code.alpha) == (1, 1, 1, 1, 1)


def test_opposite_coders_are_below_chance():
    """Table 0, 2, 2, 0: chance = .5, kappa = (0 - .5)/.5 = -1; alpha = 1 - 7*4/(4*4) = -.75."""
    code = stress({"10": 2, "01": 2})
    assert (code.percent, code.positive, code.negative, code.kappa, code.alpha) == (0, 0, 0, -1, -0.75)


def test_three_coders_with_a_gap():
    """Units 11., 100, 000: 8 readings, yes 3, no 5; split: 2*0/1 + 1*2/2 + 0 = 1; 1 - 7*1/(3*5) = 8/15.

    The table is ana's and ben's: both 1, only ana 1, neither 1.
    """
    code = stress({"11.": 1, "100": 1, "000": 1})
    assert code.alpha == pytest.approx(8 / 15)
    assert table(code) == [1, 1, 0, 1]


def test_codes_are_counted_apart(interview):
    """
    P: One.    | ana: stress, work | ben: stress
    I: Why?    | ana: stress       | ben: work
    P: Two.    | ana: work         | ben: work, stress
    P: Three.  | ana: -            | ben: -
    P: Four.   | ana: stress
    """
    compared = units(interview.transcript, interview.passes)
    result = agreement(compared, codes=["work", "stress", "pay"])
    assert {code.code: table(code) for code in result.codes} == {
        "work": [1, 1, 0, 1],
        "stress": [1, 0, 1, 1],
        "pay": [0, 0, 0, 3],
    }
    assert (result.units, result.coders, result.transcripts) == (3, ("ana", "ben"), ("t1",))
    assert (result.unit, result.codebook) == ("turn", "1.0")


# --- published ----------------------------------------------------------------------------------------------

FREELON_2 = "Freelon (2010) Int J Internet Sci 5:20, Table 9 (data via R package icr)"
FREELON_3 = "Freelon (2010) Int J Internet Sci 5:20, Table 10 (data via R package icr)"

PUBLISHED = [
    ("Krippendorff (2011) sec. A", {"11": 1, "10": 1, "01": 3, "00": 5}, {"alpha": (0.095, 0.0005)}),
    (
        "Artstein & Poesio (2008) p.558",
        {"11": 20, "10": 10, "01": 20, "00": 50},
        {"percent": (0.7, 0.0006), "kappa": (0.348, 0.0006)},
    ),
    ("Feinstein & Cicchetti (1990)", {"11": 80, "10": 10, "01": 5, "00": 5}, {"kappa": (0.32, 0.005)}),
    (
        FREELON_2,
        {"11": 1, "10": 1, "01": 5, "00": 43},
        {"alpha": (0.1929, 0.0001), "kappa": (0.202, 0.0006), "percent": (0.88, 0.0006)},
    ),
    (
        FREELON_2,
        {"11": 8, "10": 2, "01": 1, "00": 39},
        {"alpha": (0.807, 0.0001), "kappa": (0.81, 0.006), "percent": (0.94, 0.0006)},
    ),
    (
        FREELON_2,
        {"11": 12, "00": 38},
        {"alpha": (1.0, 0.0001), "kappa": (1.0, 0.0006), "percent": (1.0, 0.0006)},
    ),
    (
        FREELON_2,
        {"11": 6, "10": 1, "00": 13},
        {"alpha": (0.8889, 0.0001), "kappa": (0.89, 0.006), "percent": (0.95, 0.0006)},
    ),
    (
        "Krippendorff (2019) p.306",
        {"000": 3, "001": 2, "100": 2, "110": 3, "111": 2},
        {"alpha": (0.2343, 0.0005)},
    ),
    (
        FREELON_3,
        {"000": 39, "010": 4, "100": 2, "101": 1, "110": 3, "111": 1},
        {"alpha": (0.341, 0.0001)},
    ),
    (FREELON_3, {"000": 27, "100": 1}, {"alpha": (0.0, 0.0001)}),
    (FREELON_3, {"000": 10, "100": 3, "110": 1, "111": 6}, {"alpha": (0.7227, 0.0001)}),
    (FREELON_3, {"000": 48, "100": 1, "111": 1}, {"alpha": (0.7449, 0.0001)}),
]


@pytest.mark.parametrize(("source", "patterns", "printed"), PUBLISHED)
def test_published_figures_are_reproduced(source, patterns, printed):
    code = stress(patterns)
    for figure, (value, tolerance) in printed.items():
        assert getattr(code, figure) == pytest.approx(value, abs=tolerance), (source, figure)


FIGURES = {
    "krippendorff_alpha": "alpha",
    "cohen_kappa": "kappa",
    "scott_pi": "pi",
    "percent_agreement": "percent",
    "pabak": "pabak",
    "bennett_s": "pabak",
    "brennan_prediger": "pabak",
    "gwet_ac1": "ac1",
}


def yes_no(data):
    """A published data set of two categories as units on which the second category is a code; None for others."""
    cells = rows(data)
    values = sorted({value for row in cells for value in row if value is not None}, key=str)
    if len(values) != 2 or any(isinstance(value, frozenset) for value in values):
        return None
    held = {values[0]: frozenset(), values[1]: frozenset({"stress"})}
    return [
        Unit("t1", n, n + 1, {f"coder {c}": held[value] for c, value in enumerate(row) if value is not None})
        for n, row in enumerate(cells)
    ]


def binary(case):
    if case["coefficient"] not in FIGURES or case["params"].get("metric", "nominal") != "nominal":
        return False
    compared = yes_no(case["data"])
    if compared is None:
        return False
    return case["coefficient"] == "krippendorff_alpha" or all(len(unit.readings) == 2 for unit in compared)


BINARY = [case for case in CASES if binary(case)]


@pytest.mark.parametrize("case", BINARY, ids=lambda case: case["name"])
def test_published_figures_of_two_categories_are_those_of_a_code(case):
    (code,) = agreement(yes_no(case["data"])).codes
    assert getattr(code, FIGURES[case["coefficient"]]) == pytest.approx(case["expected"], abs=case["tolerance"])


def test_enough_published_cases_have_two_categories():
    assert {FIGURES[case["coefficient"]] for case in BINARY} >= {"alpha", "kappa", "percent"}
    assert len(BINARY) >= 10


# --- undefined and flagged ----------------------------------------------------------------------------------


def test_a_code_nobody_applied_has_no_alpha_kappa_or_positive_agreement():
    code = stress({"00": 4})
    assert (code.percent, code.negative, code.prevalence) == (1, 1, (0, 0))
    assert (code.positive, code.kappa, code.alpha) == (None, None, None)
    assert code.why == "undefined (no variation): neither coder applied it"


def test_a_code_both_applied_everywhere_has_no_alpha_kappa_or_negative_agreement():
    code = stress({"11": 4})
    assert (code.percent, code.positive, code.prevalence) == (1, 1, (1, 1))
    assert (code.negative, code.kappa, code.alpha) == (None, None, None)
    assert code.why == "undefined (no variation): both coders applied it to every unit"


@pytest.mark.parametrize("patterns", [{}, {"1.": 3}, {"1.": 2, ".0": 2}])
def test_without_a_unit_that_two_coders_read_nothing_is_defined(patterns):
    result = agreement(coded(patterns))
    (code,) = result.codes
    assert (result.units, result.transcripts, table(code)) == (0, (), [0, 0, 0, 0])
    assert code.prevalence == (None, None)
    assert {code.percent, code.positive, code.negative, code.kappa, code.alpha} == {None}
    assert code.why == "undefined (no units): no unit was coded by two coders"
    assert result.set_alpha.value is None


@pytest.mark.parametrize(("pattern", "user"), [("10", "ana"), ("01", "ben")])
@pytest.mark.parametrize("others", [{"00": 5}, {}])
def test_a_code_of_one_coder_alone_is_flagged_and_no_better_than_chance(pattern, user, others):
    code = stress({pattern: 3, **others})
    assert code.why == f"only {user} uses this code"
    assert code.kappa == 0
    assert code.alpha is not None
    assert code.alpha <= 0


def test_a_code_one_coder_applied_everywhere_is_defined():
    """Table 2, 3, 0, 0: chance = (5*2 + 0*3)/25 = .4 is the share agreed, so kappa is 0; none is missing."""
    code = stress({"11": 2, "10": 3})
    assert (code.kappa, code.why) == (0, "")


def test_a_pair_without_variation_may_stand_beside_a_defined_alpha_of_all_coders():
    code = stress({"000": 3, "001": 1})
    assert code.kappa is None
    assert code.alpha == pytest.approx(0)
    assert code.why == "ana and ben: undefined (no variation): neither coder applied it"


@pytest.mark.parametrize(
    ("patterns", "reason"),
    [
        ({"000": 3}, "no coder applied it"),
        ({"111": 3}, "every coder applied it to every unit"),
    ],
)
def test_three_coders_without_variation_have_no_alpha(patterns, reason):
    code = stress(patterns)
    assert code.alpha is None
    assert code.why.endswith(f"; all coders: undefined (no variation): {reason}")


def test_a_pair_that_shares_no_unit_has_no_table():
    code = stress({"1.1": 2, ".00": 2})
    assert table(code) == [0, 0, 0, 0]
    assert code.alpha == 1
    assert code.why == "ana and ben: undefined (no units): no unit was coded by two coders"


# --- which codes and coders ---------------------------------------------------------------------------------


def test_codes_come_in_the_order_of_the_codebook_and_unknown_ones_last():
    result = agreement(coded({"11": 1, "00": 1}), codes=["work", "pay"])
    assert [code.code for code in result.codes] == ["work", "pay", "stress"]


def test_a_pair_is_chosen_from_three_coders_and_leads_them():
    result = agreement(coded({"110": 2, "011": 1, "000": 1}), pair=("cid", "ben"))
    assert result.coders == ("ben", "cid", "ana")
    assert table(result.codes[0]) == [1, 2, 0, 1]


def test_alpha_of_all_coders_does_not_depend_on_the_pair():
    patterns = {"110": 2, "011": 1, "000": 1, "1.1": 2}
    assert stress(patterns).alpha == stress(patterns, pair=("ben", "cid")).alpha


def test_a_pair_must_be_two_coders_of_the_study():
    with pytest.raises(UnknownCoder, match="eve"):
        stress({"11": 1}, pair=("ana", "eve"))
    with pytest.raises(UsageError, match="ana"):
        stress({"11": 1}, pair=("ana", "ana"))


# --- how sure it is -----------------------------------------------------------------------------------------


def spread(patterns, transcripts):
    """Units from patterns, dealt out to transcripts one after the other."""
    return [dataclasses.replace(unit, transcript=f"t{n % transcripts}") for n, unit in enumerate(coded(patterns))]


def test_limits_worked_by_hand():
    """Units 11, 00, 10 in three transcripts: alpha 4/9, the error of log(1 - alpha) is 1 (worked in test_intervals).

    With t of two degrees 4.302653 the upper limit is 1 - 5/9 exp(-4.302653), the lower one under -1.
    """
    (code,) = agreement(spread({"11": 1, "00": 1, "10": 1}, 3)).codes
    assert code.alpha == pytest.approx(4 / 9)
    assert code.interval.low == -1
    assert code.interval.high == pytest.approx(1 - 5 / 9 * math.exp(-4.302653), abs=1e-7)
    assert (code.interval.clusters, code.no_interval) == (3, "")
    assert [warning.partition(",")[0] for warning in code.interval.warnings] == [
        "the interval rests on 3 transcripts",
        "the coders differ on 1 unit",
        "too few uses: coders agree on it on 1 unit",
        "used nearly everywhere: coders agree to leave it out on 1 unit",
    ]


@pytest.mark.parametrize(
    ("patterns", "transcripts", "few"),
    [
        ({"11": 20, "00": 20, "10": 5}, 8, []),
        ({"11": 21, "00": 20, "10": 6}, 5, ["rests on 5 transcripts"]),
        ({"11": 20, "00": 20, "10": 4}, 8, ["differ on 4 units"]),
        ({"11": 4, "00": 20, "10": 5}, 8, ["too few uses"]),
        ({"11": 20, "00": 4, "10": 5}, 8, ["used nearly everywhere"]),
        ({"110": 5, "000": 20}, 8, []),
    ],
)
def test_limits_that_rest_on_little_come_with_a_warning(patterns, transcripts, few):
    (code,) = agreement(spread(patterns, transcripts)).codes
    assert len(code.interval.warnings) == len(few)
    assert all(part in warning for part, warning in zip(few, code.interval.warnings, strict=True))


@pytest.mark.parametrize(
    ("patterns", "transcripts", "why"),
    [
        ({"00": 9}, 9, "alpha is undefined"),
        ({}, 0, "alpha is undefined"),
        ({"11": 4, "00": 5}, 9, "nobody disagreed, so how far alpha varies is open"),
        ({"11": 4, "10": 5}, 2, "an interval needs at least 3 transcripts, and there are 2"),
        ({"10": 9}, 9, "all transcripts have the same disagreement, so how far alpha varies is open"),
    ],
)
def test_without_limits_it_says_why(patterns, transcripts, why):
    (code,) = agreement(spread(patterns, transcripts)).codes
    assert (code.interval, code.bootstrap, code.no_interval) == (None, None, why)


def test_transcripts_that_one_coder_read_are_no_witnesses():
    alone = [dataclasses.replace(unit, transcript=f"s{n}") for n, unit in enumerate(coded({"1.": 9}))]
    (code,) = agreement(spread({"11": 4, "10": 5}, 2) + alone).codes
    assert code.no_interval == "an interval needs at least 3 transcripts, and there are 2"


def test_the_recipe_tells_seed_and_draws_and_goes_with_the_run():
    compared = spread({"11": 23, "00": 61, "10": 11, "01": 8}, 11)
    recipe = Recipe(seed=7, draws=200, round="pilot")
    one, again = (agreement(compared, recipe=recipe) for _ in range(2))
    other = agreement(compared, recipe=dataclasses.replace(recipe, seed=8))
    assert one == again
    assert one.recipe == recipe
    assert one.codes[0].bootstrap != other.codes[0].bootstrap
    assert one.codes[0].interval == other.codes[0].interval


# --- all codes together -------------------------------------------------------------------------------------


def both_codes(first, second):
    """Two codes, stress and work, on the same units."""
    work = {code: frozenset({"work"} if code else ()) for code in (True, False)}
    return [
        dataclasses.replace(
            one, readings={c: one.readings[c] | work["stress" in other.readings[c]] for c in CODERS[:2]}
        )
        for one, other in zip(coded(first), coded(second), strict=True)
    ]


def test_the_codes_together():
    """Stress 8, 2, 1, 9: percent .85, chance .5; work 1, 0, 1, 18: percent .95, chance (1*2 + 19*18)/400 = .86.

    Pooled (.9 - .68)/(1 - .68) = .6875. Alphas 1 - 39*3/(19*21) and 1 - 39*1/(3*37); `pay` has none.
    """
    compared = both_codes({"11": 8, "10": 2, "01": 1, "00": 9}, {"11": 1, "01": 1, "00": 18})
    overall = agreement(compared, codes=["stress", "pay", "work"]).overall
    assert overall.pooled == pytest.approx(0.6875)
    assert overall.mean == pytest.approx((1 - 117 / 399 + 1 - 39 / 111) / 2)
    assert overall.minimum == pytest.approx(1 - 39 / 111)
    assert (overall.defined, overall.undefined) == (2, 1)


def test_without_a_defined_code_there_is_nothing_to_average():
    overall = agreement(coded({"00": 4}), codes=["stress", "pay"]).overall
    assert overall == Overall(None, None, None, defined=0, undefined=2)


# --- live ---------------------------------------------------------------------------------------------------


def test_a_live_run_never_calls_the_package(monkeypatch):
    def refuse(*_, **__):
        raise AssertionError("called")

    monkeypatch.setattr(krippendorff, "alpha", refuse)
    assert agreement(coded({"11": 1, "00": 1})).checked == ""


def test_importing_agreement_loads_no_heavy_library():
    program = "import sys, qualbench.steps.agreement; print({'numpy', 'krippendorff'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"


# --- properties ---------------------------------------------------------------------------------------------

two_coders = st.dictionaries(st.sampled_from(["11", "10", "01", "00"]), st.integers(1, 30), min_size=1)
four_coders = st.lists(st.text("01.", min_size=4, max_size=4), min_size=1, max_size=25)


@given(two_coders)
def test_swapping_the_coders_keeps_the_figures_and_transposes_the_table(patterns):
    code, swapped = stress(patterns), stress({pattern[::-1]: times for pattern, times in patterns.items()})
    assert table(swapped) == [code.both, code.only_b, code.only_a, code.neither]
    assert swapped.prevalence == code.prevalence[::-1]
    for figure in ("percent", "positive", "negative", "kappa", "alpha"):
        assert getattr(swapped, figure) == getattr(code, figure)


@given(four_coders, st.randoms(use_true_random=False))
def test_the_order_of_units_does_not_matter(patterns, order: random.Random):
    listed = [dataclasses.replace(unit, start=n) for n, p in enumerate(patterns) for unit in coded({p: 1})]
    shuffled = order.sample(listed, len(listed))
    found, expected = agreement(shuffled), agreement(listed)
    assert (found.codes, found.overall) == (expected.codes, expected.overall)
    for one, other in zip(
        (found.set_alpha, *found.other_sets), (expected.set_alpha, *expected.other_sets), strict=True
    ):
        assert one.value == (None if other.value is None else pytest.approx(other.value, abs=1e-12))


@given(four_coders, st.sampled_from(["1...", ".0..", "...."]))
def test_a_unit_fewer_than_two_coders_read_changes_nothing(patterns, lonely):
    compared = coded({"1010": 1}) + [unit for pattern in patterns for unit in coded({pattern: 1})]
    assert agreement(compared + coded({lonely: 3})) == agreement(compared)


@given(two_coders)
def test_figures_stay_in_their_ranges(patterns):
    code = stress(patterns)
    for share in (code.percent, code.positive, code.negative, *code.prevalence):
        assert share is None or 0 <= share <= 1
    assert (code.alpha is None) == (code.kappa is None)
    assert code.alpha is None or -1 <= code.alpha <= 1
    assert bool(code.why) >= (None in (code.positive, code.negative, code.kappa, code.alpha))
