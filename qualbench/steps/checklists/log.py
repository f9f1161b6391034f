"""What the log of a study holds that reporting checklists ask for: plain figures, each with its dates.

Everything here may be told to everybody: coding is counted on opened transcripts only. In an empty study every value
is as it is here by default, and then no item of any checklist is shown.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Transcripts:
    """The material."""

    number: int = 0
    words: int = 0
    first: str = ""
    """Day of the first import."""
    last: str = ""
    minutes: tuple[float, ...] = ()
    """The last time stamp of each transcript that has time stamps."""
    corrected: int = 0
    """Transcripts with a later version of the text."""
    deidentified: int = 0
    reviewers: int = 0
    """The fewest people who read one of them afterwards."""
    replaced: int = 0
    units: tuple[str, ...] = ()
    """How they are cut: turn, sentence ..."""
    groups: int = 0
    """Focus groups among them."""


@dataclass(frozen=True, slots=True)
class People:
    """Who speaks."""

    participants: int = 0
    unnamed: int = 0
    """Participants' labels that are assigned to nobody."""
    again: int = 0
    """Participants who speak in more than one transcript."""
    attributes: tuple[tuple[str, int], ...] = ()
    """Each attribute with how many of the participants it is known of."""
    withdrawn: int = 0


@dataclass(frozen=True, slots=True)
class Coding:
    """Passes on opened transcripts."""

    coders: tuple[str, ...] = ()
    passes: int = 0
    opened: int = 0
    """Opened transcripts."""
    first: str = ""
    """Day the first of these passes was opened."""
    last: str = ""
    """Day the last of them was submitted."""
    versions: tuple[str, ...] = ()
    """Codebook versions they were made under."""
    segments: int = 0
    of_all: int = 0
    """Segments that count in all transcripts, coded or not."""
    double: int = 0
    """Segments that two and more coders read."""
    complete: int = 0
    """Segments that every coder of their transcript decided."""
    suggestions: str = ""
    """Who had suggestions of codes on, in a sentence."""
    rounds: tuple[tuple[str, str, str], ...] = ()
    """Name, day and how it was drawn, of each round whose transcripts are compared."""
    by_transcript: tuple[tuple[str, int, int, int], ...] = ()
    """Each opened transcript: its name, segments that every coder decided, all its segments, days it was coded."""


@dataclass(frozen=True, slots=True)
class Book:
    """The codebook."""

    versions: tuple[tuple[str, str], ...] = ()
    """Released versions with their days."""
    codes: int = 0
    levels: int = 0
    deductive: int = 0
    inductive: int = 0
    defined: int = 0
    """Codes with a definition."""


@dataclass(frozen=True, slots=True)
class Run:
    """An agreement run that was kept."""

    id: str
    day: str
    coders: tuple[str, ...]
    units: int
    codes: int
    defined: int
    """Codes that have an alpha."""
    lowest: float | None
    highest: float | None
    interval: str
    after_passes: str
    """What it compares, in words."""


@dataclass(frozen=True, slots=True)
class Settling:
    """Consensus."""

    decided: int = 0
    apart: int = 0
    deferred: int = 0
    open: int = 0
    reasons: tuple[tuple[str, int], ...] = ()
    first: str = ""
    last: str = ""


@dataclass(frozen=True, slots=True)
class Board:
    """Themes and quotes."""

    themes: int = 0
    """Themes at the top."""
    under: int = 0
    """Sub-themes."""
    first: str = ""
    """Day of the first state of a theme."""
    last: str = ""
    defined: int = 0
    """Themes, sub-themes too, with a written definition."""
    held: int = 0
    """Themes that were held against the whole data, or came further."""
    spread: int = 0
    """Themes that rest on three transcripts and more."""
    with_extracts: int = 0
    extracts: int = 0
    quotes: int = 0
    quoted: int = 0
    """Participants who are quoted."""
    unlabelled: int = 0
    """Quotes without a participant's label."""
    narrative: int = 0
    """Words written about themes as narrative."""
    quoted_words: int = 0
    emerging: tuple[str, ...] = ()
    """Themes whose texts say that something emerged."""
    written: int = 0
    """Themes of which anything is written beside the name."""
    given_up: int = 0
    held_extracts: int = 0
    """Themes that were held against their extracts, or came further."""
    each: tuple[tuple[str, int, int, int, int], ...] = ()
    """Each theme: its name, extracts, transcripts they come from, words of narrative, words quoted."""
    overlaps: tuple[tuple[str, str, int, float], ...] = ()
    """Themes that share segments: both names, how many, and c (0 to 1), the closest first."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One way in which participants were asked what they say to their transcripts, or to the findings."""

    kind: str
    """In words."""
    on_findings: bool
    sent: int
    """Participants who were asked."""
    replied: int
    said: tuple[tuple[str, int], ...]
    """Each answer with how many gave it."""


@dataclass(frozen=True, slots=True)
class Log:
    """Everything, in the order of the work."""

    method: str = ""
    """The method profile in words."""
    counts: bool = True
    """Whether the method has numbers of agreement and counts."""
    needs_agreement: bool = False
    """Whether the method rests on agreement between coders."""
    software: str = ""
    transcripts: Transcripts = field(default_factory=Transcripts)
    people: People = field(default_factory=People)
    coding: Coding = field(default_factory=Coding)
    book: Book = field(default_factory=Book)
    runs: tuple[Run, ...] = ()
    benchmark: str = ""
    """Whose limits coefficients are held against, with the source; empty for none."""
    settling: Settling = field(default_factory=Settling)
    board: Board = field(default_factory=Board)
    asked: tuple[Asked, ...] = ()
    """What went back to participants."""
    memos: Mapping[str, int] = field(default_factory=dict)
    """Memos that everybody may read, by kind."""
    saturation: str = ""
    """What first uses of codes say about saturation, in a sentence; empty where it can not be said."""
    fixed_codebook: bool = False
    """Whether the method fixes the codebook before the coding."""
    changes: tuple[tuple[str, str], ...] = ()
    """Each change of the method: from what to what, and the day."""
    phases: tuple[tuple[str, str], ...] = ()
    """Which phases the team said it worked in, and from which day."""
