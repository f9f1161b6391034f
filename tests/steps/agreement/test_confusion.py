"""Confusion: which codes stand in for one another, and the table behind the heat map."""

import itertools

from hypothesis import given
from hypothesis import strategies as st

from qualbench.model import Confusion, Unit
from qualbench.steps.agreement import units
from qualbench.steps.agreement.confusion import confusions, matrix


def read(interview):
    return units(interview.transcript, interview.passes)


def test_confused_codes_are_counted_whoever_gave_which(interview):
    """
    P: One.    | ana: stress | ben: fatigue
    P: Two.    | ana: fatigue | ben: stress
    P: Three.  | ana: pay    | ben: stress
    P: Four.   | ana: stress | ben: stress
    """
    assert confusions(read(interview), ["stress", "fatigue", "pay"]) == (
        Confusion("stress", "fatigue", 2),
        Confusion("stress", "pay", 1),
    )


def test_the_code_that_comes_first_in_the_codebook_leads_and_unknown_codes_come_last(interview):
    """
    P: One.  | ana: beta  | ben: alpha
    P: Two.  | ana: gamma | ben: alpha
    P: Six.  | ana: gamma | ben: beta
    """
    assert confusions(read(interview), ["beta", "alpha"]) == (
        Confusion("beta", "alpha", 1),
        Confusion("beta", "gamma", 1),
        Confusion("alpha", "gamma", 1),
    )


def test_a_shared_code_stands_in_for_nothing(interview):
    """
    P: One.  | ana: work, stress | ben: work, pay
    P: Two.  | ana: work, stress | ben: work
    """
    assert confusions(read(interview)) == (Confusion("pay", "stress", 1),)


def test_one_code_against_two_is_counted_against_each(interview):
    """
    P: One.  | ana: stress, fatigue | ben: pay
    """
    assert confusions(read(interview)) == (Confusion("fatigue", "pay", 1), Confusion("pay", "stress", 1))


def test_each_pair_of_coders_counts_by_itself_and_a_skipped_turn_does_not(interview):
    """
    P: One.  | ana: stress | ben: pay | cid: stress
    P: Two.  | ana: stress | cid: pay
    P: Six.  | ana: stress
    """
    assert confusions(read(interview)) == (Confusion("pay", "stress", 3),)


def test_nothing_confused_is_nothing(interview):
    """
    P: One.  | ana: stress | ben: stress
    P: Two.  | ana: stress | ben: -
    """
    assert confusions(read(interview)) == ()


# --- the table -------------------------------------------------------------------------------------------------


def test_the_table_of_a_small_interview(interview):
    """
    P: One.    | ana: stress       | ben: stress
    P: Two.    | ana: stress       | ben: pay
    P: Three.  | ana: pay          | ben: stress
    P: Four.   | ana: stress       | ben: -
    P: Five.   | ana: stress, pay  | ben: stress
    P: Six.    | ana: -            | ben: -
    P: Seven.  | ana: work         | ben: stress
    P: Eight.  | ana: pay
    """
    assert matrix(read(interview), ["stress", "pay", "work"]) == (
        # stress, pay, work, nothing instead
        (2, 2, 1, 1),  # both in One and Five; pay in Two and Three; work in Seven; nothing in Four
        (2, 0, 0, 1),  # nothing but the shared code in Five
        (1, 0, 0, 0),
        (1, 1, 0, 1),  # both found nothing in Six
    )


def test_a_code_without_a_row_is_still_something_instead(interview):
    """
    P: One.  | ana: stress | ben: other
    P: Two.  | ana: stress | ben: -
    """
    assert matrix(read(interview), ["stress"]) == ((0, 1), (1, 0))


def test_no_units_are_a_table_of_zeros():
    assert matrix((), ["stress"]) == ((0, 0), (0, 0))
    assert matrix((), []) == ((0,),)


# --- for any coding --------------------------------------------------------------------------------------------

CODES = "abcd"
coders = st.sampled_from(["ana", "ben", "cid"])


def codings(most):
    readings = st.dictionaries(coders, st.frozensets(st.sampled_from(CODES), max_size=most))
    return st.lists(readings, max_size=6).map(
        lambda said: tuple(Unit("t1", turn, turn + 1, given) for turn, given in enumerate(said))
    )


def compared(turns):
    """Each pair of readings of one unit, in both orders."""
    return [pair for unit in turns for pair in itertools.permutations(unit.readings.values(), 2)]


@given(codings(most=3))
def test_every_cell_is_what_it_says(turns):
    table, pairs = matrix(turns, CODES), compared(turns)
    for (i, row), (j, column) in itertools.product(enumerate(CODES), repeat=2):
        if i == j:
            assert 2 * table[i][i] == sum(row in x and row in y for x, y in pairs)
        else:
            given_instead = sum(row in x and row not in y and column in y and column not in x for x, y in pairs)
            assert table[i][j] == given_instead
    for i, row in enumerate(CODES):
        assert table[i][-1] == table[-1][i] == sum(row in x and row not in y and y <= x for x, y in pairs)
    assert 2 * table[-1][-1] == sum(not x and not y for x, y in pairs)


@given(codings(most=1))
def test_with_one_code_a_unit_a_row_adds_up_to_the_uses_of_its_code(turns):
    for code, row in zip(CODES, matrix(turns, CODES), strict=False):
        uses = sum(code in x for x, _ in compared(turns))
        both = row[CODES.index(code)]
        assert sum(row) + both == uses


@given(codings(most=3))
def test_the_list_and_the_table_say_the_same(turns):
    table = matrix(turns, CODES)
    listed = {(one.code, one.other): one.count for one in confusions(turns, CODES)}
    cells = {(CODES[i], CODES[j]): table[i][j] for i, j in itertools.combinations(range(len(CODES)), 2)}
    assert listed == {pair: count for pair, count in cells.items() if count}


@given(codings(most=3))
def test_the_names_and_the_order_of_coders_do_not_matter(turns):
    names = {"ana": "z", "ben": "x", "cid": "y"}
    others = [
        Unit(u.transcript, u.start, u.end, {names[c]: codes for c, codes in reversed(u.readings.items())})
        for u in turns[::-1]
    ]
    assert matrix(others, CODES) == matrix(turns, CODES)
    assert confusions(others, CODES) == confusions(turns, CODES)
