"""What would leave a study, gathered as values for the check: its words, its quotes, and who speaks in them."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from qualbench.model import Codebook, Participant, Quote, Role, Theme, Transcript
from qualbench.project.placed import case_of
from qualbench.steps.care import Named, Quoted, Someone
from qualbench.steps.deidentify import Decision, KnownName, Why, recognised

Said = tuple[str, str, str]
"""What the words are (by id), what they are called without any name, and the words."""

_BETWEEN = "\n\n\n"
"""No name reaches across it."""
_KNOWN = frozenset({Why.LEFT, Why.KNOWN, Why.LIST})
"""Shapes such as mail addresses are told by `deidentify --check`; here only what somebody named counts."""


# --- words -----------------------------------------------------------------------------------------------------


def of_board(themes: Sequence[Theme]) -> Iterator[Said]:
    """What is written about themes; the quotes are looked at as they would be printed."""
    for number, theme in enumerate(themes, start=1):
        fields = {"name": theme.name, "central idea": theme.idea, "definition": theme.definition}
        fields |= {"what it is not": theme.is_not, "narrative": theme.narrative, "question": theme.question}
        for field, words in fields.items():
            yield f"theme {theme.id} {field}", f"Theme {number}, {field}", words


def of_codebook(book: Codebook) -> Iterator[Said]:
    """The words of the codebook that an appendix prints."""
    for code in book.codes:
        words = (code.label, code.definition_short, code.definition, code.include, code.exclude, *code.examples)
        yield f"code {code.id}", f"Code {code.id} of the codebook", "\n".join((*words, code.near_miss, code.notes))


def of_people(people: Sequence[Participant], attributes: Sequence[str]) -> Iterator[Said]:
    """Labels of participants and what would be told beside them."""
    for number, one in enumerate(people, start=1):
        known = dict(one.attributes)
        words = [one.label, *(known.get(name, "") for name in attributes)]
        yield f"participant {one.id}", f"Participant {number}, label or attributes", "\n".join(words)


def of_quotes(quotes: Iterable[Quoted]) -> Iterator[Said]:
    """The quotes as words."""
    return ((one.key, one.place, one.text) for one in quotes)


def named(
    said: Sequence[Said], decisions: Sequence[Decision], known: Sequence[KnownName], own: Sequence[str] = ()
) -> tuple[Named, ...]:
    """Where known originals can still be read in some words; all are looked at in one go."""
    if not (decisions or known or own):
        return ()
    starts, at = [], 0
    for _, _, words in said:
        starts.append(at)
        at += len(words) + len(_BETWEEN)
    whole = _BETWEEN.join(words for _, _, words in said)
    found: dict[tuple[int, str], list[str]] = {}
    number = 0
    for one in recognised(whole, decisions, known=known, own=own):
        while number + 1 < len(starts) and starts[number + 1] <= one.start:
            number += 1
        if one.why in _KNOWN:
            found.setdefault((number, str(one.kind)), []).append(whole[one.start : one.end])
    return tuple(
        Named(said[number][0], said[number][1], said[number][2], kind, tuple(strings))
        for (number, kind), strings in found.items()
    )


# --- quotes ----------------------------------------------------------------------------------------------------


def quoted(quote: Quote, transcript: Transcript, place: str) -> Quoted:
    """A quote with whoever speaks in what is left of it."""
    from qualbench.steps.ingest.marks import Kind, marks  # the readers of all formats come with it

    pieces = [(piece.start, piece.end) for piece in quote.pieces if not piece.mark]
    said = [transcript.text[start:end] for start, end in pieces]
    speakers, interviewer = _speaking(transcript, pieces)
    redactions = sum(mark.kind is Kind.REDACTED for words in said for mark in marks(words))
    return Quoted(f"quote {quote.id}", place, quote.words, tuple(speakers), interviewer, redactions)


def _speaking(transcript: Transcript, pieces: Iterable[tuple[int, int]]) -> tuple[list[str], int]:
    """The participants who speak in these pieces, and how many words of interviewers are in them."""
    people: dict[str, None] = {}
    interviewer = 0
    for start, end in pieces:
        for number in _turns(transcript, start, end):
            turn, speaker = transcript.turns[number], transcript.speaker_of(number)
            words = transcript.text[max(start, turn.body) : min(end, turn.end)].split()
            if not words or speaker is None:
                continue
            if speaker.role is Role.INTERVIEWER:
                interviewer += len(words)
            elif speaker.role is Role.PARTICIPANT:
                people[case_of(transcript.id, speaker)] = None
    return list(people), interviewer


def _turns(transcript: Transcript, start: int, end: int) -> range:
    """The numbers of the turns that a stretch touches."""
    first = max(0, bisect_right(transcript.turns, start, key=lambda turn: turn.start) - 1)
    return range(first, bisect_left(transcript.turns, end, key=lambda turn: turn.start))


def someone(people: Iterable[Participant], attributes: Sequence[str], printed: frozenset[str]) -> tuple[Someone, ...]:
    """The participants with the values that would be told of them; nobody's where no attribute is chosen."""
    if not attributes:
        return ()
    return tuple(
        Someone(one.label, tuple(dict(one.attributes).get(name, "") for name in attributes), one.id in printed)
        for one in people
    )


@dataclass(frozen=True, slots=True)
class Callings:
    """What things are called in sentences that must hold no name: by number where their own name is one."""

    transcripts: Mapping[str, str]
    participants: Mapping[str, str]


def callings(names: Mapping[str, str], people: Sequence[Participant], found: Sequence[Named]) -> Callings:
    """Numbers in place of the names of transcripts (by id) and the labels of participants in which a name was found."""
    keys = {one.key for one in found}
    numbered = enumerate(names.items(), start=1)
    return Callings(
        {id_: f"transcript {n}" if f"transcript {id_}" in keys else f"'{name}'" for n, (id_, name) in numbered},
        {one.id: f"participant {n}" for n, one in enumerate(people, start=1) if f"participant {one.id}" in keys},
    )
