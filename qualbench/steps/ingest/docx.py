"""Word documents (.docx): the final text of the body, read by hand because the usual libraries lose parts of it.

Word files come from strangers: any DOCTYPE is refused, entities are off, and the zip is read by name and bounded.
"""

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from qualbench.errors import Problem, UnreadableFile
from qualbench.steps.ingest.answers import Answers
from qualbench.steps.ingest.archive import member
from qualbench.steps.ingest.decoding import control_warnings
from qualbench.steps.ingest.dialogue import Dialogue, find
from qualbench.steps.ingest.labels import STAMPED, Mark
from qualbench.steps.ingest.plain import as_reading
from qualbench.steps.ingest.reading import File, Reading
from qualbench.steps.ingest.wordml import paragraphs
from qualbench.text import canonical

if TYPE_CHECKING:
    from lxml.etree import _Element

_BODY = re.compile(r"word/document\d{0,2}\.xml")
_KINDS = {
    "speaker tables": (
        "table",
        "tables",
        "with speakers and words, written as 'Speaker: words' lines without heading row",
    ),
    "tables": ("table", "tables", "kept in place, cells apart by tabs"),
    "boxes": ("text box", "text boxes", "kept after the paragraph they belong to"),
    "insertions": ("tracked insertion", "tracked insertions", "kept, as if accepted"),
    "deletions": ("tracked deletion", "tracked deletions", "left out, as if accepted"),
    "moves": ("mark of moved text", "marks of moved text", "the text is kept where it was moved to"),
    "hidden": ("stretch of hidden text", "stretches of hidden text", "left out"),
    "numbers": ("numbered paragraph", "numbered paragraphs", "Word's own numbers are not part of the text"),
    "footnotes": ("footnote or endnote", "footnotes and endnotes", "left out"),
    "comments": ("comment", "comments", "left out"),
    "headers": ("header or footer", "headers and footers", "left out"),
    "symbols": ("sign of a symbol font", "signs of a symbol font", "left out"),
    "pictures": ("picture", "pictures", "left out"),
    "objects": ("embedded object", "embedded objects", "left out"),
}


def read_docx(file: File) -> Reading:
    """A .docx as a transcript: paragraphs joined by line feeds, tables in place."""
    content = member(file.source, file.data, _BODY)
    if content is None:
        raise UnreadableFile(file.source, "it holds no Word text.", "Open it in Word and save it as .docx.")
    tally: Counter[str] = Counter()
    lines, bold = _lines(_body(file.source, content), tally)
    warnings = [*_warnings(file.source, tally), *control_warnings(file.source, "\n".join(lines))]
    dialogue = find(lines, bold)
    if dialogue is not None and dialogue.family in STAMPED:
        lines, bold, dialogue, dropped = _without_repeats(lines, bold, dialogue)
        warnings += _repeat_warning(file.source, dropped)
    dialogue = _asked_for(lines, bold, dialogue, file.answers)
    return as_reading("docx", file, lines, dialogue, warnings)


def _body(source: str, content: bytes) -> "_Element":
    """The parsed document; a DOCTYPE is refused before and after parsing, as it may hide in another encoding."""
    from lxml import etree

    if b"<!DOCTYPE" in content:
        raise UnreadableFile(source, "it declares a DOCTYPE, which no Word document does; refused.")
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError):
        raise UnreadableFile(source, "its text is damaged.", "Open it in Word, save it anew and try again.") from None
    if root.getroottree().docinfo.internalDTD is not None:
        raise UnreadableFile(source, "it declares a DOCTYPE, which no Word document does; refused.")
    return root


def _lines(root: "_Element", tally: Counter[str]) -> tuple[list[str], Mapping[int, int]]:
    """The text's lines and, by line, how many characters at its beginning are bold."""
    tally["headers"] += sum(1 for _ in root.iter("{*}headerReference", "{*}footerReference"))
    lines: list[str] = []
    bold: dict[int, int] = {}
    for paragraph in paragraphs(root, tally):
        first, *rest = canonical(paragraph.text).split("\n")
        if paragraph.bold:
            bold[len(lines)] = min(paragraph.bold, len(first))
        lines += [first, *rest]
    return lines, bold


def _without_repeats(
    lines: list[str], bold: Mapping[int, int], dialogue: Dialogue
) -> tuple[list[str], Mapping[int, int], Dialogue, int]:
    """The text without the lines that name the same speaker once more, as Otter and Word's Transcribe write them."""
    kept: list[Mark] = []
    dropped: set[int] = set()
    for mark in dialogue.marks:
        if kept and dialogue.speaker_of(kept[-1]) == dialogue.speaker_of(mark):
            dropped.add(mark.line)
        else:
            kept.append(replace(mark, line=mark.line - len(dropped)))
    rest = [index for index in range(len(lines)) if index not in dropped]
    weights = {place: bold[index] for place, index in enumerate(rest) if index in bold}
    return [lines[index] for index in rest], weights, replace(dialogue, marks=tuple(kept)), len(dropped)


def _asked_for(lines: list[str], bold: Mapping[int, int], found: Dialogue | None, answers: Answers) -> Dialogue | None:
    """The dialogue that a person's answers make of the same lines; the one that was found where nothing is answered."""
    if answers.one_speaker:
        return None
    if not answers.finds:
        return found
    asked = answers if answers.pattern or answers.family or found is None else replace(answers, family=found.family)
    return find(lines, bold, asked)


def _repeat_warning(source: str, dropped: int) -> list[Problem]:
    if not dropped:
        return []
    return [Problem(source, 0, f"{dropped} lines that name the same speaker once more: left out, their words joined")]


def _warnings(source: str, tally: Mapping[str, int]) -> list[Problem]:
    return [
        Problem(source, 0, f"{tally[kind]} {many if tally[kind] > 1 else one}: {what}")
        for kind, (one, many, what) in _KINDS.items()
        if tally.get(kind)
    ]
