"""A suggestion as a value, and which ones are still open."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Protocol

from qualbench.steps.suggesting.phrases import Source


class CodedPlace(Protocol):
    """A code and a place: a coding, a suggestion, an answer to one."""

    @property
    def code(self) -> str: ...
    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A place that holds a phrase of a code; the coder says whether the code belongs there."""

    code: str
    start: int
    """In code points of the text that was read."""
    end: int
    phrase: str
    """The phrase as its source has it, to show why."""
    source: Source


def placed(suggestions: Iterable[Suggestion], start: int) -> tuple[Suggestion, ...]:
    """What was found in a segment, as places of the transcript in which the segment begins at `start`."""
    return tuple(replace(one, start=one.start + start, end=one.end + start) for one in suggestions)


def longest(found: Iterable[Suggestion]) -> tuple[Suggestion, ...]:
    """One suggestion for a code where several overlap: the longest, then the first; in the order of places."""
    kept: dict[str, list[Suggestion]] = {}
    for one in sorted(found, key=lambda one: (one.start - one.end, one.start, one.source, one.phrase)):
        if not _met(one, kept.get(one.code, ())):
            kept.setdefault(one.code, []).append(one)
    return _in_order(one for of_code in kept.values() for one in of_code)


def open_suggestions(
    suggestions: Iterable[Suggestion], answered: Iterable[CodedPlace] = (), standing: Iterable[CodedPlace] = ()
) -> tuple[Suggestion, ...]:
    """The suggestions that still ask something: their code neither was answered nor stands on any of their words.

    All places are counted from the same beginning. A refused place stays refused, whichever phrase leads to it again.
    """
    settled: dict[str, list[CodedPlace]] = {}
    for place in (*answered, *standing):
        settled.setdefault(place.code, []).append(place)
    return _in_order(one for one in suggestions if not _met(one, settled.get(one.code, ())))


def _met(one: CodedPlace, others: Iterable[CodedPlace]) -> bool:
    return any(one.start < other.end and other.start < one.end for other in others)


def _in_order(suggestions: Iterable[Suggestion]) -> tuple[Suggestion, ...]:
    return tuple(sorted(suggestions, key=lambda one: (one.start, one.end, one.code)))
