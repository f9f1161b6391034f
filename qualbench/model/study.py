"""The study, its people and its participants."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from qualbench.model.agreement import Benchmark


class Method(StrEnum):
    """The method profile a study follows; it switches screens, gates and the wording of reports."""

    REFLEXIVE = "reflexive-ta"
    CODEBOOK = "codebook-ta"
    RELIABILITY = "coding-reliability-ta"
    CQR = "cqr"
    FLEXIBLE = "flexible-coding"
    NEGOTIATED = "negotiated-agreement"


METHOD_NAMES: Mapping[Method, str] = {
    Method.REFLEXIVE: "reflexive thematic analysis",
    Method.CODEBOOK: "codebook thematic analysis",
    Method.RELIABILITY: "coding-reliability thematic analysis",
    Method.CQR: "consensual qualitative research",
    Method.FLEXIBLE: "flexible coding",
    Method.NEGOTIATED: "negotiated agreement",
}


@dataclass(frozen=True, slots=True)
class Study:
    id: str
    name: str
    method: Method
    coders: int
    """How many independent passes a transcript needs before anybody may read them."""
    created: str
    benchmark: Benchmark = Benchmark.KRIPPENDORFF
    """Whose limits coefficients are held against."""


@dataclass(frozen=True, slots=True)
class Person:
    name: str
    roles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Participant:
    id: str
    label: str
    """What a report calls them, for instance P07."""
    attributes: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Changes:
    """What a write changed, so that the screens that show it read again."""

    subjects: frozenset[str] = frozenset()
    kinds: frozenset[str] = frozenset()

    def __bool__(self) -> bool:
        return bool(self.kinds)
