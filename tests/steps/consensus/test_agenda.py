"""The agenda: what there is to settle, in which order, and who speaks first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualbench.errors import UnknownItem
from qualbench.model import AgendaSort, Cause, Decision, Difference, Outcome, Reason, Session, SessionState, Unit
from qualbench.steps import consensus


def unit(transcript: str, start: int, **readings: Sequence[str]) -> Unit:
    return Unit(transcript, start, start + 5, {coder: frozenset(codes) for coder, codes in readings.items()})


def decision(id_: str, transcript: str, start: int, outcome: Outcome) -> Decision:
    return Decision(id_, "", transcript, start, start + 5, outcome, (), Reason.SLIP, "", "", "cleo", "")


def test_items_stand_by_transcript_as_imported_and_then_by_place() -> None:
    units = [unit("b", 90, ana="X"), unit("a", 9, ana="X"), unit("b", 100, ana="X"), unit("b", 7, ana="X")]
    found = consensus.items(units, [], {"b": "01", "a": "02"}, [])
    assert [(one.id, one.name) for one in found] == [("b:7", "01"), ("b:90", "01"), ("b:100", "01"), ("a:9", "02")]


def test_readings_stand_by_coder_and_codes_as_in_the_codebook() -> None:
    units = [unit("a", 9, ben=["HELP", "WEATHER", "OLD"], ana=["LEARN", "HELP"])]
    (one,) = consensus.items(units, [], {"a": "01"}, ["WEATHER", "LEARN", "HELP"])
    assert list(one.readings.items()) == [("ana", ("LEARN", "HELP")), ("ben", ("WEATHER", "HELP", "OLD"))]


def test_an_item_has_its_newest_decision() -> None:
    units = [unit("a", start, ana="X") for start in (0, 10, 20)]
    taken = [
        decision("d1", "a", 0, Outcome.FIRST), decision("d2", "a", 0, Outcome.DEFERRED),
        decision("d3", "b", 10, Outcome.FIRST), decision("d4", "a", 20, Outcome.APART),
    ]  # fmt: skip
    found = consensus.items(units, taken, {"a": "01"}, [])
    assert [one.state for one in found] == ["deferred", "open", "decided"]
    assert found[0].decision is taken[1]


def test_an_item_is_found_by_its_name() -> None:
    found = consensus.items([unit("t", 4, ana="X")], [], {"t": "talk"}, [])
    assert consensus.find(found, "t:4").start == 4
    with pytest.raises(UnknownItem):
        consensus.find(found, "t:5")


def test_items_of_the_same_kind_are_open_and_have_the_same_readings_by_coder() -> None:
    units = [
        unit("a", 0, ana=["X", "Y"], ben=["X"]), unit("a", 10, ana=["Y", "X"], ben=["X"]),
        unit("a", 20, ana=["X"], ben=["X", "Y"]), unit("b", 0, ana=["X", "Y"], ben=["X"]),
    ]  # fmt: skip
    found = consensus.items(units, [decision("d1", "b", 0, Outcome.BOTH)], {"a": "01", "b": "02"}, [])
    assert [one.id for one in consensus.same_kind(found[0], found)] == ["a:0", "a:10"]
    assert [one.id for one in consensus.same_kind(found[3], found)] == ["a:0", "a:10"], "a decided one finds others"


# --- the order of an agenda ------------------------------------------------------------------------------------

NAMES = {"a": "01", "b": "02"}
UNITS = [
    unit("a", 0, ana=["FEAR", "HELP"], ben=["HELP"]), unit("a", 10, ana=["HELP"], ben=[]),
    unit("b", 0, ana=["HELP"], ben=["HELP"]), unit("b", 10, ana=["LEARN"], ben=["FEAR"]),
]  # fmt: skip
CAUSES = {"a:0": "other-code", "a:10": "granularity", "b:10": "missed"}


def agenda(sort: AgendaSort) -> list[str]:
    found = consensus.items(UNITS, [], NAMES, ["HELP", "LEARN", "FEAR"], CAUSES)
    return [one.id for one in consensus.arranged(found, sort, ["HELP", "LEARN", "FEAR"])]


def test_an_agenda_is_sorted_by_transcript_by_code_or_by_cause_agreements_last() -> None:
    """HELP differs at a:10 only; LEARN stands before FEAR in the codebook, so b:10 comes before a:0."""
    assert agenda(AgendaSort.TRANSCRIPT) == ["a:0", "a:10", "b:0", "b:10"]
    assert agenda(AgendaSort.CODE) == ["a:10", "b:10", "a:0", "b:0"]
    assert agenda(AgendaSort.CAUSE) == ["b:10", "a:0", "a:10", "b:0"]


def test_an_agreement_says_that_it_is_one() -> None:
    found = consensus.items(UNITS, [], NAMES, [], CAUSES)
    assert [one.agreed for one in found] == [False, False, True, False]
    assert [one.cause for one in found] == ["other-code", "granularity", "", "missed"]


def test_of_several_causes_the_first_is_told() -> None:
    def because(start: int, cause: Cause) -> Difference:
        return Difference("a", start, start + 5, "X", ("ana",), ("ben",), (), cause)

    found = [because(0, Cause.BOUNDARY), because(0, Cause.MISSED), because(5, Cause.GRANULARITY)]
    assert consensus.causes(found) == {"a:0": "missed", "a:5": "granularity"}


def test_the_codes_that_differ() -> None:
    (one, two, *_) = consensus.items(UNITS, [], NAMES, [])
    assert (consensus.differing(one), consensus.differing(two)) == ({"FEAR"}, {"HELP"})


# --- agreements that are looked at as well ---------------------------------------------------------------------


@given(st.integers(0, 12), st.integers(0, 2**53))
def test_agreements_are_drawn_by_the_seed_among_what_two_coders_read_alike(number: int, seed: int) -> None:
    alike = [unit("a", at, ana=["X"], ben=["X"]) for at in range(0, 80, 10)]
    others = [unit("a", 100, ana=["X"], ben=["Y"]), unit("a", 110, ana=["X"]), unit("a", 120, ana=[], ben=[])]
    drawn = consensus.sample([*alike, *others], number, seed)
    assert drawn == consensus.sample([*alike, *others], number, seed)
    assert len(set(drawn)) == len(drawn) == min(number, 9)
    assert not {"a:100", "a:110"} & set(drawn)


def test_every_agreement_is_drawn_about_as_often() -> None:
    """Of 8 agreements 2 are drawn with 4,000 seeds: 1,000 times each, and 5 standard deviations are 137."""
    alike = [unit("a", at, ana=["X"], ben=["X"]) for at in range(8)]
    times = Counter(one for seed in range(4_000) for one in consensus.sample(alike, 2, seed))
    assert len(times) == 8
    assert all(abs(number - 1_000) < 137 for number in times.values())


# --- who speaks first ------------------------------------------------------------------------------------------


def test_each_begins_in_turn_and_the_others_follow_as_they_sit() -> None:
    orders = [consensus.speaking_order(("ana", "ben", "cleo"), "ana", at) for at in range(4)]
    assert orders == [
        ("ben", "cleo", "ana"), ("cleo", "ana", "ben"), ("ben", "cleo", "ana"), ("cleo", "ana", "ben")
    ]  # fmt: skip


@given(st.lists(st.sampled_from("abcdef"), unique=True, min_size=1), st.sampled_from("abcdefg"), st.integers(0, 99))
def test_the_person_of_most_standing_never_begins_unless_alone(people: list[str], standing: str, at: int) -> None:
    order = consensus.speaking_order(people, standing, at)
    assert sorted(order) == sorted(people)
    assert order[0] != standing or people == [standing]


@given(st.lists(st.sampled_from("abcdef"), unique=True, min_size=1), st.sampled_from("abcdefg"))
def test_everybody_else_begins_equally_often(people: list[str], standing: str) -> None:
    others = [one for one in people if one != standing] or people
    first = Counter(consensus.speaking_order(people, standing, at)[0] for at in range(3 * len(others)))
    assert first == dict.fromkeys(others, 3)


def test_hidden_names_are_numbers_until_something_is_decided() -> None:
    session = Session("s", "", ("ana",), "", "", "", True, AgendaSort.CODE, (), "1.0", SessionState.OPEN, "ana", "")
    (one,) = consensus.items(UNITS[:1], [], NAMES, [])
    taken = decision("d", "a", 0, Outcome.BOTH)
    assert consensus.called(session, one) == {"ana": "reading 1", "ben": "reading 2"}
    assert consensus.called(replace(session, hidden=False), one) == consensus.called(None, one)
    assert consensus.called(session, replace(one, decision=taken)) == {"ana": "ana", "ben": "ben"}
    put_off = replace(taken, outcome=Outcome.DEFERRED)
    assert consensus.called(session, replace(one, decision=put_off)) == {"ana": "reading 1", "ben": "reading 2"}
