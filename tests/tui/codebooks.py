"""What tests of the codebook screen share: a coded study, the draft in short, answers to its questions."""

from __future__ import annotations

import pytest
from textual.pilot import Pilot

from qualbench.model import Code
from qualbench.project import Project
from qualbench.tui.widgets.lines import Lines
from tests.conftest import code
from tests.tui.conftest import press, screen_text, type_words


def drafted(study: Project, id_: str) -> Code:
    """A code of the draft."""
    held = study.draft().get(id_)
    assert held is not None
    return held


def order(study: Project) -> list[str]:
    """The codes of the draft, each with as many dots in front as there are codes above it."""
    book = study.draft()
    return ["." * (len(book.path(one.id)) - 1) + one.id for one in book.codes]


def words(pilot: Pilot[None]) -> str:
    """What is on the screen, as running text."""
    return " ".join(screen_text(pilot).replace("│", " ").split())


def at(pilot: Pilot[None]) -> str:
    """The line under the bar."""
    return pilot.app.screen.query_one(Lines).at


async def answer(pilot: Pilot[None], said: str, *, line: bool = True) -> None:
    """Write into the question that is open, in the place of the line that is there, and keep it."""
    await press(pilot, "ctrl+u")
    for number, part in enumerate(said.split("\n")):
        await press(pilot, *(["enter"] if number else []))
        await type_words(pilot, part)
    await press(pilot, "enter" if line else "ctrl+s")


@pytest.fixture
def coded(study: Project) -> Project:
    """Ana and Ben have handed in one interview of four answers.

    Ana: trust / trust, hope / - / fear.  Ben: trust / hope / - / trust.
    """
    code(study, "ana", ["TRUST", "TRUST+HOPE", "", "FEAR"])
    code(study, "ben", ["TRUST", "HOPE", "", "TRUST"])
    study.viewer = "ana"
    return study
