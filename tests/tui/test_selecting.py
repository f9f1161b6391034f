"""A selection grows and shrinks over any text and any number of rows, and never cuts what a reader sees as one."""

from __future__ import annotations

from itertools import accumulate

from hypothesis import given
from hypothesis import strategies as st

from qualbench.text import clusters
from qualbench.tui.widgets.selecting import (
    Place,
    first_anchor,
    moved,
    moved_rows,
    sentences,
    tight,
    unit_at,
    whole_rows,
    words,
)

ODD = [
    "plain words", "日本語の研究。", "e\u0301tude cafe\u0301", "👩‍👩‍👧", "👍🏽", "🇬🇧🇵🇱", "❤\ufe0f", "שלום", "مرحبا",
    "क्षि", "1\ufe0f⃣", "\u0301", "\u200d", "\u3000", "\u00a0", "x" * 70, "", " ", "\n", "\r\n", "“Yes.” — no… Why?! 3.5",
]  # fmt: skip
texts = st.lists(st.one_of(st.sampled_from(ODD), st.text(max_size=6)), max_size=6).map("".join)
several = st.lists(texts, min_size=1, max_size=5)
units = st.sampled_from(["word", "character", "sentence"])
directions = st.sampled_from([1, -1])


def edges(text: str) -> set[int]:
    """Where one may cut: found by adding clusters up, independently of the code under test."""
    return {0, *accumulate(map(len, clusters(text)))}


def selected(rows: list[str], one: Place, other: Place) -> list[str]:
    held = tight(rows, one, other)
    if held is None:
        return []
    (first, start), (last, end) = held
    return [
        rows[row][start if row == first else 0 : end if row == last else len(rows[row])]
        for row in range(first, last + 1)
    ]


# --- units --------------------------------------------------------------------------------------------------------


def test_words_leave_the_punctuation_out() -> None:
    text = "Well, “yes” — I think."
    assert [text[a:b] for a, b in words(text)] == ["Well", "yes", "—", "I", "think"]


def test_sentences_end_with_their_punctuation_and_at_line_ends() -> None:
    text = "I did. “Why?” she said… 3.5 of them!\nAnd then"
    assert [text[a:b] for a, b in sentences(text)] == [
        "I did.", "“Why?”", "she said…", "3.5 of them!", "And then",
    ]  # fmt: skip
    assert [text[a:b] for text in ["研究です。はい！"] for a, b in sentences(text)] == ["研究です。", "はい！"]


def test_the_word_at_a_place() -> None:
    assert [unit_at("oh, the school", place, "word") for place in (0, 2, 5, 13)] == [(0, 2), (0, 2), (4, 7), (8, 14)]
    assert unit_at("", 0, "word") == (0, 0)


@given(texts)
def test_sentences_hold_every_visible_character_once(text: str) -> None:
    held = "".join(text[a:b] for a, b in sentences(text))
    assert "".join(held.split()) == "".join(text.split())


# --- growing and shrinking ----------------------------------------------------------------------------------------


def test_a_selection_grows_and_shrinks_by_words() -> None:
    rows = ["I was afraid, really"]
    anchor = head = (0, first_anchor(rows[0], "word", 1))
    seen = []
    for direction in (1, 1, 1, -1, -1, -1):
        head = moved(rows, anchor, head, "word", direction)
        seen.append("".join(selected(rows, anchor, head)))
    assert seen == ["I", "I was", "I was afraid", "I was", "I", ""]


def test_a_selection_grows_backwards_from_the_last_word() -> None:
    rows = ["I was afraid."]
    anchor = (0, first_anchor(rows[0], "word", -1))
    assert selected(rows, anchor, moved(rows, anchor, anchor, "word", -1)) == ["afraid"]


def test_words_go_over_the_border_and_back() -> None:
    rows = ["I was afraid.", "Why?", "", "Because of it"]
    anchor = head = (0, 6)
    seen = []
    for direction in (1, 1, 1, 1, 1, -1, -1, -1, -1, -1, -1):
        head = moved(rows, anchor, head, "word", direction)
        seen.append(selected(rows, anchor, head))
    assert seen == [
        ["afraid"], ["afraid."], ["afraid.", "Why"], ["afraid.", "Why?"], ["afraid.", "Why?", "", "Because"],
        ["afraid.", "Why?"], ["afraid.", "Why"], ["afraid."], ["afraid"], [], ["was "],
    ]  # fmt: skip


def test_sentences_go_over_the_border_in_both_directions() -> None:
    rows = ["One. Two.", "Three. Four."]
    head = moved(rows, (0, 5), (0, 5), "sentence", 1)
    assert selected(rows, (0, 5), head) == ["Two."]
    head = moved(rows, (0, 5), head, "sentence", 1)
    assert selected(rows, (0, 5), head) == ["Two.", "Three."]
    back = moved(rows, (1, 12), (1, 12), "sentence", -1)
    back = moved(rows, (1, 12), moved(rows, (1, 12), back, "sentence", -1), "sentence", -1)
    assert selected(rows, (1, 12), back) == ["Two.", "Three. Four."]


def test_characters_go_over_the_border_as_readers_see_them() -> None:
    rows = ["a👩‍👩‍👧", "e\u0301🇵🇱"]
    head, seen = (0, 1), []
    for _ in range(4):
        head = moved(rows, (0, 1), head, "character", 1)
        seen.append(selected(rows, (0, 1), head))
    assert seen == [["👩‍👩‍👧"], ["👩‍👩‍👧", "e\u0301"], ["👩‍👩‍👧", "e\u0301🇵🇱"], ["👩‍👩‍👧", "e\u0301🇵🇱"]]


def test_rows_are_taken_whole_and_given_back() -> None:
    rows = ["one", "two", "three", "four"]
    anchor = head = (1, 0)
    seen = []
    for direction in (1, 1, 1, -1, -1, -1, -1, -1):
        anchor, head = moved_rows(rows, anchor, head, direction)
        seen.append(selected(rows, anchor, head))
    assert seen == [
        ["two", "three"], ["two", "three", "four"], ["two", "three", "four"], ["two", "three"], ["two"],
        ["one", "two"], ["one", "two"], ["one", "two"],
    ]  # fmt: skip


def test_a_part_of_a_row_becomes_whole_when_rows_are_taken() -> None:
    rows = ["one two", "three"]
    assert selected(rows, *moved_rows(rows, (0, 4), (0, 7), 1)) == ["one two", "three"]


def test_a_selection_begins_and_ends_where_it_has_words() -> None:
    rows = ["one", "", "two"]
    assert tight(rows, (0, 3), (2, 2)) == ((2, 0), (2, 2))
    assert tight(rows, (2, 0), (0, 1)) == ((0, 1), (0, 3))
    assert tight(rows, (0, 3), (2, 0)) is None


# --- over any text ------------------------------------------------------------------------------------------------


@given(several, st.data())
def test_no_way_of_selecting_cuts_a_character(rows: list[str], data: st.DataObject) -> None:
    row = data.draw(st.integers(0, len(rows) - 1))
    anchor = head = (row, first_anchor(rows[row], "character", 1))
    for unit, direction in data.draw(st.lists(st.tuples(units, directions), max_size=12)):
        if data.draw(st.booleans()):
            head = moved(rows, anchor, head, unit, direction)  # type: ignore[arg-type]  # drawn from the units
        else:
            anchor = moved(rows, head, anchor, unit, direction)  # type: ignore[arg-type]  # drawn from the units
        held = tight(rows, anchor, head)
        if held is not None:
            (first, start), (last, end) = held
            assert (first, start) < (last, end)
            assert start in edges(rows[first])
            assert end in edges(rows[last])


@given(several, units)
def test_going_on_reaches_the_end_and_going_back_the_beginning(rows: list[str], unit: str) -> None:
    most = sum(map(len, rows)) + len(rows) + 1
    for anchor, direction, goal in (
        ((0, 0), 1, (len(rows) - 1, len(rows[-1]))),
        ((len(rows) - 1, len(rows[-1])), -1, (0, 0)),
    ):
        head = anchor
        for _ in range(most):
            after = moved(rows, anchor, head, unit, direction)  # type: ignore[arg-type]  # drawn from the units
            assert (after >= head) if direction > 0 else (after <= head)
            head = after
        assert head == goal


@given(several, units, st.data())
def test_shrinking_never_goes_beyond_the_end_that_stays(rows: list[str], unit: str, data: st.DataObject) -> None:
    row = data.draw(st.integers(0, len(rows) - 1))
    anchor = (row, data.draw(st.sampled_from(sorted(edges(rows[row])))))
    head = anchor
    for _ in range(data.draw(st.integers(0, 6))):
        head = moved(rows, anchor, head, unit, 1)  # type: ignore[arg-type]  # drawn from the units
    while head > anchor:
        before, head = head, moved(rows, anchor, head, unit, -1)  # type: ignore[arg-type]  # drawn from the units
        assert anchor <= head < before


@given(several, st.data())
def test_whole_rows_are_whole_whichever_comes_first(rows: list[str], data: st.DataObject) -> None:
    one, other = (data.draw(st.integers(0, len(rows) - 1)) for _ in range(2))
    held = "".join(selected(rows, *whole_rows(rows, one, other)))
    assert held == "".join(rows[min(one, other) : max(one, other) + 1])
