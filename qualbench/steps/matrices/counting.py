"""How a method speaks of frequency: in numbers, in the labels of consensual qualitative research, or not at all."""

from enum import StrEnum

from qualbench.model import METHOD_NAMES, PROFILES, Method


class Counting(StrEnum):
    """Whether a report of a method counts."""

    NONE = "none"
    NUMBERS = "numbers"
    LABELS = "labels"


def counts_allowed(method: Method) -> Counting:
    """What a method lets a report say: Braun & Clarke's reflexive analysis counts nothing, CQR has labels."""
    profile = PROFILES[method]
    return Counting.NONE if profile.counts_nothing else Counting.LABELS if profile.has_labels else Counting.NUMBERS


def why_no_counts(method: Method) -> str:
    """The sentence that stands where numbers would; empty where a method counts."""
    if counts_allowed(method) is not Counting.NONE:
        return ""
    return (
        f"{METHOD_NAMES[method].capitalize()} does not count: a theme is made of meaning, and how many said it "
        "does not say how much it matters (Braun & Clarke)."
    )
