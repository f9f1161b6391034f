"""The units of comparison: each segment that counts, with the set of codes every coder gave it.

"Nothing applies" is an answer (the empty set); a segment a coder skipped is no answer (missing).
"""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from qualbench.model import Coding, Nothing, Segment, Transcript, Unit


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
    counted = [s for s in transcript.segments if include_interviewer or transcript.counts(s)]
    segments = sorted(counted, key=lambda segment: segment.start)
    coders: dict[str, list[PassReadings]] = defaultdict(list)
    for reading in passes:
        coders[reading.coder].append(reading)
    readings: list[dict[str, frozenset[str]]] = [{} for _ in segments]
    for coder, own in coders.items():
        for index, codes in _reading(transcript, segments, own).items():
            readings[index][coder] = frozenset(codes)
    return tuple(
        Unit(transcript.id, segment.start, segment.end, said) for segment, said in zip(segments, readings, strict=True)
    )


def disagreements(units: Sequence[Unit]) -> tuple[Unit, ...]:
    """The units on which at least two coders' code sets differ."""
    return tuple(unit for unit in units if len(unit.readings) > 1 and len(set(unit.readings.values())) > 1)


def _reading(
    transcript: Transcript, segments: Sequence[Segment], passes: Sequence[PassReadings]
) -> Mapping[int, set[str]]:
    """The segments a coder decided, by index, each with its codes."""
    starts = [segment.start for segment in segments]
    ends = [segment.end for segment in segments]
    decided: dict[int, set[str]] = defaultdict(set)
    for reading in passes:
        for nothing in reading.nothings:
            if nothing.transcript == transcript.id:
                for index in _touched(starts, ends, nothing.start, nothing.end):
                    decided[index].update(())  # an answer, without codes
        for coding in reading.codings:
            if coding.transcript == transcript.id:
                for index in _touched(starts, ends, coding.start, coding.end):
                    decided[index].add(coding.code)
    return decided


def _touched(starts: Sequence[int], ends: Sequence[int], start: int, end: int) -> range:
    """The segments that share at least one code point with a span; segments are sorted and do not overlap."""
    return range(bisect_right(ends, start), bisect_left(starts, end)) if start < end else range(0)
