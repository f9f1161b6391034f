"""The best alignment of units that several coders drew freely: who meant the same thing, at the least disorder.

It is found exactly: from the start of the text on, the first unit that is not aligned is put together with others in
every way that can pay, and the most promising beginning is continued first.
"""

import heapq
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from qualbench.errors import QualbenchError
from qualbench.steps.agreement.drawn.continua import Marked

Dissimilarity = Callable[[Marked, Marked], float]
"""How far two units are apart, 0 or more."""

MOST_UNITS = 600
"""Units of all coders together that are aligned."""
MOST_TOGETHER = 20_000
"""Ways of putting units together that can pay."""
MOST_STEPS = 50_000
"""Beginnings of an alignment that are continued."""


class TooMuchToAlign(QualbenchError):
    def __init__(self, units: int) -> None:
        super().__init__(
            f"The best alignment of {units} units can not be found exactly in reasonable time.",
            "Compute gamma for a shorter text, fewer coders or one code, or use u-alpha, which has no such limit.",
        )


class _Together(NamedTuple):
    """Units of different coders taken as one: a unitary alignment."""

    disorder: float
    units: tuple[int, ...]
    mask: int
    """The units as bits."""


def least_disorder(coders: Sequence[Sequence[Marked]], dissimilarity: Dissimilarity, delta_empty: float) -> float:
    """The summed disorder of the best alignment, 0 or more (Mathet et al. 2015, section 4.3).

    The disorder of a unitary alignment is the mean over all pairs of coders; a missing unit costs `delta_empty`.
    """
    if sum(map(len, coders)) > MOST_UNITS:
        raise TooMuchToAlign(sum(map(len, coders)))
    owned = sorted((*unit, coder) for coder, units in enumerate(coders) for unit in units)
    number = [(coder, (start, end, code)) for start, end, code, coder in owned]
    options: list[list[_Together]] = [[_Together(delta_empty, (unit,), 1 << unit)] for unit in range(len(number))]
    for many, one in enumerate(_worthwhile(number, len(coders), dissimilarity, delta_empty)):
        if many == MOST_TOGETHER:
            raise TooMuchToAlign(len(number))
        for unit in one.units:
            options[unit].append(one)
    return _search(options, _bounds(options))


def _worthwhile(
    number: Sequence[tuple[int, Marked]], coders: int, dissimilarity: Dissimilarity, delta_empty: float
) -> Iterator[_Together]:
    """Every two or more units of different coders that have less disorder together than each alone."""
    pairs = coders * (coders - 1) / 2
    members = [[unit for unit, (owner, _) in enumerate(number) if owner == coder] for coder in range(coders)]

    def extended(coder: int, chosen: tuple[int, ...], apart: float) -> Iterator[_Together]:
        if coder == coders:
            missing = pairs - len(chosen) * (len(chosen) - 1) / 2
            disorder = (apart + missing * delta_empty) / pairs
            if len(chosen) > 1 and disorder < len(chosen) * delta_empty:
                yield _Together(disorder, chosen, sum(1 << unit for unit in chosen))
            return
        yield from extended(coder + 1, chosen, apart)
        for unit in members[coder]:
            more = apart + sum(dissimilarity(number[unit][1], number[other][1]) for other in chosen)
            if more < coders * delta_empty * pairs:  # with more, even an alignment of all coders can not pay
                yield from extended(coder + 1, (*chosen, unit), more)

    return extended(0, (), 0.0)


def _bounds(options: Sequence[Sequence[_Together]]) -> list[float]:
    """What aligning each unit costs at least, such that no units cost more than any way to put them together.

    Each unit's least share in a disorder is such a bound; one unit after the other takes what is left over.
    """
    least = [min(one.disorder / len(one.units) for one in ways) for ways in options]
    for unit, ways in enumerate(options):
        least[unit] += max(0.0, min(one.disorder - sum(least[other] for other in one.units) for one in ways))
    return least


def _search(options: Sequence[Sequence[_Together]], least: Sequence[float]) -> float:
    """The least sum of disorders that covers every unit once: A* over the sets of units that are aligned."""
    everything = (1 << len(options)) - 1
    best = {0: 0.0}
    waiting = [(sum(least), 0)]
    closed: set[int] = set()
    while len(closed) < MOST_STEPS:
        promised, aligned = heapq.heappop(waiting)
        if aligned == everything:
            return best[aligned]
        if aligned in closed:
            continue
        closed.add(aligned)
        first = (~aligned & (aligned + 1)).bit_length() - 1
        for one in options[first]:
            then = aligned | one.mask
            disorder = best[aligned] + one.disorder
            if not aligned & one.mask and disorder < best.get(then, float("inf")):
                best[then] = disorder
                promise = promised + one.disorder - sum(least[unit] for unit in one.units)
                heapq.heappush(waiting, (promise, then))
    raise TooMuchToAlign(len(options))
