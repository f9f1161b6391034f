"""The figures of one two-by-two table; each is None where its denominator is zero."""

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


def kappa(table: Table) -> float | None:
    """Cohen's kappa (1960), -1 to 1; None when agreement by chance is certain."""
    n = table.units
    observed = n * (table.both + table.neither)
    expected = table.by_a * table.by_b + (n - table.by_a) * (n - table.by_b)
    return _share(observed - expected, n * n - expected)


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None
