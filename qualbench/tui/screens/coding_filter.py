"""Showing only some segments of a transcript: undecided ones, those with a code, with a memo, or with some words."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from qualbench.text import folded
from qualbench.tui.screens.rows import SegmentRows
from qualbench.tui.widgets.marks import Row, Rows


@dataclass(frozen=True, slots=True)
class Filter:
    """What is shown: a word for the heading, and which segments it lets through."""

    words: str
    passes: Callable[[SegmentRows], Sequence[int]] | None = None
    """The segments by number; None lets everything through."""


EVERYTHING = Filter("")
UNDECIDED = Filter("undecided", lambda rows: [number for number, flag in enumerate(rows.undecided) if flag])


def with_words(query: str) -> Filter:
    """The segments in which all of these words stand, as they are written or a part of longer ones."""
    wanted = [folded(word) for word in query.split()]

    def passes(rows: SegmentRows) -> Sequence[int]:
        texts = ((number, folded(rows.text(number))) for number in range(len(rows)))
        return [number for number, text in texts if all(word in text for word in wanted)]

    return Filter(f"with '{query}'", passes)


def touching(spans: Sequence[tuple[int, int]], words: str) -> Filter:
    """The segments that any of these spans reaches into."""

    def passes(rows: SegmentRows) -> Sequence[int]:
        found: set[int] = set()
        for start, end in spans:
            found.update(range(rows.at(start), rows.at(max(start, end - 1)) + 1))
        return sorted(found)

    return Filter(words, passes)


class Chosen(Rows):
    """Some rows of a transcript, by their numbers in it."""

    def __init__(self, whole: SegmentRows, indexes: Sequence[int]) -> None:
        self.whole = whole
        self.indexes = array("q", indexes)

    @property
    def lengths(self) -> Sequence[int]:
        """How many code points each row's text has."""
        lengths = self.whole.lengths
        return [lengths[index] for index in self.indexes]

    @property
    def measures(self) -> tuple[int, int]:
        """As in the whole transcript, so that nothing moves."""
        return self.whole.measures

    def text(self, index: int) -> str:
        """The text of one row."""
        return self.whole.text(self.indexes[index])

    def row(self, index: int) -> Row:
        """One row, by an index that is there."""
        return self.whole.row(self.indexes[index])

    def __len__(self) -> int:
        """How many rows are shown."""
        return len(self.indexes)

    def has(self, segment: int) -> bool:
        """Whether a segment is shown."""
        row = bisect_left(self.indexes, segment)
        return row < len(self.indexes) and self.indexes[row] == segment

    def row_of(self, segment: int) -> int:
        """The row of a segment, or of the next one that is shown."""
        return max(0, min(bisect_left(self.indexes, segment), len(self.indexes) - 1))

    def rows_of(self, first: int, end: int) -> tuple[int, int]:
        """The rows of a run of segments, half-open."""
        return bisect_left(self.indexes, first), bisect_left(self.indexes, end)


def chosen(rows: SegmentRows, what: Filter) -> Chosen | None:
    """The rows that a filter lets through; None when it lets all through."""
    return None if what.passes is None else Chosen(rows, what.passes(rows))
