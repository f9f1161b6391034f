"""Agreement through the project: what is compared, in every scope, and what is kept, against figures by hand.

The study and its readings stand in `tests/project/compared.py`; the counts behind each alpha are beside it here.
"""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qualbench import model
from qualbench.errors import NoCoefficients, OneCoder, QualbenchError, StillBlind, UnknownCoder, UsageError
from qualbench.model import Cause, Confusion, Method, Outcome, Reason, Scope
from qualbench.project import Project
from qualbench.steps.study import SpeakerLine
from tests.conftest import BOOK, INTERVIEW, add_interview, code, spans
from tests.project.compared import alpha, coded
from tests.project.conftest import plan


@pytest.fixture
def compared(interviews: Project) -> Project:
    return coded(interviews)


def alphas(run: model.Agreement) -> dict[str, float | None]:
    return {one.code: one.alpha for one in run.codes}


def ids(project: Project, *names: str) -> tuple[str, ...]:
    return tuple(project.transcript(name).id for name in names)


# --- scopes ----------------------------------------------------------------------------------------------------


def test_everything_that_two_read_is_compared(compared: Project) -> None:
    """TRUST: 7 of 24 readings, 1 unit unlike; HOPE: 6, 2; FEAR: 5, 3; GRIEF: 1, 1, so no better than chance."""
    run = compared.agreement()
    assert alphas(run) == pytest.approx(
        {"TRUST": alpha(7, 24, 1), "HOPE": alpha(6, 24, 2), "FEAR": alpha(5, 24, 3), "GRIEF": 0}
    )
    assert alpha(7, 24, 1) == pytest.approx(96 / 119)
    assert (run.units, run.coders, run.unit, run.codebook) == (12, ("ana", "ben", "cleo"), "turn", "2.0 and 3.0")
    assert set(run.transcripts) == {*ids(compared, "one", "two", "three")}
    assert run.overall.defined == 4
    read = {one.id for one in compared.passes() if one.transcript in run.transcripts}
    assert set(run.recipe.passes) == read, "the one pass on 'four' is in no figure"
    assert (run.recipe.round, run.recipe.scope, run.recipe.level) == ("", (), "codes")


@pytest.mark.parametrize(
    ("scope", "units", "fear"),
    [
        (Scope(round="R1"), 8, alpha(4, 16, 2)),
        (Scope(round="R2"), 4, alpha(1, 8, 1)),
        (Scope(pair=("ana", "ben")), 8, alpha(4, 16, 2)),
        (Scope(pair=("cleo", "ana")), 4, alpha(1, 8, 1)),
        (Scope(round="R1", pair=("ana", "ben")), 4, alpha(3, 8, 1)),
        (Scope(codes=("FEAR",)), 12, alpha(5, 24, 3)),
        (Scope(parents=True), 12, alpha(5, 24, 3)),
    ],
    ids=lambda value: str(value)[:40],
)
def test_a_scope_takes_no_more_than_it_says(compared: Project, scope: Scope, units: int, fear: float) -> None:
    run = compared.agreement(scope)
    assert run.units == units
    assert alphas(run)["FEAR"] == pytest.approx(fear)


def test_a_scope_of_transcripts_and_its_recipe(compared: Project) -> None:
    chosen = ids(compared, "one", "three")
    run = compared.agreement(Scope(transcripts=chosen))
    assert alphas(run)["FEAR"] == pytest.approx(alpha(4, 16, 2))
    assert run.recipe.scope == ("transcript one", "transcript three")
    one = compared.agreement(Scope(transcripts=chosen[:1], pair=("ana", "ben")))
    assert set(one.recipe.passes) == {held.id for held in compared.passes(chosen[0])}
    assert (one.codebook, one.recipe.codebooks) == ("2.0", ("2.0",))
    assert "GRIEF" not in alphas(one), "nobody could give it there"
    assert one.recipe.segmentation != run.recipe.segmentation


def test_codes_roll_up_to_the_top_of_their_tree(compared: Project) -> None:
    """Where ana said TRUST and ben HOPE both have BOND."""
    run = compared.agreement(Scope(parents=True))
    assert alphas(run) == pytest.approx({"BOND": 1.0, "FEAR": alpha(5, 24, 3), "GRIEF": 0})
    assert run.recipe.level == "parents"


def test_chosen_codes_are_all_that_is_left_of_a_reading(compared: Project) -> None:
    """Over the sets {FEAR} and {} every distance is that of one code, so MASI, Jaccard and Dice find FEAR's alpha."""
    run = compared.agreement(Scope(codes=("FEAR",)))
    assert [one.code for one in run.codes] == ["FEAR"]
    assert [one.value for one in (run.set_alpha, *run.other_sets)][:3] == pytest.approx([alpha(5, 24, 3)] * 3)
    assert {codes for unit in compared.scoped(Scope(codes=("FEAR",))) for codes in unit.readings.values()} == {
        frozenset(), frozenset({"FEAR"}),
    }  # fmt: skip


def test_by_transcript_and_by_pair(compared: Project) -> None:
    one, two, three = ids(compared, "one", "two", "three")
    found = compared.agreement_by_transcript()
    fear = {id_: alphas(run)["FEAR"] for id_, run in found.items()}
    assert fear == pytest.approx({one: alpha(3, 8, 1), two: alpha(1, 8, 1), three: alpha(1, 8, 1)})
    pairs = compared.agreement_by_pair()
    assert {pair: run.units for pair, run in pairs.items()} == {("ana", "ben"): 8, ("ana", "cleo"): 4}
    assert alphas(pairs["ana", "ben"])["TRUST"] == pytest.approx(alpha(5, 16, 1))
    assert list(compared.agreement_by_transcript(Scope(round="R2"))) == [three]
    assert list(compared.agreement_by_pair(Scope(round="R2"))) == [("ana", "ben")]


def test_the_trend_goes_round_by_round_with_the_codebook_between(compared: Project) -> None:
    (first, before, nothing), (second, after, changes) = compared.trend()
    assert [first.name, second.name] == ["R1", "R2"]
    assert (before, after) == tuple(compared.agreement(Scope(round=name)) for name in ("R1", "R2"))
    assert nothing == ()
    assert changes == ("Fear: its definition changed.", "Grief was added.")
    assert "GRIEF" not in alphas(before)
    assert alphas(after)["GRIEF"] == pytest.approx(0)


def test_a_trend_of_two_coders_leaves_out_rounds_without_them(compared: Project) -> None:
    """Ana and cleo met in the first round only."""
    assert [one.name for one, *_ in compared.trend(Scope(pair=("ana", "cleo")))] == ["R1"]
    assert [one.name for one, *_ in compared.trend(Scope(transcripts=ids(compared, "three")))] == ["R2"]


def test_what_can_not_be_compared_is_said(compared: Project) -> None:
    for pair, error in ((("ana", "zed"), UnknownCoder), (("ana", "ana"), UsageError)):
        with pytest.raises(error):
            compared.agreement(Scope(pair=pair))
    with pytest.raises(QualbenchError, match="no round called 'R9'"):
        compared.agreement(Scope(round="R9"))
    with pytest.raises(StillBlind):
        compared.agreement(Scope(transcripts=ids(compared, "talk")))
    plan(compared, "R3", {"talk": "ana"})
    code(compared, "ana", ["FEAR"] * 4)
    for figures in (compared.agreement, compared.qualcoder_figures):
        with pytest.raises(OneCoder):
            figures(Scope(round="R3"))
    assert [one.name for one, *_ in compared.trend()] == ["R1", "R2"]


def test_a_reflexive_study_has_differences_and_no_coefficients(compared: Project) -> None:
    with Project.create(compared.folder.parent / "reflexive", method=str(Method.REFLEXIVE)) as project:
        project.release_codebook("book.yaml", BOOK)
        add_interview(project, "talk.txt", INTERVIEW)
        for coder, first in (("ana", "TRUST"), ("ben", "HOPE")):
            code(project, coder, [first, "", "", ""])
        for figures in (
            project.agreement, project.published, project.span_agreement, project.qualcoder_figures,
            project.agreement_by_pair, project.agreement_by_transcript, project.agreement_contents,
        ):  # fmt: skip
            with pytest.raises(NoCoefficients):
                figures()
        assert {one.cause for one in project.differences()} == {Cause.OTHER_CODE}
        assert project.confusions() == (Confusion("TRUST", "HOPE", 1),)


# --- where they differ -----------------------------------------------------------------------------------------


def test_every_difference_has_its_cause(compared: Project) -> None:
    """By the rules of `steps/agreement/causes.py`, on the table of the little study."""
    names = {row.id: row.name for row in compared.transcripts()}
    place = {(name, span[0]): n for name in ("one", "two", "three") for n, span in enumerate(spans(compared, name), 1)}
    found = [
        (names[one.transcript], place[names[one.transcript], one.start], one.code, one.by, one.instead, one.cause)
        for one in compared.differences()
    ]
    assert sorted(found) == sorted([
        ("one", 2, "HOPE", ("ben",), ("TRUST",), Cause.OTHER_CODE),
        ("one", 2, "TRUST", ("ana",), ("HOPE",), Cause.BOUNDARY),  # ben has it on 1, which is of ana's stretch
        ("one", 3, "FEAR", ("ben",), (), Cause.BOUNDARY),  # ana has it on 4
        ("two", 3, "FEAR", ("ana",), (), Cause.MISSED),
        ("two", 4, "HOPE", ("cleo",), (), Cause.MISSED),  # ana's is on 1: another passage
        ("three", 2, "FEAR", ("ben",), ("GRIEF",), Cause.OTHER_CODE),
        ("three", 2, "GRIEF", ("ana",), ("FEAR",), Cause.OTHER_CODE),
    ])  # fmt: skip
    assert [one.code for one in compared.differences(Scope(round="R2", codes=("GRIEF",)))] == ["GRIEF"]
    assert len(compared.differences(Scope(parents=True))) == 4


def test_confusions_are_counted_once_a_unit(compared: Project) -> None:
    assert compared.confusions() == (Confusion("TRUST", "HOPE", 1), Confusion("FEAR", "GRIEF", 1))
    assert compared.confusions(Scope(pair=("ana", "cleo"))) == ()
    assert compared.confusion_matrix(["TRUST", "HOPE"], Scope(round="R1")) == ((2, 1, 0), (1, 1, 1), (0, 1, 1))


# --- consensus changes no figure -------------------------------------------------------------------------------


def figures(project: Project) -> tuple[object, ...]:
    return (
        project.agreement(), project.trend(), project.agreement_by_pair(), project.agreement_by_transcript(),
        project.differences(), project.confusions(), project.span_agreement(), project.qualcoder_figures(),
    )  # fmt: skip


DECISION = st.tuples(st.integers(0, 4), st.sampled_from(Outcome), st.sampled_from(Reason))
"""The number of a disagreement, and what is decided about it."""


@settings(max_examples=8)
@given(st.lists(DECISION, min_size=1, max_size=6))
def test_no_decision_changes_any_figure(compared: Project, taken: list[tuple[int, Outcome, Reason]]) -> None:
    before, units = figures(compared), compared.units()
    for number, outcome, reason in taken:
        item = compared.items()[number]
        middle = (item.start + item.end) // 2
        more: dict[Outcome, dict[str, Any]] = {
            Outcome.NEW: {"codes": ["TRUST", "FEAR"]},
            Outcome.ONE: {"stands": "ana"},
            Outcome.SPLIT: {"parts": ((item.start, middle, ("TRUST",)), (middle, item.end, ()))},
        }
        compared.decide(item, outcome, reason=reason, **more.get(outcome, {}))
    assert figures(compared) == before
    assert len(compared.items()) == 5, "what was settled is still there as it was read"
    assert compared.units() is units


def test_after_a_decision_nothing_that_was_coded_is_read_again(compared: Project) -> None:
    """The units stay in memory, so that the dashboard is there at once."""
    compared.agreement()
    compared.decide(compared.items()[0], Outcome.FIRST, reason=Reason.SLIP)
    asked: list[str] = []
    compared._db.set_trace_callback(asked.append)
    compared.agreement()
    compared._db.set_trace_callback(None)
    assert asked
    for table in ("from coding", "from nothing_applies", "from segment", "from turn", "from memo"):
        assert not [statement for statement in asked if table in statement]


def test_units_are_read_again_when_there_are_others(compared: Project) -> None:
    before = compared.units()
    plan(compared, "R3", {"talk": "ana"})
    code(compared, "ana", ["FEAR"] * 4)
    assert len(compared.units()) == len(before) + 4
    compared.assign_speakers([SpeakerLine("one", "I", "participant", "P09", ())])
    assert len(compared.units()) == len(before) + 4 + len(spans(compared, "one")) - 4, "the interviewer counts now"


# --- kept figures ----------------------------------------------------------------------------------------------


def test_kept_figures_stay_whatever_comes_later(compared: Project) -> None:
    compared.keep_agreement(Scope(round="R1"))
    compared.keep_agreement(Scope(round="R1"))
    (at, by, first), (later, _, second) = compared.kept_runs()
    assert by == "lead"
    assert at < later
    assert first == second == compared.published(Scope(round="R1"))
    compared.decide(compared.items()[0], Outcome.BOTH, reason=Reason.SLIP)
    plan(compared, "R3", {"talk": "ana ben"})
    for coder in ("ana", "ben"):
        code(compared, coder, ["FEAR"] * 4)
    plan(compared, "Again", {"one": "ana"}, recode=True)
    code(compared, "ana", ["FEAR"] * 4, "one")
    compared.keep_agreement()
    assert compared.kept_runs()[:2] == ((at, by, first), (later, by, second))
    assert compared.kept_agreement() == (compared.kept_runs()[2][0], compared.published())
    sealed = [json.loads(row[0]) for row in compared._db.execute(
        "select body from content join agreement_run on hash = result order by seq")]  # fmt: skip
    assert [one["state"] for one in sealed] == sorted({one["state"] for one in sealed})


def recipe_of(run: model.Agreement) -> dict[str, Any]:
    from dataclasses import asdict

    return asdict(run.recipe)


def test_a_run_is_kept_with_its_recipe(compared: Project) -> None:
    from qualbench import __version__

    compared.keep_agreement(Scope(round="R2", parents=True, pair=("ana", "ben")))
    ((_, _, run),) = compared.kept_runs()
    recipe = recipe_of(run)
    assert recipe["software"] == f"qualbench {__version__}"
    assert (recipe["round"], recipe["codebooks"], recipe["level"]) == ("R2", ("3.0",), "parents")
    assert recipe["scope"] == ("coders ana and ben",)
    assert (recipe["seed"], recipe["draws"]) == (1, 1000)
    assert all(recipe[key] for key in ("missing", "interval", "segmentation"))
    assert set(recipe["passes"]) == {one.id for one in compared.passes(ids(compared, "three")[0])}
