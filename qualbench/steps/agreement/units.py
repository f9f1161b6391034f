"""The units of comparison: each segment that counts, with the set of codes every coder gave it.

"Nothing applies" is an answer (the empty set); a segment a coder skipped is no answer (missing).
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import compress

from qualbench.model import Coding, Nothing, Transcript, Unit
from qualbench.model.layers import column, counted

Said = tuple[str, int, int, frozenset[str]]
"""A coder, a span, and the codes on it; none where nothing applies."""


@dataclass(frozen=True, slots=True)
class PassReadings:
    """What one coder's submitted pass says of one transcript."""

    coder: str
    codings: tuple[Coding, ...] = ()
    nothings: tuple[Nothing, ...] = ()


def units(
    transcript: Transcript, passes: Sequence[PassReadings], *, include_interviewer: bool = False
) -> tuple[Unit, ...]:
    """One unit for each segment that counts, in the order of the text, with the reading of every coder."""
    said: list[Said] = []
    for one in passes:
        here = transcript.id
        said += [(one.coder, n.start, n.end, frozenset()) for n in one.nothings if n.transcript == here]
        said += [(one.coder, c.start, c.end, frozenset((c.code,))) for c in one.codings if c.transcript == here]
    return gathered(transcript, said, include_interviewer=include_interviewer)


def gathered(transcript: Transcript, said: Iterable[Said], *, include_interviewer: bool = False) -> tuple[Unit, ...]:
    """The same from spans with the codes that a coder put on each of them, coder by coder."""
    own = column(transcript.segments, "start"), column(transcript.segments, "end")
    spans = zip(*own, strict=True)
    counts = sorted(spans if include_interviewer else compress(spans, counted(transcript)))
    starts, ends = [start for start, _ in counts], [end for _, end in counts]
    readings: list[dict[str, frozenset[str]]] = [{} for _ in counts]
    for coder, start, end, codes in said:
        for index in _touched(starts, ends, start, end):
            before = readings[index].get(coder)
            readings[index][coder] = before | codes if before else codes
    return tuple(Unit(transcript.id, start, end, found) for (start, end), found in zip(counts, readings, strict=True))


def disagreements(units: Sequence[Unit]) -> tuple[Unit, ...]:
    """The units on which at least two coders' code sets differ."""
    return tuple(unit for unit in units if len(unit.readings) > 1 and len(set(unit.readings.values())) > 1)


def _touched(starts: Sequence[int], ends: Sequence[int], start: int, end: int) -> range:
    """The segments that share at least one code point with a span; segments are sorted and do not overlap."""
    return range(bisect_right(ends, start), bisect_left(starts, end)) if start < end else range(0)
