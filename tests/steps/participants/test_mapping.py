"""Which column says what: by headers in four languages, and by values that the study knows."""

from __future__ import annotations

import pytest

from qualbench.model import Participant, Role, Speaker
from qualbench.steps.participants import Attribute, AttributeKind, Known, Rows, suggested
from qualbench.steps.participants.headers import role_of

CHOICE, NUMBER, DATE, TEXT = AttributeKind
NOTHING = Known()
STUDY = Known(
    participants=(Participant("P01", "P01"), Participant("P02", "P02"), Participant("P03", "P03")),
    attributes=(Attribute("site", AttributeKind.CHOICE, ("North side", "South side")),),
    transcripts={"talk one": "t1", "talk two": "t2", "one.docx": "t1"},
    speakers={
        "t1": (Speaker("I", Role.INTERVIEWER), Speaker("Ana", Role.PARTICIPANT, "P01")),
        "t2": (Speaker("I", Role.INTERVIEWER), Speaker("Bo", Role.PARTICIPANT, "P02")),
    },
)


def rows(*cells: tuple[str, ...]) -> Rows:
    """Rows below a header in line 1."""
    return [(number, row) for number, row in enumerate(cells, start=2)]


@pytest.mark.parametrize(
    "header",
    [
        *(
            "participant",
            "Participant ID",
            "participantId",
            "PARTICIPANT_NO.",
            "case id",
            "ID",
            "Code",
            "Pseudonym",
            "PID",
        ),
        *("Teilnehmer:in", "Teilnehmerin", "TN-Nr.", "Kürzel", "Befragte*r", "Fallnummer", "Proband"),
        *("Code du participant", "Identifiant", "Enquêté", "Répondante", "Código", "Seudónimo", "Entrevistada", "Caso"),
    ],
)
def test_a_header_says_that_a_column_is_of_participants(header: str) -> None:
    mapping = suggested(["age", header], rows(("34", "X1"), ("29", "X2")), NOTHING)
    assert mapping.participant == header
    assert mapping.columns == (("age", "age", NUMBER),)


@pytest.mark.parametrize(
    ("transcript", "speaker", "role"),
    [
        ("transcript", "speaker", "role"),
        ("File name", "Speaker label", "Speaker role"),
        ("Dateiname", "Sprecher:in", "Rolle"),
        ("Nom du fichier", "Locutrice", "Rôle"),
        ("Nombre del archivo", "Hablante", "Rol"),
    ],
)
def test_a_header_says_that_a_column_is_of_transcripts_and_speakers(transcript: str, speaker: str, role: str) -> None:
    mapping = suggested([transcript, speaker, role, "id"], rows(("a", "Ana", "Participant", "P01")), NOTHING)
    assert (mapping.transcript, mapping.speaker, mapping.role, mapping.participant) == (transcript, speaker, role, "id")
    assert mapping.columns == ()


def test_values_that_the_study_knows_say_it_without_a_header() -> None:
    table = rows(("P01", "ONE.DOCX", "ana", "cook"), ("P02", "Talk two", "Bo", "nurse"))
    mapping = suggested(["A", "B", "C", "Job"], table, STUDY)
    assert (mapping.participant, mapping.transcript, mapping.speaker) == ("A", "B", "C")
    assert [column for column, _, _ in mapping.columns] == ["Job"]


def test_values_tell_between_two_columns_whose_headers_say_participant() -> None:
    mapping = suggested(["Participant", "Code"], rows(("1", "P01"), ("2", "P02")), STUDY)
    assert mapping.participant == "Code"
    assert suggested(["Participant", "Code"], rows(("1", "x"), ("2", "y")), STUDY).participant == "Participant"


def test_a_column_of_labels_that_are_speakers_and_participants_is_of_participants() -> None:
    known = Known((Participant("P1", "P1"),), speakers={"t": (Speaker("P1", Role.PARTICIPANT, "P1"),)})
    assert suggested(["Kode", "Alder"], rows(("P1", "34")), known).participant == "Kode"


def test_an_interview_column_that_names_no_transcript_is_an_attribute() -> None:
    mapping = suggested(["id", "interview"], rows(("P01", "by phone"), ("P02", "in person")), STUDY)
    assert mapping.transcript == ""


def test_a_role_column_with_other_words_than_roles_is_an_attribute() -> None:
    table = rows(("talk one", "Ana", "nurse", "P01"), ("talk two", "Bo", "nurse", "P02"))
    mapping = suggested(["transcript", "speaker", "role", "id"], table, STUDY)
    assert mapping.role == ""
    assert [name for _, name, _ in mapping.columns] == ["role"]


@pytest.mark.parametrize(
    "header", ["Name", "First name", "Nachname", "Prénom", "Apellidos", "E-Mail", "Phone number", "Adresse", "Nombre"]
)
def test_names_and_addresses_of_people_are_not_suggested(header: str) -> None:
    assert suggested(["id", header], rows(("P01", "Ana Castro")), STUDY).columns == ()


def test_an_attribute_that_the_study_knows_keeps_its_name_and_kind() -> None:
    mapping = suggested(["id", "SITE"], rows(("P01", "1"), ("P02", "2")), STUDY)
    assert mapping.columns == (("SITE", "site", CHOICE),)


def test_kinds_are_guessed_and_empty_columns_left_out() -> None:
    table = rows(
        ("P01", "34", "2024-01-02", "yes", "came late", ""),
        ("P02", "29", "2024-02-01", "no", "spoke with her sister", " "),
        ("P03", "31", "2024-03-01", "yes", "left early"),
    )
    mapping = suggested(["id", "age", "met", "housed", "remarks", "blank"], table, STUDY)
    assert mapping.columns == (
        ("age", "age", NUMBER),
        ("met", "met", DATE),
        ("housed", "housed", CHOICE),
        ("remarks", "remarks", TEXT),
    )


def test_nothing_is_suggested_for_a_table_of_something_else() -> None:
    mapping = suggested(["colour", "count"], rows(("red", "3"), ("blue", "4")), STUDY)
    assert (mapping.participant, mapping.transcript) == ("", "")
    assert suggested([], [], STUDY).columns == ()


def test_roles_are_known_in_four_languages() -> None:
    assert role_of("Enquêtrice") is role_of("Moderator:in") is role_of("entrevistador") is Role.INTERVIEWER
    assert role_of("TEILNEHMER") is role_of("Enquêtée") is role_of("Participante") is Role.PARTICIPANT
    assert role_of("Andere") is Role.OTHER
    assert role_of("nurse") is None
