"""The draft of a codebook, from its facts."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualbench import events as e
from qualbench.events import Event, seal
from qualbench.model import Code, Codebook
from qualbench.steps.codebook import drafting
from tests.steps.codebook.books import FAMILY, book, tree


def written(code: str, **fields: object) -> Event:
    return e.CodeDrafted(code=code, fields=seal(json.dumps(fields)))


def placed(code: str, parent: str = "", after: str = "") -> Event:
    return e.CodePlaced(code=code, parent=parent, after=after)


def merged(*codes: str, into: str) -> Event:
    return e.CodesMerged(codes=list(codes), into=into)


def test_a_draft_without_facts_is_the_release_itself() -> None:
    assert drafting.drafted(FAMILY, []).codes == FAMILY.codes
    assert drafting.drafted(None, []).codes == ()


def test_fields_are_written_and_a_code_that_nobody_knows_is_new() -> None:
    draft = drafting.drafted(FAMILY, [written("A", label="Belief", examples=["So."]), written("X", label="Rain")])
    assert draft.get("A") == replace(FAMILY.codes[1], label="Belief", examples=("So.",))
    assert draft.codes[-1] == Code("X", "Rain")
    assert FAMILY.label("A") == "Credibility"


def test_words_of_a_journal_are_opened_with_their_fact() -> None:
    fact = e.CodeDrafted(code="X", fields=str(seal('{"label": "Rain"}')))
    assert drafting.drafted(None, [fact]).codes == ()
    assert drafting.drafted(None, [drafting.unsealed(fact, b'{"label": "Rain"}')]).codes == (Code("X", "Rain"),)


@pytest.mark.parametrize(
    "fact",
    [
        written("X", notes="no label"),
        written("", label="no id"),
        written("A", label=""),
        written("A", label=3, examples="one", id="Z", parent="U", into=["B"], shape="round"),
        written("A", status="merged"),
        written("A", status="asleep"),
        e.CodeDrafted(code="A", fields=seal("[" * 100_000)),
        e.CodeDrafted(code="A", fields=seal("[1]")),
        placed("X", "T"),
        placed("A", "X"),
        placed("T", "T"),
        placed("T", "A"),
        merged("A", into="A"),
        merged("A", into="X"),
        merged("X", into="A"),
        e.CodeSplit(code="A", into=["A"]),
        e.CodeSplit(code="A", into=["B", "X"]),
        e.CodeSplit(code="A", into=[]),
        e.CodeDropped(code="A"),
        e.CodeDropped(code="X"),
        e.ThemeCreated(theme="t", name="n"),
    ],
)
def test_a_fact_that_does_not_fit_changes_nothing(fact: Event) -> None:
    assert drafting.drafted(FAMILY, [fact]).codes == FAMILY.codes


def test_a_code_moves_with_all_that_is_under_it() -> None:
    draft = drafting.drafted(FAMILY, [placed("U", "T", "A")])
    assert tree(draft) == ["T", ".A", ".U", "..C", "..D", ".B"]
    assert tree(drafting.drafted(FAMILY, [placed("U")])) == ["U", ".C", ".D", "T", ".A", ".B"]
    assert tree(drafting.drafted(FAMILY, [placed("D", "T")])) == ["T", ".D", ".A", ".B", "U", ".C"]


def test_behind_a_sister_that_is_gone_a_code_stands_last() -> None:
    assert tree(drafting.drafted(FAMILY, [placed("D", "T", "X")])) == ["T", ".A", ".B", ".D", "U", ".C"]


def test_merged_codes_stay_under_their_ids_and_their_children_move() -> None:
    draft = drafting.drafted(FAMILY, [merged("U", "B", into="T")])
    assert tree(draft) == ["T", ".A", ".B", ".C", ".D", "U"]
    assert [(code.id, code.into) for code in draft.codes if code.status == "merged"] == [("B", ("T",)), ("U", ("T",))]


def test_a_code_can_go_into_one_that_stands_under_it() -> None:
    deep = book(Code("A", "1"), Code("B", "2", parent="A"), Code("C", "3", parent="B"), Code("D", "4", parent="A"))
    assert tree(drafting.drafted(deep, [merged("A", into="C")])) == ["A", "C", ".B", ".D"]


def test_what_was_merged_or_split_is_so_for_good() -> None:
    split = e.CodeSplit(code="A", into=["C", "D", "C"])
    draft = drafting.drafted(FAMILY, [split, written("A", status="active"), merged("A", into="B"), split])
    code = draft.get("A")
    assert code is not None
    assert (code.status, code.into) == ("split", ("C", "D"))
    later = drafting.drafted(FAMILY, [merged("A", into="B"), merged("C", into="A"), merged("B", into="A")])
    assert [one.id for one in later.codes if one.status == "merged"] == ["A"]


def test_a_code_that_was_never_released_can_leave_unless_something_hangs_on_it() -> None:
    new = [written("X", label="Rain"), written("Y", label="Snow"), placed("Y", "X")]
    drop = e.CodeDropped(code="X")
    assert drafting.drafted(FAMILY, [*new, placed("Y"), drop]).get("X") is None
    assert drafting.drafted(FAMILY, [*new, drop]).get("X") is not None
    assert drafting.drafted(FAMILY, [*new, placed("Y"), e.CodeSplit(code="A", into=["X"]), drop]).get("X") is not None


def test_a_tree_that_came_damaged_is_mended() -> None:
    broken = book(Code("A", "1", parent="B"), Code("B", "2", parent="A"), Code("C", "3", parent="X"))
    assert tree(drafting.drafted(broken, [])) == ["C", "A", ".B"]


# --- any sequence of facts ---------------------------------------------------------------------------------------

IDS = st.sampled_from([*"TABUCDXYZ", ""])
FACTS = st.one_of(
    st.builds(
        lambda code, fields: e.CodeDrafted(code=code, fields=seal(json.dumps(fields))),
        IDS,
        st.fixed_dictionaries(
            {},
            optional={
                "label": st.sampled_from(["Rain", "Snow", ""]),
                "status": st.sampled_from(["proposed", "trial", "active", "retired", "merged", "?"]),
                "parent": IDS,
                "examples": st.one_of(st.just("x"), st.lists(st.just("x"), max_size=2)),
            },
        ),
    ),
    st.builds(e.CodePlaced, code=IDS, parent=IDS, after=IDS),
    st.builds(e.CodesMerged, codes=st.lists(IDS, max_size=3), into=IDS),
    st.builds(e.CodeSplit, code=IDS, into=st.lists(IDS, max_size=3)),
    st.builds(e.CodeDropped, code=IDS),
)
RELEASED = st.sampled_from([None, FAMILY])


def check_tree(draft: Codebook, released: Codebook | None) -> None:
    seen: list[str] = []
    path: list[str] = []
    for code in draft.codes:
        assert code.id not in seen
        assert code.label
        while code.parent and path[-1] != code.parent:  # parents stand before, and what is under them without a gap
            path.pop()
        path = [*path, code.id] if code.parent else [code.id]
        seen.append(code.id)
        assert (code.status in ("merged", "split")) == bool(code.into)
        assert all(draft.get(one) is not None for one in code.into)
        walked = {code.id}
        into = list(code.into)
        for one in into:
            assert one != code.id
            if one not in walked:
                walked.add(one)
                target = draft.get(one)
                into += target.into if target else ()
    assert {code.id for code in (released.codes if released else ())} <= set(seen)


@given(RELEASED, st.lists(FACTS, max_size=15))
def test_every_sequence_of_facts_gives_a_tree_that_loses_no_released_code(
    released: Codebook | None, facts: list[Event]
) -> None:
    check_tree(drafting.drafted(released, facts), released)


@given(RELEASED, st.lists(FACTS, max_size=15))
def test_a_replay_gives_what_was_seen_step_by_step(released: Codebook | None, facts: list[Event]) -> None:
    known = {code.id for code in released.codes} if released else set()
    seen = drafting.drafted(released, [])
    for fact in facts:
        seen = drafting.after(seen, fact, known)
    assert drafting.drafted(released, facts) == seen


@given(RELEASED, st.lists(FACTS, min_size=1, max_size=15), st.data())
def test_the_draft_without_an_undone_step_is_a_tree_too(
    released: Codebook | None, facts: list[Event], data: st.DataObject
) -> None:
    undone = data.draw(st.integers(0, len(facts) - 1))
    check_tree(drafting.drafted(released, [*facts[:undone], *facts[undone + 1 :]]), released)


@given(RELEASED, st.lists(FACTS, max_size=10))
def test_a_draft_that_is_released_is_where_the_next_one_begins(released: Codebook | None, facts: list[Event]) -> None:
    draft = drafting.drafted(released, facts)
    assert drafting.drafted(replace(draft, version="2.0"), []).codes == draft.codes
