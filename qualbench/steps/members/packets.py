"""What a participant is given: their own words with line numbers, or the findings with their own quotes.

Nobody else's words are in it but the interviewer's questions, and no code and no memo.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from qualbench.model import CheckKind, Quote, Role, Theme, Transcript

ANOTHER = "[another participant]"
SOMEBODY = "[somebody else]"
ON_FINDINGS = frozenset({CheckKind.FINDINGS, CheckKind.GROUP})
"""Kinds of checks that are on the findings; the others are on the participant's own words."""
OWN, QUESTION, OTHER = "own", "question", "other"


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a packet; its number is that of the line in the transcript, so it says the same in every packet."""

    number: int
    who: str
    words: str


@dataclass(frozen=True, slots=True)
class Part:
    """What a packet has of one transcript."""

    name: str
    version: int
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Finding:
    """A theme as a participant reads it."""

    name: str
    idea: str
    depth: int
    quotes: tuple[tuple[str, int, str], ...]
    """Name of the transcript, line and words of each of their own quotes."""


@dataclass(frozen=True, slots=True)
class Packet:
    """Everything that one participant is given."""

    participant: str
    """What the study calls them."""
    kind: CheckKind
    date: str
    """Day of the newest entry in the log."""
    parts: tuple[Part, ...] = ()
    findings: tuple[Finding, ...] = ()


def interview(transcript: Transcript, participant: str, *, questions: bool = True) -> Part:
    """What one participant said in a transcript, line by line; others are only named as others."""
    lines: list[Line] = []
    for number, turn in enumerate(transcript.turns):
        speaker = transcript.speaker_of(number)
        if speaker is not None and speaker.role is Role.PARTICIPANT and speaker.participant == participant:
            lines += _lines(transcript.text, turn.body, turn.end, OWN)
        elif speaker is not None and speaker.role is Role.INTERVIEWER:
            lines += _lines(transcript.text, turn.body, turn.end, QUESTION) if questions else ()
        else:
            words = ANOTHER if speaker is not None and speaker.role is Role.PARTICIPANT else SOMEBODY
            lines.append(Line(transcript.text.count("\n", 0, turn.start) + 1, OTHER, words))
    return Part(transcript.name, transcript.version, tuple(lines))


def _lines(text: str, start: int, end: int, who: str) -> list[Line]:
    first = text.count("\n", 0, start) + 1
    said = text[start:end].split("\n")
    return [Line(first + n, who, words.strip()) for n, words in enumerate(said) if words.strip()]


def findings(
    themes: Iterable[Theme], texts: Mapping[str, Transcript], participant: str
) -> tuple[Finding, ...]:  # fmt: skip
    """The themes in reading order, each with the quotes that are this participant's words and nobody else's."""
    depths: dict[str, int] = {}
    found = []
    for theme in themes:
        depths[theme.id] = depths.get(theme.parent, -1) + 1
        own = [one for one in theme.quotes if one.transcript in texts and _is_own(one, texts, participant)]
        found.append(Finding(theme.name, theme.idea, depths[theme.id], tuple(_quoted(one, texts) for one in own)))
    return tuple(found)


def _is_own(quote: Quote, texts: Mapping[str, Transcript], participant: str) -> bool:
    """Whether a quote is as the transcript has it, and stands in turns of this participant alone."""
    text = texts[quote.transcript]
    if not quote.text or text.text[quote.start : quote.end] != quote.text:
        return False
    touched = [n for n, turn in enumerate(text.turns) if turn.start < quote.end and quote.start < turn.end]
    return bool(touched) and all(_speaks(text, touched, participant)) and _within(text, touched, quote)


def _speaks(text: Transcript, turns: Sequence[int], participant: str) -> Iterable[bool]:
    for number in turns:
        speaker = text.speaker_of(number)
        yield speaker is not None and speaker.role is Role.PARTICIPANT and speaker.participant == participant


def _within(text: Transcript, turns: Sequence[int], quote: Quote) -> bool:
    """Whether the quote begins and ends in these turns: what stands between turns is nobody's."""
    return text.turns[turns[0]].body <= quote.start and quote.end <= text.turns[turns[-1]].end


def _quoted(quote: Quote, texts: Mapping[str, Transcript]) -> tuple[str, int, str]:
    text = texts[quote.transcript]
    return text.name, text.text.count("\n", 0, quote.start) + 1, quote.words
