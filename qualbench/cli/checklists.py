"""The verb checklist: what reporting checklists ask, what the log shows of it, and what authors answer."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from qualbench.cli import as_option, folder_argument, output
from qualbench.errors import UsageError
from qualbench.project import Project
from qualbench.text import counted

if TYPE_CHECKING:
    from qualbench.steps.checklists import Filled, Line

NAMES = ("coreq", "srqr", "jars", "oconnor-joffe", "braun-clarke")
_ANSWER = "answer"


@click.command()
@folder_argument
@click.argument("name", type=click.Choice(NAMES), required=False)
@click.argument("said", nargs=-1, metavar="[answer ITEM WORDS]")
@click.option("--gaps", is_flag=True, help="Only what neither the log shows nor the authors answered.")
@click.option("-o", "--output", "target", type=click.Path(path_type=Path), help="Write .md, .docx or .csv.")
@click.option("--force", is_flag=True, help="Write over a file that exists.")
@output.json_option
@as_option
def checklist(
    folder: Path, name: str | None, said: tuple[str, ...], gaps: bool, target: Path | None, force: bool, as_json: bool,
    viewer: str,
) -> None:  # fmt: skip
    """Fill COREQ, SRQR, JARS-Qual, O'Connor & Joffe's list or Braun & Clarke's fifteen points from the log.

    An item is marked only where the log shows facts, each told with where it stands, or where the authors answered.
    Without a name, say how far each checklist is. `checklist FOLDER coreq answer 14 "Rooms of the library"` answers
    an item; the same question in another checklist is then answered too. Empty words take an answer back.
    """
    if name is None:
        if target or gaps:
            raise UsageError("Say which checklist.", f"One of: {', '.join(NAMES)}.")
        _overview(folder, viewer, as_json)
    elif said:
        _answer(folder, viewer, name, said, as_json)
    else:
        _show(folder, viewer, name, gaps=gaps, target=target, force=force, as_json=as_json)


def _answer(folder: Path, viewer: str, name: str, said: tuple[str, ...], as_json: bool) -> None:
    if len(said) < 3 or said[0] != _ANSWER:
        raise UsageError("An item is answered with three words.", f"Say: {name} {_ANSWER} ITEM 'YOUR WORDS'")
    with Project.open(folder, viewer, write=True) as project:
        project.answer_item(name, said[1], " ".join(said[2:]))
        filled = project.checklist(name)
    item = filled.checklist.item(said[1])
    line = next(one for one in filled.lines if one.item is item)
    if as_json:
        output.data(_line(line))
    taken = not " ".join(said[2:]).strip()
    words = "The answer is taken back" if taken else "Answered"
    output.say(f"{words}: item {line.item.number} of {filled.checklist.name}. {line.item.asks}")


def _overview(folder: Path, viewer: str, as_json: bool) -> None:
    with Project.open(folder, viewer) as project:
        every = [project.checklist(name) for name in NAMES]
    if as_json:
        output.data([_counts(one) for one in every])
        return
    output.table(
        ("checklist", "items", "shown", "answered", "missing", "source"),
        [(*list(_counts(one).values())[:5], one.checklist.source) for one in every],
        right=(1, 2, 3, 4),
    )


def _counts(filled: Filled) -> dict[str, Any]:
    states = [str(line.state) for line in filled.lines]
    return {
        "checklist": filled.checklist.id,
        "items": len(states),
        "shown": states.count("shown"),
        "answered": states.count("answered"),
        "missing": len(filled.gaps),
        "source": filled.checklist.source,
    }


def _show(
    folder: Path, viewer: str, name: str, *, gaps: bool, target: Path | None, force: bool, as_json: bool
) -> None:  # fmt: skip
    with Project.open(folder, viewer) as project:
        filled = project.checklist(name)
        if target:
            output.say(project.write_checklist(name, target, gaps=gaps, force=force))
    lines = filled.gaps if gaps else filled.lines
    if as_json:
        output.data({**_counts(filled), "about": filled.checklist.about, "lines": [_line(one) for one in lines]})
    elif target is None:
        _table(filled, lines)


def _line(line: Line) -> dict[str, Any]:
    said = line.answer
    return {
        "item": line.item.number,
        "section": line.item.section,
        "asks": line.item.asks,
        "state": str(line.state),
        "shown": [{"fact": fact.words, "where": fact.where, "holds": fact.holds} for fact in line.shown],
        "answer": said
        and {"words": said.words, "by": said.by, "at": said.at, "given_to": f"{said.checklist} {said.item}"},
    }


def _table(filled: Filled, lines: tuple[Line, ...]) -> None:
    from qualbench.steps.checklists import STATE_WORDS, opening, told_of

    output.text(f"{filled.checklist.name}. {opening(filled)}")
    section = ""
    for line in lines:
        if line.item.section != section:
            section = line.item.section
            output.text(f"\n{section}")
        output.text(f"{line.item.number:>4}  {STATE_WORDS[line.state]}: {line.item.asks}")
        for told in told_of(line):
            output.text(f"        {told}")
    output.say(f"{counted(len(filled.gaps), 'item')} left to the authors, of {len(filled.lines)}.")
