"""The verb memo: find, write and change memos, and put the earlier extracts of a code beside each other."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import click

from qualbench.cli import Listing, as_option, folder_argument, output
from qualbench.errors import NeedsConfirmation, QualbenchError, UsageError
from qualbench.model import MEMO_KINDS
from qualbench.project import Project
from qualbench.project.noted import ON_NAMES, Extract, Written
from qualbench.steps import comparing
from qualbench.text import canonical, excerpt

KINDS = click.Choice([kind for kind in MEMO_KINDS if kind])
SUBJECTS = click.Choice([on for on in ON_NAMES if on != "place"])
ORDERS: Mapping[str, Callable[[Sequence[Extract], int], tuple[Extract, ...]]] = {
    "newest": comparing.newest,
    "typical": comparing.typical,
    "edge": comparing.edge,
}
SHORT = 8
"""So many characters of the end of a memo's id name it in tables; any longer end does too."""


@click.group("memo", cls=Listing, invoke_without_command=True)
@folder_argument
@click.option("--search", default="", metavar="WORDS", help='Only memos with all these words or "phrases".')
@click.option("--kind", type=KINDS, help="Only memos of this kind.")
@click.option("--on", type=click.Choice(list(ON_NAMES)), help="Only memos on this.")
@click.option("--about", default="", metavar="NAME", help="Only memos on this code, transcript or participant.")
@output.json_option
@as_option
@click.pass_context
def memo(
    ctx: click.Context, folder: Path, search: str, kind: str | None, on: str | None, about: str, as_json: bool,
    viewer: str,
) -> None:  # fmt: skip
    """List the memos that you may read, write one, or change your own."""
    ctx.obj = folder
    if ctx.invoked_subcommand is not None:
        return
    with Project.open(folder, viewer) as project:
        wanted = _ids_of(project, about) if about else None
        found = [
            one
            for one in project.written(search)
            if kind in (None, one.kind) and on in (None, one.on) and (wanted is None or one.about in wanted)
        ]
    if as_json:
        output.data([_data(one) for one in found])
        return
    output.table(
        ("memo", "kind", "on", "author", "words"),
        [(one.id[-SHORT:], one.called, one.subject, one.author, excerpt(one.body, 60)) for one in found],
    )
    if not found:
        output.say("There is no such memo that you may read." if search or kind or on or about else "No memo yet.")


def _data(one: Written) -> dict[str, Any]:
    return {
        "memo": one.id, "kind": one.kind, "on": one.on, "about": one.about, "subject": one.subject,
        "author": one.author, "at": one.at, "body": one.body,
        "extracts": [_extract(extract) for extract in one.extracts],
    }  # fmt: skip


def _extract(one: Extract) -> dict[str, Any]:
    return {
        "transcript": one.name, "line": one.line, "start": one.start, "end": one.end, "at": one.at, "text": one.text,
    }  # fmt: skip


def _ids_of(project: Project, name: str) -> set[str]:
    """What goes by this name: a code, a transcript, a participant."""
    found = set()
    for on in ("code", "transcript", "case"):
        try:
            found.add(_about(project, on, name))
        except QualbenchError:
            continue
    if not found:
        raise QualbenchError(f"There is no code, transcript or participant called '{name}'.")
    return found


def _about(project: Project, on: str, name: str) -> str:
    """The id of what a memo is to be on."""
    if on == "study":
        if name:
            raise UsageError("A memo on the study is on all of it.", "Leave --about out.")
        return ""
    if not name:
        raise UsageError(f"A memo on {ON_NAMES[on]} needs its name.", "Say --about NAME.")
    if on == "transcript":
        return project.transcript(name).id
    if on == "case":
        people = project.participants()
        for one in people:
            if name in (one.label, one.id):
                return one.id
        known = ", ".join(one.label for one in people)
        raise QualbenchError(f"There is no participant called '{name}'.", f"Known are: {known or 'none yet'}")
    return project.code_named(name).id


def words_of(words: str) -> str:
    """The words of a memo; those on stdin for a lone minus sign."""
    if words != "-":
        return words
    try:
        return canonical(sys.stdin.buffer.read().decode("utf-8")).rstrip("\n")
    except UnicodeDecodeError as error:
        raise QualbenchError("What came in is not UTF-8 text.", "Save it as UTF-8 and try again.") from error


# --- writing -----------------------------------------------------------------------------------------------------


@memo.command("write")
@click.argument("words")
@click.option("--on", type=SUBJECTS, default="study", show_default=True, help="What the memo is on.")
@click.option("--about", default="", metavar="NAME", help="The code, transcript or participant.")
@click.option("--kind", type=KINDS, help="What kind of memo it is; a plain one otherwise.")
@click.option(
    "--extracts", nargs=2, metavar="PLACE PLACE", help="The two extracts a comparison ties together, as TALK:START."
)
@as_option
@output.answers
@click.pass_obj
def write(
    folder: Path, words: str, on: str, about: str, kind: str | None, extracts: tuple[str, str] | None, viewer: str
) -> None:
    """Write a memo; WORDS may be - for what comes on stdin. On a place, write it with: codings FOLDER memo."""
    if (on == "comparison") != bool(extracts):
        raise UsageError("A comparison ties two extracts together.", "Say --on comparison with --extracts A B.")
    body = words_of(words)
    if not body.strip():
        raise UsageError("A memo needs words.")
    with Project.open(folder, viewer, write=True) as project:
        id_ = _about(project, on, about)
        places = [_coding_at(project, id_, place) for place in extracts or ()]
        wanted = kind or ("comparison" if on == "comparison" else "")
        project.write_note(body, on=on, about=id_, kind=wanted, places=places)
    output.say("Memo kept.")


def _coding_at(project: Project, code: str, place: str) -> str:
    """The viewer's own extract of a code that begins at a place or holds it."""
    name, colon, start = place.rpartition(":")
    if not colon or not start.isdecimal() or len(start) > 12:
        raise UsageError(f"'{place}' is no place.", "Write it as TRANSCRIPT:START; see: qualbench memo FOLDER extracts")
    transcript = project.transcript(name)
    here = [one for one in project.earlier(code) if one.transcript == transcript.id]
    held = [one for one in here if one.start <= int(start) < one.end]
    if not held:
        raise QualbenchError(f"You have no extract of this code at {start} of '{transcript.name}'.")
    return min(held, key=lambda one: (one.start != int(start), one.end - one.start)).coding


@memo.command("edit")
@click.argument("memo_id", metavar="ID")
@click.argument("words")
@as_option
@output.answers
@click.pass_obj
def edit(folder: Path, memo_id: str, words: str, viewer: str) -> None:
    """Give one of your memos other words; - takes them from stdin."""
    body = words_of(words)
    if not body.strip():
        raise UsageError("A memo needs words.", "To take it away: qualbench memo FOLDER remove ID")
    with Project.open(folder, viewer, write=True) as project:
        changes = project.rewrite_written(_named(project.written(), memo_id), body)
    output.say("Memo kept." if changes else "The memo says that already.")


@memo.command("remove")
@click.argument("memo_id", metavar="ID")
@click.option("--yes", is_flag=True, help="Remove it without asking.")
@as_option
@output.answers
@click.pass_obj
def remove(folder: Path, memo_id: str, yes: bool, viewer: str) -> None:
    """Take one of your memos away."""
    with Project.open(folder, viewer, write=True) as project:
        held = _named(project.written(), memo_id)
        if (
            held.own
            and not yes
            and not (output.asks() and click.confirm(f"Remove '{excerpt(held.body, 50)}'?", err=True))
        ):
            raise NeedsConfirmation("Nothing was removed.", "Say --yes.")
        project.rewrite_written(held, "")
    output.say("Memo removed.")


def _named(memos: Sequence[Written], id_: str) -> Written:
    """The memo with this id, or the only one whose id ends so."""
    wanted = id_.strip().casefold()
    found = [one for one in memos if wanted and one.id.endswith(wanted)]
    exact = [one for one in found if one.id == wanted] or found
    if len(exact) == 1:
        return exact[0]
    if exact:
        raise UsageError(f"Several memos have an id that ends in '{id_}'.", "Write more of it.")
    raise QualbenchError(f"There is no memo '{id_}' that you may read.", "See: qualbench memo FOLDER")


# --- comparing ---------------------------------------------------------------------------------------------------


@memo.command("extracts")
@click.argument("code_name", metavar="CODE")
@click.option(
    "--show", "order", type=click.Choice(list(ORDERS)), default="newest", show_default=True,
    help="The newest first, the most typical, or those at the edge.",
)  # fmt: skip
@click.option("--most", type=click.IntRange(1, 100_000), default=20, show_default=True, help="How many.")
@output.json_option
@as_option
@click.pass_obj
def extracts(folder: Path, code_name: str, order: str, most: int, as_json: bool, viewer: str) -> None:
    """List your own extracts of a code, for constant comparison."""
    with Project.open(folder, viewer) as project:
        code = project.code_named(code_name)
        every = project.earlier(code.id)
    found = ORDERS[order](every[::-1], most)  # given in the order in which they were coded
    if as_json:
        output.data([_extract(one) for one in found])
        return
    output.table(
        ("place", "line", "coded", "words"),
        [(f"{one.name}:{one.start}", one.line, one.at[:10], excerpt(one.text, 70)) for one in found],
        right=(1,),
    )
    output.say(f"{len(found)} of {len(every)} extracts of {code.label}." if every else f"No extract of {code.label}.")
