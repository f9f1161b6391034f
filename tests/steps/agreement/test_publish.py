"""What is published is computed twice: a run whose figures the package does not find is refused."""

import random
from dataclasses import replace
from importlib.metadata import version

import krippendorff
import pytest

from qualbench.model import Recipe, Unit
from qualbench.steps.agreement import AlphaMismatch, publish, run

CODES = ("stress", "work", "pay")


def study(units=60, coders=3, seed=2):
    """Coders with gaps who mostly agree on two codes; nobody uses the third."""
    chance = random.Random(seed)
    found = []
    for number in range(units):
        truth = {code for code in CODES[:2] if chance.random() < 0.4}
        readings = {
            f"coder {c}": frozenset(truth ^ {chance.choice(CODES[:2])} if chance.random() < 0.2 else truth)
            for c in range(coders)
            if chance.random() < 0.8
        }
        found.append(Unit(f"t{number % 7}", number * 10, number * 10 + 9, readings))
    return found


def agreement(units, **more):
    return run(units, codes=CODES, unit="turn", codebook="1.0", **more)


def test_a_right_run_says_how_it_was_checked():
    units = study()
    live = agreement(units)
    published = publish(live, units)
    assert replace(published, checked="") == live
    assert published.checked == (
        f"krippendorff {version('krippendorff')} computed 3 alphas of codes (1 of them undefined) over {live.units} "
        f"units and 3 alphas of code sets (masi, jaccard, dice) over {live.units} units, and found the same to 1e-9."
    )


@pytest.mark.parametrize("code", CODES[:2])
@pytest.mark.parametrize("by", [1e-6, -1e-6, 2e-9])
def test_a_run_with_one_alpha_changed_is_refused(code, by):
    units = study()
    live = agreement(units)
    changed = tuple(replace(c, alpha=c.alpha + by) if c.code == code else c for c in live.codes)
    with pytest.raises(AlphaMismatch, match=f"Alpha of '{code}'"):
        publish(replace(live, codes=changed), units)


def test_what_is_undefined_must_be_undefined_for_the_package_too():
    units = study()
    live = agreement(units)
    made_up = tuple(replace(code, alpha=1.0) if code.code == "pay" else code for code in live.codes)
    with pytest.raises(AlphaMismatch, match="None by the krippendorff package"):
        publish(replace(live, codes=made_up), units)
    lost = tuple(replace(code, alpha=None) if code.code == "work" else code for code in live.codes)
    with pytest.raises(AlphaMismatch, match="None by its formula"):
        publish(replace(live, codes=lost), units)


def test_a_run_of_other_units_is_refused():
    with pytest.raises(AlphaMismatch):
        publish(agreement(study(seed=2)), study(seed=3))


@pytest.mark.parametrize("answer", [0.5, float("nan"), None])
def test_a_package_that_finds_something_else_is_not_overruled(monkeypatch, answer):
    def broken(**_):
        if answer is None:
            raise ValueError("no")
        return answer

    units = study()
    live = agreement(units)
    monkeypatch.setattr(krippendorff, "alpha", broken)
    with pytest.raises(AlphaMismatch, match="so no agreement is reported"):
        publish(live, units)


@pytest.mark.parametrize("units", [[], [Unit("t1", 0, 9, {"ana": frozenset({"pay"})})]])
def test_a_run_without_figures_is_published_as_such(units):
    assert "3 alphas of codes (3 of them undefined) over 0 units" in publish(agreement(units), units).checked


# --- code sets ----------------------------------------------------------------------------------------------


def test_a_changed_set_alpha_is_refused():
    units = study()
    live = agreement(units)
    wrong = replace(live.set_alpha, value=live.set_alpha.value + 1e-6)
    with pytest.raises(AlphaMismatch, match=r"Alpha of 'code sets \(masi\)'"):
        publish(replace(live, set_alpha=wrong), units)


def test_other_distances_are_checked_too_and_what_the_package_can_not_compute_is_left_out():
    """Multi-valued alpha has a chance of its own, which the package does not know."""
    units = study()
    live = agreement(units)
    assert [one.distance for one in live.other_sets] == ["jaccard", "dice", "multi-valued"]
    jaccard, dice, multi = live.other_sets
    wrong = replace(dice, value=dice.value - 1e-6)
    with pytest.raises(AlphaMismatch, match=r"code sets \(dice\)"):
        publish(replace(live, other_sets=(jaccard, wrong, multi)), units)
    assert "(masi, jaccard, dice)" in publish(replace(live, other_sets=(jaccard, dice, multi)), units).checked


def test_of_many_units_a_sample_drawn_with_the_seed_is_enough(monkeypatch):
    """The package is given at most 150 units for sets, and all of them for each code."""
    units = study(600)
    live = agreement(units, recipe=Recipe(seed=9, draws=10))
    package, sizes = krippendorff.alpha, []

    def watched(**given):
        sizes.append(given["value_counts"].shape[0] if "value_counts" in given else given["reliability_data"].shape[1])
        return package(**given)

    monkeypatch.setattr(krippendorff, "alpha", watched)
    assert "over 150 units drawn with seed 9, and found" in publish(live, units).checked
    assert sizes == [live.units] * 3 + [150] * 3


def test_a_sample_of_many_different_sets_is_cut_until_the_package_has_room(monkeypatch):
    """Ten coders who give five of 40 codes at random: 150 units would have about 1,500 different sets."""
    chance = random.Random(1)
    names = [f"c{n}" for n in range(40)]
    units = [
        Unit("t1", n, n + 1, {f"coder {c}": frozenset(chance.sample(names, 5)) for c in range(10)}) for n in range(150)
    ]
    package, sizes = krippendorff.alpha, []

    def watched(**given):
        if "value_counts" in given:
            sizes.append(given["value_counts"].shape)
        return package(**given)

    monkeypatch.setattr(krippendorff, "alpha", watched)
    publish(agreement(units, recipe=Recipe(draws=10)), units)
    ((few, sets),) = set(sizes)
    assert few * sets**2 <= 1 << 23
    assert few >= 20
