"""The verbs, in the order of the work. Everything the screens do is also a verb with `--json`.

Nothing heavy is imported here: a verb imports what it needs when it runs.
"""

from __future__ import annotations

import gc
import getpass
import io
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from qualbench import __version__
from qualbench.cli import ending, output
from qualbench.errors import DamagedStudy, QualbenchError, UsageError

INTERRUPTED = 130


class Verbs(click.Group):
    """The verbs, listed in the order of the work and imported when they are used."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - the name and shape are click's
        return list(VERBS)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:  # noqa: ARG002 - likewise
        if name not in VERBS:
            return None
        from importlib import import_module

        module = import_module(f"qualbench.cli.{VERBS[name][0]}")
        word = name.replace("-", "_")
        command: click.Command = vars(module).get(f"{word}_") or vars(module)[word]
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002 - likewise
        """The list of verbs, without importing any."""
        with formatter.section("Verbs, in the order of the work"):
            formatter.write_dl([(name, sentence) for name, (_, sentence) in VERBS.items()])


class Listing(click.Group):
    """A verb that lists when no verb follows its folder; its options may then stand after the folder, as anywhere."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Options belong to the verb that follows, if one does."""
        ctx.allow_interspersed_args = not any(word in self.commands for word in args[1:])
        return super().parse_args(ctx, args)


VERBS: dict[str, tuple[str, str]] = {
    "demo": ("study", "Make the demo study in a folder and open it."),
    "init": ("study", "Begin a study in a new folder."),
    "encrypt": ("encryption", "Encrypt a study that is there, with a passphrase."),
    "passphrase": ("encryption", "Change the passphrase of an encrypted study."),
    "recover": ("encryption", "Set a new passphrase by the recovery key."),
    "method": ("method", "Show the method and where the study stands, or change it."),
    "codebook": ("codebook", "Show the codebook, change its draft, release versions of it."),
    "import": ("material", "Read transcripts, show what was found, and seal them."),
    "deidentify": ("deidentify", "Replace names and details, then import transcripts."),
    "vault": ("vault", "Seal the vault of original names with its own passphrase."),
    "participants": ("participants", "Show or set who the speakers are, and who is covered."),
    "segment": ("material", "Cut a transcript into other units, before anybody codes it."),
    "search": ("participants", "Find words in the transcripts."),
    "correct": ("corrections", "Correct a sealed text, with all codings carried over."),
    "whoami": ("packages", "Print your card, for the lead of a study on several machines."),
    "send": ("packages", "Write the study for a coder on another machine."),
    "join": ("packages", "Make a study folder from the package that the lead sent you."),
    "people": ("packages", "Show whose keys the study knows, or say whose one is."),
    "open": ("study", "Open a study in the terminal."),
    "status": ("study", "Show what is done and what is to do."),
    "round": ("rounds", "Plan who codes which transcripts, and how many it takes."),
    "code": ("coding", "Code transcripts, blind to the other coders."),
    "codings": ("coding", "Apply, remove, import and export codings."),
    "memo": ("memos", "Write and find memos, and compare earlier extracts."),
    "undo": ("coding", "Undo your newest step."),
    "redo": ("coding", "Redo the step you undid last."),
    "submit": ("coding", "Hand in your passes for good."),
    "hand-in": ("packages", "Write what you have submitted for the keeper, sealed."),
    "merge": ("packages", "Take packages in, once everybody has handed in."),
    "hub": ("hub", "Work with a study on a hub: join, sync, seal, open."),
    "agree": ("agreement", "Show how far the coders agree, and where they differ."),
    "consensus": ("consensus", "Settle disagreements, with both readings kept."),
    "cqr": ("cqr", "Judge cases, agree on core ideas, answer auditors."),
    "themes": ("themes", "Gather codes under themes and pick quotes."),
    "check": ("members", "Give words and findings back, and keep what participants say."),
    "matrix": ("matrices", "Show codes by participants, attributes, or one another."),
    "query": ("matrices", "Find where codes stand together, apart or near."),
    "prevalence": ("prevalence", "Show how many participants have each code or theme."),
    "saturation": ("prevalence", "Show when interviews bring no new codes."),
    "types": ("typologies", "Give participants types with reasons, and mark negative cases."),
    "checklist": ("checklists", "Fill reporting checklists from the log."),
    "trail": ("trail", "Show what was done and why, or how a theme came about."),
    "export": ("export", "Write the themes report, the whole pack, or a part of it."),
    "doctor": ("doctor", "Check everything, say what was found, and go back to a backup."),
}
"""Each verb with the file it lives in and its sentence."""


@click.command(cls=Verbs, invoke_without_command=True, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="qualbench")
@click.option(
    "--passphrase-file",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Where the passphrase of an encrypted study is read from; asked for otherwise.",
)
@click.pass_context
def cli(ctx: click.Context, passphrase_file: Path | None) -> None:
    """Code interviews alone, compare, agree, and report: a terminal workbench.

    Without a verb, a study in this folder is opened.
    """
    from qualbench.cli import passphrases

    passphrases.prepare(passphrase_file)
    if ctx.invoked_subcommand is None:
        from qualbench.project import DATABASE

        if not Path(DATABASE).is_file():
            click.echo(ctx.get_help())
            return
        open_screens(Path())


def main(arguments: list[str] | None = None) -> None:
    """Run one verb; every way it can end has its exit code."""
    ending.listen()
    gc.set_threshold(50_000)  # a verb makes much that stays and little garbage, and it ends soon
    code = run(arguments)
    gc.freeze()  # nothing is looked through once more at the very end
    sys.exit(code)


def run(arguments: list[str] | None = None) -> int:
    """Run one verb and answer with its exit code.

    0 ok, 1 failure, 2 usage, 3 needs an answer, 4 problems found, 130 interrupted (129, 143 by other signals).
    """
    try:
        result = cli.main(args=arguments, prog_name="qualbench", standalone_mode=False)
        return result if isinstance(result, int) else 0
    except QualbenchError as error:
        output.say(error.message)
        if error.hint:
            output.say(error.hint)
        return error.exit_code
    except click.ClickException as error:
        output.say(_told(error))
        return error.exit_code
    except (KeyboardInterrupt, click.Abort, ending.Ended) as stopped:
        output.say("Interrupted; what was done before stays.")
        return stopped.exit_code if isinstance(stopped, ending.Ended) else INTERRUPTED
    except OSError as error:
        return _disk_in_the_way(error)
    except UnicodeEncodeError as error:
        if error.encoding != "utf-8":
            output.say(f"The output's encoding, {sys.stdout.encoding}, can not show this. Set PYTHONUTF8=1.")
            return 1
        output.say("The command holds characters that are not UTF-8 text.")
        return UsageError.exit_code
    except Exception as error:
        from qualbench.store.database import Error

        if not isinstance(error, Error):
            raise
        output.say(str(DamagedStudy("The study", str(error))))
        return 1


def _told(error: click.ClickException) -> str:
    """What click has to say, as a sentence; it may hold words that were typed, so it is not printed as it is."""
    page = io.StringIO()
    error.show(page)
    words = page.getvalue().rstrip()
    whole = words.endswith(".") or isinstance(error, click.exceptions.NoArgsIsHelpError)
    return words if whole else f"{words}."


def _disk_in_the_way(error: OSError) -> int:
    """Say what could not be read or written; a reader of our output that went away needs no words."""
    if not error.filename:
        # what is still buffered for stdout would fail once more on exit
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    if not isinstance(error, BrokenPipeError):
        output.say(f"{error.filename or 'The output'} can not be read or written: {error.strerror or error}.")
    return 1


def open_screens(folder: Path, viewer: str = "", screen: str = "home", transcript: str = "") -> None:
    """Open the study in the terminal."""
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        raise QualbenchError("The screens need a terminal.", "Use a verb with --json in scripts.")
    gc.disable()  # what is imported is no garbage; the screens collect it once, when they are there
    from qualbench.tui.app import open_study

    ending.leave_to_the_screens()

    if open_study(folder, viewer or default_name(), screen=screen, transcript=transcript):
        raise QualbenchError("The screens ended with a fault of the program.", "What was done before it is saved.")


def default_name() -> str:
    """Who is at this machine, unless they say otherwise."""
    try:
        return os.environ.get("QUALBENCH_AS") or getpass.getuser()
    except (KeyError, OSError):
        return "somebody"


def folder_argument(command: Callable[..., Any]) -> Callable[..., Any]:
    """The study's folder, the first argument of every verb."""
    return click.argument("folder", type=click.Path(path_type=Path, file_okay=False))(command)


def as_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """`--as`, who acts."""
    return click.option("--as", "viewer", default=default_name, help="Who you are; your login name otherwise.")(command)


def coder_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """`--coder`, who codes."""
    return click.option("--coder", "viewer", required=True, help="Whose coding it is.")(command)
