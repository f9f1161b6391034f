"""Causes of differences: transcripts are drawn as one line a coder and one column a turn.

A letter is a code, several letters are several codes, `-` is "nothing applies" and `?` a turn the coder skipped.
"""

import pytest

from qualbench.model import Cause, Unit
from qualbench.steps.agreement import units
from qualbench.steps.agreement.causes import by_cause, differences

MISSED, OTHER, RELATED, BOUNDARY, GRANULARITY = Cause

WARD_UNDER_STRESS = {"w": "s", "s": ""}


def coded(doc, transcript="t1"):
    lines = [line.split() for line in doc.splitlines() if line.strip()]
    coders = {name: [None if cell == "?" else frozenset(cell.strip("-")) for cell in cells] for name, *cells in lines}
    columns = zip(*coders.values(), strict=True)
    readings = [
        {coder: codes for coder, codes in zip(coders, column, strict=True) if codes is not None} for column in columns
    ]
    return tuple(Unit(transcript, turn, turn + 1, said) for turn, said in enumerate(readings))


@pytest.fixture
def turns(request):
    return coded(request.function.__doc__)


def causes(turns, parents={}):  # noqa: B006 - never changed
    return {(one.start, one.code): one.cause for one in differences(turns, parents)}


# --- what a difference is --------------------------------------------------------------------------------------


def test_a_difference_names_who_gave_the_code_who_did_not_and_what_they_gave_instead(turns):
    """
    ben  p
    ana  sw
    cid  pw
    """
    stress, work, pay = (next(one for one in differences(turns) if one.code == code) for code in ("s", "w", "p"))
    assert (stress.by, stress.without, stress.instead) == (("ana",), ("ben", "cid"), ("p",))
    assert (pay.by, pay.without, pay.instead) == (("ben", "cid"), ("ana",), ("s",))
    assert (work.by, work.without, work.instead) == (("ana", "cid"), ("ben",), ())
    assert (work.transcript, work.start, work.end) == ("t1", 0, 1)


def test_only_what_two_coders_read_can_differ(turns):
    """
    ana  s  s  -  ?
    ben  ?  s  -  ?
    """
    assert differences(turns) == ()


def test_differences_come_in_the_order_of_the_text_and_of_the_codes(turns):
    """
    ana  t  sp
    ben  -  -
    """
    assert [(one.start, one.code) for one in differences(turns[::-1])] == [(0, "t"), (1, "p"), (1, "s")]


# --- missed, and another code ----------------------------------------------------------------------------------


def test_a_code_with_nothing_in_its_place_was_missed(turns):
    """
    ana  s
    ben  -
    """
    assert causes(turns) == {(0, "s"): MISSED}


def test_a_code_beside_a_shared_code_was_missed(turns):
    """
    ana  sp
    ben  p
    """
    assert causes(turns) == {(0, "s"): MISSED}


def test_two_codes_in_each_others_place_are_two_differences(turns):
    """
    ana  sx
    ben  px
    """
    assert causes(turns) == {(0, "s"): OTHER, (0, "p"): OTHER}


def test_anyone_without_the_code_can_explain_it(turns):
    """
    ana  s
    ben  -
    cid  p
    """
    assert causes(turns)[0, "s"] == OTHER


# --- parent or child -------------------------------------------------------------------------------------------


def test_a_child_instead_of_its_parent_is_one_question_of_level_seen_from_both_sides(turns):
    """
    ana  s
    ben  w
    """
    assert causes(turns, WARD_UNDER_STRESS) == {(0, "s"): RELATED, (0, "w"): RELATED}


def test_a_grandchild_is_related_and_a_sibling_is_not(turns):
    """
    ana  s  w
    ben  n  v
    """
    tree = {"n": "w", "w": "s", "v": "s", "s": ""}
    assert causes(turns, tree) == {(0, "s"): RELATED, (0, "n"): RELATED, (1, "w"): OTHER, (1, "v"): OTHER}


def test_a_parent_that_both_gave_stands_in_for_nothing(turns):
    """
    ana  sw
    ben  s
    """
    assert causes(turns, WARD_UNDER_STRESS) == {(0, "w"): MISSED}


def test_the_level_is_asked_before_the_edge(turns):
    """
    ana  s  s
    ben  s  w
    """
    assert causes(turns, WARD_UNDER_STRESS) == {(1, "s"): RELATED, (1, "w"): RELATED}


def test_parents_that_go_round_in_a_circle_end(turns):
    """
    ana  s
    ben  w
    """
    assert causes(turns, {"w": "s", "s": "w"}) == {(0, "s"): RELATED, (0, "w"): RELATED}


# --- the same passage ------------------------------------------------------------------------------------------


def test_a_stretch_one_turn_shorter_differs_by_its_edge_only(turns):
    """
    ana  s  s  s
    ben  s  s  -
    """
    assert causes(turns) == {(2, "s"): BOUNDARY}


def test_a_stretch_moved_by_one_turn_differs_by_both_edges(turns):
    """
    ana  s  s  s  -
    ben  -  s  s  s
    """
    assert causes(turns) == {(0, "s"): BOUNDARY, (3, "s"): BOUNDARY}


def test_the_same_code_on_the_next_turn_is_a_boundary(turns):
    """
    ana  s  -
    ben  -  s
    """
    assert causes(turns) == {(0, "s"): BOUNDARY, (1, "s"): BOUNDARY}


def test_the_same_code_two_turns_away_is_another_passage(turns):
    """
    ana  s  -  -
    ben  -  -  s
    """
    assert causes(turns) == {(0, "s"): MISSED, (2, "s"): MISSED}


def test_every_turn_of_a_long_stretch_is_granularity_when_the_other_marked_a_part(turns):
    """
    ana  s  s  s  s  s
    ben  -  -  s  -  -
    """
    assert causes(turns) == {(turn, "s"): GRANULARITY for turn in (0, 1, 3, 4)}


def test_a_stretch_in_pieces_is_granularity(turns):
    """
    ana  s  s  s  s  s
    ben  s  s  -  s  s
    """
    assert causes(turns) == {(2, "s"): GRANULARITY}


def test_two_turns_more_are_granularity_and_one_turn_more_is_an_edge(turns):
    """
    ana  s  s  s  s  -  p  p  p
    ben  s  s  -  -  -  p  p  -
    """
    assert causes(turns) == {(2, "s"): GRANULARITY, (3, "s"): GRANULARITY, (7, "p"): BOUNDARY}


def test_stretches_that_only_touch_differ_by_the_edge_where_they_touch(turns):
    """
    ana  s  s  s  -  -  -
    ben  -  -  -  s  s  s
    """
    expected = dict.fromkeys([(turn, "s") for turn in range(6)], MISSED)
    assert causes(turns) == expected | {(2, "s"): BOUNDARY, (3, "s"): BOUNDARY}


def test_a_turn_the_other_skipped_ends_a_stretch(turns):
    """
    ana  s  s  s
    ben  s  ?  -
    """
    # ben's stretch of one still shares its turn with ana's stretch of three
    assert causes(turns) == {(2, "s"): GRANULARITY}


def test_where_a_topic_changes_both_codes_differ_by_the_edge(turns):
    """
    ana  s  s  s  p
    ben  s  s  p  p
    """
    assert causes(turns) == {(2, "s"): BOUNDARY, (2, "p"): BOUNDARY}


def test_the_edge_is_asked_before_another_code_which_speaks_for_itself(turns):
    """
    ana  s  s  -
    ben  s  p  -
    """
    assert causes(turns) == {(1, "s"): BOUNDARY, (1, "p"): OTHER}


def test_the_nearest_length_among_several_coders_counts(turns):
    """
    ana  s  s  s  s
    ben  s  s  s  -
    cid  -  s  -  -
    """
    assert causes(turns)[3, "s"] == BOUNDARY


def test_an_interviewers_turn_does_not_part_neighbours(interview):
    """
    P: I never sleep.  | ana: stress | ben: stress
    I: Why is that?    | ana: -      | ben: -
    P: The ward.       | ana: stress | ben: -
    """
    (one,) = differences(units(interview.transcript, interview.passes))
    assert one.cause == BOUNDARY


def test_the_end_of_one_transcript_is_not_beside_the_start_of_the_next():
    end, start = coded("ana - s\nben - -", "t1"), coded("ana - -\nben s -", "t2")
    assert set(causes(end + start).values()) == {MISSED}


# --- counts ----------------------------------------------------------------------------------------------------


def test_causes_are_counted_in_their_order_with_the_ones_that_never_occur(turns):
    """
    ana  s  -  p  t
    ben  -  -  x  -
    """
    counts = by_cause(differences(turns))
    assert list(counts.items()) == [(MISSED, 2), (OTHER, 2), (RELATED, 0), (BOUNDARY, 0), (GRANULARITY, 0)]
