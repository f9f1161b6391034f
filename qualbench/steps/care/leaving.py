"""What would leave a study, as plain values: words with their places, quotes with who speaks in them, people."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Named:
    """An original that can still be read in words that would leave."""

    key: str
    """Of the words: what they are, by id."""
    place: str
    """The same for a reader, without any name."""
    about: str
    """The words themselves, for the finding's id only."""
    kind: str
    """person, place, organisation ..."""
    strings: tuple[str, ...]
    """What stands there; it is the risk."""


@dataclass(frozen=True, slots=True)
class Quoted:
    """A quote that would be printed; what its editor left out is not in it."""

    key: str
    place: str
    text: str
    speakers: tuple[str, ...]
    """Participants whose words are in it."""
    interviewer: int = 0
    """Words of interviewers in it."""
    redactions: int = 0
    """Marks where words were taken out."""


@dataclass(frozen=True, slots=True)
class Someone:
    """A participant, with the values of the attributes that would be printed, in their order."""

    label: str
    values: tuple[str, ...]
    printed: bool
    """Whether the values would be printed."""


@dataclass(frozen=True, slots=True)
class Leaving:
    """Everything that is looked at."""

    names: tuple[Named, ...] = ()
    quotes: tuple[Quoted, ...] = ()
    attributes: tuple[str, ...] = ()
    people: tuple[Someone, ...] = ()
    """Every participant of the study: who is not printed still hides who is."""
    withdrawn: frozenset[str] = frozenset()
    called: Mapping[str, str] = field(default_factory=dict)
    """What to call a participant whose label is a name."""
    extracts: Mapping[str, int] = field(default_factory=dict)
    """Coded segments that would leave or be counted, by participant."""
    interviewers: int = 0
    """Segments of interviewers that are counted as participants'."""
