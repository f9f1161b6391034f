"""Rules of typologies: what they say, whom they fit, and what is wrong with those that can not be read."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualbench.steps.typologies import BadRule, Case, fits, has_codes, parse, resolved, text
from qualbench.steps.typologies.rules import All, HasCode, HasValue, Not, Rule, Some

ADA = Case("P1", {"role": "Advocate", "age": "40", "site": ""}, frozenset({"TRUST", "HOPE"}))
BOB = Case("P2", {"role": "parent", "age": "9"}, frozenset({"FEAR"}))


@pytest.mark.parametrize(
    ("rule", "who"),
    [
        ("code:TRUST", "P1"),
        ("code:TRUST and code:HOPE", "P1"),
        ("code:TRUST and code:FEAR", ""),
        ("code:TRUST or code:FEAR", "P1 P2"),
        ("not code:TRUST", "P2"),
        ("attribute:role = advocate", "P1"),
        ("attribute:role=advocate or code:FEAR and attribute:age<10", "P1 P2"),
        ("(attribute:role=advocate or code:FEAR) and attribute:age<10", "P2"),
        ("attribute:age >= 40", "P1"),
        ("attribute:age <= 9.0", "P2"),
        ("attribute:age > 9", "P1"),
        ("attribute:age = 40.0", "P1"),
        ('attribute:site = ""', "P1 P2"),
        ("attribute:site != north", "P1 P2"),
        ("attribute:site < north", ""),
        ("not (code:TRUST or code:FEAR)", ""),
        ("NOT code:TRUST AND NOT attribute:role = advocate", "P2"),
    ],
)
def test_whom_a_rule_fits(rule: str, who: str) -> None:
    assert " ".join(case.id for case in (ADA, BOB) if fits(parse(rule), case)) == who


@pytest.mark.parametrize(
    ("rule", "why"),
    [
        ("", "it ends where a code or an attribute should come"),
        ("TRUST", "'TRUST' is neither"),
        ("code:", "'code:' is neither"),
        ("code:TRUST code:HOPE", "'code:HOPE' is not expected"),
        ("code:TRUST and", "it ends"),
        ("(code:TRUST", "should come"),
        ("code:TRUST)", "is not expected"),
        ("attribute:age", "it ends where = should come"),
        ("attribute:age 4", "comes one of"),
        ("attribute:age =", "it ends where a value"),
        ("attribute:age = =", "comes a value"),
        ('code:"TRUST', "can not be read"),
        ("not " * 60 + "code:TRUST", "too many brackets"),
        ("and", "is neither"),
    ],
)
def test_what_can_not_be_read(rule: str, why: str) -> None:
    with pytest.raises(BadRule, match=why) as raised:
        parse(rule)
    assert "code:TRUST and not" in raised.value.hint


def test_names_are_found_as_people_write_them() -> None:
    rule = parse('code:"lost trust" and attribute:ROLE = x')
    found = resolved(rule, {"LOST": "Lost trust", "TRUST": "Trust"}, ["role"])
    assert found == All((HasCode("LOST"), HasValue("role", "=", "x")))
    with pytest.raises(BadRule, match="no code called 'Grief'"):
        resolved(parse("code:Grief"), {"TRUST": "Trust"}, [])
    with pytest.raises(BadRule, match="no attribute called 'age'"):
        resolved(parse("attribute:age=4"), {}, ["site"])


def test_an_id_comes_before_a_label() -> None:
    assert resolved(parse("code:A"), {"B": "a", "A": "b"}, []) == HasCode("A")


def test_only_codes_need_coding() -> None:
    assert not has_codes(parse("not attribute:age=4"))
    assert has_codes(parse("attribute:age=4 or not code:A"))


_NAMES = st.text(st.characters(exclude_characters='"\r', exclude_categories=("Cs", "Cc", "Zl", "Zp")), min_size=1).map(
    lambda name: f"x{name.strip()}"
)
_RULES: st.SearchStrategy[Rule] = st.recursive(
    st.builds(HasCode, _NAMES) | st.builds(HasValue, _NAMES, st.sampled_from(["=", "!=", "<", ">="]), _NAMES),
    lambda inner: (
        st.builds(Not, inner) | st.builds(All, st.tuples(inner, inner)) | st.builds(Some, st.tuples(inner, inner))
    ),
    max_leaves=8,
)


@given(_RULES)
def test_a_rule_that_is_written_can_be_read_again(rule: Rule) -> None:
    assert parse(text(rule)) == rule
