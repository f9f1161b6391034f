"""The u-alpha family against its definition, character by character, and what changes no figure."""

from collections import Counter, defaultdict
from fractions import Fraction
from itertools import permutations, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualbench.steps.agreement.drawn import spans
from qualbench.steps.agreement.drawn.continua import Spans
from qualbench.steps.agreement.rated.ratings import Undefined
from tests.steps.agreement.continua import CONTINUA, GAP, labels, published, stretched, texts

# --- character by character ---------------------------------------------------------------------------------


def coincidences(continua):
    """l_ck and S_c of the source, from characters and units."""
    pairs, squares = Counter(), Counter()
    for one in continua:
        if len(one.units) < 2:
            continue
        said = {coder: labels(units, one.begin, one.end) for coder, units in one.units.items()}
        for a, b in permutations(said, 2):
            for c, k in zip(said[a], said[b], strict=True):
                pairs[c, k] += Fraction(1, len(said) - 1)
        for coder, units in one.units.items():
            squares[GAP] += said[coder].count(GAP)
            for a, b, code in units:
                squares[code] += (b - a) ** 2
    return pairs, squares


def coded_by_two(continua):
    """The same over text that two coders coded; a unit has the share that met the others' units, on average."""
    pairs = Counter({key: length for key, length in coincidences(continua)[0].items() if GAP not in key})
    squares = Counter()
    for one in continua:
        said = {coder: labels(units, one.begin, one.end) for coder, units in one.units.items()}
        for coder, units in one.units.items():
            others = [theirs for name, theirs in said.items() if name != coder]
            for a, b, code in units if others else []:
                met = sum(theirs[place - one.begin] != GAP for theirs in others for place in range(a, b))
                squares[code] += Fraction(met, len(others)) ** 2
    return pairs, squares


def expected(pairs, squares):
    """e_ck of the source."""
    margin = defaultdict(Fraction)
    for (c, _), length in pairs.items():
        margin[c] += length
    total = sum(margin.values())
    room = total**2 - sum(squares.values())
    return {
        (c, k): total * (margin[c] * margin[k] - (c == k) * squares[c]) / room for c, k in product(margin, repeat=2)
    }


def alpha(pairs, chance):
    """1 - Do / De, or None."""
    room = sum(length for (c, k), length in chance.items() if c != k)
    return 1 - sum(length for (c, k), length in pairs.items() if c != k) / room if room else None


def collapsed(pairs):
    both = Counter()
    for (c, k), length in pairs.items():
        both[c != GAP, k != GAP] += length
    return both


def of_code(code, pairs, chance):
    def elsewhere(table):
        row = {k: length for (c, k), length in table.items() if c == code}
        return (sum(row.values()) - row.get(code, 0)) / sum(row.values()) if sum(row.values()) else 0

    return 1 - elsewhere(pairs) / elsewhere(chance) if elsewhere(chance) else None


def check(figure, oracle):
    if oracle is None:
        assert isinstance(figure, Undefined)
    else:
        assert figure == pytest.approx(float(oracle), abs=1e-9)


@given(CONTINUA)
def test_u_and_binary_alpha_are_those_of_the_characters(continua):
    pairs, squares = coincidences(continua)
    chance = expected(pairs, squares) if pairs else {}
    check(spans.u_alpha(continua), alpha(pairs, chance))
    check(spans.binary_alpha(continua), alpha(collapsed(pairs), collapsed(chance)))


@given(CONTINUA)
def test_coding_and_code_alpha_are_those_of_the_characters(continua):
    pairs, squares = coded_by_two(continua)
    chance = expected(pairs, squares) if pairs else {}
    check(spans.coding_alpha(continua), alpha(pairs, chance))
    everything = coincidences(continua)[0]
    for code in "abc":
        figure, coverage = spans.code_alpha(continua, code)
        check(figure, of_code(code, pairs, chance))
        whole = sum(length for (c, _), length in everything.items() if c == code)
        met = sum(length for (c, _), length in pairs.items() if c == code)
        check(coverage, met / whole if whole else None)


@given(texts(), texts())
def test_codes_on_the_same_text_are_measured_one_by_one(one, other):
    """What two layers of codings say of a code is what its units alone say."""
    layer = {coder: [(a, b, code.upper()) for a, b, code in units] for coder, units in other.units.items()}
    begin, end = min(one.begin, other.begin), max(one.end, other.end)
    units = {c: [*one.units.get(c, []), *layer.get(c, [])] for c in {*one.units, *layer}}
    for code in "abcABC":
        alone = Spans(begin, end, {c: [unit for unit in own if unit[2] == code] for c, own in units.items()})
        pairs, squares = coincidences([alone])
        check(spans.single_alpha([Spans(begin, end, units)], code), alpha(pairs, expected(pairs, squares)))


# --- what changes nothing, and what does --------------------------------------------------------------------


def figures(continua):
    found = spans.family(continua)
    rows = {row.code: (row.u, row.ku, row.coverage, row.boundary) for row in found.codes}
    return [found.u, found.binary, found.coding, found.boundary, found.mean], rows


def same(one, other):
    assert one[0] == pytest.approx(other[0], abs=1e-9)
    assert one[1].keys() == other[1].keys()
    for code, row in one[1].items():
        assert row == pytest.approx(other[1][code], abs=1e-9)


@given(CONTINUA, st.integers(1, 50))
def test_names_order_and_place_do_not_matter(continua, by):
    changed = [
        Spans(
            s.begin + by, s.end + by, {f"{c[::-1]}": [(a + by, b + by, k) for a, b, k in reversed(u)] for c, u in units}
        )
        for s in reversed(continua)
        for units in [list(s.units.items())[::-1]]
    ]
    same(figures(continua), figures(changed))


@given(CONTINUA)
def test_a_text_without_words_or_without_a_second_coder_adds_nothing(continua):
    empty = Spans(0, 0, {"ana": [], "ben": []})
    alone = Spans(0, 9, {"ana": [(2, 5, "a")]})
    coded = [one for one in continua if {k for units in one.units.values() for _, _, k in units} >= {"a"}]
    same(figures(coded), figures([*coded, empty]))
    if coded:
        same(figures(coded), figures([*coded, alone]))


@given(CONTINUA, st.integers(2, 5))
def test_stretching_the_text_leaves_the_figures_without_gaps_alone(continua, factor):
    longer = [stretched(one, factor) for one in continua]
    check_same = [(spans.coding_alpha(continua), spans.coding_alpha(longer))]
    for code in "abc":
        check_same += zip(spans.code_alpha(continua, code), spans.code_alpha(longer, code), strict=True)
    for one, other in check_same:
        assert other == (one if isinstance(one, Undefined) else pytest.approx(one, abs=1e-9))


def test_stretching_moves_the_figures_with_gaps():
    """A gap counts place by place, so u-alpha and |u-alpha depend on how fine the places are."""
    longer = stretched(published("alex_paul_suzan"), 10)
    assert spans.u_alpha([longer]) != pytest.approx(spans.u_alpha([published("alex_paul_suzan")]), abs=1e-4)
    assert spans.binary_alpha([longer]) != pytest.approx(spans.binary_alpha([published("alex_paul_suzan")]), abs=1e-4)
