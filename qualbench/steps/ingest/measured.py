"""How much a part of a workbook would become, counted while going through it, before anything is built from it."""

import re
from dataclasses import dataclass, field
from xml.parsers import expat

from qualbench.errors import UnreadableFile
from qualbench.text import excerpt

_PLACE = re.compile(r"([A-Za-z]{1,3})([0-9]{1,7})")
_ROW = re.compile(r"[0-9]{1,7}")
_FURTHEST = 1_048_576
"""The last row of a sheet."""
_WIDEST = 16_384
"""The last column of a sheet."""


@dataclass(slots=True)
class Extent:
    """What a part holds: its last row and column, and how many characters, errors and hidden rows there are."""

    rows: int = 0
    columns: int = 0
    characters: int = 0
    errors: int = 0
    hidden: int = 0
    row: int = 0
    column: int = 0

    @property
    def area(self) -> int:
        """Cells from the first one to the last, empty ones counted."""
        return self.rows * self.columns


@dataclass(slots=True)
class _Watch:
    """What is going on while a part is read."""

    source: str
    shared: list[int]
    most: int
    extent: Extent = field(default_factory=Extent)
    kind: str = ""
    index: list[str] | None = None

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins: count rows and cells."""
        tag = name.rpartition(":")[2]
        if tag == "c":
            self.cell(attributes)
        elif tag == "row":
            row = attributes.get("r")
            if row is not None and not _ROW.fullmatch(row):
                raise self.outside(row)
            self.extent.row = self.extent.row + 1 if row is None else int(row)
            self.extent.column = 0
            self.extent.hidden += attributes.get("hidden") in ("1", "true")
            self.extent.rows = max(self.extent.rows, self.extent.row)
        elif tag == "v" and self.kind == "s":
            self.index = []

    def cell(self, attributes: dict[str, str]) -> None:
        """A cell begins: where it is, and whether it holds an error."""
        extent = self.extent
        place = _PLACE.fullmatch(attributes.get("r", ""))
        if place is None and "r" in attributes:
            raise self.outside(attributes["r"])
        extent.column = _column(place[1]) if place else extent.column + 1
        extent.row = int(place[2]) if place else extent.row
        extent.rows, extent.columns = max(extent.rows, extent.row), max(extent.columns, extent.column)
        if extent.rows > _FURTHEST or extent.columns > _WIDEST:
            raise self.outside(attributes.get("r", ""))
        self.kind = attributes.get("t", "")
        extent.errors += self.kind == "e"

    def outside(self, place: str) -> UnreadableFile:
        """The refusal of a place that no sheet has, which the library would make room for."""
        return UnreadableFile(self.source, f"'{excerpt(place, 30)}' is no place in a sheet; the file is damaged.")

    def text(self, data: str) -> None:
        """Characters of a cell, or of the number of a shared text."""
        if self.index is None:
            self.extent.characters += len(data)
        else:
            self.index.append(data)

    def end(self, name: str) -> None:
        """A value ends: count the shared text that it refers to."""
        if self.index is None or name.rpartition(":")[2] != "v":
            return
        number = "".join(self.index).strip()
        self.index = None
        if not number.isdecimal() or len(number) > 9 or int(number) >= len(self.shared):
            raise UnreadableFile(self.source, "a cell of it refers to a text that is not there; the file is damaged.")
        self.extent.characters += self.shared[int(number)]
        if self.extent.characters > self.most:
            raise UnreadableFile(self.source, f"its cells hold over {self.most:,} characters; refused.")


def measure(source: str, content: bytes, shared: list[int], most: int) -> Extent:
    """The extent of one part; raises UnreadableFile for damaged XML, any DOCTYPE or over `most` characters."""
    watch = _Watch(source, shared, most)
    parser = _parser(source)
    parser.StartElementHandler, parser.EndElementHandler = watch.start, watch.end
    parser.CharacterDataHandler = watch.text
    _parse(source, parser, content)
    return watch.extent


def shared_lengths(source: str, content: bytes) -> list[int]:
    """The length in characters of each text that cells share."""
    lengths: list[int] = []

    def start(name: str, attributes: dict[str, str]) -> None:
        tag = name.rpartition(":")[2]
        if tag == "si":
            lengths.append(0)
        elif tag == "sst" and not _fits(attributes.get("uniqueCount", "0"), len(content)):
            raise UnreadableFile(source, "it says that it holds more texts than it can; the file is damaged.")

    def text(data: str) -> None:
        if lengths:
            lengths[-1] += len(data)

    parser = _parser(source)
    parser.StartElementHandler, parser.CharacterDataHandler = start, text
    _parse(source, parser, content)
    return lengths


def _fits(number: str, most: int) -> bool:
    """Whether the library, which makes room for as many texts as are said, may be told this number."""
    return number.isdecimal() and len(number) < 10 and int(number) <= most


def _parser(source: str) -> expat.XMLParserType:
    def refuse(*_: object) -> None:
        raise UnreadableFile(source, "it declares a DOCTYPE, which no workbook does; refused.")

    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = refuse
    return parser


def _parse(source: str, parser: expat.XMLParserType, content: bytes) -> None:
    try:
        parser.Parse(content, True)
    except (expat.ExpatError, ValueError, LookupError):
        raise UnreadableFile(source, "its XML is damaged.", "Save it anew and try again.") from None


def _column(letters: str) -> int:
    """The column's number: A is 1, Z is 26, AA is 27."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number
