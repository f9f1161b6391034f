"""How a selection grows and shrinks, by sentences, words, characters or whole rows, over any number of rows.

Pure arithmetic. A place is a row and a code point in its text; one end of a selection stays and the other moves.
"""

from collections.abc import Sequence
from itertools import accumulate, pairwise
from re import finditer
from typing import Literal

from qualbench.text import clusters, snap

Unit = Literal["word", "character", "sentence"]
Place = tuple[int, int]
"""A row, and a code point in its text."""

_PUNCTUATION = ".,;:!?…\"'“”‘’«»()[]–—-"
_SENTENCE = r"\S[^\n]*?(?:[.!?…。！？]+[\"'”’»)\]]*(?=\s|$)|[。！？]+|(?=\n|$))"


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


def sentences(text: str) -> list[tuple[int, int]]:
    """The spans of a text's sentences with their punctuation; a line end ends one too.

    >>> sentences("I did. “Why?” Well, 3.5 of them")
    [(0, 6), (7, 13), (14, 31)]
    """
    return [snap(text, *match.span()) for match in finditer(_SENTENCE, text)]


def unit_at(text: str, position: int, unit: Unit) -> tuple[int, int]:
    """The word, character or sentence at a code point; between two of them the one before, at first the first."""
    spans = _spans(text, unit)
    before = [span for span in spans if span[0] <= position]
    return before[-1] if before else (*spans, (0, 0))[0]


def first_anchor(text: str, unit: Unit, direction: int) -> int:
    """Where a selection begins that is made from nothing: at the first word, or backwards from the last."""
    spans = _spans(text, unit)
    if not spans:
        return 0 if direction > 0 else len(text)
    return spans[0][0] if direction > 0 else spans[-1][1]


def moved(texts: Sequence[str], anchor: Place, head: Place, unit: Unit, direction: int) -> Place:
    """The moving end after one step, over row borders; on the way back it stops at the anchor before it goes beyond."""
    forward = direction > 0
    back = head < anchor if forward else head > anchor
    row, position = head
    ends = forward != back  # growing goes to ends of units, or backwards to their beginnings; shrinking the other way
    while 0 <= row < len(texts):
        stop = _next_stop(texts[row], position, unit, ends=ends, forward=forward)
        if stop is not None:
            found = (row, stop)
            return (min if forward else max)(found, anchor) if back else found
        row += 1 if forward else -1
        position = -1 if forward else _BEYOND
    if back:
        return anchor
    last = len(texts) - 1
    return max(head, (last, len(texts[last]))) if forward else (0, 0)


_BEYOND = 1 << 62


def _next_stop(text: str, position: int, unit: Unit, *, ends: bool, forward: bool) -> int | None:
    stops = [span[ends] for span in _spans(text, unit)]
    if unit == "word" and (said := text.strip()):  # a row's first and last punctuation is worth a step of its own
        low = text.index(said)
        stops = sorted({*stops, snap(text, low, low + len(said))[ends]})
    if forward:
        return next((stop for stop in stops if stop > position), None)
    return next((stop for stop in reversed(stops) if stop < position), None)


def moved_rows(texts: Sequence[str], anchor: Place, head: Place, direction: int) -> tuple[Place, Place]:
    """Both ends after the moving one went on by a whole row; rows that are selected in part become whole."""
    row = max(0, min(head[0] + direction, len(texts) - 1))
    return whole_rows(texts, anchor[0], row)


def whole_rows(texts: Sequence[str], anchor: int, head: int) -> tuple[Place, Place]:
    """Both ends of a selection from one row to another, whole, whichever comes first."""
    if anchor <= head:
        return (anchor, 0), (head, len(texts[head]))
    return (anchor, len(texts[anchor])), (head, 0)


def tight(texts: Sequence[str], one: Place, other: Place) -> tuple[Place, Place] | None:
    """A selection in reading order, in whole characters, beginning and ending in rows that have a part in it."""
    (first, start), (last, end) = sorted((one, other))
    while first < last and start >= len(texts[first]):
        first, start = first + 1, 0
    while last > first and end <= 0:
        last -= 1
        end = len(texts[last])
    if first == last:
        start, end = snap(texts[first], start, end)
        return ((first, start), (last, end)) if start < end else None
    return (first, snap(texts[first], start, start)[0]), (last, snap(texts[last], end, end)[1])


def _spans(text: str, unit: Unit) -> list[tuple[int, int]]:
    if unit == "word":
        return words(text)
    if unit == "sentence":
        return sentences(text)
    edges = [0, *accumulate(map(len, clusters(text)))]
    return list(pairwise(edges))
