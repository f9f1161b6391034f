"""Drawing a round: who codes what, the same for everyone who draws with the same seed."""

import random
from collections import Counter
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualbench.errors import QualbenchError, UsageError
from qualbench.steps.agreement.rounds.drawing import Candidate, draw, draw_again

TEAM = ["ana", "ben", "cid"]


def interviews(*segments):
    return [Candidate(f"t{number}", size) for number, size in enumerate(segments, start=1)]


def together(drawn):
    return {transcript for transcript, coders in drawn.assignments.items() if len(coders) > 1}


def loads(drawn, candidates):
    load = Counter()
    for one in candidates:
        load.update(dict.fromkeys(drawn.assignments[one.transcript], one.segments))
    return load


def meetings(drawn, team):
    met = Counter(dict.fromkeys(combinations(team, 2), 0))
    for coders in drawn.assignments.values():
        met.update(combinations(coders, 2))
    return met.values()


# --- which transcripts -----------------------------------------------------------------------------------------


def test_a_fifth_of_ten_equal_interviews_is_two():
    drawn = draw(interviews(*[30] * 10), TEAM, share=0.2, seed=1)
    assert len(together(drawn)) == 2
    assert drawn.share == pytest.approx(0.2)


def test_the_share_is_of_segments_and_is_passed_rather_than_missed():
    long_one = [Candidate("long", 90), Candidate("short", 10)]
    for seed in range(20):
        drawn = draw(long_one, TEAM, share=0.2, seed=seed)
        assert together(drawn) in ({"long"}, {"long", "short"})
        assert drawn.share == pytest.approx(0.9 if together(drawn) == {"long"} else 1)


def test_the_transcripts_drawn_come_in_the_order_of_the_seeds_numbers():
    """One number of `random.Random(seed).random()` for each transcript by name; the smallest are drawn."""
    names = [f"t{number}" for number in range(8)]
    for seed in range(5):
        chance = random.Random(seed)
        number = {name: chance.random() for name in names}
        drawn = draw([Candidate(name, 10) for name in names], TEAM, share=0.5, seed=seed)
        assert together(drawn) == set(sorted(names, key=number.__getitem__)[:4])


def test_seeds_draw_every_transcript_about_equally_often():
    drawn = Counter(
        name for seed in range(300) for name in together(draw(interviews(*[5] * 6), TEAM, share=1 / 3, seed=seed))
    )
    # 100 expected of each; 5 standard deviations of a binomial(300, 1/3) are 41
    assert len(drawn) == 6
    assert all(59 < times < 141 for times in drawn.values())


def test_nothing_and_everything_are_shares_too():
    candidates = interviews(10, 20, 30)
    nothing, everything = (draw(candidates, TEAM, share=share, seed=3) for share in (0, 1))
    assert not together(nothing)
    assert together(everything) == {"t1", "t2", "t3"}
    assert (nothing.share, everything.share) == (0, 1)


def test_transcripts_without_segments_that_count_are_coded_by_one():
    drawn = draw([*interviews(10, 10), Candidate("empty", 0)], TEAM, share=1, seed=1)
    assert len(drawn.assignments["empty"]) == 1
    assert drawn.share == 1


# --- strata ----------------------------------------------------------------------------------------------------


def roles(**counts):
    return [Candidate(f"{role}{number}", 10, role) for role, count in counts.items() for number in range(count)]


def drawn_by_role(candidates, share, seed):
    drawn = together(draw(candidates, TEAM, share=share, strata="role", seed=seed))
    return Counter(one.stratum for one in candidates if one.transcript in drawn)


@pytest.mark.parametrize("seed", range(5))
def test_strata_are_drawn_in_proportion_by_largest_remainders(seed):
    # of 20 transcripts 7 are due: nurses 3.85, doctors 2.10, porters 1.05; the whole parts make 6, the last is a nurse
    assert drawn_by_role(roles(nurse=11, doctor=6, porter=3), 0.35, seed) == {"nurse": 4, "doctor": 2, "porter": 1}


@pytest.mark.parametrize("seed", range(5))
def test_every_stratum_has_one_when_the_share_has_room(seed):
    # of 20 transcripts 4 are due: nurses 3.4, doctors .4, porters .2
    assert drawn_by_role(roles(nurse=17, doctor=2, porter=1), 0.2, seed) == {"nurse": 2, "doctor": 1, "porter": 1}


def test_the_share_is_kept_when_there_are_more_strata_than_it_has_room_for():
    assert sum(drawn_by_role(roles(a=2, b=2, c=2, d=2, e=2), 0.2, seed=1).values()) == 2


def test_without_a_name_for_them_strata_are_not_looked_at():
    candidates = roles(nurse=9, doctor=1)
    plain = [Candidate(one.transcript, one.segments) for one in candidates]
    assert draw(candidates, TEAM, share=0.3, seed=4) == draw(plain, TEAM, share=0.3, seed=4)


# --- who codes them --------------------------------------------------------------------------------------------


def test_two_coders_share_what_is_drawn_and_halve_the_rest():
    candidates = interviews(*[10] * 10)
    drawn = draw(candidates, ["ben", "ana"], share=0.2, seed=9)
    assert {drawn.assignments[transcript] for transcript in together(drawn)} == {("ana", "ben")}
    assert loads(drawn, candidates) == {"ana": 60, "ben": 60}


@pytest.mark.parametrize("coders", [3, 4, 5, 6, 8])
@pytest.mark.parametrize("transcripts", [1, 4, 7, 15, 28, 31])
def test_every_two_coders_meet_equally_often_within_one(coders, transcripts):
    team = [f"coder{number}" for number in range(coders)]
    drawn = draw(interviews(*[10] * transcripts), team, share=1, seed=transcripts)
    times = meetings(drawn, team)
    assert max(times) - min(times) <= 1
    assert sum(times) == transcripts


def test_three_of_four_coders_meet_equally_after_four_transcripts():
    drawn = draw(interviews(*[10] * 4), [*TEAM, "dan"], share=1, coders_each=3, seed=2)
    assert set(meetings(drawn, [*TEAM, "dan"])) == {2}  # four triples, each pair in two of them
    assert len(set(drawn.assignments.values())) == 4


def test_the_rest_evens_out_what_the_shared_part_left_uneven():
    candidates = interviews(40, *[5] * 28)
    for seed in range(10):
        load = loads(draw(candidates, TEAM, share=0.1, seed=seed), candidates)
        assert max(load.values()) - min(load.values()) <= 5


# --- the record ------------------------------------------------------------------------------------------------


def test_the_record_says_method_seed_and_share_reached():
    drawn = draw(interviews(*[10] * 8), TEAM, share=0.2, seed=42).drawn
    assert drawn == (
        "Drawn at random until 20 % of the segments were reached (seed 42): 2 of 8 transcripts with 20 of 80 segments "
        "(25.0 %) for 2 coders each, the other 6 for one coder each so that all have about as many segments."
    )


def test_the_record_of_a_stratified_draw_says_how_many_of_each():
    candidates = [*roles(nurse=6, doctor=3), Candidate("unknown", 10)]
    drawn = draw(candidates, TEAM, share=0.3, strata="role", seed=5).drawn
    assert drawn.startswith(
        "Drawn at random within role (none 1 of 1, doctor 1 of 3, nurse 1 of 6), in proportion to segments, "
        "until 30 % of them were reached (seed 5): 3 of 10 transcripts"
    )


# --- what can not be drawn -------------------------------------------------------------------------------------


@pytest.mark.parametrize("share", [-0.1, 1.1, 20, float("nan")])
def test_a_share_is_from_0_to_1(share):
    with pytest.raises(UsageError, match=r"can not be drawn.*from 0 to 1"):
        draw(interviews(10), TEAM, share=share, seed=1)


def test_there_must_be_as_many_coders_as_are_to_code_together():
    with pytest.raises(UsageError, match="3 coders each are asked for, and there are 2"):
        draw(interviews(10), ["ana", "ben", "ana"], share=0.5, coders_each=3, seed=1)
    with pytest.raises(UsageError, match="there is 1"):
        draw(interviews(10), ["ana"], share=0.5, seed=1)


def test_one_coder_each_is_no_round():
    with pytest.raises(UsageError, match="1 coder each can not agree"):
        draw(interviews(10), TEAM, share=0.5, coders_each=1, seed=1)


@pytest.mark.parametrize("candidates", [[], interviews(0, 0)])
def test_nothing_to_draw_is_said(candidates):
    with pytest.raises(QualbenchError, match="nothing to draw"):
        draw(candidates, TEAM, share=0.5, seed=1)


def test_a_transcript_is_named_once():
    with pytest.raises(UsageError, match="'t1' is to be drawn from twice"):
        draw([*interviews(10), *interviews(20)], TEAM, share=0.5, seed=1)


# --- for any study ---------------------------------------------------------------------------------------------

studies = st.lists(
    st.tuples(st.integers(0, 40), st.sampled_from(["", "nurse", "doctor"])), min_size=1, max_size=12
).map(lambda rows: [Candidate(f"t{number}", size, role) for number, (size, role) in enumerate(rows)])
teams = st.lists(st.sampled_from("abcdef"), min_size=2, unique=True)
shares, seeds, attributes = st.floats(0, 1), st.integers(0, 2**32), st.sampled_from(["", "role"])


@given(studies.filter(lambda some: any(one.segments for one in some)), teams, shares, seeds, attributes, st.data())
def test_a_draw_can_be_drawn_again_and_keeps_its_promises(candidates, team, share, seed, strata, data):
    each = data.draw(st.integers(2, len(team)))
    drawn = draw(candidates, team, share=share, coders_each=each, strata=strata, seed=seed)

    mixed, other_order = data.draw(st.permutations(candidates)), data.draw(st.permutations(team))
    assert draw(mixed, other_order, share=share, coders_each=each, strata=strata, seed=seed) == drawn

    assert set(drawn.assignments) == {one.transcript for one in candidates}
    for coders in drawn.assignments.values():
        assert len(coders) in (1, each)
        assert len(set(coders)) == len(coders)
        assert set(coders) <= set(team)

    double, total = together(drawn), sum(one.segments for one in candidates)
    sizes = [one.segments for one in candidates if one.transcript in double]
    assert drawn.share == pytest.approx(sum(sizes) / total)
    assert sum(sizes) >= share * total - 1e-6
    assert not sizes or sum(sizes) - max(sizes) < share * total  # not one transcript more than it takes

    # who codes one alone had the least before: nobody has more than anyone else by more than that transcript
    load = loads(drawn, candidates)
    for one in candidates:
        coders = drawn.assignments[one.transcript]
        smallest = [other.segments for other in candidates if drawn.assignments[other.transcript] == coders]
        if len(coders) == 1:
            assert load[coders[0]] - min(smallest) <= min(load[coder] for coder in team)


# --- again -----------------------------------------------------------------------------------------------------


def test_coding_again_asks_the_same_coders_for_a_share_and_nobody_for_the_rest():
    drawn = draw_again(interviews(*[30] * 10), ["ben", "ana"], share=0.3, seed=4)
    assert list(drawn.assignments.values()) == [("ana", "ben")] * 3
    assert drawn.share == pytest.approx(0.3)
    assert drawn == draw_again(interviews(*[30] * 10)[::-1], ["ana", "ben"], share=0.3, seed=4)
    assert drawn.drawn.endswith("(seed 4): 3 of 10 transcripts for the same coders again.")


@pytest.mark.parametrize("share", [0, -0.1, 1.1])
def test_no_share_to_code_again_is_refused(share):
    with pytest.raises(UsageError):
        draw_again(interviews(30), ["ana"], share=share, seed=1)


def test_nothing_to_code_again_is_said():
    with pytest.raises(QualbenchError, match="no transcript that all of them have coded"):
        draw_again([], ["ana"], share=0.5, seed=1)
