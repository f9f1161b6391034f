"""Freely drawn units on a continuum: what each coder marked in one text, and how codings become that.

Everything a coder left unmarked in a text they read is a gap; a coder who did not read the text is not there.
"""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate

from qualbench.model import Transcript
from qualbench.steps.agreement.units import PassReadings

Marked = tuple[int, int, str]
"""One unit: where it starts, where it ends (the place behind its last character), and its code."""


@dataclass(frozen=True, slots=True)
class Spans:
    """The units of every coder who read one continuum from `begin` to `end`, half-open like the units.

    Units of one coder and one code that overlap are one unit, those that only touch are two. Where units of
    different codes overlap, figures that need one code for each character are undefined.
    """

    begin: int
    end: int
    units: Mapping[str, Sequence[Marked]]
    """Coder to units; an empty sequence is 'read, nothing marked'."""

    @property
    def read_by_two(self) -> bool:
        """Whether there is text that can be compared."""
        return len(self.units) > 1 and self.begin < self.end


def of_transcript(
    transcript: Transcript, passes: Sequence[PassReadings], *, include_interviewer: bool = False
) -> Spans:
    """The codings of a transcript as units on the text that counts: its segments without the interviewer's."""
    counted = [s for s in transcript.segments if include_interviewer or transcript.counts(s)]
    own = [
        PassReadings(one.coder, tuple(coding for coding in one.codings if coding.transcript == transcript.id))
        for one in passes
    ]
    return of_codings([(segment.start, segment.end) for segment in counted], own)


def of_codings(stretches: Sequence[tuple[int, int]], passes: Sequence[PassReadings]) -> Spans:
    """The codings of the passes on one text, as units on a continuum of its `stretches` laid end to end.

    The stretches do not overlap; a whole text is one of them, (0, length). What is coded outside is left out.
    """
    ordered = sorted(stretches)
    starts = [start for start, _ in ordered]
    before = [0, *accumulate(end - start for start, end in ordered)]

    def place(offset: int) -> int:
        """How much of the continuum lies before an offset of the text."""
        passed = bisect_right(starts, offset)
        return min(before[passed - 1] + offset - starts[passed - 1], before[passed]) if passed else 0

    units: dict[str, list[Marked]] = defaultdict(list)
    for one in passes:
        placed = ((place(coding.start), place(coding.end), coding.code) for coding in one.codings)
        units[one.coder].extend(unit for unit in placed if unit[0] < unit[1])
    return Spans(0, before[-1], dict(units))


def codes_in(continua: Sequence[Spans]) -> tuple[str, ...]:
    """Every code that occurs in the continua, in order."""
    return tuple(sorted({code for spans in continua for units in spans.units.values() for _, _, code in units}))
