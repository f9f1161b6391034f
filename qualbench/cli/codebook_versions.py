"""Verbs under codebook that look back: the versions, what differs between two, and the life of a code."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import click

from qualbench.cli import as_option, output
from qualbench.errors import QualbenchError
from qualbench.model import Codebook
from qualbench.project import Project
from qualbench.steps import codebook as codebooks
from qualbench.text import counted, excerpt, one_line

MOST = 300
"""So many characters of a field are shown of either version; `--json` has all."""


def book_of(project: Project, version: str) -> Codebook:
    """A version by its name, the draft, or the newest version without a name."""
    if version == codebooks.DRAFT:
        return project.draft()
    known = project.codebook_versions()
    if version and version not in known:
        raise QualbenchError(
            f"There is no version '{version}' of the codebook.", f"Known are: {', '.join([*known, codebooks.DRAFT])}"
        )
    return project.codebook(version)


@click.command("versions")
@output.json_option
@as_option
@click.pass_obj
def versions(folder: Path, as_json: bool, viewer: str) -> None:
    """List the released versions, and what each changed."""
    with Project.open(folder, viewer) as project:
        dates = project.release_dates()
        books = project.releases()
        is_changed = project.has_draft()
    known = [(*dated, book) for dated, book in zip(dates, books, strict=True)]
    if as_json:
        output.data([
            {
                "version": version, "released": at, "by": who, "codes": len(codebooks.applicable(book)),
                "changes": [asdict(change) for change in book.changes], "changelog": list(book.changelog),
            }
            for version, at, who, book in known
        ])  # fmt: skip
        return
    output.table(
        ("version", "released", "by", "codes", "changed"),
        [
            (version, at[:10], who, len(codebooks.applicable(book)), _changed(book))
            for version, at, who, book in known
        ],
        right=(3,),
    )  # fmt: skip
    if not known:
        output.say("No version is released yet.")
    if is_changed and known:
        output.say(
            f"The draft differs from version {known[-1][0]}: qualbench codebook FOLDER diff {known[-1][0]} draft"
        )


def _changed(book: Codebook) -> str:
    """How many codes a release changed, by kind."""
    kinds = [change.change for change in book.changes]
    return ", ".join(f"{kinds.count(kind)} {kind}" for kind in dict.fromkeys(kinds))


@click.command("diff")
@click.argument("a")
@click.argument("b")
@output.json_option
@as_option
@click.pass_obj
def diff(folder: Path, a: str, b: str, as_json: bool, viewer: str) -> None:
    """Show what differs between two versions, code by code; either may be 'draft'."""
    with Project.open(folder, viewer) as project:
        found = codebooks.compare(book_of(project, a), book_of(project, b))
    if as_json:
        output.data([
            {
                "code": one.code, "kind": str(one.kind), "sentence": one.sentence, "field": one.field,
                "before": one.before, "after": one.after,
            }
            for one in found
        ])  # fmt: skip
        return
    for one in found:
        output.text(one_line(one.sentence))
        if one.kind == "field":
            for sign, words in (("-", one.before), ("+", one.after)):
                if words:
                    output.text(f"    {sign} {excerpt(words, MOST)}")
    output.say(f"{counted(len(found), 'difference')} between {a} and {b}.")


@click.command("life")
@click.argument("code_name", metavar="CODE")
@click.option("--markdown", is_flag=True, help="Write it as Markdown, for an appendix.")
@output.json_option
@as_option
@click.pass_obj
def life(folder: Path, code_name: str, markdown: bool, as_json: bool, viewer: str) -> None:
    """Tell the life of a code: who made, changed and used it when, in order."""
    with Project.open(folder, viewer) as project:
        code = project.code_named(code_name)
        entries = project.biography(code.id)
    if as_json:
        output.data({"code": code.id, "label": code.label, "life": [asdict(one) for one in entries]})
    elif markdown:
        lines = [f"- {one.at[:10]}, {one_line(one.actor)}: {one_line(one.sentence)}" for one in entries]
        output.file("\n".join([f"## {one_line(code.label)} ({code.id})", "", *lines, ""]))
    else:
        output.table(("when", "who", "what"), [(one.at[:10], one.actor, one.sentence) for one in entries])
    if not entries:
        output.say(f"Nothing happened to {code.label} that you may know of: it is in the draft only.")


@click.command("biography")
@click.argument("code_name", metavar="CODE")
@click.option("-o", "--output", "target", type=click.Path(path_type=Path), required=True, help="A .md or .docx file.")
@click.option("--force", is_flag=True, help="Write over a file that exists.")
@as_option
@output.answers
@click.pass_obj
def biography(folder: Path, code_name: str, target: Path, force: bool, viewer: str) -> None:
    """Write the life of a code as a document: changes, uses, memos, properties, questions, decisions, by date."""
    with Project.open(folder, viewer) as project:
        output.say(project.write_biography(code_name, target, force=force))


VERBS = (versions, diff, life, biography)
