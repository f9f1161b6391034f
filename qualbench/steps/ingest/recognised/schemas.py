"""Which recogniser wrote a file: told by the keys it must have, never by its name."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from qualbench.steps.ingest.recognised.by_segment import amberscript, assemblyai, deepgram, rev, whisper
from qualbench.steps.ingest.recognised.by_word import amazon, google
from qualbench.steps.ingest.recognised.fields import Notes, first, inside
from qualbench.steps.ingest.recognised.turns import Piece


@dataclass(frozen=True, slots=True)
class Schema:
    """One producer's shape: `fits` looks at the keys only, `pieces` reads what they hold."""

    reader: str
    fits: Callable[[object], bool]
    pieces: Callable[[object, Notes], Iterable[Piece]]


def schema_of(data: object) -> Schema | None:
    """The first schema whose required keys are there; None when no producer is known to write such a file."""
    return next((schema for schema in _SCHEMAS if schema.fits(data)), None)


def _has(data: object, *keys: str) -> bool:
    return isinstance(data, dict) and all(key in data for key in keys)


def _is_deepgram(data: object) -> bool:
    results = inside(data, "results")
    return _has(results, "channels") or _has(results, "utterances")


def _is_amazon(data: object) -> bool:
    results = inside(data, "results")
    return _has(results, "transcripts") or _has(results, "items")


def _is_google(data: object) -> bool:
    """Google's `results[]`; others write a list under the same key, with `timestamps`, `final` or `type` in it."""
    results = inside(data, "results")
    result = first(results if results is not None else inside(inside(data, "response"), "results"))
    best = first(result.get("alternatives"))
    others = "timestamps" in best or "final" in result or "type" in result
    return ("transcript" in best or "words" in best) and not others


def _is_whisperx(data: object) -> bool:
    segments = data if isinstance(data, list) else inside(data, "segments")
    if not isinstance(segments, list):
        return False
    spoken = any(_has(segment, "text", "speaker") for segment in segments)
    return spoken or _has(data, "word_segments") or (isinstance(data, list) and _has(first(data), "text", "start"))


_SCHEMAS = (
    Schema("rev", lambda data: _has(data, "monologues"), rev),
    Schema("deepgram", _is_deepgram, deepgram),
    Schema("amazon", _is_amazon, amazon),
    Schema("google", _is_google, google),
    Schema("amberscript", lambda data: _has(data, "speakers", "segments"), amberscript),
    Schema("whisperx", _is_whisperx, whisper),
    Schema("whisper", lambda data: _has(data, "segments"), whisper),
    Schema("assemblyai", lambda data: _has(data, "utterances"), assemblyai),
)
KNOWN = "Whisper, WhisperX, Rev, AssemblyAI, Deepgram, Amazon Transcribe, Google Speech-to-Text and Amberscript"
