"""Purposive sampling as a table: everybody counted once, nobody's combination hidden, unknowns apart."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualbench.model import Participant, Role, Speaker
from qualbench.steps.participants import (
    Attribute,
    AttributeKind,
    BadBands,
    Bands,
    TooManyCells,
    UnknownAttribute,
    bands,
    coverage,
    rare,
    table,
)

GENDER = Attribute("gender", AttributeKind.CHOICE, ("woman", "man"))
SITE = Attribute("site", AttributeKind.CHOICE, ("north", "south"))
AGE = Attribute("age", AttributeKind.NUMBER)
MET = Attribute("met", AttributeKind.DATE)


def person(label: str, **values: str) -> Participant:
    """A participant with attributes."""
    return Participant(label, label, tuple(values.items()))


def speaking(*participants: str) -> tuple[Speaker, ...]:
    """The speakers of a transcript with these participants."""
    return tuple(Speaker(one, Role.PARTICIPANT, one) for one in participants)


PEOPLE = (
    person("P1", gender="woman", site="north", age="29", met="2023-12-31"),
    person("P2", gender="Woman", site="north", age="30", met="2024-01-01"),
    person("P3", gender="man", site="north", age="49.5", met="2024-06-01"),
    person("P4", gender="man", site="", age="50"),
    person("P5", gender="woman", site="north", age="unsaid"),
)
TRANSCRIPTS = {"a": speaking("P1"), "b": speaking("P1", "P2", "P3"), "c": speaking("P4")}
"""Two interviews and a focus group; P5 was not met yet."""


def test_participants_and_interviews_are_counted_for_each_combination() -> None:
    found = coverage(PEOPLE, (GENDER, SITE), ("gender", "site"), TRANSCRIPTS)
    assert [(cell.values, cell.participants, cell.transcripts) for cell in found.cells] == [
        (("woman", "north"), ("P1", "P2", "P5"), ("a", "b")),
        (("woman", "south"), (), ()),
        (("man", "north"), ("P3",), ("b",)),
        (("man", "south"), (), ()),
    ]
    assert [cell.values for cell in found.empty] == [("woman", "south"), ("man", "south")]


def test_unknowns_are_counted_apart() -> None:
    found = coverage(PEOPLE, (GENDER, SITE), ("gender", "site"), TRANSCRIPTS)
    assert [(cell.values, cell.participants) for cell in found.unknown] == [(("man", ""), ("P4",))]


def test_totals_are_of_people_and_of_transcripts_once_each() -> None:
    found = coverage(PEOPLE, (GENDER, SITE), ("gender", "site"), TRANSCRIPTS)
    assert (found.total.count, found.total.interviews) == (5, 3)
    gender, site = found.totals
    assert [(cell.values, cell.count, cell.interviews) for cell in gender] == [(("woman",), 3, 2), (("man",), 2, 2)]
    assert [(cell.values, cell.count, cell.interviews) for cell in site] == [
        (("north",), 4, 2),
        (("south",), 0, 0),
        (("",), 1, 1),
    ]


def test_the_table_is_what_a_reader_sees() -> None:
    header, rows = table(coverage(PEOPLE, (GENDER, SITE), ("site", "gender"), TRANSCRIPTS))
    assert header == ("site", "gender", "participants", "interviews")
    assert rows == (
        ("north", "woman", "3", "2"),
        ("north", "man", "1", "1"),
        ("south", "woman", "0", "0"),
        ("south", "man", "0", "0"),
        ("unknown", "man", "1", "1"),
        ("total", "", "5", "3"),
    )


def test_without_an_attribute_everybody_is_one_total() -> None:
    found = coverage(PEOPLE, (), (), TRANSCRIPTS)
    assert table(found) == (("participants", "interviews"), (("5", "3"),))


def test_numbers_are_in_their_order_and_what_is_no_number_is_unknown() -> None:
    people = [person("A", age="100"), person("B", age="9"), person("C", age="9.0"), person("D", age="old")]
    found = coverage(people, (AGE,), ("age",), {})
    assert [(cell.values, cell.participants) for cell in found.cells] == [(("9",), ("B", "C")), (("100",), ("A",))]
    assert [cell.participants for cell in found.unknown] == [("D",)]


def test_a_choice_that_is_written_differently_is_one_value() -> None:
    people = [person("A", town="Málaga"), person("B", town="malaga"), person("C", town="Bonn")]
    found = coverage(people, (Attribute("town", AttributeKind.CHOICE),), ("town",), {})
    assert [cell.participants for cell in found.cells] == [("C",), ("A", "B")]


def test_an_attribute_that_is_named_twice_is_one() -> None:
    assert coverage(PEOPLE, (GENDER,), ("gender", "gender"), {}).by == ("gender",)


def test_an_unknown_attribute_is_refused_with_the_known_ones() -> None:
    with pytest.raises(UnknownAttribute, match=r"'job'.*gender, site"):
        coverage(PEOPLE, (GENDER, SITE), ("job",), {})


def test_a_table_that_nobody_could_read_is_refused() -> None:
    people = [person(f"P{n}", one=str(n), two=str(n)) for n in range(50)]
    types = (Attribute("one"), Attribute("two"))
    with pytest.raises(TooManyCells, match=r"2,500 combinations"):
        coverage(people, types, ("one", "two"), {})


# --- bands -----------------------------------------------------------------------------------------------------


def test_ages_are_counted_in_bands_and_a_limit_belongs_above() -> None:
    found = coverage(PEOPLE, (AGE,), ("age",), {}, {"age": bands(AGE, ("30", "50", "70"))})
    assert [(cell.values[0], cell.participants) for cell in found.cells] == [
        ("under 30", ("P1",)),
        ("30 to under 50", ("P2", "P3")),
        ("50 to under 70", ("P4",)),
        ("70 or more", ()),
    ]
    assert [cell.participants for cell in found.unknown] == [("P5",)]


def test_days_are_counted_in_bands() -> None:
    years = bands(MET, ("1 January 2024", "2025-01-01"))
    found = coverage(PEOPLE, (MET,), ("met",), {}, {"met": years})
    assert [(cell.values[0], cell.participants) for cell in found.cells] == [
        ("before 2024-01-01", ("P1",)),
        ("2024-01-01 to before 2025-01-01", ("P2", "P3")),
        ("2025-01-01 or later", ()),
    ]


@pytest.mark.parametrize(
    ("attribute", "limits", "why"),
    [
        (AGE, (), "there are no limits"),
        (AGE, ("50", "30"), "must ascend"),
        (AGE, ("30", "30.0"), "must ascend"),
        (AGE, ("thirty",), "not a number"),
        (AGE, ("30", ""), "a limit is empty"),
        (MET, ("03/04/2024",), "can be two days"),
        (GENDER, ("m",), "it is a choice"),
    ],
)
def test_limits_that_part_nothing_are_refused(attribute: Attribute, limits: tuple[str, ...], why: str) -> None:
    with pytest.raises(BadBands, match=why):
        bands(attribute, limits)


@given(st.sets(st.integers(-50, 50), min_size=1, max_size=6), st.integers(-60, 60))
def test_every_number_is_in_one_band(limits: set[int], number: int) -> None:
    found: Bands = bands(AGE, [str(limit) for limit in sorted(limits)])
    below = sum(limit <= number for limit in limits)
    assert found.label(str(number)) == found.labels[below]
    assert len(set(found.labels)) == len(limits) + 1


# --- few enough to be recognised ---------------------------------------------------------------------------------


def test_combinations_of_few_people_are_told_rarest_first() -> None:
    found = rare(PEOPLE, ("gender", "site"))
    assert [(cell.values, cell.participants) for cell in found] == [(("man", "north"), ("P3",))]
    found = rare(PEOPLE, ("gender",), fewer_than=4)
    assert [(cell.values, cell.count) for cell in found] == [(("man",), 2), (("woman",), 3)]
    assert rare(PEOPLE, ("gender",), fewer_than=2) == ()


def test_bands_make_combinations_less_rare() -> None:
    wide = {"age": bands(AGE, ("50",))}
    assert [cell.values for cell in rare(PEOPLE, ("age",), fewer_than=2, attributes=(AGE,), bands=wide)] == [
        ("50 or more",)
    ]
    assert len(rare(PEOPLE, ("age",), fewer_than=2, attributes=(AGE,))) == 4


VALUE = st.sampled_from(["", "woman", "Woman", "man", "other"])
SAMPLE = st.lists(st.tuples(VALUE, st.sampled_from(["", "north", "south", "SOUTH"])), max_size=12)


@given(SAMPLE)
def test_everybody_is_in_one_cell_and_the_counts_are_those_of_a_plain_count(values: list[tuple[str, str]]) -> None:
    people = [person(f"P{n}", gender=gender, site=site) for n, (gender, site) in enumerate(values)]
    open_gender = Attribute("gender", AttributeKind.CHOICE)
    found = coverage(people, (open_gender, SITE), ("gender", "site"), {})
    everybody = [one for cell in (*found.cells, *found.unknown) for one in cell.participants]
    assert sorted(everybody) == sorted(one.id for one in people)
    counted = Counter((gender.lower(), site.lower()) for gender, site in values)
    shown = {tuple(value.lower() for value in cell.values): cell.count for cell in (*found.cells, *found.unknown)}
    assert {values_: count for values_, count in shown.items() if count} == dict(counted)
    few = {tuple(value.lower() for value in cell.values) for cell in rare(people, ("gender", "site"))}
    assert few == {both for both, count in counted.items() if count < 3 and all(both)}
