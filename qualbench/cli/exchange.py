"""What verbs do with projects of other programs: write one, bring one in, take tables of coded segments in."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from qualbench.cli import as_option, output
from qualbench.errors import QualbenchError, UnreadableFile, UsageError
from qualbench.model import SegmentRule
from qualbench.project import DATABASE, Project

if TYPE_CHECKING:
    from qualbench.project.arriving import Arrival
    from qualbench.project.segments import Placed

QDPX = "qdpx"
PROJECTS = (".qdpx", ".sqlite3", ".sqlite", ".qda", ".rqda")
"""The endings of projects of other programs."""
_SHOWN = 40
"""So many places that were not found are listed."""


# --- out -----------------------------------------------------------------------------------------------------------


def qdpx_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """`--layer` and `--target`, for a project that other programs read."""
    layers = click.Choice(["coders", "consensus", "both"])
    programs = click.Choice(["generic", "maxqda", "qualcoder"])
    for option in (
        click.option("--target", "program", type=programs, help="qdpx: for which program; generic otherwise."),
        click.option("--layer", type=layers, help="qdpx: whose coding; every coder's otherwise."),
    ):
        command = option(command)
    return command


def check_qdpx(what: str, layer: str | None, program: str | None) -> None:
    """Refuse what has no meaning for other exports."""
    if what != QDPX and (layer or program):
        raise UsageError(f"--layer and --target are for {QDPX}, not for {what}.")


def write_qdpx(project: Project, target: Path, layer: str | None, program: str | None, *, force: bool) -> None:
    """Write the study as a REFI-QDA project, and say what it does not hold."""
    from qualbench.project.outgoing import Layer
    from qualbench.steps.interchange.refi import Target

    made, losses = project.write_qdpx(target, Layer(layer or "coders"), Target(program or "generic"), force=force)
    for line in made.losses:
        output.say(f"- {line}")
    output.say(f"The project is in {target}, and what it does not hold is in {losses}.")


# --- in ------------------------------------------------------------------------------------------------------------


def convention_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """`--convention`, how a project counts positions."""
    return click.option(
        "--convention", default="", metavar="WAY", help="How a .qdpx counts positions, where its words do not tell."
    )(command)


def is_project(files: Sequence[Path], convention: str) -> bool:
    """Whether a project of another program is to be brought in; it comes alone."""
    projects = [path for path in files if path.suffix.lower() in PROJECTS]
    if projects and len(files) > 1:
        raise UsageError("A project of another program comes alone, into a study of its own.", "Name one file.")
    if convention and not projects:
        raise UsageError("--convention is for projects of other programs, such as .qdpx.")
    return bool(projects)


def bring_in(
    folder: Path, file: Path, rule: SegmentRule, convention: str, yes: bool, dry_run: bool, as_json: bool, viewer: str
) -> int:
    """Make a study of a project, or fill an empty one, after a yes: all of it or nothing."""
    from qualbench.project.candidates import load

    fresh = _is_fresh(folder)
    if not fresh:
        with Project.open(folder, viewer) as project:
            project.check_empty()
    name, data = load(file / "data.qda" if file.is_dir() else file)
    found = _arrival(file.name if file.is_dir() else name, data, convention, rule)
    said = [f"{file.name} becomes the study '{found.name}' in {folder}.", *found.lines]
    for line in said:
        output.say(line)
    if not dry_run:
        output.confirm(
            "Bring it in as shown?", yes=yes, waits="Nothing was brought in yet: it waits for a yes.",
            refused="Nothing was brought in.",
        )  # fmt: skip
        said += _take_in(folder, found, viewer, fresh=fresh)
    if as_json:
        output.data({"name": found.name, "carried": found.counts, "said": said, "done": not dry_run})
    return 0


def _is_fresh(folder: Path) -> bool:
    """Whether there is no study yet and one can be made."""
    if (folder / DATABASE).is_file():
        return False
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        from qualbench.errors import NotAStudy

        raise NotAStudy(folder)
    return True


def _arrival(name: str, data: bytes, convention: str, rule: SegmentRule) -> Arrival:
    from qualbench.project.foreign import arrival_of
    from qualbench.steps.interchange.refi import EVERY, UnclearPositions, spelt

    way = spelt(convention) if convention else None
    if convention and way is None:
        known = ", ".join(one.spelled for one in EVERY)
        raise UsageError(f"'{convention}' is no way of counting positions.", f"Say one of: {known}.")
    try:
        return arrival_of(name, data, way, rule)
    except UnclearPositions as error:
        raise UnreadableFile(name, error.message.removeprefix(f"{name}: "), f"--convention: {error.hint}") from None


def _take_in(folder: Path, found: Arrival, viewer: str, *, fresh: bool) -> list[str]:
    begun = Project.begin_with(folder, found, viewer=viewer) if fresh else Project.open(folder, viewer, write=True)
    with begun as project:
        if not fresh:
            project.back_up("before-import")
            project.take_in_project(found)
        blind = sum(not row.opened for row in project.transcripts() if project.passes(row.id))
    told = [f"The study {folder} is ready. Next: qualbench status {folder}"]
    if blind:
        told.insert(0, f"{blind} coded texts stay blind, because the study asks for more coders on each.")
    for line in told:
        output.say(line)
    return told


# --- coded segments ------------------------------------------------------------------------------------------------


@click.command("match")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--coder", default="", help="Whose coding it is, where the table does not say.")
@click.option("--leave-out", is_flag=True, help="Take the rest in when some places are not found.")
@click.option("--partial", is_flag=True, help="Leave segments without a line undecided, instead of 'nothing applies'.")
@click.option("--dry-run", is_flag=True, help="Look only.")
@output.json_option
@as_option
@click.pass_obj
def match_segments(
    folder: Path, file: Path, coder: str, leave_out: bool, partial: bool, dry_run: bool, as_json: bool, viewer: str
) -> None:
    """Take coded segments of ATLAS.ti, MAXQDA or Taguette in (.xlsx, .csv), each placed by its words.

    Words that stand nowhere or in several places are listed and never guessed.
    """
    from qualbench.project.candidates import load
    from qualbench.project.segments import placed

    name, data = load(file)
    with Project.open(folder, viewer, write=not dry_run) as project:
        found = placed(project, name, data, coder)
        _tell(found)
        if found.problems and not (leave_out or dry_run):
            raise QualbenchError(
                f"Nothing was taken in: {len(found.problems)} of {len(found.problems) + len(found.lines)} lines have "
                "no sure place.",
                "Correct the table, or say --leave-out to take the others in.",
            )
        counts = {}
        if found.lines and not dry_run:
            counts = project.import_codings(name, found.lines, partial=partial or bool(found.problems))
    if as_json:
        output.data({"lines": counts, "placed": len(found.lines), "problems": [str(one) for one in found.problems]})
    for who, count in counts.items():
        output.say(f"{who}: {count} codings. Hand them in with: qualbench submit {folder} --coder {who} --all")


def _tell(found: Placed) -> None:
    for problem in found.problems[:_SHOWN]:
        output.say(str(problem))
    if len(found.problems) > _SHOWN:
        output.say(f"And {len(found.problems) - _SHOWN} more.")
    output.say(f"{len(found.lines)} codings have their place.")
