"""What releases ask a coder to look at again: tables made by hand, and the plainest way of counting."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualbench.model import Change, Code, Codebook, Coding, Debt, Pass, PassState, Recheck, Segment, SegmentRule
from qualbench.steps.codebook.debt import debt, owed, summary
from tests.steps.codebook.books import book

OPEN = Pass("p", "t", "ana", "1.0", SegmentRule.TURN, PassState.OPEN)
CLOSED = replace(OPEN, state=PassState.SUBMITTED)
SEGMENTS = tuple(Segment(10 * n, 10 * n + 10, n) for n in range(4))
CODES = (Code("A", "Trust"), Code("B", "Hope"), Code("C", "Fear"))
FIRST = book(*CODES)

Row = tuple[int, str, Change, str, bool]
"""Number of the segment, code, change, version, whether the code stands there."""


def version(number: str, *codes: Code, **said: Change) -> Codebook:
    """A version in which these codes stand instead of the first ones with their ids, or beside them."""
    others = {code.id: code for code in (*CODES, *codes)}
    return book(*others.values(), version=number, **said)


def on(code: str, start: int, end: int, pass_id: str = "p") -> Coding:
    return Coding(f"{code}{start}", pass_id, "t", "ana", code, start, end)


def answer(number: int, code: str, version: str, *codes: str, pass_id: str = "p") -> Recheck:
    segment = SEGMENTS[number]
    return Recheck(pass_id, "t", "ana", segment.start, segment.end, code, version, codes)


def rows(found: Sequence[Debt]) -> list[Row]:
    assert all((one.pass_id, one.transcript, one.coder) == ("p", "t", "ana") for one in found)
    return [(one.start // 10, one.code, one.change, one.version, one.has) for one in found]


def ask(
    *releases: Codebook, codings: Sequence[Coding] = (), rechecks: Sequence[Recheck] = (), pass_: Pass = CLOSED
) -> list[Row]:
    return rows(debt([FIRST, *releases], pass_, SEGMENTS, codings, rechecks))


ONE_OF_EACH = (on("A", 3, 5), on("A", 18, 22))
"""A stands on the first three segments: inside of one, and over the border of two."""


@pytest.mark.parametrize("change", [Change.NARROWED, Change.SPLIT, Change.RETIRED])
def test_whatever_has_the_code_is_looked_at_again(change: Change) -> None:
    status = {Change.SPLIT: "split", Change.RETIRED: "retired"}.get(change, "active")
    new = version("2.0", Code("A", "Trust", status=status), A=change)
    assert ask(new, codings=ONE_OF_EACH) == [(n, "A", change, "2.0", True) for n in (0, 1, 2)]


def test_whatever_lacks_a_widened_code_is_looked_at_again() -> None:
    assert ask(version("2.0", A=Change.WIDENED), codings=ONE_OF_EACH) == [(3, "A", Change.WIDENED, "2.0", False)]


def test_a_new_code_asks_for_everything_but_what_has_it_already_from_its_proposer() -> None:
    new = version("1.1", Code("D", "Rain"), D=Change.NEW)
    assert ask(new) == [(n, "D", Change.NEW, "1.1", False) for n in range(4)]
    assert [row[0] for row in ask(new, codings=[on("D", 12, 15)])] == [0, 2, 3]


def test_wording_and_merging_ask_for_nothing() -> None:
    new = version("2.0", Code("A", "Trust", status="merged", into=("B",)), A=Change.MERGED, B=Change.WORDING)
    assert ask(new, codings=ONE_OF_EACH) == []


def test_only_releases_after_the_pass_ask() -> None:
    second, third = version("2.0", A=Change.NARROWED), version("3.0", B=Change.NARROWED)
    codings = [on("A", 0, 10), on("B", 0, 10)]
    assert [row[1] for row in ask(second, third, codings=codings, pass_=replace(CLOSED, codebook="2.0"))] == ["B"]
    assert ask(second, third, codings=codings, pass_=replace(CLOSED, codebook="3.0")) == []
    assert ask(second, codings=codings, pass_=replace(CLOSED, codebook="elsewhere")) == []


def test_a_pass_that_goes_on_under_a_later_version_owes_what_it_was_begun_before() -> None:
    releases = [FIRST, version("2.0", A=Change.NARROWED)]
    updated = replace(OPEN, codebook="2.0")
    assert debt(releases, updated, SEGMENTS, ONE_OF_EACH, []) == ()
    assert len(debt(releases, updated, SEGMENTS, ONE_OF_EACH, [], begun="1.0")) == 3


def test_each_code_is_asked_once_for_a_segment_by_the_newest_release() -> None:
    second = version("2.0", A=Change.NARROWED)
    third = version("3.0", A=Change.WIDENED)
    fourth = version("4.0", A=Change.NARROWED)
    assert ask(second, third, fourth, codings=[on("A", 0, 10)]) == [
        (0, "A", Change.NARROWED, "4.0", True),
        (1, "A", Change.WIDENED, "3.0", False),
        (2, "A", Change.WIDENED, "3.0", False),
        (3, "A", Change.WIDENED, "3.0", False),
    ]


def test_a_code_that_is_out_of_use_can_be_missed_nowhere() -> None:
    second = version("2.0", Code("D", "Rain"), A=Change.WIDENED, D=Change.NEW)
    third = version(
        "3.0", Code("A", "Trust", status="retired"), Code("D", "Rain", status="merged", into=("B",)),
        A=Change.RETIRED, D=Change.MERGED,
    )  # fmt: skip
    assert ask(second, third, codings=[on("A", 0, 10)]) == [(0, "A", Change.RETIRED, "3.0", True)]


def test_no_use_is_given_up_for_a_code_that_came_back() -> None:
    second = version("2.0", Code("A", "Trust", status="retired"), A=Change.RETIRED)
    third = version("3.0", A=Change.NEW)
    assert ask(second, third, codings=[on("A", 0, 30)]) == [(3, "A", Change.NEW, "3.0", False)]


def test_an_answer_settles_its_version_and_those_before_but_none_after() -> None:
    second, third = version("2.0", A=Change.NARROWED), version("3.0", A=Change.NARROWED)
    codings = [on("A", 0, 30)]
    said = [answer(0, "A", "2.0", "A"), answer(1, "A", "3.0", "A"), answer(2, "B", "3.0")]
    said.append(answer(2, "A", "3.0", pass_id="q"))
    assert [row[0] for row in ask(second, version("3.0"), codings=codings, rechecks=said)] == [2]
    assert [row[0] for row in ask(second, third, codings=codings, rechecks=said)] == [0, 2]


def test_an_answer_of_a_version_that_nobody_knows_settles_nothing() -> None:
    assert len(ask(version("2.0", A=Change.NARROWED), codings=ONE_OF_EACH, rechecks=[answer(0, "A", "9")])) == 3


def test_in_a_submitted_pass_answers_say_what_stands_and_in_an_open_one_the_codings_do() -> None:
    second = version("2.0", A=Change.NARROWED)
    third = version("3.0", A=Change.WIDENED, B=Change.NARROWED)
    said = [answer(0, "A", "2.0", "B"), answer(1, "A", "2.0", "A")]
    codings = [on("A", 0, 20)]
    assert ask(second, third, codings=codings, rechecks=said) == [
        (0, "A", Change.WIDENED, "3.0", False),
        (0, "B", Change.NARROWED, "3.0", True),
        (2, "A", Change.WIDENED, "3.0", False),
        (3, "A", Change.WIDENED, "3.0", False),
    ]
    assert [row[:2] for row in ask(second, third, codings=codings, rechecks=said, pass_=OPEN)] == [(2, "A"), (3, "A")]


def test_uses_of_a_merged_code_count_as_uses_of_the_code_it_went_into() -> None:
    merged = Code("A", "Trust", status="merged", into=("B",))
    second = version("2.0", merged, A=Change.MERGED, B=Change.WIDENED)
    third = version("3.0", merged, B=Change.NARROWED)
    codings = [on("A", 0, 10), on("B", 10, 20)]
    assert [(row[0], row[2]) for row in ask(second, codings=codings)] == [(2, Change.WIDENED), (3, Change.WIDENED)]
    assert [(row[0], row[2]) for row in ask(second, third, codings=codings) if row[4]] == [
        (0, Change.NARROWED),
        (1, Change.NARROWED),
    ]
    early, late = version("2.0", B=Change.NARROWED), version("3.0", merged, A=Change.MERGED)
    assert ask(early, late, codings=codings) == [(1, "B", Change.NARROWED, "2.0", True)]


def test_codings_of_other_passes_and_those_that_lost_their_words_stand_nowhere() -> None:
    new = version("2.0", A=Change.NARROWED)
    assert ask(new, codings=[on("A", 0, 10, "q"), on("A", 15, 15)]) == []


def test_the_summary_counts_segments_by_code() -> None:
    releases = [FIRST, version("2.0", A=Change.NARROWED, B=Change.WIDENED)]
    assert summary(debt(releases, CLOSED, SEGMENTS, ONE_OF_EACH, [])) == {"A": 3, "B": 4}
    grouped = owed(releases, CLOSED, SEGMENTS, ONE_OF_EACH, [])
    assert [(one.code, one.has, len(one.segments)) for one in grouped] == [("A", True, 3), ("B", False, 4)]


# --- the plainest way ----------------------------------------------------------------------------------------------

HAVING = {Change.NARROWED}
ANY_CHANGE = st.sampled_from([Change.WORDING, Change.NARROWED, Change.WIDENED])
SAID = st.dictionaries(st.sampled_from("ABC"), ANY_CHANGE)
CODINGS = st.builds(lambda code, at, size: on(code, at, at + size), st.sampled_from("ABC"), st.integers(0, 39),
    st.integers(1, 25))  # fmt: skip
ANSWERS = st.builds(answer, st.integers(0, 3), st.sampled_from("ABC"), st.sampled_from(["2.0", "3.0", "4.0"]))


def plainly(releases: Sequence[Codebook], codings: Sequence[Coding], answers: Sequence[Recheck]) -> set[Row]:
    found: set[Row] = set()
    known = [one.version for one in releases]
    for number, segment in enumerate(SEGMENTS):
        for code in "ABC":
            has = any(c.code == code and set(range(c.start, c.end)) & set(range(segment.start, segment.end))
                      for c in codings)  # fmt: skip
            asking = [(one.version, change.change) for one in releases for change in one.changes
                      if change.code == code and change.change is not Change.WORDING
                      and (change.change in HAVING) == has]  # fmt: skip
            answered = [a.version for a in answers if (a.start, a.code) == (segment.start, code) and a.version in known]
            if asking and not any(one >= asking[-1][0] for one in answered):
                found.add((number, code, asking[-1][1], asking[-1][0], has))
    return found


@given(st.lists(SAID, min_size=1, max_size=3), st.lists(CODINGS, max_size=6), st.lists(ANSWERS, max_size=5))
def test_what_is_owed_is_what_the_plainest_way_finds(
    said: list[dict[str, Change]], codings: list[Coding], answers: list[Recheck]
) -> None:
    releases = [version(f"{n}.0", **changes) for n, changes in enumerate(said, 2)]
    found = ask(*releases, codings=codings, rechecks=answers, pass_=OPEN)
    assert len(found) == len(set(found))
    assert set(found) == plainly(releases, codings, answers)
    assert [row[0] for row in found] == sorted(row[0] for row in found)


def test_a_hundred_thousand_segments_and_ten_changed_codes_are_soon_counted() -> None:
    """The budget is a second of the processor; the test leaves room for a busy machine."""
    segments = [Segment(10 * n, 10 * n + 10, n) for n in range(100_000)]
    names = [f"C{n}" for n in range(10)]
    first = book(*(Code(name, name) for name in names))
    kinds = {name: Change.NARROWED if n % 2 else Change.WIDENED for n, name in enumerate(names)}
    second = book(*first.codes, version="2.0", **kinds)
    codings = [on(names[n % 10], 10 * n, 10 * n + 10) for n in range(100_000)]
    began = time.process_time()
    found = owed([first, second], CLOSED, segments, codings, [])
    assert time.process_time() - began < 3
    assert sum(len(one.segments) for one in found) == 5 * 10_000 + 5 * 90_000
