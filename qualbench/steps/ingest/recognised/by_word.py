"""Recognisers that write single words and the speakers beside them: Amazon Transcribe and Google Speech-to-Text."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from qualbench.steps.ingest.recognised.fields import (
    Notes,
    Object,
    first,
    inside,
    label_in,
    objects,
    seconds_in,
    words_in,
)
from qualbench.steps.ingest.recognised.turns import Piece

_SPEAKERS = ("speakerTag", "speaker_tag", "speakerLabel", "speaker_label")
_STARTS = ("startTime", "start_time", "startOffset", "start_offset")


# --- Amazon ----------------------------------------------------------------------------------------------------


def amazon(data: object, notes: Notes) -> Iterator[Piece]:
    """`results.items[]`, one word or sign each, with `results.speaker_labels` as a list of its own beside it."""
    results = inside(data, "results")
    if not inside(results, "items"):
        for place, transcript in objects(inside(results, "transcripts"), "transcript", notes):
            yield Piece("", words_in(transcript, ("transcript",), place, notes))
        return
    beside = _amazon_speakers(results, notes)
    last: Piece | None = None
    for place, item in objects(inside(results, "items"), "item", notes):
        words = words_in(first(item.get("alternatives")), ("content",), place, notes)
        if item.get("type") == "punctuation" and last is not None:
            last = replace(last, words=last.words + words)
            continue
        if last is not None:
            yield last
        named = item if item.get("speaker_label") is not None else beside.get(_times(item), item)
        speaker = label_in(named, ("speaker_label", "channel_label"), place, notes)
        last = Piece(speaker, words, seconds_in(item, ("start_time",), place, notes))
    if last is not None:
        yield last


def _amazon_speakers(results: object, notes: Notes) -> dict[tuple[str, str], Object]:
    """What names the speaker of the word that begins and ends at these times."""
    found = {}
    for place, segment in objects(inside(inside(results, "speaker_labels"), "segments"), "speaker segment", notes):
        for _, item in objects(segment.get("items"), f"{place}, item", notes):
            found[_times(item)] = item if item.get("speaker_label") is not None else segment
    return found


def _times(item: Object) -> tuple[str, str]:
    start, end = item.get("start_time"), item.get("end_time")
    return start if isinstance(start, str) else "", end if isinstance(end, str) else ""


# --- Google ----------------------------------------------------------------------------------------------------


def google(data: object, notes: Notes) -> Iterator[Piece]:
    """`results[]` with the best of `alternatives[]`; with speakers, the last result holds every word once more."""
    results = inside(data, "results")
    if results is None:
        results = inside(inside(data, "response"), "results")
    found = [_google_result(place, result, notes) for place, result in objects(results, "result", notes)]
    found = [pieces for pieces in found if pieces]
    if len(found) > 1 and any(piece.speaker for piece in found[-1]) and _count(found[-1:]) >= _count(found[:-1]):
        notes.add(
            f"the last of {len(found)} results holds the words of the others with their speakers; only it is read"
        )
        found = found[-1:]
    for pieces in found:
        yield from pieces


def _google_result(place: str, result: Object, notes: Notes) -> list[Piece]:
    best = first(result.get("alternatives"))
    if not best.get("words"):
        known = best.get("transcript") is not None
        return [Piece("", words_in(best, ("transcript",), place, notes))] if known else []
    return [
        Piece(_google_speaker(word, where, notes), words_in(word, ("word",), where, notes), _start(word, where, notes))
        for where, word in objects(best.get("words"), f"{place}, word", notes)
    ]


def _google_speaker(word: Object, place: str, notes: Notes) -> str:
    """The speaker of a word; its tag 0 means that nobody is named."""
    speaker = label_in(word, _SPEAKERS, place, notes)
    return "" if speaker == "Speaker 0" else speaker


def _start(word: Object, place: str, notes: Notes) -> float | None:
    return seconds_in(word, _STARTS, place, notes)


def _count(results: Sequence[Sequence[Piece]]) -> int:
    return sum(len(piece.words.split()) for pieces in results for piece in pieces)
