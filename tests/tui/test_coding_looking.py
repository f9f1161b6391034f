"""What the coding screen shows: filters, the legend, one's own steps, memos, earlier extracts, other places."""

from __future__ import annotations

import pytest

from qualbench.project import Project
from qualbench.tui.screens.coding import Coding
from qualbench.tui.screens.extracts import Extracts
from qualbench.tui.screens.find import Find
from qualbench.tui.screens.memos import Memos
from tests.conftest import add_interview, spans
from tests.tui.at_coding import ANSWERS, FIRST, FOURTH, SECOND, THIRD, below, heading, nothings, page, stands
from tests.tui.conftest import Person, press, type_words

# --- filters ---------------------------------------------------------------------------------------------------------


@pytest.fixture
def begun(study: Project) -> Project:
    """Trust stands on the first answer, which has a memo; nothing applies to the second."""
    held = study.open_pass("talk")
    first, second, *_ = spans(study)
    study.apply_code(held.id, "TRUST", *first)
    study.write_memo(held.id, *first, "at once")
    study.mark_nothing(held.id, *second)
    return study


@pytest.mark.parametrize(
    ("keys", "said", "left"),
    [
        (["2"], "only undecided: 2", [THIRD, FOURTH]),
        (["3", *"trust", "enter"], "only with Trust: 1", [FIRST]),
        (["4"], "only with a memo: 1", [FIRST]),
        (["5", *"less", "space", *"EVERY", "enter"], "only with 'less EVERY': 1", [THIRD]),
    ],
)
async def test_only_some_segments_are_shown(
    begun: Project, person: Person, keys: list[str], said: str, left: list[str]
) -> None:
    async with person(begun, screen="coding", size=(140, 45)) as pilot:
        await press(pilot, "f", *keys)
        assert said in heading(pilot)
        assert [answer for answer in ANSWERS if answer in page(pilot)] == left
        await press(pilot, "escape")
        assert "only" not in heading(pilot)
        assert [answer for answer in ANSWERS if answer in page(pilot)] == ANSWERS
        await press(pilot, "f", *keys, "f", "1")
        assert "only" not in heading(pilot)
    assert stands(begun) == [f"{FIRST} = Trust"]


@pytest.mark.parametrize(
    ("keys", "said"),
    [
        (["3", *"fear", "enter"], "no segment with Fear."),
        (["5", *"zebra", "enter"], "no segment with 'zebra'."),
        (["6"], "no segment to look at again."),
    ],
)
async def test_where_no_segment_is_left_everything_is_shown(
    begun: Project, person: Person, keys: list[str], said: str
) -> None:
    async with person(begun, screen="coding", size=(140, 45)) as pilot:
        await press(pilot, "f", *keys)
        assert f"Nothing to show: {said}" in page(pilot)
        assert [answer for answer in ANSWERS if answer in page(pilot)] == ANSWERS
        assert "only" not in heading(pilot)


async def test_no_words_are_no_filter(begun: Project, person: Person) -> None:
    async with person(begun, screen="coding") as pilot:
        await press(pilot, "f", "5", "space", "enter", "f", "5", "escape", "f", "escape")
        assert "only" not in heading(pilot)


async def test_deciding_inside_a_filter_moves_nothing_until_it_is_asked_anew(begun: Project, person: Person) -> None:
    async with person(begun, screen="coding") as pilot:
        await press(pilot, "f", "2", "c", *"fear", "enter")
        assert "3 of 4 decided" in heading(pilot)
        assert THIRD in page(pilot)
        await press(pilot, "tab", "n")
        assert "4 of 4 decided" in heading(pilot)
        await press(pilot, "f", "2")
        assert "Nothing to show: no segment undecided." in page(pilot)
    assert stands(begun) == [f"{FIRST} = Trust", f"{THIRD} = Fear"]
    assert nothings(begun) == [SECOND, FOURTH]


async def test_undo_of_what_a_filter_hides_lifts_it(begun: Project, person: Person) -> None:
    async with person(begun, screen="coding") as pilot:
        await press(pilot, "f", "2", "c", *"fear", "enter", "u")
        assert "only undecided: 2" in heading(pilot)
        await press(pilot, "u")
        assert "only" not in heading(pilot)
        assert "Undone: 'nothing applies' marked." in page(pilot)
        assert below(pilot)[0] == "4/8  not decided yet"
    assert nothings(begun) == []


async def test_a_new_code_inside_a_filter_leaves_the_screen_whole(begun: Project, person: Person) -> None:
    """Proposing reads everything again: the last undecided segment goes, and with it the filter."""
    async with person(begun, screen="coding") as pilot:
        await press(pilot, "G", "n", "f", "2", "a", *"Less", "enter")
        assert stands(begun)[-1] == f"{THIRD} = Less"
        assert "only" not in heading(pilot)
        assert THIRD in page(pilot)


async def test_nothing_is_selected_across_hidden_segments(begun: Project, person: Person) -> None:
    """Two answers are shown side by side and the question between them is not: no code goes there unseen."""
    async with person(begun, screen="coding") as pilot:
        await press(pilot, "f", "2", "shift+down")
        assert "Segments that are hidden lie between. Escape shows everything; then select again." in page(pilot)
        await press(pilot, "c", *"hope", "enter")
        assert f"{FOURTH} = Hope" in stands(begun)
        await press(pilot, "escape", "g", "shift+down", "1")
        assert len(stands(begun)) == 3


# --- pages -----------------------------------------------------------------------------------------------------------


async def test_the_legend_and_one_code_after_the_other(begun: Project, person: Person) -> None:
    async with person(begun, screen="coding") as pilot:
        await press(pilot, "l")
        assert "The codes in this window A1 Trust" in page(pilot)
        await press(pilot, "escape", "o")
        assert "Standing out: Trust." in page(pilot)
        await press(pilot, "o")
        assert "No code stands out." in page(pilot)
        await press(pilot, "x", *["k"] * 5, "j", "x", "l")
        assert "No code stands in this window." in page(pilot)


async def test_ones_own_steps_are_listed_with_those_undone(begun: Project, person: Person) -> None:
    async with person(begun, screen="coding") as pilot:
        await press(pilot, "u", "h")
        text = page(pilot)
        assert "Your steps on talk" in text
        assert (
            "'nothing applies' marked (undone) 2026-01-05 09:00 a memo written 2026-01-05 09:00 Trust applied" in text
        )
    begun.viewer = "ben"
    async with person(begun, screen="coding") as pilot:
        await press(pilot, "h")
        assert "Nothing yet." in page(pilot)


async def test_memos_on_words_and_on_a_segment(study: Project, person: Person) -> None:
    async with person(study, screen="coding") as pilot:
        await press(pilot, "shift+right", "shift+right", "m")
        await type_words(pilot, "on two words")
        await press(pilot, "ctrl+s", "escape", "m")
        assert "on two words" not in page(pilot).split("Memo on this place")[1].split("2/8")[0]
        await type_words(pilot, "on the whole")
        await press(pilot, "ctrl+s")
        assert below(pilot)[1] == "memo: on two words | on the whole"
        await press(pilot, "m", *["backspace"] * 12, "ctrl+s")
        assert below(pilot)[1] == "memo: on two words"
        await press(pilot, "u", "M")
        assert isinstance(pilot.app.screen, Memos)
        await press(pilot, "escape")
        assert isinstance(pilot.app.screen, Coding)
    assert {memo.body for memo in study.memos()} == {"on the whole", "on two words"}


async def test_earlier_extracts_of_a_code_and_back(begun: Project, person: Person) -> None:
    async with person(begun, screen="coding") as pilot:
        await press(pilot, "e", *"trust", "enter")
        assert isinstance(pilot.app.screen, Extracts)
        assert "Trust" in heading(pilot)
        await press(pilot, "escape")
        assert isinstance(pilot.app.screen, Coding)
    assert stands(begun) == [f"{FIRST} = Trust"]


async def test_other_transcripts_and_finding_words(study: Project, person: Person) -> None:
    add_interview(study, "other.txt", "P1: It is another talk.\n")
    async with person(study, screen="coding", transcript="talk") as pilot:
        await press(pilot, "t", "2")
        assert "other · ana · not begun" in heading(pilot)
        await press(pilot, "slash", *"trusted", "enter")
        assert isinstance(pilot.app.screen, Find)


async def test_many_transcripts_are_found_by_their_names(study: Project, person: Person) -> None:
    """Ten and more have no key each: some letters of the name lead there."""
    for number in range(40):
        add_interview(study, f"visit-{number:02}.txt", f"It is talk {number}.\n")
    async with person(study, screen="coding", transcript="talk") as pilot:
        await press(pilot, "t", *"v39", "enter")
        assert "visit-39 · ana · not begun" in heading(pilot)
        await press(pilot, "c", *"fear", "enter")
    assert stands(study, "visit-39") == ["It is talk 39. = Fear"]


# --- stars ---------------------------------------------------------------------------------------------------------


async def test_words_are_starred_as_a_quote_to_come_and_the_star_is_taken_back(study: Project, person: Person) -> None:
    async with person(study, screen="coding") as pilot:
        await press(pilot, "Q")
        assert "Starred: it waits on the theme board." in page(pilot)
        assert [(one.start, one.end) for one in study.stars()] == [spans(study)[0]]
        await press(pilot, "Q")
        assert "The star is taken back." in page(pilot)
        assert study.stars() == ()
        await press(pilot, "u")
        assert len(study.stars()) == 1
