"""The agreement section: what was compared and how, every figure with its limits, and how to read them.

It says what O'Connor & Joffe (2020) ask for; where the log does not show it, a gap for the authors stands in its place.
"""

from collections.abc import Iterator, Sequence

from qualbench.model import Agreement, Benchmark, CodeAgreement
from qualbench.steps.report.blocks import Block, Bullets, Heading, Paragraph, Table
from qualbench.steps.report.content import Report
from qualbench.steps.report.gaps import Drafted
from qualbench.steps.report.words import Words

_DASH = "–"


def agreement_section(report: Report, words: Words) -> Iterator[Block]:
    """Everything about agreement before consensus."""
    run = report.agreement
    if run is None:
        yield Paragraph(words.say("agreement.one_coder" if report.study.coders == 1 else "agreement.none"))
        return
    yield Paragraph(overall(run, words))
    if run.codes:
        yield agreement_table(run, words)
        yield Heading(words.say("heading.read"))
        yield Bullets(tuple(_legend(run, words)))
    if len(report.history.rounds) > 1:
        yield rounds_table(report, words)
    yield Heading(words.say("heading.how"))
    yield from _asked(report, run, words)


def overall(run: Agreement, words: Words) -> str:
    """The run in a sentence or two: alpha over sets of codes with its limits, and between what the codes lie."""
    whole = run.set_alpha
    name = words.say("agreement.whole", distance=whole.distance.upper())
    if not run.units:
        figure = words.say("agreement.why", code=name, why=words.say("agreement.no_units"))
    elif whole.value is None:
        figure = words.say("agreement.undefined", name=name)
    else:
        figure = words.say("agreement.value", name=name, value=words.coefficient(whole.value, 2))
        if whole.interval:
            low, high = (words.coefficient(limit, 2) for limit in (whole.interval.low, whole.interval.high))
            value = words.coefficient(whole.value, 2)
            figure = words.say("agreement.value_limits", name=name, value=value, low=low, high=high)
    known = [(one.alpha, one.code) for one in run.codes if one.alpha is not None]
    if len(known) < 2:
        return figure
    (low_alpha, worst), (high_alpha, best) = min(known), max(known)
    low, high = words.coefficient(low_alpha, 2), words.coefficient(high_alpha, 2)
    return f"{figure} {words.say('agreement.span', low=low, worst=worst, high=high, best=best)}"


# --- tables ------------------------------------------------------------------------------------------------


def agreement_table(run: Agreement, words: Words) -> Table:
    """Per code: the 2 x 2 counts, how often each coder used it, every figure with three decimals, and limits."""
    names = ("code", "counts", "used", "percent", "positive", "negative", "kappa", "alpha", "limits")
    header = tuple(words.say(f"column.{name}") for name in names)
    rows = tuple(_agreement_row(one, words) for one in run.codes)
    return Table(words.say("table.agreement"), header, rows, (6, 5, 4, 3, 3, 3, 3, 3, 4), frozenset(range(1, 9)))


def _agreement_row(one: CodeAgreement, words: Words) -> tuple[str, ...]:
    counts = " / ".join(words.number(count) for count in (one.both, one.only_a, one.only_b, one.neither))
    used = " / ".join(_DASH if share is None else words.percent(share) for share in one.prevalence)
    limits = (one.interval.low, one.interval.high) if one.interval else None
    return (
        one.code,
        counts,
        used,
        _DASH if one.percent is None else words.percent(one.percent),
        *(_figure(value, words) for value in (one.positive, one.negative, one.kappa, one.alpha)),
        _limits(limits, words),
    )


def _figure(value: float | None, words: Words) -> str:
    return _DASH if value is None else words.coefficient(value, 3)


def _limits(limits: tuple[float, float] | None, words: Words) -> str:
    return " – ".join(words.coefficient(limit, 3) for limit in limits) if limits else _DASH


def rounds_table(report: Report, words: Words) -> Table:
    """Round by round: its own figures, never computed again from a later one."""
    header = tuple(words.say(f"column.{name}") for name in ("round", "date", "version", "n_units", "alpha", "limits"))
    rows = tuple(
        (
            one.name,
            one.date[:10],
            one.codebook,
            words.number(one.units),
            _figure(one.alpha, words),
            _limits(one.limits, words),
        )
        for one in report.history.rounds
    )
    return Table(words.say("table.rounds"), header, rows, (4, 3, 2, 2, 2, 4), frozenset({3, 4, 5}))


# --- sentences ---------------------------------------------------------------------------------------------


def _legend(run: Agreement, words: Words) -> Iterator[str]:
    named = [
        words.say("agreement.letter", letter=letter, coder=who) for letter, who in zip("AB", run.coders, strict=False)
    ]
    yield words.say("agreement.coders", names=", ".join(named) or words.say("none"))
    for figure in ("percent", "positive", "negative", "kappa", "alpha", "interval"):
        yield words.say(f"agreement.{figure}")
    for one in run.codes:
        why = _why(one, run.coders, words)
        if why:
            yield words.say("agreement.why", code=one.code, why=why)


def _why(one: CodeAgreement, coders: Sequence[str], words: Words) -> str:
    """Why a code has no alpha, or who alone uses it, worked out of its counts."""
    given, units = one.both + one.only_a + one.only_b, one.both + one.only_a + one.only_b + one.neither
    if len(coders) > 2:
        return one.why and f"{one.why.rstrip('.')}."
    if not units:
        return words.say("agreement.no_units")
    if not given:
        return words.say("agreement.never")
    if one.both == units:
        return words.say("agreement.always")
    if not one.both and not (one.only_a and one.only_b):
        return words.say("agreement.only", coder=coders[0 if one.only_a else 1])
    return ""


def _asked(report: Report, run: Agreement, words: Words) -> Iterator[Block]:
    """What a report of agreement has to say, in the order of O'Connor & Joffe."""
    history = report.history
    text = Drafted(words)
    text.gap("gap.rationale")
    text.say("agreement.before")
    if run.checked:
        text.say("agreement.checked")
    yield text.paragraph()
    units, transcripts = words.say("units", n=run.units), words.say("transcripts", n=len(run.transcripts))
    unit, names = unit_named(run.unit, words), words.listed(run.transcripts)
    text = Drafted(words)
    text.say("agreement.unit", unit=unit, units=units, transcripts=transcripts, names=names)
    if history.double_coded:
        share = words.share(history.double_coded, history.all_segments, "segments")
        text.say("agreement.double", share=share)
    drawn = [f"{one.name}: {one.drawn}" for one in history.rounds if one.drawn]
    if drawn:
        text.say("agreement.chosen", how=" ".join(drawn))
    else:
        text.gap("gap.chosen")
    text.say("agreement.independent")
    if history.late:
        text.say("passes.late", n=history.late)
    text.gap("gap.coders")
    yield text.paragraph()
    yield _measured(report, run, words)


def _measured(report: Report, run: Agreement, words: Words) -> Paragraph:
    text = Drafted(words)
    text.say("agreement.codebook", version=run.codebook, codes=words.say("codes", n=len(run.codes)))
    text.say("agreement.measure")
    benchmark = report.study.benchmark
    if benchmark is Benchmark.NONE:
        text.say("agreement.no_benchmark")
    else:
        text.say("agreement.benchmark", benchmark=words.say(f"benchmark.{benchmark}"))
    text.gap("gap.threshold")
    return text.paragraph()


def unit_named(unit: str, words: Words) -> str:
    """The rule of segmentation in words; several rules are joined by 'and' in a run."""
    return words.listed([words.named("unit", one) for one in unit.split(" and ")])
