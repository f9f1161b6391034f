"""Checklists on real studies: what the log shows is counted by hand, an empty study shows nothing, answers stay."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest

from qualbench.errors import BadDecision, NothingToUndo, UsageError
from qualbench.model import Method, ThemeField, ThemeState
from qualbench.project import Project
from qualbench.steps.checklists import CHECKLISTS, Line, State
from tests.conftest import BOOK, add_interview, code, spans

NAMES = [one.id for one in CHECKLISTS]


def lines(project: Project, name: str) -> dict[str, Line]:
    return {line.item.number: line for line in project.checklist(name).lines}


def facts(project: Project, name: str, item: str) -> list[str]:
    return [fact.words for fact in lines(project, name)[item].shown]


@pytest.mark.parametrize("method", list(Method), ids=str)
def test_an_empty_study_has_no_item_shown(tmp_path: Path, method: Method) -> None:
    with Project.create(tmp_path / "empty", method=str(method), viewer="ana") as project:
        for name in NAMES:
            assert [line.item.number for line in project.checklist(name).lines if not line.is_gap] == []


def test_a_study_with_material_and_no_coding_shows_nothing_of_coding(study: Project) -> None:
    shown = {number for number, line in lines(study, "coreq").items() if line.state is State.SHOWN}
    assert shown == {"12", "18", "25"}
    assert facts(study, "coreq", "12") == ["1 participant in 1 transcript."]
    assert not any(line.state is State.SHOWN for line in lines(study, "oconnor-joffe").values())


def test_a_blind_pass_changes_nothing_in_any_checklist(study: Project) -> None:
    before = [study.checklist(name).lines for name in NAMES]
    code(study, "ana", ["TRUST", "HOPE", "FEAR", ""])
    study.viewer = "ben"
    after = [study.checklist(name).lines for name in NAMES]
    assert after == before


@pytest.fixture
def done(study: Project) -> Project:
    """Two coders on talk, one difference decided, a theme with a quote, a kept run; another transcript is not coded."""
    add_interview(study, "other.txt", "I: And?\nP2: I hoped.\nI: So?\nP2: Yes.\n")
    code(study, "ana", ["TRUST", "HOPE", "FEAR", ""])
    code(study, "ben", ["TRUST", "HOPE", "HOPE", ""])
    study.viewer = "ana"
    study.write_note("I expected fear.", on="study", kind="bias")
    return study


def test_the_log_shows_what_was_done_with_its_figures(done: Project) -> None:
    """Four segments of talk of the six that count have two readings: 66.7 %."""
    assert facts(done, "coreq", "24") == ["2 coders (ana, ben) handed in 2 passes on 1 transcript."]
    assert facts(done, "oconnor-joffe", "O2") == ["4 of 6 segments of the study (66.7%) have two readings or more."]
    assert facts(done, "braun-clarke", "2") == [
        "4 of 4 segments of 1 opened transcript are decided by every coder of theirs."
    ]
    assert facts(done, "coreq", "8") == ["Memos of the team: on biases and expectations 1."]
    (tree,) = lines(done, "coreq")["25"].shown
    assert tree.words == "3 codes on 1 level, 3 with a definition."
    assert tree.where == "codebook 1.0, released 2026-01-05"
    assert lines(done, "oconnor-joffe")["O9"].state is State.NOTHING


def test_a_kept_run_is_named_by_its_id_and_day(done: Project) -> None:
    done.keep_agreement()
    (run,) = lines(done, "oconnor-joffe")["O9"].shown
    assert run.words.startswith("Krippendorff's alpha of ana and ben on 4 segments, ")
    assert run.where.startswith("agreement run 0")
    assert run.where.endswith(", 2026-01-05")
    assert lines(done, "oconnor-joffe")["O12"].state is State.SHOWN


def test_decisions_are_counted_with_their_reasons(done: Project) -> None:
    from qualbench.model import Outcome, Reason

    (item,) = done.items()
    done.decide(item, Outcome.FIRST, reason=Reason.DEFINITION)
    assert facts(done, "oconnor-joffe", "O13") == [
        "1 disagreement decided in consensus, both readings kept. Reasons: definition unclear 1."
    ]


def test_themes_are_shown_as_far_as_they_came(done: Project) -> None:
    assert lines(done, "braun-clarke")["5"].state is State.NOTHING
    done.create_theme("What holds", "Trust emerged early")
    done.gather_codes(done.themes()[0], ["TRUST"])
    done.pick_quote(done.themes()[0], "talk", *spans(done)[0])
    for state in (ThemeState.EXTRACTS, ThemeState.DATA):
        done.state_theme(done.themes()[0], state)
    assert facts(done, "braun-clarke", "5") == [
        "Themes that were held against the whole data: 1 of 1.",
        "Themes that were held against their extracts: 1 of 1.",
    ]
    assert facts(done, "coreq", "29") == ["1 quote of 1 participant, each checked against its transcript and labelled."]
    assert facts(done, "braun-clarke", "3") == ["Themes that rest on three transcripts or more: 0 of 1."]
    assert lines(done, "braun-clarke")["3"].state is State.OTHERWISE
    assert lines(done, "braun-clarke")["14"].state is State.OTHERWISE
    done.describe_theme(done.themes()[0], "We read trust as something made.")
    assert lines(done, "braun-clarke")["14"].state is State.SHOWN
    done.write_theme(done.themes()[0], ThemeField.NARRATIVE, "Trust is made early on.")
    assert facts(done, "braun-clarke", "10") == [
        "5 words of narrative beside 9 words quoted.",
        "Words of narrative to words quoted: What holds 0.6 : 1.",
    ]


def test_a_checklist_says_the_same_to_everybody(done: Project) -> None:
    told = []
    for viewer in ("ana", "ben", "nobody"):
        done.viewer = viewer
        told.append([done.checklist(name).lines for name in NAMES])
    assert told[0] == told[1] == told[2]


# --- answers -----------------------------------------------------------------------------------------------------


def test_an_answer_is_kept_changed_undone_and_taken_back(study: Project) -> None:
    study.answer_item("coreq", "14", "  Rooms of the library. ")
    study.answer_item("coreq", "14", "Rooms of two libraries.")
    assert not study.answer_item("coreq", "14", "Rooms of two libraries.")
    (answer,) = study.checklist_answers()
    assert (answer.words, answer.by) == ("Rooms of two libraries.", "ana")
    study.undo("papers", "papers")
    assert [one.words for one in study.checklist_answers()] == ["Rooms of the library."]
    study.redo("papers", "papers")
    study.answer_item("coreq", "14", "")
    assert study.checklist_answers() == ()
    assert lines(study, "coreq")["14"].state is State.ASKED
    study.undo("papers", "papers")
    assert lines(study, "coreq")["14"].state is State.ANSWERED
    with pytest.raises(BadDecision, match="Item 15 of COREQ has no answer"):
        study.answer_item("coreq", "15", " ")
    with pytest.raises(UsageError, match="COREQ has no item '40'"):
        study.answer_item("coreq", "40", "x")


def test_undo_takes_back_ones_own_answers_only(study: Project) -> None:
    study.answer_item("coreq", "14", "Rooms.")
    study.viewer = "ben"
    with pytest.raises(NothingToUndo):
        study.undo("papers", "papers")


def test_an_answer_survives_closing_and_is_whole(tmp_path: Path, clock: Callable[[], datetime]) -> None:
    with Project.create(tmp_path / "s", viewer="ana", clock=clock) as project:
        project.release_codebook("book.yaml", BOOK)
        project.answer_item("srqr", "s9", "Approved, with consent in writing.")
    with Project.open(tmp_path / "s", "ben") as project:
        assert lines(project, "srqr")["S9"].state is State.ANSWERED
        assert all(well for well, _ in project.examine())


def test_a_file_is_written_whole_and_not_over_another(done: Project, tmp_path: Path) -> None:
    from qualbench.errors import FileExists

    target = tmp_path / "coreq.md"
    assert done.write_checklist("coreq", target) == f"COREQ is in {target}."
    first = target.read_bytes()
    with pytest.raises(FileExists):
        done.write_checklist("coreq", target)
    done.write_checklist("coreq", target, force=True)
    assert target.read_bytes() == first
    with pytest.raises(UsageError, match="can not be written"):
        done.write_checklist("coreq", tmp_path / "coreq.pdf")
