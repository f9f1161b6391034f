"""Verbs of coding: code, codings, submit, undo, redo."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from qualbench.cli import as_option, coder_option, folder_argument, open_screens, output
from qualbench.cli.care import care_options, cared
from qualbench.cli.exchange import match_segments
from qualbench.errors import BadTable, QualbenchError, UnknownCode, UsageError
from qualbench.project import Project
from qualbench.project.base import write_file
from qualbench.steps import codebook as codebooks
from qualbench.steps.coding import BadSpan, told
from qualbench.steps.interchange import codings_csv


@click.command()
@folder_argument
@coder_option
@click.option("--transcript", default="", help="Where to begin; the first one with something to decide otherwise.")
def code(folder: Path, viewer: str, transcript: str) -> None:
    """Code transcripts on the screen, blind to the other coders."""
    open_screens(folder, viewer, screen="coding", transcript=transcript)


@click.group()
@folder_argument
@click.pass_context
def codings(ctx: click.Context, folder: Path) -> None:
    """Apply, remove, import and export codings."""
    ctx.obj = folder


@codings.command("export")
@click.option("--coder", default="", help="Only this coder's; as that coder, unless you say who you are.")
@click.option("--as", "viewer", default="", envvar="QUALBENCH_AS", help="Who you are; the coder otherwise.")
@click.option("--round", "round_", default="", help="Only the passes of this round; first passes otherwise.")
@click.option("-o", "--output", "target", type=click.Path(path_type=Path), help="A file; stdout otherwise.")
@click.option("--force", is_flag=True, help="Write over a file that exists.")
@care_options
@output.json_option
@click.pass_obj
def export_codings(
    folder: Path, coder: str, viewer: str, round_: str, target: Path | None, force: bool, allow: str,
    vault: Path | None, show_found: bool, as_json: bool,
) -> None:  # fmt: skip
    """Write codings as a table: all on opened transcripts or, with --coder, that coder's own."""
    with Project.open(folder, viewer or coder, write=bool(allow)) as project:
        lines = project.export_codings(coder, round_)
        words, places = project.leaving_codings(lines)
        cared(project, "codings", allow=allow, vault=vault, show_found=show_found, words=words, places=places)
        blind = len([row for row in project.transcripts() if not row.opened])
        apart = 0 if round_ else project.first_memos(coder) - sum(bool(line.memo) for line in lines)
    if as_json:
        columns = codings_csv.COLUMNS
        output.data([{column: getattr(line, column) for column in columns} for line in lines])
    elif target is not None:
        write_file(target, codings_csv.write(lines).encode(), force=force)
    else:
        output.file(codings_csv.write(lines))
    if blind and not coder:
        output.say(f"{blind} transcripts are blind still; nothing of them is in the table.")
    if apart:
        some = "memo stands" if apart == 1 else "memos stand"
        output.say(f"{apart} {some} where nothing was decided; a table of codings has no line for them.")


@codings.command("import")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--partial", is_flag=True, help="Leave segments without a line undecided, instead of 'nothing applies'.")
@output.json_option
@as_option
@click.pass_obj
def import_codings(folder: Path, file: Path, partial: bool, as_json: bool, viewer: str) -> None:
    """Take codings in from a table: transcript, start, end, code, coder, memo. All of it or nothing."""
    try:
        text = file.read_text("utf-8-sig")
    except UnicodeDecodeError as error:
        raise QualbenchError(f"{file.name} is not UTF-8 text.", "Save it as UTF-8 and try again.") from error
    lines, problems = codings_csv.read(file.name, text)
    if problems:
        raise BadTable(problems)
    with Project.open(folder, viewer, write=True) as project:
        counts = project.import_codings(file.name, lines, partial=partial)
    if as_json:
        output.data({"lines": counts})
    output.say("; ".join(f"{coder}: {count} lines" for coder, count in counts.items()) or "The table is empty.")


def _span(
    project: Project, transcript: str, start: int, end: int | None, *, begin: bool = True
) -> tuple[str, int, int]:
    """The pass and the span; without an end, the whole segment that holds `start`.

    Only what puts something there may begin a pass: one that is begun by mistake keeps its transcript blind.
    """
    text = project.transcript(transcript)
    if end is None:
        found = next((s for s in text.segments if s.start <= start < s.end), None)
        if found is None:
            raise UsageError(f"No segment of '{text.name}' holds character {start}.", "Give start and end.")
        start, end = found.start, found.end
    if not 0 <= start < end <= len(text.text):
        raise BadSpan(text.name, start, end, len(text.text))
    if not begin and project.own_pass(text.id) is None:
        raise QualbenchError(f"{project.viewer} has no pass on '{text.name}'.")
    return project.open_pass(text.id).id, start, end


def _place_arguments(command: Callable[..., Any]) -> Callable[..., Any]:
    for argument in (
        click.option("--end", type=int, help="End of the span; the whole segment otherwise."),
        click.argument("start", type=int),
        click.argument("transcript"),
    ):
        command = argument(command)
    return command


@codings.command("apply")
@_place_arguments
@click.argument("code_name", metavar="CODE")
@coder_option
@output.answers
@click.pass_obj
def apply_code(folder: Path, transcript: str, start: int, end: int | None, code_name: str, viewer: str) -> None:
    """Put a code on a segment or a span."""
    with Project.open(folder, viewer, write=True) as project:
        found = codebooks.find(project.codebook(), code_name)
        if found not in project.applicable_codes():
            raise UnknownCode(code_name)
        pass_id, start, end = _span(project, transcript, start, end)
        changes = project.apply_code(pass_id, found.id, start, end)
    output.say(f"{found.label}: applied." if changes else f"{found.label}: is there already.")


@codings.command("remove")
@_place_arguments
@click.argument("code_name", metavar="CODE")
@coder_option
@output.answers
@click.pass_obj
def remove_code(folder: Path, transcript: str, start: int, end: int | None, code_name: str, viewer: str) -> None:
    """Take a code off a segment or a span."""
    with Project.open(folder, viewer, write=True) as project:
        found = codebooks.find(project.codebook(), code_name)
        pass_id, start, end = _span(project, transcript, start, end, begin=False)
        project.remove_code(pass_id, found.id, start, end)
    output.say(f"{found.label}: removed.")


@codings.command("nothing")
@_place_arguments
@coder_option
@output.answers
@click.pass_obj
def mark_nothing(folder: Path, transcript: str, start: int, end: int | None, viewer: str) -> None:
    """Decide that nothing applies to a segment, or take that back."""
    with Project.open(folder, viewer, write=True) as project:
        changes = project.mark_nothing(*_span(project, transcript, start, end))
    output.say("Nothing applies." if "nothing_marked" in changes.kinds else "Undecided again.")


@codings.command("memo")
@_place_arguments
@click.argument("words")
@coder_option
@output.answers
@click.pass_obj
def write_memo(folder: Path, transcript: str, start: int, end: int | None, words: str, viewer: str) -> None:
    """Write a memo on a segment or a span; empty words remove it."""
    with Project.open(folder, viewer, write=True) as project:
        project.write_memo(*_span(project, transcript, start, end, begin=bool(words.strip())), words)
    output.say("Memo kept." if words.strip() else "Memo removed.")


@click.command()
@folder_argument
@click.argument("transcripts", nargs=-1)
@coder_option
@click.option("--all", "everything", is_flag=True, help="Every open pass of this coder.")
@click.option("--rest", type=click.Choice(["nothing", "skipped"]), help="What undecided segments are.")
@output.json_option
def submit(
    folder: Path, transcripts: tuple[str, ...], viewer: str, everything: bool, rest: str | None, as_json: bool
) -> None:
    """Hand in passes for good: a submitted pass never changes."""
    if everything == bool(transcripts):
        raise UsageError("Say which transcripts, or --all.")
    with Project.open(folder, viewer, write=True) as project:
        names = project.submit(transcripts, rest or "")
        opened = {row.name for row in project.transcripts() if row.opened}
    if as_json:
        output.data({"submitted": names, "opened": sorted(opened & set(names))})
    output.say(f"Submitted: {', '.join(names)}.")


_AREAS = click.Choice(["coding", "consensus", "cqr", "themes", "papers"])


def _switch(folder: Path, viewer: str, area: str, transcript: str, *, undo: bool) -> None:
    with Project.open(folder, viewer, write=True) as project:
        subject = project.transcript(transcript).id if transcript and area not in ("cqr", "themes", "papers") else ""
        facts = project.newest_step(subject, area, undo=undo)
        (project.undo if undo else project.redo)(subject, area)
        what = told(facts, project.codebook()) if area == "coding" else f"a step of {area}"
    output.say(f"{'Undone' if undo else 'Done again'}: {what}.")


@click.command()
@folder_argument
@as_option
@click.option("--of", "area", type=_AREAS, default="coding", show_default=True)
@click.option("--transcript", default="", help="Only there; your newest step anywhere otherwise.")
@output.answers
def undo(folder: Path, viewer: str, area: str, transcript: str) -> None:
    """Undo your newest step; nothing of it is deleted, and redo brings it back."""
    _switch(folder, viewer, area, transcript, undo=True)


@click.command()
@folder_argument
@as_option
@click.option("--of", "area", type=_AREAS, default="coding", show_default=True)
@click.option("--transcript", default="", help="Only there; your newest step anywhere otherwise.")
@output.answers
def redo(folder: Path, viewer: str, area: str, transcript: str) -> None:
    """Redo the step you undid last."""
    _switch(folder, viewer, area, transcript, undo=False)


codings.add_command(match_segments)
