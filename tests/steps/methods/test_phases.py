"""Phases and stages: their names, what shows each, where a study stands, and that no order is forced."""

from __future__ import annotations

from dataclasses import fields, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualbench.events import PhaseEntered
from qualbench.model import Method
from qualbench.steps.methods import (
    COURSES,
    Facts,
    Phase,
    PhaseState,
    PhaseTurn,
    UnknownPhase,
    enter,
    find,
    here,
    next_step,
    phases,
)


def turn(phase: str, at: str = "2026-01-05T09:00:00Z") -> PhaseTurn:
    return PhaseTurn(phase, "", "ana", at)


def named(found: tuple[Phase, ...], id_: str) -> Phase:
    return next(one for one in found if one.id == id_)


def test_thematic_analysis_has_the_six_phases_under_both_names() -> None:
    """Braun & Clarke 2006, table 1; Braun & Clarke 2022, Thematic Analysis."""
    found = phases(Method.REFLEXIVE, Facts())
    assert [one.number for one in found] == [1, 2, 3, 4, 5, 6]
    assert [(one.before, one.name) for one in found] == [
        ("familiarising yourself with your data", "familiarising yourself with the dataset"),
        ("generating initial codes", "coding"),
        ("searching for themes", "generating initial themes"),
        ("reviewing themes", "developing and reviewing themes"),
        ("defining and naming themes", "refining, defining and naming themes"),
        ("producing the report", "writing up"),
    ]
    assert phases(Method.CODEBOOK, Facts()) == found


def test_stages_are_counted_as_their_methods_count_them() -> None:
    assert [one.number for one in phases(Method.FLEXIBLE, Facts())] == [0, 1, 2, 3]
    assert {one.word for one in phases(Method.FLEXIBLE, Facts())} == {"stage"}
    assert [one.id for one in phases(Method.NEGOTIATED, Facts())] == [
        "codebook", "draw", "passes", "agreement", "session", "revision", "report",
    ]  # fmt: skip
    assert [one.id for one in phases(Method.CQR, Facts())] == [
        "biases", "domains", "core-ideas", "case-audit", "cross-analysis", "cross-audit",
    ]  # fmt: skip


@pytest.mark.parametrize("method", Method)
def test_a_new_study_stands_at_the_beginning(method: Method) -> None:
    found = phases(method, Facts())
    assert [one.is_here for one in found] == [True, *[False] * (len(found) - 1)]
    assert {one.state for one in found} == {PhaseState.NOT_BEGUN}
    assert next_step(found) == found[0].asks


def test_each_phase_shows_its_outcome() -> None:
    half = Facts(
        transcripts=8, familiarised=3, opened=6, passes=13, submitted=12, codes=19, gathered=16, themes=4, held=2,
        held_twice=1, defined=1, quotes=12, narratives=1,
    )  # fmt: skip
    told = {one.id: " ".join(one.shows) for one in phases(Method.REFLEXIVE, half)}
    assert "3 of 8 transcripts" in told["familiarising"]
    assert "6 of 8 transcripts" in told["coding"]
    assert "12 of 13" in told["coding"]
    assert "16 of 19 codes; the others have no home yet" in told["initial-themes"]
    assert "(level 1): 2 of 4 themes" in told["reviewing"]
    assert "(level 2): 1 of 4 themes" in told["reviewing"]
    assert "1 of 4 themes" in told["defining"]
    assert "12 quotes chosen" in told["writing"]


def test_quotes_picked_early_do_not_make_it_the_last_phase() -> None:
    facts = Facts(transcripts=8, opened=6, passes=12, codes=19, gathered=3, themes=4, quotes=12)
    found = phases(Method.REFLEXIVE, facts)
    assert named(found, "writing").state is PhaseState.UNDER_WAY
    assert here(found).id == "initial-themes"


def test_where_everything_begun_is_done_the_study_stands_at_what_comes_next() -> None:
    coded = Facts(transcripts=2, familiarised=2, opened=2, passes=4, submitted=4, codes=5)
    assert here(phases(Method.CODEBOOK, coded)).id == "initial-themes"


def test_a_cycle_stands_at_the_first_step_that_is_left() -> None:
    """With a new round drawn, the passes come again, whatever was settled before."""
    settled = Facts(
        transcripts=8, opened=4, passes=8, submitted=8, versions=1, codes=9, round="First", rounds=1, asked=8,
        handed_in=8, runs=1, disagreements=5, session="closed",
    )  # fmt: skip
    assert here(phases(Method.NEGOTIATED, settled)).id == "revision"
    again = replace(settled, round="Second", rounds=2, handed_in=0, runs=0, versions=2)
    assert here(phases(Method.NEGOTIATED, again)).id == "passes"


def test_cases_carry_the_stages_of_consensual_qualitative_research() -> None:
    facts = Facts(people=4, biased=4, cases=6, passes=3, cases_divided=6, cases_told=2, core_ideas=9)
    found = phases(Method.CQR, facts)
    assert [one.state for one in found[:4]] == [
        PhaseState.DONE, PhaseState.DONE, PhaseState.UNDER_WAY, PhaseState.NOT_BEGUN,
    ]  # fmt: skip
    assert here(found).id == "core-ideas"
    assert "2 of 6 cases" in found[2].shows[0]


def test_going_back_is_as_good_as_going_on() -> None:
    facts = Facts(transcripts=2, familiarised=2, opened=2, passes=4, codes=3, gathered=3, themes=2)
    back = phases(Method.REFLEXIVE, facts, [turn("reviewing"), turn("coding", "2026-02-01T09:00:00Z")])
    assert here(back).id == "coding"
    assert named(back, "coding").entered.startswith("2026-02-01")
    assert named(back, "reviewing").entered.startswith("2026-01-05")
    assert named(back, "coding").state is PhaseState.DONE
    assert next_step(back).startswith("Phase 4: developing and reviewing themes.")


def test_a_phase_of_another_method_moves_nothing() -> None:
    assert here(phases(Method.CQR, Facts(), [turn("coding")])).id == "biases"


def test_a_phase_is_named_by_its_id_its_number_or_either_name() -> None:
    for name in ("initial-themes", "3", "Searching for themes", " generating initial themes "):
        assert find(name, Method.REFLEXIVE) == "initial-themes"
    assert find("0", Method.FLEXIBLE) == "preparing"
    with pytest.raises(UnknownPhase, match="has no phase called '7'"):
        find("7", Method.REFLEXIVE)
    with pytest.raises(UnknownPhase):
        find("", Method.REFLEXIVE)
    (fact,) = enter("2", Method.REFLEXIVE, " once more ")
    assert isinstance(fact, PhaseEntered)
    assert fact.phase == "coding"
    assert [one.body for one in fact.sealed()] == [b"once more"]


NUMBERS = [one.name for one in fields(Facts) if one.type == "int"]


@given(st.sampled_from(Method), st.dictionaries(st.sampled_from(NUMBERS), st.integers(0, 30)), st.data())
def test_whatever_the_study_holds_it_stands_in_one_phase(
    method: Method, numbers: dict[str, int], data: st.DataObject
) -> None:
    ids = [one.id for one in COURSES[method].stages]
    said = data.draw(st.lists(st.sampled_from(ids), max_size=3))
    found = phases(method, replace(Facts(), **numbers), [turn(one) for one in said])
    assert [one.id for one in found] == ids
    assert sum(one.is_here for one in found) == 1
    if said:
        assert here(found).id == said[-1]
    assert next_step(found).endswith(".")
    assert all(sentence.endswith(".") for one in found for sentence in one.shows)
