"""Memos: who may read which one when, what each is on, and the earlier extracts of a code."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qualbench.errors import PassSubmitted, QualbenchError, UnknownCode, UsageError
from qualbench.model import Change
from qualbench.project import Project
from qualbench.project.noted import Written
from tests.conftest import add_interview, code, spans
from tests.project.conftest import entries, plan

ON = ("place", "transcript", "code", "case", "study", "comparison")
STAGES = ("ana begun", "ana submitted", "both submitted", "ana again", "ben coded another")


def memo_on(project: Project, on: str) -> None:
    """Ana writes one memo on each kind of thing, in her open pass on talk."""
    project.viewer = "ana"
    pass_ = project.open_pass("talk")
    first, second, *_ = spans(project)
    project.apply_code(pass_.id, "TRUST", *first)
    project.apply_code(pass_.id, "TRUST", *second)
    if on == "place":
        project.write_memo(pass_.id, *first, "Zanzibar")
        return
    about = {"transcript": pass_.transcript, "code": "TRUST", "case": "P1", "comparison": "TRUST"}.get(on, "")
    pair = [one.coding for one in project.earlier("TRUST")] if on == "comparison" else []
    project.write_note("Zanzibar", on=on, about=about, places=pair)


def reach(project: Project, stage: str) -> None:
    """Go on until this stage: ana has begun, submitted, ben has too, and then something begins anew."""
    at = STAGES.index(stage)
    project.viewer = "ana"
    if at >= 1:
        project.submit(["talk"], "nothing")
    if at >= 2:
        code(project, "ben", ["HOPE", "", "", ""])
    if stage == "ana again":
        plan(project, "Again", {"talk": "ana"}, recode=True)
        project.viewer = "ana"
        project.open_pass("talk")
    if stage == "ben coded another":
        add_interview(project, "other.txt", "I: Well?\nP1: I hope so.\n")
        code(project, "ben", ["HOPE"], "other", submit=False)


READABLE = {
    "place": (False, False, True, True, True),
    "transcript": (False, False, True, True, True),
    "code": (False, False, True, False, True),
    "case": (False, False, True, False, True),
    "study": (False, False, True, False, True),
    "comparison": (False, False, True, False, True),
}
"""Whether ben and the lead may read ana's memo at each stage: a memo on a place or a transcript with its transcript,
any other only while nothing that ana does is blind; what ben does changes nothing in that."""


@pytest.mark.parametrize("stage", STAGES)
@pytest.mark.parametrize("on", ON)
def test_others_read_a_memo_when_it_can_break_independence_no_more(study: Project, on: str, stage: str) -> None:
    memo_on(study, on)
    reach(study, stage)
    for viewer in ("ben", "lead", ""):
        study.viewer = viewer
        bodies = [one.body for one in study.written() if one.author == "ana"]
        assert bodies == ["Zanzibar"] * READABLE[on][STAGES.index(stage)], (viewer, on, stage)
        assert bool(study.written("zanzibar")) == bool(bodies)
        assert not any(one.own for one in study.written())
    study.viewer = "ana"
    assert [(one.on, one.body, one.own) for one in study.written()] == [(on, "Zanzibar", True)]


@pytest.mark.parametrize("on", ON)
def test_nobody_writes_in_another_ones_memo(study: Project, on: str) -> None:
    """A memo that may be read is its author's; one that may not is not there at all."""
    memo_on(study, on)
    held = study.written()[0]
    study.viewer = "ben"
    before = entries(study)
    if on != "place":
        with pytest.raises(QualbenchError, match="not there any more"):
            study.rewrite_note(held.id, "mine")
    reach(study, "both submitted")
    study.viewer = "ben"
    (seen,) = study.written()
    before = entries(study)
    for words in ("mine", ""):
        with pytest.raises(UsageError, match="This memo is ana's"):
            study.rewrite_written(seen, words)
    assert entries(study) == before


def test_a_memo_in_a_pass_that_was_handed_in_never_changes_and_others_may(study: Project) -> None:
    memo_on(study, "place")
    study.write_note("All of it.", on="study")
    (note, placed) = study.written()
    assert (note.frozen, placed.frozen) == (False, False)
    study.rewrite_written(placed, "Better words.")
    study.submit(["talk"], "nothing")
    (note, placed) = study.written()
    assert (placed.body, placed.frozen) == ("Better words.", True)
    for words in ("x", ""):
        with pytest.raises(PassSubmitted):
            study.rewrite_written(placed, words)
    study.rewrite_written(note, "Some of it.")
    assert [one.body for one in study.written()] == ["Some of it.", "Better words."]
    study.rewrite_written(study.written()[0], " ")
    assert [one.body for one in study.written()] == ["Better words."]


def subjects(project: Project) -> dict[str, str]:
    return {one.body: one.subject for one in project.written()}


def test_each_memo_says_in_words_what_it_is_on(study: Project) -> None:
    add_interview(study, "other.txt", "I: Well?\nP1: I hope so.\n")
    pass_ = study.open_pass("talk")
    first, second, *_ = spans(study)
    study.write_memo(pass_.id, *second, "placed", "reflexive")
    study.apply_code(pass_.id, "HOPE", *first)
    study.apply_code(pass_.id, "HOPE", *second)
    person = next(one for one in study.participants() if one.label)
    study.write_note("coded", on="code", about="HOPE", kind="method")
    study.write_note("read", on="transcript", about=study.transcript("other").id, kind="familiarisation")
    study.write_note("met", on="case", about=person.id, kind="respondent")
    study.write_note("all", on="study", kind="bias")
    newer, older = study.earlier("HOPE")
    study.write_note("tied", on="comparison", about="HOPE", kind="comparison", places=(older.coding, newer.coding))
    assert subjects(study) == {
        "placed": "talk, line 4", "coded": "Hope", "read": "other", "met": person.label, "all": "the study",
        "tied": "Hope: talk, line 2 and talk, line 4",
    }  # fmt: skip
    tied = next(one for one in study.written() if one.body == "tied")
    assert [one.text for one in tied.extracts] == [
        "I trusted her at once. She had been there.",
        "Then it got better, slowly.",
    ]
    assert tied.called == "comparison memo"
    study.remove_code(pass_.id, "HOPE", *first)
    assert subjects(study)["tied"] == "Hope: talk, line 4 (coded otherwise since)"
    study.undo("", "coding")
    assert subjects(study)["tied"] == "Hope: talk, line 2 and talk, line 4"


@pytest.mark.parametrize(
    ("query", "found"), [("zoë  TRUST", ["Zoe trusts."]), ('"trusts zoe"', []), ("x", []), (" ", 2)]
)
def test_memos_are_found_by_their_words(study: Project, query: str, found: list[str] | int) -> None:
    study.write_note("Zoe trusts.", on="study")
    study.write_memo(study.open_pass("talk").id, *spans(study)[0], "Hope")
    bodies = [one.body for one in study.written(query)]
    assert (len(bodies) if isinstance(found, int) else bodies) == found


# --- earlier extracts --------------------------------------------------------------------------------------------


def words(project: Project, code_id: str, most: int = -1) -> list[str]:
    return [one.text.split()[-1] for one in project.earlier(code_id, most)]


def test_earlier_extracts_are_the_coders_own_newest_first(study: Project) -> None:
    code(study, "ben", ["TRUST", "TRUST", "TRUST", "TRUST"])
    code(study, "ana", ["TRUST", "", "TRUST", ""])
    assert words(study, "TRUST") == ["less.", "there."]
    assert words(study, "TRUST", 1) == ["less."]
    assert words(study, "HOPE") == words(study, "NOWHERE") == []
    newest = study.earlier("TRUST")[0]
    assert (newest.place, newest.at[:10]) == ("talk, line 6", "2026-01-05")
    study.viewer = "lead"
    assert study.earlier("TRUST") == (), "of others nothing, though the transcript is opened"


def test_what_was_merged_into_a_code_is_among_its_extracts(study: Project) -> None:
    code(study, "ana", ["TRUST", "HOPE", "", ""])
    study.merge_codes(["HOPE"], "TRUST")
    assert words(study, "TRUST") == ["there."], "a draft changes nothing yet"
    study.release_draft("2.0", {"TRUST": Change.WORDING} if "TRUST" in study.proposed_changes() else {})
    assert words(study, "TRUST") == ["slowly.", "there."]


def test_coding_again_does_not_show_the_first_coding(study: Project) -> None:
    """While a transcript is coded again its first coding stays out of sight; the other transcripts do not."""
    add_interview(study, "other.txt", "I: Well?\nP1: I trust them.\n")
    for coder in ("ana", "ben"):
        code(study, coder, ["TRUST", "TRUST", "", ""])
        code(study, coder, ["TRUST"], "other")
    plan(study, "Again", {"talk": "ana"}, recode=True)
    study.viewer = "ana"
    assert words(study, "TRUST") == ["them."], "not even before it is begun"
    code(study, "ana", ["", "TRUST", "", ""], submit=False)
    assert words(study, "TRUST") == ["slowly.", "them."]


def test_a_code_is_named_wherever_it_stands(study: Project) -> None:
    assert study.code_named("trust").id == "TRUST"
    study.add_code("Paid work")
    assert study.code_named("paid work").id == "PAID_WORK"
    proposed = study.propose_code(study.open_pass("talk").id, "Coats", *spans(study)[0])
    assert study.code_named("coats").id == proposed
    study.viewer = "ben"
    with pytest.raises(UnknownCode):
        study.code_named("coats")


@settings(max_examples=15)
@given(body=st.text(min_size=1).filter(str.strip), again=st.text())
def test_a_memo_keeps_every_character_of_its_words(
    body: str, again: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    body, again = (text.encode("utf-8", "replace").decode() for text in (body, again))
    with Project.create(tmp_path_factory.mktemp("memos") / "study", viewer="ana") as project:
        project.write_note(body, on="study")
        assert [one.body for one in project.written()] == [body]
        project.rewrite_written(project.written()[0], again)
        held: tuple[Written, ...] = project.written()
        assert [one.body for one in held] == ([again] if again.strip() else [])
