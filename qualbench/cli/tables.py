"""Agreement of a table that was made elsewhere: no study, only a CSV file of units by coders."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from qualbench.cli import output
from qualbench.errors import QualbenchError, UsageError
from qualbench.steps.agreement.rated import ratings, spreadsheet
from qualbench.steps.agreement.rated.ratings import LEVELS, Level, Ratings
from qualbench.steps.agreement.rated.spreadsheet import TableAgreement
from qualbench.text import counted


def table_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """`--table`, `--level` and `--units`: figures of a spreadsheet in place of a study."""
    file = click.Path(path_type=Path, exists=True, dir_okay=False)
    levels = click.Choice(LEVELS)
    command = click.option(
        "--units",
        type=click.Choice(["rows"]),
        default="rows",
        expose_value=False,
        help="Where the table has its units; columns are coders.",
    )(command)
    command = click.option("--level", type=levels, default=None, help="What the ratings of the table are.")(command)
    return click.option("--table", type=file, default=None, help="A CSV file to measure in place of a study.")(command)


def asked(folder: Path | None, table: Path | None, level: Level | None, of_study: bool) -> tuple[Path, Level]:
    """The table and its level; a mixture of a study and a table, or neither, is refused."""
    if table is None:
        if folder is None:
            raise UsageError("Name the study's FOLDER, or a table with --table FILE.csv.")
        raise UsageError("--level belongs to a table: name it with --table FILE.csv.")
    if folder is not None or of_study:
        raise UsageError("--table measures a file alone: leave out FOLDER and what belongs to a study.")
    if level is None:
        raise UsageError("Say what the ratings are.", f"--level with one of: {', '.join(LEVELS)}")
    return table, level


def agree_on_table(table: Path, level: Level, as_json: bool) -> None:
    """Print the agreement of a table."""
    try:
        text = table.read_text("utf-8-sig")
    except UnicodeDecodeError as error:
        raise QualbenchError(f"{table.name} is not UTF-8 text.", "Save it as UTF-8 and try again.") from error
    read = ratings.read(table.name, text, level)
    found = spreadsheet.agreement(read, table.name)
    if as_json:
        output.data(spreadsheet.to_data(found))
    else:
        _figures(read, found)
    for warning in found.warnings:
        output.say(f"Mind that {warning}.")


def _figures(read: Ratings, found: TableAgreement) -> None:
    data, why = spreadsheet.to_data(found), spreadsheet.reasons(found)
    output.text(
        f"{counted(found.n_units, 'unit')}, {found.n_pairable} rated by two or more coders, {read.level} level, "
        f"coders {', '.join(read.coders)}"
    )
    limits = "undefined" if data["ci"] is None else " to ".join(output.figure(limit) for limit in data["ci"])
    output.table(
        ("figure", "value", "note"),
        [(key, limits if key == "ci" else output.figure(data[key]), why.get(key, "")) for key in spreadsheet.KEYS],
        right=(1,),
    )
