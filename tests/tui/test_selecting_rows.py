"""Words are selected over as many segments as it takes, by keyboard and by mouse, and come back as one span."""

from __future__ import annotations

import pytest
from textual.app import App, ComposeResult
from textual.pilot import Pilot

from qualbench.tui.widgets.transcript import Row, TranscriptView

SAID = ["I was afraid.", "Why?", "Because 👩‍👩‍👧 left me.", "שלום and e\u0301t\u00e9", "Nobody came then"]
LEFT = 10
"""Cells before the words in a window of 80: signs, speaker, a blank."""


class Interview(App[None]):
    def __init__(self, said: list[str]) -> None:
        super().__init__()
        self.rows: list[Row] = []
        start = 4
        for number, text in enumerate(said):
            self.rows.append(Row(start, start + len(text), text, "P1", True, number != 1))
            start += len(text) + 5  # a line end and the next label stand between two segments
        self.moves: list[int] = []

    def compose(self) -> ComposeResult:
        yield TranscriptView()

    def on_mount(self) -> None:
        self.view.load(self.rows)
        self.view.focus()

    def on_transcript_view_moved(self, message: TranscriptView.Moved) -> None:
        self.moves.append(message.index)

    @property
    def view(self) -> TranscriptView:
        return self.query_one(TranscriptView)

    @property
    def reversed(self) -> list[str]:
        return [
            "".join(
                piece.text for strip in self.view._strips(row) for piece in strip if piece.style and piece.style.reverse
            )
            for row in range(len(self.rows))
        ]


async def press_at(pilot: Pilot[None], x: int, y: int) -> None:
    await pilot.mouse_down(TranscriptView, offset=(x, y))
    await pilot.pause()


# --- with keys ----------------------------------------------------------------------------------------------------


async def test_words_are_selected_over_an_interviewers_question_into_the_answer() -> None:
    app = Interview(SAID)
    async with app.run_test(size=(80, 24)) as pilot:
        view = app.view
        view.select_span(6, 12)
        for _ in range(4):
            view.select_extend("word", 1)
        await pilot.pause()
        assert view.selection == ((0, 6), (2, 7))
        assert view.selected_span() == (app.rows[0].start + 6, app.rows[2].start + 7)
        assert app.reversed[:4] == ["afraid.", "Why?", "Because", ""]
        assert view.cursor == 2
        assert app.moves[-1] == 2
        line = [strip.text for strip in view._strips(0)]
        assert "[afraid." in line[0]
        assert "]" not in line[0]
        assert "Because]" in view._strips(2)[0].text


async def test_selecting_backwards_and_moving_the_other_end() -> None:
    app = Interview(SAID)
    async with app.run_test(size=(80, 24)):
        view = app.view
        view.cursor = 2
        view.select_span(0, 7)
        view.select_anchor("word", -1)
        assert view.selection == ((1, 0), (2, 7))  # the question's mark is a step of its own, then its word
        view.select_anchor("sentence", -1)
        assert view.selection == ((0, 0), (2, 7))


async def test_whole_segments_are_selected_and_given_back() -> None:
    app = Interview(SAID)
    async with app.run_test(size=(80, 24)):
        view = app.view
        view.cursor = 1
        view.select_rows(1)
        assert view.selection == ((1, 0), (2, len(SAID[2])))
        view.select_rows(-1)
        view.select_rows(-1)
        assert view.selection == ((0, 0), (1, len(SAID[1])))
        assert view.selected_span() == (app.rows[0].start, app.rows[1].end)
        view.move(1)
        assert [view.selection, view.selected_span()] == [None, None]


async def test_a_selection_longer_than_the_window_scrolls_with_its_end() -> None:
    app = Interview(["some words are said here"] * 80)
    async with app.run_test(size=(80, 12)) as pilot:
        view = app.view
        for _ in range(70):
            view.select_rows(1)
        await pilot.pause()
        assert view.cursor == 70
        assert view._in_window(70)
        assert view.selected_span() == (app.rows[0].start, app.rows[70].end)


# --- with the mouse -----------------------------------------------------------------------------------------------


async def test_dragging_over_rows_selects_from_letter_to_letter() -> None:
    app = Interview(SAID)
    async with app.run_test(size=(80, 24)) as pilot:
        await press_at(pilot, LEFT + 6, 0)
        await pilot.hover(TranscriptView, offset=(LEFT + 6, 2))
        await pilot.mouse_up(TranscriptView, offset=(LEFT + 6, 2))
        await pilot.pause()
        assert app.view.selection == ((0, 6), (2, 7))
        await pilot.hover(TranscriptView, offset=(LEFT + 2, 4))
        assert app.view.selection == ((0, 6), (2, 7))


async def test_dragging_backwards_takes_both_letters() -> None:
    app = Interview(SAID)
    async with app.run_test(size=(80, 24)) as pilot:
        await press_at(pilot, LEFT + 2, 2)
        await pilot.hover(TranscriptView, offset=(LEFT + 2, 0))
        await pilot.pause()
        assert app.view.selection == ((0, 2), (2, 3))


async def test_a_family_of_one_character_is_taken_whole() -> None:
    app = Interview(SAID)
    async with app.run_test(size=(80, 24)) as pilot:
        for cell in (8, 9):
            await press_at(pilot, LEFT + cell, 2)
            await pilot.hover(TranscriptView, offset=(LEFT + 10, 2))
            await pilot.pause()
            assert app.view.selection == ((2, 8), (2, 14))
            await pilot.mouse_up(TranscriptView, offset=(LEFT + 10, 2))


async def test_two_clicks_take_the_word_and_three_the_segment() -> None:
    app = Interview(SAID)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.click(TranscriptView, offset=(LEFT + 8, 0), times=2)
        await pilot.pause()
        assert app.view.selection == ((0, 6), (0, 12))
        await pilot.click(TranscriptView, offset=(LEFT + 8, 2), times=3)
        await pilot.pause()
        assert app.view.selection == ((2, 0), (2, len(SAID[2])))
        await pilot.click(TranscriptView, offset=(LEFT + 30, 4))
        await pilot.pause()
        assert [app.view.selection, app.view.cursor] == [None, 4]


async def test_a_click_with_shift_extends() -> None:
    app = Interview(SAID)
    async with app.run_test(size=(80, 24)) as pilot:
        app.view.select_span(2, 5)
        await pilot.click(TranscriptView, offset=(LEFT + 2, 1), shift=True)
        await pilot.pause()
        assert app.view.selection == ((0, 2), (1, 3))


async def test_pulling_at_the_edge_scrolls_and_letting_go_stops() -> None:
    app = Interview(["some words are said here"] * 80)
    async with app.run_test(size=(80, 12)) as pilot:
        view = app.view
        await press_at(pilot, LEFT + 5, 3)
        view._pull = 1  # the mouse is below the window, where Pilot does not go
        for _ in range(20):
            view._pull_on(LEFT + 5)
        assert view.scroll_offset.y == 20
        assert view.selection == ((3, 5), (31, 6))
        await pilot.mouse_up(TranscriptView, offset=(LEFT + 5, 11))
        assert view.selection == ((3, 5), (31, 6))


@pytest.mark.parametrize("cell", range(0, 30, 3))
async def test_any_cell_is_on_a_whole_character(cell: int) -> None:
    app = Interview(SAID)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        row, start, end = app.view.hit(LEFT + cell, 3)
        assert row == 3
        assert not SAID[3][end : end + 1].startswith("\u0301")
        assert not SAID[3][start : start + 1].startswith("\u0301")
