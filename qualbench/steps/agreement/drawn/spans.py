"""Agreement on freely drawn units: the family of Krippendorff, Mathet, Bouvry & Widlöcher 2016.

Source: On the reliability of unitizing textual continua, Quality & Quantity 50:2347; the same in Krippendorff,
Content Analysis (2019), section 12.6. Lengths and squares add up over continua, so several transcripts are one figure.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from qualbench.model import Transcript
from qualbench.steps.agreement.drawn.boundaries import WINDOW, boundary_similarities
from qualbench.steps.agreement.drawn.continua import Spans, codes_in, of_transcript
from qualbench.steps.agreement.drawn.lengths import Lengths, Taken, measure
from qualbench.steps.agreement.rated.ratings import Undefined
from qualbench.steps.agreement.units import PassReadings

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

NO_TEXT = Undefined("undefined (no text): no text was read by two coders")
SEVERAL_CODES = Undefined("undefined (several codes on one text): it needs one code for each character; see each code")
NOTHING_MARKED = Undefined("undefined (no variation): no coder marked anything")
ALL_MARKED = Undefined("undefined (no variation): every coder marked all of the text")
ALL_ONE_CODE = Undefined("undefined (no variation): every coder gave all of the text the same code")
NOT_SHARED = Undefined("undefined (nothing shared): no text was coded by two coders")
ONE_CODE_SHARED = Undefined("undefined (no variation): all text that two coders coded has the same code")
NOT_USED = Undefined("undefined (no units): no coder used this code")
NOT_COVERED = Undefined("undefined (coverage 0): none of its text met text that another coder coded")


class Covered(NamedTuple):
    """The agreement on one code where coders met, and how much of the code's text that is."""

    alpha: float | Undefined
    coverage: float | Undefined
    """The share of the code's text, 0 to 1, that met anything another coder coded: the mean over the others."""


@dataclass(frozen=True, slots=True)
class CodeSpans:
    """How far coders agree on the units of one code; a figure is None where `why` has the reason under its name."""

    code: str
    u: float | None
    """u-alpha of this code alone: its units against the rest of the text."""
    ku: float | None
    """(k)u-alpha, whether text two coders coded has this code or another; read it with its coverage only."""
    coverage: float | None
    """The share of the code's text, 0 to 1, that (k)u-alpha rests on."""
    boundary: float | None
    """Boundary similarity of the units of this code."""
    why: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class SpanAgreement:
    """How far coders agree on freely drawn units; a figure is None where `why` has the reason under its name."""

    u: float | None
    """u-alpha: boundaries and codes together."""
    binary: float | None
    """|u-alpha: whether the same text was found relevant, whatever the codes."""
    coding: float | None
    """cu-alpha: whether text that two coders coded has the same codes."""
    boundary: float | None
    """Boundary similarity of everything marked: whether units were split at the same places; without chance."""
    codes: tuple[CodeSpans, ...]
    mean: float | None
    """The mean of the u-alphas of the single codes, unweighted."""
    defined: int
    """Codes that are in the mean."""
    undefined: int
    """Codes left out of it, because they have no u-alpha."""
    transcripts: int
    """Those that two coders read; the others are in no figure."""
    characters: int
    """The text that counts in them."""
    window: int
    """How many places a near miss of boundaries spans at most."""
    why: Mapping[str, str]


def u_alpha(continua: Sequence[Spans]) -> float | Undefined:
    """u-alpha, at most 1: whether the same stretches got the same codes, boundaries and codes together.

    1 - (l.. - sum l_cc) / (l.. - sum e_cc) over codes and gap, Krippendorff et al. 2016. It does not see that a unit
    was split; boundary similarity does.
    """
    return _u(measure(continua, codes_in(continua)))


def binary_alpha(continua: Sequence[Spans]) -> float | Undefined:
    """|u-alpha, at most 1: whether the same text was found relevant, of the same source.

    Where a coder's units overlap, what they cover together is one unit.
    """
    return _binary(measure(continua, codes_in(continua)))


def coding_alpha(continua: Sequence[Spans]) -> float | Undefined:
    """cu-alpha, at most 1: whether text that two coders coded has the same codes, of the same source."""
    return _coding(measure(continua, codes_in(continua)))


def code_alpha(continua: Sequence[Spans], code: str) -> Covered:
    """(k)u-alpha, at most 1: whether text that two coders coded has this code or another, with its coverage.

    1 - [(l_k. - l_kk) / l_k.] / [(e_k. - e_kk) / e_k.] over text that two coders coded, of the same source.
    """
    codes = codes_in(continua)
    return _code(measure(continua, codes), codes.index(code)) if code in codes else Covered(NOT_USED, NOT_USED)


def single_alpha(continua: Sequence[Spans], code: str) -> float | Undefined:
    """u-alpha of one code alone, at most 1: its units against the rest of the text, other codes among it."""
    codes = codes_in(continua)
    if code not in codes:
        return NOT_USED
    lengths = measure(continua, codes)
    return _against_rest(lengths, lengths.code(codes.index(code)), NOT_USED)


def span_agreement(
    transcripts: Sequence[tuple[Transcript, Sequence[PassReadings]]],
    codes: Sequence[str],
    *,
    include_interviewer: bool = False,
    window: int = WINDOW,
) -> SpanAgreement:
    """The whole family for the passes over some transcripts, over the text that counts; the codes lead the table."""
    continua = [of_transcript(one, passes, include_interviewer=include_interviewer) for one, passes in transcripts]
    return family(continua, codes, window)


def family(continua: Sequence[Spans], codes: Sequence[str] = (), window: int = WINDOW) -> SpanAgreement:
    """Every figure from one measurement; codes that occur but are not named come behind those that are."""
    listed = (*dict.fromkeys(codes), *(code for code in codes_in(continua) if code not in codes))
    lengths = measure(continua, listed)
    similar = boundary_similarities(continua, listed, window)
    rows = tuple(_row(lengths, at, code, similar.codes[at]) for at, code in enumerate(listed))
    defined = [row.u for row in rows if row.u is not None]
    found = {"u": _u(lengths), "binary": _binary(lengths), "coding": _coding(lengths), "boundary": similar.marked}
    compared = [spans for spans in continua if spans.read_by_two]
    return SpanAgreement(
        u=_value(found["u"]),
        binary=_value(found["binary"]),
        coding=_value(found["coding"]),
        boundary=_value(found["boundary"]),
        codes=rows,
        mean=sum(defined) / len(defined) if defined else None,
        defined=len(defined),
        undefined=len(rows) - len(defined),
        transcripts=len(compared),
        characters=sum(spans.end - spans.begin for spans in compared),
        window=window,
        why=_why(found) | ({} if defined else {"mean": "undefined: no code has a u-alpha"}),
    )


def corrected(text: float, same: float, lengths: "Floats", squares: float) -> float:
    """1 - observed / expected disagreement, from the length each value takes, at most 1.

    With e_cc = l.. (l_c.^2 - S_c) / (l..^2 - sum S) put in: 1 - (l.. - sum l_cc) / (l.. - sum e_cc).
    """
    return float(1 - (text - same) * (text**2 - squares) / (text * (text**2 - (lengths**2).sum())))


def _u(lengths: Lengths) -> float | Undefined:
    import numpy as np

    if not lengths.text:
        return NO_TEXT
    if not lengths.marked.length:
        return NOTHING_MARKED
    if lengths.overlapping:
        return SEVERAL_CODES
    gap = lengths.text - lengths.marked.length
    taken = np.append(lengths.taken, gap)
    if np.count_nonzero(taken) < 2:
        return ALL_ONE_CODE
    squares = float(lengths.squares.sum()) + gap  # a gap counts place by place
    return corrected(lengths.text, lengths.agreed, taken, squares)


def _binary(lengths: Lengths) -> float | Undefined:
    return _against_rest(lengths, lengths.marked, NOTHING_MARKED)


def _against_rest(lengths: Lengths, taken: Taken, unused: Undefined) -> float | Undefined:
    """u-alpha of some units against everything else as gap."""
    import numpy as np

    if not lengths.text:
        return NO_TEXT
    if not taken.length:
        return unused
    gap = lengths.text - taken.length
    if not gap:
        return ALL_MARKED
    same = taken.same + lengths.neither(taken)
    return corrected(lengths.text, same, np.array((taken.length, gap)), taken.squares + gap)


def _coding(lengths: Lengths) -> float | Undefined:
    why = _not_comparable(lengths)
    if why:
        return why
    met = float(lengths.met.sum())
    return corrected(met, float(lengths.same.sum()), lengths.met, float(lengths.met_squares.sum()))


def _code(lengths: Lengths, at: int) -> Covered:
    taken, met, both = lengths.code(at), float(lengths.met[at]), float(lengths.met.sum())
    if not lengths.text or not taken.length:
        unused = NOT_USED if lengths.text else NO_TEXT
        return Covered(unused, unused)
    coverage = met / taken.length
    why = _not_comparable(lengths) if met else NOT_COVERED
    if why:
        return Covered(why, coverage)
    expected = met * (both - met) / (met * both - float(lengths.met_squares[at]))
    return Covered(1 - (met - taken.same) / met / expected, coverage)


def _not_comparable(lengths: Lengths) -> Undefined | None:
    """Why nothing can be said of the codes that two coders gave to the same text."""
    import numpy as np

    if not lengths.text:
        return NO_TEXT
    if lengths.overlapping:
        return SEVERAL_CODES
    codes = np.count_nonzero(lengths.met)
    return (NOT_SHARED, ONE_CODE_SHARED)[codes] if codes < 2 else None


def _row(lengths: Lengths, at: int, code: str, boundary: float | Undefined) -> CodeSpans:
    ku, coverage = _code(lengths, at)
    alone = _against_rest(lengths, lengths.code(at), NOT_USED)
    return CodeSpans(
        code=code,
        u=_value(alone),
        ku=_value(ku),
        coverage=_value(coverage),
        boundary=_value(boundary),
        why=_why({"u": alone, "ku": ku, "coverage": coverage, "boundary": boundary}),
    )


def _value(figure: float | Undefined) -> float | None:
    return None if isinstance(figure, Undefined) else figure


def _why(found: Mapping[str, float | Undefined]) -> dict[str, str]:
    return {name: figure.why for name, figure in found.items() if isinstance(figure, Undefined)}
