"""Constant comparison: which earlier extracts of a code are shown, and which memos hold what is asked for."""

from __future__ import annotations

from collections import Counter
from itertools import permutations
from math import log, sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualbench.model import Extract
from qualbench.steps.comparing import edge, matching, newest, typical, typicality


def extract(text: str, start: int = 0, transcript: str = "t") -> Extract:
    """Words that a code is on."""
    return Extract(transcript, transcript, start, start + len(text), text, "P01", ("TRUST",))


def extracts(*texts: str) -> list[Extract]:
    """Extracts at one place after the other, coded in this order."""
    return [extract(text, 100 * number) for number, text in enumerate(texts)]


def texts(chosen: tuple[Extract, ...]) -> list[str]:
    return [one.text for one in chosen]


# --- newest ------------------------------------------------------------------------------------------------------


def test_the_newest_are_those_coded_last_whatever_their_places() -> None:
    coded = [extract("first", 900), extract("second", 0), extract("third", 500)]
    assert texts(newest(coded, 2)) == ["third", "second"]
    assert texts(newest(coded, 9)) == ["third", "second", "first"]


@pytest.mark.parametrize("choose", [newest, typical, edge])
def test_none_asked_for_and_none_there_is_nothing(choose: type) -> None:
    assert choose(extracts("trust"), 0) == ()
    assert choose(extracts("trust"), -1) == ()
    assert choose([], 3) == ()


# --- how typical -------------------------------------------------------------------------------------------------


def test_typicality_by_hand() -> None:
    """Both words are in two of three extracts, so they weigh alike: cosines 1/sqrt(2), 0 and 1/sqrt(2)."""
    assert typicality(extracts("trust", "trust hope", "hope")) == pytest.approx(
        [1 / sqrt(8), 1 / sqrt(2), 1 / sqrt(8)], abs=1e-8
    )


def test_a_rare_word_weighs_more() -> None:
    """Trust weighs ln(4/4)+1 = 1, fear ln(4/2)+1 = 1.693147: cosine 1/sqrt(1+1.693147^2) = 0.508542."""
    assert typicality(extracts("trust", "trust fear", "trust")) == pytest.approx(
        [0.754271, 0.508542, 0.754271], abs=1e-6
    )


def test_forms_of_a_word_are_one_word_and_stop_words_are_none() -> None:
    assert typicality(extracts("I trusted her", "Trusting them!", "they TRUST", "don’t trust us")) == (1, 1, 1, 1)
    assert typicality(extracts("the families", "a family")) == (1, 1)
    assert typicality(extracts("café", "cafe\u0301", "CAFE")) == (1, 1, 1)


def test_what_shares_no_word_is_at_the_edge_and_what_all_share_is_typical() -> None:
    coded = extracts("she trusted the peer", "a bus ticket", "trust in a peer grows", "the peer again, trust")
    assert texts(typical(coded, 1)) == ["she trusted the peer"]
    assert texts(edge(coded, 1)) == ["a bus ticket"]


def test_equally_typical_ones_come_in_the_order_of_places() -> None:
    coded = [extract("trust", 5, "b"), extract("trust", 9, "a"), extract("trust", 2, "a")]
    assert [(one.transcript, one.start) for one in typical(coded, 3)] == [("a", 2), ("a", 9), ("b", 5)]
    assert edge(coded, 3) == typical(coded, 3)


def test_an_extract_without_content_words_is_compared_with_nothing_and_comes_last() -> None:
    coded = extracts("Yeah, I know.", "trust", "hope")
    assert typicality(coded) == (None, 0, 0)
    assert texts(typical(coded, 3)) == texts(edge(coded, 3)) == ["trust", "hope", "Yeah, I know."]


def test_a_single_extract_is_like_no_other() -> None:
    assert typicality(extracts("trust")) == (0,)


VOCABULARY = ["trust", "hope", "fear", "van", "shelter"]
WORDS = st.lists(st.lists(st.sampled_from(VOCABULARY), min_size=1, max_size=6).map(" ".join), min_size=2, max_size=8)


def pair_by_pair(bodies: list[str]) -> list[float]:
    """Mean cosine of each with every other, one pair after the other."""
    counts = [Counter(body.split()) for body in bodies]
    size = len(bodies)
    rarity = {word: log((1 + size) / (1 + sum(word in one for one in counts))) + 1 for word in VOCABULARY}

    def cosine(one: Counter[str], two: Counter[str]) -> float:
        dot = sum(one[word] * two[word] * rarity[word] ** 2 for word in VOCABULARY)
        lengths = [sqrt(sum((each[word] * rarity[word]) ** 2 for word in VOCABULARY)) for each in (one, two)]
        return dot / (lengths[0] * lengths[1])

    return [sum(cosine(one, two) for two in counts if two is not one) / (size - 1) for one in counts]


@given(WORDS)
def test_typicality_is_the_mean_cosine_with_every_other(bodies: list[str]) -> None:
    stemmed = [body.replace("shelter", "shelters") for body in bodies]
    assert typicality(extracts(*stemmed)) == pytest.approx(pair_by_pair(bodies), abs=1e-8)


@given(WORDS.map(lambda bodies: bodies[:4]))
def test_the_order_of_coding_does_not_change_what_is_typical(bodies: list[str]) -> None:
    coded = extracts(*bodies)
    for other in permutations(coded):
        assert typical(other, 3) == typical(coded, 3)
        assert edge(other, 3) == edge(coded, 3)


# --- memos -------------------------------------------------------------------------------------------------------

MEMOS = ("Trust comes late, Zoë says.", "She trusts the van.", "Late trust?\nNot here", "It’s about the van")


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("trust", (0, 1, 2)),
        ("TRUST late", (0, 2)),
        ("late trust", (0, 2)),
        ('"late trust"', (2,)),
        ('“trust comes" zoe', (0,)),
        ('van "the van', (1, 3)),
        ('"trust? not"', (2,)),
        ("it's", (3,)),
        ("nowhere trust", ()),
        ("", (0, 1, 2, 3)),
        ('""', (0, 1, 2, 3)),
        ("  ", (0, 1, 2, 3)),
    ],
)
def test_memos_hold_every_word_and_every_phrase(query: str, found: tuple[int, ...]) -> None:
    assert matching(query, MEMOS) == found


@given(st.lists(st.text(max_size=20), max_size=5), st.text(max_size=8), st.text(max_size=8))
def test_one_more_word_never_finds_more_memos(bodies: list[str], one: str, two: str) -> None:
    one, two = one.replace('"', ""), two.replace('"', "")
    assert set(matching(f"{one} {two}", bodies)) <= set(matching(one, bodies))
