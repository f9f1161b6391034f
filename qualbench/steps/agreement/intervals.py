"""How sure alpha is: a 95 % interval from the spread over clusters, and a bootstrap over clusters beside it.

Segments of one transcript are alike, so what counts is how far whole transcripts differ, not single segments.
"""

import math
import random
from dataclasses import dataclass, replace
from statistics import NormalDist

from qualbench.steps.agreement.disagreement import disagreement
from qualbench.steps.agreement.ratings import Ratings, Undefined
from qualbench.steps.agreement.sets import Distance
from qualbench.text import counted

CONFIDENCE = 0.95
LEAST = -1.0
"""Alpha of a population is never lower, so no limit is; only a small sample can be."""
FEWEST, FEW = 3, 6
"""Clusters under which there is no interval, and under which it comes with a warning."""
FEW_DIFFERENCES = 5
"""Units with a disagreement under which no method covers what it says (simulated with 50 segments)."""


@dataclass(frozen=True, slots=True)
class Interval:
    """Limits of alpha with what to know about them."""

    low: float
    high: float
    clusters: int
    warnings: tuple[str, ...] = ()


def interval(ratings: Ratings, distance: Distance = "masi", confidence: float = CONFIDENCE) -> Interval | Undefined:
    """Limits of alpha: linearised, clustered, on the -log(1 - alpha) scale, by t with one df less than clusters.

    A unit's influence on log(1 - alpha) is m/n + D/sum(D) - 2E/sum(E), with m its ratings, D its observed and E
    its expected disagreement; the squares of the clusters' sums are added and multiplied by G/(G - 1).
    """
    import numpy as np

    parts = disagreement(ratings, distance)
    own = ratings.clusters or tuple(str(unit) for unit in range(len(ratings.cells)))
    names, cluster = np.unique([own[unit] for unit in parts.units], return_inverse=True)
    many, value = len(names), parts.alpha
    if value is None or value == 1:
        return Undefined("alpha is undefined" if value is None else "nobody disagreed, so how far alpha varies is open")
    if many < FEWEST:
        return Undefined(f"an interval needs at least {FEWEST} {ratings.clustered_by}s, and there are {many}")
    observed, expected = parts.observed.sum(), parts.expected.sum()
    influence = parts.read / parts.read.sum() + parts.observed / observed - 2 * parts.expected / expected
    sums = np.bincount(cluster, weights=influence)
    error = math.sqrt(many / (many - 1) * float(sums @ sums))
    if error < 1e-9:
        return Undefined(f"all {ratings.clustered_by}s have the same disagreement, so how far alpha varies is open")
    middle, reach = -math.log(1 - value), t_quantile((1 + confidence) / 2, many - 1) * error
    differing = int((parts.observed > 0).sum())
    low = max(LEAST, -math.expm1(min(reach - middle, 1.0)))
    return Interval(low, -math.expm1(-reach - middle), many, _warnings(ratings, many, differing))


def bootstrap(
    ratings: Ratings, distance: Distance = "masi", *, seed: int, draws: int = 1000, confidence: float = CONFIDENCE
) -> tuple[float, float] | Undefined:
    """Limits of alpha as percentiles over draws of whole clusters with replacement; draws without one are left out."""
    own = ratings.clusters or tuple(str(unit) for unit in range(len(ratings.cells)))
    units: dict[str, list[int]] = {}
    for unit in disagreement(ratings, distance).units:
        units.setdefault(own[unit], []).append(unit)
    if len(units) < FEWEST:
        return Undefined(f"an interval needs at least {FEWEST} {ratings.clustered_by}s, and there are {len(units)}")
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


def t_quantile(probability: float, df: int) -> float:
    """The value that Student's t with `df` degrees of freedom stays under with `probability` (0.5 to 1)."""
    if df > 200:
        return _far_quantile(probability, df)
    low, high = 0.0, 1.0
    while _t_below(high, df) < probability:
        high *= 2
    for _ in range(80):
        middle = (low + high) / 2
        low, high = (middle, high) if _t_below(middle, df) < probability else (low, middle)
    return (low + high) / 2


def _t_below(t: float, df: int) -> float:
    """The share of Student's t under t > 0, by the finite sums of Abramowitz & Stegun 26.7.3 and 26.7.4."""
    angle = math.atan(t / math.sqrt(df))
    sine, cosine = math.sin(angle), math.cos(angle)
    first = 1 if df % 2 else 0
    term = total = cosine if first else 1.0
    for step in range(2 + first, df - 1, 2):
        term *= cosine**2 * (step - 1) / step
        total += term
    if not first:
        return (1 + sine * total) / 2
    return 0.5 + (angle + (sine * total if df > 1 else 0.0)) / math.pi


def _far_quantile(probability: float, df: int) -> float:
    """The expansion of Abramowitz & Stegun 26.7.5, right to more than eight places from 200 degrees on."""
    x = NormalDist().inv_cdf(probability)
    terms = (
        x,
        (x**3 + x) / 4,
        (5 * x**5 + 16 * x**3 + 3 * x) / 96,
        (3 * x**7 + 19 * x**5 + 17 * x**3 - 15 * x) / 384,
    )
    return math.fsum(term / float(df) ** power for power, term in enumerate(terms))


def _warnings(ratings: Ratings, clusters: int, differing: int) -> tuple[str, ...]:
    few = f"the interval rests on {clusters} {ratings.clustered_by}s, and with fewer than {FEW} it is unsure"
    rare = (
        f"the coders differ on {counted(differing, 'unit')}, and with fewer than {FEW_DIFFERENCES} no interval is safe"
    )
    return (*([few] if clusters < FEW else []), *([rare] if differing < FEW_DIFFERENCES else []))
