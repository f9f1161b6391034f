"""The verb deidentify: names out of transcripts before anything is sealed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from qualbench.cli import as_option, folder_argument, output, vault
from qualbench.cli.answers import answer_options, answers_of
from qualbench.cli.material import RULES
from qualbench.cli.pace import progress
from qualbench.cli.strings import show
from qualbench.errors import NeedsConfirmation, QualbenchError, UsageError
from qualbench.model import SegmentRule
from qualbench.project import Project
from qualbench.text import counted

if TYPE_CHECKING:
    from qualbench.project.candidates import Candidate
    from qualbench.project.deidentify.review import Review
    from qualbench.project.deidentify.sealing import Ending
    from qualbench.project.deidentify.vault_file import VaultFile
    from qualbench.steps.deidentify import KnownName
    from qualbench.steps.ingest import Answers

FILE = click.Path(path_type=Path, exists=True, dir_okay=False)


@dataclass(frozen=True, slots=True)
class Sources:
    """What a person named on the command line, and how it is to be read."""

    files: tuple[Path, ...]
    answers: Answers
    profile: str
    vault: Path | None
    known: tuple[KnownName, ...]
    own: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Taken:
    """The files of one command by what becomes of them."""

    review: Review
    failed: int
    departing: tuple[str, ...]
    """Names of files that are not as their import profile expects; they are left out."""

    @property
    def exit_code(self) -> int:
        """What the verb ends with when all else went well."""
        return 1 if self.failed else NeedsConfirmation.exit_code if self.departing else 0


@click.command()
@folder_argument
@click.argument("files", nargs=-1, type=click.Path(path_type=Path))
@click.option("--vault", type=click.Path(path_type=Path), default=None, help="Where the names are kept; never here.")
@click.option("--names", type=FILE, default=None, help="Names you know: a line each, or a CSV: first,last,nicknames.")
@click.option("--own", multiple=True, help="Another word to look for; may be given again.")
@click.option("--answers", type=FILE, default=None, help="A CSV that decides: string,action,replacement.")
@click.option("--reviewer", multiple=True, help="Who has read the result; may be given again.")
@click.option("--to", type=click.Path(path_type=Path, file_okay=False), help="Write .txt files there, import nothing.")
@click.option("--force", is_flag=True, help="With --to: write over files that are there.")
@click.option("--segment", "rule", type=RULES, default="turn", show_default=True, help="The unit that is coded.")
@click.option("--profile", default="", help="Read the files by the answers of this import profile.")
@answer_options
@click.option(
    "--check", is_flag=True, help="Look sealed transcripts over again; FILES are their names, or none for all."
)
@click.option("--show", is_flag=True, help="With --check: say the words too, which are names.")
@click.option(
    "--merge-vault", type=click.Path(path_type=Path, dir_okay=False), help="Take in the answers of another vault."
)
@click.option(
    "--keep", type=click.Choice(["mine", "theirs"]), help="With --merge-vault: whose answer holds in a conflict."
)
@click.option("--dry-run", is_flag=True, help="Look only.")
@output.json_option
@as_option
def deidentify(
    folder: Path, files: tuple[Path, ...], check: bool, merge_vault: Path | None, viewer: str, **said: Any
) -> int:
    """Replace names and details, then import: every string is decided by a person, first here, then in the text.

    Actions in --answers: take (the suggestion), keep, replace, redact, generalise. What nobody decides stops the
    import. In a terminal, and without --answers, the screen opens. Files are read by the same answers as by import.

    With --check nothing is imported: it tells where sealed transcripts still have names of the vault, of --names and
    --own, or shapes such as mail addresses. With --merge-vault two vaults become one; the other file never changes.
    """
    _check_usage(files, check, merge_vault, said)
    if merge_vault is not None:
        with Project.open(folder, viewer) as project:
            _merge(project, merge_vault, said)
        return 0
    if check:
        with Project.open(folder, viewer) as project:
            _check(project, files, said)
        return 0
    return _files(folder, files, viewer, said)


def _check_usage(files: Sequence[Path], check: bool, merge_vault: Path | None, said: dict[str, Any]) -> None:
    if check and merge_vault:
        raise UsageError("Say one thing to do.", "Either --check or --merge-vault.")
    if merge_vault and files:
        raise UsageError("Vaults are merged without files.", "Leave the files out.")
    if said["show"] and not check:
        raise UsageError("--show belongs to --check.", "Say --check too.")
    if said["keep"] and not merge_vault:
        raise UsageError("--keep belongs to --merge-vault.", "Say --merge-vault OTHER too.")
    if not (files or check or merge_vault):
        raise UsageError("No files are named.", "Name files or a folder, or say --check or --merge-vault OTHER.")


def _merge(project: Project, other: Path, said: dict[str, Any]) -> None:
    from qualbench.cli import vaults

    vaults.merge(
        project, said["vault"], other, said["keep"] or "", dry_run=said["dry_run"], as_json=said["as_json"]
    )  # fmt: skip


def _check(project: Project, names: Sequence[Path], said: dict[str, Any]) -> None:
    from qualbench.cli import vaults

    vaults.check(
        project, said["vault"], _known(said["names"]), said["own"], [str(name) for name in names],
        with_words=said["show"], as_json=said["as_json"],
    )  # fmt: skip


def _files(folder: Path, files: tuple[Path, ...], viewer: str, said: dict[str, Any]) -> int:
    from qualbench.project.deidentify.answers import read_answers
    from qualbench.project.deidentify.files import files_of
    from qualbench.project.deidentify.sealing import Ending
    from qualbench.steps.ingest import AS_FOUND

    ending = Ending(SegmentRule(said["rule"]), said["to"], said["force"])
    reviewers, as_json, dry_run, table = said["reviewer"], said["as_json"], said["dry_run"], said["answers"]
    given = read_answers(table.name, _text(table)) if table else ()
    with Project.open(folder, viewer, write=False) as project:
        profile = project.import_profile(said["profile"]) if said["profile"] else None
    answers = answers_of(said, profile.answers if profile else AS_FOUND)
    sources = Sources(files_of(files), answers, said["profile"], said["vault"], _known(said["names"]), said["own"])
    _say_passed_over(files)
    if output.asks() and not (dry_run or table or as_json):
        return _on_screen(folder, viewer, sources, (*reviewers, viewer)[0], ending)
    with Project.open(folder, viewer, write=not dry_run and ending.to is None) as project:
        file = vault.of(project, sources.vault, [ending.to] if ending.to else [], to_write=not dry_run)
        taken = _taken(project, sources, (*reviewers, "")[0], file)
        review = taken.review
        _look(review)
        if dry_run:
            show(review, as_json, [])
            return 1 if taken.failed else 0
        _answer(review, given, reviewers)
        _stop_if_undecided(review, as_json)
        show(review, as_json, _reach(review, project, ending))
    return taken.exit_code


def _say_passed_over(files: Sequence[Path]) -> None:
    """What is in a folder and no reader is for is not dropped in silence."""
    from qualbench.project.candidates import passed_over

    others = [one for path in files if path.is_dir() for one in passed_over(str(path))]
    if others:
        names = ", ".join(one.name for one in others[:3]) + (", ..." if len(others) > 3 else "")
        output.say(f"{counted(len(others), 'file')} left aside, as nothing here reads the kind: {names}.")


def _on_screen(folder: Path, viewer: str, sources: Sources, reviewer: str, ending: Ending) -> int:
    from qualbench.project.deidentify.files import review_of
    from qualbench.tui.app import open_deidentify
    from qualbench.tui.screens.deidentify_files import ReadsFiles
    from qualbench.tui.screens.deidentify_looking import NamedFiles

    def screen(project: Project) -> ReadsFiles:
        file = vault.of(project, sources.vault, [ending.to] if ending.to else [])
        file.read()  # a damaged one is told before anything is asked
        profile = project.import_profile(sources.profile) if sources.profile else None

        def named(ready: Sequence[Candidate], rule: SegmentRule) -> NamedFiles:
            review = review_of(project, ready, file, known=sources.known, own=sources.own, reviewer=reviewer)
            return NamedFiles(review, replace(ending, rule=rule))

        return ReadsFiles(sources.files, sources.answers, ending.rule, named, profile=profile)

    if open_deidentify(folder, viewer, screen):
        raise QualbenchError("The screens ended with a fault of the program.", "What was answered is in the vault.")
    return 0


def _taken(project: Project, sources: Sources, reviewer: str, file: VaultFile) -> Taken:
    """The files as drafts with their vault; what can not be read, or is not as expected, is said and counted."""
    from qualbench.project.deidentify.files import read_files, review_of

    profile = project.import_profile(sources.profile) if sources.profile else None
    read = read_files(project, sources.files, sources.answers, profile, progress(len(sources.files), "read"))
    for one in read:
        if one.error is not None:
            output.say(str(one.error))
        for departure in one.departures:
            output.say(f"{one.name}, left out for a person to look at: {departure}")
    ready = [one for one in read if one.made is not None and not one.departures]
    if not ready:
        raise QualbenchError("None of the files can be taken in.")
    review = review_of(project, ready, file, known=sources.known, own=sources.own, reviewer=reviewer)
    return Taken(review, sum(one.error is not None for one in read), tuple(one.name for one in read if one.departures))


def _known(names: Path | None) -> tuple[KnownName, ...]:
    from qualbench.project.deidentify.known_names import known_names

    return known_names(_text(names)) if names else ()


def _text(path: Path) -> str:
    try:
        return path.read_text("utf-8-sig")
    except UnicodeDecodeError as error:
        raise QualbenchError(f"{path.name} is not UTF-8 text.", "Save it as UTF-8 and try again.") from error


def _look(review: Review) -> None:
    """Let a pipeline look for names; without one it goes on, and says so."""
    from qualbench.project.deidentify.queue import look
    from qualbench.steps.deidentify.language import NoLanguageModel

    total = len(review.drafts)
    said: set[int] = set()

    def told(number: int) -> None:
        if number not in said:
            said.add(number)
            output.say(f"Looking for names: {number + 1} of {counted(total, 'text')}.")

    try:
        review.take_entities(look(review.drafts, told))
    except NoLanguageModel as error:
        output.say(str(error))


def _answer(review: Review, given: Sequence[Any], reviewers: Sequence[str]) -> None:
    from qualbench.project.deidentify.answers import give_answers

    absent = give_answers(review, given)
    if absent:
        output.say(f"{counted(absent, 'answer')} for strings that stand in none of the files; they were left aside.")
    if not review.undecided:
        for file in range(len(review.drafts)):
            for name in reviewers:
                review.mark_read(file, name)


def _stop_if_undecided(review: Review, as_json: bool) -> None:
    """Stop while a string waits for an answer, or an original can still be read; both are shown."""
    from qualbench.project.deidentify.sealing import StillThere, Undecided

    told = progress(len(review.drafts), "read again")
    still = () if review.undecided else review.still_there(lambda number: told(number + 1, "names"))
    left = sorted({one.text for one in still})
    if review.undecided or left:
        show(review, as_json, [])
        raise StillThere(left) if left else Undecided(len(review.undecided))


def _reach(review: Review, project: Project, ending: Ending) -> list[str]:
    from qualbench.project.deidentify.sealing import done, finish, prepare

    told = progress(len(review.made), "without names")
    names = finish(prepare(review, ending, tell=lambda number, _: told(number, "text")), project, ending)
    output.say(done(names, ending.to))
    output.say(review.statement())
    return names
