"""The texts of a file with all that stands on them, and its notes: the words of each in a file beside the XML."""

from bisect import bisect_left
from collections.abc import Callable
from typing import TYPE_CHECKING

from qualbench.steps.interchange.refi.bundle import Coding, Note, On, Source
from qualbench.steps.interchange.refi.guids import derived
from qualbench.steps.interchange.refi.losses import Target
from qualbench.steps.interchange.refi.making import Making
from qualbench.steps.interchange.refi.names import unique
from qualbench.steps.interchange.refi.quotes import quoted
from qualbench.steps.interchange.refi.times import stamp

if TYPE_CHECKING:
    from lxml.etree import _Element


def memo_guid(coding: str) -> str:
    """The GUID of the note that carries the memo of a coding, from the GUID of the coding."""
    return derived("memo", coding)


def add_sources(making: Making, root: "_Element") -> None:
    """Every text, with a selection for each coding and for each place that has a note."""
    if not making.bundle.sources:
        return
    codings: dict[str, list[Coding]] = {}
    for coding in making.bundle.codings:
        codings.setdefault(coding.source, []).append(coding)
    sources = making.add(root, "Sources")
    for source in making.bundle.sources:
        _add_source(making, sources, source, codings.get(source.id, []))


def _add_source(making: Making, sources: "_Element", source: Source, codings: list[Coding]) -> None:
    guid = making.guids.of("source", source.id)
    path = making.file(guid, source.text)
    by = making.by(source.author, stamp(source.at))
    element = making.add(sources, "TextSource", guid=guid, name=source.name, plainTextPath=path, **by)
    making.describe(element, source.description, On.SOURCE, source.id)
    count = _counter(making.target, source.text)
    marks: list[Coding | Note] = [*codings, *making.notes_on(On.PLACE, source.id)]
    for mark in sorted(marks, key=_order):
        by = making.by(mark.user if isinstance(mark, Coding) else mark.author, stamp(mark.at))
        spot = {
            "name": quoted(source.text[mark.start : mark.end]),
            "startPosition": str(count(mark.start)),
            "endPosition": str(count(mark.end)),
            **by,
        }
        _add_mark(making, element, mark, spot, by)
    making.refer(element, On.SOURCE, source.id)
    if making.target is Target.MAXQDA:
        _add_values(making, element, source)


def _order(mark: Coding | Note) -> tuple[int, int, bool, str]:
    return mark.start, mark.end, isinstance(mark, Note), mark.id


def _add_mark(
    making: Making, source: "_Element", mark: Coding | Note, spot: dict[str, str], by: dict[str, str]
) -> None:
    """A selection of its own for each coding: two coders' codings in one selection would all go to its user."""
    kind = "coding" if isinstance(mark, Coding) else "note"
    guid = making.guids.of(kind, mark.id)
    selection = making.add(source, "PlainTextSelection", guid=derived(f"selection of {kind}", guid), **spot)
    if isinstance(mark, Note):
        making.describe(selection, mark.text)
        making.add(selection, "NoteRef", targetGUID=guid)
        return
    making.describe(selection, mark.memo)
    coding = making.add(selection, "Coding", guid=guid, **by)
    making.add(coding, "CodeRef", targetGUID=making.guids.of("code", mark.code))
    if mark.memo:
        making.add(coding, "NoteRef", targetGUID=memo_guid(guid))
    making.refer(coding, On.CODING, mark.id)


def _counter(target: Target, text: str) -> Callable[[int], int]:
    """How the target counts positions: code points, where a line end of two characters counts two."""
    if target is not Target.MAXQDA:
        return int
    ends = [at for at, character in enumerate(text) if character == "\n"]
    return lambda position: position + bisect_left(ends, position)


def _add_values(making: Making, element: "_Element", source: Source) -> None:
    """The variables of a text's case on the text itself, where one program looks for them."""
    cases = [case for case in making.bundle.cases if source.id in case.sources]
    if len(cases) == 1:
        making.add_values(element, cases[0])


def add_notes(making: Making, root: "_Element") -> None:
    """Every note with its words in a file, and every memo of a coding as a note; all titles differ."""
    notes = [(making.guids.of("note", note.id), note) for note in making.bundle.notes]
    notes += [(guid, note) for coding in making.bundle.codings if coding.memo for guid, note in [_memo(making, coding)]]
    if not notes:
        return
    parent = making.add(root, "Notes")
    titles = unique([note.title for _, note in notes])
    for (guid, note), title in zip(notes, titles, strict=True):
        path = making.file(guid, note.text)
        making.add(parent, "Note", guid=guid, name=title, plainTextPath=path, **making.by(note.author, note.at))


def _memo(making: Making, coding: Coding) -> tuple[str, Note]:
    guid = memo_guid(making.guids.of("coding", coding.id))
    title = f"Memo on a coding as {making.code_names[coding.code]}"
    at = stamp(coding.at) or making.bundle.created
    return guid, Note(guid, coding.memo, On.CODING, coding.id, author=coding.user, at=at, title=title)
