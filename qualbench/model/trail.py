"""The audit trail: what one action of a person stated, and the line that a reader sees of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


class TrailClass(StrEnum):
    """The six classes of records of an audit trail (Lincoln & Guba 1985, after Halpern 1983)."""

    RAW = "raw"
    REDUCTION = "reduction"
    RECONSTRUCTION = "reconstruction"
    PROCESS = "process"
    INTENTIONS = "intentions"
    INSTRUMENTS = "instruments"


TRAIL_CLASS_NAMES: Mapping[TrailClass, str] = {
    TrailClass.RAW: "raw data",
    TrailClass.REDUCTION: "reduction and analysis",
    TrailClass.RECONSTRUCTION: "reconstruction and synthesis",
    TrailClass.PROCESS: "process notes",
    TrailClass.INTENTIONS: "intentions and dispositions",
    TrailClass.INSTRUMENTS: "instruments",
}


@dataclass(frozen=True, slots=True)
class Stated:
    """Facts of one kind about one subject that one action stated."""

    kind: str
    subject: str
    number: int
    """How many facts."""
    facts: tuple[Mapping[str, Any], ...] = ()
    """The first of them, as they stand in the journal; the words that are sealed in them are not here."""
    why: tuple[str, ...] = ()
    """The reasons and notes that were given, each once."""
    undone: tuple["Stated", ...] = ()
    """What the step had stated that is undone, or done again, by this one."""


@dataclass(frozen=True, slots=True)
class Hidden:
    """Private work of somebody else of which no more may be known than that there is some."""

    kind: str
    """coding, stars, memos, core ideas, categories or consensus."""
    person: str
    """Whose work it is."""
    about: str = ""
    """The transcript, the case or the domain, where that may be known."""


@dataclass(frozen=True, slots=True)
class Action:
    """One action of a person with what it stated, as far as the viewer may know it."""

    step: str
    seq: int
    """Where it stands in the one order of all entries."""
    at: str
    actor: str
    hash: str
    """Of its last entry in the journal."""
    undone: bool
    stated: tuple[Stated, ...]
    hidden: tuple[Hidden, ...] = ()


@dataclass(frozen=True, slots=True)
class Thing:
    """What a line of the trail is about."""

    kind: str
    """transcript, participant, code, theme, round or session."""
    id: str
    label: str


@dataclass(frozen=True, slots=True)
class Names:
    """What things are called, by id."""

    transcripts: Mapping[str, str] = field(default_factory=dict)
    participants: Mapping[str, str] = field(default_factory=dict)
    codes: Mapping[str, str] = field(default_factory=dict)
    themes: Mapping[str, str] = field(default_factory=dict)
    rounds: Mapping[str, str] = field(default_factory=dict)
    sessions: Mapping[str, str] = field(default_factory=dict)
    quotes: Mapping[str, tuple[str, str, int]] = field(default_factory=dict)
    """Of each quote that was ever picked: its first theme, its transcript, and where it starts."""

    def thing(self, id_: str, *kinds: str) -> Thing | None:
        """What goes by an id among things of these kinds, or of all kinds."""
        for kind in kinds or THING_KINDS:
            found: Mapping[str, str] = getattr(self, f"{kind}s")
            if id_ in found:
                return Thing(kind, id_, found[id_])
        return None


THING_KINDS = ("transcript", "participant", "code", "theme", "round", "session")
"""What a line of the trail can be about."""


@dataclass(frozen=True, slots=True)
class TrailEntry:
    """A line of the audit trail: one action of one person."""

    at: str
    who: str
    what: str
    """In one plain sentence without the person: 'imported 12 transcripts'."""
    why: str
    about: tuple[Thing, ...]
    trail_class: TrailClass
    undone: bool = False
    step: str = ""
    hash: str = ""
    """Of the step's last entry in the journal; empty for what was worked out from several."""
    seq: int = 0
    """Where it stands in the one order of all entries."""
    hidden: bool = False
    """Private work of somebody else stands behind it."""

    @property
    def sentence(self) -> str:
        """The line as a sentence."""
        return f"{self.who or 'Somebody'} {self.what}."
