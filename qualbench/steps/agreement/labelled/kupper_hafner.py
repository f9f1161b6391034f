"""Two older coefficients for several codes on a unit, for comparison with studies that used them.

For new work alpha with Jaccard distance does the same with a correction for small samples.
"""

from collections.abc import Sequence
from dataclasses import replace

from qualbench.model import Unit
from qualbench.steps.agreement.labelled.overlaps import to_all
from qualbench.steps.agreement.labelled.set_distances import jaccard
from qualbench.steps.agreement.labelled.set_readings import NO_UNITS, SetReadings, over_pairs, set_readings
from qualbench.steps.agreement.rated.ratings import Undefined

TWO_CODERS = Undefined("Kupper & Hafner's coefficient is for two coders")
NOTHING_APPLIED = Undefined("undefined: both coders left every unit empty, where the coefficient is 0/0")
ALL_APPLIED = Undefined(
    "undefined (no variation): agreement by chance is certain, both coders gave every unit all codes"
)
_CERTAIN = 1e-12


def kupper_hafner(units: Sequence[Unit], codes: int, pair: tuple[str, str] | None = None) -> float | Undefined:
    """Kupper & Hafner (1989), at most 1, of two coders who choose among the `codes` codes of the codebook.

    The mean of |A & B| / max(|A|, |B|), corrected for the chance sum min(|A|, |B|) / (N codes): every code is held
    to be equally likely. A unit that both left empty has 0/0 and is left out, which is the same as to say that
    chance alone makes two empty sets agree.
    """
    coders = sorted({coder for unit in units for coder in unit.readings}) if pair is None else pair
    if len(coders) != 2:
        return TWO_CODERS
    readings = set_readings(_of(units, *coders))
    seen = len(frozenset().union(*readings.sets))
    if seen > codes:
        return Undefined(f"the codebook is said to have {codes} codes, and {seen} were applied")
    return Undefined(NO_UNITS) if not readings.sets else _corrected(readings, codes)


def mezzich(units: Sequence[Unit]) -> float | Undefined:
    """Mezzich et al. (1981), at most 1, any number of coders: Jaccard overlap in the units against all pairs.

    Observed is the mean over units of the mean overlap of their pairs of readings, chance the mean overlap of
    all pairs of readings in the pool. Two empty sets overlap fully.
    """
    readings = set_readings(units)
    if readings.undefined:
        return Undefined(readings.undefined)
    given, many = readings.given, len(readings.said)
    observed = float(over_pairs(readings, jaccard).mean())
    expected = float(given @ to_all(readings.sets, given, [jaccard])[:, 0]) / (many * (many - 1))
    return 1 - observed / expected


def _of(units: Sequence[Unit], a: str, b: str) -> list[Unit]:
    """What two coders said of the units that both read."""
    both = (unit for unit in units if a in unit.readings and b in unit.readings)
    return [replace(unit, readings={a: unit.readings[a], b: unit.readings[b]}) for unit in both]


def _corrected(readings: SetReadings, codes: int) -> float | Undefined:
    counted = int(over_pairs(readings, lambda x, y, _: float(max(x, y) > 0)).sum())
    if not counted:
        return NOTHING_APPLIED
    observed = over_pairs(readings, lambda x, y, shared: shared / max(x, y, 1)).sum() / counted
    chance = over_pairs(readings, lambda x, y, _: min(x, y) / codes).sum() / counted
    return ALL_APPLIED if 1 - chance < _CERTAIN else float((observed - chance) / (1 - chance))
