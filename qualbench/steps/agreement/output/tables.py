"""The other tables of a report: codes together, causes, confusions, decisions, rounds and the recipe."""

import math
from collections import Counter
from collections.abc import Iterator

from qualbench.model import CAUSE_NAMES, CodeAgreement, SetAlpha
from qualbench.steps.agreement.benchmarks import BANDS, Band
from qualbench.steps.agreement.output.blocks import Cell, Column, Table
from qualbench.steps.agreement.output.code_tables import NO_LIMIT, UNDEFINED, remarks
from qualbench.steps.agreement.output.content import Contents, RoundFigures
from qualbench.steps.agreement.output.wording import listed
from qualbench.text import percent

SETS = {"masi": "MASI", "jaccard": "Jaccard", "dice": "Dice"}
_LIMITS = (
    Column("low", "Lower limit", 3, NO_LIMIT, numeric=True),
    Column("high", "Upper limit", 3, NO_LIMIT, numeric=True),
)


def overall_table(contents: Contents) -> Table:
    """Alpha over whole code sets by each distance, and what the codes' own figures come to."""
    columns = (
        Column("figure", "Figure", 8),
        Column("value", "Value", 3, UNDEFINED, numeric=True),
        *_LIMITS,
        Column("clusters", "Over transcripts", 3, NO_LIMIT, numeric=True),
        Column("remarks", "Remarks", 8),
    )
    run, whole = contents.agreement, contents.agreement.overall
    none = "no code has an alpha" if not whole.defined else "this run holds no value"
    alone: tuple[tuple[str, Cell], ...] = (
        ("Mean of the codes' alphas, each code the same weight", whole.mean),
        ("Lowest alpha of a code", whole.minimum),
        ("Pooled over codes (de Vries et al. 2008)", whole.pooled),
        ("Codes with an alpha", whole.defined),
        ("Codes without an alpha, in none of the above", whole.undefined),
    )
    rows = (
        *(_set_row(one) for one in (run.set_alpha, *run.other_sets)),
        *((name, value, "", "", "", none if value is None else "") for name, value in alone),
    )
    return Table("overall", "Alpha over code sets, and the codes' own alphas together", columns, rows)


def set_name(one: SetAlpha) -> str:
    """What a coefficient over code sets is called."""
    if one.distance == "multi-valued":
        return "Multi-valued alpha (Krippendorff & Craggs 2016)"
    return f"Alpha over code sets ({SETS.get(one.distance, one.distance)} distance)"


def _set_row(one: SetAlpha) -> tuple[Cell, ...]:
    limits = one.interval
    told = [one.why or "this run does not say why"] if one.value is None else []
    if limits is None and one.value is not None:
        told.append(f"no interval: {one.no_interval or 'none was computed'}")
    return (
        set_name(one),
        one.value,
        *((limits.low, limits.high, limits.clusters) if limits else (None, None, None)),
        "; ".join((*told, *(limits.warnings if limits else ()))),
    )


def bands_table(contents: Contents) -> Table:
    """The bands of the benchmark chosen, the highest first."""
    bands = BANDS[contents.benchmark]
    above = [None, *bands[:-1]]
    rows = tuple((_reach(band, upper), band.word) for band, upper in zip(bands, above, strict=False))
    columns = (Column("alpha", "Alpha", 3), Column("word", "Word", 8))
    return Table("benchmark", "Bands of the benchmark", columns, rows)


def _reach(band: Band, upper: Band | None) -> str:
    """Where a band lies, in words."""
    if math.isfinite(band.least):
        return f"{band.least:.3f} and above" if band.within else f"above {band.least:.3f}"
    return "any" if upper is None else f"{'below' if upper.within else 'up to'} {upper.least:.3f}"


# --- where the coders differ -----------------------------------------------------------------------------------


def causes_table(contents: Contents) -> Table:
    """How many differences have each cause; causes that never occurred are told too."""
    columns = (
        Column("cause", "Cause", 6),
        Column("count", "Differences", 2, numeric=True),
        Column("share", "Share", 2, UNDEFINED, numeric=True),
    )
    total = sum(contents.causes.values())
    rows = tuple(
        (name, contents.causes.get(cause, 0), contents.causes.get(cause, 0) / total if total else None)
        for cause, name in CAUSE_NAMES.items()
    )
    return Table("disagreements by cause", "Differences by cause", columns, rows)


def confusion_table(contents: Contents) -> Table:
    """Pairs of codes that one coder gave where another gave the other, the most frequent first."""
    columns = (
        Column("code", "Code", 6),
        Column("other", "Other code instead", 6),
        Column("count", "Segments", 2, numeric=True),
    )
    rows = tuple(
        (contents.label(code), contents.label(other), count) for (code, other), count in paired(contents).items()
    )
    return Table("confusion", "Codes taken for one another", columns, rows)


def paired(contents: Contents) -> dict[tuple[str, str], int]:
    """Each pair of codes once with its count, both orders added up, the most frequent first."""
    counts: Counter[tuple[str, str]] = Counter()
    for one in contents.confusions:
        swapped = (one.other, one.code)
        counts[swapped if swapped in counts else (one.code, one.other)] += one.count
    return dict(counts.most_common())


def settled_table(contents: Contents) -> Table:
    """What became of the disagreements."""
    columns = (Column("outcome", "Outcome", 6), Column("count", "Disagreements", 2, numeric=True))
    done = contents.settled
    rows: tuple[tuple[Cell, ...], ...] = (
        ("decided", done.decided),
        ("deferred", done.deferred),
        ("kept apart: both readings stand", done.apart),
        ("open", done.open),
    )
    return Table("settled", "Disagreements by outcome", columns, rows)


# --- rounds ----------------------------------------------------------------------------------------------------


def rounds_table(contents: Contents) -> Table:
    """One row for each round with the figures of all its codes."""
    columns = (
        Column("round", "Round", 5),
        Column("date", "Date", 3),
        Column("codebook", "Codebook", 3),
        Column("units", "Units", 2, numeric=True),
        Column("set_alpha", "Set alpha", 3, UNDEFINED, numeric=True),
        *_LIMITS,
        Column("mean", "Mean alpha", 3, UNDEFINED, numeric=True),
        Column("minimum", "Lowest alpha", 3, UNDEFINED, numeric=True),
        Column("defined", "Codes with an alpha", 3, numeric=True),
        Column("remarks", "Remarks", 6),
    )
    return Table("rounds", "The rounds", columns, tuple(_round_row(one) for one in contents.trend))


def _round_row(one: RoundFigures) -> tuple[Cell, ...]:
    run = one.agreement
    _, value, low, high, _, told = _set_row(run.set_alpha)
    return (
        *(one.name, one.date, one.codebook, run.units, value, low, high),
        *(run.overall.mean, run.overall.minimum, run.overall.defined, told),
    )


def trend_table(contents: Contents) -> Table:
    """One row for each code and round, so that a code's series stands together."""
    columns = (
        Column("code", "Code", 6),
        Column("round", "Round", 4),
        Column("date", "Date", 3),
        Column("alpha", "Alpha", 3, UNDEFINED, numeric=True),
        *_LIMITS,
        Column("remarks", "Remarks", 8),
    )
    rows = tuple(
        (contents.label(code), one.name, one.date, found.alpha, *_limits(found), "; ".join(remarks(found)))
        for code, series in code_series(contents).items()
        for one, found in series
    )
    return Table("trend", "Alpha by code and round", columns, rows)


def code_series(contents: Contents) -> dict[str, list[tuple[RoundFigures, CodeAgreement]]]:
    """Each code with its figures round by round; a round that did not compare the code is not in its series."""
    found: dict[str, list[tuple[RoundFigures, CodeAgreement]]] = {}
    for one in contents.trend:
        for code in one.agreement.codes:
            found.setdefault(code.code, []).append((one, code))
    return found


def _limits(one: CodeAgreement) -> tuple[Cell, Cell]:
    return (one.interval.low, one.interval.high) if one.interval else (None, None)


# --- the recipe ------------------------------------------------------------------------------------------------


def recipe_table(contents: Contents) -> Table:
    """What is needed to compute the run again and to judge it."""
    columns = (Column("key", "Key", 3), Column("item", "What", 4), Column("value", "Value", 10, "not known"))
    return Table("recipe", "Recipe", columns, tuple(_recipe(contents)))


def _recipe(contents: Contents) -> Iterator[tuple[Cell, ...]]:
    run, recipe = contents.agreement, contents.agreement.recipe
    yield "software", "Software and version", recipe.software or None
    yield "round", "Round", recipe.round or "everything that is opened"
    yield "unit", "Unit", run.unit
    yield "units", "Units compared", run.units
    yield "texts", "Corrected texts", listed(recipe.texts) if recipe.texts else "none"
    yield "segmentation", "Digest of the units' borders", recipe.segmentation or None
    yield "transcripts", "Transcripts", listed(contents.transcripts)
    yield "share", "Share of all data", None if contents.share is None else percent(contents.share)
    yield "coders", "Coders", listed(run.coders)
    yield "passes", "Passes", listed(recipe.passes) if recipe.passes else None
    yield "codebook", "Codebook version", run.codebook
    yield "codebooks", "Codebook versions of the passes", listed(recipe.codebooks) if recipe.codebooks else None
    yield "codes", "Codes compared", len(run.codes)
    yield "missing", "Missing values", recipe.missing
    yield "level", "Level", recipe.level
    yield "scope", "Chosen", "; ".join(recipe.scope) or "everything"
    yield "interval", "Interval", recipe.interval
    yield "draws", "Bootstrap draws", recipe.draws
    yield "seed", "Seed", str(recipe.seed)
    yield "benchmark", "Benchmark", str(contents.benchmark)
    yield "checked", "Check", run.checked or "not checked: live figures"
