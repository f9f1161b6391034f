"""Codings as a plain table: transcript, start, end, code, coder, memo; offsets are code points, half-open.

A row without a code says "read, nothing applies". A memo stands beside a row of its place.
"""

import csv
import io
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from qualbench.errors import Problem, QualbenchError

COLUMNS = ("transcript", "start", "end", "code", "coder", "memo")


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the table."""

    transcript: str
    start: int
    end: int
    code: str
    coder: str
    memo: str = ""
    number: int = 0
    """1-based line of the file; 0 for lines that are written."""


def read(name: str, text: str) -> tuple[list[Line], list[Problem]]:
    """The rows of a table and what is wrong with it, by line."""
    rows = csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""))
    lines: list[Line] = []
    problems: list[Problem] = []
    try:
        header = [cell.strip().casefold() for cell in next(rows, [])]
        missing = [column for column in COLUMNS[:5] if column not in header]
        if missing:
            return [], [Problem(name, 1, f"the columns {', '.join(missing)} are missing")]
        for cells in rows:
            if any(cell.strip() for cell in cells):
                line = _line(dict(zip(header, cells, strict=False)), rows.line_num)
                if isinstance(line, str):
                    problems.append(Problem(name, rows.line_num, line))
                else:
                    lines.append(line)
    except csv.Error as error:
        problems.append(Problem(name, rows.line_num, str(error)))
    return lines, problems


def _line(cells: dict[str, str], number: int) -> Line | str:
    try:
        start, end = int(cells.get("start", "")), int(cells.get("end", ""))
    except ValueError:
        return "start and end must be whole numbers"
    if not 0 <= start < end:
        return f"{start} to {end} is not a span"
    coder = plain(cells.get("coder", "").strip())
    if not coder:
        return "the coder is missing"
    code, memo = plain(cells.get("code", "").strip()), plain(cells.get("memo", ""))
    return Line(plain(cells.get("transcript", "").strip()), start, end, code, coder, memo, number)


@dataclass(slots=True)
class Asked:
    """What a table says about one coder's pass on one transcript."""

    codes: list[tuple[str, int, int]] = field(default_factory=list)
    nothings: list[tuple[int, int]] = field(default_factory=list)
    memos: list[tuple[int, int, str]] = field(default_factory=list)


def group(
    name: str, lines: Iterable[Line], known: Mapping[str, tuple[str, int]], code_id: Callable[[str], str]
) -> tuple[dict[tuple[str, str], Asked], list[Problem]]:
    """The rows by transcript id and coder, and what is wrong with them.

    `known` has the id and the length of each transcript under every name it goes by; `code_id` finds a code by
    id or label and raises a QualbenchError for one that is not there.
    """
    found: dict[tuple[str, str], Asked] = {}
    problems: list[Problem] = []
    for line in lines:
        if line.transcript not in known:
            problems.append(Problem(name, line.number, f"there is no transcript called '{line.transcript}'"))
            continue
        id_, length = known[line.transcript]
        if line.end > length:
            why = f"{line.start} to {line.end} is not in '{line.transcript}', which has {length} characters"
            problems.append(Problem(name, line.number, why))
            continue
        asked = found.setdefault((id_, line.coder), Asked())
        if line.memo.strip():
            asked.memos.append((line.start, line.end, line.memo))
        try:
            if line.code:
                asked.codes.append((code_id(line.code), line.start, line.end))
            else:
                asked.nothings.append((line.start, line.end))
        except QualbenchError as error:
            problems.append(Problem(name, line.number, error.message))
    return found, problems


def write(lines: Iterable[Line]) -> str:
    """The table as text."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    careful = csv.writer(out, lineterminator="\n", quoting=csv.QUOTE_NONNUMERIC)
    writer.writerow(COLUMNS)
    for line in lines:
        texts = [defused(cell) for cell in (line.transcript, line.code, line.coder, line.memo)]
        bare_return = any("\r" in cell for cell in texts)  # which the standard library does not quote before 3.13
        (careful if bare_return else writer).writerow((texts[0], line.start, line.end, *texts[1:]))
    return out.getvalue()


_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def defused(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula: an apostrophe is put before it, which `plain` takes off."""
    return f"'{cell}" if cell.startswith((*_FORMULA, "'")) else cell


def plain(cell: str) -> str:
    """A cell as it was before `defused`.

    >>> plain(defused("=1+1")), plain("it's")
    ('=1+1', "it's")
    """
    return cell[1:] if cell.startswith("'") and cell[1:].startswith((*_FORMULA, "'")) else cell
