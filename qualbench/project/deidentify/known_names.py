"""The names a team knows, as lines that a person types or keeps in a table: first, last, nicknames."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator

from qualbench.steps.deidentify import Kind, KnownName

LINES = "first, last, nicknames on each line; before a place or an agency its kind, as in  place: San Jose"
"""How the lines are written."""
_KINDS = {str(kind): kind for kind in (Kind.PERSON, Kind.PLACE, Kind.ORGANISATION)}
_HEADINGS = frozenset({"first", "first name", "firstname", "name"})
_ANONYMOUS = re.compile(
    r"(?:[A-Z]{1,3}[ _-]?\d{1,4}|INT|IV|IP|MOD|[ABFIMPQR]|\d{1,6}|R_[0-9A-Za-z]{8,20}"
    r"|(?i:row|unknown|(?:co-?)?(?:interviewer|interviewee|moderator|facilitator|participant|respondent|speaker|researcher"
    r"|patient|client|student|teacher|nurse|focus group|group|everyone|all))s?(?:[ _-]?(?:\d{1,6}|[A-Z]))?)"
    r"(?: ?\([^)]*\))?"
)


def known_names(text: str) -> tuple[KnownName, ...]:
    """The names in some lines, a heading and blank lines left aside; one cell alone is a whole name.

    >>> [name.full for name in known_names("first,last\\nMaria,Lopez,Mari\\nJo van Dyke\\nplace: San Jose")]
    ['Maria Lopez', 'Jo van Dyke', 'San Jose']
    """
    found = []
    for number, row in enumerate(_rows(text.removeprefix("\ufeff").splitlines())):
        cells = [" ".join(cell.split()) for cell in row]
        is_heading = not number and cells and cells[0].casefold() in _HEADINGS
        if any(cells) and not is_heading:
            found.append(_name(cells))
    return tuple(found)


def _rows(lines: list[str]) -> Iterator[list[str]]:
    """The cells of each line; a line that is longer than any name stands as it is."""
    for line in lines:
        try:
            yield from csv.reader([line], skipinitialspace=True)
        except csv.Error:
            yield [line]


def lines_of(known: Iterable[KnownName]) -> str:
    """The names as lines that `known_names` reads."""
    lines = []
    for one in known:
        first = one.first if one.kind is Kind.PERSON else f"{one.kind}: {one.first}"
        cells = [first, one.last, *one.nicknames] if one.last or one.kind is Kind.PERSON else [first, *one.nicknames]
        lines.append(", ".join(cells).rstrip(", "))
    return "\n".join(lines)


def names_of_labels(labels: Iterable[str]) -> Iterator[KnownName]:
    """The speakers' labels that may be names; I, P1 and Interviewer are none."""
    for label in dict.fromkeys(labels):
        if not _ANONYMOUS.fullmatch(label.strip()):
            yield _name([label])


def _name(cells: list[str]) -> KnownName:
    before, colon, after = cells[0].partition(":")
    kind = _KINDS.get(before.strip().casefold()) if colon else None
    first, *rest = [after.strip(), *cells[1:]] if kind else cells
    nicknames = tuple(one.strip() for cell in rest[1:] for one in re.split("[;|]", cell) if one.strip())
    last = rest[0] if rest else ""
    if kind not in (None, Kind.PERSON):
        return KnownName(first, "", tuple(one for one in (last, *nicknames) if one), kind=kind or Kind.PERSON)
    if not rest and " " in first:
        first, last = _split(first)
    return KnownName(first, last, nicknames)


def _split(whole: str) -> tuple[str, str]:
    """A whole name as first and last name; small words before the last name belong to it: van Dyke."""
    words = whole.split()
    at = len(words) - 1
    while at > 1 and words[at - 1].islower():
        at -= 1
    return " ".join(words[:at]), " ".join(words[at:])
