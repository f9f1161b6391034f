"""Who is called what: the same in the whole project, whatever the order of the transcripts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualbench.steps.deidentify import (
    Action,
    Candidate,
    Decision,
    Entity,
    Kind,
    KnownName,
    Pseudonyms,
    Why,
    apply,
    candidates,
    generalised,
    words_of,
)
from qualbench.steps.deidentify.names import GIVEN_NAMES, ORDINARY

KNOWN = (KnownName("Tessa", "Lund", nicknames=("Tess",)), KnownName("Bo", "Lund"), KnownName("José"))
FILES = (
    "Tessa Lund met Jose in Vell. Odo Brand came.",
    "JOSÉ and Tess went to Vell, then to Brisk. Odo left.",
    "Bo Lund is 34 years old: bo@harbor.org, 210-555-0142.",
)


def named(string: str, kind: Kind = Kind.PERSON, *forms: str) -> Candidate:
    return Candidate(string, kind, ((0, len(string)),), (Why.ENTITY,), forms)


def found(text: str) -> tuple[Candidate, ...]:
    kinds = {"Vell": Kind.PLACE, "Brisk": Kind.PLACE, "Odo Brand": Kind.PERSON, "Odo": Kind.PERSON}
    seen = [Entity(text.index(s), text.index(s) + len(s), kind) for s, kind in kinds.items() if s in text]
    return candidates(text, known=KNOWN, entities=seen)


def suggested(*asked: Candidate, seed: str = "study", given: tuple[Decision, ...] = (), words: str = "") -> list[str]:
    names = Pseudonyms(seed, given, words_of(words))
    return [one.replacement for one in names.suggest(asked)]


@given(st.permutations(FILES))
def test_all_transcripts_read_in_any_order_give_every_string_the_same_name(files: list[str]) -> None:
    words = words_of(" ".join(FILES))

    def called(order: list[str]) -> dict[str, str]:
        decisions = Pseudonyms("study", (), words).suggest([one for text in order for one in found(text)])
        return {text: apply(text, decisions).text for text in order}

    assert called(files) == called(list(FILES))


@given(st.permutations(FILES))
def test_transcripts_decided_one_by_one_call_each_person_by_one_name(files: list[str]) -> None:
    decisions: tuple[Decision, ...] = ()
    for text in files:
        decisions += Pseudonyms("study", decisions, words_of(" ".join(FILES))).suggest(found(text))
    done = {text: apply(text, decisions).text.replace(",", "").replace(".", "").split() for text in FILES}
    tessa, _, jose = done[FILES[0]][:3]
    assert done[FILES[1]][:3] == [jose.upper(), "and", tessa]
    assert done[FILES[0]][-2] == done[FILES[1]][-2], "Odo Brand and Odo are one"
    assert len({tessa, jose, done[FILES[2]][0], done[FILES[0]][-2]}) == 4


def test_no_pseudonym_is_a_word_of_a_transcript_a_real_name_or_in_use() -> None:
    all_but_two = GIVEN_NAMES[2:]
    (name,) = suggested(named("Tessa"), words=" ".join(all_but_two).upper())
    assert name in GIVEN_NAMES[:2]
    (other,) = suggested(named("Tessa"), named(name), words=" ".join(all_but_two))[:1]
    assert other in GIVEN_NAMES[:2]
    assert other != name
    taken = Decision("Bo", Kind.PERSON, Action.REPLACE, name)
    assert suggested(named("Tessa"), given=(taken,), words=" ".join(all_but_two)) == [other]


def test_when_no_name_is_free_people_are_numbered() -> None:
    text = " ".join(GIVEN_NAMES)
    assert sorted(suggested(named("Tessa"), named("Bo"), words=text)) == ["[person 1]", "[person 2]"]


def test_another_seed_gives_other_names() -> None:
    people = [named(name) for name in ("Tessa", "Bo", "Odo", "Vim", "Zed")]
    assert suggested(*people) == suggested(*people)
    assert suggested(*people) != suggested(*people, seed="another study")


def test_the_sixty_names_are_names_only() -> None:
    assert len(set(GIVEN_NAMES)) == 60
    assert not {name.lower() for name in GIVEN_NAMES} & ORDINARY


def test_what_is_decided_stays() -> None:
    mine = Decision("Tessa", Kind.PERSON, Action.REPLACE, "Hildegard", ("Tessa Lund", "Tessa", "Tess"))
    assert suggested(named("Tess"), given=(mine,)) == ["Hildegard"]
    kept = Decision("Vell", Kind.PLACE, Action.KEEP)
    assert Pseudonyms("study", (kept,)).suggest([named("Vell", Kind.PLACE)]) == (kept,)


def test_a_known_person_is_one_decision_by_whatever_name() -> None:
    text = "Tess came, then Tessa Lund and Tessa."
    decisions = Pseudonyms("study").suggest(candidates(text, known=KNOWN))
    assert {one.original for one in decisions} == {"Tessa Lund"}


def test_a_name_without_its_capital_is_the_same_person_in_another_transcript() -> None:
    known = (KnownName("Rose", "Brand"),)
    first = Pseudonyms("study").suggest(candidates("rose said so", known=known))
    later = Pseudonyms("study", first).suggest(candidates("Rose said prices rose; Brand, too", known=known))
    assert len({one.replacement for one in (*first, *later)}) == 1


def test_a_word_that_two_people_share_is_neither_of_them() -> None:
    odo, tam, brand = suggested(named("Odo Brand"), named("Tam Brand"), named("Brand"))
    assert len({odo, tam, brand}) == 3
    odo, brand = suggested(named("Odo Brand"), named("Brand"))
    assert odo == brand


def test_places_and_agencies_are_numbered_and_details_described() -> None:
    asked = [
        named("Vell", Kind.PLACE),
        named("12 Elm Street", Kind.PLACE),
        named("Harbor House", Kind.ORGANISATION),
        named("March 5, 2019", Kind.DATE),
        named("34 years old", Kind.AGE),
        named("a@b.org", Kind.MAIL),
        named("555-0142", Kind.PHONE),
        named("@odo", Kind.WEB),
        named("4471", Kind.NUMBER),
        named("the red van", Kind.OTHER),
    ]
    assert suggested(*asked) == [
        "[town 1]", "[address 1]", "[organisation 1]", "[date]", "[30s]", "[mail]", "[phone]", "[handle]", "[number]",
        "[detail]",
    ]  # fmt: skip
    assert {one.action for one in Pseudonyms("study").suggest(asked)} == {Action.REDACT}
    given = (Decision("Brisk", Kind.PLACE, Action.REDACT, "[town 4]"),)
    assert suggested(named("Vell", Kind.PLACE), given=given) == ["[town 5]"]


def test_a_string_that_is_a_person_here_and_a_place_there_has_one_name() -> None:
    person, place = named("Vell"), named("Vell", Kind.PLACE)
    assert len({*suggested(person, place), *suggested(place, person)}) == 1


def test_a_pseudonym_that_somebody_real_bears_is_told() -> None:
    names = Pseudonyms("study", (Decision("Tessa", Kind.PERSON, Action.REPLACE, "Elena"),))
    assert names.clashes(words_of("ELENA came.")) == ("Elena",)
    assert names.clashes(words_of("Tessa came.")) == ()


@pytest.mark.parametrize(
    ("text", "band"),
    [
        ("9 years old", "[under 10]"),
        ("10-year-old", "[teens]"),
        ("aged 19", "aged [teens]"),
        ("thirty-four years old", "[30s]"),
        ("when I was fifty", "when I was [50s]"),
        ("89 years old", "[80s]"),
        ("90 years old", "[90 or over]"),
        ("102 years old", "[90 or over]"),
        ("old", "[age]"),
    ],
)
def test_ages_become_bands_of_ten_years(text: str, band: str) -> None:
    assert generalised(text, Kind.AGE) == (band, "[age]")


def test_a_date_may_keep_its_year() -> None:
    assert generalised("March 5, 2019", Kind.DATE) == ("[date]", "[2019]")
    assert generalised("March 5", Kind.DATE) == ("[date]",)
