"""What leaves a study: figures counted by hand, links that hold, the same bytes twice, and nothing blind."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest

from qualbench.errors import FileExists, StillBlind, UsageError
from qualbench.model import Outcome, Reason
from qualbench.project import Project
from qualbench.project.pack import Part, Wishes
from qualbench.project.packed import NotOurs, write_folder
from qualbench.steps.pack.blocks import File
from tests.conftest import add_interview, code, spans
from tests.project.compared import SAID, alpha, coded

Rows = dict[str, list[dict[str, str]]]


def read(folder: Path) -> Rows:
    """Every CSV file of a folder."""
    return {
        path.stem: list(csv.DictReader(path.open(encoding="utf-8-sig", newline=""))) for path in folder.glob("*.csv")
    }


def tidy(project: Project, target: Path, *only: str) -> Rows:
    project.write_part(Part.TIDY, target, Wishes(tables=only))
    return read(target)


@pytest.fixture
def bonds(interviews: Project) -> Project:
    """The study of `compared`: one, two and three are opened, four is ana's alone."""
    return coded(interviews)


# --- what the tables say -----------------------------------------------------------------------------------------


def test_segments_are_what_each_coder_stated(bonds: Project, tmp_path: Path) -> None:
    rows = tidy(bonds, tmp_path / "out", "segments")["segments"]
    for name, readings in SAID.items():
        for coder, codes in readings.items():
            here = [row for row in rows if (row["source"], row["coder"]) == (name, coder)]
            wanted = [one for given in codes for one in sorted(given.split("+"), reverse=True)]
            assert [row["code_id"] for row in here] == wanted, (name, coder)
    first = rows[0]
    text = bonds.transcript("one").text
    start, end = spans(bonds, "one")[0]
    assert first["text"] == text[start:end] == "I trusted her at once. She had been there."
    assert {key: first[key] for key in ("segment_id", "start", "end", "line", "speaker", "role", "round")} == {
        "segment_id": f"one:{start}-{end}", "start": str(start), "end": str(end), "line": "2", "speaker": "P1",
        "role": "participant", "round": "R1",
    }  # fmt: skip
    assert {row["code_path"] for row in rows if row["code_id"] == "TRUST"} == {"Bond > Trust"}


def test_what_is_settled_is_agreed_or_decided(bonds: Project, tmp_path: Path) -> None:
    item = next(one for one in bonds.items() if one.name == "one")
    bonds.decide(item, Outcome.NEW, reason=Reason.SLIP, note="=A slip", codes=["HOPE", "TRUST"])
    found = tidy(bonds, tmp_path / "out")
    told = [(row["source"], row["code_id"], row["how"]) for row in found["settled"]]
    # of one: 1 and 4 agree, 2 is decided now; of two: 1 and 2 agree; of three: 1, 3 and 4 agree; four has one reading
    assert told == [
        ("one", "TRUST", "agreed"), ("one", "TRUST", "decided"), ("one", "HOPE", "decided"), ("one", "FEAR", "agreed"),
        ("two", "HOPE", "agreed"), ("two", "", "agreed"),
        ("three", "TRUST", "agreed"), ("three", "", "agreed"), ("three", "HOPE", "agreed"),
        *[("four", "FEAR", "agreed")] * 4,
    ]  # fmt: skip
    counts = {
        code: [(row["present"], row["segments"]) for row in found["case_code_matrix"] if row["code_id"] == code]
        for code in ("TRUST", "HOPE", "FEAR", "GRIEF")
    }
    none = ("0", "0")
    assert counts == {
        "TRUST": [("1", "2"), none, ("1", "1"), none],
        "HOPE": [("1", "1"), ("1", "1"), ("1", "1"), none],
        "FEAR": [("1", "1"), none, none, ("1", "4")],
        "GRIEF": [none] * 4,
    }, "P1 is a case of their own in each of one, two, three, four, while nobody named them"
    (pair,) = found["cooccurrence"]
    assert {key: pair[key] for key in ("code_id", "other_id", "both", "with_code", "with_other", "c")} == {
        "code_id": "TRUST", "other_id": "HOPE", "both": "1", "with_code": "3", "with_other": "3", "c": "0.2",
    }  # fmt: skip
    (decision,) = found["decisions"]
    assert decision["readings"] == "ana: TRUST\nben: HOPE"
    assert (decision["note"], decision["codes"], decision["in_force"]) == ("'=A slip", "HOPE, TRUST", "1")


def test_agreement_is_the_figure_of_the_literature(bonds: Project, tmp_path: Path) -> None:
    rows = tidy(bonds, tmp_path / "out", "agreement")["agreement"]
    fear = next(row for row in rows if (row["round"], row["code_id"]) == ("all", "FEAR"))
    # 12 units of two readings; FEAR stands in 5 of 24 readings, three units differ
    assert float(fear["alpha"]) == pytest.approx(alpha(yes=5, readings=24, unlike=3))
    assert {row["round"] for row in rows} == {"all", "R1", "R2"}


def test_themes_have_participants_first_and_quotes_are_the_words(bonds: Project, tmp_path: Path) -> None:
    bonds.create_theme("=Together", "They hold")
    bonds.gather_codes(bonds.theme("=Together"), ["TRUST", "FEAR"])
    start, end = spans(bonds, "one")[0]
    bonds.pick_quote(bonds.theme("=Together"), bonds.transcript("one").id, start, end)
    found = tidy(bonds, tmp_path / "out")
    (theme,), (quote,) = found["themes"], found["quotes"]
    assert (theme["name"], theme["participants"], theme["of"], theme["segments"]) == ("'=Together", "3", "4", "7"), (
        "1 and 4 of one, 1 of three, all of four"
    )
    assert [row["code_id"] for row in found["theme_codes"]] == ["TRUST", "FEAR"]
    assert (quote["text"], quote["theme_id"], quote["line"]) == (
        "I trusted her at once. She had been there.", theme["theme_id"], "2",
    )  # fmt: skip


def test_every_link_leads_somewhere_and_every_value_is_of_its_type(demo: Project, tmp_path: Path) -> None:
    found = tidy(demo, tmp_path / "out")
    package = json.loads((tmp_path / "out/datapackage.json").read_text("utf-8"))
    assert {one["name"] for one in package["resources"]} == set(found)
    kinds: dict[str, Any] = {"integer": int, "number": float, "string": str, "datetime": str}
    for one in package["resources"]:
        rows, schema = found[one["name"]], one["schema"]
        assert one["hash"] == f"sha256:{hashlib.sha256((tmp_path / 'out' / one['path']).read_bytes()).hexdigest()}"
        for row in rows:
            assert all(row[field["name"]] == "" or kinds[field["type"]](row[field["name"]]) is not None
                       for field in schema["fields"])  # fmt: skip
        keys = [tuple(row[name] for name in schema.get("primaryKey", ())) for row in rows]
        assert len(set(keys)) == len(keys) or not schema.get("primaryKey")
        for link in schema.get("foreignKeys", ()):
            there = {row[link["reference"]["fields"]] for row in found[link["reference"]["resource"] or one["name"]]}
            assert {row[link["fields"]] for row in rows} - {""} <= there, (one["name"], link)
    assert len(found["segments"]) > 100


def test_the_database_links_as_the_tables_do(demo: Project, tmp_path: Path) -> None:
    import sqlite_utils

    demo.write_part(Part.SQLITE, tmp_path / "out.sqlite")
    db = sqlite_utils.Database(tmp_path / "out.sqlite")
    assert db.execute("pragma foreign_key_check").fetchall() == []
    assert set(db.view_names()) == {"v_segments", "v_settled", "v_case_code", "v_codebook", "v_themes"}
    assert all(db[view].count for view in db.view_names())
    assert list(db["turns"].search("peer"))


# --- what must not be there --------------------------------------------------------------------------------------


def everything(project: Project, folder: Path) -> bytes:
    """The bytes of every part that a study can hand over, archives opened."""
    folder.mkdir()
    bodies = []
    for part, name in ((Part.TIDY, "tidy"), (Part.XLSX, "t.xlsx"), (Part.SQLITE, "t.sqlite"), (Part.REPORT, "pack")):
        project.write_part(part, folder / name)
    for path in sorted(one for one in folder.rglob("*") if one.is_file()):
        body = path.read_bytes()
        if path.suffix in (".xlsx", ".docx"):
            with zipfile.ZipFile(io.BytesIO(body)) as archive:
                body = b"".join(archive.read(name) for name in archive.namelist())
        bodies.append(body)
    return b"".join(bodies)


@pytest.mark.parametrize("viewer", ["ana", "ben", "lead"])
def test_nothing_of_a_blind_transcript_leaves(study: Project, viewer: str, tmp_path: Path) -> None:
    code(study, "ana", ["TRUST", "HOPE", "FEAR", ""], submit=False)
    (pass_,) = study.passes()
    study.write_memo(pass_.id, *spans(study)[0], "Peccadillo")
    study.submit(["talk"])
    code(study, "ben", ["TRUST", "", "", ""], submit=False)
    study.viewer = viewer
    body = everything(study, tmp_path / "before")
    assert b"Peccadillo" not in body
    assert b"I trusted her" not in body
    for part, name in ((Part.FIGURES, "figures"), (Part.SPSS, "a.sav")):
        if part is Part.FIGURES or not study._missing(part):
            with pytest.raises(StillBlind):
                study.write_part(part, tmp_path / name)
    study.viewer = "ben"
    study.submit(["talk"])
    assert b"Peccadillo" in everything(study, tmp_path / "after"), "so the test can fail"


def test_a_reflexive_study_hands_over_no_count_and_no_coefficient(
    tmp_path: Path, clock: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    from tests.conftest import BOOK, INTERVIEW

    with Project.create(tmp_path / "study", method="reflexive-ta", viewer="ana", clock=clock) as project:
        project.release_codebook("book.yaml", BOOK)
        add_interview(project, "talk.txt", INTERVIEW)
        for coder in ("ana", "ben"):
            code(project, coder, ["TRUST+HOPE", "HOPE", "", "FEAR"])
        project.create_theme("Together")
        project.write_part(Part.REPORT, tmp_path / "pack")
        names = {path.stem for path in (tmp_path / "pack/figures").glob("*.svg")}
        assert names == {"case-heat-map", "co-occurrence", "theme-map"}
        found = read(tmp_path / "pack/tidy")
    assert "agreement" not in found
    assert list(found["case_code_matrix"][0]) == ["case", "code_id", "present"]
    assert list(found["cooccurrence"][0]) == ["code_id", "other_id"]
    assert not {"participants", "segments", "of"} & set(found["themes"][0])
    for path in (tmp_path / "pack/figures").glob("*.csv"):
        assert {cell for row in csv.reader(path.open(encoding="utf-8")) for cell in row[1:]} & {"2", "3"} == set()


def test_a_study_without_any_coding_still_hands_over_what_it_has(study: Project, tmp_path: Path) -> None:
    found = tidy(study, tmp_path / "out")
    assert found["segments"] == found["turns"] == []
    assert len(found["codes"]) == 3
    assert "1 transcript still blind" in (tmp_path / "out/README.txt").read_text("utf-8")


# --- files -------------------------------------------------------------------------------------------------------


def test_the_same_study_is_the_same_bytes_elsewhere_later_and_in_another_process(
    bonds: Project, tmp_path: Path
) -> None:
    bonds.create_theme("Together")
    bonds.gather_codes(bonds.theme("Together"), ["TRUST"])
    bonds.write_part(Part.REPORT, tmp_path / "first")
    elsewhere = Path(shutil.copytree(bonds.folder, tmp_path / "elsewhere"))
    words = ["export", elsewhere, "report", "-o", tmp_path / "second", "--as", "lead"]
    environment = {**os.environ, "PYTHONHASHSEED": "7", "TZ": "Pacific/Auckland", "LC_ALL": "C"}
    subprocess.run([sys.executable, "-m", "qualbench", *map(str, words)], env=environment, check=True, timeout=90)
    first, second = ({str(path.relative_to(tmp_path / name)): path.read_bytes()
                      for path in (tmp_path / name).rglob("*") if path.is_file()}
                     for name in ("first", "second"))  # fmt: skip
    assert [name for name in first if first[name] != second.get(name)] == []
    assert first.keys() == second.keys()
    sums = (tmp_path / "first/SHA256SUMS").read_text("utf-8").splitlines()
    assert {line.split("  ")[1]: line.split("  ")[0] for line in sums} == {
        name: hashlib.sha256(body).hexdigest() for name, body in first.items() if name != "SHA256SUMS"
    }
    page = (tmp_path / "first/README.txt").read_text("utf-8").splitlines()
    assert all(name in page for name in first if name not in ("README.txt", "SHA256SUMS"))


def test_calling_it_off_leaves_nothing(bonds: Project, tmp_path: Path) -> None:
    place = tmp_path / "place"
    place.mkdir()

    def stop(words: str) -> None:
        if words.startswith("analysis"):
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        bonds.write_part(Part.REPORT, place / "pack", told=stop)
    assert list(place.iterdir()) == []


def files(**bodies: str) -> list[File]:
    from qualbench.steps.pack.readme import sums

    made = [File(f"{name}.txt", "A file", body.encode()) for name, body in bodies.items()]
    return [*made, sums(made)]


def test_an_earlier_export_is_replaced_whole_when_that_is_said(tmp_path: Path) -> None:
    target = tmp_path / "out"
    write_folder(target, files(a="1", b="2"))
    with pytest.raises(FileExists):
        write_folder(target, files(c="3"))
    write_folder(target, files(c="3"), force=True)
    assert sorted(path.name for path in target.iterdir()) == ["SHA256SUMS", "c.txt"]
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


@pytest.mark.parametrize("name", ["mine.txt", "under/mine.txt"])
def test_a_folder_with_anything_else_in_it_is_never_replaced(name: str, tmp_path: Path) -> None:
    target = tmp_path / "out"
    write_folder(target, files(a="1"))
    (target / name).parent.mkdir(exist_ok=True)
    (target / name).write_text("mine")
    with pytest.raises(NotOurs, match="which no export wrote"):
        write_folder(target, files(c="3"), force=True)
    assert (target / name).read_text() == "mine"
    assert (target / "a.txt").read_text() == "1"


def test_the_old_one_stays_when_the_new_one_can_not_be_made(tmp_path: Path) -> None:
    target = tmp_path / "out"
    write_folder(target, files(a="1"))

    def broken() -> Any:
        yield from files(a="2")
        raise RuntimeError("in the middle")

    with pytest.raises(RuntimeError):
        write_folder(target, broken(), force=True)
    assert (target / "a.txt").read_text() == "1"
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_a_link_is_never_followed(tmp_path: Path) -> None:
    (tmp_path / "theirs").mkdir()
    (tmp_path / "out").symlink_to(tmp_path / "theirs")
    with pytest.raises(NotOurs):
        write_folder(tmp_path / "out", files(a="1"), force=True)
    assert list((tmp_path / "theirs").iterdir()) == []


def test_a_file_has_the_ending_of_its_kind_and_stays_when_it_is_there(bonds: Project, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"ending \.xlsx"):
        bonds.write_part(Part.XLSX, tmp_path / "tables.csv")
    (tmp_path / "t.sqlite").write_bytes(b"mine")
    with pytest.raises(FileExists):
        bonds.write_part(Part.SQLITE, tmp_path / "t.sqlite")
    with pytest.raises(UsageError, match="no table called 'nope'"):
        bonds.write_part(Part.REPORT, tmp_path / "pack", Wishes(tables=("nope",)))
    assert (tmp_path / "t.sqlite").read_bytes() == b"mine"


# --- programs for statistics --------------------------------------------------------------------------------------


@pytest.mark.parametrize(("part", "name"), [(Part.SPSS, "cases.sav"), (Part.STATA, "cases.dta")])
def test_statistics_are_read_back(bonds: Project, part: Part, name: str, tmp_path: Path) -> None:
    pyreadstat = pytest.importorskip("pyreadstat")
    bonds.write_part(part, tmp_path / name)
    frame, meta = (pyreadstat.read_sav if part is Part.SPSS else pyreadstat.read_dta)(str(tmp_path / name))
    assert list(frame.columns) == [
        "case", "c_TRUST", "n_TRUST", "c_HOPE", "n_HOPE", "c_FEAR", "n_FEAR", "c_GRIEF", "n_GRIEF",
    ]  # fmt: skip
    assert [frame[name].tolist() for name in ("c_TRUST", "n_HOPE", "c_FEAR", "n_FEAR", "c_GRIEF")] == [
        [1, 0, 1, 0], [0, 1, 1, 0], [1, 0, 0, 1], [1, 0, 0, 4], [0, 0, 0, 0],
    ]  # fmt: skip
    assert meta.column_names_to_labels["n_TRUST"] == "Bond > Trust (segments)"
    assert meta.variable_value_labels["c_TRUST"] == {0: "no", 1: "yes"}
    bonds.write_part(part, tmp_path / name, force=True)
    assert meta.creation_time.strftime("%Y-%m-%d") == "2026-01-05", "the day of the study's last entry"


# --- hostile words -----------------------------------------------------------------------------------------------


def test_a_transcript_of_hostile_words_leaves_in_every_form(study: Project, tmp_path: Path) -> None:
    said = ['=HYPERLINK("x")', "- no", "👩‍👩‍👧 שלום \u202eeno", "word " * 8_000]
    text = "".join(f"I: Well?\nP1: {one}\n" for one in said)
    add_interview(study, "CON: a*b?.txt", text)
    name = next(row.name for row in study.transcripts() if row.name.startswith("CON"))
    for coder in ("ana", "ben"):
        code(study, coder, ["TRUST", "HOPE", "FEAR", "TRUST+HOPE"], name)
    study.create_theme("=@<b>[/x] #let\u202e")
    study.write_part(Part.REPORT, tmp_path / "pack")
    rows = [row for row in read(tmp_path / "pack/tidy")["segments"] if row["coder"] == "ana"]
    assert [row["text"] for row in rows] == [
        "'" + said[0], "'" + said[1], "👩‍👩‍👧 שלום \u202eeno", *[said[3].strip()] * 2,
    ]  # fmt: skip
    for path in (tmp_path / "pack").rglob("*"):
        assert not set(path.name) & set('<>:"/\\|?*')
