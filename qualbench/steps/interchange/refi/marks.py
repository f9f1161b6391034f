"""What stands on the texts of a project that is read: codings with their coders and memos, and notes on places."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from qualbench.steps.interchange.refi import quotes
from qualbench.steps.interchange.refi.bundle import Coding, Note, On
from qualbench.steps.interchange.refi.findings import Found
from qualbench.steps.interchange.refi.guids import derived, normal
from qualbench.steps.interchange.refi.making import PARAGRAPH
from qualbench.steps.interchange.refi.positions import Convention
from qualbench.steps.interchange.refi.reader import Reader, Spot
from qualbench.steps.interchange.refi.sources import Mark, Text
from qualbench.steps.interchange.refi.texts import memo_guid
from qualbench.steps.interchange.refi.xml import child, children, words
from qualbench.text import printable

if TYPE_CHECKING:
    from lxml.etree import _Element

NOBODY = derived("user", "nobody")
"""The id of the coder of what the file gives to nobody."""
Key = tuple[str, str, str, int, int]
"""Source, user, code and span: nobody codes the same twice."""


@dataclass(slots=True)
class Marking:
    """What stands on the texts, while and after it is read."""

    reader: Reader
    codable: Mapping[str, bool]
    """The ids of the codes, and whether each is for coding."""
    cases: frozenset[str]
    codings: dict[Key, Coding] = field(default_factory=dict)
    notes: list[Note] = field(default_factory=list)
    """What selections describe, where no coding takes it as its memo."""
    case_texts: dict[str, list[str]] = field(default_factory=dict)
    """The texts of each case, as far as codings say it."""
    selections: dict[str, str] = field(default_factory=dict)
    """The source of each selection."""
    quotes: list[bool] = field(default_factory=list)
    """For each coding that has a name, whether its words begin with it."""


def read_marks(marking: Marking, texts: Sequence[Text], way: Convention) -> None:
    """Everything on the texts, with positions read by one convention."""
    for text in texts:
        for holder in text.holders:
            marking.reader.note_refs(holder, Spot(On.SOURCE, text.id))
        for mark in text.marks:
            span = _span(marking.reader, text, mark, way)
            if span:
                _read_mark(marking, text, mark.element, *span)
        _read_whole(marking, text)
    agreeing = sum(marking.quotes)
    if 2 * agreeing > len(marking.quotes):  # otherwise the names of selections are not quotes
        marking.reader.tally.add(Found.QUOTES_DIFFER, len(marking.quotes) - agreeing)


def _span(reader: Reader, text: Text, mark: Mark, way: Convention) -> tuple[int, int] | None:
    """Where a selection is in the text; None, with its reason counted, when it is nowhere."""
    start, end = text.words.place(mark.start, way), text.words.place(mark.end, way)
    length = len(text.words.text)
    if start < 0 or end < start or start > length or (start == length and end > start):
        codings = sum(1 for _ in children(mark.element, "Coding"))
        reader.tally.add(Found.NO_SPAN if end < start else Found.OUTSIDE, max(1, codings))
        reader.lost.add(normal(mark.element.get("guid")))
        return None
    reader.tally.add(Found.CUT, end > length)
    return start, min(end, length)


def _read_mark(marking: Marking, text: Text, element: "_Element", start: int, end: int) -> None:
    """One selection: its codings, its notes, and its description as a memo."""
    guid = normal(element.get("guid"))
    spot = Spot(On.PLACE, text.id, start, end) if start < end else Spot(On.SOURCE, text.id)
    marking.reader.spots.setdefault(guid, spot)
    marking.selections[guid] = text.id
    notes = marking.reader.note_refs(element, spot)
    name = element.get("name") or ""
    if quotes.tells(name):
        marking.quotes.append(quotes.agrees(name, text.words.text[start:end]))
    elements = list(children(element, "Coding"))
    codings = []
    if start < end:
        made = (_coding(marking, text, one, element, start, end) for one in elements)
        codings = [one for one in made if one is not None]
    else:
        marking.reader.tally.add(Found.EMPTY_SPAN, len(elements))
    described = words(element, "Description")
    if described.strip():
        told = [*notes, *(note for one in elements for note in _refs(one))]
        if not repeats(described, [marking.reader.note_words.get(note, "") for note in told]):
            _describe(marking, element, spot, described, codings)


def repeats(description: str, told: Sequence[str]) -> bool:
    """Whether a description only says what the notes on the same thing say."""
    return description in {printable(one) for one in (*told, PARAGRAPH.join(told))}


def _describe(marking: Marking, element: "_Element", spot: Spot, described: str, codings: Sequence[Coding]) -> None:
    """A description becomes the memo of the one coding there is, and otherwise a note on the place."""
    if len(codings) == 1:
        _give_memo(marking, codings[0], described)
        return
    id_ = derived("description", normal(element.get("guid")))
    author = marking.reader.author(element)
    note = Note(id_, described, spot.on, spot.about, spot.start, spot.end, author, marking.reader.time(element))
    marking.notes.append(note)


def _refs(element: "_Element") -> Iterator[str]:
    return (normal(ref.get("targetGUID")) for ref in children(element, "NoteRef"))


def _coding(
    marking: Marking, text: Text, element: "_Element", selection: "_Element", start: int, end: int
) -> Coding | None:
    """One coding, with the memo that Qualbench wrote as a note of its own; None when it can not be carried."""
    reader = marking.reader
    code = _code(marking, text, element)
    if not code:
        return None
    id_ = reader.id_of("coding", element)
    own = memo_guid(id_) if reader.ours else ""
    time = reader.time(element if element.get("creationDateTime") else selection)
    user = _coder(reader, element, selection)
    coding = Coding(id_, text.id, user, code, start, end, time, reader.note_words.get(own, ""))
    kept = marking.codings.setdefault(_key(coding), coding)
    reader.tally.add(Found.TWICE, kept is not coding)
    reader.spots.setdefault(id_, Spot(On.CODING, kept.id))
    for note in _refs(element):
        if note != own:
            reader.put(note, Spot(On.CODING, kept.id))
    return kept


def _code(marking: Marking, text: Text, element: "_Element") -> str:
    """The code of a coding; empty when it names none, or a case, which then gets the text."""
    reference = child(element, "CodeRef")
    code = normal(reference.get("targetGUID")) if reference is not None else ""
    if code in marking.codable:
        marking.reader.tally.add(Found.CODABLE, not marking.codable[code])
        return code
    if code in marking.cases:
        marking.case_texts.setdefault(code, []).append(text.id)
    marking.reader.tally.add(Found.CASE_CODING if code in marking.cases else Found.NO_CODE)
    return ""


def _key(coding: Coding) -> Key:
    return coding.source, coding.user, coding.code, coding.start, coding.end


def _give_memo(marking: Marking, coding: Coding, memo: str) -> None:
    """A description becomes the memo of its coding; a second one a note on it."""
    coding = marking.codings[_key(coding)]
    if not coding.memo:
        marking.codings[_key(coding)] = replace(coding, memo=memo)
    elif memo not in (coding.memo, printable(coding.memo)):
        id_ = derived(f"memo {len(marking.notes)}", coding.id)
        marking.notes.append(Note(id_, memo, On.CODING, coding.id, author=coding.user, at=coding.at))


def _coder(reader: Reader, coding: "_Element", selection: "_Element") -> str:
    """Who coded: the coding's user, or else the selection's."""
    own = normal(coding.get("creatingUser"))
    other = normal(selection.get("creatingUser") or selection.get("modifyingUser"))
    reader.tally.add(Found.TWO_USERS, bool(own and other and own != other))
    found = next((one for one in (own, other) if one in reader.users), "")
    if not found:
        reader.tally.add(Found.LOST_USER if own or other else Found.NO_USER)
    return found or NOBODY


def _read_whole(marking: Marking, text: Text) -> None:
    """Codings of a text as a whole become spans over all of it."""
    for holder in text.holders:
        for element in children(holder, "Coding"):
            if not text.words.text:
                marking.reader.tally.add(Found.EMPTY_SPAN)
            elif _coding(marking, text, element, holder, 0, len(text.words.text)):
                marking.reader.tally.add(Found.WHOLE)
