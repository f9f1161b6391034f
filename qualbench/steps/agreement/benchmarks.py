"""What a coefficient is held against. All benchmarks are conventions, so each comes with whose it is.

A code is judged on the lower limit of its interval: a good value from few segments proves little.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from qualbench.model import Benchmark, CodeAgreement, SetAlpha


@dataclass(frozen=True, slots=True)
class Band:
    """One band of a benchmark; it reaches up to the next."""

    word: str
    least: float
    """Where it begins."""
    within: bool = True
    """Whether `least` itself is in this band, or still in the one below."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """A band's word, and what it was given to."""

    word: str
    """Empty where there is nothing to judge or no benchmark."""
    on: Literal["lower limit", "point", ""]
    source: str


BANDS: Mapping[Benchmark, tuple[Band, ...]] = {
    Benchmark.KRIPPENDORFF: (
        Band("reliable", 0.800),
        Band("tentative", 0.667),
        Band("unreliable", -math.inf),
    ),
    # The printed classes are 0-.20, .21-.40 and so on: .20 belongs below, and so what lies between goes above.
    Benchmark.LANDIS_KOCH: (
        Band("almost perfect", 0.80, within=False),
        Band("substantial", 0.60, within=False),
        Band("moderate", 0.40, within=False),
        Band("fair", 0.20, within=False),
        Band("slight", 0.0),
        Band("poor", -math.inf),
    ),
    Benchmark.FLEISS: (
        Band("excellent", 0.75, within=False),
        Band("fair to good", 0.40),
        Band("poor", -math.inf),
    ),
    Benchmark.NONE: (),
}
"""The bands of each benchmark, the highest first."""

SOURCES: Mapping[Benchmark, str] = {
    Benchmark.KRIPPENDORFF: "Krippendorff 2004, Content Analysis, 2nd ed.: .800 to rely on, .667 for tentative "
    "conclusions only",
    Benchmark.LANDIS_KOCH: "Landis & Koch 1977, Biometrics 33:159, who call their divisions arbitrary",
    Benchmark.FLEISS: "Fleiss 1981, Statistical Methods for Rates and Proportions, 2nd ed.",
    Benchmark.NONE: "",
}
"""Whose benchmark it is, in one line."""


def judged(value: float | None, benchmark: Benchmark) -> str:
    """The word of the band that a coefficient (at most 1) falls into; empty where it is undefined.

    The value is not rounded to what a screen shows: .7996 has not reached .800.
    """
    if value is None or math.isnan(value):
        return ""
    exact = round(value, 9)  # 3 * 0.2 is .60, not more
    return next((band.word for band in BANDS[benchmark] if _reached(exact, band)), "")


def verdict(one: CodeAgreement | SetAlpha, benchmark: Benchmark) -> Verdict:
    """How alpha is judged: on the lower limit of its interval where there is one, otherwise on the point."""
    point = one.value if isinstance(one, SetAlpha) else one.alpha
    source = SOURCES[benchmark]
    if point is None or benchmark is Benchmark.NONE:
        return Verdict("", "", source)
    if one.interval is None:
        return Verdict(judged(point, benchmark), "point", source)
    return Verdict(judged(one.interval.low, benchmark), "lower limit", source)


def _reached(value: float, band: Band) -> bool:
    return value >= band.least if band.within else value > band.least
