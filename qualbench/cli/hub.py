"""What verbs do with a study on a hub: put it there, let people in, join, give and take, seal, open."""

from __future__ import annotations

import os
import shlex
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import click

from qualbench.cli import Listing, as_option, folder_argument, output
from qualbench.cli.encryption import encrypt_option, key_of_new
from qualbench.errors import QualbenchError
from qualbench.project import Project
from qualbench.text import counted, shown

if TYPE_CHECKING:
    from qualbench.hub import Invited
    from qualbench.project.synced import Synced

T = TypeVar("T")


@click.group(cls=Listing, invoke_without_command=True)
@folder_argument
@output.json_option
@as_option
@click.pass_context
def hub(ctx: click.Context, folder: Path, as_json: bool, viewer: str) -> None:
    """Show how the study stands to its hub, or work with it: init, invite, join, sync, seal, open."""
    ctx.obj = folder
    if ctx.invoked_subcommand is None:
        _say_status(folder, viewer, as_json)


@hub.command()
@output.json_option
@as_option
@click.pass_obj
def status(folder: Path, as_json: bool, viewer: str) -> None:
    """Show what waits, when you last synced, what is late and what was refused."""
    _say_status(folder, viewer, as_json)


def _say_status(folder: Path, viewer: str, as_json: bool) -> None:
    with Project.open(folder, viewer) as project:
        found = project.hub_status()
    if as_json:
        output.data(
            {
                "address": found.address, "login": found.login, "person": found.person, "lead": found.is_lead,
                "waiting": found.waiting, "synced": found.synced, "late": found.late,
                "refused": [{"about": about, "why": why} for about, why in found.refused],
                "unsealed": list(found.unsealed), "said": found.words(),
            }
        )  # fmt: skip
        return
    output.text(_sentence(found.words()))
    if found.unsealed:
        output.say(f"Submitted and not sealed: {', '.join(found.unsealed)}. Seal: qualbench hub {folder} seal")


@hub.command()
@click.argument("address")
@click.option("--login", default="", help="Your own login on the server; your name otherwise.")
@output.answers
@as_option
@click.pass_obj
def init(folder: Path, address: str, login: str, viewer: str) -> None:
    """Put the study on a hub: ADDRESS is an empty PostgreSQL database, as whoever administers it."""
    from qualbench.hub import without_password

    with Project.open(folder, viewer, write=True) as project:
        invited = _by_admin(address, lambda plain: project.init_hub(plain, login or _login(project.viewer)))
        where = project.hub_address()
    output.say(f"The study is on the hub at {without_password(where)}.")
    _say_password(invited)
    output.say(f"Now give and take: qualbench hub {folder} sync")


@hub.command()
@click.argument("address")
@click.option("--to", "person", required=True, help="Who it is: the name that rounds call them by.")
@click.option("--card", "line", required=True, help="Their card: the line, or the file that it is in.")
@click.option("--login", default="", help="Their login on the server; their name otherwise.")
@output.answers
@as_option
@click.pass_obj
def invite(folder: Path, address: str, person: str, line: str, login: str, viewer: str) -> None:
    """Let somebody in: ADDRESS is the hub's database, as whoever administers it."""
    from qualbench.cli.packages import _line
    from qualbench.steps.packages import read_card

    with Project.open(folder, viewer, write=True) as project:
        card = read_card(_line(line))
        invited = _by_admin(address, lambda plain: project.invite(plain, card, person, login or _login(person)))
        where = project.hub_address()
        theirs = where.replace(f"//{where.partition('//')[2].partition('@')[0]}@", f"//{invited.login}@", 1)
        output.say(f"{person} is let in as {invited.login}, with the key {card.fingerprint}.")
        _say_password(invited)  # before the meeting, which can fail: nobody can show it again
        output.say(f"They join with: qualbench hub {shlex.quote(folder.resolve().name)} join {theirs}")
        try:
            _asked(project.sync, _own_login(project))
        except QualbenchError:
            output.say(f"{person} has to wait until you have synced: qualbench hub {folder} sync")
            raise


@hub.command()
@click.argument("address")
@encrypt_option
@output.answers
@click.pass_obj
def join(folder: Path, address: str, encrypt: bool) -> None:
    """Make a study folder from a hub: ADDRESS is what the lead gave you."""
    from urllib.parse import unquote, urlsplit

    from qualbench.hub import without_password

    plain = without_password(address)
    given = address if plain != address else ""
    key = key_of_new(folder) if encrypt else None
    login = unquote(urlsplit(plain).username or "")
    with _asked(lambda password: Project.join_hub(given or plain, folder, password, key=key), login) as project:
        count = len(project.transcripts())
        output.say(f"You are {project.viewer} in '{project.study.name}': {counted(count, 'transcript')} in {folder}.")
        output.say(f"Code: qualbench open {folder} --as {project.viewer}")


@hub.command()
@output.json_option
@as_option
@click.pass_obj
def sync(folder: Path, as_json: bool, viewer: str) -> None:
    """Give the hub what it lacks and take what came."""
    with Project.open(folder, viewer, write=True) as project:
        done = _asked(project.sync, _own_login(project))
        _say_synced(project, done, as_json)


@hub.command()
@click.argument("transcripts", nargs=-1)
@output.answers
@as_option
@click.pass_obj
def seal(folder: Path, transcripts: tuple[str, ...], viewer: str) -> None:
    """Say that your coding is finished: of all that you submitted, or of these TRANSCRIPTS."""
    with Project.open(folder, viewer, write=True) as project:
        names = _asked(lambda password: project.seal(transcripts, password), _own_login(project))
    output.say(f"Sealed: {', '.join(names)}. The lead can open it when all have sealed.")


@hub.command("open")
@click.argument("transcript")
@click.option("--round", "round_", default="", help="The round, where there are several.")
@click.option("--reason", default="", help="Open although somebody has not sealed; the reason is kept.")
@output.json_option
@as_option
@click.pass_obj
def open_(folder: Path, transcript: str, round_: str, reason: str, as_json: bool, viewer: str) -> None:
    """Let everybody read what was coded in a transcript, once all have sealed it."""
    from qualbench.hub import NotAsked

    with Project.open(folder, viewer, write=True) as project:
        place = project.round_of(transcript, round_)
        try:
            login = _own_login(project)
            done = _asked(lambda password: project.open_on_hub(transcript, reason, place, password), login)
        except NotAsked as error:
            missing = [*error.awaited, *([counted(error.more, "more coder")] if error.more else [])]
            if missing:
                output.say(f"Awaited on {transcript}: {', '.join(missing)}. Open it all the same: --reason WHY")
            raise
        _say_synced(project, done, as_json)


def _say_synced(project: Project, done: Synced, as_json: bool) -> None:
    status = project.hub_status()
    if as_json:
        output.data(
            {
                "given": done.given, "taken": done.taken, "opened": list(done.opened), "waiting": status.waiting,
                "refused": [{"about": about, "why": why} for about, why in done.refused], "said": status.words(),
            }
        )  # fmt: skip
        return
    output.say(f"{counted(done.given, 'fact')} given, {done.taken} taken.")
    if done.opened:
        output.say(f"Opened: {', '.join(done.opened)}.")
    for about, why in done.refused:
        output.say(f"{about}: {why}")
    output.say(_sentence(status.words()))


def _sentence(words: str) -> str:
    return f"{words[0].upper()}{words[1:].rstrip('.')}."


def _say_password(invited: Invited) -> None:
    if invited.password:
        output.say(f"The password of {invited.login}, shown this once: {invited.password}")
    else:
        output.say(f"The login {invited.login} was there before and keeps its password.")


def _asked(act: Callable[[str], T], login: str) -> T:
    """Do it with the password from ~/.pgpass or PGPASSWORD, or ask for one where there is somebody to ask."""
    from qualbench.hub import WantsPassword

    try:
        return act("")
    except WantsPassword:
        if not output.asks():
            raise
    return act(click.prompt(f"Password of {shown(login) or 'your login'} on the hub", hide_input=True, err=True))


def _own_login(project: Project) -> str:
    return project.hub_status().login


def _by_admin(address: str, act: Callable[[str], T]) -> T:
    """Do it with the administrator's address without its password, which is asked for where nothing has it."""
    from urllib.parse import unquote, urlsplit

    from qualbench.hub import WantsPassword, without_password

    plain, password = without_password(address), unquote(urlsplit(address).password or "")
    try:
        with _in_environment(password):
            return act(plain)
    except WantsPassword:
        if password or not output.asks():
            raise
    login = shown(unquote(urlsplit(plain).username or "")) or "the administrator"
    with _in_environment(click.prompt(f"Password of {login} on the server", hide_input=True, err=True)):
        return act(plain)


@contextmanager
def _in_environment(password: str) -> Iterator[None]:
    """The environment has the administrator's password as long as this lasts; the lead's own login has another."""
    before = os.environ.get("PGPASSWORD")
    if password:
        os.environ["PGPASSWORD"] = password
    try:
        yield
    finally:
        if password and before is not None:
            os.environ["PGPASSWORD"] = before
        elif password:
            del os.environ["PGPASSWORD"]


def _login(name: str) -> str:
    """A name as PostgreSQL takes it."""
    plain = "".join(char if char.isascii() and char.isalnum() else "_" for char in name.lower())
    return plain if plain[:1].isalpha() else f"c_{plain}"
