"""Saturation by hand, and on the worked example of Guest, Namey & Chen 2020."""

from itertools import permutations
from statistics import median

import pytest

from qualbench.model import Code, Method, Role
from qualbench.steps.matrices import (
    CONSENSUS,
    Evidence,
    Grid,
    Place,
    Rule,
    Source,
    UnknownName,
    band,
    curve,
    evidence,
    first_uses,
    grid,
    saturation,
    why_off,
)
from qualbench.steps.matrices.saturation import families, judged
from tests.steps.matrices.studies import I, little

ORDER = "the order of interviewing"


def study(*interviews: str, role: Role = Role.PARTICIPANT) -> Evidence:
    """One transcript for each word, one code for each letter."""
    return evidence(
        [
            Place(CONSENSUS, f"t{number}", 0, 5, letter, 0, role, f"p{number}")
            for number, word in enumerate(interviews, 1)
            for letter in word
        ],
        codes=[Code(letter, letter.upper()) for letter in "abcdefghijklm"],
        transcripts=[Source(f"t{number}", f"Interview {number}") for number in range(1, len(interviews) + 1)],
    )


def drawn_up(*interviews: str) -> Grid:
    made = study(*interviews)
    return grid(made, [one.id for one in made.transcripts], ORDER)


def test_the_example_of_the_paper() -> None:
    """Base of 4 interviews with 37 themes; the first run of 2 brings 7 (19 %), reached at 6+2 with 1 of 37 (3 %)."""
    found = judged([16, 10, 6, 5, 4, 3, 1, 0], Rule(base=4, run=2, threshold=0.05))
    assert found.base == 37
    assert [(one.after, one.new) for one in found.steps] == [(4, 7), (5, 4), (6, 1)]
    assert [round(100 * (one.ratio or 0)) for one in found.steps] == [19, 11, 3]
    assert found.reached == 6
    assert found.told == (
        "Saturation is reached at 6+2 interviews: base size 4, run length 2, new information at most 5%, "
        "in the order given (Guest, Namey & Chen 2020)."
    )


def test_a_stricter_threshold_and_a_longer_run_take_longer() -> None:
    new = [16, 10, 6, 5, 4, 3, 1, 0, 0, 0]
    assert judged(new, Rule(threshold=0)).reached == 7
    assert judged(new, Rule(run=3)).reached == 6
    assert judged(new, Rule(base=6, run=3, threshold=0)).reached == 7
    assert judged(new[:7], Rule(threshold=0)).reached is None


def test_new_and_cumulative_ideas_interview_by_interview() -> None:
    found = saturation(drawn_up("abc", "ad", "be", "c", "f", "a", "", "g"))
    assert found.new == (3, 1, 1, 0, 1, 0, 0, 1)
    assert found.cumulative == (3, 4, 5, 5, 6, 6, 6, 7)
    assert found.base == 5
    assert [one.ratio for one in found.steps] == [1 / 5, 0, 1 / 5]
    assert found.reached == 5


def test_the_order_of_coding_is_another_order() -> None:
    made = study("abc", "ad", "be")
    back = saturation(grid(made, ["t3", "t2", "t1"], "the order of coding"), Rule(base=1, run=1))
    assert back.new == (2, 2, 1)
    assert "in the order of coding" in back.told
    assert saturation(grid(made, ["t2", "t3"], "the order of coding")).new == (2, 2)  # one site by itself


def test_a_code_that_was_split_off_is_no_new_information() -> None:
    made = study("ab", "c", "d", "e")
    order = ["t1", "t2", "t3", "t4"]
    assert saturation(grid(made, order, ORDER)).new == (2, 1, 1, 1)
    split = grid(made, order, ORDER, came_from={"c": ("a",), "d": ("a",)})
    assert saturation(split).new == (2, 0, 0, 1)
    assert [one.label for one in split.ideas] == ["A / C / D", "B", "E"]


def test_halves_of_a_split_are_one_idea_even_when_the_whole_is_used_no_more() -> None:
    made = study("b", "c", "d")
    assert saturation(grid(made, ["t1", "t2", "t3"], ORDER, came_from={"c": ("a",), "d": ("a",)})).new == (1, 1, 0)


def test_what_was_merged_is_one_idea() -> None:
    made = study("a", "b", "c")
    assert saturation(grid(made, ["t1", "t2", "t3"], ORDER, came_from={"c": ("a", "b")})).new == (1, 0, 0)


def test_a_circle_of_ancestors_ends() -> None:
    found = families([Code("a", "A"), Code("b", "B"), Code("c", "C")], {"a": ("b", "a"), "b": ("a", "gone")})
    assert [one.label for one in found] == ["A / B", "C"]


def test_the_grid_shows_where_a_code_is_new() -> None:
    made = drawn_up("b", "ab", "a")
    assert made.first == (0, 1)
    assert first_uses(made) == (
        ("", "Interview 1", "Interview 2", "Interview 3"), ("B", "first", "again", ""), ("A", "", "first", "again"),
    )  # fmt: skip


def test_the_data_of_the_curve() -> None:
    made = drawn_up("ab", "c", "", "d")
    lines = curve(made, saturation(made, Rule(base=2, run=1, threshold=0)))
    assert lines[0] == ("number", "interview", "new", "cumulative", "ratio of the run after it")
    assert lines[1:] == (
        ("1", "Interview 1", "2", "2", ""), ("2", "Interview 2", "1", "3", "0"),
        ("3", "Interview 3", "0", "3", "0.333"), ("4", "Interview 4", "1", "4", ""),
    )  # fmt: skip


def test_interviewers_bring_no_ideas() -> None:
    made = study("a", "b", role=I)
    assert saturation(grid(made, ["t1", "t2"], ORDER)).cumulative == (0, 0)


def test_what_can_not_be_said_is_not_said() -> None:
    assert judged([5, 1], Rule()).told.startswith("Too few interviews to say: 2 of the 6 that are needed")
    nothing = judged([0, 0, 0, 0, 0, 0], Rule())
    assert nothing.reached is None
    assert "no code in the first 4 interviews" in nothing.told
    assert judged([4, 4, 4, 4, 4, 4], Rule()).told.startswith("Saturation is not reached in 6 interviews")
    with pytest.raises(ValueError, match="at least 1"):
        Rule(run=0)
    with pytest.raises(UnknownName, match="no transcript called 't9'"):
        grid(little(), ["t9"], ORDER)


def test_random_orders_make_a_band_around_every_order_there_is() -> None:
    """Five interviews have 120 orders, so that the median over all of them can be worked out."""
    words = ("abc", "ab", "ab", "d", "ab")
    made = drawn_up(*words)
    found = band(made, Rule(base=2, run=1, threshold=0), orders=2000, seed=3)
    curves = [[len(set("".join(order[: at + 1]))) for at in range(5)] for order in permutations(words)]
    assert list(found.middle) == [median(one[at] for one in curves) for at in range(5)]
    assert list(found.low) == [min(one[at] for one in curves) for at in range(5)]
    assert list(found.high) == [max(one[at] for one in curves) for at in range(5)]
    reached = [next((n for n in (2, 3, 4) if one[n] == one[n - 1]), None) for one in curves]
    for after, times in found.reached:
        assert times / 2000 == pytest.approx(reached.count(after) / 120, abs=0.04)
    assert {after for after, _ in found.reached} == set(reached) - {None}


def test_a_draw_can_be_repeated_with_its_seed() -> None:
    made = drawn_up("abc", "ad", "be", "c", "f", "a", "h", "g")
    assert band(made, orders=20, seed=5) == band(made, orders=20, seed=5)
    assert band(made, orders=20, seed=5) != band(made, orders=20, seed=6)
    assert "(seed 5)" in band(made, orders=20, seed=5).told
    assert len(curve(made, saturation(made), band(made, orders=20))[0]) == 8


def test_a_band_of_nothing_is_flat() -> None:
    found = band(grid(little(), [], ORDER), orders=3)
    assert (found.middle, found.reached) == ((), ())


def test_methods_that_have_no_saturation_say_why() -> None:
    assert "makes themes instead of finding them" in why_off(Method.REFLEXIVE)
    assert "fixes the number of cases" in why_off(Method.CQR)
    assert not why_off(Method.CODEBOOK)
