"""Verbs of the study as a whole: init, demo, open, status."""

from __future__ import annotations

from pathlib import Path

import click

from qualbench.cli import as_option, folder_argument, open_screens, output
from qualbench.cli.encryption import encrypt_option, key_of_new
from qualbench.model import METHOD_NAMES
from qualbench.project import Project


@click.command()
@folder_argument
@click.option(
    "--method", default="codebook-ta", show_default=True, help=f"The method it follows: {', '.join(METHOD_NAMES)}."
)
@click.option("--codebook", "book", type=click.Path(path_type=Path), help="A codebook to begin with (YAML).")
@click.option("--name", default="", help="What the study is called; the folder's name otherwise.")
@click.option("--coders", default=2, show_default=True, help="Independent passes each transcript gets.")
@encrypt_option
@as_option
@output.answers
def init(folder: Path, method: str, book: Path | None, name: str, coders: int, encrypt: bool, viewer: str) -> None:
    """Begin a study in a new folder."""
    from qualbench.cli.codebook import read_text

    source = read_text(book) if book else ""
    if book:
        from qualbench.steps import codebook as codebooks

        codebooks.read(book.name, source)
    name = name or folder.resolve().name.encode("utf-8", "replace").decode()  # a folder's name need not be text
    key = key_of_new(folder) if encrypt else None
    with Project.create(folder, name=name, method=method, coders=coders, viewer=viewer, key=key) as project:
        doubts = project.release_codebook(book.name, source) if book else []
        if warning := project.place_warning():
            output.say(f"Careful: {warning}.")
        chosen = METHOD_NAMES[project.study.method]
    for doubt in doubts:
        output.say(doubt)
    output.say(f"The study follows {chosen}; what that asks for: qualbench method {folder}")
    output.say(f"The study {folder} is ready. Next: qualbench import {folder} FILES")


@click.command()
@folder_argument
@click.option("--no-open", is_flag=True, help="Make it and do not open it.")
def demo(folder: Path, no_open: bool) -> None:
    """Make the demo study in a folder and open it; one that is there already is opened as it is."""
    from qualbench.project.demo import build

    if not (folder / "study.db").is_file():
        output.say("Making the demo study: synthetic interviews, nobody real.")
        build(folder)
    if no_open:
        output.say(f"The demo study is in {folder}.")
    else:
        open_screens(folder, "ana")


@click.command("open")
@folder_argument
@as_option
def open_(folder: Path, viewer: str) -> None:
    """Open a study in the terminal."""
    open_screens(folder, viewer)


@click.command()
@folder_argument
@output.json_option
@as_option
def status(folder: Path, as_json: bool, viewer: str) -> None:
    """Show what is done and what is to do."""
    with Project.open(folder, viewer) as project:
        rows = project.transcripts()
        rounds = {one.id: f" ({one.name})" for one in project.rounds() if one.recode}
        passes = {(p.transcript, p.coder + rounds.get(p.round, "")): p for p in project.passes()}
        mine = {one.transcript: one for one in project.progress()}
        summary = {
            "study": project.study.name,
            "method": str(project.study.method),
            "coders_per_transcript": project.study.coders,
            "codebook": project.codebook().version if project.has_codebook() else None,
            "transcripts": [
                {
                    "transcript": row.name,
                    "id": row.id,
                    "words": row.words,
                    "turns": row.turns,
                    "segments": row.segments,
                    "by": str(row.rule),
                    "opened": row.opened,
                    "deidentified": {"reviewers": row.reviewers, "replaced": row.replaced}
                    if row.reviewers is not None
                    else None,
                    "passes": {who: str(one.state) for (id_, who), one in passes.items() if id_ == row.id},
                    "late": [who for (id_, who), one in passes.items() if id_ == row.id and one.late],
                    "decided": mine[row.id].decided if row.id in mine else None,
                }
                for row in rows
            ],
            "attention": list(project.attention()),
        }
    if as_json:
        output.data(summary)
        return
    output.text(f"{summary['study']} · {summary['method']} · codebook {summary['codebook'] or 'none yet'}")
    output.table(
        ("transcript", "words", "segments", "by", "passes", "opened"),
        [
            (
                one["transcript"],
                one["words"],
                one["segments"],
                one["by"],
                ", ".join(
                    f"{coder}: {state}{' late' if coder in one['late'] else ''}"
                    for coder, state in one["passes"].items()
                )
                or "none",
                "yes" if one["opened"] else "blind",
            )
            for one in summary["transcripts"]  # type: ignore[attr-defined]  # a dict of mixed values
        ],
        right=(1, 2),
    )
