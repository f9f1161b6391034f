"""The method of a study: changing it, its phases and its weeks, read from what the study holds."""

from __future__ import annotations

from pathlib import Path

import pytest

from qualbench.errors import BadDecision, NeedsConfirmation, NoCoefficients, UnknownMethod
from qualbench.model import Method, Outcome, Reason
from qualbench.project import Project
from qualbench.project.asked import NoCounts
from qualbench.steps.methods import PhaseState, here
from tests.conftest import code
from tests.project.conftest import plan


def read_apart(project: Project, name: str = "talk") -> None:
    """Four segments, two of them read alike: by hand 50% before negotiation."""
    code(project, "ana", ["TRUST", "HOPE", "FEAR", ""], name)
    code(project, "ben", ["TRUST", "FEAR", "HOPE", ""], name)
    project.viewer = "ana"


# --- the method --------------------------------------------------------------------------------------------------


def test_a_change_of_method_is_kept_with_its_reason(study: Project) -> None:
    assert study.profile() is not None
    study.change_method("negotiated-agreement", "We meet every week.")
    (change,) = study.method_changes()
    assert (change.before, change.method, change.reason, change.by) == (
        Method.CODEBOOK, Method.NEGOTIATED, "We meet every week.", "ana",
    )  # fmt: skip
    assert study.study.method is Method.NEGOTIATED
    with Project.open(study.folder, "ben") as again:
        assert again.study.method is Method.NEGOTIATED
        assert "The reason: We meet every week." in again.statement()[1]
    assert study.attention() == ()
    with pytest.raises(UnknownMethod):
        study.change_method("grounded", "why not")
    with pytest.raises(BadDecision):
        study.change_method(Method.NEGOTIATED, "again")


def test_the_report_names_the_change_its_date_and_its_reason(study: Project) -> None:
    study.change_method(Method.NEGOTIATED, "We meet\nevery week")
    read_apart(study)
    target = study.folder / "report.md"
    study.write_report(target)
    text = " ".join(target.read_text("utf-8").split())
    assert "It was begun with codebook thematic analysis; on 2026-01-05 the method was changed to negotiated" in text
    assert "The reason: We meet every week." in text
    assert "After negotiation the team had one reading of 2 of 4 segments (50%)" in text


def test_what_was_computed_is_hidden_once_the_method_has_no_coefficient(study: Project) -> None:
    """Kept in memory or kept for good: neither is shown, and where readings differ still is."""
    read_apart(study)
    assert study.agreement().units == 4
    study.keep_agreement()
    study.change_method(Method.REFLEXIVE, "Readings, not measures.")
    for refused in (study.agreement, study.published, study.span_agreement, study.qualcoder_figures, study.trend):
        if refused == study.trend and not study.rounds():
            continue
        with pytest.raises(NoCoefficients):
            refused()
    with pytest.raises(NoCounts):
        study.saturation()
    assert len(study.items()) == 2
    assert [week.alpha for week in study.cycle()] == [None]
    assert [week.settlement.before for week in study.cycle()] == [None]
    assert "no coefficient" in study.target()
    assert study.history().method_changes[0].method is Method.REFLEXIVE


def test_a_method_without_an_auditor_gives_nobody_that_role(study: Project) -> None:
    study.give_roles("cleo", ["auditor"])
    study.change_method(Method.REFLEXIVE, "Readings.")
    with pytest.raises(BadDecision, match="no auditor"):
        study.give_roles("dora", ["auditor"])


def test_a_method_without_a_release_gate_releases_what_is_not_finished(study: Project) -> None:
    study.add_code("Grief")
    with pytest.raises(NeedsConfirmation):
        study.release_draft()
    study.change_method(Method.REFLEXIVE, "Codes grow with the reading.")
    assert study.release_draft().book.version == study.codebook_versions()[-1]


# --- phases ------------------------------------------------------------------------------------------------------


def test_the_phases_follow_what_was_done(study: Project) -> None:
    study.change_method(Method.REFLEXIVE, "Readings.")
    assert here(study.phases()).id == "familiarising"
    study.write_note("She trusts.", on="transcript", about=study.transcript("talk").id, kind="familiarisation")
    assert [one.state for one in study.phases()][:2] == [PhaseState.DONE, PhaseState.NOT_BEGUN]
    read_apart(study)
    assert here(study.phases()).id == "initial-themes"
    study.create_theme("Trust comes first")
    study.gather_codes(study.themes()[0], ["TRUST", "HOPE"])
    assert "1 theme on the board." in here(study.phases()).shows
    assert "2 of 3 codes" in here(study.phases()).shows[1]
    study.enter_phase("coding", "The second interview says otherwise.")
    assert here(study.phases()).id == "coding"
    assert [(turn.phase, turn.note, turn.by) for turn in study.phase_turns()] == [
        ("coding", "The second interview says otherwise.", "ana")
    ]
    assert study.next_step().startswith("Phase 3: generating initial themes.")
    study.change_method(Method.CODEBOOK, "The team wants a codebook.")
    assert here(study.phases()).id == "initial-themes", "what was entered before the change is history"


def test_nobody_counts_memos_that_are_not_theirs_to_read(study: Project) -> None:
    """A memo on a transcript that is still blind: its author's phase shows it, the other coder's does not."""
    study.write_note("She trusts.", on="transcript", about=study.transcript("talk").id, kind="familiarisation")
    study.open_pass("talk")
    assert study.method_facts().familiarised == 1
    study.viewer = "ben"
    assert study.method_facts().familiarised == 0


@pytest.mark.parametrize("method", Method)
def test_every_method_reads_the_demo(demo: Project, method: Method) -> None:
    if method is not demo.study.method:
        demo.change_method(method, "To look.")
    found = demo.phases()
    assert sum(one.is_here for one in found) == 1
    assert all(one.shows for one in found)
    assert demo.statement()


def test_stages_of_flexible_coding_and_of_cases_have_their_facts(tmp_path: Path, study: Project) -> None:
    study.change_method(Method.FLEXIBLE, "Forty interviews.")
    study.write_note("P1 trusts.", on="case", about="P1", kind="respondent")
    study.write_note("All trust.", on="study", kind="cross-case")
    facts = study.method_facts()
    assert (facts.participants, facts.described, facts.respondents, facts.across) == (1, 0, 1, 1)
    study.change_method(Method.CQR, "Judges.")
    study.write_note("I hope they trust.", on="study", kind="bias")
    read_apart(study)
    facts = study.method_facts()
    assert (facts.people, facts.biased, facts.cases, facts.categories) == (2, 1, 1, 0)


# --- weeks -------------------------------------------------------------------------------------------------------


def test_a_week_has_both_figures_side_by_side(interviews: Project) -> None:
    """By hand: 2 of 4 segments alike before; with one settled and one kept apart, 3 of 4 after."""
    study = interviews
    study.change_method(Method.NEGOTIATED, "Weekly.")
    plan(study, "First", {"one": "ana ben"})
    plan(study, "Second", {"two": "ana ben"})
    read_apart(study, "one")
    first, second = study.cycle()
    assert (first.passes, first.asked, second.passes, second.asked) == (2, 2, 0, 2)
    assert (first.settlement.before, first.settlement.after) == (0.5, 0.5)
    assert (second.alpha, second.settlement.units) == (None, 0)
    one, two = study.items()
    study.decide(one, Outcome.FIRST, reason=Reason.SLIP)
    study.decide(two, Outcome.APART, reason=Reason.READING)
    first, _ = study.cycle()
    assert (first.settlement.before, first.settlement.after) == (0.5, 0.75)
    assert first.alpha == study.agreement().set_alpha.value, "talk changes no coefficient"
    assert "(75%)" in study.beside_agreement("First")
    assert first.transcripts == ("one",)
    assert (first.session, first.next_version, first.debt) == ("", "", 0)


def test_the_next_version_and_what_it_leaves_to_look_at(study: Project) -> None:
    study.change_method(Method.NEGOTIATED, "Weekly.")
    plan(study, "First", {"talk": "ana ben"})
    read_apart(study)
    study.add_code("Grief", exclude="Not for fear.")
    study.release_draft("1.1")
    (week,) = study.cycle()
    assert (week.codebook, week.next_version) == ("1.0", "1.1")
    assert week.debt == 8, "a new code: each of four segments in two passes"


def test_without_a_codebook_there_is_no_week(tmp_path: Path) -> None:
    with Project.create(tmp_path / "new", viewer="ana", method="negotiated-agreement") as project:
        assert project.cycle() == ()
        assert here(project.phases()).id == "codebook"
