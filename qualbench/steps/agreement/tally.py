"""Who read which unit and gave it which code, as arrays: what every figure of every code is counted from.

Only the codes that were given are held, so that 60 codes cost little more than the three a unit has.
"""

from collections.abc import Iterable, Mapping, Sequence
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from qualbench.model import Unit

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Flags = NDArray[np.bool_]
    Floats = NDArray[np.float64]
    Indexes = NDArray[np.intp]


class Tally(NamedTuple):
    """The units that at least two of the coders read, and every code that somebody gave to one of them.

    A use is one code on one unit, whoever gave it; uses are in the order of units, then of codes.
    """

    codes: tuple[str, ...]
    coders: tuple[str, ...]
    transcripts: tuple[str, ...]
    cluster: "Indexes"
    """Each unit's transcript, as its place in `transcripts`."""
    read: "Flags"
    """Coders by units: who read what."""
    unit: "Indexes"
    """The unit of each use."""
    code: "Indexes"
    """The code of each use, as its place in `codes`."""
    given: "Flags"
    """Coders by uses: who gave it."""

    @property
    def units(self) -> int:
        """How many units two coders read."""
        return len(self.cluster)


class Sums(NamedTuple):
    """What alpha and its limits follow from: sums over the units of each transcript, by code.

    A unit that m coders read and y of them gave the code has a disagreement of y(m - y)/(m - 1).
    """

    readings: "Floats"
    """m, by transcript."""
    yes: "Floats"
    """y, transcripts by codes."""
    split: "Floats"
    """The disagreement, transcripts by codes."""
    differing: "Indexes"
    """By code, the units with a disagreement."""
    together: "Indexes"
    """By code, the units that at least two coders gave it."""
    without: "Indexes"
    """By code, the units that at least two coders left it out of."""


def tally(units: Sequence[Unit], codes: Iterable[str], coders: Sequence[str] = ()) -> Tally:
    """The units two of the coders read (all coders, by name, unless some are named).

    The codes come in the order given, those that are used beside them at the end.
    """
    import numpy as np

    names = tuple(coders) or tuple(sorted({coder for unit in units for coder in unit.readings}))
    read = np.array([[coder in unit.readings for unit in units] for coder in names], dtype=bool)
    read = read.reshape(len(names), len(units))
    pairable = read.sum(axis=0) > 1
    if not pairable.all():
        units, read = [units[place] for place in np.flatnonzero(pairable).tolist()], read[:, pairable]
    held = [[unit.readings.get(coder) for unit in units] for coder in names]
    used = frozenset[str]().union(*chain.from_iterable(filter(None, row) for row in held))
    listed = dict.fromkeys(codes)
    index = {code: place for place, code in enumerate((*listed, *sorted(used.difference(listed))))}
    transcripts = {name: place for place, name in enumerate(sorted({unit.transcript for unit in units}))}
    unit, code, given = _uses(held, index)
    return Tally(
        codes=tuple(index),
        coders=names,
        transcripts=tuple(transcripts),
        cluster=np.array([transcripts[unit.transcript] for unit in units], dtype=np.intp),
        read=read,
        unit=unit,
        code=code,
        given=given,
    )


def _uses(
    held: Sequence[Sequence[frozenset[str] | None]], index: Mapping[str, int]
) -> "tuple[Indexes, Indexes, Flags]":
    """The unit and the code of every use, and coders by uses who gave it; `held` is coders by units."""
    import numpy as np

    size = max(1, len(index))
    own = [_keys(row, index, size) for row in held]
    keys = np.sort(np.concatenate((*own, np.zeros(0, dtype=np.intp))))
    keys = keys[np.flatnonzero(np.diff(keys, prepend=-1))]
    given = np.zeros((len(own), len(keys)), dtype=bool)
    for row, found in zip(given, own, strict=True):
        row[np.searchsorted(keys, found)] = True
    return keys // size, keys % size, given


def _keys(held: Sequence[frozenset[str] | None], index: Mapping[str, int], size: int) -> "Indexes":
    """unit x size + code for every code one coder gave."""
    import numpy as np

    many = np.array([len(codes) if codes else 0 for codes in held], dtype=np.intp)
    codes = map(index.__getitem__, chain.from_iterable(filter(None, held)))
    return np.repeat(np.arange(len(held)) * size, many) + np.fromiter(codes, dtype=np.intp, count=int(many.sum()))


def sums(tally: Tally) -> Sums:
    """Readings, uses and disagreement of every code in every transcript, from counts of each kind of unit."""
    import numpy as np

    size, many, side = len(tally.codes), len(tally.transcripts), len(tally.coders) + 1
    small = np.min_scalar_type(side**2)
    read = tally.read.sum(axis=0, dtype=small)
    m, y = _kinds(read)
    place = np.zeros(side**2, dtype=small)
    place[m * side + y] = np.arange(len(m))
    cell = tally.cluster[tally.unit]  # in place from here: large arrays cost more than the sums on them
    cell *= size
    cell += tally.code
    cell *= len(m)
    cell += place[read[tally.unit] * small.type(side) + tally.given.sum(axis=0, dtype=small)]
    seen = np.bincount(cell, minlength=many * size * len(m)).reshape(many, size, len(m))
    units = seen.sum(axis=0)
    return Sums(
        readings=np.bincount(tally.cluster, weights=read, minlength=many).astype(np.float64),
        yes=(seen * y).sum(axis=2).astype(np.float64),
        split=(seen * (y * (m - y) / (m - 1))).sum(axis=2),
        differing=units[:, y < m].sum(axis=1),
        together=units[:, y > 1].sum(axis=1),
        without=tally.units - units[:, m - y < 2].sum(axis=1),
    )


def _kinds(read: "Indexes") -> "tuple[Indexes, Indexes]":
    """What a unit with a code can be: m coders read it, as some unit was, and y of them, one or more, gave the code."""
    import numpy as np

    found = np.flatnonzero(np.bincount(read)).tolist()
    pairs = [(m, y) for m in found for y in range(1, m + 1)]
    m, y = np.array(pairs, dtype=np.intp).reshape(len(pairs), 2).T
    return m, y
