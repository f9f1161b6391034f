"""The texts of a file with all that stands on them, and its notes: the words of each in a file beside the XML."""

from bisect import bisect_left
from collections.abc import Callable, Iterator

from qualbench.steps.interchange.refi.bundle import Coding, Note, On, Source
from qualbench.steps.interchange.refi.guids import derived
from qualbench.steps.interchange.refi.losses import Target
from qualbench.steps.interchange.refi.making import Making
from qualbench.steps.interchange.refi.names import unique
from qualbench.steps.interchange.refi.quotes import quoted
from qualbench.steps.interchange.refi.times import stamp


def memo_guid(coding: str) -> str:
    """The GUID of the note that carries the memo of a coding, from the GUID of the coding."""
    return derived("memo", coding)


def sources(making: Making) -> Iterator[str]:
    """Every text, with a selection for each coding and for each place that has a note."""
    for source in making.bundle.sources:
        yield _source(making, source)


def _source(making: Making, source: Source) -> str:
    guid = making.guids.of("source", source.id)
    attributes = {"guid": guid, "name": source.name, "plainTextPath": making.file(guid, source.text)}
    count = _counter(making.target, source.text)
    inside = (
        making.description(source.description, On.SOURCE, source.id),
        *[_selection(making, mark, source.text, count) for mark in making.marks_on(source.id)],
        *making.note_refs(On.SOURCE, source.id),
        *(_values(making, source) if making.target is Target.MAXQDA else ()),
    )
    return making.element("TextSource", {**attributes, **making.by(source.author, stamp(source.at))}, inside)


def _selection(making: Making, mark: Coding | Note, text: str, count: Callable[[int], int]) -> str:
    """A selection of its own for each coding: two coders' codings in one selection would all go to its user."""
    guid = making.guid(mark)
    by = making.by(mark.user if isinstance(mark, Coding) else mark.author, stamp(mark.at))
    attributes = {
        "guid": derived("selection", guid),
        "name": quoted(text[mark.start : mark.end]),
        "startPosition": str(count(mark.start)),
        "endPosition": str(count(mark.end)),
        **by,
    }
    if isinstance(mark, Coding):
        inside = (making.words("Description", mark.memo), _coding(making, mark, guid, by))
    else:
        inside = (making.words("Description", mark.text), making.ref("NoteRef", "note", mark.id))
    return making.element("PlainTextSelection", attributes, inside)


def _coding(making: Making, coding: Coding, guid: str, by: dict[str, str]) -> str:
    code = making.ref("CodeRef", "code", coding.code)
    memo = f'<NoteRef targetGUID="{memo_guid(guid)}"/>' if coding.memo else ""
    return making.element("Coding", {"guid": guid, **by}, (code, memo, *making.note_refs(On.CODING, coding.id)))


def _counter(target: Target, text: str) -> Callable[[int], int]:
    """How the target counts positions: code points, where a line end of two characters counts two."""
    if target is not Target.MAXQDA:
        return int
    ends = [at for at, character in enumerate(text) if character == "\n"]
    return lambda position: position + bisect_left(ends, position)


def _values(making: Making, source: Source) -> list[str]:
    """The variables of a text's case on the text itself, where one program looks for them."""
    cases = [case for case in making.bundle.cases if source.id in case.sources]
    return making.values(cases[0]) if len(cases) == 1 else []


def notes(making: Making) -> list[str]:
    """Every note with its words in a file, and every memo of a coding as a note; all titles differ."""
    found = [(making.guids.of("note", note.id), note) for note in making.bundle.notes]
    marks = (mark for source in making.bundle.sources for mark in making.marks_on(source.id))
    found += [_memo(making, mark) for mark in marks if isinstance(mark, Coding) and mark.memo]
    titles = unique([note.title for _, note in found])
    return [
        making.element(
            "Note",
            {
                "guid": guid,
                "name": title,
                "plainTextPath": making.file(guid, note.text),
                **making.by(note.author, note.at),
            },
        )
        for (guid, note), title in zip(found, titles, strict=True)
    ]


def _memo(making: Making, coding: Coding) -> tuple[str, Note]:
    guid = memo_guid(making.guids.of("coding", coding.id))
    title = f"Memo on a coding as {making.code_names[coding.code]}"
    at = stamp(coding.at) or making.bundle.created
    return guid, Note(guid, coding.memo, On.CODING, coding.id, author=coding.user, at=at, title=title)
