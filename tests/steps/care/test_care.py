"""The checks before words leave, on people and quotes that one can count by hand."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualbench.errors import BadDecision
from qualbench.steps.care import Allowed, Check, Leaving, Named, Quoted, Someone, allow, allowed, look, withdraw


def quote(number: int, *speakers: str, text: str = "I trusted her.", interviewer: int = 0, marks: int = 0) -> Quoted:
    return Quoted(f"quote {number}", f"Theme 1, quote {number}", text, speakers, interviewer, marks)


def someone(label: str, *values: str, printed: bool = True) -> Someone:
    return Someone(label, values, printed)


def sentences(at: Leaving) -> list[str]:
    return [one.sentence for one in look(at)]


def test_nothing_is_found_in_nothing_and_in_a_plain_quote() -> None:
    assert look(Leaving()) == ()
    assert look(Leaving(quotes=(quote(1, "P01"),), extracts={"P01": 3})) == ()


def test_an_original_name_is_told_by_its_place_and_never_said() -> None:
    at = Leaving(names=(Named("quote 1", "Theme 1, quote 1", "Maria came.", "person", ("Maria", "Maria")),))
    (found,) = look(at)
    assert found.check is Check.NAME
    assert found.sentence == "Theme 1, quote 1: 2 places where a known original (person) can be read."
    assert found.risk == "Maria"


def test_words_of_who_withdrew_are_found_quote_by_quote_and_counted() -> None:
    at = Leaving(
        quotes=(quote(1, "P01"), quote(2, "P02", "P01"), quote(3, "P02")),
        withdrawn=frozenset({"P01"}),
        extracts={"P01": 4, "P02": 9},
    )
    assert sentences(at) == [
        "Theme 1, quote 1: words of P01, who withdrew.",
        "Theme 1, quote 2: words of P01, who withdrew.",
        "P01, who withdrew, is still in it with 4 coded segments.",
    ]


def test_a_label_that_is_a_name_is_not_said() -> None:
    at = Leaving(quotes=(quote(1, "Maria"),), withdrawn=frozenset({"Maria"}), called={"Maria": "participant 3"})
    assert sentences(at) == ["Theme 1, quote 1: words of participant 3, who withdrew."]


def test_interviewers_words_and_redactions_in_quotes() -> None:
    at = Leaving(quotes=(quote(1, "P01", interviewer=5), quote(2, "P01", marks=1)), interviewers=12)
    assert sentences(at) == [
        "Theme 1, quote 1: 5 words in it said by an interviewer.",
        "Interviewers' speech is counted: 12 segments of theirs among participants'.",
        "Theme 1, quote 2: 1 mark of redaction in it, where words were taken out.",
    ]


def test_rare_combinations_are_counted_over_everybody_and_told_without_their_values() -> None:
    """north/young is shared by three, two of them quoted: safe. south/young by two, north/old by one: rare."""
    at = Leaving(
        attributes=("site", "age"),
        people=(
            *(someone(f"P0{n}", "north", "young", printed=n < 3) for n in (1, 2, 3)),
            someone("P04", "south", "young"),
            someone("P05", "south", "young", printed=False),
            someone("P06", "north", "old"),
            someone("P07", "", ""),
            someone("P08", "east", "old", printed=False),
        ),
    )
    found = look(at)
    assert [one.sentence for one in found] == [
        "Combination 1 of site and age: 2 participants share it, fewer than 3.",
        "Combination 2 of site and age: 1 participant has it, fewer than 3.",
    ]
    assert [one.risk for one in found] == ["site: south, age: young", "site: north, age: old"]
    assert not any(word in one.sentence for one in found for word in ("south", "young", "old"))


people = st.lists(st.tuples(st.sampled_from("ab"), st.sampled_from("xyz"), st.booleans()), max_size=12)


@given(people)
def test_exactly_the_printed_combinations_of_one_and_two_are_found(known: list[tuple[str, str, bool]]) -> None:
    everybody = tuple(someone(f"P{n}", one, other, printed=printed) for n, (one, other, printed) in enumerate(known))
    shared = Counter((one, other) for one, other, _ in known)
    wanted = {f"site: {a}, age: {b}" for a, b, printed in known if printed and shared[a, b] < 3}
    assert {one.risk for one in look(Leaving(attributes=("site", "age"), people=everybody))} == wanted


def test_an_id_stays_with_its_place_and_words_and_goes_with_them() -> None:
    def ids(*quotes: Quoted) -> list[str]:
        return [one.id for one in look(Leaving(quotes=quotes))]

    (before,) = ids(quote(1, "P01", interviewer=2))
    assert ids(quote(1, "P01", interviewer=2), quote(2, "P01")) == [before]
    assert ids(quote(1, "P01", text="Otherwise.", interviewer=2)) != [before]
    assert ids(quote(2, "P01", interviewer=2)) != [before]
    assert len(before) == 12


def test_an_answer_covers_the_same_findings_of_the_same_export_and_fewer() -> None:
    findings = look(Leaving(quotes=(quote(1, "P01", interviewer=2), quote(2, "P01", marks=1))))
    (fact,) = allow("themes", findings, "  checked with P01 ")
    found, reason = (one.body.decode() for one in fact.sealed())
    kept = allowed("themes", found, reason, "ana", "2026-01-05")
    assert kept.reason == "checked with P01"
    assert kept.covers("themes", findings)
    assert kept.covers("themes", findings[:1])
    assert not kept.covers("report", findings)
    more = look(Leaving(quotes=(quote(3, "P01", marks=1),)))
    assert not kept.covers("themes", [*findings, *more])


def test_what_is_kept_of_an_answer_holds_no_word_of_the_risk() -> None:
    at = Leaving(
        names=(Named("quote 1", "Theme 1, quote 1", "Maria came.", "person", ("Maria",)),),
        attributes=("site",),
        people=(someone("P01", "Elm Street"),),
    )
    (fact,) = allow("themes", look(at), "shown to the board")
    kept = b" ".join(one.body for one in fact.sealed()).decode()
    assert "Maria" not in kept
    assert "Elm Street" not in kept
    assert "1 participant has it" in kept


def test_an_answer_that_nobody_can_read_any_more_covers_nothing() -> None:
    findings = look(Leaving(quotes=(quote(1, "P01", marks=1),)))
    assert allowed("themes", "[withdrawn]", "", "ana", "") == Allowed("themes", (), "", "ana", "")
    assert not allowed("themes", "[withdrawn]", "", "ana", "").covers("themes", findings)


def test_without_a_reason_nothing_is_allowed_and_only_participants_withdraw() -> None:
    with pytest.raises(BadDecision, match="only with a reason"):
        allow("themes", [], "  ")
    with pytest.raises(BadDecision, match="no participant called 'P09'"):
        withdraw("P09", "", ["P01"], [])
    with pytest.raises(BadDecision, match="P01 withdrew before"):
        withdraw("P01", "", ["P01"], ["P01"])
    (fact,) = withdraw("P01", "moved away", ["P01"], [])
    assert fact.data()["participant"] == "P01"
