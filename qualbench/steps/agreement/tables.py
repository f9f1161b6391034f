"""What the coders did with each code, counted over the units: the table of a pair, and the votes of all."""

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from qualbench.model import Unit

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

Votes = Mapping[tuple[int, int], int]
"""(coders who read a unit, coders among them who applied the code) to the number of such units."""


class Table(NamedTuple):
    """Units by what two coders, a and b, did with one code."""

    both: int
    only_a: int
    only_b: int
    neither: int

    @property
    def units(self) -> int:
        """How many units both coders read."""
        return sum(self)

    @property
    def by_a(self) -> int:
        """How many units coder a gave the code."""
        return self.both + self.only_a

    @property
    def by_b(self) -> int:
        """How many units coder b gave the code."""
        return self.both + self.only_b


def count(units: Sequence[Unit], codes: Sequence[str], coders: Sequence[str]) -> Iterator[tuple[str, Table, Votes]]:
    """Each code with the table of the first two coders and the votes of all of them."""
    import numpy as np

    said, sets = _said(units, coders)
    read = (said >= 0).sum(axis=0)
    first, second = said[:2, (said[:2] >= 0).all(axis=0)]
    width = len(coders) + 1
    for code, holds in zip(codes, _holds(sets, codes), strict=True):
        cells = np.bincount(2 * holds[first] + holds[second], minlength=4).tolist()
        applied = holds[said].sum(axis=0)
        votes = np.bincount(read * width + applied)
        yield (
            code,
            Table(cells[3], cells[2], cells[1], cells[0]),
            {divmod(int(cell), width): int(votes[cell]) for cell in np.flatnonzero(votes)},
        )


def _said(units: Sequence[Unit], coders: Sequence[str]) -> "tuple[NDArray[np.intp], list[frozenset[str]]]":
    """Coders by units, each cell the index of a distinct code set or -1 where the coder skipped the unit.

    There are at least two rows, so that a study with one coder is a pair in which one read nothing.
    """
    import numpy as np

    index: dict[frozenset[str], int] = {}
    said = np.full((max(2, len(coders)), len(units)), -1, dtype=np.intp)
    for row, coder in enumerate(coders):
        readings = (unit.readings.get(coder) for unit in units)
        said[row] = [-1 if codes is None else index.setdefault(codes, len(index)) for codes in readings]
    return said, list(index)


def _holds(sets: Sequence[frozenset[str]], codes: Sequence[str]) -> "NDArray[np.bool_]":
    """Codes by distinct sets; the last column, which index -1 of a skipped unit finds, holds no code."""
    import numpy as np

    row = {code: number for number, code in enumerate(codes)}
    cells = [(row[code], column) for column, held in enumerate(sets) for code in held]
    holds = np.zeros((len(codes), len(sets) + 1), dtype=bool)
    if cells:
        rows, columns = np.array(cells).T
        holds[rows, columns] = True
    return holds
