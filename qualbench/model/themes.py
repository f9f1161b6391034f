"""Themes with their codes and quotes."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Quote:
    """Words picked for a report; they equal the transcript at their place."""

    id: str
    theme: str
    transcript: str
    start: int
    end: int
    text: str
    participant: str
    """The participant's label, or the speaker's when nobody was assigned."""


@dataclass(frozen=True, slots=True)
class Extract:
    """A coded place, as a theme shows it."""

    transcript: str
    name: str
    start: int
    end: int
    text: str
    participant: str
    codes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Theme:
    """A theme: its name, its central idea, the codes gathered under it and the quotes picked."""

    id: str
    name: str
    idea: str
    codes: tuple[str, ...]
    quotes: tuple[Quote, ...] = ()
