"""When new interviews bring nothing new: Guest, Namey & Chen 2020, over the first use of each code.

New information in a run of interviews / distinct codes in the base; reached when that is at most the threshold.
A code that came out of splitting or merging others is no new information: all of its family are one idea.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING

from qualbench.model import PROFILES, Code, Method, SaturationUse
from qualbench.steps.matrices.conditions import UnknownName
from qualbench.steps.matrices.crossing import counted
from qualbench.steps.matrices.evidence import Evidence, Source
from qualbench.steps.matrices.matrix import View
from qualbench.text import percent

if TYPE_CHECKING:
    from qualbench.steps.matrices.evidence import Mask

BASES, RUNS = (4, 5, 6), (2, 3)
"""The sizes of base and run that the authors propose."""


@dataclass(frozen=True, slots=True)
class Idea:
    """A code, or a family of codes that came out of one another."""

    codes: tuple[Code, ...]
    """In codebook order."""

    @property
    def label(self) -> str:
        """What people call it."""
        return " / ".join(code.label for code in self.codes)


@dataclass(frozen=True, slots=True, eq=False)
class Grid:
    """Which idea is used in which interview, the interviews in the order that was asked for."""

    ideas: tuple[Idea, ...]
    """By first use, then in codebook order; ideas that are never used are left out."""
    interviews: tuple[Source, ...]
    used: Mask
    """One row an idea, one column an interview."""
    order: str
    """What the interviews are ordered by, in words."""

    @property
    def first(self) -> tuple[int, ...]:
        """For each idea the 0-based number of the interview in which it is first used."""
        return tuple(self.used.argmax(axis=1).tolist()) if self.ideas else ()


@dataclass(frozen=True, slots=True)
class Rule:
    """How saturation is judged."""

    base: int = 4
    run: int = 2
    threshold: float = 0.05
    """Largest share of new information that still counts as saturated, 0 to 1."""

    def __post_init__(self) -> None:
        if self.base < 1 or self.run < 1 or not 0 <= self.threshold <= 1:
            raise ValueError("base and run are at least 1, and the threshold is a share from 0 to 1")


@dataclass(frozen=True, slots=True)
class Step:
    """One run held against the base."""

    after: int
    """How many interviews come before the run."""
    new: int
    """Ideas that are first used in the run."""
    ratio: float | None
    """New ideas in the run / ideas in the base; None when the base has none."""


@dataclass(frozen=True, slots=True)
class Saturation:
    """The curve and where it is flat enough."""

    rule: Rule
    new: tuple[int, ...]
    """Ideas first used in each interview."""
    cumulative: tuple[int, ...]
    base: int
    """Distinct ideas in the base."""
    steps: tuple[Step, ...]
    reached: int | None
    """Interviews before the first run that brings too little; None when no run does."""
    told: str


def grid(
    evidence: Evidence,
    order: Sequence[str],
    told: str,
    *,
    came_from: Mapping[str, Sequence[str]] | None = None,
    view: View | None = None,
) -> Grid:
    """Ideas by interviews in this order of transcripts (ids), which `told` names: of interviewing, or of coding.

    `came_from` leads from a code to those it was split or merged out of. Participants' speech only; transcripts that
    are not in the order are left out, so that a site can be looked at by itself.
    """
    import numpy as np

    order = tuple(dict.fromkeys(order))
    sources = {one.id: one for one in evidence.transcripts}
    for unknown in (one for one in order if one not in sources):
        raise UnknownName("transcript", unknown, [source.name for source in evidence.transcripts])
    ideas = families(evidence.codes, came_from or {})
    used = _used(evidence, ideas, order, view or View())
    kept = np.flatnonzero(used.any(axis=1))
    if len(kept):
        kept = kept[np.argsort(used[kept].argmax(axis=1), kind="stable")]
    return Grid(tuple(ideas[at] for at in kept.tolist()), tuple(sources[one] for one in order), used[kept], told)


def _used(evidence: Evidence, ideas: Sequence[Idea], order: Sequence[str], view: View) -> Mask:
    """Which idea (row) is used in which of the transcripts (column)."""
    import numpy as np

    number = {one: at for at, one in enumerate(order)}
    column = np.array([number.get(one.id, -1) for one in evidence.transcripts], dtype=np.int64)
    of_code = {code.id: at for at, idea in enumerate(ideas) for code in idea.codes}
    row = np.array([of_code[code.id] for code in evidence.codes], dtype=np.int64)
    among = counted(evidence, view)
    among = among[(evidence.arrays.code[among] >= 0) & (column[evidence.arrays.transcript[among]] >= 0)]
    used = np.zeros((len(ideas), len(order)), dtype=np.bool_)
    used[row[evidence.arrays.code[among]], column[evidence.arrays.transcript[among]]] = True
    return used


def families(codes: Sequence[Code], came_from: Mapping[str, Sequence[str]]) -> tuple[Idea, ...]:
    """The codes, with those in one family that came out of one another, in codebook order of their first."""
    head: dict[str, str] = {}

    def root(code: str) -> str:
        while code in head:
            code = head[code]
        return code

    for code, before in came_from.items():
        for one in before:
            if root(one) != root(code):
                head[root(code)] = root(one)
    members: dict[str, list[Code]] = {}
    for known in codes:
        members.setdefault(root(known.id), []).append(known)
    return tuple(Idea(tuple(family)) for family in members.values())


def saturation(of: Grid, rule: Rule | None = None) -> Saturation:
    """New and cumulative ideas by interview, the ratio of each run, and where saturation is reached."""
    return judged(_new(of.first, len(of.interviews)), rule or Rule(), of.order)


def judged(new: Sequence[int], rule: Rule, order: str = "the order given") -> Saturation:
    """The same from the numbers of new ideas in each interview."""
    base = sum(new[: rule.base])
    runs = range(rule.base, len(new) - rule.run + 1)
    steps = tuple(_step(after, sum(new[after : after + rule.run]), base) for after in runs)
    reached = next((one.after for one in steps if one.ratio is not None and one.ratio <= rule.threshold), None)
    cumulative = tuple(accumulate(new))
    return Saturation(rule, tuple(new), cumulative, base, steps, reached, _told(len(new), base, reached, rule, order))


def why_off(method: Method) -> str:
    """Why a method has no saturation screen; empty where it has one."""
    return _OFF.get(PROFILES[method].saturation, "")


_OFF = {
    SaturationUse.OFF: "Reflexive thematic analysis makes themes instead of finding them, so there is no point at "
    "which all of them are found (Braun & Clarke 2021).",
    SaturationUse.FIXED: "Consensual qualitative research fixes the number of cases beforehand; a stability check is "
    "its own question.",
}


def _new(first: Sequence[int], interviews: int) -> list[int]:
    new = [0] * interviews
    for at in first:
        new[at] += 1
    return new


def _step(after: int, new: int, base: int) -> Step:
    return Step(after, new, new / base if base else None)


def _told(interviews: int, base: int, reached: int | None, rule: Rule, order: str) -> str:
    how = (
        f"base size {rule.base}, run length {rule.run}, new information at most {percent(rule.threshold)}, "
        f"in {order} (Guest, Namey & Chen 2020)"
    )
    if reached is not None:
        return f"Saturation is reached at {reached}+{rule.run} interviews: {how}."
    if interviews < rule.base + rule.run:
        return f"Too few interviews to say: {interviews} of the {rule.base + rule.run} that are needed; {how}."
    if not base:
        return f"There is no code in the first {rule.base} interviews, so nothing can be held against them; {how}."
    return f"Saturation is not reached in {interviews} interviews: {how}."
