"""What a transcript view shows: rows of text, and the codes that stand on stretches of them.

A study of a hundred thousand segments has a million codings, so rows may be made only when somebody looks at them.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import overload

from rich.cells import cell_len

from qualbench.text import shown

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Mark:
    """A code on a stretch of a row; offsets count from the row's own text."""

    start: int
    end: int
    key: str
    """The code's short key, for instance A1."""
    label: str
    code: str = ""
    """The code's id."""
    colour: str = ""
    """A name of `hues.HUES`, a name of the web, or #rrggbb; empty for the screen's own."""
    goes_on: bool = False
    """It stands on the next row too."""
    went_on: bool = False
    """It stands on the row before too."""


@dataclass(frozen=True, slots=True)
class Row:
    """One segment as the transcript view shows it."""

    start: int
    end: int
    text: str
    speaker: str
    first_of_turn: bool
    counts: bool
    """False for interviewers' speech."""
    state: str = ""
    """Empty while undecided, `coded`, or `nothing` when nothing applies."""
    marks: tuple[Mark, ...] = ()
    memo: bool = False
    differs: bool = False
    quiet: tuple[Span, ...] = ()
    """Stretches that are not speech, such as times and sounds; offsets count from the row's own text, none overlap."""


class Rows(Sequence[Row]):
    """Rows that may be made when they are asked for; lengths and measures are known without making any."""

    @property
    @abstractmethod
    def lengths(self) -> Sequence[int]:
        """How many code points each row's text has."""

    @property
    @abstractmethod
    def measures(self) -> tuple[int, int]:
        """Cells of the longest speaker label, and of the longest code key between 2 and 4."""

    @abstractmethod
    def text(self, index: int) -> str:
        """The text of one row."""

    @abstractmethod
    def row(self, index: int) -> Row:
        """One row, by an index that is there."""

    def __len__(self) -> int:
        """How many rows there are."""
        return len(self.lengths)

    @overload
    def __getitem__(self, index: int) -> Row: ...
    @overload
    def __getitem__(self, index: slice) -> list[Row]: ...
    def __getitem__(self, index: int | slice) -> Row | list[Row]:
        """One row, or several."""
        if isinstance(index, slice):
            return [self.row(one) for one in range(*index.indices(len(self)))]
        if not -len(self) <= index < len(self):
            raise IndexError(index)
        return self.row(index % len(self))


class Listed(Rows):
    """Rows that are there already."""

    def __init__(self, rows: Sequence[Row]) -> None:
        self._rows = rows

    @property
    def lengths(self) -> Sequence[int]:
        """How many code points each row's text has."""
        return [len(row.text) for row in self._rows]

    @property
    def measures(self) -> tuple[int, int]:
        """Cells of the longest speaker label, and of the longest code key between 2 and 4."""
        keys = {mark.key for row in self._rows for mark in row.marks}
        return measured({row.speaker for row in self._rows}, keys)

    def text(self, index: int) -> str:
        """The text of one row."""
        return self._rows[index].text

    def row(self, index: int) -> Row:
        """One row, by an index that is there."""
        return self._rows[index]

    def __len__(self) -> int:
        """How many rows there are."""
        return len(self._rows)


class Texts(Sequence[str]):
    """The texts of rows, made when they are asked for."""

    def __init__(self, rows: Rows) -> None:
        self._rows = rows

    def __len__(self) -> int:
        """How many rows there are."""
        return len(self._rows)

    @overload
    def __getitem__(self, index: int) -> str: ...
    @overload
    def __getitem__(self, index: slice) -> list[str]: ...
    def __getitem__(self, index: int | slice) -> str | list[str]:
        """The text of one row, or of several."""
        if isinstance(index, slice):
            return [self._rows.text(one) for one in range(*index.indices(len(self)))]
        return self._rows.text(index)


def measured(speakers: Iterable[str], keys: Iterable[str]) -> tuple[int, int]:
    """Cells of the longest speaker label, and of the longest code key between 2 and 4."""
    widest = max((cell_len(shown(key)) for key in keys), default=2)
    return max((cell_len(shown(name)) for name in speakers), default=0), max(2, min(4, widest))


def legend(rows: Iterable[Row]) -> list[tuple[str, str, str]]:
    """Key, label and colour of every code on these rows, each code once, in the order in which they begin.

    >>> legend([Row(0, 4, "said", "", True, True, marks=(Mark(0, 4, "A1", "Trust", colour="orange"),))])
    [('A1', 'Trust', 'orange')]
    """
    return list(dict.fromkeys((mark.key, mark.label, mark.colour) for row in rows for mark in row.marks))
