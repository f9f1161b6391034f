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
        await desk.keys("enter", "c", "tru", "enter", "tab", "c", "hop", "enter", "m")
        await desk.says("slowly", "ctrl+s", "u", "u")
        desk.sees("1 of 4 decided")
    async with sit_down(folder, "ana") as desk:
        await desk.keys("enter", "r", "r")
        desk.sees("2 of 4 decided", "memo: slowly")
        await desk.keys("tab", "c", "fea", "enter", "s2")
        desk.sees("one", "submitted")
        await desk.keys("t2", "c", "tru", "enter", "tab", "c", "hop", "enter", "tab", "c", "fea", "enter", "s2")
        await desk.keys("escape", "a")
        desk.sees("Nothing can be compared yet")
    async with sit_down(folder, "ben") as desk:
        assert desk.project.codings() == ()
        await desk.keys("enter", "c", "tru", "enter", "tab", "c", "fea", "enter", "s2", "t2")
        await desk.keys("c", "hop", "enter", "tab", "c", "fea", "enter", "tab", "c", "tru", "enter", "s2", "n", "u")
    async with sit_down(folder, "ana") as desk:
        await _agreement(desk)
        await _session(desk)
        await _next_version(desk)
    await _debt(sit_down, folder)
    async with sit_down(folder, "ana") as desk:
        await _weeks_and_method(desk)
        await _themes(desk)
    _what_is_left(folder)


async def _material_and_codebook(desk: Desk) -> None:
    """Both transcripts on the import screen, and the first version of the codebook out of a file."""
    desk.sees("Step 1 of 7")
    await desk.keys("i")
    await desk.says("in", "enter")
    desk.sees("1 of 2: one.txt")
    await desk.keys("A")
    assert [row.name for row in desk.project.transcripts()] == ["one", "two"]
    desk.sees("Add a codebook (press b; there, i takes a file).")
    await desk.keys("b", "i")
    await desk.says("book.yaml", "enter", "R", "R", "y", "escape")
    assert desk.project.codebook().version == "1.0"
    desk.sees("Step 2 of 7")


async def _agreement(desk: Desk) -> None:
    """Of 8 segments, by hand: both, only ana, only ben, neither; percent, positive, kappa.

    Trust 1 1 1 5: 6/8, 2/4, (0.75 - 0.625) / 0.375. Hope 0 2 1 5: 5/8, 0. Fear 0 2 2 4: 4/8, 0.
    """
    await desk.keys("a")
    desk.sees("1 1 1 5 0.750 0.500 0.333", "0 2 1 5 0.625 0.000", "0 2 2 4 0.500 0.000")
    await desk.keys("s", "j", "enter")
    desk.sees("only on Hope")
    await desk.keys("escape", "escape")
    assert desk.project.kept_agreement() is not None


async def _session(desk: Desk) -> None:
    """Two of a kind together, a plain case, one that asks for a change of the codebook, and a split."""
    await desk.keys("c", "S", "enter")
    desk.sees("The session is open; 5 items on the agenda.")
    await desk.keys("K", "a", "r")
    await desk.says("we read both again", "enter")
    assert len(desk.project.decisions()) == 2

    plain = ("a", "s", "enter")
    assert len(plain) < PLAIN
    await desk.keys(*plain)
    assert len(desk.project.decisions()) == 3

    await desk.keys("b", "tab", "d", "enter")
    await desk.keys("/", "hop", "enter", "e", "d")
    await desk.says(" Only for oneself.", "ctrl+s", "escape")
    desk.sees("1 change of the codebook linked with the decision.")

    await desk.keys("i", "enter", "fea", "enter", "enter", "enter", "b", "enter", "tab")
    desk.sees("Every disagreement here has its decision.")
    await desk.keys("Q", "enter", "escape")


async def _next_version(desk: Desk) -> None:
    """Hope was narrowed: whoever has it is asked again."""
    await desk.keys("b", "R")
    desk.sees("Hope")
    await desk.keys("n", "R", "y", "escape")
    assert desk.project.codebook().version == "2.0"


async def _debt(sit_down: SitDown, folder: Path) -> None:
    """Ana had hope twice and keeps it; ben had it once and has it no more."""
    async with sit_down(folder, "ana") as desk:
        await desk.keys("enter", "d1", "t2", "d1")
        assert not desk.project.debts()
    async with sit_down(folder, "ben") as desk:
        await desk.keys("enter", "t2", "d2")
        assert not desk.project.debts()


async def _weeks_and_method(desk: Desk) -> None:
    await desk.keys("w")
    desk.sees("Week 1", "37.5%", "100%")
    desk.sees("The week is closed: codebook 2.0 is released and nothing is to be looked at again.")
    await desk.keys("escape", "v")
    desk.sees("No package waits.", "h Hand in")
    await desk.keys("escape", "o")
    desk.sees("done Step 6: codebook revised", "▸here not begun Step 7: themes and report")
    await desk.keys("escape")


async def _themes(desk: Desk) -> None:
    await desk.keys("t", "n")
    await desk.says("What grows", "enter", "e")
    await desk.says("Trust comes first.", "ctrl+s")
    await desk.keys("j", "j", "g1", "k", "tab", "enter")
    desk.sees("1 quote")
    await desk.keys("w", "ctrl+u")
    await desk.says("out.docx", "enter")
    desk.sees("The report is in")


def _what_is_left(folder: Path) -> None:
    """Every decision with its reason, what stands, the session, and the words of the report."""
    with Project.open(folder, "ana") as project:
        said = [(one.outcome, one.codes, one.reason, one.note, one.yielded) for one in project.decisions()]
        assert said == [
            (Outcome.FIRST, ("HOPE",), Reason.READING, "we read both again", "ben"),
            (Outcome.FIRST, ("HOPE",), Reason.READING, "we read both again", "ben"),
            (Outcome.FIRST, ("FEAR",), Reason.SLIP, "", "ben"),
            (Outcome.SECOND, ("HOPE",), Reason.DEFINITION, "", "ana"),
            (Outcome.SPLIT, ("FEAR",), Reason.BOUNDARY, "", ""),
        ]
        together, also, plain, edited, split = project.decisions()
        assert together.together == also.together != plain.together == ""
        assert (edited.action, len(edited.steps)) == (CodebookAction.EDIT, 1)
        assert [codes for *_, codes in split.parts] == [("FEAR",), ()]
        assert {one.readings["ben"] for one in (together, also)} == {("FEAR",)}
        (session,) = project.sessions()
        assert (session.state, session.people) == (SessionState.CLOSED, ("ana", "ben"))
        assert {one.session for one in project.decisions()} == {session.id}
        assert {one.version for one in project.releases()} == {"1.0", "2.0"}
        assert "Only for oneself." in project.codebook().codes[1].definition
        outcomes = project.outcomes()
        assert (outcomes.decided, outcomes.deferred, outcomes.agreement) == (5, 0, 3 / 8)
        assert len(project.codings()) == 11, "what was handed in stays as it was"
        assert all(well for well, _ in project.examine())
    words = "\n".join(one.text for one in Document(io.BytesIO((folder.parent / "out.docx").read_bytes())).paragraphs)
    assert "What grows" in words
    assert "Trust comes first." in words
    assert "I trusted her at once. She had been there." in words
