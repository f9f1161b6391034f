"""How many say it: participants first and out of how many, then segments and transcripts, for codes and themes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from qualbench.model import Frequency, FrequencyRule, Method, frequency
from qualbench.steps.matrices import axes
from qualbench.steps.matrices.counting import Counting, counts_allowed
from qualbench.steps.matrices.crossing import counted, distinct, nobody_known, people
from qualbench.steps.matrices.evidence import Evidence, Place
from qualbench.steps.matrices.matrix import Rows, View, said
from qualbench.text import counted as number_of
from qualbench.text import many, percent

if TYPE_CHECKING:
    from qualbench.steps.matrices.evidence import Numbers


@dataclass(frozen=True, slots=True)
class Prevalence:
    """How far a code or a theme reaches."""

    id: str
    label: str
    participants: int
    of: int
    """N: participants with decided speech, among those that were asked for."""
    segments: int
    transcripts: int
    groups: int
    """Focus groups as a whole, which are further cases and not in `participants`."""

    @property
    def share(self) -> float | None:
        """Participants out of N, 0 to 1; None where there are none."""
        return self.participants / self.of if self.of else None


@dataclass(frozen=True, slots=True)
class Prevalences:
    """Codes in codebook order, or themes in the order of the board, with what they are counted out of."""

    rows: tuple[Prevalence, ...]
    of: int
    denominator: str


def prevalence(evidence: Evidence, view: View | None = None) -> Prevalences:
    """How many participants, segments and transcripts have each code or theme of a view.

    `view.where` narrows N too: with site north, N is the participants of the north.
    """
    view = view or View()
    among = counted(evidence, view)
    bands, of = axes.rows(evidence, view), people(evidence, among)
    row, place = axes.banded(evidence, bands, among[evidence.arrays.code[among] >= 0])
    arrays, size = evidence.arrays, len(bands.heads)
    columns = zip(
        bands.heads,
        *(distinct(row, thing[place], size).tolist() for thing in (arrays.case, arrays.stretch, arrays.transcript)),
        distinct(row, _groups(evidence)[arrays.transcript[place]], size).tolist(),
        strict=True,
    )
    found = tuple(Prevalence(head.id, head.label, n, of, s, t, g) for head, n, s, t, g in columns)
    return Prevalences(found, of, said(view, of, nobody=nobody_known(evidence, among)))


def themes(evidence: Evidence, view: View | None = None) -> Prevalences:
    """The same for themes, each with its sub-themes."""
    return prevalence(evidence, replace(view or View(), rows=Rows.THEMES))


def behind(evidence: Evidence, row: str, view: View | None = None) -> tuple[Place, ...]:
    """The places that a code or theme (by id) is counted from, in the order of the study."""
    import numpy as np

    view = view or View()
    bands, among = axes.rows(evidence, view), counted(evidence, view)
    rows, place = axes.banded(evidence, bands, among[evidence.arrays.code[among] >= 0])
    wanted = [at for at, head in enumerate(bands.heads) if head.id == row]
    return tuple(evidence.places[at] for at in np.unique(place[np.isin(rows, wanted)]).tolist())


def told(row: Prevalence, method: Method, rule: FrequencyRule | None = None) -> str:
    """What a report of this method says of it: numbers, a label with its numbers, or nothing."""
    counting = counts_allowed(method)
    if counting is Counting.NONE:
        return ""
    share = "" if row.share is None else f" ({percent(row.share)})"
    told = f"{row.participants:,} of {many(row.of, 'participant')}{share}"
    if counting is Counting.LABELS:
        label = frequency.label(row.participants, row.of, rule)
        return f"{label} ({row.participants:,} of {row.of:,} cases)" if label is not Frequency.NONE else "no case"
    groups = f", {number_of(row.groups, 'focus group')}" if row.groups else ""
    return f"{told}{groups}; {many(row.segments, 'segment')} in {many(row.transcripts, 'transcript')}"


def ranked(rows: Sequence[Prevalence], limit: int | None = None) -> tuple[Prevalence, ...]:
    """The widest first: by participants, then segments, then in the order they came in."""
    order = sorted(rows, key=lambda row: (-row.participants, -row.segments))
    return tuple(order[:limit])


def _groups(evidence: Evidence) -> Numbers:
    """For each transcript its own number when it is a focus group's, else -1."""
    import numpy as np

    groups = {one.group for one in evidence.cases if one.group}
    return np.array(
        [at if one.id in groups else -1 for at, one in enumerate(evidence.transcripts)] or [-1], dtype=np.int64
    )
