"""What de-identification speaks of: names the team knows, what may identify somebody, and where it stands.

Places are spans of a transcript's text: code points, 0-based, half-open.
"""

from dataclasses import dataclass
from enum import StrEnum

from qualbench.text import counted

Span = tuple[int, int]


class Kind(StrEnum):
    """What a string tells about somebody."""

    PERSON = "person"
    PLACE = "place"
    ORGANISATION = "organisation"
    DATE = "date"
    AGE = "age"
    MAIL = "mail"
    PHONE = "phone"
    WEB = "web"
    NUMBER = "number"
    """A case, file or identity number."""
    OTHER = "other"


class Why(StrEnum):
    """How a string came into the queue."""

    KNOWN = "known name"
    LIST = "the project's list"
    PATTERN = "pattern"
    ENTITY = "entity"
    LEFT = "still there"
    """An original, or a part of it, that occurs after replacing."""
    CAPITAL = "capital inside a sentence"


@dataclass(frozen=True, slots=True)
class Entity:
    """A place that a spaCy pipeline takes for a name or a date."""

    start: int
    end: int
    kind: Kind


@dataclass(frozen=True, slots=True)
class KnownName:
    """A person, a place or an agency that the team knows of, by every name that is said for it."""

    first: str
    """A person's first name; the whole name of a place or an agency."""
    last: str = ""
    nicknames: tuple[str, ...] = ()
    """Other names for the same: "Mari", "the Light"."""
    initials: tuple[str, ...] = ()
    """Such as "MA"; found with and without points, in capitals only."""
    kind: Kind = Kind.PERSON

    @property
    def full(self) -> str:
        """The whole name."""
        return " ".join(part for part in (_natural(self.first), _natural(self.last)) if part)

    @property
    def forms(self) -> tuple[str, ...]:
        """Every string that is said for it, the whole name first, none twice."""
        first, last = _natural(self.first), _natural(self.last)
        called = [first, *(_natural(name) for name in self.nicknames)]
        whole = [f"{name} {last}" for name in called if name and last]
        turned = [f"{last}, {first}"] if first and last else []
        forms = [*whole, *turned, *called, last, *(form for one in self.initials for form in _pointed(one))]
        return tuple(dict.fromkeys(form for form in forms if form))


def _natural(name: str) -> str:
    """A name typed in capitals as it would stand in a sentence; any other name untouched."""
    name = " ".join(name.split())
    return name.title() if name.isupper() and len(name) > 1 else name


def _pointed(initials: str) -> tuple[str, ...]:
    """Initials as they are written: AJ, A.J., A. J., A.J; a single letter that is a word only with its point."""
    letters = [letter.upper() for letter in initials if letter.isalpha()]
    if not letters:
        return ()
    joined, pointed = "".join(letters), ".".join(letters)
    bare = () if joined in ("A", "I", "O") else (joined,)
    return (f"{pointed}.", *bare, *((". ".join(letters) + ".", pointed) if len(letters) > 1 else ()))


@dataclass(frozen=True, slots=True)
class Candidate:
    """A string that may identify somebody, with every place where it stands, for one answer by a person."""

    text: str
    """The string: for a known name as the team wrote it, otherwise as it stands first in the text."""
    kind: Kind
    places: tuple[Span, ...]
    """In order, never overlapping; a possessive or a plural ending is not in them."""
    why: tuple[Why, ...]
    forms: tuple[str, ...] = ()
    """For a known name: every string that is said for the same person and for nobody else."""
    cased: bool = False
    """Only places with capitals belong to it, because in small letters it is an ordinary word of this text."""

    def __str__(self) -> str:
        return f"{self.text} ({self.kind}, {counted(len(self.places), 'place')})"
