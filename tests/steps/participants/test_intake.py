"""What a table would bring: its lines, every fault with its row, and what would change."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualbench.model import Participant, Role, Speaker
from qualbench.steps.participants import (
    Assignment,
    Attribute,
    AttributeKind,
    Change,
    ColumnMapping,
    Intake,
    Known,
    Line,
    lines,
)

NUMBER, CHOICE, TEXT = AttributeKind.NUMBER, AttributeKind.CHOICE, AttributeKind.TEXT
SITE = Attribute("site", CHOICE, ("North side", "South side"))
STUDY = Known(
    participants=(Participant("P01", "P01", (("site", "North side"),)), Participant("P02", "P02")),
    attributes=(SITE,),
    transcripts={"talk": "t1", "group": "g1", "talk.docx": "t1"},
    speakers={
        "t1": (Speaker("I", Role.INTERVIEWER), Speaker("Ana", Role.PARTICIPANT, "P01")),
        "g1": (
            Speaker("Mod", Role.INTERVIEWER),
            Speaker("Ana", Role.PARTICIPANT, "P02"),
            Speaker("Bo", Role.PARTICIPANT),
            Speaker("Cy", Role.PARTICIPANT),
        ),
    },
)
PEOPLE = ColumnMapping("id", (("site", "site", CHOICE), ("age", "age", NUMBER)))
SPEAKERS = ColumnMapping("id", (("age", "age", NUMBER),), "file", "label", "role")


def people(*cells: tuple[str, ...], mapping: ColumnMapping = PEOPLE, add: bool = False) -> Intake:
    """What a table of id, site and age brings; its header is line 1."""
    return lines(mapping, ["id", "site", "age"], list(enumerate(cells, start=2)), STUDY, add=add, source="people.csv")


def speakers(*cells: tuple[str, ...], mapping: ColumnMapping = SPEAKERS) -> Intake:
    """What a table of file, label, role, id and age brings."""
    return lines(mapping, ["file", "label", "role", "id", "age"], list(enumerate(cells, start=2)), STUDY, source="x")


def faults(intake: Intake) -> list[str]:
    """The problems as a reader sees them."""
    return [str(problem) for problem in intake.problems]


def test_a_row_says_what_is_known_of_a_participant_in_normal_form() -> None:
    found = people(("P01", "SOUTH SIDE", "34"), ("p02", "", "29"))
    assert found.problems == ()
    assert found.lines == (
        Line(2, "P01", (("site", "South side"), ("age", "34"))),
        Line(3, "P02", (("age", "29"),)),
    )


def test_the_answer_says_what_would_change() -> None:
    found = people(("P01", "South side", "34"), ("P02", "north side", ""), ("P09", "", "51"), add=True)
    assert found.new_participants == ("P09",)
    assert found.new_attributes == (Attribute("age", NUMBER),)
    assert found.changes == (
        Change("P01", "site", "North side", "South side"),
        Change("P01", "age", "", "34"),
        Change("P02", "site", "", "North side"),
        Change("P09", "age", "", "51"),
    )


def test_a_value_that_says_the_same_changes_nothing() -> None:
    held = Participant("P01", "P01", (("age", "34"), ("site", "north side")))
    known = replace(STUDY, participants=(held,), attributes=(SITE, Attribute("age", NUMBER)))
    found = lines(PEOPLE, ["id", "site", "age"], [(2, ("P01", "NORTH SIDE", "34.0"))], known)
    assert found.changes == ()
    assert found.new_attributes == ()


def test_columns_that_are_not_mapped_are_told() -> None:
    found = lines(ColumnMapping("id"), ["id", "site", "e-mail"], [(2, ("P01", "", ""))], STUDY)
    assert found.left_out == ("site", "e-mail")
    assert found.lines == (Line(2, "P01"),)


def test_every_fault_is_told_with_its_row() -> None:
    found = people(
        ("P07", "North side", "34"),
        ("", "North side", "34"),
        ("P01", "East side", "old"),
        ("P02",),
        ("P1", "", ""),
    )
    assert faults(found) == [
        "people.csv, line 2: there is no participant 'P07' in the study",
        "people.csv, line 3: does not say the participant",
        "people.csv, line 4: site: 'East side' is none of the choices (North side, South side)",
        "people.csv, line 4: age: 'old' is not a number: write figures alone",
        "people.csv, line 6: there is no participant 'P1', but 'P01': write it as it was",
    ]
    assert [line.row for line in found.lines] == [5]
    assert found.changes == ()


def test_a_participant_who_stands_twice_is_a_fault() -> None:
    found = people(("P01", "", "34"), ("P02", "", ""), ("p01", "", "34"))
    assert faults(found) == ["people.csv, line 4: 'P01' stands in row 2 already"]
    assert len(found.lines) == 2


def test_a_new_participant_written_in_two_cases_is_one() -> None:
    found = people(("Q1", "", ""), ("q1", "", ""), add=True)
    assert found.new_participants == ("Q1",)
    assert faults(found) == ["people.csv, line 3: 'Q1' stands in row 2 already"]


def test_a_label_that_looks_like_another_is_refused_even_when_new_ones_are_wanted() -> None:
    assert "but 'P01'" in faults(people(("P001", "", ""), add=True))[0]


@pytest.mark.parametrize("label", ["x" * 61, "a\x1bb", "a\nb"])
def test_a_new_label_that_can_not_be_shown_is_refused(label: str) -> None:
    (fault,) = people((label, "", ""), add=True).problems
    assert "can not be a participant's label" in fault.message


def test_a_new_choice_takes_the_spellings_of_study_and_column() -> None:
    known = replace(STUDY, attributes=())
    table = [(2, ("P01", "south side")), (3, ("P02", "NORTH SIDE")), (4, ("P03", "North side"))]
    found = lines(ColumnMapping("id", (("site", "site", CHOICE),)), ["id", "site"], table, known, add=True)
    assert found.new_attributes == (Attribute("site", CHOICE, ("North side", "south side")),)
    assert [dict(line.attributes)["site"] for line in found.lines] == ["south side", "North side", "North side"]


# --- speakers --------------------------------------------------------------------------------------------------


def test_a_row_says_as_whom_a_speaker_speaks_and_may_bring_somebody_new() -> None:
    found = speakers(("talk", "I", "interviewer", "", ""), ("group", "Bo", "participant", "P05", "51"))
    assert found.problems == ()
    assert found.lines == (
        Line(2, "", (), "t1", "I", "interviewer"),
        Line(3, "P05", (("age", "51"),), "g1", "Bo", "participant"),
    )
    assert found.new_participants == ("P05",)
    assert found.assignments == (Assignment("g1", "Bo", ("", "participant"), ("P05", "participant")),)


def test_one_participant_may_speak_in_several_transcripts() -> None:
    found = speakers(("talk", "Ana", "", "P01", "34"), ("group", "Ana", "", "P01", ""))
    assert found.problems == ()
    assert [(line.transcript, line.participant) for line in found.lines] == [("t1", "P01"), ("g1", "P01")]
    assert found.assignments == (Assignment("g1", "Ana", ("P02", "participant"), ("P01", "participant")),)


def test_values_that_contradict_each_other_are_a_fault() -> None:
    found = speakers(("talk", "Ana", "", "P01", "34"), ("group", "Ana", "", "P01", "35"))
    assert faults(found) == ["x, line 3: age of 'P01' is '34' in row 2, and '35' here"]
    agreeing = speakers(("talk", "Ana", "", "P01", "34"), ("group", "Ana", "", "P01", "34.0"))
    assert agreeing.problems == ()
    assert agreeing.changes == (Change("P01", "age", "", "34"),)


def test_one_speaker_is_one_participant() -> None:
    found = speakers(("talk", "Ana", "", "P01", ""), ("talk.docx", "ana", "", "P02", ""))
    assert faults(found) == ["x, line 3: the speaker 'Ana' is 'P01' in row 2"]


def test_what_the_study_does_not_hold_is_a_fault() -> None:
    found = speakers(
        ("talc", "Ana", "", "P01", ""),
        ("talk", "Dee", "", "P01", ""),
        ("talk", "Ana", "chair", "P01", ""),
        ("", "Ana", "", "P01", ""),
        ("group", "", "", "P01", ""),
        ("group", "Bo", "participant", "", ""),
        ("group", "Mod", "interviewer", "P02", ""),
    )
    assert faults(found) == [
        "x, line 2: there is no transcript 'talc'",
        "x, line 3: 'talk' has no speaker 'Dee'",
        "x, line 4: 'chair' is not a role (participant, interviewer, other)",
        "x, line 5: does not say the transcript",
        "x, line 6: 3 participants of 'group' may be meant: say the speaker",
        "x, line 7: does not say the participant",
        "x, line 8: 'P02' can not be interviewer and participant",
    ]


def test_without_a_speaker_the_only_participant_of_an_interview_is_meant() -> None:
    found = speakers(("Talk.DOCX", "", "", "P02", ""))
    assert found.lines == (Line(2, "P02", (), "t1", "Ana", "participant"),)


def test_without_a_participant_column_the_transcript_says_who_it_is() -> None:
    mapping = ColumnMapping(columns=(("age", "age", NUMBER),), transcript="file")
    found = speakers(("talk", "", "", "", "34"), ("", "", "", "", "35"), mapping=mapping)
    assert found.lines == (Line(2, "P01", (("age", "34"),), "t1", "Ana", "participant"),)
    assert faults(found) == ["x, line 3: does not say the transcript"]


def test_a_speaker_keeps_the_role_that_the_row_does_not_say() -> None:
    found = speakers(("talk", "I", "", "", ""), ("group", "Mod", "", "P08", ""))
    assert [line.role for line in found.lines] == ["interviewer", "participant"]


def test_what_is_said_of_an_interviewer_is_left_out_and_told() -> None:
    found = speakers(("talk", "I", "interviewer", "", "51"))
    assert found.problems == ()
    assert found.lines[0].attributes == ()
    assert [str(note) for note in found.notes] == ["x, line 2: is not about a participant, so this is left out: age"]
    assert found.changes == ()


# --- the mapping itself ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("mapping", "fault"),
    [
        (ColumnMapping(), "no column says who the participant is"),
        (ColumnMapping("case"), "there is no column 'case'"),
        (ColumnMapping("id", speaker="site"), "needs one for the transcript"),
        (ColumnMapping("id", (("site", "site", CHOICE), ("age", "Site", CHOICE))), "two columns fill"),
        (ColumnMapping("id", (("site", "SITE", TEXT),)), "'site' is of the kind choice here, not text"),
        (ColumnMapping("id", (("site", " ", TEXT),)), "needs a name"),
    ],
)
def test_a_mapping_that_can_not_be_used_is_a_problem_of_the_whole_table(mapping: ColumnMapping, fault: str) -> None:
    found = people(("P01", "North side", "34"), mapping=mapping)
    assert found.lines == ()
    assert [problem.line for problem in found.problems] == [0]
    assert fault in found.problems[0].message


CELL = st.sampled_from(["", "P01", "P02", "p01", "P9", "talk", "group", "Ana", "Bo", "I", "34", "35", "x", "other"])


@given(st.lists(st.lists(CELL, max_size=6).map(tuple), max_size=8))
def test_every_row_is_a_line_or_has_a_problem_and_no_line_contradicts_another(cells: list[tuple[str, ...]]) -> None:
    found = speakers(*cells)
    good, bad = [line.row for line in found.lines], {problem.line for problem in found.problems}
    assert sorted([*good, *bad]) == list(range(2, len(cells) + 2))
    said: dict[tuple[str, str], str] = {}
    spoken: dict[tuple[str, str], str] = {}
    for line in found.lines:
        if line.speaker:
            assert spoken.setdefault((line.transcript, line.speaker), line.participant) == line.participant
        for name, value in line.attributes:
            assert said.setdefault((line.participant, name), value) == value
