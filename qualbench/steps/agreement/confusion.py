"""Which codes stand in for one another: what one coder gave where another gave something else.

Coders are compared two by two on every unit both read. Codes that both gave agree and are set aside first; every
code left of the one is then counted once against every code left of the other, as in the multi-label confusion
matrix of Heydarian, Doyle & Samavi (IEEE Access 10, 2022). When the one has two codes left and the other one,
nothing in the coding says which of the two it stands in for, so a count is of units, never of a guessed match.
No coder is the standard, so the order of the two does not matter.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import combinations, product
from typing import NamedTuple

from qualbench.model import Confusion, Unit


class _Counts(NamedTuple):
    """Units by what two coders made of them, added up over all pairs of coders."""

    both: Counter[str]
    """Both gave the code."""
    instead: Counter[tuple[str, str]]
    """One gave the first code and not the second, the other the second and not the first."""
    alone: Counter[str]
    """One gave the code, and the other has no code of its own on the unit."""
    neither: int
    """Both said that nothing applies."""


def confusions(units: Sequence[Unit], order: Sequence[str] = ()) -> tuple[Confusion, ...]:
    """The pairs of codes that stand in for one another, the most frequent first.

    In a pair the code that comes first in `order` (the codebook's) leads; codes that are not in it come last.
    """
    rank = {code: number for number, code in enumerate(dict.fromkeys(order))}

    def place(code: str) -> tuple[int, str]:
        return rank.get(code, len(rank)), code

    counts = _counts(units).instead
    pairs = {tuple(sorted(pair, key=place)) for pair in counts}
    found = [Confusion(code, other, counts[code, other] + counts[other, code]) for code, other in pairs]
    return tuple(sorted(found, key=lambda one: (-one.count, place(one.code), place(one.other))))


def matrix(units: Sequence[Unit], codes: Sequence[str]) -> tuple[tuple[int, ...], ...]:
    """Codes by codes, with one row and column more for "nothing instead"; the same read by rows or by columns.

    A cell counts units, each pair of coders by itself.

    - On the diagonal: both gave the code.
    - Off it: one gave the row's code, the other the column's code instead.
    - In the last column, and the same in the last row: one gave the code, and the other, who read the unit, gave
      nothing instead: no code at all, or only codes that the first gave too.
    - In the corner: both said that nothing applies.

    A code that is not in `codes` has no row, but who gave it did not give nothing. A row does not add up to the
    code's uses when several codes stand on one unit: one use is counted against each code that is there instead.
    """
    listed = tuple(dict.fromkeys(codes))
    counts = _counts(units)
    rows = [
        (
            *(counts.both[row] if row == column else _instead(counts.instead, row, column) for column in listed),
            counts.alone[row],
        )
        for row in listed
    ]
    return (*rows, (*(counts.alone[column] for column in listed), counts.neither))


def _instead(counts: Mapping[tuple[str, str], int], code: str, other: str) -> int:
    return counts.get((code, other), 0) + counts.get((other, code), 0)


def _counts(units: Sequence[Unit]) -> _Counts:
    both: Counter[str] = Counter()
    instead: Counter[tuple[str, str]] = Counter()
    alone: Counter[str] = Counter()
    neither = 0
    for unit in units:
        for a, b in combinations(unit.readings.values(), 2):
            both.update(a & b)
            only_a, only_b = a - b, b - a
            if only_a and only_b:
                instead.update(product(only_a, only_b))
            elif only_a or only_b:
                alone.update(only_a or only_b)
            else:
                neither += not a
    return _Counts(both, instead, alone, neither)
