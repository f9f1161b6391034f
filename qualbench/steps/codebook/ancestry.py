"""What became of a code over the versions, and what it came from: merging and splitting keep ancestry both ways.

A coding keeps the code that its coder chose. Where that was merged, the coding is read as the code it went into;
where it was split nobody but the coder can say, so it is read as it stands.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from qualbench.model import Codebook
from qualbench.steps.codebook.lifecycle import MERGED, SPLIT


@dataclass(frozen=True, slots=True)
class Ancestry:
    """The codes that a code came from by merging and splitting, and those it went into, nearest first."""

    before: tuple[str, ...]
    after: tuple[str, ...]


def read_as(releases: Sequence[Codebook], code: str) -> tuple[str, ...]:
    """What a coding of a code is read as under the newest version; the code itself when it was not merged."""
    into = _edges(releases, {MERGED})
    return tuple(one for one in (code, *_reached(into, code)) if one not in into) or (code,)


def ancestry(releases: Sequence[Codebook], code: str) -> Ancestry:
    """Everything that a code came from and went into, over all versions."""
    into = _edges(releases, {MERGED, SPLIT})
    return Ancestry(_reached(_turned(into), code), _reached(into, code))


def merged_by(releases: Sequence[Codebook], code: str) -> tuple[str, ...]:
    """The codes whose codings are read as this one after these releases, because they were merged into it."""
    return _reached(_turned(_edges(releases, {MERGED})), code)


_Edges = dict[str, tuple[str, ...]]


def _edges(releases: Iterable[Codebook], states: set[str]) -> _Edges:
    """Where each code went, as the newest version that has it says; oldest version first."""
    said = {code.id: code for book in releases for code in book.codes}
    return {code.id: code.into for code in said.values() if code.into and code.status in states}


def _turned(into: _Edges) -> _Edges:
    turned: _Edges = {}
    for code, targets in into.items():
        for target in targets:
            turned[target] = (*turned.get(target, ()), code)
    return turned


def _reached(edges: _Edges, code: str) -> tuple[str, ...]:
    """All codes that can be reached from one, nearest first, without itself; a circle is walked once."""
    found: dict[str, None] = {code: None}
    waiting = [code]
    for one in waiting:
        new = [target for target in edges.get(one, ()) if target not in found]
        found |= dict.fromkeys(new)
        waiting += new
    return tuple(found)[1:]
