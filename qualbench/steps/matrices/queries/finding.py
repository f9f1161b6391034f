"""The places that a query finds. Every operator is a few sorted look-ups, so large studies answer at once."""

from __future__ import annotations

from functools import reduce
from typing import TYPE_CHECKING

from qualbench.steps.matrices.axes import lines
from qualbench.steps.matrices.conditions import selected
from qualbench.steps.matrices.evidence import Arrays, Evidence, Place
from qualbench.steps.matrices.meeting import meets
from qualbench.steps.matrices.queries.language import Both, Coded, Either, Expression, Followed, Near, Query
from qualbench.steps.matrices.queries.resolving import code_index

if TYPE_CHECKING:
    from qualbench.steps.matrices.evidence import Mask, Numbers


def find(evidence: Evidence, query: Query) -> tuple[Place, ...]:
    """The places, in the order of the study; interviewers' too unless the query asks for a role."""
    import numpy as np

    looked_at = selected(evidence, query.layer, query.where)
    return tuple(evidence.places[at] for at in np.flatnonzero(_found(evidence, query.of, looked_at)).tolist())


def _found(evidence: Evidence, of: Expression, looked_at: Mask) -> Mask:
    match of:
        case Coded():
            return _coded(evidence, of) & looked_at
        case Both():
            return _both(evidence, of, looked_at)
        case Either():
            return reduce(lambda one, other: one | other, (_found(evidence, one, looked_at) for one in of.of))
        case Near():
            what, to = (_found(evidence, one, looked_at) for one in (of.what, of.to))
            return _near(evidence.arrays, what, to, of.turns)
        case Followed():
            what, by = (_found(evidence, one, looked_at) for one in (of.what, of.by))
            return _followed(evidence.arrays, what, by, of.turns)


def _coded(evidence: Evidence, of: Coded) -> Mask:
    import numpy as np

    wanted = code_index(evidence, of.name)
    if not of.under:
        return np.asarray(evidence.arrays.code == wanted)
    above = lines([(one.id, one.parent) for one in evidence.codes])
    id_ = evidence.codes[wanted].id
    under = [at for at, one in enumerate(evidence.codes) if id_ in above[one.id]]
    return np.isin(evidence.arrays.code, under)


def _both(evidence: Evidence, of: Both, looked_at: Mask) -> Mask:
    import numpy as np

    parts = [_found(evidence, one, looked_at) for one in of.of]
    found: Mask = np.zeros_like(looked_at)
    for at, part in enumerate(parts):
        kept = part
        for other in (*parts[:at], *parts[at + 1 :]):
            kept = kept & _meets(evidence.arrays, other)
        found = found | kept
    for one in of.without:
        found = found & ~_meets(evidence.arrays, _found(evidence, one, looked_at))
    return found


def _meets(arrays: Arrays, others: Mask) -> Mask:
    """Which places share a character with one of the others, which may be itself."""
    import numpy as np

    return meets(arrays, np.arange(len(others)), np.flatnonzero(others))


def _near(arrays: Arrays, what: Mask, to: Mask, turns: int) -> Mask:
    """Which places have another one of these at most some turns away, in the same transcript."""
    import numpy as np

    here, reach = _laid_out(arrays, turns)
    there = np.sort(here[to])
    many = np.searchsorted(there, here + reach, side="right") - np.searchsorted(there, here - reach)
    return np.asarray(what & (many > to))  # where a place is one of the others itself, it takes two


def _followed(arrays: Arrays, what: Mask, by: Mask, turns: int) -> Mask:
    """Which places end before one of these begins that is at most some turns later, in the same transcript."""
    import numpy as np

    if not by.any():
        return np.zeros_like(by)
    here, reach = _laid_out(arrays, turns)
    order = np.argsort(here[by], kind="stable")
    there, latest = here[by][order], np.maximum.accumulate(arrays.start[by][order])
    upto = np.searchsorted(there, here + reach, side="right")
    return np.asarray(what & (upto > 0) & (latest[np.maximum(upto, 1) - 1] >= arrays.end))


def _laid_out(arrays: Arrays, turns: int) -> tuple[Numbers, int]:
    """Turns with the transcripts laid end to end, so far apart that no reach leads from one to the next."""
    wide = int(arrays.turn.max(initial=0)) + 1
    return arrays.transcript * (3 * wide) + arrays.turn, min(turns, wide)
