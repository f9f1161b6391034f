"""The verb export: the themes report, the whole pack, and each part of it alone."""

from __future__ import annotations

from pathlib import Path

import click

from qualbench.cli import as_option, folder_argument, output
from qualbench.cli.care import care_options, cared
from qualbench.cli.exchange import QDPX, check_qdpx, qdpx_options, write_qdpx
from qualbench.errors import FileExists, UsageError
from qualbench.project import Project
from qualbench.project.pack import FOLDERS, Part, Wishes
from qualbench.text import counted, shown

THEMES, TEMPLATES = "themes", "templates"
_TABLES = frozenset((Part.REPORT, Part.TIDY, Part.XLSX, Part.SQLITE))
_REPORTS = frozenset((Part.REPORT, Part.PDF, THEMES))


@click.command()
@folder_argument
@click.argument("what", type=click.Choice([THEMES, *(str(part) for part in Part), QDPX, TEMPLATES]))
@click.option(
    "-o", "--output", "target", type=click.Path(path_type=Path), required=True,
    help="The file; a new folder for report, tidy and figures.",
)  # fmt: skip
@click.option("--attribute", "attributes", multiple=True, help="Told of each participant beside the label.")
@click.option("--without-marks", is_flag=True, help="Leave times, [laughs] and other signs out of the quotes.")
@click.option("--only", "tables", multiple=True, metavar="TABLE", help="Only this table, such as segments. Repeat it.")
@click.option("--bom", is_flag=True, help="CSV files that Excel opens with the right letters.")
@qdpx_options
@care_options
@click.option("--force", is_flag=True, help="Write over a file that exists; replace a folder of an earlier export.")
@as_option
@output.answers
def export(
    folder: Path, what: str, target: Path, attributes: tuple[str, ...], without_marks: bool, tables: tuple[str, ...],
    bom: bool, layer: str | None, program: str | None, allow: str, vault: Path | None, show_found: bool, force: bool,
    viewer: str,
) -> None:  # fmt: skip
    """Write the themes report, the whole pack (report), or one part of it.

    themes is a file .docx, .md, .html or .csv; report, tidy (CSV) and figures are folders; xlsx, sqlite, spss, stata
    and pdf are files; qdpx is a file for other programs; templates is a folder with those of the report, to change
    them. The same study gives the same bytes, and nothing is there when it is called off.
    """
    check_qdpx(what, layer, program)
    _fitting(what, reports=bool(attributes or without_marks), tables=bool(tables), csv=bom)
    with Project.open(folder, viewer, write=bool(allow)) as project:
        if what == TEMPLATES:
            _write_templates(target, force=force)
            return
        if what == QDPX:
            write_qdpx(project, target, layer, program, force=force)
            return
        told = tuple(attributes or project.look().attributes) if what in _REPORTS else ()
        cared(project, what, allow=allow, vault=vault, show_found=show_found, attributes=told)
        if what == THEMES:
            lacking = project.write_report(target, attributes, force=force, without_marks=without_marks)
            said = (*lacking, f"The {what} report is in {target}.")
        else:
            wishes = Wishes(attributes, without_marks, tables, bom)
            said = project.write_part(Part(what), target, wishes, force=force, told=_progress)
    for words in said:
        output.say(words)


def _write_templates(target: Path, *, force: bool) -> None:
    """The report's own templates, into a folder that a study can have as its `templates/`."""
    from qualbench.project.base import write_file
    from qualbench.steps.report import built_in_templates

    found = built_in_templates()
    for path in (target / name for name in found):
        if path.exists() and not force:
            raise FileExists(path)  # before any of them is written
    target.mkdir(parents=True, exist_ok=True)
    for name, text in found.items():
        write_file(target / name, text.encode(), force=force)
    output.say(f"{counted(len(found), 'template')} in {target}. Those in a study's own folder templates/ are used.")


def _fitting(what: str, *, reports: bool, tables: bool, csv: bool) -> None:
    """Refuse what has no meaning for the part that is asked for."""
    if reports and what not in _REPORTS:
        raise UsageError(f"--attribute and --without-marks are for reports, not for {what}.")
    if tables and what not in _TABLES:
        raise UsageError(f"--only chooses among tables; {what} has none.")
    if csv and what not in FOLDERS - {Part.FIGURES}:
        raise UsageError(f"--bom is for CSV files, not for {what}.")


def _progress(words: str) -> None:
    """What is being made, for whoever waits; it is no part of the answer."""
    click.echo(shown(words), err=True)
