"""The standard errors that papers print beside a coefficient, for comparison with them.

They take the coders as given and the units as independent, which segments of one transcript are not: the interval of
a report is the clustered one. With gaps Gwet's rule (2014) takes the number of pairable units as fixed.
"""

import math
from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

from qualbench.steps.agreement.labelled.set_distances import Distance
from qualbench.steps.agreement.rated import coefficients
from qualbench.steps.agreement.rated.disagreement import disagreement, pairs
from qualbench.steps.agreement.rated.distances import WEIGHTS_OF, Weights, nearness, sweep
from qualbench.steps.agreement.rated.ratings import ABSENT, Ratings, Undefined, of

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

SMALLEST = 1e-9
ONE_UNIT = Undefined("one unit does not show how far the figure varies")
NO_DIFFERENCE = Undefined("nobody disagreed, so how far the figure varies is open")
NO_SPREAD = Undefined("all units have the same disagreement, so how far the figure varies is open")
UNEQUAL = Undefined("this test needs the same number of ratings for every unit")


def percent(ratings: Ratings) -> float | Undefined:
    """The standard error of percent agreement, above 0 (Gwet 2014)."""
    return _linearised(ratings, "identity", coefficients.percent(ratings), lambda parts: 0 * parts.observed)


def fleiss(ratings: Ratings, weights: Weights | None = None) -> float | Undefined:
    """The standard error of Fleiss' kappa, above 0, when kappa is not 0 (Gwet 2014)."""
    value = coefficients.fleiss(ratings, weights)
    return _linearised(ratings, weights, value, lambda parts: parts.mean_of(parts.near_all))


def conger(ratings: Ratings, weights: Weights | None = None) -> float | Undefined:
    """The standard error of Conger's kappa, above 0 (Gwet 2014)."""
    return _linearised(ratings, weights, coefficients.conger(ratings, weights), _by_pairs)


def brennan_prediger(ratings: Ratings, weights: Weights | None = None) -> float | Undefined:
    """The standard error of Brennan & Prediger's coefficient, above 0 (Gwet 2014)."""
    value = coefficients.brennan_prediger(ratings, weights)
    return _linearised(ratings, weights, value, _evenly)


def gwet(ratings: Ratings, weights: Weights | None = None) -> float | Undefined:
    """The standard error of AC1, or AC2 with weights, above 0 (Gwet 2008, 2014)."""
    value = coefficients.gwet(ratings, weights)
    return _linearised(ratings, weights, value, _scattered)


def cohen(ratings: Ratings, weights: Weights | None = None) -> float | Undefined:
    """The large-sample standard error of Cohen's kappa, above 0, for limits (Fleiss, Cohen & Everitt 1969).

    It is Conger's with n where Gwet has n - 1.
    """
    value = coefficients.cohen(ratings, weights)
    if isinstance(value, Undefined):
        return value
    rows = [row for row in ratings.cells if ABSENT not in row]
    both = of(ratings.level, [[ratings.values[cell] for cell in row] for row in rows], ratings.coders)
    error = conger(both, weights)
    return error if isinstance(error, Undefined) else error * math.sqrt(1 - 1 / len(rows))


def alpha(ratings: Ratings, distance: Distance = "masi") -> float | Undefined:
    """The standard error of Krippendorff's alpha, above 0, over pairable units (Gwet 2014)."""
    parts = disagreement(ratings, distance)
    value, many = parts.alpha, len(parts.units)
    if value is None:
        return coefficients.NO_VARIATION if many else coefficients.NO_UNITS
    if value == 1:
        return NO_DIFFERENCE
    ratio = float((1 - value) / (1 - 1 / parts.read.sum()))  # Do/De without the correction for a small sample
    share, apart, chance = (part / part.mean() for part in (parts.read, parts.observed, parts.expected))
    return _error(ratio * (2 * chance - apart - share - (share - 1) / parts.read.sum()))


def fleiss_z(ratings: Ratings) -> float | Undefined:
    """Fleiss' kappa divided by its standard error when kappa is 0, a normal z (Fleiss, Nee & Landis 1979)."""
    import numpy as np

    value = coefficients.fleiss(ratings, "identity")
    if isinstance(value, Undefined):
        return value
    said = np.array(ratings.cells, dtype=np.intp)
    said = said[(said != ABSENT).any(axis=1)]
    read = (said != ABSENT).sum(axis=1)
    if read.min() != read.max():
        return UNEQUAL
    units, each = len(said), int(read[0])
    p = np.bincount(said[said != ABSENT]) / (units * each)
    scatter = p * (1 - p)
    room = float(scatter.sum())
    variance = 2 * (room**2 - float(scatter @ (1 - 2 * p))) / (units * each * (each - 1) * room**2)
    return value / math.sqrt(variance)


class _Parts(NamedTuple):
    """What agreement in single units, observed and by chance, is made of; the units are those with a rating."""

    said: "NDArray[np.intp]"
    """Units by coders: where the rating stands among the values, or ABSENT."""
    observed: "Floats"
    """The mean agreement of the pairs of ratings of the unit, 0 where there is none."""
    prevalence: "Floats"
    """The share of each value, as the mean over units."""
    near_all: "Floats"
    """The agreement of each value with what is given on average."""
    near_own: "Floats"
    """Values by coders: the agreement of each value with what the coder gives on average."""
    own: "Floats"
    """Values by coders: the share of each value in what the coder gives."""
    nearness: float
    """The sum of the weights over all pairs of values."""

    def mean_of(self, of_value: "Floats") -> "Floats":
        """For each unit the mean over its ratings of a figure that every value has."""
        there = self.said != ABSENT
        mean: Floats = (of_value[self.said] * there).sum(axis=1) / there.sum(axis=1)
        return mean


def _parts(ratings: Ratings, weights: Weights) -> _Parts:
    import numpy as np

    said = np.array(ratings.cells, dtype=np.intp)
    said = said[(said != ABSENT).any(axis=1)]
    said = said[:, (said != ABSENT).any(axis=0)]
    there, size = said != ABSENT, len(ratings.values)
    read = there.sum(axis=1)
    rated, coder = np.nonzero(there)
    prevalence = np.bincount(said[there], weights=1 / read[rated], minlength=size) / len(said)
    own = np.zeros((size, said.shape[1]))
    np.add.at(own, (said[there], coder), 1)
    own /= own.sum(axis=0)
    unit, first, second = pairs(said)
    vectors = np.column_stack((prevalence, np.ones(size), own))
    near, product = sweep(nearness(ratings, weights), size, (first, second), vectors)
    agreeing = np.bincount(unit, weights=2 * near, minlength=len(said))
    return _Parts(
        said=said,
        observed=agreeing / np.maximum(read * (read - 1), 1),
        prevalence=prevalence,
        near_all=product[:, 0],
        near_own=product[:, 2:],
        own=own,
        nearness=float(product[:, 1].sum()),
    )


def _evenly(parts: _Parts) -> "Floats":
    """Chance of Brennan & Prediger's coefficient, the same in each unit."""
    return 0 * parts.observed + parts.nearness / len(parts.prevalence) ** 2


def _scattered(parts: _Parts) -> "Floats":
    """Chance of AC1 and AC2 in each unit."""
    size = len(parts.prevalence)
    return parts.nearness / (size * (size - 1)) * parts.mean_of(1 - parts.prevalence)


def _by_pairs(parts: _Parts) -> "Floats":
    """Chance of Conger's kappa in each unit; a coder who left units out counts more in the others."""
    import numpy as np

    there = parts.said != ABSENT
    coders = there.shape[1]
    others = parts.near_own.sum(axis=1, keepdims=True) - parts.near_own
    usual = (parts.own * others).sum(axis=0)
    rated = there.mean(axis=0)
    of_rating = others[parts.said, np.arange(coders)] - usual
    chance: Floats = (np.where(there, of_rating / rated, 0.0) + usual).sum(axis=1) / (coders * (coders - 1))
    return chance


def _linearised(
    ratings: Ratings,
    weights: Weights | None,
    value: float | Undefined,
    chance: "Callable[[_Parts], Floats]",
) -> float | Undefined:
    """The error of (po - pe) / (1 - pe), of which `chance` gives each unit's part in pe."""
    if isinstance(value, Undefined):
        return value
    if abs(1 - value) < SMALLEST:
        return NO_DIFFERENCE
    parts = _parts(ratings, weights or WEIGHTS_OF[ratings.level])
    pairable = (parts.said != ABSENT).sum(axis=1) > 1
    by_unit = chance(parts)
    expected = float(by_unit.mean())
    corrected = (parts.observed - expected * pairable) / (pairable.mean() * (1 - expected))
    return _error(corrected - 2 * (1 - value) * (by_unit - expected) / (1 - expected))


def _error(of_units: "Floats") -> float | Undefined:
    """The standard error of a mean over units."""
    if len(of_units) < 2:
        return ONE_UNIT
    error = float(of_units.std(ddof=1)) / math.sqrt(len(of_units))
    return error if error > SMALLEST else NO_SPREAD
