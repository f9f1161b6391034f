"""The verbs of what comes of it: the table, subgroups, the stability check, and the auditor's comments."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from qualbench.cli import as_option, output
from qualbench.cli.care import care_options, cared
from qualbench.cli.cqr_names import SHORT, Inner, case_id, domain_id, named
from qualbench.model import FREQUENCY_RULES, Comment
from qualbench.project import Project
from qualbench.text import excerpt, percent, shown

if TYPE_CHECKING:
    from qualbench.steps.cqr import Compared, Row, Stability


def _rule_option(command: Callable[..., Any]) -> Callable[..., Any]:
    told = "Whose labels: 2005, or 1997, where general means all."
    return click.option("--rule", type=click.Choice(list(FREQUENCY_RULES)), default="2005", help=told)(command)


def _row(row: Row) -> dict[str, Any]:
    return {
        "domain": row.domain, "domain_label": row.domain_label, "category": row.category, "name": row.name,
        "under": row.parent or None, "cases": list(row.cases), "of": row.of, "label": str(row.label),
        "share": row.share, "reported": row.is_reported, "example": row.example, "example_case": row.example_case,
    }  # fmt: skip


@click.command("table")
@_rule_option
@click.option("-o", "--output", "target", type=click.Path(path_type=Path), help="Write a file: .csv, .md or .docx.")
@click.option("--part", type=click.Choice(["table", "grid", "log"]), help="Only this part of what is written.")
@click.option("--force", is_flag=True, help="Write over a file that is there.")
@output.json_option
@care_options
@as_option
@click.pass_obj
def table(
    folder: Path, rule: str, target: Path | None, part: str | None, force: bool, as_json: bool, allow: str,
    vault: Path | None, show_found: bool, viewer: str,
) -> None:  # fmt: skip
    """Show each category with its label, or write the table, the grid of cases and the auditor's log."""
    with Project.open(folder, viewer, write=bool(allow)) as project:
        found = project.frequencies(rule)
        if target:
            cared(project, "cqr", allow=allow, vault=vault, show_found=show_found, words=project.cqr_words())
        said = project.write_cqr(target, part or "", rule, force=force) if target else ""
    if as_json:
        output.data({
            "of": found.of, "rule": found.rule, "not_counted": list(found.waiting), "written": said or None,
            "rows": [_row(row) for row in found.rows],
        })  # fmt: skip
    elif not target:
        output.table(
            ("domain", "category", "label", "cases", "of", "example"),
            [
                (row.domain_label, "– " * row.depth + row.name, row.label, len(row.cases), row.of,
                 excerpt(row.example, 50))
                for row in found.rows
            ],
            right=(3, 4),
        )  # fmt: skip
    if not as_json and not target:
        output.text(found.rule)
    if found.waiting:
        output.say(f"Not counted, because nothing is agreed for them yet: {', '.join(found.waiting)}.")
    if said:
        output.say(said)


@click.command("compare")
@click.argument("attribute")
@_rule_option
@output.json_option
@as_option
@click.pass_obj
def compare(folder: Path, attribute: str, rule: str, as_json: bool, viewer: str) -> None:
    """Show the labels of subgroups side by side, with both rules of what is a difference."""
    with Project.open(folder, viewer) as project:
        found = project.compare_groups(attribute, rule)
    groups = [value for value, _ in found.groups]
    if as_json:
        output.data({
            "attribute": found.attribute, "rules": list(found.rules), "left_out": list(found.left_out),
            "groups": {value: {"of": one.of, "rule": one.rule} for value, one in found.groups},
            "rows": [_compared(row, groups) for row in found.rows],
        })  # fmt: skip
        return
    sizes = [f"{shown(value)} (N = {one.of})" for value, one in found.groups]
    output.table(
        ("domain", "category", *sizes, "two steps", "30 points"),
        [
            (
                row.domain_label, "– " * row.depth + row.name,
                *(f"{side.label} ({len(side.cases)}, {percent(side.share)})" for side in row.sides),
                *(", ".join(" / ".join(pair) for pair in pairs) or "-" for pairs in (row.two_steps, row.thirty_points)),
            )
            for row in found.rows
        ],
    )  # fmt: skip
    output.text("\n".join(found.rules))
    if found.left_out:
        output.say(f"In no group, without one value of {found.attribute}: {', '.join(found.left_out)}.")


def _compared(row: Compared, groups: list[str]) -> dict[str, Any]:
    return {
        "domain": row.domain, "category": row.category, "name": row.name,
        "groups": {value: _row(side) for value, side in zip(groups, row.sides, strict=True)},
        "two_steps": [list(pair) for pair in row.two_steps],
        "thirty_points": [list(pair) for pair in row.thirty_points],
    }  # fmt: skip


@click.command("stability")
@click.option("--leave-out", nargs=2, metavar="CASE CASE", help="The two cases; drawn by the seed otherwise.")
@click.option("--seed", type=click.IntRange(0, 2**53), default=1, show_default=True, help="For the same draw.")
@click.option("--keep", is_flag=True, help="Store the check for good.")
@click.option("--kept", is_flag=True, help="Show the checks that were stored.")
@_rule_option
@output.json_option
@as_option
@click.pass_obj
def stability(
    folder: Path, leave_out: tuple[str, str] | None, seed: int, keep: bool, kept: bool, rule: str, as_json: bool,
    viewer: str,
) -> None:  # fmt: skip
    """Leave two cases out, work the labels out of the rest, and see what changes when they are put back."""
    with Project.open(folder, viewer, write=keep) as project:
        if kept:
            _show_kept(project, as_json)
            return
        pair = (case_id(project, leave_out[0]), case_id(project, leave_out[1])) if leave_out else None
        found = project.stability(pair, seed, rule)
        if keep:
            project.keep_stability(pair, seed, rule)
    if as_json:
        output.data(_stability(found) | {"kept": keep})
        return
    moved = [row for row in found.rows if row.changed or row.is_new]
    output.table(
        ("category", "without", "with"),
        [(row.name, f"{row.without} ({row.cases_without})", f"{row.whole} ({row.cases_whole})") for row in moved],
    )
    output.text(found.told)
    if keep:
        output.say("Kept.")


def _show_kept(project: Project, as_json: bool) -> None:
    found = project.kept_stability()
    if as_json:
        output.data([{"at": at, "by": by, **_stability(one)} for at, by, one in found])
        return
    output.table(("at", "by", "what came out"), [(at[:16], by, one.told) for at, by, one in found])
    if not found:
        output.say("No stability check was kept.")


def _stability(found: Stability) -> dict[str, Any]:
    return {
        "left_out": [label for _, label in found.left_out], "seed": found.seed, "drawn": found.drawn, "of": found.of,
        "rule": found.rule, "rule_without": found.rule_without, "inputs": found.inputs, "told": found.told,
        "rows": [
            {
                "category": row.category, "name": row.name, "without": str(row.without), "with": str(row.whole),
                "new": row.is_new, "changed": row.changed,
            }
            for row in found.rows
        ],
    }  # fmt: skip


# --- comments ----------------------------------------------------------------------------------------------------


@click.group("comments", cls=Inner, invoke_without_command=True)
@click.option(
    "--state", type=click.Choice(["open", "accepted", "rejected", "settled", "raised-again"]),
    help="Only comments in this state.",
)  # fmt: skip
@output.json_option
@as_option
@click.pass_context
def comments(ctx: click.Context, state: str | None, as_json: bool, viewer: str) -> None:
    """List the auditors' comments with their answers, make one, answer one, or settle one."""
    if ctx.invoked_subcommand is not None:
        return
    with Project.open(ctx.obj, viewer) as project:
        found = project.comments(state or "")
    if as_json:
        output.data([_comment(one) for one in found])
        return
    rows = [
        (one.id[-SHORT:], one.state, one.on, one.about[-SHORT:], one.author, excerpt(one.words, 60)) for one in found
    ]
    output.table(("comment", "state", "on", "about", "by", "words"), rows)
    if not found:
        output.say("No such comment.")


def _comment(one: Comment) -> dict[str, Any]:
    turns = [{"state": turn.state, "words": turn.words, "by": turn.actor, "at": turn.at} for turn in one.turns]
    return {
        "comment": one.id, "on": one.on, "about": one.about, "words": one.words, "by": one.author, "at": one.at,
        "state": one.state, "turns": turns,
    }  # fmt: skip


@comments.command("make")
@click.argument("on", type=click.Choice(["case", "idea", "category", "domain"]))
@click.argument("about", metavar="NAME|ID")
@click.argument("words")
@as_option
@output.answers
@click.pass_obj
def make(folder: Path, on: str, about: str, words: str, viewer: str) -> None:
    """Comment as an auditor on a case, a core idea or category of the team's, or a domain."""
    with Project.open(folder, viewer, write=True) as project:
        project.comment(on, _target(project, on, about), words)
    output.say("Comment made; the team answers it.")


def _target(project: Project, on: str, about: str) -> str:
    if on == "idea":
        return named(project.core_ideas(agreed=True), about, "core idea").id
    if on == "category":
        return named(project.categories(agreed=True), about, "category").id
    return case_id(project, about) if on == "case" else domain_id(project, about)


@comments.command("answer")
@click.argument("comment")
@click.option("--accept/--reject", "accepted", required=True, default=None, help="Whether the team takes it.")
@click.option("--reason", default="", help="What was done, or why not.")
@as_option
@output.answers
@click.pass_obj
def answer(folder: Path, comment: str, accepted: bool, reason: str, viewer: str) -> None:
    """Answer a comment for the team."""
    with Project.open(folder, viewer, write=True) as project:
        project.answer_comment(named(project.comments(), comment, "comment").id, accepted, reason)
    output.say("Answered; its auditor says whether that settles it.")


@comments.command("see")
@click.argument("comment")
@click.option("--settled/--again", required=True, default=None, help="Whether the answer settles it.")
@click.option("--words", default="", help="What the answer leaves open.")
@as_option
@output.answers
@click.pass_obj
def see(folder: Path, comment: str, settled: bool, words: str, viewer: str) -> None:
    """Settle one of your comments that was answered, or raise it again."""
    with Project.open(folder, viewer, write=True) as project:
        project.see_comment(named(project.comments(), comment, "comment").id, settled, words)
    output.say("Settled." if settled else "Raised again.")


VERBS = (table, compare, comments, stability)
