"""A whole codebook from a file becomes the draft."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualbench.errors import UsageError
from qualbench.events import Event
from qualbench.model import Code
from qualbench.steps.codebook import drafted, taken_in
from tests.steps.codebook.books import FAMILY, book, tree
from tests.steps.codebook.test_drafting import FACTS, written


def test_a_book_that_says_the_same_states_nothing() -> None:
    assert taken_in(drafted(FAMILY, []), FAMILY, FAMILY) == []


def test_codes_that_the_book_lacks_are_retired_or_if_nobody_ever_had_them_dropped() -> None:
    draft = drafted(FAMILY, [written("X", label="Rain"), written("Y", label="Snow")])
    small = book(*FAMILY.codes[:3], Code("Y", "Snow"))
    taken = drafted(FAMILY, [written("X", label="Rain"), written("Y", label="Snow"), *taken_in(draft, small, FAMILY)])
    assert {code.id: code.status for code in taken.codes} == {
        "T": "active", "A": "active", "B": "active", "Y": "active", "U": "retired", "C": "retired", "D": "retired",
    }  # fmt: skip


def test_the_tree_of_the_book_becomes_that_of_the_draft() -> None:
    hope = replace(FAMILY.codes[3], parent="C")
    future = replace(FAMILY.codes[5], parent="C")
    new = Code("N", "New", parent="U", notes="x")
    turned = book(Code("C", "Role model"), hope, new, future, *FAMILY.codes[:3])
    taken = drafted(FAMILY, taken_in(drafted(FAMILY, []), turned, FAMILY))
    assert tree(taken) == ["C", ".U", "..N", ".D", "T", ".A", ".B"]
    assert taken.get("N") == new


def test_what_was_merged_for_good_can_not_be_in_use_in_the_book() -> None:
    merged = book(replace(FAMILY.codes[0], status="merged", into=("U",)), *FAMILY.codes[3:])
    with pytest.raises(UsageError, match="'Trust' is merged into Hope for good, and 'Little' has it otherwise"):
        taken_in(drafted(merged, []), FAMILY, merged)


@given(st.lists(FACTS, max_size=12))
def test_any_book_that_can_be_made_of_the_draft_is_taken_in_as_it_is(facts: list[Event]) -> None:
    wanted = drafted(FAMILY, facts)
    taken = drafted(FAMILY, taken_in(drafted(FAMILY, []), wanted, FAMILY))
    assert taken.codes == wanted.codes


@given(st.lists(FACTS, max_size=8), st.lists(FACTS, max_size=8))
def test_a_book_is_taken_in_over_any_draft_or_refused(before: list[Event], facts: list[Event]) -> None:
    draft, wanted = drafted(FAMILY, before), drafted(FAMILY, facts)
    try:
        new = taken_in(draft, wanted, FAMILY)
    except UsageError:
        assert any(code.into for code in draft.codes)
        return
    taken = drafted(FAMILY, [*before, *new])
    left = {code.id for code in taken.codes} - {code.id for code in wanted.codes}
    assert tuple(code for code in taken.codes if code.id not in left) == wanted.codes
    assert all(code.status in ("retired", "merged", "split") for code in taken.codes if code.id in left)


def test_a_retired_code_can_be_merged_by_the_book_but_not_into_one_that_went_into_others() -> None:
    codes = {code.id: code for code in FAMILY.codes}
    retired = book(replace(codes["T"], status="retired"), *FAMILY.codes[1:])
    merged = book(replace(codes["T"], status="merged", into=("U",)), *FAMILY.codes[1:])
    assert drafted(retired, taken_in(drafted(retired, []), merged, retired)).codes == merged.codes
    later = book(merged.codes[0], replace(codes["A"], status="merged", into=("T",)), *FAMILY.codes[2:])
    with pytest.raises(UsageError, match="'Credibility' can not be merged into Trust"):
        taken_in(drafted(merged, []), later, merged)
