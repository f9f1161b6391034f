"""Transcripts as the rows of a view: segments with their speakers, states and code marks.

A row is made when it is looked at: of a hundred thousand segments with a million codings a window shows fifty.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol, TypeVar

from textual.cache import LRUCache

from qualbench.model import Codebook, Coding, Memo, Nothing, Segment, Transcript
from qualbench.model.layers import column
from qualbench.steps.coding import asked
from qualbench.steps.ingest import marks
from qualbench.tui.widgets.hues import hue_of, is_colour
from qualbench.tui.widgets.marks import Mark, Row, Rows, Span, measured

BLOCK = 32
"""So many rows are made together."""
BLOCKS = 64
"""So many blocks are kept."""
MANY = 512
"""From so many changed rows on, the states of all are asked for anew."""


class Stands(Protocol):
    """What stands somewhere in a text."""

    @property
    def codings(self) -> Sequence[Coding]:
        """Codes, by place."""

    @property
    def nothings(self) -> Sequence[Nothing]:
        """Decisions that nothing applies, by place."""

    @property
    def memos(self) -> Sequence[Memo]:
        """Memos, by place."""


@dataclass(frozen=True, slots=True)
class Standing:
    """What stands somewhere in a text, as values."""

    codings: Sequence[Coding] = ()
    nothings: Sequence[Nothing] = ()
    memos: Sequence[Memo] = ()


Reads = Callable[[int, int], Stands]
"""What shares a character with a span of the transcript."""


# --- codes: keys and colours -----------------------------------------------------------------------------------------


def code_keys(book: Codebook) -> dict[str, str]:
    """A short key for every code: a letter for its heading and a number within it, A1, A2, B1.

    Identity is never carried by colour alone; these stand in the margin beside the text.
    """
    keys: dict[str, str] = {}
    tops = {code.id: number for number, code in enumerate(code for code in book.codes if not code.parent)}
    headings = {code.parent for code in book.codes}
    numbers: dict[str, int] = {}
    for code in book.codes:
        top = _top(book, code.id)
        letter = _letters(tops.get(top, len(tops)))
        if code.id == top and top in headings:
            keys[code.id] = letter
            continue
        numbers[letter] = numbers.get(letter, 0) + 1
        keys[code.id] = f"{letter}{numbers[letter]}"
    return keys


def code_colours(book: Codebook) -> dict[str, str]:
    """The colour of every code: its own, or else one by its place in the book that neighbours do not have."""
    return {
        code.id: code.colour.strip().lower() if is_colour(code.colour) else hue_of(number)
        for number, code in enumerate(book.codes)
    }


def _top(book: Codebook, code_id: str) -> str:
    code = book.get(code_id)
    while code is not None and code.parent and book.get(code.parent):
        code_id, code = code.parent, book.get(code.parent)
    return code_id


def _letters(number: int) -> str:
    letter = chr(ord("A") + number % 26)
    return letter if number < 26 else _letters(number // 26 - 1) + letter


# --- rows --------------------------------------------------------------------------------------------------------


class SegmentRows(Rows):
    """A row for every segment; `reads` tells what stands on a span, and is asked for what is looked at only."""

    def __init__(
        self, transcript: Transcript, book: Codebook, reads: Reads, *, differing: Collection[int] = (),
        decided: Sequence[Span] = (), listed: Sequence[Span] | None = None,
    ) -> None:  # fmt: skip
        self._listed = listed
        self._transcript, self._book, self._reads = transcript, book, reads
        self._keys, self._colours = code_keys(book), code_colours(book)
        self._differing = differing
        self._decided = decided
        self._starts = array("q", column(transcript.segments, "start"))
        self._ends = array("q", column(transcript.segments, "end"))
        self._blocks: LRUCache[int, tuple[list[Row], list[Span]]] = LRUCache(BLOCKS)
        self._measures = measured(
            {speaker.participant or speaker.label for speaker in transcript.speakers}, self._keys.values()
        )

    @cached_property
    def lengths(self) -> Sequence[int]:
        """How many code points each row's text has."""
        return array("q", map(int.__sub__, self._ends, self._starts))

    @property
    def measures(self) -> tuple[int, int]:
        """Cells of the longest speaker label, and of the longest code key between 2 and 4."""
        return self._measures

    def text(self, index: int) -> str:
        """The words of one segment."""
        return self._transcript.text[self._starts[index] : self._ends[index]]

    def row(self, index: int) -> Row:
        """One segment with what stands on it."""
        return self._block(index // BLOCK)[0][index % BLOCK]

    def at(self, offset: int) -> int:
        """The segment that has this offset of the text, or else the next one; the last one behind all."""
        return min(bisect_right(self._ends, offset), max(0, len(self) - 1))

    # --- what is decided ---------------------------------------------------------------------------------------

    @cached_property
    def counted(self) -> bytearray:
        """1 for each segment to decide, 0 for interviewers' speech and what is not on the list of work."""
        return asked(self._transcript, self._listed)

    @cached_property
    def undecided(self) -> bytearray:
        """1 for each segment that counts and has no code, and nobody said that nothing applies to it."""
        flags = bytearray(self.counted)
        index, count = 0, len(flags)
        for start, end in self._decided:
            while index < count and self._ends[index] <= start:
                index += 1
            touched = index
            while touched < count and self._starts[touched] < end:
                flags[touched] = 0
                touched += 1
        self._decided = ()
        return flags

    def next_undecided(self, start: int, step: int = 1) -> int:
        """The first undecided segment from this one on (before it, when `step` is -1), around the end; -1 if none."""
        flags = self.undecided
        if step > 0:
            found = flags.find(1, max(0, start))
            return found if found >= 0 else flags.find(1, 0, max(0, start))
        return flags.rfind(1, 0, max(0, start + 1))

    def changed(self, spans: Iterable[Span], decided: Callable[[], Sequence[Span]]) -> tuple[int, int]:
        """Read again what stands on these spans, and on all that reaches into them; the rows that changed, half-open.

        `decided` gives all decided spans; it is asked only when very many rows changed.
        """
        places = list(spans)
        if not places or not len(self):
            return 0, 0
        low, high = min(start for start, _ in places), max(end for _, end in places)
        held = [span for block in self._blocks.keys() for span in self._blocks[block][1]]  # noqa: SIM118 - no iterator
        held += _all_spans(self._reads(low, high))
        reach = [span for span in held if span[0] < high and span[1] > low]
        first = self.at(min([low, *(start for start, _ in reach)]))
        end = max(first + 1, bisect_left(self._starts, max([high, *(end for _, end in reach)])))
        for block in range(first // BLOCK, (end - 1) // BLOCK + 1):
            self._blocks.discard(block)
        if end - first > MANY:
            self._decided = decided()
            self.__dict__.pop("undecided", None)
        else:
            for index in range(first, end):
                row = self.row(index)
                self.undecided[index] = row.counts and not row.state
        return first, end

    # --- making rows -------------------------------------------------------------------------------------------

    def _block(self, number: int) -> tuple[list[Row], list[Span]]:
        made = self._blocks.get(number)
        if made is None:
            made = self._blocks[number] = self._made(number * BLOCK, min((number + 1) * BLOCK, len(self)))
        return made

    def _made(self, first: int, end: int) -> tuple[list[Row], list[Span]]:
        """The rows of a block, and the spans of all that stands in it."""
        segments = self._transcript.segments[first:end]
        low, high = segments[0].start, segments[-1].end
        stands = self._reads(low, high)
        quiet = [(mark.start + low, mark.end + low) for mark in marks.marks(self._transcript.text[low:high])]
        spread = _by_segment(segments, stands.codings)
        settled = _by_segment(segments, stands.nothings)
        noted = _by_segment(segments, stands.memos)
        rows = [
            self._row(
                first + number, segment, spread.get(number, ()), number in settled, number in noted,
                _parts(quiet, segment.start, segment.end),
            )
            for number, segment in enumerate(segments)
        ]  # fmt: skip
        return rows, _all_spans(stands)

    def _row(
        self, index: int, segment: Segment, codings: Sequence[Coding], nothing: bool, memo: bool,
        quiet: tuple[Span, ...],
    ) -> Row:  # fmt: skip
        transcript = self._transcript
        speaker = transcript.speaker_of(segment.turn)
        found = tuple(self._mark(one, segment) for one in codings)
        return Row(
            segment.start,
            segment.end,
            self.text(index),
            (speaker.participant or speaker.label) if speaker else "",
            index == 0 or transcript.segments[index - 1].turn != segment.turn,
            bool(self.counted[index]),
            "coded" if found else "nothing" if nothing else "",
            found,
            memo,
            segment.start in self._differing,
            quiet,
        )

    def _mark(self, one: Coding, segment: Segment) -> Mark:
        return Mark(
            max(0, one.start - segment.start),
            min(one.end, segment.end) - segment.start,
            self._keys.get(one.code, "?"),
            self._book.label(one.code),
            one.code,
            self._colours.get(one.code, ""),
            goes_on=one.end > segment.end,
            went_on=one.start < segment.start,
        )


def rows(transcript: Transcript, book: Codebook, *, differing: Collection[int] = ()) -> SegmentRows:
    """Rows on which no codes are shown; `differing` has the starts of the segments on which coders differ."""
    return SegmentRows(transcript, book, lambda *_: Standing(), differing=differing)


def _parts(spans: Sequence[Span], start: int, end: int) -> tuple[Span, ...]:
    """What lies inside a segment, counted from its beginning."""
    return tuple((max(low, start) - start, min(high, end) - start) for low, high in spans if low < end and high > start)


def _all_spans(stands: Stands) -> list[Span]:
    every: list[Coding | Nothing | Memo] = [*stands.codings, *stands.nothings, *stands.memos]
    return [(one.start, one.end) for one in every]


_Spanned = TypeVar("_Spanned", Coding, Nothing, Memo)


def _by_segment(segments: Sequence[Segment], spans: Iterable[_Spanned]) -> dict[int, list[_Spanned]]:
    """Which spans touch which segment; both are in order, so one walk is enough."""
    found: dict[int, list[_Spanned]] = {}
    first = 0
    for span in sorted(spans, key=lambda one: one.start):
        while first < len(segments) and segments[first].end <= span.start:
            first += 1
        index = first
        while index < len(segments) and segments[index].start < span.end:
            found.setdefault(index, []).append(span)
            index += 1
    return found
