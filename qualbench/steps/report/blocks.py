"""What a printed report is made of, whatever its format: sections, paragraphs, lists, quotes, tables."""

from dataclasses import dataclass
from typing import ClassVar, TypeAlias


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading inside a section."""

    kind: ClassVar[str] = "heading"
    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of plain text."""

    kind: ClassVar[str] = "paragraph"
    text: str


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list of short facts."""

    kind: ClassVar[str] = "bullets"
    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Quotation:
    """A participant's words, verbatim, and where they stand."""

    kind: ClassVar[str] = "quotation"
    text: str
    source: str


@dataclass(frozen=True, slots=True)
class Table:
    """A table with a caption; the first column names the row."""

    kind: ClassVar[str] = "table"
    caption: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[int, ...]
    """How wide the columns are, relative to each other."""
    numeric: frozenset[int] = frozenset()
    """Columns of numbers, which stand to the right."""


Block: TypeAlias = Heading | Paragraph | Bullets | Quotation | Table


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the report with its own title; `wide` ones ask for a page on its side."""

    title: str
    blocks: tuple[Block, ...]
    wide: bool = False


@dataclass(frozen=True, slots=True)
class Outline:
    """The whole report in reading order."""

    title: str
    subtitle: str
    sections: tuple[Section, ...]
