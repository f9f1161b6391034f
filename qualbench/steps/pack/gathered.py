"""Everything the tables are made of, gathered once, so that nothing is looked up or counted while they are written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from qualbench.model import (
    Agreement,
    Code,
    Codebook,
    Coding,
    Decision,
    Item,
    Memo,
    Nothing,
    Pass,
    Study,
    Theme,
    Transcript,
)


@dataclass(frozen=True, slots=True)
class CaseLine:
    """Somebody who is counted, or a focus group as a whole."""

    id: str
    label: str
    attributes: Mapping[str, str]
    is_group: bool = False


@dataclass(frozen=True, slots=True)
class AttributeLine:
    """Something that is known of cases."""

    name: str
    is_number: bool = False


@dataclass(frozen=True, slots=True)
class Crossed:
    """Codes by cases (both by id): in how many segments each case has each code, 1 or 0 where nothing is counted."""

    codes: Sequence[str] = ()
    cases: Sequence[str] = ()
    cells: Sequence[Sequence[int]] = ()


@dataclass(frozen=True, slots=True)
class Pairs:
    """Codes by codes: on how many segments two stand together; the diagonal says on how many each stands."""

    codes: Sequence[str] = ()
    cells: Sequence[Sequence[int]] = ()


@dataclass(frozen=True, slots=True)
class Reach:
    """How far a theme with its sub-themes reaches."""

    participants: int
    of: int
    segments: int
    transcripts: int
    label: str = ""
    """general, typical, variant: in the methods that have such labels."""


@dataclass(frozen=True, slots=True)
class Run:
    """The figures of a round, or of everything that is opened."""

    round: str
    agreement: Agreement


@dataclass(frozen=True, slots=True)
class Gathered:
    """What a study hands over: opened transcripts and submitted passes, memos as far as the viewer may read them."""

    study: Study
    date: str
    """When the newest entry of the study's log was made; it dates the files."""
    no_counts: str = ""
    """Why the method does not count; empty where it does."""
    transcripts: Sequence[Transcript] = ()
    passes: Sequence[Pass] = ()
    codings: Sequence[Coding] = ()
    nothings: Sequence[Nothing] = ()
    memos: Sequence[Memo] = ()
    rounds: Mapping[str, str] = field(default_factory=dict)
    """Names by id."""
    settled: Mapping[tuple[str, int, int], frozenset[str]] = field(default_factory=dict)
    codes: Sequence[Code] = ()
    """Every code that is in use or that anything names, in reading order."""
    book: Codebook | None = None
    cases: Sequence[CaseLine] = ()
    attributes: Sequence[AttributeLine] = ()
    crossed: Crossed = field(default_factory=Crossed)
    pairs: Pairs = field(default_factory=Pairs)
    runs: Sequence[Run] = ()
    no_runs: str = ""
    """Why there are no figures of agreement; empty where there are."""
    items: Sequence[Item] = ()
    decisions: Sequence[Decision] = ()
    themes: Sequence[Theme] = ()
    reach: Mapping[str, Reach] = field(default_factory=dict)
    """By theme; empty where the method does not count."""

    def path(self, code: str) -> str:
        """The labels from the top of the tree down to a code."""
        names: list[str] = []
        known = {one.id: one for one in self.codes}
        one = known.get(code)
        while one is not None and len(names) < len(known):
            names.insert(0, one.label)
            one = known.get(one.parent)
        return " > ".join(names) or code
