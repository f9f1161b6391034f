"""Quotes in brackets: what is left out and put in, and that the rest is what the transcript says at its place."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualbench import events as e
from qualbench.errors import BadDecision
from qualbench.model import Quote, QuoteUse, Star, Theme
from qualbench.steps import themes

SAID = "She told me, and I was cold, that the bus (the 12) never comes."
AT = 100
"""Where the quote begins in its transcript."""


def quote(words: str = SAID, **more: object) -> Quote:
    return Quote("q1", "th1", "t", AT, AT + len(words), words, "P01", **more)  # type: ignore[arg-type]  # test data


def place(words: str, said: str = SAID) -> tuple[int, int]:
    """Where words stand, in offsets of the transcript."""
    return AT + said.index(words), AT + said.index(words) + len(words)


def edited(written: str, said: str = SAID) -> Quote:
    found = themes.read_edits(quote(said), written)
    return quote(said, cuts=found.cuts, insertions=found.insertions)


# --- as they are printed ---------------------------------------------------------------------------------------


def test_a_quote_that_nobody_edited_is_its_words() -> None:
    assert quote().words == SAID


def test_cuts_and_insertions_stand_in_brackets_and_stick_to_no_word() -> None:
    one = quote(cuts=(place("and I was cold, "),), insertions=((place("never")[0], "number 12"),))
    assert one.words == "She told me, […] that the bus (the 12) [number 12] never comes."
    assert quote(cuts=(place("(the 12)"),)).words == "She told me, and I was cold, that the bus […] never comes."
    assert quote(insertions=((AT + len(SAID), "here"),)).words.endswith("comes. [here]")


def test_what_is_put_in_where_a_cut_begins_stands_in_its_place() -> None:
    """As editors write it: a name in brackets in place of the pronoun, without […] beside it."""
    she = place("She")
    assert quote(cuts=(she,), insertions=((she[0], "The nurse"),)).words.startswith("[The nurse] told me")


# --- as they are written ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "left_out", "put_in"),
    [
        ("She told me, […] that the bus (the 12) never comes.", ["and I was cold,"], []),
        ("She told me, [...] that the bus (the 12) never comes.", ["and I was cold,"], []),
        ("[The nurse] told me, and I was cold, that the bus (the 12) never comes.", ["She"], ["The nurse"]),
        ("She [the nurse] told me, and I was cold, that the bus (the 12) never comes.", [], ["the nurse"]),
        ("[…] the bus (the 12) never comes.", ["She told me, and I was cold, that"], []),
        ("She told me […] never comes [here].", [", and I was cold, that the bus (the 12)"], ["here"]),
        ("She told me, and I was cold […]", [", that the bus (the 12) never comes."], []),
    ],
)
def test_brackets_say_what_is_left_out_and_put_in(written: str, left_out: list[str], put_in: list[str]) -> None:
    found = themes.read_edits(quote(), written)
    assert [SAID[start - AT : end - AT] for start, end in found.cuts] == left_out
    assert [words for _, words in found.insertions] == put_in
    assert edited(written).words == written.replace("...", "…")


@pytest.mark.parametrize(
    ("written", "why"),
    [
        ("He told me, and I was cold, that the bus (the 12) never comes.", "does not say"),
        ("She told me, that the bus (the 12) never comes.", "does not say"),
        ("told me, and I was cold, that the bus (the 12) never comes.", "Other words stand around"),
        ("She told me, and I was cold", "Other words stand around"),
        ("She told […] me, and I was cold, that the bus (the 12) never comes.", "Other words stand around"),
        ("that the bus […] She told me", "Other words stand around"),
        ("She told me [and I was cold", "does not say"),
        ("", "Nothing would be left"),
        ("[…]", "Nothing would be left"),
        ("[nothing of it]", "Nothing would be left"),
    ],
)
def test_whatever_else_differs_is_refused(written: str, why: str) -> None:
    with pytest.raises(BadDecision, match=why):
        themes.read_edits(quote(), written)


def test_brackets_of_the_transcript_are_its_words() -> None:
    said = "I was [laughs] cold, [unclear] and wet."
    assert themes.read_edits(quote(said), said) == themes.Edits()
    one = edited("I was [laughs] cold, […] and wet.", said)
    assert [said[start - AT : end - AT] for start, end in one.cuts] == ["[unclear]"]
    one = edited("I was [freezing] cold, [unclear] and wet.", said)
    assert one.insertions == ((place("[laughs]", said)[0], "freezing"),)


def test_a_cut_ends_where_words_end() -> None:
    """'he said' begins inside of 'she said' too; blanks at the mark say that a word begins there."""
    said = "I went because she said so, and he said so."
    one = edited("I went […] he said so.", said)
    assert [said[start - AT : end - AT] for start, end in one.cuts] == ["because she said so, and"]


@given(st.data())
def test_what_is_printed_reads_back_as_the_same_words(data: st.DataObject) -> None:
    """Leaving out any words and putting in others: printed, read again and printed, it says the same."""
    said = " ".join(
        data.draw(st.lists(st.sampled_from(["rain", "and", "rained", "no", "coat,"]), min_size=3, max_size=9))
    )
    starts = [0, *(n + 1 for n, char in enumerate(said) if char == " ")]
    ends = [*(n for n, char in enumerate(said) if char == " "), len(said)]
    low = data.draw(st.integers(0, len(starts) - 2))
    high = data.draw(st.integers(low, len(starts) - 2))
    cut = (AT + starts[low], AT + ends[high])
    put = data.draw(st.sampled_from([(), ((AT + len(said), "she laughs"),), ((cut[0], "something"),)]))
    one = quote(said, cuts=(cut,), insertions=put)
    assert edited(one.words, said).words == one.words


# --- as they are kept ------------------------------------------------------------------------------------------


def test_edits_are_sealed_with_their_places() -> None:
    cut = place("and I was cold, ")
    (fact,) = themes.edit(quote(), [cut], [(AT, "That day")])
    assert isinstance(fact, e.QuoteEdited)
    (sealed,) = fact.sealed()
    assert json.loads(sealed.body) == {"cuts": [list(cut)], "insertions": [[AT, "That day"]]}


def test_the_same_edits_are_no_news_and_none_make_the_quote_whole() -> None:
    one = quote(cuts=(place("She"),))
    assert themes.edit(one, [place("She")], []) == []
    assert len(themes.edit(one, [], [])) == 1


@pytest.mark.parametrize(
    ("cuts", "insertions", "why"),
    [
        ([(AT - 1, AT + 3)], [], "can not be left out"),
        ([(AT + 3, AT + 3)], [], "can not be left out"),
        ([(AT, AT + 8), (AT + 4, AT + 12)], [], "can not be left out"),
        ([(AT, AT + len(SAID))], [], "Nothing would be left"),
        ([], [(AT - 1, "x")], "Nothing can be put in"),
        ([(AT, AT + 8)], [(AT + 4, "x")], "Nothing can be put in"),
        ([], [(AT, " ")], "one line of words"),
        ([], [(AT, "a]b")], "one line of words"),
        ([], [(AT, "a\nb")], "one line of words"),
        ([], [(AT, "a"), (AT, "b")], "Two insertions"),
    ],
)
def test_edits_that_can_not_be_are_refused(cuts: list[e.Span], insertions: list[tuple[int, str]], why: str) -> None:
    with pytest.raises(BadDecision, match=why):
        themes.edit(quote(), cuts, insertions)


def test_no_cut_goes_through_what_is_one_character_to_a_reader() -> None:
    said = "e\u0301clair and tea"
    with pytest.raises(BadDecision):
        themes.edit(quote(said), [(AT, AT + 1)], [])


# --- use, order, stars -----------------------------------------------------------------------------------------

FIRST, SECOND = quote(), Quote("q2", "th1", "t", 0, 4, "Rain", "P01")
COATS = Theme("th1", "Coats", "", (), (FIRST, SECOND))
WET = Theme("th2", "Wet", "", ())


def test_a_quote_is_for_one_thing() -> None:
    assert themes.use(FIRST, QuoteUse.ARGUE) == [e.QuoteUsed(quote="q1", use="argue")]
    assert themes.use(FIRST, QuoteUse.UNSAID) == []


def test_quotes_are_put_in_order_and_into_other_themes() -> None:
    assert themes.move(SECOND, COATS, "") == [e.QuoteMoved(quote="q2", theme="th1", after="")]
    assert themes.move(SECOND, COATS, "q1") == themes.move(SECOND, COATS) == []
    assert themes.move(FIRST, COATS) == [e.QuoteMoved(quote="q1", theme="th1", after="q2")]
    assert themes.move(FIRST, WET) == [e.QuoteMoved(quote="q1", theme="th2", after="")]
    with pytest.raises(BadDecision):
        themes.move(FIRST, WET, "q2")
    with pytest.raises(BadDecision, match="already"):
        themes.move(FIRST, Theme("th3", "Other", "", (), (quote(),)))


def test_a_star_waits_until_a_quote_is_picked_from_it_or_it_is_put_aside() -> None:
    star = Star("s1", "p", "t", "ana", AT + 4, AT + 12)
    elsewhere, other = Star("s2", "p", "u", "ana", AT + 4, AT + 12), Star("s3", "p", "t", "ana", 50, 60)
    assert themes.waiting([star, elsewhere, other], [COATS], []) == [elsewhere, other]
    assert themes.waiting([star, elsewhere], [WET], ["s1"]) == [elsewhere]
    assert themes.put_aside(star, []) == [e.StarPutAside(star="s1", aside=True)]
    assert themes.put_aside(star, ["s1"]) == []
    assert themes.put_aside(star, ["s1"], back=True) == [e.StarPutAside(star="s1", aside=False)]
    assert themes.put_aside(star, [], back=True) == []
