"""The verb agree: how far coders agree and where they differ, in a study or in a table of one's own."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import click

from qualbench.cli import as_option, output, tables
from qualbench.errors import UnknownCoder, UsageError
from qualbench.model import CAUSE_NAMES, Agreement, Benchmark, Codebook, Scope, SetAlpha
from qualbench.project import Project
from qualbench.steps.agreement.rated.ratings import Level
from qualbench.text import counted

VIEWS = ("codes", "transcripts", "pairs", "causes", "confusion", "trend", "spans", "again")


def scope_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """What to compare."""
    for option in (
        click.option("--parents", is_flag=True, help="Roll codes up to the top of their tree."),
        click.option("--code", "codes", multiple=True, help="Only these codes."),
        click.option("--transcript", "transcripts", multiple=True, help="Only these transcripts."),
        click.option("--round", "round_", default="", help="Only this round."),
        click.option("--pair", nargs=2, default=None, help="Which two coders, where there are more."),
    ):
        command = option(command)
    return command


@click.command()
@click.argument("folder", required=False, type=click.Path(path_type=Path, file_okay=False))
@scope_options
@click.option("--show", type=click.Choice(VIEWS), default="codes", help="What to look at: figures code by code, ...")
@click.option("--benchmark", type=click.Choice([str(one) for one in Benchmark]), help="Hold figures against this one.")
@click.option("--qualcoder", is_flag=True, help="QualCoder's figure beside Cohen's, and why they differ.")
@click.option("--older", is_flag=True, help="Kupper & Hafner's and Mezzich's figures, to compare with older studies.")
@click.option("--keep", is_flag=True, help="Store the run for good, with its recipe.")
@click.option("-o", "--output", "target", type=click.Path(path_type=Path), help="Write .json .csv .xlsx .md or .docx.")
@click.option("--figures", type=click.Path(path_type=Path, file_okay=False), help="Write figures into this folder.")
@click.option("--force", is_flag=True, help="Write over files that exist.")
@tables.table_options
@output.json_option
@as_option
def agree(
    folder: Path | None, pair: tuple[str, str] | None, round_: str, transcripts: tuple[str, ...],
    codes: tuple[str, ...], parents: bool, show: str, benchmark: str | None, qualcoder: bool, older: bool, keep: bool,
    target: Path | None, figures: Path | None, force: bool, table: Path | None, level: Level | None, as_json: bool,
    viewer: str,
) -> None:  # fmt: skip
    """Show how far the coders agree on submitted passes, before any consensus: code by code, and over code sets.

    With --table it measures a spreadsheet instead: rows are units, columns are coders.
    """
    if folder is None or table is not None or level is not None:
        of_study = bool(
            pair or keep or round_ or transcripts or codes or parents or target or figures or older or qualcoder
        )
        of_study = of_study or show != "codes" or benchmark is not None
        tables.agree_on_table(*tables.asked(folder, table, level, of_study), as_json)
        return
    if show == "again" and not round_:
        raise UsageError("Coding again is a round of its own: name it with --round NAME.")
    with Project.open(folder, viewer, write=keep) as project:
        scope = _scope(project, pair, round_, transcripts, codes, parents)
        data = VIEW[show](project, scope, Benchmark(benchmark) if benchmark else project.study.benchmark, as_json)
        if qualcoder:
            data["qualcoder"] = _qualcoder(project, scope, as_json)
        if older:
            data["older"] = _older(project, scope, as_json)
        if keep:
            project.keep_agreement(scope)
            output.say("The run is kept for good, with its recipe.")
        if target:
            output.say(project.write_agreement(target, scope, force=force))
        for written in project.write_agreement_figures(figures, scope, force=force) if figures else ():
            output.say(f"{written} is written.")
        beside = _beside(project, round_)
    if as_json:
        output.data(data)
    for sentence in beside:
        output.say(sentence)


def _beside(project: Project, round_: str) -> list[str]:
    """What a reader of the figures must know beside them."""
    blind = len([row for row in project.transcripts() if not row.opened])
    left_out = [f"{counted(blind, 'transcript')} still blind and left out."] if blind else []
    told = project.told_suggestions() if project.suggested_to() else ""
    return [*left_out, *filter(None, (project.told_late(round_), told, project.beside_agreement(round_)))]


def _scope(
    project: Project, pair: tuple[str, str] | None, round_: str, transcripts: tuple[str, ...], codes: tuple[str, ...],
    parents: bool,
) -> Scope:  # fmt: skip
    from qualbench.steps import codebook as codebooks

    book = project.codebook()
    for coder in pair or ():
        if coder not in project.coders():
            raise UnknownCoder(coder)
    if pair and pair[0] == pair[1]:
        raise UsageError(f"{pair[0]} can not be compared with {pair[0]}.", "Name two coders.")
    return Scope(
        round=project.round(round_).name if round_ else "",
        transcripts=tuple(project.transcript(name).id for name in transcripts),
        codes=tuple(codebooks.find(book, name).id for name in codes),
        parents=parents,
        pair=pair,
    )


# --- what is looked at -----------------------------------------------------------------------------------------


def _codes(project: Project, scope: Scope, benchmark: Benchmark, as_json: bool) -> dict[str, Any]:
    from qualbench.steps.agreement import to_data

    run = project.agreement(scope)
    if not as_json:
        code_table(run, project.codebook(), benchmark)
    return to_data(run) | {"benchmark": str(benchmark)}


def code_table(run: Agreement, book: Codebook, benchmark: Benchmark) -> None:
    """The figures code by code, and those over whole sets."""
    from qualbench.steps.agreement import SOURCES, verdict

    first, second = (*run.coders, "nobody", "nobody")[:2]  # fewer than two when nothing can be compared
    output.text(f"{run.units} units ({run.unit}), codebook {run.codebook}, coders {', '.join(run.coders)}")
    output.table(
        ("code", "both", f"only {first}", f"only {second}", "neither", f"{first} %", f"{second} %", "percent",
         "positive", "negative", "kappa", "pi", "AC1", "alpha", "95 % interval", "judged", "note"),
        [
            (
                book.label(one.code), one.both, one.only_a, one.only_b, one.neither,
                *(output.figure(share and 100 * share, 1) if share is not None else "-" for share in one.prevalence),
                *(output.figure(v) for v in (one.percent, one.positive, one.negative, one.kappa, one.pi, one.ac1,
                                             one.alpha)),
                limits(one), verdict(one, benchmark).word, one.why or one.no_interval,
            )
            for one in run.codes
        ],
        right=tuple(range(1, 15)),
    )  # fmt: skip
    for over in (run.set_alpha, *run.other_sets):
        told = f"{output.figure(over.value)} {limits(over)} {verdict(over, benchmark).word} {over.why}"
        output.text(f"alpha over code sets ({set_name(over)}): {' '.join(told.split())}")
    whole = run.overall
    output.text(
        f"alpha of {whole.defined} codes: mean {output.figure(whole.mean)}, lowest {output.figure(whole.minimum)}; "
        f"pooled kappa {output.figure(whole.pooled)}; {counted(whole.undefined, 'code')} undefined and in no mean"
    )
    if SOURCES[benchmark]:
        output.text(f"judged on the lower limit where there is one, after {SOURCES[benchmark]}")


def limits(one: Any) -> str:
    """An interval as it stands in a table; `!` where it comes with a warning."""
    if one.interval is None:
        return "-"
    return f"{one.interval.low:.3f} to {one.interval.high:.3f}{' !' if one.interval.warnings else ''}"


def set_name(over: SetAlpha) -> str:
    """The distance as people write it."""
    return {"masi": "MASI", "jaccard": "Jaccard", "dice": "Dice"}.get(over.distance, over.distance)


def _summaries(named: Mapping[str, Agreement], what: str, as_json: bool) -> dict[str, Any]:
    from qualbench.steps.agreement import to_data

    if not as_json:
        output.table(
            (what, "units", "alpha over sets", "95 % interval", "mean alpha", "lowest", "undefined", "note"),
            [
                (name, run.units, output.figure(run.set_alpha.value), limits(run.set_alpha),
                 output.figure(run.overall.mean), output.figure(run.overall.minimum), run.overall.undefined,
                 run.set_alpha.why)
                for name, run in named.items()
            ],
            right=(1, 2, 3, 4, 5, 6),
        )  # fmt: skip
    return {f"{what}s": {name: to_data(run) for name, run in named.items()}}


def _transcripts(project: Project, scope: Scope, _: Benchmark, as_json: bool) -> dict[str, Any]:
    names = {row.id: row.name for row in project.transcripts()}
    return _summaries({names[id_]: run for id_, run in project.agreement_by_transcript(scope).items()},
                      "transcript", as_json)  # fmt: skip


def _pairs(project: Project, scope: Scope, _: Benchmark, as_json: bool) -> dict[str, Any]:
    found = project.agreement_by_pair(scope)
    return _summaries({f"{a} and {b}": run for (a, b), run in found.items()}, "pair", as_json)


def _again(project: Project, scope: Scope, _: Benchmark, as_json: bool) -> dict[str, Any]:
    return _summaries(project.steadiness(scope.round), "coder", as_json)


def _trend(project: Project, scope: Scope, _: Benchmark, as_json: bool) -> dict[str, Any]:
    rounds = project.trend(scope)
    if not as_json:
        for round_, _run, changes in rounds:
            output.text(f"{round_.name} ({round_.planned[:10]}, codebook {round_.codebook})")
            for change in changes:
                output.text(f"  {change}")
    data = _summaries({round_.name: run for round_, run, _ in rounds}, "round", as_json)
    book = project.codebook()
    if not as_json and rounds:
        by_round = [{one.code: one for one in run.codes} for _, run, _ in rounds]
        output.table(
            ("alpha of", *(round_.name for round_, _, _ in rounds)),
            [
                (book.label(code), *(output.figure(run[code].alpha) if code in run else "-" for run in by_round))
                for code in dict.fromkeys(code for run in by_round for code in run)
            ],
            right=tuple(range(1, len(rounds) + 1)),
        )
    return data | {"changes": {round_.name: list(changes) for round_, _, changes in rounds}}


def _causes(project: Project, scope: Scope, _: Benchmark, as_json: bool) -> dict[str, Any]:
    from qualbench.steps.agreement import by_cause

    found, book = project.differences(scope), project.codebook()
    names = {row.id: row.name for row in project.transcripts()}
    if not as_json:
        output.table(("cause", "differences"), [(CAUSE_NAMES[c], n) for c, n in by_cause(found).items()], right=(1,))
        output.table(
            ("transcript", "place", "code", "given by", "not by", "instead", "cause"),
            [
                (names[one.transcript], one.start, book.label(one.code), ", ".join(one.by), ", ".join(one.without),
                 ", ".join(book.label(code) for code in one.instead), CAUSE_NAMES[one.cause])
                for one in found
            ],
            right=(1,),
        )  # fmt: skip
    return {
        "causes": {str(cause): count for cause, count in by_cause(found).items()},
        "differences": [
            {"transcript": names[one.transcript], "start": one.start, "end": one.end, "code": one.code,
             "by": list(one.by), "without": list(one.without), "instead": list(one.instead), "cause": str(one.cause)}
            for one in found
        ],
    }  # fmt: skip


def _confusion(project: Project, scope: Scope, _: Benchmark, as_json: bool) -> dict[str, Any]:
    found, book = project.confusions(scope), project.codebook()
    if not as_json:
        output.table(
            ("one coder gave", "the other gave instead", "segments"),
            [(book.label(one.code), book.label(one.other), one.count) for one in found],
            right=(2,),
        )
    return {"confusions": [{"code": one.code, "other": one.other, "count": one.count} for one in found]}


def _spans(project: Project, scope: Scope, _: Benchmark, as_json: bool) -> dict[str, Any]:
    from qualbench.steps.agreement import spans_to_data

    found, book = project.span_agreement(scope), project.codebook()
    data = spans_to_data(found)
    if not as_json:
        output.text("Agreement on the stretches that were marked, character by character, whatever the segments are.")
        for key, words in _SPAN_FIGURES.items():
            output.text(f"{words}: {data['why'].get(key) or output.figure(data[key])}")
        output.table(
            ("code", "u-alpha", "(k)u-alpha", "coverage", "boundaries", "note"),
            [
                (book.label(code), *(output.figure(one[key]) for key in ("u", "ku", "coverage", "boundary")),
                 "; ".join(dict.fromkeys(one["why"].values())))
                for code, one in data["codes"].items()
            ],
            right=(1, 2, 3, 4),
        )  # fmt: skip
    return data


_SPAN_FIGURES = {
    "u": "u-alpha, boundaries and codes together",
    "binary": "|u-alpha, the same text found relevant",
    "coding": "cu-alpha, the codes on text that two coders coded",
    "mean": "mean u-alpha of the single codes",
    "boundary": "boundary similarity of everything marked",
}


def _qualcoder(project: Project, scope: Scope, as_json: bool) -> dict[str, Any]:
    from qualbench.steps.agreement import WHY_QUALCODER_DIFFERS

    found, book = project.qualcoder_figures(scope), project.codebook()
    run = {one.code: one.kappa for one in project.agreement(scope).codes}
    if not as_json:
        output.table(
            ("code", "QualCoder's figure", "Cohen's kappa"),
            [(book.label(code), output.figure(value), output.figure(run.get(code))) for code, value in found.items()],
            right=(1, 2),
        )
        output.text(WHY_QUALCODER_DIFFERS)
    return {"codes": found, "why": WHY_QUALCODER_DIFFERS}


def _older(project: Project, scope: Scope, as_json: bool) -> dict[str, Any]:
    found = project.older_figures(scope)
    if not as_json:
        for name, told in found.items():
            output.text(f"{name}: {told['why'] or output.figure(told['value'])}")
    return found


VIEW: Mapping[str, Callable[[Project, Scope, Benchmark, bool], dict[str, Any]]] = {
    "codes": _codes,
    "transcripts": _transcripts,
    "pairs": _pairs,
    "causes": _causes,
    "confusion": _confusion,
    "trend": _trend,
    "spans": _spans,
    "again": _again,
}
"""What `--show` can show."""
