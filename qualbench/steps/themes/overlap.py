"""How far themes overlap: segments that hold codes of both, which codes meet there, and the c-coefficient.

c = n12 / (n1 + n2 - n12), as in ATLAS.ti: 0 where two themes never share a segment, 1 where they always do.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations

from qualbench.model import Theme
from qualbench.steps.themes.board import below


@dataclass(frozen=True, slots=True)
class Overlap:
    """Two themes that share segments; each with its sub-themes, a theme is not compared with its own."""

    first: str
    second: str
    both: int
    """Segments with a code of each."""
    of_first: int
    """Segments of the first theme."""
    of_second: int
    codes: tuple[tuple[str, str, int], ...]
    """Codes of the first and of the second theme that meet, and on how many segments, the most first."""

    @property
    def c(self) -> float:
        """The c-coefficient, 0 to 1."""
        return self.both / (self.of_first + self.of_second - self.both)

    def share(self, theme: str) -> float:
        """The share of one theme's segments that the other holds too, 0 to 1."""
        return self.both / (self.of_first if theme == self.first else self.of_second)


def overlaps(themes: Sequence[Theme], segments: Iterable[frozenset[str]]) -> tuple[Overlap, ...]:
    """Every two themes that share a segment, the closest first; `segments` are the codes of each settled segment."""
    home = {code: theme.id for theme in themes for code in theme.codes}
    under = {theme.id: {theme.id, *(one.id for one in below(themes, theme.id))} for theme in themes}
    over = {one: [id_ for id_, inside in under.items() if one in inside] for one in under}
    holds: Counter[str] = Counter()
    both: Counter[tuple[str, str]] = Counter()
    meet: dict[tuple[str, str], Counter[tuple[str, str]]] = {}
    order = {theme.id: number for number, theme in enumerate(themes)}
    for codes in segments:
        here: dict[str, list[str]] = {}
        for code in codes & home.keys():
            for theme in over[home[code]]:
                here.setdefault(theme, []).append(code)
        holds.update(here.keys())
        for one, other in combinations(sorted(here, key=order.__getitem__), 2):
            if one not in under[other] and other not in under[one]:
                both[one, other] += 1
                meet.setdefault((one, other), Counter()).update((a, b) for a in here[one] for b in here[other])
    found = [
        Overlap(a, b, count, holds[a], holds[b], tuple((*pair, n) for pair, n in _most(meet[a, b])))
        for (a, b), count in both.items()
    ]
    return tuple(sorted(found, key=lambda one: (-one.c, order[one.first], order[one.second])))


def _most(pairs: Counter[tuple[str, str]]) -> list[tuple[tuple[str, str], int]]:
    return sorted(pairs.items(), key=lambda item: (-item[1], item[0]))
