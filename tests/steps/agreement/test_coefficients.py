"""The coefficients of a table: published figures by name, and what is undefined."""

import random
from collections import Counter
from dataclasses import replace

import krippendorff
import pytest

from qualbench.steps.agreement import AlphaMismatch
from qualbench.steps.agreement.labelled.kupper_hafner import mezzich
from qualbench.steps.agreement.labelled.multivalued import multivalued_alpha
from qualbench.steps.agreement.rated import coefficients, kappas, ratings, spreadsheet, standard_errors
from qualbench.steps.agreement.rated.coefficients import NO_CATEGORIES, NO_UNITS, NO_VARIATION
from qualbench.steps.agreement.rated.distances import distances
from tests.steps.agreement.published import CASES, read, units

FUNCTIONS = {
    "cohen_kappa": coefficients.cohen,
    "scott_pi": coefficients.scott,
    "fleiss_kappa": coefficients.fleiss,
    "conger_kappa": coefficients.conger,
    "brennan_prediger": coefficients.brennan_prediger,
    "bennett_s": coefficients.brennan_prediger,
    "pabak": coefficients.brennan_prediger,
    "gwet_ac1": coefficients.gwet,
    "percent_agreement": coefficients.percent,
    "krippendorff_alpha": coefficients.alpha,
    "light_kappa": lambda told: kappas.light(told).value,
    "cohen_kappa_max": kappas.cohen_max,
    "percent_agreement_se": standard_errors.percent,
    "cohen_kappa_se": standard_errors.cohen,
    "fleiss_kappa_se": standard_errors.fleiss,
    "fleiss_kappa_z0": standard_errors.fleiss_z,
    "conger_kappa_se": standard_errors.conger,
    "brennan_prediger_se": standard_errors.brennan_prediger,
    "gwet_ac1_se": standard_errors.gwet,
    "krippendorff_alpha_se": standard_errors.alpha,
}
OVER_SETS = {"mv_alpha_nominal": multivalued_alpha, "mezzich_kappa": mezzich}
FAMILY = (coefficients.fleiss, coefficients.conger, coefficients.brennan_prediger, coefficients.gwet)


def computed(case):
    if case["coefficient"] == "masi_distance":
        held = read(case["data"], "set")
        return distances(held, None, "masi")(slice(None))[held.cells[0][0], held.cells[0][1]]
    if case["coefficient"] == "krippendorff_alpha_sets":
        return coefficients.alpha(read(case["data"], "set"), case["params"]["distance"])
    if case["coefficient"] in OVER_SETS:
        return OVER_SETS[case["coefficient"]](units(case["data"]))
    if case["coefficient"] == "fleiss_category_kappa":
        return kappas.fleiss_category(read(case["data"]), str(case["params"]["category"]))
    return FUNCTIONS[case["coefficient"]](read(case["data"], case["params"].get("metric", "nominal")))


# --- published ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_the_published_figure_is_reproduced(case):
    assert computed(case) == pytest.approx(case["expected"], abs=case["tolerance"]), case["source"]


OTHERS = [
    pytest.param(case, program, value, id=f"{case['name']}, {program}")
    for case in CASES
    for program, value in case.get("disagrees", {}).items()
    if isinstance(value, float)
]
"""What other programs print instead; those that end with an exception are left out."""


@pytest.mark.parametrize(("case", "program", "value"), OTHERS)
def test_the_faults_of_other_programs_are_not_shared(case, program, value):
    """R irr forgets m - 1 with three coders and no gaps; DKPro weighs the Jaccard distance and calls it MASI."""
    assert abs(computed(case) - value) > max(case["tolerance"], 1e-4), program


def test_the_faults_that_are_not_shared_are_the_known_ones():
    programs = Counter(other.values[1].split()[0] for other in OTHERS)
    assert programs == {"R": 9, "DKPro": 5}


# Artstein & Poesio (2008) sec. 4: statements, checks and requests; a check is half as far from the other two.
DIALOGUE = [(1, 1)] * 46 + [(1, 3)] * 6 + [(2, 2)] * 10 + [(2, 3)] * 6 + [(3, 3)] * 32
"""Statements 1, checks 2, requests 3, by two coders."""


def test_weighted_kappa_of_published_tables():
    """.297 and .189 as R irr prints them for kappa2(anxiety[, 1:2]) with "squared" and "equal"; .8163 for the acts."""
    both = read("irr_anxiety", "interval")
    anxiety = replace(both, cells=tuple(row[:2] for row in both.cells), coders=("a", "b"))
    assert coefficients.cohen(anxiety, "quadratic") == pytest.approx(0.297, abs=0.0005)
    assert coefficients.cohen(anxiety, "linear") == pytest.approx(0.189, abs=0.0005)
    acts = ratings.of("interval", [[float(a), float(b)] for a, b in DIALOGUE])
    assert coefficients.cohen(acts, "linear") == pytest.approx(0.8163, abs=0.00005)


# What irrCAC-py 0.4.4 prints for fleiss, conger, Brennan-Prediger and AC2 with the weights that fit the level.
WEIGHTED = [
    ("kripp_4x12", "interval", (0.86494, 0.85771, 0.90152, 0.914)),
    ("kripp_4x12", "ordinal", (0.85021, 0.84366, 0.88636, 0.89894)),
    ("kripp_4x12", "ratio", (0.82134, 0.81197, 0.84024, 0.85737)),
    ("hayes2007", "interval", (0.74987, 0.75365, 0.825, 0.84764)),
    ("hayes2007", "ordinal", (0.69977, 0.70373, 0.77778, 0.8026)),
    ("irr_anxiety", "interval", (0.15603, 0.18998, 0.44571, 0.53529)),
    ("irr_anxiety", "ordinal", (0.12718, 0.15992, 0.4, 0.48613)),
    ("irr_anxiety", "ratio", (0.12726, 0.16941, 0.30426, 0.39791)),
]


@pytest.mark.parametrize(("data", "level", "printed"), WEIGHTED)
def test_near_misses_count_in_part_at_ordered_levels(data, level, printed):
    assert [one(read(data, level)) for one in FAMILY] == pytest.approx(printed, abs=0.00001)


# --- undefined ----------------------------------------------------------------------------------------------

CHANCE = ("alpha", "ci", "kappa", "pi", "fleiss", "conger", "bp", "ac1")


def told(level, rows):
    return spreadsheet.to_data(spreadsheet.agreement(ratings.of(level, rows)))


@pytest.mark.parametrize(("level", "value"), [("nominal", "no"), ("ordinal", 1.0), ("interval", 2.5), ("ratio", 0.0)])
@pytest.mark.parametrize("more", [[], [[None, None]]])
def test_without_variation_no_figure_but_percent_exists(level, value, more):
    """Other programs answer 1, nan or an exception here."""
    found = told(level, [[value, value]] * 8 + more)
    assert {key: found[key] for key in CHANCE} == dict.fromkeys(CHANCE)
    assert found["percent"] == 1
    assert set(found["why"]) == set(CHANCE)
    assert set(found["why"].values()) == {NO_VARIATION.why}


def test_variation_outside_what_can_be_compared_is_none():
    found = told("nominal", [["no", "no"]] * 5 + [["yes", None]])
    assert [found[key] for key in CHANCE] == [None] * 8


@pytest.mark.parametrize("rows", [[], [["a", None]], [["a", None], [None, "b"]], [[None, None]]])
def test_without_a_unit_of_two_coders_nothing_exists(rows):
    found = told("nominal", [row[:] for row in rows] or [])
    assert found["n_pairable"] == 0
    assert found["n_units"] == len(rows)
    assert [found[key] for key in (*CHANCE, "percent")] == [None] * 9
    assert found["why"]["alpha"] == found["why"]["percent"] == NO_UNITS.why


def test_coders_who_never_use_the_same_value_are_at_chance_or_below():
    found = told("nominal", [["a", "b"]] * 6)
    assert found["kappa"] == 0
    assert found["alpha"] < 0
    assert found["percent"] == 0


def test_kappa_and_pi_are_for_two_coders():
    found = told("nominal", [["a", "a", "b"], ["b", "b", "b"], ["a", "b", "a"]])
    assert (found["kappa"], found["pi"]) == (None, None)
    assert found["why"]["kappa"].startswith("Cohen's kappa is for two coders")
    assert found["why"]["pi"].startswith("Scott's pi is for two coders")
    assert found["fleiss"] is not None


def test_two_coders_with_a_gap_give_kappa_and_pi_over_the_units_of_both():
    rows = [["a", "a"], ["a", "b"], ["b", "b"], ["b", "b"]]
    whole, gaps = (ratings.of("nominal", more) for more in (rows, [*rows, ["a", None], [None, "b"]]))
    assert coefficients.cohen(gaps) == pytest.approx(coefficients.cohen(whole))
    assert coefficients.scott(gaps) == pytest.approx(coefficients.scott(whole))


def test_sets_have_alpha_and_percent_alone():
    found = told("set", [[frozenset("ab"), frozenset("a")], [frozenset("b"), frozenset("b")]] * 3)
    assert found["percent"] == 0.5
    for key in ("kappa", "pi", "fleiss", "conger", "bp", "ac1"):
        assert found[key] is None
        assert found["why"][key] in (NO_CATEGORIES.why, "Cohen's kappa is for two coders; conger is its form for more")


def test_an_empty_set_is_a_rating_and_a_missing_one_is_not():
    """{} against {a} is a disagreement of 1; nobody against {a} is no unit at all."""
    some = [[frozenset("a"), frozenset("a")], [frozenset(), frozenset()]]
    empty = told("set", [*some, [frozenset(), frozenset("a")]])
    missing = told("set", [*some, [None, frozenset("a")]])
    assert (empty["n_pairable"], missing["n_pairable"]) == (3, 2)
    assert (empty["percent"], missing["percent"]) == (pytest.approx(2 / 3), 1)
    assert empty["alpha"] == pytest.approx(1 - (2 / 6) / (2 * 3 * 3 / (6 * 5)))
    assert missing["alpha"] == 1


def test_squares_that_vanish_are_no_variation_rather_than_a_division_by_zero():
    found = told("interval", [[1e-200, 3e-200], [1e-200, 1e-200], [3e-200, 3e-200]])
    assert found["alpha"] == pytest.approx(told("interval", [[1.0, 3.0], [1.0, 1.0], [3.0, 3.0]])["alpha"])


# --- the second computation -----------------------------------------------------------------------------------


@pytest.mark.parametrize("level", ["nominal", "ordinal", "interval", "ratio", "set"])
def test_no_alpha_is_given_when_the_package_finds_another(monkeypatch, level):
    value = {"nominal": ("a", "b"), "set": (frozenset("a"), frozenset("ab"))}.get(level, (1.0, 2.0))
    told = ratings.of(level, [value, value[::-1], (value[0], value[0])])
    right = coefficients.alpha(told)
    monkeypatch.setattr(krippendorff, "alpha", lambda **_: right + 1e-8)
    with pytest.raises(AlphaMismatch, match=r"Alpha of 'moods\.csv'"):
        coefficients.alpha(told, name="moods.csv")
    monkeypatch.setattr(krippendorff, "alpha", lambda **_: float("nan"))
    with pytest.raises(AlphaMismatch):
        coefficients.alpha(told)


def test_a_table_too_large_for_the_package_is_checked_on_a_sample(monkeypatch):
    """400 units of 40 values need 640,000 numbers; with room for 20,000 the package gets fewer units."""
    chance = random.Random(4)
    table = ratings.of("interval", [[float(chance.randrange(40)) for _ in range(2)] for _ in range(400)])
    whole = coefficients.alpha(table)
    package, sizes = krippendorff.alpha, []

    def watched(**given):
        sizes.append(given["value_counts"].shape)
        return package(**given)

    monkeypatch.setattr(krippendorff, "alpha", watched)
    monkeypatch.setattr(coefficients, "CHECKED_CELLS", 20_000)
    assert coefficients.alpha(table) == whole
    ((units, values),) = sizes
    assert 2 <= units < 400
    assert units * values**2 <= 20_000
