"""Causes of differences for any coding: against the rules as they are written down, turn by turn."""

import itertools

from hypothesis import given
from hypothesis import strategies as st

from qualbench.model import Cause, Unit
from qualbench.steps.agreement.causes import by_cause, differences

MISSED, OTHER, RELATED, BOUNDARY, GRANULARITY = Cause

TREE = {"b": "a", "c": "b", "d": ""}
readings = st.dictionaries(st.sampled_from(["ana", "ben", "cid"]), st.frozensets(st.sampled_from("abcd"), max_size=3))
codings = st.lists(readings, max_size=8).map(
    lambda said: tuple(Unit("t1", turn, turn + 1, given) for turn, given in enumerate(said))
)


def stretch(turns, coder, code, turn):
    """The turns around this one that the coder gave the code without a break."""
    has = [code in unit.readings.get(coder, ()) for unit in turns]
    return {
        other
        for other in range(len(turns))
        if all(has[between] for between in range(min(turn, other), max(turn, other) + 1))
    }


def passage(turns, code, turn, by, without):
    lengths = []
    for giver, other in itertools.product(by, without):
        mine = stretch(turns, giver, code, turn)
        held = [at for at, unit in enumerate(turns) if code in unit.readings.get(other, ())]
        for nearest in (
            max((at for at in held if at < turn), default=None),
            min((at for at in held if at > turn), default=None),
        ):
            theirs = stretch(turns, other, code, nearest) if nearest is not None else set()
            if theirs & (mine | {turn - 1, turn + 1}):
                lengths.append(abs(len(mine) - len(theirs)))
    return lengths and (BOUNDARY if min(lengths) < 2 else GRANULARITY)


def expected(turns):
    """Every difference with its cause, by the rules as they are written down."""
    kin = {("a", "b"), ("b", "c"), ("a", "c")}
    for turn, unit in enumerate(turns):
        for code in "abcd":
            by = {coder for coder, codes in unit.readings.items() if code in codes}
            without = set(unit.readings) - by
            if not by or not without:
                continue
            theirs = {other for coder in without for other in unit.readings[coder]}
            instead = theirs - {other for coder in by for other in unit.readings[coder]}
            related = any(tuple(sorted((code, other))) in kin for other in instead)
            yield (
                (turn, code),
                (RELATED if related else passage(turns, code, turn, by, without)) or (OTHER if instead else MISSED),
            )


@given(codings)
def test_every_code_that_differs_has_exactly_one_cause(turns):
    found = differences(turns, TREE)
    assert [((one.start, one.code), one.cause) for one in found] == list(expected(turns))
    assert sum(by_cause(found).values()) == len(found)


@given(codings)
def test_other_names_for_the_coders_change_only_the_names(turns):
    names = {"ana": "z", "ben": "x", "cid": "y"}

    def renamed(readings):
        return {names[coder]: codes for coder, codes in reversed(readings.items())}

    plain = differences(turns, TREE)
    others = differences([Unit(u.transcript, u.start, u.end, renamed(u.readings)) for u in turns], TREE)
    assert len(plain) == len(others)
    for one, other in zip(plain, others, strict=True):
        assert {names[coder] for coder in one.by} == set(other.by)
        assert {names[coder] for coder in one.without} == set(other.without)
        assert (one.start, one.code, one.instead, one.cause) == (other.start, other.code, other.instead, other.cause)


@given(codings, st.randoms(use_true_random=False))
def test_the_order_in_which_units_come_does_not_matter(turns, chance):
    mixed = list(turns)
    chance.shuffle(mixed)
    assert differences(mixed, TREE) == differences(turns, TREE)
