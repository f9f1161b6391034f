"""What speech recognisers write as JSON: one adapter for each producer's schema, one shape of transcript for all.

Media paths, job names and account numbers stay behind; only words, speakers and times are read.
"""

from collections.abc import Sequence

from qualbench.errors import Problem, UnreadableFile
from qualbench.steps.ingest.decoding import control_warnings
from qualbench.steps.ingest.json_file import load, refuse_half_characters
from qualbench.steps.ingest.reading import ONE_SPEAKER, File, Reading, capped
from qualbench.steps.ingest.recognised.fields import Notes
from qualbench.steps.ingest.recognised.schemas import KNOWN, schema_of
from qualbench.steps.ingest.recognised.turns import Piece, turns_of_speech
from qualbench.text import counted, excerpt

SPEAKER_FIELD = "speaker field"
_MOST_SPEAKERS = 100
_KEYS_SHOWN = 12


def read_recognised(file: File) -> Reading:
    """A .json of a speech recogniser as a transcript: pieces of one speaker joined to a turn of one line."""
    data, encoding = load(file)
    schema = schema_of(data)
    if schema is None:
        advice = f"Read are those of {KNOWN}; export it as .docx, .vtt or .srt otherwise."
        raise UnreadableFile(file.source, f"nobody is known to write such JSON: {_shape(data)}.", advice)
    notes = Notes(file.source)
    pieces = [piece for piece in schema.pieces(data, notes) if piece.words.strip()]
    _refuse(file.source, pieces, notes.problems)
    text, turns, labels = turns_of_speech(pieces, ONE_SPEAKER if file.answers.one_speaker else "")
    refuse_half_characters(file.source, text)
    named = 0 if file.answers.one_speaker else sum(1 for piece in pieces if piece.speaker)
    warnings = [*capped(notes.problems, file.source), *control_warnings(file.source, text)]
    if named:
        warnings += _unnamed(file.source, len(pieces) - named, sum(1 for turn in turns if turn.speaker < 0))
    return Reading(
        reader=schema.reader,
        text=text,
        turns=turns,
        labels=labels,
        encoding=encoding,
        family=SPEAKER_FIELD if named else "",
        coverage=named / len(pieces),
        warnings=tuple(warnings),
    )


def _refuse(source: str, pieces: Sequence[Piece], problems: Sequence[Problem]) -> None:
    """Raise UnreadableFile when there are no words, or more speakers than a conversation has."""
    if not pieces:
        why = f" ({problems[0].message})" if problems else ""
        raise UnreadableFile(source, f"nobody says anything in it{why}.", "Check that it is the right file.")
    speakers = len({piece.speaker for piece in pieces})
    if speakers > _MOST_SPEAKERS:
        raise UnreadableFile(source, f"it names {speakers} speakers, more than a conversation has.")


def _unnamed(source: str, pieces: int, turns: int) -> list[Problem]:
    if not pieces:
        return []
    return [Problem(source, 0, f"{counted(pieces, 'piece')} without a speaker: {counted(turns, 'turn')} of nobody's")]


def _shape(data: object) -> str:
    """What the file holds at its top, safe to show."""
    if isinstance(data, dict):
        keys = [f"'{excerpt(key, 30)}'" for key in list(data)[:_KEYS_SHOWN]]
        more = f" and {len(data) - _KEYS_SHOWN} more" if len(data) > _KEYS_SHOWN else ""
        return f"its keys are {', '.join(keys)}{more}" if keys else "it is an empty object"
    if isinstance(data, list):
        return f"it is a list of {counted(len(data), 'item')}"
    return "it is a single value"
