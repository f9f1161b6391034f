"""The disagreement that is observed and the disagreement that is expected, of which Krippendorff's alpha is made.

Both are kept unit by unit, because the spread of alpha over units is what an interval needs.
"""

from typing import TYPE_CHECKING, NamedTuple

from qualbench.steps.agreement.labelled.sets import Distance
from qualbench.steps.agreement.rated.distances import distances, sweep
from qualbench.steps.agreement.rated.ratings import ABSENT, Ratings, paired

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


class Disagreement(NamedTuple):
    """Sums over the pairable units; a unit's own part in each stands in an array, a place for each unit."""

    read: "NDArray[np.float64]"
    """How many coders rated the unit."""
    observed: "NDArray[np.float64]"
    """The distances between the ratings of the unit, both ways, divided by one less than they are."""
    expected: "NDArray[np.float64]"
    """The distances from the ratings of the unit to all ratings."""
    units: tuple[int, ...]
    """Which units of the table these are."""

    @property
    def alpha(self) -> float | None:
        """1 - Do/De (Krippendorff 2011), at most 1; None when nothing varies."""
        total, n = float(self.expected.sum()), float(self.read.sum())
        return 1 - (n - 1) * float(self.observed.sum()) / total if total else None


def disagreement(ratings: Ratings, distance: Distance = "masi") -> Disagreement:
    """Observed and expected disagreement of the pairable units, at the level of the ratings."""
    import numpy as np

    units = paired(ratings)
    said = np.array([ratings.cells[unit] for unit in units], dtype=np.intp).reshape(len(units), len(ratings.coders))
    size = len(ratings.values)
    counts = np.bincount(said[said != ABSENT], minlength=size).astype(np.float64)
    read = (said != ABSENT).sum(axis=1).astype(np.float64)
    unit, first, second = pairs(said)
    apart, to_all = sweep(distances(ratings, counts, distance), size, (first, second), counts[:, None])
    to_pool = np.append(to_all[:, 0], 0.0)  # the last place is what index -1 of a missing rating finds
    return Disagreement(
        read=read,
        observed=np.bincount(unit, weights=2 * apart, minlength=len(units)) / (read - 1),
        expected=to_pool[said].sum(axis=1),
        units=tuple(units),
    )


def pairs(
    said: "NDArray[np.intp]",
) -> "tuple[NDArray[np.intp], NDArray[np.intp], NDArray[np.intp]]":
    """Every two ratings of one unit once: the unit and the two values."""
    import numpy as np

    a, b = np.triu_indices(said.shape[1], 1)
    unit, pair = np.nonzero((said[:, a] != ABSENT) & (said[:, b] != ABSENT))
    return unit, said[unit, a[pair]], said[unit, b[pair]]
