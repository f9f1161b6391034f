"""Cutting turns into segments: by turn, by paragraph, by sentence."""

import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualbench.model import SegmentRule, Turn
from qualbench.steps.segment import cut

TEXT = "I: How did you sleep?\nP1: Badly. I saw Dr. Smith at 5 p.m. on Monday.\nHe listened!\n\nThat was new\nI:\n"
LAST = TEXT.rindex("I:")
TURNS = (Turn(0, 3, 21, 0), Turn(22, 26, LAST - 1, 1), Turn(LAST, LAST + 2, LAST + 2, 0))


def words(rule: SegmentRule) -> list[str]:
    return [TEXT[segment.start : segment.end] for segment in cut(TEXT, TURNS, rule)]


def test_one_segment_for_each_turn_that_has_words() -> None:
    segments = cut(TEXT, TURNS, SegmentRule.TURN)
    assert [(segment.start, segment.end, segment.turn) for segment in segments] == [(3, 21, 0), (26, LAST - 1, 1)]


def test_paragraphs_are_the_lines_that_are_not_blank() -> None:
    assert words(SegmentRule.PARAGRAPH) == [
        "How did you sleep?",
        "Badly. I saw Dr. Smith at 5 p.m. on Monday.",
        "He listened!",
        "That was new",
    ]


def test_sentences_stay_inside_their_turn_and_know_abbreviations() -> None:
    assert words(SegmentRule.SENTENCE) == [
        "How did you sleep?",
        "Badly.",
        "I saw Dr. Smith at 5 p.m. on Monday.",
        "He listened!",
        "That was new",
    ]


def test_a_line_end_inside_a_sentence_does_not_end_it() -> None:
    text = "It was hard\nto sleep. Then it got better."
    segments = cut(text, [Turn(0, 0, len(text), -1)], SegmentRule.SENTENCE)
    assert [text[s.start : s.end] for s in segments] == ["It was hard\nto sleep.", "Then it got better."]


PIECES = st.sampled_from(
    [" ", "\n", "\n\n", "\t", "\u2028", "\u00a0", ".", "?", "...", "Dr. ", "I was. ", "“", "😀", "é", "ok", "(", "1.5"]
)
BODIES = st.lists(PIECES, max_size=25).map("".join)


@given(st.lists(st.tuples(BODIES, BODIES), max_size=5), st.sampled_from(SegmentRule))
def test_every_word_is_in_exactly_one_segment(parts: list[tuple[str, str]], rule: SegmentRule) -> None:
    text, turns = "", []
    for between, body in parts:
        start = len(text) + len(between)
        text += between + body
        turns.append(Turn(start, start, len(text), -1))
    segments = cut(text, turns, rule)
    assert all(one.end <= two.start for one, two in pairwise(segments))
    assert all(text[s.start : s.end].strip() == text[s.start : s.end] != "" for s in segments)
    assert all(turns[s.turn].body <= s.start < s.end <= turns[s.turn].end for s in segments)
    covered = {at for s in segments for at in range(s.start, s.end)}
    spoken = {at for turn in turns for at in range(turn.body, turn.end) if not text[at].isspace()}
    assert spoken <= covered


@pytest.mark.parametrize("junk", ["(" * 50_000, "'s" * 25_000, "a." * 25_000, "http://" * 7_000])
def test_a_word_without_end_takes_no_time(junk: str) -> None:
    text = f"Before. {junk} after. The end."
    began = time.perf_counter()
    segments = cut(text, [Turn(0, 0, len(text), -1)], SegmentRule.SENTENCE)
    assert time.perf_counter() - began < 2
    assert [text[s.start : s.end] for s in (segments[0], segments[-1])] == ["Before.", "The end."]
