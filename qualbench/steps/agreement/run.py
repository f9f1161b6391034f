"""One agreement run: the figures of every code and the alpha over whole code sets, from the same units.

It is quick enough to be run after every decision; the second computation of alpha belongs to publishing.
"""

from collections.abc import Iterable, Sequence
from statistics import fmean

from qualbench.errors import UnknownCoder, UsageError
from qualbench.model import Agreement, CodeAgreement, Overall, Recipe, Unit
from qualbench.steps.agreement import figures
from qualbench.steps.agreement.alpha import Estimate, estimates
from qualbench.steps.agreement.labelled.sets import Measure, set_alphas
from qualbench.steps.agreement.tables import Table, count
from qualbench.steps.agreement.tally import Tally, sums, tally

NO_UNITS = "undefined (no units): no unit was coded by two coders"
MEASURES: tuple[Measure, ...] = ("masi", "jaccard", "dice", "multi-valued")
"""How whole code sets are compared, the headline first."""
PLAIN = Recipe()
"""How a run is computed unless something else is asked for."""


def run(
    units: Sequence[Unit],
    *,
    codes: Iterable[str],
    unit: str,
    codebook: str,
    pair: tuple[str, str] | None = None,
    recipe: Recipe = PLAIN,
) -> Agreement:
    """The agreement of all coders over the units that at least two of them read.

    Alpha and its limits take every coder; the other figures take the pair, which leads `coders` (the first two
    by name unless `pair` says otherwise) in the order of names. The recipe tells the seed and the draws.
    """
    compared = [one for one in units if len(one.readings) > 1]
    coders = _coders(units, compared, pair)
    counted = tally(compared, codes, coders)
    tables = count(counted)
    listed = _codes(counted, tables, recipe)
    headline, *beside = set_alphas(compared, MEASURES)
    return Agreement(
        unit=unit,
        coders=coders,
        transcripts=counted.transcripts,
        units=counted.units,
        codebook=codebook,
        codes=listed,
        set_alpha=headline,
        other_sets=tuple(beside),
        overall=_overall(listed, tables),
        recipe=recipe,
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


def _codes(tally: Tally, tables: Sequence[Table], recipe: Recipe) -> tuple[CodeAgreement, ...]:
    parts = sums(tally)
    read, yes = int(parts.readings.sum()), parts.yes.sum(axis=0).astype(int).tolist()
    sure = estimates(parts, seed=recipe.seed, draws=recipe.draws)
    return tuple(
        _code(code, table, estimate, _why(table, (given, read), tally.coders))
        for code, table, given, estimate in zip(tally.codes, tables, yes, sure, strict=True)
    )


def _code(code: str, table: Table, estimate: Estimate, why: str) -> CodeAgreement:
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
        alpha=estimate.alpha,
        why=why,
        pi=figures.pi(table),
        pabak=figures.pabak(table),
        ac1=figures.ac1(table),
        prevalence_index=figures.prevalence_index(table),
        bias_index=figures.bias_index(table),
        interval=estimate.interval,
        bootstrap=estimate.bootstrap,
        no_interval=estimate.no_interval,
    )


def _overall(codes: Sequence[CodeAgreement], tables: Sequence[Table]) -> Overall:
    """The codes together; those without an alpha are in no mean, and the pooled value is the pair's."""
    defined = [code.alpha for code in codes if code.alpha is not None]
    return Overall(
        mean=fmean(defined) if defined else None,
        minimum=min(defined, default=None),
        pooled=figures.pooled(tables),
        defined=len(defined),
        undefined=len(codes) - len(defined),
    )


def _why(table: Table, given: tuple[int, int], coders: Sequence[str]) -> str:
    """Why figures are undefined, or which coder alone uses the code; empty when there is nothing to say.

    `given` is how many of all readings have the code.
    """
    if len(coders) < 2:
        return NO_UNITS
    between = _why_pair(table, coders[0], coders[1])
    if len(coders) == 2:
        return between
    reasons = (f"{coders[0]} and {coders[1]}: {between}" if between else "", _why_all(*given))
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


def _why_all(given: int, readings: int) -> str:
    """Why alpha over three and more coders is undefined; empty when it is not."""
    if not readings:
        return f"all coders: {NO_UNITS}"
    if not given:
        return "all coders: undefined (no variation): no coder applied it"
    if given == readings:
        return "all coders: undefined (no variation): every coder applied it to every unit"
    return ""
