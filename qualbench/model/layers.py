"""A layer of a long text kept as columns of numbers: the row of one turn or segment is made when it is looked at.

A hundred thousand turns and as many segments take 4 MB so; as objects they take 60 MB, and a third of a second to make.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from operator import eq
from typing import Any, Generic, TypeVar, overload

from qualbench.model.transcripts import Role, Transcript

T = TypeVar("T")


class Layer(Sequence[T], Generic[T]):
    """Rows of one frozen class; it is equal to, and is used as, the tuple of them."""

    __slots__ = ("_columns", "_make")

    def __init__(self, make: Callable[..., T], **columns: Sequence[Any]) -> None:
        self._make, self._columns = make, columns

    def column(self, name: str) -> Sequence[Any]:
        """One field of every row, in order."""
        return self._columns[name]

    def __len__(self) -> int:
        return len(next(iter(self._columns.values())))

    def __iter__(self) -> Iterator[T]:
        return map(self._make, *self._columns.values())

    @overload
    def __getitem__(self, at: int) -> T: ...
    @overload
    def __getitem__(self, at: slice) -> tuple[T, ...]: ...
    def __getitem__(self, at: int | slice) -> T | tuple[T, ...]:
        columns = self._columns.values()
        if isinstance(at, slice):
            return tuple(map(self._make, *(column[at] for column in columns)))
        return self._make(*(column[at] for column in columns))

    def __add__(self, other: tuple[T, ...]) -> tuple[T, ...]:
        return (*self, *other)

    def __radd__(self, other: tuple[T, ...]) -> tuple[T, ...]:
        return (*other, *self)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, (Layer, tuple)) and len(self) == len(other) and all(map(eq, self, other))

    def __hash__(self) -> int:
        return hash(tuple(self))

    def __repr__(self) -> str:
        return repr(tuple(self))


def column(rows: Sequence[Any], name: str) -> Sequence[Any]:
    """One field of every row: at once where the rows are kept as columns, and from each row where they are not."""
    return rows.column(name) if isinstance(rows, Layer) else [getattr(row, name) for row in rows]


def counted(transcript: Transcript) -> bytearray:
    """1 for each segment that counts and 0 for interviewers' speech, as `Transcript.counts` says of one by one."""
    kept = [one.role is Role.PARTICIPANT or transcript.all_count for one in transcript.speakers]
    of_turns = [kept[at] if at >= 0 else True for at in column(transcript.turns, "speaker")]
    return bytearray(map(of_turns.__getitem__, column(transcript.segments, "turn")))
