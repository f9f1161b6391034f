"""Sealed transcripts looked over again: where known originals, listed words and shapes can still be read.

It reads the texts and what is sealed beside them, never a coding, so that it tells everybody the same.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from qualbench.project.deidentify.drafts import spaced
from qualbench.steps.deidentify import Decision, Kind, KnownName, Recognised, Why, recognised

if TYPE_CHECKING:
    from qualbench.model import Transcript
    from qualbench.project import Project

IN_NAME, IN_LABEL = "name", "speaker's label"


@dataclass(frozen=True, slots=True)
class Match:
    """A place of a sealed transcript that may identify somebody."""

    transcript: str
    """Its name; its id where the name itself may identify somebody."""
    place: str
    """`line 12`, or what beside the text it is in."""
    line: int
    """1-based line of the text; 0 beside it."""
    kind: Kind
    why: Why
    string: str


def check(
    project: Project, decisions: Sequence[Decision], *, known: Sequence[KnownName] = (), own: Sequence[str] = (),
    names: Sequence[str] = (), tell: Callable[[int, str], None] | None = None,
) -> tuple[Match, ...]:  # fmt: skip
    """What can still be read in the transcripts of these names, or in all; `tell` hears of each, from 1."""
    wanted = list(names) or [row.id for row in project.transcripts()]
    found: list[Match] = []
    for number, name in enumerate(wanted, start=1):
        transcript = project.transcript(name)
        found += _matches(transcript, lambda words: recognised(words, decisions, known=known, own=own))
        if tell is not None:
            tell(number, found[-1].transcript if found and found[-1].transcript == transcript.id else transcript.name)
    return tuple(found)


def _matches(transcript: Transcript, look: Callable[[str], Sequence[Recognised]]) -> Iterator[Match]:
    words = spaced(transcript.name)
    in_name = look(words)
    called = transcript.id if in_name else transcript.name
    for one in in_name:
        yield Match(called, IN_NAME, 0, one.kind, one.why, words[one.start : one.end])
    for label in (speaker.label for speaker in transcript.speakers if speaker.label not in transcript.text):
        for one in look(label):
            yield Match(called, IN_LABEL, 0, one.kind, one.why, label[one.start : one.end])
    line = at = 0
    for one in look(transcript.text):
        line, at = line + transcript.text.count("\n", at, one.start), one.start
        string = transcript.text[one.start : one.end]
        yield Match(called, f"line {line + 1}", line + 1, one.kind, one.why, string)
