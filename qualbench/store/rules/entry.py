"""A line of the journal as the rules see it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the journal without its data."""

    seq: int
    """Its place in the one order of all devices."""
    id: str
    device: str
    step: str
    subject: str
    actor: str
    """Who it is by the name that the team knows them by."""
    at: str
    kind: str
