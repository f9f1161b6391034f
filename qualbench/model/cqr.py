"""Consensual qualitative research: judges, cases, core ideas, categories and the auditor's comments."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class JudgingMode(StrEnum):
    """How the judges of a case work."""

    ALONE = "alone"
    """All alone first, then together."""
    DRAFTED = "drafted"
    """One drafts and the others review."""


class CaseState(StrEnum):
    """How far a case has come (Hill 2012)."""

    CHECKED = "checked"
    DOMAINS_ALONE = "domains-alone"
    DOMAINS_AGREED = "domains-agreed"
    IDEAS = "core-ideas"
    CONSENSUS = "consensus-version"
    AUDIT = "case-audit"
    ANSWERED = "answered"
    CLOSED = "closed"


CASE_STATE_NAMES: Mapping[CaseState, str] = {
    CaseState.CHECKED: "transcript checked",
    CaseState.DOMAINS_ALONE: "domains, each judge alone",
    CaseState.DOMAINS_AGREED: "domains agreed",
    CaseState.IDEAS: "core ideas, each judge alone",
    CaseState.CONSENSUS: "consensus version",
    CaseState.AUDIT: "with the auditor",
    CaseState.ANSWERED: "auditor answered",
    CaseState.CLOSED: "closed",
}


@dataclass(frozen=True, slots=True)
class Judging:
    """Who judges a case, or a domain in the cross-analysis, and who has handed in."""

    about: str
    judges: tuple[str, ...]
    """As they were named; of a drafted case the first one drafts."""
    mode: JudgingMode
    handed_in: tuple[str, ...] = ()

    @property
    def opened(self) -> bool:
        """Whether everybody may read every judge's work; of a drafted case its draft, by the one who is named first."""
        needed = self.judges[:1] if self.mode is JudgingMode.DRAFTED else self.judges
        return bool(needed) and set(needed) <= set(self.handed_in)


@dataclass(frozen=True, slots=True)
class CoreIdea:
    """What a case says in a domain in few words; a judge's own, or the team's when `judge` is empty."""

    id: str
    case: str
    domain: str
    words: str
    places: tuple[str, ...]
    """The passages it rests on: transcript:start:end."""
    judge: str = ""
    sources: tuple[str, ...] = ()
    """The judges' core ideas that the team's came from."""


@dataclass(frozen=True, slots=True)
class Category:
    """Core ideas of a domain that say the same across cases; a judge's own, or the team's when `judge` is empty."""

    id: str
    domain: str
    name: str
    ideas: tuple[str, ...]
    """The team's core ideas in it."""
    judge: str = ""
    parent: str = ""
    """The category it is part of; empty for a category of its own."""
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CommentTurn:
    """An answer to a comment, or what its auditor said to the answer."""

    state: str
    words: str
    actor: str
    at: str


@dataclass(frozen=True, slots=True)
class Comment:
    """What an auditor said about the team's work."""

    id: str
    on: str
    """case, idea, category or domain."""
    about: str
    words: str
    author: str
    at: str
    state: str
    """open, accepted, rejected, settled or raised-again."""
    turns: tuple[CommentTurn, ...] = ()
