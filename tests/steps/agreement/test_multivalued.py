"""Multi-valued alpha: worked by hand, and against listing every pair of sets that could be drawn.

The tables of Krippendorff & Craggs (2016) are among the published cases.
"""

import pytest
from hypothesis import given, settings

from qualbench.steps.agreement.labelled.multivalued import multivalued_alpha
from qualbench.steps.agreement.labelled.sets import set_alpha
from tests.steps.agreement import oracles
from tests.steps.agreement.published import units
from tests.steps.agreement.written import coded


def test_two_units_worked_by_hand():
    """{a} against {a, b}, {b} against {b}: a is given twice, b three times, three sets have one code, one has two.

    Do = (2 * 1/3) / 4 = 1/6. Two sets of one code: a, a with weight 2, b, b with 6, a and b twice with 6, so 12/20.
    One code and two: always {a, b} and one of its codes, 1/3. Two and two: always the same, 0.
    De = 9/16 * 12/20 + 2 * 3/16 * 1/3 = .4625.
    """
    assert multivalued_alpha(coded("a|ab", "b|b")) == pytest.approx(1 - (1 / 6) / 0.4625)


def test_popular_codes_that_both_give_earn_less_than_in_alpha_with_dice_distance():
    """Everybody gives p to everything and draws the second code at random: {p, a}|{p, b} share half by habit.

    p is given 8 times, a and b 4 times each; sets are pairs. Weights: {p,a} with itself 8*7*4*3 = 672, the same
    for {p,b}; {a,b} with itself 4*3*4*3 = 144; {p,a} with {p,b} 8*7*4*4 = 896 both ways; {p,a} with {a,b}
    8*4*3*4 = 384 both ways, {p,b} with {a,b} too. In all 4,816, of which 3,328 differ by half: De = 1664/4816.
    Two of four units differ by half: Do = 1/4.
    """
    value = multivalued_alpha(coded("pa|pa", "pb|pb", "pa|pb", "pb|pa"))
    assert value == pytest.approx(1 - (1 / 4) / (1664 / 4816))


@given(oracles.studies(codes="abcd", most=7))
@settings(deadline=None, max_examples=80)
def test_it_equals_listing_every_pair_of_sets_that_could_be_drawn(study):
    assert multivalued_alpha(study) == pytest.approx(oracles.multi_valued(study), abs=1e-10)


@pytest.mark.parametrize("study", [(), ("ab|.",), ("ab|ab", "ab|ab"), ("-|-", "-|-", "a|.")])
def test_without_units_or_variation_it_is_undefined(study):
    assert multivalued_alpha(coded(*study)) is None


def test_a_unit_that_one_coder_read_counts_neither_in_agreement_nor_in_chance():
    """The last unit of table 3 of the paper has one reading."""
    whole = units("kc2016_3")
    assert len(whole[-1].readings) == 1
    assert multivalued_alpha(whole) == multivalued_alpha(whole[:-1])


def test_sets_of_hundreds_of_codes_stay_within_what_floats_hold():
    """All of 400 codes against all but one, and none against none, 20 units of each.

    The code left out is given 20 times, the others 40. Sizes are 400 and 399 (1/4 each) and 0 (1/2). All with all
    but one: 1/799. Two sets of 399: relative to all codes in both, the same code is missing with the weight
    1/(n (n - 1)) and two codes with 1/((n - 1)(m - 1)), and then the distance is 1/399. With none it is 1.
    """
    full = "".join(chr(0x4E00 + n) for n in range(400))
    missing = [1 / 19] + [1 / 39] * 399
    two = sum(missing) ** 2 - sum(share**2 for share in missing)
    one = 1 / (20 * 19) + 399 / (40 * 39)
    expected = 1 / 2 + 2 / 16 / 799 + two / (two + one) / 399 / 16
    value = multivalued_alpha(coded(*[f"{full}|{full[1:]}", "-|-"] * 20))
    assert value == pytest.approx(1 - (1 / 799 / 2) / expected, abs=1e-12)


def test_codes_as_rare_as_one_in_thousands_count_as_they_should():
    """One coder gives all of 18 codes once, which makes products of very unequal counts; listed in whole numbers."""
    codes = "abcdefghijklmnopqr"
    study = coded(f"{codes}|ab", *["a|a", "a|b", "b|b"] * 2000, *["c|-", "-|-", "d|ae"] * 7)
    assert multivalued_alpha(study) == pytest.approx(oracles.multi_valued_in_whole_numbers(study), abs=1e-12)


def test_more_codes_in_one_set_than_it_can_be_worked_out_for_is_undefined():
    full = "".join(chr(0x4E00 + n) for n in range(401))
    found = set_alpha(coded(f"{full}|a", "a|a"), "multi-valued")
    assert found.value is None
    assert found.why == "undefined: a reading has more than 400 codes, for which its chance is not worked out"
    assert multivalued_alpha(coded(f"{full}|a", "a|a")) is None
