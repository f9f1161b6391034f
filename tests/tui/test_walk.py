"""The whole job by key presses: two coders, agreement, consensus, themes, and a report in Word."""

from __future__ import annotations

import io
from pathlib import Path

from docx import Document

from qualbench.project import Project
from tests.conftest import BOOK, INTERVIEW, add_interview
from tests.tui.conftest import Person, press, screen_text, type_words


async def test_two_coders_from_a_blank_study_to_the_report(tmp_path: Path, person: Person) -> None:
    """Ana: trust, hope, fear, nothing. Ben: trust, fear, fear, nothing. They differ on one segment of four.

    By hand, for hope: both 0, only Ana 1, only Ben 0, neither 3; percent 3/4, positive 0, kappa 0,
    alpha = 1 - 7 * 1 / (1 * 7) = 0. For fear: both 1, only Ben 1, neither 2: percent 3/4, positive 2/3.
    """
    folder = tmp_path / "study"
    with Project.create(folder, viewer="lead") as project:
        project.release_codebook("book.yaml", BOOK)
        add_interview(project, "talk.txt", INTERVIEW)

    await _code(folder, "ana", person, "hope")
    with Project.open(folder, "ben") as project:
        assert project.codings() == ()
    await _code(folder, "ben", person, "fear")

    with Project.open(folder, "ana", write=True) as project:
        async with person(project, screen="home") as pilot:
            await press(pilot, "a")
            text = screen_text(pilot)
            assert "Hope" in text
            assert "0   1   0    3  0.750  0.000" in text
            assert "1   0   1    2  0.750  0.667" in text
            await press(pilot, "s", "j", "enter")
            assert "only on Hope" in screen_text(pilot)
            await press(pilot, "b", "7")
            await type_words(pilot, "we read it again")
            await press(pilot, "enter")
            assert "Decided" in screen_text(pilot)
            await press(pilot, "escape", "escape")

            await press(pilot, "t", "n")
            await type_words(pilot, "What grows")
            await press(pilot, "enter", "e")
            await type_words(pilot, "Trust comes first.")
            await press(pilot, "ctrl+s")
            await press(pilot, "j", "j", "g", "1")
            await press(pilot, "k", "tab", "enter")
            assert "1 quote" in screen_text(pilot)
            await press(pilot, "w", "ctrl+u")
            await type_words(pilot, str(tmp_path / "out.docx"))
            await press(pilot, "enter")
            assert "The report is in" in screen_text(pilot)

    with Project.open(folder, "ana") as project:
        (decision,) = project.decisions()
        assert (decision.codes, decision.reason, decision.note) == (("FEAR",), "reading", "we read it again")
        assert {(c.coder, c.code) for c in project.codings()} == {
            ("ana", "TRUST"), ("ana", "HOPE"), ("ana", "FEAR"), ("ben", "TRUST"), ("ben", "FEAR"),
        }  # fmt: skip
        assert project.kept_agreement() is not None
        assert all(well for well, _ in project.examine())
    words = "\n".join(p.text for p in Document(io.BytesIO((tmp_path / "out.docx").read_bytes())).paragraphs)
    assert "What grows" in words
    assert "Trust comes first." in words
    assert "I trusted her at once. She had been there." in words


async def _code(folder: Path, coder: str, person: Person, second: str) -> None:
    """Code the four segments, undo and redo one, also after opening again, write a memo, and submit."""
    with Project.open(folder, coder, write=True) as project:
        async with person(project, screen="coding") as pilot:
            assert "not begun" in screen_text(pilot)
            await press(pilot, "c")
            await type_words(pilot, "tru")
            await press(pilot, "enter", "tab", "c")
            await type_words(pilot, second)
            await press(pilot, "enter", "m")
            await type_words(pilot, "slowly")
            await press(pilot, "ctrl+s")
            await press(pilot, "u", "u")
            assert "1 of 4 decided" in screen_text(pilot)
    with Project.open(folder, coder, write=True) as project:
        async with person(project, screen="coding") as pilot:
            assert "1 of 4 decided" in screen_text(pilot)
            await press(pilot, "r", "r")
            assert "2 of 4 decided" in screen_text(pilot)
            assert "memo: slowly" in screen_text(pilot)
            await press(pilot, "tab", "c")
            await type_words(pilot, "fea")
            await press(pilot, "enter", "tab", "n")
            assert "4 of 4 decided" in screen_text(pilot)
            await press(pilot, "s", "1")
            assert "submitted" in screen_text(pilot)
            await press(pilot, "n", "u")
    with Project.open(folder, coder) as project:
        assert len(project.codings(coder=coder)) == 3
        assert len(project.nothings(coder=coder)) == 1
