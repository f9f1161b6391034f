"""How far themes reach, as it was counted over the whole coding; a report prints it and counts nothing anew."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Counting(StrEnum):
    """How a method speaks of frequency."""

    NONE = "none"
    NUMBERS = "numbers"
    LABELS = "labels"
    """General, typical, variant and rare, as in consensual qualitative research (Hill et al. 2005)."""


@dataclass(frozen=True, slots=True)
class ThemeReach:
    """How far one theme reaches, its sub-themes included."""

    participants: int = 0
    segments: int = 0
    transcripts: tuple[str, ...] = ()
    """The ids of those it stands in."""
    label: str = ""
    """general, typical, variant, rare, other or none; empty where the method has no labels."""


@dataclass(frozen=True, slots=True)
class Reach:
    """How far all themes reach, out of how many."""

    counting: Counting = Counting.NUMBERS
    of: int = 0
    """N: participants with settled speech."""
    groups: int = 0
    """Focus groups among the transcripts."""
    themes: Mapping[str, ThemeReach] = field(default_factory=dict)
    """By the theme's id."""
    rule: tuple[tuple[str, int, int], ...] = ()
    """Each label with from how many to how many of N cases it goes."""
