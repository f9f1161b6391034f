"""Gamma of Mathet, Widlöcher & Métivier (2015): how well the units that coders drew freely on a text can be aligned.

It is no headline figure, because it depends on choices that nobody agrees on: how place and category are weighed,
what a missing unit costs, and how texts are randomised (the same 16 units give .45 or .42). The u-alpha family has
none of these choices.
"""

import math
import random
from collections.abc import Sequence
from dataclasses import dataclass

from qualbench.errors import UsageError
from qualbench.steps.agreement.drawn.alignment import Dissimilarity, least_disorder
from qualbench.steps.agreement.drawn.continua import Marked, Spans
from qualbench.steps.agreement.rated.ratings import Undefined

SAMPLES = 100
"""Randomised texts behind the expected disorder, if nothing else is said."""
TRIES = 1000
"""How often a place with room round it is looked for."""
NO_TEXT = Undefined("undefined (no units): no text was read by two coders")
NO_UNITS = Undefined("undefined (no units): nobody marked anything")
NO_DISORDER = Undefined("undefined (no variation): the units agree however they are moved")


@dataclass(frozen=True, slots=True)
class Costs:
    """What two units that differ cost; the paper leaves all three to the researcher."""

    alpha: float = 1.0
    """The weight of a difference in place."""
    beta: float = 1.0
    """The weight of a difference in category."""
    delta_empty: float = 1.0
    """What a missing unit costs, by which the other two are multiplied."""

    def __post_init__(self) -> None:
        if not (self.alpha >= 0 and self.beta >= 0 and 0 < self.delta_empty < math.inf):
            raise UsageError("Gamma's costs can not be negative, and a missing unit must cost something.")


@dataclass(frozen=True, slots=True)
class Gamma:
    """Gamma with what it was made of, without which it can not be compared."""

    value: float
    """1 - observed / expected, at most 1; 0 is what chance gives."""
    observed: float
    expected: float
    costs: Costs
    samples: int
    seed: int


def gamma(spans: Spans, costs: Costs | None = None, *, seed: int, samples: int = SAMPLES) -> Gamma | Undefined:
    """Gamma over one text: the disorder of the best alignment against that of texts whose units were moved.

    Two runs with the same seed draw the same texts; the best alignments are exact, and beyond a size refused.
    """
    costs = costs or Costs()
    if samples < 1:
        raise UsageError("Gamma needs randomised texts to compare with.", "Give a number of 1 or more.")
    observed = observed_disorder(spans, costs)
    if isinstance(observed, Undefined):
        return observed
    chance = random.Random(seed)  # noqa: S311 - a draw that can be repeated, no secret
    drawn = (_mean_disorder(shuffled(spans, chance), costs) for _ in range(samples))
    expected = sum(drawn) / samples
    if not expected:
        return NO_DISORDER
    return Gamma(1 - observed / expected, observed, expected, costs, samples, seed)


def observed_disorder(spans: Spans, costs: Costs | None = None) -> float | Undefined:
    """The disorder of the best alignment divided by the mean number of units of a coder, 0 or more."""
    if not spans.read_by_two:
        return NO_TEXT
    if not any(spans.units.values()):
        return NO_UNITS
    return _mean_disorder(tuple(spans.units.values()), costs or Costs())


def shuffled(spans: Spans, chance: random.Random) -> list[list[Marked]]:
    """As many coders as there are, each with the units of one drawn at random, moved round the text as on a ring.

    No two are moved alike: the places differ by half the mean length of a unit where there is room (section 5.2 of
    the paper). A unit that would begin behind the end of the text begins at its start, and keeps its length.
    """
    length, everybody = spans.end - spans.begin, list(spans.units.values())
    lengths = [end - start for units in everybody for start, end, _ in units]
    room = sum(lengths) / len(lengths) / 2
    drawn = chance.choices(everybody, k=len(everybody))
    while not any(drawn):
        drawn = chance.choices(everybody, k=len(everybody))
    moves: list[int] = []
    for _ in drawn:
        tries = (chance.randrange(length) for _ in range(TRIES))
        far = (move for move in tries if all(_on_ring(move, other, length) >= room for other in moves))
        moves.append(next(far, chance.randrange(length)))
    return [[_moved(unit, move, spans) for unit in units] for units, move in zip(drawn, moves, strict=True)]


def dissimilarity(costs: Costs) -> Dissimilarity:
    """The combined dissimilarity of the paper, 0 or more.

    The place counts as the square of how far the borders of two units are apart, measured in their mean length.
    """

    def apart(one: Marked, other: Marked) -> float:
        borders = abs(one[0] - other[0]) + abs(one[1] - other[1])
        place = (borders / (one[1] - one[0] + other[1] - other[0])) ** 2
        return (costs.alpha * place + costs.beta * (one[2] != other[2])) * costs.delta_empty

    return apart


def _mean_disorder(coders: Sequence[Sequence[Marked]], costs: Costs) -> float:
    total = least_disorder(coders, dissimilarity(costs), costs.delta_empty)
    return total * len(coders) / sum(map(len, coders))


def _on_ring(one: int, other: int, length: int) -> int:
    """How far two places are apart where the end of the text meets its start."""
    return min(abs(one - other), length - abs(one - other))


def _moved(unit: Marked, move: int, spans: Spans) -> Marked:
    start, end, code = unit
    place = spans.begin + (start - spans.begin + move) % (spans.end - spans.begin)
    return place, place + end - start, code
