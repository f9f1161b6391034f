"""What older studies print beside kappa: Light's mean over pairs, the most the margins allow, and one category alone.

Each is made of Cohen's or Fleiss' kappa; they help to compare with a paper, not to judge a code.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import combinations

from qualbench.steps.agreement.rated.coefficients import cohen, fleiss
from qualbench.steps.agreement.rated.distances import Weights
from qualbench.steps.agreement.rated.ratings import ABSENT, Ratings, Undefined, Value

NO_PAIR = Undefined("undefined: no two coders have a kappa")


@dataclass(frozen=True, slots=True)
class Light:
    """The mean of Cohen's kappa over pairs of coders, with the pairs that have none."""

    value: float
    """-1 to 1."""
    pairs: int
    """How many pairs the mean is of."""
    left_out: Mapping[tuple[str, str], str]
    """The pairs without a kappa, each with the reason."""


def light(ratings: Ratings, weights: Weights | None = None) -> Light | Undefined:
    """Light's kappa (1971): the mean of Cohen's over the pairs of coders that have one."""
    told = pairwise(ratings, weights)
    found = [value for value in told.values() if not isinstance(value, Undefined)]
    left_out = {pair: value.why for pair, value in told.items() if isinstance(value, Undefined)}
    if not found:
        reasons = set(left_out.values())
        return Undefined(reasons.pop()) if len(reasons) == 1 else NO_PAIR
    return Light(sum(found) / len(found), len(found), left_out)


def pairwise(ratings: Ratings, weights: Weights | None = None) -> Mapping[tuple[str, str], float | Undefined]:
    """Cohen's kappa (-1 to 1) of every two coders, over the units that both rated."""
    return {
        (ratings.coders[a], ratings.coders[b]): cohen(
            replace(
                ratings,
                coders=(ratings.coders[a], ratings.coders[b]),
                cells=tuple((row[a], row[b]) for row in ratings.cells),
            ),
            weights,
        )
        for a, b in combinations(range(len(ratings.coders)), 2)
    }


def cohen_max(ratings: Ratings) -> float | Undefined:
    """The largest kappa, at most 1, that two coders can reach who use each category as often as they did (Cohen 1960).

    A kappa far below it comes from other units, one that is near it from other frequencies.
    """
    kappa = cohen(ratings, "identity")
    if isinstance(kappa, Undefined):
        return kappa
    rows = [row for row in ratings.cells if ABSENT not in row]
    first, second = (Counter(row[coder] for row in rows) for coder in (0, 1))
    most = sum(min(first[value], second[value]) for value in first) / len(rows)
    chance = sum(first[value] * second[value] for value in first) / len(rows) ** 2
    return (most - chance) / (1 - chance)


def fleiss_category(ratings: Ratings, category: Value) -> float | Undefined:
    """Fleiss' kappa of one category (1971), at most 1: how well it was told from all the others together."""
    if category not in ratings.values:
        return Undefined(f"undefined: '{category}' is no category of these ratings")
    this = ratings.values.index(category)
    told = tuple(tuple(ABSENT if cell == ABSENT else int(cell == this) for cell in row) for row in ratings.cells)
    return fleiss(replace(ratings, level="nominal", values=("another", "this"), cells=told))
