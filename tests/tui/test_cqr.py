"""The desk of consensual qualitative research, walked by a judge, the team and an auditor."""

from __future__ import annotations

import pytest

from qualbench.project import Project
from tests.tui.conftest import SIZES, Person, press, screen_text, type_words
from tests.tui.cqr_studies import agree, analyse, cqr, judge

__all__ = ["cqr"]


@pytest.mark.parametrize("size", SIZES, ids=str)
async def test_look(cqr: Project, person: Person, size: tuple[int, int]) -> None:
    judge(cqr)
    agree(cqr)
    analyse(cqr)
    async with person(cqr, size=size) as pilot:
        await press(pilot, "r")
        print(screen_text(pilot))
        await press(pilot, "enter")
        print(screen_text(pilot))
        await press(pilot, "escape", "x")
        print(screen_text(pilot))
        await press(pilot, "right", "j")
        print(screen_text(pilot))
        await press(pilot, "f")
        print(screen_text(pilot))
        await press(pilot, "a", "1")
        print(screen_text(pilot))
    assert 0
