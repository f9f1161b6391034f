"""Memos on what is not a place in a pass: a code, a transcript, a case, the study, or two extracts side by side."""

from collections.abc import Sequence

from qualbench import events
from qualbench.errors import UsageError
from qualbench.events import Event
from qualbench.model import MEMO_KINDS, Note

ON = ("code", "transcript", "case", "study", "comparison")
"""What such a memo can be on."""


def write(body: str, *, on: str, about: str = "", kind: str = "", places: Sequence[str] = ()) -> list[Event]:
    """A new memo; blank words write none."""
    known_kind(kind)
    if on not in ON:
        raise UsageError(f"A memo can not be on '{on}'.", f"Say one of: {', '.join(ON)}.")
    if on == "comparison" and len(set(places)) != 2:
        raise UsageError("A comparison ties two different extracts together.", "Choose two.")
    if not body.strip():
        return []
    return [
        events.NoteWritten(
            note=events.new_id(), kind=kind, on=on, about=about, places=list(places), body=events.seal(body)
        )
    ]


def rewrite(note: Note, body: str, viewer: str) -> list[Event]:
    """The memo becomes these words; blank words remove it. Only its author writes in it."""
    if note.author != viewer:
        raise not_yours(note.author)
    if not body.strip():
        return [events.NoteRemoved(note=note.id)]
    if body == note.body:
        return []
    return [
        events.NoteWritten(
            note=note.id, kind=note.kind, on=note.on, about=note.about, places=list(note.places),
            body=events.seal(body),
        )
    ]  # fmt: skip


def not_yours(author: str) -> UsageError:
    """Why nobody but its author writes in a memo."""
    return UsageError(f"This memo is {author}'s.", "Write one of your own beside it.")


def known_kind(kind: str) -> str:
    """The kind, if it is one.

    >>> known_kind("reflexive")
    'reflexive'
    """
    if kind not in MEMO_KINDS:
        names = ", ".join(name for name in MEMO_KINDS if name)
        raise UsageError(f"'{kind}' is no kind of memo.", f"Say one of: {names}.")
    return kind
