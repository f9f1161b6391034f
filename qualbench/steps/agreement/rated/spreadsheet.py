"""The agreement of a whole table of ratings under stable keys; a figure that does not exist says why."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from qualbench.steps.agreement.rated import coefficients
from qualbench.steps.agreement.rated.intervals import Interval, interval
from qualbench.steps.agreement.rated.ratings import Ratings, Undefined, paired

KEYS = ("alpha", "ci", "kappa", "pi", "fleiss", "conger", "bp", "ac1", "percent")
"""The figures, in the order they are shown."""


@dataclass(frozen=True, slots=True)
class TableAgreement:
    """Every figure of a table, or why there is none."""

    figures: Mapping[str, float | Undefined]
    ci: Interval | Undefined
    """95 % limits of alpha."""
    n_units: int
    """Rows of the table."""
    n_pairable: int
    """Rows that at least two coders rated."""

    @property
    def warnings(self) -> tuple[str, ...]:
        """What to know about the interval."""
        return self.ci.warnings if isinstance(self.ci, Interval) else ()


def agreement(ratings: Ratings, name: str = "the table") -> TableAgreement:
    """The agreement of a table; sets are compared by MASI distance."""
    alpha = coefficients.alpha(ratings, name=name)
    figures = {
        "alpha": alpha,
        "kappa": coefficients.cohen(ratings),
        "pi": coefficients.scott(ratings),
        "fleiss": coefficients.fleiss(ratings),
        "conger": coefficients.conger(ratings),
        "bp": coefficients.brennan_prediger(ratings),
        "ac1": coefficients.gwet(ratings),
        "percent": coefficients.percent(ratings),
    }
    ci = alpha if isinstance(alpha, Undefined) else interval(ratings)
    return TableAgreement(figures, ci, len(ratings.cells), len(paired(ratings)))


def to_data(found: TableAgreement) -> dict[str, Any]:
    """The agreement under stable keys; null where it is undefined, and `why` has a sentence for every null."""
    data: dict[str, Any] = {}
    for key in KEYS:
        value = found.ci if key == "ci" else found.figures[key]
        data[key] = [value.low, value.high] if isinstance(value, Interval) else _known(value)
    return data | {"n_units": found.n_units, "n_pairable": found.n_pairable, "why": reasons(found)}


def reasons(found: TableAgreement) -> dict[str, str]:
    """Why figures are undefined, by key."""
    told = {key: found.ci if key == "ci" else found.figures[key] for key in KEYS}
    return {key: value.why for key, value in told.items() if isinstance(value, Undefined)}


def _known(value: float | Undefined) -> float | None:
    return None if isinstance(value, Undefined) else value
