"""What tests of the coding screen share: where the codes of the interview stand, in words."""

from __future__ import annotations

from textual.pilot import Pilot

from qualbench.project import Project
from tests.tui.conftest import press, screen_text

FIRST = "I trusted her at once. She had been there."
SECOND = "Then it got better, slowly."
THIRD = "Every day. But less and less."
FOURTH = "Thank you for asking."
ANSWERS = [FIRST, SECOND, THIRD, FOURTH]

ASKING_BOOK = """
format: qualbench-codebook/1
title: A little codebook
version: "1.0"
codes:
  - {id: TRUST, label: Trust, definition: They trust each other., exclude: Not for hope., group: feeling,
     examples: ["I trust her."]}
  - {id: HOPE, label: Hope, definition: They hope., exclude: Not for trust., group: feeling, examples: ["better"]}
  - {id: FEAR, label: Fear, definition: They fear., exclude: Not for hope., examples: ["I was afraid."]}
"""
"""Trust and hope exclude each other."""


def stands(study: Project, name: str = "talk") -> list[str]:
    """What is coded, by place: `words = code`."""
    text = study.transcript(name)
    book = study.own_book()
    return [
        f"{text.text[one.start : one.end]} = {book.label(one.code)}" for one in study.codings(text.id, study.viewer)
    ]


def nothings(study: Project) -> list[str]:
    """Where nothing applies."""
    text = study.transcript("talk").text
    return [text[one.start : one.end] for one in study.nothings(coder=study.viewer)]


def page(pilot: Pilot[None]) -> str:
    """The screen as running words."""
    return " ".join(screen_text(pilot).replace("│", " ").split())


def heading(pilot: Pilot[None]) -> str:
    """The first line."""
    return screen_text(pilot).split("\n")[0]


def below(pilot: Pilot[None]) -> list[str]:
    """The two lines about the place under the cursor."""
    return [line.strip() for line in screen_text(pilot).split("\n")[-3:-1]]


async def pick(pilot: Pilot[None], letters: str) -> None:
    """Type into the palette, and take what it offers."""
    await press(pilot, *letters, "enter")
