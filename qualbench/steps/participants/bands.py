"""Bands of a number or a date, so that ages and years can be counted."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from qualbench.errors import UsageError
from qualbench.steps.participants.attributes import Attribute, AttributeKind, BadValue, checked, value_key
from qualbench.text import excerpt


class BadBands(UsageError):
    """Limits that can not part an attribute's values."""

    def __init__(self, attribute: str, why: str) -> None:
        super().__init__(f"'{excerpt(attribute, 60)}' can not be parted like this: {why}.")


@dataclass(frozen=True, slots=True)
class Bands:
    """Half-open bands of one attribute: a limit belongs to the band above it."""

    attribute: Attribute
    limits: tuple[str, ...]
    """As they are kept, ascending."""

    @property
    def labels(self) -> tuple[str, ...]:
        """The bands in words, lowest first; one more than there are limits."""
        first, last = self.limits[0], self.limits[-1]
        dates = self.attribute.kind is AttributeKind.DATE
        below, above = (f"before {first}", f"{last} or later") if dates else (f"under {first}", f"{last} or more")
        within = "to before" if dates else "to under"
        between = (f"{low} {within} {high}" for low, high in pairwise(self.limits))
        return (below, *between, above)

    def label(self, value: str) -> str:
        """The band in which a kept value is."""
        keys = [value_key(self.attribute, limit) for limit in self.limits]
        return self.labels[bisect_right(keys, value_key(self.attribute, value))]


def bands(attribute: Attribute, limits: Sequence[str]) -> Bands:
    """The bands between ascending limits, which are numbers or days as they are written in a table.

    >>> bands(Attribute("age", AttributeKind.NUMBER), ["30", "50"]).labels
    ('under 30', '30 to under 50', '50 or more')
    """
    if attribute.kind not in (AttributeKind.NUMBER, AttributeKind.DATE):
        raise BadBands(attribute.name, f"it is a {attribute.kind}, not a number or a date")
    kept: list[str] = []
    for limit in limits:
        value = checked(attribute, limit)
        if isinstance(value, BadValue) or not value:
            raise BadBands(attribute.name, value.message if isinstance(value, BadValue) else "a limit is empty")
        kept.append(value)
    keys = [value_key(attribute, value) for value in kept]
    if not keys or any(not low < high for low, high in pairwise(keys)):
        raise BadBands(attribute.name, "the limits must ascend" if keys else "there are no limits")
    return Bands(attribute, tuple(kept))
