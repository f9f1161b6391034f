"""A line of the journal as the rules see it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the journal without its data."""

    seq: int
    id: str
    step: str
    subject: str
    actor: str
    at: str
    kind: str
