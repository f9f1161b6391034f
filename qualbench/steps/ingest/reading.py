"""What a reader hands back, and the spans every reader makes in the same way.

A reader turns one format into text, turns and labels; roles and near-duplicates are judged later, for all
formats alike.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from qualbench.errors import Problem
from qualbench.model import Turn
from qualbench.steps.ingest.answers import AS_FOUND, Answers

ONE_SPEAKER = "Speaker"
"""What the only speaker is called when a file is read as one person's words."""
SHOWN = 200
"""Problems of one kind that are listed one by one; the rest are counted."""


@dataclass(frozen=True, slots=True)
class File:
    """A file as it was handed in."""

    source: str
    data: bytes
    answers: Answers = AS_FOUND


@dataclass(frozen=True, slots=True)
class Reading:
    """What one reader found in a file."""

    reader: str
    text: str
    turns: tuple[Turn, ...]
    labels: tuple[str, ...]
    encoding: str = ""
    family: str = ""
    coverage: float = 0.0
    warnings: tuple[Problem, ...] = ()
    possible: tuple[str, ...] = ()
    unparsed: int = 0
    """Lines of the file that could not be read as what they should be; each is among the warnings."""


Reader = Callable[[File], Reading]


def words_between(text: str, start: int, end: int) -> tuple[int, int]:
    """The span without the blanks at its two ends; (start, start) when it holds nothing else."""
    chunk = text[start:end]
    kept = chunk.rstrip()
    if not kept:
        return start, start
    return start + len(kept) - len(kept.lstrip()), start + len(kept)


def line_starts(lines: Sequence[str]) -> list[int]:
    """Where each line begins in the text that the lines make when joined by line feeds."""
    starts, position = [], 0
    for line in lines:
        starts.append(position)
        position += len(line) + 1
    return starts


def capped(problems: Sequence[Problem], source: str) -> tuple[Problem, ...]:
    """The problems, at most `SHOWN` of them and then one that says how many more there are."""
    rest = len(problems) - SHOWN
    if rest <= 0:
        return tuple(problems)
    return (*problems[:SHOWN], Problem(source, 0, f"and {rest} more lines like these"))
