"""Coefficients over code sets by plain loops over every pair, slow and obvious, to hold the fast ones against."""

import itertools
import math
from collections import Counter
from fractions import Fraction

from hypothesis import strategies as st

from qualbench.model import Unit

T_975 = {2: 4.302652729911275, 3: 3.182446305284263, 4: 2.7764451051977987, 5: 2.570581835636314}
"""The .975 quantiles of Student's t by degrees of freedom, as tables print them."""


def apart(x, y, distance):
    """The set distances again, from the sets themselves."""
    if x == y:
        return 0.0
    if distance == "dice":
        return len(x ^ y) / (len(x) + len(y))
    if distance == "monotonic":
        return 1 / 3 if x < y or y < x else 2 / 3 if x & y else 1.0
    jaccard = len(x & y) / len(x | y)
    if distance == "jaccard":
        return 1 - jaccard
    return 1 - jaccard * (2 / 3 if x < y or y < x else 1 / 3 if x & y else 0)


def pairable(units):
    return [unit for unit in units if len(unit.readings) > 1]


def alpha_over_pairs(units, far, weights=None):
    """Alpha by comparing every reading with every other; None when nothing varies.

    With weights, a unit counts as often as its weight says, and a reading is also compared with itself.
    """
    units = pairable(units)
    weights = weights or [1.0] * len(units)
    pool = [(x, w) for unit, w in zip(units, weights, strict=True) for x in unit.readings.values()]
    n = sum(w for _, w in pool)
    observed = math.fsum(
        w * far(x, y) / (len(unit.readings) - 1)
        for unit, w in zip(units, weights, strict=True)
        for x, y in itertools.permutations(unit.readings.values(), 2)
    )
    expected = math.fsum(w * v * far(x, y) for x, w in pool for y, v in pool)
    free = n - 1 if set(weights) == {1.0} else n
    return 1 - free * observed / expected if expected else None


def error_over_transcripts(units, far, step=1e-4):
    """The standard error of log(1 - alpha): how it changes with the weight of each transcript, by trying it out."""
    units = pairable(units)
    names = sorted({unit.transcript for unit in units})

    def moved(name, by):
        weights = [1 + by if unit.transcript == name else 1 + 1e-12 for unit in units]
        return math.log(1 - alpha_over_pairs(units, far, weights))

    slopes = [(moved(name, step) - moved(name, -step)) / (2 * step) for name in names]
    return math.sqrt(len(names) / (len(names) - 1) * sum(slope**2 for slope in slopes))


def multi_valued(units):
    """Krippendorff & Craggs (2016) by listing every pair of sets that could be drawn; None when nothing varies."""
    units = pairable(units)
    pool = [x for unit in units for x in unit.readings.values()]
    if len(set(pool)) < 2:
        return None
    counts = Counter(code for held in pool for code in held)
    sizes = Counter(len(held) for held in pool)
    expected = 0.0
    for (c, often), (k, as_often) in itertools.product(sizes.items(), repeat=2):
        drawn = [
            (apart(x, y, "dice"), math.prod(counts[v] * (counts[v] - 1 if v in x & y else 1) for v in x | y))
            for x in map(frozenset, itertools.combinations(counts, c))
            for y in map(frozenset, itertools.combinations(counts, k))
        ]
        weight = sum(w for _, w in drawn)
        if weight:
            expected += often * as_often / len(pool) ** 2 * sum(d * w for d, w in drawn) / weight
    return 1 - _dice_within(units) / len(pool) / expected


def multi_valued_in_whole_numbers(units):
    """The same for more codes than can be listed: the polynomial in three variables, in whole numbers."""
    units = pairable(units)
    pool = [x for unit in units for x in unit.readings.values()]
    sizes = Counter(len(held) for held in pool)
    polynomial = {(0, 0, 0): 1}
    for n in Counter(code for held in pool for code in held).values():
        grown = Counter()
        for (c, k, i), weight in polynomial.items():
            grown[c, k, i] += weight
            grown[c + 1, k, i] += weight * n
            grown[c, k + 1, i] += weight * n
            grown[c + 1, k + 1, i + 1] += weight * n * (n - 1)
        polynomial = grown
    expected = Fraction(0)
    for c, k in itertools.product(sizes, repeat=2):
        drawn = {i: polynomial.get((c, k, i), 0) for i in range(min(c, k) + 1)}
        if c + k and any(drawn.values()):
            mean = sum(Fraction(w * (c + k - 2 * i), c + k) for i, w in drawn.items()) / sum(drawn.values())
            expected += mean * sizes[c] * sizes[k] / len(pool) ** 2
    return 1 - _dice_within(units) / len(pool) / float(expected)


def _dice_within(units):
    return sum(
        apart(x, y, "dice") / (len(unit.readings) - 1)
        for unit in units
        for x, y in itertools.permutations(unit.readings.values(), 2)
    )


# --- random studies -------------------------------------------------------------------------------------------


@st.composite
def studies(draw, codes="abcde", most=9, transcripts=5):
    """Units of some transcripts, read by up to 2, 3 or 4 coders, with gaps."""
    coders = draw(st.integers(2, 4))
    held = st.frozensets(st.sampled_from(codes), max_size=4)
    cells = st.lists(st.one_of(held, held, st.none()), min_size=coders, max_size=coders)
    rows = draw(st.lists(st.tuples(st.integers(1, transcripts), cells), max_size=most))
    return [
        Unit(f"t{transcript}", n, n + 1, {f"coder {c}": s for c, s in enumerate(row) if s is not None})
        for n, (transcript, row) in enumerate(rows)
    ]
