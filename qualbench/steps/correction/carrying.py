"""Spans over the old text carried over to the new one: exact, moved, or doubtful and for a person to look at.

A span is doubtful when a word that it touches was changed or deleted, or when words were put inside it; only blanks
and line ends may change without doubt.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from operator import attrgetter

from qualbench.steps.correction.comparing import Comparison, Piece, zones
from qualbench.steps.correction.words import after_blanks, before_blanks, word_around

Span = tuple[int, int]

_START = attrgetter("old_start")
_END = attrgetter("old_end")


class Carry(StrEnum):
    """How sure it is that a span still points at its words."""

    EXACT = "exact"
    """The same characters at the same place."""
    MOVED = "moved"
    """The same words at another place, or with other blanks between them."""
    DOUBTFUL = "doubtful"
    """Words in it were changed, deleted or added: the place is the best guess, empty when nothing is left."""


@dataclass(frozen=True, slots=True)
class Carried:
    """A span's place in the new text."""

    start: int
    end: int
    state: Carry


def carry(comparison: Comparison, start: int, end: int) -> Carried:
    """One span carried over."""
    return carry_all(comparison, [(start, end)])[0]


def carry_all(comparison: Comparison, spans: Iterable[Span]) -> list[Carried]:
    """Spans carried over, in the order given; an empty span has lost its words before and stays doubtful."""
    changed = zones(comparison)
    return [_carried(comparison, changed, start, end) for start, end in spans]


def _carried(comparison: Comparison, changed: Sequence[Piece], start: int, end: int) -> Carried:
    if not 0 <= start <= end <= len(comparison.old):
        raise ValueError(f"{start} to {end} is no span of a text of {len(comparison.old)} characters")
    if start == end:
        place = new_place(comparison, start)
        return Carried(place, place, Carry.DOUBTFUL)
    first, last = piece_at(comparison, start), piece_at(comparison, end - 1)
    index = bisect_right(changed, start, key=_END)
    touched = index < len(changed) and changed[index].old_start < end
    if touched or not (first.same and last.same):
        return _guessed(comparison, changed, start, end)
    low, high = start - first.old_start + first.new_start, end - last.old_start + last.new_start
    same = (low, high) == (start, end) and (first is last or comparison.old[start:end] == comparison.new[start:end])
    return Carried(low, high, Carry.EXACT if same else Carry.MOVED)


def _guessed(comparison: Comparison, changed: Sequence[Piece], start: int, end: int) -> Carried:
    """Where a span's words probably are: what is left of them and what stands for them, as whole words."""
    low = new_place(comparison, start)
    zone = bisect_right(changed, start, key=_END)
    if zone < len(changed) and changed[zone].old_start <= start:
        low = max(changed[zone].new_start, word_around(comparison.new, low)[0])
    high = new_place(comparison, end, ends=True)
    zone = bisect_left(changed, end, key=_END)
    if zone < len(changed) and changed[zone].old_start < end:
        high = min(changed[zone].new_end, word_around(comparison.new, high)[1])
    low = after_blanks(comparison.new, low, len(comparison.new))
    return Carried(low, max(low, before_blanks(comparison.new, high, low)), Carry.DOUBTFUL)


# --- single places ---------------------------------------------------------------------------------------------


def piece_at(comparison: Comparison, place: int) -> Piece:
    """The piece that holds the character at a place of the old text; the last one for the end of the text."""
    return comparison.pieces[bisect_right(comparison.pieces, place, key=_START) - 1]


def new_place(comparison: Comparison, place: int, *, ends: bool = False) -> int:
    """The place in the new text of what begins, or with `ends` of what ends, at a place of the old text.

    What was put in exactly there comes before what begins and after what ends. Inside a changed piece the place is
    where it would be if its words were spread evenly.
    """
    if ends and place == 0:
        return 0
    if not comparison.pieces or (not ends and place >= len(comparison.old)):
        return len(comparison.new)
    piece = piece_at(comparison, place - ends)
    offset = place - piece.old_start
    if piece.same:
        return piece.new_start + offset
    length, others = piece.old_end - piece.old_start, piece.new_end - piece.new_start
    return piece.new_start + (-(-offset * others // length) if ends else offset * others // length)
