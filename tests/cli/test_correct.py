"""The verb correct: an edited file becomes a new version, and what it makes doubtful is a list to work off."""

from __future__ import annotations

from pathlib import Path

import pytest

from qualbench.cli import output
from tests.cli.conftest import TALK, Verb, entries, places, program


@pytest.fixture
def coded(team: Path, verb: Verb) -> Path:
    """Ana has TRUST on the first answer of `talk` and FEAR on the third."""
    for number, name in ((0, "TRUST"), (2, "FEAR")):
        verb("codings", team, "apply", "talk", places(team, "talk")[number][0], name, "--coder", "ana")
    return team


@pytest.fixture
def edited(coded: Path, tmp_path: Path, verb: Verb) -> Path:
    """The text of `talk` with one word of the first answer changed, and the third answer shortened."""
    file = tmp_path / "edited.txt"
    verb("correct", coded, "text", "talk", "-o", file)
    assert file.read_text("utf-8") == TALK
    file.write_text(TALK.replace("at once", "at last").replace(" But less and less.", ""))
    return file


def corrected(verb: Verb, study: Path, file: Path) -> None:
    verb("correct", study, "import", "talk", file, "--reason", "member check", "--yes", "--as", "ana")


def test_a_look_shows_the_changes_and_writes_nothing(coded: Path, edited: Path, verb: Verb) -> None:
    before = entries(coded)
    ran = verb("correct", coded, "import", "talk", edited, "--dry-run", "--as", "ana")
    assert "2 places changed." in ran.out
    assert "2 coded places would be doubtful" in ran.out
    data = verb("correct", coded, "import", "talk", edited, "--dry-run", "--json", "--as", "ana").data
    assert [(c["line"], c["old"], c["new"]) for c in data["changes"]] == [
        (2, "once", "last"), (6, "But less and less.", ""),
    ]  # fmt: skip
    assert (data["done"], data["version"], data["doubtful"]) == (False, 1, 2)
    assert verb("correct", coded, "import", "talk", edited, "--dry-run", "--json", "--as", "ben").data["doubtful"] == 0
    assert entries(coded) == before


def test_without_a_reason_or_a_yes_nothing_is_sealed(coded: Path, edited: Path, verb: Verb) -> None:
    before = entries(coded)
    assert "needs a reason" in verb("correct", coded, "import", "talk", edited, "--yes", code=2).err
    ran = program("correct", coded, "import", "talk", edited, "--reason", "typing", code=3)
    assert "Nothing was sealed yet" in ran.err
    assert entries(coded) == before


def test_somebody_who_is_asked_may_say_no(
    coded: Path, edited: Path, verb: Verb, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(output, "asks", lambda: True)
    monkeypatch.setattr("click.confirm", lambda *_, **__: False)
    verb("correct", coded, "import", "talk", edited, "--reason", "typing", code=3)
    monkeypatch.setattr("click.confirm", lambda *_, **__: True)
    verb("correct", coded, "import", "talk", edited, "--reason", "typing")
    assert len(verb("correct", coded, "versions", "talk", "--json").data) == 2


def test_doubtful_places_are_listed_and_settled(coded: Path, edited: Path, verb: Verb) -> None:
    corrected(verb, coded, edited)
    first, second = verb("correct", coded, "--json", "--as", "ana").data
    assert verb("correct", coded, "list", "--json", "--as", "ana").data == [first, second]
    assert first == {
        "transcript": "talk", "start": places(coded, "talk")[0][0], "end": places(coded, "talk")[0][1], "coder": "ana",
        "codes": ["TRUST"], "words": "I trusted her at last. She had been there.",
        "before": ["I trusted her at once. She had been there."],
    }  # fmt: skip
    assert verb("correct", coded, "--json", "--as", "ben").data == []
    ran = verb("correct", coded, "settle", "talk", first["start"], "--words", "at last", "--as", "ana")
    assert "It stands on 'at last'. 1 doubtful place left." in ran.err
    verb("correct", coded, "settle", "talk", second["start"], "--as", "ana")
    assert "Nothing at" in verb("correct", coded, "settle", "talk", second["start"], "--as", "ana", code=1).err
    rows = verb("codings", coded, "export", "--coder", "ana", "--json").data
    at = TALK.index("at once")
    assert [(row["code"], row["start"], row["end"]) for row in rows] == [
        ("TRUST", at, at + len("at last")), ("FEAR", second["start"], second["end"]),
    ]  # fmt: skip
    verb("doctor", coded)


def test_it_may_stand_from_here_to_there(coded: Path, edited: Path, verb: Verb) -> None:
    corrected(verb, coded, edited)
    start, _ = places(coded, "talk")[0]
    verb("correct", coded, "settle", "talk", start, "--start", start, "--end", start + 9, "--as", "ana")
    rows = verb("codings", coded, "export", "--coder", "ana", "--json").data
    assert (rows[0]["start"], rows[0]["end"]) == (start, start + 9)
    both = ("--words", "Every", "--start", "1")
    verb("correct", coded, "settle", "talk", start, *both, "--as", "ana", code=2)


def test_versions_are_listed_and_printed(coded: Path, edited: Path, verb: Verb) -> None:
    corrected(verb, coded, edited)
    first, second = verb("correct", coded, "versions", "talk", "--json").data
    assert (first["version"], first["reason"], first["by"]) == (1, "", "cleo")
    assert (second["version"], second["reason"], second["by"]) == (2, "member check", "ana")
    assert verb("correct", coded, "versions", "talk", "--show", "1").out == TALK
    assert verb("correct", coded, "text", "talk").out == edited.read_text("utf-8")
    assert "There is no version 3." in verb("correct", coded, "versions", "talk", "--show", "3", code=2).err


@pytest.mark.parametrize(
    ("body", "code", "sentence"),
    [
        (TALK.encode(), 1, "the same as the old one"),
        (b"\xef\xbb\xbf" + TALK.replace("\n", "\r\n").encode(), 1, "the same as the old one"),
        (b"Something else from its first word to the last.\n" * 9, 1, "another transcript, not a correction."),
        (b"", 1, "another transcript, not a correction."),
        (TALK.replace("once", "\xe9").encode("latin-1"), 1, "is not UTF-8 text."),
    ],
)
def test_what_is_no_correction_is_told(
    body: bytes, code: int, sentence: str, coded: Path, tmp_path: Path, verb: Verb
) -> None:
    file = tmp_path / "other.txt"
    file.write_bytes(body)
    before = entries(coded)
    assert sentence in verb("correct", coded, "import", "talk", file, "--reason", "x", "--yes", code=code).err
    assert entries(coded) == before


def test_a_file_that_exists_stays(coded: Path, edited: Path, verb: Verb) -> None:
    assert "exists already." in verb("correct", coded, "text", "talk", "-o", edited, code=1).err
    verb("correct", coded, "text", "talk", "-o", edited, "--force")
    assert edited.read_text() == TALK
