"""A coder's answer to what a release asks: beside a submitted pass, and into an open one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualbench import events as e
from qualbench.errors import UsageError
from qualbench.events import Event, seal
from qualbench.model import Change, Coding, Debt, Nothing, Pass, PassState, SegmentRule
from qualbench.steps.coding import Place, recheck

TEXT = "One says so. Two says no. Three is gone."
OPEN = Pass("p", "t", "ana", "2.0", SegmentRule.TURN, PassState.OPEN)
CLOSED = replace(OPEN, state=PassState.SUBMITTED)
ASKED = Debt("p", "t", "ana", "A", Change.NARROWED, "2.0", 12, 25, True)
"""About the second of three sentences, which begins with a blank."""
CODES = ("A", "B", "C")


def on(code: str, start: int, end: int) -> Coding:
    return Coding(f"{code}{start}", "p", "t", "ana", code, start, end)


def answered(
    codes: Iterable[str], *standing: Coding, pass_: Pass = OPEN, debt: Debt = ASKED, nothings: Sequence[Nothing] = (),
    reads: Sequence[str] = (),
) -> list[Event]:  # fmt: skip
    place = Place(pass_, "talk", debt.start, debt.end, TEXT, standing, tuple(nothings))
    facts = recheck(place, debt, codes, CODES, reads)
    said = e.Rechecked(
        transcript="t", pass_id="p", start=12, end=25, code=debt.code, version="2.0", codes=list(dict.fromkeys(codes))
    )
    assert facts[-1] == said
    return facts[:-1]


def stands(facts: Sequence[Event], *before: Coding) -> set[tuple[str, int, int]]:
    """What a pass has after these facts; every quote is checked against the text."""
    codings = {one.id: (one.code, one.start, one.end) for one in before}
    for fact in facts:
        if isinstance(fact, e.CodeRemoved):
            del codings[fact.coding]
        elif isinstance(fact, e.CodeApplied):
            assert fact.quote == seal(TEXT[fact.start : fact.end])
            codings[fact.coding] = (fact.code, fact.start, fact.end)
    assert len(codings) == len(set(codings.values()))
    return set(codings.values())


def test_in_a_submitted_pass_the_answer_stands_alone() -> None:
    assert answered([], on("A", 13, 20), pass_=CLOSED) == []
    assert answered(["B", "B"], on("A", 13, 20), pass_=CLOSED) == []


def test_a_code_that_stays_changes_nothing() -> None:
    assert answered(["A"], on("A", 0, 40)) == []


def test_a_code_that_goes_is_removed() -> None:
    standing = on("A", 13, 20)
    assert stands(answered([], standing), standing) == set()


def test_only_the_segment_that_was_asked_about_loses_the_code() -> None:
    standing = on("A", 4, 40)
    assert stands(answered([], standing), standing) == {("A", 4, 12), ("A", 26, 40)}


def test_the_blank_that_is_left_of_a_coding_is_no_coding() -> None:
    standing = on("A", 12, 26)
    assert stands(answered([], standing), standing) == set()


def test_other_codes_stand_on_the_words_that_had_the_one() -> None:
    standing = on("A", 17, 21)
    assert stands(answered(["B", "C"], standing), standing) == {("B", 17, 21), ("C", 17, 21)}
    assert stands(answered(["A", "B"], standing), standing) == {("A", 17, 21), ("B", 17, 21)}


def test_the_same_code_on_overlapping_spans_is_one_coding() -> None:
    standing = [on("A", 13, 16), on("A", 17, 21), on("B", 15, 18)]
    assert stands(answered(["B"], *standing), *standing) == {("B", 13, 21)}
    covering = [on("A", 13, 16), on("B", 13, 20)]
    assert stands(answered(["B"], *covering), *covering) == {("B", 13, 20)}


def test_a_code_that_was_missing_is_put_on_the_whole_segment_and_clears_that_nothing_applies() -> None:
    asked = replace(ASKED, change=Change.WIDENED, has=False)
    nothing = Nothing("p", "t", "ana", 12, 25)
    assert answered([], debt=asked, nothings=[nothing]) == []
    facts = answered(["A"], debt=asked, nothings=[nothing])
    assert facts[0] == e.NothingCleared(transcript="t", pass_id="p", start=12, end=25)
    assert stands(facts) == {("A", 12, 25)}


def test_a_coding_of_a_merged_code_goes_and_stays_with_the_code_that_it_is_read_as() -> None:
    standing = on("OLD", 13, 20)
    assert answered(["A"], standing, reads=["OLD"]) == []
    assert stands(answered(["B"], standing, reads=["OLD"]), standing) == {("B", 13, 20)}


def test_a_code_that_can_not_be_applied_is_no_answer() -> None:
    with pytest.raises(UsageError, match=r"Under version 2\.0 'X' can not be applied"):
        answered(["A", "X"])


@pytest.mark.parametrize("asked", [replace(ASKED, pass_id="q"), replace(ASKED, end=41)])
def test_a_question_about_something_else_is_refused(asked: Debt) -> None:
    with pytest.raises(UsageError, match="no question about ana's pass on 'talk'"):
        recheck(Place(OPEN, "talk", 12, 25, TEXT), asked, [], CODES)


SPANS = st.sampled_from([(0, 5), (0, 20), (4, 40), (12, 25), (14, 16), (13, 40), (20, 30), (30, 35)])


@given(st.dictionaries(st.sampled_from(CODES), SPANS), st.lists(st.sampled_from(CODES), max_size=3))
def test_the_segment_has_what_was_answered_and_other_places_keep_what_they_had(
    spans: dict[str, tuple[int, int]], codes: list[str]
) -> None:
    standing = [on(code, *span) for code, span in spans.items()]
    here = [one for one in standing if one.start < 25 and one.end > 12]
    after = stands(answered(codes, *here), *standing)
    for code in CODES:
        words = {at for name, start, end in after if name == code for at in range(start, end)}
        before = set(range(*spans.get(code, (0, 0))))
        inside = set(range(12, 25))
        assert {at for at in words - inside if TEXT[at] != " "} == {at for at in before - inside if TEXT[at] != " "}
        if code in codes:
            assert words & inside
        else:
            assert words & inside == (set() if code == "A" else before & inside)
