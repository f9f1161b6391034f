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

_LINE = re.compile(r"\n")
_BLANK_LINE = re.compile(r"\n[ \t]*\n")
_ENDLESS_WORD = re.compile(r"\S{80,}(?=\S\S)")

Place = tuple[int, int, int]
"""Start, end and the turn it lies in."""


def cut(text: str, turns: Sequence[Turn], rule: SegmentRule) -> tuple[Segment, ...]:
    """The segments of a text, in order, without blanks at their ends; turns without words have none."""
    places: Iterable[Place] = [(turn.body, turn.end, index) for index, turn in enumerate(turns)]
    if rule is SegmentRule.PARAGRAPH:
        places = _parts(text, places, _LINE)
    elif rule is SegmentRule.SENTENCE:
        places = _sentences(text, _parts(text, places, _BLANK_LINE))
    return tuple(segment for segment in (_trimmed(text, place) for place in places) if segment.start < segment.end)


def _parts(text: str, places: Iterable[Place], between: re.Pattern[str]) -> Iterator[Place]:
    """Each place cut where the pattern stands."""
    for start, end, turn in places:
        for gap in between.finditer(text, start, end):
            yield start, gap.start(), turn
            start = gap.end()
        yield start, end, turn


def _sentences(text: str, places: Iterable[Place]) -> Iterator[Place]:
    """Each place cut into sentences; a line end inside a sentence is only a line end."""
    shadows = ((_tame(text[start:end]), (start, turn)) for start, end, turn in places)
    for doc, (start, turn) in _pipeline().pipe(shadows, as_tuples=True):
        for sentence in doc.sents:
            yield start + sentence.start_char, start + sentence.end_char, turn


def _tame(body: str) -> str:
    """The same length with endless words blanked: the tokenizer's time grows with the square of a word's length."""
    return _ENDLESS_WORD.sub(lambda match: "x" * len(match[0]), body)


@cache
def _pipeline() -> "Language":
    """English tokens and sentence ends by rule: a statistical parser takes a hundred times as long."""
    import spacy

    pipeline = spacy.blank("en")
    pipeline.add_pipe("sentencizer")
    pipeline.max_length = 2**31
    return pipeline


def _trimmed(text: str, place: Place) -> Segment:
    start, end, turn = place
    chunk = text[start:end]
    kept = chunk.rstrip()
    return Segment(start + len(kept) - len(kept.lstrip()), start + len(kept), turn)
