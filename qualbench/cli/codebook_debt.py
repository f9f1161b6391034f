"""Verbs under codebook for what a release asks of a coder: the list, an answer, and going on with a newer version."""

from __future__ import annotations

from pathlib import Path

import click

from qualbench.cli import coder_option, output
from qualbench.errors import QualbenchError, UnknownCode, UsageError
from qualbench.model import Change, Codebook, Debt
from qualbench.project import Project
from qualbench.text import counted, excerpt

ASKED = {
    Change.NARROWED: "narrowed: does it still belong?",
    Change.WIDENED: "widened: does it belong now?",
    Change.NEW: "new: does it belong?",
    Change.SPLIT: "split: which part of it?",
    Change.RETIRED: "retired: what instead?",
}
"""What each change asks of a segment."""


@click.command("debt")
@click.argument("transcript", required=False, default="")
@coder_option
@output.json_option
@click.pass_obj
def debt(folder: Path, transcript: str, viewer: str, as_json: bool) -> None:
    """List the segments that releases ask a coder to look at again."""
    with Project.open(folder, viewer) as project:
        owed = project.debts(project.transcript(transcript).id if transcript else "")
        texts = {id_: project.transcript(id_) for id_ in {one.transcript for one in owed}}
        book = project.own_book() if owed else Codebook("", "", ())
    if as_json:
        output.data([
            {
                "transcript": texts[one.transcript].name, "start": one.start, "end": one.end, "code": one.code,
                "label": book.label(one.code), "change": str(one.change), "version": one.version, "has": one.has,
                "text": texts[one.transcript].text[one.start : one.end],
            }
            for one in owed
        ])  # fmt: skip
        return
    output.table(
        ("transcript", "start", "end", "code", "asked", "words"),
        [
            (
                texts[one.transcript].name, one.start, one.end, one.code, ASKED.get(one.change, str(one.change)),
                excerpt(texts[one.transcript].text[one.start : one.end], 50),
            )
            for one in owed
        ],
        right=(1, 2),
    )  # fmt: skip
    output.say(f"{counted(len(owed), 'segment')} to look at again.")


@click.command("recheck")
@click.argument("transcript")
@click.argument("start", type=int)
@click.argument("end", type=int)
@click.argument("asked", metavar="CODE")
@click.argument("codes", metavar="[CODE...]", nargs=-1)
@click.option("--none", "nothing", is_flag=True, help="None of these codes stands there.")
@coder_option
@output.answers
@click.pass_obj
def recheck(
    folder: Path, transcript: str, start: int, end: int, asked: str, codes: tuple[str, ...], nothing: bool, viewer: str
) -> None:
    """Answer what is asked about CODE at a place: the codes that stand there now, the same one if it stays."""
    if nothing == bool(codes):
        raise UsageError("Say which codes stand there now, or --none.", "To keep the code, name it twice.")
    with Project.open(folder, viewer, write=True) as project:
        owed = _debt_at(project, transcript, start, end, asked)
        project.recheck(owed, [project.code_of(name).id for name in codes])
        left = len(project.debts(owed.transcript))
    output.say(f"Answered; {counted(left, 'segment')} of this transcript left to look at.")


def _debt_at(project: Project, transcript: str, start: int, end: int, name: str) -> Debt:
    text = project.transcript(transcript)
    try:
        code = project.code_named(name).id
    except UnknownCode:
        code = name  # one that newer versions have no more
    for one in project.debts(text.id):
        if (one.start, one.end, one.code) == (start, end, code):
            return one
    raise QualbenchError(
        f"Nothing is asked about '{name}' at {start} to {end} of '{text.name}'.",
        f"See: qualbench codebook FOLDER debt --coder {project.viewer}",
    )


@click.command("update")
@click.argument("transcript")
@coder_option
@output.answers
@click.pass_obj
def update(folder: Path, transcript: str, viewer: str) -> None:
    """Let an open pass go on with the newest version of the codebook."""
    with Project.open(folder, viewer, write=True) as project:
        changes = project.update_pass(transcript)
        version = project.codebook().version
    output.say(f"The pass goes on with version {version}." if changes else f"It has version {version} already.")


VERBS = (debt, recheck, update)
