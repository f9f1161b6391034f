"""Multi-valued alpha of Krippendorff & Craggs (2016): chance is drawn from single codes, not from whole sets.

So two sets that share a code which everybody gives to everything are not credited for it. Chance is the mean
distance over all pairs of sets of two sizes that could be drawn from the codes as often as they were given; it
is worked out as a polynomial, because those sets are too many to list.
"""

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from qualbench.model import SetAlpha, Unit
from qualbench.steps.agreement.labelled.set_distances import dice
from qualbench.steps.agreement.labelled.set_readings import SetReadings, over_pairs, set_readings

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

MOST_CODES = 400
"""Codes in one reading up to which the polynomial stays within what floats hold."""
NO_FORMULA = "no variance formula is published for it"
TOO_MANY = f"undefined: a reading has more than {MOST_CODES} codes, for which its chance is not worked out"


def multivalued_alpha(units: Sequence[Unit]) -> float | None:
    """Multi-valued alpha for nominal codes, at most 1; None when nothing can be compared or nothing varies."""
    return of_readings(set_readings(units)).value


def of_readings(readings: SetReadings) -> SetAlpha:
    """Multi-valued alpha, at most 1, or why there is none."""
    why = readings.undefined or (TOO_MANY if max(map(len, readings.sets)) > MOST_CODES else "")
    if why:
        return SetAlpha("multi-valued", None, why, no_interval=NO_FORMULA)
    observed = float(over_pairs(readings, dice) @ readings.read) / len(readings.said)
    return SetAlpha("multi-valued", 1 - observed / _expected(readings), no_interval=NO_FORMULA)


def _expected(readings: SetReadings) -> float:
    """The distance expected by chance: over the sizes that occur, each pair of sizes as often as it would be drawn."""
    import numpy as np

    given = readings.given
    occurring = np.bincount([len(held) for held in readings.sets], weights=given) / given.sum()
    pairs, shared = _draws(_counts(readings), len(occurring) - 1)
    sizes = np.arange(len(occurring))
    both = sizes[:, None] + sizes
    shares = np.divide(2 * shared, pairs * both, out=np.zeros_like(pairs), where=(pairs > 0) & (both > 0))
    apart = np.where((pairs > 0) & (both > 0), 1 - shares, 0.0)  # what can not be drawn is no disagreement
    return float(occurring @ apart @ occurring)


def _counts(readings: SetReadings) -> list[int]:
    """How often each code was given, the most frequent first."""
    given: Counter[str] = Counter()
    for held, times in zip(readings.sets, readings.given.tolist(), strict=True):
        given.update(dict.fromkeys(held, times))
    return sorted(given.values(), reverse=True)


def _draws(counts: Sequence[int], largest: int) -> "tuple[Floats, Floats]":
    """By the two sizes: the weight of all pairs of sets that can be drawn, and the same times the codes they share.

    A code given n times is in neither set (1), in one (n), or in both (n (n - 1), without replacement), so the
    weights are the coefficients of x^c y^k in the product over the codes of 1 + n x + n y + n (n - 1) x y z, and
    those times the shared codes are the coefficients of its derivative by z, both at z = 1.
    """
    import numpy as np

    # Only ratios within one pair of sizes matter. So that floats can hold all of them, a coefficient is kept in
    # units of the weight of the single sets of both sizes, and going one size up multiplies by a ratio of these.
    single = _single(counts, largest)
    up = np.array([below / weight for below, weight in pairwise(single)])
    weight = np.zeros((largest + 1, largest + 1))
    weight[0, 0] = 1
    shared = np.zeros_like(weight)
    for count in counts:
        once, twice = count * up, count * (count - 1) * np.outer(up, up)
        shared = _times(shared, once, twice)
        shared[1:, 1:] += twice * weight[:-1, :-1]
        weight = _times(weight, once, twice)
    return weight, shared


def _single(counts: Sequence[int], largest: int) -> list[int]:
    """The weight of all sets of 0, 1, 2 ... codes: the sum over them of the product of their counts."""
    weights = [1] + [0] * largest
    for count in counts:
        weights = [1, *(weight + count * below for below, weight in pairwise(weights))]
    return weights


def _times(factor: "Floats", once: "Floats", twice: "Floats") -> "Floats":
    """A polynomial in x and y, times 1 + once (x + y) + twice x y; both may differ by the powers they lead to."""
    product = factor.copy()
    product[1:] += once[:, None] * factor[:-1]
    product[:, 1:] += once * factor[:, :-1]
    product[1:, 1:] += twice * factor[:-1, :-1]
    return product
