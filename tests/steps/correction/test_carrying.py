"""Codings carried over to a corrected text: exact, moved or doubtful."""

import time
from itertools import combinations

import pytest
from hypothesis import given, settings

from qualbench.steps.correction import Carried, Carry, Comparison, carry, carry_all, compare, inverse
from tests.steps.correction.written import INTERVIEW, LETTERS, carried, corrections, place

EXACT, MOVED, DOUBTFUL = Carry.EXACT, Carry.MOVED, Carry.DOUBTFUL


def test_a_typo_inside_a_coded_span_is_doubtful_and_elsewhere_moves_nothing() -> None:
    """P1: I [recieved a letter] from Anna. [It was short.] -> I received a letter"""
    comparison = compare(INTERVIEW, INTERVIEW.replace("recieved", "received"))
    assert carried(comparison, "recieved a letter") == (DOUBTFUL, "received a letter")
    assert carried(comparison, "recieved") == (DOUBTFUL, "received")
    assert carried(comparison, "a letter") == (EXACT, "a letter")
    assert carried(comparison, "It was short.") == (EXACT, "It was short.")


def test_a_name_replaced_everywhere_moves_what_follows() -> None:
    """a letter from [Anna]. [It was short.] Then [Anna called me.] -> Maria"""
    comparison = compare(INTERVIEW, INTERVIEW.replace("Anna", "Maria"))
    assert carried(comparison, "Anna") == (DOUBTFUL, "Maria")
    assert carried(comparison, "It was short.") == (MOVED, "It was short.")
    assert carried(comparison, "Then Anna called me.") == (DOUBTFUL, "Then Maria called me.")
    assert carried(comparison, "She was kind.") == (MOVED, "She was kind.")


def test_a_deleted_sentence_leaves_an_empty_span_where_it_was() -> None:
    """from Anna. [It was short.] I did not sleep. -> from Anna. I did not sleep."""
    comparison = compare(INTERVIEW, INTERVIEW.replace("It was short. ", ""))
    start = INTERVIEW.index("It was short.")
    assert carry(comparison, *place(INTERVIEW, "It was short.")) == Carried(start, start, DOUBTFUL)
    assert carried(comparison, "from Anna. It was short.") == (DOUBTFUL, "from Anna.")
    assert carried(comparison, "short. I did not") == (DOUBTFUL, "I did not")
    assert carried(comparison, "I did not sleep.") == (MOVED, "I did not sleep.")
    assert carried(comparison, "from Anna.") == (EXACT, "from Anna.")


def test_words_added_inside_a_span_make_it_doubtful_and_beside_it_do_not() -> None:
    """I did [not sleep.] -> I did certainly not ever sleep. At all."""
    comparison = compare("I did not sleep.", "I did certainly not ever sleep. At all.")
    assert carried(comparison, "not sleep.") == (DOUBTFUL, "not ever sleep.")
    assert carried(comparison, "sleep.") == (MOVED, "sleep.")
    assert carried(comparison, "I did") == (EXACT, "I did")
    assert carried(comparison, "did not") == (DOUBTFUL, "did certainly not")


@pytest.mark.parametrize(
    ("old", "new", "words", "guess"),
    [
        ("I can go", "I can't go", "can", "can't"),
        ("She was sad then", "She was sadness then", "sad", "sadness"),
        ("it costs 3 euros", "it costs 3.5 euros", "3", "3.5"),
        ("not to day", "not today", "day", "today"),
        ("a well known man", "a well-known man", "known man", "well-known man"),
        ("so kind", "un so unkind", "kind", "unkind"),
        ("ein cafe hier", "ein cafe\u0301 hier", "cafe", "cafe\u0301"),
        ("gut 👍 so", "gut 👍🏽 so", "👍", "👍🏽"),
    ],
)
def test_a_span_whose_edge_word_grew_is_doubtful(old: str, new: str, words: str, guess: str) -> None:
    assert carried(compare(old, new), words) == (DOUBTFUL, guess)


def test_a_changed_line_break_keeps_the_words_but_not_the_quote() -> None:
    """[called me.⏎She was kind.] -> called me. She was kind."""
    comparison = compare(INTERVIEW, INTERVIEW.replace("me.\nShe", "me. She"))
    assert carried(comparison, "called me.\nShe was kind.") == (MOVED, "called me. She was kind.")
    assert carried(comparison, "She was kind.") == (EXACT, "She was kind.")


def test_part_of_a_replaced_passage_is_guessed_by_whole_words() -> None:
    """one [two three] four -> one zwei drei vier four: nothing of it is left, the words in its stead stand for it"""
    assert carried(compare("one two three four", "one zwei drei four"), "three") == (DOUBTFUL, "drei")


def test_an_empty_span_stays_on_the_list_and_follows_its_place() -> None:
    comparison = compare("one two three", "one more two three")
    assert carry(comparison, 8, 8) == Carried(13, 13, DOUBTFUL)


def test_a_span_outside_its_text_is_refused() -> None:
    with pytest.raises(ValueError, match="3 to 9"):
        carry(compare("word", "words"), 3, 9)


# --- properties against a slow oracle --------------------------------------------------------------------------


def images(comparison: Comparison) -> dict[int, int]:
    """Where each kept character of the old text stands in the new one."""
    return {
        piece.old_start + k: piece.new_start + k
        for piece in comparison.pieces
        if piece.same
        for k in range(piece.old_end - piece.old_start)
    }


def solid(text: str) -> list[tuple[int, int]]:
    """Every span that begins and ends with a character that is no blank."""
    at = [i for i, character in enumerate(text) if not character.isspace()]
    return [(i, i + 1) for i in at] + [(i, j + 1) for i, j in combinations(at, 2)]


def every(text: str) -> list[tuple[int, int]]:
    """Every span, those with blanks at their edges too."""
    return list(combinations(range(len(text) + 1), 2))


def squeezed(text: str) -> str:
    return "".join(text.split())


@given(corrections())
def test_what_is_not_doubtful_holds_the_same_words(texts: tuple[str, str]) -> None:
    comparison = compare(*texts)
    old, new = texts
    for (start, end), one in zip(solid(old), carry_all(comparison, solid(old)), strict=True):
        if one.state is not DOUBTFUL:
            assert squeezed(new[one.start : one.end]) == squeezed(old[start:end])
        if one.state is EXACT:
            assert (one.start, one.end) == (start, end)
            assert new[start:end] == old[start:end]


def word_at(text: str, place: int) -> tuple[int, int]:
    """The run without blanks that holds a character."""
    start, end = place, place + 1
    while start > 0 and not text[start - 1].isspace():
        start -= 1
    while end < len(text) and not text[end].isspace():
        end += 1
    return start, end


def is_kept(comparison: Comparison, start: int, end: int) -> bool:
    """Whether every word that a span touches is, letter by letter, a word of the new text, with none between them."""
    old, new, to = comparison.old, comparison.new, images(comparison)
    for i in range(start, end):
        if old[i].isspace():
            continue
        first, after = word_at(old, i)
        if not all(k in to for k in range(first, after)):
            return False
        if word_at(new, to[first]) != (to[first], to[after - 1] + 1) or to[after - 1] - to[first] != after - 1 - first:
            return False
    return squeezed(new[to[start] : to[end - 1] + 1]) == squeezed(old[start:end])


@settings(max_examples=200)
@given(corrections(LETTERS))
def test_a_span_is_doubtful_exactly_when_a_word_of_it_was_touched(texts: tuple[str, str]) -> None:
    comparison = compare(*texts)
    spans = solid(texts[0])
    found = carry_all(comparison, spans)
    assert [one.state is not DOUBTFUL for one in found] == [is_kept(comparison, *span) for span in spans]


@given(corrections())
def test_a_guess_is_not_empty_as_long_as_anything_is_left(texts: tuple[str, str]) -> None:
    comparison = compare(*texts)
    old, new = texts
    to = images(comparison)
    for (start, end), one in zip(solid(old), carry_all(comparison, solid(old)), strict=True):
        left = [to[i] for i in range(start, end) if i in to and not old[i].isspace()]
        assert 0 <= one.start <= one.end <= len(new)
        assert all(one.start <= j < one.end for j in left)
        assert new[one.start : one.end].strip() == new[one.start : one.end]


@given(corrections())
def test_the_order_of_spans_is_kept(texts: tuple[str, str]) -> None:
    spans = solid(texts[0])
    found = carry_all(compare(*texts), spans)
    by_end = sorted(zip(spans, found, strict=True), key=lambda pair: (pair[0][1], pair[1].end))
    ends = [one.end for _, one in by_end if one.start < one.end]
    by_start = sorted(zip(spans, found, strict=True), key=lambda pair: (pair[0][0], pair[1].start))
    starts = [one.start for _, one in by_start]
    assert starts == sorted(starts)
    assert ends == sorted(ends)


@given(corrections())
def test_there_and_back_again(texts: tuple[str, str]) -> None:
    old, new = texts
    spans = every(old)
    there = carry_all(compare(old, new), spans)
    sure = [(span, one) for span, one in zip(spans, there, strict=True) if one.state is not DOUBTFUL]
    back = carry_all(compare(new, old), [(one.start, one.end) for _, one in sure])
    assert [(one.start, one.end, one.state) for one in back] == [(*span, one.state) for span, one in sure]


@given(corrections())
def test_a_text_that_is_the_same_leaves_every_span_exact(texts: tuple[str, str]) -> None:
    text = texts[0]
    spans = every(text)
    assert carry_all(compare(text, text), spans) == [Carried(i, j, EXACT) for i, j in spans]


def test_carrying_back_by_the_same_comparison() -> None:
    comparison = compare("one two three", "one more two three")
    assert carry(inverse(comparison), 9, 18) == Carried(4, 13, MOVED)


def test_20_000_spans_are_carried_at_once() -> None:
    words = [f"w{i}" for i in range(60_000)]
    old = " ".join(words)
    new = " ".join(word if i % 6 else word + "x" for i, word in enumerate(words))
    comparison = compare(old, new)
    spans = [(i, i + 15) for i in range(0, len(old) - 15, len(old) // 20_000)]
    began = time.process_time()
    found = carry_all(comparison, spans)
    assert time.process_time() - began < 3
    assert {one.state for one in found} <= {MOVED, DOUBTFUL, EXACT}
    assert len(found) == len(spans)
