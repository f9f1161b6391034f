"""A project between two programs, as plain values: what REFI-QDA can say, in the words of the field.

Ids are whatever names a thing: the study's own when a file is written, lower-case GUIDs when one was read. Offsets
are code points of the text, half-open. Times are ISO 8601; those that were read are in UTC, as in 2026-01-05T09:00:00Z.
"""

from dataclasses import dataclass
from enum import StrEnum

UNKNOWN_CODER = "unknown coder"
"""Who coded what a file gives to nobody."""


class Kind(StrEnum):
    """What a variable holds, as REFI-QDA names it."""

    TEXT = "Text"
    BOOLEAN = "Boolean"
    INTEGER = "Integer"
    FLOAT = "Float"
    DATE = "Date"
    DATETIME = "DateTime"


class On(StrEnum):
    """What a note is on."""

    STUDY = "study"
    SOURCE = "source"
    PLACE = "place"
    """A span of a source."""
    CODE = "code"
    CODING = "coding"
    CASE = "case"


@dataclass(frozen=True, slots=True)
class User:
    id: str
    name: str


@dataclass(frozen=True, slots=True)
class Code:
    """A code; parents stand before their children."""

    id: str
    name: str
    parent: str = ""
    """The id of the code above; empty at the top."""
    definition: str = ""
    colour: str = ""
    """#RRGGBB or #RGB; empty for none."""
    codable: bool = True
    """False for what only groups codes, such as a theme."""


@dataclass(frozen=True, slots=True)
class Source:
    """A text."""

    id: str
    name: str
    text: str
    """Canonical: line feeds only, no byte-order mark."""
    author: str = ""
    """The id of the user who brought it in."""
    at: str = ""
    description: str = ""
    path: str = ""
    """Where the text was in the file that was read; not written."""


@dataclass(frozen=True, slots=True)
class Coding:
    """A code that one user put on a span of a text."""

    id: str
    source: str
    user: str
    code: str
    start: int
    end: int
    at: str = ""
    memo: str = ""


@dataclass(frozen=True, slots=True)
class Note:
    """A memo on the study, a text, a place, a code, a coding or a case."""

    id: str
    text: str
    on: On = On.STUDY
    about: str = ""
    """The id of what it is on; for a place its source, for the study nothing."""
    start: int = 0
    end: int = 0
    """Of a place; 0 otherwise."""
    author: str = ""
    """The id of a user; empty when nobody is named."""
    at: str = ""
    title: str = ""


@dataclass(frozen=True, slots=True)
class Variable:
    """Something known of cases; it goes by its name."""

    name: str
    kind: Kind = Kind.TEXT
    description: str = ""


@dataclass(frozen=True, slots=True)
class Case:
    """A participant, or whatever else the study compares."""

    id: str
    name: str
    values: tuple[tuple[str, str], ...] = ()
    """The names of variables with their values; what is unknown is left out."""
    sources: tuple[str, ...] = ()
    """The ids of the texts that are theirs."""
    description: str = ""


@dataclass(frozen=True, slots=True)
class Set:
    """Codes, texts and notes under one name."""

    id: str
    name: str
    description: str = ""
    codes: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Bundle:
    """Everything that one file carries."""

    name: str
    id: str = ""
    """Keeps the GUIDs of two studies apart that use the same ids; not in the file."""
    origin: str = ""
    """The program that wrote the file; what is written says "Qualbench"."""
    created: str = ""
    description: str = ""
    users: tuple[User, ...] = ()
    codes: tuple[Code, ...] = ()
    sources: tuple[Source, ...] = ()
    codings: tuple[Coding, ...] = ()
    notes: tuple[Note, ...] = ()
    variables: tuple[Variable, ...] = ()
    cases: tuple[Case, ...] = ()
    sets: tuple[Set, ...] = ()
