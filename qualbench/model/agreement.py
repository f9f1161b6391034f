"""What is compared, every figure that comes out, and where coders differ and why."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Unit:
    """One segment with what each coder said of it; a coder who skipped it is not in `readings`."""

    transcript: str
    start: int
    end: int
    readings: Mapping[str, frozenset[str]]
    """Coder to the set of codes; the empty set is 'nothing applies'."""


# --- figures ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Interval:
    """Limits of alpha with what to know about them."""

    low: float
    high: float
    clusters: int
    """How many transcripts (or units) the spread was seen over."""
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CodeAgreement:
    """How far the coders agree on one code; a figure is None where it is undefined, and `why` says why.

    `both`, `only_a`, `only_b`, `neither` count the units of the pair; alpha and its limits take every coder.
    """

    code: str
    both: int
    only_a: int
    only_b: int
    neither: int
    prevalence: tuple[float | None, float | None]
    """Share of units with the code, coder by coder."""
    percent: float | None
    """Observed agreement, 0 to 1."""
    positive: float | None
    negative: float | None
    kappa: float | None
    alpha: float | None
    why: str = ""
    pi: float | None = None
    """Scott's pi."""
    pabak: float | None = None
    """Brennan & Prediger's coefficient for two categories: 2 percent - 1."""
    ac1: float | None = None
    """Gwet's AC1."""
    prevalence_index: float | None = None
    """(both - neither) / units, Byrt, Bishop & Carlin 1993."""
    bias_index: float | None = None
    """(only_a - only_b) / units, of the same source."""
    interval: Interval | None = None
    """95 % limits of alpha, over transcripts."""
    bootstrap: tuple[float, float] | None = None
    """The same limits by redrawing whole transcripts."""
    no_interval: str = ""
    """Why there are no limits."""


@dataclass(frozen=True, slots=True)
class SetAlpha:
    """Krippendorff's alpha over whole code sets, with the distance named."""

    distance: str
    """masi, jaccard, dice, or multi-valued (Krippendorff & Craggs 2016)."""
    value: float | None
    why: str = ""
    interval: Interval | None = None
    no_interval: str = ""


@dataclass(frozen=True, slots=True)
class Overall:
    """The codes together: mean and minimum of their alphas, and the pooled value; never percent over all cells."""

    mean: float | None = None
    minimum: float | None = None
    pooled: float | None = None
    """(mean percent - mean chance) / (1 - mean chance) with Cohen's chance, de Vries et al. 2008."""
    defined: int = 0
    """Codes that have an alpha."""
    undefined: int = 0
    """Codes that have none and are in no mean."""


@dataclass(frozen=True, slots=True)
class Recipe:
    """What is needed to compute a run again and to judge it."""

    software: str = ""
    round: str = ""
    """The round's name; empty for everything that is opened."""
    passes: tuple[str, ...] = ()
    codebooks: tuple[str, ...] = ()
    texts: tuple[str, ...] = ()
    """Transcripts whose text was corrected, with the version that was compared."""
    segmentation: str = ""
    """A digest of the borders of every unit compared."""
    missing: str = "a segment a coder skipped is missing and left out for that coder; 'nothing applies' is an empty set"
    level: str = "codes"
    """codes, or parents: a parent counts as applied when any code under it is."""
    scope: tuple[str, ...] = ()
    """What was chosen, in words; empty when everything was taken."""
    interval: str = "linearised, clustered by transcript, t with G-1 df, on -log(1 - alpha), 95 %"
    seed: int = 1
    draws: int = 1000


@dataclass(frozen=True, slots=True)
class Agreement:
    """One agreement run: what was compared, and every figure that came out."""

    unit: str
    coders: tuple[str, ...]
    """The pair that the tables compare first, then the others."""
    transcripts: tuple[str, ...]
    units: int
    codebook: str
    codes: tuple[CodeAgreement, ...]
    set_alpha: SetAlpha
    """Over code sets with MASI distance."""
    other_sets: tuple[SetAlpha, ...] = ()
    """The same over Jaccard, Dice and the multi-valued chance of Krippendorff & Craggs."""
    overall: Overall = field(default_factory=Overall)
    recipe: Recipe = field(default_factory=Recipe)
    checked: str = ""
    """How the figures were checked before they were published; empty while they are live."""


class Benchmark(StrEnum):
    """Whose limits a coefficient is held against; all are conventions."""

    KRIPPENDORFF = "krippendorff"
    LANDIS_KOCH = "landis-koch"
    FLEISS = "fleiss"
    NONE = "none"


# --- where coders differ ---------------------------------------------------------------------------------------


class Cause(StrEnum):
    """Why a code stands in one reading of a segment and not in another, as far as the coding itself shows."""

    MISSED = "missed"
    OTHER_CODE = "other-code"
    RELATED = "related"
    BOUNDARY = "boundary"
    GRANULARITY = "granularity"


CAUSE_NAMES: Mapping[Cause, str] = {
    Cause.MISSED: "missed",
    Cause.OTHER_CODE: "another code",
    Cause.RELATED: "parent or child",
    Cause.BOUNDARY: "boundary only",
    Cause.GRANULARITY: "longer or shorter stretch",
}


@dataclass(frozen=True, slots=True)
class Difference:
    """One code on one segment that some coders gave and others, who read it, did not."""

    transcript: str
    start: int
    end: int
    code: str
    by: tuple[str, ...]
    """Who gave it."""
    without: tuple[str, ...]
    """Who read the segment and did not."""
    instead: tuple[str, ...]
    """The codes that only those who did not give it have here."""
    cause: Cause


@dataclass(frozen=True, slots=True)
class Confusion:
    """How often one coder gave a code where another gave a different one instead."""

    code: str
    other: str
    count: int
    """Segments, each pair of coders counted by itself."""


# --- rounds ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Round:
    """A sample of transcripts with who codes each, under one codebook version."""

    id: str
    name: str
    codebook: str
    assignments: Mapping[str, tuple[str, ...]]
    """Transcript to its coders; two and more coders make agreement, one coder is a single reading."""
    recode: bool
    """The same coders code again what they have coded before, to see how steady they are; not for the report."""
    drawn: str
    """How the transcripts and coders were drawn, in words."""
    seed: int
    planned: str
    """When, as a time stamp."""
    bound: str = ""
    """The saved query that its list of work was found with; empty where every segment is asked for."""


@dataclass(frozen=True, slots=True)
class Scope:
    """What a run compares: a round, transcripts, codes, two of the coders; everything when nothing is said."""

    round: str = ""
    """The round's name."""
    transcripts: tuple[str, ...] = ()
    """Ids."""
    codes: tuple[str, ...] = ()
    """Ids; the sets that are compared then hold no others."""
    parents: bool = False
    """Codes are rolled up to the top of their tree."""
    pair: tuple[str, str] | None = None
