"""The units of comparison: each segment that counts, with the set of codes every coder gave it.

"Nothing applies" is an answer (the empty set); a segment a coder skipped is no answer (missing).
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import compress

from qualbench.model import Coding, Nothing, Transcript, Unit
from qualbench.model.layers import column, counted

Span = tuple[int, int]
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


Readings = Mapping[str, frozenset[str]]
"""The codes that each coder gave a segment."""
Decided = tuple[Readings, frozenset[str]]
"""The readings that a decision was about, and the codes it settled on."""


@dataclass(frozen=True, slots=True)
class Task:
    """What was asked of some coders about one transcript, and what they said: all of it, or a list of work."""

    coders: frozenset[str]
    units: Sequence[Unit]


def together(tasks: Sequence[Task], decided: Mapping[int, Sequence[Decided]] | None = None) -> tuple[Unit, ...]:
    """What coders said of one transcript in several tasks, as one reading of each coder.

    A coder who was not asked in a task is read as what all who were asked there agree on, so a segment differs where
    those who were asked about it differ. Where several tasks ask about a segment, what was `decided` of the readings
    in one of them (by where the segment starts) stands in their stead.
    """
    said: dict[Span, list[tuple[frozenset[str], Readings]]] = {}
    for task in tasks:
        for unit in task.units:
            said.setdefault((unit.start, unit.end), []).extend([(task.coders, unit.readings)] * bool(unit.readings))
    every = sorted({coder for task in tasks for coder in task.coders})
    transcript = next((unit.transcript for task in tasks for unit in task.units), "")
    answers = decided or {}
    return tuple(
        Unit(transcript, *span, _of_each(every, of_tasks, answers.get(span[0], ())))
        for span, of_tasks in sorted(said.items())
    )


def _of_each(
    every: Iterable[str], of_tasks: Sequence[tuple[frozenset[str], Readings]], decided: Sequence[Decided]
) -> dict[str, frozenset[str]]:
    if len(of_tasks) > 1:
        of_tasks = [(coders, _as_decided(readings, decided)) for coders, readings in of_tasks]
    found = {}
    for coder in every:
        parts = [
            readings.get(coder) if coder in coders else frozenset.intersection(*readings.values())
            for coders, readings in of_tasks
        ]
        codes = [part for part in parts if part is not None]
        if codes and len(codes) == len(parts):  # whoever skipped it in one task is missing
            found[coder] = frozenset[str]().union(*codes)
    return found


def _as_decided(readings: Readings, decided: Iterable[Decided]) -> Readings:
    for before, codes in decided:
        if dict(before) == dict(readings):
            return dict.fromkeys(readings, codes)
    return readings


def disagreements(units: Sequence[Unit]) -> tuple[Unit, ...]:
    """The units on which at least two coders' code sets differ."""
    return tuple(unit for unit in units if len(unit.readings) > 1 and len(set(unit.readings.values())) > 1)


def _touched(starts: Sequence[int], ends: Sequence[int], start: int, end: int) -> range:
    """The segments that share at least one code point with a span; segments are sorted and do not overlap."""
    return range(bisect_right(ends, start), bisect_left(starts, end)) if start < end else range(0)
