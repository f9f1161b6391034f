"""Focus groups keep the group and the person; the same person in several transcripts is only ever suggested."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from qualbench.model import Role, Speaker
from qualbench.steps.participants import (
    Group,
    Suggestion,
    Why,
    group_of,
    groups,
    is_focus_group,
    same_people,
    transcripts_of,
)
from qualbench.steps.participants.identifiers import identifier, is_name


def said(*labels: str, by: tuple[str, ...] = ()) -> tuple[Speaker, ...]:
    """An interviewer and participants, with who they are where it is known."""
    known = (*by, *("",) * len(labels))
    return (
        Speaker("I", Role.INTERVIEWER),
        *(Speaker(label, Role.PARTICIPANT, who) for label, who in zip(labels, known, strict=False)),
    )


def where(suggestion: Suggestion) -> list[tuple[str, int]]:
    """The speakers that a suggestion is about."""
    return [(place.transcript, place.speaker) for place in suggestion.places]


def test_more_than_two_participants_are_a_focus_group() -> None:
    assert not is_focus_group(said("Ana"))
    assert not is_focus_group(said("Ana", "Bo"))
    assert is_focus_group(said("Ana", "Bo", "Cy"))
    assert not is_focus_group([*said("Ana", "Bo"), Speaker("Mod", Role.INTERVIEWER), Speaker("Door", Role.OTHER)])
    assert not is_focus_group([])


def test_two_labels_of_one_participant_are_one_member() -> None:
    assert group_of("g", said("Ana", "ANA", "Bo", by=("P01", "P01", "P02"))) is None
    found = group_of("g", said("Ana", "ANA", "Bo", "Cy", by=("P01", "P01", "P02")))
    assert found == Group("g", ("P01", "P02"), ("Cy",))
    assert found.size == 3


def test_the_person_and_the_group_are_both_kept() -> None:
    study = {
        "talk": said("Ana", by=("P01",)),
        "group": said("Ana", "Bo", "Cy", by=("P01", "P02", "P03")),
        "later": said("Bo", "B", by=("P02", "P02")),
    }
    assert groups(study) == (Group("group", ("P01", "P02", "P03")),)
    assert transcripts_of(study) == {"P01": ("talk", "group"), "P02": ("group", "later"), "P03": ("group",)}


def test_an_interviewer_is_in_no_transcript_as_a_participant() -> None:
    assert transcripts_of({"t": (Speaker("I", Role.INTERVIEWER, "P09"),)}) == {}


# --- the same person ---------------------------------------------------------------------------------------------


def test_the_same_name_in_two_transcripts_is_suggested() -> None:
    (found,) = same_people({"a": said("Zoë", by=("P01",)), "b": said("Bo", "ZOE", by=("P02", "P03"))})
    assert found.why is Why.NAME
    assert where(found) == [("a", 1), ("b", 2)]
    assert found.participant == "P01"


def test_the_same_identifier_in_two_transcripts_is_suggested_however_it_is_written() -> None:
    (found,) = same_people({"a": said("P7", "P9"), "b": said("P3", "p 07")})
    assert found.why is Why.IDENTIFIER
    assert where(found) == [("a", 1), ("b", 2)]
    assert found.participant == ""


def test_numbers_that_begin_anew_in_every_transcript_are_doubtful_and_come_last() -> None:
    found = same_people({"a": said("P1", "P2", "Ana"), "b": said("P1", "Ana"), "c": said("P7"), "d": said("P7")})
    assert [(one.why, where(one)) for one in found] == [
        (Why.NAME, [("a", 3), ("b", 2)]),
        (Why.IDENTIFIER, [("c", 1), ("d", 1)]),
        (Why.NUMBERED, [("a", 1), ("b", 1)]),
    ]


def test_what_a_machine_numbered_from_nought_is_doubtful_too() -> None:
    assert [one.why for one in same_people({"a": said("S00", "S01"), "b": said("S00", "S01")})] == [Why.NUMBERED] * 2


def test_what_is_said_of_anybody_suggests_nothing() -> None:
    labels = ("Participant", "Speaker 1", "SPEAKER_00", "Unknown Speaker", "B", "Interviewees", "Female voice", "Frau")
    assert same_people({"a": said(*labels), "b": said(*labels)}) == ()


def test_nothing_is_suggested_within_one_transcript_or_when_it_is_settled() -> None:
    assert same_people({"a": said("Ana", "ana")}) == ()
    assert same_people({"a": said("Ana", by=("P01",)), "b": said("Ana", by=("P01",))}) == ()


def test_interviewers_are_not_looked_at() -> None:
    talk = (Speaker("Miriam", Role.INTERVIEWER), Speaker("Bo", Role.PARTICIPANT))
    assert [place.label for one in same_people({"a": talk, "b": talk}) for place in one.places] == ["Bo", "Bo"]


def test_identifiers_and_names() -> None:
    assert identifier("TN-03") == ("tn", 3)
    assert identifier("Participant 12") == ("participant", 12)
    assert identifier("Ana") is identifier("P") is identifier("ABCD1") is identifier("7") is None
    assert is_name("Ana María")
    assert not is_name(" ")
    assert not is_name("P07")


@given(
    st.dictionaries(st.sampled_from("abcd"), st.lists(st.sampled_from(["P1", "p01", "Ana", "ANA", "B"]), max_size=4))
)
def test_a_suggestion_is_about_several_transcripts_and_each_speaker_stands_in_one_at_most(
    labels: dict[str, list[str]],
) -> None:
    found = same_people({name: said(*those) for name, those in labels.items()})
    places = [place for one in found for place in one.places]
    assert len(places) == len(set(places))
    assert all(len({place.transcript for place in one.places}) > 1 for one in found)
