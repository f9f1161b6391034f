"""Krippendorff's alpha of every code at once, applied or not, and how sure each is: from sums over transcripts.

Alpha, its linearised error and every bootstrap draw follow from the same few sums, so none looks at a unit again.
"""

import math
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from qualbench.errors import QualbenchError
from qualbench.model import Interval
from qualbench.steps.agreement.limits import CONFIDENCE, limits, warnings
from qualbench.steps.agreement.rated.ratings import Undefined
from qualbench.steps.agreement.tally import Sums

if TYPE_CHECKING:
    from qualbench.steps.agreement.tally import Floats

TOLERANCE = 1e-9
BLOCK = 1 << 17
"""Draws x transcripts that are held at once, which is as much as a processor keeps near."""


class AlphaMismatch(QualbenchError):
    def __init__(self, code: str, formula: float | None, package: float | None) -> None:
        super().__init__(
            f"Alpha of '{code}' is {formula} by its formula and {package} by the krippendorff package, "
            "so no agreement is reported.",
            "Install the krippendorff package anew (0.9 or later); if it stays so, please report it.",
        )


class Estimate(NamedTuple):
    """Alpha of one code with its limits; None where undefined."""

    alpha: float | None
    interval: Interval | None
    bootstrap: tuple[float, float] | None
    no_interval: str
    """Why there are no limits."""


def estimates(sums: Sums, *, seed: int, draws: int, confidence: float = CONFIDENCE) -> Iterator[Estimate]:
    """Alpha of each code with linearised limits over transcripts and, where there are any, bootstrap limits."""
    lows, highs = bootstraps(sums, seed=seed, draws=draws, confidence=confidence)
    found = intervals(sums, confidence)
    for alpha, interval, *drawn in zip(alphas(sums).tolist(), found, lows.tolist(), highs.tolist(), strict=True):
        value = None if math.isnan(alpha) else alpha
        if isinstance(interval, Undefined):
            yield Estimate(value, None, None, interval.why)
        else:
            low, high = drawn
            yield Estimate(value, interval, None if math.isnan(low) else (low, high), "")


def alphas(sums: Sums) -> "Floats":
    """Krippendorff's alpha (2004) of each code, any number of coders, at most 1; nan when nothing varies."""
    return _alpha(sums.readings.sum(), sums.yes.sum(axis=0), sums.split.sum(axis=0))


def errors(sums: Sums) -> "Floats":
    """The standard error of log(1 - alpha) of each code over transcripts; nan when nothing varies or differs.

    A unit's influence is m/n + D/sum(D) - 2E/sum(E); with n1 yes and n0 no readings its E is y n0 + (m - y) n1,
    so a transcript's influence is m/n + D/sum(D) - y/n1 - (m - y)/n0 of its sums.
    """
    import numpy as np

    many, read = len(sums.readings), sums.readings[:, None]
    no = read - sums.yes
    with np.errstate(divide="ignore", invalid="ignore"):
        influence = read / read.sum() + sums.split / sums.split.sum(axis=0)
        influence -= sums.yes / sums.yes.sum(axis=0) + no / no.sum(axis=0)
        found: Floats = np.sqrt(np.float64(many) / (many - 1) * (influence**2).sum(axis=0))
    return found


def intervals(sums: Sums, confidence: float = CONFIDENCE) -> "list[Interval | Undefined]":
    """Limits of the alpha of each code: linearised, clustered by transcript, on the -log(1 - alpha) scale."""
    many = len(sums.readings)
    counts = zip(sums.differing.tolist(), sums.together.tolist(), sums.without.tolist(), strict=True)
    return [
        limits(
            None if math.isnan(alpha) else alpha,
            error,
            many,
            warnings=warnings(many, differing=differing, together=together, without=without),
            confidence=confidence,
        )
        for alpha, error, (differing, together, without) in zip(
            alphas(sums).tolist(), errors(sums).tolist(), counts, strict=True
        )
    ]


def bootstraps(sums: Sums, *, seed: int, draws: int, confidence: float = CONFIDENCE) -> "tuple[Floats, Floats]":
    """Limits of the alpha of each code as percentiles over draws of whole transcripts, with replacement.

    Every code sees the same draws; those in which a code does not vary are left out, nan when there is no other.
    """
    import numpy as np

    many, size = sums.yes.shape
    parts = np.hstack((sums.readings[:, None], sums.yes, sums.split))
    drawn = np.concatenate([times @ parts for times in _drawn(many, seed, draws)])
    values = _alpha(drawn[:, :1], drawn[:, 1 : 1 + size], drawn[:, 1 + size :]).T.copy()
    values.sort(axis=1)  # nan comes last
    last = np.count_nonzero(~np.isnan(values), axis=1) - 1
    tail = (1 - confidence) / 2 * np.maximum(last, 0)
    code = np.arange(size)
    low, high = np.floor(tail).astype(np.intp), np.ceil(last - tail).astype(np.intp)
    return values[code, low], values[code, high]


def _drawn(many: int, seed: int, draws: int) -> "Iterator[Floats]":
    """Draws by transcripts, a block at a time: how often each was drawn when as many are drawn as there are."""
    import numpy as np

    chance, small = np.random.default_rng(seed), np.min_scalar_type(many)
    step = max(1, BLOCK // max(many, 1))
    for start in range(0, draws, step):
        rows = min(step, draws - start)
        chosen = chance.integers(0, max(many, 1), size=(rows, many), dtype=small)
        places = chosen + np.arange(rows)[:, None] * many
        yield np.bincount(places.ravel(), minlength=rows * many).reshape(rows, many).astype(np.float64)


def _alpha(readings: "Floats", yes: "Floats", split: "Floats") -> "Floats":
    """1 - Do/De for a yes/no variable (Krippendorff 2011): 1 - (n - 1) sum[yes no / (m - 1)] / (n1 n0)."""
    import numpy as np

    chance = yes * (readings - yes)
    with np.errstate(divide="ignore", invalid="ignore"):
        found: Floats = np.where(chance > 0, 1 - (readings - 1) * split / chance, np.nan)
    return found
