"""Every alpha that is published is computed a second time, by the krippendorff package, from the units alone.

It takes the package seconds, so it is done when figures leave the study and not while people work.
"""

import math
import random
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any, get_args

from qualbench.model import Agreement, CodeAgreement, SetAlpha, Unit
from qualbench.steps.agreement.alpha import TOLERANCE, AlphaMismatch
from qualbench.steps.agreement.labelled.set_distances import Distance, set_distance
from qualbench.steps.agreement.labelled.sets import set_alpha
from qualbench.text import counted

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

SAMPLE = 150
"""Units over which alphas of code sets are computed again."""
CELLS = 1 << 23
"""Units x sets x sets that the package may build at once; a sample beyond it is cut down."""


def publish(run: Agreement, units: Sequence[Unit]) -> Agreement:
    """The run, with a sentence on how its alphas were checked; AlphaMismatch when one is not what the package finds.

    Alphas of codes are computed again over all units and coders, those of code sets over a sample of units.
    """
    compared = [unit for unit in units if len(unit.readings) > 1]
    for code, package in zip(run.codes, _by_package(compared, run.codes), strict=True):
        _must_match(code.code, code.alpha, package)
    sample = _sample(compared, run.recipe.seed)
    sets = [one for one in (run.set_alpha, *run.other_sets) if one.distance in get_args(Distance)]
    for one in sets:
        _check_sets(one, sample, whole=len(sample) == len(compared))
    return replace(run, checked=_checked(run, [one.distance for one in sets], len(sample), len(compared)))


def _by_package(compared: Sequence[Unit], codes: Sequence[CodeAgreement]) -> Iterator[float | None]:
    """The alpha of each code from its coders x units matrix: 1 applied, 0 not, nan where a coder skipped the unit."""
    import numpy as np

    coders = sorted({coder for unit in compared for coder in unit.readings})
    rows = [[unit.readings.get(coder) for unit in compared] for coder in coders]
    for code in (one.code for one in codes):
        said = [[math.nan if held is None else float(code in held) for held in row] for row in rows]
        yield _package(reliability_data=np.array(said).reshape(len(coders), len(compared)), value_domain=[0, 1])


def _check_sets(one: SetAlpha, sample: Sequence[Unit], *, whole: bool) -> None:
    """The project's own alpha of the sample against the package's, and the run's too when the sample is everything."""
    (distance,) = (known for known in get_args(Distance) if known == one.distance)
    package = _sets_by_package(sample, distance)
    name = f"code sets ({distance})"
    _must_match(name, set_alpha(sample, distance).value, package)
    if whole:
        _must_match(name, one.value, package)


def _sets_by_package(sample: Sequence[Unit], distance: Distance) -> float | None:
    """Alpha over code sets with the distances handed to the package as a table."""
    import numpy as np

    sets = _sets(sample)
    place = {codes: number for number, codes in enumerate(sets)}
    counts = np.zeros((len(sample), len(sets)), dtype=np.int64)
    for row, unit in enumerate(sample):
        for codes in unit.readings.values():
            counts[row, place[codes]] += 1
    apart = np.array([[set_distance(x, y, distance) for y in sets] for x in sets])

    def between(*_: object, **__: object) -> "NDArray[np.float64]":
        return apart

    return _package(value_counts=counts, level_of_measurement=between)


def _package(level_of_measurement: Any = "nominal", **data: Any) -> float | None:
    """Alpha by the krippendorff package; None where it refuses the data or answers nan."""
    import krippendorff
    import numpy as np

    try:
        with np.errstate(invalid="ignore", divide="ignore"):
            value = float(krippendorff.alpha(level_of_measurement=level_of_measurement, **data))
    except ValueError:  # it refuses data in which nothing varies, or without one unit that two coders read
        return None
    return None if math.isnan(value) else value


def _must_match(name: str, formula: float | None, package: float | None) -> None:
    if formula is None and package is None:
        return
    if formula is None or package is None or not abs(formula - package) <= TOLERANCE:
        raise AlphaMismatch(name, formula, package)


def _sample(compared: Sequence[Unit], seed: int) -> list[Unit]:
    """Units drawn with the seed of the run, few enough for the package, which compares all sets in every unit."""
    chance = random.Random(seed)  # noqa: S311 - a draw that can be repeated, no secret
    drawn = chance.sample(compared, min(SAMPLE, len(compared)))
    while len(drawn) > 2 and len(drawn) * len(_sets(drawn)) ** 2 > CELLS:
        drawn = drawn[: len(drawn) * 3 // 4]
    return drawn


def _sets(units: Sequence[Unit]) -> list[frozenset[str]]:
    return sorted({codes for unit in units for codes in unit.readings.values()}, key=sorted)


def _checked(run: Agreement, distances: Sequence[str], sample: int, units: int) -> str:
    from importlib.metadata import version

    codes = counted(len(run.codes), "alpha") + " of codes"
    if run.overall.undefined:
        codes += f" ({run.overall.undefined} of them undefined)"
    sets = f"{counted(len(distances), 'alpha')} of code sets ({', '.join(distances)})"
    drawn = f" drawn with seed {run.recipe.seed}" if sample < units else ""
    return (
        f"krippendorff {version('krippendorff')} computed {codes} over {counted(units, 'unit')} and {sets} over "
        f"{counted(sample, 'unit')}{drawn}, and found the same to 1e-9."
    )
