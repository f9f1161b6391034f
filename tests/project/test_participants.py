"""Participants of a study: who speaks as whom, typed attributes, tables, coverage, and finding by them."""

from __future__ import annotations

import pytest

from qualbench.errors import BadDecision, BadTable, QualbenchError
from qualbench.model import Role, SegmentRule
from qualbench.project import Project
from qualbench.steps.participants import (
    Attribute,
    AttributeKind,
    ColumnMapping,
    UnknownAttribute,
    UnknownFilter,
    Why,
    suggested,
)
from qualbench.steps.study import speaker_line
from tests.conftest import add_interview
from tests.project.conftest import entries

GROUP = "MOD: Hello?\nP4: I came.\nP5: Me too.\nP6: And I went.\nMOD: Why?\nP4: So.\nP5: Well.\nP6: Yes.\n"
AGE = Attribute("age", AttributeKind.NUMBER)
SITE = Attribute("site", AttributeKind.CHOICE, ("north", "south", "west"))


@pytest.fixture
def mixed(study: Project) -> Project:
    """The interview with P1 and a focus group of three; age and site are defined."""
    add_interview(study, "group.txt", GROUP)
    study.define_attribute(AGE)
    study.define_attribute(SITE)
    return study


def sound(project: Project) -> None:
    assert [sentence for well, sentence in project.examine() if not well] == []


def test_the_group_and_its_people_are_both_kept(mixed: Project) -> None:
    (group,) = mixed.groups()
    assert (group.transcript, group.members, group.size) == ("group", ("P4", "P5", "P6"), 3)
    mixed.assign_speaker("group", "P5", Role.PARTICIPANT, "P1")
    assert mixed.groups()[0].members == ("P4", "P1", "P6")
    assert [one.id for one in mixed.participants()] == ["P1", "P4", "P5", "P6"]
    sound(mixed)


def test_coverage_counts_people_and_interviews_apart(mixed: Project) -> None:
    """North: P1 alone and P4, P5 of the group: three people in two interviews. Nobody is in the west."""
    for who, site in (("P1", "north"), ("P4", "NORTH"), ("P5", "north"), ("P6", "south")):
        mixed.set_attribute(who, "site", site)
    found = mixed.coverage(["Site"])
    assert [(c.values, c.count, c.interviews) for c in found.cells] == [
        (("north",), 3, 2), (("south",), 1, 1), (("west",), 0, 0),
    ]  # fmt: skip
    assert (found.total.count, found.total.interviews) == (4, 2)
    assert [cell.values for cell in found.empty] == [("west",)]


def test_coverage_in_bands(mixed: Project) -> None:
    for who, age in (("P1", "29"), ("P4", "30"), ("P5", "49.5")):
        mixed.set_attribute(who, "age", age)
    found = mixed.coverage(["age"], {"AGE": ["30", "50"]})
    assert [(c.values, c.participants) for c in found.cells] == [
        (("under 30",), ("P1",)), (("30 to under 50",), ("P4", "P5")), (("50 or more",), ()),
    ]  # fmt: skip
    assert [cell.participants for cell in found.unknown] == [("P6",)]


def test_values_are_kept_as_their_kind_says(mixed: Project) -> None:
    mixed.define_attribute(Attribute("born", AttributeKind.DATE))
    mixed.set_attribute("P1", "born", "1 May 1984")
    mixed.set_attribute("P1", "site", "South")
    assert dict(mixed.participants()[0].attributes) == {"born": "1984-05-01", "site": "south"}
    before = entries(mixed)
    for name, value in (("born", "03/04/1984"), ("site", "east"), ("age", "1.500")):
        with pytest.raises(BadDecision):
            mixed.set_attribute("P1", name, value)
    with pytest.raises(UnknownAttribute):
        mixed.set_attribute("P1", "size", "3")
    assert entries(mixed) == before
    sound(mixed)


def test_an_attribute_nobody_defined_holds_text(study: Project) -> None:
    from qualbench.steps.study import SpeakerLine

    study.assign_speakers([SpeakerLine("talk", "P1", "participant", "P1", (("job", "nurse"),))])
    assert study.attributes() == (Attribute("job", AttributeKind.TEXT),)
    study.define_attribute(Attribute("job", AttributeKind.CHOICE))
    assert study.attribute("Job").kind is AttributeKind.CHOICE


def test_a_speaker_who_is_not_there_is_told(study: Project) -> None:
    with pytest.raises(QualbenchError, match="'talk' has no speaker called 'P9'"):
        study.assign_speaker("talk", "P9", Role.OTHER)


def test_an_interviewer_has_no_label_and_does_not_count(study: Project) -> None:
    with pytest.raises(BadDecision, match="Only a participant"):
        study.assign_speaker("talk", "I", Role.INTERVIEWER, "P2")
    study.assign_speaker("talk", "P1", Role.INTERVIEWER)
    talk = study.transcript("talk")
    assert sum(map(talk.counts, talk.segments)) == 0


# --- from a table ----------------------------------------------------------------------------------------------

COLUMNS = ("transcript", "speaker", "participant", "age", "Name")
ROWS = [(2, ("talk", "P1", "T1", "34", "Zoë")), (3, ("group.txt", "p4", "T2", "51", "Joe"))]


def test_a_table_is_suggested_confirmed_and_taken_in(mixed: Project) -> None:
    mapping = suggested(COLUMNS, ROWS, mixed.known())
    assert mapping == ColumnMapping("participant", (("age", "age", AttributeKind.NUMBER),), "transcript", "speaker")
    before = entries(mixed)
    intake = mixed.participants_in(COLUMNS, ROWS, mapping, "people.csv")
    assert entries(mixed) == before
    assert (intake.new_participants, intake.left_out) == (("T1", "T2"), ("Name",))
    mixed.take_in_participants(intake)
    assert [s.participant for s in mixed.transcript("group").speakers] == ["", "T2", "P5", "P6"]
    assert {p.id: dict(p.attributes) for p in mixed.participants() if p.attributes} == {
        "T1": {"age": "34"}, "T2": {"age": "51"},
    }  # fmt: skip
    again = mixed.participants_in(COLUMNS, ROWS, mapping, "people.csv")
    assert (again.changes, again.assignments, again.new_participants) == ((), (), ())
    sound(mixed)


def test_a_table_with_a_fault_brings_nothing(mixed: Project) -> None:
    rows = [*ROWS, (7, ("gone", "P1", "T3", "old", ""))]
    mapping = suggested(COLUMNS, rows, mixed.known())
    intake = mixed.participants_in(COLUMNS, rows, mapping, "people.csv")
    assert [problem.line for problem in intake.problems] == [7, 7]
    before = entries(mixed)
    with pytest.raises(BadTable):
        mixed.take_in_participants(intake)
    assert entries(mixed) == before


# --- who is the same, and finding ------------------------------------------------------------------------------


def test_the_same_person_is_suggested_until_it_is_said(study: Project) -> None:
    for n in ("one", "two"):
        add_interview(study, f"{n}.txt", f"I: {n}?\nMara: Yes.\nI: So?\nMara: No.\n")
    (one,) = study.same_people()
    assert (one.why, [place.transcript for place in one.places]) == (Why.NAME, ["one", "two"])
    for n in ("one", "two"):
        study.assign_speaker(n, "Mara", Role.PARTICIPANT, "P7")
    assert study.same_people() == ()


def words(project: Project, query: str, *, lemma: bool = False) -> list[str]:
    return [hit.text for hit in project.find(query, lemma=lemma)]


def test_turns_are_found_by_who_said_them(mixed: Project) -> None:
    mixed.set_attribute("P6", "age", "51")
    assert words(mixed, "and") == ["And then?", "Every day. But less and less.", "And I went."]
    assert words(mixed, "and role:participant") == ["Every day. But less and less.", "And I went."]
    assert words(mixed, "transcript:talk role:interviewer you") == ["Were you afraid?", "Thank you."]
    assert words(mixed, "age:50..") == ["And I went.", "Yes."]
    assert words(mixed, "speaker:P4 speaker:P5 I") == ["I came."]
    assert words(mixed, '"me too"') == ["Me too."]
    assert words(mixed, "") == words(mixed, '""') == []
    with pytest.raises(UnknownFilter):
        mixed.find("size:3")


def test_every_form_of_a_word_is_found_when_it_is_wanted(mixed: Project) -> None:
    assert words(mixed, "go") == []
    assert words(mixed, "go", lemma=True) == ["And I went."]
    assert words(mixed, "go", lemma=False) == []


def test_word_forms_are_found_in_a_study_to_look_at(mixed: Project) -> None:
    """A study that is open elsewhere takes no tables, not even for a moment."""
    with Project.open(mixed.folder, "ben") as project:
        assert [hit.text for hit in project.find("go", lemma=True)] == ["And I went."]


def test_a_label_that_nobody_has_any_more_is_not_counted(mixed: Project) -> None:
    """P4 became G1, and P4 is nobody now; P6 is no speaker any more, but where they were from is known."""
    mixed.set_attribute("P6", "site", "south")
    mixed.assign_speaker("group", "P4", Role.PARTICIPANT, "G1")
    mixed.assign_speaker("group", "P6", Role.OTHER)
    assert {one.id for one in mixed.participants()} == {"P1", "P4", "P5", "P6", "G1"}
    assert {one.id for one in mixed.present()} == {"P1", "P5", "P6", "G1"}
    assert mixed.coverage(["site"]).total.count == 4


# --- exchanges are known by roles ------------------------------------------------------------------------------

TWO_ASK = "Kim: How was it?\nP1: Hard.\nLou: And now?\nP1: Better.\n"


@pytest.fixture
def asked_by_two(study: Project) -> Project:
    """A talk of which nobody has said yet who asks: the whole of it is cut into exchanges of one turn each."""
    add_interview(study, "two.txt", TWO_ASK)
    for label in ("Kim", "Lou", "P1"):
        study.assign_speaker("two", label, Role.PARTICIPANT)
    study.segment("two", SegmentRule.EXCHANGE)
    return study


def units(project: Project) -> list[str]:
    transcript = project.transcript("two")
    return [transcript.text[one.start : one.end] for one in transcript.segments]


EACH_TURN = ["How was it?", "Hard.", "And now?", "Better."]
QUESTIONS = ["How was it?\nP1: Hard.", "And now?\nP1: Better."]


def test_roles_set_after_the_import_cut_exchanges_anew(asked_by_two: Project) -> None:
    assert units(asked_by_two) == EACH_TURN
    asked_by_two.assign_speaker("two", "Kim", Role.INTERVIEWER)
    assert units(asked_by_two) == ["How was it?\nP1: Hard.\nLou: And now?\nP1: Better."]
    asked_by_two.assign_speaker("two", "Lou", Role.INTERVIEWER)
    assert units(asked_by_two) == QUESTIONS
    assert asked_by_two.transcript("two").rule is SegmentRule.EXCHANGE
    assert asked_by_two.segment("two", SegmentRule.EXCHANGE)
    assert units(asked_by_two) == QUESTIONS, "the same as by hand"
    sound(asked_by_two)


def test_roles_of_a_table_cut_exchanges_anew(asked_by_two: Project) -> None:
    rows = [(2, ["two", "Kim", "interviewer"]), (3, ["two", "Lou", "interviewer"])]
    columns = ["transcript", "speaker", "role"]
    mapping = suggested(columns, rows, asked_by_two.known())
    asked_by_two.take_in_participants(asked_by_two.participants_in(columns, rows, mapping, "roles.csv"))
    assert units(asked_by_two) == QUESTIONS
    sound(asked_by_two)


def test_roles_of_a_plain_table_cut_exchanges_anew(asked_by_two: Project) -> None:
    line = {"role": "interviewer", "participant": ""}
    lines = [speaker_line({"transcript": "two", "speaker": label, **line}) for label in ("Kim", "Lou")]
    asked_by_two.assign_speakers(lines)
    assert units(asked_by_two) == QUESTIONS
    sound(asked_by_two)


def test_where_somebody_codes_exchanges_stay_and_that_is_said(asked_by_two: Project) -> None:
    asked_by_two.open_pass("two")
    before = asked_by_two.speakers()
    asked_by_two.assign_speaker("two", "Kim", Role.INTERVIEWER)
    assert units(asked_by_two) == EACH_TURN
    assert "Coding has begun on 'two'" in asked_by_two.kept_exchanges(before)
    assert asked_by_two.kept_exchanges(asked_by_two.speakers()) == "", "nothing changed"
    sound(asked_by_two)


def test_other_units_do_not_depend_on_roles(asked_by_two: Project) -> None:
    asked_by_two.segment("two", SegmentRule.EXCHANGE)
    asked_by_two.assign_speaker("two", "Kim", Role.INTERVIEWER)
    asked_by_two.segment("two", SegmentRule.TURN)
    facts = entries(asked_by_two)
    before = asked_by_two.speakers()
    asked_by_two.assign_speaker("two", "Lou", Role.INTERVIEWER)
    assert units(asked_by_two) == EACH_TURN
    assert entries(asked_by_two) == facts + 1
    assert asked_by_two.kept_exchanges(before) == ""


def test_a_participant_without_a_new_role_cuts_nothing(asked_by_two: Project) -> None:
    facts = entries(asked_by_two)
    asked_by_two.assign_speaker("two", "P1", Role.PARTICIPANT, "P9")
    assert entries(asked_by_two) == facts + 2, "the new participant, and who speaks"
