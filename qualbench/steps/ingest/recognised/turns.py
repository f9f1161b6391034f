"""Pieces of recognised speech as turns: those of one speaker joined, one line for each, a blank line between.

The text has the shape that captions have, so that one interview reads the same whichever file it came from.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from qualbench.model import Turn
from qualbench.steps.ingest.labels import fold

_SENTENCE_END = (".", "?", "!", "…", '."', '?"', '!"', ".”", "?”", "!”")
_PAUSE = 4.0
"""Seconds from one unnamed piece's start to the next after which a new turn begins."""
_BLANKS = re.compile(r"[ \t\r\n]+")


@dataclass(frozen=True, slots=True)
class Piece:
    """A word, a sentence or a whole utterance, as the recogniser cut it; `speaker` is empty where nobody is named."""

    speaker: str
    words: str
    seconds: float | None = None


@dataclass(slots=True)
class _Speech:
    """Pieces of one speaker, joined; `last` is when the last of them began."""

    label: str
    seconds: float | None
    words: list[str]
    last: float | None


def turns_of_speech(pieces: Sequence[Piece], only: str = "") -> tuple[str, tuple[Turn, ...], tuple[str, ...]]:
    """The text, its turns and the labels in order of appearance; all is said by `only` when that is given."""
    named = not only and any(piece.speaker for piece in pieces)
    labels = [only] if only else []
    speakers: dict[str, int] = {}
    lines, turns, position = list[str](), list[Turn](), 0
    for speech in _joined(pieces, named):
        index = 0 if only else -1
        if speech.label:
            index = speakers.setdefault(fold(speech.label), len(labels))
            labels += [speech.label] if index == len(labels) else []
        shown = f"{labels[index]}: " if speech.label else ""
        words = " ".join(speech.words)
        turns.append(Turn(position, position + len(shown), position + len(shown) + len(words), index, speech.seconds))
        lines.append(shown + words)
        position += len(lines[-1]) + 2
    return "\n\n".join(lines), tuple(turns), tuple(labels)


def _joined(pieces: Iterable[Piece], named: bool) -> list[_Speech]:
    """The pieces joined by speaker, or where the whole file names nobody, up to a sentence's end or a pause."""
    speeches: list[_Speech] = []
    for piece in pieces:
        words = _BLANKS.sub(" ", piece.words).strip().strip("\ufeff").strip()
        if not words:
            continue
        label = piece.speaker if named else ""
        last = speeches[-1] if speeches else None
        if last is not None and fold(last.label) == fold(label) and (named or _goes_on(last, piece.seconds)):
            last.words.append(words)
            last.last = piece.seconds
        else:
            speeches.append(_Speech(label, piece.seconds, [words], piece.seconds))
    return speeches


def _goes_on(last: _Speech, seconds: float | None) -> bool:
    pause = (seconds or 0.0) - (last.last or 0.0)
    return not last.words[-1].endswith(_SENTENCE_END) and pause < _PAUSE
