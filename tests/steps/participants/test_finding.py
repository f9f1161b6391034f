"""A search request: its words, its filters, and the word forms that it finds."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualbench.model import Hit, Role
from qualbench.steps.participants import (
    Attribute,
    AttributeKind,
    BadFilter,
    Field,
    Filter,
    Query,
    UnknownFilter,
    admits,
    forms,
    lemma_table,
    parsed,
    written,
)

SITE = Attribute("site", AttributeKind.CHOICE, ("North side", "South side"))
AGE = Attribute("age", AttributeKind.NUMBER)
MET = Attribute("met", AttributeKind.DATE)
JOB = Attribute("Job title")
STUDY = (SITE, AGE, MET, JOB)


def hit(
    participant: str = "P01", speaker: str = "Ana", role: Role | None = Role.PARTICIPANT, transcript: str = "t1"
) -> Hit:
    """A place in 'talk.docx', or another transcript."""
    return Hit(transcript, "Talk One", 0, 4, speaker, role, "been", participant)


ATTRIBUTES = {
    "P01": {"site": "north side", "age": "34", "met": "2024-04-03", "Job title": "Night  nurse"},
    "P02": {"site": "South side", "age": "n/a"},
}


def found(text: str, place: Hit) -> bool:
    """Whether a place fulfils a request."""
    return admits(parsed(text, STUDY), place, ATTRIBUTES)


# --- reading ---------------------------------------------------------------------------------------------------


def test_a_request_is_words_phrases_and_filters() -> None:
    query = parsed('speaker:P01 role:participant site:"north side" been "peer support" there', STUDY)
    assert query.words == ("been", "there")
    assert query.phrases == ("peer support",)
    assert query.filters == (
        Filter(Field.SPEAKER, "P01"),
        Filter(Field.ROLE, "participant"),
        Filter(SITE, "North side"),
    )


@pytest.mark.parametrize(
    "word",
    ["17:30", "http://example.org", "well:", "it's", "50%", "naïve", "1=2", ":x", "_a:b", "P01"],
)
def test_what_only_looks_like_a_filter_is_a_word(word: str) -> None:
    assert parsed(word, STUDY) == Query(words=(word,))


@pytest.mark.parametrize("text", ["", "  ", '""', "- ? …", "\x00", '"'])
def test_a_request_without_words_asks_for_nothing(text: str) -> None:
    assert not parsed(text, STUDY)


@pytest.mark.parametrize(
    "text", ['"peer support"', "“peer support”", '"peer   support', "«peer support»", "„peer support“"]
)
def test_a_phrase_is_read_in_any_quotes_closed_or_not(text: str) -> None:
    assert parsed(text) == Query(phrases=("peer support",))


def test_a_filter_may_be_written_with_an_equals_sign_and_its_name_in_quotes() -> None:
    assert parsed('"job title"="night nurse"', STUDY) == Query(filters=(Filter(JOB, "night nurse"),))
    assert parsed("SITE=south", (Attribute("site"),)).filters[0].name == "site"


def test_an_unknown_filter_is_refused_with_the_known_ones_and_the_way_out() -> None:
    with pytest.raises(UnknownFilter) as refused:
        parsed("ward:3 been", STUDY)
    assert str(refused.value) == (
        "There is no filter called 'ward'. Known are: speaker, participant, role, transcript, site, age, met, "
        "Job title. To find such words themselves, put them into quotes."
    )
    assert parsed('"ward:3" been', STUDY) == Query(words=("been",), phrases=("ward:3",))


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("role:nurse", "'nurse' is not a role"),
        ("site:east", "none of the choices"),
        ("age:old", "not a number"),
        ("met:03/04/2024", "can be two days"),
        ("age:50..30", "not a range"),
        ("age:..", "not a range"),
        ("age:20..x", "not a number"),
    ],
)
def test_a_filter_that_can_find_nothing_is_refused(text: str, why: str) -> None:
    with pytest.raises(BadFilter, match=why):
        parsed(text, STUDY)


def test_roles_are_read_in_other_languages_and_an_attribute_may_be_called_role() -> None:
    assert parsed("role:Moderatorin").filters == (Filter(Field.ROLE, "interviewer"),)
    role = Attribute("role", AttributeKind.CHOICE, ("nurse", "cook"))
    assert parsed("role:nurse", (role,)).filters == (Filter(role, "nurse"),)
    assert parsed("role:other", (role,)).filters == (Filter(Field.ROLE, "other"),)


# --- applying --------------------------------------------------------------------------------------------------


def test_a_speaker_is_found_by_label_or_by_participant() -> None:
    assert found("speaker:ana", hit())
    assert found("speaker:p01", hit())
    assert not found("speaker:Bo", hit())
    assert found("participant:P01", hit())
    assert not found("participant:Ana", hit())


def test_empty_filters_find_what_is_not_known() -> None:
    nobody = hit("", "", None)
    assert found('speaker:""', nobody)
    assert found('role:""', nobody)
    assert found('participant:""', hit(""))
    assert found('site:""', nobody)
    assert found('age:""', hit("P02")), "what is no number is not known"
    assert not found('speaker:""', hit(""))
    assert not found('site:""', hit())


def test_filters_of_one_name_add_up_and_those_of_several_narrow_down() -> None:
    assert found("speaker:P01 speaker:P02", hit("P02", "Bo"))
    assert not found('speaker:P01 speaker:P02 site:"north side"', hit("P02", "Bo"))
    assert found('speaker:P01 speaker:P02 site:"NORTH SIDE" role:participant', hit())
    assert not found("speaker:P01 role:interviewer", hit())


def test_a_transcript_is_found_by_its_name_or_id() -> None:
    assert found('transcript:"talk one"', hit())
    assert found("transcript:t1", hit())
    assert not found("transcript:t2", hit())


@pytest.mark.parametrize("text", ["age:34", "age:34.0", "age:30..40", "age:34..34", "age:..34", "age:34.."])
def test_a_number_is_found_alone_or_in_a_range_with_its_ends(text: str) -> None:
    assert found(text, hit())
    assert not found(text, hit("P02"))


@pytest.mark.parametrize("text", ["age:33", "age:35..", "age:..33", "age:-40..-30"])
def test_a_number_outside_is_not_found(text: str) -> None:
    assert not found(text, hit())


def test_a_day_is_found_in_a_range() -> None:
    assert found("met:2024-01-01..2024-12-31", hit())
    assert found('met:"3 April 2024"', hit())
    assert not found("met:2025-01-01..", hit())


def test_text_is_found_without_case_and_spaces() -> None:
    assert found('"job title":"NIGHT nurse"', hit())


def test_a_request_without_filters_admits_every_place() -> None:
    assert found("been there", hit("", "", None))


# --- writing it again --------------------------------------------------------------------------------------------


def test_a_request_is_written_as_it_would_be_typed() -> None:
    query = parsed('been site:"north side" "peer support" speaker:P01 "job title":cook', STUDY)
    assert written(query) == 'site:"North side" speaker:P01 "Job title":cook been "peer support"'


@given(st.text(alphabet='ab1 :="/.\x00-“', max_size=25))
def test_a_request_that_is_written_is_read_as_the_same(text: str) -> None:
    known = (Attribute("a"), Attribute("b", AttributeKind.NUMBER), Attribute("a b"))
    try:
        query = parsed(text, known)
    except (UnknownFilter, BadFilter):
        return
    assert parsed(written(query), known) == query


@given(st.text(max_size=60))
def test_whatever_is_typed_is_read_or_refused_as_a_filter(text: str) -> None:
    try:
        query = parsed(text, STUDY)
    except (UnknownFilter, BadFilter):
        return
    assert all(any(letter.isalnum() for letter in part) for part in (*query.words, *query.phrases))


# --- word forms ------------------------------------------------------------------------------------------------


TOKENS = [("Go", "go"), ("went", "go"), ("going", "go"), ("saw", "see"), ("saw", "saw"), ("sees", "see"), (".", ".")]


def test_a_word_finds_every_form_of_its_lemma() -> None:
    table = lemma_table(TOKENS)
    assert forms(["Went", "there"], table) == (frozenset({"go", "went", "going"}), frozenset({"there"}))


def test_a_form_of_two_lemmas_brings_both_but_does_not_join_them() -> None:
    table = lemma_table(TOKENS)
    assert forms(["saw"], table) == (frozenset({"saw", "sees"}),)
    assert forms(["sees"], table) == (frozenset({"saw", "sees"}),)
    assert forms(["see"], table) == (frozenset({"see", "saw", "sees"}),)
    table = lemma_table([*TOKENS, ("sawing", "saw")])
    assert forms(["saw"], table) == (frozenset({"saw", "sees", "sawing"}),)
    assert forms(["sees"], table) == (frozenset({"saw", "sees"}),)


def test_signs_are_no_words() -> None:
    assert lemma_table([(".", "."), ("…", "dots"), ("x", "")]) == {}


LETTERS = st.text(alphabet="abÁ.", max_size=2)


@given(st.lists(st.tuples(LETTERS, LETTERS), max_size=12))
def test_a_word_finds_a_form_exactly_when_they_share_a_lemma_or_it_is_its_lemma(tokens: list[tuple[str, str]]) -> None:
    def plain(text: str) -> str:
        return text.lower().replace("á", "a")

    pairs = {(plain(form), plain(lemma)) for form, lemma in tokens if lemma and form.strip(".")}
    table = lemma_table(tokens)
    for one, _ in pairs:
        for other, _ in pairs:
            shared = any(form == other and ((one, lemma) in pairs or one == lemma) for form, lemma in pairs)
            assert (other in table[one]) == shared
