"""Looking a sealed text over for what may still identify somebody: known originals, listed words, shapes.

Nothing is suggested here and nothing is replaced; a person reads the places and decides what to do.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from qualbench.steps.deidentify.finding import candidates
from qualbench.steps.deidentify.kinds import Kind, KnownName, Why
from qualbench.steps.deidentify.matching import cover, covered, is_free, key
from qualbench.steps.deidentify.replacing import Action, Decision
from qualbench.steps.deidentify.second_look import left_over


@dataclass(frozen=True, slots=True)
class Recognised:
    """A place of a text that may identify somebody."""

    start: int
    end: int
    kind: Kind
    why: Why


def recognised(
    text: str, decisions: Sequence[Decision], *, known: Sequence[KnownName] = (), own: Sequence[str] = ()
) -> tuple[Recognised, ...]:
    """The places of a text that still match: of overlapping ones the longest, in order.

    What was decided to be kept is left out, and so are the replacements.
    """
    kept = {key(one.original) for one in decisions if one.action is Action.KEEP}
    found = [*_originals(text, decisions), *_others(text, kept, known, own)]
    taken = covered(len(text), ())
    chosen = []
    for one in sorted(found, key=lambda one: (one.start - one.end, one.start)):
        if is_free(taken, one.start, one.end):
            cover(taken, one.start, one.end)
            chosen.append(one)
    return tuple(sorted(chosen, key=lambda one: one.start))


def _originals(text: str, decisions: Sequence[Decision]) -> Iterator[Recognised]:
    for one in left_over(text, decisions):
        if Why.LEFT in one.why:
            yield from (Recognised(start, end, one.kind, Why.LEFT) for start, end in one.places)


def _others(
    text: str, kept: set[tuple[object, ...]], known: Sequence[KnownName], own: Sequence[str]
) -> Iterator[Recognised]:
    for one in candidates(text, known=known, own=own):
        if key(one.text) not in kept:
            yield from (Recognised(start, end, one.kind, one.why[0]) for start, end in one.places)
