"""Lines break between words, never inside what a reader sees as one character, and nothing is lost."""

from itertools import accumulate, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from qualbench.text import clusters, shown
from qualbench.tui.widgets import heights
from qualbench.tui.widgets.heights import Heights
from qualbench.tui.widgets.wrap import HANGING, HeightIndex, simple, wrap_offsets

ODD = [
    "plain words only here", "日本語の研究 and more", "e\u0301tude cafe\u0301", "👩‍👩‍👧", "👍🏽", "🇬🇧🇵🇱",
    "❤\ufe0f", "שלום", "مرحبا", "क्षि", "1\ufe0f⃣", "\u0301", "\u200d", "\x1b", "\u3000", "\u00a0",
    "x" * 70, "", " ", "   ", "\n", "“curly” — quotes…", "[/x]",
]  # fmt: skip
texts = st.lists(st.one_of(st.sampled_from(ODD), st.text(max_size=8)), max_size=12).map("".join)


def rows(text: str, width: int) -> list[str]:
    return [text[a:b] for a, b in pairwise([0, *wrap_offsets(text, width), len(text)])]


@given(texts, st.integers(1, 90))
def test_the_lines_are_the_text_and_none_is_too_wide(raw: str, width: int) -> None:
    text = shown(raw)
    lines = rows(text, width)
    assert "".join(lines) == text
    assert all(lines) or not text
    for line in lines:
        seen = line.rstrip(HANGING)
        assert cell_len(seen) <= width or len(clusters(seen)) == 1


@given(texts, st.integers(1, 90))
def test_no_line_begins_inside_a_character(raw: str, width: int) -> None:
    text = shown(raw)
    edges = set(accumulate(map(len, clusters(text))))
    assert set(wrap_offsets(text, width)) <= edges


def test_lines_are_filled_word_by_word() -> None:
    assert rows("I said yes, and then no", 8) == ["I said ", "yes, and ", "then no"]
    assert rows("I said “no”, she said “oh”", 9) == ["I said ", "“no”, she ", "said “oh”"]


def test_wide_text_is_measured_in_cells() -> None:
    assert rows("日本語の研究", 5) == ["日本", "語の", "研究"]


def test_a_word_longer_than_the_line_is_cut() -> None:
    assert rows("aa " + "b" * 10 + " c", 4) == ["aa ", "bbbb", "bbbb", "bb c"]


def test_a_line_end_in_the_text_ends_the_line() -> None:
    assert rows(shown("one\ntwo three\n\nfour"), 40) == ["one␊", "two three␊", "␊", "four"]


def test_simple_characters_take_one_cell_each() -> None:
    odd = [hex(code) for code in range(0x20, 0x3000) if simple(chr(code)) and cell_len(chr(code)) != 1]
    assert odd == []


def test_ten_thousand_characters_without_a_blank() -> None:
    assert [len(line) for line in rows("x" * 10_000, 60)] == [60] * 166 + [40]


def test_the_height_index_finds_the_row_of_every_line() -> None:
    index = HeightIndex([1, 3, 2])
    assert [index.at(line) for line in range(6)] == [(0, 0), (1, 0), (1, 1), (1, 2), (2, 0), (2, 1)]
    assert (index.total, index.at(-5), index.at(99)) == (6, (0, 0), (2, 1))


def test_a_changed_height_counts_after_rebuilding() -> None:
    index = HeightIndex([1, 1])
    index.change([(0, 4)])
    assert (index.total, index.at(3), index.at(4)) == (5, (0, 3), (1, 0))


@given(st.lists(st.integers(1, 4), min_size=1, max_size=700), st.data())
def test_a_long_index_finds_lines_as_counting_does(heights_: list[int], data: st.DataObject) -> None:
    index, some = HeightIndex(heights_), list(heights_)
    for row, height in data.draw(st.dictionaries(st.integers(0, len(some) - 1), st.integers(1, 9), max_size=5)).items():
        index.change([(row, height)])
        some[row] = height
    lines = [(row, number) for row, height in enumerate(some) for number in range(height)]
    line = data.draw(st.integers(0, len(lines) - 1))
    assert index.at(line) == lines[line]
    assert index.total == len(lines)
    row = data.draw(st.integers(0, len(some)))
    assert index.top(row) == sum(some[:row])


def test_estimated_heights_become_exact_where_they_are_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    some = ["word " * (n % 40) for n in range(300)]
    exact = Heights(some, 30)
    monkeypatch.setattr(heights, "EXACT_ROWS", 10)
    guessed = Heights(some, 30)
    assert guessed.heights != exact.heights
    assert guessed.settle(150, 60)
    assert guessed.heights[140:160] == exact.heights[140:160]
    assert not guessed.settle(150, 60)
    assert guessed.total == sum(guessed.heights)


@given(texts, st.integers(2, 60))
def test_a_row_is_as_high_as_it_has_lines(text: str, width: int) -> None:
    assert Heights([text], width).heights == [len(rows(shown(text), width))]
