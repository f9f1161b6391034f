"""Explanations: every figure has one, each fits a small screen, and the numbers they quote are right."""

import dataclasses

import pytest

from qualbench.model import CodeAgreement, Overall
from qualbench.steps.agreement.explanations import EXPLANATIONS

NOT_FIGURES = {"code", "both", "only_a", "only_b", "neither", "why", "no_interval"}


def names(cls, but=frozenset()):
    return {field.name for field in dataclasses.fields(cls)} - but


def test_every_figure_of_a_code_and_of_all_codes_is_explained():
    shown = names(CodeAgreement, NOT_FIGURES) | names(Overall, {"defined", "undefined"})
    assert shown <= set(EXPLANATIONS)


def test_every_distance_between_code_sets_and_every_figure_of_free_spans_is_explained():
    sets = {"masi", "jaccard", "dice", "multi-valued", "kupper_hafner"}
    spans = {"u", "binary", "coding", "ku", "coverage", "boundary", "gamma"}
    assert sets | spans | {"qualcoder"} <= set(EXPLANATIONS)


@pytest.mark.parametrize("figure", EXPLANATIONS)
def test_an_explanation_fits_two_lines_of_80_and_leaves_nothing_out(figure):
    for field in dataclasses.fields(EXPLANATIONS[figure]):
        text = getattr(EXPLANATIONS[figure], field.name)
        assert 0 < len(text) <= 160, field.name
        assert text == " ".join(text.split()), field.name


@pytest.mark.parametrize("figure", EXPLANATIONS)
def test_what_it_is_and_when_it_misleads_are_sentences(figure):
    one = EXPLANATIONS[figure]
    assert one.what[-1] in ".?"
    assert one.misleads[-1] == "."


def test_no_two_figures_have_the_same_name():
    assert len({one.name for one in EXPLANATIONS.values()}) == len(EXPLANATIONS)


def test_two_people_who_mark_2_percent_at_random_get_what_the_texts_say():
    share = 0.02
    percent = share**2 + (1 - share) ** 2
    chance = 2 * share * (1 - share)
    assert f"{100 * percent:.0f} %" in EXPLANATIONS["percent"].misleads
    assert f"{2 * percent - 1:.2f}".lstrip("0") in EXPLANATIONS["pabak"].misleads
    assert f"{(percent - chance) / (1 - chance):.2f}".lstrip("0") in EXPLANATIONS["ac1"].misleads


def test_half_marked_text_at_pure_chance_has_the_qualcoder_figure_that_the_text_quotes():
    # 10,000 characters, each coder marks 5,000, of which 2,500 are the same: 7,500 are marked at all
    marked, a, b, both = 7500, 5000, 5000, 2500
    chance = (a / marked * b / marked) * ((marked - a) / marked * (marked - b) / marked)
    figure = (both / marked - chance) / (1 - chance)
    assert f"pure chance gave {figure:.2f}".replace("0.", ".") in EXPLANATIONS["qualcoder"].misleads


def test_alpha_is_above_pi_by_what_the_text_says():
    # 10 segments: 2 both, 1 only the one, 1 only the other, 6 neither. Each coder gave it 3 times of 10.
    segments, percent, share = 10, 0.8, 0.3
    chance = share**2 + (1 - share) ** 2
    pi = (percent - chance) / (1 - chance)
    alpha = 1 - (2 * segments - 1) * 2 / (6 * 14)  # 1 - (2N - 1)(b + c) / (n1 n0), Krippendorff 2011
    assert alpha == pytest.approx(pi + (1 - pi) / (2 * segments))
    assert "(1 - pi) / (2 x segments)" in EXPLANATIONS["pi"].misleads
