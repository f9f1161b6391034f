"""What verbs print: data on stdout, words on stderr, and never a raw byte of somebody's text."""

from __future__ import annotations

import functools
import json
import os
import sys
from collections.abc import Callable, Iterable, Sequence
from typing import Any, cast

import click

from qualbench.errors import NeedsConfirmation
from qualbench.text import shown, shown_lines

_said: list[str] = []


def say(words: str) -> None:
    """A sentence for the person at the terminal."""
    _said.append(shown_lines(words))
    click.echo(shown_lines(words), err=True)


def data(value: object) -> None:
    """Data for a program: JSON with stable keys; characters a terminal would obey are escaped."""
    text = json.dumps(value, ensure_ascii=False, indent=2)
    click.echo("".join(char if shown(char) == char or char == "\n" else f"\\u{ord(char):04x}" for char in text))


def file(body: str) -> None:
    """The text of a file on stdout; characters that a terminal would obey are shown, which is said."""
    safe = shown_lines(body)
    click.echo(safe, nl=False)
    if safe != body:
        say("Control characters are shown as signs here; with -o the file has them as they are.")


def text(words: str) -> None:
    """Text for a person, on stdout."""
    click.echo(shown_lines(words))


def table(headers: Sequence[str], rows: Iterable[Sequence[object]], right: Sequence[int] = ()) -> None:
    """Rows in columns; the columns named in `right` are figures."""
    cells = [[shown(str(cell)) for cell in row] for row in rows]
    if not cells:
        return
    widths = [max(_width(row[n]) for row in (headers, *cells)) for n in range(len(headers))]
    for row in (list(headers), ["-" * width for width in widths], *cells):
        line = [_padded(cell, widths[n], n in right) for n, cell in enumerate(row)]
        click.echo("  ".join(line).rstrip())


def _width(cell: str) -> int:
    from unicodedata import combining, east_asian_width

    return sum(0 if combining(char) else 2 if east_asian_width(char) in "WF" else 1 for char in cell)


def _padded(cell: str, width: int, right: bool) -> str:
    space = " " * (width - _width(cell))
    return space + cell if right else cell + space


def figure(value: float | None, places: int = 3) -> str:
    """A coefficient as it is read in a table."""
    return "undefined" if value is None else f"{value:.{places}f}"


def asks() -> bool:
    """Whether there is somebody to ask."""
    return sys.stdin.isatty() and sys.stderr.isatty() and not os.environ.get("CI")


def confirm(question: str, *, yes: bool, waits: str, refused: str) -> None:
    """Go on after a yes; without one, and without anybody to ask, nothing is done and that is said."""
    if yes:
        return
    if not asks():
        raise NeedsConfirmation(waits, "Say --yes, or --dry-run to look.")
    if not click.confirm(question, default=False, err=True):
        raise NeedsConfirmation(refused)


def answers(act: Callable[..., Any]) -> Callable[..., Any]:
    """`--json` for a verb that acts: what was done, as data."""

    @functools.wraps(act)
    def wrapped(*arguments: Any, as_json: bool, **options: Any) -> Any:
        _said.clear()
        result = act(*arguments, **options)
        if as_json:
            data({"done": True, "said": list(_said)})
        return result

    vars(wrapped)["acts"] = True
    return cast("Callable[..., Any]", json_option(wrapped))


def json_option(command: Any) -> Any:
    """`--json`, the same on every verb."""
    return click.option("--json", "as_json", is_flag=True, help="Print data for a program.")(command)
