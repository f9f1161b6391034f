"""Importing: a bad file is one clear line and the others go on; nothing is half imported; looking changes nothing."""

from __future__ import annotations

import io
import warnings
import zipfile
from pathlib import Path

import pytest

from qualbench import cli
from qualbench.cli import material
from tests.cli.conftest import TALK, Verb, entries, program

NEW = "I: Hello?\nP9: Hello to you.\n"


def names(verb: Verb, folder: Path) -> list[str]:
    """The transcripts the study has."""
    return [row["transcript"] for row in verb("status", folder, "--json").data["transcripts"]]


@pytest.fixture
def bad(tmp_path: Path) -> dict[str, Path]:
    """Files that can not become transcripts, each with a reason of its own."""
    made = {
        "empty.txt": b"",
        "latin.txt": "I: Bien?\nP1: Très bien.\n".encode("cp1252"),
        "fake.docx": b"this is no Word document",
        "photo.png": b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 4,
        "binary.txt": bytes(range(256)) * 40,
        "a folder": None,
        "missing.vtt": None,
    }
    for name, data in made.items():
        if data is not None:
            (tmp_path / name).write_bytes(data)
    (tmp_path / "a folder").mkdir()
    return {name: tmp_path / name for name in made}


def test_bad_files_are_one_line_each_and_the_others_go_on(
    team: Path, tmp_path: Path, bad: dict[str, Path], verb: Verb
) -> None:
    first, last = tmp_path / "first.txt", tmp_path / "last.txt"
    first.write_text(NEW)
    last.write_text(NEW + "P9: And again.\n")
    ran = verb("import", team, first, *bad.values(), last, "--yes", code=1)
    assert names(verb, team) == ["talk", "call", "meeting", "first", "last"]
    lines = [line for line in ran.err.splitlines() if "sealed" not in line]
    assert len(lines) == len(bad)
    for name, line in zip(bad, lines, strict=True):
        assert line.startswith(f"{name}: "), line
        assert line.endswith((".", ")")), line
        assert str(tmp_path) not in line
    assert "line 2, byte 7 (0xe8) is not UTF-8." in next(line for line in lines if line.startswith("latin"))
    assert "No such file" in next(line for line in lines if line.startswith("missing"))
    verb("doctor", team)


@pytest.mark.parametrize("name", ["empty.txt", "latin.txt", "fake.docx", "photo.png", "binary.txt", "a folder"])
def test_of_a_bad_file_nothing_is_kept(name: str, team: Path, bad: dict[str, Path], verb: Verb) -> None:
    before = entries(team)
    ran = verb("import", team, bad[name], "--yes", "--json", code=1)
    assert [(one["file"], one["ok"]) for one in ran.data] == [(name, False)]
    assert entries(team) == before


def zipped(*members: tuple[str, bytes]) -> bytes:
    """An archive with these members, deflated."""
    body = io.BytesIO()
    with zipfile.ZipFile(body, "w", zipfile.ZIP_DEFLATED) as archive, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # a name twice is what is wanted
        for name, data in members:
            archive.writestr(name, data)
    return body.getvalue()


LAUGHS = (
    b'<?xml version="1.0"?><!DOCTYPE d [<!ENTITY a "ha">'
    + b"".join(b'<!ENTITY %c "%s">' % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(9))
    + b"]><ANNOTATION_DOCUMENT><TIER>&j;</TIER></ANNOTATION_DOCUMENT>"
)
WORD = b'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body/></w:document>'


def hostile() -> dict[str, bytes]:
    """Files that want to break or to fill the machine, and some that are not what they say."""
    return {
        "bomb.docx": zipped(("word/document.xml", b" " * 300_000_000)),
        "laughs.eaf": LAUGHS,
        "laughs.docx": zipped(("word/document.xml", LAUGHS)),
        "path.docx": zipped(("../../evil.xml", b"x"), ("word/document.xml", WORD)),
        "twice.docx": zipped(("word/document.xml", WORD), ("word/document.xml", WORD + b" ")),
        "nul.txt": b"I: a?" + bytes(9) + b"\nP1: b.\n",
        "half.json": b'{"text": "\\ud800", "segments": [{"start": 0, "end": 1, "text": "\\ud800"}]}',
        "wrong.docx": b"I: Hello?\nP1: Hello.\n",
        "wrong.vtt": b"PK\x03\x04" + bytes(range(256)) * 20,
        "old.doc": b"\xd0\xcf\x11\xe0" + bytes(5_000),
        "sound.mp3": b"ID3" + bytes(5_000),
    }


def test_hostile_files_are_one_sentence_each_and_the_study_is_untouched(team: Path, tmp_path: Path, verb: Verb) -> None:
    place = tmp_path / "hostile"
    place.mkdir()
    for name, data in hostile().items():
        (place / name).write_bytes(data)
    before, there = entries(team), sorted(tmp_path.rglob("*"))
    ran = verb("import", team, *sorted(place.iterdir()), "--yes", code=1)
    assert [line.split(":")[0] for line in ran.err.splitlines()] == sorted(hostile())
    assert entries(team) == before
    assert sorted(path for path in tmp_path.rglob("*") if path.parent != team) == [p for p in there if p.parent != team]
    verb("doctor", team)


def test_a_line_of_ten_million_characters_is_a_line(team: Path, tmp_path: Path, verb: Verb) -> None:
    file = tmp_path / "long.txt"
    file.write_text("I: Well?\nP1: " + "so " * 3_400_000 + "\n")
    ran = verb("import", team, file, "--yes", "--json")
    assert (ran.data[0]["turns"], ran.data[0]["words"]) == (2, 3_400_001)
    verb("doctor", team)


@pytest.mark.parametrize(
    ("moment", "kept"), [("1/2 read", []), ("2/2 read", []), ("2/2 cut", []), ("1/2 sealed", ["one", "two"])]
)
def test_a_break_in_the_middle_leaves_all_or_nothing(
    moment: str, kept: list[str], team: Path, tmp_path: Path, verb: Verb, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, two = tmp_path / "one.txt", tmp_path / "two.txt"
    one.write_text(NEW)
    two.write_text(NEW + "P9: And again.\n")
    said: list[str] = []

    def interrupt(words: str) -> None:
        said.append(words)
        if moment in words:
            raise KeyboardInterrupt

    monkeypatch.setattr(cli.output, "say", interrupt)
    monkeypatch.setattr(material, "PACE", 0.0)
    verb("import", team, one, two, "--yes", code=130)
    assert said[0] == "1/2 read: one.txt"
    assert names(verb, team) == ["talk", "call", "meeting", *kept]
    verb("doctor", team)


def test_the_same_bytes_are_refused_with_the_name_of_the_first(team: Path, tmp_path: Path, verb: Verb) -> None:
    again = tmp_path / "copy of talk.txt"
    again.write_text(TALK)
    before = entries(team)
    ran = verb("import", team, again, "--yes", code=1)
    assert ran.err == "copy of talk.txt: the same file is already in the study as 'talk'.\n"
    assert entries(team) == before


def test_the_same_bytes_twice_in_one_batch_are_taken_once(team: Path, tmp_path: Path, verb: Verb) -> None:
    one, two = tmp_path / "one.txt", tmp_path / "two.txt"
    for file in (one, two):
        file.write_text(NEW)
    ran = verb("import", team, one, two, one, "--yes", "--json", code=1)
    assert [(f["file"], f["ok"], f.get("transcript")) for f in ran.data] == [
        ("one.txt", True, "one"),
        ("two.txt", False, None),
        ("one.txt", False, None),
    ]
    assert ran.err.count("the same file is already in the study as 'one.txt'.") == 2
    assert names(verb, team) == ["talk", "call", "meeting", "one"]


def test_looking_changes_nothing(team: Path, tmp_path: Path, bad: dict[str, Path], verb: Verb) -> None:
    new = tmp_path / "new.txt"
    new.write_text(NEW)
    before, body = entries(team), (team / "study.db").read_bytes()
    copies = sorted((team / "backups").iterdir())
    for words in (("--dry-run",), ("--dry-run", "--json"), ("--dry-run", "--yes")):
        verb("import", team, new, bad["latin.txt"], *words, code=1)
    assert entries(team) == before
    assert (team / "study.db").read_bytes() == body
    assert sorted((team / "backups").iterdir()) == copies


def test_two_files_of_one_name_get_two_names(team: Path, tmp_path: Path, verb: Verb) -> None:
    files = []
    for folder, words in (("monday", "P9: Monday.\n"), ("tuesday", "P9: Tuesday.\n")):
        (tmp_path / folder).mkdir()
        files.append(tmp_path / folder / "talk.txt")
        files[-1].write_text("I: Hello?\n" + words)
    ran = verb("import", team, *files, "--yes", "--json")
    assert [(one["file"], one["transcript"]) for one in ran.data] == [
        ("talk.txt", "talk (2)"),
        ("talk.txt", "talk (3)"),
    ]
    assert verb("search", team, "Tuesday", "--json").data[0]["transcript"] == "talk (3)"


def test_another_encoding_is_said_and_never_guessed(team: Path, bad: dict[str, Path], verb: Verb) -> None:
    refused = verb("import", team, bad["latin.txt"], "--yes", code=1)
    assert "--encoding cp1252" in refused.err
    ran = verb("import", team, bad["latin.txt"], "--encoding", "cp1252", "--yes", "--json")
    assert ran.data[0]["encoding"] == "cp1252"
    assert verb("search", team, "Très", "--json").data[0]["text"] == "Très bien."
    assert (
        "no encoding called 'klingon'"
        in verb("import", team, bad["latin.txt"], "--encoding", "klingon", "--yes", code=1).err
    )


def test_a_copy_is_kept_before_anything_is_taken_in(team: Path, tmp_path: Path, verb: Verb) -> None:
    new = tmp_path / "new.txt"
    new.write_text(NEW)
    before = set((team / "backups").iterdir())
    verb("import", team, new, "--yes")
    (made,) = set((team / "backups").iterdir()) - before
    assert "before-import" in made.name


def test_the_unit_is_as_said_and_can_be_changed(team: Path, tmp_path: Path, verb: Verb) -> None:
    long = tmp_path / "long.txt"
    long.write_text("I: Hello?\nP9: One thing.\n\nAnd another.\n")
    verb("import", team, long, "--segment", "paragraph", "--yes")
    row = verb("status", team, "--json").data["transcripts"][-1]
    assert (row["by"], row["segments"]) == ("paragraph", 2)
    verb("segment", team, "long", "--by", "turn")
    row = verb("status", team, "--json").data["transcripts"][-1]
    assert (row["by"], row["segments"]) == ("turn", 1)
    verb("codings", team, "nothing", "long", "15", "--coder", "ana")
    assert "can not be cut anew: a pass on it is open." in verb("segment", team, "long", "--by", "turn", code=1).err


def test_a_file_without_labels_is_one_person_when_that_is_said(team: Path, tmp_path: Path, verb: Verb) -> None:
    diary = tmp_path / "diary.txt"
    diary.write_text("Monday was long. It snowed.\n\nTuesday was short.\n")
    ran = verb("import", team, diary, "--one-speaker", "--yes", "--json")
    assert [(one["label"], one["role"]) for one in ran.data[0]["speakers"]] == [("Speaker", "participant")]
    assert verb("search", team, "snowed", "--json").data[0]["speaker"] == "Speaker"


def test_a_name_that_is_not_text_is_taken_with_a_mark(team: Path, tmp_path: Path) -> None:
    import os

    path = os.path.join(os.fsencode(tmp_path), b"caf\xe9.txt")
    with open(path, "w") as file:
        file.write(NEW)
    ran = program("import", team, path.decode(errors="surrogateescape"), "--yes")
    assert ran.err == "1/1 sealed: caf?\n"
