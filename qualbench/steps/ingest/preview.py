"""A draft as a person sees it before it is sealed: its first turns, and the lines that are nobody's speech."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

from qualbench.model import Role, Turn
from qualbench.steps.ingest.answers import Lines
from qualbench.steps.ingest.draft import Draft
from qualbench.text import excerpt

_WIDTH = 120


@dataclass(frozen=True, slots=True)
class PreviewTurn:
    """One turn as it will be."""

    line: int
    """Of the text, where the turn begins; 1-based."""
    speaker: str
    """The label; empty when nobody could be named."""
    role: Role | None
    words: str
    """Its first words, on one line, safe to show."""
    seconds: float | None


def preview(draft: Draft, count: int = 30) -> tuple[PreviewTurn, ...]:
    """The first turns of a draft."""
    shown, line, position = list[PreviewTurn](), 1, 0
    for turn in islice(draft.turns, count):
        line += draft.text.count("\n", position, turn.start)
        position = turn.start
        speaker = draft.speakers[turn.speaker] if turn.speaker >= 0 else None
        shown.append(
            PreviewTurn(
                line=line,
                speaker=speaker.label if speaker else "",
                role=speaker.role if speaker else None,
                words=excerpt(" ".join(draft.text[turn.body : min(turn.end, turn.body + 10 * _WIDTH)].split()), _WIDTH),
                seconds=turn.seconds,
            )
        )
    return tuple(shown)


def nobodys_lines(text: str, turns: Sequence[Turn]) -> tuple[Lines, ...]:
    """The ranges of lines with words in which no turn has a part; 1-based, both ends inside, blank lines between in."""
    ranges: list[Lines] = []
    start, next_, goes_on = 0, 0, False
    for number, line in enumerate(text.split("\n"), 1):
        end = start + len(line)
        while next_ < len(turns) and turns[next_].end <= start:
            next_ += 1
        if line and not line.isspace():
            nobodys = next_ == len(turns) or turns[next_].start >= end
            if nobodys:
                ranges.append((ranges.pop()[0] if goes_on else number, number))
            goes_on = nobodys
        start = end + 1
    return tuple(ranges)
