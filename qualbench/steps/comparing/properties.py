"""Properties of a code with their dimensions, as a memo says them: `warmth: from distant to close` (Glaser 1965)."""

import re
from dataclasses import dataclass

_SAID = re.compile(
    r"\s*(?P<name>[^:]+?)\s*:\s*(?:from\s+(?P<low>.+?)\s+to\s+(?P<high>.+?)|(?P<rest>.+?))\s*\Z", re.I | re.S
)


@dataclass(frozen=True, slots=True)
class Property:
    """Something about the incidents under a code that varies, and how far it goes."""

    name: str
    low: str = ""
    high: str = ""
    """The two ends of its dimension; empty where nobody said them."""

    @property
    def told(self) -> str:
        """It in words."""
        return f"{self.name}: from {self.low} to {self.high}" if self.low or self.high else self.name


def property_of(words: str) -> Property:
    """The property that a memo names; words without a dimension are all name.

    >>> property_of("warmth: from distant to close").high
    'close'
    """
    words = " ".join(words.split())
    match = _SAID.match(words)
    if match is None or match["low"] is None:
        return Property(words)
    return Property(match["name"], match["low"], match["high"])
