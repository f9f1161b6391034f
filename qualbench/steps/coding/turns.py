"""What a coding may reach over: whole turns for index codes, and no more than the list of work of a round."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from qualbench.errors import QualbenchError
from qualbench.model import Transcript
from qualbench.model.layers import column
from qualbench.steps.coding.facts import Span
from qualbench.steps.coding.passes import asked


class OutsideTheList(QualbenchError):
    """A code for words that the round does not ask about."""

    def __init__(self, round_: str) -> None:
        super().__init__(
            f"These words are not on the list of work of the round '{round_}'.",
            "Tab goes to the next segment that is; a memo may stand anywhere.",
        )


def whole_turns(transcript: Transcript, start: int, end: int) -> Span:
    """From the first to the last segment of the turns that a span touches; of a question with its answer, all of it.

    Where turns are cut into sentences an index code still stands on the whole turn (Deterding & Waters 2021).
    """
    segments = transcript.segments
    touched = _touched(transcript, start, end)
    if not touched:
        return start, end
    turns = column(segments, "turn")
    first, last = turns[touched[0]], turns[touched[-1]]
    low, high = touched[0], touched[-1]
    while low and turns[low - 1] == first:
        low -= 1
    while high + 1 < len(segments) and turns[high + 1] == last:
        high += 1
    return segments[low].start, segments[high].end


def is_listed(transcript: Transcript, start: int, end: int, listed: Sequence[Span]) -> bool:
    """Whether every segment that a span touches and that counts is on the list of work, and at least one is."""
    touched = _touched(transcript, start, end)
    counts, wanted = asked(transcript), asked(transcript, listed)
    return any(wanted[at] for at in touched) and all(wanted[at] or not counts[at] for at in touched)


def _touched(transcript: Transcript, start: int, end: int) -> range:
    """The segments that share a character with a span; they are ordered and do not overlap."""
    starts, ends = column(transcript.segments, "start"), column(transcript.segments, "end")
    return range(bisect_right(ends, start), bisect_left(starts, end))
