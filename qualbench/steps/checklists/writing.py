"""A filled checklist as a file: Markdown, Word, or a table; the same study gives the same bytes."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Mapping, Sequence
from itertools import groupby

from qualbench.errors import UsageError
from qualbench.steps.checklists.items import STATE_WORDS, Filled, Line
from qualbench.text import counted, defused, printable

HEADER = (
    "checklist",
    "item",
    "section",
    "what is asked",
    "state",
    "what the log shows",
    "answer",
    "answered by",
    "answered on",
)
_ACTING = re.compile(r"[\\`*_{}\[\]#|~^$<>&]")


class UnknownEnding(UsageError):
    def __init__(self, suffix: str) -> None:
        what = f"as a file that ends in '{suffix}'" if suffix else "to a file without an ending"
        super().__init__(f"A checklist can not be written {what}.", f"Known endings are: {', '.join(ENDINGS)}")


def render(filled: Filled, suffix: str, *, gaps: bool = False) -> bytes:
    """The file's bytes; with `gaps` only what is missing."""
    known(suffix)
    return ENDINGS[suffix.lower()](filled, filled.gaps if gaps else filled.lines)


def known(suffix: str) -> None:
    """Refuse an ending that no checklist can be written as."""
    if suffix.lower() not in ENDINGS:
        raise UnknownEnding(suffix)


def title(filled: Filled) -> str:
    """The heading of a file."""
    return f"{filled.checklist.name}: {filled.study}"


def opening(filled: Filled) -> str:
    """What stands before the items: the source, how far it is filled, and of when."""
    left = len(filled.gaps)
    done = f"{len(filled.lines) - left} of {counted(len(filled.lines), 'item')} shown by the log or answered"
    return (
        f"{filled.checklist.source}. {filled.checklist.about} As of {filled.date}: {done}, {left} left to the authors. "
        "An item is marked only where the log shows facts or the authors answered; whether that is enough is theirs "
        "to judge."
    )


def facts(line: Line) -> list[str]:
    """Each fact with where it stands."""
    return [f"{fact.words} ({fact.where})" for fact in line.shown]


def _csv(filled: Filled, lines: Sequence[Line]) -> bytes:
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(HEADER)
    for line in lines:
        said = (line.answer.words, line.answer.by, line.answer.at[:10]) if line.answer else ("", "", "")
        cells = (line.item.number, line.item.section, line.item.asks, STATE_WORDS[line.state], " ".join(facts(line)))
        writer.writerow([defused(cell) for cell in (filled.checklist.name, *cells, *said)])
    return out.getvalue().encode()


def _markdown(filled: Filled, lines: Sequence[Line]) -> bytes:
    parts = [f"# {_safe(title(filled))}", "", _safe(opening(filled)), ""]
    for section, those in groupby(lines, key=lambda line: line.item.section):
        parts += [f"## {section}", "", "| item | what is asked | state | facts and answers |", "|---|---|---|---|"]
        for line in those:
            told = "<br>".join(_safe(words) for words in told_of(line))
            parts.append(f"| {line.item.number} | {_safe(line.item.asks)} | {STATE_WORDS[line.state]} | {told} |")
        parts.append("")
    return printable("\n".join(parts)).encode()


def told_of(line: Line) -> list[str]:
    """Everything known of an item: facts of the log first, then what the authors said."""
    said = line.answer
    asked = f" (answer to {line.elsewhere})" if line.elsewhere else ""
    return [*facts(line), *([f"Authors: {said.words}{asked}"] if said else [])]


def _safe(words: str) -> str:
    """Words on one line that no Markdown or HTML acts on."""
    entities = {"<": "&lt;", ">": "&gt;", "&": "&amp;"}
    line = " ".join(words.split())
    return _ACTING.sub(lambda match: entities.get(match[0], "\\" + match[0]), line)


def _docx(filled: Filled, lines: Sequence[Line]) -> bytes:
    from qualbench.steps.checklists import docx

    rows = [(line.item.number, line.item.asks, STATE_WORDS[line.state], "\n".join(told_of(line))) for line in lines]
    sections = [line.item.section for line in lines]
    return docx.render(title(filled), opening(filled), list(zip(sections, rows, strict=True)), filled.date)


ENDINGS: Mapping[str, Callable[[Filled, Sequence[Line]], bytes]] = {".md": _markdown, ".docx": _docx, ".csv": _csv}
"""What a checklist can be written as, by the ending of the file."""
