"""The theme board by key presses: themes and sub-themes, states, merging, splitting, quotes in brackets, stars."""

from __future__ import annotations

import pytest

from qualbench.model import QuoteUse, ThemeState
from qualbench.project import Project
from tests.conftest import code, spans
from tests.tui.conftest import SIZES, Person, press, screen_text, type_words


@pytest.fixture
def board(study: Project) -> Project:
    """'Ties' holds trust and fear and has two quotes, 'Light' holds hope; what ana starred waits."""
    study.viewer = "ana"
    study.star(study.open_pass("talk").id, *spans(study)[3])
    for coder in ("ana", "ben"):
        code(study, coder, ["TRUST+HOPE", "HOPE", "FEAR", ""])
    study.viewer = "ana"
    for name, codes in (("Ties", ["TRUST", "FEAR"]), ("Light", ["HOPE"])):
        study.create_theme(name)
        study.gather_codes(study.theme(name), codes)
    for segment in (0, 2):
        study.pick_quote(study.theme("Ties"), "talk", *spans(study)[segment])
    return study


def names(study: Project) -> list[str]:
    return [theme.name for theme in study.themes()]


async def test_sub_themes_are_made_moved_and_taken_out(board: Project, person: Person) -> None:
    async with person(board, screen="themes") as pilot:
        await press(pilot, "N")
        await type_words(pilot, "Dread")
        await press(pilot, "enter")
        assert board.theme("Dread").parent == board.theme("Ties").id
        await press(pilot, "H")
        assert (board.theme("Dread").parent, names(board)) == ("", ["Ties", "Dread", "Light"])
        await press(pilot, "J")
        assert names(board) == ["Ties", "Light", "Dread"]
        await press(pilot, "K", "L")
        assert board.theme("Dread").parent == board.theme("Ties").id
        await press(pilot, "u")
        assert board.theme("Dread").parent == ""


async def test_a_theme_is_defined_field_by_field(board: Project, person: Person) -> None:
    async with person(board, screen="themes", size=(140, 45)) as pilot:
        for key, words in (("1", "What binds."), ("2", "Not debt."), ("3", "It began with a coat.")):
            await press(pilot, "d", key)
            await type_words(pilot, words)
            await press(pilot, "ctrl+s")
        await press(pilot, "i")
        text = screen_text(pilot)
    theme = board.theme("Ties")
    assert (theme.definition, theme.is_not, theme.narrative) == ("What binds.", "Not debt.", "It began with a coat.")
    assert "What binds." in text
    assert "point 3" in text


async def test_a_state_goes_back_with_a_reason(board: Project, person: Person) -> None:
    async with person(board, screen="themes") as pilot:
        await press(pilot, "s", "3")
        assert board.theme("Ties").state is ThemeState.DATA
        assert "held against the whole data" in screen_text(pilot)
        await press(pilot, "s", "1", "enter")
        assert "needs a reason" in screen_text(pilot)
        await press(pilot, "s", "1")
        await type_words(pilot, "it broke")
        await press(pilot, "enter")
    assert [(step.state, step.reason) for step in board.theme_steps()] == [
        (ThemeState.DATA, ""), (ThemeState.CANDIDATE, "it broke"),
    ]  # fmt: skip


async def test_a_theme_is_split_with_mistakes_mended_and_what_it_was_stays(board: Project, person: Person) -> None:
    async with person(board, screen="themes", size=(140, 45)) as pilot:
        await press(pilot, "S")
        assert "First part = TRUST" in screen_text(pilot)
        await type_words(pilot, "Third = JOY")
        await press(pilot, "ctrl+s")
        assert "no code called 'JOY'" in screen_text(pilot)
        for _ in range(len("Third = JOY")):
            await press(pilot, "backspace")
        await press(pilot, "ctrl+s")
        await type_words(pilot, "two ideas")
        await press(pilot, "enter")
        assert names(board) == ["First part", "Second part", "Light"]
        assert "Given up" in screen_text(pilot)
        await press(pilot, "end", "tab", "enter")
        assert "Split into First part, Second part by ana" in screen_text(pilot)
        assert "two ideas" in screen_text(pilot)


async def test_a_theme_goes_into_another(board: Project, person: Person) -> None:
    async with person(board, screen="themes") as pilot:
        await press(pilot, "M", "1")
        await type_words(pilot, "one story")
        await press(pilot, "enter")
        assert names(board) == ["Light"]
        await press(pilot, "u")
    assert names(board) == ["Ties", "Light"]


# --- quotes ----------------------------------------------------------------------------------------------------


async def test_a_quote_is_edited_and_what_differs_is_refused_on_the_screen(board: Project, person: Person) -> None:
    """'I trusted her at once. She had been there.' loses its end and then gets a name put in."""
    async with person(board, screen="themes") as pilot:
        await press(pilot, "2", "tab", "c")
        for _ in range(len("been there.")):
            await press(pilot, "backspace")
        await type_words(pilot, "gone")
        assert "The transcript does not say" in screen_text(pilot)
        await press(pilot, "ctrl+s", "escape")
        assert "Escape again throws these words away" in screen_text(pilot)
        await press(pilot, "backspace", "backspace", "backspace", "backspace")
        await press(pilot, *"[...]")
        assert "1 cut, 0 insertions: it fits." in screen_text(pilot)
        await press(pilot, "ctrl+s")
        assert "She had […]" in screen_text(pilot)
        await press(pilot, "a", "a")
        assert "argues P1" in " ".join(screen_text(pilot).split())
    quote = board.theme("Ties").quotes[0]
    assert (quote.words, quote.use) == ("I trusted her at once. She had […]", QuoteUse.ARGUE)


async def test_quotes_are_put_in_order(board: Project, person: Person) -> None:
    first, second = (quote.id for quote in board.theme("Ties").quotes)
    async with person(board, screen="themes") as pilot:
        await press(pilot, "2", "tab", "J")
        assert [quote.id for quote in board.theme("Ties").quotes] == [second, first]
        await press(pilot, "J", "K")
        assert [quote.id for quote in board.theme("Ties").quotes] == [first, second]


@pytest.mark.parametrize("size", SIZES, ids=str)
async def test_the_overlap_names_the_codes_that_meet(board: Project, person: Person, size: tuple[int, int]) -> None:
    async with person(board, screen="themes", size=size) as pilot:
        await press(pilot, "v", "v")
        assert "50% of its segments (1), c 0.33" in screen_text(pilot)
        await press(pilot, "tab", "enter")
        assert "Trust  +  Hope   1 segment" in screen_text(pilot)
        assert "1 / (2 + 2 - 1) = 0.33" in screen_text(pilot)


async def test_a_reflexive_board_does_not_count(board: Project, person: Person) -> None:
    board._db.execute("update study set method = 'reflexive-ta'")
    async with person(board, screen="themes") as pilot:
        await press(pilot, "3")
        text = screen_text(pilot)
    assert "Light" in text
    assert not any(word in text for word in ("%", "c 0.", "settled segment"))


# --- stars -----------------------------------------------------------------------------------------------------


async def test_what_was_starred_waits_until_it_is_picked(board: Project, person: Person) -> None:
    async with person(board, screen="themes") as pilot:
        await press(pilot, "end")
        assert "Thank you for asking." in screen_text(pilot)
        await press(pilot, "tab", "enter", "2")
        assert "A quote of 'Light' now." in screen_text(pilot)
        assert "Starred while coding" not in screen_text(pilot)
    assert [quote.text for quote in board.theme("Light").quotes] == ["Thank you for asking."]


async def test_a_star_is_put_aside(board: Project, person: Person) -> None:
    async with person(board, screen="themes") as pilot:
        await press(pilot, "end", "tab", "x")
    assert (board.waiting_stars(), len(board.stars_aside())) == ((), 1)


async def test_the_map_is_written(board: Project, person: Person) -> None:
    async with person(board, screen="themes") as pilot:
        await press(pilot, "f", "enter")
        assert "The theme map is in" in screen_text(pilot)
    assert (board.folder / "exports/theme-map.svg").read_text("utf-8").startswith("<svg")


async def test_a_study_opened_to_look_shows_and_writes_nothing(board: Project, person: Person) -> None:
    board.close()
    with Project.open(board.folder, "ana") as looking:
        before = looking.themes()
        async with person(looking, screen="themes") as pilot:
            await press(
                pilot, "s", "S", "M", "d", "N", "L", "tab", "enter", "c", "a", "x", "2", "enter", "J", "3", "enter"
            )
            assert "codes that meet" in screen_text(pilot)
        assert looking.themes() == before
