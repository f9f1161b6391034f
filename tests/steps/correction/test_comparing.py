"""Two versions of a text side by side: exact, complete, small and fast."""

import random
import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualbench.steps.correction import AnotherTranscript, Comparison, NothingChanged, compare, inverse, refuse
from qualbench.steps.correction.alignment import align, shortest
from qualbench.text import canonical
from tests.steps.correction.written import INTERVIEW, corrections


def changed(old: str, new: str) -> list[tuple[str, str]]:
    """The changed pieces as words."""
    pieces = compare(old, new).pieces
    return [(old[p.old_start : p.old_end], new[p.new_start : p.new_end]) for p in pieces if not p.same]


def covers(comparison: Comparison) -> bool:
    """Whether the pieces cover both texts in order, in turn the same and changed, and the same ones are the same."""
    old, new, pieces = comparison.old, comparison.new, comparison.pieces
    rebuilt = "".join(
        old[p.old_start : p.old_end] if p.same else new[p.new_start : p.new_end] for p in pieces
    )  # the new text, from the kept words of the old one and the changed words of the new one
    return (
        rebuilt == new
        and [0, *(p.old_end for p in pieces)] == [*(p.old_start for p in pieces), len(old)]
        and [0, *(p.new_end for p in pieces)] == [*(p.new_start for p in pieces), len(new)]
        and all(one.same != two.same for one, two in pairwise(pieces))
        and all(p.old_start < p.old_end or p.new_start < p.new_end for p in pieces)
    )


# --- what a correction touches ---------------------------------------------------------------------------------


def test_a_typo_touches_only_its_word() -> None:
    """P1: I recieved a letter -> P1: I received a letter"""
    assert changed(INTERVIEW, INTERVIEW.replace("recieved", "received")) == [("ie", "ei")]


def test_a_name_replaced_everywhere_touches_only_the_name() -> None:
    """Anna -> [friend], twice"""
    assert changed(INTERVIEW, INTERVIEW.replace("Anna", "[friend]")) == [("Anna", "[friend]")] * 2


@pytest.mark.parametrize(
    "sentence", ["It was short. ", "P1: Then Anna called me.\n", "I recieved a letter from Anna. "]
)
def test_a_deleted_sentence_is_deleted_as_a_whole(sentence: str) -> None:
    assert changed(INTERVIEW, INTERVIEW.replace(sentence, "")) == [(sentence, "")]


def test_a_sentence_that_begins_like_the_next_is_deleted_from_its_own_beginning() -> None:
    """The cat slept. The dog slept. -> The dog slept."""
    assert changed("The cat slept. The dog slept.", "The dog slept.") == [("The cat slept. ", "")]
    assert changed("So. The cat ran. The dog ran.", "So. The dog ran.") == [("The cat ran. ", "")]


def test_an_added_paragraph_is_added_as_a_line() -> None:
    """She was kind. -> She was there.  She was kind."""
    new = INTERVIEW.replace("She was kind.\n", "She was there.\nShe was kind.\n")
    assert changed(INTERVIEW, new) == [("", "She was there.\n")]


def test_a_changed_line_break_is_a_change_of_one_character() -> None:
    """called me.⏎She was kind. -> called me. She was kind."""
    assert changed(INTERVIEW, INTERVIEW.replace("me.\nShe", "me. She")) == [("\n", " ")]


def test_a_text_wrapped_anew_keeps_its_words() -> None:
    words = [f"w{i}" for i in range(300)]
    old, new = ("\n".join(" ".join(words[i : i + n]) for i in range(0, 300, n)) for n in (7, 11))
    assert set(changed(old, new)) == {("\n", " "), (" ", "\n")}


@pytest.mark.parametrize(
    ("old", "new", "change"),
    [
        ("ein caf\u00e9 hier", "ein cafe\u0301 hier", ("\u00e9", "e\u0301")),
        ("so 👍🏽 gut", "so 👍🏿 gut", ("🏽", "🏿")),
        ("אני מאוד עייף", "אני קצת עייף", ("מאוד", "קצת")),
        ("𝔘𝔫𝔦 𝔞", "𝔘𝔫𝔬 𝔞", ("𝔦", "𝔬")),
        ("我昨天没有睡觉", "我今天没有睡觉", ("昨", "今")),
    ],
    ids=["an accent written otherwise", "the colour of an emoji", "right to left", "beyond the first plane", "Chinese"],
)
def test_code_points_are_compared_as_they_are(old: str, new: str, change: tuple[str, str]) -> None:
    assert changed(old, new) == [change]


def test_line_ends_of_windows_are_gone_before_texts_are_compared() -> None:
    windows = INTERVIEW.replace("\n", "\r\n")
    assert changed(INTERVIEW, canonical(windows)) == []


@pytest.mark.parametrize(("old", "new"), [("", "words"), ("words", ""), ("", "")])
def test_an_empty_text_is_a_text(old: str, new: str) -> None:
    assert changed(old, new) == ([(old, new)] if old != new else [])


# --- properties ------------------------------------------------------------------------------------------------


@given(corrections())
def test_the_pieces_rebuild_both_texts(texts: tuple[str, str]) -> None:
    assert covers(compare(*texts))


@given(st.text("ab \n", max_size=40), st.text("ab \n", max_size=40))
def test_the_pieces_rebuild_any_two_texts(old: str, new: str) -> None:
    assert covers(compare(old, new))


@given(corrections())
def test_the_other_way_round_is_the_same_comparison(texts: tuple[str, str]) -> None:
    old, new = texts
    assert compare(new, old) == inverse(compare(old, new))


def longest(old: list[int], new: list[int]) -> int:
    """The length of a longest common subsequence by the textbook's table: the slow oracle."""
    row = [0] * (len(new) + 1)
    for one in old:
        last = row
        row = [0]
        for j, other in enumerate(new):
            row.append(last[j] + 1 if one == other else max(row[j], last[j + 1]))
    return row[-1]


ITEMS = st.lists(st.integers(0, 5), max_size=30)


@given(ITEMS, ITEMS)
def test_short_sequences_share_as_much_as_they_can(old: list[int], new: list[int]) -> None:
    runs = list(align(old, new))
    assert all(old[i : i + n] == new[j : j + n] for i, j, n in runs)
    assert all(a + m <= i and b + m <= j for (a, b, m), (i, j, _) in pairwise(runs))
    assert sum(n for _, _, n in runs) == longest(old, new)


def test_what_is_too_different_is_not_aligned_at_any_price() -> None:
    assert shortest(list(range(5_000)), list(range(5_000, 10_000))) is None


# --- refusals --------------------------------------------------------------------------------------------------


def test_a_file_that_says_the_same_is_refused() -> None:
    with pytest.raises(NothingChanged, match="nothing to correct"):
        refuse(compare(INTERVIEW, INTERVIEW))


def test_half_of_the_words_must_be_kept() -> None:
    """One two three four -> one two ...: two of four are kept, then one of four."""
    refuse(compare("one two three four", "one two drei vier"))
    with pytest.raises(
        AnotherTranscript, match="Of the 4 words of the old text and the 5 of the new one, 1 are the same"
    ):
        refuse(compare("one two three four", "one zwei drei vier fuenf"))


def test_another_interview_or_the_beginning_of_this_one_is_no_correction() -> None:
    with pytest.raises(AnotherTranscript, match="another transcript, not a correction"):
        refuse(compare(INTERVIEW, "I: Where do you live?\nP2: In a small house near the harbour.\n" * 3))
    with pytest.raises(AnotherTranscript):
        refuse(compare(INTERVIEW, INTERVIEW[:40]))


# --- time ------------------------------------------------------------------------------------------------------


def talk(count: int, seed: int, per_line: int = 12) -> tuple[list[str], str]:
    """So many words, common ones often, on lines of so many."""
    chance = random.Random(seed)
    words = [f"w{int(4_000 * chance.random() ** 3)}" for _ in range(count)]
    return words, wrapped(words, per_line)


def wrapped(words: list[str], per_line: int) -> str:
    return "\n".join(" ".join(words[i : i + per_line]) for i in range(0, len(words), per_line))


@pytest.mark.parametrize("per_line", [12, 60_000], ids=["short lines", "one line"])
def test_200_scattered_edits_in_60_000_words_are_found_at_once(per_line: int) -> None:
    words, old = talk(60_000, 1, per_line)
    places = random.Random(2).sample(range(60_000), 200)
    for at in places:
        words[at] += "x"
    began = time.process_time()
    comparison = compare(old, wrapped(words, per_line))
    assert time.process_time() - began < 3
    assert sum(not piece.same for piece in comparison.pieces) == 200


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (talk(60_000, 1)[1], talk(60_000, 3)[1]),
        (talk(60_000, 1, 60_000)[1], talk(60_000, 3, 60_000)[1]),
        ("word " * 50_000, "word " * 25_000 + "new " + "word " * 25_000),
        ("word " * 50_000, "a " + "word " * 20_000 + "new " + "word " * 29_000 + "b"),
        ("yes\nno\n" * 12_000, "no\nno\nyes\n" * 8_000),
        ("a" * 300_000, "a" * 150_000 + "b" + "a" * 150_000),
        ("ab" * 150_000, "ba" * 140_000),
    ],
    ids=[
        "another text",
        "another line",
        "one word and one more",
        "and three more",
        "two lines",
        "one sign",
        "two signs",
    ],
)
def test_nothing_takes_long(old: str, new: str) -> None:
    began = time.process_time()
    comparison = compare(old, new)
    assert time.process_time() - began < 5
    assert covers(comparison)
