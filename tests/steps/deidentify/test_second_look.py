"""The second look: what is still there after replacing."""

import pytest

from qualbench.steps.deidentify import Action, Decision, Entity, Kind, Why, apply, left_over

TESSA = Decision("Tessa", Kind.PERSON, Action.REPLACE, "Elena", ("Tessa Lund", "Tessa", "Lund"))
HOUSE = Decision("Harbor House", Kind.ORGANISATION, Action.REDACT, "[shelter]")
PHONE = Decision("210-555-0142", Kind.PHONE, Action.REDACT, "[phone]")


def look(text: str, *decisions: Decision, entities: tuple[Entity, ...] = ()) -> dict[str, tuple[Why, ...]]:
    return {one.text: one.why for one in left_over(text, decisions, entities)}


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("we saw tessas bag", "tessas"),
        ("we saw Téssa", "Téssa"),
        ("at #teamtessa", "teamtessa"),
        ("at Tessalund.", "Tessalund"),
        ("by O'Tessa", "Tessa"),
        ("at harbor-house", "harbor-house"),
        ("at harborhouse", "harborhouse"),
        ("call 2105550142", "2105550142"),
        ("call (210) 555 0142", "210) 555 0142"),
    ],
)
def test_an_original_in_another_spelling_is_still_there(text: str, left: str) -> None:
    assert look(text, TESSA, HOUSE, PHONE) == {left: (Why.LEFT,)}


def test_a_part_of_a_replaced_name_is_still_there() -> None:
    odo = Decision("Odo Brandvold", Kind.PERSON, Action.REPLACE, "Kenji")
    assert look("and brandvold left", odo) == {"brandvold": (Why.LEFT,)}


def test_a_name_that_is_a_word_is_told_in_small_letters_until_it_is_kept() -> None:
    will = Decision("Will", Kind.PERSON, Action.REPLACE, "Felix")
    assert look("Felix will go", will) == {"will": (Why.LEFT,)}
    assert look("Felix will go", will, Decision("will", Kind.PERSON, Action.KEEP)) == {}


def test_what_was_replaced_and_what_was_kept_is_settled() -> None:
    text = "We met Tessa in San Lund at Harbor House, call 210-555-0142."
    decisions = (TESSA, HOUSE, PHONE, Decision("San Lund", Kind.PLACE, Action.KEEP))
    done = apply(text, decisions).text
    assert done == "We met Elena in San Lund at [shelter], call [phone]."
    start = done.index("San Lund")
    assert look(done, *decisions, entities=(Entity(7, 12, Kind.PERSON), Entity(start, start + 8, Kind.PLACE))) == {}


def test_a_capital_inside_a_sentence_is_told_unless_the_word_is_an_ordinary_one() -> None:
    text = "P1: The River was high. We saw Brandvold Hall, on Monday, and I'm OK. “Then we left the river.” [Laughs]"
    assert look(text) == {"Brandvold Hall": (Why.CAPITAL,)}


def test_every_entity_that_nobody_decided_is_told_with_its_kind() -> None:
    text = "Odo came. Elena Vim too."
    told = (Entity(0, 3, Kind.PERSON), Entity(10, 19, Kind.PERSON))
    found = left_over(text, (TESSA,), told)
    assert [(one.text, one.kind, one.places, one.why) for one in found] == [
        ("Odo", Kind.PERSON, ((0, 3),), (Why.ENTITY,)),
        ("Vim", Kind.PERSON, ((16, 19),), (Why.ENTITY,)),
    ]


def test_originals_come_before_entities_and_entities_before_capitals() -> None:
    text = "we saw Brisk, Brisk, and Odo, and tessas."
    start = text.index("Odo")
    assert list(look(text, TESSA, entities=(Entity(start, start + 3, Kind.PERSON),))) == ["tessas", "Odo", "Brisk"]


def test_nothing_is_left_in_an_empty_text() -> None:
    assert left_over("", (TESSA, HOUSE)) == ()
