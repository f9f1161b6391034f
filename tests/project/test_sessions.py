"""Consensus sessions on a study: sitting down, breaking off, deciding in every way, and what stands afterwards."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from qualbench.errors import BadDecision, QualbenchError, StillBlind, UnknownItem
from qualbench.model import AgendaSort, Change, Changes, CodebookAction, Method, Outcome, Reason, Session, SessionState
from qualbench.project import Project
from qualbench.steps.consensus import UnknownSession
from tests.conftest import BOOK, INTERVIEW, add_interview, code
from tests.project.conftest import plan

ANA = ["TRUST", "HOPE+FEAR", "", "TRUST"]
BEN = ["HOPE", "HOPE", "", "TRUST"]
"""They differ on the first two of four segments."""


@pytest.fixture
def team(study: Project) -> Project:
    """Ana and ben have coded the talk, and of a second one everything alike."""
    add_interview(study, "call.txt", f"{INTERVIEW}I: Bye.\n")
    for name, ben in (("talk", BEN), ("call", ANA)):
        code(study, "ana", ANA, name)
        code(study, "ben", ben, name)
    study.viewer = "cleo"
    return study


def sit(project: Project, *people: str, **more: Any) -> Session:
    project.open_session(people=people or ("ana", "ben", "cleo"), **more)
    held = project.sitting()
    assert held is not None
    return held


def again(project: Project, clock: Callable[[], datetime]) -> Project:
    """The same study, left and opened again."""
    project.close()
    return Project.open(project.folder, "cleo", write=True, clock=clock)


# --- sitting down --------------------------------------------------------------------------------------------------


def test_a_session_looks_at_the_disagreements_and_folds_the_rest_away(team: Project) -> None:
    held = sit(team, chair="cleo", scribe="ben", standing="ana", hidden=True)
    assert [(one.name, one.agreed) for one in team.agenda(held)] == [("talk", False), ("talk", False)]
    assert team.folded(held) == ("call",)
    assert (held.people, held.chair, held.scribe, held.standing) == (("ana", "ben", "cleo"), "cleo", "ben", "ana")
    assert (held.hidden, held.state, held.codebook, held.actor) == (True, SessionState.OPEN, "1.0", "cleo")


def test_causes_are_those_of_the_agreement(team: Project) -> None:
    """TRUST against HOPE is another code; FEAR on the second segment has nothing instead."""
    assert [one.cause for one in team.agenda()] == ["other-code", "missed"]
    assert [one.cause for one in team.agenda(sit(team, sort=AgendaSort.CAUSE))] == ["missed", "other-code"]


def test_agreements_are_drawn_by_the_seed_kept_and_looked_at(team: Project) -> None:
    """Two of talk and four of call are alike."""
    held = sit(team, sample=3, seed=5)
    drawn = [one for one in team.agenda(held) if one.agreed]
    assert len(drawn) == 3
    assert {one.id for one in drawn} == set(held.sample)
    assert len(team.items()) == 2
    assert len(team.agenda(sit_anew(team, held, sample=99))) == 2 + 6
    assert team.folded(team.sitting()) == ()


def sit_anew(project: Project, held: Session, **more: Any) -> Session:
    project.state_session(held, SessionState.CLOSED)
    return sit(project, **more)


def test_a_session_over_a_round_has_its_transcripts_only(interviews: Project) -> None:
    plan(interviews, "First", {"one": "ana ben", "two": "ana ben"})
    plan(interviews, "Second", {"three": "ana ben"})
    for name in ("one", "two", "three"):
        code(interviews, "ana", ANA, name)
        code(interviews, "ben", BEN if name != "two" else ANA, name)
    held = sit(interviews, "ana", round="First")
    assert [one.name for one in interviews.agenda(held)] == ["one", "one"]
    assert interviews.folded(held) == ("two",)
    other = next(one for one in interviews.items() if one.name == "three")
    with pytest.raises(BadDecision, match="not in the round"):
        interviews.decide(other, Outcome.BOTH, reason=Reason.SLIP, session=held.id)
    with pytest.raises(BadDecision, match="open over this already"):
        interviews.open_session(people=["ana"], round="First")
    interviews.open_session(people=["ana"], round="Second")
    assert interviews.outcomes(round="Second").double_read == 4


def test_nobody_sits_down_over_what_is_blind_or_coded_again(interviews: Project) -> None:
    plan(interviews, "First", {"one": "ana ben"})
    code(interviews, "ana", ANA, "one")
    with pytest.raises(StillBlind):
        interviews.open_session(people=["ana"], round="First")
    code(interviews, "ben", BEN, "one")
    plan(interviews, "Again", {"one": "ana"}, recode=True)
    with pytest.raises(BadDecision, match="code again"):
        interviews.open_session(people=["ana"], round="Again")


# --- breaking off, and on with it ----------------------------------------------------------------------------------


def test_a_session_is_broken_off_and_taken_up_by_others_after_the_study_was_closed(
    team: Project, clock: Callable[[], datetime]
) -> None:
    held = sit(team, standing="ana")
    first, second = team.agenda(held)
    team.decide(first, Outcome.FIRST, reason=Reason.READING, session=held.id, seconds=40)
    team.state_session(held, SessionState.PAUSED, note="Until Tuesday.")
    with pytest.raises(BadDecision, match="paused"):
        team.decide(second, Outcome.BOTH, reason=Reason.SLIP, session=held.id)
    with again(team, clock) as later:
        assert later.sitting() == later.session("1")
        later.state_session(later.session(held.id), SessionState.OPEN, people=["ben", "dora"])
        held = later.session(held.id)
        assert held.people == ("ben", "dora")
        assert [one.state for one in later.agenda(held)] == ["decided", "open"]
        later.decide(second, Outcome.DEFERRED, reason=Reason.CONTEXT, session=held.id)
        later.state_session(held, SessionState.CLOSED, note="One is left.")
        assert [(one.state, one.people, one.note) for one in later.session_turns(held.id)] == [
            ("paused", ("ana", "ben", "cleo"), "Until Tuesday."), ("open", ("ben", "dora"), ""),
            ("closed", ("ben", "dora"), "One is left."),
        ]  # fmt: skip
        assert later.sitting() is None
        assert [one.order for one in later.decisions()] == [("ben", "cleo", "ana"), ("dora", "ben")]
        assert later.examine()[-1][0]
        with pytest.raises(BadDecision, match="closed"):
            later.decide(second, Outcome.BOTH, reason=Reason.SLIP, session=held.id)


def test_a_session_that_is_not_there(team: Project) -> None:
    with pytest.raises(UnknownSession):
        team.session("2")


# --- deciding ------------------------------------------------------------------------------------------------------


def test_a_decision_keeps_all_there_was_to_know(team: Project) -> None:
    held = sit(team)
    item = team.agenda(held)[0]
    team.decide(
        item, Outcome.BOTH, reason=Reason.OVERLAP, note="They overlap.", yielded="ana", session=held.id, seconds=95,
        action=CodebookAction.MERGE,
    )  # fmt: skip
    (taken,) = team.decisions()
    assert taken.readings == {"ana": ("TRUST",), "ben": ("HOPE",)}
    assert (taken.codes, taken.session, taken.order) == (("TRUST", "HOPE"), held.id, ("ana", "ben", "cleo"))
    assert (taken.seconds, taken.codebook, taken.action, taken.yielded) == (95, "1.0", "merge", "ana")


def test_a_split_segment_is_settled_part_by_part_everywhere(team: Project) -> None:
    item = team.items()[1]
    middle = item.start + 8
    team.decide(
        item, Outcome.SPLIT, reason=Reason.BOUNDARY,
        parts=[(item.start, middle, ["HOPE"]), (middle, item.end, ["FEAR", "HOPE"])],
    )  # fmt: skip
    settled = team.settled()
    at = item.transcript
    assert settled.codes[at, item.start, middle] == {"HOPE"}
    assert settled.codes[at, middle, item.end] == {"FEAR", "HOPE"}
    assert (at, item.start, item.end) not in settled.codes
    words = team.transcript(at).text
    extracts = [(one.start, one.text) for one in team.extracts(["FEAR"]) if one.transcript == at]
    assert extracts == [(middle, words[middle : item.end])]
    here = {(one.start, one.code, one.participant) for one in team.evidence().places if one.transcript == at}
    assert {(item.start, "HOPE", "P1"), (middle, "FEAR", "P1"), (middle, "HOPE", "P1")} <= here
    table = next(one for one in team.data_tables(["settled"]))
    rows = [dict(zip([c.name for c in table.columns], row, strict=True)) for row in table.rows]
    assert [(r["start"], r["code_id"], r["how"], r["case"]) for r in rows if r["source"] == "talk"][:3] == [
        (item.start, "HOPE", "decided", "P1"), (middle, "HOPE", "decided", "P1"), (middle, "FEAR", "decided", "P1")
    ]  # fmt: skip
    (told,) = team.data_tables(["decisions"])[0].rows
    assert f"{item.start}-{middle}: HOPE\n{middle}-{item.end}: FEAR, HOPE" in told


def test_parts_go_with_their_words_when_a_text_is_corrected(team: Project) -> None:
    item = team.items()[1]
    text = team.transcript("talk").text
    middle = text.index("slowly")
    parts = [(item.start, middle, ["HOPE"]), (middle, item.end, ["FEAR"])]
    team.decide(item, Outcome.SPLIT, reason=Reason.BOUNDARY, parts=parts)
    team.correct("talk", text.replace("I trusted her", "At first I trusted her").replace("got better", "became better"),
                 "Typing errors.")  # fmt: skip
    (taken,) = team.decisions()
    new = team.transcript("talk").text
    assert [new[start:end] for start, end, _ in taken.parts] == [
        new[taken.start : new.index("slowly")], new[new.index("slowly") : taken.end],
    ]  # fmt: skip
    assert new[taken.start : taken.end].endswith("Then it became better, slowly.")
    assert [codes for (_, start, _), codes in team.settled().codes.items() if start == new.index("slowly")] == [
        {"FEAR"}
    ]


def test_several_items_are_decided_at_once_and_one_undo_takes_all_back(interviews: Project) -> None:
    for name in ("one", "two"):
        code(interviews, "ana", ANA, name)
        code(interviews, "ben", BEN, name)
    interviews.viewer = "cleo"
    first = interviews.items()[0]
    alike = interviews.same_kind(first)
    assert [one.name for one in alike] == ["one", "two"]
    interviews.decide_together(alike, Outcome.SECOND, reason=Reason.DEFINITION, seconds=10)
    taken = interviews.decisions()
    assert [(one.yielded, one.seconds) for one in taken] == [("ana", 5), ("ana", 5)]
    assert len({one.together for one in taken}) == 1
    assert len({one.id for one in taken}) == 2
    interviews.undo("", "consensus")
    assert interviews.decisions() == ()
    interviews.redo("", "consensus")
    assert len(interviews.decisions()) == 2


def test_deciding_again_supersedes_and_deletes_nothing(team: Project) -> None:
    item = team.items()[0]
    for outcome in (Outcome.APART, Outcome.FIRST, Outcome.SECOND):
        team.decide(item, outcome, reason=Reason.READING)
    taken = [one.outcome for one in team.decision_history(item)]
    assert taken == [Outcome.APART, Outcome.FIRST, Outcome.SECOND]
    assert team.decision_history(item.id) == team.decision_history(item)
    assert [one.outcome for one in team.decisions()] == [Outcome.SECOND]
    assert team.decision_history(team.items()[1].id) == ()
    for name in ("nowhere:1", "x", f"{item.transcript}:3"):
        with pytest.raises(UnknownItem):
            team.decision_history(name)


def test_among_three_coders_one_reading_can_stand(tmp_path: Path, clock: Callable[[], datetime]) -> None:
    with Project.create(tmp_path / "three", viewer="ana", coders=3, clock=clock) as project:
        project.release_codebook("book.yaml", BOOK)
        add_interview(project, "talk.txt", INTERVIEW)
        for who, said in (("ana", ANA), ("ben", BEN), ("dora", ["FEAR", "HOPE", "", "TRUST"])):
            code(project, who, said)
        held = sit(project, "ana", "dora")
        first, second = project.agenda(held)
        assert list(first.readings) == ["ana", "ben", "dora"]
        project.decide(first, Outcome.ONE, reason=Reason.READING, stands="dora", session=held.id)
        project.decide(second, Outcome.BOTH, reason=Reason.READING, session=held.id)
        here = project.settled().codes
        assert here[first.transcript, first.start, first.end] == {"FEAR"}
        assert here[second.transcript, second.start, second.end] == {"HOPE", "FEAR"}
        (one, _) = project.decisions()
        assert (one.stands, one.yielded, one.order) == ("dora", "", ("ana", "dora"))


def test_an_agreement_that_was_looked_at_can_be_decided_otherwise(team: Project) -> None:
    held = sit(team, sample=99)
    alike = next(one for one in team.agenda(held) if one.agreed and one.readings["ana"] == ("TRUST",))
    place = (alike.transcript, alike.start, alike.end)
    assert team.settled().codes[place] == {"TRUST"}
    team.decide(alike, Outcome.NEW, reason=Reason.DEFINITION, codes=["HOPE"], session=held.id)
    assert team.settled().codes[place] == {"HOPE"}
    team.undo("", "consensus")
    assert team.settled().codes[place] == {"TRUST"}


def test_what_no_step_allows_is_not_written(team: Project) -> None:
    first, second = team.items()
    before = team.decisions(superseded=True)
    refused: list[Callable[[], Changes]] = [
        lambda: team.decide(first, Outcome.ONE, reason=Reason.SLIP, stands="cleo"),
        lambda: team.decide(first, Outcome.SPLIT, reason=Reason.SLIP, parts=[(first.start, first.end - 1, [])]),
        lambda: team.decide_together([first, second], Outcome.NEW, reason=Reason.SLIP, codes=["JOY"]),
        lambda: team.decide(first, Outcome.BOTH, reason=Reason.SLIP, session="nowhere"),
    ]
    for act in refused:
        with pytest.raises(QualbenchError):
            act()
    assert team.decisions(superseded=True) == before


# --- what comes of it ----------------------------------------------------------------------------------------------


def test_changes_of_the_codebook_are_linked_to_the_decision_that_asked_for_them(team: Project) -> None:
    first, second = team.items()
    team.decide(first, Outcome.FIRST, reason=Reason.DEFINITION, action=CodebookAction.EDIT)
    team.decide(second, Outcome.BOTH, reason=Reason.OVERLAP, action=CodebookAction.NEW)
    assert team.codebook_steps() == ()
    team.draft_code("TRUST", definition="They trust somebody.")
    team.add_code("Relief")
    edited, added = team.codebook_steps()
    one, two = team.decisions()
    team.link_action(one.id, [edited])
    assert [d.steps for d in team.decisions()] == [(edited,), ()]
    assert [a.item for a in team.outcomes().unlinked] == [second.id]
    team.link_action(two.id, [added])
    team.undo("", "codebook")
    assert [a.item for a in team.outcomes().unlinked] == [second.id], "what was undone did not come of it"
    team.redo("", "codebook")
    assert team.outcomes().unlinked == ()
    with pytest.raises(BadDecision, match="no change called"):
        team.link_action(one.id, ["nothing"])
    with pytest.raises(UnknownItem):
        team.link_action("nothing", [edited])
    team.release_draft("2.0", {"TRUST": Change.WORDING}, incomplete=True)
    assert [d.steps for d in team.decisions()] == [(edited,), (added,)], "a release keeps what led to it"


def test_outcomes_of_a_session_are_as_it_left_them(team: Project) -> None:
    held = sit(team)
    first, second = team.agenda(held)
    team.decide(first, Outcome.FIRST, reason=Reason.SLIP, session=held.id, seconds=20)
    team.decide(second, Outcome.DEFERRED, reason=Reason.CONTEXT, session=held.id)
    later = sit_anew(team, held)
    team.decide(second, Outcome.NOTHING, reason=Reason.READING, session=later.id)
    assert team.outcomes("1").outcomes == {Outcome.FIRST: 1, Outcome.DEFERRED: 1}
    assert team.outcomes("2").outcomes == {Outcome.NOTHING: 1}
    every = team.outcomes()
    assert every.outcomes == {Outcome.FIRST: 1, Outcome.NOTHING: 1}
    assert (every.deferred, every.seconds) == (0, 20)
    assert (every.double_read, every.agreement) == (8, 6 / 8)
    assert every.alpha == team.agreement().set_alpha.value
    assert [(one.person, one.times, one.of) for one in every.gave_way] == [("ana", 0, 1), ("ben", 1, 1)]


def test_reflexive_analysis_has_no_figure_of_agreement(tmp_path: Path, clock: Callable[[], datetime]) -> None:
    with Project.create(tmp_path / "own", viewer="ana", method=str(Method.REFLEXIVE), clock=clock) as project:
        project.release_codebook("book.yaml", BOOK)
        add_interview(project, "talk.txt", INTERVIEW)
        code(project, "ana", ANA)
        code(project, "ben", BEN)
        project.decide(project.items()[0], Outcome.APART, reason=Reason.READING)
        found = project.outcomes()
        assert (found.agreement, found.alpha, found.apart) == (None, None, 1)


def test_speakers_change_from_item_to_item_however_the_agenda_is_sorted(team: Project) -> None:
    held = sit(team, standing="ben", sort=AgendaSort.CAUSE)
    (second, first) = team.agenda(held)
    assert team.speaking_order(held, first) == ("ana", "ben", "cleo")
    assert team.speaking_order(held, second) == ("cleo", "ana", "ben")
