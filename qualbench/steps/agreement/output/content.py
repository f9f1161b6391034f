"""Everything an agreement report prints, gathered once, so that no writer looks anything up or computes a figure."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from qualbench.model import Agreement, Benchmark, Cause, Codebook, Confusion
from qualbench.text import one_line


@dataclass(frozen=True, slots=True)
class RoundFigures:
    """A round of the series: its own run, never computed again from a later one."""

    name: str
    date: str
    codebook: str
    agreement: Agreement
    changes: tuple[str, ...] = ()
    """What changed in the codebook since the round before, a sentence each."""


@dataclass(frozen=True, slots=True)
class Settlement:
    """What became of the disagreements, in counts and a sentence."""

    decided: int = 0
    deferred: int = 0
    apart: int = 0
    """Kept apart: both readings stand."""
    open: int = 0
    said: str = ""
    """How they were settled, and where the log of the decisions is."""

    @property
    def total(self) -> int:
        """Every disagreement."""
        return self.decided + self.deferred + self.apart + self.open


@dataclass(frozen=True, slots=True)
class Contents:
    """All that is printed; sentences are whole ones, names are as people know them."""

    study: str
    method: str
    """How the study is coded, in words."""
    date: str
    """ISO date of the study's newest entry; it dates the files too."""
    agreement: Agreement
    codebook: Codebook
    transcripts: tuple[str, ...] = ()
    """Names of the transcripts compared."""
    share: float | None = None
    """Share of all data that two and more coders coded, 0 to 1; None when it is not known."""
    chosen: str = ""
    """How the transcripts were chosen."""
    coders: str = ""
    """Who the coders are and how they were trained."""
    causes: Mapping[Cause, int] = field(default_factory=dict)
    confusions: tuple[Confusion, ...] = ()
    """Each pair of codes once; a pair told in both orders is added up where it is drawn."""
    benchmark: Benchmark = Benchmark.NONE
    trend: tuple[RoundFigures, ...] = ()
    settled: Settlement = field(default_factory=Settlement)
    qualcoder: Mapping[str, float | None] | None = None
    """QualCoder's figure by code, for people who move over."""
    notes: tuple[str, ...] = ()
    """What else a reader must know, a sentence each."""

    def label(self, code: str) -> str:
        """What people call the code, with the codes above it, on one line."""
        return one_line(" › ".join(self.codebook.path(code))) or code

    @property
    def title(self) -> str:
        """The heading of the whole report."""
        return f"{one_line(self.study)}: agreement before consensus"
