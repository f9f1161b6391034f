"""Negotiated agreement by key presses: two coders, a session, a new version of the codebook, themes, a report."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from docx import Document

from qualbench import cli
from qualbench.model import CodebookAction, Outcome, Reason, SessionState
from qualbench.project import Project
from tests.conftest import BOOK, INTERVIEW
from tests.tui.walks.conftest import Desk, SitDown

PLAIN = 4
"""A plain case takes fewer keys than this."""


async def test_two_coders_negotiate_from_files_to_the_report(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, sit_down: SitDown
) -> None:
    """Two transcripts of four segments. Ana: trust, hope, fear, -; trust, hope, fear, -.

    Ben: trust, fear, -, -; hope, fear, trust, -. By hand: 3 of 8 alike before (38 %), all of 8 with one reading after.
    The round is planned by its verb, since no screen does it.
    """
    monkeypatch.chdir(tmp_path)
    folder = tmp_path / "study"
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "one.txt").write_text(INTERVIEW)
    (tmp_path / "in" / "two.txt").write_text(INTERVIEW + "I: That was the second.\n")
    (tmp_path / "book.yaml").write_text(BOOK)
    Project.create(folder, name="Peers", method="negotiated-agreement", viewer="ana").close()

    async with sit_down(folder, "ana") as desk:
        await _material_and_codebook(desk)
    drawn = ["round", str(folder), "plan", "Week 1", "--coder", "ana", "--coder", "ben", "--yes", "--as", "ana"]
    assert cli.run(drawn) == 0
    async with sit_down(folder, "ana") as desk:
        await desk.keys("enter", "c", "tru", "enter", "tab", "c", "hop", "enter", "tab", "c", "fea", "enter", "s2")
        desk.sees("one", "submitted")
        await desk.keys("t2", "c", "tru", "enter", "tab", "c", "hop", "enter", "tab", "c", "fea", "enter", "s2")
        await desk.keys("escape", "a")
        desk.sees("Nothing is opened yet")
    async with sit_down(folder, "ben") as desk:
        assert desk.project.codings() == ()
        await desk.keys("enter", "c", "tru", "enter", "tab", "c", "fea", "enter", "s2", "t2")
        await desk.keys("c", "hop", "enter", "tab", "c", "fea", "enter", "tab", "c", "tru", "enter", "s2")
        assert desk.project.opened()


async def _material_and_codebook(desk: Desk) -> None:
    """Both transcripts on the import screen, and the first version of the codebook out of a file."""
    desk.sees("Step 1 of 7")
    await desk.keys("i")
    await desk.says("in", "enter")
    desk.sees("1 of 2: one.txt")
    await desk.keys("A")
    assert [row.name for row in desk.project.transcripts()] == ["one", "two"]
    await desk.keys("b", "i")
    await desk.says("book.yaml", "enter", "R", "R", "y")
    assert desk.project.codebook().version == "1.0"
    await desk.keys("escape")
    desk.sees("Step 2 of 7")
