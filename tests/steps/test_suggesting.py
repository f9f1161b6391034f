"""Suggestions: phrases of examples and of own codings, found in every form, and never more than a question."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualbench.model import Code, Codebook, Coding
from qualbench.steps.suggesting import (
    OWN_PER_CODE,
    How,
    Phrase,
    Source,
    Suggester,
    Suggestion,
    language,
    open_suggestions,
    phrases,
    placed,
)


def book(*codes: Code) -> Codebook:
    return Codebook("1.0", "A little codebook", codes)


def code(id_: str, *examples: str, status: str = "active") -> Code:
    return Code(id_, id_.title(), examples=examples, status=status)


def suggester(*said: tuple[str, str], language: str = "en") -> Suggester:
    """A suggester for these codes and examples."""
    return Suggester([Phrase(code, words, Source.EXAMPLE) for code, words in said], language)


def sought(quote: str, language: str = "en") -> list[str]:
    """What is looked for of one quote."""
    return [phrase.words for phrase in suggester(("TRUST", quote), language=language).sought]


def found(one: Suggester, text: str) -> list[tuple[str, str]]:
    """The codes suggested, each with the words of its place."""
    return [(each.code, text[each.start : each.end]) for each in one.suggest(text)]


# --- which words stand for a code --------------------------------------------------------------------------------


def test_phrases_are_the_examples_and_then_the_coders_own_words_newest_first() -> None:
    codes = book(code("TRUST", "I trust her."), code("HOPE"))
    assert phrases(codes, [("HOPE", "it got better"), ("TRUST", "on her side"), ("HOPE", "a way out")]) == (
        Phrase("TRUST", "I trust her.", Source.EXAMPLE),
        Phrase("HOPE", "a way out", Source.OWN),
        Phrase("TRUST", "on her side", Source.OWN),
        Phrase("HOPE", "it got better", Source.OWN),
    )


def test_the_same_words_count_once_for_a_code_and_the_example_comes_first() -> None:
    codes = book(code("TRUST", "I trust her"), code("HOPE"))
    got = phrases(codes, [("TRUST", "i  TRUST her"), ("HOPE", "I trust her"), ("HOPE", "  ")])
    assert got == (Phrase("TRUST", "I trust her", Source.EXAMPLE), Phrase("HOPE", "I trust her", Source.OWN))


@pytest.mark.parametrize("status", ["retired", "merged", "split"])
def test_a_code_that_is_not_in_use_any_more_has_no_phrases(status: str) -> None:
    assert phrases(book(code("OLD", "an old word", status=status)), [("OLD", "another word")]) == ()


def test_a_code_that_the_coder_made_while_coding_has_phrases() -> None:
    assert phrases(book(), [("MINE", "clean needles")]) == (Phrase("MINE", "clean needles", Source.OWN),)


def test_of_many_own_codings_of_a_code_the_newest_count() -> None:
    own = [("TRUST", f"van number {number}") for number in range(30)]
    assert [one.words for one in phrases(book(), own)] == [f"van number {29 - n}" for n in range(OWN_PER_CODE)]


# --- what of them is looked for ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("quote", "expected"),
    [
        ("I trust her.", ["I trust her"]),
        ("Trust!", ["Trust"]),
        ("I trusted her on the spot.", ["trusted her on the spot"]),
        ("They had sent a page beforehand.", ["sent a page"]),
        ("I felt all alone", ["felt all alone"]),
        ("I never felt safe there", ["never felt safe"]),
        ("They didn't feel safe", ["didn't feel safe"]),
        ("There was no safe place.", ["was no safe place"]),
        ("And she is the one who was there for me.", []),
        ("Yeah, I know, you know.", []),
        ("...", []),
        ("", []),
    ],
)
def test_a_short_quote_is_looked_for_whole_without_the_stop_words_around_two_content_words(
    quote: str, expected: list[str]
) -> None:
    assert sought(quote) == expected


def test_a_long_quote_gives_its_verbs_with_objects_and_its_nouns() -> None:
    assert sought("We wrote down that you raise your hand before you join the support group on a Monday.") == [
        "raise your hand",
        "join the support group",
        "support group",
    ]


def test_without_a_tagger_a_long_quote_gives_its_content_words_in_a_row() -> None:
    quote = "Wir haben dort saubere Spritzen und auch einen warmen Schlafplatz für die Nacht bekommen."
    assert sought(quote, "de") == ["saubere Spritzen", "warmen Schlafplatz", "Nacht bekommen"]


def test_what_four_codes_have_in_common_points_to_none_of_them() -> None:
    three = [(name, "clean needles") for name in ("A", "B", "C")]
    assert found(suggester(*three), "Clean needles.") == [(name, "Clean needles") for name in ("A", "B", "C")]
    assert found(suggester(*three, ("D", "a clean needle"), ("D", "warm bed")), "Clean needles, warm bed.") == [
        ("D", "warm bed")
    ]


# --- finding -----------------------------------------------------------------------------------------------------


def test_words_are_found_in_every_form_at_their_place() -> None:
    one = suggester(("TRUST", "I trust her"), ("NEEDLES", "clean needle"))
    assert one.how is How.LEMMAS
    assert one.suggest("I trusted her with clean needles.") == (
        Suggestion("TRUST", 0, 13, "I trust her", Source.EXAMPLE),
        Suggestion("NEEDLES", 19, 32, "clean needle", Source.EXAMPLE),
    )


def test_offsets_are_code_points_of_the_text_as_given() -> None:
    text = "👩‍👩‍👧 Zoë:\n\n  I  trusted\nher. “They don’t  raise\ttheir hands”"
    one = suggester(("TRUST", "I trust her"), ("HAND", "don't raise their hand"))
    assert found(one, text) == [("TRUST", "I  trusted\nher"), ("HAND", "don’t  raise\ttheir hands")]


def test_a_word_at_the_head_of_a_sentence_and_in_capitals_is_found() -> None:
    assert found(suggester(("GROUP", "support group")), "SUPPORT GROUPS. Support Group?") == [
        ("GROUP", "SUPPORT GROUPS"),
        ("GROUP", "Support Group"),
    ]


def test_one_suggestion_for_a_code_where_several_overlap_and_the_longest_stays() -> None:
    one = suggester(("GROUP", "support group"), ("GROUP", "join the support group"), ("PEERS", "support group"))
    assert found(one, "They joined the support group. A support group.") == [
        ("GROUP", "joined the support group"),
        ("PEERS", "support group"),
        ("GROUP", "support group"),
        ("PEERS", "support group"),
    ]


def test_an_empty_codebook_suggests_nothing() -> None:
    one = Suggester(phrases(book()))
    assert one.sought == ()
    assert one.suggest("I trusted her.") == ()
    assert one.scan(["I trusted her.", ""]) == ((), ())


def test_words_that_a_tokenizer_chokes_on_are_neither_slow_nor_found() -> None:
    endless = "ab" * 50_000
    one = suggester(("TRUST", f"trust {endless}"), ("HOPE", "warm bed"))
    assert found(one, f"trust {'ba' * 50_000} warm beds") == [("HOPE", "warm beds")]


# --- other languages ---------------------------------------------------------------------------------------------


def test_another_language_is_matched_as_it_is_written_and_that_is_said() -> None:
    one = suggester(("NEEDLES", "saubere Spritzen"), language="de-CH")
    assert one.how is How.WORDS
    assert "as they are written" in one.how.sentence
    assert found(one, "Saubere spritzen, saubere Spritze") == [("NEEDLES", "Saubere spritzen")]


def test_a_language_that_spacy_does_not_know_is_matched_as_it_is_written() -> None:
    one = suggester(("VAN", "mini van"), language="qqq")
    assert one.how is How.WORDS
    assert found(one, "The Mini Van.") == [("VAN", "Mini Van")]


def test_without_the_model_english_is_matched_as_it_is_written_and_that_is_said(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(language, "MODEL", "en_no_such_model")
    language.pipeline.cache_clear()
    try:
        one = suggester(("NEEDLES", "a clean needle"))
        assert one.how is How.NO_MODEL
        assert "is not installed" in one.how.sentence
        assert found(one, "Clean needles, a Clean needle.") == [("NEEDLES", "a Clean needle")]
    finally:
        language.pipeline.cache_clear()


# --- many texts --------------------------------------------------------------------------------------------------


def test_a_scan_reads_every_text_and_says_how_far_it_is() -> None:
    one, told = suggester(("BED", "warm bed")), list[int]()
    texts = ["A warm bed.", "", "Nothing.", "Two warm beds"] * 10
    assert one.scan(texts, told.append) == tuple(one.suggest(text) for text in texts)
    assert told == [*range(1, 41)]


def test_a_scan_that_is_stopped_gives_what_is_done() -> None:
    one, told = suggester(("BED", "warm bed")), list[int]()
    got = one.scan(["A warm bed."] * 40, told.append, lambda: len(told) == 3)
    assert got == (one.suggest("A warm bed."),) * 3
    assert one.scan(["A warm bed."], told.append, lambda: True) == ()


VOCABULARY = ["warm", "bed", "beds", "Trusted", "her", "the", "van", "\n", "  ", ",", "👍🏽", "don’t", "café", "x."]
TEXTS = st.lists(st.sampled_from(VOCABULARY), max_size=12).map(" ".join) | st.text(max_size=40)
LOWERED = Suggester([Phrase("BED", "warm bed", Source.OWN), Phrase("HER", "trusted her", Source.OWN)], "xx")


@given(TEXTS)
def test_the_words_at_the_offsets_are_those_of_the_phrase(text: str) -> None:
    for one in LOWERED.suggest(text):
        assert 0 <= one.start < one.end <= len(text)
        assert text[one.start : one.end].lower().split() == one.phrase.lower().split()


@given(TEXTS)
def test_the_words_at_the_offsets_are_a_form_of_those_of_the_phrase(text: str) -> None:
    one = suggester(("BED", "warm bed"), ("HER", "trust her"))
    forms = {"BED": {"warm bed", "warm beds"}, "HER": {"trust her", "trusted her"}}
    for each in one.suggest(text):
        assert 0 <= each.start < each.end <= len(text)
        assert " ".join(text[each.start : each.end].lower().split()) in forms[each.code]


@given(st.integers(0, 8), TEXTS, TEXTS)
def test_words_that_are_there_are_found_whatever_is_around_them(gap: int, before: str, after: str) -> None:
    text = f"{before} warm{' ' * gap}\n bed {after}"
    at = len(before) + 1
    assert Suggestion("BED", at, at + 4 + gap + 5, "warm bed", Source.OWN) in LOWERED.suggest(text)


# --- what is still open ------------------------------------------------------------------------------------------


def suggestion(code: str, start: int, end: int) -> Suggestion:
    return Suggestion(code, start, end, "words", Source.EXAMPLE)


def test_suggestions_in_a_segment_become_places_of_the_transcript() -> None:
    assert placed([suggestion("A", 0, 4)], 100) == (suggestion("A", 100, 104),)


def test_a_place_that_is_answered_or_has_the_code_asks_nothing_any_more() -> None:
    asked = [suggestion("A", 10, 20), suggestion("B", 10, 20), suggestion("A", 40, 50), suggestion("A", 20, 25)]
    refused = [suggestion("A", 15, 18)]
    standing = [Coding("c1", "p1", "t", "ana", "B", 0, 11), Coding("c2", "p1", "t", "ana", "B", 40, 50)]
    assert open_suggestions(asked) == (asked[0], asked[1], asked[3], asked[2])
    assert open_suggestions(asked, refused) == (asked[1], asked[3], asked[2])
    assert open_suggestions(asked, refused, standing) == (asked[3], asked[2])
    assert open_suggestions(asked, answered=[], standing=standing) == (asked[0], asked[3], asked[2])


PLACES = st.builds(
    lambda code, start, length: suggestion(code, start, start + length),
    st.sampled_from("AB"), st.integers(0, 30), st.integers(1, 5),
)  # fmt: skip


@given(st.lists(PLACES, max_size=6), st.lists(PLACES, max_size=6))
def test_open_ones_are_just_those_that_share_no_character_with_a_settled_place_of_their_code(
    asked: list[Suggestion], settled: list[Suggestion]
) -> None:
    taken = {(one.code, at) for one in settled for at in range(one.start, one.end)}
    free = [one for one in asked if not taken & {(one.code, at) for at in range(one.start, one.end)}]
    for got in (open_suggestions(asked, settled), open_suggestions(asked, (), settled)):
        assert sorted(got, key=repr) == sorted(free, key=repr)
        assert [one.start for one in got] == sorted(one.start for one in got)
