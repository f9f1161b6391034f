"""Codes counted under the top of their branch."""

from qualbench.model import Unit
from qualbench.steps.agreement import rolled_up, run

PARENTS = {"night": "sleep", "sleep": "body", "pain": "body", "pay": "work", "work": ""}


def one(**readings):
    return Unit("t1", 0, 9, {coder: frozenset(codes.split()) for coder, codes in readings.items()})


def test_a_code_at_the_top_is_applied_when_any_code_under_it_is():
    assert rolled_up([one(ana="night pain", ben="body work", cid="pay other")], PARENTS) == (
        one(ana="body", ben="body work", cid="work other"),
    )


def test_nothing_applies_stays_an_answer_and_a_skipped_unit_stays_missing():
    (unit,) = rolled_up([one(ana="", ben="pay")], PARENTS)
    assert unit == one(ana="", ben="work")


def test_parents_that_lead_round_in_a_ring_are_one_code():
    ring = {"b": "c", "c": "a", "a": "b", "under": "c", "self": "self"}
    (unit,) = rolled_up([one(ana="b", ben="under c", cid="self")], ring)
    assert unit == one(ana="a", ben="a", cid="self")


def test_coders_who_mean_the_same_branch_agree_there():
    """Ana says night where ben says sleep, three times; both leave it out twice."""
    units = [one(ana="night", ben="sleep")] * 3 + [one(ana="", ben="")] * 2
    (body,) = run(rolled_up(units, PARENTS), codes=[], unit="turn", codebook="1.0").codes
    assert (body.code, body.alpha) == ("body", 1)
    assert all(code.alpha < 0 for code in run(units, codes=[], unit="turn", codebook="1.0").codes)
