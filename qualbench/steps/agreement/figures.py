"""The figures of one two-by-two table; each is None where it is undefined.

What is corrected for chance is undefined when nothing varies, also where its formula would say 1.
"""

from collections.abc import Sequence
from statistics import fmean

from qualbench.steps.agreement.tables import Table


def percent(table: Table) -> float | None:
    """Observed agreement: the share of units, 0 to 1, on which both coders did the same."""
    return _share(table.both + table.neither, table.units)


def positive(table: Table) -> float | None:
    """Positive agreement, 0 to 1: when one coder applied the code, how often the other did.

    2a / (2a + b + c), Cicchetti & Feinstein 1990.
    """
    return _share(2 * table.both, 2 * table.both + table.only_a + table.only_b)


def negative(table: Table) -> float | None:
    """Negative agreement, 0 to 1: when one coder left the code out, how often the other did.

    2d / (2d + b + c), Cicchetti & Feinstein 1990.
    """
    return _share(2 * table.neither, 2 * table.neither + table.only_a + table.only_b)


def prevalence(table: Table) -> tuple[float | None, float | None]:
    """The share of units, 0 to 1, that each coder gave the code."""
    return _share(table.by_a, table.units), _share(table.by_b, table.units)


def prevalence_index(table: Table) -> float | None:
    """(both - neither) / units, -1 (never used) to 1 (always), Byrt, Bishop & Carlin 1993."""
    return _share(table.both - table.neither, table.units)


def bias_index(table: Table) -> float | None:
    """(only a - only b) / units, -1 to 1: how much more often the first coder uses it, Byrt, Bishop & Carlin 1993."""
    return _share(table.only_a - table.only_b, table.units)


def kappa(table: Table) -> float | None:
    """Cohen's kappa (1960), -1 to 1: chance from each coder's own use of the code."""
    return _corrected(table, _by_coder(table), table.units**2)


def pi(table: Table) -> float | None:
    """Scott's pi (1955), -1 to 1: chance from both coders' use of the code together."""
    yes = table.by_a + table.by_b
    return _corrected(table, yes**2 + (2 * table.units - yes) ** 2, 4 * table.units**2)


def pabak(table: Table) -> float | None:
    """Brennan & Prediger's coefficient (1981) for two categories, -1 to 1: chance is one half, so 2 percent - 1."""
    return _corrected(table, 1, 2)


def ac1(table: Table) -> float | None:
    """Gwet's AC1 (2008), -1 to 1: chance is 2q(1 - q) for the mean prevalence q."""
    yes = table.by_a + table.by_b
    return _corrected(table, 2 * yes * (2 * table.units - yes), 4 * table.units**2)


def pooled(tables: Sequence[Table]) -> float | None:
    """(mean percent - mean chance) / (1 - mean chance) over the tables that vary, with Cohen's chance, at most 1.

    De Vries, Elliott, Kanouse & Teleki 2008.
    """
    varying = [table for table in tables if table.varies]
    if not varying:
        return None
    observed = fmean((table.both + table.neither) / table.units for table in varying)
    chance = fmean(_by_coder(table) / table.units**2 for table in varying)
    return (observed - chance) / (1 - chance)


def _by_coder(table: Table) -> int:
    """Cohen's chance, times the units squared."""
    n = table.units
    return table.by_a * table.by_b + (n - table.by_a) * (n - table.by_b)


def _corrected(table: Table, chance: int, of: int) -> float | None:
    """(po - pe) / (1 - pe) with pe = chance / of; whole numbers until the last division."""
    if not table.varies:
        return None
    same, n = table.both + table.neither, table.units
    return _share(same * of - n * chance, n * (of - chance))


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None
