"""Saturation over random orders of the interviews: how much of the curve is owed to the order they happen to be in.

Guest, Namey & Chen 2020 checked their method by drawing orders anew; a draw can be repeated with its seed.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from qualbench.steps.matrices.saturation import Grid, Rule, judged
from qualbench.text import many, percent


@dataclass(frozen=True, slots=True)
class Band:
    """Cumulative ideas after each interview, over random orders."""

    low: tuple[float, ...]
    """2.5 % of the orders are below."""
    middle: tuple[float, ...]
    """The median."""
    high: tuple[float, ...]
    """2.5 % of the orders are above."""
    reached: tuple[tuple[int, int], ...]
    """Interviews before the run that confirms saturation, and in how many orders; those without are left out."""
    orders: int
    seed: int
    told: str


def band(of: Grid, rule: Rule | None = None, *, orders: int = 500, seed: int = 1) -> Band:
    """The curves of random orders, and where each of them reaches saturation."""
    import numpy as np

    rule = rule or Rule()
    new = _drawn(of, orders, seed)
    curves = np.cumsum(new, axis=1)
    low, middle, high = np.percentile(curves, (2.5, 50, 97.5), axis=0)
    found = Counter(judged(one, rule).reached for one in new)
    reached = sorted((at, times) for at, times in found.items() if at is not None)
    return Band(
        low=tuple(low.tolist()),
        middle=tuple(middle.tolist()),
        high=tuple(high.tolist()),
        reached=tuple(reached),
        orders=orders,
        seed=seed,
        told=_told(reached, rule, orders, seed),
    )


def _drawn(of: Grid, orders: int, seed: int) -> list[list[int]]:
    """New ideas by interview, for each of the random orders."""
    import numpy as np

    chance, size = random.Random(seed), len(of.interviews)  # noqa: S311 - a draw that can be repeated, no secret
    found: list[list[int]] = []
    for _ in range(orders):
        order = sorted(range(size), key=[chance.random() for _ in range(size)].__getitem__)
        first = of.used[:, order].argmax(axis=1) if of.ideas else np.zeros(0, dtype=np.int64)
        found.append(np.bincount(first, minlength=size).tolist())
    return found


def _told(reached: Sequence[tuple[int, int]], rule: Rule, orders: int, seed: int) -> str:
    times = sum(number for _, number in reached)
    told = f"In {many(orders, 'random order')} (seed {seed}) saturation is reached in {percent(times / orders)}"
    if not reached:
        return f"{told}."
    return f"{told}, half of these by {_half(reached, times)}+{rule.run} interviews."


def _half(reached: Sequence[tuple[int, int]], times: int) -> int:
    """The smallest number of interviews by which half of the orders that reach saturation have done so."""
    gone = 0
    for at, number in reached:
        gone += number
        if 2 * gone >= times:
            return at
    raise AssertionError(reached)
