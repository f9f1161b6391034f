"""Properties of codes as memos say them."""

from __future__ import annotations

import pytest

from qualbench.steps.comparing import property_of


@pytest.mark.parametrize(
    ("words", "name", "low", "high"),
    [
        ("warmth: from distant to close", "warmth", "distant", "close"),
        ("  Pace :  FROM at once  TO years ", "Pace", "at once", "years"),
        ("from where to where: from here to there", "from where to where", "here", "there"),
        ("warmth", "warmth", "", ""),
        ("warmth: it varies", "warmth: it varies", "", ""),
        ("from a to b", "from a to b", "", ""),
        ("a: from b\nto c", "a", "b", "c"),
    ],
)
def test_a_property_has_a_name_and_two_ends(words: str, name: str, low: str, high: str) -> None:
    found = property_of(words)
    assert (found.name, found.low, found.high) == (name, low, high)


def test_it_is_told_as_it_is_written() -> None:
    assert property_of("warmth: from distant to close").told == "warmth: from distant to close"
    assert property_of("warmth").told == "warmth"
