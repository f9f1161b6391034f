"""The verbs prevalence and saturation: how many say it, and when interviews bring nothing new."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from qualbench.cli import as_option, folder_argument, output
from qualbench.cli.matrices import head_called, narrowing_options, show_passages, told_left_out, view_options
from qualbench.model import frequency
from qualbench.project import Project
from qualbench.project.asked import Asked
from qualbench.text import percent

if TYPE_CHECKING:
    from qualbench.steps.matrices import Grid, Prevalence, Saturation


@click.command()
@folder_argument
@view_options
@click.option("--row", default="", metavar="NAME", help="Show the words that one code or theme is counted from.")
@output.json_option
@as_option
def prevalence(
    folder: Path, rows: str, rolled_up: bool, layer: str, where: str, row: str, as_json: bool, viewer: str
) -> None:
    """Show how many participants have each code or theme, out of how many, and then segments and transcripts."""
    asked = Asked(rows=rows, rolled_up=rolled_up, layer=layer, where=where)
    with Project.open(folder, viewer) as project:
        found = project.prevalence(asked)
        if row:
            from qualbench.steps.matrices import Head

            wanted = head_called([Head(one.id, one.label) for one in found.rows], row, rows[:-1])
            show_passages(project.behind_prevalence(wanted.id, asked), as_json)
            return
        labels = _labels(found.rows, project)
        if as_json:
            output.data({
                "denominator": found.denominator, "participants": found.of, "left_out": project.left_out(),
                "rows": [_prevalence(one, label) for one, label in zip(found.rows, labels, strict=True)],
            })  # fmt: skip
        else:
            _show_prevalence(found.rows, labels, rows[:-1])
            output.text(found.denominator)
            _told_rule(found.of, project)
        told_left_out(project)


def _labels(rows: Sequence[Prevalence], project: Project) -> list[str]:
    """The labels that the method has for frequencies; empty where it has numbers only."""
    from qualbench.steps.matrices import Counting, counts_allowed

    if counts_allowed(project.study.method) is not Counting.LABELS:
        return [""] * len(rows)
    return [str(frequency.label(one.participants, one.of)) for one in rows]


def _told_rule(of: int, project: Project) -> None:
    from qualbench.steps.matrices import Counting, counts_allowed

    if counts_allowed(project.study.method) is Counting.LABELS:
        output.text(frequency.told_rule(of))


def _prevalence(one: Prevalence, label: str) -> dict[str, Any]:
    return {
        "id": one.id, "label": one.label, "participants": one.participants, "of": one.of, "share": one.share,
        "segments": one.segments, "transcripts": one.transcripts, "focus_groups": one.groups,
        "frequency": label or None,
    }  # fmt: skip


def _show_prevalence(rows: Sequence[Prevalence], labels: Sequence[str], what: str) -> None:
    shares = ["-" if one.share is None else percent(one.share) for one in rows]
    table = [
        (one.label, one.participants, one.of, share, one.segments, one.transcripts, one.groups, label)
        for one, share, label in zip(rows, shares, labels, strict=True)
    ]
    heads = (what, "participants", "of", "share", "segments", "transcripts", "groups", "frequency")
    width = len(heads) if any(labels) else len(heads) - 1
    output.table(heads[:width], [row[:width] for row in table], right=range(1, 7))


# --- saturation ---------------------------------------------------------------------------------------------------


@click.command()
@folder_argument
@click.option("--base", type=click.IntRange(1, 10_000), default=4, show_default=True, help="Interviews in the base.")
@click.option("--run", "length", type=click.IntRange(1, 10_000), default=2, show_default=True, help="In each run.")
@click.option(
    "--threshold", type=click.FloatRange(0, 1), default=0.05, show_default=True, help="Largest share of new codes."
)
@click.option("--order", default="import", show_default=True, help="import, coding, or the name of an attribute.")
@click.option("--random", "orders", type=click.IntRange(0, 5_000), default=0, help="How many random orders beside it.")
@click.option("--seed", type=click.IntRange(0, 2**53), default=1, show_default=True, help="For the same random orders.")
@click.option("--keep", is_flag=True, help="Keep the run with what it was made from, so that it can be made again.")
@click.option("--kept", is_flag=True, help="List the runs that were kept.")
@narrowing_options
@output.json_option
@as_option
def saturation(
    folder: Path, base: int, length: int, threshold: float, order: str, orders: int, seed: int, keep: bool, kept: bool,
    layer: str, where: str, as_json: bool, viewer: str,
) -> None:  # fmt: skip
    """Show when interviews bring no new codes any more (Guest, Namey & Chen 2020)."""
    from qualbench.steps import matrices

    if kept:
        _list_kept(folder, viewer, as_json=as_json)
        return
    with Project.open(folder, viewer, write=keep) as project:
        rule = matrices.Rule(base, length, threshold)
        grid, found = project.saturation(rule, order, Asked(layer=layer, where=where))
        band = matrices.band(grid, rule, orders=orders, seed=seed) if orders and grid.interviews else None
        if keep:
            project.keep_saturation(rule, order, Asked(layer=layer, where=where), orders=orders, seed=seed)
            output.say("The run is kept.")
        table = matrices.curve(grid, found, band)
        if as_json:
            output.data(_saturation(grid, found) | {"random": band.told if band else None})
        else:
            output.text(found.told)
            if band:
                output.text(band.told)
            output.table(table[0], table[1:], right=(0, *range(2, len(table[0]))))
        told_left_out(project)


def _list_kept(folder: Path, viewer: str, *, as_json: bool) -> None:
    with Project.open(folder, viewer) as project:
        found = project.kept_saturation()
    if as_json:
        output.data([{"run": one.run, "by": one.by, "at": one.at, **one.data} for one in found])
        return
    output.table(
        ("kept", "by", "codebook", "inputs", "what it says"),
        [(one.at[:10], one.by, one.codebook, one.inputs, f"{one.told} {one.random}".strip()) for one in found],
    )
    if not found:
        output.say("No run is kept yet: say --keep.")


def _saturation(grid: Grid, found: Saturation) -> dict[str, Any]:
    ratios = {step.after: step for step in found.steps}
    new: list[list[str]] = [[] for _ in grid.interviews]
    for idea, at in zip(grid.ideas, grid.first, strict=True):
        new[at].append(idea.label)
    interviews = zip(grid.interviews, found.new, found.cumulative, new, strict=True)
    return {
        "told": found.told, "order": grid.order, "reached": found.reached, "base": found.rule.base,
        "run": found.rule.run, "threshold": found.rule.threshold, "codes_in_base": found.base,
        "interviews": [
            {
                "transcript": source.name, "new": number, "cumulative": total, "first_used": labels,
                "ratio_of_the_run_after": ratios[at].ratio if at in ratios else None,
            }
            for at, (source, number, total, labels) in enumerate(interviews, 1)
        ],
    }  # fmt: skip
