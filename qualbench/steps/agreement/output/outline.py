"""The report in reading order: its sections and sentences, so that every format says the same.

What an agreement report must say follows O'Connor & Joffe 2020, Kottner et al. 2011 and Campbell et al. 2013.
"""

from collections.abc import Iterator

from qualbench.model import Benchmark
from qualbench.steps.agreement.benchmarks import SOURCES
from qualbench.steps.agreement.output import legend, tables
from qualbench.steps.agreement.output.blocks import Section, said
from qualbench.steps.agreement.output.code_tables import codes_table, printed_tables
from qualbench.steps.agreement.output.content import Contents, RoundFigures
from qualbench.steps.agreement.output.wording import letter, listed, sentence
from qualbench.text import many, one_line, percent

BEFORE = (
    "All figures were computed before any consensus, from submitted passes only: "
    "nothing that was decided later is in them."
)


def sections(contents: Contents) -> tuple[Section, ...]:
    """Everything an agreement report prints, in reading order."""
    parts = [
        Section("What was measured", tuple(_measured(contents))),
        Section("Material, units and coders", tuple(_material(contents))),
        _by_code(contents),
        _overall(contents),
        _benchmark(contents),
        _differences(contents),
        _settled(contents),
        _rounds(contents),
    ]
    if contents.qualcoder is not None:
        parts.append(_qualcoder(contents))
    return (*parts, _recipe(contents))


# --- what was compared -----------------------------------------------------------------------------------------


def _measured(contents: Contents) -> Iterator[str]:
    yield sentence(contents.method)
    yield (
        "The measure is Krippendorff's alpha of each code, applied or not applied, over units that were fixed before "
        "coding. It takes any number of coders, bears missing readings, and gives no credit for using a code at "
        "different rates; it stands beside the counts and the share of agreement it comes from."
    )
    yield BEFORE
    yield from map(sentence, contents.notes)


def _material(contents: Contents) -> Iterator[str]:
    run, recipe = contents.agreement, contents.agreement.recipe
    yield (
        f"Unit: {run.unit}. The units were cut by rule before coding, and every coder judged the same ones. "
        f"{many(run.units, 'unit')} read by at least two coders {'is' if run.units == 1 else 'are'} compared."
    )
    yield f"Transcripts: {len(contents.transcripts)} ({listed(contents.transcripts)})."
    yield sentence(contents.chosen) or "How the transcripts were chosen is not recorded."
    yield (
        "The share of all data that is double-coded is not known."
        if contents.share is None
        else f"Share of all data that is double-coded: {percent(contents.share)}."
    )
    yield f"Coders: {listed(run.coders)}."
    yield sentence(contents.coders) or "Who the coders are and how they were trained is not recorded."
    yield (
        "The coders worked independently: a pass is frozen when it is submitted, and nobody could see another's "
        "coding of a transcript before all had submitted theirs."
    )
    yield from _codebook(contents)
    yield f"Missing readings: {recipe.missing.rstrip('.')}."
    yield f"Chosen for this run: {'; '.join(recipe.scope)}." if recipe.scope else "Everything opened was compared."


def _codebook(contents: Contents) -> Iterator[str]:
    run, recipe = contents.agreement, contents.agreement.recipe
    book = contents.codebook
    title = f" of '{one_line(book.title)}'" if book.title else ""
    yield (
        f"Codebook: version {run.codebook}{title}, with {many(len(book.codes), 'code')} in version {book.version}; "
        f"{many(len(run.codes), 'code')} compared."
    )
    if len(recipe.codebooks) > 1:
        yield f"The passes were coded under versions {listed(recipe.codebooks)}."
    if recipe.level == "parents":
        yield "Codes are rolled up: a parent counts as applied when any code under it is."


# --- figures ---------------------------------------------------------------------------------------------------


def _by_code(contents: Contents) -> Section:
    if not contents.agreement.codes:
        return Section("Agreement by code", ("No code was compared.",))
    words = (*_pair(contents), *legend.COUNTS, *legend.PAIR, *legend.ALPHA)
    return Section("Agreement by code", words, printed_tables(contents), wide=True)


def _pair(contents: Contents) -> Iterator[str]:
    coders = contents.agreement.coders
    if coders:
        yield f"{listed([f'{letter(place)} is {coder}' for place, coder in enumerate(coders)])}."
    if len(coders) > 2:
        yield (
            f"The counts and the figures of the pair compare {coders[0]} and {coders[1]}; "
            f"alpha takes all {len(coders)} coders."
        )


def _overall(contents: Contents) -> Section:
    words = (
        "Agreement over all codes is alpha over the whole set of codes on a unit; the distance says how far two sets "
        "are apart when they overlap in part. Percent agreement over all code and unit cells is not given, because "
        "cells that nobody coded would fill it.",
    )
    return Section("Agreement over all codes", words, (tables.overall_table(contents),), wide=True)


def _benchmark(contents: Contents) -> Section:
    if contents.benchmark is Benchmark.NONE:
        return Section("Benchmark", ("No benchmark was chosen, so no word is put on the figures.",))
    words = (
        f"Benchmark chosen, and its source: {sentence(SOURCES[contents.benchmark])}",
        "A code is judged on the lower limit of its interval; where there is none, the word is on the point and says "
        "so. Benchmarks are conventions of their authors, not laws.",
    )
    return Section("Benchmark", words, (tables.bands_table(contents),))


# --- differences -----------------------------------------------------------------------------------------------


def _differences(contents: Contents) -> Section:
    total = sum(contents.causes.values())
    if not total and not contents.confusions:
        return Section("Where the coders differ", ("No difference between the coders is listed.",))
    words = [
        f"{many(total, 'difference')} listed: a difference is one code on one unit that some coders gave and others, "
        "who read it, did not. The cause is what the coding itself shows; why it happened is for the coders to say."
    ]
    if not contents.confusions:
        words.append("No code was taken for another.")
    found = (tables.causes_table(contents), tables.confusion_table(contents))
    return Section("Where the coders differ", tuple(words), tuple(table for table in found if table.rows))


def _settled(contents: Contents) -> Section:
    done, heading = contents.settled, "What happened to the disagreements"
    if not done.total:
        return Section(heading, (sentence(done.said) or "No disagreement is on record.",))
    words = (
        f"Of {many(done.total, 'disagreement')}, {done.decided:,} decided, {done.deferred:,} deferred, "
        f"{done.apart:,} kept apart and {done.open:,} open. The figures above stay as they were before.",
        sentence(done.said),
    )
    return Section(heading, tuple(filter(None, words)), (tables.settled_table(contents),))


def _rounds(contents: Contents) -> Section:
    if not contents.trend:
        return Section("Agreement by round", ("There is no series of rounds to show.",))
    words = (
        "Each round has its own run with its own recipe; a later round never replaces an earlier one. Alpha over code "
        "sets is with MASI distance.",
        *(_changes(now, before) for before, now in zip(contents.trend, contents.trend[1:], strict=False)),
    )
    return Section(
        "Agreement by round", words, (tables.rounds_table(contents), tables.trend_table(contents)), wide=True
    )


def _changes(now: RoundFigures, before: RoundFigures) -> str:
    span = f"{now.name} (codebook {now.codebook}) after {before.name} (codebook {before.codebook}): "
    if not now.changes:
        return f"{span}the codebook was not changed."
    return f"{span}{' '.join(sentence(change) for change in now.changes)}"


# --- beside and behind -----------------------------------------------------------------------------------------


def _qualcoder(contents: Contents) -> Section:
    table = codes_table(contents).only(
        "QualCoder's figure beside Cohen's kappa", "label", "qualcoder", "kappa", "alpha"
    )
    return Section("QualCoder's figure", legend.QUALCODER, (table,))


def _recipe(contents: Contents) -> Section:
    run, recipe = contents.agreement, contents.agreement.recipe
    words = (
        f"Intervals: {recipe.interval.rstrip('.')}. Beside them stand the limits of {recipe.draws:,} bootstrap draws "
        "of whole transcripts. Fewer than 6 transcripts or 5 uses bring a warning; under 3 transcripts there is none.",
        sentence(run.checked) or "These are live figures, not checked against a second implementation.",
        f"Software: {recipe.software or 'not recorded'}. Seed: {recipe.seed}.",
    )
    return Section(
        "How the figures were computed", words, (tables.recipe_table(contents).only("Recipe", "item", "value"),)
    )


def headline(contents: Contents) -> str:
    """The run in a sentence or two: alpha over code sets with its limits, and the span of the codes' alphas."""
    whole = contents.agreement.set_alpha
    limits = whole.interval
    value = "undefined" if whole.value is None else said(whole.value)
    span = f" (95 % limits {said(limits.low)} to {said(limits.high)})" if limits else ""
    known = [(one.alpha, contents.label(one.code)) for one in contents.agreement.codes if one.alpha is not None]
    start = f"{tables.set_name(whole)} is {value}{span}."
    if len(known) < 2:
        return start
    (low, worst), (high, best) = min(known), max(known)
    return f"{start} Code by code alpha lies between {said(low)} ({worst}) and {said(high)} ({best})."
