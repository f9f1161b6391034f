"""Typed attributes: what may stand in each, how it is kept, and what is refused instead of guessed."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualbench.steps.participants import Attribute, AttributeKind, BadValue, alike, checked, choices_of, guess_kind

AGE = Attribute("age", AttributeKind.NUMBER)
BORN = Attribute("born", AttributeKind.DATE)
GENDER = Attribute("gender", AttributeKind.CHOICE, ("woman", "man", "non-binary"))
CITY = Attribute("city", AttributeKind.CHOICE, ("Málaga", "Zürich"))
NOTE = Attribute("note")


def refused(attribute: Attribute, text: str) -> str:
    """Why a value is refused."""
    value = checked(attribute, text)
    assert isinstance(value, BadValue)
    assert (value.attribute, value.text) == (attribute.name, text)
    return value.message


@pytest.mark.parametrize("attribute", [AGE, BORN, GENDER, CITY, NOTE], ids=lambda one: one.name)
@pytest.mark.parametrize("text", ["", "   ", "\u00a0", "\ufeff", "\t\r\n"])
def test_an_empty_cell_is_unknown_whatever_the_kind(attribute: Attribute, text: str) -> None:
    assert checked(attribute, text) == ""


@pytest.mark.parametrize("text", ["n/a", "NA", "-", "?", "k. A.", "unknown"])
def test_no_answer_is_unknown_for_numbers_and_dates_and_may_be_an_answer_otherwise(text: str) -> None:
    assert checked(AGE, text) == checked(BORN, text) == ""
    assert checked(NOTE, text) == text
    assert checked(Attribute("status", AttributeKind.CHOICE), text) == text


# --- numbers ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    ["34", "-2", "+7", "3.5", "3,5", ".5", "0,125", "1e3", "007", "12 000", "12'000", "1,500,000", "1.234,5", "−4"],
)
def test_a_number_is_kept_as_it_is_written(text: str) -> None:
    assert checked(AGE, f" {text} ") == text


@pytest.mark.parametrize(
    "text", ["thirty", "34 years", ">65", "30-39", "1,2,3", "nan2", "inf", "12.", "٣٤", "50%", "1e", "1 2", "--1"]
)
def test_what_is_not_figures_alone_is_no_number(text: str) -> None:
    assert "is not a number" in refused(AGE, text)


@pytest.mark.parametrize(
    ("text", "readings"),
    [("1.500", "1500 or 1.5"), ("1,500", "1500 or 1.5"), ("12.050", "12050 or 12.05"), ("100,000", "100000 or 100")],
)
def test_a_number_that_can_be_a_thousand_times_larger_is_refused(text: str, readings: str) -> None:
    assert readings in refused(AGE, text)


def test_a_number_beyond_counting_is_refused() -> None:
    assert "too large" in refused(AGE, "1e999")
    assert "too large" in refused(AGE, "9" * 400)


def test_numbers_that_are_written_differently_are_alike() -> None:
    assert alike(AGE, "3,5", "3.50")
    assert alike(AGE, "12 000", "12000")
    assert not alike(AGE, "3", "4")
    assert not alike(AGE, "", "0"), "unknown is not none"
    assert alike(GENDER, "Woman", "woman")
    assert not alike(NOTE, "Woman", "woman")


@given(st.integers(-(10**9), 10**9), st.sampled_from([",", "'", " ", "\u00a0", "\u202f"]))
def test_groups_of_thousands_say_the_same_number(number: int, mark: str) -> None:
    grouped = f"{number:,}".replace(",", mark)
    if mark == "," and grouped.count(",") == 1:
        return  # could be a decimal comma
    assert alike(AGE, grouped, str(number))


# --- dates -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        *("2024-04-03", "2024/4/3", "2024.04.03", "2024-04-03 00:00", "2024-04-03T00:00:00"),
        *("3.4.2024", "03.04.2024", "3 April 2024", "April 3, 2024", "3rd of April 2024", "Apr 3 2024", "03-Apr-2024"),
        *("3. April 2024", "den 3. April 2024", "3 avril 2024", "3 de abril de 2024", "2024 April 3", "3/Apr/2024"),
    ],
)
def test_a_day_in_any_clear_form_is_kept_in_iso(text: str) -> None:
    assert checked(BORN, text) == "2024-04-03"


@pytest.mark.parametrize(
    ("text", "day"),
    [
        *[("25/04/2024", "2024-04-25"), ("04/25/2024", "2024-04-25"), ("25-4-2024", "2024-04-25")],
        *[("04/04/2024", "2024-04-04"), ("29.02.2024", "2024-02-29"), ("1er août 1961", "1961-08-01")],
        *[
            ("7. März 1999", "1999-03-07"),
            ("31 de diciembre del 2001", "2001-12-31"),
            ("15 DÉCEMBRE 1980", "1980-12-15"),
        ],
        *[("1. Jänner 2020", "2020-01-01"), ("2 ene 2020", "2020-01-02"), ("30 sept. 2020", "2020-09-30")],
    ],
)
def test_figures_and_words_that_leave_one_day_are_read(text: str, day: str) -> None:
    assert checked(BORN, text) == day


@pytest.mark.parametrize("text", ["03/04/2024", "3/4/2024", "03-04-2024"])
def test_a_day_that_can_be_two_days_is_refused_and_asks_for_iso(text: str) -> None:
    message = refused(BORN, text)
    assert "2024-04-03 or 2024-03-04" in message


@pytest.mark.parametrize("text", ["25/04/24", "3.4.24", "24-04-25", "03/04/024"])
def test_a_year_of_two_figures_is_refused(text: str) -> None:
    assert "YYYY-MM-DD" in refused(BORN, text)


@pytest.mark.parametrize(
    "text", ["2023-02-29", "31.4.2024", "2024-13-01", "31 June 2024", "32/13/2024", "0024-04-03", "2024-00-10"]
)
def test_a_day_that_never_was_is_refused(text: str) -> None:
    assert "not a day of the calendar" in refused(BORN, text)


@pytest.mark.parametrize(
    "text", ["2024", "April 2024", "about 3 April 2024", "3 Aprill 2024", "45385", "3 April 2024?", "yesterday"]
)
def test_less_or_more_than_a_day_is_refused(text: str) -> None:
    assert "is not a day" in refused(BORN, text)


def test_a_time_is_not_dropped_in_silence() -> None:
    assert "has a time" in refused(BORN, "2024-04-03 14:30")


@given(st.dates(min_value=date(1000, 1, 1)))
def test_every_day_of_the_calendar_is_kept_as_itself(day: date) -> None:
    iso = day.isoformat()
    assert checked(BORN, iso) == iso
    assert checked(BORN, f"{day.day}.{day.month}.{day.year}") == iso
    assert checked(BORN, day.strftime("%d %B %Y")) == iso


@given(st.dates(min_value=date(1000, 1, 1)))
def test_figures_between_strokes_are_read_exactly_when_they_tell_day_from_month(day: date) -> None:
    value = checked(BORN, f"{day.day}/{day.month}/{day.year}")
    if day.day > 12 or day.day == day.month:
        assert value == day.isoformat()
    else:
        assert isinstance(value, BadValue)


# --- choices ---------------------------------------------------------------------------------------------------


def test_a_choice_is_known_without_case_and_accents_and_kept_in_its_spelling() -> None:
    assert checked(GENDER, " WOMAN ") == "woman"
    assert checked(CITY, "malaga") == "Málaga"
    assert checked(CITY, "ZURICH") == "Zürich"


def test_what_is_none_of_the_choices_is_refused_with_the_choices() -> None:
    assert refused(GENDER, "femail") == "'femail' is none of the choices (woman, man, non-binary)"


def test_choices_that_differ_by_an_accent_alone_are_told_apart_by_it() -> None:
    names = Attribute("name", AttributeKind.CHOICE, ("Zoe", "Zoë"))
    assert checked(names, "Zoë") == "Zoë"
    assert "several of the choices" in refused(names, "ZOE")


def test_an_attribute_without_choices_takes_any() -> None:
    assert checked(Attribute("site", AttributeKind.CHOICE), " North \n side ") == "North side"


def test_a_choice_takes_its_commonest_spelling() -> None:
    column = ["female", "Male", "Female", "", "Female", "male", "male"]
    assert choices_of(column) == ("Female", "male")


def test_text_stays_as_it_is() -> None:
    assert checked(NOTE, " came late,\nleft  early ") == "came late,\nleft  early"


@given(st.sampled_from([AGE, BORN, GENDER, CITY, NOTE]), st.text(max_size=30))
def test_what_is_kept_is_kept_for_good_and_what_is_refused_says_why(attribute: Attribute, text: str) -> None:
    value = checked(attribute, text)
    if isinstance(value, BadValue):
        assert value.message
        assert "\n" not in str(value)
    else:
        assert checked(attribute, value) == value


# --- the kind of a column --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("column", "kind"),
    [
        (["34", "51", "", "n/a", "29"], AttributeKind.NUMBER),
        (["3,5", "1.500"], AttributeKind.NUMBER),
        (["34", "51", "29", "40", "thirty"], AttributeKind.NUMBER),
        (["1961-03-02", "4 May 1970"], AttributeKind.DATE),
        (["03/04/2024", "12/11/2024"], AttributeKind.DATE),
        (["25/04/24", "01/02/24"], AttributeKind.DATE),
        (["woman", "man", "Woman", "man"], AttributeKind.CHOICE),
        (["yes", "no", "yes"], AttributeKind.CHOICE),
        (["nurse", "cook", "driver"], AttributeKind.TEXT),
        (["01234", "04109", "01234"], AttributeKind.CHOICE),
        (["came late and left early, as she always did before", "x"] * 3, AttributeKind.TEXT),
        ([], AttributeKind.TEXT),
        (["", " "], AttributeKind.TEXT),
    ],
)
def test_the_kind_of_a_column_is_guessed_by_most_of_its_values(column: list[str], kind: AttributeKind) -> None:
    assert guess_kind(column) is kind
