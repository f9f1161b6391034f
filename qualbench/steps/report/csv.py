"""The themes as a tidy table: one row for each theme and quote, safe to open in a spreadsheet."""

import csv
import io

from qualbench.steps.report.content import QuoteLine, Report, ThemeSection
from qualbench.text import defused

HEADER = ("theme", "idea", "participants", "segments", "quote", "participant", "transcript", "start", "end")


def render(report: Report) -> bytes:
    """UTF-8 with a header row; counts stay empty where the method does not count."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(HEADER)
    for section in report.themes:
        for quote in section.quotes or (None,):
            writer.writerow(_row(section, quote, counted=not report.reflexive))
    return out.getvalue().encode()


def _row(section: ThemeSection, quote: QuoteLine | None, *, counted: bool) -> list[str | int]:
    counts: list[str | int] = [section.participants, section.segments] if counted else ["", ""]
    where: list[str | int] = ["", "", "", "", ""]
    if quote:
        words = (quote.text, quote.participant, quote.transcript)
        where = [*map(defused, words), quote.start, quote.end]
    return [defused(section.theme.name), defused(section.theme.idea), *counts, *where]
