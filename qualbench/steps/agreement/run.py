"""One agreement run: the figures of every code and the alpha over whole code sets, from the same units."""

from collections.abc import Sequence

from qualbench.errors import UnknownCoder, UsageError
from qualbench.model import Agreement, CodeAgreement, Unit
from qualbench.steps.agreement import figures
from qualbench.steps.agreement.alpha import alpha
from qualbench.steps.agreement.sets import set_alpha
from qualbench.steps.agreement.tables import Table, Votes, count

NO_UNITS = "undefined (no units): no unit was coded by two coders"


def run(
    units: Sequence[Unit],
    *,
    codes: Sequence[str],
    unit: str,
    codebook: str,
    pair: tuple[str, str] | None = None,
) -> Agreement:
    """The agreement of all coders over the units that at least two of them read.

    Alpha takes every coder; the table, percent, positive, negative and kappa take the pair, which leads
    `coders` (the first two by name unless `pair` says otherwise) in the order of names.
    """
    compared = [one for one in units if len(one.readings) > 1]
    coders = _coders(units, compared, pair)
    used = {code for one in compared for held in one.readings.values() for code in held}
    listed = (*dict.fromkeys(codes), *sorted(used.difference(codes)))
    return Agreement(
        unit=unit,
        coders=coders,
        transcripts=tuple(sorted({one.transcript for one in compared})),
        units=len(compared),
        codebook=codebook,
        codes=tuple(_code(code, table, votes, coders) for code, table, votes in count(compared, listed, coders)),
        set_alpha=set_alpha(compared),
    )


def _coders(units: Sequence[Unit], compared: Sequence[Unit], pair: tuple[str, str] | None) -> tuple[str, ...]:
    """The coders, the pair first; who shares no unit with anybody is named only when nobody does."""
    found = {coder for one in compared or units for coder in one.readings}
    if pair is None:
        return tuple(sorted(found))
    if pair[0] == pair[1]:
        raise UsageError(f"{pair[0]} can not be compared with {pair[0]}.", "Name two coders.")
    known = {coder for one in units for coder in one.readings}
    for coder in pair:
        if coder not in known:
            raise UnknownCoder(coder)
    return (*sorted(pair), *sorted(found.difference(pair)))


def _code(code: str, table: Table, votes: Votes, coders: Sequence[str]) -> CodeAgreement:
    value = alpha(code, votes)
    return CodeAgreement(
        code=code,
        both=table.both,
        only_a=table.only_a,
        only_b=table.only_b,
        neither=table.neither,
        prevalence=figures.prevalence(table),
        percent=figures.percent(table),
        positive=figures.positive(table),
        negative=figures.negative(table),
        kappa=figures.kappa(table),
        alpha=value,
        why=_why(table, votes, coders),
    )


def _why(table: Table, votes: Votes, coders: Sequence[str]) -> str:
    """Why figures are undefined, or which coder alone uses the code; empty when there is nothing to say."""
    if len(coders) < 2:
        return NO_UNITS
    between = _why_pair(table, coders[0], coders[1])
    if len(coders) == 2:
        return between
    reasons = (f"{coders[0]} and {coders[1]}: {between}" if between else "", _why_all(votes))
    return "; ".join(reason for reason in reasons if reason)


def _why_pair(table: Table, a: str, b: str) -> str:
    if not table.units:
        return NO_UNITS
    if not table.by_a and not table.by_b:
        return "undefined (no variation): neither coder applied it"
    if table.both == table.units:
        return "undefined (no variation): both coders applied it to every unit"
    if not table.by_a or not table.by_b:
        return f"only {a if table.by_a else b} uses this code"
    return ""


def _why_all(votes: Votes) -> str:
    """Why alpha over three and more coders is undefined; empty when it is not."""
    if not votes:
        return f"all coders: {NO_UNITS}"
    if all(not applied for _, applied in votes):
        return "all coders: undefined (no variation): no coder applied it"
    if all(read == applied for read, applied in votes):
        return "all coders: undefined (no variation): every coder applied it to every unit"
    return ""
