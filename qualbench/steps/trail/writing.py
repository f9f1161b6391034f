"""The trail as a file that is read without the program: CSV, one HTML page without scripts, plain text.

Lines are written as they come, so that a long history is never held whole; the same history gives the same bytes.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from qualbench.errors import QualbenchError, UsageError
from qualbench.model import TRAIL_CLASS_NAMES, TrailEntry
from qualbench.text import defused, one_line, printable, shown

SUFFIXES = (".csv", ".html", ".txt")
COLUMNS = ("when (UTC)", "who", "class", "what", "why", "about", "undone", "step", "hash")


@dataclass(frozen=True, slots=True)
class Heading:
    """What a file of the trail says of itself."""

    title: str
    viewer: str
    """As whom it was read: work of others that is still private is in it as far as this person may know it."""


class UnknownEnding(UsageError):
    def __init__(self, suffix: str) -> None:
        super().__init__(f"The trail is not written as '{suffix}'.", f"Give the file one of: {', '.join(SUFFIXES)}")


def chunks(entries: Iterable[TrailEntry], suffix: str, heading: Heading) -> Iterator[bytes]:
    """The bytes of the file, piece by piece."""
    writers = {".csv": _csv, ".html": _html, ".txt": _text}
    if suffix not in writers:
        raise UnknownEnding(suffix)
    return (piece.encode() for piece in writers[suffix](entries, heading))


def hashes(table: str) -> tuple[str, ...]:
    """The hashes in a CSV file of the trail, in order; what was worked out from several entries has none."""
    rows = csv.DictReader(io.StringIO(table.removeprefix("\ufeff")))
    try:
        if "hash" not in (rows.fieldnames or ()):
            raise QualbenchError("This is no trail: it has no column 'hash'.", "Write one with: qualbench trail export")
        return tuple(row["hash"] for row in rows if row["hash"])
    except csv.Error as error:
        raise QualbenchError(f"This is no table: {error}.") from error


def _cells(one: TrailEntry) -> tuple[str, ...]:
    return (
        one.at, one.who, TRAIL_CLASS_NAMES[one.trail_class], one.what, one.why,
        "; ".join(f"{thing.kind} {thing.label}" for thing in one.about), "undone" if one.undone else "", one.step,
        one.hash,
    )  # fmt: skip


def _csv(entries: Iterable[TrailEntry], _: Heading) -> Iterator[str]:
    yield "\ufeff"  # without it a spreadsheet takes the letters for others
    yield _row(COLUMNS)
    for one in entries:
        yield _row([defused(cell) for cell in _cells(one)])


def _row(cells: Iterable[str]) -> str:
    line = io.StringIO()
    csv.writer(line, lineterminator="\r\n").writerow(cells)
    return line.getvalue()


def _said(heading: Heading) -> str:
    return (
        f"As {heading.viewer or 'somebody who codes nothing'} may read it. Times are UTC. Each line ends in the hash "
        "of the last entry that the action left in the journal of the study."
    )


def _text(entries: Iterable[TrailEntry], heading: Heading) -> Iterator[str]:
    yield f"{_line(heading.title)}\n{_line(_said(heading))}\n\n"
    for one in entries:
        at, _, class_, _, why, about, undone, _, hash_ = (_line(cell) for cell in _cells(one))
        yield f"{at[:16]}  {_line(one.sentence)}{' [undone]' * bool(undone)}\n"
        yield f"    {class_}\n"
        yield "".join(
            f"    {name}: {value}\n" for name, value in (("why", why), ("about", about), ("hash", hash_)) if value
        )


def _line(text: str) -> str:
    """One line for a file that may be printed on a terminal."""
    return shown(one_line(text))


_PAGE = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>{{ heading.title|safe_text }}</title>
<style>
body { font: 15px/1.45 serif; margin: 2em auto; max-width: 75em; padding: 0 1em; }
table { border-collapse: collapse; width: 100%; }
th, td { border-bottom: 1px solid #bbb; padding: .3em .6em .3em 0; text-align: left; vertical-align: top; }
td.hash { font: 11px monospace; word-break: break-all; max-width: 16em; }
tr.undone td { color: #555; text-decoration: line-through; }
tr.undone td.state, tr.undone td.hash { text-decoration: none; }
</style>
</head>
<body>
<h1>{{ heading.title|safe_text }}</h1>
<p>{{ said|safe_text }}</p>
<table>
<thead><tr><th>when</th><th>class</th><th>what</th><th>why</th><th>about</th><th></th><th>hash</th></tr></thead>
<tbody>
{% for one, cells in rows %}<tr{% if one.undone %} class="undone"{% endif %}><td>{{ cells[0][:16]|safe_text }}</td>\
<td>{{ cells[2] }}</td><td>{{ one.sentence|safe_text }}</td><td>{{ cells[4]|safe_text }}</td>\
<td>{{ cells[5]|safe_text }}</td><td class="state">{{ cells[6] }}</td><td class="hash">{{ cells[8] }}</td></tr>
{% endfor %}</tbody>
</table>
</body>
</html>
"""


def _html(entries: Iterable[TrailEntry], heading: Heading) -> Iterator[str]:
    from jinja2 import Environment, StrictUndefined

    page = Environment(autoescape=True, undefined=StrictUndefined, keep_trailing_newline=True)
    page.filters["safe_text"] = printable  # what XML can not carry; the environment escapes what it gives back
    rows = ((one, _cells(one)) for one in entries)
    return page.from_string(_PAGE).generate(heading=heading, said=_said(heading), rows=rows)
