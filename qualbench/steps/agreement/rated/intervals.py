"""How sure the alpha of a table is: a 95 % interval from the spread over clusters, and a bootstrap beside it.

Segments of one transcript are alike, so what counts is how far whole transcripts differ, not single segments.
"""

import math
import random
from dataclasses import replace

from qualbench.model import Interval
from qualbench.steps.agreement.labelled.sets import Distance
from qualbench.steps.agreement.limits import CONFIDENCE, FEWEST, limits, t_quantile, too_few, warnings
from qualbench.steps.agreement.rated.disagreement import disagreement
from qualbench.steps.agreement.rated.ratings import Ratings, Undefined

__all__ = ["CONFIDENCE", "Interval", "bootstrap", "interval", "t_quantile"]


def interval(ratings: Ratings, distance: Distance = "masi", confidence: float = CONFIDENCE) -> Interval | Undefined:
    """Limits of alpha: linearised, clustered, on the -log(1 - alpha) scale, by t with one df less than clusters.

    A unit's influence on log(1 - alpha) is m/n + D/sum(D) - 2E/sum(E), with m its ratings, D its observed and E
    its expected disagreement; the squares of the clusters' sums are added and multiplied by G/(G - 1).
    """
    import numpy as np

    parts = disagreement(ratings, distance)
    own = ratings.clusters or tuple(str(unit) for unit in range(len(ratings.cells)))
    names, cluster = np.unique([own[unit] for unit in parts.units], return_inverse=True)
    many, value, error = len(names), parts.alpha, math.nan
    if value is not None and value != 1 and many > 1:
        observed, expected = parts.observed.sum(), parts.expected.sum()
        influence = parts.read / parts.read.sum() + parts.observed / observed - 2 * parts.expected / expected
        sums = np.bincount(cluster, weights=influence)
        error = math.sqrt(many / (many - 1) * float(sums @ sums))
    told = warnings(many, ratings.clustered_by, differing=int((parts.observed > 0).sum()))
    return limits(value, error, many, ratings.clustered_by, warnings=told, confidence=confidence)


def bootstrap(
    ratings: Ratings, distance: Distance = "masi", *, seed: int, draws: int = 1000, confidence: float = CONFIDENCE
) -> tuple[float, float] | Undefined:
    """Limits of alpha as percentiles over draws of whole clusters with replacement; draws without one are left out."""
    own = ratings.clusters or tuple(str(unit) for unit in range(len(ratings.cells)))
    units: dict[str, list[int]] = {}
    for unit in disagreement(ratings, distance).units:
        units.setdefault(own[unit], []).append(unit)
    if len(units) < FEWEST:
        return too_few(len(units), ratings.clustered_by)
    chance = random.Random(seed)  # noqa: S311 - a draw that can be repeated, no secret
    clusters, found = list(units.values()), []
    for _ in range(draws):
        drawn = [unit for group in chance.choices(clusters, k=len(clusters)) for unit in group]
        value = disagreement(replace(ratings, cells=tuple(ratings.cells[unit] for unit in drawn)), distance).alpha
        found += [] if value is None else [value]
    if not found:
        return Undefined("alpha is undefined in every draw")
    found.sort()
    tail = (1 - confidence) / 2 * (len(found) - 1)
    return found[math.floor(tail)], found[math.ceil(len(found) - 1 - tail)]
