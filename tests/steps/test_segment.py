"""Cutting turns into segments: by turn, by paragraph, by sentence, by exchange, and by hand."""

import time
from collections.abc import Sequence
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualbench.model import Role, Segment, SegmentRule, Speaker, Transcript, Turn
from qualbench.steps.segment import NotCut, aside, cut, merge, split

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
    cut("Hm.", [Turn(0, 0, 3, -1)], SegmentRule.SENTENCE)  # what cuts is loaded once, and that takes its time
    began = time.process_time()
    segments = cut(text, [Turn(0, 0, len(text), -1)], SegmentRule.SENTENCE)
    assert time.process_time() - began < 2
    assert [text[s.start : s.end] for s in (segments[0], segments[-1])] == ["Before.", "The end."]


# --- exchanges -------------------------------------------------------------------------------------------------

PEOPLE = (
    Speaker("I", Role.INTERVIEWER),
    Speaker("P1", Role.PARTICIPANT),
    Speaker("P2", Role.PARTICIPANT),
    Speaker("T", Role.OTHER),
)
"""An interviewer, two participants, and a translator."""


def interview(
    lines: Sequence[str], rule: SegmentRule = SegmentRule.EXCHANGE, people: Sequence[Speaker] = PEOPLE
) -> Transcript:
    """Lines such as `P1: Yes.`, a turn each; a line without a known label is nobody's turn."""
    labels = [person.label for person in people]
    text, turns = "\n".join(lines), []
    start = 0
    for line in lines:
        label, colon, _ = line.partition(":")
        known = bool(colon) and label in labels
        body = min(start + (len(label) + 2 if known else 0), start + len(line))
        turns.append(Turn(start, body, start + len(line), labels.index(label) if known else -1))
        start += len(line) + 1
    segments = cut(text, turns, rule, *aside(people))
    return Transcript("t", "t", text, tuple(turns), tuple(people), segments, rule)


def blocks(talk: Transcript) -> list[tuple[str, str, bool]]:
    """Each segment's words, whose it is, and whether it counts."""
    speakers = [talk.speaker_of(segment.turn) for segment in talk.segments]
    return [
        (talk.text[segment.start : segment.end], speaker.label if speaker else "", talk.counts(segment))
        for segment, speaker in zip(talk.segments, speakers, strict=True)
    ]


def test_a_question_with_its_answer_is_one_block_that_counts_as_the_participants() -> None:
    talk = interview(["I: How?", "P1: Badly.", "I: Why?", "I: Or when?", "P1: At night.", "P1: Late."])
    assert blocks(talk) == [
        ("How?\nP1: Badly.", "P1", True),
        ("Why?\nI: Or when?\nP1: At night.\nP1: Late.", "P1", True),
    ]
    assert [segment.turn for segment in talk.segments] == [1, 4]


def test_all_answers_of_a_focus_group_up_to_the_next_question_are_one_block() -> None:
    talk = interview(["I: How?", "P2: Badly.", "P1: Well.", "P2: No.", "I: So?", "P1: Yes."])
    assert blocks(talk) == [("How?\nP2: Badly.\nP1: Well.\nP2: No.", "P2", True), ("So?\nP1: Yes.", "P1", True)]


def test_what_nobody_answers_is_the_interviewers_and_does_not_count() -> None:
    talk = interview(["I: How?", "P1: Badly.", "I: Thank you.", "I: Goodbye."])
    assert blocks(talk)[1] == ("Thank you.\nI: Goodbye.", "I", False)
    assert blocks(interview(["I: How?", "T: She does not know.", "I: So?", "T: Well:", "P1: Yes."])) == [
        ("How?\nT: She does not know.", "I", False),
        ("So?\nT: Well:\nP1: Yes.", "P1", True),
    ]


def test_turns_before_the_first_question_are_blocks_of_their_own() -> None:
    talk = interview(["P1: Hello.", "P2: Hello.", "Somebody came in.", "I: How?", "Murmurs."])
    assert blocks(talk) == [
        ("Hello.", "P1", True),
        ("Hello.", "P2", True),
        ("Somebody came in.", "", True),
        ("How?\nMurmurs.", "", True),
    ]


def test_where_nobody_asks_each_turn_is_an_exchange() -> None:
    lines = ["P1: Hello.", "P2: Hello.", "P1: Yes."]
    talk = interview(lines)
    assert talk.segments == interview(lines, SegmentRule.TURN).segments
    assert cut(talk.text, talk.turns, SegmentRule.EXCHANGE) == talk.segments


def test_a_turn_without_words_is_no_question() -> None:
    assert [words for words, _, _ in blocks(interview(["I: How?", "P1: So.", "I:", "P1: And so."]))] == [
        "How?\nP1: So.\nI:\nP1: And so."
    ]


# --- by hand ---------------------------------------------------------------------------------------------------


def after(talk: Transcript, segments: tuple[Segment, ...]) -> list[tuple[str, str, bool]]:
    return blocks(Transcript("t", "t", talk.text, talk.turns, talk.speakers, segments, talk.rule))


def test_a_segment_is_split_at_a_place_inside_it() -> None:
    talk = interview(["I: How?", "P1: Badly. It was late."], SegmentRule.TURN)
    for at in (talk.text.index(" It"), talk.text.index("It")):
        assert after(talk, split(talk, at)) == [
            ("How?", "I", False),
            ("Badly.", "P1", True),
            ("It was late.", "P1", True),
        ]


def test_an_exchange_is_split_between_its_turns_without_the_label_there() -> None:
    talk = interview(["I: How?", "P1: Badly.", "P2: Well."])
    for at in range(talk.text.index("\nP1"), talk.text.index("Badly") + 1):
        assert after(talk, split(talk, at)) == [("How?", "I", False), ("Badly.\nP2: Well.", "P1", True)]
    assert after(talk, split(talk, talk.text.index("P2"))) == [("How?\nP1: Badly.", "P1", True), ("Well.", "P2", True)]


@pytest.mark.parametrize(
    ("at", "why"),
    [(0, "inside it"), (3, "inside it"), (11, "inside it"), (12, "inside it"), (99, "inside it"),
     (5, "one character"), (7, "one character"), (8, "one character"), (10, "one character")],
)  # fmt: skip
def test_a_place_where_no_segment_can_be_split_is_refused(at: int, why: str) -> None:
    talk = interview(["P1: e\u0301\U0001f468\u200d\U0001f467\U0001f1e9\U0001f1ea"], SegmentRule.TURN)
    assert (talk.segments[0].start, talk.segments[0].end) == (4, 11)
    with pytest.raises(NotCut, match=why):
        split(talk, at)


def test_neighbours_of_one_speaker_can_be_merged_and_split_again() -> None:
    talk = interview(["I: How?", "P1: Badly. It was late.", "P1: So."], SegmentRule.SENTENCE)
    merged = merge(talk, 1, 3)
    assert after(talk, merged) == [("How?", "I", False), ("Badly. It was late.\nP1: So.", "P1", True)]
    again = Transcript("t", "t", talk.text, talk.turns, talk.speakers, merged, talk.rule)
    assert after(again, split(again, talk.text.index("It was")))[1:] == [
        ("Badly.", "P1", True),
        ("It was late.\nP1: So.", "P1", True),
    ]


def test_neighbours_of_one_exchange_can_be_merged() -> None:
    talk = interview(["I: How?", "P1: Badly.", "P2: Well.", "I: So?"], SegmentRule.TURN)
    assert after(talk, merge(talk, 0, 2)) == [("How?\nP1: Badly.\nP2: Well.", "P1", True), ("So?", "I", False)]
    assert after(talk, merge(talk, 1, 2))[1] == ("Badly.\nP2: Well.", "P1", True)


@pytest.mark.parametrize(("first", "last"), [(2, 3), (0, 3), (0, 0), (1, 0), (-1, 1), (3, 4)])
def test_what_does_not_belong_together_is_not_merged(first: int, last: int) -> None:
    talk = interview(["I: How?", "P1: Badly.", "P2: Well.", "I: So?"], SegmentRule.TURN)
    with pytest.raises(NotCut):
        merge(talk, first, last)


def test_paragraphs_that_nobody_is_named_for_can_be_merged() -> None:
    talk = interview(["It was late.", "Nobody came."], SegmentRule.TURN)
    assert after(talk, merge(talk, 0, 1)) == [("It was late.\nNobody came.", "", True)]


SPOKEN = st.tuples(
    st.sampled_from(["I", "P1", "P2", "T", "X"]), st.sampled_from(["a?", "b c. D.", "", "e\u0301 \u200d.", "x"])
)


@given(st.lists(SPOKEN, min_size=1, max_size=8), st.sampled_from(SegmentRule), st.data())
def test_what_is_done_by_hand_keeps_every_word_in_one_segment(
    spoken: list[tuple[str, str]], rule: SegmentRule, data: st.DataObject
) -> None:
    talk = interview([f"{label}: {words}" for label, words in spoken], rule)
    try:
        segments = (
            split(talk, data.draw(st.integers(0, len(talk.text))))
            if data.draw(st.booleans())
            else merge(talk, data.draw(st.integers(-1, 4)), data.draw(st.integers(0, 8)))
        )
    except NotCut:
        segments = talk.segments
    held = {at for segment in segments for at in range(segment.start, segment.end)}
    spoken_at = {at for turn in talk.turns for at in range(turn.body, turn.end) if not talk.text[at].isspace()}
    assert spoken_at <= held
    assert all(one.end <= two.start for one, two in pairwise(segments))
    assert all(talk.text[s.start : s.end].strip() == talk.text[s.start : s.end] != "" for s in segments)
    assert all(talk.turns[s.turn].body < s.end and s.start < talk.turns[s.turn].end for s in segments)
