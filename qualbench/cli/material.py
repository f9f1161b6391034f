"""Verbs of what is studied: import, segment."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from qualbench.cli import as_option, folder_argument, output
from qualbench.errors import AlreadyImported, NeedsConfirmation, QualbenchError, UnreadableFile
from qualbench.model import SegmentRule
from qualbench.project import Project
from qualbench.text import excerpt

if TYPE_CHECKING:
    from qualbench.steps.ingest import Draft

    Read = tuple[Draft, bytes, dict[str, Any]]
    """What was read of one file, its bytes, and what is said of it."""

RULES = click.Choice([str(rule) for rule in SegmentRule])


@click.command("import")
@folder_argument
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--segment", "rule", type=RULES, default="turn", show_default=True, help="The unit that is coded.")
@click.option("--encoding", default=None, help="How text files are encoded, where they are not UTF-8.")
@click.option("--one-speaker", is_flag=True, help="Treat each file as one person speaking.")
@click.option("--yes", is_flag=True, help="Seal without asking.")
@click.option("--dry-run", is_flag=True, help="Look only.")
@output.json_option
@as_option
def import_(
    folder: Path,
    files: tuple[Path, ...],
    rule: str,
    encoding: str | None,
    one_speaker: bool,
    yes: bool,
    dry_run: bool,
    as_json: bool,
    viewer: str,
) -> int:
    """Read transcripts, show what was found, and seal them after a yes. A bad file is named; the others go on."""
    with Project.open(folder, viewer, write=not dry_run) as project:
        read: list[Read] = []
        failed: list[QualbenchError] = []
        shown: list[dict[str, Any]] = []
        for path in files:
            try:
                draft, data = _draft(project, path, encoding, one_speaker, {d.original: d.source for d, *_ in read})
                shown.append(_found(draft))
                read.append((draft, data, shown[-1]))
            except QualbenchError as error:
                failed.append(error)
                shown.append({"file": path.name, "ok": False, "error": str(error)})
        if not as_json:
            _preview(shown)
        for failure in failed:
            output.say(str(failure))
        if not dry_run and read:
            _ask(len(read), yes)
            project.back_up("before-import")
            _seal(project, read, SegmentRule(rule))
    if as_json:
        output.data(shown)
    return 1 if failed else 0


def _draft(
    project: Project, path: Path, encoding: str | None, one_speaker: bool, batch: dict[str, str]
) -> tuple[Draft, bytes]:
    from qualbench.steps import ingest

    name = path.name.encode("utf-8", "replace").decode()  # a file's name need not be text
    try:
        data = path.read_bytes()
    except OSError as error:
        raise UnreadableFile(name, f"it can not be read ({error.strerror}).") from error
    draft = ingest.read(name, data, ingest.Answers(encoding=encoding, one_speaker=one_speaker))
    if draft.original in batch:
        raise AlreadyImported(name, batch[draft.original])
    project.check_new(draft)
    return draft, data


def _found(draft: Draft) -> dict[str, Any]:
    spoken: dict[int, list[str]] = {}
    for turn in draft.turns:
        spoken.setdefault(turn.speaker, []).append(draft.text[turn.body : turn.end])
    return {
        "file": draft.source,
        "ok": True,
        "name": draft.name,
        "reader": draft.reader,
        "encoding": draft.encoding,
        "labels": draft.family,
        "coverage": round(draft.coverage, 3),
        "words": draft.words,
        "turns": len(draft.turns),
        "speakers": [
            {
                "label": speaker.label,
                "role": str(speaker.role),
                "turns": len(said := spoken.get(number, [])),
                "words": sum(len(words.split()) for words in said),
                "first": excerpt(said[0], 60) if said else "",
            }
            for number, speaker in enumerate(draft.speakers)
        ],
        "unattributed": len(spoken.get(-1, ())),
        "possible_speakers": list(draft.possible_speakers),
        "similar_labels": [list(pair) for pair in draft.similar_labels],
        "warnings": [str(warning) for warning in draft.warnings],
    }


def _preview(shown: Iterable[dict[str, Any]]) -> None:
    for one in shown:
        if not one["ok"]:
            continue
        output.text(f"\n{one['file']}: {one['turns']} turns, {one['words']} words, labels {one['labels'] or 'none'}")
        output.table(
            ("speaker", "role", "turns", "words", "first words"),
            [(s["label"], s["role"], s["turns"], s["words"], s["first"]) for s in one["speakers"]],
            right=(2, 3),
        )
        if one["unattributed"]:
            output.text(f"  {one['unattributed']} turns have no speaker.")
        for label in one["possible_speakers"]:
            output.text(f"  Perhaps a speaker, taken as speech: {label}")
        for first, second in one["similar_labels"]:
            output.text(f"  Perhaps the same speaker: {first} and {second}")
        for warning in one["warnings"]:
            output.text(f"  {warning}")


def _ask(count: int, yes: bool) -> None:
    files = f"{count} transcript{'s' if count != 1 else ''}"
    if yes:
        return
    if not output.asks():
        raise NeedsConfirmation(
            f"Nothing was sealed yet: {files} {'wait' if count != 1 else 'waits'} for a yes.",
            "Say --yes, or --dry-run to look.",
        )
    if not click.confirm(f"Seal {files} as shown?", default=False, err=True):
        raise NeedsConfirmation("Nothing was sealed.")


def _seal(project: Project, read: list[Read], rule: SegmentRule) -> None:
    for number, (draft, data, found) in enumerate(read, start=1):
        name = project.import_transcript(draft, data, rule)
        found["transcript"] = name
        output.say(f"{number}/{len(read)} sealed: {name}")


@click.command()
@folder_argument
@click.argument("transcript")
@click.option("--by", "rule", type=RULES, required=True, help="The unit that is coded.")
@as_option
@output.answers
def segment(folder: Path, transcript: str, rule: str, viewer: str) -> None:
    """Cut a transcript into other units; refused once a pass on it is open."""
    with Project.open(folder, viewer, write=True) as project:
        project.segment(transcript, SegmentRule(rule))
        count = len(project.transcript(transcript).segments)
    output.say(f"{transcript} is cut by {rule}: {count} segments.")
