"""The themes as a tidy table: one row for each theme and quote, safe to open in a spreadsheet.

A file for programs: its header, its numbers and its decimals never follow the language of a report.
"""

import csv
import io

from qualbench.steps.report.content import QuoteLine, Report, ThemeSection
from qualbench.steps.report.look import Look
from qualbench.steps.report.reach import Counting
from qualbench.text import defused

HEADER = (
    "theme", "idea", "participants", "segments", "quote", "participant", "transcript", "start", "end",
    "parent", "use", "line",
)  # fmt: skip


def render(report: Report, _: Look | None = None) -> bytes:
    """UTF-8 with a header row; counts stay empty where the method does not count."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(HEADER)
    for section in report.themes:
        for quote in section.quotes or (None,):
            writer.writerow(_row(section, quote, counted=report.counting is not Counting.NONE))
    return out.getvalue().encode()


def _row(section: ThemeSection, quote: QuoteLine | None, *, counted: bool) -> list[str | int]:
    counts: list[str | int] = [section.participants, section.segments] if counted else ["", ""]
    where: list[str | int] = ["", "", "", "", ""]
    if quote:
        words = (quote.text, quote.participant, quote.transcript)
        where = [*map(defused, words), quote.start, quote.end]
    more: list[str | int] = [str(quote.use), quote.line] if quote else ["", ""]
    parent = defused(section.over[-1]) if section.over else ""
    return [defused(section.theme.name), defused(section.theme.idea), *counts, *where, parent, *more]
