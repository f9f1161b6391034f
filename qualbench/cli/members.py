"""The verb check: what goes back to participants, what they say, and what becomes of it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from qualbench.cli import Listing, as_option, folder_argument, output
from qualbench.cli.care import care_options, cared
from qualbench.errors import QualbenchError, UsageError
from qualbench.model import CHECK_KIND_NAMES, CheckKind, CheckState, MemberCheck, Reply
from qualbench.project import Project
from qualbench.project.theirs import Withdrawal
from qualbench.text import counted, percent

_KIND = click.option(
    "--kind", type=click.Choice([str(kind) for kind in CheckKind]), help="What they are given, or asked in."
)
_NOTE = click.option("--note", default="", help="What is to be remembered.")


@click.group(cls=Listing, invoke_without_command=True)
@folder_argument
@output.json_option
@as_option
@click.pass_context
def check(ctx: click.Context, folder: Path, as_json: bool, viewer: str) -> None:
    """Give transcripts and findings back to participants, and keep what they say; without a verb, list them."""
    from qualbench.steps.members import CAUTION, told

    ctx.obj = folder
    if ctx.invoked_subcommand is not None:
        return
    with Project.open(folder, viewer) as project:
        checks, today = project.checks(), project.today()
        gone = {one.participant: one.at for one in project.withdrawn()}
    if as_json:
        output.data([_data(one, today, gone.get(one.participant, "")) for one in checks])
        return
    output.table(
        ("participant", "what", "where it stands", "asked by"),
        [
            (
                one.label,
                CHECK_KIND_NAMES[one.kind] if one.kind else "",
                f"withdrew on {gone[one.participant][:10]}" if one.participant in gone else told(one, today),
                one.due,
            )
            for one in checks
        ],
    )
    output.say(CAUTION if checks else "There is no participant yet.")


def _data(one: MemberCheck, today: str, gone: str) -> dict[str, Any]:
    from qualbench.steps.members import is_overdue

    return {
        "participant": one.participant,
        "label": one.label,
        "kind": one.kind and str(one.kind),
        "state": str(one.state),
        "channel": one.channel,
        "due": one.due,
        "overdue": is_overdue(one, today),
        "replies": [str(said) for said in one.replies],
        "withdrew": gone,
        "history": [
            {"at": o.at, "by": o.actor, "what": o.what, "words": o.words, "channel": o.channel, "due": o.due}
            for o in one.turns
        ],
    }


# --- giving ----------------------------------------------------------------------------------------------------


@check.command("prepare")
@click.argument("participant")
@_KIND
@_NOTE
@click.option("-o", "--output", "target", type=click.Path(path_type=Path), help="Write the packet: .docx or .md.")
@click.option("--without-questions", is_flag=True, help="Leave the interviewer's questions out.")
@click.option("--force", is_flag=True, help="Write over a file that exists.")
@care_options
@as_option
@output.answers
@click.pass_obj
def prepare(
    folder: Path, participant: str, kind: str | None, note: str, target: Path | None, without_questions: bool,
    force: bool, allow: str, vault: Path | None, show_found: bool, viewer: str,
) -> None:  # fmt: skip
    """Make a clean packet for one participant: their own words with line numbers, or the findings with own quotes.

    Nobody else's words are in it but the interviewer's questions, and no code and no memo.
    """
    what = CheckKind(kind or CheckKind.TRANSCRIPT)
    with Project.open(folder, viewer, write=True) as project:
        one = project.check(participant)
        if target is not None:
            words = [(f"The packet for {one.label}", project.packet_text(one.participant, what))]
            cared(project, "check", allow=allow, vault=vault, show_found=show_found, words=words)
            output.say(
                project.write_packet(one.participant, what, target, questions=not without_questions, force=force)
            )
        project.state_check(one.participant, CheckState.PREPARED, kind=what, note=note)
    output.say(f"{one.label}: prepared ({CHECK_KIND_NAMES[what]}).")


@check.command("send")
@click.argument("participant")
@click.option("--channel", default="", help="How it was sent: post, mail, in person.")
@click.option("--due", default="", metavar="DAY", help="The day an answer is asked for, such as 2026-03-31.")
@_KIND
@_NOTE
@as_option
@output.answers
@click.pass_obj
def send(folder: Path, participant: str, channel: str, due: str, kind: str | None, note: str, viewer: str) -> None:
    """Record that a packet was sent; this program sends nothing."""
    _state(folder, viewer, participant, CheckState.SENT, kind=kind, channel=channel, due=due, note=note)


def _state(
    folder: Path, viewer: str, participant: str, to: CheckState, *, kind: str | None = None, **said: str
) -> None:
    from qualbench.steps.members import told

    with Project.open(folder, viewer, write=True) as project:
        one = project.check(participant)
        project.state_check(one.participant, to, kind=CheckKind(kind) if kind else None, **said)
        words = told(project.check(one.participant), project.today())
    output.say(f"{one.label}: {words}.")


# --- what they say ---------------------------------------------------------------------------------------------


@check.command("reply")
@click.argument("participant")
@click.argument("said", type=click.Choice([*(str(one) for one in Reply), "none"]))
@click.argument("words", required=False, default="")
@as_option
@output.answers
@click.pass_obj
def reply(folder: Path, participant: str, said: str, words: str, viewer: str) -> None:
    """Record what a participant answered, in WORDS, or that no answer came (none)."""
    if said == "none":
        _state(folder, viewer, participant, CheckState.NO_REPLY, note=words)
        return
    with Project.open(folder, viewer, write=True) as project:
        one = project.check(participant)
        project.reply(one.participant, Reply(said), words)
    output.say(f"{one.label} answered: {said}.")
    if said == str(Reply.WITHDRAWAL):
        output.say(f"Their words are still there: qualbench check {folder} withdraw {one.label}")


@check.command("apply")
@click.argument("participant")
@click.argument("transcript", required=False, default="")
@click.option("--text", type=click.Path(path_type=Path, exists=True, dir_okay=False), help="The corrected text.")
@click.option(
    "--addition", type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="A file with what they added: it becomes a new document of theirs.",
)  # fmt: skip
@as_option
@output.answers
@click.pass_obj
def apply(
    folder: Path, participant: str, transcript: str, text: Path | None, addition: Path | None, viewer: str
) -> None:
    """Do what a participant asked for: a corrected TRANSCRIPT becomes a new version, an addition a new document.

    Without --text the newest version of the transcript is named as the one that has the corrections.
    """
    with Project.open(folder, viewer, write=True) as project:
        one = project.check(participant)
        if addition is not None:
            name = project.add_reply(one.participant, addition.name, addition.read_bytes())
            output.say(f"What {one.label} added is the document '{name}'.")
            return
        if not transcript:
            raise UsageError("Say which transcript was corrected.", "Or name a file with --addition.")
        project.apply_reply(one.participant, transcript, _read(text) if text else None)
        found, doubts = project.transcript(transcript), project.doubtful()
    output.say(f"{one.label}'s corrections are in version {found.version} of '{found.name}'.")
    if doubts:
        output.say(f"{counted(doubts, 'place')} to look at: qualbench correct {folder} list")


def _read(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8-sig")
    except (OSError, ValueError) as error:
        raise QualbenchError(f"{file} can not be read: it is not text in UTF-8.") from error


@check.command("close")
@click.argument("participant")
@_NOTE
@as_option
@output.answers
@click.pass_obj
def close(folder: Path, participant: str, note: str, viewer: str) -> None:
    """Say that the check with a participant is done."""
    _state(folder, viewer, participant, CheckState.CLOSED, note=note)


@check.command("rate")
@output.json_option
@as_option
@click.pass_obj
def rate(folder: Path, as_json: bool, viewer: str) -> None:
    """Show how many were asked and how many answered, as COREQ 23 and 28 ask it."""
    with Project.open(folder, viewer) as project:
        found = project.response_rate()
    rows = [
        {
            "kind": str(one.kind), "sent": one.sent, "replied": one.replied, "rate": one.rate,
            "no_reply": one.no_reply, "replies": {str(said): number for said, number in one.replies.items()},
        }
        for one in found
    ]  # fmt: skip
    if as_json:
        output.data(rows)
        return
    output.table(
        ("what", "sent", "answered", "share", "answers"),
        [
            (
                CHECK_KIND_NAMES[one.kind], one.sent, one.replied, percent(one.rate or 0.0),
                ", ".join(f"{said} {number}" for said, number in one.replies.items()),
            )
            for one in found
        ],
        right=(1, 2, 3),
    )  # fmt: skip
    if not found:
        output.say("Nothing was sent to any participant yet.")


# --- withdrawal ------------------------------------------------------------------------------------------------


@check.command("withdraw")
@click.argument("participant")
@click.option("--reason", default="", help="Why, if they said.")
@click.option("--yes", is_flag=True, help="Destroy the words without asking.")
@click.option("--dry-run", is_flag=True, help="Look only.")
@output.json_option
@as_option
@click.pass_obj
def withdraw(folder: Path, participant: str, reason: str, yes: bool, dry_run: bool, as_json: bool, viewer: str) -> None:
    """Destroy everything that a participant said, in the study and in its copies; a dated tombstone stays.

    This can not be undone. What left the study before is named, and is out of reach.
    """
    with Project.open(folder, viewer, write=not dry_run) as project:
        plan = project.withdrawal(participant)
        if not as_json:
            _tell(plan)
        if not dry_run:
            output.confirm(
                f"Destroy the words of {plan.label} for good?",
                yes=yes,
                waits="Nothing was destroyed: it waits for a yes.",
                refused="Nothing was destroyed.",
            )
            project.withdraw(plan.participant, reason)
            alone = project.finish_erasing()
    if as_json:
        output.data({"done": not dry_run, **_planned(plan)})
    if not dry_run:
        output.say(f"{plan.label} withdrew. Their words are destroyed.")
        if not alone:
            output.say(
                "Somebody else reads the study: what is left on the disk goes when they close it. Do it again then."
            )


def _planned(plan: Withdrawal) -> dict[str, Any]:
    return {
        "participant": plan.participant,
        "whole": list(plan.whole),
        "partly": list(plan.partly),
        "copies": bool(plan.copies),
        "unreadable_copies": [path.name for path in plan.unreadable],
        "exports": list(plan.exports),
        "repeated": list(plan.repeated),
        "left_before": list(plan.left),
    }


def _tell(plan: Withdrawal) -> None:
    for sentence in plan.sentences():
        output.say(sentence)
