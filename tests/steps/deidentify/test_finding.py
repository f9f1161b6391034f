"""The queue: what may identify somebody, grouped by string, known names first."""

from itertools import pairwise

import pytest

from qualbench.steps.deidentify import Candidate, Entity, Kind, KnownName, Why, candidates

TESSA = KnownName("Tessa", "Lundqvist", nicknames=("Tess",), initials=("TL",))


def queue(text: str, *known: KnownName, own: tuple[str, ...] = (), entities: tuple[Entity, ...] = ()) -> list[str]:
    return [one.text for one in candidates(text, known=known, own=own, entities=entities)]


def places(text: str, *known: KnownName) -> list[str]:
    """What stands at the places of known names, in the order of the text."""
    spans = sorted(span for one in candidates(text, known=known) for span in one.places)
    return [text[start:end] for start, end in spans]


def one(text: str, string: str, *known: KnownName, entities: tuple[Entity, ...] = ()) -> Candidate:
    return next(one for one in candidates(text, known=known, entities=entities) if one.text == string)


def entity(text: str, string: str, kind: Kind) -> Entity:
    start = text.index(string)
    return Entity(start, start + len(string), kind)


def test_a_known_name_is_found_by_everything_it_is_called() -> None:
    text = "Tessa Lundqvist came. Tess sat. Ms. Lundqvist, or Lundqvist, Tessa, signed T.L. and TL."
    assert places(text, TESSA) == [
        "Tessa Lundqvist", "Tess", "Lundqvist", "Lundqvist, Tessa", "T.L.", "TL",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "stands"),
    [
        ("tessa said", ["tessa"]),
        ("TESSA SAID", ["TESSA"]),
        ("Tessa's and Tessa’s", ["Tessa", "Tessa"]),
        ("the Lundqvists' house", ["Lundqvist"]),
        ("Tessa-Marie and pre-Tessa", ["Tessa", "Tessa"]),
        ("tessa_home tessa1987", ["tessa", "tessa"]),
        ("Tessa  Lundqvist, Tessa\nLundqvist", ["Tessa  Lundqvist", "Tessa\nLundqvist"]),
        ("Tes\u00adsa", ["Tes\u00adsa"]),
        ("I saw Tessa\nLundqvist: Yes.", ["Tessa", "Lundqvist"]),
    ],
)
def test_case_possessives_plurals_compounds_and_blanks(text: str, stands: list[str]) -> None:
    assert places(text, TESSA) == stands


@pytest.mark.parametrize("text", ["Tessaly", "contessa", "tessas", "tl;dr", "O'Tessa", "Tessellate", "bottle"])
def test_never_inside_another_word(text: str) -> None:
    assert places(text, TESSA) == []


def test_roberts_is_not_robert_unless_there_are_several() -> None:
    assert places("Roberts called the Roberts.", KnownName("Robert")) == ["Robert"]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("José", "Jose came"),
        ("Jose", "José came"),
        ("José", "Jose\u0301 came"),
        ("Søren", "Soren came"),
        ("Weiß", "Weiss came"),
        ("Zoë", "ZOE came"),
    ],
)
def test_accents_are_folded(name: str, text: str) -> None:
    assert places(text, KnownName(name)) == [text.removesuffix(" came")]


def test_a_name_that_is_a_word_is_found_by_its_capital() -> None:
    text = "Will said he will. WILL!"
    assert places(text, KnownName("Will")) == ["Will", "WILL"]


def test_in_a_transcript_without_capitals_such_a_name_is_asked_about_all_the_same() -> None:
    assert places("rose told me that prices rose", KnownName("Rose")) == ["rose", "rose"]


def test_initials_need_their_capitals() -> None:
    assert places("TL or tl", KnownName("Tessa", initials=("tl",))) == ["TL"]


def test_a_name_typed_in_capitals_is_a_name_all_the_same() -> None:
    assert places("Ann and anna", KnownName("ANN")) == ["Ann"]


def test_the_forms_of_one_person_travel_together_and_shared_ones_belong_to_nobody() -> None:
    text = "Tessa and Bo Lundqvist; a Lundqvist."
    known = (KnownName("Tessa", "Lundqvist"), KnownName("Bo", "Lundqvist"))
    assert set(one(text, "Tessa", *known).forms) == {"Tessa", "Tessa Lundqvist", "Lundqvist, Tessa"}
    assert one(text, "Lundqvist", *known).forms == ()


def test_the_queue_is_known_names_then_persons_then_the_commonest() -> None:
    text = "Vell, Vell, Vell. Odo, Odo. Tessa. Harbor House, Harbor House."
    told = (entity(text, "Vell", Kind.PLACE), entity(text, "Odo", Kind.PERSON))
    assert queue(text, TESSA, own=("Harbor House",), entities=told) == ["Tessa", "Odo", "Vell", "Harbor House"]


def test_a_name_the_model_saw_once_is_found_at_all_its_places() -> None:
    text = "Odo came. Then odo left, and Odo's dog."
    found = one(text, "Odo", entities=(entity(text, "Odo", Kind.PERSON),))
    assert [text[slice(*span)] for span in found.places] == ["Odo", "odo", "Odo"]


def test_a_word_taken_for_a_name_is_asked_about_only_where_it_has_a_capital() -> None:
    text = "Like, I like it, like that, I like you."
    found = one(text, "Like", entities=(entity(text, "Like", Kind.PERSON),))
    assert (found.places, found.cased) == (((0, 4),), True)


def test_reasons_add_up_and_the_project_s_list_learns_its_kind() -> None:
    text = "At Harbor House, mail help@harbor.org."
    told = (entity(text, "Harbor House", Kind.ORGANISATION),)
    found = {c.text: c for c in candidates(text, known=(), own=("harbor house", "help@harbor.org"), entities=told)}
    assert (found["harbor house"].kind, found["harbor house"].why) == (Kind.ORGANISATION, (Why.LIST, Why.ENTITY))
    assert (found["help@harbor.org"].kind, found["help@harbor.org"].why) == (Kind.MAIL, (Why.LIST, Why.PATTERN))


def test_what_stands_beside_a_known_name_is_a_name_too() -> None:
    text = "Tessa Brandvold came, and tessa came."
    told = (entity(text, "Tessa Brandvold", Kind.PERSON), entity(text, "tessa came", Kind.PERSON))
    assert queue(text, TESSA, entities=told) == ["Tessa", "Brandvold"]


def test_a_town_with_a_known_name_in_it_stays_whole() -> None:
    text = "Jose lives in San Jose."
    told = (entity(text, "San Jose", Kind.PLACE),)
    found = {c.text: c.places for c in candidates(text, known=(KnownName("Jose"),), entities=told)}
    assert found == {"Jose": ((0, 4),), "San Jose": ((14, 22),)}


def test_the_plural_of_a_known_name_is_nobody_else() -> None:
    text = "The Lundqvists came."
    assert queue(text, TESSA, entities=(entity(text, "Lundqvists", Kind.ORGANISATION),)) == ["Lundqvist"]


def test_a_mail_address_with_a_name_in_it_is_one_detail() -> None:
    assert queue("tessa.lundqvist@harbor.org", TESSA) == ["tessa.lundqvist@harbor.org"]


@pytest.mark.parametrize("string", ["today", "two weeks ago", "2019", "Monday", "March"])
def test_a_date_that_tells_no_more_than_a_year_is_not_asked_about(string: str) -> None:
    assert queue(f"It was {string}", entities=(Entity(7, 7 + len(string), Kind.DATE),)) == []


def test_articles_possessives_quotes_and_labels_do_not_belong_to_an_entity() -> None:
    text = "P1: the Harbor House's “Odo”\nInterviewer: Hm."
    told = (
        entity(text, "P1", Kind.ORGANISATION),
        entity(text, "the Harbor House's", Kind.ORGANISATION),
        entity(text, "“Odo”\nInterviewer", Kind.PERSON),
    )
    assert queue(text, entities=told) == ["Odo", "Harbor House"]


def test_a_label_that_is_a_name_is_a_name() -> None:
    text = "Hi.\nAnn: Yes.\nA1: I told A1 so."
    last = text.rindex("A1")
    told = (entity(text, "Ann", Kind.PERSON), Entity(last, last + 2, Kind.ORGANISATION))
    assert queue(text, entities=told) == ["Ann"]


def test_words_without_letters_or_digits_are_no_names() -> None:
    assert queue("-- ...", KnownName(""), KnownName("..."), own=("", "--")) == []


def test_every_place_is_in_the_text_and_none_overlap() -> None:
    text = "Tessa Lundqvist, Tessa, 210-555-0142, tessa@harbor.org, March 5, 2019, Tess-Tessa Lundqvist"
    spans = sorted(span for c in candidates(text, known=(TESSA,)) for span in c.places)
    assert all(a[1] <= b[0] for a, b in pairwise(spans))
    assert all(0 <= start < end <= len(text) for start, end in spans)


@pytest.mark.parametrize(
    ("seen", "asked"),
    [
        ("Dr. Okonjo", "Okonjo"),
        ("🌻🌻 Okonjo", "Okonjo"),
        ("\u202eOkonjo", "Okonjo"),
        ("Mrs van der Berg", "van der Berg"),
        ("Drew", "Drew"),
        ("Zoe\u0308", "Zoe\u0308"),
    ],
)
def test_a_person_that_is_seen_is_asked_for_without_titles_and_signs(seen: str, asked: str) -> None:
    text = f"I asked {seen} for help."
    assert queue(text, entities=(entity(text, seen, Kind.PERSON),)) == [asked]


@pytest.mark.parametrize(
    ("seen", "kind", "asked"),
    [
        ("us", Kind.PLACE, []),
        ("US", Kind.PLACE, ["US"]),
        ("rose", Kind.PERSON, ["rose"]),
        ("leeds", Kind.PLACE, ["leeds"]),
    ],
)
def test_an_ordinary_word_is_no_place(seen: str, kind: Kind, asked: list[str]) -> None:
    text = f"They told {seen} nothing."
    assert queue(text, entities=(entity(text, seen, kind),)) == asked
