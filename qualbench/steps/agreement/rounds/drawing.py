"""Planning a round: which transcripts several coders code, and who codes what, drawn so that anyone can draw it again.

The same candidates, coders and seed give the same draw, in whatever order they are handed in and under every
version of Python: names are sorted first, and chance enters only through `random.Random(seed).random()`, the one
sequence that Python promises never to change. A shuffle is a sort by one such number for each name.
"""

import random
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import TypeVar

from qualbench.errors import QualbenchError, UsageError
from qualbench.text import counted

_T = TypeVar("_T")

_TINY = 1e-9
"""A share of the segments is as good as reached when only the rounding of fractions is missing."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A transcript that can be drawn."""

    transcript: str
    segments: int
    """How many of its segments count: without the interviewer's."""
    stratum: str = ""
    """What it is drawn by in a stratified draw: the value of an attribute, or nothing."""


@dataclass(frozen=True, slots=True)
class Draw:
    """Who codes which transcript, and how that came about."""

    assignments: Mapping[str, tuple[str, ...]]
    """Every candidate, by name, to its coders, by name."""
    share: float
    """The share of the segments, 0 to 1, that several coders code."""
    drawn: str
    """Method, seed and share in one sentence, for the record."""


def draw(
    candidates: Sequence[Candidate],
    coders: Sequence[str],
    *,
    share: float,
    coders_each: int = 2,
    strata: str = "",
    seed: int,
) -> Draw:
    """Draws transcripts for `coders_each` coders until they hold `share` (0 to 1) of the segments; one codes the rest.

    `strata` names what the candidates' strata are (an attribute); without it the strata are not looked at.
    """
    pool = sorted(candidates, key=lambda one: one.transcript)
    team = sorted(set(coders))
    _check(pool, team, share, coders_each)
    chance = random.Random(seed)  # noqa: S311 - a draw that can be repeated, no secret
    order = _shuffled(pool, chance)
    sample = _sample(order, share, stratified=bool(strata))
    team = _shuffled(team, chance)
    together, load = _together(sample, team, coders_each)
    alone = _alone([one for one in order if one.transcript not in together], team, load)
    groups = together | alone
    total = sum(one.segments for one in pool)
    reached = sum(one.segments for one in sample) / total
    return Draw(
        assignments={one.transcript: tuple(sorted(groups[one.transcript])) for one in pool},
        share=reached,
        drawn=f"{_method(pool, sample, share, strata)} (seed {seed}): {_outcome(pool, sample, coders_each)}",
    )


def draw_again(
    candidates: Sequence[Candidate], coders: Sequence[str], *, share: float, strata: str = "", seed: int
) -> Draw:
    """Draws transcripts that all these coders have coded, until they hold `share` (0 to 1); each codes them again."""
    pool = sorted(candidates, key=lambda one: one.transcript)
    if not 0 < share <= 1:
        raise UsageError(f"A share of {share:g} can not be drawn.", "Give a share above 0, up to 1.")
    if not any(one.segments for one in pool):
        raise QualbenchError("There is no transcript that all of them have coded and that is opened.")
    order = _shuffled(pool, random.Random(seed))  # noqa: S311 - a draw that can be repeated, no secret
    sample = _sample(order, share, stratified=bool(strata))
    total, reached = (sum(one.segments for one in some) for some in (pool, sample))
    return Draw(
        assignments={
            one.transcript: tuple(sorted(set(coders))) for one in sorted(sample, key=lambda one: one.transcript)
        },
        share=reached / total,
        drawn=f"{_method(pool, sample, share, strata)} (seed {seed}): {len(sample)} of "
        f"{counted(len(pool), 'transcript')} for the same coders again.",
    )


def _check(pool: Sequence[Candidate], team: Sequence[str], share: float, coders_each: int) -> None:
    if not 0 <= share <= 1:
        raise UsageError(f"A share of {share:g} can not be drawn.", "Give a share from 0 to 1: 0.2 is a fifth.")
    if coders_each < 2:
        raise UsageError(f"{counted(coders_each, 'coder')} each can not agree.", "Ask for two coders each, or more.")
    if len(team) < coders_each:
        raise UsageError(
            f"{coders_each} coders each are asked for, and there {'is' if len(team) == 1 else 'are'} {len(team)}.",
            "Name more coders, or ask for fewer coders each.",
        )
    if not any(one.segments for one in pool):
        raise QualbenchError("There is nothing to draw: no transcript has segments that count.")
    twice = [name for name, times in Counter(one.transcript for one in pool).items() if times > 1]
    if twice:
        raise UsageError(f"'{twice[0]}' is to be drawn from twice.", "Name every transcript once.")


def _shuffled(values: Iterable[_T], chance: random.Random) -> list[_T]:
    return sorted(values, key=lambda _: chance.random())


# --- which transcripts -----------------------------------------------------------------------------------------


def _sample(order: Sequence[Candidate], share: float, *, stratified: bool) -> list[Candidate]:
    """The transcripts drawn, in random order, until their segments reach the share.

    Each stratum is due its share of its own segments. The next transcript comes from a stratum that has none yet,
    then from the one furthest below its due: with transcripts of one length these are the largest remainders.
    """
    waiting: dict[str, list[Candidate]] = {}
    for one in reversed(order):
        if one.segments:
            waiting.setdefault(one.stratum if stratified else "", []).append(one)
    missing = {stratum: share * sum(one.segments for one in own) for stratum, own in waiting.items()}
    empty = set(waiting)
    sample: list[Candidate] = []
    while sum(missing.values()) > _TINY:
        left = (stratum for stratum, own in waiting.items() if own)
        stratum = max(left, key=lambda stratum: (stratum in empty, missing[stratum]))
        sample.append(waiting[stratum].pop())
        missing[stratum] -= sample[-1].segments
        empty.discard(stratum)
    return sample


# --- who codes them --------------------------------------------------------------------------------------------


def _together(
    sample: Sequence[Candidate], team: Sequence[str], coders_each: int
) -> tuple[dict[str, tuple[str, ...]], Counter[str]]:
    """The coders of each transcript drawn, and how many segments each coder has by that."""
    met: Counter[frozenset[str]] = Counter()
    load: Counter[str] = Counter()
    groups: dict[str, tuple[str, ...]] = {}
    for one in sample:
        group = groups[one.transcript] = _group(team, coders_each, met, load)
        met.update(map(frozenset, combinations(group, 2)))
        load.update(dict.fromkeys(group, one.segments))
    return groups, load


def _group(team: Sequence[str], size: int, met: Counter[frozenset[str]], load: Counter[str]) -> tuple[str, ...]:
    """The two coders who have met least, the least busy first; then, while more are needed, who has met them least."""

    def pair_first(pair: tuple[str, str]) -> tuple[int, int, int]:
        busy = [load[coder] for coder in pair]
        return met[frozenset(pair)], sum(busy), max(busy)

    def joins_first(coder: str) -> tuple[int, int]:
        return sum(met[frozenset((coder, other))] for other in group), load[coder]

    group = [*min(combinations(team, 2), key=pair_first)]
    while len(group) < size:
        group.append(min((coder for coder in team if coder not in group), key=joins_first))
    return tuple(group)


def _alone(rest: Sequence[Candidate], team: Sequence[str], load: Counter[str]) -> dict[str, tuple[str, ...]]:
    """The other transcripts, the longest first, each to the coder with the fewest segments so far."""
    groups: dict[str, tuple[str, ...]] = {}
    transcripts: Counter[str] = Counter()
    for one in sorted(rest, key=lambda one: -one.segments):
        coder = min(team, key=lambda coder: (load[coder], transcripts[coder]))
        load[coder] += one.segments
        transcripts[coder] += 1
        groups[one.transcript] = (coder,)
    return groups


# --- in words --------------------------------------------------------------------------------------------------


def _method(pool: Sequence[Candidate], sample: Sequence[Candidate], share: float, strata: str) -> str:
    if not strata:
        return f"Drawn at random until {100 * share:g} % of the segments were reached"
    there, drawn = Counter(one.stratum for one in pool), Counter(one.stratum for one in sample)
    parts = (f"{stratum or 'none'} {drawn[stratum]} of {there[stratum]}" for stratum in sorted(there))
    return (
        f"Drawn at random within {strata} ({', '.join(parts)}), in proportion to segments, "
        f"until {100 * share:g} % of them were reached"
    )


def _outcome(pool: Sequence[Candidate], sample: Sequence[Candidate], coders_each: int) -> str:
    total, reached = (sum(one.segments for one in some) for some in (pool, sample))
    alone = len(pool) - len(sample)
    double = (
        f"{len(sample)} of {counted(len(pool), 'transcript')} with {reached} of {counted(total, 'segment')} "
        f"({100 * reached / total:.1f} %) for {coders_each} coders each"
    )
    if not alone:
        return f"{double}."
    return f"{double}, the other {alone} for one coder each so that all have about as many segments."
