"""The verb deidentify: names out of transcripts before anything is sealed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from qualbench.cli import as_option, folder_argument, output
from qualbench.cli.material import RULES
from qualbench.errors import QualbenchError, UnreadableFile
from qualbench.model import SegmentRule
from qualbench.project import Project
from qualbench.text import counted

if TYPE_CHECKING:
    from qualbench.project.deidentify.answers import Ending
    from qualbench.project.deidentify.queue import Asked
    from qualbench.project.deidentify.review import Review
    from qualbench.steps.ingest import Draft

FILE = click.Path(path_type=Path, exists=True, dir_okay=False)


@dataclass(frozen=True, slots=True)
class Sources:
    """What a person named on the command line."""

    files: tuple[Path, ...]
    encoding: str | None
    one_speaker: bool
    vault: Path | None
    names: Path | None
    own: tuple[str, ...]


@click.command()
@folder_argument
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--vault", type=click.Path(path_type=Path), default=None, help="Where the names are kept; never here.")
@click.option("--names", type=FILE, default=None, help="Names you know: a line each, or a CSV: first,last,nicknames.")
@click.option("--own", multiple=True, help="Another word to look for; may be given again.")
@click.option("--answers", type=FILE, default=None, help="A CSV that decides: string,action,replacement.")
@click.option("--reviewer", multiple=True, help="Who has read the result; may be given again.")
@click.option("--to", type=click.Path(path_type=Path, file_okay=False), help="Write .txt files there, import nothing.")
@click.option("--force", is_flag=True, help="With --to: write over files that are there.")
@click.option("--segment", "rule", type=RULES, default="turn", show_default=True, help="The unit that is coded.")
@click.option("--encoding", default=None, help="How text files are encoded, where they are not UTF-8.")
@click.option("--one-speaker", is_flag=True, help="Treat each file as one person speaking.")
@click.option("--dry-run", is_flag=True, help="Look only.")
@output.json_option
@as_option
def deidentify(
    folder: Path, files: tuple[Path, ...], vault: Path | None, names: Path | None, own: tuple[str, ...],
    answers: Path | None, reviewer: tuple[str, ...], to: Path | None, force: bool, rule: str, encoding: str | None,
    one_speaker: bool, dry_run: bool, as_json: bool, viewer: str,
) -> int:  # fmt: skip
    """Replace names and details, then import: every string is decided by a person, first here, then in the text.

    Actions in --answers: take (the suggestion), keep, replace, redact, generalise. What nobody decides stops the
    import. In a terminal, and without --answers, the screen opens.
    """
    from qualbench.project.deidentify.answers import Ending, read_answers

    sources = Sources(files, encoding, one_speaker, vault, names, own)
    ending = Ending(SegmentRule(rule), to, force)
    if output.asks() and not (dry_run or answers or as_json):
        return _on_screen(folder, viewer, sources, (reviewer or (viewer,))[0], ending)
    given = read_answers(answers.name, _text(answers)) if answers else ()
    with Project.open(folder, viewer, write=not dry_run and to is None) as project:
        review, failed = _review(project, sources, (*reviewer, "")[0], to)
        _look(review)
        if dry_run:
            _show(review, as_json, [])
            return 1 if failed else 0
        _answer(review, given, reviewer)
        _stop_if_undecided(review, as_json)
        names_ = _reach(review, project, ending)
        _show(review, as_json, names_)
    return 1 if failed else 0


def _on_screen(folder: Path, viewer: str, sources: Sources, reviewer: str, ending: Ending) -> int:
    from qualbench.tui.app import open_deidentify

    with Project.open(folder, viewer) as project:
        review, failed = _review(project, sources, reviewer, ending.to)
    if open_deidentify(folder, viewer, review, ending):
        raise QualbenchError("The screens ended with a fault of the program.", "What was answered is in the vault.")
    return 1 if failed else 0


def _review(project: Project, sources: Sources, reviewer: str, to: Path | None) -> tuple[Review, int]:
    """The files as drafts with their vault; what can not be read is said, and counted."""
    from qualbench.project.deidentify.known_names import known_names
    from qualbench.project.deidentify.queue import check_originals, names_in_study
    from qualbench.project.deidentify.review import Review
    from qualbench.project.deidentify.vault_file import VaultFile, default_vault

    apart = [project.folder, *([to] if to else [])]
    file = VaultFile(sources.vault or default_vault(project.study.id), apart)
    drafts: list[Draft] = []
    failed = 0
    for path in sources.files:
        try:
            draft = _draft(path, sources)
            check_originals(project, [*drafts, draft])
            drafts.append(draft)
        except QualbenchError as error:
            failed += 1
            output.say(str(error))
    if not drafts:
        raise QualbenchError("None of the files can be taken in.")
    known = known_names(_text(sources.names)) if sources.names else ()
    avoid = names_in_study(project)
    return Review(drafts, file, known=known, own=sources.own, reviewer=reviewer, avoid=avoid), failed


def _draft(path: Path, sources: Sources) -> Draft:
    from qualbench.steps import ingest

    name = path.name.encode("utf-8", "replace").decode()  # a file's name need not be text
    try:
        data = path.read_bytes()
    except OSError as error:
        raise UnreadableFile(name, f"it can not be read ({error.strerror}).") from error
    return ingest.read(name, data, ingest.Answers(encoding=sources.encoding, one_speaker=sources.one_speaker))


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
            output.say(f"Looking for names: {number + 1} of {counted(total, 'file')}.")

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
    from qualbench.project.deidentify.review import StillThere, Undecided

    left = [] if review.undecided else sorted({one.text for one in review.still_there()})
    if review.undecided or left:
        _show(review, as_json, [])
        raise StillThere(left) if left else Undecided(len(review.undecided))


def _reach(review: Review, project: Project, ending: Ending) -> list[str]:
    from qualbench.project.deidentify.answers import done

    names = ending.reach(review, project)
    output.say(done(names, ending.to))
    output.say(review.statement())
    return names


# --- what is shown ---------------------------------------------------------------------------------------------


def _show(review: Review, as_json: bool, names: Sequence[str]) -> None:
    for name in review.clashes():
        output.say(f"Careful: the pseudonym {name} is a word of these texts; somebody real may be called so.")
    strings = [_string(review, one) for one in review.queue]
    if as_json:
        output.data(
            {
                "strings": strings,
                "undecided": len(review.undecided),
                "files": [_file(review, number, names) for number in range(len(review.drafts))],
                "still_there": [] if review.undecided else sorted({one.text for one in review.still_there()}),
                "statement": review.statement(),
            }
        )
    elif not names:
        output.table(
            ("string", "kind", "places", "files", "why", "suggestion", "decided"),
            [
                (one["string"], one["kind"], one["places"], one["files"], ", ".join(one["why"]),
                 one["suggestion"]["replacement"] or one["suggestion"]["action"], "yes" if one["decided"] else "")
                for one in strings
            ],
            right=(2, 3),
        )  # fmt: skip


def _string(review: Review, one: Asked) -> dict[str, Any]:
    suggestion = review.suggestion(one)
    return {
        "string": one.text,
        "kind": str(one.candidate.kind),
        "places": len(one.places),
        "files": one.files,
        "why": [str(why) for why in one.candidate.why],
        "suggestion": {"action": str(suggestion.action), "replacement": suggestion.replacement},
        "decided": review.decision(one) is not None,
    }


def _file(review: Review, number: int, names: Sequence[str]) -> dict[str, Any]:
    ready = review.after(number)
    return {
        "file": review.drafts[number].source,
        "name": names[number] if names else ready.draft.name,
        "done": bool(names),
        "replaced": len(ready.changes),
        "reviewers": len(review.readers(number)),
    }
