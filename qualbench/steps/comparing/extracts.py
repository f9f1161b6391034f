"""Which earlier extracts of a code are put beside a new one: the newest, the most typical, those at its edge.

How typical an extract is follows from its words alone, by a measure that can be worked out by hand. It knows nothing
of meaning: it saves reading everything, and decides nothing.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from math import fsum, log, sqrt
from typing import Protocol, TypeVar

from qualbench.steps.comparing.words import stems_of

_DECIMALS = 9
"""Where two extracts differ by less they are equally typical, and their places decide."""


class CodedWords(Protocol):
    """A place that a code is on, with its words."""

    @property
    def transcript(self) -> str: ...
    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...
    @property
    def text(self) -> str: ...


E = TypeVar("E", bound=CodedWords)


def newest(extracts: Sequence[E], n: int) -> tuple[E, ...]:
    """The last `n` extracts, the newest first; they are given in the order in which they were coded."""
    return tuple(extracts[::-1][: max(0, n)])


def typical(extracts: Sequence[E], n: int) -> tuple[E, ...]:
    """The `n` most typical extracts, the most typical first; where they are equally so, in the order of places."""
    return _ranked(extracts, n, lambda value: -value)


def edge(extracts: Sequence[E], n: int) -> tuple[E, ...]:
    """The `n` least typical extracts, the least typical first; where they are equally so, in the order of places."""
    return _ranked(extracts, n, lambda value: value)


def typicality(extracts: Sequence[CodedWords]) -> tuple[float | None, ...]:
    """How near each extract is to the others: the mean cosine between its words and theirs, from 0 to 1.

    A word counts as its stem, without stop words. Its weight in an extract is its count there times
    ln((1 + N) / (1 + n)) + 1, with N extracts of which n have it (tf-idf, smoothed). 0 when nothing is shared, or there
    is no other extract; None without a content word, as there is nothing to compare. Every extract is compared, none
    is sampled: because the cosine is linear, comparing with the sum of all costs no more than reading them.
    """
    vectors = _vectors([stems_of(extract.text) for extract in extracts])
    weights: dict[str, list[float]] = {}
    for vector in vectors:
        for stem, weight in vector.items():
            weights.setdefault(stem, []).append(weight)
    total = {stem: fsum(of_stem) for stem, of_stem in weights.items()}
    others = max(1, len(vectors) - 1)
    return tuple(_nearness(vector, total, others) if vector else None for vector in vectors)


def _nearness(vector: Mapping[str, float], total: Mapping[str, float], others: int) -> float:
    """The mean cosine of one unit vector with the others, from the sum of all."""
    return round(fsum(weight * (total[stem] - weight) for stem, weight in vector.items()) / others, _DECIMALS) + 0.0


def _vectors(stems: Sequence[Counter[str]]) -> list[dict[str, float]]:
    """Each extract's weights by stem, of length 1; empty without content words."""
    having = Counter(stem for counts in stems for stem in counts)
    rarity = {stem: log((1 + len(stems)) / (1 + count)) + 1 for stem, count in having.items()}
    return [_unit({stem: count * rarity[stem] for stem, count in counts.items()}) for counts in stems]


def _unit(vector: dict[str, float]) -> dict[str, float]:
    length = sqrt(fsum(weight * weight for weight in vector.values()))
    return {stem: weight / length for stem, weight in vector.items()}


def _ranked(extracts: Sequence[E], n: int, rank: Callable[[float], float]) -> tuple[E, ...]:
    """The first `n` by rank, then by place; what can not be compared comes last."""

    def order(pair: tuple[E, float | None]) -> tuple[bool, float, str, int, int]:
        extract, value = pair
        return value is None, rank(value or 0.0), extract.transcript, extract.start, extract.end

    ranked = sorted(zip(extracts, typicality(extracts), strict=True), key=order)
    return tuple(extract for extract, _ in ranked[: max(0, n)])
