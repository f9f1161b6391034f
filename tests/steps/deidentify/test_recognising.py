"""A sealed text looked over again: what is known, listed or has a shape, each place once, and nothing that was kept."""

from qualbench.steps.deidentify import Action, Decision, Kind, KnownName, Why, recognised

TESSA = Decision("Tessa Lundqvist", Kind.PERSON, Action.REPLACE, "Elena", ("Tessa Lundqvist", "Tessa", "Lundqvist"))
VELL = Decision("Vell", Kind.PLACE, Action.REDACT, "[town 1]")


def found(text: str, *decisions: Decision, **more: object) -> list[tuple[str, Kind, Why]]:
    places = recognised(text, decisions, **more)  # type: ignore[arg-type] # options of one call
    return [(text[one.start : one.end], one.kind, one.why) for one in places]


def test_originals_are_found_in_any_spelling_and_what_replaced_them_is_not() -> None:
    text = "Elena said TESSA, and lundqvist's. In Vellfield, [town 1], Vell."
    assert found(text, TESSA, VELL) == [
        ("TESSA", Kind.PERSON, Why.LEFT),
        ("lundqvist", Kind.PERSON, Why.LEFT),
        ("Vellfield", Kind.PLACE, Why.LEFT),
        ("Vell", Kind.PLACE, Why.LEFT),
    ]


def test_shapes_known_names_and_listed_words_are_found_without_any_decision() -> None:
    text = "Write to a.b@kindred.example, or ask Okonjo at the Light."
    assert found(text, known=[KnownName("Okonjo")], own=["the Light"]) == [
        ("a.b@kindred.example", Kind.MAIL, Why.PATTERN),
        ("Okonjo", Kind.PERSON, Why.KNOWN),
        ("the Light", Kind.OTHER, Why.LIST),
    ]


def test_what_was_kept_is_no_finding() -> None:
    kept = [Decision("3 March 2019", Kind.DATE, Action.KEEP), Decision("Okonjo", Kind.PERSON, Action.KEEP)]
    assert found("Okonjo came on 3 March 2019.", *kept, known=[KnownName("Okonjo")]) == []


def test_of_overlapping_places_the_longest_is_told_once() -> None:
    assert found("tessa@kindred.example", TESSA) == [("tessa@kindred.example", Kind.MAIL, Why.PATTERN)]
