"""Projects of other programs as studies: their coders' passes, their memos, cases and sets, and what is said of it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from qualbench.errors import UnreadableFile
from qualbench.model import PassState, SegmentRule
from qualbench.project import Project
from qualbench.project.foreign import arrival_of
from tests.steps.interchange.qdpx_files import (
    ANA,
    BEN,
    CASE,
    CODES,
    HOPE,
    NOTE,
    OTHER,
    TALK,
    TRUST,
    USERS,
    WORDS,
    coding,
    qdpx,
    selection,
    source,
    sources,
)

TRUSTED = WORDS.index("trusted"), WORDS.index("trusted") + len("trusted her")
BETTER = WORDS.index("Then"), WORDS.index("slowly")
NAMES = {"ana": ANA, "ben": BEN}


class Brought:
    """A study made of a project."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.projects: list[Project] = []

    def __call__(self, *parts: str, viewer: str = "cleo", **more: object) -> Project:
        self.arrival = arrival_of("x.qdpx", qdpx(*parts, **more))  # type: ignore[arg-type]
        self.projects.append(
            Project.begin_with(self.folder / f"study{len(self.projects)}", self.arrival, viewer=viewer)
        )
        return self.projects[-1]

    @property
    def report(self) -> str:
        return "\n".join(self.arrival.lines)


@pytest.fixture
def brought(tmp_path: Path) -> Iterator[Brought]:
    made = Brought(tmp_path)
    yield made
    for project in made.projects:
        project.close()


def put(span: tuple[int, int], code: str, user: str, number: int) -> str:
    guid = f"ffffffff-0000-4000-8000-{number:012d}"
    return selection(*span, coding(code, user, guid), number=number, user=user)


TWO = (
    USERS, CODES,
    sources(source(put(TRUSTED, TRUST, ANA, 1), put(TRUSTED, TRUST, BEN, 2), put(BETTER, HOPE, BEN, 3))),
)  # fmt: skip


def test_coders_of_another_program_can_be_compared_at_once(brought: Brought) -> None:
    project = brought(*TWO)
    assert {(one.coder, one.state) for one in project.passes()} == {
        ("Ana", PassState.SUBMITTED), ("Ben", PassState.SUBMITTED),
    }  # fmt: skip
    readings = [{coder: set(codes) for coder, codes in unit.readings.items()} for unit in project.units()]
    assert readings == [{"Ana": {"TRUST"}, "Ben": {"TRUST"}}, {"Ana": set(), "Ben": {"HOPE"}}]
    run = project.agreement()
    assert {code.code: code.percent for code in run.codes} == {"TRUST": 1.0, "HOPE": 0.5}
    assert len(project.items()) == 1
    assert project.study.coders == 2
    assert "segments without a code of theirs have 'nothing applies'" in brought.report


def test_codings_are_as_given_even_where_they_overlap(brought: Brought) -> None:
    wide, narrow = (TRUSTED[0] - 2, TRUSTED[1]), TRUSTED
    project = brought(USERS, CODES, sources(source(put(wide, TRUST, ANA, 1), put(narrow, TRUST, ANA, 2))))
    assert [(one.start, one.end) for one in project.codings()] == [wide, narrow]


def test_a_text_that_one_person_coded_is_readable_when_the_study_is_new(brought: Brought) -> None:
    project = brought(USERS, CODES, sources(source(put(TRUSTED, TRUST, ANA, 1))), viewer="cleo")
    assert (project.study.coders, len(project.codings())) == (1, 1)


def test_windows_line_ends_and_speakers(brought: Brought) -> None:
    """NVivo's way: CRLF and a byte-order mark, positions count the carriage return and not the mark."""
    file = "\ufeff" + WORDS.replace("\n", "\r\n")
    spans = [(at + WORDS[:at].count("\n"), end + WORDS[:at].count("\n")) for at, end in (TRUSTED, BETTER)]
    marks = [put(span, TRUST, ANA, n) for n, span in enumerate(spans, 1)]
    project = brought(USERS, CODES, sources(source(*marks)), files={f"sources/{TALK}.txt": file})
    transcript = project.transcript("talk")
    assert transcript.text == WORDS
    assert [transcript.text[one.start : one.end] for one in project.codings()] == [
        "trusted her", "Then it got better, ",
    ]  # fmt: skip
    assert [one.label for one in transcript.speakers] == ["I", "P1"]
    assert "Positions: a Windows line end counts 2" in brought.report


def test_a_text_without_speakers_is_one_persons_words(brought: Brought) -> None:
    words = "WEBVTT and other headings.\n\nIt was a long day.\nIt got better.\n"
    project = brought(USERS, CODES, sources(source(put((0, 6), TRUST, ANA, 1))), files={f"sources/{TALK}.txt": words})
    transcript = project.transcript("talk")
    assert transcript.text == words
    assert [one.label for one in transcript.speakers] == ["Speaker"]
    assert "Speakers were found in 0 of 1 texts" in brought.report


def test_a_case_is_the_only_participant_of_its_text(brought: Brought) -> None:
    age, born = "12121212-0000-4000-8000-000000000001", "12121212-0000-4000-8000-000000000002"
    variables = (
        f'<Variables><Variable guid="{age}" name="age" typeOfVariable="Integer"/>'
        f'<Variable guid="{born}" name="born" typeOfVariable="Date"/></Variables>'
    )
    value = f'<VariableValue><VariableRef targetGUID="{age}"/><IntegerValue>34</IntegerValue></VariableValue>'
    case = f'<Cases><Case guid="{CASE}" name="Mara">{value}<SourceRef targetGUID="{TALK}"/></Case></Cases>'
    project = brought(USERS, CODES, variables, case, sources(source()))
    assert [(one.label, one.attributes) for one in project.participants()] == [("Mara", (("age", "34"),))]
    assert project.transcript("talk").speakers[1].participant == "Mara"
    assert [(one.name, str(one.kind)) for one in project.attributes()] == [("age", "number"), ("born", "text")]


def test_two_cases_on_one_speaker_are_not_guessed(brought: Brought) -> None:
    ref = f'<SourceRef targetGUID="{TALK}"/>'
    cases = f'<Cases><Case guid="{CASE}" name="Mara">{ref}</Case><Case guid="{OTHER}" name="Site">{ref}</Case></Cases>'
    project = brought(USERS, CODES, cases, sources(source()))
    assert project.transcript("talk").speakers[1].participant == "P1"
    assert "Cases whose text has no speaker that is surely theirs: 2." in brought.report


def test_notes_keep_their_authors_and_places(brought: Brought) -> None:
    second = NOTE[:-1] + "2"
    notes = (
        f'<Notes><Note guid="{NOTE}" name="Doubt" creatingUser="{ANA}" creationDateTime="2026-01-05T09:00:00Z">'
        "<PlainTextContent>Is it trust?</PlainTextContent></Note>"
        f'<Note guid="{second}" name="Later" creatingUser="{BEN}"><PlainTextContent>Or hope.</PlainTextContent></Note>'
        "</Notes>"
    )
    refs = "".join(f'<NoteRef targetGUID="{one}"/>' for one in (NOTE, second))
    mark = selection(*TRUSTED, coding(TRUST, ANA), refs, number=1)
    project = brought(USERS, CODES, sources(source(mark)), notes)
    (memo,) = project.memos()
    assert (memo.coder, memo.start, memo.end, memo.body) == ("Ana", *TRUSTED, "Doubt\n\nIs it trust?")
    (note,) = project.notes()
    assert (note.author, note.on, note.about) == ("Ben", "transcript", project.transcript("talk").id)
    assert note.body == f'On "trusted her" (characters {TRUSTED[0]} to {TRUSTED[1]}):\n\nLater\n\nOr hope.'
    assert "1 memo on places of texts that their authors did not code, now on the texts." in brought.report


def test_sets_and_descriptions_become_memos(brought: Brought) -> None:
    sets = (
        f'<Sets><Set guid="{CASE}" name="Good"><Description>Warm ones</Description><MemberCode targetGUID="{TRUST}"/>'
        f'<MemberSource targetGUID="{TALK}"/></Set></Sets><Description>A study of trust</Description>'
    )
    project = brought(USERS, CODES, sources(source("<Description>Recorded at home</Description>")), sets)
    assert sorted((one.on, one.body) for one in project.notes()) == [
        ("study", "A study of trust"), ("study", "Set 'Good'\nWarm ones\nCodes: Trust\nTexts: talk"),
        ("transcript", "Recorded at home"),
    ]  # fmt: skip


def test_names_that_are_too_close_are_told_apart(brought: Brought) -> None:
    users = f'<Users><User guid="{ANA}" name="Ana"/><User guid="{BEN}" name="ANÁ"/></Users>'
    project = brought(users, *TWO[1:])
    assert [one.name for one in project.people()] == ["Ana", "ANÁ (2)"]
    assert "'ANÁ' is 'ANÁ (2)' now" in brought.report


def test_codes_that_only_group_are_headings_and_two_of_one_name_have_their_own_ids(brought: Brought) -> None:
    inner = f'<Code guid="{HOPE}" name="Trust"><Description>In peers</Description></Code>'
    codes = (
        f'<CodeBook><Codes><Code guid="{TRUST}" name="Trust" isCodable="false" color="#ff0000">{inner}</Code></Codes>'
        "</CodeBook>"
    )
    project = brought(USERS, codes, sources(source(put(TRUSTED, HOPE, ANA, 1))))
    book = project.codebook()
    assert book.version == "1.0"
    assert [(one.id, one.label, one.parent, one.kind, one.definition, one.colour) for one in book.codes] == [
        ("TRUST", "Trust", "", "theme", "", "#ff0000"),
        ("TRUST_TRUST", "Trust", "TRUST", "code", "In peers", ""),
    ]
    assert [one.id for one in project.applicable_codes()] == ["TRUST_TRUST"]
    assert "TRUST and TRUST_TRUST" in brought.report


def test_a_text_without_words_is_left_out_and_said(brought: Brought) -> None:
    empty = source(guid=OTHER, name="empty")
    files = {f"sources/{TALK}.txt": WORDS, f"sources/{OTHER}.txt": " \n"}
    project = brought(USERS, CODES, sources(source(put(TRUSTED, TRUST, ANA, 1)), empty), files=files)
    assert [row.name for row in project.transcripts()] == ["talk"]
    assert "Texts without any words, not carried with what stands on them: 1." in brought.report


def test_the_unit_can_be_chosen() -> None:
    arrival = arrival_of("x.qdpx", qdpx(*TWO), rule=SegmentRule.SENTENCE)
    assert {fact.rule for fact in arrival.facts if fact.KIND in ("segmented", "pass_opened")} == {"sentence"}  # type: ignore[attr-defined]


def test_what_is_no_project_is_refused_in_a_sentence() -> None:
    for data in (b"", b"PK\x03\x04 and more", b"SQLite format 3\x00" + b"\xa5" * 5000):
        with pytest.raises(UnreadableFile, match=r"x\.qdpx: "):
            arrival_of("x.qdpx", data)
