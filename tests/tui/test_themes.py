"""The themes screen: quotes with or without the marks of transcribers, on the screen as in the report."""

from __future__ import annotations

from pathlib import Path

import pytest

from qualbench.project import Project
from qualbench.tui.dialogs.dialog import Words
from tests.conftest import add_interview, code, spans
from tests.tui.conftest import SIZES, Person, press, screen_text

MARKED = "I: So?\nP1: Well [laughs] I ran [inaudible] home. [00:01:23] Fast.\nI: And?\nP1: Yes.\n"
VERBATIM = "Well [laughs] I ran [inaudible] home. [00:01:23] Fast."
PLAIN = "Well I ran [inaudible] home. Fast."
"""Where something could not be heard, words are missing: that stays."""


@pytest.fixture
def quoted(study: Project) -> Project:
    """A theme with a quote that has marks in it."""
    add_interview(study, "marks.txt", MARKED)
    for coder in ("ana", "ben"):
        code(study, coder, ["TRUST", ""], "marks")
    study.viewer = "ana"
    study.create_theme("Running")
    study.gather_codes(study.theme("Running"), ["TRUST"])
    study.pick_quote(study.theme("Running"), study.transcript("marks").id, *spans(study, "marks")[0])
    return study


@pytest.mark.parametrize("size", SIZES, ids=str)
async def test_marks_are_left_out_of_quotes_and_back(quoted: Project, person: Person, size: tuple[int, int]) -> None:
    async with person(quoted, screen="themes", size=size) as pilot:
        assert VERBATIM in screen_text(pilot)
        await press(pilot, "o")
        page = screen_text(pilot)
        assert PLAIN in page
        assert "quotes without marks" in page.splitlines()[0]
        await press(pilot, "o")
        assert VERBATIM in screen_text(pilot)
        assert "Quotes are verbatim again" in screen_text(pilot)
    (quote,) = quoted.theme("Running").quotes
    assert quote.words == VERBATIM, "what was picked stays verbatim"


async def test_the_report_is_written_as_the_quotes_are_shown(quoted: Project, person: Person, tmp_path: Path) -> None:
    async with person(quoted, screen="themes") as pilot:
        for name, keys in (("with.md", ()), ("without.md", ("o",))):
            await press(pilot, *keys, "w")
            pilot.app.screen.query_one(Words).text = str(tmp_path / name)
            await press(pilot, "enter")
        assert "its quotes without marks" in " ".join(screen_text(pilot).split())
    plain = (tmp_path / "without.md").read_text()
    assert "laughs" in (tmp_path / "with.md").read_text()
    assert "laughs" not in plain.split("left out of the quotes")[0]
    assert "inaudible" in plain
