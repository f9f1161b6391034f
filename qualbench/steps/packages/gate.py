"""When coders' packages may be opened: when everybody who codes those transcripts has handed in."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

Place = tuple[str, str]
"""A transcript and a round (empty outside of any)."""


@dataclass(frozen=True, slots=True)
class Awaited:
    """A transcript that somebody still has to hand in."""

    transcript: str
    round: str
    coders: tuple[str, ...]
    """Who is missing, where the round says who codes it."""
    more: int = 0
    """How many are missing, where only their number is known."""


def missing(
    wanted: Iterable[Place], assigned: Mapping[Place, Collection[str]], in_: Mapping[Place, Collection[str]],
    coders: int,
) -> tuple[Awaited, ...]:  # fmt: skip
    """What is still awaited on these transcripts; `in_` is who has handed in, here or in a package that waits.

    Where no round says who codes a transcript, as many as the study asks for must have handed in.
    """
    found = []
    for place in sorted(set(wanted)):
        here = set(in_.get(place, ()))
        who = assigned.get(place, ())
        lacking = tuple(sorted(set(who) - here))
        more = 0 if who else max(coders - len(here), 0)
        if lacking or more:
            found.append(Awaited(*place, lacking, more))
    return tuple(found)
