"""Memos that are not on a place in a pass."""

from dataclasses import dataclass

from qualbench.events.fact import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class OfNote(Event):
    """A fact about one memo, which is its author's until no pass of theirs is blind."""

    note: str

    @property
    def lane(self) -> str:
        """The memo."""
        return self.note


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteWritten(OfNote):
    """A memo on something that is not a place in a pass, written or written anew."""

    KIND, AREA, UNDOABLE = "note_written", "notes", True
    kind: str
    on: str
    about: str
    places: list[str]
    body: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteRemoved(OfNote):
    KIND, AREA, UNDOABLE = "note_removed", "notes", True
