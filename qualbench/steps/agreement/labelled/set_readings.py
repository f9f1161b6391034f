"""What several coders said of the same units, as whole sets of codes, with every different set held once."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from qualbench.model import Unit
from qualbench.steps.agreement.labelled.set_distances import Apart

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Indexes = NDArray[np.intp]

NO_UNITS = "undefined (no units): no unit was coded by two coders"
NO_VARIATION = "undefined (no variation): every reading is the same set of codes"


class SetReadings(NamedTuple):
    """The readings of the units that at least two coders read, unit after unit, and their pairs within a unit."""

    sets: tuple[frozenset[str], ...]
    """The different sets, as they first occur."""
    said: "Indexes"
    """Each reading: where its set stands in `sets`."""
    read: "Indexes"
    """How many coders read each unit."""
    transcripts: tuple[str, ...]
    """The transcript of each unit."""
    unit: "Indexes"
    """The unit of each pair."""
    overlap: "Indexes"
    """Where the sizes and the shared codes of each pair stand in `overlaps`."""
    overlaps: tuple[tuple[int, int, int], ...]

    @property
    def given(self) -> "Indexes":
        """How many readings each set has."""
        import numpy as np

        return np.bincount(self.said, minlength=len(self.sets))

    @property
    def undefined(self) -> str:
        """Why no coefficient over these sets exists; empty when one does."""
        if not self.sets:
            return NO_UNITS
        return NO_VARIATION if len(self.sets) == 1 else ""


def set_readings(units: Sequence[Unit]) -> SetReadings:
    """The readings that can be compared; a unit that fewer than two coders read is left out."""
    import numpy as np

    compared = [unit for unit in units if len(unit.readings) > 1]
    index: dict[frozenset[str], int] = {}
    said = np.array(
        [index.setdefault(held, len(index)) for unit in compared for held in unit.readings.values()], dtype=np.intp
    )
    read = np.array([len(unit.readings) for unit in compared], dtype=np.intp)
    sets = tuple(index)
    of, first, second = _pairs(said, read)
    different, which = np.unique(first * len(sets) + second, return_inverse=True)
    triples: dict[tuple[int, int, int], int] = {}
    found = [
        triples.setdefault((len(x), len(y), len(x & y)), len(triples))
        for x, y in ((sets[pair // len(sets)], sets[pair % len(sets)]) for pair in different.tolist())
    ]
    return SetReadings(
        sets=sets,
        said=said,
        read=read,
        transcripts=tuple(unit.transcript for unit in compared),
        unit=of,
        overlap=np.array(found, dtype=np.intp)[which],
        overlaps=tuple(triples),
    )


def over_pairs(readings: SetReadings, of_pair: Apart) -> "Floats":
    """The mean of a figure of two sets over the pairs of readings of each unit."""
    import numpy as np

    values = np.array([of_pair(*overlap) for overlap in readings.overlaps], dtype=np.float64)
    sums = np.bincount(readings.unit, weights=values[readings.overlap], minlength=len(readings.read))
    means: Floats = 2 * sums / (readings.read * (readings.read - 1))
    return means


def _pairs(said: "Indexes", read: "Indexes") -> "tuple[Indexes, Indexes, Indexes]":
    """Every two readings of one unit once: the unit, and the places of their sets."""
    import numpy as np

    start = np.cumsum(read) - read
    units, firsts, seconds = ([np.empty(0, dtype=np.intp)] for _ in range(3))
    for many in np.unique(read).tolist():
        own = np.flatnonzero(read == many)
        a, b = np.triu_indices(many, 1)
        rows = said[start[own, None] + np.arange(many)]
        units.append(np.repeat(own, len(a)))
        firsts.append(rows[:, a].ravel())
        seconds.append(rows[:, b].ravel())
    return np.concatenate(units), np.concatenate(firsts), np.concatenate(seconds)
