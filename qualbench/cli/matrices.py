"""The verbs matrix and query: what stands where in the coding, and the words behind every number."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from qualbench.cli import as_option, folder_argument, output
from qualbench.errors import UsageError
from qualbench.project import Project
from qualbench.project.asked import Asked, Cells, Kind, Passage, SavedQuery
from qualbench.text import counted, excerpt, folded

if TYPE_CHECKING:
    from qualbench.steps.matrices import Head, Matrix

TOGETHER = click.Choice(["segment", "overlap", "turn"])
COUNTS = click.Choice([str(one) for one in Cells if one])


def narrowing_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Which coding is counted."""
    for option in (
        click.option("--where", default="", help="Only what fulfils conditions, such as 'site = north or south'."),
        click.option("--layer", default="consensus", help="What was settled (consensus), or one coder's coding."),
    ):
        command = option(command)
    return command


def view_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """What is counted, and what has a row."""
    for option in (
        narrowing_options,
        click.option("--rolled-up", is_flag=True, help="A code includes the codes under it."),
        click.option("--rows", type=click.Choice(["codes", "themes"]), default="codes", help="What has a row."),
    ):
        command = option(command)
    return command


def told_left_out(project: Project) -> None:
    """Say what no number holds."""
    if left_out := project.left_out():
        output.say(left_out)


# --- matrices --------------------------------------------------------------------------------------------------


@click.command()
@folder_argument
@click.argument("kind", type=click.Choice([str(one) for one in Kind]))
@view_options
@click.option("--by", default="", help="The attribute whose values are the columns of the kind attribute.")
@click.option("--together", type=TOGETHER, default="segment", help="What codes share that stand together.")
@click.option("--count", type=COUNTS, default=None, help="What a cell holds; segments or participants otherwise.")
@click.option("--cell", nargs=2, default=None, metavar="ROW COLUMN", help="Show the words behind one cell.")
@click.option("-o", "--output", "target", type=click.Path(path_type=Path), help="Write .csv or .xlsx.")
@click.option("--force", is_flag=True, help="Write over a file that exists.")
@output.json_option
@as_option
def matrix(
    folder: Path, kind: str, rows: str, rolled_up: bool, layer: str, where: str, by: str, together: str,
    count: str | None, cell: tuple[str, str] | None, target: Path | None, force: bool, as_json: bool, viewer: str,
) -> None:  # fmt: skip
    """Show codes or themes by participants, groups, an attribute, transcripts, rounds, coders, or by one another.

    Interviewers' speech is never counted, and every cell has its words: --cell 'Trust' P01.
    """
    if (kind == Kind.ATTRIBUTE) != bool(by):
        raise UsageError("An attribute's values are the columns of the kind attribute.", "Name it with --by NAME.")
    asked = Asked(Kind(kind), by, together, Cells(count or ""), rows, rolled_up, layer, where)
    with Project.open(folder, viewer) as project:
        made = project.matrix(asked)
        if cell:
            row, column = head_called(made.rows, cell[0], "row"), head_called(made.columns, cell[1], "column")
            show_passages(project.behind_cell(made, row.id, column.id), as_json)
            return
        if as_json:
            output.data(_data(made, project))
        elif target is None:
            _show_matrix(made, counts=not project.counts_nothing())
        if target:
            output.say(project.write_matrix(target, asked, force=force))
        told_left_out(project)


def head_called(heads: Sequence[Head], name: str, what: str) -> Head:
    """The row or column with this id, or the only one with this label."""
    from qualbench.steps.matrices import UnknownName

    for head in heads:
        if head.id == name:
            return head
    called = [head for head in heads if folded(head.label) == folded(name)]
    if len(called) != 1:
        raise UnknownName(what, name, [head.label for head in heads])
    return called[0]


def _data(made: Matrix, project: Project) -> dict[str, Any]:
    return {
        "what": made.what,
        "denominator": made.denominator,
        "left_out": project.left_out(),
        "counts": not project.counts_nothing(),
        "rows": [{"id": head.id, "label": head.label} for head in made.rows],
        "columns": [{"id": head.id, "label": head.label, "participants": head.of} for head in made.columns],
        "cells": [[None if cell != cell else cell for cell in row] for row in made.cells.tolist()],
    }


def _show_matrix(made: Matrix, *, counts: bool) -> None:
    output.text(f"{made.what}. {made.denominator}" if counts else made.denominator)
    heads = [head.label if head.of is None else f"{head.label} ({head.of})" for head in made.columns]
    rows = zip(made.rows, made.cells.tolist(), strict=True)
    output.table(
        ("", *(excerpt(label, 24) for label in heads)),
        [(excerpt(head.label, 40), *(_cell(cell, counts=counts) for cell in cells)) for head, cells in rows],
        right=range(1, len(heads) + 1),
    )


def _cell(cell: float, *, counts: bool) -> str:
    if cell != cell:
        return "-"
    if not counts:
        return "x" if cell else "·"
    return f"{cell:.2f}" if isinstance(cell, float) else f"{cell or '·'}"


# --- the words behind a number -----------------------------------------------------------------------------------


def _passage(one: Passage) -> dict[str, Any]:
    return {
        "transcript": one.name, "line": one.line, "start": one.start, "end": one.end, "participant": one.participant,
        "codes": list(one.codes), "layer": one.layer, "text": one.text,
    }  # fmt: skip


def show_passages(passages: Sequence[Passage], as_json: bool) -> None:
    """The words behind a number, a line each."""
    if as_json:
        output.data([_passage(one) for one in passages])
        return
    output.table(
        ("place", "participant", "codes", "words"),
        [(one.place, one.participant, ", ".join(one.codes) or "-", excerpt(one.text, 60)) for one in passages],
    )


# --- queries ---------------------------------------------------------------------------------------------------


@click.command()
@folder_argument
@click.argument("words", default="", metavar="[TEXT]")
@click.option("--save", default="", metavar="NAME", help="Keep the query by name.")
@click.option("--saved", default="", metavar="NAME", help="Ask the query that was saved by this name.")
@click.option("--drop", default="", metavar="NAME", help="Drop the query that was saved by this name.")
@output.json_option
@as_option
def query(folder: Path, words: str, save: str, saved: str, drop: str, as_json: bool, viewer: str) -> None:
    """Find where codes stand together, apart or near one another; without a query, list those that were saved.

    For instance: 'Trust and not Fear', 'Hope within 2 turns of "Practical help" where site = north'.
    """
    if sum(map(bool, (words, saved, drop))) > 1 or (save and not words):
        raise UsageError("One thing at a time: a query (which --save may keep), --saved, or --drop.")
    with Project.open(folder, viewer, write=bool(save or drop)) as project:
        if drop:
            project.drop_query(drop)
            _done(f"The query '{drop}' is dropped; undo brings it back.", as_json)
            return
        if save:
            project.save_query(save, words)
            output.say(f"The query '{save.strip()}' is saved.")
        if not (words or saved):
            _list_saved(project.saved_queries(), as_json)
            return
        answer = project.ask(project.saved_query(saved).words if saved else words)
        counts = not project.counts_nothing()
        if as_json:
            found = [_passage(one) for one in answer.passages]
            output.data({"query": answer.words, "told": answer.told, "found": found})
        else:
            number = f" Found: {counted(len(answer.passages), 'segment')}." if counts else ""
            output.text(f"{answer.told}{number}")
            show_passages(answer.passages, as_json=False)
        told_left_out(project)


def _done(words: str, as_json: bool) -> None:
    output.say(words)
    if as_json:
        output.data({"done": True, "said": [words]})


def _list_saved(found: Sequence[SavedQuery], as_json: bool) -> None:
    if as_json:
        output.data([
            {"name": one.name, "query": one.words, "told": one.told, "by": one.by, "at": one.at} for one in found
        ])  # fmt: skip
        return
    output.table(("name", "query", "what it finds"), [(one.name, one.words, one.told) for one in found])
    if not found:
        output.say("No query is saved yet. Save one with: qualbench query FOLDER 'TEXT' --save NAME")
