"""Cutting a transcript into the units that are coded: by turn, paragraph, sentence or exchange, or by hand.

Units never overlap, and every word of every turn is in exactly one of them. Only an exchange (a question with its
answers) and what is merged by hand go on from one turn into the next.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

from qualbench.errors import QualbenchError
from qualbench.model import Role, Segment, SegmentRule, Speaker, Transcript, Turn
from qualbench.text import snap

if TYPE_CHECKING:
    from spacy.language import Language

_LINE = re.compile(r"\n")
_BLANK_LINE = re.compile(r"\n[ \t]*\n")
_ENDLESS_WORD = re.compile(r"\S{80,}(?=\S\S)")

Place = tuple[int, int, int]
"""Start, end and the turn it lies in."""


class NotCut(QualbenchError):
    """Segments that can not be split or merged by hand as somebody wants."""


def cut(
    text: str,
    turns: Sequence[Turn],
    rule: SegmentRule,
    interviewers: Collection[int] = (),
    others: Collection[int] = (),
) -> tuple[Segment, ...]:
    """The segments of a text, in order, without blanks at their ends; turns without words have none.

    `interviewers` and `others` are the indexes of the speakers who are no participants; exchanges are known by them.
    Where nobody is an interviewer nothing is a question, and each turn is an exchange of its own.
    """
    places: Iterable[Place] = [(turn.body, turn.end, index) for index, turn in enumerate(turns)]
    if rule is SegmentRule.PARAGRAPH:
        places = _parts(text, places, _LINE)
    elif rule is SegmentRule.SENTENCE:
        places = _sentences(text, _parts(text, places, _BLANK_LINE))
    elif rule is SegmentRule.EXCHANGE:
        uncounted = {*interviewers, *others}
        blocks = _exchanges(text, turns, interviewers)
        places = ((turns[block[0]].body, turns[block[-1]].end, _whose(turns, block, uncounted)) for block in blocks)
    return tuple(segment for segment in (_trimmed(text, place) for place in places) if segment.start < segment.end)


def aside(speakers: Sequence[Speaker]) -> tuple[frozenset[int], frozenset[int]]:
    """The indexes of the interviewers, and of the others who are no participants."""
    interviewers, others = (
        frozenset(index for index, speaker in enumerate(speakers) if speaker.role is role)
        for role in (Role.INTERVIEWER, Role.OTHER)
    )
    return interviewers, others


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


# --- exchanges -------------------------------------------------------------------------------------------------


def _exchanges(text: str, turns: Sequence[Turn], interviewers: Collection[int]) -> list[list[int]]:
    """The turns with words, by exchange: questions with all answers up to the next one; each alone before the first."""
    blocks: list[list[int]] = []
    asked = asking = False
    for index, turn in enumerate(turns):
        if not text[turn.body : turn.end].strip():
            continue
        asks = turn.speaker in interviewers
        if (asks and not asking) or not (asks or asked):
            blocks.append([])
        blocks[-1].append(index)
        asking, asked = asks, asked or asks
    return blocks


def _whose(turns: Sequence[Turn], block: Sequence[int], not_participants: Collection[int]) -> int:
    """The first of the turns that is a participant's; the first one when none is."""
    return next((index for index in block if turns[index].speaker not in not_participants), block[0])


# --- by hand ---------------------------------------------------------------------------------------------------


def split(transcript: Transcript, at: int) -> tuple[Segment, ...]:
    """The segments with the one around a place cut in two there; raises NotCut. The place is in code points."""
    text, segments = transcript.text, transcript.segments
    number = next((n for n, one in enumerate(segments) if one.start < at < one.end), -1)
    if number < 0:
        raise NotCut("A segment can be split only at a place inside it, and there is none around this one.")
    whole = segments[number]
    place = at - whole.start
    if snap(text[whole.start : whole.end], place, place) != (place, place):
        raise NotCut("This place is in the middle of what a reader sees as one character.", "Choose the one beside it.")
    end, start = _apart(transcript, whole, at)
    parts = _segment(transcript, whole.start, end), _segment(transcript, start, whole.end)
    if any(part.start == part.end for part in parts):
        raise NotCut("There would be no words on one side of this place.", "Choose a place between two words.")
    return (*segments[:number], *parts, *segments[number + 1 :])


def merge(transcript: Transcript, first: int, last: int) -> tuple[Segment, ...]:
    """The segments with those from one index to another made one; raises NotCut unless they belong together."""
    segments, turns = transcript.segments, transcript.turns
    if not 0 <= first < last < len(segments):
        raise NotCut("Merging takes a segment and at least the next one.")
    start, end = segments[first].start, segments[last].end
    spoken = _turns_in(transcript, start, end)
    if len({turns[index].speaker for index in spoken}) > 1:
        blocks = _exchanges(transcript.text, turns, aside(transcript.speakers)[0])
        if not any(set(spoken) <= set(block) for block in blocks):
            raise NotCut("These segments are neither one speaker's nor of one exchange, so they stay apart.")
    return (*segments[:first], _segment(transcript, start, end), *segments[last + 1 :])


def _turns_in(transcript: Transcript, start: int, end: int) -> list[int]:
    """The turns with words between two places."""
    return [
        index
        for index, turn in enumerate(transcript.turns)
        if max(start, turn.body) < min(end, turn.end) and transcript.text[turn.body : turn.end].strip()
    ]


def _apart(transcript: Transcript, whole: Segment, at: int) -> tuple[int, int]:
    """Where the part before a place ends and the one after it begins: the label of a turn between is in neither."""
    spoken = [transcript.turns[index] for index in _turns_in(transcript, whole.start, whole.end)]
    for one, two in pairwise(spoken):
        if one.end <= at <= two.body:
            return one.end, two.body
    return at, at


def _segment(transcript: Transcript, start: int, end: int) -> Segment:
    """The words between two places as a segment."""
    interviewers, others = aside(transcript.speakers)
    turns = _turns_in(transcript, start, end) or [0]
    return _trimmed(transcript.text, (start, end, _whose(transcript.turns, turns, interviewers | others)))
