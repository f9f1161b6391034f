"""Deciding: what each outcome settles and records, and what it must not say."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualbench import events as e
from qualbench.errors import BadDecision, UnknownCode
from qualbench.model import CodebookAction, Item, Outcome, Reason
from qualbench.steps import consensus

KNOWN = ("HELP", "LEARN", "WEATHER")


def item(**readings: tuple[str, ...]) -> Item:
    return Item("t:4", "t", "talk", 4, 9, readings or {"ana": ("HELP", "LEARN"), "ben": ("WEATHER", "HELP")})


def decided(outcome: Outcome, codes: Sequence[str] = (), *, of: Item | None = None, **said: Any) -> e.ItemDecided:
    (fact,) = consensus.decide(of or item(), outcome, reason=Reason.READING, codes=codes, applicable=KNOWN, **said)
    assert isinstance(fact, e.ItemDecided)
    return fact


@pytest.mark.parametrize(
    ("outcome", "codes", "settled", "gave_way"),
    [
        (Outcome.ONE, (), ["WEATHER", "HELP"], ""),
        (Outcome.SPLIT, (), ["HELP", "LEARN"], ""),
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
    more: dict[Outcome, dict[str, Any]] = {
        Outcome.ONE: {"stands": "ben"},
        Outcome.SPLIT: {"parts": ((4, 6, ("HELP",)), (6, 9, ("LEARN", "HELP")))},
    }
    fact = decided(outcome, codes, **more.get(outcome, {}))
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


def test_whoever_stands_did_not_give_way() -> None:
    with pytest.raises(BadDecision, match="ana's reading stands"):
        decided(Outcome.FIRST, yielded="ana")
    with pytest.raises(BadDecision, match="ben's reading stands"):
        decided(Outcome.ONE, stands="ben", yielded="ben")
    assert decided(Outcome.ONE, stands="ben", yielded="ana").yielded == "ana"


def test_of_three_readings_one_can_stand() -> None:
    three = item(ana=("HELP",), ben=("LEARN",), dora=("WEATHER", "HELP"))
    fact = decided(Outcome.ONE, of=three, stands="dora")
    assert (fact.codes, fact.stands, fact.yielded) == (["WEATHER", "HELP"], "dora", "")
    with pytest.raises(BadDecision, match="not said whose"):
        decided(Outcome.ONE, of=three)
    with pytest.raises(BadDecision, match="'cleo' has no reading here"):
        decided(Outcome.ONE, of=three, stands="cleo")
    with pytest.raises(BadDecision, match="takes no coder whose reading stands"):
        decided(Outcome.BOTH, of=three, stands="dora")


def test_on_an_agreement_nobody_gives_way_and_nothing_is_kept_apart() -> None:
    alike = Item("t:4", "t", "talk", 4, 9, {"ana": ("HELP",), "ben": ("HELP",)}, agreed=True)
    assert decided(Outcome.FIRST, of=alike).yielded == ""
    assert decided(Outcome.NEW, ["LEARN"], of=alike).codes == ["LEARN"]
    with pytest.raises(BadDecision, match="agree here"):
        decided(Outcome.APART, of=alike)


# --- splitting -------------------------------------------------------------------------------------------------


def test_a_split_keeps_each_part_with_its_codes_in_the_order_of_the_text() -> None:
    fact = decided(Outcome.SPLIT, parts=[(7, 9, ()), (4, 7, ["HELP", "HELP"])])
    assert (fact.parts, fact.part_codes, fact.codes) == ([[4, 7], [7, 9]], [["HELP"], []], ["HELP"])
    assert (fact.start, fact.end) == (4, 9)


@pytest.mark.parametrize(
    ("parts", "sentence"),
    [
        ([], "at least two parts"),
        ([(4, 9, ())], "at least two parts"),
        ([(4, 6, ()), (7, 9, ())], "leave a gap"),
        ([(4, 7, ()), (6, 9, ())], "overlap"),
        ([(4, 6, ()), (6, 8, ())], "The parts go from 4 to 8, the segment from 4 to 9"),
        ([(3, 6, ()), (6, 9, ())], "The parts go from 3 to 9"),
        ([(4, 9, ()), (9, 9, ())], "no words"),
        ([(4, 9, ()), (4, 9, ())], "overlap"),
    ],
)  # fmt: skip
def test_parts_that_are_not_the_whole_segment_are_refused(parts: Any, sentence: str) -> None:
    with pytest.raises(BadDecision, match=sentence):
        decided(Outcome.SPLIT, parts=parts)


def test_a_part_has_codes_that_the_codebook_has_and_only_a_split_has_parts() -> None:
    with pytest.raises(UnknownCode, match="HOPE"):
        decided(Outcome.SPLIT, parts=[(4, 6, ["HOPE"]), (6, 9, ())])
    with pytest.raises(BadDecision, match="takes no parts"):
        decided(Outcome.BOTH, parts=[(4, 6, ()), (6, 9, ())])


@given(st.lists(st.tuples(st.integers(3, 10), st.integers(3, 10), st.just(())), max_size=4))
def test_whatever_parts_are_taken_cover_every_character_once(parts: list[tuple[int, int, tuple[str, ...]]]) -> None:
    covered = sorted(at for start, end, _ in parts for at in range(start, end))
    is_whole = covered == list(range(4, 9)) and len(parts) > 1 and all(start < end for start, end, _ in parts)
    try:
        fact = decided(Outcome.SPLIT, parts=parts)
    except BadDecision:
        assert not is_whole
    else:
        assert is_whole
        assert [at for start, end in fact.parts for at in range(start, end)] == covered


# --- circumstances ---------------------------------------------------------------------------------------------


def test_a_decision_keeps_its_circumstances() -> None:
    sitting = consensus.Sitting(session="s1", order=("ben", "ana"), seconds=42, codebook="2.0")
    fact = decided(Outcome.BOTH, sitting=sitting, action=CodebookAction.MERGE)
    assert (fact.session, fact.order, fact.seconds, fact.codebook) == ("s1", ["ben", "ana"], 42, "2.0")
    assert (fact.action, decided(Outcome.BOTH).action) == ("merge", "")


def several(*starts: int) -> list[Item]:
    return [Item(f"t:{at}", "t", "talk", at, at + 5, {"ana": ("HELP",), "ben": ("LEARN",)}) for at in starts]


def test_several_items_are_decided_together_each_with_its_own_record() -> None:
    one, two, again = several(0, 10, 0)
    facts = consensus.decide_together(
        [one, two, again], Outcome.SECOND, reason=Reason.SLIP, note="As before.",
        sittings={item.id: consensus.Sitting(seconds=61) for item in (one, two)},
    )  # fmt: skip
    first, second = facts
    assert isinstance(first, e.ItemDecided)
    assert isinstance(second, e.ItemDecided)
    assert [(f.start, f.codes, f.yielded) for f in (first, second)] == [(0, ["LEARN"], "ana"), (10, ["LEARN"], "ana")]
    assert first.together == second.together != ""
    assert first.decision != second.decision
    assert (first.seconds, second.seconds) == (30, 30)


def test_one_item_alone_is_not_said_to_be_together_with_others() -> None:
    (fact,) = consensus.decide_together(several(0), Outcome.BOTH, reason=Reason.SLIP)
    assert isinstance(fact, e.ItemDecided)
    assert fact.together == ""


def test_what_can_not_be_decided_of_one_is_decided_of_none() -> None:
    other = Item("t:20", "t", "talk", 20, 25, {"ana": ("HELP",), "dora": ()})
    with pytest.raises(BadDecision, match="'ben' has no reading"):
        consensus.decide_together([*several(0), other], Outcome.ONE, reason=Reason.SLIP, stands="ben")
    with pytest.raises(BadDecision, match="split by itself"):
        consensus.decide_together(several(0, 10), Outcome.SPLIT, reason=Reason.SLIP)
    with pytest.raises(BadDecision, match="No item"):
        consensus.decide_together([], Outcome.BOTH, reason=Reason.SLIP)


def test_a_link_names_changes_that_the_draft_has() -> None:
    (fact,) = consensus.link("t", "d1", ["s2", "s2", "s1"], ["s1", "s2"])
    assert isinstance(fact, e.ActionLinked)
    assert (fact.decision, fact.steps) == ("d1", ["s2", "s1"])
    with pytest.raises(BadDecision, match="no change called 's3'"):
        consensus.link("t", "d1", ["s3"], ["s1"])
    with pytest.raises(BadDecision, match="No change"):
        consensus.link("t", "d1", [], ["s1"])
