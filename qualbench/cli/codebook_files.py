"""Verbs under codebook for files of other programs: write a version, look at a table's columns, take a file in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from qualbench.cli import as_option, output
from qualbench.cli.codebook_versions import book_of
from qualbench.errors import Problem, UsageError
from qualbench.model import Codebook
from qualbench.project import Project
from qualbench.steps import codebook as codebooks
from qualbench.steps.codebook.drafting import after
from qualbench.text import counted, one_line

if TYPE_CHECKING:
    from qualbench.steps.codebook.files import Sheet, TableMapping

SHOWN = 40
"""So many differences are listed before somebody says yes."""


@dataclass(frozen=True, slots=True)
class Said:
    """What a person says of a table."""

    maps: tuple[str, ...]
    sheet: str
    header: int | None
    fill_down: bool
    separator: str
    ids_in_labels: bool
    encoding: str | None


_OPTIONS: tuple[Callable[..., Any], ...] = (
    click.option("--map", "maps", multiple=True, metavar="COLUMN=WHAT", help="What a column is. Repeat it."),
    click.option("--sheet", default="", help="Which sheet of a workbook, or table of a document; the likeliest one."),
    click.option("--header", type=click.IntRange(0, 1000), help="The row with the headings; 0 for none."),
    click.option("--fill-down", is_flag=True, help="An empty cell means what the last filled one above it says."),
    click.option("--separator", default="", help="What stands between the names of a path, for instance '>'."),
    click.option("--ids-in-labels", is_flag=True, help="Names begin with the code's id, as in 'A.1. Trust'."),
    click.option("--encoding", default=None, help="How a text file is encoded, where it is not UTF-8."),
)


def table_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Every option that says how a table is read."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


def _name(file: Path) -> str:
    return file.name.encode("utf-8", "replace").decode()  # a file's name need not be text


def _sheet(file: Path, said: Said) -> tuple[Sheet, TableMapping]:
    """The sheet that is meant, with its columns as they are proposed and said."""
    from qualbench.project.codebook_files import Opening
    from qualbench.steps.codebook import files

    sheets = files.look(_name(file), file.read_bytes(), Opening(said.encoding))
    if said.sheet and said.sheet not in {one.name for one in sheets}:
        names = ", ".join(f"'{one.name}'" for one in sheets)
        raise UsageError(f"{_name(file)} has no sheet '{said.sheet}'.", f"Its sheets are: {names}.")
    sheet = next(one for one in sheets if one.name == said.sheet) if said.sheet else files.best(sheets)
    if said.header is not None:
        sheet = files.with_header(sheet, said.header)
    mapping = files.said(
        said.maps, sheet, fill_down=said.fill_down, separator=said.separator, ids_in_labels=said.ids_in_labels
    )
    return sheet, mapping


@click.command("columns")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@table_options
@output.json_option
@click.pass_obj
def columns(folder: Path, /, file: Path, as_json: bool, **said: Any) -> None:
    """Show how a table (.csv, .tsv, .xlsx, .docx) would be read as a codebook; nothing is taken in."""
    with Project.open(folder):
        sheet, mapping = _sheet(file, Said(**said))
    rows = [(one, field) for one, field in zip(sheet.columns, mapping.fields, strict=True)]
    if as_json:
        output.data({
            "file": sheet.file, "sheet": sheet.name, "header": mapping.header, "can_fill_down": sheet.can_fill_down,
            "separators": list(sheet.separators), "refused": sheet.refused,
            "columns": [
                {
                    "letter": one.letter, "heading": one.heading, "name": one.name, "field": str(field),
                    "filled": one.filled, "samples": list(one.samples),
                }
                for one, field in rows
            ],
        })  # fmt: skip
        return
    output.table(
        ("", "column", "is", "filled", "for instance"),
        [(one.letter, one.heading or one.name, field, one.filled, one.samples[0] if one.samples else "")
         for one, field in rows],
        right=(3,),
    )  # fmt: skip
    if sheet.refused:
        output.say(sheet.refused)
    if sheet.can_fill_down and not mapping.fill_down:
        output.say(f"{counted(sheet.can_fill_down, 'empty cell')} may mean the one above: --fill-down.")


@click.command("take")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@table_options
@click.option("--yes", is_flag=True, help="Take it without asking.")
@click.option("--dry-run", is_flag=True, help="Show what would change only.")
@click.option("--keep", "keeps", is_flag=True, help="Keep the codes that the file lacks.")
@output.json_option
@as_option
@click.pass_obj
def take(
    folder: Path, /, file: Path, yes: bool, dry_run: bool, keeps: bool, as_json: bool, viewer: str, **said: Any
) -> None:
    """Make the codebook of a file the draft: codes by their ids; those that it lacks are retired, or kept."""
    with Project.open(folder, viewer, write=not dry_run) as project:
        book, doubts = _book(file, Said(**said))
        found = [one_line(one) for one in _changes(project, book, keeps=keeps)]
        if not as_json:
            for line in found[:SHOWN]:
                output.text(line)
            if len(found) > SHOWN:
                output.text(f"And {len(found) - SHOWN} more.")
        if not dry_run:
            waits = "The draft is as it was: it waits for a yes."
            output.confirm("Make this the draft?", yes=yes, waits=waits, refused="The draft is as it was.")
            project.take_draft(book, keeps=keeps)
            output.say(f"The draft has {counted(len(project.draft().codes), 'code')} now.")
    if as_json:
        output.data({"taken": not dry_run, "changes": found, "doubts": [str(doubt) for doubt in doubts]})
    for doubt in doubts:
        output.say(str(doubt))


def _changes(project: Project, book: Codebook, *, keeps: bool) -> tuple[str, ...]:
    """What taking a codebook would do to the draft: what it lacks is retired, or dropped if it was never released."""
    newest = project.codebook() if project.has_codebook() else None
    draft = before = project.draft()
    for fact in codebooks.taken_in(draft, book, newest, keeps=keeps):
        draft = after(draft, fact, [code.id for code in newest.codes] if newest else ())
    return codebooks.changes(before, draft)


def _book(file: Path, said: Said) -> tuple[Codebook, list[Problem]]:
    from qualbench.project.codebook_files import Opening
    from qualbench.steps.codebook import files

    if not files.is_table(file.name):
        return files.read_file(_name(file), file.read_bytes(), opens=Opening(said.encoding))
    sheet, mapping = _sheet(file, said)
    book, problems = files.take(sheet, mapping)
    return book, [*sheet.faults, *problems]


@click.command("write")
@click.option("-o", "--output", "target", type=click.Path(path_type=Path), required=True, help="The file to write.")
@click.option("--version", default="", help="Which version, or 'draft'; the newest one otherwise.")
@click.option("--for", "program", type=click.Choice(["maxqda", "atlasti"]), help="Which program an .xlsx is for.")
@click.option("--force", is_flag=True, help="Write over a file that exists.")
@as_option
@output.answers
@click.pass_obj
def write(folder: Path, target: Path, version: str, program: str | None, force: bool, viewer: str) -> None:
    """Write a version as .yaml, .csv, .xlsx, .qdc, .md or .docx; what the file can not hold is said."""
    from qualbench.steps.codebook import files

    kind = files.target_of(target.name)
    if program and kind != "xlsx":
        raise UsageError(f"A codebook for {program} is an .xlsx file.", "Let the name end in .xlsx.")
    with Project.open(folder, viewer) as project:
        book = book_of(project, version)
        warnings = project.write_codebook(book, target, program or kind, force=force)
    output.say(f"{target} is written: {counted(len(book.codes), 'code')}.")
    for warning in warnings:
        output.say(warning)


VERBS = (columns, take, write)
