"""How a selection inside one segment grows and shrinks by words or by characters, with the keyboard only."""

from collections.abc import Sequence
from itertools import accumulate
from re import finditer
from typing import Literal

from qualbench.text import clusters, snap

Unit = Literal["word", "character"]

_PUNCTUATION = ".,;:!?…\"'“”‘’«»()[]–—-"


def words(text: str) -> list[tuple[int, int]]:
    """The spans of a text's words without the punctuation around them; a lone dash counts as a word.

    >>> words("Well, “yes” — I think")
    [(0, 4), (7, 10), (12, 13), (14, 15), (16, 21)]
    """
    spans = []
    for match in finditer(r"\S+", text):
        word = match.group()
        core = word.strip(_PUNCTUATION) or word
        start = match.start() + word.index(core)
        spans.append(snap(text, start, start + len(core)))
    return spans


def first_anchor(text: str, unit: Unit, direction: int) -> int:
    """Where a selection begins that is made from nothing: at the first word, or backwards from the last."""
    spans = words(text)
    if unit == "word" and spans:
        return spans[0][0] if direction > 0 else spans[-1][1]
    return 0 if direction > 0 else len(text)


def moved_head(text: str, anchor: int, head: int, unit: Unit, direction: int) -> int:
    """The moving end after one step; on the way back it stops at the anchor before it goes beyond."""
    starts, ends = _stops(text, unit)
    if direction > 0:
        if head < anchor:
            return min(anchor, _after(starts, head, len(text)))
        return _after(ends, head, len(text))
    if head > anchor:
        return max(anchor, _before(ends, head))
    return _before(starts, head)


def _stops(text: str, unit: Unit) -> tuple[Sequence[int], Sequence[int]]:
    if unit == "word":
        spans = words(text)
        return [start for start, _ in spans], [end for _, end in spans]
    edges = [0, *accumulate(map(len, clusters(text)))]
    return edges, edges


def _after(stops: Sequence[int], position: int, otherwise: int) -> int:
    return next((stop for stop in stops if stop > position), max(position, otherwise))


def _before(stops: Sequence[int], position: int) -> int:
    return next((stop for stop in reversed(stops) if stop < position), 0)
