"""How many cases have a category, in the labels of consensual qualitative research: the one rule for all of them."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from qualbench.text import counted


class Frequency(StrEnum):
    """How many cases a category is true of, in the method's words."""

    GENERAL = "general"
    TYPICAL = "typical"
    VARIANT = "variant"
    RARE = "rare"
    OTHER = "other"
    """A single case: not reported."""
    NONE = "none"
    """No case."""


@dataclass(frozen=True, slots=True)
class FrequencyRule:
    """Where the labels begin and end; the defaults are those of Hill et al. 2005."""

    general_short_of: int = 1
    """How many cases may be missing from general: 1, or 0 as in the text of 1997."""
    rare_above: int = 15
    """With more cases than these, 2 and 3 cases are rare."""
    source: str = "Hill et al. 2005"


FREQUENCY_RULES: Mapping[str, FrequencyRule] = {
    "2005": FrequencyRule(),
    "1997": FrequencyRule(general_short_of=0, source="Hill, Thompson & Williams 1997 for general, Hill et al. 2005"),
}
"""The rules a study can choose from, by the year of the text."""


def label(cases: int, of: int, rule: FrequencyRule | None = None) -> Frequency:
    """The label of a category that `cases` of all `of` cases have (Hill et al. 2005)."""
    if not 0 <= cases <= of:
        raise ValueError(f"{cases} of {of} cases is not possible")
    if cases < 2:
        return Frequency.OTHER if cases else Frequency.NONE
    for name, (low, high) in spans(of, rule).items():
        if low <= cases <= high:
            return name
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
    return {name: limit for name, limit in limits.items() if limit[0] <= limit[1]}


def told_rule(of: int, rule: FrequencyRule | None = None) -> str:
    """The rule with its numbers for N cases, to be printed under the table."""
    rule = rule or FrequencyRule()
    limits = (f"{name} {low if low == high else f'{low} to {high}'}" for name, (low, high) in spans(of, rule).items())
    source = rule.source if rule in FREQUENCY_RULES.values() else "after Hill et al., limits changed"
    told = ", ".join(limits) or "too few for any label"
    return f"Of {counted(of, 'case')}: {told}; single cases are not reported ({source})."
