"""A person's answers put into effect."""

from itertools import pairwise
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualbench.steps.deidentify import Action, Candidate, Change, Decision, Kind, Replaced, Why, answer, apply, decided
from qualbench.steps.deidentify.kinds import Span
from qualbench.steps.deidentify.matching import words_of
from qualbench.steps.deidentify.replacing import moved


def person(original: str, replacement: str, *forms: str) -> Decision:
    return Decision(original, Kind.PERSON, Action.REPLACE, replacement, forms)


def keep(original: str) -> Decision:
    return Decision(original, Kind.PLACE, Action.KEEP)


def after(text: str, *decisions: Decision, kept: tuple[Span, ...] = ()) -> str:
    return apply(text, decisions, kept).text


def test_initials_become_the_name_as_it_is_written() -> None:
    assert after("T.L. and TL", person("Tessa", "Elena", "T.L.", "TL")) == "Elena and Elena"


def test_a_name_in_small_letters_is_the_word_where_the_text_has_the_name_with_its_capital() -> None:
    rose = person("rose", "Uma", "Rose Lund", "Rose")
    assert after("rose told me", rose) == "Uma told me"
    assert after("Rose said that prices rose.", rose) == "Uma said that prices rose."


@pytest.mark.parametrize(
    ("text", "result"),
    [
        ("Tessa's dog, Tessa’s", "Elena's dog, Elena’s"),
        ("TESSA!", "ELENA!"),
        ("tessa", "Elena"),
        ("the Tessas", "the Elenas"),
        ("Tessa-Marie", "Elena-Marie"),
        ("Contessa", "Contessa"),
        ("Tes\u0301sa", "Elena"),
        ("", ""),
    ],
)
def test_endings_and_capitals_are_kept(text: str, result: str) -> None:
    assert after(text, person("Tessa", "Elena")) == result


def test_of_overlapping_names_the_longest_goes_first_whatever_the_order() -> None:
    decisions = [
        person("Ann", "Uma"), person("Ann Marie", "Greta"), person("Marie", "Freya"), person("Ann Marie Lund", "Edith"),
    ]  # fmt: skip
    text = "Ann Marie Lund met Ann Marie, Ann, Marie and Anna Marie."
    assert (
        after(text, *decisions) == after(text, *reversed(decisions)) == ("Edith met Greta, Uma, Freya and Anna Freya.")
    )


def test_a_pseudonym_is_never_replaced_again() -> None:
    assert after("Tessa and Elena", person("Tessa", "Elena"), person("Elena", "Tessa")) == "Elena and Tessa"


def test_a_decision_holds_for_every_name_of_the_person_but_a_name_s_own_decision_goes_first() -> None:
    tessa = person("Tessa", "Elena", "Tessa Lund", "Tess", "Lund")
    assert after("Tessa Lund, Tess, Lund", tessa) == "Elena, Elena, Elena"
    assert after("Tessa Lund, Tess, Lund", tessa, keep("Lund")) == "Elena, Elena, Lund"


def test_a_longer_string_that_is_kept_protects_what_is_in_it() -> None:
    assert after("Jose lives in San Jose", person("Jose", "Kenji"), keep("San Jose")) == "Kenji lives in San Jose"


def test_a_kept_word_does_not_save_the_name() -> None:
    assert after("Will will", person("William", "Felix", "Will"), keep("will")) == "Felix will"


def test_one_place_can_stay_as_it_is() -> None:
    assert after("Faith lost faith. Faith helps.", person("Faith", "Uma"), kept=((18, 23),)) == (
        "Uma lost faith. Faith helps."
    )


def test_descriptions_are_in_brackets_and_keep_their_letters() -> None:
    town = Candidate("Vell", Kind.PLACE, ((0, 4),), (Why.ENTITY,))
    redacted = decided(town, Action.REDACT, "town")
    assert redacted.replacement == "[town]"
    assert after("VELL, Vell", redacted) == "[town], [town]"


def test_a_phrase_keeps_its_first_capital() -> None:
    age = Decision("when I was 15", Kind.AGE, Action.REDACT, "when I was [teens]")
    assert after("When I was 15 or so, when I was 15", age) == "When I was [teens] or so, when I was [teens]"


def test_where_everything_went() -> None:
    assert apply("Hi Tessa, hi Bo.", [person("Tessa", "Uma"), person("Bo", "Desmond")]) == Replaced(
        "Hi Uma, hi Desmond.", (Change(3, 8, 3, 6), Change(13, 15, 11, 18))
    )


def test_keeping_holds_for_one_string_and_replacing_for_the_whole_person() -> None:
    tess = Candidate("Tess", Kind.PERSON, ((0, 4),), (Why.KNOWN,), ("Tessa Lund", "Tessa", "Tess"))
    assert decided(tess, Action.KEEP).strings == ("Tess",)
    whole = decided(tess, Action.REPLACE, "Elena")
    assert whole.original == "Tessa Lund"
    assert answer("tessa", [whole]) is whole
    assert answer("Tessa Lund's", [whole]) is None


NAMES = ["Tessa", "Bo", "Ann", "Ann Marie", "Will", "José", "Lund", "555-0142", "Marie Lund", "TL"]
PIECES = st.sampled_from(
    [
        *NAMES,
        "anna",
        "ann",
        "ANN",
        "jose",
        "Jose\u0301",
        "will",
        "'s",
        "’s",
        " ",
        "\n",
        ", ",
        "-",
        "x",
        "the ",
        "1",
        "😀",
    ]
)
TEXTS = st.lists(PIECES, max_size=30).map("".join)
NEW = ["Elena", "Kenji", "Uma", "Greta", "Felix", "Freya", "Paloma", "[phone]", "Edith", "Oskar"]
ANSWERS = st.lists(st.sampled_from(range(len(NAMES))), unique=True).map(
    lambda chosen: [person(NAMES[number], NEW[number]) for number in chosen]
)


@given(TEXTS, ANSWERS)
def test_every_character_outside_the_places_stays_and_offsets_map(text: str, decisions: list[Decision]) -> None:
    done = apply(text, decisions)
    old = new = 0
    for change in done.changes:
        assert done.text[new : change.new_start] == text[old : change.old_start]
        assert done.text[change.new_start : change.new_end].casefold() in {name.casefold() for name in NEW}
        assert moved(done.changes, change.old_start) == change.new_start
        assert moved(done.changes, change.old_end) == change.new_end
        old, new = change.old_end, change.new_end
    assert done.text[new:] == text[old:]
    assert moved(done.changes, len(text)) == len(done.text)
    outside = [at for at in range(len(text)) if not any(c.old_start <= at < c.old_end for c in done.changes)]
    assert all(done.text[moved(done.changes, at)] == text[at] for at in outside)
    assert all(a.old_end <= b.old_start and a.new_end <= b.new_start for a, b in pairwise(done.changes))


@given(TEXTS, ANSWERS)
def test_no_original_that_was_replaced_occurs_afterwards(text: str, decisions: list[Decision]) -> None:
    done = apply(text, decisions)
    assert apply(done.text, decisions).changes == ()
    gone = {one.original for one in decisions}
    spoken = done.text.replace("\n", " ").split(" ")
    assert not any(word.strip(",.!") in gone for word in spoken)


@given(st.lists(TEXTS, max_size=4), ANSWERS, st.randoms())
def test_each_text_is_the_same_in_whatever_order_texts_and_answers_come(
    texts: list[str], decisions: list[Decision], random: Random
) -> None:
    shuffled = decisions[:]
    random.shuffle(shuffled)
    assert [after(text, *decisions) for text in texts] == [after(text, *shuffled) for text in texts]


@given(TEXTS, ANSWERS)
def test_words_that_are_no_part_of_a_name_survive(text: str, decisions: list[Decision]) -> None:
    named = {word for one in decisions for word in words_of(one.original)}
    plural = {f"{word}s" for word in named}
    assert words_of(text) - named - plural <= words_of(apply(text, decisions).text)
