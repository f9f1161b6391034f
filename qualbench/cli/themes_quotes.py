"""Verbs of the theme board on quotes and on what was starred while coding."""

from __future__ import annotations

from pathlib import Path

import click

from qualbench.cli import as_option, output
from qualbench.errors import UsageError
from qualbench.model import USE_NAMES, QuoteUse, Star
from qualbench.project import Project
from qualbench.text import excerpt


@click.command("quote")
@click.argument("name")
@click.argument("transcript")
@click.argument("start", type=int)
@click.argument("end", type=int)
@click.option("--words", default=None, help="The words; refused if the transcript says something else there.")
@as_option
@output.answers
@click.pass_obj
def quote(folder: Path, name: str, transcript: str, start: int, end: int, words: str | None, viewer: str) -> None:
    """Pick a quote by its place."""
    with Project.open(folder, viewer, write=True) as project:
        project.pick_quote(project.theme(name), transcript, start, end, words)
    output.say("Picked.")


@click.command("unquote")
@click.argument("name")
@click.argument("quote_id", metavar="QUOTE")
@as_option
@output.answers
@click.pass_obj
def unquote(folder: Path, name: str, quote_id: str, viewer: str) -> None:
    """Drop a quote from a theme."""
    with Project.open(folder, viewer, write=True) as project:
        project.drop_quote(project.theme(name), quote_id)
    output.say("Dropped.")


@click.command("use")
@click.argument("quote_id", metavar="QUOTE")
@click.argument("what", type=click.Choice(["illustrate", "argue", "unsaid"]))
@as_option
@output.answers
@click.pass_obj
def use(folder: Path, quote_id: str, what: str, viewer: str) -> None:
    """Say whether a quote illustrates, or the argument rests on it."""
    said = QuoteUse("" if what == "unsaid" else what)
    with Project.open(folder, viewer, write=True) as project:
        project.use_quote(project.quote(quote_id), said)
    output.say(f"The quote {USE_NAMES[said]}." if said else "What the quote is for is not said.")


@click.command("edit")
@click.argument("quote_id", metavar="QUOTE")
@click.argument("words", default="")
@click.option("--cut", "cuts", type=(int, int), multiple=True, help="START END of what is left out.")
@click.option("--insert", "insertions", type=(int, str), multiple=True, help="Where, and the WORDS put in.")
@click.option("--whole", is_flag=True, help="Leave nothing out and put nothing in.")
@as_option
@output.answers
@click.pass_obj
def edit(
    folder: Path, quote_id: str, words: str, cuts: tuple[tuple[int, int], ...], insertions: tuple[tuple[int, str], ...],
    whole: bool, viewer: str,
) -> None:  # fmt: skip
    """Leave words out of a quote and put words in: written as […] and [words], or by places of the transcript."""
    if sum(map(bool, (words, cuts or insertions, whole))) != 1:
        raise UsageError("Say the quote as it is to be, or --cut and --insert, or --whole.")
    with Project.open(folder, viewer, write=True) as project:
        one = project.quote(quote_id)
        if words:
            project.edit_quote(one, words)
        else:
            project.cut_quote(one, cuts, insertions)
        edited = project.quote(quote_id)
    output.say(f"The quote: {edited.words}")


@click.command("move")
@click.argument("quote_id", metavar="QUOTE")
@click.option("--theme", "name", default="", help="The theme it goes to; the same one if you say nothing.")
@click.option("--after", default=None, help="The quote it follows; the last one if you say nothing.")
@click.option("--first", is_flag=True, help="It goes before the others.")
@as_option
@output.answers
@click.pass_obj
def move(folder: Path, quote_id: str, name: str, after: str | None, first: bool, viewer: str) -> None:
    """Put a quote into another theme, or elsewhere among the quotes of its own."""
    if first and after is not None:
        raise UsageError("--after or --first, not both.")
    with Project.open(folder, viewer, write=True) as project:
        one = project.quote(quote_id)
        project.move_quote(one, project.theme(name or one.theme), "" if first else after)
    output.say("Moved.")


# --- stars -----------------------------------------------------------------------------------------------------


@click.command("star")
@click.argument("transcript")
@click.argument("start", type=int)
@click.argument("end", type=int)
@click.option("--note", default="", help="What it may be good for.")
@as_option
@output.answers
@click.pass_obj
def star(folder: Path, transcript: str, start: int, end: int, note: str, viewer: str) -> None:
    """Star words in your open pass as a quote to come; again without a note takes the star off."""
    with Project.open(folder, viewer, write=True) as project:
        pass_ = project.open_pass(transcript, viewer)
        before = len(project.stars(pass_.transcript, viewer))
        project.star(pass_.id, start, end, note)
        gone = len(project.stars(pass_.transcript, viewer)) < before
    output.say("The star is off." if gone else "Starred: it waits on the theme board.")


@click.command("stars")
@click.option("--aside", is_flag=True, help="Those that were put aside.")
@output.json_option
@as_option
@click.pass_obj
def stars(folder: Path, aside: bool, as_json: bool, viewer: str) -> None:
    """List what was starred while coding and waits for a theme."""
    with Project.open(folder, viewer) as project:
        found = project.stars_aside() if aside else project.waiting_stars()
        rows = [_star(project, one) for one in found]
    if as_json:
        output.data(rows)
        return
    fields = ("star", "transcript", "coder", "note")
    output.table(
        (*fields, "place", "words"),
        [
            (*(row[field] for field in fields), f"{row['start']}-{row['end']}", excerpt(str(row["text"]), 60))
            for row in rows
        ],
    )


def _star(project: Project, one: Star) -> dict[str, str | int]:
    transcript = project.transcript(one.transcript)
    return {
        "star": one.id, "transcript": transcript.name, "coder": one.coder, "note": one.note, "start": one.start,
        "end": one.end, "text": transcript.text[one.start : one.end],
    }  # fmt: skip


@click.command("pick")
@click.argument("star_id", metavar="STAR")
@click.argument("name", metavar="THEME")
@as_option
@output.answers
@click.pass_obj
def pick(folder: Path, star_id: str, name: str, viewer: str) -> None:
    """Make starred words a quote of a theme."""
    with Project.open(folder, viewer, write=True) as project:
        project.pick_star(project.theme(name), project.star_named(star_id))
    output.say("Picked.")


@click.command("aside")
@click.argument("star_id", metavar="STAR")
@click.option("--back", is_flag=True, help="Let it wait again.")
@as_option
@output.answers
@click.pass_obj
def aside(folder: Path, star_id: str, back: bool, viewer: str) -> None:
    """Put a star aside: it waits no longer."""
    with Project.open(folder, viewer, write=True) as project:
        project.put_star_aside(project.star_named(star_id), back=back)
    output.say("It waits again." if back else "Put aside.")


VERBS = (quote, unquote, use, edit, move, star, stars, pick, aside)
"""For the group of verbs on themes."""
