"""One row a case with a column for each code, as programs for statistics want it; written as CSV, SPSS and Stata.

Names of variables are made from the ids of codes (c_TRUST is 1 or 0, n_TRUST counts segments); what people call the
code is the variable's label.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from qualbench.errors import QualbenchError
from qualbench.steps.pack.blocks import Cell
from qualbench.steps.pack.gathered import Gathered
from qualbench.text import one_line, printable

SPSS_NAME, STATA_NAME, STATA_LABEL, SPSS_LABEL = 64, 32, 80, 255
"""Bytes that a name and a label hold at most."""
STATA_COLUMNS = 32_767
MISSING = "Files for SPSS and Stata need pyreadstat and pandas, which are not installed."
INSTALL = "Install them: pip install 'qualbench-workbench[stats]'"
SPSS_TEXT, STATA_TEXT = 32_767, 2_045
"""Bytes of a text at most."""


@dataclass(frozen=True, slots=True)
class Variable:
    """A column: its name as the program takes it, what it is, and its values in the order of the cases."""

    name: str
    label: str
    values: Sequence[Cell] = field(repr=False)
    is_text: bool = False
    is_yes_no: bool = False


def variables(of: Gathered, *, longest: int) -> tuple[Variable, ...]:
    """The case, its attributes, and for each code whether and how often the case has it; names of `longest` bytes."""
    heard = {case: at for at, case in enumerate(of.crossed.cases)}
    rows = [one for one in of.cases if one.id in heard]
    taken: set[str] = set()
    found = [Variable(_name("case", taken, longest), "Case", [one.label for one in rows], is_text=True)]
    for known in of.attributes:
        said = [one.attributes.get(known.name, "") for one in rows]
        values: list[Cell] = [float(one) if one else None for one in said] if known.is_number else list(said)
        name = _name(known.name, taken, longest)
        found.append(Variable(name, one_line(known.name), values, is_text=not known.is_number))
    for code, line in zip(of.crossed.codes, of.crossed.cells, strict=True):
        counts = [line[heard[one.id]] for one in rows]
        label = one_line(of.path(code))
        has = [int(one > 0) for one in counts]
        found.append(Variable(_name(f"c_{code}", taken, longest), label, has, is_yes_no=True))
        if not of.no_counts:
            found.append(Variable(_name(f"n_{code}", taken, longest), f"{label} (segments)", counts))
    return tuple(found)


def fitted(text: str, most: int) -> str:
    """The text, or as much of it as so many bytes of UTF-8 hold, with a sign that it is cut."""
    body = printable(text).encode()
    if len(body) <= most:
        return body.decode()
    return body[: most - 3].decode(errors="ignore") + "…"


def dated_spss(body: bytes, date: str) -> bytes:
    """The file dated as the study is, not by the clock: day and time stand at fixed places of its header."""
    moment = datetime.fromisoformat((date or "1970-01-01")[:10])
    at, there = 92, rb"[ \d]\d \w{3} \d\d\d\d:\d\d:\d\d"
    if body[:4] not in (b"$FL2", b"$FL3") or not re.match(there, body[at:]):
        raise QualbenchError("The file for SPSS was not written as expected.", "Update pyreadstat.")
    said = f"{moment.day:02} {_MONTHS[moment.month - 1]} {moment.year % 100:02}00:00:00".encode()
    return body[:at] + said + body[at + len(said) :]


def dated_stata(body: bytes, date: str) -> bytes:
    """The same for Stata, whose header marks the place."""
    moment = datetime.fromisoformat((date or "1970-01-01")[:10])
    said = f"{moment.day:02} {_MONTHS[moment.month - 1]} {moment.year} 00:00".encode()
    mark = b"<timestamp>"
    at = body.find(mark, 0, 2_000) + len(mark)
    if at < len(mark) or body[at] != len(said):
        raise QualbenchError("The file for Stata was not written as expected.", "Update pyreadstat.")
    return body[: at + 1] + said + body[at + 1 + len(said) :]


_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_KEPT = frozenset(
    "all and by byte double eq float ge gt if in int le long lt ne not or str strl to using with".split()  # noqa: SIM905 - read as words
)
"""Words that SPSS or Stata keep for themselves."""


def _name(wanted: str, taken: set[str], longest: int) -> str:
    """A name that both programs take and no other variable has: letters, digits and _, beginning with a letter."""
    plain = re.sub(r"[^A-Za-z0-9_]+", "_", wanted).strip("_") or "v"
    plain = plain if plain[0].isalpha() and plain.casefold() not in _KEPT else f"v_{plain}"
    plain = f"v_{plain}" if re.fullmatch(r"(?i)str\d+", plain) else plain
    name, number = plain[:longest], 1
    while name.casefold() in taken:
        number += 1
        end = f"_{number}"
        name = plain[: longest - len(end)] + end
    taken.add(name.casefold())
    return name
