"""Readings of several tasks as one: a list of work beside whole transcripts, worked out by hand."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from qualbench.model import Unit
from qualbench.steps.agreement import Task, disagreements, together


def unit(start: int, **readings: str) -> Unit:
    """A segment of ten characters, with each coder's codes."""
    return Unit("T", start, start + 10, {coder: frozenset(codes.split()) for coder, codes in readings.items()})


def task(*units: Unit) -> Task:
    return Task(frozenset(coder for one in units for coder in one.readings), units)


def told(units: tuple[Unit, ...]) -> list[dict[str, str]]:
    return [{coder: " ".join(sorted(codes)) for coder, codes in one.readings.items()} for one in units]


def test_who_was_not_asked_is_read_as_those_who_were() -> None:
    index = task(unit(0, ana="I"), unit(10, ana=""))
    listed = task(unit(0, ana="T", ben="T U"), unit(10))
    assert told(together([index, listed])) == [{"ana": "I T", "ben": "I T U"}, {"ana": "", "ben": ""}]


def test_where_those_who_were_asked_differ_only_what_they_share_is_taken() -> None:
    index = task(unit(0, ana="I J", ben="I"))
    listed = task(unit(0, cleo="T"))
    assert told(together([index, listed])) == [{"ana": "I J T", "ben": "I T", "cleo": "I T"}]


def test_who_skipped_a_segment_in_one_task_is_missing_there() -> None:
    index = Task(frozenset(("ana", "ben")), (unit(0, ana="I"),))
    listed = task(unit(0, ana="T", ben="T"))
    assert told(together([index, listed])) == [{"ana": "I T"}]


def test_what_was_decided_of_one_task_stands_beside_the_other() -> None:
    index = task(unit(0, ana="I", ben="J"), unit(10, ana="I", ben="J"))
    listed = task(unit(0, ana="T", ben="T"))
    decided = {start: [({"ana": frozenset("I"), "ben": frozenset("J")}, frozenset("J"))] for start in (0, 10)}
    assert told(together([index, listed], decided)) == [
        {"ana": "J T", "ben": "J T"},
        {"ana": "I", "ben": "J"},  # nothing else asks about it: it stays a disagreement with its decision
    ]


_CODES = st.frozensets(st.sampled_from("ABC"), max_size=2)


@given(_CODES, _CODES, st.frozensets(st.sampled_from("XYZ"), max_size=2), st.frozensets(st.sampled_from("XYZ")))
def test_a_segment_differs_where_those_who_were_asked_differ(
    ana: frozenset[str], ben: frozenset[str], cleo: frozenset[str], dora: frozenset[str]
) -> None:
    index = Unit("T", 0, 10, {"ana": ana, "ben": ben})
    listed = Unit("T", 0, 10, {"cleo": cleo, "dora": dora})
    both = together([task(index), task(listed)])
    assert bool(disagreements(both)) == (ana != ben or cleo != dora)
    assert set(both[0].readings) == {"ana", "ben", "cleo", "dora"}
