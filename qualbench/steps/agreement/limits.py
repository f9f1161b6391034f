"""The limits of alpha from its standard error, and every sentence about them: why there are none, what is unsure.

Small values only, so that every kind of alpha can use it: of codes, of code sets, of tables and of spans.
"""

import math
from functools import cache
from statistics import NormalDist

from qualbench.model import Interval
from qualbench.steps.agreement.rated.ratings import Undefined
from qualbench.text import counted

CONFIDENCE = 0.95
LEAST = -1.0
"""Alpha of a population is never lower, so no limit is; only a small sample can be."""
FEWEST, FEW = 3, 6
"""Clusters under which there is no interval, and under which it comes with a warning."""
FEW_UNITS = 5
"""Units with a disagreement, or on which coders agree, under which no method covers what it says (simulated)."""
NO_ALPHA = Undefined("alpha is undefined")
NOBODY_DISAGREED = Undefined("nobody disagreed, so how far alpha varies is open")
_NOTHING_VARIES = 1e-9


def limits(
    alpha: float | None,
    error: float,
    clusters: int,
    clustered_by: str = "transcript",
    *,
    warnings: tuple[str, ...] = (),
    confidence: float = CONFIDENCE,
) -> Interval | Undefined:
    """Limits of alpha on the -log(1 - alpha) scale, by t with one df less than clusters.

    `error` is the standard error of log(1 - alpha) over the clusters.
    """
    if alpha is None or alpha == 1:
        return NO_ALPHA if alpha is None else NOBODY_DISAGREED
    if clusters < FEWEST:
        return too_few(clusters, clustered_by)
    if error < _NOTHING_VARIES:
        return Undefined(f"all {clustered_by}s have the same disagreement, so how far alpha varies is open")
    middle, reach = -math.log(1 - alpha), t_quantile((1 + confidence) / 2, clusters - 1) * error
    low = max(LEAST, -math.expm1(min(reach - middle, 1.0)))
    return Interval(low, -math.expm1(-reach - middle), clusters, warnings)


def too_few(clusters: int, clustered_by: str = "transcript") -> Undefined:
    """Why a handful of clusters has no interval."""
    return Undefined(f"an interval needs at least {FEWEST} {clustered_by}s, and there are {clusters}")


def warnings(
    clusters: int,
    clustered_by: str = "transcript",
    *,
    differing: int,
    together: int | None = None,
    without: int | None = None,
) -> tuple[str, ...]:
    """What to know about an interval that rests on few clusters or few units.

    `differing` units have a disagreement; of a code, two coders gave it to `together` units and left it out of
    `without` units.
    """
    found = []
    if clusters < FEW:
        found.append(f"the interval rests on {clusters} {clustered_by}s, and with fewer than {FEW} it is unsure")
    unsafe = f"and with fewer than {FEW_UNITS} no interval is safe"
    if differing < FEW_UNITS:
        found.append(f"the coders differ on {counted(differing, 'unit')}, {unsafe}")
    if together is not None and together < FEW_UNITS:
        found.append(f"too few uses: coders agree on it on {counted(together, 'unit')}, {unsafe}")
    if without is not None and without < FEW_UNITS:
        found.append(f"used nearly everywhere: coders agree to leave it out on {counted(without, 'unit')}, {unsafe}")
    return tuple(found)


@cache
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
