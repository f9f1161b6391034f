"""Web pages (.html) as noScribe and others write them: the words that a browser would show, no network asked."""

import re
from collections.abc import Sequence
from dataclasses import replace

from qualbench.errors import Problem, UnreadableFile
from qualbench.model import Turn
from qualbench.steps.ingest.decoding import decode
from qualbench.steps.ingest.json_file import refuse_half_characters
from qualbench.steps.ingest.page import Stamp, parsed
from qualbench.steps.ingest.reading import File, Reading, line_starts
from qualbench.steps.ingest.written import reading_of, tallied

_DECLARED = re.compile(rb"""<meta[^<>]{0,200}?charset\s*=\s*["']?([A-Za-z0-9_\-]{2,30})""", re.IGNORECASE)
_MEDIA = re.compile(r"\W*Audio source:")
_TOP = 12
_KINDS = {
    "speaker tables": (
        "table",
        "tables",
        "with speakers and words, written as 'Speaker: words' lines without heading row",
    ),
    "tables": ("table", "tables", "kept in place, cells apart by tabs"),
    "pictures": ("picture", "pictures", "left out"),
}


def read_html(file: File) -> Reading:
    """An .html as a transcript: blocks are lines; times that noScribe keeps in its anchors are the turns' times."""
    text, encoding = _decoded(file)
    return read_page(file, "html", text, encoding)


def read_page(file: File, reader: str, text: str, encoding: str) -> Reading:
    """The transcript on a page that is decoded."""
    page = parsed(file.source, text)
    lines = page.sheet.lines
    warnings = [
        *tallied(file.source, page.tally, _KINDS),
        *(Problem(file.source, number, "names a media file; kept in the text")
          for number, line in enumerate(lines[:_TOP], 1) if _MEDIA.match(line)),
    ]  # fmt: skip
    if page.aside:
        warnings.append(Problem(file.source, 0, f"'{page.aside[0]}' is never closed; what comes after it is left out"))
    reading = reading_of(file, reader, page.sheet, warnings, encoding)
    refuse_half_characters(file.source, reading.text)
    return replace(reading, turns=_timed(reading.turns, page.stamps, line_starts(lines)))


def _decoded(file: File) -> tuple[str, str]:
    """The page's text: as UTF-8, and where it is not, in the encoding that the page itself declares."""
    try:
        return decode(file)
    except UnreadableFile:
        declared = _DECLARED.search(file.data[:4000])
        if declared is None or file.answers.encoding is not None:
            raise
        encoding = declared[1].decode("ascii").lower()
        return decode(replace(file, answers=replace(file.answers, encoding=encoding)))


def _timed(turns: tuple[Turn, ...], stamps: Sequence[Stamp], starts: Sequence[int]) -> tuple[Turn, ...]:
    """The turns with the exact time that stands before their words, where one does."""
    places = [(starts[stamp.line] + stamp.offset, stamp.seconds) for stamp in stamps if stamp.line < len(starts)]
    timed, next_ = [], 0
    for turn in turns:
        while next_ < len(places) and places[next_][0] < turn.start:
            next_ += 1
        near = next_ < len(places) and places[next_][0] <= turn.body
        timed.append(replace(turn, seconds=places[next_][1]) if near else turn)
    return tuple(timed)
