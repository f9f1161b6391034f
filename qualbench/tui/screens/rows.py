"""Transcripts as the rows of a view: segments with their speakers, states and code marks."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import lru_cache

from qualbench.model import Codebook, Coding, Memo, Nothing, Segment, Transcript
from qualbench.steps.ingest import marks
from qualbench.tui.widgets.stripes import Mark, Row


def code_keys(book: Codebook) -> dict[str, str]:
    """A short key for every code: a letter for its heading and a number within it, A1, A2, B1.

    Identity is never carried by colour alone; these stand in the margin beside the text.
    """
    keys: dict[str, str] = {}
    tops = [code.id for code in book.codes if not code.parent]
    numbers: dict[str, int] = {}
    for code in book.codes:
        top = _top(book, code.id)
        letter = _letters(tops.index(top))
        if code.id == top and any(other.parent == top for other in book.codes):
            keys[code.id] = letter
            continue
        numbers[letter] = numbers.get(letter, 0) + 1
        keys[code.id] = f"{letter}{numbers[letter]}"
    return keys


def _top(book: Codebook, code_id: str) -> str:
    code = book.get(code_id)
    while code is not None and code.parent and book.get(code.parent):
        code_id, code = code.parent, book.get(code.parent)
    return code_id


def _letters(number: int) -> str:
    letter = chr(ord("A") + number % 26)
    return letter if number < 26 else _letters(number // 26 - 1) + letter


def rows(
    transcript: Transcript,
    book: Codebook,
    codings: Iterable[Coding] = (),
    nothings: Iterable[Nothing] = (),
    memos: Iterable[Memo] = (),
    differing: Collection[int] = (),
) -> list[Row]:
    """A row for every segment; `differing` has the starts of those on which coders differ."""
    keys = code_keys(book)
    spread = _by_segment(transcript.segments, codings)
    settled = _by_segment(transcript.segments, nothings)
    noted = _by_segment(transcript.segments, memos)
    return [
        row(
            transcript, book, keys, index, spread.get(index, ()), bool(settled.get(index)), bool(noted.get(index)),
            segment.start in differing,
        )
        for index, segment in enumerate(transcript.segments)
    ]  # fmt: skip


def row(
    transcript: Transcript,
    book: Codebook,
    keys: Mapping[str, str],
    index: int,
    codings: Sequence[Coding | Nothing | Memo],
    nothing: bool,
    memo: bool,
    differs: bool = False,
) -> Row:
    """One segment with what stands on it."""
    segment = transcript.segments[index]
    speaker = transcript.speaker_of(segment.turn)
    lanes = tuple(
        Mark(
            max(0, one.start - segment.start),
            min(one.end, segment.end) - segment.start,
            keys.get(one.code, "?"),
            book.label(one.code),
        )
        for one in codings
        if isinstance(one, Coding)
    )
    return Row(
        segment.start,
        segment.end,
        transcript.text[segment.start : segment.end],
        (speaker.participant or speaker.label) if speaker else "",
        index == 0 or transcript.segments[index - 1].turn != segment.turn,
        transcript.counts(segment),
        "coded" if lanes else "nothing" if nothing else "",
        lanes,
        memo,
        differs,
        _quiet(transcript.text, segment),
    )


@lru_cache(maxsize=2)
def _marks(text: str) -> tuple[tuple[int, int], ...]:
    """What transcribers put into a text, worked out once for all its rows."""
    return tuple((mark.start, mark.end) for mark in marks.marks(text))


def _quiet(text: str, segment: Segment) -> tuple[tuple[int, int], ...]:
    """The marks inside a segment, counted from its beginning."""
    every = _marks(text)
    first = bisect_right(every, segment.start, key=lambda span: span[1])
    last = bisect_left(every, segment.end, key=lambda span: span[0])
    return tuple(
        (max(start, segment.start) - segment.start, min(end, segment.end) - segment.start)
        for start, end in every[first:last]
    )


def _by_segment(
    segments: Sequence[Segment], spans: Iterable[Coding | Nothing | Memo]
) -> dict[int, list[Coding | Nothing | Memo]]:
    """Which spans touch which segment; both are in order, so one walk is enough."""
    found: dict[int, list[Coding | Nothing | Memo]] = {}
    first = 0
    for span in sorted(spans, key=lambda one: one.start):
        while first < len(segments) and segments[first].end <= span.start:
            first += 1
        index = first
        while index < len(segments) and segments[index].start < span.end:
            found.setdefault(index, []).append(span)
            index += 1
    return found
