"""What leaves the study about agreement: checked by another program first, whole or not at all."""

from __future__ import annotations

import csv
import io
import json
import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

import qualbench.steps.agreement as steps
from qualbench import model
from qualbench.errors import FileExists, QualbenchError, UsageError
from qualbench.model import Scope
from qualbench.project import Project
from qualbench.steps.agreement import AlphaMismatch
from tests.project.compared import alpha, coded
from tests.project.conftest import entries

ENDINGS = (".json", ".csv", ".xlsx", ".md", ".docx")
FEAR = alpha(5, 24, 3)


@pytest.fixture
def compared(interviews: Project) -> Project:
    return coded(interviews)


def test_what_is_published_is_what_is_shown_and_says_how_it_was_checked(compared: Project) -> None:
    for scope in (Scope(), Scope(round="R1"), Scope(parents=True), Scope(codes=("FEAR",), pair=("ana", "ben"))):
        found = compared.published(scope)
        assert replace(found, checked="") == compared.agreement(scope)
        assert "krippendorff" in found.checked


def off(run: model.Agreement) -> model.Agreement:
    """Alpha of one code is a millionth off."""
    first, *others = run.codes
    assert first.alpha is not None
    return replace(run, codes=(replace(first, alpha=first.alpha + 1e-6), *others))


def off_over_sets(run: model.Agreement) -> model.Agreement:
    assert run.set_alpha.value is not None
    return replace(run, set_alpha=replace(run.set_alpha, value=run.set_alpha.value - 1e-6))


def undefined(run: model.Agreement) -> model.Agreement:
    return replace(run, codes=(replace(run.codes[0], alpha=None), *run.codes[1:]))


@pytest.mark.parametrize("fault", [off, off_over_sets, undefined])
def test_a_figure_that_does_not_match_goes_nowhere(
    compared: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fault: Callable[..., model.Agreement]
) -> None:
    sound = steps.run

    def tampered(*units: Any, **options: Any) -> model.Agreement:
        return fault(sound(*units, **options))

    monkeypatch.setattr(steps, "run", tampered)
    before, place = entries(compared), tmp_path / "out"
    place.mkdir()
    ways: list[Callable[[], object]] = [compared.published, compared.keep_agreement, compared.agreement_contents]
    ways += [lambda ending=ending: compared.write_agreement(place / f"report{ending}") for ending in ENDINGS]
    ways.append(lambda: compared.write_agreement_figures(place / "figures"))
    for way in ways:
        with pytest.raises(AlphaMismatch, match="no agreement is reported"):
            way()
    assert list(place.iterdir()) == []
    assert entries(compared) == before
    assert compared.kept_runs() == ()


# --- files -----------------------------------------------------------------------------------------------------


def words_of(path: Path) -> str:
    """All that stands in a file, as text."""
    if path.suffix == ".xlsx":
        from python_calamine import load_workbook

        book = load_workbook(str(path))
        return "\n".join(str(cell) for name in book.sheet_names for row in book.get_sheet_by_name(name).to_python()
                         for cell in row)  # fmt: skip
    if path.suffix == ".docx":
        from docx import Document

        document = Document(str(path))
        cells = (cell.text for table in document.tables for row in table.rows for cell in row.cells)
        return "\n".join([*(one.text for one in document.paragraphs), *cells])
    return path.read_text("utf-8-sig")


@pytest.mark.parametrize("ending", ENDINGS)
def test_a_report_is_written_with_the_figures_in_it(compared: Project, tmp_path: Path, ending: str) -> None:
    target = tmp_path / f"agreement{ending}"
    told = compared.write_agreement(target)
    assert str(target) in told
    assert "krippendorff" in told
    words = words_of(target)
    assert f"{FEAR:.3f}"[1:] in words or f"{FEAR:.2f}"[1:] in words
    for expected in ("2.0", "3.0", "ana", "TRUST" if ending in (".json", ".csv") else "Grief"):
        assert expected in words
    if ending in (".xlsx", ".md", ".docx"):
        assert all(expected in words for expected in ("R1", "R2", "cleo", "Grief was added.", "1 transcript still"))
    assert [path.name for path in tmp_path.iterdir() if path.is_file()] == [target.name]


def test_the_data_reads_back_as_the_run(compared: Project, tmp_path: Path) -> None:
    for name in ("a.json", "b.JSON"):
        compared.write_agreement(tmp_path / name, Scope(round="R1"))
        assert steps.from_data(json.loads((tmp_path / name).read_text())) == compared.published(Scope(round="R1"))


@pytest.mark.parametrize("ending", ENDINGS)
def test_a_file_that_is_there_stays_unless_force_is_said(compared: Project, tmp_path: Path, ending: str) -> None:
    target = tmp_path / f"agreement{ending}"
    target.write_text("precious")
    with pytest.raises(FileExists):
        compared.write_agreement(target)
    assert target.read_text() == "precious"
    compared.write_agreement(target, force=True)
    assert target.read_bytes() != b"precious"


@pytest.mark.parametrize("ending", [".pdf", ""])
def test_another_ending_is_refused_in_words(compared: Project, tmp_path: Path, ending: str) -> None:
    with pytest.raises(UsageError, match="Agreement can not be written"):
        compared.write_agreement(tmp_path / f"agreement{ending}")
    assert [path for path in tmp_path.iterdir() if path.is_file()] == []


def test_a_write_that_fails_leaves_no_half(compared: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    target = tmp_path / "out" / "agreement.md"
    target.parent.mkdir()
    target.write_text("precious")
    monkeypatch.setattr(os, "replace", full)
    with pytest.raises(QualbenchError, match="can not be written: No space left"):
        compared.write_agreement(target, force=True)
    assert [(path.name, path.read_text()) for path in target.parent.iterdir()] == [("agreement.md", "precious")]


def test_the_report_tells_what_is_asked_of_one(compared: Project) -> None:
    """Counts by hand: 12 of the study's 20 counted segments were read by two; five items are open."""
    contents = compared.agreement_contents()
    assert contents.transcripts == ("one", "two", "three")
    assert contents.share == pytest.approx(12 / 20)
    assert [one.name for one in contents.trend] == ["R1", "R2"]
    assert contents.trend[1].changes == ("Fear: its definition changed.", "Grief was added.")
    assert (contents.settled.open, contents.settled.decided) == (5, 0)
    assert {str(cause): count for cause, count in contents.causes.items() if count} == {
        "missed": 2, "other-code": 3, "boundary": 2,
    }  # fmt: skip
    assert contents.notes == ("1 transcript still blind and left out.", "No coder had suggestions of codes on.")
    assert compared.agreement_contents(Scope(round="R1")).chosen == "By hand."


# --- figures ---------------------------------------------------------------------------------------------------


def test_figures_have_their_data_and_their_words_beside_them(compared: Project, tmp_path: Path) -> None:
    written = compared.write_agreement_figures(tmp_path / "figures")
    assert written[-1].name == "code-confusion.svg"
    there = {path.name for path in (tmp_path / "figures").iterdir()}
    assert there == {f"{path.stem}{ending}" for path in written for ending in (".svg", ".png", ".csv", ".txt")}
    for path in written:
        assert b"<svg" in path.read_bytes()
        assert path.with_suffix(".png").read_bytes().startswith(b"\x89PNG")
        assert len(path.with_suffix(".txt").read_text("utf-8").split()) > 5
    rows = list(csv.DictReader(io.StringIO((tmp_path / "figures/alpha-by-code.csv").read_text("utf-8-sig"))))
    assert {row["code"]: float(row["alpha"]) for row in rows}["FEAR"] == pytest.approx(FEAR)


def test_one_file_in_the_way_and_no_figure_is_written(compared: Project, tmp_path: Path) -> None:
    folder = tmp_path / "figures"
    folder.mkdir()
    last = folder / "code-confusion.txt"
    last.write_text("precious")
    with pytest.raises(FileExists):
        compared.write_agreement_figures(folder)
    assert [(path, path.read_text()) for path in folder.iterdir()] == [(last, "precious")]
