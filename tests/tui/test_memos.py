"""The memos screen: every memo one may read, what it is on, and a key for all that is done to it."""

from __future__ import annotations

import pytest
from textual import events
from textual.pilot import Pilot

from qualbench.project import Project
from qualbench.tui.screens.coding import Coding
from qualbench.tui.screens.extracts import Extracts
from qualbench.tui.screens.find import Find
from qualbench.tui.screens.memos import Memos
from tests.conftest import code, spans
from tests.tui.conftest import SIZES, Person, press, screen_text, type_words


@pytest.fixture
def noted(study: Project) -> Project:
    """Ana's open pass on talk with a memo on its second answer, and a memo on each thing there is."""
    code(study, "ana", ["TRUST", "TRUST", "", "HOPE"], submit=False)
    study.write_memo(study.open_pass("talk").id, *spans(study)[1], "Slow and sure.")
    study.write_note("I expect trust everywhere.", on="study", kind="bias")
    study.write_note("Calm at first.\n\nThen not at all.", on="transcript", about=study.transcript("talk").id)
    study.write_note("Whose trust is it?", on="code", about="TRUST", kind="reflexive")
    study.write_note("An old hand.", on="case", about=study.participants()[0].id, kind="respondent")
    newer, older = study.earlier("TRUST")
    study.write_note("Both are tests.", on="comparison", about="TRUST", kind="comparison",
                     places=(older.coding, newer.coding))  # fmt: skip
    return study


def bodies(project: Project) -> list[str]:
    return [one.body for one in project.written()]


def lines(text: str) -> list[str]:
    """The lines of the list, without the sign at the bar."""
    return [line[1:] for line in text.splitlines()[2:8] if line[1:].strip()]


def at_bar(pilot: Pilot[None]) -> str:
    """The line of the segment under the bar."""
    return next(line for line in screen_text(pilot).splitlines() if line.startswith("▸"))


@pytest.mark.parametrize("size", SIZES, ids=str)
async def test_home_leads_to_all_memos_and_the_whole_of_one(
    noted: Project, person: Person, size: tuple[int, int]
) -> None:
    async with person(noted, size=size) as pilot:
        await press(pilot, "m")
        assert isinstance(pilot.app.screen, Memos)
        page = screen_text(pilot)
        assert "6 memos" in page.splitlines()[0]
        kinds = [line.split()[0] for line in lines(page)]
        assert kinds == ["comparison", "respondent", "reflexive", "memo", "bias", "memo"]
        assert "She had been there." in page, "the first extract of the comparison"
        await press(pilot, "j", "j", "j")
        page = " ".join(screen_text(pilot).split())
        assert "Memo: talk" in page
        assert "Then not at all." in page
        await press(pilot, "j", "j")
        page = screen_text(pilot)
        assert "Memo: talk, line 4" in page
        assert "Then it got better, slowly." in page
        await press(pilot, "escape")
        assert not isinstance(pilot.app.screen, Memos)


async def test_search_and_filter(noted: Project, person: Person) -> None:
    async with person(noted, screen="memos") as pilot:
        await press(pilot, "slash")
        await type_words(pilot, "trust")
        await press(pilot, "enter")
        page = screen_text(pilot)
        assert "2 memos · with: trust" in page
        await press(pilot, "f")
        assert "reflexive memo (1)" in screen_text(pilot)
        await press(pilot, "3")
        assert "1 memo · only: memo on biases and expectations · with: trust" in screen_text(pilot)
        await press(pilot, "slash", "ctrl+u", "z", "z", "enter")
        assert "No memo fits." in screen_text(pilot)
        await press(pilot, "slash", "ctrl+u", "enter", "f", "1")
        assert "6 memos" in screen_text(pilot).splitlines()[0]


async def test_a_new_memo_on_the_study(noted: Project, person: Person) -> None:
    async with person(noted, screen="memos") as pilot:
        await press(pilot, "slash", "z", "enter", "n", "1", "7")
        assert "Memo on method on the study" in screen_text(pilot)
        await type_words(pilot, "We read aloud.")
        await press(pilot, "ctrl+s")
        page = screen_text(pilot)
        assert "7 memos" in page, "what was searched for is no filter for a new one"
        assert "Memo on method: the study" in page, "the bar is on it"
    assert noted.written()[0].kind == "method"


@pytest.mark.parametrize(
    ("keys", "on", "subject"),
    [
        (("2", "t", "a", "l", "k", "enter", "1"), "transcript", "talk"),
        (("3", "down", "enter", "1"), "case", "I"),
        (("4", "h", "o", "p", "enter", "1"), "code", "Hope"),
    ],
)
async def test_a_new_memo_on_one_of_many(
    noted: Project, person: Person, keys: tuple[str, ...], on: str, subject: str
) -> None:
    async with person(noted, screen="memos") as pilot:
        await press(pilot, "n", *keys, "x", "ctrl+s")
    assert (noted.written()[0].on, noted.written()[0].body, noted.written()[0].kind) == (on, "x", "")
    assert on == "case" or noted.written()[0].subject == subject


async def test_keys_typed_ahead_are_the_answers_and_the_words(noted: Project, person: Person) -> None:
    async with person(noted, screen="memos") as pilot:
        for key in ("n", "1", "1", "x", "n", "o", "w", "ctrl+s"):
            pilot.app.post_message(events.Key(key, key if len(key) == 1 else None))
        for _ in range(12):
            await pilot.pause()
    assert noted.written()[0].body == "xnow"


async def test_a_comparison_begins_with_the_extracts(noted: Project, person: Person) -> None:
    async with person(noted, screen="memos") as pilot:
        await press(pilot, "n", "5", "t", "r", "u", "enter")
        assert isinstance(pilot.app.screen, Extracts)
        assert "Trust · 2 extracts" in screen_text(pilot)


async def test_enter_changes_ones_own_memo_wherever_it_is(noted: Project, person: Person) -> None:
    async with person(noted, screen="memos") as pilot:
        await press(pilot, "enter", "end")
        await type_words(pilot, " Really.")
        await press(pilot, "ctrl+s")
        assert "Both are tests. Really." in screen_text(pilot)
        await press(pilot, "end", "enter", "ctrl+u", "x", "ctrl+s")
    assert bodies(noted)[0] == "Both are tests. Really."
    assert noted.memos()[0].body == "x"


async def test_what_is_handed_in_is_read_only(noted: Project, person: Person) -> None:
    noted.submit(["talk"])
    async with person(noted, screen="memos") as pilot:
        await press(pilot, "end")
        assert "handed in: it never changes" in screen_text(pilot)
        await press(pilot, "x", "enter", "z", "escape")
        await press(pilot, "home", "x", "1")
        assert "The memo is removed." in screen_text(pilot)
    assert noted.memos()[0].body == "Slow and sure."
    assert len(bodies(noted)) == 5


async def test_removing_asks_first_and_so_do_empty_words(noted: Project, person: Person) -> None:
    async with person(noted, screen="memos") as pilot:
        await press(pilot, "x")
        assert "Remove this memo? Both are tests." in screen_text(pilot)
        await press(pilot, "escape")
        assert len(bodies(noted)) == 6
        await press(pilot, "enter", "ctrl+u", "ctrl+s")
        assert "Remove this memo?" in screen_text(pilot)
        await press(pilot, "1")
        await press(pilot, "end", "x", "1")
    assert bodies(noted) == [
        "An old hand.", "Whose trust is it?", "Calm at first.\n\nThen not at all.", "I expect trust everywhere.",
    ]  # fmt: skip
    assert noted.memos() == ()


async def test_o_goes_to_what_the_memo_is_on(noted: Project, person: Person) -> None:
    async with person(noted, screen="memos") as pilot:
        await press(pilot, "o", "2")
        assert isinstance(pilot.app.screen, Coding)
        assert "Then it got better" in at_bar(pilot)
        await press(pilot, "escape", "j", "o")
        assert isinstance(pilot.app.screen, Find)
        await press(pilot, "escape", "j", "o")
        assert isinstance(pilot.app.screen, Extracts)
        await press(pilot, "escape", "j", "o")
        assert isinstance(pilot.app.screen, Coding)
        await press(pilot, "escape", "j", "o")
        assert "This memo is on the study as a whole." in screen_text(pilot)
        await press(pilot, "j", "o")
        assert isinstance(pilot.app.screen, Coding)
        assert "Then it got better" in at_bar(pilot)


@pytest.mark.parametrize(("on", "about", "found"), [("transcript", "talk", 2), ("code", "TRUST", 2), ("study", "", 1)])
async def test_other_screens_open_it_for_one_thing(
    noted: Project, person: Person, on: str, about: str, found: int
) -> None:
    """A transcript comes with the memos on its places, a code with its comparisons."""
    about = noted.transcript("talk").id if about == "talk" else about
    async with person(noted) as pilot:
        pilot.app.show_step("memos", on=on, about=about)  # type: ignore[attr-defined]  # a Workbench
        await pilot.pause()
        assert f"{found} memo" in screen_text(pilot).splitlines()[0]
        await press(pilot, "n", "1", "1", "n", "e", "w", "ctrl+s")
        assert f"{found + 1} memos" in screen_text(pilot).splitlines()[0]
    assert (noted.written()[0].on, noted.written()[0].about, noted.written()[0].body) == (on, about, "new")


async def test_others_read_what_is_theirs_to_read_and_change_nothing(noted: Project, person: Person) -> None:
    noted.viewer = "ben"
    async with person(noted, screen="memos") as pilot:
        assert "No memo yet." in screen_text(pilot)
    noted.viewer = "ana"
    noted.submit(["talk"])
    code(noted, "ben", ["", "", "", ""])
    before = bodies(noted)
    async with person(noted, screen="memos") as pilot:
        page = screen_text(pilot)
        assert "6 memos" in page
        assert "Remove" not in page.splitlines()[-1]
        await press(pilot, "x", "1", "enter")
        assert "Comparison memo: Trust: talk, line 2 and talk, line 4" in " ".join(screen_text(pilot).split())
        await press(pilot, "ctrl+s", "escape")
    assert bodies(noted) == before


async def test_the_whole_of_a_long_memo_can_be_read(study: Project, person: Person) -> None:
    study.write_note("\n".join(f"Line {number}." for number in range(60)), on="study")
    async with person(study, screen="memos") as pilot:
        assert "Line 59." not in screen_text(pilot)
        await press(pilot, *["space"] * 9)
        assert "Line 59." in screen_text(pilot)
        await press(pilot, *["b"] * 9)
        assert "Line 0." in screen_text(pilot)


async def test_reading_only_shows_memos_and_writes_none(noted: Project, person: Person) -> None:
    with Project.open(noted.folder, "ana") as project:
        async with person(project, screen="memos") as pilot:
            await press(pilot, "n", "1", "1", "x", "1", "ctrl+s", "enter", "z", "ctrl+s", "escape")
            assert "6 memos" in screen_text(pilot)
        assert len(bodies(project)) == 6
