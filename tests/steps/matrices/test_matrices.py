"""Matrices of a study that can be counted by hand."""

import math
from dataclasses import replace

import pytest

from qualbench.steps.matrices import (
    Condition,
    Count,
    Field,
    Matrix,
    Rows,
    Together,
    UnknownName,
    View,
    by_attribute,
    by_coder,
    by_participant,
    by_round,
    by_transcript,
    coefficients,
    cooccurrence,
    described,
    evidence,
    places,
    table,
    trimmed,
)
from tests.steps.matrices.studies import I, little, settled

UP, THEMES = View(rolled_up=True), View(rows=Rows.THEMES)


def rows(matrix: Matrix) -> dict[str, list[int]]:
    return {head.id: line for head, line in zip(matrix.rows, matrix.cells.tolist(), strict=True)}


def columns(matrix: Matrix) -> list[str]:
    return [head.label for head in matrix.columns]


def test_codes_by_participants_count_segments_and_leave_out_who_is_not_decided() -> None:
    made = by_participant(little())
    assert columns(made) == ["P01", "P02", "P03", "P04"]  # P05 never speaks; P04 does, and nothing applies
    assert rows(made) == {
        "SUPPORT": [0, 0, 0, 0],
        "TRUST": [2, 0, 2, 0],
        "SHELTER": [0, 2, 2, 0],
        "FEAR": [1, 1, 0, 0],  # the interviewer's fear is nobody's
        "HOPE": [0, 0, 0, 0],
    }
    assert made.denominator.startswith("Out of 4 participants with speech decided in the consensus")
    assert "A member of a focus group is a case of its own." in made.denominator


def test_presence_is_0_and_1() -> None:
    assert rows(by_participant(little(), count=Count.PRESENCE))["TRUST"] == [1, 0, 1, 0]


def test_a_parents_row_includes_its_children_only_when_asked_and_a_segment_counts_once() -> None:
    made = by_participant(little(), UP)
    assert rows(made)["SUPPORT"] == [2, 2, 2, 0]  # P03's two segments have Trust and Shelter both
    assert "includes the codes under it" in made.denominator
    assert "leaves out the codes under it" in by_participant(little()).denominator


def test_a_focus_group_as_a_whole_is_another_case() -> None:
    made = by_participant(little(), groups=True)
    assert columns(made) == ["Women's group"]
    assert rows(made)["TRUST"] == [2]
    assert made.columns[0].of == 2


def test_codes_by_the_values_of_an_attribute_say_out_of_how_many() -> None:
    made = by_attribute(little(), "Site")
    assert [(head.id, head.of) for head in made.columns] == [("north", 2), ("south", 2)]
    assert rows(made)["TRUST"] == [2, 0]
    assert rows(made)["FEAR"] == [1, 1]
    assert rows(by_attribute(little(), "site", count=Count.SEGMENTS))["TRUST"] == [4, 0]


def test_values_that_are_numbers_stand_in_their_order_and_what_is_not_known_comes_last() -> None:
    made = by_attribute(little(), "age")
    assert columns(made) == ["9", "34", "100", "not known"]
    assert rows(made)["SHELTER"] == [0, 1, 0, 1]


def test_themes_by_site_include_their_sub_themes() -> None:
    assert rows(by_attribute(little(), "site", THEMES)) == {"held": [2, 1], "roof": [1, 1], "dark": [1, 1]}


def test_codes_by_transcripts_and_rounds() -> None:
    assert rows(by_transcript(little()))["FEAR"] == [1, 1, 0]
    made = by_round(little(), count=Count.PARTICIPANTS)
    assert [(head.id, head.of) for head in made.columns] == [("pilot", 1), ("main", 3)]
    assert rows(made)["TRUST"] == [1, 1]


def test_coders_stand_side_by_side_without_the_consensus() -> None:
    ben, ana = settled("t1", 0, "HOPE", "p1", layer="ben"), settled("t1", 2, "HOPE TRUST", "p1", layer="ana")
    made = by_coder(little(*ben, *ana))
    assert columns(made) == ["ana", "ben"]
    assert rows(made)["HOPE"] == [1, 1]
    assert rows(made)["TRUST"] == [1, 0]
    assert rows(by_participant(little(*ben), View(layer="ben")))["HOPE"] == [1]


def test_the_same_segment_coded_again_in_another_round_is_one_segment() -> None:
    again = settled("t1", 0, "TRUST", "p1", round_="main")
    assert rows(by_participant(little(*again)))["TRUST"] == [2, 0, 2, 0]


def test_speech_of_nobody_known_counts_in_segments_only() -> None:
    nameless = settled("t1", 7, "HOPE", "", role=None)
    made = by_transcript(little(*nameless))
    assert rows(made)["HOPE"] == [1, 0, 0]
    assert "no participant is known" in made.denominator
    assert rows(by_transcript(little(*nameless), count=Count.PARTICIPANTS))["HOPE"] == [0, 0, 0]


def test_a_condition_narrows_the_denominator_too() -> None:
    made = by_participant(little(), View(where=(Condition(Field.TRANSCRIPT, ("the GROUP",)),)))
    assert columns(made) == ["P03", "P04"]
    assert made.denominator.startswith("Out of 2 participants")
    assert "transcript the GROUP" in made.denominator


def test_the_group_can_be_asked_for_by_its_name() -> None:
    made = by_participant(little(), View(where=(Condition(Field.PARTICIPANT, ("Women's group",)),)))
    assert columns(made) == ["P03", "P04"]


def test_every_cell_opens_its_places_in_the_order_of_the_study() -> None:
    opened = places(by_participant(little(), UP), "SUPPORT", "p3")
    assert [(one.start, one.code) for one in opened] == [(0, "TRUST"), (0, "SHELTER"), (20, "TRUST"), (20, "SHELTER")]
    assert places(by_attribute(little(), "site"), "TRUST", "south") == ()
    with pytest.raises(UnknownName, match="There is no row called 'LOVE'"):
        places(by_transcript(little()), "LOVE", "t1")


# --- together --------------------------------------------------------------------------------------------------


def test_codes_on_the_same_segment() -> None:
    made = cooccurrence(little())
    assert rows(made) == {
        "SUPPORT": [0, 0, 0, 0, 0],
        "TRUST": [0, 4, 2, 1, 0],
        "SHELTER": [0, 2, 4, 1, 0],
        "FEAR": [0, 1, 1, 2, 0],
        "HOPE": [0, 0, 0, 0, 0],
    }
    assert {one.transcript for one in places(made, "TRUST", "SHELTER")} == {"t3"}
    assert [one.code for one in places(made, "FEAR", "SHELTER")] == ["SHELTER", "FEAR"]


def test_the_c_coefficient_is_that_of_atlas_ti() -> None:
    made = coefficients(cooccurrence(little()))
    assert rows(made)["TRUST"][2] == pytest.approx(2 / (4 + 4 - 2))
    assert rows(made)["FEAR"][1] == pytest.approx(1 / (2 + 4 - 1))
    assert rows(made)["HOPE"][1] == 0
    assert math.isnan(rows(made)["HOPE"][0])  # neither code is used


def test_overlapping_words_and_the_same_turn_are_other_ways_to_stand_together() -> None:
    """Three of ana's spans in one turn: Trust 0-10, Fear 5-15, Fear 10-20."""
    spans = [replace(settled("t1", 0, code, "p1", layer="ana")[0], start=start, end=start + 10)
             for code, start in (("TRUST", 0), ("FEAR", 5), ("FEAR", 10))]  # fmt: skip
    study, view = little(*spans), View(layer="ana")
    assert rows(cooccurrence(study, view))["TRUST"][3] == 0
    overlap = cooccurrence(study, view, Together.OVERLAP)
    assert rows(overlap)["TRUST"][3] == 1  # 10-20 only touches 0-10
    assert rows(overlap)["FEAR"][3] == 2
    assert [one.start for one in places(overlap, "TRUST", "FEAR")] == [0, 5]
    turn = cooccurrence(study, view, Together.TURN)
    assert rows(turn)["TRUST"][3] == 1
    assert rows(turn)["FEAR"][3] == 1


def test_themes_stand_together_with_their_sub_themes() -> None:
    assert rows(cooccurrence(little(), THEMES)) == {"held": [6, 4, 2], "roof": [4, 4, 1], "dark": [2, 1, 2]}


# --- beside a figure -------------------------------------------------------------------------------------------


def test_a_figure_shows_the_fullest_rows_and_says_so() -> None:
    made = trimmed(cooccurrence(little()), most=2)
    assert [head.id for head in made.rows] == [head.id for head in made.columns] == ["TRUST", "SHELTER"]
    assert made.cells.tolist() == [[4, 2], [2, 4]]
    assert made.denominator.endswith("The 2 fullest of 5 rows are shown.")
    assert len(places(made, "SHELTER", "TRUST")) == 4
    by = trimmed(by_participant(little()), most=1)
    assert table(by) == (("", "P01", "P02", "P03", "P04"), ("Trust", "2", "0", "2", "0"))
    assert len(places(by, "TRUST", "p3")) == 2


def test_a_figure_of_coefficients_shows_the_codes_that_are_used_most() -> None:
    counts = cooccurrence(little())
    assert [head.id for head in trimmed(coefficients(counts), counts, most=3).rows] == ["TRUST", "SHELTER", "FEAR"]


def test_a_matrix_in_words_names_its_highest_cell() -> None:
    assert "The highest is 2, Trust with P01; 14 of 20 cells are 0" in described(by_participant(little()))
    together = described(cooccurrence(little()))  # a code with itself is no pair
    assert "The highest is 2, Trust with Shelter; 14 of 20 cells are 0" in together


def test_a_study_without_coding_has_empty_matrices() -> None:
    nothing = evidence([])
    assert by_participant(nothing).cells.shape == (0, 0)
    assert cooccurrence(nothing).cells.shape == (0, 0)
    assert "Every cell is 0" in described(by_transcript(nothing))
    only_asked = evidence(settled("t1", 0, "FEAR", "", I))
    assert by_participant(only_asked).cells.shape == (1, 0)
    assert by_transcript(only_asked).cells.tolist() == [[0]]


def test_what_no_list_knows_comes_last_under_its_id() -> None:
    made = by_participant(little(*settled("t9", 0, "c9", "p9")))
    assert made.rows[-1].id == "c9"
    assert columns(made)[-1] == "p9"


def test_names_that_the_study_does_not_have_are_refused() -> None:
    with pytest.raises(UnknownName, match="There is no attribute called 'shoe size'"):
        by_attribute(little(), "shoe size")
    with pytest.raises(UnknownName, match="Known are: pilot, main"):
        by_transcript(little(), View(where=(Condition(Field.ROUND, ("third",)),)))
    with pytest.raises(UnknownName, match="There is no role called 'boss'"):
        by_transcript(little(), View(where=(Condition(Field.ROLE, ("boss",)),)))
