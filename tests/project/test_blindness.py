"""Nothing a person can ask a study for tells them what another coder did, before every pass is in."""

from __future__ import annotations

import pytest

from qualbench.errors import AlreadyOpened, QualbenchError, StillBlind, UnknownCoder, UnknownItem
from qualbench.model import Outcome, PassState, Reason, Scope
from qualbench.project import Project
from qualbench.steps import consensus, report
from tests.conftest import BOOK, INTERVIEW, add_interview, code, spans

MEMO = "Zanzibar"
VIEWERS = ("ben", "lead", "")


def ana_codes(project: Project, *, submit: bool) -> None:
    code(project, "ana", ["TRUST", "TRUST+HOPE", "", "FEAR"], submit=False)
    project.write_memo(project.passes(coder="ana")[0].id, *spans(project)[0], MEMO)
    if submit:
        project.submit(["talk"])


@pytest.mark.parametrize("submitted", [False, True])
@pytest.mark.parametrize("viewer", VIEWERS)
def test_no_method_shows_another_coders_work(study: Project, viewer: str, submitted: bool) -> None:
    ana_codes(study, submit=submitted)
    study.viewer = viewer
    transcript = study.transcript("talk")
    assert study.codings() == study.nothings() == study.memos() == study.recent_codes() == ()
    assert study.codings(coder="ana") == study.memos("", "ana") == ()
    assert study.export_codings() == study.export_codings("ana") == []
    assert study.progress() == ()
    assert len(study.undecided(transcript)) == 4
    assert study.units() == study.units(["ana"]) == study.items() == study.decisions() == ()
    assert study.settled().codes == {}
    assert study.extracts(["TRUST", "HOPE", "FEAR"]) == ()
    assert study.kept_agreement() is None
    for pair in (None, ("ana", "ben"), ("ana", "ana")):
        with pytest.raises(StillBlind):
            study.agreement(Scope(pair=pair))
    assert study.differences() == study.confusions() == study.trend() == ()
    assert study.agreement_by_transcript() == study.agreement_by_pair() == {}
    for figures in (study.span_agreement, study.qualcoder_figures, study.published, study.agreement_contents):
        with pytest.raises(StillBlind):
            figures()
    with pytest.raises(UnknownCoder):
        study.place(study.passes(coder="ana")[0].id, 0, 300)


@pytest.mark.parametrize("ending", [".md", ".html", ".csv", ".docx"])
def test_a_report_tells_nothing_of_what_is_not_opened(study: Project, ending: str) -> None:
    """The same words as if ana had not coded at all."""
    study.viewer = "lead"
    study.open_pass("talk", "ana")
    study.create_theme("Coats")
    study.gather_codes(study.theme("Coats"), ["TRUST"])
    today = study.clock()
    study.clock = lambda: today  # so that the report's date stands still
    before = report.render(study.report(), ".md")
    ana_codes(study, submit=True)
    study.viewer = "lead"
    made = study.report()
    assert made.agreement is None
    assert report.render(made, ".md") == before
    assert MEMO.encode() not in report.render(made, ending)


def test_nobody_can_work_in_another_coders_pass(study: Project) -> None:
    ana_codes(study, submit=False)
    pass_id, span = study.passes(coder="ana")[0].id, spans(study)[0]
    study.viewer = "ben"
    before = study._db.execute("select count(*) from journal").fetchone()
    for act in (
        lambda: study.apply_code(pass_id, "HOPE", *span), lambda: study.remove_code(pass_id, "TRUST", *span),
        lambda: study.mark_nothing(pass_id, *span), lambda: study.write_memo(pass_id, *span, "x"),
    ):  # fmt: skip
        with pytest.raises(UnknownCoder):
            act()
    assert study._db.execute("select count(*) from journal").fetchone() == before


def test_the_words_of_a_refusal_do_not_tell_either(study: Project) -> None:
    """Whether a code is there would be told by 'no such code' against another sentence."""
    ana_codes(study, submit=False)
    pass_id = study.passes(coder="ana")[0].id
    study.viewer = "ben"
    said = set()
    for code_id in ("TRUST", "HOPE"):
        with pytest.raises(UnknownCoder) as refusal:
            study.remove_code(pass_id, code_id, *spans(study)[0])
        said.add(str(refusal.value))
    assert len(said) == 1


@pytest.mark.parametrize("viewer", ["", "lead", "ben"])
def test_handing_in_reaches_the_viewers_own_passes_only(study: Project, viewer: str) -> None:
    """A viewer without a name once meant everybody."""
    ana_codes(study, submit=False)
    study.viewer = viewer
    for names in ([], ["talk"]):
        with pytest.raises(QualbenchError, match="no open pass"):
            study.submit(names, "skipped")
    assert [one.state for one in study.passes()] == [PassState.OPEN]


def test_all_is_shown_once_both_are_in(study: Project) -> None:
    ana_codes(study, submit=True)
    code(study, "ben", ["TRUST", "HOPE", "", "FEAR"])
    study.viewer = "lead"
    assert {one.coder for one in study.codings()} == {"ana", "ben"}
    assert [one.body for one in study.memos()] == [MEMO]
    assert [dict(one.readings) for one in study.items()] == [{"ana": ("TRUST", "HOPE"), "ben": ("HOPE",)}]
    assert study.agreement().units == 4
    assert len(study.settled().codes) == 3
    assert [one.codes for one in study.extracts(["FEAR"])] == [("FEAR",)]
    assert len(study.export_codings()) == 9


def test_a_study_of_three_coders_waits_for_the_third(study: Project, tmp_path: object) -> None:
    with Project.create(study.folder.parent / "three", viewer="lead", coders=3) as project:
        project.release_codebook("book.yaml", BOOK)
        add_interview(project, "talk.txt", INTERVIEW)
        for coder in ("ana", "ben"):
            code(project, coder, ["TRUST", "", "", "FEAR"])
        assert project.opened() == frozenset()
        project.viewer = "ben"
        assert {one.coder for one in project.codings()} == {"ben"}
        with pytest.raises(StillBlind):
            project.agreement()
        code(project, "dora", ["HOPE", "", "", "FEAR"])
        assert project.opened() == {project.transcript("talk").id}
        assert {one.coder for one in project.codings()} == {"ana", "ben", "dora"}


def test_an_opened_transcript_takes_no_new_pass(study: Project) -> None:
    from qualbench.steps.interchange.codings_csv import Line

    for coder in ("ana", "ben"):
        code(study, coder, ["TRUST", "", "", ""])
    study.viewer = "dora"
    with pytest.raises(AlreadyOpened, match="would not be independent"):
        study.open_pass("talk")
    with pytest.raises(AlreadyOpened):
        study.import_codings("t.csv", [Line("talk", *spans(study)[0], "TRUST", "dora")])
    assert study.coders() == ("ana", "ben")


def test_there_is_nothing_to_settle_on_a_blind_transcript(study: Project) -> None:
    ana_codes(study, submit=True)
    id_ = study.transcript("talk").id
    with pytest.raises(UnknownItem):
        consensus.find(study.items(), f"{id_}:{spans(study)[1][0]}")
    code(study, "ben", ["TRUST", "HOPE", "", "FEAR"])
    item = consensus.find(study.items(), f"{id_}:{spans(study)[1][0]}")
    study.decide(item, Outcome.FIRST, reason=Reason.READING)
    assert study.items()[0].state == "decided"
    assert {one.code for one in study.codings(coder="ben")} == {"TRUST", "HOPE", "FEAR"}  # passes never change
