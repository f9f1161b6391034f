"""Verbs of what is studied: import, segment."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from qualbench.cli import as_option, folder_argument, output
from qualbench.cli.answers import answer_options, answers_of
from qualbench.cli.exchange import bring_in, convention_option, is_project
from qualbench.errors import NeedsConfirmation, QualbenchError, UsageError
from qualbench.model import SegmentRule
from qualbench.project import Project
from qualbench.text import counted

if TYPE_CHECKING:
    from qualbench.project.candidates import Candidate
    from qualbench.steps.ingest import Answers
    from qualbench.steps.ingest.profiles import Profile

RULES = click.Choice([str(rule) for rule in SegmentRule if rule is not SegmentRule.HAND])
PACE = 1.0
"""Seconds between two words about how far a long work is; a short one is not talked about."""


@dataclass(slots=True)
class Batch:
    """The files of one command, in order, by what becomes of them."""

    files: list[Candidate] = field(default_factory=list)
    failed: list[QualbenchError] = field(default_factory=list)

    @property
    def ready(self) -> list[Candidate]:
        """Those that can be sealed."""
        return [one for one in self.files if one.made is not None and not one.departures]

    @property
    def departing(self) -> list[Candidate]:
        """Those that are not as their profile expects."""
        return [one for one in self.files if one.made is not None and one.departures]


@click.command("import")
@folder_argument
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--segment", "rule", type=RULES, default="turn", show_default=True, help="The unit that is coded.")
@click.option("--profile", default="", help="Read them by the answers of this import profile, and seal what fits it.")
@click.option("--save-profile", default="", help="Keep the answers for one file as a profile for files like it.")
@answer_options
@convention_option
@click.option("--yes", is_flag=True, help="Seal without asking.")
@click.option("--dry-run", is_flag=True, help="Look only.")
@output.json_option
@as_option
def import_(
    folder: Path, files: tuple[Path, ...], rule: str, profile: str, save_profile: str, convention: str, yes: bool,
    dry_run: bool, as_json: bool, viewer: str, **said: Any,
) -> int:  # fmt: skip
    """Read transcripts, show what was found, and seal them after a yes, all in one step.

    A bad file is named; the others go on. In a terminal the screen opens, unless --yes, --dry-run, --json or
    --profile is said. A project of another program (.qdpx and others) becomes a study of its own: DIR is new or empty.
    """
    from qualbench.steps.ingest import AS_FOUND

    if is_project(files, convention):
        return bring_in(folder, files[0], SegmentRule(rule), convention, yes, dry_run, as_json, viewer)
    if save_profile and len(files) > 1:
        raise UsageError("A profile is saved from one file.", "Import that one first, then the others by --profile.")
    if output.asks() and not (yes or dry_run or as_json or profile or save_profile):
        return _on_screen(folder, viewer, files, answers_of(said, AS_FOUND), SegmentRule(rule))
    with Project.open(folder, viewer, write=not dry_run) as project:
        expected = project.import_profile(profile) if profile else None
        batch = _read(project, files, answers_of(said, expected.answers if expected else AS_FOUND), expected)
        shown = _shown(project, batch, as_json)
        if not dry_run and batch.ready:
            _ask(sum(len(one.drafts) for one in batch.ready), yes or bool(profile))
            _seal(project, batch.ready, SegmentRule(rule), shown)
            if save_profile:
                project.save_profile(save_profile, batch.ready[0].drafts[0], batch.ready[0].answers)
                output.say(f"Kept as the import profile '{save_profile}'.")
    if as_json:
        output.data(shown)
    return _ended(batch, profile, dry_run)


def _ended(batch: Batch, profile: str, dry_run: bool) -> int:
    if batch.departing and not dry_run:
        listed = ", ".join(one.name for one in batch.departing)
        output.say(f"Not sealed, for a person to look at, because not as in '{profile}': {listed}.")
    if batch.failed:
        return 1
    return NeedsConfirmation.exit_code if batch.departing else 0


def _on_screen(folder: Path, viewer: str, files: Sequence[Path], answers: Answers, rule: SegmentRule) -> int:
    from qualbench.tui.app import open_import

    if open_import(folder, viewer, files, answers, rule):
        raise QualbenchError("The screens ended with a fault of the program.", "What was sealed before it is safe.")
    return 0


def _read(project: Project, files: Sequence[Path], answers: Answers, profile: Profile | None) -> Batch:
    from qualbench.project.candidates import check_batch, load, look

    batch = Batch()
    told = _progress(len(files), "read")
    for number, path in enumerate(files, start=1):
        name = path.name.encode("utf-8", "replace").decode()
        try:
            name, data = load(path)
            one = look(name, data, answers, profile)
            if one.error is None:
                check_batch(one, [before for before in batch.files if before.made is not None])
                project.check_file(name, data)
        except QualbenchError as error:
            one = _not_read(name, answers, error)
        if one.error is not None:
            batch.failed.append(one.error)
        batch.files.append(one)
        told(number, name)
    return batch


def _not_read(name: str, answers: Answers, error: QualbenchError) -> Candidate:
    from qualbench.project.candidates import Candidate

    return Candidate(name, b"", answers, error=error)


def _progress(total: int, done: str) -> Callable[[int, str], None]:
    """Says how far a long work is, at a pace that can be read."""
    said = time.monotonic()

    def tell(number: int, name: str) -> None:
        nonlocal said
        if time.monotonic() - said >= PACE:
            said = time.monotonic()
            output.say(f"{number}/{total} {done}: {name}")

    return tell


def _shown(project: Project, batch: Batch, as_json: bool) -> list[dict[str, Any]]:
    """What is said of each file; on the screen now, as data when all is done."""
    from qualbench.cli.candidates import found, show

    labels = iter(project.participants_to_be([one.drafts for one in batch.files if one.made is not None]))
    shown = [found(one, next(labels) if one.made is not None else ()) for one in batch.files]
    if not as_json:
        show(shown)
    for failure in batch.failed:
        output.say(str(failure))
    return shown


def _ask(count: int, yes: bool) -> None:
    files = counted(count, "transcript")
    waits = f"Nothing was sealed yet: {files} {'wait' if count != 1 else 'waits'} for a yes."
    output.confirm(f"Seal {files} as shown?", yes=yes, waits=waits, refused="Nothing was sealed.")


def _seal(project: Project, ready: Sequence[Candidate], rule: SegmentRule, shown: list[dict[str, Any]]) -> None:
    total = sum(len(one.drafts) for one in ready)
    project.back_up("before-import")
    batch = [(one.made, one.data) for one in ready if one.made is not None]
    names = project.import_transcripts(batch, rule, tell=_progress(len(batch), "cut"))
    for number, name in enumerate(names, start=1):
        output.say(f"{number}/{total} sealed: {name}")
    rest = iter(names)
    told = [one for one in shown if one["ok"] and not one["departures"]]
    for one, told_of in zip(ready, told, strict=True):
        sealed = [next(rest) for _ in one.drafts]
        told_of["transcript"] = sealed[0]
        if len(sealed) > 1 or one.columns:
            told_of["transcripts"] = sealed


@click.command()
@folder_argument
@click.argument("transcript", required=False)
@click.option("--by", "rule", type=RULES, help="The unit that is coded.")
@click.option("--split", "place", type=int, help="Cut the segment around this place in two; in characters from 0.")
@click.option("--merge", nargs=2, type=int, help="Make one segment of those from the first number to the last; from 1.")
@click.option("--count-interviewers", type=click.Choice(["yes", "no"]), help="Whether their speech counts; of all.")
@as_option
@output.answers
def segment(
    folder: Path, transcript: str | None, rule: str | None, place: int | None, merge: tuple[int, int] | None,
    count_interviewers: str | None, viewer: str,
) -> None:  # fmt: skip
    """Cut a transcript into other units, by a rule or by hand; refused once a pass on it is open."""
    wanted = [one for one in (rule, place, merge, count_interviewers) if one is not None]
    if len(wanted) != 1 or (transcript is None) != (count_interviewers is not None):
        raise UsageError(
            "Say one thing to do.",
            "TRANSCRIPT with --by, --split or --merge; or --count-interviewers without a transcript.",
        )
    with Project.open(folder, viewer, write=True) as project:
        if count_interviewers is not None:
            project.count_interviewers(count_interviewers == "yes")
            counts = "counts" if count_interviewers == "yes" else "does not count"
            output.say(f"Interviewers' speech {counts} from now on, in every transcript.")
            return
        name = transcript or ""
        if rule is not None:
            project.segment(name, SegmentRule(rule))
        elif place is not None:
            project.split_segment(name, place)
        elif merge is not None:
            project.merge_segments(name, merge[0] - 1, merge[1] - 1)
        count = len(project.transcript(name).segments)
    output.say(f"{transcript} is cut by {rule or SegmentRule.HAND}: {count} segments.")
