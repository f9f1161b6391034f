"""The notes of a project that is read, and what each is on."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from qualbench.steps.interchange.refi.bundle import Coding, Note, On
from qualbench.steps.interchange.refi.findings import Found
from qualbench.steps.interchange.refi.guids import derived, normal
from qualbench.steps.interchange.refi.positions import Convention
from qualbench.steps.interchange.refi.reader import Reader, Spot
from qualbench.steps.interchange.refi.sources import Text
from qualbench.steps.interchange.refi.texts import memo_guid
from qualbench.steps.interchange.refi.xml import children, within, words
from qualbench.text import canonical

if TYPE_CHECKING:
    from lxml.etree import _Element


def read_note_words(reader: Reader) -> dict[str, str]:
    """The words of each note by its GUID: its file, or else its description."""
    found: dict[str, str] = {}
    for element in children(reader.section("Notes"), "Note"):
        raw = reader.raw_text(element)
        described = words(element, "Description")
        if not isinstance(raw, Found):
            found.setdefault(normal(element.get("guid")), canonical(raw))
        elif described.strip():
            found.setdefault(normal(element.get("guid")), described)
    return found


@dataclass(frozen=True, slots=True)
class Noting:
    """What notes need to find their place."""

    texts: Mapping[str, Text]
    """The texts by id."""
    way: Convention


def read_notes(reader: Reader, noting: Noting, codings: Sequence[Coding]) -> list[Note]:
    """Every note on each thing it is on; one that is on nothing is on the study."""
    _read_links(reader)
    reader.note_refs(reader.root, Spot(On.STUDY))
    memos = {memo_guid(coding.id) for coding in codings if coding.memo} if reader.ours else set()
    notes: list[Note] = []
    for element in children(reader.section("Notes"), "Note"):
        guid = normal(element.get("guid"))
        reader.tally.add(Found.NOTE_CODINGS, within(element, "Coding"))
        if guid in memos:
            continue
        if guid not in reader.note_words:
            reader.tally.add(Found.NO_NOTE)
            reader.lost.add(guid)
            continue
        notes += _notes(reader, element, noting)
    known = {normal(element.get("guid")) for element in children(reader.section("Notes"), "Note")}
    reader.tally.add(Found.LOST_REFERENCE, sum(len(spots) for note, spots in reader.noted.items() if note not in known))
    return notes


def _notes(reader: Reader, element: "_Element", noting: Noting) -> list[Note]:
    guid = normal(element.get("guid"))
    spots = reader.noted.get(guid)
    if spots == []:
        reader.tally.add(Found.NOTE_WITH_TEXT)
        reader.lost.add(guid)
        return []
    id_ = reader.id_of("note", element)
    note = Note(
        id_,
        reader.note_words[guid],
        author=reader.author(element),
        at=reader.time(element),
        title=(element.get("name") or "").strip(),
    )
    placed = [_inner_place(element, spot, noting) for spot in spots or [Spot(On.STUDY)]]
    reader.tally.add(Found.NOTE_COPIED, len(placed) > 1)
    return [
        replace(note, id=derived(f"copy {n}", id_) if n else id_, on=at.on, about=at.about, start=at.start, end=at.end)
        for n, at in enumerate(placed)
    ]


def _inner_place(element: "_Element", spot: Spot, noting: Noting) -> Spot:
    """The place that a note on a text names itself, by one bare selection with positions of the text."""
    inner = list(children(element, "PlainTextSelection"))
    if spot.on is not On.SOURCE or len(inner) != 1 or within(inner[0], "Coding"):
        return spot
    found = noting.texts[spot.about].words
    try:
        start, end = (found.place(int(inner[0].get(one) or ""), noting.way) for one in ("startPosition", "endPosition"))
    except ValueError:
        return spot
    return Spot(On.PLACE, spot.about, start, end) if 0 <= start < end <= len(found.text) else spot


def _read_links(reader: Reader) -> None:
    """Links between a note and a thing put the note on it; other links are not carried."""
    for link in children(reader.section("Links"), "Link"):
        ends = normal(link.get("originGUID")), normal(link.get("targetGUID"))
        for note, thing in (ends, ends[::-1]):
            if note in reader.note_words and thing in reader.spots:
                reader.put(note, reader.spots[thing])
                break
        else:
            reader.tally.add(Found.LINKS)
