"""Verbs under codebook that change the draft, and the one that releases it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import click

from qualbench.cli import as_option, output
from qualbench.errors import UsageError
from qualbench.model import Change
from qualbench.project import Project
from qualbench.steps import codebook as codebooks
from qualbench.text import counted

TEXTS = {
    "kind": "theme, category, domain, structural, index, analytic or code.",
    "definition-short": "The definition in a few words.",
    "definition": "What the code means.",
    "include": "When to use it.",
    "exclude": "When not to use it, and what to use instead.",
    "near-miss": "An example that looks like it and is not, with the right code.",
    "origin": "deductive or inductive, with the source or first segment behind a colon.",
    "notes": "Anything else.",
    "group": "Codes of one group exclude each other on a segment.",
    "colour": "A name such as teal, or #rrggbb.",
    "owner": "Who looks after the code.",
}
LISTS = {"example": "An example", "question": "A question that is still open"}


def field_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """An option for each field of a code."""
    for name, words in reversed(LISTS.items()):
        told = f"{words}; repeat it, all are written anew."
        command = click.option(f"--{name}", f"{name}s", multiple=True, metavar="TEXT", help=told)(command)
    for name, words in reversed(TEXTS.items()):
        command = click.option(f"--{name}", default=None, metavar="TEXT", help=words)(command)
    return command


def _given(said: dict[str, Any]) -> dict[str, Any]:
    """The fields that were said; an empty text clears one."""
    return {name: value for name, value in said.items() if value not in (None, ())}


def _id(project: Project, name: str) -> str:
    """The id of a code of the draft; none for no name."""
    return codebooks.find(project.draft(), name).id if name else ""


@click.command("add")
@click.argument("label")
@click.option("--under", default="", metavar="CODE", help="The code it stands under; at the top otherwise.")
@click.option("--after", default="", metavar="CODE", help="The sister it stands behind; last otherwise.")
@click.option("--state", type=click.Choice(["active", "trial"]), default="active", show_default=True, help="Its state.")
@field_options
@output.json_option
@as_option
@click.pass_obj
def add(
    folder: Path, /, label: str, under: str, after: str, state: str, as_json: bool, viewer: str, **said: Any
) -> None:  # fmt: skip
    """Add a code to the draft."""
    with Project.open(folder, viewer, write=True) as project:
        home, sister = _id(project, under), _id(project, after)
        code = project.add_code(label, home, sister, status=state, **_given(said))
    if as_json:
        output.data({"code": code})
    output.say(f"Added to the draft as {code}.")


@click.command("edit")
@click.argument("code_name", metavar="CODE")
@click.option("--label", default=None, metavar="TEXT", help="What the code is called.")
@field_options
@as_option
@output.answers
@click.pass_obj
def edit(folder: Path, /, code_name: str, viewer: str, **said: Any) -> None:
    """Write fields of a code in the draft; an empty text clears one."""
    fields = _given(said)
    if not fields:
        raise UsageError("Say which fields to write.", "For instance: --exclude 'When ...'")
    with Project.open(folder, viewer, write=True) as project:
        changes = project.draft_code(_id(project, code_name), **fields)
    output.say("Written." if changes else "It says that already.")


@click.command("move")
@click.argument("code_name", metavar="CODE")
@click.option("--under", default=None, metavar="CODE", help="The code it stands under now; where it was otherwise.")
@click.option("--top", is_flag=True, help="It stands under no code.")
@click.option("--after", default="", metavar="CODE", help="The sister it stands behind; first otherwise.")
@as_option
@output.answers
@click.pass_obj
def move(folder: Path, code_name: str, under: str | None, top: bool, after: str, viewer: str) -> None:
    """Move a code of the draft, with all that is under it."""
    if top and under:
        raise UsageError("A code stands under another one or at the top.", "Say --under or --top.")
    with Project.open(folder, viewer, write=True) as project:
        code = codebooks.find(project.draft(), code_name)
        home = code.parent if under is None and not top else _id(project, under or "")
        changes = project.place_code(code.id, home, _id(project, after))
    output.say("Moved." if changes else "It stands there already.")


@click.command("merge")
@click.argument("names", metavar="CODE...", nargs=-1, required=True)
@click.option("--into", required=True, metavar="CODE", help="The code they become.")
@as_option
@output.answers
@click.pass_obj
def merge(folder: Path, names: tuple[str, ...], into: str, viewer: str) -> None:
    """Make codes of the draft one; what was coded with them is read as it from the next version on."""
    with Project.open(folder, viewer, write=True) as project:
        project.merge_codes([_id(project, name) for name in names], _id(project, into))
    output.say("Merged in the draft.")


@click.command("split")
@click.argument("code_name", metavar="CODE")
@click.argument("labels", metavar="LABEL...", nargs=-1, required=True)
@as_option
@output.answers
@click.pass_obj
def split(folder: Path, code_name: str, labels: tuple[str, ...], viewer: str) -> None:
    """Split a code of the draft into new ones; each of its uses is decided again."""
    with Project.open(folder, viewer, write=True) as project:
        code = _id(project, code_name)
        project.split_code(code, labels)
        made = project.draft().get(code)
    output.say(f"Split in the draft into {', '.join(made.into) if made else 'others'}.")


@click.command("state")
@click.argument("code_name", metavar="CODE")
@click.argument("state_name", metavar="STATE")
@as_option
@output.answers
@click.pass_obj
def state(folder: Path, code_name: str, state_name: str, viewer: str) -> None:
    """Set the state of a code in the draft: trial, active or retired."""
    with Project.open(folder, viewer, write=True) as project:
        changes = project.set_code_status(_id(project, code_name), state_name)
    output.say("Written." if changes else "It is so already.")


@click.command("drop")
@click.argument("code_name", metavar="CODE")
@as_option
@output.answers
@click.pass_obj
def drop(folder: Path, code_name: str, viewer: str) -> None:
    """Take a code that was never released out of the draft."""
    with Project.open(folder, viewer, write=True) as project:
        project.drop_code(_id(project, code_name))
    output.say("Dropped.")


@click.command("proposals")
@output.json_option
@as_option
@click.pass_obj
def proposals(folder: Path, as_json: bool, viewer: str) -> None:
    """List the codes that coders made while coding, as far as you may see them."""
    with Project.open(folder, viewer) as project:
        names = {row.id: row.name for row in project.transcripts()}
        known = {code.id for code in project.draft().codes}
        found = project.proposals()
    if as_json:
        output.data([
            {
                "code": one.code, "label": one.label, "coder": one.coder, "transcript": names[one.transcript],
                "start": one.start, "end": one.end, "adopted": one.code in known,
            }
            for one in found
        ])  # fmt: skip
        return
    output.table(
        ("code", "label", "by", "in", "adopted"),
        [
            (one.code, one.label, one.coder, f"{names[one.transcript]}:{one.start}", "yes" if one.code in known else "")
            for one in found
        ],
    )
    if not found:
        output.say("There is no proposed code that you may see.")


@click.command("adopt")
@click.argument("code_name", metavar="CODE")
@click.option("--under", default="", metavar="CODE", help="The code it stands under; at the top otherwise.")
@as_option
@output.answers
@click.pass_obj
def adopt(folder: Path, code_name: str, under: str, viewer: str) -> None:
    """Take a proposed code up into the draft, on trial."""
    with Project.open(folder, viewer, write=True) as project:
        by_label = {one.label: one.code for one in reversed(project.proposals())}
        project.adopt_code(by_label.get(code_name, code_name), _id(project, under))
    output.say("Adopted into the draft, on trial.")


@click.command("release")
@click.option("--version", default="", help="What the version is called; the next number otherwise.")
@click.option("--change", "kinds", multiple=True, metavar="CODE=KIND", help="wording, narrowed or widened. Repeat it.")
@click.option("--note", "notes", multiple=True, metavar="CODE=TEXT", help="What to say of a change. Repeat it.")
@click.option("--incomplete", is_flag=True, help="Release it though it is not said of a code when not to use it.")
@click.option("--yes", is_flag=True, help="Release it without asking.")
@click.option("--dry-run", is_flag=True, help="Show what would be released only.")
@output.json_option
@as_option
@click.pass_obj
def release(
    folder: Path, version: str, kinds: tuple[str, ...], notes: tuple[str, ...], incomplete: bool, yes: bool,
    dry_run: bool, as_json: bool, viewer: str,
) -> None:  # fmt: skip
    """Release the draft as a version that never changes, with the kind of every change."""
    with Project.open(folder, viewer, write=not dry_run) as project:
        said = {code: _kind(kind) for code, kind in _pairs(project, "--change", kinds).items()}
        remarks = _pairs(project, "--note", notes)
        made = _tried(project, version, said, remarks, incomplete=incomplete)
        if not as_json:
            rows = [(one.code, made.book.label(one.code), one.change, one.note) for one in made.book.changes]
            output.table(("code", "label", "change", "note"), rows)
        if not dry_run:
            name = made.book.version
            waits = f"Version {name} is not released yet: it waits for a yes."
            output.confirm(f"Release version {name} for good?", yes=yes, waits=waits, refused="Nothing was released.")
            project.release_draft(name, said, remarks, incomplete=incomplete)
            output.say(f"Version {name} is released.")
            if owed := project.debts():
                output.say(f"It asks you to look at {counted(len(owed), 'segment')} again.")
    if as_json:
        output.data({
            "version": made.book.version, "released": not dry_run, "doubts": list(made.warnings),
            "changes": {one.code: str(one.change) for one in made.book.changes},
        })  # fmt: skip
    for doubt in made.warnings:
        output.say(doubt)


def _tried(
    project: Project, version: str, said: dict[str, Change], notes: dict[str, str], *, incomplete: bool
) -> Any:  # fmt: skip
    """The release as it would be, refused here when something is missing; nothing is recorded."""
    newest = project.codebook() if project.has_codebook() else None
    return codebooks.release(
        newest, project.draft(), version or project.next_version(), said, notes,
        project.clock().date().isoformat(), project.codebook_versions(), incomplete,
    )  # fmt: skip


def _kind(said: str) -> Change:
    if said not in set(Change):
        raise UsageError(f"'{said}' is no kind of change.", "Say one of: wording, narrowed, widened.")
    return Change(said)


def _pairs(project: Project, option: str, said: Sequence[str]) -> dict[str, str]:
    found = {}
    for one in said:
        code, equals, what = one.partition("=")
        if not (equals and code.strip() and what.strip()):
            raise UsageError(f"{option} '{one}' does not say two things.", f"Write it as {option} CODE=...")
        found[_id(project, code.strip())] = what.strip()
    return found


VERBS = (add, edit, move, merge, split, state, drop, proposals, adopt, release)
