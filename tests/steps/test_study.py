"""Setting a study up: its method, its people, and who the speakers are."""

from __future__ import annotations

from collections.abc import Collection

import pytest

from qualbench import events as e
from qualbench.errors import BadDecision, UnknownMethod
from qualbench.model import Method, Role, Speaker
from qualbench.steps import study
from qualbench.steps.study import BadName, SpeakerLine


def test_a_study_names_its_method_and_how_many_coders_it_asks_for() -> None:
    (fact,) = study.create("Rain", Method.CQR, 3)
    assert isinstance(fact, e.StudyCreated)
    assert (fact.name, fact.method, fact.coders) == ("Rain", "cqr", 3)
    with pytest.raises(BadDecision, match="at least one coder"):
        study.create("Rain", Method.CQR, 0)


def test_a_method_is_found_by_its_name_and_the_known_ones_are_told() -> None:
    assert study.method(" Codebook-TA ") is Method.CODEBOOK
    with pytest.raises(UnknownMethod, match=r"grounded.*codebook-ta"):
        study.method("grounded")


def test_somebody_joins_once() -> None:
    assert study.join("ana", ()) == [e.PersonAdded(name="ana", roles=["coder"])]
    assert study.join("ana", ("ana",)) == []


@pytest.mark.parametrize("name", ["", " ", " ana", "ana ", "a\nb", "a\x1b[2J", "a\x00", "x" * 61, "\t"])
def test_a_name_that_can_not_be_shown_or_typed_is_refused(name: str) -> None:
    with pytest.raises(BadName):
        study.join(name, ())


@pytest.mark.parametrize("name", ["a", "Ana María", "李雷", "o'Neil-2", "x" * 60])
def test_names_of_people_are_taken_as_they_are(name: str) -> None:
    (fact,) = study.join(name, ())
    assert isinstance(fact, e.PersonAdded)
    assert fact.name == name


# --- participants ----------------------------------------------------------------------------------------------


def labels(speakers: Collection[tuple[str, Role]], taken: Collection[str] = ()) -> list[tuple[int, str]]:
    """Which speaker gets which participant's label."""
    facts = study.name_participants("t", [Speaker(label, role) for label, role in speakers], set(taken))
    return [(fact.speaker, fact.participant) for fact in facts if isinstance(fact, e.SpeakerSet)]


P, I, O = Role.PARTICIPANT, Role.INTERVIEWER, Role.OTHER  # noqa: E741 - as in a transcript


def test_participants_are_numbered_and_never_called_by_their_name() -> None:
    assert labels([("Int", I), ("Wilhelmina", P), ("Theo", P), ("Door", O)]) == [(1, "P01"), (2, "P02")]


def test_an_identifier_is_kept_while_nobody_else_has_it() -> None:
    assert labels([("P7", P), ("AB123", P)]) == [(0, "P7"), (1, "AB123")]
    assert labels([("P7", P)], taken=["P7"]) == [(0, "P01")]
    assert labels([("P7", P), ("P7", P)]) == [(0, "P7"), (1, "P01")]


@pytest.mark.parametrize("label", ["p7", "P", "7", "ANNA1", "P1234", "P 7", "P7 ", "P٧x", "Ana1"])
def test_what_could_be_a_name_is_no_identifier(label: str) -> None:
    assert labels([(label, P)]) == [(0, "P01")]


def test_a_number_that_is_taken_is_passed_over() -> None:
    assert labels([("Ana", P), ("P02", P), ("Bo", P)], taken=["P01"]) == [(0, "P03"), (1, "P02"), (2, "P04")]


@pytest.mark.parametrize("other", ["P1", "P01", "P001"])
def test_numbers_that_read_alike_are_never_two_people(other: str) -> None:
    assert labels([("Ana", P), ("P1", P)], taken=[other]) == [(0, "P02"), (1, "P03")]


def test_each_participant_is_added_before_they_are_assigned() -> None:
    added, assigned = study.name_participants("t", [Speaker("Ana", P)], set())
    assert added == e.ParticipantAdded(participant="P01", label="P01")
    assert assigned == e.SpeakerSet(transcript="t", speaker=0, role="participant", participant="P01")


# --- a table of participants -----------------------------------------------------------------------------------

SPEAKERS = {"t1": (Speaker("I", I), Speaker("Ana", P)), "t2": (Speaker("Ana", P),)}
IDS = {"01": "t1", "02": "t2"}


def line(
    transcript: str = "01", speaker: str = "Ana", role: str = "participant", participant: str = "P07",
    **attributes: str,
) -> SpeakerLine:  # fmt: skip
    return SpeakerLine(transcript, speaker, role, participant, tuple(attributes.items()))


def test_a_row_is_four_columns_and_attributes() -> None:
    row = {"transcript": "01", "speaker": "Ana", "role": "participant", "participant": "P07", "age": "61", "town": ""}
    assert study.speaker_line(row) == line(age="61")


def test_a_table_assigns_roles_participants_and_attributes() -> None:
    facts, problems = study.assign_speakers([line(age="61"), line("02", age="61")], SPEAKERS, IDS, ())
    assert problems == []
    assert facts == [
        e.ParticipantAdded(participant="P07", label="P07"),
        e.SpeakerSet(transcript="t1", speaker=1, role="participant", participant="P07"),
        e.AttributeSet(participant="P07", name="age", value="61"),
        e.SpeakerSet(transcript="t2", speaker=0, role="participant", participant="P07"),
        e.AttributeSet(participant="P07", name="age", value="61"),
    ]


def test_a_participant_who_is_known_is_not_added_again() -> None:
    facts, _ = study.assign_speakers([line()], SPEAKERS, IDS, ["P07"])
    assert [type(fact) for fact in facts] == [e.SpeakerSet]


def test_somebody_without_a_participant_has_a_role_and_no_attributes() -> None:
    facts, _ = study.assign_speakers(
        [line(speaker="I", role="interviewer", participant="", age="40")], SPEAKERS, IDS, ()
    )
    assert facts == [e.SpeakerSet(transcript="t1", speaker=0, role="interviewer", participant="")]


def test_lines_that_fit_nothing_are_problems_by_their_line() -> None:
    table = [line(), line("09"), line(speaker="Bo"), line("02", speaker="I"), line(role="guest")]
    facts, problems = study.assign_speakers(table, SPEAKERS, IDS, ())
    assert len(facts) == 2
    assert [str(problem) for problem in problems] == [
        "participants, line 3: there is no transcript called '09'",
        "participants, line 4: '01' has no speaker 'Bo'",
        "participants, line 5: '02' has no speaker 'I'",
        "participants, line 6: 'guest' is not a role (participant, interviewer, other)",
    ]
