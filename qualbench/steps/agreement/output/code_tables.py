"""The figures of every code as one table with stable columns; documents print parts of it."""

from collections.abc import Iterator

from qualbench.model import CodeAgreement
from qualbench.steps.agreement.benchmarks import verdict
from qualbench.steps.agreement.output.blocks import Cell, Column, Table
from qualbench.steps.agreement.output.content import Contents

UNDEFINED, NO_LIMIT = "undefined", "none"
_PAIR = {
    "percent": "Percent",
    "positive": "Positive",
    "negative": "Negative",
    "kappa": "Kappa",
    "pi": "Pi",
    "pabak": "PABAK",
    "ac1": "AC1",
}
"""The figures of the pair of coders; the keys are the fields of CodeAgreement."""


def codes_table(contents: Contents) -> Table:
    """One row for each code, every figure in it, in the order of the run."""
    rows = tuple(_row(one, contents) for one in contents.agreement.codes)
    return Table("codes", "Agreement by code", tuple(_columns()), rows)


def tidy_table(contents: Contents) -> Table:
    """The same table for programs: every column but the remarks, which say again what `why` and others say."""
    whole = codes_table(contents)
    return whole.only(whole.caption, *(column.key for column in whole.columns if column.key != "remarks"))


def printed_tables(contents: Contents) -> tuple[Table, ...]:
    """The same table in the parts that fit a page: counts, figures of the pair, alpha with its limits."""
    whole = codes_table(contents)
    low_high = ("alpha_low", "alpha_high", "bootstrap_low", "bootstrap_high")
    return (
        whole.only(
            "Counts of units, and how often each coder used the code",
            *(
                "label",
                "both",
                "only_a",
                "only_b",
                "neither",
                "prevalence_a",
                "prevalence_b",
                "prevalence_index",
                "bias_index",
            ),
        ),
        whole.only("Agreement of the two coders A and B", "label", *_PAIR, "why"),
        whole.only(
            "Krippendorff's alpha of all coders, with its 95 % limits",
            *("label", "alpha", *low_high, "clusters", "benchmark_word", "remarks"),
        ),
    )


def remarks(one: CodeAgreement) -> Iterator[str]:
    """What must be known beside a code's alpha: why there is none, why no limits, what to beware of."""
    if one.alpha is None:
        yield why(one)
    elif one.interval is None:
        yield f"no interval: {no_interval(one)}"
    if one.interval:
        yield from one.interval.warnings
        if one.bootstrap is None:
            yield "no bootstrap: this run holds none"


def no_interval(one: CodeAgreement) -> str:
    """Why a code's alpha has no limits; empty when it has."""
    return "" if one.interval else one.no_interval or "this run holds none"


def why(one: CodeAgreement) -> str:
    """Why figures are undefined, or who alone uses the code; empty when there is nothing to say."""
    if one.why:
        return one.why
    missing = [name for key, name in _PAIR.items() if getattr(one, key) is None]
    if one.alpha is None:
        missing.append("Alpha")
    return f"this run holds no value of {', '.join(missing)}" if missing else ""


def _columns() -> Iterator[Column]:
    yield Column("code", "Id", 5)
    yield Column("label", "Code", 6)
    for key, heading in (("both", "Both"), ("only_a", "Only A"), ("only_b", "Only B"), ("neither", "Neither")):
        yield Column(key, heading, 2, numeric=True)
    yield Column("prevalence_a", "Used by A", 2, UNDEFINED, numeric=True)
    yield Column("prevalence_b", "Used by B", 2, UNDEFINED, numeric=True)
    yield Column("prevalence_index", "Prevalence index", 2, UNDEFINED, numeric=True)
    yield Column("bias_index", "Bias index", 2, UNDEFINED, numeric=True)
    for key, heading in _PAIR.items():
        yield Column(key, heading, 3, UNDEFINED, numeric=True)
    yield Column("qualcoder", "QualCoder's figure", 3, NO_LIMIT, numeric=True)
    yield Column("alpha", "Alpha", 3, UNDEFINED, numeric=True)
    for key, heading in (
        ("alpha_low", "Lower limit"),
        ("alpha_high", "Upper limit"),
        ("bootstrap_low", "Bootstrap, lower"),
        ("bootstrap_high", "Bootstrap, upper"),
    ):
        yield Column(key, heading, 3, NO_LIMIT, numeric=True)
    yield Column("clusters", "Over transcripts", 3, NO_LIMIT, numeric=True)
    yield Column("benchmark_word", "Benchmark", 4)
    yield Column("why", "Why", 7)
    yield Column("no_interval", "Why no interval", 6)
    yield Column("warnings", "Warnings", 6)
    yield Column("remarks", "Remarks", 8)


def _row(one: CodeAgreement, contents: Contents) -> tuple[Cell, ...]:
    low, high = one.bootstrap or (None, None)
    limits = one.interval
    return (
        one.code,
        contents.label(one.code),
        *(one.both, one.only_a, one.only_b, one.neither),
        *one.prevalence,
        *(one.prevalence_index, one.bias_index),
        *(getattr(one, key) for key in _PAIR),
        (contents.qualcoder or {}).get(one.code),
        one.alpha,
        *((limits.low, limits.high) if limits else (None, None)),
        *(low, high),
        limits.clusters if limits else None,
        judged(one, contents),
        why(one),
        no_interval(one),
        "; ".join(limits.warnings) if limits else "",
        "; ".join(remarks(one)),
    )


def judged(one: CodeAgreement, contents: Contents) -> str:
    """The benchmark's word for a code, and what it was given to; empty without a benchmark or an alpha."""
    found = verdict(one, contents.benchmark)
    return f"{found.word}, on the {found.on}" if found.word else ""
