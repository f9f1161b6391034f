"""How many segments two coders should both code before the study starts, and what a given number of them buys.

The formulas are for one binary code and segments that are independent; segments of one transcript are alike, which a
design effect pays for.
"""

import math
from statistics import NormalDist

from qualbench.errors import UsageError


def units_for_half_width(
    alpha: float,
    prevalence: float,
    half_width: float = 0.10,
    confidence: float = 0.95,
    size: int = 1,
    icc: float = 0.0,
) -> int:
    """Segments two coders must both code for an interval of alpha +- `half_width`, 1 or more.

    `prevalence` (0 to 1) is how often the code applies; transcripts of `size` segments, of which two correlate by
    `icc` (0 to 1), are paid for by 1 + (size - 1) icc (Kish 1965).
    """
    _within(half_width=half_width)
    reach = _two_sided(confidence) / half_width
    return max(1, _up(reach**2 * _variance(alpha, prevalence) * _design_effect(size, icc)))


def half_width(
    segments: int,
    alpha: float,
    prevalence: float,
    confidence: float = 0.95,
    size: int = 1,
    icc: float = 0.0,
) -> float:
    """Half the width of the interval of alpha that so many segments of two coders buy, above 0."""
    if segments < 1:
        raise UsageError("An interval needs segments.", "Give a number of 1 or more.")
    return _two_sided(confidence) * math.sqrt(_variance(alpha, prevalence) * _design_effect(size, icc) / segments)


def units_for_alpha(least_alpha: float, prevalence: float, coders: int = 2, significance: float = 0.05) -> int:
    """Segments for showing that alpha is not below `least_alpha`, 1 or more.

    Krippendorff (2019) after Bloch & Kraemer (1989). `prevalence` is that of the rarest category that must be told from
    the others; the test is one-sided.
    """
    _within(least_alpha=least_alpha, prevalence=prevalence, significance=significance)
    if coders < 2:
        raise UsageError("Agreement needs two coders.", "Give a number of 2 or more.")
    z = NormalDist().inv_cdf(1 - significance)
    a = least_alpha
    spread = (1 + a) * (3 - a) / (4 * (1 - a) * prevalence * (1 - prevalence)) - a
    return max(1, _up(z**2 * coders * spread))


def units_for_kappa(
    rate_a: float,
    rate_b: float,
    null: float,
    true: float,
    significance: float = 0.05,
    power: float = 0.80,
) -> int:
    """Segments for a one-sided test that Cohen's kappa is not `null` when it is `true`, 1 or more (Cantor 1996).

    The rates (0 to 1) say how often each coder applies the code.
    """
    _within(rate_a=rate_a, rate_b=rate_b, significance=significance, power=power)
    if null == true:
        raise UsageError("No test tells a kappa from itself.", "Give two different values.")
    normal = NormalDist()
    under_null, under_true = (math.sqrt(_kappa_variance(rate_a, rate_b, kappa)) for kappa in (null, true))
    reach = normal.inv_cdf(1 - significance) * under_null + normal.inv_cdf(power) * under_true
    return max(1, _up((reach / (null - true)) ** 2))


def _variance(alpha: float, prevalence: float) -> float:
    """The large-sample variance of alpha (and pi) for one segment, two coders and a binary code.

    Bloch & Kraemer (1989), Donner & Eliasziw (1992): both coders apply the code at the same rate.
    """
    _within(alpha=alpha, prevalence=prevalence)
    rarity = alpha * (2 - alpha) / (2 * prevalence * (1 - prevalence))
    return (1 - alpha) * ((1 - alpha) * (1 - 2 * alpha) + rarity)


def _kappa_variance(rate_a: float, rate_b: float, kappa: float) -> float:
    """The large-sample variance of Cohen's kappa for one segment (Fleiss, Cohen & Everitt 1969)."""
    chance = rate_a * rate_b + (1 - rate_a) * (1 - rate_b)
    observed = chance + kappa * (1 - chance)
    both = (observed + rate_a + rate_b - 1) / 2
    cells = {
        (1, 1): both,
        (1, 0): rate_a - both,
        (0, 1): rate_b - both,
        (0, 0): 1 - rate_a - rate_b + both,
    }
    if min(cells.values()) < -1e-12:
        raise UsageError(
            f"Kappa can not be {kappa:g} when the coders apply the code at rates of {rate_a:g} and {rate_b:g}.",
            "Give rates that are closer, or a kappa nearer to 0.",
        )
    others = {1: (rate_b, rate_a), 0: (1 - rate_b, 1 - rate_a)}  # the other coder's share of the category
    parts = [((a == b) - (others[a][0] + others[b][1]) * (1 - kappa), share) for (a, b), share in cells.items()]
    mean = sum(value * share for value, share in parts)
    return sum(share * (value - mean) ** 2 for value, share in parts) / (1 - chance) ** 2


def _two_sided(confidence: float) -> float:
    _within(confidence=confidence)
    return NormalDist().inv_cdf((1 + confidence) / 2)


def _design_effect(size: int, icc: float) -> float:
    if size < 1 or not 0 <= icc <= 1:
        raise UsageError(
            f"Transcripts of {size} segments that correlate by {icc:g} can not be.",
            "Give a size of 1 or more and a correlation from 0 to 1.",
        )
    return 1 + (size - 1) * icc


def _up(number: float) -> int:
    """The next whole number, not thrown by the last digits of a float."""
    return math.ceil(round(number, 9))


def _within(**shares: float) -> None:
    for name, share in shares.items():
        if not 0 < share < 1:
            raise UsageError(f"The {name.replace('_', ' ')} can not be {share:g}.", "Give a number between 0 and 1.")
