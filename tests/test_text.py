"""Interview text as it may be shown: no control character gets through, and no offset moves."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualbench.errors import Problem, QualbenchError
from qualbench.text import canonical, clusters, excerpt, folded, shown, shown_lines, snap

TRICKY = "a\u0301\u0323\u200d🙂🏽👩\u200d👩\u200d👧\ufe0f🇩🇪🇫\r\n\x00\x1b[]\u202e\u2028\u2029\ufeff\ud800 ‮\U000e0067"
texts = st.text(st.sampled_from(TRICKY) | st.characters(), max_size=40)

BIDI = {"\u061c", "\u200e", "\u200f", *map(chr, range(0x202A, 0x202F)), *map(chr, range(0x2066, 0x206A))}
"""The characters that turn the direction of a line, from Unicode's Bidi_Control property."""


@given(texts)
def test_what_is_shown_has_the_length_of_the_text_and_drives_no_terminal(text: str) -> None:
    safe = shown(text)
    assert len(safe) == len(text)
    assert not [one for one in safe if unicodedata.category(one) in ("Cc", "Cs", "Zl", "Zp") or one in BIDI]
    assert shown(safe) == safe


@given(texts)
def test_every_other_character_is_shown_as_it_is(text: str) -> None:
    harmless = [one for one in text if unicodedata.category(one) not in ("Cc", "Cs", "Zl", "Zp") and one not in BIDI]
    assert shown("".join(harmless)) == "".join(harmless)


@pytest.mark.parametrize(
    ("hostile", "seen"),
    [
        ("\x1b[2J\x1b]0;owned\x07", "␛[2J␛]0;owned␇"),
        ("\x1b]52;c;eA==\x1b\\", "␛]52;c;eA==␛\\"),
        ("a\x00b\x7fc", "a␀b␡c"),
        ("\x9b31m\x90q", "\ufffd31m\ufffdq"),
        ("tab\there\nline", "tab here␊line"),
        ("a\u202eb\u2069c\u200fd", "a\ufffdb\ufffdc\ufffdd"),
        ("[laughs] [/x] [bold]", "[laughs] [/x] [bold]"),
        ("half \ud83d of a pair", "half \ufffd of a pair"),
    ],
)
def test_hostile_text_is_seen_and_does_nothing(hostile: str, seen: str) -> None:
    assert shown(hostile) == seen


@given(texts)
def test_lines_stay_lines(text: str) -> None:
    assert shown_lines(text).count("\n") == text.count("\n")
    assert shown_lines(text).split("\n") == [shown(line) for line in text.split("\n")]


def test_every_sentence_of_an_error_is_safe_to_print() -> None:
    error = QualbenchError("no \x1b[31m here", "nor \x07 there")
    assert str(error) == "no ␛[31m here nor ␇ there"
    assert str(Problem("a\x1b.txt", 3, "b\x00")) == "a␛.txt, line 3: b␀"


# --- clusters --------------------------------------------------------------------------------------------------


@given(texts)
def test_clusters_join_to_the_text(text: str) -> None:
    assert "".join(clusters(text)) == text
    assert all(clusters(text))


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("", 0),
        ("abc", 3),
        ("e\u0301", 1),
        ("n\u0303o\u0308\u0323", 2),
        ("👩\u200d👩\u200d👧", 1),
        ("👍🏽", 1),
        ("❤\ufe0f", 1),
        ("🇩🇪🇫🇷", 2),
        ("a\r\nb", 3),
        ("की", 1),
        ("שָׁ", 1),
        ("🏴\U000e0067\U000e0062\U000e007f", 1),
        ("[laughs]", 8),
    ],
)
def test_a_cluster_is_what_a_reader_sees_as_one_character(text: str, count: int) -> None:
    assert len(clusters(text)) == count


def borders(text: str) -> list[int]:
    found = [0]
    for cluster in clusters(text):
        found.append(found[-1] + len(cluster))
    return found


@given(texts, st.data())
def test_snapping_widens_as_little_as_cuts_no_cluster(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    low, high = snap(text, start, end)
    allowed = borders(text)
    assert low == max(at for at in allowed if at <= start)
    assert high == min(at for at in allowed if at >= end)
    assert snap(text, low, high) == (low, high)


def test_a_selection_that_ends_inside_a_family_takes_the_whole_family() -> None:
    text = "We are 👩\u200d👩\u200d👧."
    assert snap(text, 0, 9) == (0, 12)
    assert snap(text, 8, 13) == (7, 13)
    assert snap(text, 9, 10) == (7, 12)


# --- canonical, folded, excerpt --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("raw", "sealed"),
    [
        ("\ufeffa\r\nb\rc\n", "a\nb\nc\n"),
        ("\r\r\n\n", "\n\n\n"),
        ("e\u0301 and é stay two spellings", "e\u0301 and é stay two spellings"),
        ("in\ufeffside", "in\ufeffside"),
        ("a\u2028b\x0bc\x85d", "a\u2028b\x0bc\x85d"),
        (" trailing \t\n", " trailing \t\n"),
    ],
)
def test_canonical_text_has_line_feeds_and_is_otherwise_untouched(raw: str, sealed: str) -> None:
    assert canonical(raw) == sealed


@given(st.text(st.characters(exclude_characters="\ufeff\r")))
def test_text_without_marks_and_returns_is_canonical(text: str) -> None:
    assert canonical(text) == text


@given(texts)
def test_canonical_text_holds_no_return(text: str) -> None:
    assert "\r" not in canonical(text)
    assert canonical(text.replace("\n", "\r\n")) == canonical(text.replace("\n", "\r"))


@pytest.mark.parametrize(
    ("text", "same"), [("ÉTÉ", "ete"), ("Straße", "STRASSE"), ("  a \n b ", "a b"), ("ﬁne", "FINE")]
)
def test_folded_text_is_found_however_it_is_typed(text: str, same: str) -> None:
    assert folded(text) == folded(same)


@given(texts, st.integers(1, 30))
def test_an_excerpt_is_one_safe_line_of_its_width(text: str, width: int) -> None:
    line = excerpt(text, width)
    assert len(line) <= width
    assert line == shown(line)
    assert "\n" not in line


def test_an_excerpt_says_that_there_is_more() -> None:
    assert excerpt("one two three", 8) == "one two…"
    assert excerpt("one two", 8) == "one two"
