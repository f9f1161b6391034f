"""The coefficients of a table of ratings: alpha, and the family (po - pe) / (1 - pe), which differs in chance.

Gaps are treated by Gwet's rule (2014): observed agreement averages the units that two coders rated, chance takes
every rating. At ordered levels a near miss counts in part, by the weights of Gwet (2014) unless others are named.
"""

import random
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any, NamedTuple

from qualbench.steps.agreement.alpha import TOLERANCE, AlphaMismatch
from qualbench.steps.agreement.labelled.sets import Distance
from qualbench.steps.agreement.rated.disagreement import disagreement, pairs
from qualbench.steps.agreement.rated.distances import WEIGHTS_OF, Weights, distances, nearness, sweep
from qualbench.steps.agreement.rated.ratings import ABSENT, Ratings, Undefined, numbers, paired

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

NO_UNITS = Undefined("undefined (no units): no unit was rated by two coders")
NO_VARIATION = Undefined("undefined (no variation): every rating that can be compared is the same")
NO_ROOM = Undefined("undefined (no variation): agreement by chance is certain")
TWO_FOR_KAPPA = Undefined("Cohen's kappa is for two coders; conger is its form for more")
TWO_FOR_PI = Undefined("Scott's pi is for two coders; fleiss is its form for more")
NO_CATEGORIES = Undefined("it needs one category a unit; for sets of codes there is alpha")

CHECKED_CELLS = 1 << 22
"""How many numbers the package may build when it checks alpha; beyond it a sample of the units is checked."""


def alpha(ratings: Ratings, distance: Distance = "masi", name: str = "the table", seed: int = 1) -> float | Undefined:
    """Krippendorff's alpha (2011), at most 1, which the krippendorff package must find too.

    Where the package would need too much memory, both are compared on a sample of the units drawn with `seed`.
    """
    why = _undefined(ratings)
    if why:
        return why
    value = disagreement(ratings, distance).alpha
    checked = _small_enough(ratings, seed)
    formula = value if checked is ratings else disagreement(checked, distance).alpha
    if formula is not None:
        package = _by_package(checked, distance)
        if not abs(formula - package) <= TOLERANCE * max(1.0, abs(formula)):
            raise AlphaMismatch(name, formula, package)
    return NO_VARIATION if value is None else value


def percent(ratings: Ratings) -> float | Undefined:
    """The share of pairs of ratings that are the same, 0 to 1, averaged over the pairable units."""
    return NO_UNITS if not paired(ratings) else _family(ratings, "identity").observed


def cohen(ratings: Ratings, weights: Weights | None = None) -> float | Undefined:
    """Cohen's kappa (1960), weighted (1968) at ordered levels, -1 to 1: chance from each coder's own ratings."""
    if len(ratings.coders) != 2:
        return TWO_FOR_KAPPA
    return conger(_complete(ratings), weights)


def scott(ratings: Ratings, weights: Weights | None = None) -> float | Undefined:
    """Scott's pi (1955), -1 to 1: chance from both coders' ratings together."""
    if len(ratings.coders) != 2:
        return TWO_FOR_PI
    return fleiss(_complete(ratings), weights)


def fleiss(ratings: Ratings, weights: Weights | None = None) -> float | Undefined:
    """Fleiss' kappa (1971) for any number of coders, at most 1; with gaps by Gwet's rule (2014)."""
    return _corrected(ratings, weights, lambda family: family.by_prevalence)


def conger(ratings: Ratings, weights: Weights | None = None) -> float | Undefined:
    """Conger's kappa (1980) for any number of coders, at most 1: chance is the mean of Cohen's over all pairs."""
    return _corrected(ratings, weights, lambda family: family.by_pairs)


def brennan_prediger(ratings: Ratings, weights: Weights | None = None) -> float | Undefined:
    """Brennan & Prediger (1981), at most 1: chance is 1/q for q categories; PABAK when q is 2."""
    return _corrected(ratings, weights, lambda family: family.nearness / family.categories**2)


def gwet(ratings: Ratings, weights: Weights | None = None) -> float | Undefined:
    """Gwet's AC1 (2008), or AC2 (2014) with weights, at most 1, for q categories."""
    return _corrected(
        ratings,
        weights,
        lambda f: f.nearness * f.scatter / (f.categories * (f.categories - 1)),
    )


class _Family(NamedTuple):
    """What the coefficients of the kappa family are made of."""

    observed: float
    """Mean agreement of the pairs of a unit, over pairable units."""
    by_prevalence: float
    """Agreement by chance when every coder has the mean prevalences."""
    by_pairs: float
    """Agreement by chance when every coder has their own prevalences, over all pairs of coders."""
    nearness: float
    """The sum of the weights over all pairs of categories."""
    scatter: float
    """The sum of p(1 - p) over the categories."""
    categories: int


def _family(ratings: Ratings, weights: Weights) -> _Family:
    import numpy as np

    said = np.array(ratings.cells, dtype=np.intp).reshape(len(ratings.cells), -1)
    size = len(ratings.values)
    there = said != ABSENT
    read = there.sum(axis=1)
    unit, coder = np.nonzero(there)
    mean = np.bincount(said[there], weights=1 / read[unit], minlength=size) / (read > 0).sum()
    own = np.zeros((size, said.shape[1]))
    np.add.at(own, (said[there], coder), 1)
    own = own[:, own.any(axis=0)]
    own /= own.sum(axis=0)
    vectors = np.column_stack((mean, np.ones(size), own))
    of, first, second = pairs(said)
    near, product = sweep(nearness(ratings, weights), size, (first, second), vectors)
    together, coders = own.sum(axis=1), own.shape[1]
    over_pairs = together @ product[:, 2:].sum(axis=1) - (own * product[:, 2:]).sum()
    return _Family(
        observed=float((2 * near / (read[of] * (read[of] - 1))).sum() / (read > 1).sum()),
        by_prevalence=float(mean @ product[:, 0]),
        by_pairs=float(over_pairs / (coders * (coders - 1))),
        nearness=float(product[:, 1].sum()),
        scatter=float(mean @ (1 - mean)),
        categories=size,
    )


def _corrected(ratings: Ratings, weights: Weights | None, chance: Callable[[_Family], float]) -> float | Undefined:
    """(po - pe) / (1 - pe), or why there is none."""
    why = NO_CATEGORIES if ratings.level == "set" else _undefined(ratings)
    if why:
        return why
    family = _family(ratings, weights or WEIGHTS_OF[ratings.level])
    expected = chance(family)
    room = 1 - expected
    return (family.observed - expected) / room if room > TOLERANCE else NO_ROOM


def _undefined(ratings: Ratings) -> Undefined | None:
    """Why nothing can be compared, or every rating that can be is the same; None when neither is so."""
    units = paired(ratings)
    if not units:
        return NO_UNITS
    compared = {cell for unit in units for cell in ratings.cells[unit] if cell != ABSENT}
    return NO_VARIATION if len(compared) < 2 else None


def _complete(ratings: Ratings) -> Ratings:
    """The units that every coder rated."""
    return _only(ratings, [unit for unit, row in enumerate(ratings.cells) if ABSENT not in row])


def _only(ratings: Ratings, units: Sequence[int]) -> Ratings:
    """Some units alone, with the values that occur in them."""
    kept = sorted({cell for unit in units for cell in ratings.cells[unit] if cell != ABSENT})
    index = {old: new for new, old in enumerate(kept)} | {ABSENT: ABSENT}
    return replace(
        ratings,
        values=tuple(ratings.values[old] for old in kept),
        cells=tuple(tuple(index[cell] for cell in ratings.cells[unit]) for unit in units),
        clusters=None if ratings.clusters is None else tuple(ratings.clusters[unit] for unit in units),
    )


def _small_enough(ratings: Ratings, seed: int) -> Ratings:
    """The ratings, or a sample of pairable units for which units x values x values stays within bounds."""
    units, size = paired(ratings), len(ratings.values)
    if len(units) * size**2 <= CHECKED_CELLS:
        return ratings
    few = int((CHECKED_CELLS / len(ratings.coders) ** 2) ** (1 / 3))  # every rating may be a value of its own
    many = max(2, few, CHECKED_CELLS // size**2)
    return _only(ratings, sorted(random.Random(seed).sample(units, min(many, len(units)))))  # noqa: S311 - no secret


def _by_package(ratings: Ratings, distance: Distance) -> float:
    """Alpha as the krippendorff package computes it; for sets it is handed the distances."""
    import krippendorff
    import numpy as np

    rated = np.array([ratings.cells[unit] for unit in paired(ratings)], dtype=np.intp)
    size = len(ratings.values)
    counts = (rated[:, :, None] == np.arange(size)).sum(axis=1)
    numeric = ratings.level in ("ordinal", "interval", "ratio")
    domain = np.array(numbers(ratings)) if numeric else np.arange(size)

    def between_sets(*_: object, **__: object) -> "NDArray[np.float64]":
        return distances(ratings, counts.sum(axis=0), distance)(slice(0, size))

    level: Any = between_sets if ratings.level == "set" else ratings.level
    return float(krippendorff.alpha(value_counts=counts, value_domain=domain, level_of_measurement=level))
