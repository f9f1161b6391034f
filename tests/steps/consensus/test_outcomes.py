"""What comes out of decisions, against published limits and figures counted by hand."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualbench.model import CodebookAction, Decision, Outcome, Reason, Unit
from qualbench.steps import consensus


@pytest.mark.parametrize(
    ("times", "of", "low", "high"),
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_the_limits_of_a_share_are_the_published_ones(times: int, of: int, low: float, high: float) -> None:
    """Newcombe 1998, Statistics in Medicine 17:857, Table I, method 3 (the score method of Wilson)."""
    assert consensus.wilson(times, of) == pytest.approx((low, high), abs=5e-5)


@given(st.integers(0, 300), st.integers(0, 300))
def test_the_limits_hold_the_share_and_mirror_each_other(times: int, others: int) -> None:
    low, high = consensus.wilson(times, times + others)
    assert 0 <= low <= high <= 1
    if times + others:
        assert low <= times / (times + others) <= high
    mirrored = consensus.wilson(others, times + others)
    assert mirrored == pytest.approx((1 - high, 1 - low))


def taken(number: int, outcome: Outcome, codes: str = "", *, reason: Reason = Reason.SLIP, **more: Any) -> Decision:
    readings = more.pop("readings", {"ana": ("TRUST", "HOPE"), "ben": ("TRUST", "FEAR")})
    return Decision(
        f"d{number}", f"t:{number}", "t", number, number + 1, outcome, tuple(codes.split()), reason, "",
        more.pop("yielded", ""), "ana", "", readings=readings, **more,
    )  # fmt: skip


DECISIONS = [
    taken(1, Outcome.FIRST, "TRUST HOPE", yielded="ben", seconds=30),
    taken(2, Outcome.FIRST, "TRUST HOPE", yielded="ben", seconds=90, reason=Reason.OVERLAP),
    taken(3, Outcome.SECOND, "TRUST FEAR", yielded="ana", seconds=40, action=CodebookAction.EDIT, steps=("s1",)),
    taken(4, Outcome.NEW, "SHAME TRUST", action=CodebookAction.NEW),
    taken(5, Outcome.DEFERRED),
    taken(6, Outcome.APART, readings={"ana": ("HOPE",), "dora": ()}),
    taken(7, Outcome.ONE, "HOPE", stands="dora", yielded="ana",
          readings={"ana": (), "ben": ("FEAR",), "dora": ("HOPE",)}),
    taken(8, Outcome.SPLIT, "TRUST GRIEF", parts=((8, 9, ("TRUST",)), (9, 10, ("GRIEF",)))),
]  # fmt: skip


def test_counts_and_shares_are_those_of_the_decisions() -> None:
    found = consensus.outcomes(DECISIONS)
    assert found.decided == 8
    assert found.outcomes == {
        Outcome.FIRST: 2, Outcome.SECOND: 1, Outcome.NEW: 1, Outcome.ONE: 1, Outcome.SPLIT: 1, Outcome.DEFERRED: 1,
        Outcome.APART: 1,
    }  # fmt: skip
    assert (found.deferred, found.apart) == (1 / 8, 1 / 8)
    assert (found.seconds, found.measured) == (40, 3)


def test_reasons_are_told_by_the_codes_on_which_readings_differed() -> None:
    """TRUST is in both readings everywhere. HOPE differs in all 8, FEAR in all but the sixth."""
    found = consensus.outcomes(DECISIONS).reasons
    assert found == {
        "HOPE": {Reason.SLIP: 7, Reason.OVERLAP: 1}, "FEAR": {Reason.SLIP: 6, Reason.OVERLAP: 1},
    }  # fmt: skip
    assert list(found) == ["HOPE", "FEAR"]


def test_who_gave_way_is_counted_where_somebody_did_and_they_had_a_reading() -> None:
    ana, ben, dora = consensus.outcomes(DECISIONS).gave_way
    assert [(one.person, one.times, one.of) for one in (ana, ben, dora)] == [
        ("ana", 2, 4), ("ben", 2, 4), ("dora", 0, 1),
    ]  # fmt: skip
    assert ana.interval == consensus.wilson(2, 4)


def test_codes_that_neither_had_are_counted_among_the_final_ones() -> None:
    """Final: 2 + 2 + 2 + 2 + 0 + 0 + 1 + 2 = 11, of which SHAME and GRIEF were in no reading."""
    found = consensus.outcomes(DECISIONS)
    assert (found.final_codes, found.neither_had) == (11, pytest.approx(2 / 11))


def test_what_is_asked_of_the_codebook_is_open_until_a_change_is_linked() -> None:
    found = consensus.outcomes(DECISIONS)
    assert [(one.item, one.action, one.steps) for one in found.actions] == [
        ("t:3", CodebookAction.EDIT, ("s1",)), ("t:4", CodebookAction.NEW, ()),
    ]  # fmt: skip
    assert [one.decision for one in found.unlinked] == ["d4"]


def test_agreement_before_takes_the_units_that_several_coders_read() -> None:
    units = [
        Unit("t", at, at + 1, {who: frozenset(codes) for who, codes in readings.items()})
        for at, readings in enumerate(({"a": "X", "b": "X"}, {"a": "X", "b": ""}, {"a": "X"}, {"a": "", "b": ""}))
    ]
    found = consensus.outcomes([], units, alpha=0.5)
    assert (found.double_read, found.agreement, found.alpha) == (3, pytest.approx(2 / 3), 0.5)


def test_of_nothing_there_is_no_share() -> None:
    found = consensus.outcomes([])
    assert (found.deferred, found.apart, found.seconds, found.agreement, found.neither_had) == (None,) * 5
    assert (found.gave_way, found.actions, found.reasons) == ((), (), {})
