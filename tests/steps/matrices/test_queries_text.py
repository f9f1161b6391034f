"""Queries as researchers type them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualbench.steps.matrices import Attribute, Condition, Field, UnknownName
from qualbench.steps.matrices.queries import (
    AmbiguousCode,
    BadQuery,
    Both,
    Coded,
    Either,
    Expression,
    Followed,
    Near,
    Query,
    parse,
    text,
    told,
    with_ids,
    with_labels,
)
from tests.steps.matrices.studies import little, settled

TRUST, FEAR, HOPE = Coded("TRUST"), Coded("FEAR"), Coded("HOPE")


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("TRUST", TRUST),
        ("TRUST and FEAR", Both((TRUST, FEAR))),
        ("TRUST and FEAR AND HOPE", Both((TRUST, FEAR, HOPE))),
        ("TRUST or FEAR or HOPE", Either((TRUST, FEAR, HOPE))),
        ("TRUST but not FEAR", Both((TRUST,), (FEAR,))),
        ("TRUST and not FEAR and HOPE", Both((TRUST, HOPE), (FEAR,))),
        ("(TRUST or FEAR) and HOPE", Both((Either((TRUST, FEAR)), HOPE))),
        ("((TRUST))", TRUST),
        ("TRUST within 3 turns of FEAR", Near(TRUST, FEAR, 3)),
        ("TRUST within 1 turn of FEAR", Near(TRUST, FEAR, 1)),
        ("TRUST followed by FEAR within 2 turns", Followed(TRUST, FEAR, 2)),
        ("TRUST and not FEAR within 2 turns of HOPE", Near(Both((TRUST,), (FEAR,)), HOPE, 2)),
        ("TRUST and not (FEAR within 2 turns of HOPE)", Both((TRUST,), (Near(FEAR, HOPE, 2),))),
        ("any Support and FEAR", Both((Coded("Support", under=True), FEAR))),
        ('"Hope for later" or “In the dark”', Either((Coded("Hope for later"), Coded("In the dark")))),
        (r'"She said \"no\"" or "not"', Either((Coded('She said "no"'), Coded("not")))),
    ],
)
def test_what_is_typed_is_what_is_meant(typed: str, meant: Expression) -> None:
    assert parse(typed) == Query(meant)


def test_conditions_and_the_layer() -> None:
    typed = "TRUST and not FEAR within 2 turns of HOPE where site = north, role = participant, layer = consensus"
    conditions = (Condition(Attribute("site"), ("north",)), Condition(Field.ROLE, ("participant",)))
    assert parse(typed) == Query(Near(Both((TRUST,), (FEAR,)), HOPE, 2), conditions)
    assert parse("TRUST where coder = ana") == parse("TRUST where layer = ana") == Query(TRUST, (), "ana")


def test_alternatives_and_what_is_not_known() -> None:
    found = parse('TRUST where site = north or "far south", "job title" = "", "role" = nurse').where
    assert found == (
        Condition(Attribute("site"), ("north", "far south")),
        Condition(Attribute("job title"), ("",)),
        Condition(Attribute("role"), ("nurse",)),  # in quotes it is an attribute, whatever its name
    )


@pytest.mark.parametrize(
    ("typed", "at", "expected"),
    [
        ("", 0, "a code"),
        ("TRUST and", 9, "a code"),
        ("not FEAR", 0, "a code first"),
        ("TRUST FEAR", 6, "'or'"),
        ("TRUST and FEAR or HOPE", 15, "brackets"),
        ("TRUST or FEAR but not HOPE", 14, "brackets"),
        ("TRUST but FEAR", 10, "'not'"),
        ("TRUST within two turns of FEAR", 13, "a number of turns"),
        ("TRUST within 2 of FEAR", 15, "'turns' or 'turn'"),
        ("TRUST within 2 turns FEAR", 21, "'of'"),
        ("TRUST followed FEAR", 15, "'by'"),
        ("TRUST followed by FEAR", 22, "'within'"),
        ("A within 2 turns of B within 2 turns of C", 22, "brackets"),
        ("(TRUST and FEAR", 15, "')'"),
        ("TRUST)", 5, "the end"),
        ('TRUST and "FEAR', 10, "a closing quote"),
        ("TRUST where", 11, "what to filter by"),
        ("TRUST where site north", 17, "'='"),
        ("TRUST where site =", 18, "a value"),
        ("TRUST where site = north role = other", 25, "',' or the end"),
        ("TRUST where layer = ana, coder = ben", 25, "one layer only"),
        ("TRUST where coder = ana or ben", 12, "one layer only"),
        ("turn and FEAR", 0, "in quotes"),
        ('"" or FEAR', 0, "a code"),
        ("(" * 60 + "A" + ")" * 60, 41, "no more than 40"),
    ],
)
def test_what_can_not_be_read_is_refused_where_it_goes_wrong(typed: str, at: int, expected: str) -> None:
    with pytest.raises(BadQuery) as refused:
        parse(typed)
    assert refused.value.at == at
    assert expected in refused.value.expected
    assert f"(character {at + 1})" in refused.value.message


def test_a_refusal_says_what_was_read_so_far() -> None:
    with pytest.raises(BadQuery) as refused:
        parse("TRUST withn 2 turns of FEAR")
    assert refused.value.message.startswith("The query can not be read at 'withn' (character 7): expected ")
    assert refused.value.expected == "'and', 'but not', 'or', 'within', 'followed by', 'where' or the end"
    assert refused.value.hint == "Read so far: TRUST"


NAMES = st.one_of(
    st.sampled_from(["TRUST", "not", "Turns", "any", "role", "layer", 'a "b"', "a\\", "a, b", "“x”", "(", "2", "é x"]),
    st.text(min_size=1, max_size=8),
)
CODE_NAMES = NAMES.filter(lambda name: bool(name.strip()))
TURNS = st.integers(0, 999_999)
EXPRESSIONS: st.SearchStrategy[Expression] = st.recursive(
    st.builds(Coded, CODE_NAMES, st.booleans()),
    lambda inner: st.one_of(
        st.builds(Both, st.tuples(inner, inner), st.lists(inner, max_size=2).map(tuple)),
        st.builds(Both, st.tuples(inner), st.tuples(inner)),
        st.builds(Either, st.lists(inner, min_size=2, max_size=3).map(tuple)),
        st.builds(Near, inner, inner, TURNS),
        st.builds(Followed, inner, inner, TURNS),
    ),
    max_leaves=8,
)
CONDITIONS = st.builds(
    Condition,
    st.one_of(st.sampled_from(Field), st.builds(Attribute, NAMES)),
    st.lists(st.one_of(NAMES, st.just("")), min_size=1, max_size=3).map(tuple),
)
QUERIES = st.builds(Query, EXPRESSIONS, st.lists(CONDITIONS, max_size=3).map(tuple), NAMES)


@given(QUERIES)
def test_a_query_that_is_written_and_read_is_the_same(query: Query) -> None:
    assert parse(text(query)) == query


PIECES = st.sampled_from(["(", ")", "=", ",", '"', "A", "and", "or", "not", "within 2 turns of", "where", "any"])


@given(st.text(max_size=30) | st.lists(PIECES).map(" ".join))
def test_whatever_is_typed_is_read_or_refused(typed: str) -> None:
    try:
        query = parse(typed)
    except BadQuery as refused:
        assert 0 <= refused.at <= len(typed)  # noqa: PT017 - most of what is drawn here is refused
    else:
        assert parse(text(query)) == query


def test_a_query_in_a_sentence() -> None:
    typed = 'any support and not FEAR within 2 turns of "hope for later" where site = north or "", role = participant'
    assert told(parse(typed), little()) == (
        "Places of (('Support' or a code under it) that share no words with 'Fear') at most 2 turns away from another "
        "place of 'Hope for later', in the consensus, only with site north or not known; role participant. "
        "The turns of all speakers are counted."
    )
    assert told(parse("TRUST followed by (FEAR and HOPE) within 0 turns where coder = ana")) == (
        "Places of 'TRUST' after which a place of ('FEAR' and 'HOPE' where they share words) begins in the same turn, "
        "in ana's coding. The turns of all speakers are counted."
    )
    assert told(parse("TRUST or FEAR")) == "Places of 'TRUST' or 'FEAR', in the consensus."


def test_codes_are_named_by_label_or_id_and_kept_by_id() -> None:
    query = with_ids(parse('"hope FOR later" and trust where site = north'), little())
    assert text(query) == "HOPE and TRUST where site = north"
    assert text(with_labels(query, little())) == '"Hope for later" and Trust where site = north'


def test_names_that_mean_no_code_or_two_are_refused() -> None:
    with pytest.raises(UnknownName, match="There is no code called 'LOVE'"):
        with_ids(parse("TRUST and LOVE"), little())
    study = little(*settled("t1", 8, "fear", "p1"))  # nobody's code; its label is its id
    assert with_ids(parse("fear"), study).of == Coded("fear")
    with pytest.raises(AmbiguousCode, match="by its id: FEAR, fear"):
        with_ids(parse("Fear"), study)
