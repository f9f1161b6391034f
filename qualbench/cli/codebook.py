"""The verb codebook: show a version, release one from a file, or work on the draft with the verbs under it."""

from __future__ import annotations

from pathlib import Path

import click

from qualbench.cli import (
    Listing,
    as_option,
    codebook_debt,
    codebook_draft,
    codebook_files,
    codebook_versions,
    folder_argument,
    output,
)
from qualbench.cli.codebook_versions import book_of
from qualbench.errors import QualbenchError
from qualbench.project import Project
from qualbench.steps.codebook import DRAFT, state_of, to_data


class CodebookVerbs(Listing):
    """A word behind the folder that is none of the verbs is a file to release from."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:  # fmt: skip
        """The verb that is named, or the file."""
        if args[0] in self.commands:
            return super().resolve_command(ctx, args)
        return "release from", take_file, args


@click.group("codebook", cls=CodebookVerbs, invoke_without_command=True, subcommand_metavar="[FILE | VERB [ARGS]...]")
@folder_argument
@click.option("--version", default="", help="Show this released version; the newest one otherwise.")
@click.option("--draft", is_flag=True, help="Show the next version as it stands now.")
@output.json_option
@as_option
@click.pass_context
def codebook_(ctx: click.Context, folder: Path, version: str, draft: bool, as_json: bool, viewer: str) -> None:
    """Show the codebook, release a version from FILE (YAML), or change the draft with the verbs below."""
    ctx.obj = folder
    if ctx.invoked_subcommand is None:
        with Project.open(folder, viewer) as project:
            _show(project, DRAFT if draft else version, as_json=as_json)


def _show(project: Project, version: str, *, as_json: bool) -> None:
    book = book_of(project, version)
    if as_json:
        output.data(to_data(book))
        return
    title = book.title or "The codebook"
    output.text(f"{title}, draft" if book.version == DRAFT else f"{title}, version {book.version}")
    output.table(
        ("code", "label", "state", "in short"),
        [
            (
                code.id,
                "  " * (len(book.path(code.id)) - 1) + code.label,
                "" if code.status == "active" else state_of(code, book),
                code.definition_short,
            )
            for code in book.codes
        ],
    )


@click.command("release from")
@click.argument("file", type=click.Path(path_type=Path))
@click.pass_context
def take_file(ctx: click.Context, file: Path) -> None:
    """Release a codebook version from a file, as it is."""
    assert ctx.parent is not None
    asked = ctx.parent.params
    source = read_text(file)
    with Project.open(asked["folder"], asked["viewer"], write=True) as project:
        for doubt in project.release_codebook(file.name, source):
            output.say(doubt)
        _show(project, "", as_json=asked["as_json"])


def read_text(path: Path) -> str:
    """The text of a codebook file."""
    try:
        return path.read_text("utf-8")
    except OSError as error:
        raise QualbenchError(f"{path} can not be read: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        raise QualbenchError(f"{path} is not UTF-8 text.", "Save it as UTF-8 and try again.") from error


for one in (*codebook_versions.VERBS, *codebook_draft.VERBS, *codebook_debt.VERBS, *codebook_files.VERBS):
    codebook_.add_command(one)
