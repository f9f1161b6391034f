"""The table of the cross-analysis: labels are a pure function of cases, core ideas in categories, and rule."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualbench.errors import BadDecision
from qualbench.model import FREQUENCY_RULES, Category, CoreIdea, Frequency
from qualbench.steps.cqr.frequency import Sample, in_order, table
from qualbench.steps.cqr.stability import LEFT_OUT, check, digest, from_data, to_data
from qualbench.steps.cqr.subgroups import compare

SIZES = st.integers(1, 22)


@st.composite
def samples(draw: st.DrawFn) -> Sample:
    """Cases with up to three core ideas each, in up to six categories, some of them parts of others."""
    cases = tuple((f"c{n}", f"P{n:02}") for n in range(draw(SIZES)))
    ideas = tuple(
        CoreIdea(f"{case}-{n}", case, draw(st.sampled_from("AB")), f"{case} says {n}", ())
        for case, _ in cases
        for n in range(draw(st.integers(1, 3)))
    )
    made: list[Category] = []
    for n in range(draw(st.integers(0, 6))):
        domain = draw(st.sampled_from("AB"))
        inside = [one.id for one in ideas if one.domain == domain]
        held = tuple(draw(st.lists(st.sampled_from(inside), unique=True))) if inside else ()
        parents = ["", *(one.id for one in made if one.domain == domain)]
        made.append(Category(f"k{n}", domain, f"Category {n}", held, parent=draw(st.sampled_from(parents))))
    return Sample(cases, (("A", "Help"), ("B", "Harm")), ideas, tuple(made))


def cases_by_hand(sample: Sample, category: str) -> set[str]:
    """The cases of a category the slow way: every core idea, and every category above the one it is in."""
    over = {one.id: one.parent for one in sample.categories}
    found = set()
    for idea in sample.ideas:
        for one in sample.categories:
            at = one.id if idea.id in one.ideas else ""
            while at:
                if at == category:
                    found.add(idea.case)
                at = over[at]
    return found


def printed(of: int) -> dict[str, range]:
    """The limits as the methods page writes them, with none of the program's arithmetic."""
    many = of > 15
    return {
        "general": range(of - 1, of + 1),
        "typical": range(of // 2 + 1, of - 1),
        "variant": range(4 if many else 2, of // 2 + 1),
        "rare": range(2, 4) if many else range(0),
    }


@given(samples())
def test_labels_follow_from_cases_placements_and_rule(sample: Sample) -> None:
    made = table(sample)
    assert {row.category for row in made.rows} == {one.id for one in sample.categories}
    for row in made.rows:
        by_hand = cases_by_hand(sample, row.category)
        assert set(row.cases) == by_hand
        if len(by_hand) < 2:
            assert row.label == ("other" if by_hand else "none")
            assert not row.is_reported
        elif row.of > 4:  # under five cases the labels overlap, and general is what is asked first
            assert len(by_hand) in printed(row.of)[row.label]
        assert not by_hand or row.example in {one.words for one in sample.ideas if one.case in by_hand}


@given(samples(), st.integers(0, 99))
def test_the_same_input_gives_the_same_table(sample: Sample, seed: int) -> None:
    """Whatever order facts came in: every category has the cases and the label that it had."""
    chance = Random(seed)
    mixed = replace(
        sample,
        ideas=tuple(chance.sample(sample.ideas, len(sample.ideas))),
        categories=tuple(chance.sample(sample.categories, len(sample.categories))),
    )
    for rule in FREQUENCY_RULES.values():
        assert table(sample, rule) == table(sample, rule)
        one, other = ({row.category: (row.cases, row.label) for row in table(s, rule).rows} for s in (sample, mixed))
        assert one == other
        assert digest(sample, rule) == digest(mixed, rule)
    assert digest(sample, FREQUENCY_RULES["1997"]) != digest(sample)


@given(samples())
def test_mentions_are_not_counted(sample: Sample) -> None:
    """A case that says a thing twice is one case: doubling every core idea changes no label."""
    again = tuple(replace(one, id=f"{one.id}-again") for one in sample.ideas)
    twice = replace(
        sample,
        ideas=(*sample.ideas, *again),
        categories=tuple(
            replace(one, ideas=(*one.ideas, *(f"{id_}-again" for id_ in one.ideas))) for one in sample.categories
        ),
    )
    assert [row.cases for row in table(twice).rows] == [row.cases for row in table(sample).rows]


def test_core_ideas_of_cases_that_are_no_longer_there_count_nothing() -> None:
    ideas = tuple(CoreIdea(f"i{n}", f"c{n}", "A", "Words", ()) for n in range(3))
    held = Category("k", "A", "All", ("i0", "i2", "gone"))
    sample = Sample((("c0", "P0"), ("c1", "P1")), (("A", "Help"),), ideas, (held,))
    (row,) = table(sample).rows
    assert (row.cases, row.of, row.label) == (("c0",), 2, Frequency.OTHER)


def test_sub_categories_stand_behind_their_category_and_a_circle_loses_none() -> None:
    a, b, c = (Category(id_, "A", id_, (), parent=parent) for id_, parent in (("a", ""), ("b", ""), ("c", "a")))
    assert [(one.id, depth) for one, depth in in_order([a, b, c])] == [("a", 0), ("c", 1), ("b", 0)]
    assert [(one.id, depth) for one, depth in in_order([c])] == [("c", 0)]
    circle = [replace(a, parent="c"), c, b]
    assert {one.id for one, _ in in_order(circle)} == {"a", "b", "c"}


# --- subgroups -----------------------------------------------------------------------------------------------------


def grouped(north: int, of_north: int, south: int, of_south: int) -> tuple[bool, bool]:
    """Whether a category that so many of the cases of two groups have differs by two steps, and by 30 points."""
    sizes = {"north": (north, of_north), "south": (south, of_south)}
    cases = tuple((f"{name}{n}", f"{name}{n}") for name, (_, of) in sizes.items() for n in range(of))
    ideas = tuple(CoreIdea(f"i-{id_}", id_, "A", "Words", ()) for id_, _ in cases)
    held = tuple(f"i-{name}{n}" for name, (k, _) in sizes.items() for n in range(k))
    sample = Sample(cases, (("A", "Help"),), ideas, (Category("k", "A", "One", held),))
    (row,) = compare(sample, "site", {id_: id_[:5] for id_, _ in cases}).rows
    return bool(row.two_steps), bool(row.thirty_points)


@pytest.mark.parametrize(
    ("numbers", "differs"),
    [
        # general 10 of 10 and variant 5 of 10: general, typical, variant are two steps; 50 points
        ((10, 10, 5, 10), (True, True)),
        # general 9 of 10 and typical 6 of 10: one step; exactly 30 points
        ((9, 10, 6, 10), (False, True)),
        # typical 6 of 10 and variant 4 of 10: one step, 20 points
        ((6, 10, 4, 10), (False, False)),
        # typical 6 of 10 and a single case: typical, variant, not reported; 50 points
        ((6, 10, 1, 10), (True, True)),
        # variant 5 of 10 and none: one step where nothing is rare; 50 points
        ((5, 10, 0, 10), (False, True)),
        # of 20: variant 4 and none have rare between them; 20 points
        ((4, 20, 0, 20), (True, False)),
        # of 20: rare 3 and none: one step
        ((3, 20, 0, 20), (False, False)),
        # 2 of 3 are 66.7 %, 11 of 30 are 36.7 %: exactly 30 points, which no rounding may lose
        ((2, 3, 11, 30), (True, True)),
    ],
)
def test_a_difference_by_either_rule(numbers: tuple[int, int, int, int], differs: tuple[bool, bool]) -> None:
    assert grouped(*numbers) == differs


@given(samples(), st.data())
def test_a_subgroup_has_the_table_of_its_own_cases(sample: Sample, data: st.DataObject) -> None:
    values = {id_: data.draw(st.sampled_from(["north", "south", ""])) for id_, _ in sample.cases}
    found = compare(sample, "site", values)
    for name, one in found.groups:
        alone = replace(sample, cases=tuple(case for case in sample.cases if values[case[0]] == name))
        assert one == table(alone)
    assert len(found.left_out) == sum(not value for value in values.values())


# --- stability -----------------------------------------------------------------------------------------------------


@given(samples(), st.integers(0, 9))
def test_two_cases_left_out_and_put_back(sample: Sample, seed: int) -> None:
    if len(sample.cases) <= LEFT_OUT:
        with pytest.raises(BadDecision, match="Two cases are left out"):
            check(sample, None, seed)
        return
    found = check(sample, None, seed)
    out = {id_ for id_, _ in found.left_out}
    assert len(out) == 2
    assert out <= {id_ for id_, _ in sample.cases}
    rest = replace(sample, cases=tuple(one for one in sample.cases if one[0] not in out))
    without = {row.category: row for row in table(rest).rows}
    for row in found.rows:
        assert row.without is without[row.category].label
        whole = cases_by_hand(sample, row.category)
        assert row.is_new == (bool(whole) and whole <= out)
    assert found == check(sample, None, seed)
    assert from_data(to_data(found)) == found
