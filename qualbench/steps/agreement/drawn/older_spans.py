"""Figures for freely drawn units that older studies printed: offered only to be compared with what they printed.

Each mistakes something that the u-alpha family gets right, and has its sentence here that says what.
"""

from bisect import bisect_left
from collections.abc import Sequence
from itertools import accumulate, combinations
from typing import NamedTuple

from qualbench.steps.agreement.drawn.continua import Spans, codes_in
from qualbench.steps.agreement.drawn.lengths import Lengths, measure, pools, taken, units_of
from qualbench.steps.agreement.drawn.spans import ALL_ONE_CODE, NO_TEXT, NOTHING_MARKED, SEVERAL_CODES, corrected
from qualbench.steps.agreement.rated.ratings import Undefined

WHY_NOT_ALPHA_U = (
    "The first alpha for unitizing (Krippendorff 1995, 2004) misbehaves with more than two coders; its author and "
    "others replaced it by the u-alpha family in 2016."
)
WHY_NOT_CHARACTERS = (
    "Characters are not decisions: long passages dominate, edge habits count as disagreement, untouched text makes "
    "agreement look high, the standard error is far too small, and a unit that was split is not seen."
)

TWO_CODERS = Undefined("Cohen's kappa is for two coders who read the same texts")


def alpha_u_1995(spans: Spans) -> float | Undefined:
    """The superseded alpha_U of one continuum, at most 1; see WHY_NOT_ALPHA_U.

    Krippendorff 1995 (Sociological Methodology 25:47) with the expectation as corrected in 2004 (Content Analysis,
    section 11.6): 1 - sum of D_o / sum of D_e over the codes. It was published for a continuous scale; on characters
    it comes nearer to that the longer the units are.
    """
    if not spans.read_by_two:
        return NO_TEXT
    observed = expected = 0.0
    for code in codes_in([spans]):
        sections = [_sections(units_of(spans, coder, code), spans) for coder in spans.units]
        observed += sum(_apart(one, other) for one, other in combinations(sections, 2))
        expected += _expected(sections, spans.end - spans.begin)
    coders, length = len(spans.units), spans.end - spans.begin
    if not expected:
        return ALL_ONE_CODE if codes_in([spans]) else NOTHING_MARKED
    return 1 - 2 * observed / (coders * (coders - 1) * length**2) / expected


def char_kappa(continua: Sequence[Spans]) -> float | Undefined:
    """Cohen's kappa with every character as a unit, -1 to 1, gaps as one more code; see WHY_NOT_CHARACTERS."""
    codes = codes_in(continua)
    together = pools(continua, codes)
    lengths = measure(continua, codes)
    why = _undefined(lengths)
    if why:
        return why
    if len(together) != 1 or len(together[0].coders) != 2:
        return TWO_CODERS
    pool = together[0]
    one, other = (taken(pool, coder, len(codes)) for coder in range(2))
    by_chance = float(one @ other + (pool.text - one.sum()) * (pool.text - other.sum())) / pool.text**2
    observed = lengths.agreed / lengths.text
    return (observed - by_chance) / (1 - by_chance)


def char_alpha(continua: Sequence[Spans]) -> float | Undefined:
    """Krippendorff's nominal alpha with every character as a unit, at most 1; see WHY_NOT_CHARACTERS."""
    import numpy as np

    lengths = measure(continua, codes_in(continua))
    why = _undefined(lengths)
    if why:
        return why
    values = np.append(lengths.taken, lengths.text - lengths.marked.length)
    return corrected(lengths.text, lengths.agreed, values, lengths.text)


def _undefined(lengths: Lengths) -> Undefined | None:
    """Why characters have no single code each, or all the same; None when neither is so."""
    if not lengths.text:
        return NO_TEXT
    if not lengths.marked.length:
        return NOTHING_MARKED
    if lengths.overlapping:
        return SEVERAL_CODES
    return ALL_ONE_CODE if lengths.text in lengths.taken else None


class _Section(NamedTuple):
    """A unit, or the gap between two."""

    start: int
    end: int
    unit: bool

    @property
    def length(self) -> int:
        return self.end - self.start


def _sections(units: Sequence[tuple[int, int]], spans: Spans) -> list[_Section]:
    """The units of a coder with the gaps before, between and behind them."""
    edges = [spans.begin, *(edge for unit in units for edge in unit), spans.end]
    gaps = zip(edges[::2], edges[1::2], strict=True)
    return sorted(
        [_Section(*unit, True) for unit in units] + [_Section(*gap, False) for gap in gaps if gap[0] < gap[1]]
    )


def _apart(one: Sequence[_Section], other: Sequence[_Section]) -> int:
    """The squared differences of two coders' sections, over all that meet."""
    total = a = b = 0
    while a < len(one) and b < len(other):
        total += _difference(one[a], other[b])
        end = min(one[a].end, other[b].end)
        a, b = a + (one[a].end == end), b + (other[b].end == end)
    return total


def _difference(one: _Section, other: _Section) -> int:
    """How far two sections that meet differ: both ends squared, or a unit in the other's gap squared."""
    if one.unit and other.unit:
        return (one.start - other.start) ** 2 + (one.end - other.end) ** 2
    if one.unit != other.unit:
        unit, gap = (one, other) if one.unit else (other, one)
        return unit.length**2 if gap.start <= unit.start and unit.end <= gap.end else 0
    return 0


def _expected(coders: Sequence[Sequence[_Section]], length: int) -> float:
    """The difference of two sections when every unit may stand anywhere."""
    units = [section.length for sections in coders for section in sections if section.unit]
    gaps = sorted(section.length for sections in coders for section in sections if not section.unit)
    behind = [*accumulate(reversed(gaps), initial=0)]
    total = 0.0
    for unit in units:
        fits = len(gaps) - bisect_left(gaps, unit)
        total += (len(units) - 1) * (2 * unit**3 - 3 * unit**2 + unit) / 3
        total += unit**2 * (behind[fits] - fits * (unit - 1))
    whole = len(coders) * length
    room = whole * (whole - 1) - sum(unit * (unit - 1) for unit in units)
    return 2 * total / length / room
