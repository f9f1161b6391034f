"""The units with every code counted under the code at the top of its branch, to compare coders there too."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from qualbench.model import Unit


def rolled_up(units: Sequence[Unit], parents: Mapping[str, str]) -> tuple[Unit, ...]:
    """The same readings with top-level codes only: one counts as applied when it or any code under it is.

    `parents` leads from a code to its parent; a code that is not in it, or has an empty parent, is at the top.
    """
    top: dict[str, str] = {}
    rolled: dict[frozenset[str], frozenset[str]] = {}
    for codes in {codes for unit in units for codes in unit.readings.values()}:
        for code in codes.difference(top):
            top[code] = _top(code, parents)
        rolled[codes] = frozenset(top[code] for code in codes)
    return tuple(
        replace(unit, readings={coder: rolled[codes] for coder, codes in unit.readings.items()}) for unit in units
    )


def _top(code: str, parents: Mapping[str, str]) -> str:
    """The code at the end of the chain of parents; in a chain that goes round, the first of its ring by name."""
    seen = [code]
    while parent := parents.get(seen[-1]):
        if parent in seen:
            return min(seen[seen.index(parent) :])
        seen.append(parent)
    return seen[-1]
