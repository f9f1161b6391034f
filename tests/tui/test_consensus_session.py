"""Sessions on the screen: sitting down, hidden names, breaking off and going on, and keys typed ahead."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualbench.model import AgendaSort, Item, Outcome, Session, SessionState
from qualbench.project import Project
from qualbench.tui.screens.consensus_form import Sitting, joined, toggled, turned
from qualbench.tui.screens.consensus_views import arranged
from tests.conftest import BOOK, INTERVIEW, add_interview, code
from tests.tui.conftest import SIZES, Person, press, screen_text
from tests.tui.terminal import Terminal


@pytest.fixture
def differing(study: Project) -> Project:
    """Anabel and Benno differ on three segments of four; the first two are of one kind."""
    code(study, "Anabel", ["TRUST", "TRUST", "FEAR", "HOPE"])
    code(study, "Benno", ["FEAR", "FEAR", "TRUST", "HOPE"])
    study.viewer = "kim"
    return study


async def test_enter_accepts_that_all_coders_are_there(differing: Project, person: Person) -> None:
    async with person(differing, screen="consensus") as pilot:
        await press(pilot, "S", "enter")
        page = screen_text(pilot)
        assert "Anabel speaks first, then Benno" in page
        assert "The session is open; 3 items on the agenda." in page
        await press(pilot, "j")
        assert "Benno speaks first, then Anabel" in screen_text(pilot)
        await press(pilot, "a", "s", "enter")
    (session,) = differing.sessions()
    assert (session.people, session.standing, session.hidden) == (("Anabel", "Benno"), "", False)
    assert [one.session for one in differing.decisions()] == [session.id]
    assert [one.order for one in differing.decisions()] == [("Benno", "Anabel")]


@pytest.mark.parametrize("size", SIZES, ids=str)
async def test_everything_is_asked_and_a_session_goes_on_another_day(
    differing: Project, person: Person, size: tuple[int, int]
) -> None:
    async with person(differing, screen="consensus", size=size) as pilot:
        await press(pilot, "S", *"lee", "enter")
        assert "[x] lee" in screen_text(pilot)
        await press(pilot, "down", "down", "right", "down", "left", "down", "right", "right")
        await press(pilot, "down", "space", "down", "space", "down", "1", "enter")
        page = screen_text(pilot)
        assert "4 items on the agenda" in page
        session = differing.sitting()
        assert session is not None
        assert (session.people, session.chair, session.scribe, session.standing, session.hidden, session.sort) == (
            ("Anabel", "Benno", "lee"), "Anabel", "lee", "Benno", True, AgendaSort.CODE,
        )  # fmt: skip
        assert len(session.sample) == 1
        await press(pilot, "P", *"tea", "enter")
        assert "session paused" in screen_text(pilot)
        await press(pilot, "S")
        page = screen_text(pilot)
        assert "Noted: tea" in page
        assert "names hidden" not in page
        await press(pilot, "space", "enter")
        assert differing.session(session.id).people == ("Benno", "lee")
        await press(pilot, "Q", "enter")
        assert "The session is closed." in screen_text(pilot)
    turns = [(one.state, one.note) for one in differing.session_turns(session.id)]
    assert turns[-3:] == [(SessionState.PAUSED, "tea"), (SessionState.OPEN, ""), (SessionState.CLOSED, "")]


async def test_nothing_says_whose_reading_it_is_before_the_decision(differing: Project, person: Person) -> None:
    """Only lee is there; every page of an open item is looked at, and neither coder is named on any."""
    differing.open_session(people=["lee"], hidden=True)
    pages = []
    async with person(differing, screen="consensus", size=(140, 45)) as pilot:
        pages.append(screen_text(pilot))
        assert "A  Reading 1" in pages[0]
        for keys in (("l",), ("s",), ("escape",), ("v",), ("escape",), ("h",), ("escape",), ("K",), ("escape",),
                     ("o",), ("shift+tab",), ("shift+tab",), ("shift+tab",), ("escape",), ("a",), ("escape",),
                     ("d", "s", "enter", "k"), ("h",), ("escape",), ("P", "enter")):  # fmt: skip
            await press(pilot, *keys)
            pages.append(screen_text(pilot))
        assert not [page for page in pages if "Anabel" in page or "Benno" in page]
        assert any("who gave way: Reading 1" in page for page in pages)
        await press(pilot, "S", "enter", "k", "k", "b", "s", "enter", "k")
        page = screen_text(pilot)
        assert "Anabel" in page
        assert "gave way" in page


async def test_a_reading_that_is_taken_is_the_one_that_was_shown(differing: Project, person: Person) -> None:
    """In a hidden session the first reading is now one coder's, now the other's; the key takes what stands there."""
    differing.open_session(people=["lee"], hidden=True)
    async with person(differing, screen="consensus") as pilot:
        for _ in range(3):
            page = screen_text(pilot)
            first = page.split("A  Reading 1")[1].split("≠")[1].split()[0].upper()
            await press(pilot, "a", "s", "enter")
            assert differing.decisions()[-1].codes == (first,)


async def test_without_a_session_its_keys_do_nothing(differing: Project, person: Person) -> None:
    async with person(differing, screen="consensus") as pilot:
        await press(pilot, "P", "Q", "S", "space", "down", "space", "enter")
        assert "A session: who is there" in screen_text(pilot)
        await press(pilot, "escape")
    assert differing.sessions() == ()


def settled(folder: Path) -> int:
    """How many decisions a second reader finds in the study meanwhile."""
    with Project.open(folder) as project:
        return len(project.decisions())


def test_a_session_and_its_decisions_typed_ahead(tmp_path: Path) -> None:
    """A session, a plain case, a split and a kind, all in one write: each is about what was meant."""
    folder = tmp_path / "study"
    with Project.create(folder, viewer="ana") as project:
        project.release_codebook("book.yaml", BOOK)
        add_interview(project, "talk.txt", INTERVIEW)
        code(project, "ana", ["TRUST", "HOPE", "FEAR", "FEAR"])
        code(project, "ben", ["FEAR", "TRUST", "TRUST", "TRUST"])
    terminal = Terminal("consensus", folder)
    try:
        terminal.wait_for("1 of 4")
        terminal.settle()
        terminal.write("S\ras first\ri\rtru\r\r\rbsecond\rKbdboth\r")
        terminal.wait_until(lambda: settled(folder) == 4, "the last of four decisions")
    finally:
        terminal.close()
    with Project.open(folder) as project:
        (session,) = project.sessions()
        said = [(one.outcome, one.note, one.session) for one in sorted(project.decisions(), key=lambda d: d.start)]
    assert said == [
        (Outcome.FIRST, "first", session.id), (Outcome.SPLIT, "second", session.id),
        (Outcome.SECOND, "both", session.id), (Outcome.SECOND, "both", session.id),
    ]  # fmt: skip


NAMES = st.text(st.characters(categories=["L"]), min_size=1, max_size=3)
ROUNDS = {"": ("ana", "ben"), "Round 2": ("ben", "cleo")}


@given(st.lists(st.tuples(st.sampled_from(["toggle", "join", "round", "chair", "scribe", "standing"]), NAMES)))
def test_whoever_holds_an_office_is_there(moves: list[tuple[str, str]]) -> None:
    sitting = Sitting(ROUNDS[""], frozenset(ROUNDS[""]))
    for move, name in moves:
        if move == "join":
            sitting = joined(sitting, name)
        elif move == "toggle":
            sitting = toggled(sitting, sitting.known[len(name) % len(sitting.known)])
        else:
            sitting = turned(sitting, move, len(name), ROUNDS)
        assert {sitting.chair, sitting.scribe, sitting.standing} - {""} <= set(sitting.people)
        assert set(ROUNDS[sitting.round]) <= set(sitting.known)


@given(st.sets(NAMES, min_size=2, max_size=5), st.integers(0, 500))
def test_hidden_readings_are_all_there_in_an_order_of_their_own(coders: set[str], start: int) -> None:
    item = Item(f"t:{start}", "t", "talk", start, start + 1, dict.fromkeys(sorted(coders), ()))
    hidden = Session("s", "", (), "", "", "", True, AgendaSort.TRANSCRIPT, (), "1", SessionState.OPEN, "", "")
    assert sorted(arranged(item, hidden)) == sorted(coders)
    assert arranged(item, hidden) == arranged(item, hidden)
    assert arranged(item, None) == tuple(item.readings)


def test_a_place_tells_nothing_of_whose_reading_it_is() -> None:
    """Of 200 items each of two coders stands first in about half: between 70 and 130 of them."""
    hidden = Session("s", "", (), "", "", "", True, AgendaSort.TRANSCRIPT, (), "1", SessionState.OPEN, "", "")
    first = [arranged(Item(f"t:{n}", "t", "talk", n, n + 1, {"ana": (), "ben": ()}), hidden)[0] for n in range(200)]
    assert 70 < first.count("ana") < 130
