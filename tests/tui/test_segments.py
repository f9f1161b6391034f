"""The segments screen: where units begin and end, by keyboard, until somebody codes."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.pilot import Pilot

from qualbench.model import SegmentRule
from qualbench.project import Project
from qualbench.tui.screens.home import Home
from qualbench.tui.screens.segments import Segments
from qualbench.tui.widgets.transcript import TranscriptView
from tests.conftest import add_interview, code
from tests.tui.conftest import SIZES, Person, press, screen_text


def words(study: Project) -> list[str]:
    """The segments of the interview as text."""
    transcript = study.transcript("talk")
    return [transcript.text[one.start : one.end] for one in transcript.segments]


def selected(pilot: Pilot[None]) -> str:
    view = pilot.app.screen.query_one(TranscriptView)
    if view.selection is None:
        return ""
    (_, start), (_, end) = view.selection
    return view.rows[view.cursor].text[start:end]


@pytest.mark.parametrize("size", SIZES, ids=str)
async def test_a_segment_is_split_at_a_word_and_merged_again(
    study: Project, person: Person, size: tuple[int, int]
) -> None:
    whole = words(study)
    async with person(study, size=size) as pilot:
        await press(pilot, "g")
        assert "8 segments, 4 count · cut by turn" in screen_text(pilot)
        await press(pilot, "j", "right", "right", "left", "l", "l", "l", "l")
        assert selected(pilot) == "She"
        await press(pilot, "h", "l", "S")
        assert words(study)[1:3] == ["I trusted her at once.", "She had been there."]
        assert "9 segments, 5 count · cut by hand" in screen_text(pilot)
        await press(pilot, "M")
        assert words(study) == whole
        await press(pilot, "escape")
        assert isinstance(pilot.app.screen, Home)


async def test_ten_words_at_a_time_and_never_before_the_second_or_beyond_the_last(
    study: Project, person: Person
) -> None:
    async with person(study, screen="segments") as pilot:
        await press(pilot, "j", "shift+right")
        assert selected(pilot) == "there", "the last of nine"
        await press(pilot, "shift+left", "H")
        assert selected(pilot) == "trusted"
        await press(pilot, "L", "left")
        assert selected(pilot) == "been"


async def test_what_can_not_be_done_is_said(study: Project, person: Person) -> None:
    before = words(study)
    async with person(study, screen="segments") as pilot:
        await press(pilot, "S")
        assert "Go to a word with → first" in screen_text(pilot)
        await press(pilot, "end", "M")
        assert "Merging takes a segment and at least the next one." in screen_text(pilot)
        await press(pilot, "home", "j", "M")
        assert "so they stay apart" in " ".join(screen_text(pilot).split())
    assert words(study) == before


async def test_the_whole_is_cut_anew_by_a_rule(study: Project, person: Person) -> None:
    async with person(study, screen="segments") as pilot:
        await press(pilot, "c", "4")
        assert "4 segments, 4 count · cut by exchange" in screen_text(pilot)
        await press(pilot, "c", "escape")
    assert study.transcript("talk").rule is SegmentRule.EXCHANGE


async def test_interviewers_count_or_not(study: Project, person: Person) -> None:
    async with person(study, screen="segments") as pilot:
        await press(pilot, "i")
        assert "8 segments, 8 count" in screen_text(pilot)
        assert "Interviewers' speech counts from now on" in screen_text(pilot)
        await press(pilot, "i")
        assert "8 segments, 4 count" in screen_text(pilot)


async def test_once_somebody_codes_segments_stay(study: Project, person: Person) -> None:
    code(study, "ben", ["TRUST"] * 4, submit=False)
    study.viewer = "ana"
    before = words(study)
    async with person(study, screen="segments") as pilot:
        assert "coding has begun" in screen_text(pilot)
        await press(pilot, "j", "right", "S", "M", "c")
        assert isinstance(pilot.app.screen, Segments), "no dialog either"
        await press(pilot, "pagedown", "k", "pageup", "down", "up", "space", "G", "home")
    assert words(study) == before


async def test_a_study_without_transcripts_has_no_segments(tmp_path: Path, person: Person) -> None:
    with Project.create(tmp_path / "empty", viewer="ana") as empty:
        async with person(empty, screen="segments") as pilot:
            await press(pilot, "S", "M", "c", "right", "j", "k", "i")
            assert "no transcript yet" in screen_text(pilot)
        async with person(empty) as pilot:
            await press(pilot, "g")
            assert isinstance(pilot.app.screen, Home)


async def test_marks_are_dim_and_words_are_not(study: Project, person: Person) -> None:
    add_interview(study, "marks.txt", "I: So?\nP1: Well [laughs] I ran. [00:01:23] Fast.\nI: And?\nP1: Yes.\n")
    async with person(study, screen="coding", transcript="marks") as pilot:
        strips = pilot.app.screen.query_one(TranscriptView)._pieces(1)
        dim = "".join(piece.text for piece in strips[0] if piece.style and piece.style.dim)
        plain = "".join(piece.text for piece in strips[0] if piece.style and not piece.style.dim)
    assert "[laughs]" in dim
    assert "[00:01:23]" in dim
    assert "Well" in plain
    assert "Fast." in plain
