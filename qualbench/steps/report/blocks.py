"""What a printed report is made of, whatever its format: sections, paragraphs, lists, quotes, tables.

Templates of teams are written against these names, so they stay.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import ClassVar, TypeAlias


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading inside a section; a section's own title is of level 2."""

    kind: ClassVar[str] = "heading"
    text: str
    level: int = 3
    """3 or 4."""
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of plain text; what is still to be written in it is marked."""

    kind: ClassVar[str] = "paragraph"
    text: str
    marked: tuple[str, ...] = ()
    """Stretches of the text, in order."""

    @property
    def parts(self) -> tuple[tuple[str, bool], ...]:
        """The text in pieces, each with whether it is marked."""
        found: list[tuple[str, bool]] = []
        rest = self.text
        for mark in self.marked:
            before, _, rest = rest.partition(mark)
            found += [(before, False), (mark, True)]
        return tuple((words, is_marked) for words, is_marked in [*found, (rest, False)] if words)


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
    anchor: str = ""

    @property
    def headings(self) -> tuple[Heading, ...]:
        """The headings in it, in order."""
        return tuple(block for block in self.blocks if isinstance(block, Heading))


@dataclass(frozen=True, slots=True)
class Outline:
    """The whole report in reading order."""

    title: str
    subtitle: str
    """The date of the study's newest entry."""
    sections: tuple[Section, ...]
    language: str = "en"
    contents: str = "Contents"
    """What the table of contents is called."""
    skip: str = "Skip to the report"
    """The link that takes a keyboard past the table of contents."""


def anchored(sections: Iterable[Section]) -> tuple[Section, ...]:
    """The sections with a name for every heading, so that a link can go there."""
    return tuple(
        replace(section, anchor=f"part-{number}", blocks=_anchored(section.blocks, f"part-{number}"))
        for number, section in enumerate(sections, 1)
    )


def _anchored(blocks: tuple[Block, ...], part: str) -> tuple[Block, ...]:
    return tuple(
        replace(block, anchor=f"{part}-{number}") if isinstance(block, Heading) else block
        for number, block in enumerate(blocks, 1)
    )
