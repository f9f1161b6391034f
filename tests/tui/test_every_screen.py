"""Every screen with nothing on it, and every screen with the worst text there is."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from rich.cells import cell_len

from qualbench.project import Project
from qualbench.tui.dialogs.help import Help
from tests.conftest import BOOK, INTERVIEW, add_interview, code, spans
from tests.tui.conftest import SIZES, Person, press, screen_text

SCREENS = (
    "home", "coding", "agreement", "consensus", "themes", "deidentify", "corrections", "participants", "find",
    "packages", "hub",
    "import", "segments", "memos", "extracts", "codebook", "matrices", "checklists", "checks", "types", "method",
    "cycle",
    "differences",
    "cqr", "cqr_case", "cqr_cross", "cqr_table", "cqr_comments",
    "trail",
)  # fmt: skip
UGLY = (
    "\x1b]52;c;ZXZpbA==\x07 [laughs] [/x] [@click=app.exit]no[/] \x00 \x9b31m \u202eolleh שלום 👩‍👩‍👧 🇬🇧 e\u0301 "
    + "x" * 10_000
)
UGLY_BOOK = """
format: qualbench-codebook/1
title: "[/x] Ugly"
version: "1.0"
codes:
  - {id: TRUST, label: "[red]Trust[/x] 👩‍👩‍👧 שלום", definition: "[/x]", exclude: "[b]", examples: ["[/y]"]}
  - {id: HOPE, label: "[@click=app.exit]", definition: "d", exclude: "e", examples: ["f"]}
"""
CONTROLS = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


@pytest.fixture
def ugly(tmp_path: Path, clock: Callable[[], datetime]) -> Project:
    """Two submitted passes that differ, memos, a decision and a theme, all made of hostile text."""
    project = Project.create(tmp_path / "ugly", name="[/x] \x1b[2J", viewer="ana", clock=clock)
    project.release_codebook("book.yaml", UGLY_BOOK)
    add_interview(project, "[x]\x1b.txt", f"I: Why [/x]?\nP1: {UGLY}\nI: And?\nP1: no {UGLY}\nI: So?\nP1: [b]\n")
    name = project.transcripts()[0].name
    for coder, codes in (("ana", ["TRUST+HOPE", "HOPE", ""]), ("[ben]", ["HOPE", "HOPE", "TRUST"])):
        code(project, coder, codes, name, submit=False)
        project.write_memo(project.open_pass(name).id, *spans(project, name)[0], UGLY)
        project.submit([name])
    for on, about in (("study", ""), ("code", "HOPE"), ("transcript", project.transcripts()[0].id), ("case", "P1")):
        project.write_note(UGLY, on=on, about=about)
    newer, older, *_ = project.earlier("HOPE")
    project.write_note(UGLY, on="comparison", about="HOPE", places=(older.coding, newer.coding))
    project.create_theme("[/x] \x1b]52;c;eA==\x07")
    theme = project.themes()[0]
    project.gather_codes(theme, ["HOPE"])
    project.describe_theme(theme, UGLY)
    project.pick_quote(project.themes()[0], name, *spans(project, name)[1])
    return project


@pytest.mark.parametrize("size", [SIZES[0], pytest.param(SIZES[1], marks=pytest.mark.soak)], ids=str)
@pytest.mark.parametrize("screen", SCREENS)
async def test_hostile_text_is_only_text(ugly: Project, person: Person, screen: str, size: tuple[int, int]) -> None:
    async with person(ugly, screen=screen, size=size) as pilot:
        pictures = [screen_text(pilot)]
        for key in ("j", "k", "down", "pagedown", "question_mark", "escape", "ctrl+p", "escape", "tab"):
            await press(pilot, key)
            pictures.append(screen_text(pilot))
    for picture in pictures:
        assert not CONTROLS.findall(picture.replace("\n", ""))
        assert max(map(cell_len, picture.split("\n"))) <= size[0]
    if screen in ("coding", "consensus"):
        assert any("[laughs] [/x]" in " ".join(picture.split()) for picture in pictures)


@pytest.mark.parametrize("screen", SCREENS)
@pytest.mark.parametrize(
    "has", ["nothing", *(pytest.param(has, marks=pytest.mark.soak) for has in ("a codebook", "a transcript"))]
)
async def test_an_empty_study_is_calm(tmp_path: Path, person: Person, screen: str, has: str) -> None:
    """No transcripts, no codes, nothing submitted: every key of every screen does no harm."""
    with Project.create(tmp_path / "empty", viewer="ana") as project:
        if has == "a codebook":
            project.release_codebook("book.yaml", BOOK)
        if has == "a transcript":
            add_interview(project, "talk.txt", "P1: hello there, this is all.\n")
        async with person(project, screen=screen, size=SIZES[0]) as pilot:
            app = pilot.app
            for command in app.screen.commands:  # type: ignore[attr-defined]  # a StepScreen
                if command.id in ("home.quit", "app.theme"):
                    continue
                await press(pilot, *command.key.split(","))
                await press(pilot, "escape")
                while len(app.screen_stack) < 2:
                    await pilot.pause()
            assert app.is_running


async def test_reading_only_says_so_and_writes_nothing(demo_folder: Path, person: Person) -> None:
    """A study that somebody else holds shows who, and no key that writes does anything."""
    with Project.open(demo_folder, "ana") as project:
        project.readonly_because = "process 7 on desk writes to it"
        before = project.codings(coder="ana")
        async with person(project, screen="coding", size=(140, 45)) as pilot:
            assert "reading only: process 7 on desk" in screen_text(pilot)
            await press(pilot, "n", "1", "x", "s", "u")
            assert project.codings(coder="ana") == before


async def test_looking_at_a_transcript_begins_no_pass(tmp_path: Path, person: Person) -> None:
    """A lead who only reads must not keep the transcript from opening."""
    with Project.create(tmp_path / "study", viewer="lead") as project:
        project.release_codebook("book.yaml", BOOK)
        add_interview(project, "talk.txt", INTERVIEW)
        async with person(project, screen="coding") as pilot:
            await press(pilot, "j", "j", "c", "escape", "m", "escape", "tab")
            assert "not begun" in screen_text(pilot)
        assert project.passes() == ()


async def test_undo_says_what_it_undid_and_goes_there(study: Project, person: Person) -> None:
    async with person(study, screen="coding") as pilot:
        await press(pilot, "c", "h", "o", "p", "e", "enter", "G")
        await press(pilot, "u")
        text = screen_text(pilot)
        assert "Undone: Hope applied." in text
        assert "▸  P1     I trusted her at once" in text


async def test_a_new_set_is_picked_code_by_code(study: Project, person: Person) -> None:
    """Two codes, then Enter on an empty query, then the reason: the set is settled; Escape would leave it open."""
    code(study, "ana", ["TRUST", "", "", ""])
    code(study, "ben", ["HOPE", "", "", ""])
    async with person(study, screen="consensus") as pilot:
        await press(pilot, "w", "f", "e", "a", "enter", "escape")
        assert study.decisions() == ()
        await press(pilot, "w", "f", "e", "a", "enter", "t", "r", "u", "enter", "enter", "4", "enter")
        (decision,) = study.decisions()
    assert decision.codes == ("FEAR", "TRUST")


async def test_undo_finds_the_newest_decision_wherever_it_was(study: Project, person: Person) -> None:
    """The screen goes on after a decision; undo goes back to it, and never takes an older one from what is shown."""
    add_interview(study, "other.txt", "I: Well?\nP1: I hope so.\n")
    for coder, first, second in (("ana", "TRUST", "HOPE"), ("ben", "HOPE", "FEAR")):
        code(study, coder, [first, "", "", ""])
        code(study, coder, [second], "other")
    study.viewer = "ana"
    async with person(study, screen="consensus") as pilot:
        await press(pilot, "a", "1", "enter")
        assert "other" in screen_text(pilot).split("\n")[0]
        await press(pilot, "u")
        text = screen_text(pilot)
    assert "talk" in text.split("\n")[0]
    assert "Undone: the decision on this disagreement." in text
    assert study.decisions() == ()


async def test_escape_asks_before_it_throws_words_away(study: Project, person: Person) -> None:
    async with person(study, screen="coding") as pilot:
        await press(pilot, "m", "w", "o", "r", "d", "s", "escape")
        assert "Escape again throws these words away" in screen_text(pilot)
        await press(pilot, "ctrl+s")
    assert [memo.body for memo in study.memos()] == ["words"]


async def test_a_fault_of_the_program_prints_none_of_its_values(study: Project, person: Person) -> None:
    """The page after a crash shows where, and not the words that were being worked on."""
    async with person(study, screen="coding") as pilot:
        app = pilot.app
        try:
            secret = "words of a participant"  # a local value of the frame that fails
            raise RuntimeError(f"{len(secret)} characters")
        except RuntimeError:
            app._fatal_error()
        with app.console.capture() as captured:
            for page in app._exit_renderables:
                app.console.print(page)
        app._exit_renderables.clear()
    assert "fault of its own" in captured.get()
    assert "words of a participant'" not in captured.get().replace('secret = "words of a participant"', "")


async def test_help_lists_every_key_of_its_screen(demo: Project, person: Person) -> None:
    async with person(demo, screen="coding", size=(140, 60)) as pilot:
        await press(pilot, "question_mark")
        assert isinstance(pilot.app.screen, Help)
        text = screen_text(pilot)
        for sentence in ("Find a code by a few letters", "Say that nothing applies", "Hand in your pass"):
            assert sentence in text


@pytest.mark.parametrize("screen", SCREENS)
async def test_light_and_dark_show_the_same_words(demo: Project, person: Person, screen: str) -> None:
    """Meaning never stands in a colour alone: the words are the same in both themes."""
    async with person(demo, screen=screen) as pilot:
        dark = screen_text(pilot)
        await press(pilot, "ctrl+t")
        assert not pilot.app.current_theme.dark
        assert screen_text(pilot) == dark
