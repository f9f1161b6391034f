"""Projects of other programs by the verbs: out and in, asked and refused, and tables of coded segments."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import TALK, Verb, entries, places, program, table
from tests.steps.interchange import test_qualcoder, test_taguette
from tests.steps.interchange.qdpx_files import ANA, BEN, CODES, TRUST, USERS, coded, coding, qdpx, selection, sources
from tests.steps.interchange.qdpx_files import TALK as TALK_GUID
from tests.steps.interchange.qdpx_files import source as text_source

NASTY = "Ana \x1b]52;c;eA\x07 [/x] \u202e"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A project in which two people have coded."""
    marks = [
        selection(24, 31, coding(TRUST, user, f"ffffffff-0000-4000-8000-{n:012d}"), number=n, user=user)
        for n, user in enumerate((ANA, BEN))
    ]
    path = tmp_path / "study.qdpx"
    path.write_bytes(qdpx(USERS, CODES, sources(text_source(*marks))))
    return path


def test_a_project_becomes_a_study_in_a_new_folder(file: Path, tmp_path: Path, verb: Verb) -> None:
    study = tmp_path / "new"
    looked = verb("import", study, file, "--dry-run", "--json")
    assert looked.data["carried"] == {
        "texts": 1, "codes": 2, "coders": 2, "passes": 2, "codings": 2, "memos": 0, "participants": 0, "attributes": 0,
    }  # fmt: skip
    assert looked.data["done"] is False
    assert not study.exists()
    waits = program("import", study, file, code=3)
    assert "waits for a yes" in waits.err
    assert not study.exists()
    done = verb("import", study, file, "--yes", "--json", "--as", "cleo")
    assert done.data["done"] is True
    assert all(line in done.err for line in done.data["said"])
    assert verb("status", study, "--json").data["transcripts"][0]["opened"] is True
    assert {code["code"]: code["percent"] for code in verb("agree", study, "--json").data["codes"]}["TRUST"] == 1.0
    verb("doctor", study)


def test_an_empty_study_is_filled_and_a_full_one_refuses(file: Path, team: Path, tmp_path: Path, verb: Verb) -> None:
    study = tmp_path / "empty"
    verb("init", study, "--method", "cqr", "--coders", "3")
    ran = verb("import", study, file, "--yes")
    assert "1 coded texts stay blind" in ran.err
    assert verb("status", study, "--json").data["method"] == "cqr"
    before = entries(team)
    for folder in (team, study):
        assert "comes into a study of its own" in verb("import", folder, file, "--yes", code=1).err
    assert entries(team) == before
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "letter.txt").write_text("precious")
    assert "is not a Qualbench study." in verb("import", tmp_path / "other", file, "--yes", code=1).err


def test_a_tie_between_ways_of_counting_is_refused_until_somebody_says(tmp_path: Path, verb: Verb) -> None:
    """The letter at 11 is b when a Windows line end counts 2, and c when it counts 1: both are whole words."""
    path = tmp_path / "tie.qdpx"
    words = "a b c\r\n\r\na b c d e f\r\n"
    path.write_bytes(qdpx(USERS, CODES, coded([(11, 12)]), files={f"sources/{TALK_GUID}.txt": words}))
    assert "--convention" in verb("import", tmp_path / "new", path, "--yes", code=1).err
    assert not (tmp_path / "new").exists()
    for way, letter in (("crlf-2", "b"), ("crlf-1", "c")):
        verb("import", tmp_path / way, path, "--yes", "--convention", way)
        (row,) = (one for one in verb("codings", tmp_path / way, "export", "--json").data if one["code"])
        assert "a b c\n\na b c d e f\n"[row["start"] : row["end"]] == letter
    assert "no way of counting" in verb("import", tmp_path / "two", path, "--convention", "lines", code=2).err
    text = tmp_path / "talk.txt"
    text.write_text(TALK)
    assert "--convention is for projects" in verb("import", tmp_path / "two", text, "--convention", "bom", code=2).err
    assert "comes alone" in verb("import", tmp_path / "two", path, text, code=2).err


def test_databases_of_taguette_and_qualcoder_come_in_too(tmp_path: Path, verb: Verb) -> None:
    taguette = tmp_path / "project.sqlite3"
    start, end = test_taguette.at("trusted")
    taguette.write_bytes(test_taguette.project([(1, 1, start, end, "trusted")], [(1, 2)]))
    ran = verb("import", tmp_path / "from-taguette", taguette, "--yes", "--json")
    assert ran.data["carried"]["codings"] == 1
    folder = tmp_path / "study.qda"
    folder.mkdir()
    (folder / "data.qda").write_bytes(test_qualcoder.data_qda())
    assert verb("import", tmp_path / "from-qualcoder", folder, "--yes", "--json").data["carried"]["codings"] == 2
    other = tmp_path / "phone.sqlite"
    other.write_bytes(test_qualcoder.database({"calls": ("id", [(1,)])}))
    assert "not one of Taguette, QualCoder or RQDA" in verb("import", tmp_path / "x", other, "--yes", code=1).err


def test_hostile_projects_are_told_in_a_sentence_and_leave_nothing(tmp_path: Path, verb: Verb) -> None:
    for number, data in enumerate((b"", b"PK\x05\x06", b"SQLite format 3\x00", b"\x00" * 500, b"<xml/>")):
        path = tmp_path / f"evil{number}.qdpx"
        path.write_bytes(data)
        ran = verb("import", tmp_path / "new", path, "--yes", code=1)
        assert path.name in ran.err
        assert "Traceback" not in ran.err
        assert not (tmp_path / "new").exists()


def test_names_that_drive_a_terminal_are_shown_as_signs(tmp_path: Path, verb: Verb) -> None:
    """No raw character leaves, which the fixture looks at; they come from a database, as XML could not carry them."""
    data = test_qualcoder.data_qda(
        code_name=("cid, name, memo, catid, color", [(1, NASTY, NASTY, None, NASTY)]),
        cases=("caseid, name, memo, owner", [(1, NASTY, NASTY, NASTY)]),
        journal=("jid, name, jentry, owner, date", [(1, NASTY, NASTY, NASTY, NASTY)]),
    )
    path = tmp_path / "data.qda"
    path.write_bytes(data)
    study = tmp_path / "new"
    verb("import", study, path, "--yes", "--json")
    for words in (("status",), ("codebook",), ("participants",), ("memo",), ("doctor",)):
        verb(words[0], study, *words[1:])
        verb(words[0], study, *words[1:], "--json")
    verb("export", study, "qdpx", "-o", tmp_path / "again.qdpx")


# --- out -----------------------------------------------------------------------------------------------------------


def test_a_study_is_written_with_its_losses_and_never_over_another(opened: Path, tmp_path: Path, verb: Verb) -> None:
    target = tmp_path / "out.qdpx"
    said = verb("export", opened, "qdpx", "-o", target, "--json").data["said"]
    losses = (tmp_path / "out.qdpx.losses.txt").read_text("utf-8")
    assert all(line.removeprefix("- ") in losses for line in said[:-1])
    assert "Passes, and whether and when each was submitted" in losses
    before = target.read_bytes()
    assert "exists already" in verb("export", opened, "qdpx", "-o", target, code=1).err
    verb("export", opened, "qdpx", "-o", target, "--force")
    assert target.read_bytes() == before, "the same study, the same bytes"
    for name, options in (
        ("c", ["--layer", "consensus"]),
        ("m", ["--target", "maxqda"]),
        ("q", ["--target", "qualcoder"]),
    ):
        verb("export", opened, "qdpx", "-o", tmp_path / f"{name}.qdpx", *options)
        assert (tmp_path / f"{name}.qdpx").stat().st_size > 100
    assert "not for themes" in verb("export", opened, "themes", "-o", tmp_path / "x.md", "--layer", "both", code=2).err


def test_a_study_goes_out_and_comes_back(opened: Path, tmp_path: Path, verb: Verb) -> None:
    target, study = tmp_path / "out.qdpx", tmp_path / "back"
    verb("export", opened, "qdpx", "-o", target)
    verb("import", study, target, "--yes")
    first, second = (verb("codings", one, "export").out for one in (opened, study))
    assert first == second
    for words in (("participants",), ("codebook", "--version", "1.0")):
        told = [verb(words[0], one, *words[1:], "--json").data for one in (opened, study)]
        assert _same(told[0]) == _same(told[1]), words


def _same(data: Any) -> Any:
    """What has to be the same: titles and dates of a codebook are another file's."""
    return data["codes"] if isinstance(data, dict) else data


# --- coded segments ------------------------------------------------------------------------------------------------

MAXQDA = "Document name,Code,Segment,Created by\n"


def test_coded_segments_are_placed_by_their_words(team: Path, tmp_path: Path, verb: Verb) -> None:
    path = tmp_path / "segments.csv"
    path.write_text(f"{MAXQDA}talk,Feelings > Trust,I trusted her  at once,ana\ntalk,Fear,Every day,ana\n")
    assert verb("codings", team, "match", path, "--dry-run", "--json").data == {
        "lines": {}, "placed": 2, "problems": [],
    }  # fmt: skip
    verb("codings", team, "match", path)
    rows = verb("codings", team, "export", "--coder", "ana", "--json").data
    assert {TALK[row["start"] : row["end"]]: row["code"] for row in rows if row["code"]} == {
        "I trusted her at once": "TRUST", "Every day": "FEAR",
    }  # fmt: skip
    assert sum(not row["code"] for row in rows) == len(places(team, "talk")) - 2, "the table is all that ana says"


def test_words_without_a_sure_place_stop_the_table_unless_they_are_left_out(
    team: Path, tmp_path: Path, verb: Verb
) -> None:
    path = tmp_path / "segments.csv"
    path.write_text(f"{MAXQDA}talk,Trust,I trusted her,ana\ntalk,Fear,Thank you,ana\n")
    before = entries(team)
    ran = verb("codings", team, "match", path, code=1)
    assert "segments.csv, line 3: 'Thank you' stands in several places in 'talk'" in ran.err
    assert entries(team) == before
    verb("codings", team, "match", path, "--leave-out")
    rows = verb("codings", team, "export", "--coder", "ana", "--json").data
    assert [row["code"] for row in rows] == ["TRUST"], "what was left out is not said to be nothing"


def test_what_is_no_table_of_segments_is_told(team: Path, tmp_path: Path, verb: Verb) -> None:
    path = table(tmp_path / "codings.csv", [("talk", 25, 30, "TRUST", "ana", "")])
    assert "is no table of coded segments" in verb("codings", team, "match", path, code=1).err
    path.write_bytes(b"Document name,Code,Segment\ntalk,Trust,Zo\xeb\n")
    assert "codings.csv" in verb("codings", team, "match", path, code=1).err
    workbook = tmp_path / "x.xlsx"
    workbook.write_bytes(b"PK\x03\x04 nothing")
    assert "x.xlsx" in verb("codings", team, "match", workbook, code=1).err


def test_a_workbook_is_read_as_atlas_ti_writes_it(team: Path, tmp_path: Path, verb: Verb) -> None:
    import xlsxwriter

    path = tmp_path / "quotations.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet("Sheet1")
        sheet.write_row(0, 0, ["ID", "Document", "Quotation Content", "Codes", "Reference", "Comment"])
        sheet.write_row(1, 0, ["1:1", "talk.txt", "Then it got better", "Hope and light\nFear", "4 - 4", "sure?"])
    verb("codings", team, "match", path, "--coder", "ben")
    rows = verb("codings", team, "export", "--coder", "ben", "--json").data
    assert [(row["code"], row["memo"]) for row in rows if row["code"]] == [("FEAR", "sure?"), ("HOPE", "")]
    json.dumps(rows)
