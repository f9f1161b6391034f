"""The texts of a project that is read: plain ones, and those that stand beside PDFs and recordings."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from qualbench.steps.interchange.refi.bundle import On
from qualbench.steps.interchange.refi.findings import Found
from qualbench.steps.interchange.refi.guids import normal
from qualbench.steps.interchange.refi.names import unique
from qualbench.steps.interchange.refi.positions import Words
from qualbench.steps.interchange.refi.reader import Reader, Spot
from qualbench.steps.interchange.refi.xml import children, local, within

if TYPE_CHECKING:
    from lxml.etree import _Element


@dataclass(frozen=True, slots=True)
class Mark:
    """A selection of a text, as the file has it."""

    element: "_Element"
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Text:
    """A text with its selections, as the file has them."""

    id: str
    name: str
    holder: "_Element"
    """What the file calls the source: the text itself, or the PDF or recording it belongs to."""
    element: "_Element"
    """What has the words."""
    words: Words
    marks: tuple[Mark, ...]

    @property
    def holders(self) -> "tuple[_Element, ...]":
        """The elements that say something of the text as a whole."""
        return (self.holder,) if self.holder is self.element else (self.holder, self.element)


@dataclass(frozen=True, slots=True)
class _Sort:
    """A sort of source: where its words are, and what to say of the rest."""

    words: str
    """The element with the words; empty where the source itself has them."""
    selections: tuple[str, ...]
    """Selections that are not on words."""
    codings: Found
    carried: Found | None
    """What to say when its words are carried."""
    without: Found | None
    """What to say when it has no words."""


_RECORDING = _Sort(
    "Transcript", ("AudioSelection", "VideoSelection"), Found.RECORDING_CODINGS, Found.SOUND, Found.RECORDING
)
_SORTS = {
    "TextSource": _Sort("", (), Found.LOST_WITH_TEXT, None, None),
    "PDFSource": _Sort("Representation", ("PDFSelection",), Found.PDF_CODINGS, Found.PDF_TEXT, Found.PDF),
    "PictureSource": _Sort(
        "-", ("PictureSelection", "TextDescription"), Found.PICTURE_CODINGS, Found.PICTURE, Found.PICTURE
    ),
    "AudioSource": _RECORDING,
    "VideoSource": _RECORDING,
}


def read_texts(reader: Reader) -> list[Text]:
    """The texts that can be carried; what can not is counted."""
    texts = [text for holder in children(reader.section("Sources"), *_SORTS) for text in _texts(reader, holder)]
    reader.tally.add(Found.NAMELESS_SOURCE, sum(not text.name for text in texts))
    names = unique([text.name or f"text {number}" for number, text in enumerate(texts, 1)])
    reader.tally.add(
        Found.SAME_SOURCE, sum(text.name not in ("", name) for text, name in zip(texts, names, strict=True))
    )
    return [replace(text, name=name) for text, name in zip(texts, names, strict=True)]


def _texts(reader: Reader, holder: "_Element") -> Iterator[Text]:
    """The texts of one source; what it has besides is counted."""
    sort = _SORTS[local(holder)]
    reader.tally.add(sort.codings, _codings(children(holder, *sort.selections)))
    elements = list(children(holder, sort.words)) if sort.words else [holder]
    carried = False
    for element in elements:
        raw = reader.raw_text(element)
        if isinstance(raw, Found):
            reader.tally.add(raw)
            reader.tally.add(
                Found.LOST_WITH_TEXT, _codings(children(element, "PlainTextSelection", "TranscriptSelection"))
            )
            _lose(reader, element)
        else:
            if sort.carried:
                reader.tally.add(sort.carried)
            yield _text(reader, holder, element, raw)
            carried = True
    if not carried:
        if sort.without and not elements:
            reader.tally.add(sort.without)
        reader.tally.add(sort.codings, _codings(children(holder, "Coding")))
        _lose(reader, holder)


def _codings(elements: "Iterable[_Element]") -> int:
    return sum(within(element, "Coding") for element in elements)


def _text(reader: Reader, holder: "_Element", element: "_Element", raw: str) -> Text:
    several = local(element) == "Transcript" and len(list(children(holder, "Transcript"))) > 1
    id_ = reader.id_of("source", element if several else holder)
    for one in (holder, element):
        reader.spots.setdefault(normal(one.get("guid")), Spot(On.SOURCE, id_))
    name = (holder.get("name") or element.get("name") or "").strip()
    return Text(id_, name, holder, element, Words(raw, reader.ours), tuple(_marks(reader, element)))


def _lose(reader: Reader, element: "_Element") -> None:
    """Remember all that is in what is not carried, with the notes on it."""
    for one in element.iter():
        if one.get("guid"):
            reader.lost.add(normal(one.get("guid")))
        elif local(one) == "NoteRef":
            reader.noted.setdefault(normal(one.get("targetGUID")), [])


def _marks(reader: Reader, element: "_Element") -> Iterator[Mark]:
    """The selections with positions that are numbers; those of transcripts are tied to the words by points."""
    points = {normal(point.get("guid")): point.get("position") for point in children(element, "SyncPoint")}
    for selection in children(element, "PlainTextSelection", "TranscriptSelection"):
        synced = local(selection) == "TranscriptSelection"
        ends = (
            [points.get(normal(selection.get(end))) for end in ("fromSyncPoint", "toSyncPoint")]
            if synced
            else [selection.get("startPosition"), selection.get("endPosition")]
        )
        start, end = (_number(one) for one in ends)
        if start is None or end is None:
            reader.tally.add(Found.SYNC if synced else Found.NO_SPAN, max(1, _codings([selection])))
            reader.lost.add(normal(selection.get("guid")))
        else:
            yield Mark(selection, start, end)


def _number(given: str | None) -> int | None:
    try:
        return int(given or "", 10)
    except ValueError:
        return None
