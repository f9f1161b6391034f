"""What queries find: in a study that can be read, and against a slow evaluator over random ones."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualbench.steps.matrices import CONSENSUS, Attribute, Condition, Evidence, Field, Place, UnknownName
from qualbench.steps.matrices.queries import Both, Coded, Either, Expression, Followed, Near, Query, find, parse
from tests.steps.matrices.studies import CASES, CODES, I, drawn, little, settled


def found(typed: str, *more: Place) -> list[tuple[str, int, str]]:
    return [(one.transcript, one.turn, one.code) for one in find(little(*more), parse(typed))]


def test_codes_that_meet() -> None:
    assert found("TRUST and FEAR") == [("t1", 0, "TRUST"), ("t1", 0, "FEAR")]
    assert found("TRUST but not FEAR") == [("t1", 2, "TRUST"), ("t3", 0, "TRUST"), ("t3", 2, "TRUST")]
    assert found("TRUST and SHELTER and FEAR") == []
    assert len(found("FEAR or HOPE")) == 3


def test_a_parent_with_the_codes_under_it() -> None:
    assert found("SUPPORT") == []
    assert len(found("any SUPPORT")) == 8
    assert found("any SUPPORT and FEAR where transcript = t2") == [("t2", 0, "SHELTER"), ("t2", 0, "FEAR")]


def test_codes_near_one_another_in_the_same_transcript() -> None:
    assert found("TRUST within 1 turn of FEAR where transcript = t1") == [("t1", 0, "TRUST"), ("t1", 2, "TRUST")]
    assert found("TRUST within 0 turns of FEAR") == [("t1", 0, "TRUST")]
    assert found("TRUST within 1 turn of TRUST") == []  # another place, not itself
    assert len(found("TRUST within 2 turns of TRUST")) == 4
    assert found("HOPE within 999 turns of FEAR", *settled("t3", 5, "HOPE", "p3")) == []


def test_codes_that_follow() -> None:
    assert found("FEAR followed by TRUST within 2 turns") == [("t1", 0, "FEAR"), ("t1", 1, "FEAR")]
    assert found("FEAR followed by TRUST within 1 turn") == [("t1", 1, "FEAR")]
    assert found("TRUST followed by FEAR within 0 turns") == []  # on the same words, not after them


def test_filters_narrow_down_every_place_that_is_looked_at() -> None:
    assert found("FEAR where role = interviewer") == [("t1", 1, "FEAR")]
    assert found("FEAR followed by TRUST within 1 turn where role = participant") == []
    assert found("TRUST where site = north, participant = p03, round = main") == [
        ("t3", 0, "TRUST"),
        ("t3", 2, "TRUST"),
    ]
    assert found('SHELTER where age = ""') == [("t3", 0, "SHELTER"), ("t3", 2, "SHELTER")]
    assert found("FEAR where transcript = t1 or t2, participant = P01 or P02") == [("t1", 0, "FEAR"), ("t2", 0, "FEAR")]


def test_a_coders_layer_is_asked_for_by_name() -> None:
    ana = settled("t1", 0, "HOPE", "p1", layer="ana")
    assert found("HOPE where coder = ana", *ana) == [("t1", 0, "HOPE")]
    assert found("HOPE", *ana) == []
    with pytest.raises(UnknownName, match=r"There is no layer called 'ben' here\. Known are: consensus, ana"):
        found("HOPE where coder = ben", *ana)


def test_interviewers_places_are_found_unless_a_role_is_asked_for() -> None:
    assert settled("t1", 1, "FEAR", "", I, round_="pilot")[0] in find(little(), parse("FEAR"))


# --- the slow way ----------------------------------------------------------------------------------------------

PARENT = {code.id: code.parent for code in CODES}
VALUES = {case.id: dict(case.attributes) for case in CASES}


def slow(of: Expression, there: list[Place]) -> set[Place]:
    """The places of an expression, each held against each."""
    match of:
        case Coded():
            return {p for p in there if p.code == of.name or (of.under and PARENT[p.code] == of.name)}
        case Either():
            return set().union(*(slow(one, there) for one in of.of))
        case Both():
            parts = [slow(one, there) for one in of.of]
            bad = set().union(*(slow(one, there) for one in of.without))
            return {
                p
                for part in parts
                for p in part
                if all(other is part or any(share(p, q) for q in other) for other in parts)
                and not any(share(p, q) for q in bad)
            }
        case Near():
            to = slow(of.to, there)
            return {p for p in slow(of.what, there) if any(p != q and near(p, q, of.turns) for q in to)}
        case Followed():
            by = slow(of.by, there)
            return {p for p in slow(of.what, there) if any(follows(p, q, of.turns) for q in by)}


def share(p: Place, q: Place) -> bool:
    return p.transcript == q.transcript and bool(set(range(p.start, p.end)) & set(range(q.start, q.end)))


def near(p: Place, q: Place, turns: int) -> bool:
    return p.transcript == q.transcript and abs(p.turn - q.turn) <= turns


def follows(p: Place, q: Place, turns: int) -> bool:
    return p.transcript == q.transcript and q.start >= p.end and q.turn - p.turn <= turns


def fulfils(p: Place, condition: Condition) -> bool:
    if isinstance(condition.of, Attribute):
        return p.counts and bool(p.participant) and VALUES[p.participant].get(condition.of.name, "") in condition.values
    held = {
        Field.ROLE: str(p.role or ""), Field.PARTICIPANT: p.participant, Field.TRANSCRIPT: p.transcript,
        Field.ROUND: p.round,
    }  # fmt: skip
    return held[condition.of] in condition.values


EXPRESSIONS: st.SearchStrategy[Expression] = st.recursive(
    st.builds(Coded, st.sampled_from([code.id for code in CODES]), st.booleans()),
    lambda inner: st.one_of(
        st.builds(Both, st.lists(inner, min_size=1, max_size=3).map(tuple), st.lists(inner, max_size=1).map(tuple)),
        st.builds(Either, st.lists(inner, min_size=2, max_size=2).map(tuple)),
        st.builds(Near, inner, inner, st.integers(0, 6)),
        st.builds(Followed, inner, inner, st.integers(0, 6)),
    ),
    max_leaves=5,
)
CONDITIONS = st.one_of(
    st.builds(Condition, st.just(Field.ROLE), st.sampled_from([("participant",), ("interviewer", "other"), ("",)])),
    st.builds(Condition, st.just(Field.PARTICIPANT), st.sampled_from([("p1",), ("p2", "p4"), ("",)])),
    st.builds(Condition, st.just(Field.TRANSCRIPT), st.sampled_from([("t1",), ("t2", "t3")])),
    st.builds(Condition, st.just(Field.ROUND), st.sampled_from([("pilot",), ("main",)])),
    st.builds(Condition, st.just(Attribute("site")), st.sampled_from([("north",), ("north", "south"), ("",)])),
    st.builds(Condition, st.just(Attribute("age")), st.sampled_from([("9",), ("",), ("", "34")])),
)


@given(drawn(), EXPRESSIONS, st.lists(CONDITIONS, max_size=2).map(tuple), st.sampled_from([CONSENSUS, "ana"]))
def test_queries_find_what_the_slow_way_finds(
    study: Evidence, of: Expression, where: tuple[Condition, ...], layer: str
) -> None:
    if layer not in study.layers:
        return
    there = [p for p in study.places if p.layer == layer and p.code and all(fulfils(p, one) for one in where)]
    wanted = slow(of, there)
    assert find(study, Query(of, where, layer)) == tuple(p for p in study.places if p in wanted)
