"""Krippendorff's alpha for one code, applied or not: by the krippendorff package, checked by the formula.

Both are computed every time; when they differ nothing is reported, because one of them must be wrong.
"""

import math

from qualbench.errors import QualbenchError
from qualbench.steps.agreement.tables import Votes

TOLERANCE = 1e-9


class AlphaMismatch(QualbenchError):
    def __init__(self, code: str, formula: float | None, package: float | None) -> None:
        super().__init__(
            f"Alpha of '{code}' is {formula} by its formula and {package} by the krippendorff package, "
            "so no agreement is reported.",
            "Install the krippendorff package anew (0.9 or later); if it stays so, please report it.",
        )


def alpha(code: str, votes: Votes) -> float | None:
    """Krippendorff's alpha (2004), nominal, any number of coders, at most 1; None when nothing varies."""
    paired = {(read, applied): n for (read, applied), n in sorted(votes.items()) if read > 1}
    formula, package = by_formula(paired), by_package(paired)
    if formula is None and package is None:
        return None
    if formula is None or package is None or abs(formula - package) > TOLERANCE:
        raise AlphaMismatch(code, formula, package)
    return package


def by_formula(votes: Votes) -> float | None:
    """1 - Do/De for a yes/no variable (Krippendorff 2011), at most 1; None when nothing varies.

    That is 1 - (n - 1) sum[yes_i no_i / (m_i - 1)] / (yes no) with n = yes + no readings, m_i of unit i.
    """
    yes = sum(n * applied for (_, applied), n in votes.items())
    no = sum(n * (read - applied) for (read, applied), n in votes.items())
    if not yes * no:
        return None
    split = math.fsum(n * applied * (read - applied) / (read - 1) for (read, applied), n in votes.items())
    return 1 - (yes + no - 1) * split / (yes * no)


def by_package(votes: Votes) -> float | None:
    """The same from the krippendorff package; None where it raises or answers nan."""
    import krippendorff
    import numpy as np

    kinds = np.array([(read - applied, applied) for read, applied in votes], dtype=np.int64).reshape(-1, 2)
    counts = np.repeat(kinds, list(votes.values()), axis=0)
    try:
        with np.errstate(invalid="ignore", divide="ignore"):
            value = float(krippendorff.alpha(value_counts=counts, level_of_measurement="nominal"))
    except ValueError:  # it refuses data without one unit that two coders read
        return None
    return None if math.isnan(value) else value
