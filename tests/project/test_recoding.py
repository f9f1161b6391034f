"""Coding again: the same coder, the same transcript, later; to see how steady they are, and for nothing else."""

from __future__ import annotations

import pytest

from qualbench.errors import BadDecision, NothingToUndo, QualbenchError, StillBlind, UsageError
from qualbench.model import Method, Outcome, PassState, Reason, Scope
from qualbench.project import Project
from qualbench.steps import report
from tests.conftest import BOOK, INTERVIEW, add_interview, code, spans
from tests.project.conftest import entries, plan

FIRST = ["TRUST", "TRUST", "", "HOPE"]
AGAIN = ["TRUST", "HOPE", "", "HOPE"]
BEN = ["TRUST", "HOPE", "FEAR", ""]


@pytest.fixture
def again(interviews: Project) -> Project:
    """Ana and ben have coded 'one' in a round, ana is asked to code it again, and looks."""
    plan(interviews, "R1", {"one": "ana ben"})
    code(interviews, "ana", FIRST, "one")
    code(interviews, "ben", BEN, "one")
    interviews.decide(interviews.items()[0], Outcome.FIRST, reason=Reason.READING)
    plan(interviews, "Later", {"one": "ana"}, recode=True)
    interviews.viewer = "ana"
    return interviews


def everything(project: Project) -> tuple[object, ...]:
    """All that comes of the first passes."""
    today = project.clock()
    project.clock = lambda: today
    return (
        project.opened(), project.units(), project.items(), project.settled().codes, project.agreement(),
        project.agreement(Scope(round="R1")), project.differences(), project.confusions(), project.span_agreement(),
        project.qualcoder_figures(), project.extracts(["TRUST", "HOPE"]), project.export_codings(),
        project.agreement_by_pair(), project.trend(), project.agreement_by_transcript(),
    )  # fmt: skip


def report_without_date(project: Project) -> str:
    made = report.render(project.report(), ".md").decode()
    return made.replace(project.report().date, "")


def test_a_second_pass_shows_nothing_of_the_first(again: Project) -> None:
    first, *_ = again.passes(coder="ana")
    second = again.open_pass("one")
    assert second.id != first.id
    assert again.own_pass(second.transcript) == second
    assert again.stated(second) == ((), (), ())
    assert len(again.undecided(again.transcript("one"))) == 4
    for span in spans(again, "one"):
        place = again.place(second.id, *span)
        assert place.codings == place.nothings == place.memos == ()
    (progress,) = again.progress()
    assert (progress.decided, progress.total, progress.state) == (0, 4, PassState.OPEN)
    assert again.open_pass("one") == second


def test_both_passes_stay_and_only_the_first_counts(again: Project) -> None:
    before, report_before = everything(again), report_without_date(again)
    code(again, "ana", AGAIN, "one", submit=False)
    assert everything(again)[1:] == before[1:]
    again.submit(["one"])
    for viewer in ("ana", "ben", "lead", ""):
        again.viewer = viewer
        assert everything(again) == before
    assert report_without_date(again) == report_before
    said = {p.round: [c.code for c in again.stated(p)[0]] for p in again.passes(coder="ana")}
    rounds = {again.round(name).id: codes for name, codes in (("R1", FIRST), ("Later", AGAIN))}
    assert said == {id_: [one for one in codes if one] for id_, codes in rounds.items()}


@pytest.mark.parametrize("viewer", ["ben", "lead", ""])
def test_a_second_pass_is_blind_until_it_is_in(again: Project, viewer: str) -> None:
    second = again.open_pass("one")
    again.apply_code(second.id, "FEAR", *spans(again, "one")[0])
    again.viewer = viewer
    assert again.stated(second) == ((), (), ())
    assert "FEAR" not in {one.code for one in again.codings(coder="ana")}
    assert again.export_codings(round_="Later") == []
    with pytest.raises(StillBlind):
        again.steadiness("Later")


def test_a_round_of_two_coding_again_waits_for_both(interviews: Project) -> None:
    for coder, codes in (("ana", FIRST), ("ben", BEN)):
        code(interviews, coder, codes, "one")
    plan(interviews, "Later", {"one": "ana ben"}, recode=True)
    code(interviews, "ana", AGAIN, "one")
    interviews.viewer = "ben"
    assert interviews.export_codings("ana", "Later") == []
    with pytest.raises(StillBlind):
        interviews.steadiness("Later")
    code(interviews, "ben", BEN, "one")
    found = interviews.steadiness("Later")
    assert set(found) == {"ana", "ben"}
    assert {one.alpha for one in found["ben"].codes} == {1.0}, "ben says the very same"


def test_steadiness_compares_a_coder_with_themselves(again: Project) -> None:
    """TRUST by hand: both 1, the first pass alone 1, neither 2; three of eight ratings are yes.

    Observed disagreement 1/4, expected 2 x 3 x 5 / (8 x 7) = 15/28, so alpha = 1 - (1/4)(28/15) = 8/15.
    """
    code(again, "ana", AGAIN, "one")
    again.viewer = "lead"
    found = again.steadiness("Later")
    assert list(found) == ["ana"]
    run = found["ana"]
    assert (run.coders, run.units) == (("ana", "ana again"), 4)
    trust, hope, fear = run.codes
    assert (trust.both, trust.only_a, trust.only_b, trust.neither) == (1, 1, 0, 2)
    assert (hope.both, hope.only_a, hope.only_b, hope.neither) == (1, 0, 1, 2)
    assert trust.alpha == hope.alpha == pytest.approx(8 / 15)
    assert fear.alpha is None
    assert set(run.recipe.passes) == {one.id for one in again.passes(coder="ana")}
    assert run.recipe.round == "Later"
    with pytest.raises(UsageError, match="In the round 'R1' nobody codes again"):
        again.steadiness("R1")


def test_undo_in_a_second_pass_reaches_only_that_pass(again: Project) -> None:
    one = again.transcript("one").id
    first = again.passes(coder="ana")[0]
    before = again.stated(first), again.codings(coder="ben")
    code(again, "ana", [*AGAIN[:2], "", ""], "one", submit=False)
    second = again.own_pass(one)
    assert second is not None
    whole = again.stated(second)
    for _ in range(4):
        again.undo(one, "coding")
    assert again.stated(second) == ((), (), ())
    with pytest.raises(NothingToUndo):
        again.undo(one, "coding")
    assert (again.stated(first), again.codings(coder="ben")) == before
    for _ in range(4):
        again.redo(one, "coding")
    with pytest.raises(NothingToUndo):
        again.redo(one, "coding")
    assert again.stated(second) == whole
    assert (again.stated(first), again.codings(coder="ben")) == before
    assert [sentence for well, sentence in again.examine() if not well] == []


def test_only_who_has_coded_it_codes_it_again(again: Project) -> None:
    """Those who coded 'one' can be asked again; nobody can be who has not, or whose passes are blind."""
    with pytest.raises(QualbenchError, match="no transcript that all of them have coded and that is opened"):
        again.draw(["cleo"], share=1, each=1, seed=1, recode=True)
    assert list(again.draw(["ben"], share=1, each=1, seed=1, recode=True).assignments) == [again.transcript("one").id]
    code(again, "ben", BEN, "two")
    for name, who in (("two", "ben"), ("one", "ben cleo")):
        before = entries(again)
        with pytest.raises(BadDecision, match=f"Not all of these coders can code '{name}' again"):
            plan(again, "Wrong", {name: who}, recode=True)
        assert entries(again) == before


def test_nobody_is_asked_again_while_they_are_asked_already(again: Project) -> None:
    """A second request would leave the first one open for ever."""
    with pytest.raises(BadDecision, match="these coders can code 'one' again"):
        plan(again, "Once more", {"one": "ana"}, recode=True)
    code(again, "ana", AGAIN, "one")
    plan(again, "Once more", {"one": "ana"}, recode=True)
    code(again, "ana", FIRST, "one")
    third = again.steadiness("Once more")["ana"]
    assert {one.alpha for one in third.codes if one.alpha is not None} == {1.0}, "compared with the first, not with"


def test_reflexive_studies_have_no_steadiness_either(interviews: Project) -> None:
    from qualbench.errors import NoCoefficients

    place = interviews.folder.parent / "reflexive"
    with Project.create(place, viewer="ana", coders=1, method=str(Method.REFLEXIVE)) as project:
        project.release_codebook("book.yaml", BOOK)
        add_interview(project, "talk.txt", INTERVIEW)
        code(project, "ana", FIRST)
        plan(project, "Later", {"talk": "ana"}, recode=True)
        code(project, "ana", AGAIN)
        for figures in (project.agreement, project.span_agreement, project.qualcoder_figures):
            with pytest.raises(NoCoefficients):
                figures()
        with pytest.raises(NoCoefficients):
            project.steadiness("Later")
        assert project.differences() == ()
