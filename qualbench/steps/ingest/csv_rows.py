"""Rows of a CSV file: the separator found, cells over several lines kept, faults said with their line."""

import csv
import re
from collections.abc import Iterator

from qualbench.errors import Problem, UnreadableFile

SEPARATORS = ",;\t"
ROWS = 500_000
"""Rows that are still read."""
COLUMNS = 5_000
_SAMPLE = 20_000
_FEW = 30
_LONGEST = csv.field_size_limit()
_TOLD = re.compile(r"sep=([,;\t])[ ]{0,9}(?:\n|\Z)", re.IGNORECASE)
_NO_SEPARATOR = "\x1f"
"""Stands in where the header is one cell, so that a comma in an answer does not cut it."""
_NAMES = {",": "comma", ";": "semicolon", "\t": "TAB"}


def csv_rows(source: str, text: str) -> tuple[list[list[str]], list[Problem]]:
    """Every row, blank ones as no cells, and what is doubtful; raises UnreadableFile."""
    told, text = _told_separator(text)
    separator = told or _separator(text)
    rows: list[list[str]] = [[]] if told else []
    problems = _stray_quotes(source, text, separator)
    for row in _parsed(source, text, separator):
        rows.append(row if any(cell.strip() for cell in row) else [])
        if len(rows) > ROWS or len(row) > COLUMNS:
            raise UnreadableFile(source, f"it has more than {ROWS:,} rows or {COLUMNS:,} columns; refused.")
    if separator in ";\t":
        problems.insert(0, Problem(source, 1, f"columns are apart by {_NAMES[separator]}s"))
    return rows, problems


def _told_separator(text: str) -> tuple[str, str]:
    """The separator that Excel's own first line names (`sep=;`), if there is one, and the text below it."""
    told = _TOLD.match(text)
    return (told[1], text[told.end() :]) if told else ("", text)


def _separator(text: str) -> str:
    """The separator of the header: the one by which most of the first rows have as many cells as the header."""

    def fit(separator: str) -> tuple[float, int]:
        rows = [row for row in _head(text, separator) if row]
        if not rows or len(rows[0]) < 2:
            return 0.0, 0
        body = rows[1:] or rows
        return sum(1 for row in body if len(row) == len(rows[0])) / len(body), len(rows[0])

    best = max(SEPARATORS, key=fit)
    return best if fit(best)[1] else _NO_SEPARATOR


def _head(text: str, separator: str) -> list[list[str]]:
    """The first rows, read from the beginning of the text only; the last one may be cut short and is left out."""
    sample = text[:_SAMPLE]
    rows = []
    try:
        for row in csv.reader(_lines(sample), delimiter=separator):
            rows.append(row)
            if len(rows) > _FEW:
                break
    except csv.Error:
        pass
    return rows[:-1] if len(rows) > 1 and len(text) > _SAMPLE else rows


def _parsed(source: str, text: str, separator: str) -> Iterator[list[str]]:
    reader = csv.reader(_lines(text), delimiter=separator)
    while True:
        begin = reader.line_num + 1
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error:
            raise UnreadableFile(source, _too_long(begin), "Close the quotation mark and try again.") from None
        yield row


def _too_long(line: int) -> str:
    return f"line {line} begins a cell of over {_LONGEST:,} characters; perhaps its quotation mark is never closed."


def _stray_quotes(source: str, text: str, separator: str) -> list[Problem]:
    """What a strict reader says: a quotation mark inside a cell is reported, one that is never closed is refused."""
    problems: list[Problem] = []
    if '"' not in text:
        return problems
    reader = csv.reader(_lines(text), delimiter=separator, strict=True)
    while True:
        begin = reader.line_num + 1
        try:
            next(reader)
        except StopIteration:
            return problems
        except csv.Error as error:
            if "unexpected end" in str(error):
                why = f"the quotation mark in the row at line {begin} is never closed."
                raise UnreadableFile(source, why, "Close it and try again.") from None
            problems.append(Problem(source, begin, "a quotation mark stands inside a cell, not doubled; see that row"))


def _lines(text: str) -> Iterator[str]:
    """The lines with their line feeds, cut at nothing else."""
    start = 0
    while start < len(text):
        end = text.find("\n", start) + 1 or len(text)
        yield text[start:end]
        start = end
