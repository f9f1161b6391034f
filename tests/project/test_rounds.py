"""Rounds: who codes what, when it opens, and what can not be planned."""

from __future__ import annotations

import pytest

from qualbench.errors import (
    AlreadyOpened,
    BadDecision,
    NotAssigned,
    OneCoder,
    QualbenchError,
    StillBlind,
    UnknownRound,
)
from qualbench.model import PassState, Round
from qualbench.project import Project
from qualbench.steps.coding import open_pass
from qualbench.steps.interchange.codings_csv import Line
from qualbench.steps.study import SpeakerLine
from tests.conftest import BOOK, INTERVIEW, add_interview, code, spans
from tests.project.conftest import NAMES, entries, plan

READING = ["TRUST", "HOPE", "", "FEAR"]
OTHER = ["TRUST", "TRUST+HOPE", "", ""]


# --- who codes what --------------------------------------------------------------------------------------------


def test_a_round_is_what_was_planned(interviews: Project) -> None:
    plan(interviews, " First ", {"one": "ana ben", "two": "cleo"})
    (found,) = interviews.rounds()
    assert (found.name, found.codebook, found.recode, found.drawn, found.seed) == ("First", "1.0", False, "By hand.", 1)
    one, two = (interviews.transcript(name).id for name in ("one", "two"))
    assert found.assignments == {one: ("ana", "ben"), two: ("cleo",)}
    assert interviews.round("First") == interviews.round(found.id) == found
    assert {"ana", "ben", "cleo"} <= {person.name for person in interviews.people()}
    with pytest.raises(UnknownRound, match="no round called 'Second'"):
        interviews.round("Second")


def test_a_coder_who_is_not_assigned_is_refused(interviews: Project) -> None:
    plan(interviews, "R1", {"one": "ana ben"})
    interviews.viewer = "dora"
    before = entries(interviews)
    with pytest.raises(NotAssigned, match="'R1' does not ask dora to code 'one'"):
        interviews.open_pass("one")
    assert not interviews.may_begin(interviews.transcript("one"))
    assert interviews.may_begin(interviews.transcript("two")), "no round has it"
    line, other = (Line(name, *spans(interviews, name)[0], "TRUST", "dora") for name in ("one", "two"))
    with pytest.raises(NotAssigned):
        interviews.import_codings("t.csv", [other, line])
    assert entries(interviews) == before, "nothing of the table was taken in"
    assert interviews.passes() == ()


def test_a_table_begins_the_passes_that_a_round_asks_for(interviews: Project) -> None:
    plan(interviews, "R1", {"one": "ana ben"})
    interviews.import_codings("t.csv", [Line("one", *spans(interviews, "one")[0], "TRUST", "ben")])
    (held,) = interviews.passes()
    assert (held.coder, held.round) == ("ben", interviews.round("R1").id)


def test_a_pass_takes_the_codebook_its_round_was_planned_with(interviews: Project) -> None:
    plan(interviews, "R1", {"one": "ana"})
    interviews.release_codebook("book.yaml", BOOK.replace('"1.0"', '"2.0"'))
    plan(interviews, "R2", {"two": "ana"})
    assert [interviews.open_pass(name).codebook for name in ("one", "two", "three")] == ["1.0", "2.0", "2.0"]


# --- when it opens ---------------------------------------------------------------------------------------------


def test_a_transcript_for_one_coder_opens_at_once_and_counts_as_settled(interviews: Project) -> None:
    plan(interviews, "R1", {"one": "ana"})
    code(interviews, "ana", READING, "one")
    interviews.viewer = "lead"
    id_ = interviews.transcript("one").id
    assert interviews.opened() == {id_}
    assert {one.coder for one in interviews.codings()} == {"ana"}
    places = [(id_, *span) for span in spans(interviews, "one")]
    assert interviews.settled().codes == {
        place: frozenset({said} - {""}) for place, said in zip(places, READING, strict=True)
    }
    assert interviews.items() == ()
    with pytest.raises(OneCoder):
        interviews.agreement()
    interviews.viewer = "ben"
    with pytest.raises(NotAssigned):
        interviews.open_pass("one")


@pytest.mark.parametrize("viewer", ["ben", "lead", ""])
def test_a_transcript_for_two_stays_blind_until_both_are_in(interviews: Project, viewer: str) -> None:
    plan(interviews, "R1", {"one": "ana ben", "two": "ana"})
    code(interviews, "ana", READING, "one")
    code(interviews, "ben", OTHER, "one", submit=False)
    interviews.viewer = viewer
    assert not {one.coder for one in interviews.codings()} - {viewer}
    assert interviews.codings(coder="ana") == interviews.nothings(coder="ana") == ()
    assert interviews.opened() == frozenset()
    assert interviews.units() == interviews.units((), "R1") == interviews.items() == ()
    assert interviews.export_codings("ana") == interviews.export_codings("ana", "R1") == []
    assert interviews.trend() == ()
    with pytest.raises(StillBlind):
        interviews.agreement()
    interviews.viewer = "ben"
    interviews.submit(["one"])
    interviews.viewer = viewer
    assert {one.coder for one in interviews.codings()} == {"ana", "ben"}
    assert len(interviews.units((), "R1")) == 4
    assert [interviews.transcript(id_).name for id_ in interviews.opened()] == ["one"]


def test_a_round_of_three_in_a_study_of_two_waits_for_the_third(interviews: Project) -> None:
    plan(interviews, "R1", {"one": "ana ben cleo"})
    for coder in ("ana", "ben"):
        code(interviews, coder, READING, "one")
    assert interviews.opened() == frozenset()
    assert {one.coder for one in interviews.codings()} == {"ben"}
    code(interviews, "cleo", OTHER, "one")
    assert interviews.opened() == {interviews.transcript("one").id}
    assert interviews.agreement().coders == ("ana", "ben", "cleo")


def test_a_round_of_two_in_a_study_of_three_opens_at_the_second(study: Project) -> None:
    with Project.create(study.folder.parent / "three", viewer="lead", coders=3) as project:
        project.release_codebook("book.yaml", BOOK)
        for name in ("one", "two"):
            add_interview(project, f"{name}.txt", f"{INTERVIEW}I: {name}\n")
        plan(project, "R1", {"one": "ana ben"})
        for coder in ("ana", "ben"):
            for name in ("one", "two"):
                code(project, coder, READING, name)
        assert project.opened() == {project.transcript("one").id}, "'two' is in no round: the study's three"
        project.viewer = "cleo"
        with pytest.raises(NotAssigned):
            project.open_pass("one")
        code(project, "cleo", READING, "two")
        assert len(project.opened()) == 2


def test_an_opened_transcript_of_a_round_takes_no_other_coder(interviews: Project) -> None:
    for coder in ("ana", "ben"):
        code(interviews, coder, READING, "talk")
    plan(interviews, "R1", {"one": "ana"})
    interviews.viewer = "cleo"
    with pytest.raises(AlreadyOpened):
        interviews.open_pass("talk")
    talk = interviews.transcript("talk")
    merged = Round("r9", "Elsewhere", "1.0", {talk.id: ("cleo",)}, recode=False, drawn="", seed=1, planned="")
    with pytest.raises(AlreadyOpened):  # a round that was planned on another machine meanwhile
        open_pass(talk, "cleo", "1.0", interviews.passes(talk.id), opened=True, rounds=[merged])


# --- what can not be planned -----------------------------------------------------------------------------------


def test_what_is_begun_or_planned_is_not_drawn(interviews: Project) -> None:
    plan(interviews, "R1", {"one": "ana ben"})
    interviews.open_pass("talk")
    drawn = interviews.draw(["ana", "ben"], share=1, each=2, seed=1)
    assert {interviews.transcript(id_).name for id_ in drawn.assignments} == {"two", "three", "four"}
    for taken in ("one", "talk"):
        with pytest.raises(BadDecision, match=f"'{taken}' can not be planned: it is begun, or another round has it"):
            interviews.draw(["ana", "ben"], share=1, each=2, seed=1, only=["two", taken])


def test_a_draw_that_was_overtaken_is_not_planned(interviews: Project) -> None:
    """Somebody begins while the lead still looks at the draw."""
    draw = interviews.draw(["ana", "ben"], share=1, each=2, seed=1)
    interviews.open_pass("two", "dora")
    before = entries(interviews)
    with pytest.raises(BadDecision, match="'two' can not be planned"):
        interviews.plan_round("R1", draw, seed=1)
    assert entries(interviews) == before
    assert interviews.rounds() == ()


@pytest.mark.parametrize(("name", "told"), [("R1", "called 'R1' already"), ("  ", "a name of 1"), ("x" * 61, "to 60")])
def test_a_round_needs_a_name_of_its_own(interviews: Project, name: str, told: str) -> None:
    plan(interviews, "R1", {"one": "ana ben"})
    before = entries(interviews)
    with pytest.raises(BadDecision, match=told):
        plan(interviews, name, {"two": "ana dora"})
    assert entries(interviews) == before, "nor did dora join"


def test_the_same_seed_draws_the_same(interviews: Project) -> None:
    def drawn(seed: int) -> dict[str, tuple[str, ...]]:
        return dict(interviews.draw(["ana", "ben", "cleo"], share=0.4, each=2, seed=seed).assignments)

    assert all(drawn(seed) == drawn(seed) for seed in range(5))
    assert len({repr(drawn(seed)) for seed in range(8)}) > 1
    for who in drawn(1).values():
        assert len(who) in (1, 2)
    assert sum(len(who) == 2 for who in drawn(1).values()) == 2, "two of five have 40 % of the segments"


def test_a_draw_within_an_attribute_takes_of_each(interviews: Project) -> None:
    for number, name in enumerate(NAMES):
        age = (("age", "young" if number < 2 else "old"),)
        interviews.assign_speakers([SpeakerLine(name, "P1", "participant", f"Q{number}", age)])
    for seed in range(6):
        draw = interviews.draw(["ana", "ben"], share=0.5, each=2, seed=seed, attribute="age", only=NAMES)
        double = {interviews.transcript(id_).name for id_, who in draw.assignments.items() if len(who) == 2}
        assert len(double & {"one", "two"}) == len(double & {"three", "four"}) == 1
        assert "within age (old 1 of 2, young 1 of 2)" in draw.drawn


def test_a_round_is_withdrawn_with_a_reason_while_nobody_codes(interviews: Project) -> None:
    plan(interviews, "R1", {"one": "ana ben"})
    with pytest.raises(BadDecision, match="needs a reason"):
        interviews.withdraw_round("R1", " ")
    interviews.withdraw_round("R1", "Ben is ill.")
    assert interviews.rounds() == ()
    interviews.viewer = "dora"
    assert interviews.may_begin(interviews.transcript("one"))
    plan(interviews, "R1", {"one": "ana cleo"})
    interviews.open_pass("one", "cleo")
    with pytest.raises(BadDecision, match="Somebody codes in the round 'R1' already"):
        interviews.withdraw_round("R1", "Late.")
    with pytest.raises(UnknownRound):
        interviews.withdraw_round("R9", "Gone.")
    assert [one.name for one in interviews.rounds()] == ["R1"]
    assert "Ben is ill" not in "".join(str(row) for row in interviews._db.execute("select * from journal"))


# --- tables and history ----------------------------------------------------------------------------------------


def test_codings_of_one_round_are_a_table(interviews: Project) -> None:
    plan(interviews, "R1", {"one": "ana"})
    plan(interviews, "R2", {"two": "ana"})
    for name in ("one", "two"):
        code(interviews, "ana", READING, name)
    round_ = interviews.round("R2")
    lines = interviews.export_codings(round_=round_.id)
    assert [(line.transcript, line.code) for line in lines] == [("two", said) for said in READING]
    assert interviews.export_codings(round_="R2") == lines
    assert len(interviews.export_codings()) == 8
    with pytest.raises(UnknownRound):
        interviews.export_codings(round_="R3")


def test_a_replay_of_the_history_gives_the_same(interviews: Project) -> None:
    plan(interviews, "R1", {"one": "ana ben", "two": "ana"})
    plan(interviews, "R2", {"three": "ana ben"})
    interviews.withdraw_round("R2", "Too early.")
    code(interviews, "ana", READING, "one")
    code(interviews, "ana", READING, "two")
    code(interviews, "ben", OTHER, "one")
    plan(interviews, "Again", {"one": "ana"}, recode=True)
    code(interviews, "ana", OTHER, "one", submit=False)
    interviews.undo(interviews.transcript("one").id, "coding")
    assert [sentence for well, sentence in interviews.examine() if not well] == []
    assert [one.state for one in interviews.passes(coder="ana")].count(PassState.OPEN) == 1


def test_a_round_needs_transcripts_that_are_there(interviews: Project) -> None:
    with pytest.raises(QualbenchError, match="no transcript called 'nowhere'"):
        interviews.draw(["ana", "ben"], share=1, each=2, seed=1, only=["nowhere"])
