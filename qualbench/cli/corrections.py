"""The verb correct: a new version of a sealed text from an edited file, and the places it makes doubtful."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from qualbench.cli import Listing, as_option, folder_argument, output
from qualbench.errors import BadDecision, QualbenchError, UsageError
from qualbench.model import Doubt
from qualbench.project import Project
from qualbench.project.base import write_file
from qualbench.text import counted, excerpt

if TYPE_CHECKING:
    from qualbench.steps.correction import Change


@click.group(cls=Listing, invoke_without_command=True)
@folder_argument
@output.json_option
@as_option
@click.pass_context
def correct(ctx: click.Context, folder: Path, as_json: bool, viewer: str) -> None:
    """Correct a sealed text, with all codings carried over; without a verb, list the doubtful places.

    Write the text to a file with text, edit it in any editor, and take it in again with import.
    """
    ctx.obj = folder
    if ctx.invoked_subcommand is None:
        _list(folder, viewer, as_json)


# --- a new version ---------------------------------------------------------------------------------------------


@correct.command("text")
@click.argument("transcript")
@click.option("-o", "--output", "target", type=click.Path(path_type=Path), help="A file; stdout otherwise.")
@click.option("--force", is_flag=True, help="Write over a file that exists.")
@output.json_option
@click.pass_obj
def write_text(folder: Path, transcript: str, target: Path | None, force: bool, as_json: bool) -> None:
    """Write the text in force to a file, to be edited in any editor that keeps UTF-8."""
    with Project.open(folder) as project:
        found = project.transcript(transcript)
    if target is not None:
        write_file(target, found.text.encode(), force=force)
    if as_json:
        output.data({"transcript": found.name, "version": found.version, "text": found.text})
    elif target is None:
        output.file(found.text)
    output.say(f"Version {found.version} of {found.name}.")


@correct.command("import")
@click.argument("transcript")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--reason", default="", help="Why it is corrected: typing errors, a member check. It is kept.")
@click.option("--yes", is_flag=True, help="Seal the new version without asking.")
@click.option("--dry-run", is_flag=True, help="Look only.")
@output.json_option
@as_option
@click.pass_obj
def import_text(
    folder: Path, transcript: str, file: Path, reason: str, yes: bool, dry_run: bool, as_json: bool, viewer: str
) -> None:
    """Take an edited text in as a new version, after a yes: what changed is shown first, and both versions stay."""
    from qualbench.steps import correction

    text = _read(file)
    with Project.open(folder, viewer, write=not dry_run) as project:
        found = project.compare(transcript, text)
        changes = correction.summary(found)
        doubts = correction.problems(found, project.transcript(transcript).turns)
        doubtful = project.doubtful_under(found, transcript)
        if not as_json:
            _show(changes, doubts, doubtful)
        if not dry_run:
            _ask(reason, yes)
            project.correct(transcript, text, reason)
        version = project.transcript(transcript).version
    if as_json:
        output.data(_data(changes, doubts, doubtful) | {"done": not dry_run, "version": version})
    if not dry_run:
        output.say(f"Version {version} is sealed. Doubtful places are listed by: qualbench correct FOLDER")


def _read(file: Path) -> str:
    try:
        return file.read_bytes().decode("utf-8")
    except UnicodeDecodeError as error:
        raise QualbenchError(f"{file.name} is not UTF-8 text.", "Save it as UTF-8 and try again.") from error


def _ask(reason: str, yes: bool) -> None:
    if not reason.strip():
        raise BadDecision("A correction needs a reason.", "Give one with --reason, for instance: typing errors.")
    waits = "Nothing was sealed yet: the correction waits for a yes."
    output.confirm("Seal this as a new version?", yes=yes, waits=waits, refused="Nothing was sealed.")


def _show(changes: tuple[Change, ...], doubts: tuple[str, ...], doubtful: int) -> None:
    output.table(
        ("line", "before", "was", "is", "after"),
        [(one.line, one.before, one.old or "-", one.new or "-", one.after) for one in changes],
        right=(0,),
    )
    output.text(f"\n{counted(len(changes), 'place')} changed.")
    for doubt in doubts:
        output.text(f"  {doubt}")
    output.text(
        f"{counted(doubtful, 'coded place')} would be doubtful, of those you may see; other coders are told of theirs."
    )


def _data(changes: tuple[Change, ...], doubts: tuple[str, ...], doubtful: int) -> dict[str, Any]:
    return {
        "changes": [
            {"line": c.line, "before": c.before, "old": c.old, "new": c.new, "after": c.after} for c in changes
        ],
        "look_at": list(doubts),
        "doubtful": doubtful,
    }


# --- what became doubtful --------------------------------------------------------------------------------------


@correct.command("list")
@output.json_option
@as_option
@click.pass_obj
def list_doubts(folder: Path, as_json: bool, viewer: str) -> None:
    """List the places that somebody must look at after a correction, of those you may see."""
    _list(folder, viewer, as_json)


def _list(folder: Path, viewer: str, as_json: bool) -> None:
    with Project.open(folder, viewer) as project:
        found = [(doubt, project.words_before(doubt)) for doubt in project.doubts()]
        beside = project.doubtful_results()
    if as_json:
        output.data([_doubt(doubt) | {"before": list(before)} for doubt, before in found])
        return
    output.table(
        ("transcript", "place", "coder", "codes", "words now", "words before"),
        [
            (
                one.name, f"{one.start}-{one.end}", one.coder, ", ".join(one.codes) or "nothing applies",
                excerpt(one.words, 40) or "-", excerpt(" | ".join(before), 40),
            )
            for one, before in found
        ],
    )  # fmt: skip
    output.say(f"{counted(len(found), 'doubtful place')}.")
    again = {"quote": "pick it again or drop it", "decision": "look whether it still holds; a new one supersedes it"}
    for what, name, start in beside:
        output.say(f"The words of a {what} at {start} of '{name}' were corrected: {again[what]}.")


def _doubt(one: Doubt) -> dict[str, Any]:
    return {
        "transcript": one.name, "start": one.start, "end": one.end, "coder": one.coder, "codes": list(one.codes),
        "words": one.words,
    }  # fmt: skip


@correct.command("settle")
@click.argument("transcript")
@click.argument("place", type=int)
@click.option("--coder", default="", help="Whose coding it is, where several stand there; your own otherwise.")
@click.option("--words", default="", help="The words it stands on now, exactly as in the new text.")
@click.option("--start", type=int, help="Where the words begin that it stands on now.")
@click.option("--end", type=int, help="Where they end.")
@as_option
@output.answers
@click.pass_obj
def settle(
    folder: Path, transcript: str, place: int, coder: str, words: str, start: int | None, end: int | None, viewer: str
) -> None:
    """Say that the codes at a doubtful PLACE (its start) still fit there, or on which words they stand now."""
    if words and (start, end) != (None, None):
        raise UsageError("Say either the words or where they begin and end.")
    with Project.open(folder, viewer, write=True) as project:
        doubt = project.find_doubt(transcript, place, coder)
        if words:
            start, end = project.place_of(doubt, words)
        project.settle_doubt(doubt, start, end)
        low, high = doubt.start if start is None else start, doubt.end if end is None else end
        kept = project.transcript(transcript).text[low:high]
        left = len(project.doubts())
    where = f"It stands on '{excerpt(kept, 60)}'." if kept else "Its words are gone, and it counts nowhere."
    output.say(f"{where} {counted(left, 'doubtful place')} left.")


# --- history ---------------------------------------------------------------------------------------------------


@correct.command("versions")
@click.argument("transcript")
@click.option("--show", "number", type=int, help="Print the text of this version.")
@output.json_option
@click.pass_obj
def versions(folder: Path, transcript: str, number: int | None, as_json: bool) -> None:
    """List the versions of a text with who corrected it, when and why, or print one of them."""
    with Project.open(folder) as project:
        found = project.versions(transcript)
    if number is not None and number not in [one.number for one in found]:
        raise UsageError(f"There is no version {number}.", f"There are: {', '.join(str(v.number) for v in found)}")
    rows: list[dict[str, Any]] = [
        {"version": one.number, "at": one.at, "by": one.actor, "reason": one.reason, "words": len(one.text.split())}
        | ({"text": one.text} if number else {})
        for one in found
        if number in (None, one.number)
    ]
    if as_json:
        output.data(rows)
    elif number is not None:
        output.file(str(rows[0]["text"]))
    else:
        output.table(
            ("version", "at", "by", "words", "reason"),
            [(r["version"], r["at"], r["by"], r["words"], r["reason"] or "as imported") for r in rows],
            right=(0, 3),
        )
