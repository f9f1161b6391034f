"""Turns and segments of a corrected text: every one keeps its number, its speaker and its words."""

from itertools import pairwise

from hypothesis import given, settings

from qualbench.model import Segment, Turn
from qualbench.steps.correction import compare, layout, problems, segments
from tests.steps.correction.written import INTERVIEW, interviews, segments_of, turns_of

TURNS = turns_of(INTERVIEW)


def turns_after(new: str, old: str = INTERVIEW) -> list[tuple[str, str]]:
    """The turns of the new text as label and words."""
    found = layout(compare(old, new), turns_of(old))
    return [(new[turn.start : turn.body], new[turn.body : turn.end]) for turn in found]


def doubts(new: str, old: str = INTERVIEW) -> tuple[str, ...]:
    return problems(compare(old, new), turns_of(old))


def units_after(new: str, old: str = INTERVIEW) -> list[tuple[int, str]]:
    """The segments of the new text as turn and words."""
    turns = turns_of(old)
    found = segments(compare(old, new), segments_of(old, turns), turns)
    return [(segment.turn, new[segment.start : segment.end]) for segment in found]


def test_turns_follow_their_words_and_keep_speaker_and_time() -> None:
    """a letter from Anna -> a long letter from Maria"""
    new = INTERVIEW.replace("a letter from Anna", "a long letter from Maria")
    found = layout(compare(INTERVIEW, new), TURNS)
    assert [(turn.speaker, turn.seconds) for turn in found] == [(turn.speaker, turn.seconds) for turn in TURNS]
    assert turns_after(new) == [
        ("I: ", "How did it begin?"),
        ("P1: ", "I recieved a long letter from Maria. It was short. I did not sleep."),
        ("I: ", "And then?"),
        ("P1: ", "Then Anna called me.\nShe was kind."),
    ]
    assert doubts(new) == ()


def test_words_added_between_two_turns_belong_to_the_turn_before() -> None:
    """I did not sleep. + At all. + Not even a bit."""
    new = INTERVIEW.replace("sleep.\n", "sleep. At all.\nNot even a bit.\n")
    assert turns_after(new)[1][1].endswith("I did not sleep. At all.\nNot even a bit.")
    assert turns_after(new)[2] == ("I: ", "And then?")
    assert doubts(new) == ()


def test_words_added_behind_a_label_belong_to_its_turn() -> None:
    """P1: Then Anna called me. -> P1: Well, then Anna called me."""
    assert turns_after(INTERVIEW.replace("P1: Then", "P1: Oh, Then"))[3] == (
        "P1: ",
        "Oh, Then Anna called me.\nShe was kind.",
    )


def test_words_added_at_the_end_belong_to_the_last_turn() -> None:
    assert turns_after(INTERVIEW + "And so on.")[3][1] == "Then Anna called me.\nShe was kind.\nAnd so on."


def test_words_added_before_the_first_turn_are_nobodys() -> None:
    assert turns_after("Recorded in May\n" + INTERVIEW)[0] == ("I: ", "How did it begin?")


def test_words_added_to_the_line_of_a_turn_without_label_belong_to_it() -> None:
    """One paragraph each: Yes.⏎It was. -> Yes.⏎Well, It was."""
    turns = (Turn(0, 0, 4, -1), Turn(5, 5, 12, -1))
    found = layout(compare("Yes.\nIt was.\n", "Yes.\nWell, It was.\n"), turns)
    assert found == (Turn(0, 0, 4, -1), Turn(5, 5, 18, -1))
    found = layout(compare("Yes.\nIt was.\n", "Yes.\nAnd no.\nIt was.\n"), turns)
    assert found == (Turn(0, 0, 12, -1), Turn(13, 13, 20, -1))


def test_a_heading_between_two_turns_stays_nobodys() -> None:
    old = "I: Yes.\n# Part two\nP1: No.\n"
    turns = (Turn(0, 3, 7, 0), Turn(19, 23, 26, 1))
    new = "I: Yes. Truly.\n# Part two\nP1: No, no.\n"
    found = layout(compare(old, new), turns)
    assert [new[turn.start : turn.end] for turn in found] == ["I: Yes. Truly.", "P1: No, no."]


def test_a_turn_that_was_deleted_stays_as_an_empty_one() -> None:
    """I: And then? is deleted"""
    new = INTERVIEW.replace("I: And then?\n", "")
    place = new.index("P1: Then")
    assert layout(compare(INTERVIEW, new), TURNS)[2] == Turn(place, place, place, 0, TURNS[2].seconds)
    assert [words for _, words in turns_after(new)][3] == "Then Anna called me.\nShe was kind."
    assert doubts(new) == (
        "Turn 3 (line 3 of the old text, 'I: And then?') has lost all its words; "
        "it stays as an empty turn, so that the others keep their numbers.",
    )


def test_a_turn_whose_words_were_deleted_keeps_its_label() -> None:
    new = INTERVIEW.replace("I: And then?", "I:")
    assert turns_after(new)[2] == ("I:", "")
    assert len(doubts(new)) == 1
    assert "Turn 3" in doubts(new)[0]


def test_a_line_that_looks_like_a_new_turn_stays_in_the_turn_before_and_is_told() -> None:
    new = INTERVIEW.replace("She was", "Anna: I was kind.\nShe was").replace("kind.\n", "kind.\nNote that: yes\n", 1)
    assert len(turns_after(new)) == 4
    assert doubts(INTERVIEW.replace("She was", "Anna: I did.\nShe was")) == (
        "Line 5 of the new text, 'Anna: I did.', looks like a new turn; it stays in turn 4.",
    )
    assert doubts("Host: Hello.\n" + INTERVIEW) == (
        "Line 1 of the new text, 'Host: Hello.', looks like a new turn; it belongs to no turn.",
    )


def test_a_turn_cut_in_two_by_a_label_is_told() -> None:
    """It was short. I did not sleep. -> It was short.⏎I: Oh. I did not sleep."""
    new = INTERVIEW.replace("short. I did", "short.\nI: Oh.\nP1: I did")
    assert [said.partition(";")[0] for said in doubts(new)] == [
        "Line 3 of the new text, 'I: Oh.', looks like a new turn",
        "Line 4 of the new text, 'P1: I did not sleep.', looks like a new turn",
    ]


def test_labels_that_were_changed_are_told_once() -> None:
    """P1: -> P2:, in both its turns"""
    assert doubts(INTERVIEW.replace("P1:", "P2:")) == (
        "The label 'P1:' reads 'P2:' now in 2 turns, first in turn 2 (line 2 of the new text); "
        "the speaker stays who it was.",
    )
    merged = doubts(INTERVIEW.replace("I: And", "And"))
    assert merged == (
        "The label 'I:' is gone in 1 turn, first in turn 3 (line 3 of the new text); the speaker stays who it was.",
    )


def test_hostile_words_are_made_harmless_in_a_sentence() -> None:
    assert "\x1b" not in "".join(doubts(INTERVIEW.replace("She was", "A\x1b[2J: hm\nShe was")))


# --- segments --------------------------------------------------------------------------------------------------


def test_segments_follow_their_words() -> None:
    """a sentence deleted, one corrected, one added"""
    new = (
        INTERVIEW.replace("It was short. ", "").replace("recieved", "received").replace("called me.", "called me. Me!")
    )
    assert units_after(new) == [
        (0, "How did it begin?"),
        (1, "I received a letter from Anna."),
        (1, ""),
        (1, "I did not sleep."),
        (2, "And then?"),
        (3, "Then Anna called me. Me!"),
        (3, "She was kind."),
    ]


def test_words_before_the_first_segment_of_a_turn_belong_to_it() -> None:
    assert units_after(INTERVIEW.replace("P1: Then", "P1: Oh. Then"))[5] == (3, "Oh. Then Anna called me.")


def test_a_turn_that_had_no_words_gets_a_segment_when_it_has_some() -> None:
    old = "I:\nP1: Yes.\n"
    assert units_after("I: And then?\nP1: Yes.\n", old) == [(0, "And then?"), (1, "Yes.")]


# --- properties ------------------------------------------------------------------------------------------------


@given(interviews())
def test_a_text_that_is_the_same_keeps_its_layout(texts: tuple[str, str]) -> None:
    text, turns = texts[0], turns_of(texts[0])
    comparison = compare(text, text)
    assert layout(comparison, turns) == turns
    assert segments(comparison, segments_of(text, turns), turns) == segments_of(text, turns)
    assert problems(comparison, turns) == ()


@settings(max_examples=200)
@given(interviews())
def test_the_layout_is_well_formed(texts: tuple[str, str]) -> None:
    old, new = texts
    turns, comparison = turns_of(old), compare(old, new)
    found = layout(comparison, turns)
    units = segments(comparison, segments_of(old, turns), turns)
    assert [(turn.speaker, turn.seconds) for turn in found] == [(turn.speaker, turn.seconds) for turn in turns]
    assert all(0 <= turn.start <= turn.body <= turn.end <= len(new) for turn in found)
    assert all(one.end <= two.start for one, two in pairwise(found))
    assert all(found[unit.turn].body <= unit.start <= unit.end <= found[unit.turn].end for unit in units)
    assert all(one.end <= two.start and one.turn <= two.turn for one, two in pairwise(units))
    assert [unit.turn for unit in units if spoken(old, turns[unit.turn])] == [
        unit.turn for unit in segments_of(old, turns)
    ]


@settings(max_examples=200)
@given(interviews())
def test_every_word_of_every_turn_is_in_exactly_one_segment(texts: tuple[str, str]) -> None:
    old, new = texts
    turns, comparison = turns_of(old), compare(old, new)
    units = segments(comparison, segments_of(old, turns), turns)
    covered = [at for unit in units for at in inside(new, unit)]
    words = [at for turn in layout(comparison, turns) for at in inside(new, Segment(turn.body, turn.end, 0))]
    assert covered == words


@settings(max_examples=200)
@given(interviews())
def test_no_word_behind_the_first_turn_is_lost(texts: tuple[str, str]) -> None:
    old, new = texts
    found = layout(compare(old, new), turns_of(old))
    owned = [at for turn in found for at in inside(new, Segment(turn.start, turn.end, 0))]
    assert owned == inside(new, Segment(found[0].start, len(new), 0))


def spoken(text: str, turn: Turn) -> bool:
    return bool(text[turn.body : turn.end].strip())


def inside(text: str, unit: Segment) -> list[int]:
    """The places of a unit at which no blank stands."""
    return [at for at in range(unit.start, unit.end) if not text[at].isspace()]


def test_a_question_with_its_answer_stays_one_segment_over_both_turns():
    """A block of two turns: a word corrected in the answer, a sentence added before the question."""
    old = "I: How was it?\nP1: It was god.\nI: And?\nP1: Fine.\n"
    new = "Note.\nI: How was it?\nP1: It was good.\nI: And?\nP1: Fine.\n"
    turns = [Turn(0, 3, 14, 0), Turn(15, 19, 30, 1), Turn(31, 34, 38, 0), Turn(39, 43, 48, 1)]
    blocks = [Segment(3, 30, 1), Segment(34, 48, 3)]
    found = segments(compare(old, new), blocks, turns)
    assert [(new[one.start : one.end], one.turn) for one in found] == [
        ("How was it?\nP1: It was good.", 1), ("And?\nP1: Fine.", 3),
    ]  # fmt: skip
