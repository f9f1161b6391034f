"""Consensus: what there is to settle, in which order, and what each outcome settles and records."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from qualbench import events as e
from qualbench.errors import BadDecision, UnknownCode, UnknownItem
from qualbench.model import Decision, Item, Outcome, Reason, Unit
from qualbench.steps import consensus

KNOWN = ("HELP", "LEARN", "WEATHER")


def item(**readings: tuple[str, ...]) -> Item:
    return Item("t:4", "t", "talk", 4, 9, readings or {"ana": ("HELP", "LEARN"), "ben": ("WEATHER", "HELP")})


def decided(
    outcome: Outcome, codes: Sequence[str] = (), *, yielded: str = "", of: Item | None = None, note: str = ""
) -> e.ItemDecided:
    (fact,) = consensus.decide(
        of or item(), outcome, reason=Reason.READING, note=note, codes=codes, yielded=yielded, applicable=KNOWN
    )
    assert isinstance(fact, e.ItemDecided)
    return fact


@pytest.mark.parametrize(
    ("outcome", "codes", "settled", "gave_way"),
    [
        (Outcome.FIRST, (), ["HELP", "LEARN"], "ben"),
        (Outcome.SECOND, (), ["WEATHER", "HELP"], "ana"),
        (Outcome.BOTH, (), ["HELP", "LEARN", "WEATHER"], ""),
        (Outcome.NEW, ("LEARN", "LEARN", "WEATHER"), ["LEARN", "WEATHER"], ""),
        (Outcome.NOTHING, (), [], ""),
        (Outcome.DEFERRED, (), [], ""),
        (Outcome.APART, (), [], ""),
    ],
)
def test_each_outcome_settles_its_codes_and_says_who_gave_way(
    outcome: Outcome, codes: Sequence[str], settled: list[str], gave_way: str
) -> None:
    fact = decided(outcome, codes)
    assert (fact.outcome, fact.codes, fact.yielded) == (str(outcome), settled, gave_way)


def test_every_outcome_is_in_the_table_above() -> None:
    table = test_each_outcome_settles_its_codes_and_says_who_gave_way.pytestmark[0].args[1]
    assert {row[0] for row in table} == set(Outcome)


def test_a_decision_keeps_both_readings_the_reason_and_the_note() -> None:
    fact = decided(Outcome.APART, note="We read it differently, and both readings hold.")
    assert fact.readings == {"ana": ["HELP", "LEARN"], "ben": ["WEATHER", "HELP"]}
    assert (fact.transcript, fact.start, fact.end, fact.reason) == ("t", 4, 9, "reading")
    assert fact.note == e.seal("We read it differently, and both readings hold.")


def test_one_empty_reading_can_be_taken_and_both_is_what_the_other_said() -> None:
    of = item(ana=("HELP",), ben=())
    assert decided(Outcome.SECOND, of=of).codes == []
    assert decided(Outcome.BOTH, of=of).codes == ["HELP"]


def test_who_gave_way_can_be_said_where_it_does_not_follow() -> None:
    assert decided(Outcome.NOTHING, yielded="ana").yielded == "ana"


def test_among_three_coders_nobody_is_said_to_have_given_way() -> None:
    three = item(ana=("HELP",), ben=("LEARN",), dora=("HELP",))
    assert decided(Outcome.FIRST, of=three).yielded == ""
    assert decided(Outcome.SECOND, of=three).codes == ["LEARN"]
    assert decided(Outcome.BOTH, of=three).codes == ["HELP", "LEARN"]


def test_a_new_set_needs_codes_that_the_codebook_has() -> None:
    with pytest.raises(BadDecision, match="A new set needs its codes"):
        decided(Outcome.NEW)
    with pytest.raises(UnknownCode, match="HOPE"):
        decided(Outcome.NEW, ("HELP", "HOPE"))


@pytest.mark.parametrize("outcome", sorted(set(Outcome) - {Outcome.NEW}))
def test_codes_belong_to_a_new_set_only(outcome: Outcome) -> None:
    with pytest.raises(BadDecision, match="takes no codes"):
        decided(outcome, ("HELP",))


def test_only_a_coder_of_the_item_can_give_way() -> None:
    with pytest.raises(BadDecision, match="'cleo' has no reading here"):
        decided(Outcome.FIRST, yielded="cleo")


# --- what there is to settle -----------------------------------------------------------------------------------


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
    assert consensus.find([item()], "t:4").start == 4
    with pytest.raises(UnknownItem):
        consensus.find([item()], "t:5")
