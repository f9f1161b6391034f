"""What a study's log shows of how the work was done: facts that the method of a report is drafted from."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from qualbench.model import Codebook, Method, PastTheme


@dataclass(frozen=True, slots=True)
class Release:
    """A released version of the codebook."""

    codebook: Codebook
    date: str
    """ISO date."""
    by: str


@dataclass(frozen=True, slots=True)
class RoundFigures:
    """A round of coding with its own agreement, never computed again from a later one."""

    name: str
    date: str
    codebook: str
    units: int = 0
    alpha: float | None = None
    """Over whole sets of codes."""
    limits: tuple[float, float] | None = None
    drawn: str = ""
    """How its transcripts and coders were drawn, in the words of the log."""


@dataclass(frozen=True, slots=True)
class MethodChange:
    """The study followed another method from a day on."""

    before: Method
    method: Method
    date: str
    reason: str
    """In whoever's words changed it."""


@dataclass(frozen=True, slots=True)
class History:
    """What the log shows; what it does not show stays empty, and the report names it as a gap."""

    software: str = ""
    unit: str = ""
    """The rules by which texts were cut, for instance 'turn'."""
    segments: int = 0
    """Segments of opened transcripts that count."""
    all_segments: int = 0
    """Segments of every transcript of the study that count."""
    double_coded: int = 0
    """Segments read by two and more coders."""
    groups: int = 0
    """Focus groups among the opened transcripts."""
    releases: tuple[Release, ...] = ()
    rounds: tuple[RoundFigures, ...] = ()
    """Rounds of first coding."""
    corrected: int = 0
    """Opened transcripts whose text was corrected."""
    suggestions: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    """Coders who had codes suggested: how many they took and refused."""
    memos: int = 0
    """Memos on opened transcripts."""
    past_themes: tuple[PastTheme, ...] = ()
    method_changes: tuple[MethodChange, ...] = ()
    late: int = 0
    """Passes that came after their transcript was opened, and that no figure takes in."""
    one_reading: int = 0
    """Segments read by two and more coders of which the team has one reading, by talk or from the beginning."""
