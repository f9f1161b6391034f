"""A table of everything that interview text can be, and a way to read CSV back."""

from __future__ import annotations

import csv
import io

from qualbench.steps.pack.blocks import Column, Kind, Table

HOSTILE = {
    "formula": '=HYPERLINK("http://x","y")',
    "plus": "+49 30",
    "minus": "- I said no.",
    "at": "@SUM(A1)",
    "tab": "\t=1",
    "nul": "a\x00b\x1b[2J",
    "surrogate": "half \ud83d of one",
    "rtl": "\u202eright to left\u202c שלום",
    "emoji": "👩‍👩‍👧 😀",
    "quotes": 'He said "no", twice;\nthen left.',
    "markup": "<b>&amp;</b> [/x] {{ y }} #let $x$",
    "long": "long " * 8_000,
    "last": "an end",
}
"""Words by what is bad about them; the long one has 40,000 characters."""


def hostile_table(name: str = "words") -> Table:
    """The words above, each in a row with a number."""
    columns = (Column("id", "The row"), Column("n", "A number", Kind.WHOLE), Column("text", "What is said"))
    rows = [(key, at, words) for at, (key, words) in enumerate(HOSTILE.items())]
    return Table(name, "Words", columns, rows, ("id",), (), "text")


def read(body: bytes) -> list[dict[str, str]]:
    """A CSV file as any reader sees it."""
    return list(csv.DictReader(io.StringIO(body.decode("utf-8-sig"), newline="")))
