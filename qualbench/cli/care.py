"""Care before words leave, for every verb that lets some leave: look, say what was found, go on only with an answer."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

import click

from qualbench.cli import as_option, output
from qualbench.errors import NeedsConfirmation
from qualbench.project import Project
from qualbench.text import counted

_OPTIONS: tuple[Callable[..., Any], ...] = (
    click.option("--allow", default="", metavar="REASON", help="Write it whatever the check finds; kept in the log."),
    click.option(
        "--vault", type=click.Path(path_type=Path), help="Where the original names are; the study's otherwise."
    ),
    click.option("--show-found", is_flag=True, help="Say the names and values too that the check finds."),
)


def care_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """`--allow`, `--vault` and `--show-found`: what `cared` takes."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


@click.command("withdraw")
@click.argument("participant")
@click.option("--reason", default="", help="Why, if they said.")
@as_option
@output.answers
@click.pass_obj
def withdraw(folder: Path, participant: str, reason: str, viewer: str) -> None:
    """Record that a participant no longer takes part; quotes of theirs then leave only with an answer."""
    with Project.open(folder, viewer, write=True) as project:
        project.withdraw_participant(participant, reason)
    output.say(f"{participant} withdrew. Quotes and coded segments of theirs are named before anything leaves.")


def cared(
    project: Project, what: str, *, allow: str = "", vault: Path | None = None, show_found: bool = False,
    attributes: Sequence[str] = (), words: Iterable[tuple[str, str]] = (),
    places: Iterable[tuple[str, int, int]] = (),
) -> None:  # fmt: skip
    """Look at what would leave; with findings it goes on only when somebody answered for exactly these.

    `what` is the word of the export (themes, report, codings ...). With `allow` the study must be open for writing.
    `words` are texts beside what the study holds for it, with what they are called; `places` more coded stretches.
    """
    from qualbench.cli import vault as vaults

    vaults.of(project, vault, to_write=False)
    findings = project.care(what, attributes=attributes, vault=vault, words=words, places=places)
    if vault is None and not project.has_vault() and any(row.reviewers is not None for row in project.transcripts()):
        output.say("The vault of names is not here, so original names were not looked for; --vault says where it is.")
    if not findings:
        return
    number = counted(len(findings), "finding")
    for one in findings:
        output.say(f"{one.sentence} [{one.risk}]" if show_found and one.risk else one.sentence)
    if allow.strip():
        project.allow_export(what, findings, allow)
        output.say(f"{number} allowed: the answer is in the log.")
        return
    before = project.answered_for(what, findings)
    if before is None:
        raise NeedsConfirmation(
            f"Nothing was written: {number} before it leaves.",
            "Look at each; --allow REASON writes it and keeps the reason in the log.",
        )
    output.say(f"{number}, allowed by {before.by or 'somebody'} on {before.at[:10]}: {before.reason}")
