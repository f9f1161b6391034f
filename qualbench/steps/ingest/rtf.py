"""Rich text (.rtf) as f4, word processors and TextEdit write it: its characters by a library, the rest by us."""

import re
from collections.abc import Iterator
from dataclasses import replace

from qualbench.errors import Problem, UnreadableFile
from qualbench.steps.ingest.end_stamps import begun_after_stamps
from qualbench.steps.ingest.json_file import refuse_half_characters
from qualbench.steps.ingest.reading import File, Reading
from qualbench.steps.ingest.rtf_source import BOLD, CELL, END, LIGHT, ROW, Small, small
from qualbench.steps.ingest.word_tables import table_lines
from qualbench.steps.ingest.written import Sheet, bold_start, reading_of, tallied
from qualbench.text import counted

LARGEST = 100_000_000
"""Bytes of a file; pictures in it are written as text."""
_WEIGHT = re.compile(f"([{BOLD}{LIGHT}])")
_SIGNS = dict.fromkeys(map(ord, BOLD + LIGHT + ROW + CELL + END))
_DAMAGED = ("it is damaged.", "Open it in a word processor and save it as .docx.")
_KINDS = {
    "speaker tables": (
        "table",
        "tables",
        "with speakers and words, written as 'Speaker: words' lines without heading row",
    ),
    "tables": ("table", "tables", "kept in place, cells apart by tabs"),
    "boxes": ("text box", "text boxes", "left out; what is in them must be copied into the text"),
    "insertions": ("tracked insertion", "tracked insertions", "kept, as if accepted"),
    "deletions": ("tracked deletion", "tracked deletions", "left out, as if accepted"),
    "hidden": ("stretch of hidden text", "stretches of hidden text", "left out"),
    "numbers": ("numbered paragraph", "numbered paragraphs", "the numbers are not part of the text"),
    "footnotes": ("footnote or endnote", "footnotes and endnotes", "left out"),
    "comments": ("comment", "comments", "left out"),
    "headers": ("header or footer", "headers and footers", "left out"),
    "pictures": ("picture", "pictures", "left out"),
    "objects": ("embedded object", "embedded objects", "left out"),
}


def read_rtf(file: File) -> Reading:
    """An .rtf as a transcript: paragraphs joined by line feeds; a time that closes a turn begins the next one."""
    data = file.data.removeprefix(b"\xef\xbb\xbf").lstrip()
    if not data.startswith(b"{\\rtf"):
        raise UnreadableFile(file.source, "it is not rich text, whatever its name says.", "Give it its right suffix.")
    if len(data) > LARGEST:
        raise UnreadableFile(file.source, f"it has {len(data):,} bytes.", "Save it as .docx, without its pictures.")
    left = small(file.source, data)
    text = _decoded(file.source, left)
    sheet = Sheet()
    for paragraph, bold in _paragraphs(text, left):
        sheet.add(paragraph, bold)
    warnings = [*tallied(file.source, left.tally, _KINDS), *_doubts(file.source, left, text)]
    reading = reading_of(file, "rtf", sheet, warnings)
    return replace(reading, turns=begun_after_stamps(reading.text, reading.turns))


def _decoded(source: str, left: Small) -> str:
    """The text with its signs; the halves of characters beyond the first plane are joined."""
    from striprtf.striprtf import rtf_to_text

    try:
        text = str(rtf_to_text(left.rtf, encoding=left.encoding, errors="replace"))  # type: ignore[no-untyped-call]  # the library has no types
    except (ValueError, TypeError, LookupError, OverflowError):
        raise UnreadableFile(source, *_DAMAGED) from None
    text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "surrogatepass")
    refuse_half_characters(source, text)
    return text.replace("\r\n", "\n").replace("\r", "\n").removesuffix("\n")


def _doubts(source: str, left: Small, text: str) -> Iterator[Problem]:
    lost = text.count("\ufffd")
    if lost:
        line = text.count("\n", 0, text.index("\ufffd")) + 1
        yield Problem(source, line, f"{counted(lost, 'character')} not in {left.encoding}; each is shown as \ufffd")
    if left.unknown_page:
        yield Problem(source, 0, f"code page {left.unknown_page} is not known; read as cp1252, check accents")
    if left.cut_off:
        yield Problem(source, 0, "the file ends in the middle of a group; it may have been cut off")
    if left.after:
        yield Problem(source, 0, f"{counted(left.after, 'character')} after the document's end: left out")


# --- lines and tables ------------------------------------------------------------------------------------------


def _paragraphs(text: str, left: Small) -> Iterator[tuple[str, int]]:
    """Each paragraph with how many characters at its beginning are bold; rows on end are one table."""
    rows: list[list[str]] = []
    bold = False
    for part, is_row in _parts(text):
        if is_row:
            *cells, rest = part.split(CELL)
            cells += [rest] if rest.translate(_SIGNS).strip() else []
            rows.append([cell.translate(_SIGNS).strip("\n") for cell in cells])
        elif part.translate(_SIGNS).strip("\n") or not rows:
            yield from _table(rows, left)
            rows = []
            for line in part.removesuffix("\n").split("\n"):
                yield _weighed(line, bold)
                bold = _after(line, bold)
            continue
        bold = _after(part, bold)
    yield from _table(rows, left)


def _parts(text: str) -> Iterator[tuple[str, bool]]:
    """The text cut into what stands outside table rows and what stands in one."""
    while ROW in text:
        before, _, rest = text.partition(ROW)
        row, closed, after = rest.partition(END)
        if before:
            yield before, False
        yield row, bool(closed)
        text = after
    if text:
        yield text, False


def _table(rows: list[list[str]], left: Small) -> Iterator[tuple[str, int]]:
    if not rows:
        return
    lines, spoken = table_lines([row for row in rows if row])
    left.tally["speaker tables" if spoken else "tables"] += 1
    for line in lines:
        yield line, 0


def _weighed(line: str, bold: bool) -> tuple[str, int]:
    """The line without signs, and how many characters at its beginning are bold."""
    runs: list[tuple[str, bool]] = []
    for piece in _WEIGHT.split(line):
        if piece in (BOLD, LIGHT):
            bold = piece == BOLD
        else:
            runs.append((piece.translate(_SIGNS), bold))
    return "".join(words for words, _ in runs), bold_start(runs)


def _after(text: str, bold: bool) -> bool:
    """Whether what follows the text is bold."""
    on, off = text.rfind(BOLD), text.rfind(LIGHT)
    return bold if on == off else on > off
