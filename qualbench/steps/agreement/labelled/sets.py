"""Krippendorff's alpha over whole code sets: near misses (one code more, one less) count in part.

What the sets share is counted once for all the ways to weigh near misses.
"""

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal

from qualbench.model import Interval, SetAlpha, Unit
from qualbench.steps.agreement.labelled import multivalued
from qualbench.steps.agreement.labelled.overlaps import to_all
from qualbench.steps.agreement.labelled.set_distances import DISTANCES, Distance, set_distance
from qualbench.steps.agreement.labelled.set_readings import SetReadings, over_pairs, set_readings
from qualbench.steps.agreement.limits import NOBODY_DISAGREED, limits, warnings
from qualbench.steps.agreement.rated.ratings import Undefined

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

__all__ = ["DISTANCES", "Distance", "Measure", "other_sets", "set_alpha", "set_alphas", "set_distance"]

Measure = Distance | Literal["multi-valued"]
"""A distance between sets, or the multi-valued alpha of Krippendorff & Craggs (2016), whose chance is its own."""


def set_alpha(units: Sequence[Unit], distance: Measure = "masi") -> SetAlpha:
    """Alpha (at most 1) over any number of coders' code sets, with 95 % limits over transcripts.

    Passonneau 2006; Artstein & Poesio 2008.
    """
    return set_alphas(units, (distance,))[0]


def other_sets(units: Sequence[Unit]) -> tuple[SetAlpha, ...]:
    """What is shown beside MASI: alpha over Jaccard and Dice distance, and multi-valued alpha."""
    return set_alphas(units, ("jaccard", "dice", "multi-valued"))


def set_alphas(units: Sequence[Unit], measures: Sequence[Measure]) -> tuple[SetAlpha, ...]:
    """Alpha over code sets by each measure, in their order, in little more time than by one."""
    readings = set_readings(units)
    distances = [name for name in measures if name != "multi-valued"]
    expected: dict[Measure, Floats] = {}
    if distances and not readings.undefined:
        columns = to_all(readings.sets, readings.given, [DISTANCES[name] for name in distances]).T
        expected.update(zip(distances, columns, strict=True))
    return tuple(
        multivalued.of_readings(readings) if name == "multi-valued" else _alpha(readings, name, expected.get(name))
        for name in measures
    )


def _alpha(readings: SetReadings, distance: Distance, to_pool: "Floats | None") -> SetAlpha:
    """1 - Do/De with its limits; `to_pool` has the distances from each set to all readings, where they vary."""
    import numpy as np

    if to_pool is None:
        return SetAlpha(distance, None, readings.undefined, no_interval=f"alpha is {readings.undefined}")
    observed = over_pairs(readings, DISTANCES[distance]) * readings.read
    expected = np.add.reduceat(to_pool[readings.said], np.cumsum(readings.read) - readings.read)
    value = 1 - (len(readings.said) - 1) * math.fsum(observed) / math.fsum(expected)
    found = _limits(readings, value, observed, expected)
    if isinstance(found, Undefined):
        return SetAlpha(distance, value, no_interval=found.why)
    return SetAlpha(distance, value, interval=found)


def _limits(readings: SetReadings, alpha: float, observed: "Floats", expected: "Floats") -> Interval | Undefined:
    """95 % limits, linearised and clustered by transcript.

    A unit's influence on log(1 - alpha) is m/n + D/sum(D) - 2E/sum(E), with m its readings, D the distances
    between them divided by m - 1, and E their distances to all readings.
    """
    import numpy as np

    if not observed.any():
        return NOBODY_DISAGREED
    names, cluster = np.unique(readings.transcripts, return_inverse=True)
    many, read = len(names), readings.read
    influence = read / read.sum() + observed / observed.sum() - 2 * expected / expected.sum()
    sums = np.bincount(cluster, weights=influence)
    error = math.sqrt(many / max(1, many - 1) * float(sums @ sums))
    told = warnings(many, differing=int((observed > 0).sum()))
    return limits(alpha, error, many, warnings=told)
