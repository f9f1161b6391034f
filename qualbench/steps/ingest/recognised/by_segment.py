"""Recognisers that write whole segments with their speaker: Whisper(X), Amberscript, Rev, AssemblyAI, Deepgram."""

from collections.abc import Iterator

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

_REPEATED = 3
"""The same words in so many segments on end are what a recogniser makes of silence."""
_WORDS, _STARTS = ("value", "text"), ("ts", "start", "start_ts")


def whisper(data: object, notes: Notes) -> Iterator[Piece]:
    """`segments[]` of `start`, `text` and, from WhisperX, `speaker`; or a bare list of them."""
    before, repeats = "", 0
    for place, segment in objects(data if isinstance(data, list) else inside(data, "segments"), "segment", notes):
        words = words_in(segment, ("text",), place, notes)
        start = seconds_in(segment, ("start",), place, notes)
        if start is None:
            start = _first_time(segment, ("start",), place, notes)
        _note_other_voices(segment, place, notes)
        repeats = repeats + 1 if words.strip() and words.strip() == before else 0
        if repeats == _REPEATED - 1:
            notes.add(f"{place} and the {repeats} before it have the same words, which may never have been said; kept")
        before = words.strip()
        yield Piece(label_in(segment, ("speaker",), place, notes), words, start)


def _first_time(item: Object, keys: tuple[str, ...], place: str, notes: Notes) -> float | None:
    """The time of the first word that has one: numbers and signs are often written without."""
    for _, word in objects(item.get("words"), f"{place}, word", notes):
        if any(word.get(key) is not None for key in keys):
            return seconds_in(word, keys, place, notes)
    return None


def _note_other_voices(segment: Object, place: str, notes: Notes) -> None:
    """Say so when some words of a segment are given to somebody else than the segment is."""
    words, speaker = segment.get("words"), segment.get("speaker")
    if not isinstance(words, list) or not isinstance(speaker, str):
        return
    others = sum(1 for word in words if inside(word, "speaker") not in (None, speaker))
    if others:
        notes.add(f"{place}: {others} of {len(words)} words are given to another speaker than the segment; kept in it")


def amberscript(data: object, notes: Notes) -> Iterator[Piece]:
    """`speakers[]` of `spkid` and `name`, and `segments[]` of `speaker` and `words[]`, seconds."""
    names = _names(inside(data, "speakers"), "spkid", notes)
    for place, segment in objects(inside(data, "segments"), "segment", notes):
        words = [
            words_in(word, ("text",), where, notes)
            for where, word in objects(segment.get("words"), f"{place}, word", notes)
        ]
        speaker = label_in(segment, ("speaker",), place, notes)
        yield Piece(names.get(speaker, speaker), " ".join(words), _first_time(segment, ("start",), place, notes))


def rev(data: object, notes: Notes) -> Iterator[Piece]:
    """`monologues[]` of `elements[]` (its interface) or `spans[]` (its editor); blanks and signs are items too."""
    names = _names(inside(data, "speakers"), "id", notes)
    for place, monologue in objects(inside(data, "monologues"), "monologue", notes):
        items = monologue.get("elements") if monologue.get("elements") is not None else monologue.get("spans")
        found = list(objects(items, f"{place}, item", notes))
        words = [words_in(item, _WORDS, where, notes) for where, item in found]
        start = next(
            (time for where, item in found if (time := seconds_in(item, _STARTS, where, notes)) is not None), None
        )
        yield Piece(_rev_speaker(monologue, names, place, notes), "".join(words), start)


def _rev_speaker(monologue: Object, names: dict[str, str], place: str, notes: Notes) -> str:
    info = monologue.get("speaker_info")
    name = label_in(info, ("display_name",), place, notes) if isinstance(info, dict) else ""
    speaker = label_in(monologue, ("speaker",), place, notes)
    return name or label_in(monologue, ("speaker_name",), place, notes) or names.get(speaker, speaker)


def _names(value: object, key: str, notes: Notes) -> dict[str, str]:
    """The speakers' names by their ids; a speaker without a name keeps the id."""
    found = {}
    for place, speaker in objects(value, "speaker", notes):
        id_, name = label_in(speaker, (key,), place, notes), label_in(speaker, ("name",), place, notes)
        if id_ and name:
            found[id_] = name
    return found


def assemblyai(data: object, notes: Notes) -> Iterator[Piece]:
    """`utterances[]` of `speaker`, `start` and `text`, in milliseconds; without speakers `words[]`, else one `text`."""
    name = next((name for name in ("utterances", "words") if inside(data, name)), "")
    if not name and isinstance(data, dict):
        yield Piece("", words_in(data, ("text",), "the transcript", notes))
    for place, item in objects(inside(data, name), name.removesuffix("s"), notes):
        start = seconds_in(item, ("start",), place, notes, per_second=1000)
        yield Piece(label_in(item, ("speaker",), place, notes), words_in(item, ("text",), place, notes), start)


def deepgram(data: object, notes: Notes) -> Iterator[Piece]:
    """`results.utterances[]`, else the words of `results.channels[]`, in seconds."""
    results = inside(data, "results")
    if inside(results, "utterances"):
        yield from _deepgram_pieces(inside(results, "utterances"), "utterance", ("transcript",), notes)
        return
    channels = list(objects(inside(results, "channels"), "channel", notes))
    pieces: list[Piece] = []
    for place, channel in channels:
        best = first(channel.get("alternatives"))
        if best.get("words"):
            pieces += _deepgram_pieces(best["words"], f"{place}, word", ("punctuated_word", "word"), notes)
        elif best.get("transcript") is not None:
            pieces.append(Piece("", words_in(best, ("transcript",), place, notes)))
    yield from pieces if len(channels) < 2 else sorted(pieces, key=lambda piece: piece.seconds or 0.0)


def _deepgram_pieces(value: object, name: str, keys: tuple[str, ...], notes: Notes) -> Iterator[Piece]:
    for place, item in objects(value, name, notes):
        speaker = label_in(item, ("speaker",), place, notes)
        yield Piece(speaker, words_in(item, keys, place, notes), seconds_in(item, ("start",), place, notes))
