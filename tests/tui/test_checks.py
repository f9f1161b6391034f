"""The screen of checks with participants: steps by their keys, overdue in words, a withdrawal after a question."""

from __future__ import annotations

from pathlib import Path

import pytest

from qualbench.model import CheckKind, CheckState, Role
from qualbench.project import Project
from tests.conftest import INTERVIEW, code
from tests.tui.conftest import SIZES, Person, press, screen_text, type_words


@pytest.fixture
def asked(study: Project) -> Project:
    """The little study, coded by two, with its participant named."""
    study.assign_speaker("talk", "P1", Role.PARTICIPANT, "P1")
    for coder in ("ana", "ben"):
        code(study, coder, ["TRUST", "HOPE", "FEAR", ""])
    study.viewer = "ana"
    return study


async def test_a_check_goes_by_keys_from_a_packet_to_its_end(asked: Project, person: Person, tmp_path: Path) -> None:
    corrected = tmp_path / "corrected.txt"
    corrected.write_text(INTERVIEW.replace("slowly", "quickly"))
    async with person(asked, screen="checks", size=SIZES[0]) as pilot:
        assert "not planned" in screen_text(pilot)
        assert "no test of truth" in " ".join(screen_text(pilot).split())
        await press(pilot, "p", "1", "enter")
        assert (asked.folder / "exports" / "P1-transcript.docx").is_file()
        assert "prepared" in screen_text(pilot)
        await press(pilot, "s")
        await type_words(pilot, "post")
        await press(pilot, "enter")
        await type_words(pilot, "2026-01-01")
        await press(pilot, "enter")
        assert "sent, overdue by 4 days" in screen_text(pilot)
        assert "1 overdue" in screen_text(pilot).split("\n")[0]
        assert "by post" in screen_text(pilot)
        await press(pilot, "a", "1", "enter")
        assert "has not answered" in screen_text(pilot)
        await press(pilot, "r", "2")
        await type_words(pilot, "quickly")
        await press(pilot, "ctrl+s")
        assert "replied: corrections" in screen_text(pilot)
        await press(pilot, "u")
        assert "overdue" in screen_text(pilot)
        await press(pilot, "y", "a", "1")
        await type_words(pilot, str(corrected))
        await press(pilot, "enter")
        assert asked.transcript("talk").version == 2
        await press(pilot, "c", "enter")
        assert asked.checks()[0].state is CheckState.CLOSED
        assert "closed (corrections)" in screen_text(pilot)
        await press(pilot, "space", "b")
    assert asked.response_rate()[0].replied == 1


async def test_withdrawal_is_told_and_asked_before_it_is_done(asked: Project, person: Person) -> None:
    async with person(asked, screen="checks", size=SIZES[0]) as pilot:
        await press(pilot, "w")
        assert "Destroy the words of P1 for good?" in screen_text(pilot)
        assert "All of it goes: talk." in screen_text(pilot)
        await press(pilot, "2")
        assert asked.withdrawn() == ()
        await press(pilot, "w", "1")
        await type_words(pilot, "asked to")
        await press(pilot, "enter")
        assert "withdrew on 2026-01-05" in screen_text(pilot)
        await press(pilot, "s", "p", "r")
        assert asked.checks()[0].state is CheckState.NOT_PLANNED
    assert asked.transcript("talk").text == "[withdrawn]"


SCREENS = (
    "home", "coding", "agreement", "consensus", "themes", "corrections", "participants", "find", "segments", "memos",
    "extracts", "codebook", "matrices", "checklists", "checks",
)  # fmt: skip


@pytest.mark.parametrize("screen", SCREENS)
async def test_every_screen_is_calm_after_a_withdrawal(asked: Project, person: Person, screen: str) -> None:
    asked.create_theme("Beginnings", "How it begins")
    asked.gather_codes(asked.theme("Beginnings"), ["TRUST", "HOPE"])
    asked.pick_quote(asked.theme("Beginnings"), "talk", *_first(asked))
    asked.withdraw("P1")
    async with person(asked, screen=screen, size=SIZES[0]) as pilot:
        for key in ("j", "k", "down", "enter", "escape", "tab"):
            await press(pilot, key)
            assert "trusted her" not in screen_text(pilot)
        assert pilot.app.is_running


def _first(project: Project) -> tuple[int, int]:
    segment = project.transcript("talk").segments[1]
    return segment.start, segment.end


async def test_who_only_looks_reads_and_asks_nothing(asked: Project, person: Person) -> None:
    asked.state_check("P1", CheckState.SENT, kind=CheckKind.FINDINGS)
    with Project.open(asked.folder, "ben") as project:
        async with person(project, screen="checks") as pilot:
            await press(pilot, "p", "s", "r", "a", "c", "w", "u")
            assert "findings returned" in screen_text(pilot)
            assert "reading only" in screen_text(pilot)
    assert len(asked.checks()[0].turns) == 1
