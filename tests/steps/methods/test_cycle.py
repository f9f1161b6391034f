"""The weekly cycle: both figures by hand, what a week waits for, and when the target counts."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from qualbench.model import Outcome, Unit
from qualbench.steps.methods import Settlement, Week, settlement, stands, target

WEEK = Week("First", "2026-01-05", "1.0", ("one", "two"), 4, 4, 0.9, "reliable", True, Settlement(4, 4), "closed",
            "1.1", 0)  # fmt: skip


def unit(start: int, *readings: str) -> Unit:
    codes = {f"coder {n}": frozenset(filter(None, said.split("+"))) for n, said in enumerate(readings)}
    return Unit("talk", start, start + 10, codes)


def test_before_and_after_by_hand() -> None:
    """Ten segments, eight with two readings, five of them alike; of three that differ one is settled.

    Before: 5 of 8 (.625). After: 6 of 8 (.75); deferred and kept apart are not settled.
    """
    units = [
        unit(0, "A", "A"), unit(10, "A+B", "B+A"), unit(20, "", ""), unit(30, "B", "B"), unit(40, "C", "C"),
        unit(50, "A", "B"), unit(60, "A", ""), unit(70, "A+B", "A"), unit(80, "A"), unit(90, ""),
    ]  # fmt: skip
    found = settlement(units, {"talk": {50: Outcome.NEW, 60: Outcome.DEFERRED, 70: Outcome.APART, 0: Outcome.FIRST}})
    assert found == Settlement(units=8, alike=5, settled=1, deferred=1, apart=1)
    assert (found.before, found.after, found.left, found.one_reading) == (0.625, 0.75, 0, 6)


def test_without_anything_compared_there_is_no_figure() -> None:
    found = settlement([unit(0, "A")], {})
    assert (found.units, found.before, found.after) == (0, None, None)


def test_of_three_coders_all_must_say_the_same() -> None:
    found = settlement([unit(0, "A", "A", "B"), unit(10, "A", "A", "A")], {})
    assert (found.alike, found.left) == (1, 1)


@given(st.lists(st.tuples(st.sampled_from("AB"), st.sampled_from("AB"), st.sampled_from([None, *Outcome]))))
def test_talk_takes_no_agreement_away(said: list[tuple[str, str, Outcome | None]]) -> None:
    units = [unit(10 * n, first, second) for n, (first, second, _) in enumerate(said)]
    taken = {10 * n: outcome for n, (_, _, outcome) in enumerate(said) if outcome is not None}
    found = settlement(units, {"talk": taken})
    assert found.alike + found.settled + found.deferred + found.apart + found.left == found.units == len(said)
    if found.before is not None and found.after is not None:
        assert 0 <= found.before <= found.after <= 1


def test_a_week_says_what_it_waits_for() -> None:
    assert "1 of 4 are handed in" in stands(replace(WEEK, passes=1))
    talking = replace(WEEK, settlement=Settlement(4, 1, 1, 1, 0))
    assert "2 of 3 disagreements left" in stands(talking)
    assert "Release what the session changed" in stands(replace(WEEK, next_version=""))
    assert "3 coded segments are to be looked at again" in stands(replace(WEEK, debt=3))
    assert "The week is closed" in stands(WEEK)


def test_the_target_counts_when_two_successive_rounds_reach_it() -> None:
    """Campbell et al. 2013: the target in two successive rounds; one alone, or two with one between, are not."""
    low = replace(WEEK, round="Low", alpha=0.5, reached=False)
    blind = replace(WEEK, round="Blind", alpha=None, reached=False)
    second = replace(WEEK, round="Second")
    assert "two successive rounds, First and Second" in target([low, WEEK, second], "reliable")
    assert "not reached yet" in target([WEEK, low, second, low], "reliable")
    assert "reached in one round" in target([low, WEEK], "reliable")
    assert "reached in one round" in target([WEEK, blind], "reliable")
    assert "No benchmark" in target([WEEK, second], "")
    assert "not reached yet" in target([], "reliable")
