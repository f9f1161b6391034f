"""Cutting a transcript into the units that are coded: by turn, by paragraph or by sentence.

A unit never crosses a turn, units never overlap, and every word of every turn is in exactly one of them.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING

from qualbench.model import Segment, SegmentRule, Turn

if TYPE_CHECKING:
    from spacy.language import Language

_BLANK_LINE = re.compile(r"\n[ \t]*\n")
_LONGEST = 50_000
"""Characters that are cut into sentences at once; real paragraphs are far shorter."""

Span = tuple[int, int]
Place = tuple[int, int, int]
"""Start, end and the turn it lies in."""


def cut(text: str, turns: Sequence[Turn], rule: SegmentRule) -> tuple[Segment, ...]:
    """The segments of a text, in order, without blanks at their ends; turns without words have none."""
    bodies = [(turn.body, turn.end, index) for index, turn in enumerate(turns)]
    match rule:
        case SegmentRule.TURN:
            places: Iterable[Place] = bodies
        case SegmentRule.PARAGRAPH:
            places = (place for body in bodies for place in _parts(text, body, "\n"))
        case SegmentRule.SENTENCE:
            places = _sentences(text, bodies)
    return tuple(Segment(*place) for place in (_trimmed(text, place) for place in places) if place[0] < place[1])
