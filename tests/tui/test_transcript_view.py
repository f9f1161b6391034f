"""A transcript of any size and with anything in it is shown whole, stays in its place and harms no terminal."""

import gc
import weakref
from time import process_time
from typing import ClassVar

import pytest
from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.app import App, ComposeResult
from textual.binding import Binding, BindingType
from textual.geometry import Region
from textual.scroll_view import ScrollView

from qualbench.tui.widgets.stripes import Line
from qualbench.tui.widgets.transcript import Mark, Row, TranscriptView

HOSTILE = [
    "\x1b[2J cleared", "\x1b]52;c;ZXZpbA==\x07 clipboard", "NUL \x00 here", "C1 \x9b31m \x85 here",
    "a \u202egnp.exe\u202c b", "שלום mixed مرحبا", "👩‍👩‍👧 family 🇬🇧 👍🏽", "[laughs] and [/x] and [red]",
    "tab\there", "two\nlines", "", "lone \ud800 surrogate", "e\u0301tude", "日本語の研究 " * 30, "x" * 10_000,
]  # fmt: skip
SIZES = [(80, 24), (140, 45), (60, 10), (30, 8), (9, 4)]


def row(text: str, *marks: tuple[int, int, str], **more: object) -> Row:
    made = tuple(Mark(start, end, key, f"Label of {key}") for start, end, key in marks)
    given = {"speaker": "P07", "first_of_turn": True, "counts": True} | more
    return Row(0, len(text), text, marks=made, **given)  # type: ignore[arg-type]  # fields of a Row by name


def many(count: int) -> list[Row]:
    said = "when people first came to the clinic nobody asked them what they needed or “why” they came — so"
    words = said.split(" ")
    return [row(" ".join(words[n % 7 :] * (1 + n % 4)), speaker=f"P{n % 3}") for n in range(count)]


class One(App[None]):
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("j,down", "go(1)"),
        Binding("k,up", "go(-1)"),
        Binding("pagedown", "leaf(1)"),
        Binding("enter", "choose"),
    ]

    def __init__(self, rows: list[Row], cursor: int = 0) -> None:
        super().__init__()
        self.rows, self.start = rows, cursor
        self.news: list[tuple[str, int]] = []

    def compose(self) -> ComposeResult:
        yield TranscriptView(id="view")

    def on_mount(self) -> None:
        self.view.load(self.rows, self.start)
        self.view.focus()

    @property
    def view(self) -> TranscriptView:
        return self.query_one(TranscriptView)

    def action_go(self, steps: int) -> None:
        self.view.move(steps)

    def action_leaf(self, pages: int) -> None:
        self.view.page(pages)

    def action_choose(self) -> None:
        self.view.choose()

    def on_transcript_view_moved(self, message: TranscriptView.Moved) -> None:
        self.news.append(("moved", message.index))

    def on_transcript_view_chosen(self, message: TranscriptView.Chosen) -> None:
        self.news.append(("chosen", message.index))

    def lines(self) -> list[str]:
        return ["".join(piece.text for piece in line) for line in self.screen._compositor.render_strips()]


def style_of(app: One, word: str) -> Style:
    styles = (piece.style for line in app.screen._compositor.render_strips() for piece in line if word in piece.text)
    style = next(styles)
    assert style
    return style


# --- what is drawn ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("size", SIZES)
async def test_hostile_text_is_shown_whole_and_no_control_character_is_drawn(size: tuple[int, int]) -> None:
    app = One([row(text, (0, 3, "A1"), (2, 9, "\x1bB"), speaker="\x1b[31m[b]") for text in HOSTILE])
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        view = app.view
        view.select_extend("character", 1)
        for number, text in enumerate(HOSTILE):
            strips = view._strips(number)
            drawn = "".join(piece.text for strip in strips for piece in strip)
            assert not [
                char for char in drawn if ord(char) < 32 or 127 <= ord(char) < 160 or 0xD800 <= ord(char) < 0xE000
            ]
            assert not set(drawn) & set("\u202e\u202c")
            if size[0] >= 80:
                assert all(
                    word in drawn for word in text.split() if word.isalpha() and word.isascii() and len(word) < 20
                )
            for strip in strips:
                assert (
                    strip.cell_length
                    == sum(cell_len(piece.text) for piece in strip)
                    == view.scrollable_content_region.width
                )
            assert len(strips) == view._heights.heights[number]


async def test_brackets_are_text() -> None:
    app = One([row("she [laughs] and [/x] said")])
    async with app.run_test() as pilot:
        await pilot.pause()
        assert "she [laughs] and [/x] said" in app.lines()[0]


async def test_the_left_column_tells_the_state_without_colour() -> None:
    rows = [
        row("here"), row("coded", (0, 5, "A1"), state="coded"), row("none", state="nothing"), row("Why?", counts=False),
        row("open"), row("apart", state="coded", differs=True), row("noted", memo=True),
    ]  # fmt: skip
    app = One(rows)
    async with app.run_test() as pilot:
        await pilot.pause()
        assert [line[:3] for line in app.lines()[:7]] == ["▸  ", " ✓ ", " ∅ ", " · ", "   ", " ≠ ", "  ✎"]


async def test_the_speaker_stands_on_the_first_row_of_a_turn_only() -> None:
    app = One([row("one", speaker="Interviewer 1"), row("two", speaker="Interviewer 1", first_of_turn=False)])
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert app.lines()[0].startswith("▸  Inter… one")
        assert app.lines()[1].startswith("          two")
        await pilot.resize_terminal(140, 45)
        await pilot.pause()
        assert app.lines()[0].startswith("▸  Interviewer 1 one")


async def test_interviewers_are_dimmed() -> None:
    app = One([row("first"), row("question", counts=False), row("answer")])
    async with app.run_test() as pilot:
        await pilot.pause()
        question, answer = style_of(app, "question"), style_of(app, "answer")
        assert question.color != answer.color or question.dim


async def test_one_code_underlines_and_two_underline_twice() -> None:
    app = One([row("above"), row("plain single double", (6, 19, "A1"), (13, 19, "B2"))])
    async with app.run_test() as pilot:
        await pilot.pause()
        plain, single, double = (style_of(app, word) for word in ("plain", "single", "double"))
        assert (plain.underline, single.underline, single.underline2) == (None, True, None)
        assert (double.underline2, double.bold) == (True, True)


async def test_each_code_shows_its_key_where_it_begins_and_a_stripe_as_long_as_it_goes_on() -> None:
    text = "word " * 40
    app = One([row(text, (0, 200, "A1"), (0, 10, "B12"), (130, 200, "C3"))])
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        lanes = [line[-10:-1] for line in app.lines()[:4]]
        assert [lane.split() for lane in lanes] == [["A1", "B12"], ["┃"], ["┃", "C3"], ["╹", "╹"]]


async def test_more_codes_than_lanes_are_counted() -> None:
    app = One([row("all of it", *((0, 9, f"K{n}") for n in range(7)))])
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert app.lines()[0].rstrip().endswith("K0K1K2+4")
        await pilot.resize_terminal(100, 24)
        await pilot.pause()
        assert app.lines()[0].rstrip().endswith("K0 K1 K2 +4")


async def test_a_wide_terminal_shows_labels_beside_the_first_row() -> None:
    app = One([row("said", (0, 4, "A1"), (0, 2, "B2"), (1, 2, "B2"))])
    async with app.run_test(size=(140, 45)) as pilot:
        await pilot.pause()
        assert "Label of A1 · Label of B2 " in app.lines()[0]
        await pilot.resize_terminal(105, 45)
        await pilot.pause()
        assert "Label" not in app.lines()[0]


async def test_sixty_cells_of_text_at_eighty_columns() -> None:
    app = One([row("x" * 60)])
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert "x" * 60 in app.lines()[0]


async def test_an_empty_transcript_says_so() -> None:
    app = One([])
    async with app.run_test() as pilot:
        await pilot.press("j", "k", "pagedown", "enter")
        app.view.select_extend("word", 1)
        app.view.to_last()
        await pilot.resize_terminal(60, 10)
        await pilot.pause()
        assert app.lines()[0].strip() == "There is no text here yet."
        assert (app.view.cursor, app.news, app.view.selection) == (0, [], None)


@pytest.mark.parametrize("size", SIZES)
async def test_textuals_own_way_draws_the_same(size: tuple[int, int]) -> None:
    app = One([*many(20), *(row(text, (0, 5, "A1")) for text in HOSTILE)])
    async with app.run_test(size=size) as pilot:
        await pilot.press("j", "j")
        for _ in range(4):
            crop = Region(0, 0, *app.view.scrollable_content_region.size)
            own, textual = app.view.render_lines(crop), ScrollView.render_lines(app.view, crop)
            assert [strip.text for strip in own] == [strip.text for strip in textual]
            await pilot.press("pagedown")


async def test_the_same_lines_are_given_to_every_frame() -> None:
    app = One(many(50))
    async with app.run_test() as pilot:
        await pilot.pause()
        crop = Region(0, 0, *app.view.size)
        assert all(a is b for a, b in zip(app.view.render_lines(crop), app.view.render_lines(crop), strict=True))


async def test_no_colour_when_none_is_wanted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    app = One([row("plain double", (6, 12, "A1"), (6, 12, "B2"))])
    async with app.run_test() as pilot:
        await pilot.pause()
        for piece in (piece for strip in app.view._strips(0) for piece in strip):
            for color in (piece.style.color, piece.style.bgcolor) if piece.style else ():
                assert color is None or color.triplet is None or len(set(color.triplet)) == 1
        assert app.lines()[0].startswith("▸")


def test_a_line_frees_itself_without_the_collector() -> None:
    class Probe(Line):
        __slots__ = ("__weakref__",)

    gc.disable()
    try:
        line = Probe([Segment("abc")], 3)
        assert line.divide([3]) == [line]
        assert [part.text for part in line.divide([1, 3])] == ["a", "bc"]
        gone = weakref.ref(line)
        del line
        assert gone() is None
    finally:
        gc.enable()


# --- moving -------------------------------------------------------------------------------------------------------


async def test_moving_tells_the_screen_and_stops_at_both_ends() -> None:
    app = One(many(3))
    async with app.run_test() as pilot:
        await pilot.press("k", "j", "j", "j", "enter")
        await pilot.pause()
        assert app.news == [("moved", 1), ("moved", 2), ("chosen", 2)]


async def test_only_one_row() -> None:
    app = One([row("alone")])
    async with app.run_test() as pilot:
        await pilot.press("j", "pagedown", "k")
        app.view.to_last()
        await pilot.pause()
        assert (app.view.cursor, app.news) == (0, [])


async def test_the_first_the_last_and_whole_pages() -> None:
    app = One(many(200))
    async with app.run_test(size=(80, 24)) as pilot:
        view = app.view
        await pilot.press("pagedown")
        assert view.cursor > 3
        for _ in range(60):
            view.page(1)
        assert view.cursor == 199
        view.to_first()
        assert (view.cursor, view.scroll_offset.y) == (0, 0)
        view.to_last()
        assert (view.cursor, view.scroll_offset.y) == (199, view.max_scroll_y)
        for _ in range(60):
            view.page(-1)
        assert (view.cursor, view.scroll_offset.y) == (0, 0)


async def test_the_cursor_is_always_in_the_window() -> None:
    app = One(many(100))
    async with app.run_test(size=(80, 12)) as pilot:
        view = app.view
        for steps in (1, 1, 1, 30, 1, -1, -20, 1, 60, -90):
            view.move(steps)
            await pilot.pause()
            assert any(line.startswith("▸") for line in app.lines())


async def test_a_segment_taller_than_the_window_is_read_line_by_line() -> None:
    tall = " ".join(f"w{n:03}" for n in range(300))
    app = One([row("before"), row(tall), row("after")])
    async with app.run_test(size=(80, 10)) as pilot:
        view, seen = app.view, set()
        view.move(1)
        for _ in range(200):
            await pilot.pause(0)
            seen |= {word for line in app.lines() for word in line.split() if word.startswith("w")}
            if view.cursor == 2:
                break
            view.move(1)
        assert view.cursor == 2
        assert len(seen) == 300
        view.move(-1)
        await pilot.pause()
        assert "w299" in "".join(app.lines())
        view.move(-1)
        assert view.cursor == 1


async def test_loading_begins_where_the_coder_left_off() -> None:
    app = One(many(100), cursor=60)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        line = next(number for number, line in enumerate(app.lines()) if line.startswith("▸"))
        assert 0 < line < 20
        app.view.load(many(5), cursor=50)
        await pilot.pause()
        assert (app.view.cursor, app.news) == (4, [])


async def test_resizing_keeps_the_place() -> None:
    app = One(many(300))
    async with app.run_test(size=(140, 30)) as pilot:
        view = app.view
        for _ in range(8):
            view.page(1)
        view.scroll_to(y=view.scroll_offset.y + 1, animate=False)
        top = view._heights.at(view.scroll_offset.y)[0]
        for size in ((80, 24), (60, 12), (140, 30)):
            await pilot.resize_terminal(*size)
            await pilot.pause()
            assert abs(view._heights.at(view.scroll_offset.y)[0] - top) <= 1
            assert any(line.startswith("▸") for line in app.lines())


async def test_a_click_takes_the_cursor_along() -> None:
    app = One(many(30))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.click(TranscriptView, offset=(20, 9))
        assert app.lines()[app.view._heights.top(app.view.cursor) - app.view.scroll_offset.y].startswith("▸")
        assert app.view.cursor > 0


async def test_screen_readers_are_led_to_the_cursor() -> None:
    app = One(many(30))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("j")
        await pilot.pause()
        x, y = app.cursor_position
        assert app.lines()[y].startswith("▸")
        assert app.lines()[y][x:].startswith(app.rows[1].text[:10])


async def test_a_changed_row_is_drawn_again() -> None:
    rows = [row("one"), row("two"), row("three")]
    app = One(rows)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        untouched = app.view._strips(2)
        rows[1] = row("two", (0, 3, "A1"), state="coded")
        app.view.redraw(1, 2)
        await pilot.pause()
        assert app.lines()[1].startswith(" ✓ P07")
        assert "A1" in app.lines()[1]
        assert app.view._strips(2) is untouched
        rows[1] = row("two", (0, 3, "A123"), state="coded")
        app.view.redraw(1, 2)
        await pilot.pause()
        assert "A123" in app.lines()[1]


async def test_a_view_that_is_hidden_takes_new_rows_and_shows_them_later() -> None:
    app = One(many(50), cursor=20)
    rows = [row("one"), row("another text " * 20), row("three")]
    async with app.run_test(size=(80, 24)) as pilot:
        app.view.display = False
        await pilot.pause()
        app.view.load(rows, cursor=2)
        rows[0] = row("one", (0, 3, "A123"), state="coded")
        app.view.redraw(0, 1)
        app.view.move(-1)
        app.view.display = True
        await pilot.pause()
        assert any(line.startswith("▸") and "another text" in line for line in app.lines())


# --- huge transcripts ---------------------------------------------------------------------------------------------


async def test_a_hundred_thousand_rows_are_there_within_a_second_and_exact_where_they_are_seen() -> None:
    rows = many(100_000)
    app = One([])
    async with app.run_test(size=(80, 24)) as pilot:
        view = app.view
        began = process_time()
        view.load(rows, 50_000)
        view.render_lines(Region(0, 0, *view.size))
        assert process_time() - began < 1
        for step in (1, 30_000, -70_000, 10**9, 1, -1):
            view.move(step)
            await pilot.pause()
            assert any(line.startswith("▸") for line in app.lines())
            first = view.scroll_offset.y
            for line in range(first, first + view.size.height):
                number = view._heights.at(line)[0]
                assert len(view._strips(number)) == view._heights.heights[number]
        assert view.cursor == 99_998


# --- a selection --------------------------------------------------------------------------------------------------


async def test_words_are_selected_between_brackets_without_moving_the_text() -> None:
    app = One([row("I was afraid of it, really")])
    async with app.run_test(size=(80, 24)) as pilot:
        view = app.view
        await pilot.pause()
        before = app.lines()[0]
        for _ in range(3):
            view.select_extend("word", 1)
        view.select_anchor("word", 1)
        view.select_anchor("word", 1)
        await pilot.pause()
        assert view.selection == ((0, 6), (0, 12))
        assert app.lines()[0] == before.replace(" afraid ", "[afraid]")
        assert style_of(app, "afraid").reverse
        view.select_clear()
        await pilot.pause()
        assert app.lines()[0] == before


async def test_a_selection_ends_with_the_segment_it_is_in() -> None:
    app = One(many(3))
    async with app.run_test() as pilot:
        app.view.select_extend("word", 1)
        assert app.view.selection is not None
        await pilot.press("j")
        assert app.view.selection is None


async def test_characters_are_selected_as_readers_see_them() -> None:
    app = One([row("👩‍👩‍👧e\u0301x")])
    async with app.run_test():
        view, seen = app.view, []
        for direction in (1, 1, 1, -1, -1, -1):
            view.select_extend("character", direction)
            seen.append(view.selection)
        assert seen == [((0, 0), (0, end)) if end else None for end in (5, 7, 8, 7, 5, 0)]


async def test_a_selection_over_several_lines_is_reversed_on_each() -> None:
    app = One([row("word " * 30)])
    async with app.run_test(size=(80, 24)) as pilot:
        for _ in range(30):
            app.view.select_extend("word", 1)
        await pilot.pause()
        reversed_ = [
            piece.text for strip in app.view._strips(0) for piece in strip if piece.style and piece.style.reverse
        ]
        assert "".join(reversed_).count("word") == 30
        assert app.lines()[0][9] == "["


def test_no_base_class_name_is_shadowed_by_accident() -> None:
    class Bare(ScrollView):
        """What Textual itself puts into every subclass."""

    meant = {
        "ALLOW_SELECT",
        "COMPONENT_CLASSES",
        "DEFAULT_CSS",
        "render_line",
        "render_lines",
        "notify_style_update",
        "watch_scroll_y",
    }
    own = set().union(*(vars(cls) for cls in TranscriptView.__mro__ if cls.__module__.startswith("qualbench")))
    own = {name for name in own if not name.startswith("__")}
    assert not {name for name in own if hasattr(ScrollView, name)} - set(vars(Bare)) - meant
    base = ScrollView()
    assert not (set(vars(TranscriptView())) - set(vars(base))) & set(dir(base))
