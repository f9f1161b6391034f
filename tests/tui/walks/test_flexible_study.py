"""Flexible coding by key presses: attributes, an index, a query as a list of work, types, a matrix, a report."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from docx import Document

from qualbench import cli
from qualbench.project import Project
from tests.tui.conftest import SIZES
from tests.tui.walks.conftest import Desk, SitDown

BOOK = """
format: qualbench-codebook/1
title: An index and an analysis
version: "1.0"
codes:
  - {id: BEGIN, label: The beginning, kind: index, definition: d, exclude: e, examples: [x]}
  - {id: AFTER, label: Afterwards, kind: index, definition: d, exclude: e, examples: [x]}
  - {id: TRUST, label: Trust, kind: analytic, definition: d, exclude: e, examples: [x]}
"""
TALK = {
    "P1": ("She believed me at once.", "I took the job."),
    "P2": ("Nobody believed me.", "I stayed at home."),
}
PEOPLE = "participant,site\nP1,north\nP2,south\n"


@pytest.mark.parametrize("size", [SIZES[0], pytest.param(SIZES[1], marks=pytest.mark.soak)], ids=str)
async def test_index_then_analysis_then_types_to_the_report(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, sit_down: SitDown, size: tuple[int, int]
) -> None:
    """Two interviews of two turns: the first is about the beginning, the second about what came after.

    By hand: the query finds 2 of the 4 turns; one of them gets trust, so 2 are looked at and 1 has a code.
    The round is planned by its verb, since no screen does it; `b` binds it to its query once more.
    """
    monkeypatch.chdir(tmp_path)
    folder = tmp_path / "study"
    (tmp_path / "in").mkdir()
    for who, (first, second) in TALK.items():
        words = f"I: How did it begin, {who}?\n{who}: {first}\nI: And then?\n{who}: {second}\n"
        (tmp_path / "in" / f"{who.lower()}.txt").write_text(words)
    (tmp_path / "book.yaml").write_text(BOOK)
    (tmp_path / "people.csv").write_text(PEOPLE)
    Project.create(folder, name="Schools", method="flexible-coding", coders=1, viewer="ana").close()
    async with sit_down(folder, "ana", size=size) as desk:
        await _prepare(desk)
        await _index(desk)
        await _memos_and_query(desk)
    drawn = ["round", str(folder), "plan", "Trust 1", "--query", "Beginnings", "--coder", "ana", "--yes", "--as", "ana"]
    assert cli.run(drawn) == 0
    async with sit_down(folder, "ana", size=size) as desk:
        await _analyse(desk)
        await _types(desk)
        await _matrix_and_report(desk)
    _what_is_left(folder)


async def _prepare(desk: Desk) -> None:
    await desk.keys("i")
    await desk.says("in", "enter", "A", "A", "b", "i")
    await desk.says("book.yaml", "enter", "R", "R", "y", "escape", "p", "w")
    await desk.says("people.csv", "enter", "w", "2")
    desk.sees("north", "south")
    await desk.keys("escape")


async def _index(desk: Desk) -> None:
    """One key and two letters for a whole turn."""
    for after in ("t2", "escape"):
        await desk.keys(
            *(["enter"] if after == "t2" else []), "I", "be", "enter", "tab", "I", "af", "enter", "s1", after
        )


async def _memos_and_query(desk: Desk) -> None:
    await desk.keys("m", "n3", "P1", "enter")
    await desk.keys("3")
    await desk.says("She was lucky.", "ctrl+s", "n1")
    await desk.keys("4")
    await desk.says("Both speak of being believed.", "ctrl+s", "escape")
    await desk.keys("x3n")
    await desk.says("BEGIN", "enter", "s")
    await desk.says("Beginnings", "enter", "escape", "escape")
    assert [(one.name, one.words) for one in desk.project.saved_queries()] == [("Beginnings", "BEGIN")]


async def _analyse(desk: Desk) -> None:
    await desk.keys("y", "v", "v", "b1", "1")
    desk.sees("'Trust 1' asks about 2 segments", "looked at: 0; with a code: 0.")
    await desk.keys("escape", "enter")
    await desk.keys("c", "tru", "enter")
    desk.sees("1 of 1 of the work list")
    await desk.keys("s1", "t2", "n", "s1", "escape", "yvv")
    desk.sees("looked at: 2; with a code: 1.")


async def _types(desk: Desk) -> None:
    """P1 by a rule, P2 by hand with the reason, and the case that speaks against the type."""
    await desk.keys("v", "r")
    await desk.says("Stance", "enter")
    await desk.says("trusting", "enter")
    await desk.says("code:TRUST and attribute:site = north", "enter")
    desk.sees("1 would be trusting")
    await desk.keys("1", "j", "enter", "2")
    await desk.says("alone", "enter")
    await desk.says("Says so twice.", "enter", "n", "tru", "enter")
    await desk.says("Managed without.", "enter", "v")
    desk.sees("negative cases · 1 case")
    await desk.keys("escape")


async def _matrix_and_report(desk: Desk) -> None:
    """Codes by site: one turn with trust in the north, none in the south."""
    await desk.keys("x", "m9")
    desk.sees("by site", "north", "south")
    await desk.keys("w", "ctrl+u")
    await desk.says("matrix.csv", "enter", "escape")
    desk.sees("submitted 1 of 1 opened")
    assert "Stage 3 (of 0 to 3)" in desk.page or "▸ 3 refining the explanation" in desk.page
    await desk.keys("o")
    desk.sees("Participants with a type: 2 of 2; negative cases: 1.")
    await desk.keys("escape", "t", "n")
    await desk.says("Being believed", "enter", "e")
    await desk.says("Somebody believes one first.", "ctrl+s", "end", "g1", "home", "tab", "enter")
    desk.sees("1 quote")
    await desk.keys("w", "ctrl+u")
    await desk.says("out.docx", "enter")
    desk.sees("The report is in")


def _what_is_left(folder: Path) -> None:
    """What is known of each, the list with what was found on it, both types with why, and the report's words."""
    with Project.open(folder, "ana") as project:
        assert {one.id: dict(one.attributes)["site"] for one in project.participants()} == {
            "P1": "north",
            "P2": "south",
        }
        text = {one.id: project.transcript(one.id).text for one in project.transcripts()}
        given: dict[str, set[str]] = {text[one.transcript][one.start : one.end]: set() for one in project.codings()}
        for one in project.codings():
            given[text[one.transcript][one.start : one.end]].add(one.code)
        assert given == {
            "She believed me at once.": {"BEGIN", "TRUST"}, "I took the job.": {"AFTER"},
            "Nobody believed me.": {"BEGIN"}, "I stayed at home.": {"AFTER"},
        }  # fmt: skip
        (round_,) = project.rounds()
        found = project.list_coverage(round_.id)
        assert (round_.bound, found.listed, found.looked_at, found.coded) == ("Beginnings", 2, 2, 1)
        told = [(one.value, one.rule, one.reason) for one in project.types("Stance")]
        assert told == [("trusting", "code:TRUST and attribute:site = north", ""), ("alone", "", "Says so twice.")]
        (case,) = project.negative_cases()
        assert (case.participant, case.told, case.reason) == ("P2", "the code Trust", "Managed without.")
        memos = {(one.kind, one.on, one.about): one.body for one in project.written()}
        assert memos == {
            ("respondent", "case", "P1"): "She was lucky.",
            ("cross-case", "study", ""): "Both speak of being believed.",
        }
        assert all(well for well, _ in project.examine())
    assert (folder.parent / "matrix.csv").read_text(encoding="utf-8-sig").splitlines() == [
        "id,label,north,south", "BEGIN,The beginning,1,1", "AFTER,Afterwards,1,1", "TRUST,Trust,1,0",
    ]  # fmt: skip
    words = "\n".join(one.text for one in Document(io.BytesIO((folder.parent / "out.docx").read_bytes())).paragraphs)
    assert "1 interview speaks against 'Trust' and is kept as a negative case: P2." in words
    assert "Somebody believes one first.\n1 of 2 participants (50%); 1 segment." in words
    assert "She believed me at once.\n(P1; p1, line 2)" in words
