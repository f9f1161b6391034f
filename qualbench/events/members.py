"""What goes back to participants, and what they say to it."""

from dataclasses import dataclass

from qualbench.events.fact import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckStated(Event):
    """How far the check with a participant has come."""

    KIND, AREA, UNDOABLE = "check_stated", "members", True
    participant: str
    kind: str
    """What they are given: their transcript, an interview about it, or the findings."""
    state: str
    channel: str
    due: str
    """The day an answer is asked for; empty when none is."""
    note: str
    """What is to be remembered, sealed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplyReceived(Event):
    """What a participant answered."""

    KIND, AREA, UNDOABLE = "reply_received", "members", True
    participant: str
    reply: str
    words: str
    """What they said, sealed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplyApplied(Event):
    """What became of an answer: a new version of a transcript, or a new document that holds what they added."""

    KIND, AREA, UNDOABLE = "reply_applied", "members", True
    participant: str
    transcript: str
    version: int
