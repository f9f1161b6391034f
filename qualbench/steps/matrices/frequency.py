"""How a method speaks of frequency: in numbers, in the labels of consensual qualitative research, or not at all."""

from dataclasses import dataclass
from enum import StrEnum

from qualbench.model import METHOD_NAMES, Method


class Counting(StrEnum):
    """Whether a report of a method counts."""

    NONE = "none"
    NUMBERS = "numbers"
    LABELS = "labels"


class Frequency(StrEnum):
    """How many of the cases have a category, in the words of Hill et al."""

    GENERAL = "general"
    TYPICAL = "typical"
    VARIANT = "variant"
    RARE = "rare"
    SINGLE = "single case"
    """Not reported; it goes to 'other'."""
    NONE = "none"


@dataclass(frozen=True, slots=True)
class FrequencyRule:
    """Where the labels begin and end; the defaults are those of Hill et al. 2005."""

    general_short_of: int = 1
    """How many cases may be missing from general: 1, or 0 as in the text of 1997."""
    rare_above: int = 15
    """With more cases than these, 2 and 3 cases are rare."""


def counts_allowed(method: Method) -> Counting:
    """What a method lets a report say: Braun & Clarke's reflexive analysis counts nothing, CQR has labels."""
    return {Method.REFLEXIVE: Counting.NONE, Method.CQR: Counting.LABELS}.get(method, Counting.NUMBERS)


def why_no_counts(method: Method) -> str:
    """The sentence that stands where numbers would; empty where a method counts."""
    if counts_allowed(method) is not Counting.NONE:
        return ""
    return (
        f"{METHOD_NAMES[method].capitalize()} does not count: a theme is made of meaning, and how many said it "
        "does not say how much it matters (Braun & Clarke)."
    )


def frequency(cases: int, of: int, rule: FrequencyRule | None = None) -> Frequency:
    """The label of a category that `cases` of all `of` cases have (Hill et al. 2005)."""
    if not 0 <= cases <= of:
        raise ValueError(f"{cases} of {of} cases is not possible")
    if cases < 2:
        return Frequency.SINGLE if cases else Frequency.NONE
    for label, (low, high) in spans(of, rule).items():
        if low <= cases <= high:
            return label
    raise AssertionError(cases, of)


def spans(of: int, rule: FrequencyRule | None = None) -> dict[Frequency, tuple[int, int]]:
    """From how many to how many of N cases each label goes; a label that N leaves no room for is not there."""
    rule = rule or FrequencyRule()
    general = max(2, of - rule.general_short_of)
    typical = min(general, max(2, of // 2 + 1))
    variant = min(typical, 4 if of > rule.rare_above else 2)
    limits = {
        Frequency.GENERAL: (general, of),
        Frequency.TYPICAL: (typical, general - 1),
        Frequency.VARIANT: (variant, typical - 1),
        Frequency.RARE: (2, variant - 1),
    }
    return {label: limit for label, limit in limits.items() if limit[0] <= limit[1]}


def told_rule(of: int, rule: FrequencyRule | None = None) -> str:
    """The rule with its numbers for N cases, to be printed under the table."""
    limits = (f"{label} {low if low == high else f'{low} to {high}'}" for label, (low, high) in spans(of, rule).items())
    source = "Hill et al. 2005" if rule in (None, FrequencyRule()) else "after Hill et al., limits changed"
    return f"Of {of} cases: {', '.join(limits)}; single cases are not reported ({source})."
